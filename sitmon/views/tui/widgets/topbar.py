"""A scene in, the two lines at the top out: whose desk, live or not, what is open, what time; then the country."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from sitmon.model.update import Progress
from sitmon.views.tui.ink import Line, Look, Pen, blank
from sitmon.views.tui.messages import CommandWanted
from sitmon.views.tui.stage import EPOCH, Scene
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.wording import age, day, stamp

UNSEEN: Final = re.compile(r"\S [0-9]+ unacked")
FEEDS: Final = re.compile(r"[0-9]+/[0-9]+( feeds)?|NO ANSWER|STALE [0-9]+m")
"""What of the bar can be clicked."""
STALE = timedelta(minutes=15)
"""Without an answer of any source for this long, a live desk says that it is stale."""


class TopBar(Widget, can_focus=False):
    """The bar of the whole desk; it goes on while the display is paused."""

    DEFAULT_CSS = "TopBar { height: 2; background: $desk-raised; }"

    scene: reactive[Scene | None] = reactive(None)
    look: reactive[Look] = reactive(Look)
    now: reactive[datetime] = reactive(EPOCH, repaint=False)

    def watch_now(self) -> None:
        """Paint the line with the clock alone."""
        self.refresh(Region(0, 0, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Return one of the two lines."""
        if self.scene is None:
            return blank(self.look, self.size.width)
        pen, scene = Pen(self.look, self.size.width), self.scene
        now = scene.now if scene.past is not None else max(self.now, scene.now)
        if y:
            return summary(scene, pen)
        return first_line(scene, pen, now, present=max(self.now, now))

    def on_click(self, event: events.Click) -> None:
        """The number of open alerts leads to the oldest of them, the feeds to the sources."""
        if event.y or self.scene is None:
            return
        bar = "".join(segment.text for segment in self.render_line(0))
        for words, command in ((UNSEEN, "oldest"), (FEEDS, "sources")):
            found = words.search(bar)
            if found and found.start() <= event.x < found.end():
                self.post_message(CommandWanted(command))


def first_line(scene: Scene, pen: Pen, now: datetime, *, present: datetime | None = None) -> Strip:
    """Return the bar: name, area and day at the left; sign, feeds, open alerts and clocks at the right.

    Of a moment that is looked back at, day and clocks are its own and stand still; `present` says how far back it is.
    """
    look, p = pen.look, pen.look.palette
    zone = zone_of(scene.area, True)
    local = now.astimezone(zone)
    wide = pen.width >= 100
    sign = _sign(scene, now)
    if scene.past is not None and present is not None and pen.width >= 110:
        sign += f" · {age(present - scene.past)} back"
    warns = sign[0] not in "●"
    feeds = f" {scene.feeds_up}/{len(scene.health)}" + (" feeds" if wide else "") if scene.health else ""
    if "polling" in sign:
        feeds = ""
    elif scene.progress is not None:
        feeds = f" {_progress(scene.progress)}"
    open_alerts = len(scene.unacknowledged)
    chip = f" ▲ {open_alerts} unacked " if open_alerts else ""
    told = now > EPOCH  # the clock of a replay stands at no time until its items have been read
    utc = f" {now:%H:%M:%S}" if told else " --:--:--"
    here = f" {local:%H:%M} {_town(scene)}" if wide and told and zone is not UTC else ""
    right = cell_len(f" {sign} {feeds} {chip}{utc} UTC {here} ")
    line = pen.line()
    line.put(" SITMON ", p.on_accent, bold=True, ground=p.accent).put(" ", ground=p.raised)
    room = line.left - right
    name = f"{scene.area.name}"
    line.put(name, p.fg, min(cell_len(name), max(0, room)), bold=True, ground=p.raised)
    if line.left - right > 15 and told:
        line.put(look.sign(f" · {day(now, UTC)}"), p.dim, ground=p.raised)
    line.put("", p.dim, max(0, line.left - right), ground=p.raised)
    line.put(
        look.sign(f" {sign} "), p.on_accent if warns else p.good, bold=True, ground=p.caution if warns else p.raised
    )
    line.put(f"{feeds} ", p.dim if not warns else p.fg, ground=p.raised)
    _chip(line, chip, look)
    line.put(utc, p.fg, bold=True, ground=p.raised).put(" UTC ", p.dim, ground=p.raised)
    line.put(here, p.dim, ground=p.raised)
    return line.put("", width=line.left, ground=p.raised).done()


def _chip(line: Line, chip: str, look: Look) -> None:
    p = look.palette
    if chip:
        line.put(look.sign(chip), p.on_accent, bold=True, ground=p.severe)


def _progress(progress: Progress) -> str:
    """Return how far a piece of work is; of one whose steps cannot be seen, only how much there is."""
    if not progress.done:
        return f"{progress.what}: {progress.total:,} items"
    return f"{progress.what} {progress.done:,}/{progress.total:,}"


def _sign(scene: Scene, now: datetime) -> str:
    if not scene.started:
        return "‖ STARTING"
    if scene.pending is not None:
        return f"‖ PAUSED +{scene.pending} new" if scene.pending else "‖ PAUSED"
    if scene.past is not None:
        return f"◀ PAST {stamp(scene.past, UTC)}Z"
    if not scene.live:
        return "✕ REPLAY ended" if scene.ended else "▲ REPLAY"
    heard = max((h.last_success for h in scene.health if h.last_success), default=None)
    if heard is None and (asking := _first_poll(scene)) is not None:
        return f"● polling {asking}"
    if scene.health and scene.progress is None and (heard is None or now - heard > STALE):
        return f"✕ STALE {int((now - heard).total_seconds() // 60)}m" if heard else "✕ NO ANSWER"
    return "● LIVE"


def _first_poll(scene: Scene) -> str | None:
    """Return how far the first poll is, in figures; None once every source has been asked."""
    if scene.progress is not None:
        return f"{scene.progress.done}/{scene.progress.total}"
    asked = sum(h.last_attempt is not None for h in scene.health)
    return f"{asked}/{len(scene.health)}" if asked < len(scene.health) else None


def _town(scene: Scene) -> str:
    return scene.area.timezone.rpartition("/")[2].replace("_", " ")


def summary(scene: Scene, pen: Pen) -> Strip:
    """Return the country in one line: how many cities each side holds, and a glyph for every one of them."""
    look, p = pen.look, pen.look.palette
    statuses = scene.statuses
    if not scene.started:
        what = "The log is being read" if scene.live else "The items are being read"
        return pen.line().gap().put(look.sign(f"{what} …"), p.dim).done()
    counts = Counter(s.holder for s in statuses)
    day_ago = scene.now - timedelta(hours=24)
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
