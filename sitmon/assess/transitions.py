"""One item's step at a place in, the transition that it made out: what changed, by which rule, on which words.

It must not decide how a place stands: that is the holding's, before the step and after it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sitmon.assess import rules
from sitmon.assess.change import Change
from sitmon.assess.evidence import LEVELS, Evidence
from sitmon.assess.holding import Holding, Stand
from sitmon.model.picture import Transition
from sitmon.model.place import PlaceRef
from sitmon.model.terms import SiteKind

BatchKey = tuple[datetime, str]
MOST_EVIDENCE: Final = 12
"""So many reports are named by one row."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one item says of the place. `key` is (known, item id)."""

    key: BatchKey
    evidence: tuple[Evidence, ...]


def row(place: PlaceRef, batch: Batch, site: SiteKind | None, before: Stand, hall: Holding) -> Transition | None:
    """Return what a step made of a place, or of a site of it; None where it made no difference."""
    after = hall.stand
    if (before.holder, before.basis, before.pressure) == (after.holder, after.basis, after.pressure):
        return None
    change = hall.current
    ids = [e.report for e in batch.evidence if e.site == site and e.aside is None]
    held = (before.holder, before.basis) == (after.holder, after.basis)
    if held:
        rule = rules.PRESSURE
        ids = [e.report for e in batch.evidence if e.kind == "pressure"] or ids
    else:
        rule = rules.SITES if site is not None else _why(batch, before, hall)
        ids += [i for i in (change.evidence if change else ()) if i not in ids]
    evidence = tuple(ids[:MOST_EVIDENCE])
    event_day = _event_day(batch, change, held=held)
    made = Transition(
        id="",
        place=place,
        site=site,
        from_holder=before.holder,
        to_holder=after.holder,
        from_basis=before.basis,
        to_basis=after.basis,
        event_time=event_day,
        known=batch.key[0],
        evidence=evidence,
        rule=rule,
        confidence=change.confidence if change else hall.numbers.weight_assumed,
        origins=change.origins if change else 0,
        from_pressure=before.pressure,
        to_pressure=after.pressure,
    )
    return _named(made, batch.key[1])


def _why(batch: Batch, before: Stand, hall: Holding) -> str:
    """Return the rule that made the difference; of a claim that fell, the one by which it fell."""
    after = hall.stand
    if after.holder != before.holder and any(e.kind == "denial" for e in batch.evidence):
        fallen = next((c for c in reversed(hall.changes) if c.verdict.basis is None and c.deniers), None)
        if fallen is not None:
            return fallen.verdict.rule
    return after.rule


def _event_day(batch: Batch, change: Change | None, *, held: bool) -> str | None:
    if change is not None and not held:
        return change.day.isoformat()
    days = [e.moment.day for e in batch.evidence if e.moment is not None and e.aside is None]
    return max(days).isoformat() if days else None


def _named(row: Transition, item: str) -> Transition:
    """Return the row with its id: the same on every machine, whatever came in which order."""
    parts = (
        row.place.code,
        row.site or "",
        f"{row.from_holder}>{row.to_holder}",
        f"{row.from_basis}>{row.to_basis}",
        f"{LEVELS.index(row.from_pressure)}>{LEVELS.index(row.to_pressure)}",
        row.rule,
        row.known.isoformat(),
        item,
    )
    digest = hashlib.blake2b("|".join(parts).encode(), digest_size=8).hexdigest()
    return Transition(
        digest,
        row.place,
        row.site,
        row.from_holder,
        row.to_holder,
        row.from_basis,
        row.to_basis,
        row.event_time,
        row.known,
        row.evidence,
        row.rule,
        row.confidence,
        row.origins,
        row.from_pressure,
        row.to_pressure,
    )
