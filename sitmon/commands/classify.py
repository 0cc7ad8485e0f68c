"""`sitmon classify`: items or plain lines in, one JSON line each out; in order, streaming, whatever the input."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TextIO, get_args

from sitmon.area import Area
from sitmon.classify.classifier import Classifier
from sitmon.errors import ExitCode, UsageError, nearest
from sitmon.model.item import Item, ItemKind
from sitmon.model.terms import SIDES, Reliability
from sitmon.verdicts import read_all
from sitmon.views.export import jsonl
from sitmon.views.wording import count

logger = logging.getLogger(__name__)

_TEXTS = ("id", "text", "title", "published", "source", "reliability", "side", "author", "lang", "url")
_KINDS: tuple[str, ...] = get_args(ItemKind)


def run(area: Area, lines: Iterable[str], out: TextIO) -> int:
    """Classify each line; an unreadable one gives an `error` object in its place and the rest goes on.

    How many they were goes to stderr. They are a failure where there was nothing else, here as in `ingest`.
    """
    classifier = Classifier(area)
    lines_read = unreadable = 0
    for record in records(classifier, lines):
        lines_read += 1
        unreadable += "error" in record
        out.write(jsonl.line(record) + "\n")
    out.flush()
    if unreadable:
        sys.stderr.write(f"sitmon: {unreadable} of {count(lines_read, 'line')} could not be read\n")
    return ExitCode.FAILED if lines_read and unreadable == lines_read else ExitCode.FINE


def records(classifier: Classifier, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield one record per non-empty line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = read_line(line, number)
        except ValueError as error:
            yield {"id": _id_of(line), "error": {"line": number, "reason": str(error)}}
            continue
        (verdict,), faults = read_all(classifier, [item])
        for fault in faults:
            logger.error("%s", fault.trace)
            yield {"id": item.id, "error": {"line": number, "reason": fault.failure.reason}}
        if not faults:
            yield jsonl.verdict_of(item, verdict)


def read_line(line: str, number: int) -> Item:
    """Return the item of a line: a JSON object with the keys of an item, or else the plain text itself.

    The text is kept as it is, because the offsets that are given back refer to it. Raises ValueError with the reason.
    Apart from `items_jsonl.read_record`, which reads the same keys of what a desk collects: there a date that cannot be
    right is foreign text and costs the date, and what a terminal obeys is blanked; here somebody asks about their own
    input, without a clock, and every key that cannot be used is a mistake to be told of.
    """
    if not line.lstrip("\ufeff \t").startswith("{"):
        return Item(id=str(number), source="", text=line.strip("\ufeff\r\n"))
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is no JSON: {error}") from None
    for key in _TEXTS:
        if record.get(key) is not None and not isinstance(record[key], str | int):
            raise ValueError(f"{key}: expected a text, found {type(record[key]).__name__}")
    if record.get("text") is None and record.get("title") is None:
        close = nearest("text", [k for k in record if isinstance(k, str)])
        raise ValueError("text: this key is required" + (f" (there is {close!r})" if close else ""))
    title, author = str(record.get("title") or ""), _text(record, "author")
    handle = bool(author) and not any(c.isspace() for c in str(author))
    return Item(
        id=str(record.get("id", number)),
        source=str(record.get("source") or ""),
        text=str(record.get("text") or ""),
        title=title,
        url=_text(record, "url"),
        author=author,
        # a text without a title under an account's handle is a post, as the feeds' reader has it; a byline is none
        kind=_one_of(record.get("kind"), "kind", _KINDS) or ("post" if handle and not title else "article"),
        published=_published(record.get("published")),
        lang=_text(record, "lang"),
        reliability=_one_of(record.get("reliability"), "reliability", get_args(Reliability)) or "F",
        side=_one_of(record.get("side"), "side", SIDES),
    )


def _published(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        time = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError):
        raise ValueError(f"published: {value!r} is no time; expected ISO 8601") from None
    try:
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"published: {value!r} is no time that a calendar holds") from None


def _text(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return None if value is None else str(value)


def _one_of(value: Any, key: str, valid: Collection[str]) -> Any:
    if value is None or value == "" or value in valid:
        return value or None
    close = nearest(str(value), valid)
    hint = f" (did you mean {close!r}?)" if close else ""
    raise ValueError(f"{key}: {value!r} is not valid; expected one of {', '.join(valid)}{hint}")


def _id_of(line: str) -> str | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    found = record.get("id") if isinstance(record, dict) else None
    return str(found) if found is not None else None


def open_lines(name: str | None) -> Iterable[str]:
    """Return the lines of a file, or of stdin for "-" and no name. Raises UsageError where it cannot be read."""
    if name in (None, "-"):
        if sys.stdin.isatty():
            sys.stderr.write("reading from the terminal, one text or JSON item a line; end with Ctrl-D\n")
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        return sys.stdin
    try:
        return open(str(name), encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None
