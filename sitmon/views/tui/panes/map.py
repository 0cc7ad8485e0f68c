"""Statuses in, a schematic map out: one tile a province, each with its code, its glyph and what presses on it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from sitmon.model.picture import Status
from sitmon.views.tui import messages
from sitmon.views.tui.ink import Line, Look, Pen
from sitmon.views.tui.panes.status import UNSETTLED
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.wording import last_change

NEW_HOURS = 1


class MapPane(Lines[Status]):
    """34 tiles, roughly where the provinces lie; hatched where the status is not settled."""

    BORDER_TITLE = "2 Map"

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
        tiles = self.scene.area.tiles
        columns = max(c for _, c in tiles.values())
        down = max(r for r, _ in tiles.values())
        left = min(c for _, c in tiles.values())
        stride = max(5, min(8, pen.width // max(1, columns - left + 1)))
        tall = 3 if self.size.height >= 3 * down else 2
        row, part = divmod(y, tall)
        if row >= down or part >= 2:
            return None
        line = pen.line()
        here = {tiles[s.place.province][1]: n for n, s in enumerate(self.rows) if tiles[s.place.province][0] == row + 1}
        for column in range(left, columns + 1):
            if column in here:
                chosen = here[column] == self.cursor and pen.focused
                self._tile(line, self.rows[here[column]], part, stride - 1, chosen)
                line.put(self.look.sign("‹") if chosen and part == 0 else " ", self.look.palette.accent, bold=True)
            else:
                line.gap(stride)
        return line.done()

    def _tile(self, line: Line, status: Status, part: int, width: int, selected: bool) -> None:
        assert self.scene is not None
        look, p = self.look, self.look.palette
        ground = {
            "insurgent": p.tile_insurgent,
            "contested": p.tile_contested,
            "government": p.tile_government,
        }.get(status.holder, p.tile_unknown)
        colour, text = look.of_holder(status.holder), p.fg
        if selected:
            ground, colour, text = p.accent, p.on_accent, p.on_accent
        if part == 0:
            code = status.place.province.partition("-")[2][:3] or status.place.province[:3]
            sign = look.sign("╱") if status.basis in UNSETTLED else " "
            line.put(code, text, 3, bold=True, ground=ground).put(sign * (width - 3), colour, width - 3, ground=ground)
            return
        line.put(look.glyph(status.holder, status.basis), colour, 2, ground=ground)
        span = last_change(status, self.scene.now)
        mark = "!" if status.pressure != "none" else " "
        fresh = span is not None and span.total_seconds() < 3600 * NEW_HOURS
        note = ("new" if fresh and width >= 5 else mark).ljust(width - 2)
        line.put(note, colour, width - 2, bold=True, ground=ground)

    def caption(self) -> str:
        if self.scene is None:
            return ""
        return legend(self.look, self.scene, self.size.width) if self.size.width >= 44 else "schematic"

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

    def tells(self, row: Status) -> str:
        return f"{row.place.name}: {row.holder}, {row.basis}"

    def open(self, row: Status) -> None:
        self.post_message(messages.PlaceOpened(row.place.code))


def legend(look: Look, scene: Scene, width: int) -> str:
    """Return what the map's signs mean, in words."""
    words = scene.area.words
    named = [
        f"{look.glyph(h, 'confirmed')} {words.get(h, h).lower() if h != 'insurgent' else words.get(h, h).capitalize()}"
        for h in ("insurgent", "contested", "government")
    ]
    signs = [look.sign("╱ unsettled"), "! fighting"]
    return " ".join([*named, *(signs if width >= 54 else signs[:1])])
