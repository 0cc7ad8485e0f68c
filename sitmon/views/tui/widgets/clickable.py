"""A click in, what it means for a list of rows out: select, open, sort, or give the pane the keys."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.scroll_view import ScrollView

from sitmon.views.tui.messages import PaneTouched
from sitmon.views.tui.plan import PANES

R = TypeVar("R")


class Clickable(ScrollView, Generic[R]):
    """Rows under a head, for the mouse. What a row is, and what follows, a subclass says."""

    HEADER: ClassVar[int] = 0
    """Lines at the top that do not scroll."""
    ONE_CLICK: ClassVar[bool] = False
    """Whether the first click on a row opens it, as in a list of answers; else it selects, and the second opens."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[R] = []
        self._clicked: Hashable = None
        """The row that the last click selected: another click on it opens it."""

    @property
    def heading(self) -> int:
        """How many lines at the top do not scroll."""
        return self.HEADER

    def key(self, row: R) -> Hashable:
        """Return what a row is known by over time."""
        raise NotImplementedError

    def go(self, row: int) -> None:
        """Move the cursor to a row, and the row into sight."""
        raise NotImplementedError

    def next_order(self) -> None:
        """Sort by the next of the pane's orders."""
        raise NotImplementedError

    def action_open_row(self) -> None:
        """Open the row under the cursor."""
        raise NotImplementedError

    def row_at(self, x: int, y: int) -> int | None:
        """Return the number of the row that stands at a cell of what is seen; None where none does."""
        raise NotImplementedError

    def on_click(self, event: events.Click) -> None:
        """Select the row that is clicked; opened is the row that the last click has selected."""
        event.stop()
        x, y = event.x - self.gutter.left, event.y - self.gutter.top
        if not 0 <= y < self.size.height:
            name = next((n for n in PANES if n == self.id), None)
            if name is not None:
                self.post_message(PaneTouched(name, twice=event.chain > 1))
            return
        if self.rows and y < self.heading:
            self.next_order()
            return
        row = self.row_at(x, y)
        if row is None:
            return
        key = self.key(self.rows[row])
        again = self.ONE_CLICK or key == self._clicked
        self.go(row)
        if again:
            self.action_open_row()
        else:
            self._clicked = key
