"""The evidence for one change of hands in, its basis out: who says so, who denies it, how far that carries.

A change is what a place's history is made of: one side gained it, around one time. Its basis depends on the set of its
evidence alone, never on the order in which that came. It must not know about other changes: that is the holding's.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise

from sitmon.assess import rules
from sitmon.assess.evidence import Evidence
from sitmon.assess.origins import independent
from sitmon.assess.roots import RANK, Denier, Key, Root, denied, joined, name_in
from sitmon.assess.thresholds import Thresholds
from sitmon.model.terms import Holder, Scope, StatusBasis


class LetGoError(LookupError):
    """What is needed was let go: the place must be derived again from the log."""


When = tuple[date, datetime]
"""The order of what happened: local day, then within the day."""
Member = tuple[Evidence, When]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change amounts to. `basis` is None where it is not believed at all; `rule` says why either way."""

    basis: StatusBasis | None
    rule: rules.Rule
    mere: bool = False
    """Nobody but the winner says so."""


@dataclass(slots=True)
class Change:
    """One gain of one side, with everything that speaks for and against it."""

    gain: Holder
    numbers: Thresholds
    start: When
    """The key of the first evidence in the order of what happened."""
    end: When
    members: list[Member] = field(default_factory=list)
    roots: dict[Key, Root] = field(default_factory=dict)
    deniers: dict[Key, Denier] = field(default_factory=dict)
    lead: Evidence | None = None
    """The strongest evidence, the first known among equals: its day is when the change happened."""
    scoped: Evidence | None = None
    """The strongest evidence that says how much of the place."""
    first_told: datetime | None = None
    prompt: bool = False
    """Whether anybody told of it soon after it happened; otherwise all accounts are looks back."""
    _verdict: Verdict | None = None
    _confidence: float | None = None
    thin: bool = False
    """Whether members were let go: it cannot be split."""
    closed: date | None = None
    """The day of one whose roots were let go too: nothing more can be said for or against it."""

    def copy(self) -> Change:
        """Return one that can be changed apart from this one."""
        return replace(self, members=list(self.members), roots=dict(self.roots), deniers=dict(self.deniers))

    def let_go(self, before: datetime, *, close: bool) -> None:
        """Forget the members known before an instant; with `close`, where none is left, also who told of it."""
        verdict, sure = self.verdict, self.confidence
        left = [member for member in self.members if member[0].known >= before]
        self.thin = self.thin or len(left) < len(self.members)
        self.members = left
        if close and self.thin and not left:
            self.closed = self.day
            self.roots, self.lead, self.scoped = {}, None, None
        self._verdict, self._confidence = verdict, sure

    # -- evidence in -----------------------------------------------------------------------------------------------

    def support(self, found: Evidence, key: When) -> bool:
        """Add evidence for the change; return whether its origin is new to it. Raises LetGoError."""
        self._open()
        insort(self.members, (found, key), key=_known_order)
        self.start, self.end = min(self.start, key), max(self.end, key)
        self.first_told = min(self.first_told or found.told, found.told)
        moment = found.moment
        if moment is not None and moment.told - moment.done <= self.numbers.span("lookback"):
            self.prompt = True
        rank = RANK[found.basis]
        if self.lead is None or (rank, found.firm) > (RANK[self.lead.basis], self.lead.firm):
            self.lead = found
        if found.scope is not None and (self.scoped is None or rank >= RANK[self.scoped.basis]):
            self.scoped = found
        name = name_in(self.roots, found, self.gain, self.numbers)
        known = self.roots.get(name)
        self.roots[name] = joined(known, found)
        self._verdict = self._confidence = None
        return known is None

    def deny(self, found: Evidence) -> None:
        """Add a denial of the change. Raises LetGoError."""
        self._open()
        name = (f"party:{found.origin.party}", "") if found.origin.party else found.origin.key
        self.deniers[name] = denied(self.deniers.get(name), found, self.gain)
        self._verdict = self._confidence = None

    def echoes(self, found: Evidence) -> bool:
        """Whether the origin told of this change before, or the text copies one that did. Raises LetGoError."""
        self._open()
        return name_in(self.roots, found, self.gain, self.numbers) in self.roots

    def _open(self) -> None:
        if self.closed is not None:
            raise LetGoError

    # -- verdict out -----------------------------------------------------------------------------------------------

    @property
    def verdict(self) -> Verdict:
        """Who says so, as one word, with the rule that makes it so."""
        if self._verdict is None:
            self._verdict = self._judge()
        return self._verdict

    @property
    def sure(self) -> bool:
        """Whether it is confirmed, or conceded by who lost."""
        return self.verdict.basis in ("confirmed", "conceded")

    def _judge(self) -> Verdict:
        roots = self.roots.values()
        if any(r.rank == RANK["conceded"] and not r.rumour for r in roots):
            return Verdict("conceded", rules.AGAINST_INTEREST)
        deniers = self.standing()
        third = [r for r in roots if r.third is not None and not r.rumour]
        if any(d.kind == "winner" for d in deniers):
            return Verdict(None, rules.AGAINST_INTEREST)
        if self._agree(third, sorted(d.told for d in deniers)):
            return Verdict("confirmed", rules.INDEPENDENT_ORIGINS)
        claimed = any(r.party for r in roots)
        if not third and not claimed:
            rumours = independent((r.voice, r.carriers) for r in roots)
            if rumours < self.numbers.rumour_origins or deniers:
                return Verdict(None, rules.INDEPENDENT_ORIGINS)
            return Verdict("reported", rules.INDEPENDENT_ORIGINS)
        if deniers:
            against = independent((d.voice, frozenset((d.carrier,))) for d in deniers if d.kind == "third")
            if not third and against >= self.numbers.confirming_origins:
                return Verdict(None, rules.INDEPENDENT_ORIGINS)
            return Verdict("disputed", rules.DENIAL, mere=not third)
        if third:
            best = max(r.rank for r in third)
            return Verdict("witnessed" if best == RANK["witnessed"] else "reported", rules.INDEPENDENT_ORIGINS)
        return Verdict("claimed", rules.CLAIM, mere=True)

    def _agree(self, third: list[Root], denied: list[datetime]) -> bool:
        """Whether enough independent origins say so between two denials, at least one of them without a hedge."""
        need = self.numbers.confirming_origins
        if len(third) < need:
            return False
        if not denied:
            return any(r.firm for r in third) and independent((r.voice, r.carriers) for r in third) >= need
        edges = [None, *denied, None]
        for after, before in pairwise(edges):
            between = [
                r
                for r in third
                if r.third is not None and (after is None or r.third > after) and (before is None or r.third <= before)
            ]
            if any(r.firm for r in between) and independent((r.voice, r.carriers) for r in between) >= need:
                return True
        return False

    def standing(self) -> list[Denier]:
        """Return the denials that count: not rumours, nor said long before anybody claimed it, nor before it happened.

        "Not lost yet", said on Friday, does not deny what happened on Saturday.
        """
        if self.first_told is None:
            return []
        earliest, day = self.first_told - self.numbers.span("dispute"), self.day
        said = (d for d in self.deniers.values() if not d.rumour and d.last >= earliest)
        return [d for d in said if d.day is None or d.day >= day]

    @property
    def agreeing(self) -> int:
        """Independent third parties and witnesses that say so since the last denial."""
        self._open()
        last = max((d.told for d in self.standing()), default=None)
        third = [r for r in self.roots.values() if r.third is not None and not r.rumour]
        return independent((r.voice, r.carriers) for r in third if last is None or (r.third and r.third > last))

    @property
    def origins(self) -> int:
        """Independent roots that say so; the winner's own word is one of them, rumours are none."""
        self._open()
        judged = [r for r in self.roots.values() if not r.rumour]
        party = sum(1 for r in judged if r.party)
        return party + independent((r.voice, r.carriers) for r in judged if not r.party)

    @property
    def confidence(self) -> float:
        """How sure it is that the side gained the place, 0..1, before ageing.

        1 - (1 - w1)(1 - w2)... over the roots' weights; a standing dispute leaves `factor_disputed` of it.
        """
        if self._confidence is None:
            doubt = 1.0
            for root in self.roots.values():
                doubt *= 1.0 - root.weight
            sure = 1.0 - doubt
            if self.verdict.basis == "disputed":
                sure *= self.numbers.factor_disputed
            self._confidence = round(min(sure, 0.99), 4)
        return self._confidence

    @property
    def day(self) -> date:
        """The local day on which it happened, by the strongest word."""
        if self.closed is not None:
            return self.closed
        return self.lead.moment.day if self.lead and self.lead.moment else self.start[0]

    @property
    def scope(self) -> Scope:
        """How much of the place, by the strongest word that says."""
        self._open()
        return self.scoped.scope if self.scoped and self.scoped.scope else "whole"

    @property
    def evidence(self) -> tuple[str, ...]:
        """The first report of each origin on each basis, strongest origins first: copies add nothing."""
        self._open()
        ordered = sorted(self.roots.values(), key=lambda r: (-r.rank, r.told, r.ids))
        return tuple(i for r in ordered for i in r.ids)

    @property
    def contradicted_by(self) -> tuple[str, ...]:
        """The first report of each origin that denies it."""
        return tuple(d.report for d in sorted(self.standing(), key=lambda d: (d.told, d.report)))


def split(change: Change, at: When) -> tuple[Change, Change]:
    """Return the two changes that one falls into when the place turns out to have changed hands in between.

    Raises LetGoError.
    """
    if change.thin:
        raise LetGoError
    before = Change(change.gain, change.numbers, change.start, change.start)
    after = Change(change.gain, change.numbers, change.end, change.end)
    for found, key in change.members:
        (before if key <= at else after).support(found, key)
    for name, denier in change.deniers.items():
        side = after if after.first_told is not None and denier.told >= after.first_told else before
        side.deniers[name] = denier
    return before, after


def _known_order(member: Member) -> tuple[datetime, str]:
    return (member[0].known, member[0].report)


def opposite(side: Holder) -> Holder:
    """Return the other of the two sides that contest territory."""
    return "insurgent" if side == "government" else "government"
