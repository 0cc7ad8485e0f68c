"""Sources in, their news and their health out, for as long as the desk runs.

One task a source, started in the caller's task group. A source's news are delivered before what must be remembered of
it is saved: killed in between, it is asked again, and the same items come once more. No source stops another; what
goes wrong in one becomes its health. It parses nothing itself: that is CPU work, and is handed in.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, Generic, Protocol, TypeVar

from sitmon.ingest import manners, schedule
from sitmon.ingest.answers import Answer, Fetched
from sitmon.ingest.lanes import Lanes, lane_of
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.sanitise import clean_line
from sitmon.ingest.schedule import PACE, Pace
from sitmon.model.source import Failure, PollState, Source, SourceHealth
from sitmon.model.terms import Health
from sitmon.model.update import Progress

logger = logging.getLogger(__name__)

SLICE: Final = timedelta(seconds=60)
"""The longest sleep in one piece: a laptop that was suspended, or whose clock was set, is right again after it."""
FIRST_POLL: Final = "first poll"


class HasParsed(Protocol):
    """What the parse function gives: whatever it is, the parsed document is in it."""

    @property
    def parsed(self) -> Parsed: ...


News = TypeVar("News", bound=HasParsed)
News_co = TypeVar("News_co", bound=HasParsed, covariant=True)


class Parse(Protocol[News_co]):
    """Parses one body, off the event loop."""

    async def __call__(
        self, body: bytes, source: Source, *, now: datetime, content_type: str | None, final_url: str | None
    ) -> News_co: ...


class Fetches(Protocol):
    """Fetches a source once and never raises for what the world does (`fetch.Fetcher`)."""

    async def fetch(self, source: Source, state: PollState, now: datetime) -> Answer: ...


class Memory(Protocol):
    """Keeps what the pollers must remember over a restart."""

    async def load(self) -> Mapping[str, PollState]: ...

    async def save(self, state: PollState) -> None: ...


@dataclass(frozen=True, slots=True)
class Batch(Generic[News]):
    """A part of what a path source holds, and the cursor that stands for having stored it and all before it."""

    news: News
    cursor: tuple[tuple[str, str], ...]


class ReadPath(Protocol[News]):
    """Reads what is new in a file or folder since `cursor`, off the event loop; None when there is no more."""

    async def __call__(
        self, source: Source, cursor: tuple[tuple[str, str], ...], *, now: datetime
    ) -> Batch[News] | Failure | None: ...


@dataclass(frozen=True, slots=True)
class Polled(Generic[News]):
    """What one visit to a source gave."""

    source: Source
    health: SourceHealth
    news: News | None = None
    """A parsed answer that is not the last one again."""
    failure: Failure | None = None
    progress: Progress | None = None
    """How far the first round is, as long as it lasts; done equals total when it ends."""


def utc_now() -> datetime:
    """Return the wall clock's time."""
    return datetime.now(UTC)


async def rest(woken: asyncio.Event, seconds: float) -> None:
    """Sleep until the time is over or `woken` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await woken.wait()


class Poller(Generic[News]):
    """Asks every source when its time has come, and delivers what came of it."""

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        fetcher: Fetches,
        memory: Memory,
        parse: Parse[News],
        deliver: Callable[[Polled[News]], Awaitable[None]],
        read: ReadPath[News] | None = None,
        once: bool = False,
        concurrency: int = 8,
        pace: Pace = PACE,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        rest: Callable[[asyncio.Event, float], Awaitable[None]] = rest,
        rng: Random | None = None,
    ) -> None:
        """Wire it; nothing starts yet.

        `deliver` must have stored the news when it returns; what it raises goes up through the task group. `once` asks
        every source one time, whenever it was asked last, and ends; only a server's Retry-After is still respected.
        """
        self._sources = tuple(sources)
        self._fetcher = fetcher
        self._memory = memory
        self._parse = parse
        self._deliver = deliver
        self._read = read
        self._once = once
        self._pace = pace
        self._clock = clock
        self._rest = rest
        self._rng = rng or Random()
        self._lanes = Lanes(concurrency, clock=clock, sleep=sleep)
        self._reading = asyncio.Lock()
        self._states: dict[str, PollState] = {}
        self._told: dict[str, Health] = {}
        self._woken: dict[str, asyncio.Event] = {}
        self._waiting_for: set[str] = set()
        self._first_round = 0
        self._feeds = sum(source.kind == "feed" for source in self._sources)
        self._unreached: set[str] = set()

    async def start(self, group: asyncio.TaskGroup) -> None:
        """Recall what is remembered of the sources and start one task for each in `group`."""
        now = self._clock()
        remembered = await self._memory.load()
        for source in self._sources:
            self._states[source.name] = manners.start(source, remembered.get(source.name))
            self._woken[source.name] = asyncio.Event()
        due = [source for source in self._sources if self._once or not self._left(source)]
        self._waiting_for = {source.name for source in due}
        self._first_round = len(due)
        public = [source for source in due if source.kind == "feed" and not source.allow_private_hosts]
        delays = schedule.start_delays(len(public), self._rng, self._pace)
        later = {source.name: delay for source, delay in zip(public, delays, strict=True) if not self._once}
        for source in due:
            next_poll = now + later.get(source.name, timedelta(0))
            self._states[source.name] = replace(self._states[source.name], next_poll=next_poll)
        for source in self._sources:
            group.create_task(self._watch(source), name=f"poll {source.name}")

    def health(self) -> tuple[SourceHealth, ...]:
        """Return how every source does now, in the order of the config."""
        now = self._clock()
        return tuple(manners.health(s, self._states[s.name], now, self._pace) for s in self._sources)

    def refresh(self, name: str | None = None) -> None:
        """Ask one source (or all) at the next decent moment: what a server asked for, and a minute, are kept to."""
        now = self._clock()
        for source in self._sources:
            if name in (None, source.name):
                floor = self._pace.shortest_private if source.allow_private_hosts else self._pace.shortest
                self._hasten(source, now, floor)

    # -- one source ------------------------------------------------------------------------------------------------

    async def _watch(self, source: Source) -> None:
        """Ask one source for ever (or once)."""
        visit = self._visit_path if source.kind == "path" else self._visit_feed
        while True:
            await self._until_due(source)
            await visit(source)
            if self._once:
                return

    async def _until_due(self, source: Source) -> None:
        woken = self._woken[source.name]
        while left := self._left(source):
            await self._rest(woken, min(left, SLICE).total_seconds())
            woken.clear()
            health = manners.health(source, self._states[source.name], self._clock(), self._pace)
            if self._told.get(source.name, health.health) != health.health:  # it went stale while it waited
                await self._tell(Polled(source, health))

    def _left(self, source: Source) -> timedelta:
        now = self._clock()
        state = self._states[source.name] = schedule.anchored(self._states[source.name], now)
        return schedule.wait(state, now, self._pace)

    async def _visit_feed(self, source: Source) -> None:
        url = self._states[source.name].moved_to or source.location
        lane = lane_of(url, private=source.allow_private_hosts)
        async with self._lanes.turn(lane, private=source.allow_private_hosts):
            now = self._clock()
            state = self._states[source.name]
            if until := self._asked_to_wait(state, "" if source.shared_host else lane, now):
                await self._put_off(source, state, until, now)
                return
            try:
                state, news, failure = await self._ask(source, state, now)
            except Exception as error:  # noqa: BLE001 - a fault of ours in one source must not stop the others
                failure, news = _fault(source, error), None
                state = manners.after_failure(state, failure, now)
            next_poll = schedule.next_poll(source, state, failure, now, self._rng, self._pace)
            if failure is not None and schedule.is_busy(failure):
                state = replace(state, wait_until=next_poll)
                if not (source.allow_private_hosts or source.shared_host):
                    self._lanes.hold(lane, next_poll)
            await self._settle(source, replace(state, next_poll=next_poll), news, failure)
        self._note_reach(source, failure, now)

    async def _ask(
        self, source: Source, state: PollState, now: datetime
    ) -> tuple[PollState, News | None, Failure | None]:
        """Fetch and parse once; return what to remember, and the news or the failure."""
        answer = await self._fetcher.fetch(source, state, now)
        if isinstance(answer, Failure):
            return manners.after_failure(state, answer, now), None, answer
        hashed = manners.body_hash(answer.body) if isinstance(answer, Fetched) else ""
        if not isinstance(answer, Fetched) or hashed == state.body_hash:
            return manners.after_no_news(source, state, answer, now), None, None
        news = await self._parse(answer.body, source, now=now, content_type=answer.content_type, final_url=answer.url)
        parsed = news.parsed
        if not parsed.items and parsed.failures:
            failure = replace(parsed.failures[0], subject=source.name, status=answer.status)
            return manners.after_failure(state, failure, now), None, failure
        return manners.after_news(source, state, answer, parsed, now, hashed=hashed), news, None

    async def _visit_path(self, source: Source) -> None:
        """Read what is new in a file or folder, part by part; each part is remembered once it is stored."""
        async with self._reading:
            now = self._clock()
            state = replace(self._states[source.name], next_poll=now + source.interval)
            found = 0
            while True:
                try:
                    part = await self._read_part(source, state, now)
                except Exception as error:  # noqa: BLE001 - as above
                    part = _fault(source, error)
                if not isinstance(part, Batch) or part.cursor == state.cursor:
                    break
                found += len(part.news.parsed.items)
                state = manners.after_part(state, part.news.parsed, part.cursor, found, now)
                await self._settle(source, state, part.news, None, last=False)
            if isinstance(part, Failure):
                await self._settle(source, manners.after_failure(state, part, now), None, part)
            else:
                await self._settle(source, manners.after_parts(state, found, now), None, None)

    async def _read_part(self, source: Source, state: PollState, now: datetime) -> Batch[News] | Failure | None:
        if self._read is None:
            return Failure(source.name, "files and folders are not read here", "file")
        return await self._read(source, state.cursor, now=now)

    # -- what came of it -------------------------------------------------------------------------------------------

    async def _settle(
        self, source: Source, state: PollState, news: News | None, failure: Failure | None, *, last: bool = True
    ) -> None:
        """Deliver, then remember: the order that loses nothing."""
        self._states[source.name] = state
        health = manners.health(source, state, self._clock(), self._pace)
        await self._tell(Polled(source, health, news, failure, self._progress(source) if last else None))
        await self._memory.save(state)

    async def _tell(self, polled: Polled[News]) -> None:
        self._told[polled.source.name] = polled.health.health
        await self._deliver(polled)

    def _progress(self, source: Source) -> Progress | None:
        if source.name not in self._waiting_for:
            return None
        self._waiting_for.discard(source.name)
        return Progress(FIRST_POLL, self._first_round - len(self._waiting_for), self._first_round)

    # -- waiting and hurrying --------------------------------------------------------------------------------------

    def _asked_to_wait(self, state: PollState, lane: str, now: datetime) -> datetime | None:
        times = [t for t in (state.wait_until, self._lanes.held_until(lane, now)) if t is not None and t > now]
        return max(times, default=None)

    async def _put_off(self, source: Source, state: PollState, until: datetime, now: datetime) -> None:
        """Leave a source alone, because its server asked for it (perhaps of another source)."""
        next_poll = until + timedelta(seconds=self._rng.random())
        reason = f"its server asks to be left alone for {manners.span(until - now)}"
        health: Health = "slow" if state.errors == 0 else state.health
        await self._settle(
            source, replace(state, next_poll=next_poll, wait_until=until, health=health, reason=reason), None, None
        )

    def _note_reach(self, source: Source, failure: Failure | None, now: datetime) -> None:
        """When the line was down for everybody and one source answers again, do not let the others wait."""
        if failure is not None and failure.status is None and failure.kind in ("network", "timeout"):
            self._unreached.add(source.name)
            return
        cut, self._unreached = self._unreached - {source.name}, set()
        if not cut or len(cut) < self._feeds - 1:
            return
        for other in self._sources:
            if other.name in cut:
                state = self._states[other.name]
                spread = self._pace.start_longest * self._rng.random()
                self._hasten(other, now + spread, schedule.base(other, state, self._pace))

    def _hasten(self, source: Source, when: datetime, floor: timedelta) -> None:
        """Bring a source's next visit forward to `when`, but not within `floor` of its last one."""
        state = self._states[source.name]
        if state.last_attempt is not None:
            when = max(when, state.last_attempt + floor)
        if state.wait_until is not None:
            when = max(when, state.wait_until)
        if state.next_poll is None or when < state.next_poll:
            self._states[source.name] = replace(state, next_poll=when)
            self._woken[source.name].set()


def _fault(source: Source, error: Exception) -> Failure:
    """Say what went wrong in our own code; where exactly is for the diagnostics."""
    logger.error("polling %s failed", source.name, exc_info=error)
    text = clean_line(f"{type(error).__name__}: {error}", 200)
    return Failure(source.name, f"a fault in sitmon itself: {text}", "parse")
