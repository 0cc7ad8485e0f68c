"""The parsed form of one document: its items, and what could not be read in it. It holds; it does not parse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitmon.model.item import Item
from sitmon.model.source import Failure


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one document gave. A failure that stands beside items is about one item; alone, about the document."""

    items: tuple[Item, ...] = ()
    """In the order of the document, each id once."""
    failures: tuple[Failure, ...] = ()
    ttl: timedelta | None = None
    """How long the publisher asks readers to wait between visits."""
    title: str = ""
