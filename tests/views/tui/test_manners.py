"""How the desk behaves towards somebody who is new to it: nothing false while it loads, nothing left lying about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from sitmon.model.picture import NEVER, Picture
from sitmon.model.update import Progress, Update
from sitmon.views.tui.app import Desk

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]


async def test_while_the_log_is_read_its_newest_items_are_shown_and_no_status_is_claimed(
    port: Any, settle: Settle, screen: Screen
) -> None:
    whole = port.queue.get_nowait()
    early = Update(NEVER, Picture(NEVER), entries=whole.entries, progress=Progress("reading the log", 0, 100_000))
    port.give(early)
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        text = screen(app)
        assert "Kunduz overrun" in text
        assert "reading the log: 100,000 items" in text
        assert "The log is being read." in text
        assert "UNKNOWN" not in text
        assert "GOVT" not in text
        port.give(whole)
        await settle(pilot)
        text = screen(app)
        assert "The log is being read." not in text
        assert "□ Takhar" in text


async def test_the_help_closes_by_the_key_that_opened_it(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in ("question_mark", "f1", "i"):
            await pilot.press(key)
            assert len(app.screen_stack) == 2
            await pilot.press(key)
            assert len(app.screen_stack) == 1


async def test_only_the_newest_word_stands_in_the_corner(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("r", "o", "u", "x")
        await settle(pilot)
        assert len(app.screen.query(Toast)) == 1
        assert "all looked at" in screen(app)


@pytest.mark.parametrize(("live", "says"), [(True, "asking every source"), (False, "a replay asks nobody")])
async def test_who_is_asked_is_told_as_it_is(live: bool, says: str, port: Any, settle: Settle, screen: Screen) -> None:
    port.give(replace(port.last, live=live, entries=(), alerts=()))
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert says in screen(app)


async def test_a_filter_finds_places_on_the_map_and_leaves_the_others_where_they_are(
    port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("2", "slash", *"kunduz", "enter")
        await settle(pilot)
        pane = app.screen.query_one("#map")
        assert [s.place.name for s in pane.rows] == ["Kunduz"]  # type: ignore[attr-defined]
        assert "HER" in screen(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Kunduz · Kunduz" in screen(app)


async def test_on_a_page_above_the_desk_its_keys_work_as_it_says(
    port: Any, settle: Settle, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("5", "down", "enter")
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert app.clipboard == "https://example.org/5"
        await pilot.press("y")
        await settle(pilot)
        assert "Taliban say they took Taloqan" in app.clipboard
        await pilot.press("question_mark")
        await settle(pilot)
        assert "Keys" in screen(app)
        await pilot.press("question_mark", "escape", "i")
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert port.done == [("refresh",)]
