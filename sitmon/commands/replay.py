"""`sitmon replay` and the headless `sitmon demo`: recorded items through the whole program on a simulated clock."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.classify.text import fold
from sitmon.commands.session import Session
from sitmon.config import Config
from sitmon.errors import ExitCode, SitmonError, UsageError
from sitmon.model.source import Source
from sitmon.replay import EARLIEST, Clock, Recorded, Replay, gather, ordered, sources_for
from sitmon.store.log import Log
from sitmon.views.export import jsonl
from sitmon.views.headless import Format, Printer
from sitmon.views.wording import count

LOOK_AGAIN_S = 0.2
"""How often it is looked whether the reader of the alerts is still there."""


def recorded(session: Session, sources: Sequence[Source], known_at: datetime | None = None) -> list[Recorded]:
    """Read the recorded items of the sources, saying on stderr what could not be read.

    Raises UsageError for what does not exist, SitmonError where there is no item at all.
    """
    missing = [s.location for s in sources if not Path(s.location).exists()]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    items, failures = gather(sources)
    for failure in failures:
        session.say(f"sitmon: {failure.subject}: {failure.reason}")
    if not items:
        raise SitmonError(f"no items in {', '.join(s.location for s in sources)}")
    return ordered(items, known_at)


def paths(session: Session, settings: Config, names: Sequence[Path], known_at: datetime | None) -> list[Recorded]:
    """Return the recorded items of the paths that a command names. Raises UsageError."""
    missing = [str(p) for p in names if not p.exists()]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    return recorded(session, list(sources_for(names, settings.sources)), known_at)


async def run(
    session: Session,
    settings: Config,
    area: Area,
    records: Sequence[Recorded],
    out: TextIO,
    *,
    form: Format = "text",
    speed: float | None = None,
    as_of: datetime | None = None,
    mix: bool = False,
) -> int:
    """Play the records and print the alerts that they raise.

    Raises UsageError where the store holds what a desk polled, unless `mix` says that this is meant.
    """
    clock = Clock(records[0].known if records else EARLIEST)
    store: Path | str = session.store or ":memory:"
    if session.store is not None and not mix:
        refuse_live(session.store)
    printer = Printer(form, out=out, exercise=True)
    monitor = wire(settings, area, store=store, clock=clock, live=False, as_of=as_of)
    async with monitor, asyncio.TaskGroup() as tasks:
        replay = Replay(records, area, monitor, clock)
        updates = await monitor.subscribe(recent=0, alerts=False)
        tasks.create_task(replay.run(speed), name="replay")
        reader = tasks.create_task(miss_reader(printer), name="look for the reader")
        new = alerts = 0
        async for update in updates:
            new += len(update.entries)
            told = printer.print(update.alerts)
            alerts += len(told)
            await monitor.delivered(told)
            if update.ended:
                break
        reader.cancel()
    if printer.trouble:
        raise SitmonError(printer.trouble)
    for failure in replay.failures:
        session.say(f"sitmon: {failure.subject}: {failure.reason}; it is kept without a verdict")
    session.say(_summary(session, records, new, alerts))
    return ExitCode.FINE


def refuse_live(store: Path) -> None:
    """Raise UsageError where a desk or a watch has polled into a store: a replay would turn its clock back."""
    if not store.exists():
        return
    with Log(store, read_only=True, fold=fold) as log:
        polled = log.poll_states()
    if polled:
        raise UsageError(
            f"{store} is the log of a desk that polls ({count(len(polled), 'source')} so far); a replay would mix "
            "recorded items into it and set its clock to theirs.\n"
            "Name another one: --store other.db. To do it on purpose: --mix"
        )


def _summary(session: Session, records: Sequence[Recorded], new: int, alerts: int) -> str:
    """Return what a replay came to: without it, one of items that the store holds already would end without a word."""
    first, last = (jsonl.time_of(r.known) for r in (records[0], records[-1]))
    fresh = "" if new == len(records) else f", {new} of them new" if new else ", none of them new"
    kept = f"kept in {session.store}" if session.store else "nothing is kept: --store FILE keeps it to be asked"
    return f"{count(len(records), 'item')} from {first} to {last}{fresh}; {count(alerts, 'alert')}; {kept}"


async def miss_reader(printer: Printer) -> None:
    """Raise BrokenPipeError when the reader goes: at life's own speed the next alert may be hours away."""
    while True:
        await asyncio.sleep(LOOK_AGAIN_S)
        printer.miss_reader()
