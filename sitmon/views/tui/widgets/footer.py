"""The table of commands in, the line of keys at the bottom out."""

from __future__ import annotations

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from sitmon.views.tui import commands
from sitmon.views.tui.ink import Look, Pen


class Footer(Widget, can_focus=False):
    """The most used keys; as many as there is room for, the way out always."""

    DEFAULT_CSS = "Footer { height: 1; background: $desk-raised; }"

    look: reactive[Look] = reactive(Look)
    note: reactive[str] = reactive("")
    """What stands in front of the keys: the filter that is on."""

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        p = self.look.palette
        *keys, way_out = [(self.look.sign(k), word) for k, word in commands.footer()]
        line = Pen(self.look, self.size.width).line()
        last = cell_len(f"{way_out[0]} {way_out[1]} ")
        if self.note:
            line.put(f" {self.look.sign(self.note)} ", p.caution, bold=True, ground=p.raised)
        for key, word in keys:
            if line.left - last < cell_len(key) + cell_len(word) + 4:
                continue
            line.put(f" {key}", p.accent, bold=True, ground=p.raised).put(f" {word} ", p.dim, ground=p.raised)
        line.put("", width=max(0, line.left - last), ground=p.raised)
        line.put(way_out[0], p.accent, bold=True, ground=p.raised).put(f" {way_out[1]} ", p.dim, ground=p.raised)
        return line.done()
