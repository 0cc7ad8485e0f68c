"""The page of the first run: ticked by key and by mouse, at any size; no choice without a readable area."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, Input, SelectionList

from sitmon.area import Area
from sitmon.errors import UsageError
from sitmon.views.tui.first_run import Choice, FirstRun

SIZES = [(60, 16), (80, 24), (120, 40), (200, 50)]


def text_of(app: Any) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip if not s.control).rstrip() for strip in strips)


@pytest.fixture
def page(area: Area, tmp_path: Path) -> Callable[[], FirstRun]:
    def load(name: str) -> Area:
        if name != "afghanistan":
            raise UsageError(f"{name}: there is no such area; nearest: afghanistan")
        return area

    async def own(text: str, again: bool) -> str:
        if text.startswith("private") and not again:
            raise UsageError("private.example is a private host; entered again, private hosts are allowed for it")
        if "." not in text:
            raise UsageError(f"{text!r} is no address and no file or folder that is there")
        return text.removeprefix("https://").split("/")[0]

    return lambda: FirstRun(tmp_path / "config.toml", "afghanistan", load, ["afghanistan"], own)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_ticked_by_keys(size: tuple[int, int], page: Callable[[], FirstRun], area: Area) -> None:
    app = page()
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.05)
        shown = text_of(app)
        assert f"[x] {area.sources[0].name}" in shown
        assert f"{len(area.sources)} of {len(area.sources)} feeds" in shown
        await pilot.press("n", "down", "space", "down", "down", "space")
        await pilot.pause(0.05)
        shown = text_of(app)
        if size[1] > 16:  # in the smallest the list has scrolled
            assert f"[ ] {area.sources[0].name}" in shown  # not by a colour alone
            assert f"[x] {area.sources[1].name}" in shown
        for word in ("Write and start", "Demo", "Leave", "esc leave"):
            assert word in shown
        await pilot.press("ctrl+s")
    assert app.return_value == Choice("desk", "afghanistan", (area.sources[1].name, area.sources[3].name))


async def test_what_is_ticked_by_mouse(page: Callable[[], FirstRun], area: Area) -> None:
    app = page()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.05)
        await pilot.click(SelectionList, offset=(4, 1))
        await pilot.pause(0.05)
        await pilot.click("#write")
        await pilot.pause(0.05)
    assert app.return_value == Choice("desk", "afghanistan", tuple(s.name for s in area.sources[1:]))


@pytest.mark.parametrize(
    ("keys", "wants"),
    [(["d"], "demo"), (["escape"], "leave"), (["q"], "leave"), (["tab", "tab", "tab", "enter"], "demo"),
     (["tab", "tab", "tab", "tab", "enter"], "leave")],
)  # fmt: skip
async def test_the_demo_and_the_way_out(keys: list[str], wants: str, page: Callable[[], FirstRun]) -> None:
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.05)
        await pilot.press(*keys)
    assert app.return_value == Choice(wants)  # type: ignore[arg-type]


async def test_an_area_that_cannot_be_read_says_why_and_writes_nothing(page: Callable[[], FirstRun]) -> None:
    app = page()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.05)
        app.query_one("#area", Input).focus()
        await pilot.press("end", *"x", "enter")
        await pilot.pause(0.05)
        assert "afghanistanx: there is no such area" in text_of(app)
        await pilot.press("ctrl+s")
        app.query_one("#write", Button).press()
        await pilot.pause(0.05)
        assert app.is_running
        app.query_one("#area", Input).focus()
        await pilot.press("end", "backspace", "enter")
        await pilot.pause(0.05)
        assert "there is no such area" not in text_of(app)
        await pilot.press("ctrl+s")
    assert app.return_value is not None
    assert app.return_value.wants == "desk"


@pytest.mark.parametrize("size", SIZES)
async def test_a_source_of_ones_own_is_added_checked_and_handed_over(
    size: tuple[int, int], page: Callable[[], FirstRun], area: Area
) -> None:
    app = page()
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.05)
        await pilot.press("n", "tab", *"paper", "enter")
        await pilot.pause(0.05)
        assert "is no address" in text_of(app)
        await pilot.press("ctrl+s")
        await pilot.pause(0.05)
        assert app.is_running  # what is typed there is no source yet
        await pilot.press("end", *".example/feed", "enter")
        await pilot.pause(0.05)
        shown = text_of(app)
        assert "is no address" not in shown
        assert "[x] paper.example  your own: paper.example/feed" in shown
        assert "1 of your own" in shown
        assert "grade F" in shown
        await pilot.press(*"second.example", "ctrl+s")  # typed, and not added by enter
        await pilot.pause(0.05)
    assert app.return_value == Choice("desk", "afghanistan", (), ("paper.example/feed", "second.example"))


async def test_what_is_refused_says_why_and_is_taken_when_asked_again(page: Callable[[], FirstRun]) -> None:
    app = page()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.05)
        await pilot.press("n", "tab", *"private.example", "enter")
        await pilot.pause(0.05)
        assert "entered again, private hosts are allowed" in text_of(app)
        await pilot.press("enter")
        await pilot.pause(0.05)
        assert "[x] private.example  your own" in text_of(app)
        await pilot.press("ctrl+s")
        await pilot.pause(0.05)
    assert app.return_value == Choice("desk", "afghanistan", (), ("private.example",))


@pytest.mark.parametrize(("key", "wants"), [("escape", "leave"), ("d", "demo"), ("ctrl+c", "leave")])
async def test_what_was_entered_is_not_dropped_unasked(key: str, wants: str, page: Callable[[], FirstRun]) -> None:
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.05)
        await pilot.press("tab", *"paper.example", "enter")
        await pilot.pause(0.05)
        app.query_one(SelectionList).focus()
        await pilot.press(key)
        await pilot.pause(0.05)
        assert app.return_value is None
        assert "what you have entered is not written" in text_of(app)
        await pilot.press(key)
    assert app.return_value == Choice(wants)  # type: ignore[arg-type]


async def test_no_config_is_written_that_would_watch_nothing(page: Callable[[], FirstRun], area: Area) -> None:
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.05)
        await pilot.press("n", "ctrl+s")
        await pilot.pause(0.05)
        assert app.is_running
        assert "a desk without a source shows nothing" in text_of(app)
        await pilot.press("tab", *"paper.example", "enter")
        await pilot.pause(0.05)
        app.query_one(SelectionList).focus()
        await pilot.press("space", "ctrl+s")
        await pilot.pause(0.05)
        assert app.is_running  # the one of their own is not ticked any more
        await pilot.press("space", "ctrl+s")
    assert app.return_value == Choice("desk", "afghanistan", (), ("paper.example",))


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (30, 8), (59, 15)])
async def test_a_terminal_too_small_breaks_nothing(size: tuple[int, int], page: Callable[[], FirstRun]) -> None:
    app = page()
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.05)
        await pilot.press("n", "tab", "x", "enter")
        await pilot.resize_terminal(80, 24)
        await pilot.pause(0.05)
        assert "Write and start" in text_of(app)
