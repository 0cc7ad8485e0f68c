"""A report: one claim found in an item, with its actors, basis and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitmon.model.place import PlaceRef
from sitmon.model.terms import Basis, Holder, Modality, Precision, Scope, Side, SiteKind


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the item's body that a verdict rests on; offsets are Python string offsets into `Item.body`."""

    kind: str
    """cue, place, actor, target, hedge, negation, history, plan, attribution, speaker, date, count, site, scope; or
    learned: a word that weighed with the arbiter."""
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that the item names (the item is about it, or a report is set there)."""

    place: PlaceRef
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, as ACLED counts; None is "not said", never zero."""

    min: int | None = None
    best: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One event type at one place, as one item tells it. What is not said is None; nothing is guessed."""

    id: str
    """Item id, "#", and the report's number within the item."""
    item: str
    event_type: str
    modality: Modality
    tags: tuple[str, ...] = ()
    place: PlaceRef | None = None
    site: SiteKind | None = None
    scope: Scope | None = None
    actor: str | None = None
    """Actor id of the area's actors file: who did it."""
    target: str | None = None
    holder: Holder | None = None
    """Who holds the place if the report is true; only for events of territory."""
    basis: Basis | None = None
    source_side: Side | None = None
    """The side of whoever says so."""
    speaker: str | None = None
    """Who says so: a name, else a role ("provincial council member"), else None."""
    agency: str | None = None
    """The news agency that the words come from, where the text credits one ("AFP")."""
    event_time: str | None = None
    """ISO 8601 date, or date and hour, in the area's local calendar day; cut to its precision."""
    time_precision: Precision | None = None
    killed: Count = field(default_factory=Count)
    wounded: Count = field(default_factory=Count)
    abducted: Count = field(default_factory=Count)
    claimed_by: str | None = None
    """Actor id of the party that claims the deed (an attack claimed by the Taliban)."""
    confidence: float = 0.5
    evidence: tuple[Span, ...] = ()
