"""What a full cycle of hundreds of feeds costs the whole program: all changed, all unchanged (304), all the same bytes.

The pollers, the worker and the spine as `sitmon watch` joins them, with a log on disk, at full speed against a server
in a process of its own. CPU seconds are those of the program with its worker, never the server's, and without start-up.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.feeds_server import serving
from bench.rows import Row, table
from bench.watch import cpu_s
from sitmon import area_files
from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.collect import Collector
from sitmon.config import Config
from sitmon.garbage import few_pauses
from sitmon.ingest.fetch import Fetcher
from sitmon.model.source import Source
from sitmon.monitor import Monitor
from sitmon.worker import Worker

FEEDS = 500
PAPERS = 60
LEAST = 10
"""So many times cheaper a cycle without news must be."""


async def cycle(area: Area, sources: Sequence[Source], store: Path) -> tuple[float, int]:
    """Ask every source once; return the CPU seconds that it took, and how many entries were new."""
    news = 0

    async def listen(monitor: Monitor) -> None:
        nonlocal news
        async for update in await monitor.subscribe(recent=0):
            news += len(update.entries)
            if update.ended:
                return

    monitor = wire(Config(), area, store=store, clock=lambda: datetime.now(UTC))
    async with monitor, Worker(area.folder) as worker, Fetcher() as fetcher, asyncio.TaskGroup() as tasks:
        await worker.digest(b"<rss/>", sources[0], now=datetime.now(UTC))  # it has started
        collector = Collector(sources, monitor, worker, fetcher, once=True)
        tasks.create_task(listen(monitor))
        with few_pauses():  # memory is searched once when the collector starts, not in every cycle
            before = cpu_s(os.getpid())
            await collector.run()
            used = cpu_s(os.getpid()) - before
    return used, news


def main(feeds: int = FEEDS) -> list[Row]:
    """Run it; return its rows: feeds as papers send them, then the smallest that occur."""
    area = area_files.load(area_files.find("afghanistan"))
    return [*_rows(area, PAPERS, quiet=False), *_rows(area, feeds, quiet=True)]


def _rows(area: Area, feeds: int, *, quiet: bool) -> list[Row]:
    with serving(feeds, quiet=quiet) as base, tempfile.TemporaryDirectory() as folder:

        def ask(kind: str) -> tuple[float, int]:
            urls = [f"{base}/{kind}/{n}" for n in range(feeds)]
            sources = [Source(url, "feed", url, allow_private_hosts=True) for url in urls]
            return asyncio.run(cycle(area, sources, Path(folder, f"{kind}.db")))

        changed, unchanged = ask("tagged"), ask("tagged")
        again, same = ask("plain"), ask("plain")
    if changed[1] != again[1] or not changed[1] or unchanged[1] or same[1]:
        raise RuntimeError(f"news were lost or came twice: {changed}, {unchanged}, {again}, {same}")
    kind = "short posts" if quiet else "posts as papers send them"
    what = f"a cycle of {feeds} feeds of {changed[1] // feeds} {kind}, whole program: CPU"
    return [
        Row(f"{what}, unchanged (304)", f"{unchanged[0]:.2f} s", f"{changed[0]:.2f} s, changed",
            changed[0] / unchanged[0], f"read, classified, stored; the limit is {LEAST} x"),
        Row(f"{what}, the same bytes again", f"{same[0]:.2f} s", f"{again[0]:.2f} s, changed", again[0] / same[0],
            "the server knows no validators"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(table(main(int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS)))
