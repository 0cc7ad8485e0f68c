"""The longest names of the area's own data, at three sizes: none of them loses a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.area import Area
from sitmon.model.quote import Quote
from sitmon.model.source import SourceHealth
from sitmon.model.update import Update
from sitmon.views.tui.app import Desk

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
SIZES = [(80, 24), (120, 40), (200, 50)]


def longest_place(area: Area) -> Any:
    return max((p for p in area.places.values() if p.kind != "site"), key=lambda p: len(p.name))


@pytest.fixture
def long_port(area: Area, port: Any, make_entry: Callable[..., Any]) -> Any:
    """A desk on which the longest place, source and speaker have something to tell."""
    place = longest_place(area)
    source = max((s.name for s in area.sources), key=len)
    speaker = max((a.name for a in area.actors.values()), key=len)
    site = max((p for p in area.places.values() if p.kind == "site"), key=lambda p: len(p.name))
    quote = Quote("We hold the bridge.", "direct", 0, 19, speaker, "spokesman of the provincial council's own guard",
                  "government", "said", place.province)  # fmt: skip
    told = make_entry(
        900, source, 1, f"Clash in {place.name}", code=place.code, event="clash", cue="Clash", quotes=(quote,)
    )
    where = replace(port.alerts["alert-3"].place, code=site.code, name=site.name, kind="site")
    alert = replace(port.alerts["alert-3"], id="long", title=f"{site.name}: air strike, 3 killed", place=where)
    health = (*port.last.health, SourceHealth(source, "ok", "", port.time, port.time, port.time, 0, 12_345))
    port.give(Update(port.time, port.last.picture, entries=(told,), alerts=(alert,), health=health))
    return port


def joined(text: str) -> str:
    """Return what the screen says without the breaks between its lines."""
    return " ".join(text.translate(dict.fromkeys(map(ord, "│┃▌▐"), " ")).split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("zoomed", [False, True])
async def test_in_the_panes(
    size: tuple[int, int], zoomed: bool, area: Area, long_port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(long_port)
    seen = {}
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key, name in (("3", "alerts"), ("4", "quotes"), ("5", "feed")):
            await pilot.press(key)
            if zoomed:
                await pilot.press("z")
            await settle(pilot)
            await settle(pilot)
            region = app._desk.pane.region
            lines = screen(app).splitlines()[region.y : region.bottom]
            seen[name] = joined("\n".join(line[region.x : region.right] for line in lines))
            if zoomed:
                await pilot.press("z")
    place = longest_place(area)
    assert place.name in seen["feed"]
    assert max((a.name for a in area.actors.values()), key=len) in seen["quotes"]
    assert "spokesman of the provincial council's own guard" in seen["quotes"]
    assert max((p.name for p in area.places.values() if p.kind == "site"), key=len) in seen["alerts"]
    if zoomed and size[0] > 100:
        assert max((s.name for s in area.sources), key=len) in seen["feed"]


@pytest.mark.parametrize("size", SIZES)
async def test_among_the_sources_and_in_an_item(
    size: tuple[int, int], area: Area, long_port: Any, settle: Settle, screen: Screen
) -> None:
    source = max((s.name for s in area.sources), key=len)
    app = Desk(long_port)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert source in screen(app)
        assert "12345" in screen(app)
        await pilot.press("i", "5", "enter")
        await settle(pilot)
        text = joined(screen(app))
        assert source in text
        assert longest_place(area).name in text
        assert max((a.name for a in area.actors.values()), key=len) in text
