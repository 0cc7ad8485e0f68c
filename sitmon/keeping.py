"""The situation in, a stored state of it out; and at the next start that state in, so that the log is not folded anew.

What is stored is derived and can be thrown away: where it does not fit (another area, another meaning of the rules,
damage) the log is folded from its first entry, part by part. It must not decide anything.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

from sitmon.model.entry import Entry
from sitmon.pen import Pen
from sitmon.situation import Situation
from sitmon.store.past import Past
from sitmon.store.snapshots import Snapshot, packed

NAME: Final = "picture"
"""Under this name the log keeps the state."""
PART: Final = 2_000
"""Entries read and folded at a time."""
LONG: Final = 100_000
"""Entries folded at the start after which the state is kept on the way: a long start that is killed goes on there."""
EVERY: Final = 20_000
"""Entries after which a running desk keeps its state anew."""
WORTH: Final = 2_000
"""Entries folded since the kept state that are worth keeping it anew, at the start and at the end."""


class Keeping:
    """Brings the situation back from the log, and keeps it there now and then."""

    def __init__(self, pen: Pen, situation: Situation, past: Past | None) -> None:
        """`past` is what the situation's ledger reads again from; without one nothing is kept."""
        self._pen = pen
        self._situation = situation
        self._past = past
        self._since = 0

    async def fold_log(self, *, keep: bool) -> None:
        """Bring the situation's picture back: from the kept state and what came after it, else from every entry.

        In a thread, so that a first frame can be drawn meanwhile. With `keep`, the state is kept where it is worth it.
        """
        seq = await self._recall()
        while True:
            upto, part = await self._pen.read(self._pen.log.reports_after, seq, PART)
            if not part:
                break
            await asyncio.to_thread(self._fold, part, upto)
            seq = upto
            self._since += len(part)
            if keep and self._since >= LONG:
                await self.keep(seq)
        if keep and self._since >= WORTH:
            await self.keep(seq)
        if self._past is not None:
            self._past.upto = None

    def _fold(self, part: tuple[Entry, ...], upto: int) -> None:
        self._situation.fold(part)
        self._bound(upto)
        self._situation.let_go()
        if self._past is not None:
            self._past.close()  # its connection belongs to this thread

    def _bound(self, upto: int) -> None:
        """The ledger may only be given again what it was given before."""
        if self._past is not None:
            self._past.upto = upto

    async def _recall(self) -> int:
        """Take the kept state where there is one that fits; return up to where it holds the log, 0 without one."""
        found = await self._pen.read(self._pen.log.snapshots.find, NAME) if self._past is not None else None
        if found is None or found.fits != self._situation.fits:
            return 0
        try:
            parts = await self._pen.read(lambda: list(self._pen.log.snapshots.parts(NAME)))
        except ValueError:
            return 0
        if not await asyncio.to_thread(self._situation.thaw, parts):
            return 0
        self._bound(found.seq)
        return found.seq

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
        if self._past is None:
            return
        parts: list[bytes] = []
        for part in self._situation.freeze():
            parts.append(packed(part))
            await asyncio.sleep(0)
        snapshot = Snapshot(self._situation.fits, seq)
        if await self._pen.attempt(partial(self._pen.log.snapshots.keep, NAME, snapshot, parts)):
            self._since = 0
