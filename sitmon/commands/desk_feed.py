"""A door of a desk in, what keeps it fed out: the log, then the pollers of its sources.

The screen stands before this is imported, and shows the log before what polls is. It must not know the screen.
"""

from __future__ import annotations

import asyncio
from types import ModuleType

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.commands.desk_port import MonitorPort
from sitmon.commands.session import Session, now
from sitmon.config import Config
from sitmon.model.source import Source
from sitmon.views.headless import health_line


async def live(session: Session, settings: Config, area: Area, sources: tuple[Source, ...], port: MonitorPort) -> None:
    """Read the log, open the door, poll until cancelled."""
    monitor = wire(
        settings, area, store=session.store_path(settings), clock=now, hold=True,
        unheard=lambda health: session.say(health_line(health)), reading=port.reading,
    )  # fmt: skip
    async with monitor:
        port.open(monitor)
        polling = await asyncio.to_thread(_polling)
        await polling.poll(settings, area, sources, monitor, port)


def _polling() -> ModuleType:
    from sitmon.commands import desk_polling

    return desk_polling
