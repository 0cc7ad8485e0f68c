"""`sitmon watch`: the configured sources without a screen; alerts on stdout, everything else on stderr."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import TextIO

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.bootstrap_polling import fetcher
from sitmon.collect import Collector
from sitmon.commands.reading import Reading
from sitmon.commands.ready import ready
from sitmon.commands.session import Session, now
from sitmon.config import Config
from sitmon.errors import ExitCode, SitmonError
from sitmon.model.source import Source, SourceHealth
from sitmon.model.update import Update
from sitmon.monitor import Monitor
from sitmon.views.headless import Diagnostics, Format, Printer
from sitmon.views.wording import count
from sitmon.worker import Worker

TRY_AGAIN_S = 0.2
"""How often an output is tried that would not take an alert, and its reader looked for."""


FAILING = frozenset({"blocked", "down", "gone"})
"""The health of a source that gave no answer to read."""


def start(session: Session, *, form: Format, once: bool) -> int:
    """Read the config and watch. Raises UsageError where there is nothing to watch, saying how to change that."""
    settings, area, sources = ready(session)
    return asyncio.run(run(session, settings, area, sources, sys.stdout, form=form, once=once))


async def run(
    session: Session,
    settings: Config,
    area: Area,
    sources: tuple[Source, ...],
    out: TextIO,
    *,
    form: Format,
    once: bool,
) -> int:
    """Watch until the end (`once`), or until interrupted. Raises SitmonError where one round read no source at all."""
    ended_by_terminating()
    health: dict[str, SourceHealth] = {}
    sums = Sums(settings.alert_window)
    printer = Printer(form, out=out, wait=False)
    said = Diagnostics(quiet=session.quiet, verbose=session.verbose, since=now() if once else None)
    store = session.store_path(settings)
    monitor = wire(settings, area, store=store, clock=now, hold=True, unheard=said.say_health, reading=Reading(session))
    async with (
        monitor,
        Worker(area.folder) as worker,
        fetcher(settings) as fetches,
        asyncio.TaskGroup() as tasks,
    ):
        collector = Collector(sources, monitor, worker, fetches, once=once, concurrency=settings.concurrency)
        said.say(f"watching {count(len(sources), 'source')} for {area.name}; the log is {store}")
        owed = await monitor.undelivered()
        await monitor.delivered(printer.resume(monitor.alerts, owed))
        await monitor.delivered(printer.print(owed))
        updates = await monitor.subscribe(recent=0, alerts=False)
        polling = tasks.create_task(collector.run(), name="collect")
        owing = tasks.create_task(pay(monitor, printer), name="print what is owed")
        try:
            async for update in updates:
                said.follow(update)
                health.update((h.source, h) for h in update.health)
                sums.add(update)
                await monitor.delivered(printer.print(update.alerts, update.repeats))
                said.note("stdout", printer.trouble, well="all alerts are written again")
                if update.ended:
                    break
        finally:
            polling.cancel()
            owing.cancel()
        while printer.is_awaited:
            await asyncio.sleep(TRY_AGAIN_S)
            await monitor.delivered(printer.print(()))
    if printer.trouble:
        raise SitmonError(f"{printer.trouble}; they are kept and come with the next start")
    if once:
        failing = sum(s.name not in health or health[s.name].health in FAILING for s in sources)
        said.say(sums.say(len(sources), failing, [health[s.name] for s in sources if s.name in health]))
        if failing == len(sources):
            raise SitmonError(
                "the only source could not be read"
                if len(sources) == 1
                else f"none of the {len(sources)} sources could be read"
            )
    return ExitCode.FINE


class Sums:
    """What one round came to: without it, a round that read old news alone would look like one that read nothing."""

    def __init__(self, window: timedelta) -> None:
        self._window = window
        self._new = self._old = self._undated = self._alerts = 0

    def add(self, update: Update) -> None:
        """Count what an update tells."""
        self._new += len(update.entries)
        for entry in update.entries:
            if entry.item.published is None:
                self._undated += 1
            elif entry.known - entry.item.published > self._window:
                self._old += 1
        self._alerts += sum(alert.state == "active" for alert in update.alerts)

    def say(self, sources: int, failing: int, health: Iterable[SourceHealth]) -> str:
        """Return the round in one sentence."""
        asked = count(sources, "source") + (f", {failing} of them not read" if failing else "")
        read = count(sum(h.items for h in health if h.health not in FAILING), "item")
        why = []
        if self._old:
            why.append(f"{self._old} of them older than the desk's window of {self._window.total_seconds() / 3600:g} h")
        if self._undated:
            why.append(f"{self._undated} without a date")
        quiet = f" ({', '.join(why)}: they alert nobody)" if why else ""
        return f"{asked}: {read} in them, {self._new} new{quiet}; {count(self._alerts, 'alert')}"


def ended_by_terminating() -> None:
    """Let SIGTERM end the watch as Ctrl-C does: what is open is closed, and the worker's process goes with it."""
    task = asyncio.current_task()
    with suppress(NotImplementedError, ValueError):  # Windows; a loop that is not the main thread's
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


async def pay(monitor: Monitor, printer: Printer) -> None:
    """Print what could not be printed at once, as soon as it can be. Raises BrokenPipeError when the reader goes."""
    while True:
        await asyncio.sleep(TRY_AGAIN_S)
        printer.miss_reader()
        if printer.trouble:
            await monitor.delivered(printer.print(()))
