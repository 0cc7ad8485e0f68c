"""A server's name in, a turn at its site out: so many requests at once, so long a pause between. It sends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sitmon.ingest import guard, targets
from sitmon.ingest.targets import RefusedError

GAP: Final = timedelta(seconds=1)
"""Between the end of one request to a public server and the start of the next."""
PRIVATE_WIDTH: Final = 4
"""Requests at once to one private server; a public one gets one."""

REGISTRY_WORDS: Final = frozenset(
    {"ac", "co", "com", "ed", "edu", "gen", "go", "gob", "gouv", "gov", "govt", "info", "lg", "ltd", "me", "mil", "ne"}
    | {"net", "nhs", "nom", "or", "org", "plc", "press", "police", "sch"}
)
"""Words below which registries of countries sell names: bbc.co.uk is a publisher, co.uk is none. So many as news come
under; dw.de or tut.by are publishers' own short names."""


@dataclass(slots=True)
class _Lane:
    gate: asyncio.Semaphore
    free_since: datetime | None = None


class Lanes:
    """Turns at servers, one lane for each host, `concurrency` turns over all of them at once."""

    def __init__(
        self,
        concurrency: int,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        gap: timedelta = GAP,
    ) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._clock = clock
        self._sleep = sleep
        self._gap = gap
        self._lanes: dict[str, _Lane] = {}
        self._held: dict[str, datetime] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, private: bool) -> AsyncIterator[None]:
        """Wait for a turn at `host`'s site and hold it. The wait for a slow server takes no other server's turn."""
        lane = self._lane(host if private else site_of(host), private=private)
        async with lane.gate:
            if not private and lane.free_since is not None:
                left = min(lane.free_since + self._gap - self._clock(), self._gap)  # the clock may have jumped back
                if left > timedelta(0):
                    await self._sleep(left.total_seconds())
            async with self._slots:
                try:
                    yield
                finally:
                    lane.free_since = self._clock()

    def hold(self, host: str, until: datetime) -> None:
        """Leave a public server alone until then, whichever source would ask it."""
        self._held[host] = max(self._held.get(host, until), until)

    def held_until(self, host: str, now: datetime) -> datetime | None:
        """Return until when a server is to be left alone, or None."""
        until = self._held.get(host)
        return until if until is not None and until > now else None

    def _lane(self, host: str, *, private: bool) -> _Lane:
        if host not in self._lanes:
            self._lanes[host] = _Lane(asyncio.Semaphore(PRIVATE_WIDTH if private else 1))
        return self._lanes[host]


def site_of(host: str) -> str:
    """Return the site that a public host belongs to: www.bbc.co.uk and feeds.bbc.co.uk are served by one publisher.

    By a rule of thumb, not by the public suffix list, which would be a dependency that ages: the last two labels, or
    three where a country's registry sells names below a word of its own (co.uk, com.af, govt.nz). Wrong on either side
    it does no harm: the customers of one large host (github.io), taken for one site, are asked one after the other; a
    publisher under a word that is missing here has a lane for all names below that word. A pause asked for is kept by
    host.
    """
    labels = host.split(".")
    if guard.is_literal(host) or len(labels) < 3:
        return host
    country = len(labels[-1]) == 2 and labels[-2] in REGISTRY_WORDS
    return ".".join(labels[-3:] if country else labels[-2:])


def lane_of(url: str, *, private: bool) -> str:
    """Return the name of the lane that a URL goes by: its host; on a private network its port counts too."""
    try:
        target = targets.parse(url)
    except RefusedError:
        return ""
    return f"{target.host}:{target.port} (private)" if private else target.host
