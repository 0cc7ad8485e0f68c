"""What the desk says at its sizes, kept as text: SITMON_GOLDEN=write pytest writes the files anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.model.source import SourceHealth
from sitmon.views.tui.app import Desk
from sitmon.views.tui.plan import breadth, regions

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
GOLDEN = Path(__file__).parent / "golden"

CASES = {
    "80x24": ((80, 24), [], {}),
    "120x40": ((120, 40), [], {}),
    "200x50": ((200, 50), [], {}),
    "60x16": ((60, 16), [], {}),
    "120x40-ascii": ((120, 40), [], {"ascii_only": True}),
    "80x24-alerts": ((80, 24), ["3"], {}),
    "80x24-map": ((80, 24), ["2"], {}),
    "120x40-why": ((120, 40), ["down", "down", "down", "enter"], {}),
    "80x24-why": ((80, 24), ["enter"], {}),
    "120x40-alert": ((120, 40), ["3", "down", "enter"], {}),
    "120x40-item": ((120, 40), ["5", "down", "enter"], {}),
    "120x40-help": ((120, 40), ["question_mark"], {}),
    "120x40-sources": ((120, 40), ["i"], {}),
    "120x40-filter": ((120, 40), ["5", "slash", *"kunduz", "enter"], {}),
    "120x40-paused": ((120, 40), ["space"], {}),
    "120x40-past": ((120, 40), ["left_square_bracket"], {}),
}


@pytest.mark.parametrize("name", CASES)
async def test_screen(name: str, port: Any, settle: Settle, screen: Screen) -> None:
    size, keys, options = CASES[name]
    app = Desk(port, **options)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        text = screen(app) + "\n"
    assert max(map(len, text.splitlines())) <= size[0]
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("SITMON_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


async def test_an_empty_desk_says_why_and_what_to_do(empty_port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(empty_port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        text = screen(app)
    assert "polling 12/44" in text
    assert "No items yet." in text
    assert "No quotes yet." in text
    assert "No alerts yet." in text


async def test_before_every_source_has_been_asked_the_bar_says_how_far_it_is(
    area: Any, port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        port.give(replace(port.last, health=(SourceHealth("A", "ok"), SourceHealth("B", "ok")), alerts=()))
        await settle(pilot)
        assert "polling 0/2" in screen(app)
        tried = SourceHealth("A", "down", "No answer.", last_attempt=port.time)
        port.give(replace(port.last, health=(tried, SourceHealth("B", "ok"))))
        await settle(pilot)
        assert "polling 1/2" in screen(app)
        assert "NO ANSWER" not in screen(app)
        port.give(replace(port.last, health=(tried, replace(tried, source="B"))))
        await settle(pilot)
        assert "NO ANSWER" in screen(app)


SMALL = [(59, 16), (60, 15), (40, 10), (20, 5), (10, 3), (3, 2), (1, 1)]


@pytest.mark.parametrize("size", SMALL)
async def test_a_terminal_too_small_says_so(size: tuple[int, int], port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        if size[0] >= 20:
            said = " ".join(screen(app).split())
            assert said == (
                f"The desk needs 60x16 cells; this terminal has {size[0]}x{size[1]}. 3 alerts open. q quits."
            )
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        for said in ("1 Status", "SITMON", "? help"):
            assert said in screen(app)


@pytest.mark.parametrize(
    "keys", [["enter"], ["5", "enter"], ["question_mark"], ["i"], ["q"], ["t"], ["slash"], ["ctrl+p"]]
)
async def test_what_is_open_survives_a_terminal_too_small(
    keys: list[str], port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        before = app.screen_stack[-1]
        for size in SMALL:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            await pilot.press("down", "up", "pagedown", "pageup")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert app.screen_stack[-1] is before or keys == ["ctrl+p"]
        for _ in range(3):
            await pilot.press("escape")
            await settle(pilot)
        assert len(app.screen_stack) == 1
        assert "Takhar" in screen(app) or keys[0] == "5"


async def test_resizing_keeps_the_place_and_loses_no_pane(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down", "down", "down")
        await settle(pilot)
        pane = app.screen.query_one("#status")
        for size in ((120, 40), (60, 16), (200, 50), (40, 10), (170, 30), (110, 24), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert pane.current.place.name == "Kunduz"  # type: ignore[attr-defined]
            if size[0] >= 110:
                text = screen(app)
                for title in ("1 Status", "2 Map", "3 Alerts", "4 Quotes", "5 Feed"):
                    assert title in text, (size, title)
                assert "Taliban say they" in text, size
                assert "The whole of the city is in" in text, size


@pytest.mark.parametrize("width", range(60, 260, 7))
@pytest.mark.parametrize("height", [13, 22, 37, 47, 70])
def test_the_panes_cover_the_ground_and_never_each_other(width: int, height: int) -> None:
    found = regions(width, height, "status", kind=breadth(width, height))
    cells = [(x, y) for r in found.values() for y in range(r.y, r.bottom) for x in range(r.x, r.right)]
    assert len(cells) == len(set(cells)) == width * height
    assert min(r.height for r in found.values()) >= 4


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_no_name_of_the_area_is_cut(size: tuple[int, int], port: Any, settle: Settle, screen: Screen) -> None:
    """The longest province, capital, holder and basis of the area's data are written out at every size."""
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("z")
        seen = ""
        for _ in range(4):
            await settle(pilot)
            seen += screen(app)
            await pilot.press("pagedown")
    for place in port.area.capitals:
        assert place.name in seen
        assert port.area.places[place.province].name in seen
    for word in (*port.area.words.values(), "confirmed", "conceded"):
        assert word in seen or word == "UNKNOWN"
