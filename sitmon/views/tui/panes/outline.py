"""A drawn sheet and statuses in, the lines of the map of outlines out: tinted ground, borders in braille, names."""

from __future__ import annotations

from collections.abc import Mapping

from textual.strip import Strip

from sitmon.model.picture import Status
from sitmon.views.tui.ink import Line, Pen
from sitmon.views.tui.panes.sheet import Cell, Sheet
from sitmon.views.tui.panes.status import UNSETTLED
from sitmon.views.tui.panes.tiles import ground_of, short_code

HATCH = 4
"""Every so many cells of an unsettled province one is hatched."""
NAMED = 4
"""Cells that a sign and three letters need."""


def paint(sheet: Sheet, y: int, pen: Pen, held: Mapping[str, Status], chosen: str) -> Strip | None:
    """Return a line of the map; None below it. `held` are the statuses by province, `chosen` the cursor's province."""
    if y >= len(sheet.cells):
        return None
    line = pen.line().gap(left_of(sheet, pen.width))
    names = {column: (code, room) for code, (row, column, room) in sheet.anchors.items() if row == y and code in held}
    skip = 0
    for column, cell in enumerate(sheet.cells[y]):
        if column in names:
            code, room = names[column]
            skip = _label(line, pen, held[code], room, code == chosen)
        if skip:
            skip -= 1
            continue
        _cell(line, pen, cell, held.get(cell.province or ""), column + 2 * y, cell.province == chosen)
    return line.done()


def left_of(sheet: Sheet, width: int) -> int:
    """Return the cells left of the map, which stands in the middle of its pane."""
    return (width - len(sheet.cells[0])) // 2


def _cell(line: Line, pen: Pen, cell: Cell, status: Status | None, diagonal: int, chosen: bool) -> None:
    look, p = pen.look, pen.look.palette
    if status is None:
        line.put("+" if look.ascii_only and cell.sign != " " else cell.sign, p.faint, 1, ground=p.bg)
        return
    sign, ink = cell.sign, look.of_holder(status.holder)
    if sign == " " and status.basis in UNSETTLED and diagonal % HATCH == 0:
        sign = look.sign("╱")
    elif sign != " " and look.ascii_only:
        sign = "+"
    line.put(sign, p.accent if chosen else ink, 1, ground=p.selected if chosen else ground_of(look, status))


def _label(line: Line, pen: Pen, status: Status, room: int, chosen: bool) -> int:
    """Write how a province stands and, where there is room for it, what it is called; return the cells taken."""
    look, p = pen.look, pen.look.palette
    ground = p.accent if chosen else ground_of(look, status)
    colour = p.on_accent if chosen else look.of_holder(status.holder)
    line.put(look.glyph(status.holder, status.basis), colour, 1, bold=True, ground=ground)
    if room < NAMED:
        return 1
    mark = "!" if status.pressing and room > NAMED else ""
    name = short_code(status.place.province) + mark
    line.put(name, p.on_accent if chosen else p.fg, len(name), bold=True, ground=ground)
    return 1 + len(name)
