"""The panes' names in, the tab line of a narrow screen out."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from sitmon.views.tui.ink import Look, Pen
from sitmon.views.tui.plan import PANES, PaneName
from sitmon.views.tui.stage import Scene


class Tabs(Widget, can_focus=False):
    """One line with every pane's digit, name and count."""

    DEFAULT_CSS = "Tabs { height: 1; background: $desk-bg; }"

    scene: reactive[Scene | None] = reactive(None)
    look: reactive[Look] = reactive(Look)
    current: reactive[str] = reactive("status")

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, name: PaneName) -> None:
            super().__init__()
            self.name = name

    def _labels(self) -> list[tuple[PaneName, str, str]]:
        """Return every pane's name, label and count; where not all counts have room, that of the alerts alone."""
        scene = self.scene
        counts: dict[str, int] = {}
        if scene is not None:
            counts = {"alerts": len(scene.unacknowledged), "quotes": len(scene.quotes), "feed": len(scene.entries)}
        for kept in (counts.keys(), {"alerts"}, ()):
            told = {name: "99+" if n > 99 else str(n or "") for name, n in counts.items() if name in kept}
            labels = [(name, f"{n} {name.capitalize()}", told.get(name, "")) for n, name in enumerate(PANES, 1)]
            if sum(map(_cells, labels)) <= self.size.width + 1:  # the last space may be cut
                break
        return labels

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        p = self.look.palette
        line = Pen(self.look, self.size.width).line()
        for name, label, total in self._labels():
            here = name == self.current
            ground = p.selected if here else p.bg
            line.put(f" {label}", p.accent if here else p.dim, bold=here, ground=ground)
            colour = p.caution if name == "alerts" else p.faint
            line.put(f" {total} " if total else " ", colour, ground=ground)
        return line.done()

    def on_click(self, event: events.Click) -> None:
        x = 0
        for name, label, total in self._labels():
            x += _cells((name, label, total))
            if event.x < x:
                self.post_message(self.Chosen(name))
                return


def _cells(tab: tuple[PaneName, str, str]) -> int:
    _, label, total = tab
    return 2 + len(label) + (len(total) + 1 if total else 0)
