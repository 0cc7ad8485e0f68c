"""The longest names of the area's own data, at three sizes: none of them loses a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.area import Area
from sitmon.model.picture import NEVER, Picture
from sitmon.model.quote import Quote
from sitmon.model.source import SourceHealth
from sitmon.model.update import Progress, Update
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
            app._desk.pane.find("item-900")
            app._desk.pane.find(("item-900", 0))
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
    for name in ("feed", "quotes"):  # where its code stands in the row, the name stands at the pane's foot
        assert max((s.name for s in area.sources), key=len) in seen[name]


@pytest.mark.parametrize("size", SIZES)
async def test_every_province_and_capital_in_the_status_and_below_the_map(
    size: tuple[int, int], area: Area, port: Any, settle: Settle, screen: Screen
) -> None:
    """Each in its longest state: contested, unsettled, under pressure, changed after the last look."""
    statuses = {
        code: replace(status, holder="contested", basis="retracted", pressure="fighting_inside", origins=99,
                      confidence=1.0, known_since=port.time - timedelta(days=2, hours=23))
        for code, status in port.last.picture.statuses.items()
    }  # fmt: skip
    port.give(replace(port.last, picture=replace(port.last.picture, statuses=statuses), entries=(), alerts=()))
    app = Desk(port)
    app._stage.looked(port.time - timedelta(days=9))
    seen = {"status": "", "map": ""}
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key, name in (("1", "status"), ("2", "map")):
            await pilot.press(key)
            for number in range(len(area.capitals)):
                app._desk.pane.go(number)
                await settle(pilot)
                region = app._desk.pane.region
                lines = screen(app).splitlines()[region.y : region.bottom]
                seen[name] += "\n".join(line[region.x : region.right] for line in lines)
    for place in area.capitals:
        province = area.places[place.province].name
        assert f"{province}*" in seen["status"].replace(" ", "").replace(province.replace(" ", ""), province)
        assert place.name in seen["status"]
        assert f"{province}: CONTESTED, retracted 2d23h" in seen["map"]
    assert "…" not in seen["status"] + seen["map"]
    for said in ("100%", "99", "2d23h", "retracted"):
        assert said in seen["status"]


@pytest.mark.parametrize("size", SIZES)
async def test_empty_panes_say_all_that_they_say(
    size: tuple[int, int], area: Area, port: Any, settle: Settle, screen: Screen
) -> None:
    port.queue.get_nowait()
    app = Desk(port)
    async with app.run_test(size=size) as pilot:
        for update in (
            None,
            Update(NEVER, Picture(NEVER), live=False),
            Update(port.time, Picture(port.time), progress=Progress("polling", 12, 1_044)),
            Update(port.time, Picture(port.time), live=False, progress=Progress("replaying", 0, 135)),
            Update(port.time, Picture(port.time), health=port.last.health),
        ):
            if update is not None:
                port.give(update)
            await settle(pilot)
            for key in ("3", "4", "5", "6"):
                await pilot.press(key)
                await settle(pilot)
                pane = app._desk.pane
                lines = screen(app).splitlines()[pane.region.y : pane.region.bottom]
                text = joined("\n".join(line[pane.region.x : pane.region.right] for line in lines))
                assert pane.scene is not None
                assert " ".join(" ".join(pane.why_empty(pane.scene)).split()) in text
                assert "…" not in text
                assert "0 of 0" not in text


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


@pytest.mark.parametrize("size", SIZES)
async def test_what_a_pane_says_at_its_foot_is_shortened_and_never_cut(
    size: tuple[int, int], port: Any, settle: Settle, screen: Screen
) -> None:
    port.give(replace(port.last, entries=(), alerts=(), handover=port.time - timedelta(hours=9)))
    app = Desk(port)
    app._stage.looked(port.time - timedelta(hours=9))
    async with app.run_test(size=size) as pilot:
        for keys in ("1", "2", "3s", "4s", "5", "6", "T", "z"):
            await pilot.press(*keys)
            await settle(pilot)
            for pane in app._desk.query("#panes > Lines"):
                if not pane.region.height or pane.id == "strip":
                    continue
                says = str(pane.border_subtitle)
                row = screen(app).splitlines()[pane.region.bottom - 1]
                assert says in row[pane.region.x : pane.region.right], (pane.id, says)
                assert "…" not in row
