"""A log and a change in, what the picture would have been without each of its sources out.

Derived by folding the log once more without them; nothing is estimated. It must not judge whom to trust.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitmon.area import Area
from sitmon.assess.fold import refold
from sitmon.model.entry import Entry
from sitmon.model.picture import Status

MOST = 12
"""So many sources are left out one by one at most."""


@dataclass(frozen=True, slots=True)
class Without:
    """How a place would have stood without a source's items."""

    source: str
    items: int
    """How many of its items told of the province by then."""
    status: Status | None


def without_each(
    area: Area, entries: Iterable[Entry], province: str, code: str, at: datetime, sources: Sequence[str]
) -> tuple[Without, ...]:
    """Return how a place stood at an instant (first, without nothing), and would have without each of some sources."""
    near = [e for e in entries if e.known <= at and _bears_on(e, province)]
    found = [Without("", 0, refold(area, near).status(code, at))]
    for source in tuple(dict.fromkeys(sources))[:MOST]:
        rest = [e for e in near if e.item.source != source]
        found.append(Without(source, len(near) - len(rest), refold(area, rest).status(code, at)))
    return tuple(found)


def _bears_on(entry: Entry, province: str) -> bool:
    """Whether an entry tells of a province; corrections count whatever they tell, for what they take back."""
    return entry.item.revision > 0 or any(r.place and r.place.province == province for r in entry.verdict.reports)
