"""A file, zip or folder in, items and failures out, one after another: any feed, any export, told by its content.

Memory stays bounded however long the file is; a record that cannot be read gives a failure with its place and reason,
and the rest goes on. What was private or deleted is never read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from sitmon.ingest import feeds, records, tables, twitter_archive
from sitmon.ingest.charset import decode
from sitmon.ingest.folders import BZIP2, GZIP, Below, Files, Folder, FolderError, One, as_utf8, open_zip, unpack
from sitmon.ingest.json_stream import Broken, load, read_array, read_lines, read_whole
from sitmon.ingest.posts import Found, Reading
from sitmon.ingest.sanitise import clean_line
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

__all__ = ["describe", "read"]

Progress = Callable[[str, int, int], None]
"""Told now and then: (file, bytes or files done, of how many)."""

MAX_FEED_BYTES: Final = 10 * 1024 * 1024
MAX_DOCUMENT_BYTES: Final = 256 * 1024 * 1024
_HEAD: Final = 1 << 16
_OFTEN: Final = 200
"""Items after which it is told how far a file has been read."""
_DATA = re.compile(r"\.(?:jsonl?|ndjson|csv|tsv|xml|rss|atom|rdf|zip)$", re.IGNORECASE)
_LINES: Final = (".jsonl", ".ndjson", ".ldjson")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks; consoles of Windows write such files."""
_PRIVATE = re.compile(rb"\s*window\.(?:YTD\.|__THAR_CONFIG)")


def read(path: Path, source: Source, *, now: datetime, progress: Progress | None = None) -> Iterator[Item | Failure]:
    """Yield the items of a file, zip or folder, and why anything in it is none. Never raises for what it finds."""
    for found in _read_path(path, Reading(source, now, path.name), progress):
        if isinstance(found, Item):
            yield found
        else:  # names of files are foreign text too
            yield replace(found, subject=clean_line(found.subject, 300), reason=clean_line(found.reason, 300))


def _read_path(path: Path, reading: Reading, progress: Progress | None) -> Iterator[Found]:
    try:
        if path.is_dir():
            yield from _read_all(Folder(path), reading, progress)
        elif not path.is_file():
            yield Failure(str(path), "there is no such file" if not path.exists() else "it is no file", "file")
        elif _is_zip(path):
            with open_zip(path) as files:
                yield from _read_all(files, reading, progress)
        else:
            yield from _read_one(One(path), path.name, reading, progress)
    except (FolderError, OSError) as error:
        yield Failure(path.name, _why(error), "file")


def describe(path: Path) -> tuple[str, ...]:
    """Return, line by line, what a file is taken for, and of a table which column is taken for what: the dry run.

    Of a folder or zip, the same for each file in it, its name before the lines; an archive is one thing.
    """
    try:
        if path.is_dir():
            return tuple(_describe_all(Folder(path)))
        if _is_zip(path):
            with open_zip(path) as files:
                return ("a zip", *_describe_all(files))
        with path.open("rb", buffering=_HEAD) as stream:
            return _describe_head(_peek(stream))
    except (FolderError, OSError) as error:
        return (f"it cannot be read ({_why(error)})",)


def _describe_all(files: Files) -> Iterator[str]:
    names = files.names()
    roots = twitter_archive.find_roots(names)
    for root in roots:
        yield f"{clean_line(root, 300) or '.'}: an official Twitter archive"
    for name in apart_from_archives(names, roots):
        try:
            with files.open(name) as stream:
                head = stream.read(_HEAD)
            first, *more = _describe_head(head)
        except (FolderError, OSError) as error:
            first, more = f"it cannot be read ({_why(error)})", []
        yield f"{clean_line(name, 300)}: {first}"
        yield from (f"  {line}" for line in more)


def _describe_head(head: bytes) -> tuple[str, ...]:
    shape = _shape(head)
    if shape == "table":
        return ("a table", *tables.describe(tables.find_columns(_first_line(head))))
    return (_NAMES[shape],)


def _why(error: FolderError | OSError) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


_NAMES: Final = {
    "archive": "the posts of an official Twitter archive",
    "private": "a part of an official Twitter archive that holds no posts",
    "xml": "a feed, or another XML document",
    "array": "an array of JSON records",
    "json": "JSON records, one a line, or one JSON document",
    "table": "a table",
    "ids": "a list of ids",
    "zip": "a zip",
    "packed": "a file packed with gzip or bzip2",
    "binary": "nothing that can be read",
    "empty": "nothing: it is empty",
}


def _read_all(files: Files, reading: Reading, progress: Progress | None) -> Iterator[Found]:
    """Yield what lies in a folder or zip: archives as a whole, the rest file by file."""
    names = files.names()
    roots = twitter_archive.find_roots(names)
    for root in roots:
        yield from twitter_archive.read(
            Below(files, root), Reading(reading.source, reading.now, _join(files.name, root))
        )
    others = apart_from_archives(names, roots)
    for done, name in enumerate(others):
        here = Reading(reading.source, reading.now, _join(files.name, name))
        try:
            yield from _read_one(files, name, here, None)
        except (FolderError, OSError) as error:
            yield Failure(here.where, str(error), "file")
        if progress:
            progress(name, done + 1, len(others))


def apart_from_archives(names: tuple[str, ...], roots: tuple[str, ...]) -> list[str]:
    """Return the files that are exports of their own, among and beside those of the archives under `roots`."""
    return [n for n in names if _stands_apart(n, roots)]


def _stands_apart(name: str, roots: tuple[str, ...]) -> bool:
    if not any(name.startswith(root) for root in roots):
        return True
    inside = any(name.startswith((f"{root}data/", f"{root}assets/")) for root in roots)
    return bool(_DATA.search(name)) and not inside and not name.endswith("tweets.csv")


def grows_by_lines(path: Path) -> bool:
    """Return whether a file holds JSON records one a line, so that it can be read on from where a reading ended.

    One line alone may as well be a document that is replaced as a whole, unless the file's name says otherwise.
    """
    with path.open("rb", buffering=_HEAD) as stream:
        head = _peek(stream)
    if head.startswith(_UTF16):
        return False
    shape = _shape(head)
    if path.suffix.lower() in _LINES:
        return shape in ("json", "empty")
    return shape == "json" and _is_lines(head) and b"\n" in head.strip()


def _read_one(files: Files, name: str, reading: Reading, progress: Progress | None) -> Iterator[Found]:
    with files.open(name) as stream:
        shape = _shape(_peek(stream))
        if shape == "packed":
            with unpack(stream, name) as unpacked:
                yield from _read_stream(unpacked, reading)
        elif shape == "zip" and (path := files.path_of(name)) is not None:
            with open_zip(path) as members:
                yield from _read_all(members, reading, progress)
        else:
            yield from _told(_read_stream(stream, reading), stream, files.size(name), reading.where, progress)


def _told(
    found: Iterator[Found], stream: BinaryIO, size: int, where: str, progress: Progress | None
) -> Iterator[Found]:
    """Pass on what is found, and tell now and then how far the file has been read."""
    for number, one in enumerate(found, 1):
        yield one
        if progress and number % _OFTEN == 0:
            progress(where, min(stream.tell(), size), size)
    if progress:
        progress(where, size, size)


def _read_stream(stream: BinaryIO, reading: Reading) -> Iterator[Found]:
    head = _peek(stream)
    shape = _shape(head)
    if shape in ("array", "json") and head.startswith(_UTF16):
        stream = as_utf8(stream, "utf-16")
        head = _peek(stream)
    if shape == "archive":
        yield from twitter_archive.read_file(stream, reading)
    elif shape == "xml":
        yield from _read_feed(stream, reading)
    elif shape == "array":
        yield from _read_array(stream, reading)
    elif shape == "json" and _is_lines(head):
        yield from _read_lines(stream, reading)
    elif shape == "json":
        yield from _read_document(stream, reading)
    elif shape == "table":
        text = io.TextIOWrapper(stream, encoding=_encoding(head), errors="replace", newline="")
        try:
            yield from tables.read(text, reading)
        finally:
            text.detach()  # the stream is its owner's to close
    else:
        yield Failure(reading.where, _UNREAD[shape], "file")


_UNREAD: Final = {
    "private": "it is a part of a Twitter archive that holds no posts: it was not read",
    "ids": "it holds ids only: there is nothing to show; collect the posts again with their text",
    "zip": "it is a zip inside a zip: unpack it first",
    "packed": "it is packed twice: unpack it first",
    "binary": "it is neither a feed nor an export that is known here",
    "empty": "it is empty",
}


def _shape(head: bytes) -> str:
    """Return what a file is, by how it begins."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith((GZIP, BZIP2)):
        return "packed"
    if twitter_archive.is_archive_file(head):
        return "archive"
    if _PRIVATE.match(head):
        return "private"
    text = decode(head[:8192]).lstrip("\ufeff \t\r\n")
    if not text:
        return "empty"
    if text[0] in "<[{":
        return {"<": "xml", "[": "array", "{": "json"}[text[0]]
    line = text.splitlines()[0]
    if re.fullmatch(r"\d{5,20}", line):
        return "ids"
    columns = tables.find_columns(_first_line(head))
    if columns.known or (columns.only_ids and len(columns.header) >= 1):
        return "table"
    return "xml" if "<rss" in text or "<feed" in text else "binary"


def _read_feed(stream: BinaryIO, reading: Reading) -> Iterator[Found]:
    body = stream.read(MAX_FEED_BYTES + 1)
    if len(body) > MAX_FEED_BYTES:
        yield Failure(reading.where, f"the feed is larger than {MAX_FEED_BYTES >> 20} MiB", "too_large")
        return
    if re.search(rb"<opml[\s>]", body[:4096], re.IGNORECASE):
        yield Failure(reading.where, "it is a list of feeds, not of items: import it as sources", "not_a_feed")
        return
    parsed = feeds.parse(body, reading.source, now=reading.now)
    yield from parsed.items
    for failure in parsed.failures:
        rest = failure.subject.removeprefix(reading.source.name)
        yield Failure(reading.where + rest, failure.reason, failure.kind)


def _read_array(stream: BinaryIO, reading: Reading) -> Iterator[Found]:
    for n, record in enumerate(read_array(stream), 1):
        yield from _read_record(record, reading.at(f"record {n}"))


def _read_lines(stream: BinaryIO, reading: Reading) -> Iterator[Found]:
    for line in read_lines(stream):
        yield from _read_record(line.record, reading.at(f"line {line.number}"))


def _read_document(stream: BinaryIO, reading: Reading) -> Iterator[Found]:
    yield from _read_record(read_whole(stream, MAX_DOCUMENT_BYTES), reading)


def _read_record(record: object, reading: Reading) -> Iterator[Found]:
    if isinstance(record, Broken):
        yield reading.refuse(record.reason)
    else:
        yield from records.read(record, reading)


def _is_lines(head: bytes) -> bool:
    """Return whether JSON stands one record a line: the first line, or the one after a damaged one, is a record.

    A first line that goes past the head is taken for a record of a page's size; a document of one such line is then
    one record, which is the same.
    """
    lines = [line for line in head.split(b"\n") if line.strip()]
    whole = head.endswith(b"\n") or len(head) < _HEAD
    if len(lines) == 1:
        return not whole or isinstance(load(lines[0].decode("utf-8-sig", "replace")), dict)
    complete = lines if whole else lines[:-1]
    return any(isinstance(load(line.decode("utf-8-sig", "replace")), dict) for line in complete[:2])


def _peek(stream: BinaryIO) -> bytes:
    return stream.peek(_HEAD)[:_HEAD] if isinstance(stream, io.BufferedReader) else b""


def _first_line(head: bytes) -> str:
    text = head.decode(_encoding(head), "replace").lstrip("\r\n")
    return text.splitlines()[0] if text else ""


def _encoding(head: bytes) -> str:
    if head.startswith(_UTF16):
        return "utf-16"
    try:
        head[: len(head) - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        return "cp1252" if error.start < len(head) - 8 else "utf-8-sig"
    return "utf-8-sig"


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _join(name: str, inner: str) -> str:
    return f"{name}/{inner}".rstrip("/") if inner else name
