"""Rows and how many lines each takes in, which line is whose out. It paints nothing, and knows no row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

R = TypeVar("R")


class Stack:
    """Rows under one another. Where each takes one line, nothing is kept but their number."""

    def __init__(self, *, tall: bool) -> None:
        """`tall`: a row may take more than one line."""
        self._tall = tall
        self._count = 0
        self._starts = [0]
        self.heights: dict[Hashable, int] = {}
        """How many lines a row takes, by its version: of what is shown no more nothing is remembered."""

    def build(self, rows: Sequence[R], version: Callable[[R], Hashable], height: Callable[[R], int]) -> None:
        """Stack rows anew; `height` is asked of those only whose version is new."""
        self._count = len(rows)
        if not self._tall:
            return
        starts = [0]
        heights: dict[Hashable, int] = {}
        for row in rows:
            name = version(row)
            lines = heights[name] = self.heights.get(name) or height(row)
            starts.append(starts[-1] + lines)
        self._starts, self.heights = starts, heights

    @property
    def lines(self) -> int:
        """How many lines all take."""
        return self._starts[-1] if self._tall else self._count

    def top(self, row: int) -> int:
        """Return the line in which a row begins; the end of all for one that is not there."""
        return self._starts[min(row, len(self._starts) - 1)] if self._tall else row

    def bottom(self, row: int) -> int:
        """Return the line after a row's last."""
        return self.top(row + 1)

    def at(self, line: int) -> tuple[int | None, int]:
        """Return whose a line is, and which of its lines; None where it is nobody's."""
        if not 0 <= line < self.lines:
            return None, 0
        if not self._tall:
            return line, 0
        row = bisect_right(self._starts, line) - 1
        return row, line - self._starts[row]
