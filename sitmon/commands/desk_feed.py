"""A door of a desk in, what keeps it fed out: the pollers of its sources, or the replay of the sample.

It loads what a screen can do without; the screen stands before it is imported. It must not know the screen.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.bootstrap_polling import fetcher
from sitmon.collect import Collector
from sitmon.commands import replay as replays
from sitmon.commands.desk_port import MonitorPort
from sitmon.commands.session import Session, now
from sitmon.config import Config
from sitmon.model.source import Source
from sitmon.replay import Clock, Replay
from sitmon.views.headless import health_line
from sitmon.worker import Worker


async def live(session: Session, settings: Config, area: Area, sources: tuple[Source, ...], port: MonitorPort) -> None:
    """Read the log, open the door, poll until cancelled."""
    monitor = wire(
        settings, area, store=session.store_path(settings), clock=now, hold=True,
        unheard=lambda health: session.say(health_line(health)), reading=port.reading,
    )  # fmt: skip
    async with Worker(area.folder) as worker, fetcher(settings) as fetches, monitor:
        collector = Collector(sources, monitor, worker, fetches, concurrency=settings.concurrency)
        port.open(monitor, refresh=collector.refresh)
        await collector.run()


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
