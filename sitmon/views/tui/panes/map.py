"""Statuses in, a schematic map out, as tiles or as outlines, with a cursor that goes from province to province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.strip import Strip

from sitmon import area_outline
from sitmon.area_outline import Outline
from sitmon.model.picture import Status
from sitmon.views.tui import messages
from sitmon.views.tui.ink import Pen, ever_shorter
from sitmon.views.tui.panes import outline, tiles
from sitmon.views.tui.panes.empty import nothing_yet
from sitmon.views.tui.panes.legend import legend, named
from sitmon.views.tui.panes.sheet import SMALLEST, Sheet
from sitmon.views.tui.panes.status import fields_of, told
from sitmon.views.tui.panes.tiles import Grid
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import GUTTER, Lines


class MapPane(Lines[Status]):
    """One tile a province, roughly where the provinces lie, or their outlines; hatched where nothing is settled."""

    BORDER_TITLE = "2 Map, schematic"
    ORDERS = ("tiles", "outline")
    """The two views: `order` is the one that is wanted."""
    _drawn: tuple[tuple[int, int], Sheet] | None = None
    _outline: Outline | None = None
    _asked = False

    def collect(self, scene: Scene) -> Sequence[Status]:
        places = scene.area.tiles
        with_tile = [s for s in scene.statuses if s.place.province in places]
        return sorted(with_tile, key=lambda s: places[s.place.province])

    def key(self, row: Status) -> str:
        return row.place.code

    def _measure(self) -> None:
        """The map always fits: there is nothing to scroll."""

    def _cursor_line(self) -> int | None:
        """The cursor is marked at its tile."""
        return None

    def body(self, y: int, pen: Pen) -> Strip | None:
        if self.scene is None or not self.rows:
            return super().body(y, pen)
        if (sheet := self._sheet()) is not None:
            chosen = self.rows[self.cursor].place.province if pen.focused else ""
            return outline.paint(sheet, y, pen, {s.place.province: s for s in self.rows}, chosen)
        return tiles.paint(self._grid(), y, pen, self.scene, self.rows, self.cursor if pen.focused else None)

    def row_at(self, x: int, y: int) -> int | None:
        """Return the province whose tile, or whose ground, is at a cell."""
        if self.scene is None or not self.rows:
            return None
        if (sheet := self._sheet()) is not None:
            column = x - GUTTER - outline.left_of(sheet, self._pen().width)
            inside = y < len(sheet.cells) and 0 <= column < len(sheet.cells[0])
            province = sheet.cells[y][column].province if inside else None
        else:
            at = self._grid().at(x - GUTTER, y)
            province = next((code for code, place in self.scene.area.tiles.items() if place == at), None)
        return next((n for n, s in enumerate(self.rows) if s.place.province == province), None)

    def _grid(self) -> Grid:
        assert self.scene is not None
        return Grid.fit(self.scene.area.tiles, self._pen().width, self.size.height)

    def _sheet(self) -> Sheet | None:
        """Return the drawn map; None where tiles are wanted, or there is no outline, or no room for one."""
        if self.order != "outline" or self.scene is None:
            return None
        if not self._asked:
            self._asked = True
            self._outline = area_outline.read(self.scene.area.folder)
        size = (self.size.width - GUTTER, self.size.height)
        if self._outline is None or size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
            return None
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = size, Sheet.draw(self._outline, *size)
        return self._drawn[1]

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if not scene.started:
            return nothing_yet(scene)
        return ("No map.", "The area's file gives its provinces no tiles: sitmon area check")

    def captions(self) -> Sequence[str]:
        if self.scene is None or not self.total:
            return ()
        name = named(self.scene, self.current) if self.has_focus and self.current is not None else ""
        if self.order == "outline" and self._sheet() is None:
            if not self._outline:
                return ever_shorter(*filter(None, (name, "no outlines here")))
            needs = "outlines need {}x{}: z".format(*SMALLEST)
            return (f"{name} · {needs}", f"{name} · z outlines", name) if name else (needs,)
        shown = [name] if name else legend(self.look, self.scene)
        # Where the pane has a title, that says that it is schematic.
        return shown if self.gutter.top else [f"schematic · {text}" for text in shown]

    # -- hands ------------------------------------------------------------------------------------------------------

    def choose_order(self, order: str) -> None:
        """Show one of the two views."""
        super().choose_order(order)
        self.refresh()
        self.retitle()

    def go(self, row: int) -> None:
        if self.rows:
            self._clicked = None
            self.cursor = max(0, min(row, len(self.rows) - 1))
            self.refresh()
            self.retitle()

    def aside(self, step: int) -> bool:
        """Move to the next tile to the left or right; False where there is none."""
        if not self.rows or not 0 <= self.cursor + step < len(self.rows):
            return False
        self.go(self.cursor + step)
        return True

    def action_down(self) -> None:
        self._vertical(1)

    def action_up(self) -> None:
        self._vertical(-1)

    def _vertical(self, step: int) -> None:
        if self.scene is None or not self.rows:
            return
        places = self.scene.area.tiles
        row, column = places[self.rows[self.cursor].place.province]
        nearest = [
            (abs(places[s.place.province][1] - column), n)
            for n, s in enumerate(self.rows)
            if places[s.place.province][0] == row + step
        ]
        if nearest:
            self.go(min(nearest)[1])

    def fields(self, row: Status) -> Mapping[str, str]:
        assert self.scene is not None
        return fields_of(self.scene, row)

    def tells(self, row: Status) -> str:
        assert self.scene is not None
        return told(self.scene, row)

    def open(self, row: Status) -> None:
        self.post_message(messages.PlaceOpened(row.place.code))
