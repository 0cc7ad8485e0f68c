"""`sitmon score`: labelled rows in, figures of the classifier out, so that a desk can measure it on its own labels."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from sitmon.area import Area
from sitmon.classify.classifier import Classifier
from sitmon.commands import classify
from sitmon.errors import ExitCode, Mistake, UsageError
from sitmon.scoring import figures, labels, tables
from sitmon.scoring.labels import Row
from sitmon.scoring.shapes import Figures, Scored
from sitmon.views.export import jsonl

ALL = "all"
_EXPECTED = (
    f"expected beside the text at least one of {', '.join(labels.SCORED)} (docs/labelling.md), such as "
    '{"text": "...", "provinces": ["AF-KDZ"], "event_types": ["captured"]}'
)


def run(
    area: Area, paths: Sequence[Path], out: TextIO, *, form: str, misses: int, folds: frozenset[int] = frozenset()
) -> int:
    """Classify the rows of each file and print how far that agrees with their labels.

    A folder stands for its `*.jsonl` files. A row that cannot be read is named on stderr and the rest goes on; exit
    code 1 where nothing could be scored, also where no row has a label. Raises UsageError for a file that cannot be
    opened.
    """
    classifier = Classifier(area)
    scored: dict[str, list[Scored]] = {}
    paths = [file for path in paths for file in _files(path)]
    for path in paths:
        rows = [row for row in _rows(path, area) if not folds or row.labels.fold in folds]
        if rows:
            scored.setdefault(_name(path, paths), []).extend((row, classifier.classify(row.item)) for row in rows)
    if not any(row.labels.is_given for found in scored.values() for row, _ in found):
        why = "no row was readable" if not scored else f"no row has a label; {_EXPECTED}"
        sys.stderr.write(f"sitmon: nothing could be scored: {why}\n")
        return ExitCode.FAILED
    measured = {name: figures.measure(found) for name, found in scored.items()}
    if len(measured) > 1:
        measured[ALL] = figures.measure([pair for found in scored.values() for pair in found])
    for text in (_as_json if form == "json" else _as_text)(measured, misses):
        out.write(text + "\n")
    out.flush()
    return ExitCode.FINE


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.jsonl"))
    if not found:
        raise UsageError(f"{path}: there is no *.jsonl file in this folder")
    return found


def _name(path: Path, paths: Sequence[Path]) -> str:
    return path.name if sum(p.name == path.name for p in paths) == 1 else str(path)


def read(path: Path, area: Area) -> Iterator[Row | Mistake]:
    """Yield each line of a labelled file as its row, or as the mistake in it. Raises UsageError."""
    lines: Any = classify.open_lines(str(path))
    seen: set[str] = set()
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _row(line, number, area, seen)
            except ValueError as error:
                close = getattr(error, "nearest", None)
                yield Mistake(str(path), f"line {number}", _printable(str(error)), close)


def _row(line: str, number: int, area: Area, seen: set[str]) -> Row:
    if not line.lstrip("\ufeff \t").startswith("{"):
        raise ValueError('expected one JSON object a line, such as {"id": "1", "text": "...", "provinces": []}')
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is no JSON: {error}") from None
    given = {k: v for k, v in record.items() if k != "lang"}
    item = classify.read_line(json.dumps(given), number)
    row = Row(item, labels.read(record, item.body, area), labels.unknown_keys(record))
    if item.id in seen:
        raise ValueError(f"id: {item.id!r} is used twice in this file")
    seen.add(item.id)
    return row


def _printable(text: str) -> str:
    """Return a message without what could steer a terminal: it may hold words of the row."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _rows(path: Path, area: Area) -> Iterator[Row]:
    unknown: Counter[tuple[str, str]] = Counter()
    for found in read(path, area):
        if isinstance(found, Mistake):
            sys.stderr.write(f"sitmon: {found}\n")
        else:
            unknown.update(found.unknown)
            yield found
    for (key, close), count in unknown.items():
        rows = "1 row" if count == 1 else f"{count} rows"
        sys.stderr.write(f"sitmon: {Mistake(str(path), rows, f'{_printable(key)}: not known, so not scored', close)}\n")


def _as_text(measured: dict[str, Figures], misses: int) -> Iterable[str]:
    whole = measured.get(ALL) or next(iter(measured.values()))
    shown = tables.tables(measured)
    if whole.confusion:
        shown += [tables.by_type(whole), tables.confusion(whole)]
    yield "\n\n".join(tables.text_of(t) for t in shown)
    for miss in tables.first_misses(whole.misses, misses):
        yield ""
        plain = tables.plain_miss(miss)
        yield f"{miss.task}: " + jsonl.line({"id": plain["id"], "why": plain["why"]})
        yield "  " + jsonl.line({"expected": plain["expected"], "found": plain["found"]})
        yield "  " + jsonl.line({"text": plain["text"]})


def _as_json(measured: dict[str, Figures], misses: int) -> Iterable[str]:
    whole = measured.get(ALL) or next(iter(measured.values()))
    record: dict[str, Any] = {name: tables.plain(found) for name, found in measured.items()}
    if misses:
        record["misses"] = [tables.plain_miss(m) for m in tables.first_misses(whole.misses, misses)]
    yield jsonl.line(record)
