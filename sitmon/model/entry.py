"""An entry of the log: an item with what the classifier made of it, and when the desk could first know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sitmon.model.item import Item
from sitmon.model.quote import Quote
from sitmon.model.report import Mention, Report


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the classifier gives for an item."""

    lang: str
    places: tuple[Mention, ...] = ()
    reports: tuple[Report, ...] = ()
    quotes: tuple[Quote, ...] = ()
    provinces: tuple[str, ...] = ()
    """Codes of the provinces that the item is about, most relevant first."""
    event_types: tuple[str, ...] = ()
    """Ids of the event types told of as having happened, most relevant first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log. `known` is the knowledge clock: when this desk could first know the item."""

    item: Item
    verdict: Verdict
    known: datetime
    agency: str | None = None
    """The agency that the item's source carries as its own."""

    @property
    def key(self) -> tuple[datetime, str]:
        """The one order in which entries are folded, whatever order they arrived in."""
        return (self.known, self.item.id)
