"""What a source answered, as values: a body, "nothing new", or (from the model) a failure. It does no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitmon.model.source import Failure


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body, inflated, with what its headers say. Header values are verbatim (bytes as Latin-1)."""

    body: bytes
    url: str
    """Where it came from, after the redirects; without user name, password and fragment."""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fresh_for: timedelta | None = None
    """How long the server says that the answer holds."""
    moved_to: str | None = None
    """The final URL where every redirect on the way was a permanent one, and it may be remembered."""
    status: int = 200


@dataclass(frozen=True, slots=True)
class NotModified:
    """A 304: the last answer still holds. Only what the 304 itself carried is set."""

    etag: str | None = None
    last_modified: str | None = None
    fresh_for: timedelta | None = None
    moved_to: str | None = None


Answer = Fetched | NotModified | Failure
