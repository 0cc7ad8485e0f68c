"""Works of the situation in, their results out: what they want again is read on the log's thread, long ones are cut.

A place's whole past is read part by part, so that neither the keys nor the memory feel it; trouble of the log that may
pass is waited for, as with all else that is asked of it. It must not know what is wanted for what.
"""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Final, TypeVar

from sitmon.assess.asking import OfItem, Part, Wanted, Work
from sitmon.pen import Pen

BREATH_S: Final = 0.002
"""How long a work goes on before the screen has its turn."""
PART: Final = 500
"""Entries that report at a place, given at a time."""

T = TypeVar("T")


class Answering:
    """Does works on the event loop; of those that alter the situation one at a time: the caller sees to that."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._breath = 0.0
        self.upto: int | None = None
        """Entries after this sequence number are not given: the situation does not know them yet. None: all are."""

    async def done(self, work: Work[T]) -> T:
        """Do a work to its end; return its result. Raises StoreError for trouble of the log that will not pass.

        Whoever is cancelled leaves the work where it is: one that alters something belongs into a step (`steps.py`).
        """
        given: Part | None = None
        while True:
            try:
                wanted = work.send(given)
            except StopIteration as end:
                result: T = end.value
                return result
            given = await self._answer(wanted)

    async def _answer(self, wanted: Wanted | None) -> Part | None:
        if wanted is not None:
            return await self._pen.read(self._give, wanted)
        if perf_counter() > self._breath:
            await asyncio.sleep(0)
            self._breath = perf_counter() + BREATH_S
        return None

    def _give(self, wanted: Wanted) -> Part:
        again = self._pen.log.again
        if isinstance(wanted, OfItem):
            return Part(again.versions(wanted.item, upto=self.upto))
        more, entries = again.about(wanted.place, after=wanted.after, limit=PART, upto=self.upto)
        return Part(entries, more)
