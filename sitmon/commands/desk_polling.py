"""An open log in, a desk that polls out: it brings the readers of feeds, which are loaded once the log is shown."""

from __future__ import annotations

from sitmon.area import Area
from sitmon.bootstrap_polling import fetcher
from sitmon.collect import Collector
from sitmon.commands.desk_port import MonitorPort
from sitmon.config import Config
from sitmon.model.source import Source
from sitmon.monitor import Monitor
from sitmon.worker import Worker


async def poll(settings: Config, area: Area, sources: tuple[Source, ...], monitor: Monitor, port: MonitorPort) -> None:
    """Poll the sources until cancelled."""
    async with Worker(area.folder) as worker, fetcher(settings) as fetches:
        collector = Collector(sources, monitor, worker, fetches, concurrency=settings.concurrency)
        port.refresh_by(collector.refresh)
        await collector.run()
