"""Steps of the spine in, their results out: one at a time, and each to its end. It must not know what a step does.

What a step decides is in memory first, then in the log, then told. Left half-way it would be lost: the next time the
same thing is no news. So a step goes on when whoever waits for it is cancelled; they are cancelled at its end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

from sitmon.errors import SitmonError

PATIENCE_S: Final = 15.0
"""How long somebody who was cancelled stays with a step: a log that does not answer must not hold up the end."""

T = TypeVar("T")


class Steps:
    """Does one step after the other. The first that fails is the last: each may rest on what it decided."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._step: asyncio.Task[Any] | None = None
        self._failure: BaseException | None = None
        self.hurried = False
        """Whether the present step is waited for by somebody who was cancelled: what can be left should be."""

    @property
    def between(self) -> asyncio.Lock:
        """Whoever holds it holds off the next step."""
        return self._lock

    @property
    def all_done(self) -> bool:
        """Whether no step goes on, and none has failed: all that is in memory is in the log, or is held for it."""
        return self._step is None and self._failure is None

    async def do(self, step: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do a step when its turn has come; return its result. Raises what it raises, or what an earlier one raised."""
        await self._lock.acquire()
        if self._failure is not None:
            self._lock.release()
            raise self._failure
        task: asyncio.Task[T] = asyncio.ensure_future(step())
        self._step = task
        task.add_done_callback(self._ended)
        cut: asyncio.CancelledError | None = None
        while not task.done():
            try:
                await asyncio.wait({task}, timeout=PATIENCE_S if cut else None)
            except asyncio.CancelledError as error:
                cut, self.hurried = error, True
            else:
                break
        if cut is not None and (not task.done() or task.cancelled() or _is_told(task.exception())):
            raise cut
        return task.result()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._step, self.hurried = None, False
        self._failure = asyncio.CancelledError() if task.cancelled() else task.exception()
        self._lock.release()

    async def end(self) -> None:
        """Break off a step that nobody waits for any more."""
        if self._step is not None:
            self._step.cancel()
            await asyncio.wait({self._step})


def _is_told(error: BaseException | None) -> bool:
    """Whether nothing is hidden by not raising this: it is no error, or trouble that the next start meets again."""
    return error is None or isinstance(error, SitmonError)
