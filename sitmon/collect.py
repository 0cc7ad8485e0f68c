"""Sources in, their items in the monitor's hands out: the pollers, the worker and the spine joined, live."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from datetime import timedelta

from sitmon.garbage import few_pauses
from sitmon.ingest.poller import Fetches, Polled, Poller
from sitmon.model.source import Source
from sitmon.model.update import Progress
from sitmon.monitor import Monitor
from sitmon.worker import Digest, Worker

LOOK_AGAIN = timedelta(seconds=5)
"""How often health and ages are told anew when nothing else happens."""


FULL_EVERY = timedelta(hours=1)
"""How often all of memory is searched for garbage."""


def _is_a_step(progress: Progress) -> bool:
    """Whether so much more is done that it is worth telling: a hundredth of the whole, or the end of it."""
    return progress.done % max(progress.total // 100, 1) == 0 or progress.done >= progress.total


class Collector:
    """Keeps asking every source, and hands what comes to the monitor."""

    def __init__(
        self,
        sources: Sequence[Source],
        monitor: Monitor,
        worker: Worker,
        fetcher: Fetches,
        *,
        once: bool = False,
        concurrency: int = 8,
    ) -> None:
        self._monitor = monitor
        self._once = once
        self._told: dict[str, tuple[object, ...]] = {}
        self._first = {s.name for s in sources}
        """The sources that have not answered yet, well or badly."""
        self._poller: Poller[Digest] = Poller(
            sources,
            fetcher=fetcher,
            memory=monitor.polls,
            parse=worker.digest,
            read=worker.read,
            deliver=self._deliver,
            once=once,
            concurrency=concurrency,
        )

    async def run(self) -> None:
        """Poll for ever; with `once`, until every source has been asked one time. Ends the monitor's updates then."""
        with few_pauses():
            async with asyncio.TaskGroup() as tasks:
                await self._poller.start(tasks)
                await self._monitor.note_health(*self._poller.health())
                if not self._once:
                    tasks.create_task(self._look_again(), name="look again")
                    tasks.create_task(self._collect_garbage(), name="collect garbage")
        await self._monitor.end()

    def refresh(self) -> None:
        """Ask every source at the next decent moment."""
        self._poller.refresh()

    async def _deliver(self, polled: Polled[Digest]) -> None:
        if polled.news is not None:
            await self._monitor.take(polled.news.parsed.items, polled.news.verdicts, source=polled.source)
        # Telling of a thousand sources takes longer than asking one: only where more than a time has changed.
        health = polled.health
        known, told = (health.health, health.reason, health.items, health.errors), self._told.get(health.source)
        self._told[health.source] = known
        await self._monitor.note_health(health, tell=known != told)
        if polled.progress is None or polled.progress.done >= polled.progress.total:
            await self._answered(polled.source.name)
        if polled.progress is not None and _is_a_step(polled.progress):
            done = polled.progress.done >= polled.progress.total
            await self._monitor.note_progress(None if done else polled.progress)

    async def _answered(self, source: str) -> None:
        if source in self._first:
            self._first.discard(source)
            if not self._first:
                await self._monitor.first_round_over()

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN.total_seconds())
            await self._monitor.note_health(*self._poller.health())
            await self._monitor.catch_up()

    async def _collect_garbage(self) -> None:
        while True:
            await asyncio.sleep(FULL_EVERY.total_seconds())
            gc.collect()
