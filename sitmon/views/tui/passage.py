"""Texts with marked stretches: the blocks that the long views are made of, and the sentence around some spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.strip import Strip

from sitmon.model.entry import Entry
from sitmon.model.report import Span
from sitmon.model.terms import Holder, StatusBasis
from sitmon.views.tui.ink import Look, Pen, wrap_spans

_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?؟۔])[”\"’)]*\s+|\n+")
LONGEST: Final = 700
"""Letters of a sentence; a longer one is cut around its spans."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a block's text that looks different."""

    start: int
    end: int
    tone: str
    """The name of a colour of the palette."""
    bold: bool = False
    underline: bool = False
    italic: bool = False
    glyph: tuple[Holder, StatusBasis] | None = None
    """The stretch is the sign of a status, drawn as the terminal can show it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. With an entry, the cursor can stand on it and opens that entry."""

    text: str
    marks: tuple[Mark, ...] = ()
    indent: int = 0
    tone: str = "fg"
    entry: Entry | None = None
    companion: bool = False
    """It belongs to the block before it: the cursor passes it by, but it is lit with it."""

    @property
    def stands(self) -> bool:
        """Whether the cursor can stand here."""
        return self.entry is not None and not self.companion


class Writer:
    """Writes a block piece by piece."""

    def __init__(self, indent: int = 0) -> None:
        self._text = ""
        self._marks: list[Mark] = []
        self._indent = indent

    def add(self, text: str, tone: str = "fg", *, bold: bool = False, italic: bool = False) -> Writer:
        """Write on."""
        start = len(self._text)
        self._text += text
        self._marks.append(Mark(start, len(self._text), tone, bold=bold, italic=italic))
        return self

    def glyph(self, holder: Holder, basis: StatusBasis) -> Writer:
        """Write the sign of a status."""
        start = len(self._text)
        self._text += "■"
        self._marks.append(Mark(start, start + 1, holder, glyph=(holder, basis)))
        return self

    def block(self, entry: Entry | None = None) -> Block:
        """Return what was written."""
        return Block(self._text, tuple(self._marks), self._indent, entry=entry)


def around(body: str, spans: Sequence[Span]) -> tuple[str, int]:
    """Return the sentences that the spans stand in, and where they begin in the body."""
    if not spans:
        return body[:LONGEST].split("\n")[0], 0
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    starts = [0, *(m.end() for m in _SENTENCE_ENDS.finditer(body))]
    begin = max(s for s in starts if s <= first)
    end = min((s for s in starts if s >= last and s > begin), default=len(body))
    if end - begin > LONGEST:
        begin = max(begin, first - LONGEST // 3)
        end = min(end, begin + LONGEST)
    return body[begin:end].rstrip(), begin


def paint(block: Block, pen: Pen) -> list[Strip]:
    """Return the lines of a block, its marks drawn where the lines are broken."""
    lines = []
    for text, start in wrap_spans(block.text, pen.width - block.indent - 1):
        line = pen.line().gap(block.indent)
        at = start
        for mark, end in _stretches(block, start, start + len(text)):
            piece = block.text[at:end]
            if mark is None:
                line.put(piece, colour(pen.look, block.tone))
            else:
                sign = mark.glyph
                shown = pen.look.glyph(*sign) if sign else pen.look.sign(piece)
                ink = colour(pen.look, mark.tone)
                line.put(shown, ink, bold=mark.bold, underline=mark.underline, italic=mark.italic)
            at = end
        lines.append(line.done())
    return lines


def colour(look: Look, tone: str) -> str:
    """Return the colour of a tone; foreground where the palette has no such word."""
    value = getattr(look.palette, tone, look.palette.fg)
    return value if isinstance(value, str) else look.palette.fg


def _stretches(block: Block, start: int, end: int) -> list[tuple[Mark | None, int]]:
    """Return the line's stretches as (mark, end); of marks that overlap, the first in the text wins."""
    found: list[tuple[Mark | None, int]] = []
    at = start
    for mark in sorted(block.marks, key=lambda m: (m.start, -m.end)):
        if mark.end <= at or mark.start >= end:
            continue
        if mark.start > at:
            found.append((None, mark.start))
        at = min(end, mark.end)
        found.append((mark, at))
    if at < end:
        found.append((None, end))
    return found
