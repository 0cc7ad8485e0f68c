"""The real desk on the bundled sample, at four sizes: what the week's reader knows on the evening of 8 August 2021."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from textual.pilot import Pilot

from sitmon import area_files
from sitmon.bootstrap import wire
from sitmon.commands.desk_port import MonitorPort
from sitmon.config import Config
from sitmon.replay import Clock, Replay, gather, ordered, sources_for
from sitmon.views.tui.app import Desk
from sitmon.views.tui.plan import PANES
from sitmon.views.tui.screens.why import ItemScreen

pytestmark = pytest.mark.usefixtures("turns_instead_of_time")
SIZES = [(60, 16), (80, 24), (120, 40), (200, 50)]
UNTIL = datetime(2021, 8, 8, 16, 0, tzinfo=UTC)
FALLEN = {"Nimroz": "Zaranj", "Jowzjan": "Sheberghan", "Kunduz": "Kunduz", "Sar-e Pul": "Sar-e Pul",
          "Takhar": "Taloqan"}  # fmt: skip


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MonitorPort]:
    """The sample up to that evening, replayed once."""
    area = area_files.load(area_files.find("afghanistan"))
    items, failures = gather(sources_for([area.folder / "sample"]))
    assert failures == []
    records = ordered(items, UNTIL)
    clock = Clock(records[0].known)
    store: Path = tmp_path_factory.mktemp("sample") / "log.db"
    async with wire(Config(), area, store=store, clock=clock, live=False) as monitor:
        replay = Replay(records, area, monitor, clock)
        await replay.run()
        clock.time = UNTIL
        found = MonitorPort(area, clock)
        found.open(monitor, replay=replay)
        yield found


@dataclass
class Hand:
    """Presses keys and reads the screen."""

    pilot: Pilot[Any]

    async def press(self, *keys: str) -> str:
        await self.only_press(*keys)
        return await self.read()

    async def only_press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(0.02)

    async def read(self) -> str:
        app = self.pilot.app
        assert isinstance(app, Desk)
        for _ in range(3):
            await asyncio.sleep(0.02)
            app.renew()
            await self.pilot.pause(0.02)
        strips = app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip if not s.control).rstrip() for strip in strips)

    async def until(self, word: str) -> str:
        """Read until a word stands there: the log is asked on its own thread."""
        for _ in range(100):
            if word in (text := await self.read()):
                return text
        raise AssertionError(f"{word!r} never stood on the screen:\n{text}")


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("size", SIZES)
async def test_an_officer_finds_what_has_happened(size: tuple[int, int], port: MonitorPort) -> None:
    app = Desk(port, notify="none")
    async with app.run_test(size=size) as pilot:
        hand = Hand(pilot)
        text = await hand.until("TALIBAN")
        lines = text.splitlines()
        assert "8 Aug 2021" in lines[0]
        assert "REPLAY" in lines[0]
        assert "5 Taliban" in lines[1]
        for province, capital in FALLEN.items():
            row = next(line for line in lines if line[1:30].lstrip("›┃■□◧! ").startswith(province))
            assert "TALIBAN" in row
            assert size[0] < 80 or capital in row
        await hand.press("enter")
        assert "Takhar · Taloqan" in await hand.until("Rule against interest")
        await hand.press("enter")
        assert isinstance(app.screen, ItemScreen)
        await hand.press("escape")
        text = await hand.press("n")
        assert "Takhar · Taloqan" not in text
        await hand.press("escape")
        assert "Taloqan" in await hand.press("3")
        assert "▌" in await hand.press("4")
        assert "Taliban take Taloqan" in await hand.press("5", "slash", *"taloqan", "enter")
        await hand.press("escape")
        assert " confirmed" in await hand.press("6")
        assert "KDZ" in await hand.press("2")
        await hand.press("1", "left_square_bracket")
        assert "PAST" in await hand.until("◀")
        assert "REPLAY" in (await hand.press("escape")).splitlines()[0]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_is_reached_by_keys_alone(size: tuple[int, int], port: MonitorPort) -> None:
    app = Desk(port, notify="none")
    async with app.run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.until("TALIBAN")
        for key in ("tab", "shift+tab", "right"):
            seen = []
            await hand.only_press("1")
            for _ in range(8):
                await hand.only_press(key)
                pane = app._desk.pane
                assert pane.has_focus
                assert pane.region.height > 3
                seen.append(pane.id)
                if key == "right" and pane.id == "map":  # there it goes on to the next tile, and at last further
                    pane.go(len(pane.rows) - 1)
            assert {*PANES} - {*seen} <= ({"activity"} if 110 <= size[0] < 170 else set())
        for number, name in enumerate(PANES, 1):
            await hand.only_press(str(number))
            assert app._desk.pane.id == name
            assert app._desk.pane.region.height > 3
