"""A web page in, the feeds that it names out, the surest first. It fetches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from sitmon.ingest.charset import decode
from sitmon.ingest.identity import canonical_url
from sitmon.ingest.sanitise import clean_line, safe_url

MAX_PAGE: Final = 2 * 1024 * 1024
MAX_FOUND: Final = 50
_TYPES: Final = re.compile(
    r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|application/json|text/(?:xml|rss)|application/xml"
)
_LOOKS: Final = re.compile(
    r"(?:\.(?:rss|atom|rdf)|/(?:rss|atom|feed|feeds)(?:\.xml|\.json)?/?|[/.]feed\.xml|/index\.xml)(?:\?.*)?$", re.I
)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names."""

    url: str
    title: str
    sure: bool
    """The page declares it as its feed; else its address only looks like one."""


def find_feeds(body: bytes, page_url: str, content_type: str | None = None) -> tuple[FoundFeed, ...]:
    """Return the feeds that a page names: those declared in its head, then the links that look like feeds."""
    tree = LexborHTMLParser(decode(body[:MAX_PAGE], content_type).encode("utf-8", "replace"))
    base = page_url
    if (node := tree.css_first("base[href]")) is not None:
        base = _join(page_url, node.attributes.get("href") or "") or page_url
    found: dict[str, FoundFeed] = {}
    for link in tree.css("link[rel][href]"):
        kind = (link.attributes.get("type") or "").split(";")[0].strip().lower()
        rels = (link.attributes.get("rel") or "").lower().split()
        if ("alternate" in rels and _TYPES.fullmatch(kind)) or "feed" in rels:
            _add(found, base, link.attributes.get("href") or "", link.attributes.get("title") or "", sure=True)
    for link in tree.css("a[href]"):
        href = link.attributes.get("href") or ""
        if _LOOKS.search(href[:2000]):
            _add(found, base, href, link.text(deep=True)[:400], sure=False)
    return tuple(found.values())[:MAX_FOUND]


def _add(found: dict[str, FoundFeed], base: str, href: str, title: str, *, sure: bool) -> None:
    # WordPress declares the oEmbed and REST addresses of a page as alternates too.
    url = _join(base, href)
    if url is None or "/wp-json/" in url or "oembed" in url:
        return
    found.setdefault(canonical_url(url), FoundFeed(url, clean_line(title, 200), sure))


def _join(base: str, href: str) -> str | None:
    try:
        return safe_url(urljoin(base, href.strip()))
    except ValueError:
        return None
