"""A status and an instant in, how sure it still is out. Age never changes a holder: silence is not calm."""

from __future__ import annotations

from datetime import datetime, timedelta

from sitmon.assess.thresholds import Thresholds
from sitmon.model.picture import Status


def confidence_at(status: Status, now: datetime, numbers: Thresholds) -> float:
    """Return what is left of a status's confidence at `now`, in hundredths.

    c x (floor + (1 - floor) x 0.5 ^ (age / half-life)), the age counted from the last evidence. An assumption of the
    area's file and the desk's own word have no evidence that could age.
    """
    if status.last_evidence is None or status.basis in ("assumed", "override"):
        return status.confidence
    return round(status.confidence * kept(now - status.last_evidence, numbers), 2)


def faded(status: Status, now: datetime, numbers: Thresholds) -> bool:
    """Whether fighting was told of too long ago to be of the present; the pressure itself stays, with its age."""
    told = status.last_fighting
    return status.pressure != "none" and told is not None and now - told > numbers.span("present")


def kept(age: timedelta, numbers: Thresholds) -> float:
    """Return the part of a confidence that is left after an age, `confidence_floor`..1."""
    hours = max(0.0, age.total_seconds() / 3600)
    floor = numbers.confidence_floor
    return floor + (1.0 - floor) * float(0.5 ** (hours / numbers.half_life_hours))
