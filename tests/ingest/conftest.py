"""What the tests of the ingest room share: a scripted server, sources, a loop whose time is virtual."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from sitmon.model.source import Source
from tests.servers import Loopback

T = TypeVar("T")

NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with Loopback() as running:
        yield running


@pytest.fixture
def feed() -> Callable[..., Source]:
    """Return a maker of feed sources: public ones by default."""

    def make(location: str = "https://news.example/feed", name: str = "Post", **more: Any) -> Source:
        return Source(name, "feed", location, **({"interval": timedelta(minutes=10)} | more))

    return make


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop that never waits: when every task sleeps, its clock jumps to the next one that is due."""

    def __init__(self) -> None:
        selector = selectors.DefaultSelector()
        super().__init__(selector)
        self._elapsed = 0.0
        really = selector.select

        def select(timeout: float | None = None) -> Any:
            if timeout is None:
                raise RuntimeError("every task waits for something that never comes")
            self._elapsed += max(timeout, 0.0)
            return really(0)

        selector.select = select  # type: ignore[method-assign]

    def time(self) -> float:
        return self._elapsed


class VirtualTime:
    """Runs a coroutine in virtual time; `clock` is the wall clock that goes with it."""

    def __init__(self) -> None:
        self.jump = timedelta(0)
        """How far the wall clock was set."""
        self._loop: VirtualLoop | None = None

    def clock(self) -> datetime:
        elapsed = self._loop.time() if self._loop else 0.0
        return NOW + timedelta(seconds=elapsed) + self.jump

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        self._loop = VirtualLoop()
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:  # type: ignore[arg-type,return-value]
            return runner.run(work)


@pytest.fixture
def virtual() -> VirtualTime:
    return VirtualTime()
