"""Alerts in, the list that an officer works off out: what nobody has seen stands first."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from sitmon.model.alert import Alert
from sitmon.model.terms import AlertKind, Severity
from sitmon.views.tui import messages
from sitmon.views.tui.ink import Look, Pen, ever_shorter, wrap
from sitmon.views.tui.panes.empty import nothing_yet
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.wording import SEVERITY_RANK, clock, stamp

NOWHERE: Final[Mapping[AlertKind, str]] = {
    "status": "a place",
    "event": "no one place",
    "surge": "more than usual",
    "blind": "nothing is heard",
    "source": "a source",
}
"""What stands for the place of an alert that has none."""


class AlertsPane(Lines[Alert]):
    """The alerts; those that are open first, the newest of them on top."""

    TALL = True
    STREAMS = True
    ORDERS = ("open first", "gravest first", "newest first", "by place")
    BORDER_TITLE = "3 Alerts"

    def collect(self, scene: Scene) -> Sequence[Alert]:
        newest = scene.alerts[::-1]
        if self.order == "newest first":
            return newest
        if self.order == "by place":
            return sorted(newest, key=lambda a: a.place.name if a.place else "\uffff")
        if self.order == "gravest first":
            return sorted(newest, key=lambda a: (a.state == "resolved", SEVERITY_RANK[a.severity]))
        return sorted(newest, key=lambda a: (a.state != "active", a.severity in ("Minor", "Unknown")))

    def key(self, row: Alert) -> str:
        return row.id

    def version(self, row: Alert) -> Hashable:
        return row.id, row.state, row.title

    def fields(self, row: Alert) -> Mapping[str, str]:
        return {
            "": f"{row.title} {row.reason} {row.severity}",
            "place": row.place.name if row.place else "",
            "type": row.event_type or row.kind,
            "basis": row.basis or "",
            "state": row.state,
        }

    def paint(self, row: Alert, pen: Pen) -> list[Strip]:
        assert self.scene is not None
        look, p = pen.look, pen.look.palette
        at = clock(row.time, zone_of(self.scene.area, self.local_times), now=self.scene.now)
        if row.state != "active":
            sign = {"acknowledged": "✓", "silenced": "z", "resolved": "–"}[row.state]
            line = pen.line().put(look.sign(sign), p.faint, 2).put(f"{row.severity.upper()} {at} {row.title}", p.faint)
            return [line.done()]
        colour = severity_colour(look, row.severity)
        line = pen.line().put(look.sign("▲"), colour, 2)
        grave = row.severity == "Extreme"
        word = row.severity.upper()
        line.put(word, p.on_accent if grave else colour, bold=True, ground=colour if grave else None).gap()
        line.put(f"{at} ", p.dim)
        place, rest = headline(row)
        if self.has_class("-short"):
            return [line.put(f"{place}: {rest}" if place else rest, p.fg).done()]
        if cell_len(place) > line.left:  # a long name gets a line of its own before one letter of it is cut
            place, rest = "", f"{place}: {rest}"
        lines = [line.put(place or NOWHERE[row.kind], p.fg, bold=True).done()]
        return [*lines, *(pen.line().gap(2).put(text, p.fg).done() for text in wrap(rest, pen.width - 2, 4))]

    def captions(self) -> Sequence[str]:
        if self.scene is None or not self.total:
            return ()
        open_ones = len(self.scene.unacknowledged)
        order = [] if self.order == self.ORDERS[0] else [self.order]
        return ever_shorter(f"{open_ones} unacknowledged", *(["a ack"] if open_ones else []), *order)

    def why_empty(self, scene: Scene) -> Sequence[str]:
        if yet := nothing_yet(scene):
            return ("No alerts yet.", *yet)
        return ("No alerts.", "A change of control, a denial or a grave event raises one, with its reason.")

    def tells(self, row: Alert) -> str:
        address = f" {row.url}" if row.url else ""
        return f"{stamp(row.time, zone_of(None, False))}Z {row.severity}: {row.title} ({row.reason}){address}"

    def link(self, row: Alert) -> str | None:
        return row.url

    def open(self, row: Alert) -> None:
        self.post_message(messages.AlertOpened(row))


class AlertStrip(AlertsPane):
    """The newest alerts in one line each, under the one pane of a narrow screen."""

    BORDER_TITLE = " 3 Alerts "
    """Between spaces, as the framework writes it where there is a corner."""
    can_focus = False
    """The keys work on the pane that it stands under."""

    def on_mount(self) -> None:
        self.add_class("-short")

    def on_click(self, event: events.Click) -> None:
        """Go to the alert in its own pane."""
        row = self.row_at(event.x, event.y - self.gutter.top)
        self.post_message(messages.PaneTouched("alerts", key=self.rows[row].id if row is not None else None))


def headline(alert: Alert) -> tuple[str, str]:
    """Return where it is, as its title says it ("Kang district", "Kunduz and Herat"), and what is said of it."""
    where, colon, said = alert.title.partition(": ")
    if colon and (alert.place is None or alert.place.name in where):
        return where, said
    return (alert.place.name if alert.place else ""), alert.title


def severity_colour(look: Look, severity: Severity) -> str:
    """Return the colour of a severity; its word stands beside it."""
    p = look.palette
    if severity == "Extreme":
        return p.severe
    return p.caution if severity in ("Severe", "Moderate") else p.dim
