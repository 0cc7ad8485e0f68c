"""What an officer types for a time in, the moment meant out. It reads no clock: the moment that is shown is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

FORMS: Final = "14:00, -6h, 2021-08-08, 2021-08-08 14:00, now"
_AGO: Final = re.compile(r"([+-]) ?(\d{1,5}) ?([mhd])")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})Z?")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}


def moment(text: str, shown: datetime) -> datetime | None:
    """Return the moment that a text means, aware UTC; None where it means none.

    A time of day is the last such time up to what is shown; a span goes from there; a date means its end.
    """
    text = text.strip()
    if text == "now":
        return shown
    try:
        if found := _AGO.fullmatch(text):
            span = timedelta(**{_UNITS[found[3]]: int(found[2])})
            return shown - span if found[1] == "-" else shown + span
        if found := _CLOCK.fullmatch(text):
            at = datetime.combine(shown.astimezone(UTC).date(), time(int(found[1]), int(found[2])), UTC)
            return at if at <= shown else at - timedelta(days=1)
        if len(text) == 10:
            return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1, microseconds=-1)
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
