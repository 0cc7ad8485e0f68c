"""The panes' ground: it lays them out by the plan instead of by a stylesheet."""

from __future__ import annotations

from textual.layout import Layout
from textual.widget import Widget

from sitmon.views.tui.plan import Plan


class PaneArea(Widget, can_focus=False):
    """Holds every pane; those without a region in the plan are not seen."""

    def __init__(self, plan: Plan, *, id: str) -> None:
        super().__init__(id=id)
        self._plan = plan

    @property
    def layout(self) -> Layout:
        """The plan; the framework's stylesheets know only layouts of its own."""
        return self._plan

    def rearrange(self) -> None:
        """Lay the panes out anew; asked of a child, because that is what makes the framework forget the old layout."""
        for child in self.children[:1]:
            child.refresh(layout=True)
