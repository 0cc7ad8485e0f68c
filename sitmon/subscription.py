"""Updates in, one listener's own stream of them out: merged while it is busy, none of what is new ever lost.

The stream goes on after an update that says `ended`: nothing more comes in, but an officer may still acknowledge. A
listener that has no hands stops there by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from sitmon.model.update import Update


class Subscription:
    """One listener's view of the monitor: a snapshot first, then merged updates; nothing new is ever dropped."""

    def __init__(self, snapshot: Update) -> None:
        self._waiting: Update | None = snapshot
        self._ready = asyncio.Event()
        self._ready.set()

    def put(self, update: Update) -> None:
        """Add what is new; pictures not yet taken are replaced by the newest."""
        self._waiting = self._waiting.merged(update) if self._waiting else update
        self._ready.set()

    def __aiter__(self) -> AsyncIterator[Update]:
        return self

    async def __anext__(self) -> Update:
        await self._ready.wait()
        self._ready.clear()
        update, self._waiting = self._waiting, None
        if update is None:  # set together with `_ready`, and taken by this one listener only
            raise StopAsyncIteration
        return update
