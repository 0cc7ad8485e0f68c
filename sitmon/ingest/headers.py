"""HTTP response headers in, durations out: how long an answer holds, how long to stay away. Pure.

Header names are lower case. A header that makes no sense is treated as absent, never as an error: RFC 9111 (freshness)
and RFC 9110 section 10.2.3 (Retry-After).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = timedelta(days=365)
"""Numbers beyond it are cut to it; what is done about a long wait is the schedule's matter."""

_MAX_AGE: Final = re.compile(r'(?:^|[,\s])max-age\s*=\s*"?(\d+)', re.ASCII | re.IGNORECASE)
_NOT_KEPT: Final = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b(?!\s*=)", re.IGNORECASE)


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long the server says that its answer holds; None where it says nothing usable.

    `Cache-Control: max-age` less `Age`, unless no-cache or no-store stands beside it; else `Expires` against the
    server's own `Date`, so that a wrong clock on either side does not matter.
    """
    control = headers.get("cache-control", "")
    if _NOT_KEPT.search(control):
        return None
    if found := _MAX_AGE.search(control):
        left = _seconds(found[1]) - _seconds(headers.get("age", "0"))
        return max(left, timedelta(0))
    expires = http_date(headers.get("expires"))
    if expires is None:
        return None
    left = expires - (http_date(headers.get("date")) or now)
    return min(left, LONGEST) if left > timedelta(0) else None


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long the server wants to be left alone: seconds, or a date against its own `Date`; else None."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d+", value, re.ASCII):
        return _seconds(value)
    until = http_date(value)
    if until is None:
        return None
    return min(max(until - (http_date(headers.get("date")) or now), timedelta(0)), LONGEST)


def http_date(value: str | None) -> datetime | None:
    """Return an HTTP date (any of its three forms) as aware UTC; None for anything else."""
    if not value:
        return None
    try:
        parsed = parsedate_to_datetime(value[:64])
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _seconds(digits: str) -> timedelta:
    digits = digits.strip()
    if not re.fullmatch(r"\d+", digits, re.ASCII):
        return timedelta(0)
    return LONGEST if len(digits) > 9 else min(timedelta(seconds=int(digits)), LONGEST)
