"""The alerts' pane: where something happened is said once, as the title says it, whatever kind of place it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.views.tui.app import Desk
from sitmon.views.tui.panes.alerts import headline

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]


@pytest.mark.parametrize(
    ("place", "title", "where", "said"),
    [
        ("Kunduz", "Kunduz: air strike, 3 killed", "Kunduz", "air strike, 3 killed"),
        ("Kunduz", "Kunduz prison: prison break", "Kunduz prison", "prison break"),
        ("Kang", "Kang, district of Nimroz: capture conceded", "Kang, district of Nimroz", "capture conceded"),
        (None, "Kandahar, Khost and Paktia: attack, 27 killed in all", "Kandahar, Khost and Paktia",
         "attack, 27 killed in all"),
        ("Herat", "The governor says: no retreat", "Herat", "The governor says: no retreat"),
        (None, "Gulf Monitor does not answer", "", "Gulf Monitor does not answer"),
    ],
)  # fmt: skip
def test_the_title_says_where(place: str | None, title: str, where: str, said: str, port: Any) -> None:
    alert = port.alerts["alert-2"]
    at = replace(alert.place, name=place) if place else None
    assert headline(replace(alert, title=title, place=at)) == (where, said)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_no_code_stands_for_a_place(size: tuple[int, int], port: Any, settle: Settle, screen: Screen) -> None:
    title = "Kandahar, Khost and Paktia: attack, 27 killed in all"
    port.give(
        replace(port.last, alerts=(replace(port.alerts["alert-2"], id="n", title=title, place=None, kind="event"),))
    )
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        lines = screen(app).splitlines()
        above = next(n for n, line in enumerate(lines) if "Kandahar, Khost and Paktia" in line)
        assert "EXTREME 13:37 Kandahar, Khost and Paktia" in lines[above]
        assert "attack, 27 killed in all" in lines[above + 1]
        assert any("MINOR 16:39 a source" in line for line in lines)
