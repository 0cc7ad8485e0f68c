"""Words and styles in, one painted line of exact width out. Feed text is never parsed as markup: these are segments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from sitmon.model.terms import Holder, Side
from sitmon.views.tui.palette import DARK, Palette, style
from sitmon.views.wording import LEFT_TO_RIGHT_MARK, continues_right_to_left, glyph, keep_direction, plain

_WIDEST = 4096
"""No line is painted from more letters than this, however long a text is."""


@dataclass(frozen=True, slots=True)
class Look:
    """How lines are to look now: the palette, whether only ASCII may be shown, whether colours are few."""

    palette: Palette = DARK
    ascii_only: bool = False
    few_colours: bool = False
    """16 colours or none: the cursor's row is reversed, because a grey ground would vanish."""

    def sign(self, text: str) -> str:
        """Return our own signs as this terminal can show them."""
        return plain(text) if self.ascii_only else text

    def of_holder(self, holder: Holder) -> str:
        """Return the colour of a holder."""
        p = self.palette
        return {"insurgent": p.insurgent, "contested": p.contested, "government": p.government}.get(holder, p.unknown)

    def of_side(self, side: Side | None) -> str:
        """Return the colour of a side's words."""
        p = self.palette
        return {"insurgent": p.insurgent, "government": p.government}.get(side or "", p.dim)

    def glyph(self, holder: Holder, basis: str) -> str:
        """Return the sign of a status."""
        return glyph(holder, basis, ascii_only=self.ascii_only)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Pen:
    """What a pane paints a row with: the look, the width in cells, and whether the cursor is on the row."""

    look: Look
    width: int
    selected: bool = False
    focused: bool = False

    @property
    def ground(self) -> str:
        """The background of the row."""
        p = self.look.palette
        return p.selected if self.selected else p.bg

    def line(self) -> Line:
        """Return an empty line to write on."""
        return Line(self)

    def narrower(self, by: int) -> Pen:
        """Return the same pen for a line with less room."""
        return replace(self, width=max(1, self.width - by))


class Line:
    """One line being written, left to right; nothing can be written past its width."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._left = pen.width
        self._segments: list[Segment] = []
        self._flowing = False
        """Whether the last piece was text that the next one may go on with, and no column of its own."""

    @property
    def left(self) -> int:
        """The cells that are still free."""
        return self._left

    def put(
        self,
        text: str,
        colour: str | None = None,
        width: int | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        right: bool = False,
        ground: str | None = None,
    ) -> Line:
        """Write text, cut with an ellipsis or filled up to `width` cells where one is given; return the line."""
        room = self._left if width is None else min(width, self._left)
        if room <= 0:
            return self
        shown = cut(text, room, "~" if self._pen.look.ascii_only else "…")
        if width is not None:
            gap = " " * (room - cell_len(shown))
            shown = gap + shown if right else shown + gap
        self._left -= cell_len(shown)
        p = self._pen.look.palette
        reverse = self._pen.selected and self._pen.look.few_colours and ground is None
        ink = style(
            p.fg if reverse else (colour or p.fg),
            p.bg if reverse else (ground or self._pen.ground),
            bold=bold,
            italic=italic,
            underline=underline,
            reverse=reverse,
        )
        if width is None and self._flowing and continues_right_to_left(shown):
            last = self._segments[-1]
            before, mark, after = last.text.rpartition(LEFT_TO_RIGHT_MARK)
            if mark and not after.strip():
                self._segments[-1] = Segment(before + after, last.style)
        self._flowing = width is None
        self._segments.append(Segment(keep_direction(shown), ink))
        return self

    def gap(self, width: int = 1) -> Line:
        """Leave cells free."""
        return self.put(" " * width, width=width)

    def tail(self, text: str, colour: str | None = None, *, bold: bool = False) -> Line:
        """Write text at the right end of the line, if there is room for it."""
        free = self._left - cell_len(text)
        if free >= 1:
            self.gap(free).put(text, colour, bold=bold)
        return self

    def done(self) -> Strip:
        """Return the line as a strip of exactly the pen's width."""
        self.gap(self._left)
        return Strip(self._segments, self._pen.width)


def blank(look: Look, width: int) -> Strip:
    """Return an empty line."""
    return Strip.blank(width, Style(bgcolor=look.palette.bg))


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Return text of at most `width` cells; what is cut is marked."""
    text = text[:_WIDEST]
    if len(text) * 2 <= width or cell_len(text) <= width:
        return text
    if width <= 1:
        return ellipsis[:width]
    return set_cell_size(text, width - 1).rstrip() + ellipsis


def ever_shorter(*parts: str) -> list[str]:
    """Return the parts as one text, then without the last, and so on to the first alone."""
    return [" · ".join(parts[:number]) for number in range(len(parts), 0, -1)]


def wrap(text: str, width: int, limit: int = 400) -> list[str]:
    """Return text broken between words into lines of at most `width` cells, at most `limit` of them."""
    width = max(1, width)
    return [line for line, _ in _wrapped(text, width, limit)]


def wrap_spans(text: str, width: int, limit: int = 400) -> list[tuple[str, int]]:
    """Return the same lines, each with the offset in `text` at which it begins."""
    return list(_wrapped(text, max(1, width), limit))


def _wrapped(text: str, width: int, limit: int) -> Iterator[tuple[str, int]]:
    lines = 0
    start = 0
    for paragraph in text.split("\n"):
        for line, offset in _broken(paragraph, width):
            yield line, start + offset
            lines += 1
            if lines >= limit:
                return
        start += len(paragraph) + 1


def _broken(paragraph: str, width: int) -> Iterator[tuple[str, int]]:
    """Yield the paragraph's lines, broken at spaces; a word that is wider than a line is broken inside."""
    begin, end, used, at = 0, 0, 0, 0
    for word in paragraph.split(" "):
        size = cell_len(word)
        space = 1 if at > begin else 0
        if at > begin and used + space + size > width:
            yield paragraph[begin:end], begin
            begin, end, used, space = at, at, 0, 0
        if size > width:
            pieces = chop_cells(word, width)
            for piece in pieces[:-1]:
                yield paragraph[at : at + len(piece)], at
                at += len(piece)
            begin, word, size = at, pieces[-1], cell_len(pieces[-1])
            space = 0
        used += space + size
        end = at + len(word)
        at = end + 1
    yield paragraph[begin:end], begin
