"""The part of the desk's screen that arranges its panes: which of them has the keys, and how they stand."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from sitmon.views.tui import messages
from sitmon.views.tui.panes.feed import FeedPane
from sitmon.views.tui.panes.map import MapPane
from sitmon.views.tui.plan import PANES, SMALLEST, PaneName, Plan, breadth, too_small
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.acting import ActingScreen
from sitmon.views.tui.widgets.footer import Footer
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.pane_area import PaneArea
from sitmon.views.tui.widgets.tabs import Tabs
from sitmon.views.tui.widgets.topbar import TopBar
from sitmon.views.wording import count


class ArrangingScreen(ActingScreen):
    """A screen of panes under one plan."""

    local_times: reactive[bool] = reactive(False, repaint=False)

    def __init__(self, port: Port) -> None:
        super().__init__(port)
        self._plan = Plan()

    @property
    def pane(self) -> Lines[Any]:
        """The pane that the keys work on."""
        return self.pane_of(self._plan.current)

    def pane_of(self, name: str) -> Lines[Any]:
        """Return a pane by its name."""
        return self.query_one(f"#{name}", Lines)

    @property
    def feed_follows(self) -> bool:
        """Whether nobody is reading old entries just now, so that they may be let go."""
        return all(pane.following for pane in self.query(FeedPane))

    def action_pane(self, name: PaneName) -> None:
        self._plan.current = name
        self.query_one(Tabs).current = name
        self.query_one(PaneArea).rearrange()
        self.set_focus(self.pane, scroll_visible=False)  # at once: the next key is meant for it

    def action_next_pane(self, step: int = 1) -> None:
        names = [n for n in PANES if n in self._plan.regions(self.query_one("#panes").size)]
        names = names if len(names) > 1 and not self._plan.zoomed else list(PANES)
        at = names.index(self._plan.current) if self._plan.current in names else 0
        self.action_pane(names[(at + step) % len(names)])

    def action_previous_pane(self) -> None:
        self.action_next_pane(-1)

    def action_left(self) -> None:
        if not (isinstance(self.pane, MapPane) and self.pane.aside(-1)):
            self.action_next_pane(-1)

    def action_right(self) -> None:
        if not (isinstance(self.pane, MapPane) and self.pane.aside(1)):
            self.action_next_pane()

    def action_zoom(self) -> None:
        self._plan.zoomed = not self._plan.zoomed
        self.query_one(PaneArea).rearrange()

    def action_sort(self) -> None:
        self.pane.next_order()

    def action_map_view(self) -> None:
        self.action_pane("map")
        self.pane.next_order()

    def action_times(self) -> None:
        self.local_times = not self.local_times

    # -- what the framework tells -----------------------------------------------------------------------------------

    def on_resize(self) -> None:
        size = self.app.size
        small = self._plan.small = too_small(size.width, size.height)
        self.ask_for_room()
        self._plan.kind = breadth(size.width, size.height)
        self.query_one(Tabs).display = self._plan.kind == "narrow" and not small
        for bar in (TopBar, Footer):  # the sentence needs every line that there is
            self.query_one(bar).display = not small
        self.set_class(self._plan.kind == "narrow", "-narrow")
        self.query_one(PaneArea).rearrange()

    def ask_for_room(self) -> None:
        """Write what a terminal shows that is too small for anything else."""
        (width, height), size = SMALLEST, self.app.size
        open_alerts = len(self.bar.unacknowledged) if self.bar is not None else 0
        grave = f" {count(open_alerts, 'alert')} open." if open_alerts else ""
        said = f"The desk needs {width}x{height} cells; this terminal has {size.width}x{size.height}.{grave} q quits."
        self.query_one("#small", Static).update(Content(said))

    def on_descendant_focus(self) -> None:
        focused = self.focused
        name = next((n for n in PANES if focused is not None and n == focused.id), None)
        if name is not None and name != self._plan.current:
            self.action_pane(name)

    def on_tabs_chosen(self, message: Tabs.Chosen) -> None:
        self.action_pane(message.name)

    def on_pane_touched(self, message: messages.PaneTouched) -> None:
        """A click on a pane's frame, or on the alert strip, gives that pane the keys; a second one zooms it."""
        self.action_pane(message.name)
        if message.key is not None:
            self.pane.find(message.key)
        elif message.twice and self._plan.kind != "narrow":
            self.action_zoom()
