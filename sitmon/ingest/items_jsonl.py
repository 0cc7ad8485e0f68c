"""The program's own item records in, items out, and back: one JSON object a line, as `sitmon ingest` writes them.

Keys: `text` (or `title`), and optionally `id`, `title`, `published`, `source`, `reliability`, `side`, `author`, `lang`,
`url`; `sitmon ingest` adds `kind`, `ref`, `agency`, `place_hint`, `date_quality`, `revision`, `withdrawn`. Texts keep
their length, so that offsets that come back hold in what was handed in. What `sitmon classify` is asked about is read
more strictly, by itself: here a bad date costs the date, there it is the asker's mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, get_args

from sitmon.errors import nearest
from sitmon.ingest.dates import read_date
from sitmon.ingest.identity import digest
from sitmon.ingest.sanitise import clean_line, mask, safe_url
from sitmon.model.item import DateQuality, Item, ItemKind
from sitmon.model.source import Failure, Source
from sitmon.model.terms import SIDES, Reliability

TEXT_LIMIT: Final = 200_000
TITLE_LIMIT: Final = 2000
_RELIABILITIES: Final[tuple[str, ...]] = get_args(Reliability)
_KINDS: Final[tuple[str, ...]] = get_args(ItemKind)
_QUALITIES: Final[tuple[str, ...]] = get_args(DateQuality)


def is_item(record: Mapping[str, Any]) -> bool:
    """Return whether a record is an item and nothing else: labels or notes may stand beside the item's own keys."""
    return isinstance(record.get("text", record.get("title")), str)


def read_record(record: Mapping[str, Any], where: str, source: Source, *, now: datetime) -> Item | Failure:
    """Return the item of one record, or why it is none; what it does not say is the source's."""
    text, title = record.get("text") or "", record.get("title") or ""
    if not isinstance(text, str) or not isinstance(title, str) or not (text or title):
        return Failure(where, "it has no text: 'text' (or 'title') must be a string that is not empty", "parse")
    try:
        reliability = _one_of(record, "reliability", _RELIABILITIES, source.reliability)
        side = _one_of(record, "side", SIDES, source.side)
        kind = _one_of(record, "kind", _KINDS, "article" if title else "post")
        name, author, identity = (_word(record, key) for key in ("source", "author", "id"))
    except ValueError as error:
        return Failure(where, clean_line(str(error), 300), "parse")
    published, quality = read_date(record.get("published"), now)
    said = record.get("date_quality")
    revision = record.get("revision")
    return Item(
        id=identity or digest("j", title, text),
        source=name or source.name,
        text=mask(text, TEXT_LIMIT),
        title=mask(title, TITLE_LIMIT),
        url=safe_url(record.get("url")),
        author=author or None,
        published=published,
        date_quality=said if said in _QUALITIES and published else quality,
        kind=kind,  # type: ignore[arg-type]
        ref=_word(record, "ref") or None,
        lang=_word(record, "lang") or source.lang,
        reliability=reliability,  # type: ignore[arg-type]
        side=side,  # type: ignore[arg-type]
        agency=_word(record, "agency") or source.agency,
        place_hint=_word(record, "place_hint") or None,
        revision=revision if isinstance(revision, int) and 0 <= revision < 10_000 else 0,
        withdrawn=record.get("withdrawn") is True,
    )


def to_record(item: Item) -> dict[str, Any]:
    """Return an item as the record that `read_record` reads back to the same item."""
    record: dict[str, Any] = {"id": item.id, "text": item.text}
    if item.title:
        record["title"] = item.title
    if item.published:
        record["published"] = item.published.isoformat().replace("+00:00", "Z")
    record["source"] = item.source
    record["reliability"] = item.reliability
    for key in ("side", "author", "lang", "url", "ref", "agency", "place_hint"):
        if (value := getattr(item, key)) is not None:
            record[key] = value
    record["kind"] = item.kind
    record["date_quality"] = item.date_quality
    if item.revision:
        record["revision"] = item.revision
    if item.withdrawn:
        record["withdrawn"] = True
    return record


def _one_of(record: Mapping[str, Any], key: str, valid: tuple[str, ...], default: str | None) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return default
    if value not in valid:
        near = nearest(str(value), valid)
        hint = f" (did you mean {near!r}?)" if near else ""
        raise ValueError(f"{key!r} is {str(value)[:40]!r}; expected one of {', '.join(valid)}{hint}")
    return str(value)


def _word(record: Mapping[str, Any], key: str) -> str:
    """Return a short value as one clean line; whole numbers count as words (ids often are)."""
    value = record.get(key)
    if value is None:
        return ""
    if isinstance(value, bool | float) or not isinstance(value, str | int):
        raise ValueError(f"{key!r} must be a string")
    return clean_line(str(value), 400)
