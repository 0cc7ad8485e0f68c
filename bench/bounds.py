"""What hostile and heavy answers may cost: a bomb's memory, and the keys while a feed of 2.5 MB is read.

Each limit is our own; there is nobody to compare with who keeps one.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.feeds_server import document
from bench.rows import Row, table
from sitmon import area_files
from sitmon.garbage import few_pauses
from sitmon.ingest.fetch import Fetcher
from sitmon.model.source import Failure, PollState, Source
from sitmon.worker import Worker
from tests.servers import Loopback, Page, gzip_bomb, threaded

BOMB = 1 << 30
BOMB_LIMIT_MB = 20
LAG_LIMIT_MS = 50
LONG = 1150
"""Posts of a feed of 2.5 MB."""
TICK_S = 0.002
NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)


def bomb(answer: Any) -> None:
    """In a process of its own: fetch the bomb from a server in yet another thread; send the growth of memory."""
    page = Page(gzip_bomb(BOMB), headers=(("Content-Encoding", "gzip"),))
    calm = Page(document(0))
    with threaded({"/bomb": page, "/calm": calm}) as server:
        failure, grown = asyncio.run(_fetch_both(server))
    answer.send((failure, grown))


async def _fetch_both(server: Loopback) -> tuple[str, float]:
    async with Fetcher() as fetcher:

        async def fetch(path: str) -> object:
            source = Source("b", "feed", server.url(path), allow_private_hosts=True)
            return await fetcher.fetch(source, PollState("b"), NOW)

        await fetch("/calm")  # what any fetch needs is loaded
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        answer = await fetch("/bomb")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if not isinstance(answer, Failure) or answer.kind != "too_large":
        raise RuntimeError(f"the bomb was not stopped: {answer}")
    return answer.reason, grown


async def lag() -> tuple[float, float, int]:
    """Return the longest wait of the loop while the worker read a feed in ms, how long it took in s, and its bytes."""
    folder = area_files.find("afghanistan")
    body = document(0, items=LONG)
    source = Source("big", "feed", "https://big.example/")
    with few_pauses():  # as the collector does it
        return await _lag(folder, body, source)


async def _lag(folder: Path, body: bytes, source: Source) -> tuple[float, float, int]:
    worst = 0.0
    async with Worker(folder) as worker:
        await worker.digest(document(1), source, now=NOW)
        done = asyncio.Event()

        async def tick() -> None:
            nonlocal worst
            while not done.is_set():
                before = time.perf_counter()
                await asyncio.sleep(TICK_S)
                worst = max(worst, time.perf_counter() - before - TICK_S)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(tick())
            begun = time.perf_counter()
            digest = await worker.digest(body, source, now=NOW)
            took = time.perf_counter() - begun
            done.set()
    if len(digest.parsed.items) != LONG:
        raise RuntimeError("items were lost")
    return worst * 1000, took, len(body)


def main() -> list[Row]:
    """Run it; return its rows."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=bomb, args=(there,))
    process.start()
    there.close()
    reason, grown = here.recv()
    process.join()
    worst, took, size = asyncio.run(lag())
    return [
        Row("1 GB in 1 MB of gzip: memory", f"{grown:.1f} MB", f"{BOMB_LIMIT_MB} MB", BOMB_LIMIT_MB / max(grown, 0.1),
            f"{reason}; the limit is ours"),
        Row("keys while a feed is read: longest wait", f"{worst:.0f} ms", f"{LAG_LIMIT_MS} ms", LAG_LIMIT_MS / worst,
            f"{size / 1024**2:.1f} MB, {took:.1f} s in the worker; the limit is ours"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(table(main()))
