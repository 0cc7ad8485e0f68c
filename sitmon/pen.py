"""Calls of the log in, done in order on the log's own thread; held back while the log cannot be written.

A full disk or a store that another process does not let go must not end a night watch. So a pen that holds keeps what
it cannot write in memory, in order and bounded, and tries again; the desk goes on, and says so. What is held goes with
the process: items are read again then, for what their pollers remember is held behind them; an officer's marks are not.
Damage does not pass by waiting: it is raised, held or not. A write that is handed over twice must be harmless: all of
the log's are. It must not decide what is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from sitmon.errors import StoreError
from sitmon.store.log import Log

ROOM = 20_000
"""Weight (items) that a pen holds; more has to wait outside, so that memory stays bounded."""
TRY_AGAIN_S = 5.0

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Held:
    work: Callable[[], object]
    weight: int


class Pen:
    """One thread that reads and writes the log. With `hold`, a write that fails for now is kept and tried again."""

    def __init__(
        self,
        open_log: Callable[[], Log],
        *,
        hold: bool,
        room: int = ROOM,
        try_again_s: float = TRY_AGAIN_S,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """`told` is called whenever `trouble` has changed."""
        self._open = open_log
        self._hold = hold
        self._room = room
        self._try_again_s = try_again_s
        self._told = told
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="log")
        self._held: dict[Hashable, _Held] = {}
        self._flushing = asyncio.Lock()
        self._serial = 0
        self.trouble = ""
        """Why the log cannot be used now, in one sentence; empty where all is well."""

    @property
    def weight(self) -> int:
        """How many items wait to be written."""
        return sum(held.weight for held in self._held.values())

    async def open(self) -> Log:
        """Open the log and return it; its calls go through `read` and `write` only. Raises StoreError."""
        self.log = await self._do(self._open)
        return self.log

    async def close(self) -> None:
        """Write what is held and close. Raises StoreError where it still cannot be written, saying what that means."""
        try:
            if self._held and not await self._flush_last():
                raise StoreError(
                    self.log.path,
                    f"{self.trouble}; {self.weight} items could not be stored and are read again at the next start",
                )
        finally:
            await self._do(self.log.close)
            self._thread.shutdown()

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read from the log; with `hold`, wait for what may pass. Raises StoreError otherwise."""
        while True:
            try:
                found = await self._do(work, *args, **kwargs)
            except StoreError as error:
                if not (self._hold and error.may_pass):
                    raise
                self._note(error.reason)
                await asyncio.sleep(self._try_again_s)
                continue
            if not self._held:
                self._note("")
            return found

    async def write(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Write to the log; return whether it is on disk. Raises StoreError where it is not, and is not held."""
        return await self.put(partial(work, *args, **kwargs))

    async def put(self, work: Callable[[], object], *, key: Hashable = None, weight: int = 0) -> bool:
        """As `write`. Of several held writes of one `key` only the newest is kept; `weight` is its number of items."""
        if not self._held:
            try:
                await self._do(work)
            except StoreError as error:
                if not (self._hold and error.may_pass):
                    raise
                self._note(error.reason)
            else:
                if not self._held:  # another write may have failed meanwhile
                    self._note("")
                return True
        self._serial += 1
        name = key if key is not None else self._serial
        self._held.pop(name, None)  # the newest goes to the end: after all that it must not be older than
        self._held[name] = _Held(work, weight)
        return False

    async def attempt(self, work: Callable[[], object]) -> bool:
        """Write what can be done without; return whether it is on disk. Raises StoreError for what will not pass."""
        try:
            await self._do(work)
        except StoreError as error:
            if not error.may_pass:
                raise
            return False
        return True

    async def flush(self) -> bool:
        """Write what is held, oldest first, until it is done or one fails; return whether nothing is held any more.

        Raises StoreError for what will not pass.
        """
        async with self._flushing:
            while self._held:
                name = next(iter(self._held))
                held = self._held[name]
                try:
                    await self._do(held.work)
                except StoreError as error:
                    self._note(error.reason)
                    if not error.may_pass:
                        raise
                    return False
                if self._held.get(name) is held:
                    del self._held[name]
            self._note("")
        return True

    async def _flush_last(self) -> bool:
        try:
            return await self.flush()
        except StoreError:
            return False  # `trouble` tells of it

    async def wait_for_room(self) -> None:
        """Wait while as much is held as may be."""
        while self.weight >= self._room:
            if await self.flush():
                return
            await asyncio.sleep(self._try_again_s)

    def _note(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self._told()

    async def _do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        # Shielded: whoever waits may be cancelled, what has begun is done to its end.
        future = self._thread.submit(work, *args, **kwargs)
        return await asyncio.shield(asyncio.wrap_future(future))
