"""The table of commands in, the line of keys at the bottom out; and what the officer is told, in its place."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from sitmon.views.tui import commands
from sitmon.views.tui.ink import Look, Pen, wrap
from sitmon.views.tui.messages import CommandWanted

MOST = 4
"""Lines that what is told may take."""


class Footer(Widget, can_focus=False):
    """The most used keys; as many as there is room for, the way out always."""

    DEFAULT_CSS = "Footer { height: 1; background: $desk-raised; }"

    look: reactive[Look] = reactive(Look)
    note: reactive[str] = reactive("")
    """What stands in front of the keys: the filter that is on."""
    says: reactive[str] = reactive("")
    """What the officer is told just now, in the place of the keys; the line grows where it needs more than one."""

    def __init__(self) -> None:
        super().__init__()
        self._stands: list[tuple[int, int, str]] = []
        """First cell, cell after the last, command: what the line shows where."""

    def watch_says(self) -> None:
        """Take as many lines as it needs."""
        self.styles.height = len(self._said()) or 1

    def _said(self) -> list[str]:
        return wrap(self.look.sign(self.says), self.size.width - 2, MOST) if self.says else []

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        p = self.look.palette
        if said := self._said():
            self._stands = []
            line = Pen(self.look, self.size.width).line().put(" ", ground=p.raised)
            return line.put(said[y] if y < len(said) else "", p.fg, line.left, ground=p.raised).done()
        *keys, way_out = [(self.look.sign(c.shown), c.footer, c.id) for c in commands.footer()]
        self._stands = []
        line = Pen(self.look, self.size.width).line()
        last = cell_len(f"{way_out[0]} {way_out[1]} ")
        if self.note:
            line.put(f" {self.look.sign(self.note)} ", p.caution, bold=True, ground=p.raised)
        for key, word, command in keys:
            size = cell_len(f" {key} {word} ")
            if line.left - last < size + 1:
                continue
            at = self.size.width - line.left
            self._stands.append((at, at + size, command))
            line.put(f" {key}", p.accent, bold=True, ground=p.raised).put(f" {word} ", p.dim, ground=p.raised)
        line.put("", width=max(0, line.left - last), ground=p.raised)
        self._stands.append((self.size.width - line.left, self.size.width, way_out[2]))
        line.put(way_out[0], p.accent, bold=True, ground=p.raised).put(f" {way_out[1]} ", p.dim, ground=p.raised)
        return line.done()

    def on_click(self, event: events.Click) -> None:
        """Tell which key is meant."""
        command = next((c for start, end, c in self._stands if start <= event.x < end), None)
        if command is not None:
            self.post_message(CommandWanted(command))
