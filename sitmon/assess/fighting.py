"""Reports of fighting at one place in, the pressure on it out. A copy of an earlier account tells of no new fighting.

It must not know the clock, nor who holds the place: it is told of the change of hands after which fighting counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sitmon.assess.change import Change
from sitmon.assess.evidence import LEVELS, Evidence
from sitmon.assess.origins import overlap
from sitmon.assess.thresholds import Thresholds
from sitmon.model.terms import Holder, Pressure

_DAY = timedelta(days=1)
_ACCOUNTS = 32
"""So many accounts of fighting are remembered to know their copies by."""


@dataclass(frozen=True, slots=True)
class Fight:
    """The newest report of one level of pressure, by one side or by neither."""

    told: datetime
    day: date
    report: str
    party: str | None
    """The side whose word it is, where it is one's."""
    sketch: bytes
    beside: Holder | None = None
    """The side whose gain of the place the same item tells of."""


class Fighting:
    """The newest reports of fighting, one for each level, side that tells of it, and gain that it is told beside."""

    def __init__(self, numbers: Thresholds) -> None:
        self._numbers = numbers
        self._fights: dict[tuple[Pressure, str | None, Holder | None], Fight] = {}
        self.accounts: tuple[Fight, ...] = ()
        """The last accounts, copies left out."""

    @property
    def fights(self) -> tuple[Fight, ...]:
        """The newest reports."""
        return tuple(self._fights.values())

    @property
    def levels(self) -> tuple[Pressure, ...]:
        """The level of each of `fights`."""
        return tuple(level for level, _, _ in self._fights)

    def copy(self) -> Fighting:
        """Return a twin; what either takes from now on, the other does not know."""
        twin = Fighting(self._numbers)
        twin._fights, twin.accounts = dict(self._fights), self.accounts
        return twin

    def restore(self, levels: Sequence[Pressure], fights: Sequence[Fight], accounts: tuple[Fight, ...]) -> None:
        """Become what these were taken of; levels and fights are equally many."""
        self._fights = {(level, f.party, f.beside): f for level, f in zip(levels, fights, strict=True)}
        self.accounts = accounts

    # -- in --------------------------------------------------------------------------------------------------------

    def take(self, found: Evidence) -> tuple[str, bool]:
        """Take a report of fighting; return what it did, in the why-view's word, and whether it changed anything."""
        assert found.moment is not None
        if found.rumour:
            return "rumour", False
        told, day, party = min(found.told, found.moment.done), found.moment.day, found.origin.party
        first = self._copied(found.sketch, day)
        if first is not None:
            told = min(first.told, told)
        else:
            self.accounts = (*self.accounts, Fight(told, day, found.report, party, found.sketch))[-_ACCOUNTS:]
        name = (found.level, party, found.beside)
        known = self._fights.get(name)
        news = known is None or told > known.told
        if news:
            self._fights[name] = Fight(told, day, found.report, party, found.sketch, found.beside)
        own = first is None or first.report.rpartition("#")[0] == found.item
        return "pressure" if own else "echo", news

    def knows(self, found: Evidence) -> bool:
        """Whether a report of fighting would change nothing here."""
        if found.rumour or found.moment is None:
            return True
        first = self._copied(found.sketch, found.moment.day)
        known = self._fights.get((found.level, found.origin.party, found.beside))
        return first is not None and known is not None and min(first.told, found.told) <= known.told

    def _copied(self, sketch: bytes, day: date) -> Fight | None:
        """Return the first account of about that day which a text is a near-copy of."""
        enough = self._numbers.echo_overlap
        for account in self.accounts:
            if overlap(sketch, account.sketch) >= enough and abs(day - account.day) <= _DAY:
                return account
        return None

    # -- out -------------------------------------------------------------------------------------------------------

    def pressure(self, change: Change | None) -> Pressure:
        """Return the highest level told within `pressure_hours` before the newest, of fighting since the change."""
        live = self._live(change)
        if not live:
            return "none"
        newest = max(f.told for _, f in live)
        span = self._numbers.span("pressure")
        return max((level for level, f in live if newest - f.told <= span), key=LEVELS.index)

    def last(self, change: Change | None) -> datetime | None:
        """Return when fighting since the change was last told of."""
        return max((f.told for _, f in self._live(change)), default=None)

    def _live(self, change: Change | None) -> list[tuple[Pressure, Fight]]:
        fights = [(level, f) for (level, _, _), f in self._fights.items()]
        if change is None:
            return fights
        return [(level, f) for level, f in fights if f.day >= change.day and not _led_to(level, f, change)]

    def goes_on_after(self, change: Change) -> bool:
        """Whether anybody but the side that claims it told of fighting inside since the claim."""
        told = change.first_told
        return told is not None and any(
            fight.told > told and fight.day >= change.day
            for (level, party, _), fight in self._fights.items()
            if level == "fighting_inside" and party != change.gain
        )


def _led_to(level: Pressure, fight: Fight, change: Change) -> bool:
    """Whether fighting led to a sure change, or is against what the loser has left; neither presses on the new holder.

    What was told before anybody told of the change led to it, and what the winner tells of beside it. What others tell
    of beside it, if it is not inside, is about the loser's last base.
    """
    if not change.sure or change.first_told is None:
        return False
    if fight.beside == change.gain and (fight.party == change.gain or level != "fighting_inside"):
        return True
    return fight.day == change.day and fight.told < change.first_told
