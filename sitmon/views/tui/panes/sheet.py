"""An outline and a size in, the cells of a drawn map out: which province a cell is in, its braille, where names stand.

Borders are drawn in dots, two across and four down in a cell. It knows nothing of statuses and colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sitmon.area_outline import Outline

SMALLEST = (60, 18)
"""Cells below which the small provinces cannot be told from one another."""
ROOM = 4
"""Cells that a name needs: a sign and three letters."""
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Unicode braille: which bit a dot sets, by row and column in its cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of the map."""

    province: str | None
    sign: str
    """The border that runs through it, in braille; a space where there is none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn map of some size."""

    cells: tuple[tuple[Cell, ...], ...]
    anchors: dict[str, tuple[int, int, int]]
    """Province code -> (row, column, cells): where the longest free stretch of it is, as near its middle as can be."""

    @classmethod
    def draw(cls, outline: Outline, width: int, height: int) -> Sheet:
        """Draw an outline as large as fits into so many cells; its shape is kept."""
        scale = min(width * 2 / outline.width, height * 4 / outline.height)
        across, down = int(outline.width * scale) // 2, int(outline.height * scale) // 4
        dots = [[_at(outline, x / scale, y / scale) for x in range(across * 2)] for y in range(down * 4)]
        cells = tuple(tuple(_cell(dots, row, column, outline) for column in range(across)) for row in range(down))
        return cls(cells, {code: place for code in outline.codes if (place := _anchor(cells, code)) is not None})


def _at(outline: Outline, x: float, y: float) -> int:
    return outline.dots[min(outline.height - 1, int(y))][min(outline.width - 1, int(x))]


def _cell(dots: list[list[int]], row: int, column: int, outline: Outline) -> Cell:
    bits = 0
    inside: Counter[int] = Counter()
    for y, pair in enumerate(_BITS):
        for x, bit in enumerate(pair):
            down, across = row * 4 + y, column * 2 + x
            here = dots[down][across]
            inside[here] += 1
            right = dots[down][across + 1] if across + 1 < len(dots[down]) else 0
            below = dots[down + 1][across] if down + 1 < len(dots) else 0
            first = here and (not across or not down)  # the area's own edge may be the grid's
            if first or here != right or here != below:
                bits |= bit
    number = inside.most_common(1)[0][0]
    return Cell(outline.codes[number - 1] if number else None, chr(0x2800 + bits) if bits else " ")


def _anchor(cells: tuple[tuple[Cell, ...], ...], code: str) -> tuple[int, int, int] | None:
    """Return where the name of a province goes: a stretch in which no border runs, else any, nearest its middle; of one
    that is too small for a name, the cell of its sign.
    """
    own = [(r, c) for r, row in enumerate(cells) for c, cell in enumerate(row) if cell.province == code]
    if not own:
        return None
    middle = sum(r for r, _ in own) / len(own), sum(c for _, c in own) / len(own)

    def worth(stretch: tuple[int, int, int]) -> tuple[int, float]:
        row, start, room = stretch
        return min(room, 5), -(2 * abs(row - middle[0]) + abs(start + room / 2 - middle[1]))

    best = max(_stretches(cells, code), key=worth, default=None)
    if best is None or best[2] < ROOM:  # a small province may be named over its own borders
        best = max(_stretches(cells, code, borders=True), key=worth, default=best)
    if best is not None and best[2] >= ROOM:
        row, start, room = best
        return row, start + max(0, room - 5) // 2, room
    row, column = min(own, key=lambda p: 2 * abs(p[0] - middle[0]) + abs(p[1] - middle[1]))
    return row, column, 1


def _stretches(
    cells: tuple[tuple[Cell, ...], ...], code: str, *, borders: bool = False
) -> Iterator[tuple[int, int, int]]:
    for number, row in enumerate(cells):
        start = None
        for column in range(len(row) + 1):
            own = column < len(row) and row[column].province == code
            free = own and (borders or row[column].sign == " ")
            if free and start is None:
                start = column
            elif not free and start is not None:
                yield number, start, column - start
                start = None
