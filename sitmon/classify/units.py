"""A document and its marked stretches in, the units of attribution out: sentences that no quotation mark cuts apart.

It must not know any word.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from sitmon.classify.marks import Marked
from sitmon.classify.text import Document

LONGEST: Final = 300
"""Tokens of the longest sentence that is read as one."""


class Unit(NamedTuple):
    """A sentence, or several that one marked stretch joins: tokens [first, stop), offsets [start, end)."""

    first: int
    stop: int
    start: int
    end: int
    paragraph: int
    marks: tuple[Marked, ...] = ()


def units_of(doc: Document, marks: Sequence[Marked], signatures: Sequence[tuple[int, int]]) -> list[Unit]:
    """Return the sentences, those joined by a marked stretch as one, without the lines that sign embedded posts."""
    units: list[Unit] = []
    signed = {doc.sentences[n][0] for a, b in signatures for n in range(doc.sentence_at(a), doc.sentence_at(b) + 1)}
    starts = [m.outer for m in marks]
    paragraph = 0
    number = 0
    count = len(doc.sentences)
    last_end = 0
    while number < count:
        start, end = doc.sentences[number]
        first, stop = doc.bounds[number]
        paragraph += doc.body.count("\n", last_end, start) > 0
        begin = bisect_left(starts, start)
        while number + 1 < count:
            at = bisect_right(starts, end - 1) - 1
            spans = at >= 0 and marks[at].outer >= start and marks[at].end > doc.sentences[number + 1][0]
            if not spans or marks[at].after <= end:
                break
            number += 1
            end, stop = doc.sentences[number][1], doc.bounds[number][1]
        inside = tuple(marks[begin : bisect_left(starts, end)])
        if inside:
            end = max(end, min(inside[-1].after, len(doc.body)))
        if start not in signed:
            units.extend(_pieces(doc, Unit(first, stop, start, end, paragraph, inside)))
        last_end = end
        number += 1
    return units


def _pieces(doc: Document, unit: Unit) -> list[Unit]:
    """Return a unit cut into pieces that a person could have written: text without stops must not cost more."""
    if unit.stop - unit.first <= LONGEST:
        return [unit]
    pieces: list[Unit] = []
    marks = list(unit.marks)
    for first in range(unit.first, unit.stop, LONGEST):
        stop = min(unit.stop, first + LONGEST)
        start = unit.start if first == unit.first else doc.starts[first]
        end = unit.end if stop == unit.stop else doc.starts[stop]
        cut = bisect_left(marks, end, key=lambda mark: mark.outer)
        pieces.append(Unit(first, stop, start, end, unit.paragraph, tuple(marks[:cut])))
        marks = marks[cut:]
    return pieces
