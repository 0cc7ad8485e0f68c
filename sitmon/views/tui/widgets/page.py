"""Rows in, a page to read out: the keys move what is seen, not a cursor. It knows nothing of what stands on it."""

from __future__ import annotations

from typing import TypeVar

from sitmon.views.tui.widgets.lines import Lines

R = TypeVar("R")


class Page(Lines[R]):
    """Lines that are read from top to bottom; a subclass may have a cursor among them."""

    @property
    def following(self) -> bool:
        """A page does not move by itself."""
        return False

    def step(self, step: int) -> None:
        """Go a line down (1) or up (-1)."""
        self.scroll_by(step)

    def scroll_by(self, lines: int) -> None:
        """Scroll so many lines down; up, where they are negative."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def action_down(self) -> None:
        self.step(1)

    def action_up(self) -> None:
        self.step(-1)

    def action_top(self) -> None:
        self.scroll_to(y=0, animate=False, force=True)

    action_follow = action_top

    def action_bottom(self) -> None:
        self.scroll_to(y=self.virtual_size.height, animate=False, force=True)

    def _leap(self, direction: int, lines: int) -> None:
        self.scroll_by(direction * lines)
