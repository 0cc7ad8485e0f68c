"""The map's two views: tiles, and outlines drawn in braille; what an outline's file must be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon import area_outline
from sitmon.area import Area
from sitmon.area_outline import Outline
from sitmon.errors import AreaError
from sitmon.views.tui.app import Desk
from sitmon.views.tui.panes.map import MapPane
from sitmon.views.tui.panes.sheet import Sheet

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
ROOT = Path(__file__).parents[3]


def test_the_bundled_outline_has_every_province_in_one_piece_of_its_own(area: Area) -> None:
    outline = area_outline.read(area.folder)
    assert outline is not None
    assert set(outline.codes) == set(area.tiles)
    found = {n for row in outline.dots for n in row}
    assert found == set(range(len(outline.codes) + 1))


@pytest.mark.parametrize(("width", "height"), [(60, 18), (66, 22), (118, 36), (198, 60)])
def test_every_province_has_a_place_for_its_sign_at_every_size(area: Area, width: int, height: int) -> None:
    outline = area_outline.read(area.folder)
    assert outline is not None
    sheet = Sheet.draw(outline, width, height)
    assert len(sheet.cells) <= height
    assert all(len(row) <= width for row in sheet.cells)
    assert set(sheet.anchors) == set(outline.codes)
    for code, (row, column, room) in sheet.anchors.items():
        assert sheet.cells[row][column].province == code
        assert column + min(room, 5) <= len(sheet.cells[row])
    taken = sorted((row, column, min(room, 5)) for row, column, room in sheet.anchors.values())
    for (row, column, room), (next_row, next_column, _) in pairwise(taken):
        assert row != next_row or column + (room if room > 3 else 1) <= next_column


def test_a_border_is_drawn_between_two_provinces_and_nowhere_inside() -> None:
    outline = Outline(("A", "B"), tuple(tuple([1] * 20 + [2] * 20) for _ in range(16)))
    cells = Sheet.draw(outline, 20, 4).cells
    assert [c.province for c in cells[1]] == ["A"] * 10 + ["B"] * 10
    assert [c.sign == " " for c in cells[1]][1:9] == [True] * 8
    assert cells[1][9].sign == "⢸"


async def test_m_shows_outlines_where_there_is_room_and_says_what_is_missing_where_not(
    port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        text = screen(app)
        assert "Faryab: GOVT, assumed · z outlines" in text
        assert "FYB‹ JOW╱" in text  # the mark stands at its own tile
        await pilot.press("1")
        await settle(pilot)
        assert "outlines need 60x18: z" in screen(app)
        await pilot.press("2")
        await pilot.press("z")
        await settle(pilot)
        text = screen(app)
        assert "□TAK" in text
        assert "◆HER!" in text
        assert "⠒" in text
        assert "schematic" in text
        pane = app._desk.query_one(MapPane)
        chosen = pane.cursor
        await pilot.press("l")
        await settle(pilot)
        assert pane.cursor != chosen
        await pilot.press("m")
        await settle(pilot)
        assert "⠒" not in screen(app)
        assert "schematic" in screen(app)


async def test_on_a_narrow_screen_the_name_under_the_cursor_stands_below_either_map(
    port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for keys, says in (
            (("2",), "schematic · Faryab: GOVT, assumed"),
            (("m",), "Faryab: GOVT, assumed · outlines need 60x18: z"),
            (("z",), "schematic · Faryab: GOVT, assumed"),
            (("l",), "schematic · Jowzjan: TALIBAN, disputed 1d02h"),
            (("z",), "Jowzjan: TALIBAN, disputed 1d02h · outlines need 60x18: z"),
        ):
            await pilot.press(*keys)
            await settle(pilot)
            assert any(line.strip() == says for line in screen(app).splitlines()), (keys, says)


async def test_an_outline_in_plain_characters(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port, ascii_only=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m", "z")
        await settle(pilot)
        text = screen(app)
    assert text.isascii()
    assert "HER!" in text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("row 3*1 1*9", "line 4: '1*9' is no run"),
        ("row 3*1", "line 4: the row has 3 dots; expected 4"),
        ("row 9*1", "line 4: the row is longer than 4 dots"),
        ("row x", "line 4: 'x' is no run"),
        ("rows 4*1", "line 4: 'rows' is not known"),
        ("height 99999999", "line 4: '99999999' is no number of dots"),
        ("row 4*1\nrow 4*1", "it has 2 rows; expected 1"),
    ],
)
def test_a_damaged_outline_is_named_with_its_line(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "outline.txt").write_text(f"width 4\nheight 1\ncodes A B\n{line}\n")
    with pytest.raises(AreaError) as caught:
        area_outline.read(tmp_path)
    assert says in str(caught.value)
    assert area_outline.read(tmp_path / "none") is None


def test_the_tool_makes_an_outline_of_any_geojson(tmp_path: Path) -> None:
    square = '{"type":"Feature","properties":{"ID":"%s"},"geometry":{"type":"Polygon","coordinates":[%s]}}'
    left = "[[0,0],[2,0],[2,4],[0,4],[0,0]],[[0.5,1],[1.5,1],[1.5,3],[0.5,3],[0.5,1]]"
    right = "[[2,0],[4,0],[4,4],[2,4],[2,0]]"
    shapes = tmp_path / "shapes.geojson"
    shapes.write_text(f'{{"features":[{square % ("X-R", right)},{square % ("X-L", left)}]}}')
    command = [sys.executable, "-m", "tools.outline", str(shapes), str(tmp_path / "outline.txt")]
    subprocess.run([*command, "--code", "ID", "--width", "16", "--credit", "Ours."], cwd=ROOT, check=True, timeout=30)
    outline = area_outline.read(tmp_path)
    assert outline is not None
    assert outline.codes == ("X-L", "X-R")
    assert (outline.width, outline.height) == (16, 17)  # the earth is a little narrower two degrees off the equator
    assert outline.dots[8] == (1, 1, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2)
