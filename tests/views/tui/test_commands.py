"""Every key of the table does something that can be seen, stands in the help, and is bound once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.views.tui import commands
from sitmon.views.tui.app import Desk
from sitmon.views.tui.plan import PANES
from sitmon.views.tui.screens.help import HelpScreen

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]

BEFORE = {
    "up": ["down"],
    "top": ["down", "down"],
    "follow": ["down", "down"],
    "half_up": ["G"],
    "page_up": ["G"],
    "left": ["2", "down"],
    "right": ["2"],
    "escape": ["z"],
    "pane_1": ["3"],
    "link": ["5"],
    "acknowledge": ["3"],
    "acknowledge_all": ["3"],
    "silence": ["3"],
    "undo": ["A"],
    "forth": ["left_square_bracket"],
    "next_place": ["enter"],
    "last_place": ["enter"],
}
"""What is pressed before a key, so that it has something to do."""


def state(app: Desk, port: Any, text: str) -> tuple[Any, ...]:
    """Return everything that a key could change."""
    stack = [type(s).__name__ for s in app.screen_stack]
    return text, stack, list(port.done), app._exit, app.clipboard, app.theme, repr(app.focused)


async def at_rest(app: Desk, pilot: Pilot[Any], settle: Settle) -> None:
    """Bring the desk back to how it opens."""
    while len(app.screen_stack) > 1:
        app.pop_screen()
    if app._stage.paused:
        app.action_pause()
    app.come_back()
    app._desk.action_leave()
    app._desk.action_leave()
    for name in PANES:
        app._desk.pane_of(name).go(0)
    app._desk.action_pane("status")
    app.hush()
    await settle(pilot)


@pytest.mark.parametrize("group", [*commands.groups()])
async def test_every_key_does_something(
    group: commands.Group, port: Any, settle: Settle, screen: Screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # an export is written into the working folder
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    idle = []
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        for command in commands.groups()[group]:
            await at_rest(app, pilot, settle)
            await pilot.press(*BEFORE.get(command.id, []))
            await settle(pilot)
            before = state(app, port, screen(app))
            await pilot.press(command.keys.split(",")[0])
            await settle(pilot)
            if state(app, port, screen(app)) == before:
                idle.append(command.id)
    assert idle == []


async def test_help_names_every_key(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        text = screen(app)
    for command in commands.COMMANDS:
        assert command.help in text, command.id
        if not command.shown.isdigit():
            assert command.shown in text, command.id


async def test_the_help_says_for_how_long_fighting_is_marked_by_the_areas_own_number(
    port: Any, settle: Settle, screen: Screen
) -> None:
    port.area = replace(port.area, ledger={**port.area.ledger, "present_hours": 36})
    app = Desk(port)
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark", "G")
        await settle(pilot)
        assert "or it is surrounded; not marked 36 h after the last word of it" in screen(app)


def test_no_key_is_bound_twice_in_one_scope() -> None:
    for scope in ("pane", "desk", "why", "app"):
        keys = Counter(k for c in commands.COMMANDS if c.scope == scope for k in c.keys.split(","))
        assert [key for key, number in keys.items() if number > 1] == []


def test_the_desk_and_its_panes_do_not_take_each_others_keys() -> None:
    seen: dict[str, str] = {}
    for command in commands.COMMANDS:
        if command.scope == "why":
            continue
        for key in command.keys.split(","):
            assert key not in seen, f"{command.id} and {seen.get(key)} share {key}"
            seen[key] = command.id


async def test_the_palette_offers_the_table(port: Any, settle: Settle) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        offered = {c.title.casefold() for c in app.get_system_commands(app.screen)}
    assert offered == {c.help.casefold() for c in commands.COMMANDS if c.palette}


@pytest.mark.parametrize("command", [c for c in commands.COMMANDS if "," in c.keys], ids=lambda c: c.id)
async def test_each_of_several_keys_does_the_same(
    command: commands.Command, port: Any, settle: Settle, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        for key in command.keys.split(","):
            port.speed = 60.0
            await at_rest(app, pilot, settle)
            await pilot.press(*BEFORE.get(command.id, []), key)
            await settle(pilot)
            seen.append((screen(app), port.speed))
    assert all(other == seen[0] for other in seen[1:])


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_no_help_text_is_cut(size: tuple[int, int], port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot)
        seen = ""
        for _ in range(6):
            seen += screen(app)
            await pilot.press("pagedown")
            await settle(pilot)
    assert [c.id for c in commands.COMMANDS if c.help not in seen] == []


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("key", ["G", "end"])
async def test_the_help_has_an_end_that_is_reached_and_a_start(
    key: str, size: tuple[int, int], port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("question_mark", key)
        await settle(pilot)
        assert "their codes" in screen(app)
        await pilot.press("g")
        await settle(pilot)
        assert "status, map, alerts" in screen(app)
        await pilot.press("down", "down", "up")
        await settle(pilot)
        page: Any = app.screen.query_one("HelpPage")
        assert page.scroll_offset.y == 1
