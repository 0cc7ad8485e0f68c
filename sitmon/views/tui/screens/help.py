"""The table of commands in, the screen of keys out: every key by group, then what each sign and short word means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from textual.binding import Binding
from textual.strip import Strip

from sitmon.area import Area
from sitmon.assess import thresholds
from sitmon.views.tui import commands
from sitmon.views.tui.commands import Command
from sitmon.views.tui.ink import Line, Pen, wrap
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.page import Page

TWO_COLUMNS = 92
KEYS = 8
"""Cells of the column of keys."""
SIGNS: Final = (
    (
        "!",
        "fighting is told of near it or inside it, or it is surrounded; not marked {hours} after the last word of it",
    ),
    ("*", "became known since you last looked; x clears the marks"),
    ("╱", "on the map: what is told of it is not settled"),
    ("✓ z –", "an alert that is acknowledged, silenced, resolved"),
    ("Conf", "how sure the status is; – where nobody has said anything: the area's file assumes it"),
    ("Src", "independent origins behind the status: ten reprints of one wire are one"),
    ("24 h", "how much was reported from the province in the last 24 hours, stretch by stretch"),
    ("Age", "since the desk learned of the last change"),
    ("A-F", "a source's grade: A reliable to E unreliable, F cannot be judged"),
    ("ABC", "three letters of the map are a province; below the map stands the name of the one under the cursor"),
    ("CODE", "up to five letters before an item are its source; i lists the sources with their codes"),
)
"""What stands on the screen without a word that explains it; wrapped where it is longer than the page's lines."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with what it does, or the name of a group (no help text)."""

    keys: str = ""
    help: str = ""
    wide: bool = False
    """Whether it takes the whole line, beside no other."""


class HelpPage(Page[tuple[int, Entry, Entry]]):
    """The keys, in two columns where there is room."""

    HEADER = 4

    def collect(self, scene: Scene) -> Sequence[tuple[int, Entry, Entry]]:
        columns: list[list[Entry]] = [[]]
        for group, members in commands.groups().items():
            if group == "Alerts" and self._pen().width >= TWO_COLUMNS:
                columns.append([])
            columns[-1] += [Entry(group), *_entries(members), Entry()]
        pairs = [*zip_longest(columns[0], columns[-1] if len(columns) > 1 else (), fillvalue=Entry())]
        pairs += [(entry, Entry()) for entry in _signs(self._pen().width, scene.area)]
        return [(n, left, right) for n, (left, right) in enumerate(pairs)]

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
        two = pen.width >= TWO_COLUMNS and not row[1].wide
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
        line.put(f"  {sign(entry.keys)}", p.accent, KEYS, bold=True).put(sign(entry.help), p.dim, width - KEYS)

    def _cursor_line(self) -> int | None:
        """There is nothing to choose here."""
        return None

    def go(self, row: int) -> None:
        """There is nothing to choose here."""


def _entries(members: Sequence[Command]) -> list[Entry]:
    """Return a line a command; the panes' digits share one."""
    digits = [c for c in members if c.shown.isdigit()]
    lines = [Entry(c.shown, c.help) for c in members if c not in digits]
    if digits:
        lines.insert(0, Entry(f"{digits[0].shown}-{digits[-1].shown}", ", ".join(c.help for c in digits)))
    return lines


def _signs(width: int, area: Area) -> list[Entry]:
    """Return what the signs mean on this area's desk, wrapped."""
    hours = f"{thresholds.read(area.ledger).present_hours:g} h"
    found = [Entry(), Entry("Signs and short words", wide=True)]
    for sign, says in SIGNS:
        first, *more = wrap(says.replace("{hours}", hours), width - KEYS)
        found += [Entry(sign, first, wide=True), *(Entry("", line, wide=True) for line in more)]
    return found


class HelpScreen(Overlay[None]):
    """All keys."""

    BINDINGS = [Binding("question_mark,f1", "close", "close", show=False)]

    def page(self) -> HelpPage:
        return HelpPage()

    def on_mount(self) -> None:
        self.entitle("Keys and signs", "G signs · esc or ? close")
