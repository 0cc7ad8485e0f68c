"""Evidence of one place (or one site) in, who holds it out: its history of changes, and the pressure on it.

Evidence comes in the order in which the desk could know it and is put where it belongs by event time: late news of last
week's fall does not undo today's recapture. It must not know the clock: nothing here changes because time passes.

Where evidence of a gain belongs:
- to the change that was in force at its time, or follows next, if that is of the same side; else it is a new change;
- an account told on a later day, or by an origin that told of the same gain a day apart already, belongs to that gain
  and does not make the place change hands once more.
A place is held by the side of its newest change that is believed; before all of them, by the area's baseline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sitmon.assess import rules
from sitmon.assess.change import Change, When, opposite, split
from sitmon.assess.evidence import Evidence
from sitmon.assess.fighting import Fight, Fighting
from sitmon.assess.rules import Rule
from sitmon.assess.thresholds import Thresholds
from sitmon.model.terms import Holder, Pressure, StatusBasis

_DAY = timedelta(days=1)
STRENGTH: Final[dict[StatusBasis, int]] = {
    "claimed": 1,
    "disputed": 2,
    "reported": 3,
    "witnessed": 4,
    "confirmed": 5,
    "conceded": 6,
}
"""How well a believed change is attested."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How a place stands after some evidence."""

    holder: Holder
    basis: StatusBasis
    pressure: Pressure
    rule: Rule


@dataclass(frozen=True, slots=True)
class Hall:
    """All that a holding knows, as plain values; of its changes only which of a list they are."""

    changes: tuple[int, ...]
    last_evidence: datetime | None
    known_since: datetime | None
    early: tuple[Evidence, ...]
    fights: tuple[Fight, ...]
    levels: tuple[Pressure, ...]
    """Of each of the fights."""
    accounts: tuple[Fight, ...]


class Holding:
    """The changes of hands of one place or site. `step` alone changes it; `copy` is cheap (changes are shared)."""

    def __init__(self, baseline: Holder, numbers: Thresholds) -> None:
        self.baseline = baseline
        self.numbers = numbers
        self.changes: list[Change] = []
        self.last_evidence: datetime | None = None
        self.known_since: datetime | None = None
        self._ours: set[int] = set()
        self._early: list[Evidence] = []
        self._fighting = Fighting(numbers)
        self._stand: Stand | None = None

    def copy(self) -> Holding:
        """Return a twin; what either changes from now on, the other does not see."""
        twin = Holding(self.baseline, self.numbers)
        twin.changes = list(self.changes)
        twin.last_evidence = self.last_evidence
        twin.known_since = self.known_since
        twin._early = list(self._early)
        twin._fighting = self._fighting.copy()
        twin._stand = self._stand
        self._ours = set()
        return twin

    def kept(self, number: Callable[[Change], int]) -> Hall:
        """Return what it knows; `number` says of each change which it is."""
        return Hall(
            changes=tuple(number(change) for change in self.changes),
            last_evidence=self.last_evidence,
            known_since=self.known_since,
            early=tuple(self._early),
            fights=self._fighting.fights,
            levels=self._fighting.levels,
            accounts=self._fighting.accounts,
        )

    @classmethod
    def restored(cls, kept: Hall, changes: Sequence[Change], baseline: Holder, numbers: Thresholds) -> Holding:
        """Return the holding that `kept` was taken of. Raises ValueError where it names a change that is not there."""
        if not all(0 <= n < len(changes) for n in kept.changes) or len(kept.levels) != len(kept.fights):
            raise ValueError("a holding whose parts are not there")
        hall = cls(baseline, numbers)
        hall.changes = [changes[n] for n in kept.changes]
        hall.last_evidence, hall.known_since = kept.last_evidence, kept.known_since
        hall._early = list(kept.early)
        hall._fighting.restore(kept.levels, kept.fights, kept.accounts)
        return hall

    # -- in --------------------------------------------------------------------------------------------------------

    def step(self, found: Evidence) -> str:
        """Take one piece of evidence; return what it did, in one word of the why-view's vocabulary."""
        if found.moment is None or found.aside is not None:
            return found.aside or "undated"
        self.heard(found.told)
        if found.kind == "pressure":
            done, news = self._fighting.take(found)
            if news:
                self._stand = None
            return done
        self._stand = None
        if found.kind == "denial":
            return self._deny(found)
        at, key = self._belongs(found)
        new = self._own(at).support(found, key)
        if found.rumour:
            return "rumour"
        return "counted" if new else "echo"

    def _own(self, at: int) -> Change:
        """Return a change that nobody else shares."""
        change = self.changes[at]
        if id(change) not in self._ours:
            change = self.changes[at] = change.copy()
            self._ours.add(id(change))
        return change

    def _belongs(self, found: Evidence) -> tuple[int, When]:
        """Return the index of the change that a gain belongs to, made if need be, and its place in time there."""
        assert found.moment is not None
        key = found.moment.key
        after = bisect_right(self.changes, key, key=lambda c: c.start)
        before = after - 1
        if before >= 0 and self.changes[before].gain == found.gain:
            return before, key
        if after < len(self.changes) and self.changes[after].gain == found.gain:
            return after, key
        same = self._same_gain_nearby(found, before)
        if same is not None:
            return same, self.changes[same].end
        if before >= 0 and self.changes[before].end > key:
            first, second = split(self.changes[before], key)
            if first.members and second.members:
                self.changes[before : before + 1] = [first, second]
                self._ours |= {id(first), id(second)}
        self.changes.insert(after, Change(found.gain, self.numbers, key, key))
        self._ours.add(id(self.changes[after]))
        self._inherit(after)
        return after, key

    def _near(self, at: int, found: Evidence) -> bool:
        """Whether two accounts of one gain are at most a day apart."""
        assert found.moment is not None
        change = self.changes[at]
        return abs(change.start[0] - found.moment.day) <= _DAY or abs(change.day - found.moment.day) <= _DAY

    def _same_gain_nearby(self, found: Evidence, newest: int) -> int | None:
        """Return an earlier change of the same side that the evidence only tells of again."""
        assert found.moment is not None
        for at in range(newest, max(-1, newest - 4), -1):
            change = self.changes[at]
            if change.gain != found.gain or not self._near(at, found):
                continue
            if found.moment.late:
                return at
            since = self.changes[at + 1].first_told if at + 1 < len(self.changes) else None
            if since is not None and found.told - since <= self.numbers.span("echo") and change.echoes(found):
                return at
        return None

    def _inherit(self, at: int) -> None:
        """Let denials that came shortly before anybody claimed it stand against the new change."""
        change = self.changes[at]
        for early in self._early:
            if early.gain == change.gain:
                change.deny(early)

    def _deny(self, found: Evidence) -> str:
        """Set a denial against the newest change of that side which was told of before it."""
        if not any(e.told == found.told and e.origin == found.origin for e in self._early):
            self._early = [e for e in self._early if found.told - e.told <= self.numbers.span("dispute")] + [found]
        for at in range(len(self.changes) - 1, -1, -1):
            change = self.changes[at]
            if change.gain != found.gain or change.first_told is None:
                continue
            if change.first_told <= found.told + self.numbers.span("dispute"):
                self._own(at).deny(found)
                return "rumour" if found.rumour else "denial"
        return "early_denial"

    def idle(self, found: Evidence) -> bool:
        """Whether a report of fighting would change nothing here but the time of the last evidence."""
        return self._fighting.knows(found)

    def heard(self, told: datetime) -> None:
        """Take note that something was told which changed nothing else."""
        if self.last_evidence is None or told > self.last_evidence:
            self.last_evidence = told

    # -- out -------------------------------------------------------------------------------------------------------

    @property
    def current(self) -> Change | None:
        """The newest change that is believed; of several of one side in a row, the one that is best attested.

        A look back that nobody confirms is kept beside what was confirmed before it, and does not undo it.
        """
        found: Change | None = None
        for at in range(len(self.changes) - 1, -1, -1):
            change = self.changes[at]
            basis = change.verdict.basis
            if basis is None or (found is None and self._idle_look_back(at)):
                continue
            if found is None:
                found = change
            elif change.gain != found.gain:
                break
            elif STRENGTH[basis] >= STRENGTH[found.verdict.basis or "claimed"]:
                found = change
        return found

    def _idle_look_back(self, at: int) -> bool:
        change = self.changes[at]
        if change.prompt or change.sure:
            return False
        before = next((c for c in reversed(self.changes[:at]) if c.verdict.basis is not None), None)
        return before is not None and before.gain != change.gain and before.sure

    @property
    def previous(self) -> Holder | None:
        """The other side, where it held the place before the present change; None where it never did."""
        now = self.current
        if now is None:
            return None
        before = self._before(now)
        return before if before != now.gain else None

    def _before(self, change: Change) -> Holder:
        """Return who held the place before a change (and before the others of its side right before it)."""
        past = reversed(self.changes)
        for other in past:
            if other is change:
                break
        for earlier in past:
            if earlier.verdict.basis is not None and earlier.gain != change.gain:
                return earlier.gain
        return self.baseline

    @property
    def brief(self) -> bool:
        """Whether the change before the present one lasted no longer than a day: also an armed clash."""
        now = self.current
        if now is None:
            return False
        other = next((c for c in reversed(self.changes) if c.gain != now.gain and c.verdict.basis is not None), None)
        return other is not None and now.day - other.day <= self.numbers.span("brief")

    @property
    def stand(self) -> Stand:
        """Who holds the place, on whose word, under what pressure, by which rule."""
        if self._stand is None:
            self._stand = self._weigh()
        return self._stand

    def _weigh(self) -> Stand:
        change = self.current
        pressure = self.pressure(change)
        if change is None:
            return Stand(self.baseline, "assumed", pressure, rules.BASELINE)
        verdict = change.verdict
        basis = verdict.basis or "assumed"
        before = self._before(change)
        open_claim = verdict.mere or basis == "disputed"
        if open_claim and before != change.gain and self._fighting.goes_on_after(change):
            return Stand("contested", basis, pressure, rules.PRESSURE)
        back = before != change.gain and any(
            c.gain == opposite(change.gain) and c.verdict.basis is not None for c in self.changes if c is not change
        )
        return Stand(change.gain, basis, pressure, rules.RETAKING if back and basis == "claimed" else verdict.rule)

    def pressure(self, change: Change | None) -> Pressure:
        """Return the highest level told within `pressure_hours` before the newest, of fighting since the change."""
        return self._fighting.pressure(self._turn(change))

    def _turn(self, change: Change | None) -> Change | None:
        """Return a change where it took the place from the other side; only then what led to it presses no more."""
        return change if change is not None and self._before(change) != change.gain else None

    @property
    def last_fighting(self) -> datetime | None:
        """When fighting was last told of that the pressure rests on."""
        return self._fighting.last(self._turn(self.current))
