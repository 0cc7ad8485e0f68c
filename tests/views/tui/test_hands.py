"""What an officer writes: notes, overrides, handovers, each with a reason; and what is new since the last look."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.model.alert import Alert
from sitmon.views.tui import remembered
from sitmon.views.tui.app import Desk
from sitmon.views.tui.attention import Attention, notification, title
from sitmon.views.tui.plan import PANES
from sitmon.views.tui.remembered import Remembered, View

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
SOON = datetime(2021, 8, 8, 16, 42, tzinfo=UTC)


async def test_a_note_an_override_and_a_handover_reach_the_log_with_their_words(
    port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("N", *"seen", "enter")
        await settle(pilot)
        await pilot.press("O")
        await settle(pilot)
        assert "Who holds Taloqan" in screen(app)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "some words are needed" in screen(app)
        await pilot.press(*"phone", "enter")
        await settle(pilot)
        await pilot.press("H", *"night", "enter")
        await settle(pilot)
        assert "0 since handover 8 Aug 16:42Z" in screen(app)
        await pilot.press("3", "N", *"call", "enter")
        await settle(pilot)
    written = [act for act in port.done if act[0] in ("note", "override", "handover")]
    assert [(a[0], a[1]) for a in written] == [
        ("note", "AF-TAK/taloqan"),
        ("override", "AF-TAK/taloqan"),
        ("handover", "night"),
        ("note", "alert-3"),
    ]
    assert written[0][2] == "seen"
    assert written[1][3] == "phone"


async def test_escape_leaves_a_question_and_nothing_is_written(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for keys in (["N", "x"], ["H", "x"], ["O"]):
            await pilot.press(*keys)
            await settle(pilot)
            assert len(app.screen_stack) == 2
            await pilot.press("escape")
            await settle(pilot)
            assert len(app.screen_stack) == 1
    assert port.done == []


async def test_what_came_since_the_last_look_is_marked_after_a_restart_until_it_has_been_looked_at(
    port: Any, settle: Settle, screen: Screen, tmp_path: Path
) -> None:
    memory = tmp_path / "state" / "desk.json"
    remembered.save(memory, Remembered(looked=SOON - timedelta(hours=4)))
    app = Desk(port, memory=memory)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        text = screen(app)
        assert "1 new since 8 Aug 12:42Z" in text
        assert "Kunduz       *" in text
        assert "Sar-e Pul    *" not in text
        await pilot.press("x")
        await settle(pilot)
        assert "new since" not in screen(app)
        assert "Kunduz       *" not in screen(app)
    assert remembered.load(memory).looked == port.time


async def test_a_time_away_marks_what_came_meanwhile(
    port: Any, settle: Settle, screen: Screen, make_entry: Callable[..., Any]
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        port.time += timedelta(minutes=30)
        entry = replace(make_entry(78, "Northern Post", 1, "While you were away"), known=port.time)
        port.give(replace(port.last, now=port.time, entries=(entry,), alerts=()))
        await settle(pilot)
        assert "NP    *" not in screen(app)
        await pilot.press("k")
        await settle(pilot)
        assert any("NP" in line and "*" in line and "away" in line for line in screen(app).splitlines())


async def test_a_replays_hours_are_no_time_away(
    port: Any, settle: Settle, screen: Screen, make_entry: Callable[..., Any]
) -> None:
    port.give(replace(port.last, live=False, entries=(), alerts=()))
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        port.time += timedelta(hours=3)
        entry = replace(make_entry(78, "Northern Post", 1, "Three hours on"), known=port.time)
        port.give(replace(port.last, now=port.time, entries=(entry,), alerts=()))
        await pilot.press("k")
        await settle(pilot)
        assert "Three hours on" in screen(app)
        assert "NP    *" not in screen(app)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 2}', '{"version": 1, "looked": "x", "views": {}}', "[" * 60000, "\x00\xff"]
)
def test_a_memory_that_cannot_be_read_is_as_good_as_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text(text, encoding="latin-1")
    assert remembered.load(path) == Remembered()
    assert remembered.load(tmp_path) == Remembered()


def test_what_is_remembered_comes_back_and_an_unwritable_place_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "a" / "desk.json"
    kept = Remembered(
        SOON, {"night": View("feed", True, {"status": "by province", "map": "outline"}, {"feed": "x"}, True)}
    )
    remembered.save(path, kept)
    assert remembered.load(path) == kept
    assert [p.name for p in path.parent.iterdir()] == ["desk.json"]
    assert json.loads(path.read_text())["version"] == 1
    remembered.save(path / "below a file" / "desk.json", kept)


def test_a_notification_holds_nothing_that_could_end_it_and_is_wrapped_for_tmux() -> None:
    assert notification("a\x07b\x1b\\c\x9cd\n", {}) == "\x1b]9;ab\\cd\x07"
    assert notification("x", {"TMUX": "/tmp/t,1,0"}) == "\x1bPtmux;\x1b\x1b]9;x\x07\x1b\\"
    assert title(3) == "\x1b]2;sitmon ^3\x07"
    assert title(0) == "\x1b]2;sitmon\x07"


@pytest.mark.parametrize(("way", "bells", "notes"), [("bell", 2, 0), ("osc9", 0, 2), ("none", 0, 0)])
def test_grave_alerts_call_in_the_way_that_is_wanted_and_not_too_often(
    way: Any, bells: int, notes: int, port: Any
) -> None:
    rung: list[int] = []
    written: list[str] = []
    attention = Attention(way, bell=lambda: rung.append(1), write=written.append, environment={})
    alerts: dict[str, Alert] = port.alerts
    grave, minor, seen = alerts["alert-2"], alerts["alert-4"], alerts["alert-1"]
    attention.call([minor, seen], SOON)
    attention.call([grave], SOON)
    attention.call([grave], SOON + timedelta(seconds=5))
    attention.call([grave, alerts["alert-3"]], SOON + timedelta(seconds=31))
    assert (len(rung), len(written)) == (bells, notes)
    if written:
        assert "Kunduz" in written[1]
        assert "(+1)" in written[1]


def test_the_title_is_kept_at_the_open_alerts_and_given_back() -> None:
    written: list[str] = []
    attention = Attention("none", bell=lambda: None, write=written.append, environment={})
    for number in (0, 3, 3, 1):
        attention.entitle(number)
    attention.leave()
    attention.leave()
    assert [w for w in written if "]2;" in w] == ["\x1b[22;2t" + title(0), title(3), title(1)]
    assert written[-1] == "\x1b[23;2t"
    assert len(written) == 4


def exported(folder: Path, name: str) -> list[str]:
    (file,) = folder.glob(f"sitmon-{name}*.txt")
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", PANES)
async def test_every_pane_can_be_copied_from_and_exported(
    name: str, port: Any, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TMUX", raising=False)
    app = Desk(port)
    async with app.run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        await pilot.press(str(PANES.index(name) + 1), "y")  # type: ignore[arg-type]
        await settle(pilot)
        copied = app.clipboard
        assert copied
        await pilot.press("E")
        await settle(pilot)
        rows = len(app._desk.pane.rows)
    head, *lines = exported(tmp_path, name)
    assert head == f"# {name} of Afghanistan, as of 2021-08-08T16:42:07Z"
    assert len(lines) == rows
    assert copied in lines


async def test_the_sources_can_be_copied_and_exported_too(
    port: Any, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TMUX", raising=False)
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("y", "E")
        await settle(pilot)
        assert app.clipboard.startswith("Gulf Monitor: down, 0 items: The server did not answer")
    assert len(exported(tmp_path, "page")) == 1 + 3


async def test_an_export_of_what_is_held_still_bears_its_own_time(
    port: Any, settle: Settle, make_entry: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("space")
        port.time += timedelta(days=5)
        new = make_entry(70, "Kabul Ledger", 0, "while it is held")
        port.give(replace(port.last, now=port.time, alerts=(), entries=(new,)))
        await settle(pilot)
        await pilot.press("slash", *"kunduz", "enter", "E")
        await settle(pilot)
    head, *lines = exported(tmp_path, "status-20210808T164207Z")
    assert head == (
        "# status of Afghanistan, as of 2021-08-08T16:42:07Z, held; 1 newer item not in it; only what matches 'kunduz'"
    )
    assert len(lines) == 1


@pytest.mark.parametrize("keys", [("space",), ("left_square_bracket",)])
async def test_a_silence_lasts_from_now_whatever_moment_is_shown(
    keys: tuple[str, ...], port: Any, settle: Settle
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        port.time += timedelta(hours=5)
        await pilot.press("3", "S")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
    (until,) = [done[2] for done in port.done if done[0] == "silence"]
    assert until == (port.time + timedelta(hours=1)).isoformat()
