"""The bytes of one feed document in, items out. Pure: no network, no files, no clock; never raises on any bytes.

Three readers, the first that does not doubt wins: JSON Feed, well-formed XML, and everything else that publishers call
a feed. What they find are strings; cleaning, dating and naming happen here, once, for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from sitmon.ingest import json_feed, loose_feed, xml_feed
from sitmon.ingest.charset import decode
from sitmon.ingest.dates import choose_date
from sitmon.ingest.feed_posts import as_post
from sitmon.ingest.identity import canonical_url, feed_item_id, fold_words, host_of, is_page
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.raw import MAX_ITEMS, Doubt, RawEntry, RawFeed
from sitmon.ingest.repair import repair
from sitmon.ingest.sanitise import clean_html, clean_html_line, clean_line, drop_sequences, safe_url
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

__all__ = ["Parsed", "parse", "parse_raw"]

TITLE_LIMIT: Final = 1000
TEXT_LIMIT: Final = 16_000
AUTHOR_LIMIT: Final = 120
_BAD_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_ROOT = re.compile(
    r"<(?:\?xml|!DOCTYPE\s+(?:rss|rdf)|rss[\s>]|feed[\s>]|\w{1,10}:(?:RDF|feed|rss)[\s>]|RDF[\s>])", re.I
)
_HTML = re.compile(r"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_CHALLENGE = re.compile(r"just a moment|challenge-platform|captcha|verify(?:ing)? you are|attention required", re.I)
_APPEARED = re.compile(r"\s*The post .{1,400} (?:appeared first on|first appeared on) .{1,200}\.?\Z")
_NAME_IN_ADDRESS = re.compile(
    r"[^\s@]+@[^\s@()]+\s*\((?P<after>[^)]+)\)|(?P<before>[^<(@]+)(?:<[^\s@]+@[^\s@]+>|\([^\s@]+@[^\s@]+\))"
)


def parse(
    body: bytes,
    source: Source,
    *,
    now: datetime,
    content_type: str | None = None,
    final_url: str | None = None,
) -> Parsed:
    """Return the items of a feed document, each id once, in the document's order.

    `content_type` is the server's header, `final_url` where the document was found after redirects (relative links
    are resolved against it). A document that is no feed gives no items and one failure of kind `not_a_feed` or
    `refused`; an entry that cannot be used gives a failure, and the others stand.
    """
    text = _BAD_IN_XML.sub("", drop_sequences(decode(body, content_type))).lstrip("\ufeff \t\r\n")
    try:
        raw = _read(text)
    except Doubt as doubt:
        return Parsed(
            failures=(Failure(source.name, clean_line(f"the answer is no feed: {doubt}", 300), "not_a_feed"),)
        )
    return parse_raw(raw, source, now=now, final_url=final_url)


def parse_raw(raw: RawFeed, source: Source, *, now: datetime, final_url: str | None = None) -> Parsed:
    """Return the items of a feed whose strings have been read."""
    if refusal := _refusal(raw):
        return Parsed(failures=(Failure(source.name, refusal, "refused"),))
    base = final_url or (source.location if source.kind == "feed" else "")
    items: list[Item] = []
    failures: list[Failure] = []
    for found in _items(raw, source, base, now):
        if isinstance(found, Item):
            items.append(found)
        else:
            failures.append(found)
    if len(raw.entries) > MAX_ITEMS:
        failures.append(Failure(source.name, f"it has more than {MAX_ITEMS} items; the rest was not read", "too_large"))
    return Parsed(tuple(items), tuple(failures), raw.ttl, clean_html_line(raw.title, TITLE_LIMIT))


def _read(text: str) -> RawFeed:
    """Return what the first reader that does not doubt finds."""
    if not text:
        raise Doubt("it is empty")
    if text[0] in "{[":
        return json_feed.read(text)
    if text[:4000].lower().count("<") == 0:
        raise Doubt("it is plain text")
    root, page = _ROOT.search(text), _HTML.search(text[:4000])
    declared = root is not None and root[0].lower() == "<?xml"
    if page and (root is None or page.start() < root.start() or (declared and not _names_a_feed(text))):
        raise Doubt(_describe_page(text))
    if root is not None and root.start() < 4000:
        text = text[root.start() :]  # what stands before it is a warning of the publisher's software
    text = _DECLARATION.sub("", text, count=1).lstrip()
    try:
        return xml_feed.read(text)
    except Doubt:
        text = repair(text)
    try:
        return xml_feed.read(text)
    except Doubt:
        return loose_feed.read(text)


def _names_a_feed(text: str) -> bool:
    return re.search(r"<(?:\w{1,10}:)?(?:rss|feed|RDF)[\s>]", text[:8000]) is not None


def _describe_page(text: str) -> str:
    title = _PAGE_TITLE.search(text[:20_000])
    called = f' called "{clean_html_line(title[1], 80)}"' if title else ""
    if _CHALLENGE.search(text[:50_000]):
        return f"it is a web page{called} that asks for a browser check"
    return f"it is a web page{called}"


def _refusal(raw: RawFeed) -> str | None:
    """Return why a feed is one in form only: mirrors answer strangers with one entry that says so."""
    if len(raw.entries) == 1 and "whitelist" in raw.entries[0].title.lower():
        return f'the server turns this reader away: "{clean_html_line(raw.entries[0].title, 120)}"'
    return None


def _items(raw: RawFeed, source: Source, base: str, now: datetime) -> Iterator[Item | Failure]:
    """Yield each entry once, as an item or as the reason why it is none."""
    home = _absolute(raw.link, "", base)
    scope = host_of(home) or host_of(base) or source.name
    front = canonical_url(home) if raw.link else ""
    seen: set[str] = set()
    pages: dict[str, tuple[str, str]] = {}
    last = len(raw.entries) - 1
    for number, entry in enumerate(raw.entries[:MAX_ITEMS]):
        where = f"{source.name}: item {number + 1}"
        if not raw.whole and number == last and _is_cut(entry, raw.entries[:-1]):
            yield Failure(where, "the document breaks off in the middle of it")
            continue
        item = _item(entry, raw, source, base, scope, now)
        if not item.body:
            yield Failure(where, "it has neither a title nor a text")
            continue
        if item.id in seen:
            continue
        # The same page a second time in one document is the same item, unless it goes by another name and title.
        page = canonical_url(item.url) if item.url and is_page(item.url) else ""
        name = (entry.guid, fold_words(item.title or item.text))
        if page and page != front and page in pages and (not entry.guid or pages[page][1] == name[1]):
            continue
        pages.setdefault(page, name)
        seen.add(item.id)
        yield item


def _is_cut(entry: RawEntry, others: tuple[RawEntry, ...]) -> bool:
    """Return whether the last entry of a broken document lacks the name that all others have."""
    return bool(others) and not entry.guid and any(other.guid for other in others)


def _item(entry: RawEntry, raw: RawFeed, source: Source, base: str, scope: str, now: datetime) -> Item:
    link = _absolute(entry.link, entry.base or raw.base, base or raw.link)
    title = clean_html_line(entry.title, TITLE_LIMIT)
    text = _full_text(entry)
    published, quality = choose_date(entry.published, entry.updated, now)
    if len(text) < 2 * len(title) + 20 and fold_words(text) == fold_words(title):
        text = ""
    item = Item(
        id=feed_item_id(entry.guid, link, f"{title}\n{text[:500]}", scope),
        source=source.name,
        text=text,
        title=title,
        url=safe_url(link),
        author=_author(entry.author),
        published=published,
        date_quality=quality,
        kind="article" if title else "post",
        lang=clean_line(entry.lang or raw.lang, 20) or source.lang,
        reliability=source.reliability,
        side=source.side,
    )
    return as_post(item, entry, raw.title)


def _absolute(link: str, inner: str, outer: str) -> str:
    """Return a link made absolute against the document's own base and where it was found; as it is if that fails."""
    if not link or link.startswith(("http://", "https://")):
        return link
    try:
        return urljoin(urljoin(outer, inner), link)
    except ValueError:
        return link


def _full_text(entry: RawEntry) -> str:
    """Return the whole text where a feed gives it, else its summary."""
    text = clean_html(entry.content, TEXT_LIMIT) if entry.content else ""
    if len(text) < len(entry.summary):
        summary = clean_html(entry.summary, TEXT_LIMIT)
        text = summary if len(summary) > len(text) else text
    return _APPEARED.sub("", text) if "The post " in text else text


def _author(raw: str) -> str | None:
    if not raw:
        return None
    match = _NAME_IN_ADDRESS.fullmatch(raw.strip()[:500])
    name = (match["after"] or match["before"]) if match else raw
    return clean_html_line(name, AUTHOR_LIMIT) or None
