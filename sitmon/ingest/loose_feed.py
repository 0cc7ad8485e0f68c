"""Any document that a publisher may call a feed in, its entries as strings out. The only file that knows feedparser.

feedparser reads what is broken, old or strange. It is given bytes, never a string (which it would take for an address
and open); and of its results only strings are taken: dates, addresses and markup are read elsewhere.
"""

from __future__ import annotations

import io
import re
from typing import Any, Final

from sitmon.ingest.raw import MAX_ITEMS, Doubt, RawEntry, RawFeed, waiting_time

MAX_PREFIXES: Final = 200
"""Distinct prefixes of namespaces; feedparser takes quadratic time over them, and real feeds have a dozen."""
_PREFIX = re.compile(r"xmlns:([^\s=<>]{1,100})\s*=")


def read(text: str) -> RawFeed:
    """Return what a document says; Doubt, with the reason, where it is no feed or breaks the reader."""
    if len(set(_PREFIX.findall(text))) > MAX_PREFIXES:
        raise Doubt(f"it declares more than {MAX_PREFIXES} namespaces")
    import feedparser  # a third of what reading anything costs to load, and most feeds never need it

    body = text.encode("utf-8", "replace")
    try:
        found = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # it raises whatever its many handlers raise; the reason is kept
        raise Doubt(f"it cannot be read as a feed ({type(error).__name__})") from error
    entries = found.get("entries") or []
    if not entries and not found.get("version"):
        raise Doubt(_reason(found))
    head = found.get("feed") or {}
    # feedparser files the one date of RSS 1.0 under "updated"; only Atom knows two.
    dated = "published" if not str(found.get("version")).startswith("rss") else "updated"
    return RawFeed(
        title=_string(head, "title"),
        link=_string(head, "link"),
        lang=_string(head, "language"),
        ttl=waiting_time(_string(head, "ttl")),
        entries=tuple(_entry(entry, dated) for entry in entries[: MAX_ITEMS + 1]),
        whole=not found.get("bozo"),
    )


def _entry(entry: Any, dated: str) -> RawEntry:
    contents = [part for part in _plain(entry, "content") or [] if isinstance(part, dict)]
    # Kept in the order in which the publisher gave them; the longest is the full text.
    content = max((str(part.get("value") or "") for part in contents), key=len, default="")
    guid = _string(entry, "id")
    return RawEntry(
        guid=guid,
        link=_string(entry, "link") or (guid if guid.startswith(("http://", "https://")) else ""),
        title=_string(entry, "title"),
        summary=_string(entry, "summary"),
        content=content,
        author=_string(entry, "author"),
        published=_string(entry, "published") or _string(entry, "created") or _string(entry, dated),
        updated=_string(entry, "updated"),
        lang=str((_plain(entry, "title_detail") or {}).get("language") or ""),
    )


def _plain(mapping: Any, key: str) -> Any:
    """Return a value without feedparser's own fall-backs from one key to another."""
    return dict.get(mapping, key)


def _string(mapping: Any, key: str) -> str:
    value = _plain(mapping, key)
    return value.strip() if isinstance(value, str) else ""


def _reason(found: Any) -> str:
    error = _plain(found, "bozo_exception")
    return f"it is no feed ({error})"[:200] if error else "it is no feed"
