"""Blocks in, a page to read out: the cursor goes from one piece of evidence to the next, the rest scrolls."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.strip import Strip

from sitmon.views.tui import messages
from sitmon.views.tui.ink import Pen
from sitmon.views.tui.passage import Block, paint
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.page import Page
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.wording import stamp


class Reader(Page[tuple[int, Block]]):
    """A long view: paragraphs, and among them such that open something."""

    TALL = True

    def __init__(self, *, id: str | None = None, lit: bool = True) -> None:
        """`lit` says whether the block under the cursor is told from the others; on a page about one it need not be."""
        super().__init__(id=id)
        self._lit = lit
        self._blocks: tuple[Block, ...] = ()

    def show(self, blocks: Sequence[Block]) -> None:
        """Show these blocks from the top."""
        self._blocks = tuple(blocks)
        self.cursor = 0
        self._forget()
        self.rebuild()
        self.scroll_to(y=0, animate=False, force=True)
        self.cursor = next((n for n, block in enumerate(self._blocks) if block.stands), 0)
        self._repaint_changed()

    def collect(self, scene: Scene) -> Sequence[tuple[int, Block]]:
        return tuple(enumerate(self._blocks))

    def key(self, row: tuple[int, Block]) -> Hashable:
        return row[0]

    def paint(self, row: tuple[int, Block], pen: Pen) -> list[Strip]:
        number, block = row
        lit = self._lit and pen.selected and block.stands
        if block.companion and self.has_focus and number == self.cursor + 1:
            lit = True
        return paint(block, Pen(pen.look, pen.width, selected=lit, focused=pen.focused))

    def step(self, step: int) -> None:
        at = self.cursor + step
        while 0 <= at < len(self.rows) and not self.rows[at][1].stands:
            at += step
        if 0 <= at < len(self.rows):
            self.go(at)
            self._show_companion()
        else:
            self.scroll_by(step)

    def _show_companion(self) -> None:
        after = self.cursor + 1
        if after < len(self.rows) and self.rows[after][1].companion:
            bottom = self._stack.bottom(after)
            if bottom > self.scroll_offset.y + self.size.height:
                self.scroll_to(y=bottom - self.size.height, animate=False, force=True)

    def tells(self, row: tuple[int, Block]) -> str:
        entry = row[1].entry
        if entry is None:
            return row[1].text
        address = f" {entry.item.url}" if entry.item.url else ""
        said = entry.item.title or entry.item.text
        return f"{stamp(entry.item.published, zone_of(None, False))}Z {entry.item.source}: {said}{address}"

    def link(self, row: tuple[int, Block]) -> str | None:
        return row[1].entry.item.url if row[1].entry else None

    def open(self, row: tuple[int, Block]) -> None:
        if row[1].entry is not None:
            self.post_message(messages.EntryOpened(row[1].entry))
