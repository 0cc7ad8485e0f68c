"""What is remembered of a source in, when to ask it again out. Pure: `now` and the random numbers are arguments.

The rule: never oftener than the desk, the feed (`ttl`) and the server (`Cache-Control`, `Expires`, `Retry-After`) all
agree to; slower where the feed itself is slow; slower and slower where it fails, but never never.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median
from typing import Final

from sitmon.model.source import Failure, PollState, Source

BUSY: Final = frozenset({429, 503})
"""Statuses by which a server asks for time (503 only with a Retry-After); they are no failure of the feed."""
BLOCKED: Final = frozenset({401, 402, 403, 407, 451})
RHYTHM_POSTS: Final = 20
MISSING_AFTER: Final = 5
"""Answers of 404 in a row after which a feed counts as taken down."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The times that the schedule keeps to."""

    shortest: timedelta = timedelta(seconds=60)
    """No public source is asked oftener, whatever the config says."""
    shortest_private: timedelta = timedelta(seconds=1)
    """The same for sources with `allow_private_hosts`: one's own server may be asked as one likes."""
    longest: timedelta = timedelta(hours=24)
    """No server or feed can ask for more; longer answers are cut to it."""
    stretch: float = 2.0
    """A slow feed is asked at most this many times slower than the desk wants: even it may have the first word of a
    city's fall. 1 turns the feed's own rhythm off."""
    slowest: timedelta = timedelta(hours=6)
    """Limit of the feed's own rhythm and of backing off."""
    unreachable: timedelta = timedelta(minutes=15)
    """Limit of backing off where no server was reached at all: that costs nobody anything, and the line comes back."""
    blocked: timedelta = timedelta(hours=1)
    busy: timedelta = timedelta(minutes=15)
    """After a 429 that names no time."""
    missing: timedelta = timedelta(hours=24)
    gone: timedelta = timedelta(days=7)
    """After a 410. Sites have come back from it, so it is not for ever."""
    jitter: float = 0.1
    start_step: timedelta = timedelta(seconds=2)
    start_longest: timedelta = timedelta(seconds=60)


PACE: Final = Pace()


def asked(state: PollState, pace: Pace = PACE) -> timedelta | None:
    """Return the time between two visits that the feed and its server ask for; None where they ask for none."""
    wishes = [wish for wish in (state.ttl, state.fresh_for) if wish]
    return min(max(wishes), pace.longest) if wishes else None


def base(source: Source, state: PollState, pace: Pace = PACE) -> timedelta:
    """Return the time between two visits while all is well, without the feed's own rhythm."""
    floor = pace.shortest_private if source.allow_private_hosts else pace.shortest
    return min(max(source.interval, asked(state, pace) or floor, floor), max(pace.longest, source.interval))


def rhythm(published: Iterable[datetime | None], now: datetime) -> timedelta | None:
    """Return the median time between a feed's newest posts, the silence since the last one counted in; else None."""
    newest = sorted((t for t in published if t is not None and t <= now), reverse=True)[:RHYTHM_POSTS]
    if len(newest) < 3:
        return None
    times = [now, *newest]
    return timedelta(seconds=median((a - b).total_seconds() for a, b in pairwise(times)))


def next_poll(
    source: Source, state: PollState, failure: Failure | None, now: datetime, rng: Random, pace: Pace = PACE
) -> datetime:
    """Return when to ask the source again. `state` is as after the answer (or `failure`) to the request of `now`."""
    if source.kind == "path":
        return now + source.interval
    normal = base(source, state, pace)
    if failure is None:
        return now + _normal(source, state, normal, rng, pace)
    status = failure.status
    if is_busy(failure):
        wait = failure.retry_after if failure.retry_after is not None else pace.busy
        return now + _later(max(min(wait, pace.longest), normal), rng, pace)
    if status == 410:
        return now + _later(pace.gone, rng, pace)
    if status == 404 and state.errors >= MISSING_AFTER:
        return now + _later(max(pace.missing, normal), rng, pace)
    if status in BLOCKED or failure.kind == "refused":
        return now + _later(max(pace.blocked, normal), rng, pace)
    limit = pace.unreachable if failure.kind == "network" and status is None else pace.slowest
    doubled = normal * 2 ** min(max(state.errors - 1, 0), 16)
    longest = max(min(doubled, limit), normal)
    if failure.retry_after is not None:
        longest = max(longest, min(failure.retry_after, pace.longest))
        return now + _later(longest, rng, pace)
    # Full jitter: the readers of a server that failed must not all come back at once. Never before the usual time.
    return now + _later(normal + (longest - normal) * rng.random(), rng, pace)


def is_busy(failure: Failure) -> bool:
    """Whether the server only asks for time."""
    return failure.status == 429 or (failure.status in BUSY and failure.retry_after is not None)


def wait(state: PollState, now: datetime, pace: Pace = PACE) -> timedelta:
    """Return how long to wait before the next visit; zero where it is due. A broken clock's date cannot stretch it."""
    if state.next_poll is None:
        return timedelta(0)
    longest = max(pace.gone, pace.longest) * (1 + pace.jitter)
    return max(min(state.next_poll - now, longest), timedelta(0))


def anchored(state: PollState, now: datetime) -> PollState:
    """Return the plan as it stands when the clock has been set back to before the last visit.

    That visit then counts as just made, and what was planned after it moves along: nobody waits the hour twice.
    """
    if state.last_attempt is None or state.last_attempt <= now:
        return state
    jump = state.last_attempt - now
    return replace(
        state,
        last_attempt=now,
        next_poll=state.next_poll and state.next_poll - jump,
        wait_until=state.wait_until and state.wait_until - jump,
    )


def start_delays(count: int, rng: Random, pace: Pace = PACE) -> list[timedelta]:
    """Return how long each of `count` sources that are due at the start waits: spread out, the first not at all."""
    step = min(pace.start_longest, pace.start_step * count) / max(count, 1)
    return [step * n + (step * pace.jitter * rng.random() if n else timedelta(0)) for n in range(count)]


def _normal(source: Source, state: PollState, normal: timedelta, rng: Random, pace: Pace) -> timedelta:
    quiet = normal
    if state.rhythm is not None and state.health != "gap":
        # Twice as often as it posts, on average, is often enough; but see `Pace.stretch`.
        quiet = max(normal, min(state.rhythm / 2, source.interval * pace.stretch, pace.slowest))
    wish = asked(state, pace)
    if wish is not None and wish >= quiet:
        return _later(quiet, rng, pace)  # what was asked for is a least time: no jitter below it
    return quiet * (1 + pace.jitter * (2 * rng.random() - 1))


def _later(time: timedelta, rng: Random, pace: Pace) -> timedelta:
    return time * (1 + pace.jitter * rng.random())
