"""Date strings in, plausible moments out: what a publisher wrote, read as strictly as it allows. Never `now`.

A date that cannot be read, or that lies before 2000 or more than a day ahead, is no date: an item that pretends to be
of this minute would raise an alert for old news.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sitmon.ingest.calendars import ZONES, month_number, solar_to_gregorian
from sitmon.model.item import DateQuality

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD: Final = timedelta(hours=24)
"""How far a publisher's clock or zone may be wrong before its date is no longer believed."""
LONGEST: Final = 100

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789", "\u200c\u200d\u200e\u200f\u202a\u202b\u202c")
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
_ZONE = r"(?P<zone>[A-Za-z]{1,5}\s?[+-]\d{1,2}:?\d{2}|[+-]\d{2}(?::?\d{2})?(?::\d{2})?|[A-Za-z]{1,5})?"
_WEEKDAY = r"(?:[^\W\d]+\.?(?:\u200c[^\W\d]+)?\s*[,،]?\s+|[^\W\d]+[,،]\s*)?"
_MONTH = r"(?P<month>[^\W\d]{2,14})\.?"

_EPOCH = re.compile(r"(?P<whole>\d{10})(?:\.\d+)?|(?P<milli>\d{13})|(?P<micro>\d{16})")
_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})|(?P<m>\d{2})(?P<d>\d{2}))"
    r"(?:(?:\s*T\s*|\s*[,،]?\s+)(?:" + _CLOCK + r"|(?P<hour2>\d{2})(?P<minute2>\d{2})(?P<second2>\d{2})?))?\s*" + _ZONE,
    re.IGNORECASE,
)
_DAY_MONTH_YEAR = re.compile(
    _WEEKDAY
    + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?[\s-]\s*(?:de\s+|of\s+)?"
    + _MONTH
    + r"[\s,،-]\s*(?:de\s+)?(?P<year>\d{2,4})"
    + r"(?:\s*[,،]?\s*(?:at\s+|T|-\s*|um\s+)?"
    + _CLOCK
    + r")?\s*"
    + _ZONE,
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(
    _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*[,،]?\s+(?P<year>\d{4})(?:\s*[,،·]?\s*(?:at\s+|-\s*)?"
    + _CLOCK + r")?\s*" + _ZONE,
    re.IGNORECASE,
)  # fmt: skip
_C_STYLE = re.compile(
    _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})\s+" + _CLOCK + r"\s+(?:" + _ZONE + r"\s+)?(?P<year>\d{4})",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})(?:\s*[,،]?\s*(?:at\s+|-\s*)?"
    + _CLOCK + r")?\s*" + _ZONE,
    re.IGNORECASE,
)  # fmt: skip


def read_date(raw: object, now: datetime) -> tuple[datetime | None, DateQuality]:
    """Return a publisher's date as aware UTC, and how good it is.

    `stated`: said in full. `repaired`: no zone (UTC is assumed), no time of day, day and month in figures, or the
    solar Hijri calendar. `bad`: unreadable or implausible (None). `missing`: nothing was said (None).
    Numbers are seconds, milliseconds or microseconds since 1970, by their length.
    """
    text = " ".join(str(raw).translate(_DIGITS).split()) if isinstance(raw, str | int | float) else ""
    if not text or isinstance(raw, bool):
        return None, "missing"
    if len(text) > LONGEST:
        return None, "bad"
    if text.endswith(")"):
        text = re.sub(r"\s*\([^)]*\)$", "", text)
    for pattern, read in _READERS if text[:1].isdecimal() else _WORDS_FIRST:
        if match := pattern.fullmatch(text):
            try:
                found, quality = read(match)
            except (ValueError, OverflowError):
                continue
            return (found, quality) if is_plausible(found, now) else (None, "bad")
    return None, "bad"


def choose_date(published: object, updated: object, now: datetime) -> tuple[datetime | None, DateQuality]:
    """Return an item's date from what its publisher says of its first and its last version."""
    first, quality = read_date(published, now)
    if first is not None:
        return first, quality
    second, _ = read_date(updated, now)
    if second is not None:
        return second, "updated"
    bad = "bad" in (quality, read_date(updated, now)[1])
    return None, "bad" if bad else "missing"


def is_plausible(moment: datetime, now: datetime) -> bool:
    """Return whether a publisher can have meant this moment."""
    return EARLIEST <= moment <= now + AHEAD


def _epoch(match: re.Match[str]) -> tuple[datetime, DateQuality]:
    if match["whole"]:
        return datetime.fromtimestamp(int(match["whole"]), UTC), "stated"
    seconds = int(match["milli"]) / 1e3 if match["milli"] else int(match["micro"]) / 1e6
    return datetime.fromtimestamp(int(seconds), UTC), "stated"


def _iso(match: re.Match[str]) -> tuple[datetime, DateQuality]:
    month, day = int(match["month"] or match["m"]), int(match["day"] or match["d"])
    hour, minute = match["hour"] or match["hour2"], match["minute"] or match["minute2"]
    second = match["second"] or match["second2"]
    return _moment(match, int(match["year"]), month, day, hour, minute, second)


def _named(match: re.Match[str]) -> tuple[datetime, DateQuality]:
    found = month_number(match["month"])
    if found is None:
        raise ValueError(f"no month is called {match['month']!r}")
    month, solar = found
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    if solar != (1300 <= year <= 1500):
        raise ValueError("a month of one calendar with a year of the other")
    return _moment(match, year, month, int(match["day"]), match["hour"], match["minute"], match["second"])


def _numeric(match: re.Match[str]) -> tuple[datetime, DateQuality]:
    day, month = int(match["day"]), int(match["month"])
    if month > 12 >= day:
        day, month = month, day
    found, _ = _moment(match, int(match["year"]), month, day, match["hour"], match["minute"], match["second"])
    return found, "repaired"


def _moment(
    match: re.Match[str], year: int, month: int, day: int, hour: str | None, minute: str | None, second: str | None
) -> tuple[datetime, DateQuality]:
    """Return the moment that the parts name, as UTC."""
    solar = 1300 <= year <= 1500
    on = solar_to_gregorian(year, month, day) if solar else date(year, month, day)
    hours = int(hour or 0)
    half = match["half"]
    if half:
        if not 1 <= hours <= 12:
            raise ValueError("no such hour on a 12-hour clock")
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    days, hours = divmod(hours, 24) if hours == 24 else (0, hours)
    at = time(hours, int(minute or 0), min(int(second or 0), 59))
    offset = _offset(match["zone"])
    moment = datetime.combine(on, at, UTC) + timedelta(days=days) - (offset or timedelta(0))
    whole = hour is not None and offset is not None and not solar
    return moment, "stated" if whole else "repaired"


def _offset(zone: str | None) -> timedelta | None:
    """Return what a zone is ahead of UTC; None where none is named. ValueError for a word that is no zone."""
    if not zone:
        return None
    match = re.fullmatch(r"(?:UTC|GMT|Z|UT)?\s?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d{2})?(?::\d{2})?", zone.upper())
    if match:
        ahead = timedelta(hours=int(match["h"]), minutes=int(match["m"] or 0))
        if ahead > timedelta(hours=15):
            raise ValueError(f"{zone} is no offset of any zone")
        return -ahead if match["sign"] == "-" else ahead
    if zone.upper() not in ZONES:
        raise ValueError(f"{zone} is no zone known here")
    return ZONES[zone.upper()]


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[datetime, DateQuality]]], ...]] = (
    (_ISO, _iso),
    (_EPOCH, _epoch),
    (_DAY_MONTH_YEAR, _named),
    (_C_STYLE, _named),
    (_MONTH_DAY_YEAR, _named),
    (_NUMERIC, _numeric),
)
_WORDS_FIRST: Final = tuple(pair for pair in _READERS if pair[0] not in (_ISO, _EPOCH))
"""The readers of a date that begins with no digit, as most do that feeds have."""
