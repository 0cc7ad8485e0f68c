"""The monitor in, the desk's one door to it out: what the screen asks, and what an officer does there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sitmon.area import Area
from sitmon.assess.fold import refold
from sitmon.assess.ledger import Ledger
from sitmon.assess.why import Why
from sitmon.commands.officer import mark_id, officer
from sitmon.commands.sitrep import DESK
from sitmon.model.entry import Entry
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture
from sitmon.model.terms import Holder, MarkKind
from sitmon.monitor import Monitor
from sitmon.replay import Replay
from sitmon.subscription import Subscription

SLOWEST = 1.0
FASTEST = 86_400.0
"""A day a second."""


class MonitorPort:
    """The desk's door to the monitor."""

    def __init__(
        self,
        area: Area,
        monitor: Monitor,
        clock: Callable[[], datetime],
        replay: Replay | None = None,
    ) -> None:
        """Make a door that `open` opens: until the monitor is ready, whoever asks something of the log waits."""
        self._area = area
        self._monitor = monitor
        self._clock = clock
        self._refresh: Callable[[], None] = lambda: None
        self._asked = asyncio.Event()
        self._ready = asyncio.Event()
        self._replay = replay
        self._folded: tuple[datetime, Ledger] | None = None

    @property
    def area(self) -> Area:
        return self._area

    def now(self) -> datetime:
        return self._clock()

    async def asked(self) -> None:
        """Wait until the screen stands and wants to be told something."""
        await self._asked.wait()

    def open(self, refresh: Callable[[], None] = lambda: None) -> None:
        """The monitor is ready. `refresh` asks every source again."""
        self._refresh = refresh
        self._ready.set()

    async def subscribe(self) -> Subscription:
        self._asked.set()
        await self._ready.wait()
        return await self._monitor.subscribe()

    async def entries(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        await self._ready.wait()
        return await self._monitor.entries(ids)

    async def explain(self, code: str, at: datetime | None = None) -> Why | None:
        if at is None:
            return self._monitor.explain(code)
        return (await self._known_at(at)).explain(code, at)

    async def past(self, at: datetime) -> Picture:
        return (await self._known_at(at)).picture(at)

    async def _known_at(self, at: datetime) -> Ledger:
        """Return the ledger as it was known at a moment; the last one folded is kept, for the questions about it."""
        await self._ready.wait()
        if self._folded is None or self._folded[0] != at:
            entries, marks = await self._monitor.known_at(at)
            fold = partial(refold, self._area, entries, known_at=at, marks=marks)
            self._folded = at, await asyncio.to_thread(fold)
        return self._folded[1]

    def pace(self, factor: float) -> float | None:
        if self._replay is None or self._replay.speed is None:
            return None
        self._replay.speed = min(max(self._replay.speed * factor, SLOWEST), FASTEST)
        return self._replay.speed

    async def older(self, before: Entry, limit: int) -> tuple[Entry, ...]:
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

    def refresh(self) -> None:
        self._refresh()

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
