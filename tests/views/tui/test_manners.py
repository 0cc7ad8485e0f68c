"""How the desk behaves towards somebody who is new to it: nothing false while it loads, nothing left lying about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from sitmon.model.picture import NEVER, Picture
from sitmon.model.source import SourceHealth
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


async def test_the_kept_picture_is_shown_at_once_as_what_it_is_and_rings_no_bell(
    port: Any, settle: Settle, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = port.queue.get_nowait()
    then = whole.now - timedelta(hours=9)
    board = replace(whole, kept=True, picture=replace(whole.picture, now=then, transitions=()))
    port.give(replace(board, progress=Progress("reading the log", 0, 100_000)))
    app = Desk(port)
    rung: list[int] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(1))
    app._attention._bell = app.bell
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        text = screen(app)
        assert "□ Takhar" in text
        assert "Kunduz overrun" in text
        assert "▲ EXTREME 13:37 Kunduz" in text
        assert "as kept 8 Aug 07:42Z; what came since is being read" in text
        assert "STARTING" in text.splitlines()[0]
        port.give(Update(whole.now, Picture(NEVER), progress=Progress("reading the log", 2_000, 100_000)))
        await settle(pilot)
        text = screen(app)
        assert "reading the log 2,000/100,000" in text.splitlines()[0]
        assert "□ Takhar" in text  # what tells of progress alone takes nothing away
        port.give(whole)
        await settle(pilot)
        text = screen(app)
        assert "LIVE" in text.splitlines()[0]
        assert "as kept" not in text
        assert rung == []
        grave = replace(port.alerts["alert-2"], id="new", title="Herat: fighting inside")
        port.give(replace(whole, alerts=(grave,), entries=()))
        await settle(pilot)
        assert rung == [1]


async def test_the_help_closes_by_the_key_that_opened_it(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in ("question_mark", "f1", "i"):
            await pilot.press(key)
            assert len(app.screen_stack) == 2
            await pilot.press(key)
            assert len(app.screen_stack) == 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_what_the_officer_is_told_stands_in_the_last_line_and_covers_nothing(
    size: tuple[int, int], port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        before = screen(app).splitlines()
        await pilot.press("r", "u")
        await settle(pilot)
        after = screen(app).splitlines()
        assert after[-1].strip() == "nothing to take back"
        assert after[1:-1] == before[1:-1]
        assert len(app.screen.query(Toast)) == 0
        app._desk.tell("")
        await settle(pilot)
        assert screen(app).splitlines()[1:] == before[1:]


async def test_a_long_word_takes_the_lines_that_it_needs(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.say("12 rows in /" + "/".join(["a-folder-of-some-length"] * 6))
        await settle(pilot)
        lines = screen(app).splitlines()
        assert "".join(line.strip() for line in lines[-2:]).count("a-folder-of-some-length") == 6
        assert "MINOR 16:39 Gulf Monitor" in "".join(lines[:-2])
        app._desk.tell("")
        await settle(pilot)
        assert "? help" in screen(app).splitlines()[-1]


async def test_on_a_page_above_the_desk_it_stands_in_the_frame(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("i", "r")
        await settle(pilot)
        assert "asking every source" in screen(app)
        assert "r ask now" not in screen(app)
        await pilot.press("escape", "i")
        await settle(pilot)
        assert "r ask now" in screen(app)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_no_question_is_cut(size: tuple[int, int], port: Any, settle: Settle, screen: Screen) -> None:
    name = max((p.name for p in port.area.places.values()), key=len)
    where = replace(port.alerts["alert-3"].place, name=name)
    port.give(replace(port.last, alerts=(replace(port.alerts["alert-3"], place=where),), entries=()))
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for keys, says, way in (
            (["3", "O"], f"Who holds {name}, by the desk's own word?", "4 "),
            (["t"], "To which time (UTC)? 14:00, -6h, 2021-08-08, 2021-08-08 14:00, now", "enter send"),
            (["H"], "Hand the desk over. A word for the next officer?", "enter send"),
            (["3", "N"], "Note about", "enter send"),
            (["S"], "Silence for how long?", "4 until the status changes"),
            (["q"], "1 extreme and 1 severe alerts are open", "2 quit"),
        ):
            await pilot.press(*keys)
            await settle(pilot)
            text = screen(app)
            frame = app.screen.children[0].region
            inside = text.splitlines()[frame.y : frame.bottom]
            lines = [line.ljust(200)[frame.x + 1 : frame.right - 1] for line in inside]
            assert says in " ".join(" ".join(lines).split())
            assert way in text
            await pilot.press("escape")
            await settle(pilot)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
@pytest.mark.parametrize(("severity", "asks"), [("Extreme", True), ("Severe", True), ("Moderate", False)])
async def test_nobody_leaves_a_grave_alert_unasked(
    key: str, severity: str, asks: bool, port: Any, settle: Settle, screen: Screen
) -> None:
    kept = [replace(a, severity=severity if a.id == "alert-3" else "Minor") for a in port.alerts.values()]
    port.give(replace(port.last, alerts=tuple(kept), entries=()))
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        assert (app.return_code is None) == asks
        if asks:
            await settle(pilot)
            assert f"1 {severity.lower()} alert is open" in screen(app)


@pytest.mark.parametrize(("again", "leaves"), [("q", True), ("ctrl+q", True), ("escape", False), ("enter", False)])
async def test_who_presses_it_twice_leaves(again: str, leaves: bool, port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("q")
        await settle(pilot)
        assert "q quit" in screen(app)
        await pilot.press(again)
        await settle(pilot)
        assert app.return_code == (0 if leaves else None)
        assert leaves or len(app.screen_stack) == 1


async def test_the_key_of_other_programs_names_ours(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert "q quits" in screen(app).splitlines()[-1]
        assert "ctrl+q" not in screen(app)


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


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_where_no_source_answers_every_empty_pane_says_why(
    size: tuple[int, int], port: Any, settle: Settle, screen: Screen
) -> None:
    reason = "127.0.0.1 is a private address; allow_private_hosts lets it be asked."
    dead = SourceHealth("My paper", "blocked", reason, None, port.time, None, 1, 0)
    port.queue.get_nowait()
    port.give(Update(port.time, Picture(port.time), health=(dead,)))
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in "3456":
            await pilot.press(key, "z")
            await settle(pilot)
            said = " ".join(screen(app).split())
            assert f"No source answers. My paper: {reason}" in said, key
            await pilot.press("z")
