"""The table of commands in, the screen of keys out: what the signs mean, then every key by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.strip import Strip

from sitmon.views.tui import commands
from sitmon.views.tui.commands import Command
from sitmon.views.tui.ink import Line, Pen
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines

TWO_COLUMNS = 92


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with what it does, or the name of a group (no help text)."""

    keys: str = ""
    help: str = ""


class HelpPage(Lines[tuple[int, Entry, Entry]]):
    """The keys, in two columns where there is room."""

    HEADER = 4

    def collect(self, scene: Scene) -> Sequence[tuple[int, Entry, Entry]]:
        columns: list[list[Entry]] = [[]]
        for group, members in commands.groups().items():
            if group == "Alerts" and self._pen().width >= TWO_COLUMNS:
                columns.append([])
            columns[-1] += [Entry(group), *_entries(members), Entry()]
        left, right = columns[0], columns[1] if len(columns) > 1 else []
        length = max(len(left), len(right))
        pad = Entry()
        return [(n, left[n] if n < len(left) else pad, right[n] if n < len(right) else pad) for n in range(length)]

    def key(self, row: tuple[int, Entry, Entry]) -> int:
        return row[0]

    def head(self, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        look, p = pen.look, pen.look.palette
        words = self.scene.area.words
        holders = pen.line()
        for holder in ("insurgent", "contested", "government", "unknown"):
            holders.put(f"{look.glyph(holder, 'confirmed')} {words.get(holder, holder)}   ", look.of_holder(holder))
        filling = pen.line()
        for basis, says in (("confirmed", "confirmed or conceded"), ("disputed", "disputed"), ("claimed", "claimed")):
            filling.put(f"{look.glyph('insurgent', basis)} {says}   ", p.dim)
        filling.put("! fighting", p.caution)
        return [pen.line().done(), holders.done(), filling.done(), pen.line().done()]

    def paint(self, row: tuple[int, Entry, Entry], pen: Pen) -> list[Strip]:
        plain = Pen(pen.look, pen.width)
        line = plain.line()
        two = pen.width >= TWO_COLUMNS
        self._entry(line, row[1], pen.width // 2 - 1 if two else pen.width)
        line.gap(1 if two else 0)
        if two:
            self._entry(line, row[2], line.left)
        return [line.done()]

    def _entry(self, line: Line, entry: Entry, width: int) -> None:
        p, sign = self.look.palette, self.look.sign
        if not entry.help:
            line.put(entry.keys, p.fg, width, bold=True)
            return
        line.put(f"  {sign(entry.keys)}", p.accent, 8, bold=True).put(sign(entry.help), p.dim, width - 8)

    def _cursor_line(self) -> int | None:
        """There is nothing to choose here."""
        return None

    def go(self, row: int) -> None:
        """Scroll: there is nothing to choose here."""
        self.scroll_to(y=self.scroll_offset.y + (1 if row > self.cursor else -1), animate=False, force=True)

    def _leap(self, direction: int, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + direction * lines, animate=False, force=True)


def _entries(members: Sequence[Command]) -> list[Entry]:
    """Return a line a command; the panes' digits share one."""
    digits = [c for c in members if c.shown.isdigit()]
    lines = [Entry(c.shown, c.help) for c in members if c not in digits]
    if digits:
        lines.insert(0, Entry(f"{digits[0].shown}-{digits[-1].shown}", ", ".join(c.help for c in digits)))
    return lines


class HelpScreen(Overlay[None]):
    """All keys."""

    BINDINGS = [Binding("question_mark,f1", "close", "close", show=False)]

    def page(self) -> HelpPage:
        return HelpPage()

    def on_mount(self) -> None:
        self.entitle("Keys", "esc or ? close")
