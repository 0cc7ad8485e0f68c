"""The bar at the top: whether this is live, and which day it shows, at any width; a replay's end is no trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.model.update import Progress
from sitmon.views.tui.app import Desk
from sitmon.views.tui.stage import Stage
from sitmon.views.tui.widgets.headline import headline

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]


@pytest.mark.parametrize("width", [60, 72, 80, 100, 120, 200])
@pytest.mark.parametrize("kind", ["live", "replay", "ended", "past", "paused"])
def test_it_always_says_what_it_is_and_which_day_it_shows(width: int, kind: str, port: Any) -> None:
    stage = Stage(port.area)
    stage.take(port.last)
    if kind == "replay":
        stage.take(replace(port.last, live=False, progress=Progress("replaying", 1_284, 12_500)))
    elif kind == "ended":
        stage.take(replace(port.last, live=False, ended=True))
    elif kind == "paused":
        stage.pause(True)
    elif kind == "past":
        stage.look_at(replace(port.last.picture, now=port.time - timedelta(hours=3)))
    scene = stage.scene(port.time)
    words = headline(scene, scene.now, port.time, width)
    assert words.cells < width
    assert words.day == "8 Aug 2021"
    assert words.sign.split(" ")[1] == {"ended": "REPLAY"}.get(kind, kind.upper())
    assert ("ended" in words.sign) == (kind == "ended")
    assert words.clock.startswith("13:42" if kind == "past" else "16:42")
    assert words.alerts
    assert "/" in words.sources or kind == "ended"


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_display_that_is_held_shows_its_own_day_and_clock(width: int, port: Any) -> None:
    stage = Stage(port.area)
    stage.take(port.last)
    stage.pause(True, port.time)
    later = port.time + timedelta(days=5)
    stage.take(replace(port.last, now=later, alerts=()))
    scene = stage.scene(later)
    words = headline(scene, scene.shown, later, width)
    assert (scene.shown, words.day) == (port.time, "8 Aug 2021")
    assert words.clock.startswith("16:42")
    assert words.clock.endswith(" held")
    stage.pause(False)
    assert stage.scene(later).shown == later


async def test_the_bar_has_the_clock_of_the_rows(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "16:42:07 UTC" in screen(app).splitlines()[0]
        await pilot.press("3", "T")
        await settle(pilot)
        text = screen(app)
        assert "21:12:07 Kabul" in text.splitlines()[0]
        assert "EXTREME 18:07" in text  # three hours and five minutes before
        await pilot.press("space")
        port.time += timedelta(hours=8)
        await settle(pilot)
        assert "21:12 Kabul held" in screen(app).splitlines()[0]
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert "16:42 UTC" in screen(app).splitlines()[0]


async def test_a_replay_says_its_day_in_the_smallest_layouts(port: Any, settle: Settle, screen: Screen) -> None:
    port.give(replace(port.last, live=False, entries=(), alerts=(), progress=Progress("replaying", 12, 135)))
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        for size in ((80, 24), (60, 16)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            bar = screen(app).splitlines()[0]
            assert "8 Aug 2021" in bar
            assert "▶ REPLAY" in bar
            assert "12/135" in bar


async def test_a_replay_that_has_ended_looks_like_no_error(port: Any, settle: Settle, screen: Screen) -> None:
    port.give(replace(port.last, live=False, ended=True, entries=(), alerts=()))
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = screen(app).splitlines()[0]
    assert "‖ REPLAY ended" in bar
    assert "✕" not in bar


@pytest.mark.parametrize("width", [60, 64, 80, 109])
async def test_no_tab_is_cut(width: int, port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        tabs = screen(app).splitlines()[2]
        for n, name in enumerate(("Status", "Map", "Alerts 3", "Quotes", "Feed", "Activity"), 1):
            assert f"{n} {name}" in tabs
        await pilot.click("Tabs", offset=(tabs.index("6 Act") + 1, 0))
        assert app._desk.pane.id == "activity"


async def test_where_there_are_tabs_every_pane_says_what_it_says_on_a_line_of_its_own(
    port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        lines = screen(app).splitlines()
        rule = next(n for n, line in enumerate(lines) if line.startswith("─ 3 Alerts ─"))
        assert set(lines[rule].replace(" 3 Alerts ", "")) == {"─"}
        assert lines[rule - 1].strip() == "34 provinces · newest change first · s sort"
        await pilot.press("3")
        await settle(pilot)
        assert "3 unacknowledged · a ack" in screen(app)
