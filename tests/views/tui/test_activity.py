"""The activity pane: a row of bars is chosen and opened as any other row, and lists what it has counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.views.tui.app import Desk
from sitmon.views.tui.counted import MOST, blocks_of, title_of
from sitmon.views.tui.screens.why import CountScreen, ItemScreen
from sitmon.views.tui.stage import Stage
from sitmon.views.tui.widgets.zones import zone_of

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "title", "says", "silent"),
    [
        ([], "4 reports in 24 h", "Sada-e Koh C  CLAIM", "Prices of flour"),
        (["down"], "1 claim in 24 h", "Taliban say they took Taloqan", "Kunduz"),
        (["down", "down"], "1 confirmation in 24 h", "13:37  Kunduz  ■ TALIBAN (conceded)", "Taloqan"),
    ],
)
async def test_enter_lists_what_is_counted(
    size: tuple[int, int],
    keys: list[str],
    title: str,
    says: str,
    silent: str,
    port: Any,
    settle: Settle,
    screen: Screen,
) -> None:
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("6", *keys)
        await settle(pilot)
        kind = ("reports", "claims", "confirmed")[len(keys)]
        assert f"›{kind}" in screen(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, CountScreen)
        frame = app.screen.children[0].region
        lines = screen(app).splitlines()[frame.y : frame.bottom]
        text = "\n".join(line[frame.x : frame.right] for line in lines)
        assert title in text
        assert says in text
        assert silent not in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ItemScreen)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert len(app.screen_stack) == 1


async def test_it_is_clicked_as_the_others_are(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        pane = app._desk.pane_of("activity")
        claims = pane._cursor_line() + 2  # type: ignore[operator]
        for _ in range(2):
            await pilot.click("#activity", offset=(3, claims))
            await settle(pilot)
        assert isinstance(app.screen, CountScreen)
        assert pane.current == "claims"


def test_what_is_not_listed_is_said(port: Any, make_entry: Callable[..., Any]) -> None:
    stage = Stage(port.area)
    stage.take(replace(port.last, entries=(), alerts=()))
    stage.add(
        make_entry(n, "Kabul Ledger", 1, f"Clash {n} in Kunduz", code="AF-KDZ/kunduz", event="clash", cue="Clash")
        for n in range(MOST + 30)
    )
    scene = stage.scene(port.time)
    blocks = blocks_of(scene, "reports", zone_of(None, False))
    assert title_of(scene, "reports") == f"{MOST + 30} reports in 24 h"
    assert sum(block.stands for block in blocks) == MOST
    assert blocks[-1].text == "30 more: further back in the feed"
    later = stage.scene(port.time + timedelta(days=2))
    assert [b.text for b in blocks_of(later, "claims", zone_of(None, False))] == ["Nothing in the last 24 hours."]
