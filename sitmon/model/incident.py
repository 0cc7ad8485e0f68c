"""An incident: the reports that tell of one event, grouped; numbers that conflict are kept apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sitmon.model.place import PlaceRef
from sitmon.model.report import Count
from sitmon.model.terms import Side, SiteKind


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people one claimant says were harmed; the newest that it said."""

    claimant: str
    """Who says so: a name or role, else the carrier."""
    side: Side | None
    killed: Count
    wounded: Count
    abducted: Count
    report: str
    told: datetime


@dataclass(frozen=True, slots=True)
class Denial:
    """Who says that it did not happen, or that they had no part in it."""

    claimant: str
    side: Side | None
    report: str
    told: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened once at one place, by everybody who tells of it."""

    id: str
    """The same on every machine: place, kind of event, day, and which of that day."""
    event_type: str
    """The upper one in ACLED's hierarchy of those told."""
    place: PlaceRef
    day: str
    """ISO date in the area's calendar: the earliest told."""
    reports: tuple[str, ...]
    """Ids of the reports that tell of it, in the order in which they became known."""
    origins: int
    """Independent roots among them."""
    first_known: datetime
    last_told: datetime
    tags: tuple[str, ...] = ()
    killed: Count = field(default_factory=Count)
    """Over all claimants: min and best are the lowest count, max the highest (ACLED)."""
    wounded: Count = field(default_factory=Count)
    abducted: Count = field(default_factory=Count)
    tolls: tuple[Toll, ...] = ()
    """One a claimant, in the order in which they spoke first."""
    rumour: bool = False
    """Whether only accounts that nobody can judge tell of it."""
    denials: tuple[Denial, ...] = ()
    """One of everybody who denies it, in the order in which they did."""
    site: SiteKind | None = None
    """The site of the place, where all accounts tell of the same one."""
