"""An item's and a report's times in, one event key out. It must not guess a day that neither of them gives.

Days are days of the area's own calendar (its time zone), because that is what "on Sunday" means there.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is said to have happened, and when it was said. `told` is aware UTC."""

    day: date
    """The local day; of a week or a month its last day, but never after the day on which it was told."""
    told: datetime
    stated: bool
    """Whether the text gives the day; otherwise it is the item's own."""
    late: bool
    """Whether it was told on a later day than it happened."""
    done: datetime
    """From then on it has certainly happened: when it was told, or when its day was over if that was earlier."""

    @property
    def key(self) -> tuple[date, datetime]:
        """The order of what happened: by day, within the day by when it was told, what was told later at its end."""
        return (self.day, self.done if self.late else self.told)


@lru_cache(maxsize=32)
def zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name."""
    return ZoneInfo(name)


def read(
    event_time: str | None, published: datetime | None, known: datetime, tz: ZoneInfo, precision: str | None = None
) -> Moment | None:
    """Return when a report's event happened; None where neither the text nor the item is dated.

    `event_time` is ISO 8601, cut to its precision ("2021", "2021-08", "2021-W31", "2021-08-06", "2021-08-06T14").
    What cannot be read as a time, or lies after the telling, counts as not stated.
    """
    told = published or known
    stated = _days(event_time, precision) if event_time else None
    if stated is None or stated[0] > _local(told, tz):
        if published is None:
            return None
        return Moment(_local(told, tz), told, stated=False, late=False, done=told)
    told_on = _local(told, tz)
    day = min(stated[1], told_on)
    over = datetime.combine(day + timedelta(days=1), time(), tz).astimezone(UTC) - timedelta(seconds=1)
    return Moment(day, told, stated=True, late=told_on > day, done=min(told, over))


@lru_cache(maxsize=4096)
def _days(text: str, precision: str | None) -> tuple[date, date] | None:
    """Return the first and last day that a cut ISO time covers, or None where it is none."""
    try:
        if len(text) == 4:
            year = int(text)
            return date(year, 1, 1), date(year, 12, 31)
        if len(text) == 7 and text[4] == "-" and text[5:].isdigit():
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        if len(text) == 8 and text[4:6] == "-W":
            monday = date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
            return monday, monday + timedelta(days=6)
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    if precision == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


def _local(moment: datetime, tz: ZoneInfo) -> date:
    return moment.astimezone(tz).date()
