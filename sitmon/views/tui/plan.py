"""A size in, the region of every pane out: three layouts, chosen by width, and the zoom. Pure but for one class.

The regions are computed, not styled: showing and hiding panes by style classes loses resize events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

PaneName = Literal["status", "map", "alerts", "quotes", "feed", "activity"]
PANES: Final[tuple[PaneName, ...]] = ("status", "map", "alerts", "quotes", "feed", "activity")
"""In the order of their digits, from 1."""
Breadth = Literal["narrow", "medium", "wide"]
MEDIUM: Final = 110
WIDE: Final = 170
LOW: Final = 22
SMALLEST: Final = (60, 16)
STRIP: Final = 5
"""Lines of the alert strip under the one pane of the narrow layout, its title included."""


def breadth(width: int, height: int) -> Breadth:
    """Return which layout a terminal gets; a low one gets tabs however wide it is."""
    return "narrow" if width < MEDIUM or height < LOW else "medium" if width < WIDE else "wide"


def too_small(width: int, height: int) -> bool:
    """Return whether nothing useful can be shown."""
    return width < SMALLEST[0] or height < SMALLEST[1]


def regions(width: int, height: int, current: PaneName, *, kind: Breadth, zoomed: bool = False) -> dict[str, Region]:
    """Return where every pane that is seen stands, by name; "strip" is the narrow layout's alert strip."""
    whole = Region(0, 0, width, height)
    if zoomed:
        return {current: whole}
    if kind == "narrow":
        return _narrow(width, height, current)
    if kind == "medium":
        return _medium(width, height, current)
    return _wide(width, height)


def _narrow(width: int, height: int, current: PaneName) -> dict[str, Region]:
    if current == "alerts" or height < 12:
        return {current: Region(0, 0, width, height)}
    return {current: Region(0, 0, width, height - STRIP), "strip": Region(0, height - STRIP, width, STRIP)}


def _medium(width: int, height: int, current: PaneName) -> dict[str, Region]:
    left = width * 71 // 120
    below = max(8, height * 11 // 37)
    above = height - below
    tiles = min(15, above - 6)
    feed = width * 74 // 120
    found = {
        "status": Region(0, 0, left, above),
        "alerts": Region(left, tiles, width - left, above - tiles),
        "feed": Region(0, above, feed, below),
        "quotes": Region(feed, above, width - feed, below),
    }
    # There is no room for the activity of the day here: it takes the map's place while it is looked at.
    found["activity" if current == "activity" else "map"] = Region(left, 0, width - left, tiles)
    return found


def _wide(width: int, height: int) -> dict[str, Region]:
    first = min(100, width * 84 // 200) if width >= 190 else 71
    third = max(40, width * 50 // 200)
    second = width - first - third
    chart = max(7, min(28, height - 38))
    tiles = min(30, height // 2)
    return {
        "status": Region(0, 0, first, height - chart),
        "activity": Region(0, height - chart, first, chart),
        "map": Region(first, 0, second, tiles),
        "feed": Region(first, tiles, second, height - tiles),
        "alerts": Region(first + second, 0, third, tiles),
        "quotes": Region(first + second, tiles, third, height - tiles),
    }


class Plan(Layout):
    """Puts the panes where `regions` says; a pane without a region is not seen."""

    name = "plan"

    def __init__(self) -> None:
        self.current: PaneName = "status"
        self.zoomed = False
        self.small = False
        self.kind: Breadth = "medium"

    def regions(self, size: Size) -> Mapping[str, Region]:
        """Return the regions of the panes in a container of this size."""
        if self.small:
            return {"small": Region(0, 0, size.width, size.height)}
        return regions(size.width, size.height, self.current, kind=self.kind, zoomed=self.zoomed)

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return a placement for every pane that is seen."""
        parent.pre_layout(self)
        found = self.regions(size)
        return [
            WidgetPlacement(found[child.id], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id is not None and child.id in found
        ]
