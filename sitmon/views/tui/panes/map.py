"""Statuses in, a schematic map out: one tile a province, each with its code, its glyph and what presses on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.strip import Strip

from sitmon import area_outline
from sitmon.area_outline import Outline
from sitmon.model.picture import Status
from sitmon.views.tui import messages
from sitmon.views.tui.ink import Line, Look, Pen
from sitmon.views.tui.panes.sheet import SMALLEST, Sheet
from sitmon.views.tui.panes.status import READING, UNSETTLED, fields_of, told
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import GUTTER, Lines
from sitmon.views.wording import last_change

NEW_HOURS = 1


class MapPane(Lines[Status]):
    """34 tiles, roughly where the provinces lie; hatched where the status is not settled."""

    BORDER_TITLE = "2 Map"
    ORDERS = ("tiles", "outline")
    """The two views: `order` is the one that is wanted."""
    _drawn: tuple[tuple[int, int], Sheet] | None = None
    _outline: Outline | None = None
    _asked = False

    def collect(self, scene: Scene) -> Sequence[Status]:
        tiles = scene.area.tiles
        with_tile = [s for s in scene.statuses if s.place.province in tiles]
        return sorted(with_tile, key=lambda s: tiles[s.place.province])

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
            return self._drawn_line(sheet, y, pen)
        tiles = self.scene.area.tiles
        columns, down = max(c for _, c in tiles.values()), max(r for r, _ in tiles.values())
        left, stride, tall = self._grid()
        row, part = divmod(y, tall)
        if row >= down or part >= 2:
            return None
        line = pen.line()
        passed = {(c, r): short_code(code) for code, (r, c) in tiles.items()}
        here = {tiles[s.place.province][1]: n for n, s in enumerate(self.rows) if tiles[s.place.province][0] == row + 1}
        for column in range(left, columns + 1):
            if column in here:
                chosen = here[column] == self.cursor and pen.focused
                self._tile(line, self.rows[here[column]], part, stride - 1, chosen)
                line.put(self.look.sign("‹") if chosen and part == 0 else " ", self.look.palette.accent, bold=True)
            elif (column, row + 1) in passed:  # a province that the filter leaves out keeps its place
                line.put(passed[column, row + 1] if part == 0 else "", self.look.palette.faint, stride)
            else:
                line.gap(stride)
        return line.done()

    def choose_order(self, order: str) -> None:
        """Show one of the two views."""
        super().choose_order(order)
        self.refresh()
        self.retitle()

    def row_at(self, x: int, y: int) -> int | None:
        """Return the province whose tile, or whose ground, is at a cell."""
        if self.scene is None or not self.rows:
            return None
        if (sheet := self._sheet()) is not None:
            column = x - GUTTER - (self.size.width - GUTTER - len(sheet.cells[0])) // 2
            inside = y < len(sheet.cells) and 0 <= column < len(sheet.cells[0])
            province = sheet.cells[y][column].province if inside else None
        else:
            left, stride, tall = self._grid()
            place = (y // tall + 1, left + (x - GUTTER) // stride) if x >= GUTTER else (0, 0)
            province = next((code for code, at in self.scene.area.tiles.items() if at == place), None)
        return next((n for n, s in enumerate(self.rows) if s.place.province == province), None)

    def _grid(self) -> tuple[int, int, int]:
        """Return the grid's first column, the cells from one tile to the next, and its lines from row to row."""
        assert self.scene is not None
        tiles = self.scene.area.tiles.values()
        left = min(c for _, c in tiles)
        across = max(c for _, c in tiles) - left + 1
        stride = max(5, min(8, self._pen().width // across))
        return left, stride, 3 if self.size.height >= 3 * max(r for r, _ in tiles) else 2

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

    def _drawn_line(self, sheet: Sheet, y: int, pen: Pen) -> Strip | None:
        if y >= len(sheet.cells):
            return None
        p, line = self.look.palette, pen.line()
        left = (pen.width - len(sheet.cells[0])) // 2
        held = {s.place.province: s for s in self.rows}
        names = {
            column: (code, min(room, 5))
            for code, (row, column, room) in sheet.anchors.items()
            if row == y and code in held
        }
        chosen = self.rows[self.cursor].place.province if pen.focused else ""
        line.gap(left)
        skip = 0
        for column, cell in enumerate(sheet.cells[y]):
            if column in names:
                code, room = names[column]
                skip = self._label(line, held[code], room, code == chosen)
            if skip:
                skip -= 1
                continue
            status = held.get(cell.province or "")
            ground = p.bg if status is None else p.accent if cell.province == chosen else self._ground(status)
            ink = p.on_accent if cell.province == chosen else p.dim
            line.put("+" if self.look.ascii_only and cell.sign != " " else cell.sign, ink, 1, ground=ground)
        return line.done()

    def _label(self, line: Line, status: Status, room: int, chosen: bool) -> int:
        """Write what a province is called and how it stands where there is room for it; return the cells taken."""
        look, p = self.look, self.look.palette
        ground = p.accent if chosen else self._ground(status)
        line.put(look.glyph(status.holder, status.basis), p.on_accent if chosen else look.of_holder(status.holder), 1,
                 bold=True, ground=ground)  # fmt: skip
        if room < 4:
            return 1
        code = short_code(status.place.province)
        mark = "!" if status.pressure != "none" and room > 4 else ""
        line.put(code + mark, p.on_accent if chosen else p.fg, 3 + len(mark), bold=True, ground=ground)
        return 4 + len(mark)

    def _ground(self, status: Status) -> str:
        p = self.look.palette
        return {
            "insurgent": p.tile_insurgent,
            "contested": p.tile_contested,
            "government": p.tile_government,
        }.get(status.holder, p.tile_unknown)

    def _tile(self, line: Line, status: Status, part: int, width: int, selected: bool) -> None:
        assert self.scene is not None
        look, p = self.look, self.look.palette
        ground = self._ground(status)
        colour, text = look.of_holder(status.holder), p.fg
        if selected:
            ground, colour, text = p.accent, p.on_accent, p.on_accent
        if part == 0:
            code = short_code(status.place.province)
            sign = look.sign("╱") if status.basis in UNSETTLED else " "
            line.put(code, text, 3, bold=True, ground=ground).put(sign * (width - 3), colour, width - 3, ground=ground)
            return
        line.put(look.glyph(status.holder, status.basis), colour, 2, ground=ground)
        span = last_change(status, self.scene.now)
        mark = "!" if status.pressure != "none" else " "
        fresh = span is not None and span.total_seconds() < 3600 * NEW_HOURS
        note = ("new" if fresh and width >= 5 else mark).ljust(width - 2)
        line.put(note, colour, width - 2, bold=True, ground=ground)

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if not scene.started:
            return READING
        return ("No map.", "The area's file gives its provinces no tiles: sitmon area check")

    def caption(self) -> str:
        if self.scene is None or not self.total:
            return ""
        if self.order == "outline" and self._sheet() is None:
            width, height = SMALLEST
            return f"schematic · outlines need {width}x{height}: z" if self._outline else "schematic · no outlines here"
        return legend(self.look, self.scene, self.size.width)

    def go(self, row: int) -> None:
        if self.rows:
            self.cursor = max(0, min(row, len(self.rows) - 1))
            self.refresh()

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
        tiles = self.scene.area.tiles
        row, column = tiles[self.rows[self.cursor].place.province]
        nearest = [
            (abs(tiles[s.place.province][1] - column), n)
            for n, s in enumerate(self.rows)
            if tiles[s.place.province][0] == row + step
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


def legend(look: Look, scene: Scene, width: int) -> str:
    """Return that the map is schematic, then what its signs mean, in as many words as there is room for."""
    words = scene.area.words
    named = [
        f"{look.glyph(h, 'confirmed')} {words.get(h, h).lower() if h != 'insurgent' else words.get(h, h).capitalize()}"
        for h in ("insurgent", "contested", "government")
    ]
    told = "schematic ·"
    for sign in [*named, look.sign("╱ unsettled"), "! fighting"]:
        if cell_len(told) + cell_len(sign) + 3 > width:
            break
        told += f" {sign}"
    return told.removesuffix(" ·")


def short_code(province: str) -> str:
    """Return the three letters that stand for a province: "AF-KDZ" is KDZ."""
    return province.partition("-")[2][:3] or province[:3]
