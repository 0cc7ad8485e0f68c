"""Entries in, one picture out, from nothing: what stood at an instant, by what could be known at another.

Two clocks. `known_at` cuts what the desk could know by then (fetches, in a replay publications); `as_of` cuts what had
certainly happened by then, told by then or later. Either may be left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.model.entry import Entry
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture


def fold(
    area: Area,
    entries: Iterable[Entry],
    *,
    now: datetime,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    marks: Iterable[Mark] = (),
) -> Picture:
    """Return the picture that the entries make; it is of the earliest of the three times, by which confidence ages."""
    ledger = refold(area, entries, as_of=as_of, known_at=known_at, marks=marks)
    return ledger.picture(instant(now, as_of, known_at))


def refold(
    area: Area,
    entries: Iterable[Entry],
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    marks: Iterable[Mark] = (),
) -> Ledger:
    """Return a ledger of the entries, to ask for reasons as well as for the picture."""
    ledger = Ledger(area, as_of=as_of)
    ledger.extend(e for e in entries if known_at is None or e.known <= known_at)
    for mark in marks:
        if known_at is None or mark.time <= known_at:
            ledger.mark(mark)
    return ledger


def instant(now: datetime, as_of: datetime | None = None, known_at: datetime | None = None) -> datetime:
    """Return the instant that a picture of these clocks is of."""
    return min(t for t in (now, as_of, known_at) if t is not None)
