"""The monitor in, the desk's one door to it out: what the screen asks, and what an officer does there.

The door is there before the monitor is: whoever asks something of the log waits until it has been opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sitmon.area import Area
from sitmon.commands.officer import DESK, mark_id, officer
from sitmon.model.entry import Entry
from sitmon.model.mark import Mark
from sitmon.model.picture import NEVER, Picture
from sitmon.model.terms import Holder, MarkKind
from sitmon.model.update import Progress, Update

if TYPE_CHECKING:  # loaded after the screen stands
    from sitmon.assess.ledger import Ledger
    from sitmon.assess.why import Why
    from sitmon.monitor import Monitor
    from sitmon.replay import Replay

SLOWEST = 1.0
FASTEST = 86_400.0
"""A day a second."""


class MonitorPort:
    """The desk's door to the monitor."""

    def __init__(self, area: Area, clock: Callable[[], datetime]) -> None:
        """Make a door that `open` opens. `clock` is the desk's until then, and after where no other is given."""
        self._area = area
        self._clock = clock
        self._refresh: Callable[[], bool] = lambda: False
        self._asked = asyncio.Event()
        self._glanced = asyncio.Event()
        self._ready = asyncio.Event()
        self._early: Update | None = None
        self._replay: Replay | None = None
        self._folded: tuple[datetime, Ledger] | None = None
        self._last: Entry | None = None
        """The newest entry with a report that was known at the moment of `_folded`."""
        self._monitor: Monitor

    @property
    def area(self) -> Area:
        return self._area

    def now(self) -> datetime:
        return self._clock()

    async def asked(self) -> None:
        """Wait until the screen stands and wants to be told something."""
        await self._asked.wait()

    def glance(self, early: Update | None) -> None:
        """Show what there is at hand (None: nothing) until the door is open."""
        self._early = early
        self._glanced.set()

    def reading(self, progress: Progress | None) -> None:
        """Show how far the log has been read, until the door is open."""
        if progress is not None:
            early = Update(self._clock(), Picture(NEVER), progress=progress)
            self._early = self._early.merged(early) if self._early is not None else early
            self._glanced.set()

    def open(
        self,
        monitor: Monitor,
        *,
        clock: Callable[[], datetime] | None = None,
        replay: Replay | None = None,
    ) -> None:
        """The monitor is ready. `clock` and `replay` are those of a replay."""
        self._monitor = monitor
        self._replay = replay
        if clock is not None:
            self._clock = clock
        self._ready.set()
        self._glanced.set()

    def refresh_by(self, refresh: Callable[[], None]) -> None:
        """The sources are being polled: `refresh` asks every one of them again."""
        self._refresh = partial(_done, refresh)

    async def subscribe(self) -> AsyncIterator[Update]:
        self._asked.set()
        return self._updates()

    async def _updates(self) -> AsyncIterator[Update]:
        while not self._ready.is_set():
            await self._glanced.wait()
            self._glanced.clear()
            early, self._early = self._early, None
            if early is not None and not self._ready.is_set():
                yield early
        async for update in await self._monitor.subscribe():
            yield update

    async def entries(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        await self._ready.wait()
        return await self._monitor.entries(ids)

    async def explain(self, code: str, at: datetime | None = None) -> Why | None:
        await self._ready.wait()
        if at is None:
            return await self._monitor.explain(code)
        return (await self._known_at(at)).explain(code, at)

    async def newest(self, limit: int) -> tuple[Entry, ...]:
        await self._ready.wait()
        return await self._monitor.latest(limit)

    async def past(self, at: datetime, limit: int) -> tuple[Picture, tuple[Entry, ...]]:
        picture = (await self._known_at(at)).picture(at)
        if self._last is None:
            return picture, ()
        return picture, (*await self._monitor.older(self._last, limit - 1), self._last)

    async def _known_at(self, at: datetime) -> Ledger:
        """Return the ledger as it was known at a moment; the last one folded is kept, for the questions about it."""
        await self._ready.wait()
        if self._folded is None or self._folded[0] != at:
            from sitmon.assess.fold import refold  # loaded by now

            entries, marks = await self._monitor.known_at(at)
            fold = partial(refold, self._area, entries, known_at=at, marks=marks)
            self._last = entries[-1] if entries else None
            self._folded = at, await asyncio.to_thread(fold)
        return self._folded[1]

    def pace(self, factor: float) -> float | None:
        if self._replay is None or self._replay.speed is None:
            return None
        self._replay.speed = min(max(self._replay.speed * factor, SLOWEST), FASTEST)
        return self._replay.speed

    async def older(self, before: Entry, limit: int) -> tuple[Entry, ...]:
        await self._ready.wait()
        return await self._monitor.older(before, limit)

    async def acknowledge(self, alert_id: str) -> None:
        await self._mark("acknowledge", alert_id)

    async def unmark(self, alert_id: str) -> None:
        await self._mark("unmark", alert_id)

    async def silence(self, alert_id: str, until: datetime | None) -> None:
        await self._mark("silence", alert_id, until=until)

    async def note(self, subject: str, text: str) -> None:
        await self._mark("note", subject, reason=text)

    async def override(self, code: str, holder: Holder, reason: str) -> None:
        await self._mark("override", code, reason=reason, data=(("holder", holder),))

    async def hand_over(self, reason: str) -> None:
        await self._mark("handover", DESK, reason=reason)

    def refresh(self) -> bool:
        return self._refresh()

    async def _mark(
        self,
        kind: MarkKind,
        subject: str,
        *,
        reason: str = "",
        until: datetime | None = None,
        data: tuple[tuple[str, str], ...] = (),
    ) -> None:
        await self._ready.wait()
        await self._monitor.mark(
            Mark(
                id=mark_id(),
                kind=kind,
                subject=subject,
                by=officer(),
                time=self._clock(),
                reason=reason,
                until=until,
                data=data,
            )
        )


def _done(work: Callable[[], None]) -> bool:
    work()
    return True
