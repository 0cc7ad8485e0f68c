"""An area and a choice in, the time zone that the screen shows out."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitmon.area import Area


def zone_of(area: Area | None, local: bool) -> tzinfo:
    """Return the area's zone, or UTC."""
    return _zone(area.timezone) if area is not None and local else UTC


@lru_cache(maxsize=8)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # a machine without time zone data shows UTC and says so
        return UTC
