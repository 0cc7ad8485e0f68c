"""The picture: the status of every place at one instant, and the transitions that led there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sitmon.model.place import PlaceRef
from sitmon.model.terms import Holder, Pressure, Scope, SiteKind, StatusBasis

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The instant of a picture that nothing has been folded into yet."""


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """Who holds a site of a city, apart from the city."""

    site: SiteKind
    holder: Holder
    basis: StatusBasis
    known_since: datetime | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """Who holds a place, on whose word, since when, and how sure that is."""

    place: PlaceRef
    holder: Holder
    basis: StatusBasis
    scope: Scope = "whole"
    pressure: Pressure = "none"
    since: str | None = None
    """Event time of the change that gave the place its holder: ISO date."""
    known_since: datetime | None = None
    last_evidence: datetime | None = None
    confidence: float = 0.0
    """0..1 at the picture's instant: it has aged since the last evidence."""
    origins: int = 0
    """Independent (speaker, agency) roots behind the holder."""
    previous: Holder | None = None
    disputed_by: tuple[str, ...] = ()
    """Ids of the reports that deny it."""
    sites: tuple[SiteStatus, ...] = ()
    evidence: tuple[str, ...] = ()
    """Ids of the reports that it rests on."""
    rule: str = "baseline"
    """Name of the ledger's rule that set it (docs/ledger.md)."""
    last_fighting: datetime | None = None
    """When fighting was last told of that the pressure rests on: it does not fall by age, its age is shown."""
    faded: bool = False
    """Whether that is too long before the picture's instant to be marked as of the present (`present_hours`)."""

    @property
    def pressing(self) -> bool:
        """Whether there is fighting or a siege that was told of lately enough to be of the present."""
        return self.pressure != "none" and not self.faded


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of a status, with its evidence and the rule that made it."""

    id: str
    place: PlaceRef
    site: SiteKind | None
    from_holder: Holder
    to_holder: Holder
    from_basis: StatusBasis
    to_basis: StatusBasis
    event_time: str | None
    known: datetime
    evidence: tuple[str, ...]
    rule: str
    confidence: float
    origins: int
    from_pressure: Pressure = "none"
    to_pressure: Pressure = "none"

    @property
    def moves(self) -> bool:
        """Whether the holder changed (not only the basis or the pressure)."""
        return self.from_holder != self.to_holder


@dataclass(frozen=True, slots=True)
class Picture:
    """The status of every watched place at `now`, by place code."""

    now: datetime
    statuses: Mapping[str, Status] = field(default_factory=dict)
    transitions: tuple[Transition, ...] = ()
    """Oldest first, by (known, place)."""

    def history(self, code: str) -> tuple[Transition, ...]:
        """Return the transitions of one place, oldest first."""
        return tuple(t for t in self.transitions if t.place.code == code)
