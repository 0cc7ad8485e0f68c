"""When to ask again, table-tested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.schedule import PACE, Pace, anchored, base, next_poll, rhythm, start_delays, wait
from sitmon.model.source import Failure, PollState, Source

NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MakeFeed = Callable[..., Source]


class Fixed(Random):
    """Always the same number: 0 is the least jitter, 0.5 the middle."""

    def __init__(self, value: float) -> None:
        self._value = value
        super().__init__(0)

    def random(self) -> float:
        return self._value


def state(**known: Any) -> PollState:
    return PollState("Post", **known)


def delay(source: Source, known: PollState, failure: Failure | None = None, luck: float = 0.5) -> timedelta:
    return next_poll(source, known, failure, NOW, Fixed(luck)) - NOW


@pytest.mark.parametrize(
    ("interval", "private", "known", "expected"),
    [
        (10 * MINUTE, False, {}, 10 * MINUTE),
        (10 * MINUTE, False, {"ttl": 40 * MINUTE}, 40 * MINUTE),
        (10 * MINUTE, False, {"ttl": 2 * MINUTE}, 10 * MINUTE),
        (10 * MINUTE, False, {"fresh_for": HOUR, "ttl": 40 * MINUTE}, HOUR),
        (10 * MINUTE, False, {"fresh_for": 400 * DAY}, DAY),
        (2 * DAY, False, {"ttl": MINUTE}, 2 * DAY),
        (timedelta(seconds=1), False, {}, MINUTE),
        (timedelta(seconds=2), True, {}, timedelta(seconds=2)),
        (timedelta(0), True, {}, timedelta(seconds=1)),
    ],
)
def test_the_longest_wish_counts_within_limits(
    feed: MakeFeed, interval: timedelta, private: bool, known: dict[str, Any], expected: timedelta
) -> None:
    assert base(feed(interval=interval, allow_private_hosts=private), state(**known)) == expected


@pytest.mark.parametrize(
    ("between", "silence", "expected"),
    [
        ([10, 10, 10], 5, 10 * MINUTE),
        ([10, 10, 10], 6000, 10 * MINUTE),
        ([600, 600, 600, 600], 30, 600 * MINUTE),
        ([5], 1, None),
    ],
)
def test_a_feeds_rhythm_is_the_median_of_its_newest(
    between: list[int], silence: int, expected: timedelta | None
) -> None:
    times = [NOW - silence * MINUTE]
    for gap in between:
        times.append(times[-1] - gap * MINUTE)
    assert rhythm([*reversed(times), None, NOW + DAY], NOW) == expected


def test_only_the_newest_posts_make_the_rhythm() -> None:
    new = [NOW - n * MINUTE for n in range(1, 21)]
    old = [NOW - n * DAY for n in range(1, 200)]
    assert rhythm(old + new, NOW) == MINUTE


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, 10 * MINUTE),
        ({"rhythm": 5 * MINUTE}, 10 * MINUTE),
        ({"rhythm": 40 * MINUTE}, 20 * MINUTE),
        ({"rhythm": 9 * DAY}, 20 * MINUTE),
        ({"rhythm": 9 * DAY, "health": "gap"}, 10 * MINUTE),
        ({"rhythm": 9 * DAY, "ttl": 2 * HOUR}, 2.1 * HOUR),
    ],
)
def test_a_slow_feed_is_asked_less_but_not_forgotten(
    feed: MakeFeed, known: dict[str, Any], expected: timedelta
) -> None:
    assert delay(feed(), state(**known)) == expected


@pytest.mark.parametrize(
    ("known", "failure", "least", "most"),
    [
        ({"errors": 1}, Failure("P", "", "network"), 10 * MINUTE, 11 * MINUTE),
        ({"errors": 9}, Failure("P", "", "network"), 10 * MINUTE, 16.5 * MINUTE),
        ({"errors": 1}, Failure("P", "", "timeout"), 10 * MINUTE, 11 * MINUTE),
        ({"errors": 2}, Failure("P", "", "timeout"), 10 * MINUTE, 22 * MINUTE),
        ({"errors": 4}, Failure("P", "", "status", 500), 10 * MINUTE, 88 * MINUTE),
        ({"errors": 999}, Failure("P", "", "status", 502), 10 * MINUTE, 6.6 * HOUR),
        ({"errors": 999}, Failure("P", "", "not_a_feed", 200), 10 * MINUTE, 6.6 * HOUR),
        ({"errors": 1}, Failure("P", "", "status", 500, 3 * HOUR), 3 * HOUR, 3.3 * HOUR),
        ({"errors": 4}, Failure("P", "", "status", 404), 10 * MINUTE, 88 * MINUTE),
        ({"errors": 5}, Failure("P", "", "status", 404), DAY, 1.1 * DAY),
        ({"errors": 1}, Failure("P", "", "status", 410), 7 * DAY, 7.7 * DAY),
        ({"errors": 1}, Failure("P", "", "status", 403), HOUR, 1.1 * HOUR),
        ({"errors": 1}, Failure("P", "", "status", 401), HOUR, 1.1 * HOUR),
        ({"errors": 1}, Failure("P", "", "refused"), HOUR, 1.1 * HOUR),
        ({}, Failure("P", "", "status", 429), 15 * MINUTE, 16.5 * MINUTE),
        ({}, Failure("P", "", "status", 429, 2 * HOUR), 2 * HOUR, 2.2 * HOUR),
        ({}, Failure("P", "", "status", 503, 2 * HOUR), 2 * HOUR, 2.2 * HOUR),
        ({}, Failure("P", "", "status", 429, timedelta(0)), 10 * MINUTE, 11 * MINUTE),
        ({}, Failure("P", "", "status", 429, 365 * DAY), DAY, 1.1 * DAY),
        ({"errors": 1}, Failure("P", "", "status", 503), 10 * MINUTE, 11 * MINUTE),
        ({"errors": 1, "ttl": 8 * HOUR}, Failure("P", "", "status", 500), 8 * HOUR, 8.8 * HOUR),
    ],
)
def test_every_failure_gets_the_wait_that_it_deserves(
    feed: MakeFeed, known: dict[str, Any], failure: Failure, least: timedelta, most: timedelta
) -> None:
    assert delay(feed(), state(**known), failure, luck=0.0) == least
    assert least < delay(feed(), state(**known), failure, luck=0.9999) <= most


@given(
    interval=st.integers(0, 10**7),
    wish=st.integers(0, 10**9),
    errors=st.integers(0, 10**6),
    status=st.none() | st.integers(100, 999),
    retry=st.none() | st.integers(0, 10**8),
    luck=st.floats(0, 0.9999),
)
def test_no_source_is_ever_given_up_or_hammered(
    interval: int, wish: int, errors: int, status: int | None, retry: int | None, luck: float
) -> None:
    source = Source("Post", "feed", "https://news.example/", interval=timedelta(seconds=interval))
    known = state(ttl=timedelta(seconds=wish), errors=errors, rhythm=timedelta(seconds=wish))
    stay = None if retry is None else timedelta(seconds=retry)
    for failure in (None, Failure("Post", "", "status" if status else "network", status, stay)):
        found = delay(source, known, failure, luck)
        assert found >= PACE.shortest * 0.9
        assert found <= max(PACE.gone, source.interval) * 1.1


def test_what_was_asked_for_is_never_undercut_by_jitter(feed: MakeFeed) -> None:
    assert delay(feed(), state(fresh_for=HOUR), luck=0.0) == HOUR
    assert delay(feed(), state(), luck=0.0) == 9 * MINUTE


def test_the_rhythm_can_be_turned_off(feed: MakeFeed) -> None:
    assert next_poll(feed(), state(rhythm=9 * DAY), None, NOW, Fixed(0.5), Pace(stretch=1)) - NOW == 10 * MINUTE


def test_a_path_is_looked_at_at_its_own_interval() -> None:
    source = Source("Export", "path", "/x", interval=timedelta(seconds=5))
    assert delay(source, state(errors=7), Failure("Export", "", "file")) == timedelta(seconds=5)


@pytest.mark.parametrize(
    ("planned", "expected"),
    [(None, timedelta(0)), (-MINUTE, timedelta(0)), (9 * MINUTE, 9 * MINUTE), (900 * DAY, 7.7 * DAY)],
    ids=["never-asked", "due", "planned", "broken-clock"],
)
def test_how_long_is_left(planned: timedelta | None, expected: timedelta) -> None:
    assert wait(state(next_poll=planned and NOW + planned), NOW) == expected


def test_a_clock_set_back_takes_the_plan_along() -> None:
    ahead = NOW + HOUR
    known = state(last_attempt=ahead, next_poll=ahead + 10 * MINUTE, wait_until=ahead + 5 * MINUTE)
    moved = state(last_attempt=NOW, next_poll=NOW + 10 * MINUTE, wait_until=NOW + 5 * MINUTE)
    assert anchored(known, NOW) == moved
    for fine in (moved, state(), state(last_attempt=NOW - HOUR, next_poll=NOW)):
        assert anchored(fine, NOW) == fine


@pytest.mark.parametrize(("count", "longest"), [(0, 0), (1, 0), (5, 8.2), (300, 60)])
def test_the_start_is_spread_out(count: int, longest: float) -> None:
    delays = start_delays(count, Random(1))
    assert delays == sorted(delays)
    assert len(set(delays)) == count
    assert all(d <= timedelta(seconds=longest) for d in delays)
