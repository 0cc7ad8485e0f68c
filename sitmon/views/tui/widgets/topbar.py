"""A scene in, the two lines at the top out: whose desk, live or not, what is open, what time; then the country."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from textual import events
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from sitmon.views.tui.ink import Look, Pen, blank
from sitmon.views.tui.messages import CommandWanted
from sitmon.views.tui.stage import EPOCH, Scene
from sitmon.views.tui.widgets.headline import Headline, headline

Stand = tuple[int, int, str]
"""First cell, cell after the last, and the command that a click between them stands for."""


class TopBar(Widget, can_focus=False):
    """The bar of the whole desk; it goes on while the display is paused."""

    DEFAULT_CSS = "TopBar { height: 2; background: $desk-raised; }"

    scene: reactive[Scene | None] = reactive(None)
    look: reactive[Look] = reactive(Look)
    now: reactive[datetime] = reactive(EPOCH, repaint=False)
    local_times: reactive[bool] = reactive(False)

    def __init__(self) -> None:
        super().__init__()
        self._stands: list[Stand] = []

    def watch_now(self) -> None:
        """Paint the line with the clock alone."""
        self.refresh(Region(0, 0, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Return one of the two lines."""
        if self.scene is None:
            return blank(self.look, self.size.width)
        pen, scene = Pen(self.look, self.size.width), self.scene
        if y:
            return summary(scene, pen)
        present = max(self.now, scene.now)
        now = scene.shown if scene.past is not None or scene.held is not None else present
        words = headline(scene, now, present, pen.width, local=self.local_times)
        strip, self._stands = first_line(words, pen)
        return strip

    def on_click(self, event: events.Click) -> None:
        """The number of open alerts leads to the oldest of them, the sign and the feeds to the sources."""
        command = next((c for start, end, c in self._stands if start <= event.x < end), None)
        if not event.y and command is not None:
            self.post_message(CommandWanted(command))


def first_line(words: Headline, pen: Pen) -> tuple[Strip, list[Stand]]:
    """Return the bar: name, area and day at the left; sign, sources, open alerts and clocks at the right.

    With it, what of it can be clicked.
    """
    p, sign = pen.look.palette, pen.look.sign
    line, stands = pen.line(), list[Stand]()

    def put(text: str, colour: str, command: str = "", *, bold: bool = False, ground: str = p.raised) -> None:
        start = pen.width - line.left
        line.put(sign(text) if text != words.area else text, colour, bold=bold, ground=ground)
        if command:
            stands.append((start, pen.width - line.left, command))

    if words.program:
        put(f" {words.program} ", p.on_accent, bold=True, ground=p.accent)
    put(" ", p.fg)
    put(words.area, p.fg, bold=True)
    put(" · " if words.area and words.day else "", p.dim)
    put(words.day, p.dim if words.mood == "well" else p.fg)
    put(" " * max(0, pen.width - words.cells), p.dim)
    ground = {"well": p.raised, "told": p.accent, "warns": p.caution}[words.mood]
    put(f" {words.sign} ", p.good if words.mood == "well" else p.on_accent, "sources", bold=True, ground=ground)
    put(
        f" {words.sources} " if words.sources else " " if words.alerts else "",
        p.dim if words.mood == "well" else p.fg,
        "sources",
    )
    if words.alerts:
        put(f" {words.alerts} ", p.on_accent, "oldest", bold=True, ground=p.severe)
    time, _, zone = words.clock.partition(" ")
    put(f" {time}", p.fg, bold=True)
    put(f" {zone} ", p.dim)
    put(f" {words.other} " if words.other else "", p.dim)
    return line.put("", width=line.left, ground=p.raised).done(), stands


def summary(scene: Scene, pen: Pen) -> Strip:
    """Return the country in one line: how many cities each side holds, and a glyph for every one of them."""
    look, p = pen.look, pen.look.palette
    statuses = scene.statuses
    if not scene.started:
        what = "The log is being read" if scene.live else "The items are being read"
        return pen.line().gap().put(look.sign(f"{what} …"), p.dim).done()
    counts = Counter(s.holder for s in statuses)
    day_ago = scene.shown - timedelta(hours=24)
    # A city that changed hands twice today counts for the side that holds it now.
    gained = Counter(
        s.holder for s in statuses if s.known_since and s.known_since > day_ago and s.previous not in (None, s.holder)
    )
    line = pen.line().gap()
    for holder in ("insurgent", "contested", "government", "unknown"):
        number = counts[holder]
        if not number and holder == "unknown":
            continue
        colour = look.of_holder(holder)
        word = scene.area.sides.get("insurgent", holder) if holder == "insurgent" else holder
        line.put(look.glyph(holder, "confirmed"), colour).put(f" {number} ", colour, bold=True)
        line.put("no report" if holder == "unknown" else word, colour if holder != "unknown" else p.dim)
        if gained[holder] and pen.width >= 74:
            line.put(f" +{gained[holder]} in 24 h", p.fg, bold=True)
        line.gap(3)
    if line.left > len(statuses) + 1:
        line.gap(line.left - len(statuses) - 1)
        order = ("insurgent", "contested", "government", "unknown")
        for status in sorted(statuses, key=lambda s: (order.index(s.holder), -(s.known_since or EPOCH).timestamp())):
            line.put(look.glyph(status.holder, status.basis), look.of_holder(status.holder))
    return line.done()
