"""What any reader of a feed's format finds, before anything is cleaned, dated or named: strings as they stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

MAX_ITEMS: Final = 2000
"""Items of one document that are read."""


class Doubt(Exception):  # noqa: N818 - not an error: the next reader is asked
    """This reader cannot vouch for what it would give; a more forgiving one must look."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry of a feed. Texts may be HTML; addresses may be relative to `base`."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    lang: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class RawFeed:
    """One document of a feed."""

    title: str = ""
    link: str = ""
    lang: str = ""
    base: str = ""
    ttl: timedelta | None = None
    entries: tuple[RawEntry, ...] = ()
    whole: bool = True
    """False where the document broke off or was not well-formed: its last entry may be cut."""


def waiting_time(ttl: str, period: str, frequency: str) -> timedelta | None:
    """Return the time between visits that a feed asks for.

    `ttl` is RSS 2.0's, in minutes; `period` ("hourly" ... "yearly") and `frequency` (times a period) are those of
    the RSS 1.0 syndication module, which publishing software writes unasked and so counts only where there is no
    ttl. What is unreadable counts as not said.
    """
    if ttl.strip().isdecimal() and 0 < int(ttl.strip()[:9]) <= 7 * 24 * 60:
        return timedelta(minutes=int(ttl.strip()[:9]))
    hours = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}.get(period.strip().lower())
    if not hours:
        return None
    times = int(frequency.strip()[:6]) if frequency.strip().isdecimal() else 1
    return timedelta(hours=hours) / max(times, 1)
