"""A JSON Feed (version 1 or 1.1) in, its entries as strings out. Doubt for any other JSON, with what it says."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from sitmon.ingest.raw import MAX_ITEMS, Doubt, RawEntry, RawFeed


def read(text: str) -> RawFeed:
    """Return what a JSON Feed says; Doubt where the document is other JSON (an error message, most often)."""
    try:
        found, _ = json.JSONDecoder().raw_decode(text)  # what stands behind it is a warning of the publisher's software
    except (ValueError, RecursionError) as error:
        raise Doubt("it starts like JSON but cannot be read as such") from error
    if not isinstance(found, dict):
        raise Doubt("it is JSON, but no JSON Feed")
    if not is_feed(found):
        raise Doubt(f"it is JSON, but no JSON Feed{_complaint(found)}")
    return read_object(found)


def is_feed(found: Mapping[str, Any]) -> bool:
    """Return whether a JSON document says that it is a JSON Feed."""
    return isinstance(found.get("items"), list) and "jsonfeed.org" in _string(found, "version")


def read_object(found: Mapping[str, Any]) -> RawFeed:
    """Return what a JSON Feed that has been loaded says."""
    return RawFeed(
        title=html.escape(_string(found, "title"), quote=False),
        link=_string(found, "home_page_url"),
        lang=_string(found, "language"),
        entries=tuple(
            _entry(item) if isinstance(item, dict) else RawEntry() for item in found["items"][: MAX_ITEMS + 1]
        ),
    )


def _entry(item: dict[str, Any]) -> RawEntry:
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return RawEntry(
        guid=_string(item, "id"),
        link=_string(item, "url") or _string(item, "external_url"),
        title=html.escape(_string(item, "title"), quote=False),
        summary=html.escape(_string(item, "summary"), quote=False),
        content=_string(item, "content_html") or _paragraphs(_string(item, "content_text")),
        author=_string(author, "name") if isinstance(author, dict) else "",
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        lang=_string(item, "language"),
    )


def _paragraphs(text: str) -> str:
    """Return plain text as HTML, so that one way leads from here."""
    return "<br>".join(html.escape(text, quote=False).split("\n"))


def _string(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _complaint(found: dict[str, Any]) -> str:
    """Return what a server's error document says of itself."""
    for key in ("message", "error", "detail", "title", "errors"):
        value = found.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("message") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return f': "{" ".join(value.split())[:120]}"'
    return ""
