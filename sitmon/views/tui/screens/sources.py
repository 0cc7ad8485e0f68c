"""The health of every source in, the screen that says which are well, which are not, and why, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.binding import Binding
from textual.strip import Strip

from sitmon.model.source import SourceHealth
from sitmon.views.tui.ink import Pen, wrap
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.wording import HEALTH_WORDS, WELL, age, clock, count, initials

REST = 39
"""Cells of a line beside the source's name."""


class SourcesPage(Lines[SourceHealth]):
    """One source a line, its trouble under it; those in trouble first."""

    TALL = True
    HEADER = 1

    def collect(self, scene: Scene) -> Sequence[SourceHealth]:
        return sorted(scene.health, key=lambda h: (h.health in WELL, h.source.casefold()))

    def key(self, row: SourceHealth) -> str:
        return row.source

    def version(self, row: SourceHealth) -> tuple[str, str]:
        return row.source, row.reason

    def fields(self, row: SourceHealth) -> Mapping[str, str]:
        return {"source": row.source, "state": row.health, "": row.reason}

    def head(self, pen: Pen) -> list[Strip]:
        dim = pen.look.palette.dim
        line = pen.line().gap(2).put("Source", dim, self._name_cells(pen)).put("Code", dim, 7).put("Health", dim, 10)
        return [line.put("Heard", dim, 7).put("Next", dim, 7).put("Items", dim, 6, right=True).done()]

    def paint(self, row: SourceHealth, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        look, p = pen.look, pen.look.palette
        well = row.health in WELL
        colour = p.good if well else p.caution
        heard = age(self.scene.now - row.last_success) if row.last_success else "never"
        line = (
            pen.line()
            .put(look.sign("●" if well else "✕"), colour, 2)
            .put(row.source, p.fg, self._name_cells(pen) - 1, bold=not well)
            .gap()
        )
        line.put(initials(row.source), p.dim, 7).put(row.health, colour, 10).put(heard, p.dim, 7)
        line.put(clock(row.next_poll, zone_of(None, False), now=self.scene.now) if row.next_poll else "", p.dim, 7)
        line.put(str(row.items), p.dim, 6, right=True)
        lines = [line.done()]
        says = row.reason or ("" if well else HEALTH_WORDS[row.health])
        if row.errors:
            says = f"{says} ({count(row.errors, 'failure')} in a row)".lstrip()
        lines += [pen.line().gap(2).put(text, p.dim).done() for text in (wrap(says, pen.width - 3, 4) if says else ())]
        return lines

    def _name_cells(self, pen: Pen) -> int:
        """Return the cells of the names' column: enough for the longest, as far as there is room."""
        longest = max((cell_len(h.source) for h in self.rows), default=6)
        return max(8, min(longest + 1, pen.width - REST))

    def tells(self, row: SourceHealth) -> str:
        reason = f": {row.reason}" if row.reason else ""
        return f"{row.source}: {row.health}, {count(row.items, 'item')}{reason}"

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if not scene.live:
            return ("A replay has no sources.", "Its items come from recorded files.")
        return ("No sources.", "Name feeds in the config file, or ask for the area's own: area_sources = true")


class SourcesScreen(Overlay[None]):
    """How the sources do."""

    BINDINGS = [Binding("i", "close", "close", show=False)]

    def page(self) -> SourcesPage:
        return SourcesPage()

    def on_mount(self) -> None:
        assert self.scene is not None
        self.entitle("Sources", "esc or i close · r ask now")
