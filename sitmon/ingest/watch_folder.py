"""A watched path and what has been read of it in, what is new out, part by part. It remembers nothing itself.

Lines of JSON are read on from where the last reading ended; any other file is read again when it has changed, which
costs time but loses nothing and repeats nothing, because a post keeps its id. So a file that is still being written,
was replaced, or was cut short by a crash needs no rule of its own, and no clock.

A cursor is a tuple of (file, mark). Marks: `lines <bytes read> <lines read> <hash of the beginning>`, `whole <size>
<mtime>`, and `part <size> <mtime> <found>` of a file whose reading goes on in the next part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from sitmon.ingest import exports, records, twitter_archive
from sitmon.ingest.folders import Below, Folder, FolderError, One
from sitmon.ingest.json_stream import Broken, read_lines
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.posts import Found, Reading
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

Cursor = tuple[tuple[str, str], ...]

PART: Final = 2000
"""Items and failures of one part: small enough to be classified and stored before anybody waits for it."""
_BEGINNING: Final = 256


@dataclass(frozen=True, slots=True)
class Part:
    """Some of what is new, and the cursor that says that it has been read."""

    parsed: Parsed
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is read as one: a file, or the folder of an official archive."""

    name: str
    path: Path
    files: tuple[Path, ...]
    archive: str | None = None
    """The archive's folder below the watched one, with a "/" at its end; None for a file."""

    def stamp(self) -> str:
        """Return what differs when any of the files has changed."""
        stats = [p.stat() for p in self.files]
        return f"{sum(s.st_size for s in stats)} {sum(s.st_mtime_ns for s in stats)}"


def read_part(source: Source, cursor: Cursor, *, now: datetime, size: int = PART) -> Part | Failure | None:
    """Return the next part of what is new at a path source, a failure of the path itself, or None: nothing is new.

    Called again with the cursor of the part before, it goes on, over a restart too. A file that cannot be read stands
    as a failure in the part, and is tried again when it changes.
    """
    path = Path(source.location).expanduser()
    try:
        if not path.exists():
            return Failure(source.name, f"there is no file or folder {path}", "file")
        units = _units(path)
        marks = {name: mark for name, mark in cursor if name in {u.name for u in units}}
        for unit in units:
            part = _read_unit(unit, marks.get(unit.name, ""), source, now, size)
            if part is not None:
                found, marks[unit.name] = part
                items = tuple(f for f in found if isinstance(f, Item))
                failures = tuple(f for f in found if isinstance(f, Failure))
                return Part(Parsed(items, failures, title=unit.name), tuple(sorted(marks.items())))
    except (FolderError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Failure(source.name, f"{path} cannot be read: {why}", "file")
    return None


def _units(path: Path) -> list[_Unit]:
    if not path.is_dir():
        return [_Unit(path.name, path, (path,))]
    files = Folder(path)
    names = files.names()
    roots = twitter_archive.find_roots(names)
    units: list[_Unit] = []
    for root in roots:
        inside = tuple(path / n for n in names if n.startswith(root) and twitter_archive.is_part(n))
        units.append(_Unit(f"{root}*", path, inside, root))
    units += [_Unit(n, path / n, (path / n,)) for n in exports.apart_from_archives(names, roots)]
    return units


def _read_unit(unit: _Unit, mark: str, source: Source, now: datetime, size: int) -> tuple[list[Found], str] | None:
    """Return what is new in a unit and its new mark; None where nothing is."""
    if unit.archive is None and exports.grows_by_lines(unit.path):
        return _read_on(unit, mark, source, now, size)
    stamp = unit.stamp()
    if mark == f"whole {stamp}":
        return None
    before, _, count = mark.rpartition(" ")
    done = int(count) if before == f"part {stamp}" and count.isdecimal() else 0
    found = list(islice(_read_whole(unit, source, now), done, done + size))
    over = len(found) < size
    return found, f"whole {stamp}" if over else f"part {stamp} {done + size}"


def _read_whole(unit: _Unit, source: Source, now: datetime) -> Iterator[Found]:
    if unit.archive is None:
        return exports.read(unit.path, source, now=now)
    reading = Reading(source, now, f"{unit.path.name}/{unit.archive}".rstrip("/"))
    return twitter_archive.read(Below(Folder(unit.path), unit.archive), reading)


def _read_on(unit: _Unit, mark: str, source: Source, now: datetime, size: int) -> tuple[list[Found], str] | None:
    """Return the new lines of a file that grows."""
    with One(unit.path).open(unit.path.name) as stream:
        start, number = _place(mark, stream.read(_BEGINNING), unit.path.stat().st_size)
        stream.seek(start)
        found: list[Found] = []
        end, last = start, number
        reading = Reading(source, now, unit.name)
        for line in read_lines(stream, start=start, number=number):
            if isinstance(line.record, Broken) and not line.ended:
                break  # its writer has not finished it
            end, last = line.end, line.number
            at = reading.at(f"line {line.number}")
            if isinstance(line.record, Broken):
                found.append(at.refuse(line.record.reason))
            else:
                found += records.read(line.record, at)
            if len(found) >= size:
                break
        if end == start:
            return None
        stream.seek(0)
        return found, f"lines {end} {last} {_hash(stream.read(_BEGINNING)[:end])}"


def _place(mark: str, beginning: bytes, size: int) -> tuple[int, int]:
    """Return the byte and line from which to read on: the start, for a file that is new or another than it was."""
    words = mark.split(" ")
    if len(words) != 4 or words[0] != "lines" or not (words[1].isdecimal() and words[2].isdecimal()):
        return 0, 0
    done = int(words[1])
    same = done <= size and _hash(beginning[:done]) == words[3]
    return (done, int(words[2])) if same else (0, 0)


def _hash(beginning: bytes) -> str:
    return hashlib.blake2b(beginning, digest_size=8).hexdigest()
