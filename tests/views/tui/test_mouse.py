"""The mouse: in every pane a click selects and the next one opens, the wheel scrolls; frames, tabs, keys too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.widgets import Input

from sitmon.views.tui.app import Desk
from sitmon.views.tui.plan import PANES
from sitmon.views.tui.screens.choice import ChoiceScreen
from sitmon.views.tui.screens.help import HelpScreen
from sitmon.views.tui.screens.prompt import PromptScreen
from sitmon.views.tui.screens.sources import SourcesScreen
from sitmon.views.tui.screens.why import ItemScreen, WhyScreen

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]


def spot(app: Desk, text: str, nth: int = 0) -> tuple[int, int]:
    """Return the cell in which a text begins on the screen."""
    found = []
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        line = "".join(segment.text for segment in strip if not segment.control)
        at = line.find(text)
        while at >= 0:
            found.append((at, y))
            at = line.find(text, at + 1)
    return found[nth]


async def click(pilot: Pilot[Any], settle: Settle, text: str, nth: int = 0) -> None:
    await pilot.click(offset=spot(pilot.app, text, nth))  # type: ignore[arg-type]
    await settle(pilot)


@pytest.mark.parametrize(
    ("pane", "text", "opens", "says"),
    [
        ("status", "Kunduz        Kunduz", WhyScreen, "Kunduz · Kunduz"),
        ("map", "HER", WhyScreen, "Herat · Herat"),
        ("alerts", "capture claimed by", WhyScreen, "Takhar · Taloqan"),
        ("quotes", "Only the airport", ItemScreen, "Kunduz was overrun in the morning"),
        ("feed", "Fighting goes on", ItemScreen, "Fighting goes on near Kandahar"),
    ],
)
async def test_a_click_selects_and_the_next_one_opens(
    pane: str, text: str, opens: type, says: str, port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await click(pilot, settle, text)
        assert len(app.screen_stack) == 1
        assert app._desk.pane.id == pane
        assert app._desk.pane.has_focus
        await click(pilot, settle, text)
        assert isinstance(app.screen, opens)
        assert says in screen(app)
        await pilot.click(offset=(0, 39))  # beside the frame
        await settle(pilot)
        assert len(app.screen_stack) == 1


async def test_keys_between_two_clicks_make_the_second_select_again(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await click(pilot, settle, "Kabul         Kabul")
        await pilot.press("up")
        await settle(pilot)
        await click(pilot, settle, "Kabul         Kabul")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("name", PANES)
async def test_a_pane_is_reached_by_its_title_and_zoomed_by_a_second_click(
    name: str, port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        title = f"{PANES.index(name) + 1} {name.capitalize()}"  # type: ignore[arg-type]
        await click(pilot, settle, title)
        assert app._desk.pane.id == name
        at = spot(app, title)
        await pilot.click(offset=at, times=2)
        await settle(pilot)
        shown = screen(app)
        assert [other for n, other in enumerate(PANES, 1) if f"{n} {other.capitalize()}" in shown] == [name]


@pytest.mark.parametrize("name", PANES)
async def test_tabs_of_a_narrow_screen_are_clicked(name: str, port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await click(pilot, settle, f"{PANES.index(name) + 1} {name.capitalize()}")  # type: ignore[arg-type]
        assert app._desk.pane.id == name


async def test_an_alert_of_the_strip_leads_to_it_in_its_pane(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await click(pilot, settle, "Kunduz: capture conceded")
        assert app._desk.pane.id == "alerts"
        assert app._desk.pane.current.place.name == "Kunduz"


async def test_the_outline_is_clicked_where_a_province_lies(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m", "z")
        await settle(pilot)
        await click(pilot, settle, "FRA")
        assert app._desk.pane.current.place.name == "Farah"
        x, y = spot(app, "FRA")
        await pilot.click(offset=(x + 6, y - 1))
        await settle(pilot)
        assert app._desk.pane.current.place.name == "Farah"


@pytest.mark.parametrize("name", ["status", "alerts", "quotes", "feed"])
async def test_the_wheel_scrolls_and_leaves_the_cursor_where_it_is(
    name: str, port: Any, settle: Settle, make_entry: Callable[..., Any]
) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        quotes = port.last.entries[2].verdict.quotes
        port.give(
            type(port.last)(
                port.time, port.last.picture, alerts=tuple(port.alerts.values()) * 1,
                entries=tuple(make_entry(n, "Kabul Ledger", n, f"more {n}", quotes=quotes) for n in range(100, 160)),
            )
        )  # fmt: skip
        for n in range(40):
            alert = type(port.alerts["alert-3"])
            port.alerts[f"more-{n}"] = alert(
                id=f"more-{n}", fingerprint=f"g{n}", time=port.time, kind="event", title=f"Kunduz: clash {n}",
                reason="r", severity="Severe", urgency="Immediate", certainty="Observed",
            )  # fmt: skip
        port.give(type(port.last)(port.time, port.last.picture, alerts=tuple(port.alerts.values())))
        await pilot.press(str(PANES.index(name) + 1))  # type: ignore[arg-type]
        await settle(pilot)
        pane = app._desk.pane
        for _ in range(4):
            event = MouseScrollDown(pane, 4, 4, 0, 1, 0, False, False, False, 4, 8)
            pane._on_mouse_scroll_down(event)
        await settle(pilot)
        assert pane.scroll_offset.y > 0
        assert pane.cursor == 0
        assert not pane.following
        top = pane.scroll_offset.y
        held = pane.key(pane.current)
        port.give(type(port.last)(
            port.time, port.last.picture, entries=(make_entry(999, "Kabul Ledger", 0, "newest", quotes=quotes),),
        ))  # fmt: skip
        await settle(pilot)
        assert pane.key(pane.current) == held
        if name in ("feed", "quotes"):
            assert pane.scroll_offset.y > top  # what is read stays under the eye
        await pilot.press("g")
        assert pane.scroll_offset.y == 0


async def test_the_keys_of_the_footer_are_pressed(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        await click(pilot, settle, "? help")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await settle(pilot)
        await click(pilot, settle, "space pause")
        assert "PAUSED" in screen(app)
        await click(pilot, settle, "space pause")
        await click(pilot, settle, "z zoom")
        assert "5 Feed" not in screen(app)
        await click(pilot, settle, "z zoom")
        await click(pilot, settle, "/ filter")
        assert isinstance(app.focused, Input)
        await pilot.press("escape")
        await settle(pilot)
        await click(pilot, settle, "↵ why")
        assert isinstance(app.screen, WhyScreen)
        await pilot.press("escape")
        await settle(pilot)
        await click(pilot, settle, "q quit")
        assert isinstance(app.screen, ChoiceScreen)
        await click(pilot, settle, "1 stay")
        assert len(app.screen_stack) == 1


async def test_the_bar_leads_to_the_oldest_alert_and_to_the_sources(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await click(pilot, settle, "3 unacked")
        assert app._desk.pane.id == "alerts"
        assert app._desk.pane.current.id == "alert-2"
        await click(pilot, settle, "2/3 feeds")
        assert isinstance(app.screen, SourcesScreen)


async def test_the_head_of_a_list_sorts_and_a_click_beside_a_question_leaves_it(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await click(pilot, settle, "Province")
        assert app._desk.pane.order == "by province"
        await pilot.press("3", "N")
        await settle(pilot)
        assert isinstance(app.screen, PromptScreen)
        await pilot.click(offset=(1, 1))
        await settle(pilot)
        assert len(app.screen_stack) == 1
        assert port.done == []
