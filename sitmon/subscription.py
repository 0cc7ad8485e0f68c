"""Updates in, one listener's own stream of them out: merged while it is busy, none of what is new ever lost."""

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
        self._ended = False

    def put(self, update: Update) -> None:
        """Add what is new; pictures not yet taken are replaced by the newest."""
        self._waiting = self._waiting.merged(update) if self._waiting else update
        self._ready.set()

    def __aiter__(self) -> AsyncIterator[Update]:
        return self

    async def __anext__(self) -> Update:
        if self._ended:
            raise StopAsyncIteration
        await self._ready.wait()
        self._ready.clear()
        update, self._waiting = self._waiting, None
        if update is None:
            raise StopAsyncIteration
        self._ended = update.ended
        return update
