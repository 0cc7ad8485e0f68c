"""The base of the panes: the cursor belongs to a row, only what is seen is painted, nothing waits for a resize."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.model.entry import Entry
from sitmon.views.tui.app import Desk
from sitmon.views.tui.panes.feed import FeedPane

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
Make = Callable[..., Entry]


def more(port: Any, *entries: Entry) -> None:
    port.give(replace(port.last, alerts=(), entries=entries))


async def open_feed(pilot: Pilot[Any], settle: Settle) -> FeedPane:
    await settle(pilot)
    await pilot.press("5")
    await settle(pilot)
    return pilot.app.screen.query_one(FeedPane)


async def test_following_shows_the_newest(port: Any, settle: Settle, screen: Screen, make_entry: Make) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        more(port, make_entry(50, "Kabul Ledger", 0, "The very newest"))
        await settle(pilot)
        assert feed.current is not None
        assert feed.current.item.title == "The very newest"
        assert feed.unseen == 0


async def test_new_rows_never_move_the_cursor(port: Any, settle: Settle, screen: Screen, make_entry: Make) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        more(port, *(make_entry(n, "Kabul Ledger", 1000 + n, f"old {n}") for n in range(100, 160)))
        await settle(pilot)
        await pilot.press(*["down"] * 20)
        held, line = feed.current, feed.cursor - feed.scroll_offset.y
        more(port, *(make_entry(n, "Kabul Ledger", 0, f"new {n}") for n in range(200, 237)))
        await settle(pilot)
        assert feed.current is held
        assert feed.cursor - feed.scroll_offset.y == line
        assert "+37 new · f follow" in screen(app)
        await pilot.press("f")
        await settle(pilot)
        assert feed.cursor == 0
        assert "+37 new" not in screen(app)


async def test_a_late_item_goes_where_its_time_belongs(port: Any, settle: Settle, make_entry: Make) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        more(port, make_entry(60, "Kabul Ledger", 100, "late"))
        await settle(pilot)
        titles = [e.item.title for e in feed.rows]
        assert titles.index("late") == 2


async def test_a_hundred_thousand_rows_paint_only_what_is_seen(
    port: Any, settle: Settle, make_entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make_entry(0, "Kabul Ledger", 500, "row")
    rows = [
        replace(one, item=replace(one.item, id=f"r{n}", published=one.item.published - timedelta(seconds=n)))  # type: ignore[operator]
        for n in range(100_000)
    ]
    app = Desk(port)
    app._stage._window.keep = 200_000
    painted: set[str] = set()
    original = FeedPane.paint

    def paint(self: FeedPane, row: Entry, pen: Any) -> Any:
        painted.add(row.item.id)
        return original(self, row, pen)

    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        app._stage.add(rows[::-1])
        monkeypatch.setattr(FeedPane, "paint", paint)
        app._new = True
        await settle(pilot)
        await pilot.press("G", "up", "up", "pageup", "g")
        await settle(pilot)
        assert len(feed.rows) == 100_006
        assert 0 < len(painted) < 200


async def test_the_end_of_what_is_loaded_asks_the_log_for_more(port: Any, settle: Settle, make_entry: Make) -> None:
    port.stored = [make_entry(n, "Kabul Ledger", 3000 - n, f"past {n}") for n in range(900)]
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        before = len(feed.rows)
        await pilot.press("G")
        await settle(pilot)
        assert len(feed.rows) == before + 500
        await pilot.press("G")
        await settle(pilot)
        assert len(feed.rows) == before + 900


async def test_a_filter_goes_on_into_the_log_until_something_passes(
    port: Any, settle: Settle, make_entry: Make
) -> None:
    titles = ["needle" if n == 600 else f"past {n}" for n in range(3000)]
    port.stored = [make_entry(n, "Kabul Ledger", 30_000 - n, title) for n, title in enumerate(titles)]
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        await pilot.press("slash", *"needle", "enter")
        await settle(pilot)
        assert feed.rows == []
        await pilot.press("G")
        await settle(pilot)
        assert [e.item.title for e in feed.rows] == ["needle"]
        assert len(port.stored) == 500  # no further than needed


async def test_far_back_in_the_log_the_newest_are_let_go_and_come_again(
    port: Any, settle: Settle, screen: Screen, make_entry: Make
) -> None:
    port.stored = [make_entry(n, "Kabul Ledger", 30_000 - n, f"past {n}") for n in range(3000)]
    app = Desk(port)
    app._stage._window.keep = 1000
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        for _ in range(8):
            await pilot.press("G")
            await settle(pilot)
        assert len(feed.rows) <= 1100
        assert feed.current.item.title == "past 0"
        assert "newer · f follow" in screen(app)
        newest = make_entry(9000, "Kabul Ledger", 0, "Just in")
        port.give(replace(port.last, entries=(newest,), alerts=()))
        await settle(pilot)
        assert feed.current.item.title == "past 0"
        await pilot.press("f")
        await settle(pilot)
        assert feed.rows[0].item.title == "Just in"
        assert feed.following


async def test_a_filter_narrows_and_escape_clears(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        await pilot.press("slash", *"place:kunduz")
        await settle(pilot)
        assert [e.item.title for e in feed.rows] == ["Kunduz overrun"]
        assert "1 of 6" in screen(app)
        await pilot.press("escape")
        await settle(pilot)
        assert len(feed.rows) == 6
        await pilot.press("slash", *"nowhere", "enter")
        await settle(pilot)
        assert "Nothing here matches" in screen(app)
        await pilot.press("escape")
        await settle(pilot)
        assert len(feed.rows) == 6


async def test_a_pause_holds_the_panes_and_lets_alerts_through(
    port: Any, settle: Settle, screen: Screen, make_entry: Make
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        feed = await open_feed(pilot, settle)
        await pilot.press("space")
        extra = replace(port.alerts["alert-3"], id="alert-9", title="Herat: fighting inside")
        port.give(replace(port.last, alerts=(extra,), entries=(make_entry(70, "Kabul Ledger", 0, "while paused"),)))
        await settle(pilot)
        assert "PAUSED +1 new" in screen(app)
        assert "4 unacked" in screen(app)
        assert len(feed.rows) == 6
        await pilot.press("space")
        await settle(pilot)
        assert len(feed.rows) == 7
        assert "LIVE" in screen(app)


async def test_the_mouse_chooses_and_opens(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.click("#status", offset=(5, 5))
        await settle(pilot)
        pane: Any = app.screen.query_one("#status")
        assert pane.current.place.name == "Kunduz"
        await pilot.click("#status", offset=(5, 5), times=2)
        await settle(pilot)
        assert "conceded by the losing side" in screen(app)


async def test_of_rows_that_are_shown_no_more_nothing_is_remembered(
    port: Any, settle: Settle, make_entry: Make
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        pane = app._desk.pane_of("alerts")
        for n in range(50):
            alert = replace(port.alerts["alert-2"], title=f"Kunduz: {n} reports")
            port.give(replace(port.last, alerts=(alert,), entries=()))
            await settle(pilot)
        assert pane._stack.heights.keys() == {(pane.version(row), pane._pen().width) for row in pane.rows}


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("newest change first", ["Badakhshan", "Badghis", "Baghlan", "Balkh", "Bamyan", "Daykundi", "Farah"]),
        ("by province", ["Badakhshan", "Badghis", "Baghlan", "Balkh", "Bamyan", "Daykundi", "Farah"]),
    ],
)
async def test_rows_that_are_equal_stand_in_the_order_of_their_names(
    order: str, names: list[str], port: Any, settle: Settle
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        pane = app._desk.pane_of("status")
        pane.choose_order(order)
        shown = [app._stage.scene().province(row.place.province) for row in pane.rows]
    assert [name for name in shown if name in names] == names
    assert shown.index("Kunduz") < shown.index("Maidan Wardak") < shown.index("Nangarhar")
    quiet = shown[7:] if order == "newest change first" else shown
    assert quiet == sorted(quiet)


async def test_what_nobody_has_spoken_of_is_not_sorted_by_a_figure_that_is_not_shown(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        pane = app._desk.pane_of("status")
        pane.choose_order("least sure first")
        bases = [row.basis for row in pane.rows]
        sure = [row.confidence for row in pane.rows if row.basis != "assumed"]
    assert bases == [b for b in bases if b != "assumed"] + ["assumed"] * bases.count("assumed")
    assert sure == sorted(sure)


async def test_a_key_right_after_a_panes_digit_is_that_panes(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app._desk.action_pane("feed")
        assert app._desk.focused is app._desk.pane_of("feed")
