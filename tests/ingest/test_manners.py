"""What is remembered of a source after each kind of answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sitmon.ingest import manners
from sitmon.ingest.answers import Fetched, NotModified
from sitmon.ingest.parsed import Parsed
from sitmon.model.item import Item
from sitmon.model.source import Failure, PollState, Source

NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(minutes=10)
HOUR = timedelta(hours=1)
URL = "https://news.example/feed"
MakeFeed = Callable[..., Source]


def items(*names: str) -> tuple[Item, ...]:
    return tuple(Item(name, "Post", name, published=NOW - timedelta(minutes=n)) for n, name in enumerate(names))


def body(text: str = "x", **more: Any) -> Fetched:
    return Fetched(text.encode(), URL, **more)


@pytest.fixture
def good(feed: MakeFeed) -> PollState:
    """A source that answered well ten minutes ago."""
    first = manners.start(feed(), None)
    answer = body(etag='"1"', last_modified="then")
    return manners.after_news(feed(), first, answer, Parsed(items("a", "b")), BEFORE)


def test_a_good_answer(feed: MakeFeed, good: PollState) -> None:
    assert (good.health, good.reason, good.items, good.errors) == ("ok", "", 2, 0)
    assert (good.etag, good.last_modified) == ('"1"', "then")
    assert good.last_success == good.last_attempt == good.last_full == BEFORE


def test_both_validators_are_replaced_by_each_parsed_answer(feed: MakeFeed, good: PollState) -> None:
    after = manners.after_news(feed(), good, body("y", etag='"2"'), Parsed(items("b", "c")), NOW)
    assert (after.etag, after.last_modified) == ('"2"', None)
    after = manners.after_no_news(feed(), good, body("x", last_modified="now"), NOW)
    assert (after.etag, after.last_modified) == (None, "now")


def test_a_304_replaces_only_what_it_carries(feed: MakeFeed, good: PollState) -> None:
    assert manners.after_no_news(feed(), good, NotModified(etag='"2"'), NOW).last_modified == "then"
    after = manners.after_no_news(feed(), good, NotModified(), NOW)
    assert (after.etag, after.last_modified, after.health) == ('"1"', "then", "unchanged")


@pytest.mark.parametrize("kind", ["network", "timeout", "status", "refused", "too_large", "not_a_feed", "parse"])
def test_a_failure_keeps_all_that_was_good(good: PollState, kind: Any) -> None:
    after = manners.after_failure(good, Failure("Post", "why", kind), NOW)
    for name in ("etag", "last_modified", "body_hash", "seen", "items", "last_success", "last_full"):
        assert getattr(after, name) == getattr(good, name)
    assert (after.errors, after.reason, after.last_attempt) == (1, "why", NOW)


@pytest.mark.parametrize(
    ("failure", "errors", "health"),
    [
        (Failure("P", "", "network"), 0, "down"),
        (Failure("P", "", "timeout"), 0, "down"),
        (Failure("P", "", "status", 500), 0, "down"),
        (Failure("P", "", "status", 503), 0, "down"),
        (Failure("P", "", "not_a_feed", 200), 0, "down"),
        (Failure("P", "", "too_large"), 0, "down"),
        (Failure("P", "", "status", 401), 0, "blocked"),
        (Failure("P", "", "status", 403), 0, "blocked"),
        (Failure("P", "", "status", 451), 0, "blocked"),
        (Failure("P", "", "refused"), 0, "blocked"),
        (Failure("P", "", "status", 404), 0, "down"),
        (Failure("P", "", "status", 404), 4, "gone"),
        (Failure("P", "", "status", 410), 0, "gone"),
        (Failure("P", "", "status", 429), 0, "slow"),
        (Failure("P", "", "status", 503, HOUR), 0, "slow"),
    ],
)
def test_the_health_of_each_failure(good: PollState, failure: Failure, errors: int, health: str) -> None:
    assert manners.after_failure(replace(good, errors=errors), failure, NOW).health == health


def test_a_server_that_asks_for_time_has_not_failed(good: PollState) -> None:
    assert manners.after_failure(good, Failure("Post", "busy", "status", 429), NOW).errors == 0


def test_an_answer_ends_the_count_of_errors(feed: MakeFeed, good: PollState) -> None:
    failing = replace(good, errors=7, health="down", reason="broken", wait_until=NOW)
    for after in (
        manners.after_no_news(feed(), failing, NotModified(), NOW),
        manners.after_news(feed(), failing, body("y"), Parsed(items("a")), NOW),
    ):
        assert (after.errors, after.reason, after.wait_until) == (0, "", None)


def test_a_gap_is_noticed_and_kept_until_the_next_news(feed: MakeFeed, good: PollState) -> None:
    gap = manners.after_news(feed(), good, body("y"), Parsed(items("x", "y")), NOW)
    assert gap.health == "gap"
    assert "may be lost" in gap.reason
    assert manners.after_no_news(feed(), gap, NotModified(), NOW).health == "gap"
    assert manners.after_news(feed(), gap, body("z"), Parsed(items("y", "z")), NOW).health == "ok"


def test_an_empty_answer_keeps_the_last_good_one(feed: MakeFeed, good: PollState) -> None:
    empty = manners.after_news(feed(), good, body("y"), Parsed(), NOW)
    assert (empty.health, empty.items, empty.seen) == ("empty", 2, good.seen)
    assert "2" in empty.reason
    assert manners.after_no_news(feed(), empty, NotModified(), NOW).health == "empty"
    assert manners.after_news(feed(), empty, body("z"), Parsed(items("b", "c")), NOW).health == "ok"


def test_a_feed_that_never_had_posts_is_empty_too(feed: MakeFeed) -> None:
    first = manners.start(feed(), None)
    assert manners.after_news(feed(), first, body(), Parsed(), NOW).health == "empty"


def test_unreadable_posts_beside_good_ones_are_said(feed: MakeFeed, good: PollState) -> None:
    parsed = Parsed(items("a"), (Failure("Post", "no text", "parse"),))
    after = manners.after_news(feed(), good, body("y"), parsed, NOW)
    assert (after.health, after.reason) == ("ok", "1 of its posts could not be read: no text")


@pytest.mark.parametrize(
    ("parsed", "answer", "who"),
    [
        (Parsed(items("a"), ttl=HOUR), body(), "the feed"),
        (Parsed(items("a")), body(fresh_for=HOUR), "the server"),
        (Parsed(items("a"), ttl=HOUR / 2), body(fresh_for=HOUR), "the server"),
    ],
)
def test_why_a_source_is_slow_is_said(feed: MakeFeed, parsed: Parsed, answer: Fetched, who: str) -> None:
    after = manners.after_news(feed(), manners.start(feed(), None), answer, parsed, NOW)
    assert (after.health, after.reason) == ("slow", f"{who} asks to be read every 1 h at most")
    again = manners.after_no_news(feed(), after, NotModified(), NOW)
    assert (again.health, again.reason) == (after.health, after.reason)


def test_ids_of_long_feeds_are_kept_from_both_ends(feed: MakeFeed) -> None:
    names = [f"n{n}" for n in range(1000)]
    after = manners.after_news(feed(), manners.start(feed(), None), body(), Parsed(items(*names)), NOW)
    assert len(after.seen) == manners.SEEN
    for shown in (["new", *names[:5]], [*names[-5:], "new"]):
        again = manners.after_news(feed(), after, body("y"), Parsed(items(*shown)), NOW)
        assert again.health == "ok"


def test_another_address_starts_afresh_another_interval_does_not(feed: MakeFeed, good: PollState) -> None:
    elsewhere = manners.start(feed("https://other.example/"), good)
    assert elsewhere == PollState("Post", location="https://other.example/")
    assert manners.start(feed(interval=HOUR), good) == good


# -- files and folders ------------------------------------------------------------------------------------------------


def test_the_parts_of_a_path(feed: MakeFeed) -> None:
    first = manners.start(Source("Export", "path", "/x"), None)
    assert manners.after_parts(first, 0, NOW).health == "empty"
    read = manners.after_part(first, Parsed(items("a")), (("f", "1"),), 1, BEFORE)
    assert (read.health, read.items, read.cursor) == ("ok", 1, (("f", "1"),))
    assert manners.after_parts(read, 1, BEFORE).health == "ok"
    assert manners.after_parts(read, 0, NOW).health == "unchanged"


def test_a_path_where_nothing_can_be_read_is_down_until_it_changes(feed: MakeFeed) -> None:
    first = manners.start(Source("Export", "path", "/x"), None)
    bad = manners.after_part(first, Parsed((), (Failure("f", "no export", "parse"),)), (("f", "1"),), 0, BEFORE)
    later = manners.after_parts(bad, 0, NOW)
    assert (later.health, later.reason) == ("down", "no export")
    assert manners.after_part(later, Parsed(items("a")), (("f", "2"),), 1, NOW).health == "ok"


def test_a_path_that_was_away_and_is_back_is_well_again(feed: MakeFeed) -> None:
    first = manners.start(Source("Export", "path", "/x"), None)
    read = manners.after_part(first, Parsed(items("a")), (("f", "1"),), 1, BEFORE)
    away = manners.after_failure(read, Failure("Export", "no such folder", "file"), NOW)
    assert (away.health, away.errors, away.cursor) == ("down", 1, read.cursor)
    back = manners.after_parts(away, 0, NOW)
    assert (back.health, back.reason, back.errors) == ("unchanged", "", 0)


# -- moved -----------------------------------------------------------------------------------------------------------


def test_a_new_address_is_believed_the_second_time_and_with_known_posts(feed: MakeFeed, good: PollState) -> None:
    there = body("y", moved_to="https://b.example/")
    once = manners.after_news(feed(), good, there, Parsed(items("b", "c")), NOW)
    assert (once.moved_to, once.moving_to) == (None, "https://b.example/")
    twice = manners.after_news(feed(), once, there, Parsed(items("c", "d")), NOW)
    assert (twice.moved_to, twice.moving_to) == ("https://b.example/", None)
    unchanged = manners.after_no_news(feed(), once, NotModified(moved_to="https://b.example/"), NOW)
    assert unchanged.moved_to == "https://b.example/"


def test_a_parking_page_that_takes_everything_is_not_believed(feed: MakeFeed, good: PollState) -> None:
    there = body("y", moved_to="https://parked.example/")
    state = good
    for name in ("x", "y", "z"):
        state = manners.after_news(feed(), state, there, Parsed(items(name)), NOW)
        assert state.moved_to is None


def test_two_different_new_addresses_are_none(feed: MakeFeed, good: PollState) -> None:
    state = good
    for host in ("b", "c", "b"):
        state = manners.after_no_news(feed(), state, NotModified(moved_to=f"https://{host}.example/"), NOW)
    assert state.moved_to is None


def test_a_remembered_address_that_fails_is_forgotten(good: PollState) -> None:
    moved = replace(good, moved_to="https://b.example/")
    assert manners.after_failure(moved, Failure("Post", "", "status", 404), NOW).moved_to is None
    assert manners.after_failure(moved, Failure("Post", "", "status", 429), NOW).moved_to == "https://b.example/"


# -- health over time, and doubts ------------------------------------------------------------------------------------


def test_silence_is_not_calm(feed: MakeFeed, good: PollState) -> None:
    assert manners.health(feed(), good, BEFORE + timedelta(minutes=29)).health == "ok"
    late = manners.health(feed(), good, BEFORE + timedelta(minutes=31))
    assert late.health == "stale"
    assert late.reason == "no good answer for 31 min, one is due every 10 min"
    every_second = feed(interval=timedelta(seconds=1), allow_private_hosts=True)
    assert manners.health(every_second, good, BEFORE + timedelta(seconds=50)).health == "ok"
    assert manners.health(feed(interval=HOUR), good, BEFORE + timedelta(minutes=31)).health == "ok"


def test_a_server_that_puts_off_for_long_is_stale_and_says_why(feed: MakeFeed, good: PollState) -> None:
    busy = manners.after_failure(good, Failure("Post", "asked too often", "status", 429), NOW)
    assert manners.health(feed(), busy, NOW).health == "slow"
    late = manners.health(feed(), busy, NOW + HOUR)
    assert late.health == "stale"
    assert "asked too often" in late.reason


@pytest.mark.parametrize("health", ["down", "blocked", "gone"])
def test_what_is_known_to_be_broken_stays_so(feed: MakeFeed, good: PollState, health: Any) -> None:
    broken = replace(good, health=health, reason="why")
    assert manners.health(feed(), broken, NOW + HOUR).health == health


@pytest.mark.parametrize(
    ("known", "asks"),
    [
        ({"etag": '"1"'}, ["If-None-Match"]),
        ({"last_modified": "then"}, ["If-Modified-Since"]),
        ({"etag": '"1"', "last_modified": "then"}, ["If-None-Match", "If-Modified-Since"]),
        ({}, []),
        ({"etag": '"1"', "last_full": NOW - 23 * HOUR, "rhythm": HOUR}, ["If-None-Match"]),
        ({"etag": '"1"', "last_full": NOW - 25 * HOUR, "rhythm": HOUR}, []),
        ({"etag": '"1"', "last_full": NOW - 25 * HOUR, "rhythm": 8 * HOUR}, ["If-None-Match"]),
        ({"etag": '"1"', "last_full": NOW - 25 * HOUR, "last_modified": "Fri, 01 Jan 2038 00:00:00 GMT"}, []),
    ],
)
def test_when_validators_are_sent(known: dict[str, Any], asks: list[str]) -> None:
    assert [name for name, _ in manners.validators(PollState("Post", **known), NOW)] == asks


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (-5, "0 s"),
        (45, "45 s"),
        (60, "1 min"),
        (90, "1 min 30 s"),
        (43200, "12 h"),
        (45000, "12 h 30 min"),
        (86400 * 3 + 5, "3 d"),
        (86400 * 3 + 3600, "3 d 1 h"),
    ],
)
def test_durations_in_words(seconds: int, words: str) -> None:
    assert manners.span(timedelta(seconds=seconds)) == words
