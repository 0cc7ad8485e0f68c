"""A door of a desk in, the replay of the sample behind it out. It must not know the screen."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.commands import replay as replays
from sitmon.commands.desk_port import MonitorPort
from sitmon.commands.session import Session
from sitmon.config import Config
from sitmon.replay import Clock, Replay


async def demo(session: Session, settings: Config, area: Area, folder: Path, port: MonitorPort, speed: float) -> None:
    """Read the sample, open the door, play it; then keep the log open for the officer's marks, until cancelled."""
    records = await asyncio.to_thread(replays.paths, session, settings, [folder], None)
    clock = Clock(records[0].known)
    store: Path | str = session.store or ":memory:"
    async with wire(settings, area, store=store, clock=clock, live=False) as monitor:
        replay = await asyncio.to_thread(Replay, records, area, monitor, clock)
        port.open(monitor, clock=clock, replay=replay)
        await replay.run(speed)
        await asyncio.Event().wait()
