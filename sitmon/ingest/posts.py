"""What any export says of one post in, an item out. One place where posts are cleaned, dated, named and linked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sitmon.ingest.dates import choose_date, is_plausible
from sitmon.ingest.identity import check_status_id, digest, status_time
from sitmon.ingest.sanitise import clean, clean_line, safe_url
from sitmon.model.item import Item, ItemKind
from sitmon.model.source import Failure, Source

Record = Mapping[str, Any]
Found = Item | Failure

TEXT_LIMIT: Final = 16_000
TITLE_LIMIT: Final = 1000
NAME_LIMIT: Final = 120
_ESCAPES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&"))
_PLAIN_NAME = re.compile(r"[\x21-\x7e]{1,200}")
_REPEATED = re.compile(r"RT @(?P<user>\w{1,20}):? ")
_NO_LANGUAGE: Final = frozenset({"und", "zxx", "qme", "qht", "qam", "qct", "qst", ""})
_OLD_LANGUAGES: Final = {"in": "id", "iw": "he", "ji": "yi"}


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose export is being read, when, and where in it: what every reader of records is told."""

    source: Source
    now: datetime
    where: str
    """File and position within it, for the reason of a failure."""

    def at(self, position: str) -> Reading:
        """Return the same reading at another place of the same file."""
        return Reading(self.source, self.now, f"{self.where.split(': ', 1)[0]}: {position}")

    def refuse(self, reason: object) -> Failure:
        """Return why what stands here is no item."""
        return Failure(clean_line(self.where, 300), clean_line(str(reason), 300), "parse")


@dataclass(frozen=True, slots=True)
class Post:
    """One post as its export tells it: strings as they stood, but for escapes and short links."""

    id: str
    """With its prefix: `tw:1426812345678901234`."""
    text: str
    author: str = ""
    created: object = None
    kind: ItemKind = "post"
    ref: str | None = None
    lang: str = ""
    url: str | None = None
    place: str = ""
    title: str = ""


def make_item(post: Post, reading: Reading) -> Found:
    """Return the item that a post is, or why it is none (it has no words)."""
    text = clean(post.text, TEXT_LIMIT)
    title = clean_line(post.title, TITLE_LIMIT)
    if not text and not title:
        return reading.refuse("the post has no text")
    published, quality = choose_date(post.created, None, reading.now)
    author = clean_line(post.author, NAME_LIMIT).lstrip("@") or None
    url = post.url
    if post.id.startswith("tw:"):
        status = post.id.removeprefix("tw:")
        url = url or f"https://x.com/{author or 'i/web'}/status/{status}"
        said_by_id = status_time(status) if status.isdecimal() else None
        # An id knows its second. It speaks only where the export does not, or not fully: ids can be made up.
        if said_by_id and is_plausible(said_by_id, reading.now):
            near = published is not None and abs((said_by_id - published).total_seconds()) < 14 * 3600
            if published is None or (quality == "repaired" and near):
                published, quality = said_by_id, "repaired"
    return Item(
        id=_safe_name(post.id),
        source=reading.source.name,
        text=text,
        title=title,
        url=safe_url(url),
        author=author,
        published=published,
        date_quality=quality,
        kind=post.kind,
        ref=_safe_name(post.ref) if post.ref else None,
        lang=read_language(post.lang) or reading.source.lang,
        reliability=reading.source.reliability,
        side=reading.source.side,
        place_hint=clean_line(post.place, NAME_LIMIT) or None,
    )


def _safe_name(name: str) -> str:
    """Return an id as it is, or a digest of one that an export made up of anything but plain characters."""
    return name if _PLAIN_NAME.fullmatch(name) else digest("p", name)


def unescape(text: str) -> str:
    """Return a text of Twitter's API with its escapes resolved: only those that it writes, so that links stay whole."""
    if "&" in text:
        for escape, char in _ESCAPES:
            text = text.replace(escape, char)
    return text


def expand(text: str, links: Iterable[tuple[str, str]], media: Iterable[str] = ()) -> str:
    """Return a text with its short links made long and the links to its own pictures left out.

    By search, never by position: exports count positions in different units, some of them in another text.
    """
    for short, long in links:
        if short and long and short != long:
            text = re.sub(re.escape(short) + r"(?![\w/])", lambda _, to=long: to, text)  # type: ignore[misc]
    for short in media:
        if short:
            text = re.sub(r"\s*" + re.escape(short) + r"(?![\w/])", "", text)
    return text


def repeated_user(text: str) -> str | None:
    """Return whose post a text repeats ("RT @name: ..."); None for any other text."""
    match = _REPEATED.match(text)
    return match["user"] if match else None


def repeat(author: str, text: str) -> str:
    """Return a repeated post's text with the mark that says whose words they are."""
    return text if _REPEATED.match(text) or not author else f"RT @{author}: {text}"


def tweet_ref(raw: object) -> str | None:
    """Return the id of a tweet that is only referred to; None where that id is damaged."""
    try:
        return f"tw:{check_status_id(raw)}"
    except ValueError:
        return None


def read_language(raw: object) -> str | None:
    """Return a language hint as a short code; None where it says that there is no language."""
    if not isinstance(raw, str):
        return None
    code = clean_line(raw, 20).lower()
    return None if code in _NO_LANGUAGE else _OLD_LANGUAGES.get(code, code)


def string(record: Any, *keys: str) -> str:
    """Return the first of the values that is a text or a whole number, as text; empty where none is."""
    if isinstance(record, dict):
        for key in keys:
            value = record.get(key)
            if isinstance(value, str) and value:
                return value
            if isinstance(value, int) and not isinstance(value, bool):
                return str(value)
    return ""


def mapping(record: Any, key: str) -> Record:
    """Return a value that is an object; an empty one where it is anything else."""
    value = record.get(key) if isinstance(record, dict) else None
    return value if isinstance(value, dict) else {}


def objects(record: Any, key: str) -> list[Record]:
    """Return the objects in a value that is a list (or one object alone)."""
    value = record.get(key) if isinstance(record, dict) else None
    value = [value] if isinstance(value, dict) else value
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def elements(record: Any, key: str) -> list[Any]:
    """Return what stands in a value that is a list, whatever it is (or one object alone)."""
    value = record.get(key) if isinstance(record, dict) else None
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def guard(read: Callable[[Record, Reading], Iterator[Found]], record: Record, reading: Reading) -> Iterator[Found]:
    """Yield what a reader makes of a record; a record that breaks it gives a failure, and the next one is read."""
    try:
        yield from read(record, reading)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        yield reading.refuse(error if isinstance(error, ValueError) else f"it is not of the shape it seems ({error!r})")
