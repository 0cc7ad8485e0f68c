"""Counts an hour in, three rows of bars over the last day out: reports, claims, confirmations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.strip import Strip

from sitmon.views.tui import messages
from sitmon.views.tui.ink import Pen, ever_shorter
from sitmon.views.tui.panes.empty import nothing_yet
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.tally import DAY, Kind
from sitmon.views.tui.widgets.bars import rows
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.wording import count, stamp

KINDS: Final[tuple[Kind, ...]] = ("reports", "claims", "confirmed")
LABEL = 10
SCALE = 5


class ActivityPane(Lines[Kind]):
    """What the last 24 hours brought, stretch by stretch."""

    BORDER_TITLE = "6 Activity"

    def collect(self, scene: Scene) -> Sequence[Kind]:
        return KINDS if any(any(scene.tally.bars(kind, scene.now, 24)) for kind in KINDS) else ()

    def key(self, row: Kind) -> Kind:
        return row

    def _measure(self) -> None:
        """The chart always fits: there is nothing to scroll."""

    def _cursor_line(self) -> int | None:
        return self._feet()[self.cursor] if self.rows else None

    def row_at(self, x: int, y: int) -> int | None:
        return next((n for n, foot in enumerate(self._feet()) if y <= foot), None) if self.rows else None

    def go(self, row: int) -> None:
        """Choose one of the three; all of them are always seen."""
        if self.rows:
            self._clicked = None
            self.cursor = max(0, min(row, len(self.rows) - 1))
            self.refresh()

    def open(self, row: Kind) -> None:
        self.post_message(messages.CountOpened(row))

    def body(self, y: int, pen: Pen) -> Strip | None:
        if self.scene is None or not self.rows:
            return super().body(y, pen)
        lines = self._chart(pen)
        return lines[y] if y < len(lines) else None

    def _feet(self) -> tuple[int, int, int]:
        """Return the lines on which the three rows of bars stand: the reports have what the others leave."""
        room = max(3, self.size.height - 1)
        low = max(1, room // 4)
        first = max(1, room - 2 * low) - 1
        return first, first + low, first + 2 * low

    def _chart(self, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        p = pen.look.palette
        width = max(1, min(pen.width - LABEL - SCALE, 96))
        colours: dict[Kind, str] = {"reports": p.accent, "claims": p.caution, "confirmed": p.good}
        lines: list[Strip] = []
        for number, (kind, foot) in enumerate(zip(KINDS, self._feet(), strict=True)):
            counts = self.scene.tally.bars(kind, self.scene.now, width)
            chosen = number == self.cursor and pen.focused
            for level, text in enumerate(rows(counts, foot + 1 - len(lines))):
                last = len(lines) == foot
                line = pen.line().put(kind if last else "", p.fg if chosen else p.dim, LABEL, bold=chosen)
                line.put(pen.look.sign(text), colours[kind], width)
                line.put(str(max(counts)) if level == 0 else "", p.faint, SCALE, right=True)
                lines.append(line.done())
        return [*lines[: self.size.height - 1], self._axis(pen, width)]

    def _axis(self, pen: Pen, width: int) -> Strip:
        assert self.scene is not None
        zone = zone_of(self.scene.area, self.local_times)
        line = pen.line().gap(LABEL)
        marks = max(1, min(6, width // 10))
        for n in range(marks):
            moment = (self.scene.now - DAY + n * DAY / marks).astimezone(zone)
            line.put(f"{moment:%H:%M}", pen.look.palette.faint, width * (n + 1) // marks - width * n // marks)
        return line.done()

    def tells(self, row: Kind) -> str:
        assert self.scene is not None
        hours = self.scene.tally.bars(row, self.scene.now, 24)
        begin = stamp(self.scene.now - DAY, zone_of(None, False))
        return f"{row}: {sum(hours)} in the 24 h from {begin}Z, hour by hour {' '.join(map(str, hours))}"

    def captions(self) -> Sequence[str]:
        if self.scene is None or not self.rows:
            return ()
        totals = {kind: sum(self.scene.tally.bars(kind, self.scene.now, 1)) for kind in KINDS}
        reports, claims = count(totals["reports"], "report"), count(totals["claims"], "claim")
        zone = "local time" if self.local_times else "UTC"
        hint = [f"enter lists {self.current}"] if self.has_focus else []
        return ever_shorter(reports, claims, f"{totals['confirmed']} confirmed", f"24 h, {zone}", *hint)

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if not scene.started:
            return nothing_yet(scene)
        calm = ("Silence is not calm: i shows whether the sources answer.",) if scene.live else ()
        return ("No reports in the last 24 hours.", *(nothing_yet(scene) or calm))
