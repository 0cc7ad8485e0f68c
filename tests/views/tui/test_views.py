"""Saved views: what a desk is set to, kept under a name, brought back by a digit, from the palette, after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from sitmon.views.tui import remembered
from sitmon.views.tui.app import Desk
from sitmon.views.tui.remembered import Remembered, View

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
NIGHT = View(
    "feed", True, {"status": "by province", "map": "outline"}, {"feed": "kunduz", "quotes": "side:government"}, True
)


async def press(pilot: Pilot[Any], settle: Settle, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def test_a_view_is_saved_and_brought_back(port: Any, settle: Settle, screen: Screen, tmp_path: Path) -> None:
    memory = tmp_path / "desk.json"
    app = Desk(port, memory=memory)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, settle, "1", "s", "m", "4", "slash", *"side:government", "enter", "T")
        await press(pilot, settle, "5", "z", "slash", *"kunduz", "enter")
        await press(pilot, settle, "w", *"night watch", "enter")
        before = screen(app).splitlines()[2:-1]
        kept = remembered.load(memory).views["night watch"]
        assert (kept.pane, kept.zoomed, kept.filters, kept.local_times) == ("feed", True, NIGHT.filters, True)
        assert NIGHT.orders.items() <= kept.orders.items()
        await press(pilot, settle, "escape", "z", "1", "s", "m", "T", "4", "escape", "1")
        assert screen(app).splitlines()[2:-1] != before
        await press(pilot, settle, "v", "1")
        assert app._desk.pane.id == "feed"
        assert screen(app).splitlines()[2:-1] == before


async def test_views_stand_in_the_palette_after_a_restart_and_can_be_forgotten(
    port: Any, settle: Settle, screen: Screen, tmp_path: Path
) -> None:
    memory = tmp_path / "desk.json"
    remembered.save(memory, Remembered(views={"north": View("map"), "night watch": NIGHT}))
    app = Desk(port, memory=memory)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert [c.title for c in app.get_system_commands(app.screen)][-2:] == ["View: north", "View: night watch"]
        await press(pilot, settle, "v")
        assert "1 north" in screen(app)
        assert "2 night watch" in screen(app)
        await press(pilot, settle, "down", "enter")
        assert app._desk.view().filters == NIGHT.filters
        assert "/kunduz" in screen(app)
        await press(pilot, settle, "W", "1")
    assert list(remembered.load(memory).views) == ["night watch"]


async def test_a_view_of_another_version_sets_what_there_is(port: Any, settle: Settle, tmp_path: Path) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app._desk.set_view(View("globe", False, {"status": "by moon", "sky": "x"}, {"sky": "y"}))
        assert app._desk.pane.id == "status"
        assert app._desk.pane.order == "newest change first"


async def test_a_name_is_needed_and_no_more_views_are_kept_than_there_are_digits(
    port: Any, settle: Settle, screen: Screen, tmp_path: Path
) -> None:
    memory = tmp_path / "desk.json"
    remembered.save(memory, Remembered(views={f"view {n}": View() for n in range(9)}))
    app = Desk(port, memory=memory)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, settle, "w", "space", "enter")
        assert "a name of 1 to 40 letters" in screen(app)
        await press(pilot, settle, *"tenth", "enter")
        assert "9 views are kept already" in screen(app)
        await press(pilot, settle, "escape", "w", *"view 3", "enter")
    assert len(remembered.load(memory).views) == 9


async def test_without_a_saved_view_the_key_says_how_to_save_one(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, settle, "v")
        assert "w saves how the panes are set now" in screen(app)
        await press(pilot, settle, "w", *"north", "enter")
        assert "saved for this run: v 1 brings it back" in screen(app)
