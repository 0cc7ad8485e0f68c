"""`sitmon` and `sitmon demo`: the desk, live or on the bundled sample; headless where stdout is no terminal.

Only what the first frame needs is loaded before it is painted; what reads, classifies and polls comes after it, in a
thread (`desk_feed.py`), while the officer sees what is being done.
"""

from __future__ import annotations

import asyncio
import multiprocessing.resource_tracker
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from sitmon import config
from sitmon.area import Area
from sitmon.commands import first_run
from sitmon.commands.desk_port import MonitorPort
from sitmon.commands.ready import ready
from sitmon.commands.session import Session, now
from sitmon.config import Config
from sitmon.errors import ExitCode, UsageError
from sitmon.model.picture import NEVER, Picture
from sitmon.model.source import Source
from sitmon.model.update import Update

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
        from sitmon.commands import watch  # only here: a desk loads the rooms behind it once its screen stands

        return watch.start(session, form="text", once=False)
    if config.load(session.config_file, area=session.area) is None and first_run.at_a_terminal():
        wanted = first_run.start(config.default_file(), session.area)
        if wanted != "desk":
            return demo(session, None) if wanted == "demo" else ExitCode.FINE
    settings, area, sources = ready(session)
    port = MonitorPort(area, now)

    async def work() -> None:
        await live(session, settings, area, sources, port)

    return asyncio.run(show(settings, port, work, memory=config.default_memory()))


def demo(session: Session, speed: float | None) -> int:
    """Replay the bundled sample: on the desk, or headless as fast as it goes where stdout is no terminal."""
    settings = Config()
    area = session.load_area(Config(area=DEMO_AREA))
    folder = area.folder / "sample"
    if not folder.is_dir():
        raise UsageError(f"the area {area.id} has no sample to replay")
    if not has_screen():
        from sitmon.commands import replay

        records = replay.paths(session, settings, [folder], None)
        return asyncio.run(replay.run(session, settings, area, records, sys.stdout, speed=speed))
    port = MonitorPort(area, lambda: NEVER)

    async def work() -> None:
        await port.asked()
        port.glance(Update(NEVER, Picture(NEVER), live=False))
        rooms = await asyncio.to_thread(_demo)
        await rooms.demo(session, settings, area, folder, port, speed or DEMO_SPEED)

    return asyncio.run(show(settings, port, work))


async def live(session: Session, settings: Config, area: Area, sources: tuple[Source, ...], port: MonitorPort) -> None:
    """Read the log and poll, once the screen stands."""
    await port.asked()
    port.glance(await asyncio.to_thread(_glance, session.store_path(settings), area.id))
    feed = await asyncio.to_thread(_feed)
    await feed.live(session, settings, area, sources, port)


def _glance(store: Path, area: str) -> Update | None:
    from sitmon.commands import desk_glance

    return desk_glance.latest(store, area, now())


def _demo() -> ModuleType:
    from sitmon.commands import desk_demo

    return desk_demo


def _feed() -> ModuleType:
    from sitmon.commands import desk_feed

    return desk_feed


async def show(
    settings: Config, port: MonitorPort, work: Callable[[], Awaitable[None]], *, memory: Path | None = None
) -> int:
    """Show the desk while `work` feeds its monitor; either's fault ends both. `memory`: what it remembers by."""
    if not (sys.stderr.isatty() or in_browser()):
        raise UsageError("the desk is drawn through stderr, which leads elsewhere here; for a log: sitmon watch 2>FILE")
    from sitmon.views.tui.app import Desk  # only here: a headless run never loads the screen's library

    # What a spawned process needs must run before the screen takes the terminal's streams: it cannot start after.
    multiprocessing.resource_tracker.ensure_running()
    desk = Desk(port, theme_name=settings.theme, notify=settings.notify, ascii_only=settings.ascii, memory=memory)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGHUP):
        with suppress(NotImplementedError, AttributeError):  # Windows has neither
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
    feeding = asyncio.ensure_future(work())
    showing = asyncio.ensure_future(desk.run_async())
    asked = asyncio.ensure_future(ended.wait())
    try:
        done, _ = await asyncio.wait({feeding, showing, asked}, return_when=asyncio.FIRST_COMPLETED)
        if showing not in done:
            if asked in done or feeding.exception() is not None:
                desk.exit()  # the screen is put away first, so that the fault can be read on stderr
            await showing
        if feeding in done:
            feeding.result()
        showing.result()
    finally:
        for task in (feeding, showing, asked):
            task.cancel()
        await asyncio.gather(feeding, showing, asked, return_exceptions=True)
    return ExitCode.INTERRUPTED if asked in done else desk.return_code or ExitCode.FINE
