"""Statuses and a size in, the lines of a tile map out: one tile a province, roughly where the provinces lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.strip import Strip

from sitmon.model.picture import Status
from sitmon.views.tui.ink import Line, Look, Pen
from sitmon.views.tui.panes.status import UNSETTLED
from sitmon.views.tui.stage import Scene
from sitmon.views.wording import age, last_change

Tiles = Mapping[str, tuple[int, int]]
"""Province code -> (row, column) of its tile, from 1."""
NEW_HOURS = 1
WIDEST = 14
"""Cells from one tile to the next, beyond which they only look lost."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How the tiles stand in a pane."""

    left: int
    """The first column that has a tile."""
    columns: int
    rows: int
    stride: int
    """Cells from one tile to the next."""
    tall: int
    """Lines from one row of tiles to the next."""

    @classmethod
    def fit(cls, tiles: Tiles, width: int, height: int) -> Grid:
        """Make the tiles as large as there is room for."""
        left, right = min(c for _, c in tiles.values()), max(c for _, c in tiles.values())
        rows, across = max(r for r, _ in tiles.values()), right - left + 1
        stride = max(5, min(WIDEST, width // across))
        return cls(left, right, rows, stride, max(2, min(4, height // rows)))

    @property
    def lines(self) -> int:
        """The lines of one tile; with room, a line is left free below it."""
        return min(3, max(2, self.tall - 1))

    def at(self, x: int, y: int) -> tuple[int, int]:
        """Return the row and column of the tile at a cell."""
        return y // self.tall + 1, self.left + x // self.stride if x >= 0 else 0


def paint(grid: Grid, y: int, pen: Pen, scene: Scene, rows: Sequence[Status], chosen: int | None) -> Strip | None:
    """Return a line of the map; None below it. `chosen` is the number of the row under the cursor."""
    row, part = divmod(y, grid.tall)
    if row >= grid.rows or part >= grid.lines:
        return None
    look, p, tiles = pen.look, pen.look.palette, scene.area.tiles
    codes = {column: code for code, (r, column) in tiles.items() if r == row + 1}
    numbers = {s.place.province: n for n, s in enumerate(rows)}
    line = pen.line()
    for column in range(grid.left, grid.columns + 1):
        code = codes.get(column)
        number = numbers.get(code) if code is not None else None
        if number is not None:
            here = number == chosen
            _tile(line, look, scene, rows[number], part, grid.stride - 1, here)
            line.gap()
        else:  # a province that a filter leaves out keeps its place
            line.put(short_code(code) if code is not None and part == 0 else "", p.faint, grid.stride)
    return line.done()


def _tile(line: Line, look: Look, scene: Scene, status: Status, part: int, width: int, selected: bool) -> None:
    ground, colour, text = ground_of(look, status), look.of_holder(status.holder), look.palette.fg
    if selected:
        ground, colour, text = look.palette.accent, look.palette.on_accent, look.palette.on_accent
    span = last_change(status, scene.now)
    if part == 0:
        sign = look.sign("╱") if status.basis in UNSETTLED else " "
        code = short_code(status.place.province) + (look.sign("‹") if selected else "")  # not by a colour alone
        line.put(code, text, bold=True, ground=ground)
        line.put(sign * (width - len(code)), colour, width - len(code), ground=ground)
    elif part == 1:
        line.put(look.glyph(status.holder, status.basis), colour, 2, ground=ground)
        mark = "!" if status.pressing else " "
        fresh = span is not None and span.total_seconds() < 3600 * NEW_HOURS
        line.put("new" if fresh and width >= 5 else mark, colour, width - 2, bold=True, ground=ground)
    else:
        line.put(age(span), text, width, ground=ground)


def ground_of(look: Look, status: Status) -> str:
    """Return the tint of a holder; of few colours none is a tint, and words on a plain ground are read better."""
    p = look.palette
    if look.few_colours:
        return p.bg
    tints = {"insurgent": p.tile_insurgent, "contested": p.tile_contested, "government": p.tile_government}
    return tints.get(status.holder, p.tile_unknown)


def short_code(province: str) -> str:
    """Return the three letters that stand for a province: "AF-KDZ" is KDZ."""
    return province.partition("-")[2][:3] or province[:3]
