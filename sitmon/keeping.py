"""The situation in, a stored state of it out; and at the next start that state in, so that the log is not folded anew.

What is stored is derived and can be thrown away: where it does not fit (another area, other code, damage) the log is
folded from its first entry, part by part. It must not decide anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from typing import Final

from sitmon.answering import Answering
from sitmon.garbage import few_pauses
from sitmon.meaning import meaning
from sitmon.model.entry import Entry
from sitmon.model.update import Progress
from sitmon.pen import Pen
from sitmon.situation import Situation
from sitmon.store.snapshots import Snapshot, packed

PART: Final = 2_000
"""Entries read and folded at a time."""
LONG: Final = 100_000
"""Entries folded at the start after which the state is kept on the way: a long start that is killed goes on there."""
EVERY: Final = 20_000
"""Entries after which a running desk keeps its state anew."""
WORTH: Final = 2_000
"""Entries folded since the kept state that are worth keeping it anew, at the start and at the end."""

Told = Callable[[Progress | None], None]
"""Told how far the log has been read; None when it is done."""


class Keeping:
    """Brings the situation back from the log, and keeps it there now and then."""

    def __init__(self, pen: Pen, situation: Situation, answering: Answering, told: Told) -> None:
        self._pen = pen
        self._situation = situation
        self._answering = answering
        self._told = told
        self._since = 0

    @property
    def name(self) -> str:
        """Under this name the log keeps the state: two areas on one store have one each."""
        return f"picture of {self._situation.area}"

    @property
    def fits(self) -> str:
        """What the state is of: a kept one of another name is of no use."""
        return f"{meaning()} {self._situation.fits}"

    async def fold_log(self, *, keep: bool) -> None:
        """Bring the situation's picture back: from the kept state and what came after it, else from every entry.

        With `keep`, the state is kept where it is worth it.
        """
        held, what = await self._recall()
        with few_pauses():
            async for upto, part in self._parts(held, what):
                await self._answering.done(self._situation.fold(part))
                await self._stored_up_to(upto)
                self._since += len(part)
                held = upto
                if keep and self._since >= LONG:
                    await self.keep(held)
        if keep and self._since >= WORTH:
            await self.keep(held)

    async def decide_log(self, now: datetime) -> None:
        """Decide every entry once more: what a first round held back that was killed."""
        async for upto, part in self._parts(0, "deciding the first round again"):
            for entry in part:
                await self._answering.done(self._situation.decide(entry, now))
            await self._stored_up_to(upto)

    async def _parts(self, seq: int, what: str) -> AsyncIterator[tuple[int, tuple[Entry, ...]]]:
        """Yield the log's entries with reports after a sequence number, part by part, and how far each goes."""
        top = await self._pen.read(self._pen.log.top)
        while True:
            self._answering.upto = seq  # what the situation does not know yet it must not be given again
            seq, part = await self._pen.read(self._pen.log.reports_after, seq, PART)
            if not part:
                break
            yield seq, part
            self._told(Progress(what, min(seq, top), top))
        self._answering.upto = None
        self._told(None)

    async def _stored_up_to(self, upto: int) -> None:
        self._answering.upto = upto
        await self._answering.done(self._situation.let_go())

    async def _recall(self) -> tuple[int, str]:
        """Take the kept state where there is one that fits; return up to where it holds the log, and what comes next.

        0 without one.
        """
        found = await self._pen.read(self._pen.log.snapshots.find, self.name)
        if found is None:
            return 0, "reading the log"
        if found.fits != self.fits:
            return 0, "reading the log anew (rules changed)"
        # On the log's thread: a state is as large as what it is the state of, and is read a part at a time.
        if not await self._pen.read(lambda: self._situation.thaw(self._pen.log.snapshots.parts(self.name))):
            return 0, "reading the log anew (its kept state is damaged)"
        return found.seq, "reading the log"

    def note(self, entries: int) -> None:
        """Note that so many entries have been folded and stored."""
        self._since += entries

    @property
    def is_due(self) -> bool:
        """Whether a running desk should keep its state now."""
        return self._since >= EVERY

    @property
    def is_worth_it(self) -> bool:
        """Whether starting from what is kept by now would take long."""
        return self._since >= WORTH

    async def keep(self, seq: int) -> None:
        """Keep the state, which must hold every entry up to `seq`, all of them stored. Nothing may be folded meanwhile.

        The screen has its turn between two parts.
        """
        parts: list[bytes] = []
        for part in self._situation.freeze():
            parts.append(packed(part))
            await asyncio.sleep(0)
        snapshot = Snapshot(self.fits, seq)
        if await self._pen.attempt(partial(self._pen.log.snapshots.keep, self.name, snapshot, parts)):
            self._since = 0
