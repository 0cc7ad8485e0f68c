"""The part of the desk's screen that sets its panes: their filters, and the views that keep how all of it is set."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from sitmon.views.tui.filtering import read
from sitmon.views.tui.plan import PANES
from sitmon.views.tui.remembered import View
from sitmon.views.tui.screens.arranging import ArrangingScreen
from sitmon.views.tui.widgets.lines import Lines


class SettingScreen(ArrangingScreen):
    """A screen whose panes can be filtered, and set as they were once."""

    def filter_pane(self, pane: Lines[Any], text: str) -> None:
        """Show in a pane only what a filter takes; its title says so."""
        pane.choose(read(text))
        title = pane.BORDER_TITLE or ""
        pane.border_title = Content(f"{title}  /{pane.wanted.text}" if pane.wanted else title)
        self.footnote()

    def footnote(self) -> None:
        """Say at the foot of the screen what is not as usual: a filter, the past."""
        raise NotImplementedError

    def view(self) -> View:
        """Return how the panes are set."""
        panes = {name: self.pane_of(name) for name in PANES}
        return View(
            pane=self._plan.current,
            zoomed=self._plan.zoomed,
            orders={name: pane.order for name, pane in panes.items() if pane.order},
            filters={name: pane.wanted.text for name, pane in panes.items() if pane.wanted},
            local_times=self.local_times,
        )

    def set_view(self, view: View) -> None:
        """Set the panes as a view says; what it names that there is not (an older version's) stays as it is."""
        for name in PANES:
            pane = self.pane_of(name)
            pane.choose_order(view.orders.get(name, pane.order))
            if pane.wanted.text != (wanted := view.filters.get(name, "")):
                self.filter_pane(pane, wanted)
        self.local_times = view.local_times
        self._plan.zoomed = view.zoomed
        self.action_pane(next((name for name in PANES if name == view.pane), self._plan.current))
