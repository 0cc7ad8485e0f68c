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


def waiting_time(ttl: str) -> timedelta | None:
    """Return the time between visits that a feed asks for with RSS 2.0's `ttl`, in minutes; else None.

    What the RSS 1.0 syndication module says (`sy:updatePeriod`) does not count: publishing software writes "hourly"
    unasked into a quarter of all feeds, and a desk would hear of a city an hour late.
    """
    if ttl.strip().isdecimal() and 0 < int(ttl.strip()[:9]) <= 7 * 24 * 60:
        return timedelta(minutes=int(ttl.strip()[:9]))
    return None
