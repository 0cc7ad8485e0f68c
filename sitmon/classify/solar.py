"""A day of the solar Hijri calendar in, the day of the common calendar out.

The calendar of Afghanistan and Iran: the year begins with spring; six months of 31 days, five of 30, the last of 29 or
30. Leap years follow the 33-year rule, which agrees with the astronomical one from 1244 to 1500 (1865 to 2121).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_KNOWN: Final = (1400, date(2021, 3, 21))
"""A year and its first day."""
FIRST, LAST = 1244, 1500


def is_leap(year: int) -> bool:
    """Whether a solar Hijri year has 366 days (33-year rule)."""
    return (year * 8 + 29) % 33 < 8


def first_day(year: int) -> date:
    """Return the common date of 1 Hamal; the year must lie between FIRST and LAST."""
    if not FIRST <= year <= LAST:
        raise ValueError(f"the solar Hijri year {year} is not between {FIRST} and {LAST}")
    known, day = _KNOWN
    if year >= known:
        return day + timedelta(days=sum(366 if is_leap(y) else 365 for y in range(known, year)))
    return day - timedelta(days=sum(366 if is_leap(y) else 365 for y in range(year, known)))


def to_common(year: int, month: int, day: int) -> date | None:
    """Return the common date of a solar Hijri one, or None where there is no such day."""
    if not (FIRST <= year <= LAST and 1 <= month <= 12 and 1 <= day <= days_of(year, month)):
        return None
    before = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    return first_day(year) + timedelta(days=before + day - 1)


def days_of(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def year_of(day: date) -> int:
    """Return the solar Hijri year that a common day lies in."""
    year = day.year - 621
    return year if first_day(year) <= day else year - 1
