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
from sitmon.model.item import Item
from sitmon.scoring import figures, labels, tables
from sitmon.scoring.labels import LabelError, Row, Wrong
from sitmon.scoring.shapes import Figures, Scored
from sitmon.views.export import jsonl
from sitmon.views.wording import count

ALL = "all"
_EXPECTED = (
    f"expected beside the text at least one of {', '.join(labels.SCORED)} (docs/labelling.md), such as "
    '{"text": "...", "provinces": ["AF-KDZ"], "event_types": ["captured"]}'
)


def run(
    area: Area, paths: Sequence[Path], out: TextIO, *, form: str, misses: int, folds: frozenset[int] = frozenset()
) -> int:
    """Classify the rows of each file and print how far that agrees with their labels.

    A folder stands for its `*.jsonl` files. Everything wrong with a row goes to stderr and the rest is scored; exit
    code 1 where a row was refused, and where nothing could be scored, also because no row has a label. Raises
    UsageError for a file that cannot be opened.
    """
    classifier = Classifier(area)
    scored: dict[str, list[Scored]] = {}
    refused = _Refused()
    paths = [file for path in paths for file in _files(path)]
    for path in paths:
        rows = [row for row in refused.rows_of(path, area) if not folds or row.labels.fold in folds]
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
    if refused.refused:
        good = f"{refused.rows - refused.refused} of {count(refused.rows, 'row')}"
        sys.stderr.write(f"sitmon: {good} could be read; the figures are of those alone\n")
        return ExitCode.FAILED
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


def read(path: Path, area: Area) -> Iterator[Row | tuple[Mistake, ...]]:
    """Yield each line of a labelled file as its row, or as the mistakes in it. Raises UsageError."""
    lines: Any = classify.open_lines(str(path))
    seen: set[str] = set()
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _row(line, number, area, seen)
            except LabelError as error:
                where = f"line {number}"
                yield tuple(Mistake(str(path), where, _printable(w.message), w.nearest) for w in error.wrong)


def _row(line: str, number: int, area: Area, seen: set[str]) -> Row:
    """Return the row of a line. Raises LabelError with everything that is wrong with it."""
    if not line.lstrip("\ufeff \t").startswith("{"):
        shown = '{"id": "1", "text": "...", "provinces": []}'
        raise LabelError(Wrong(f"expected one JSON object a line, such as {shown}"))
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise LabelError(Wrong(f"is no JSON: {error}")) from None
    item, wrong = _item({k: v for k, v in record.items() if k != "lang"}, number)
    body = item.body if item is not None else f"{record.get('title')}\n\n{record.get('text')}"
    given = None
    try:
        given = labels.read(record, body, area)
    except LabelError as error:
        wrong.extend(error.wrong)
    name = str(record.get("id", number))
    if name in seen:
        wrong.append(Wrong(f"id: {name!r} is used twice in this file"))
    unknown = labels.unknown_keys(record)
    if wrong or item is None or given is None:
        raise LabelError(*wrong, *(Wrong(f"{key}: this key is not known", close) for key, close in unknown))
    seen.add(name)
    return Row(item, given, unknown)


def _item(record: dict[str, Any], number: int) -> tuple[Item | None, list[Wrong]]:
    """Return the item of a record, and what is wrong with its keys.

    Its reader stops at the first mistake, which it names by the key: the rest is read without that.
    """
    wrong: list[Wrong] = []
    while True:
        try:
            return classify.read_line(json.dumps(record), number), wrong
        except ValueError as error:
            wrong.append(Wrong(str(error)))
            key = str(error).partition(":")[0]
            if key not in record or (key in ("text", "title") and not record.keys() >= {"text", "title"}):
                return None, wrong
            del record[key]


def _printable(text: str) -> str:
    """Return a message without what could steer a terminal: it may hold words of the row."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


class _Refused:
    """Counts the rows of all files, and those that were refused."""

    def __init__(self) -> None:
        self.rows = self.refused = 0

    def rows_of(self, path: Path, area: Area) -> Iterator[Row]:
        """Yield the rows of a file; what is wrong with the others goes to stderr."""
        unknown: Counter[tuple[str, str]] = Counter()
        for found in read(path, area):
            self.rows += 1
            if isinstance(found, Row):
                unknown.update(found.unknown)
                yield found
                continue
            self.refused += 1
            for mistake in found:
                sys.stderr.write(f"sitmon: {mistake}\n")
        for (key, close), number in unknown.items():
            mistake = Mistake(str(path), count(number, "row"), f"{_printable(key)}: not known, so not scored", close)
            sys.stderr.write(f"sitmon: {mistake}\n")


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
