"""`sitmon` and `sitmon demo`: the desk, live or on the bundled sample; headless where stdout is no terminal."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from sitmon import config
from sitmon.bootstrap import wire
from sitmon.bootstrap_polling import fetcher
from sitmon.collect import Collector
from sitmon.commands import first_run, watch
from sitmon.commands import replay as replays
from sitmon.commands.desk_port import MonitorPort
from sitmon.commands.session import Session, now
from sitmon.config import Config
from sitmon.errors import ExitCode, UsageError
from sitmon.replay import Clock, Replay
from sitmon.views.headless import health_line
from sitmon.worker import Worker

DEMO_AREA = "afghanistan"
DEMO_SPEED = 3600.0
"""An hour a second: the sample's week passes in under three minutes."""


def in_browser() -> bool:
    """Return whether `sitmon serve` has started this desk for a page of a browser."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def has_screen() -> bool:
    """Return whether there is something to show a desk on."""
    return sys.stdout.isatty() or in_browser()


def run(session: Session) -> int:
    """Open the desk on the configured sources; where stdout is no terminal, watch."""
    if not has_screen():
        return watch.start(session, form="text", once=False)
    if config.load(session.config_file) is None and first_run.at_a_terminal():
        wanted = first_run.guide(config.default_file(), session.area)
        if wanted != "desk":
            return demo(session, None) if wanted == "demo" else ExitCode.FINE
    elif config.load(session.config_file) is None:
        raise UsageError(
            f"there is no config yet ({config.default_file()}).\n"
            "Copy config.example.toml there and name your sources, or give one with --config FILE.\n"
            "To see the desk without any: sitmon demo"
        )
    settings, area, sources = watch.ready(session)

    async def live() -> int:
        monitor = wire(
            settings, area, store=session.store_path(settings), clock=now, hold=True,
            unheard=lambda health: session.say(health_line(health)),
        )  # fmt: skip
        port = MonitorPort(area, monitor, now)

        # The worker's process starts before the screen does: it cannot once the screen holds the terminal's streams.
        async with Worker(area.folder) as worker, fetcher(settings) as fetches:

            async def collect() -> None:
                await port.asked()  # the screen stands: only now is the log read and folded, which takes longer
                async with monitor:
                    collector = Collector(sources, monitor, worker, fetches, concurrency=settings.concurrency)
                    port.open(collector.refresh)
                    await collector.run()

            return await show(settings, port, collect, memory=config.default_memory())

    return asyncio.run(live())


def demo(session: Session, speed: float | None) -> int:
    """Replay the bundled sample: on the desk, or headless as fast as it goes where stdout is no terminal."""
    settings = Config()
    area = session.load_area(Config(area=DEMO_AREA))
    folder = area.folder / "sample"
    if not folder.is_dir():
        raise UsageError(f"the area {area.id} has no sample to replay")
    records = replays.paths(session, settings, [folder], None)
    if not has_screen():
        return asyncio.run(replays.run(session, settings, area, records, sys.stdout, speed=speed))

    async def play() -> int:
        clock = Clock(records[0].known)
        store: Path | str = session.store or ":memory:"
        async with wire(settings, area, store=store, clock=clock, live=False) as monitor:
            replay = Replay(records, area, monitor, clock)
            port = MonitorPort(area, monitor, clock, replay)
            port.open()
            return await show(settings, port, lambda: replay.run(speed or DEMO_SPEED))

    return asyncio.run(play())


async def show(
    settings: Config, port: MonitorPort, work: Callable[[], Awaitable[None]], *, memory: Path | None = None
) -> int:
    """Show the desk while `work` feeds its monitor; either's fault ends both. `memory`: what it remembers by."""
    if not (sys.stderr.isatty() or in_browser()):
        raise UsageError("the desk is drawn through stderr, which leads elsewhere here; for a log: sitmon watch 2>FILE")
    from sitmon.views.tui.app import Desk  # only here: a headless run never loads the screen's library

    desk = Desk(port, theme_name=settings.theme, notify=settings.notify, ascii_only=settings.ascii, memory=memory)
    feeding = asyncio.ensure_future(work())
    showing = asyncio.ensure_future(desk.run_async())
    try:
        done, _ = await asyncio.wait({feeding, showing}, return_when=asyncio.FIRST_COMPLETED)
        if feeding in done:
            if feeding.exception() is not None:
                desk.exit()  # the screen is put away first, so that the fault can be read on stderr
            await showing
            feeding.result()
        else:
            showing.result()
    finally:
        for task in (feeding, showing):
            task.cancel()
        await asyncio.gather(feeding, showing, return_exceptions=True)
    return desk.return_code or ExitCode.FINE
