"""Texts that want to be more than text: nothing of them steers the terminal, and nothing of them is markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.model.entry import Entry
from sitmon.model.quote import Quote
from sitmon.model.source import SourceHealth
from sitmon.views.tui.app import Desk
from sitmon.views.tui.ink import Look, Pen
from sitmon.views.tui.passage import Block, Mark, paint

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]

HOSTILE = [
    "\x1b]0;PWNED\x07title",
    "\x1b]52;c;cm0gLXJmIH4K\x1b\\ clipboard",
    "\x1b[2J\x1b[H wipe",
    "\x9b31m C1 \x9d0;x\x9c",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "right\u202eto left\u2066\u2069\u200b",
    "[/nope] [@click=app.quit()]click[/] [bold red]red[/bold red] [[]]",
    "nul\x00bell\x07back\x08tab\tline\nnew\r\x0b\x0c",
    "e\u0301\u0301\u0301\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u6f22\u5b57 \ufffd \U000e0041",
    "کندز سقوط کرد" * 20,
    "x" * 5000,
    "",
]
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_no_text_steers_the_screen(
    size: tuple[int, int], port: Any, settle: Settle, screen: Screen, make_entry: Callable[..., Entry]
) -> None:
    entries = []
    for n, text in enumerate(HOSTILE):
        said = Quote(text, "direct", 0, len(text), text[:60] or None, text[:60] or None, "insurgent", "said", "AF-KDZ")
        one = make_entry(1000 + n, text[:40] or "-", 0, text, text, code="AF-KDZ/kunduz", event="clash", quotes=(said,))
        entries.append(replace(one, item=replace(one.item, author=text[:40], url=f"https://x.example/{text}")))
    alerts = tuple(
        replace(port.alerts["alert-2"], id=f"h{n}", title=text, reason=text, url=text) for n, text in enumerate(HOSTILE)
    )
    health = tuple(SourceHealth(text[:40] + str(n), "down", text) for n, text in enumerate(HOSTILE))
    port.give(replace(port.last, alerts=alerts, entries=tuple(entries), health=health))
    app = Desk(port)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        seen = screen(app)
        for keys in (["5", "z"], ["enter"], ["escape"], ["z", "4", "z"], ["z", "3", "z"], ["enter"], ["escape"], ["i"]):
            await pilot.press(*keys)
            await settle(pilot)
            seen += screen(app)
        app.notify(HOSTILE[0], markup=False)
        await settle(pilot)
        seen += screen(app)
    assert STEERING.search(seen) is None
    assert "[@click=app.quit()]" in seen
    assert "[bold red]red" in seen


async def test_columns_stay_where_they_are_beside_right_to_left_text(
    port: Any, settle: Settle, screen: Screen, make_entry: Callable[..., Entry]
) -> None:
    port.give(replace(port.last, alerts=(), entries=(make_entry(9, "Sada", 0, "کندز سقوط کرد، هرات نه"),)))
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        row = next(line for line in screen(app).splitlines() if "کندز" in line)
    last = max(n for n, letter in enumerate(row) if "\u0600" <= letter <= "\u06ff")
    assert row[last + 1] == "\u200e"


def test_marks_inside_a_right_to_left_sentence_do_not_cut_it_in_two() -> None:
    body = "شهر کندز سقوط کرد"
    start = body.index("کندز")
    strip = paint(Block(body, (Mark(start, start + 4, "accent"),)), Pen(Look(), 40))[0]
    text = "".join(segment.text for segment in strip)
    assert text.count("\u200e") == 1
    assert text.rstrip() == body + "\u200e"


def test_columns_of_right_to_left_words_each_end_with_a_mark() -> None:
    line = Pen(Look(), 30).line().put("کندز", width=10).put("هرات", width=10).done()
    assert "".join(segment.text for segment in line).count("\u200e") == 2


async def test_a_link_that_is_no_web_address_is_not_opened(port: Any, settle: Settle, screen: Screen) -> None:
    port.give(replace(port.last, entries=(), alerts=(replace(port.alerts["alert-3"], url="javascript:alert(1)"),)))
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("3", "o")
        await settle(pilot)
        assert "no link here" in screen(app)
        assert app.clipboard == ""
