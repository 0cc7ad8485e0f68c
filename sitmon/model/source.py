"""Sources, their health, and failures as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sitmon.model.terms import Health, Reliability, Side

SourceKind = Literal["feed", "path"]


@dataclass(frozen=True, slots=True)
class Source:
    """A configured feed, or an export file or folder that is watched."""

    name: str
    kind: SourceKind
    location: str
    """The URL, or the path."""
    reliability: Reliability = "F"
    side: Side | None = None
    agency: str | None = None
    """The agency whose words this source carries as its own, when it is one ("AFP")."""
    interval: timedelta = timedelta(minutes=10)
    allow_private_hosts: bool = False
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Extra request headers; never printed."""
    lang: str | None = None
    shared_host: bool = False
    """Its host serves many independent feeds (RSSHub, Nitter): what it asks of one is not asked of the others."""
    folder: str = ""
    """Where it stands in lists of feeds, outermost first: "Asia/Papers"."""
    proxy: str | None = field(default=None, repr=False)
    """Its own proxy: a URL, "env", or "none" for the straight way; None: as all the others. May hold a password."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source, or something in it, could not be read. A value, never raised."""

    subject: str
    """The source's name, or a file and position within it."""
    reason: str
    """One plain sentence for the screen."""
    kind: Literal["network", "timeout", "status", "refused", "too_large", "not_a_feed", "parse", "file"] = "parse"
    status: int | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source does. A place has a status, an alert a state; a source has health."""

    source: str
    health: Health
    reason: str = ""
    """Why, in one plain sentence; empty where all is well."""
    last_success: datetime | None = None
    last_attempt: datetime | None = None
    next_poll: datetime | None = None
    errors: int = 0
    """Failures in a row."""
    items: int = 0
    """Items in the last good answer."""


@dataclass(frozen=True, slots=True)
class PollState:
    """What must survive a restart so that a source is polled politely. Times are aware UTC."""

    source: str
    etag: str | None = None
    """Verbatim as the server sent it; replaced after every parsed 200, and by what a 304 carries."""
    last_modified: str | None = None
    next_poll: datetime | None = None
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    errors: int = 0
    body_hash: str | None = None
    health: Health = "ok"
    reason: str = ""
    items: int = 0
    seen: tuple[str, ...] = ()
    """Ids of the items in the last good answer, to notice a gap."""
    moved_to: str | None = None
    """New URL, remembered only after a chain of permanent redirects seen twice."""
    cursor: tuple[tuple[str, str], ...] = ()
    """Of a path source: what has been read already, as (file, position or fingerprint)."""
    location: str = ""
    """The location that all this is true of: a source that is given another one starts afresh."""
    status: int | None = None
    """HTTP status of the last answer."""
    ttl: timedelta | None = None
    """How often the feed itself says it may be read."""
    fresh_for: timedelta | None = None
    """How long the server says that its last answer holds (Cache-Control, Expires)."""
    rhythm: timedelta | None = None
    """The typical time between two posts of the feed, from its own dates."""
    wait_until: datetime | None = None
    """Until when the server asked to be left alone (Retry-After)."""
    moving_to: str | None = None
    """New URL that a chain of permanent redirects named once."""
    last_full: datetime | None = None
    """When the source last answered with a body."""
