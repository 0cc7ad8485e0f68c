"""The picture in, one line a city out: who holds it, on whose word, how sure, since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta

from textual.strip import Strip

from sitmon.model.picture import Status
from sitmon.model.terms import HOLDERS
from sitmon.views.tui import messages
from sitmon.views.tui.ink import Pen, ever_shorter
from sitmon.views.tui.panes.columns import Columns
from sitmon.views.tui.panes.empty import nothing_yet
from sitmon.views.tui.stage import EPOCH, Scene
from sitmon.views.tui.widgets.bars import bar
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.wording import age, count, last_change, stamp, sureness

RECENT = timedelta(hours=6)
"""A status that changed within this is written bold."""
NEW = "*"
"""Stands beside what became known after the officer last looked."""
OLD = timedelta(hours=24)
UNSETTLED = frozenset({"claimed", "reported", "witnessed", "disputed", "denied", "retracted"})


class StatusPane(Lines[Status]):
    """Every capital with its status, newest change first."""

    HEADER = 1
    ORDERS = ("newest change first", "by province", "by holder", "least sure first")
    BORDER_TITLE = "1 Status"
    _fitted: tuple[int, Columns] | None = None

    def _columns(self, width: int) -> Columns:
        assert self.scene is not None
        if self._fitted is None or self._fitted[0] != width:
            self._fitted = (width, Columns.fit(width, self.scene.area))
        return self._fitted[1]

    def collect(self, scene: Scene) -> Sequence[Status]:
        rows = scene.statuses  # by the provinces' names: what is equal otherwise stays in that order
        if self.order == "by province":
            return rows
        if self.order == "by holder":
            return sorted(rows, key=lambda s: -HOLDERS.index(s.holder))
        if self.order == "least sure first":
            return sorted(rows, key=lambda s: (s.basis == "assumed", s.confidence))  # of these no figure is shown
        return sorted(rows, key=lambda s: (s.known_since or EPOCH, _pressure(s)), reverse=True)

    def key(self, row: Status) -> str:
        return row.place.code

    def fields(self, row: Status) -> Mapping[str, str]:
        assert self.scene is not None
        return fields_of(self.scene, row)

    def head(self, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        c = self._columns(pen.width)
        dim = pen.look.palette.dim
        line = pen.line().gap(2).put("Province", dim, c.province + 1)
        if c.capital:
            line.put("Capital", dim, c.capital + 1)
        line.put("Control", dim, c.control + 1)
        if c.basis:
            line.put("Basis", dim, c.basis + 1)
        if c.confidence:
            line.put("Conf", dim, c.confidence + 1)
        if c.origins:
            line.put("Src", dim, c.origins + 1)
        if c.bars:
            line.put("24 h", dim, c.bars + 1)
        if c.age:
            line.gap(line.left - c.age).put("Age", dim, c.age, right=True)
        return [line.done()]

    def paint(self, row: Status, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        scene, look, p = self.scene, pen.look, pen.look.palette
        c = self._columns(pen.width)
        colour = look.of_holder(row.holder)
        span = last_change(row, scene.now)
        fresh = span is not None and span < RECENT
        line = pen.line().put(look.glyph(row.holder, row.basis), colour).put(_pressure(row), p.caution, 1, bold=True)
        unseen = scene.is_new(row.known_since)
        line.put(scene.province(row.place.province), p.fg, c.province, bold=fresh or unseen)
        line.put(look.sign(NEW) if unseen else " ", p.accent, bold=True)
        if c.capital:
            line.put(row.place.name, p.fg if fresh else p.dim, c.capital + 1)
        line.put(scene.area.words.get(row.holder, row.holder), colour, c.control + 1, bold=row.holder == "contested")
        if c.basis:
            unsettled = row.basis in UNSETTLED
            line.put(row.basis, p.caution if unsettled else p.dim, c.basis + 1, italic=unsettled)
        if c.confidence:
            line.put(sureness(row), p.fg if row.confidence >= 0.75 else p.dim, c.confidence, right=True).gap()
        if c.origins:
            line.put(str(row.origins), p.dim, c.origins, right=True).gap()
        if c.bars:
            counts = scene.tally.place_bars(row.place.province, scene.now, c.bars)
            line.put(look.sign(bar(counts)), colour if any(counts) else p.faint, c.bars + 1)
        if c.age:
            old = span is None or span > OLD
            line.gap(line.left - c.age)
            line.put(age(span) or look.sign("–"), p.faint if old else p.fg, c.age, right=True, bold=fresh)
        return [line.done()]

    def captions(self) -> Sequence[str]:
        if not self.total:
            return ()
        shown = f"{len(self.rows)} of {self.total}" if self.wanted else f"{len(self.rows)}"
        parts = [f"{shown} provinces", self.order, "s sort"]
        scene = self.scene
        if scene is not None and scene.kept:
            at = stamp(scene.picture.now, UTC)
            return f"as kept {at}Z; what came since is being read", f"as kept {at}Z; being read on"
        if scene is not None and scene.looked is not None and (number := scene.changes_since(scene.looked)):
            parts[1:] = [f"{self.look.sign(NEW)} {number} new since {stamp(scene.looked, UTC)}Z", "x looked"]
        if scene is not None and scene.handover is not None and scene.past is None:
            parts[1:1] = [f"{scene.changes_since(scene.handover)} since handover {stamp(scene.handover, UTC)}Z"]
        return ever_shorter(*parts)

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if not scene.started:
            return nothing_yet(scene)
        return ("This area names no capitals.", "sitmon area check says what its files lack")

    def tells(self, row: Status) -> str:
        assert self.scene is not None
        return told(self.scene, row)

    def open(self, row: Status) -> None:
        self.post_message(messages.PlaceOpened(row.place.code))


def fields_of(scene: Scene, row: Status) -> dict[str, str]:
    """Return what a filter may look into of a status."""
    word = scene.area.words.get(row.holder, row.holder)
    place = f"{row.place.name} {scene.province(row.place.province)} {row.place.code}"
    return {"place": place, "side": f"{word} {row.holder}", "basis": row.basis, "state": row.pressure}


def told(scene: Scene, row: Status) -> str:
    """Return a status as one line of plain text."""
    word = scene.area.words.get(row.holder, row.holder)
    since = f", since {row.since}" if row.since else ""
    sure = sureness(row) + (f", {count(row.origins, 'origin')}" if row.origins else "")
    return f"{row.place.name} ({scene.province(row.place.province)}): {word}, {row.basis}{since}, {sure}"


def _pressure(row: Status) -> str:
    return "!" if row.pressing and row.holder != "contested" else " "
