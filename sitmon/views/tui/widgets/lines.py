"""Rows in, painted lines out: the one base that every pane stands on, on Textual's Line API.

A pane of a hundred thousand rows paints only the lines that are seen, and repaints only those that changed. The cursor
belongs to a row, not to a line number: rows that come in above never move it under the officer's hand. A resize event
may be lost by the framework, so nothing waits for one: the width is compared where lines are painted.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import ClassVar, Final, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from sitmon.views.tui import commands
from sitmon.views.tui.filtering import Filter
from sitmon.views.tui.ink import Look, Pen, blank, wrap
from sitmon.views.tui.palette import style
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.clickable import Clickable
from sitmon.views.tui.widgets.stack import Stack

R = TypeVar("R")
GUTTER: Final = 1
"""Cells at the left that say where the cursor is."""
AROUND: Final = 4
"""Cells of the lower edge that no word stands in."""


class Lines(Clickable[R], can_focus=True):
    """A scrolling list of rows under a cursor. A pane says what its rows are and how one is painted."""

    DEFAULT_CSS = """
    Lines {
        background: $desk-bg;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """
    BINDINGS = commands.bindings("pane")
    ALLOW_SELECT = False
    TALL: ClassVar[bool] = False
    """Whether a row may take more than one line."""
    STREAMS: ClassVar[bool] = False
    """Whether new rows come in above the old ones, so that the line under the eye must be held where it is."""
    ORDERS: ClassVar[tuple[str, ...]] = ()
    """The orders that the officer can choose from; the first is the default."""

    scene: reactive[Scene | None] = reactive(None, repaint=False)
    look: reactive[Look] = reactive(Look, repaint=False)
    local_times: reactive[bool] = reactive(False, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.wanted = Filter()
        self.order = self.ORDERS[0] if self.ORDERS else ""
        self.unseen = 0
        """Rows that came in above while the officer was reading further down."""
        self.hint = ""
        """What the lower edge says where a pane has nothing of its own to say."""
        self.told = ""
        """What is said to the officer just now, at the lower edge too."""
        self.total = 0
        """Rows before the filter."""
        self._stack = Stack(tall=self.TALL)
        self._strips: dict[int, Strip] = {}
        self._width = 0
        self._caption = ""

    # -- what a pane says of itself ---------------------------------------------------------------------------------

    def collect(self, scene: Scene) -> Sequence[R]:
        """Return the rows in the order in which they are shown, before the filter."""
        raise NotImplementedError

    def paint(self, row: R, pen: Pen) -> list[Strip]:
        """Return the lines of a row."""
        raise NotImplementedError

    def head(self, pen: Pen) -> list[Strip]:
        """Return the `HEADER` lines."""
        return []

    def fields(self, row: R) -> Mapping[str, str]:
        """Return what a filter may look into."""
        return {}

    def why_empty(self, scene: Scene) -> Sequence[str]:
        """Return why there is nothing to show and what to do about it, one thing a line."""
        return ("Nothing yet.",)

    def captions(self) -> Sequence[str]:
        """Return what the pane says at its lower edge, in ever fewer words: the first that has room is said."""
        return (self.hint,)

    def tells(self, row: R) -> str:
        """Return a row as one line of plain text, to be copied."""
        return ""

    def link(self, row: R) -> str | None:
        """Return the address that a row leads to."""
        return None

    def version(self, row: R) -> Hashable:
        """Return what changes when the number of a row's lines may change."""
        return self.key(row)

    # -- rows -------------------------------------------------------------------------------------------------------

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def following(self) -> bool:
        """Whether the pane goes with the newest row: it does while the first row has the cursor and is in sight."""
        return self.cursor == 0 and not self.scroll_offset.y

    def watch_scene(self) -> None:
        """Paint what has changed."""
        self.rebuild()

    def watch_look(self) -> None:
        """Paint everything anew."""
        self._forget()
        self.rebuild()

    watch_local_times = watch_look

    def choose(self, wanted: Filter) -> None:
        """Show only what a filter takes."""
        self.wanted = wanted
        self.cursor = 0
        self.rebuild()
        self.scroll_to(y=0, animate=False, force=True)

    def next_order(self) -> None:
        """Sort by the next of the pane's orders."""
        if self.ORDERS:
            self.choose_order(self.ORDERS[(self.ORDERS.index(self.order) + 1) % len(self.ORDERS)])

    def choose_order(self, order: str) -> None:
        """Sort by one of the pane's orders; any other word changes nothing."""
        if order in self.ORDERS and order != self.order:
            self.order = order
            self.rebuild()

    def rebuild(self) -> None:
        """Take the rows from the scene anew; the cursor stays on its row, and its row stays where it is seen."""
        if self.scene is None:
            return
        held = self.key(self.rows[self.cursor]) if self.rows and not self.following else None
        seen_at = self._stack.top(self.cursor) - self.scroll_offset.y
        before = len(self.rows)
        everything = self.collect(self.scene)
        self.total = len(everything)
        self.rows = [r for r in everything if self.wanted.takes(self.fields(r))] if self.wanted else list(everything)
        moved = self._find(held, len(self.rows) - before)
        if held is not None and moved > self.cursor:
            self.unseen += moved - self.cursor
        self.cursor = max(0, min(moved, len(self.rows) - 1))
        if self.following:
            self.unseen = 0
        pen = self._pen()
        self._stack.build(self.rows, lambda r: (self.version(r), pen.width), lambda r: len(self.paint(r, pen)))
        self._measure()
        if held is not None and (self.STREAMS or self.scroll_offset.y):
            self.scroll_to(y=self._stack.top(self.cursor) - seen_at, animate=False, force=True)
        self._repaint_changed()
        self.retitle()

    def retitle(self) -> None:
        """Say at the edges of the pane what it shows."""
        versions = [self.look.sign(text) for text in ((self.told,) if self.told else self.captions())] or [""]
        room = self.size.width - AROUND
        caption = next((text for text in versions if cell_len(text) <= room), versions[-1])
        if caption != self._caption:
            self._caption = caption
            self.border_subtitle = Content(caption)

    def _find(self, key: Hashable | None, grown: int) -> int:
        if key is None:
            return 0
        for guess in (self.cursor, self.cursor + grown):
            if 0 <= guess < len(self.rows) and self.key(self.rows[guess]) == key:
                return guess
        return next((n for n, row in enumerate(self.rows) if self.key(row) == key), self.cursor)

    def _measure(self) -> None:
        size = Size(self._pen().width + GUTTER, self.heading + self._stack.lines)
        if size != self.virtual_size:
            # Assigned the usual way, every new row would have the framework lay the whole screen out anew.
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _forget(self) -> None:
        self._strips.clear()
        self._stack.heights.clear()
        self.refresh()

    # -- painting ---------------------------------------------------------------------------------------------------

    def _pen(self, *, selected: bool = False) -> Pen:
        width = self._width or self.scrollable_content_region.width or self.size.width
        return Pen(
            self.look, max(1, width - GUTTER), selected and (self.has_focus or self.app.focused is None), self.has_focus
        )

    def render_line(self, y: int) -> Strip:
        """Return the line at `y` of what is seen."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._strips.clear()
            self.call_later(self.rebuild)
        strip = self._strip(y)
        self._strips[y] = strip
        return strip

    def _strip(self, y: int) -> Strip:
        """Return a line with its gutter: the cursor's row is marked there, for eyes and screens without colours."""
        pen = self._pen()
        body = self.body(y, pen) if self.scene is not None else None
        marked = body is not None and y == self._cursor_line() and pen.focused
        p = self.look.palette
        gutter = Segment(self.look.sign("›") if marked else " ", style(p.accent, p.bg, bold=True))
        return Strip([gutter, *(body or blank(self.look, pen.width))], pen.width + GUTTER)

    def _cursor_line(self) -> int | None:
        if not self.rows:
            return None
        return self._stack.top(self.cursor) + self.heading - self.scroll_offset.y

    def body(self, y: int, pen: Pen) -> Strip | None:
        """Return the line at `y` without its gutter; None where it is empty."""
        if not self.rows:
            return self._empty(y - self.heading, pen)
        if y < self.heading:
            return self.head(pen)[y]
        row, part = self._stack.at(self.scroll_offset.y + y - self.heading)
        if row is None:
            return None
        strips = self.paint(self.rows[row], self._pen(selected=row == self.cursor))
        return strips[part] if part < len(strips) else None

    def _empty(self, y: int, pen: Pen) -> Strip | None:
        p = self.look.palette
        says = self._no_match() if self.wanted and self.total else self.why_empty(self.scene) if self.scene else ()
        lines = [(text, not n) for n, one in enumerate(says) for text in wrap(self.look.sign(one), pen.width - 2)]
        if not 1 <= y <= len(lines):
            return None
        text, first = lines[y - 1]
        return pen.line().gap(1).put(text, p.fg if first else p.dim, bold=first).done()

    def _no_match(self) -> tuple[str, ...]:
        return (f"Nothing here matches “{self.wanted.text}”.", f"0 of {self.total:,} · esc clears the filter")

    def _repaint_changed(self) -> None:
        """Send only those lines to the screen that say something new."""
        if self.scrollable_content_region.width != self._width:
            self.refresh()
            return
        for y, old in list(self._strips.items()):
            if y >= self.size.height:
                del self._strips[y]
            elif self._strip(y) != old:
                self.refresh_line(y + self.scroll_offset.y)

    def _refresh_row(self, row: int) -> None:
        if row < len(self.rows):
            top = self._stack.top(row)
            self.refresh_lines(top + self.heading, self._stack.bottom(row) - top)

    # -- hands ------------------------------------------------------------------------------------------------------

    def go(self, row: int) -> None:
        """Move the cursor to a row, and the row into sight."""
        if not self.rows:
            return
        left, self._clicked = self.cursor, None
        self.cursor = max(0, min(row, len(self.rows) - 1))
        if not self.cursor:
            self.unseen = 0
        top, bottom = self._stack.top(self.cursor), self._stack.bottom(self.cursor)
        room = max(1, self.size.height - self.heading)
        y = self.scroll_offset.y
        if top < y:
            y = top
        elif bottom > y + room:
            y = min(top, bottom - room)
        if y != self.scroll_offset.y:
            self.scroll_to(y=y, animate=False, force=True)
        else:
            self._refresh_row(left)
            self._refresh_row(self.cursor)
        self.retitle()
        if self.cursor == len(self.rows) - 1:
            self.at_end()

    def find(self, key: Hashable) -> None:
        """Move the cursor to the row of this key, if it is shown."""
        at = next((n for n, row in enumerate(self.rows) if self.key(row) == key), None)
        if at is not None:
            self.go(at)

    def at_end(self) -> None:
        """Called when the cursor reaches the last row."""

    def action_down(self) -> None:
        self.go(self.cursor + 1)

    def action_up(self) -> None:
        self.go(self.cursor - 1)

    def action_top(self) -> None:
        self.go(0)

    def action_follow(self) -> None:
        self.go(0)

    def action_bottom(self) -> None:
        if self.rows:
            self.go(len(self.rows) - 1)
        else:
            self.at_end()  # of what a filter passes nothing is loaded; there may be more of it

    def action_half_page(self, direction: int) -> None:
        self._leap(direction, max(1, (self.size.height - self.heading) // 2))

    def action_whole_page(self, direction: int) -> None:
        self._leap(direction, max(1, self.size.height - self.heading - 1))

    def _leap(self, direction: int, lines: int) -> None:
        target = max(0, self._stack.top(self.cursor) + direction * lines)
        row, _ = self._stack.at(target)
        if row is None:
            row = len(self.rows) - 1
        self.go(row if row != self.cursor else self.cursor + direction)

    def row_at(self, x: int, y: int) -> int | None:
        return self._stack.at(self.scroll_offset.y + y - self.heading)[0]

    def action_open_row(self) -> None:
        if self.current is not None:
            self.open(self.current)

    def open(self, row: R) -> None:
        """Tell the screen that the officer wants to see what is behind a row."""

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._repaint_changed()
        self.retitle()

    def on_resize(self) -> None:
        """What is said at the edges goes by the room that there is now."""
        self.retitle()
