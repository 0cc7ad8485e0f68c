"""A verdict in, what it tells of as having changed hands out: for tests."""

from __future__ import annotations

from sitmon.model.entry import Verdict
from sitmon.model.terms import MOVING, TERRITORY


def moved(verdict: Verdict) -> list[tuple[str, str | None, str | None]]:
    """Return the event type, the place's code and the new holder of each report of a change of control."""
    return [
        (r.event_type, r.place.code if r.place else None, r.holder)
        for r in verdict.reports
        if r.event_type in TERRITORY and r.modality in MOVING
    ]
