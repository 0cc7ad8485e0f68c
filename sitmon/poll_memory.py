"""What the pollers must remember in, the same after a restart out; written in batches.

A thousand feeds that say "nothing new" give a thousand small changes a round, and a transaction for each would cost
more than asking the feed did. So changes are gathered and written together, now and then and at the end. A desk that is
killed in between asks a few feeds again: their items are known by their ids. It must not decide what is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import Final

from sitmon.model.source import PollState
from sitmon.pen import Pen

TOGETHER_S: Final = 0.5
"""For how long changes are gathered."""


class PollMemory:
    """Keeps the state of every source's poller in the log. Saved only after the source's items are on disk."""

    def __init__(self, pen: Pen, *, tick: Callable[[], float] = monotonic) -> None:
        """`tick` gives seconds that only pass."""
        self._pen = pen
        self._tick = tick
        self._waiting: dict[str, PollState] = {}
        self._written = tick()

    async def load(self) -> Mapping[str, PollState]:
        """Return what the pollers of all sources left behind, by the source's name."""
        stored = await self._pen.read(self._pen.log.poll_states)
        return {**{state.source: state for state in stored}, **self._waiting}

    async def save(self, state: PollState) -> None:
        """Keep what the poller of a source must remember; it is on disk after the next `flush`."""
        self._waiting[state.source] = state
        if self._tick() - self._written >= TOGETHER_S:
            await self.flush()

    async def flush(self) -> None:
        """Write what has been gathered; where the log cannot be written and the pen holds, it stays gathered too."""
        self._written = self._tick()
        states = tuple(self._waiting.values())
        if states and await self._pen.put(partial(self._pen.log.save, *states), key="poll states"):
            for state in states:
                if self._waiting.get(state.source) is state:
                    del self._waiting[state.source]
