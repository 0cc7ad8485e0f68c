"""The poller in virtual time, against sources that are scripts: who is asked when, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from sitmon.ingest.answers import Answer, Fetched, NotModified
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.poller import Batch, Polled, Poller
from sitmon.model.item import Item
from sitmon.model.source import Failure, PollState, Source

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DOWN = Failure("x", "no line", "network")
MakeFeed = Callable[..., Source]


@dataclass(frozen=True)
class News:
    parsed: Parsed


def body(*names: str) -> Fetched:
    return Fetched(",".join(names).encode(), "https://news.example/feed")


async def parse(raw: bytes, source: Source, *, now: datetime, **_: Any) -> News:
    names = raw.decode().split(",") if raw else []
    if names == ["html"]:
        return News(Parsed(failures=(Failure("worker", "it is no feed", "not_a_feed"),)))
    if names == ["crash"]:
        raise RuntimeError("the parser \x1b[31m died")
    return News(Parsed(tuple(Item(f"{source.name}-{n}", source.name, n) for n in names)))


@dataclass
class Desk:
    """A poller with everything around it scripted, and what was seen of it."""

    virtual: Any
    sources: Sequence[Source]
    script: Callable[[Source, int, PollState], Any]
    """(source, how often it was asked before, state) -> an answer, or a number of seconds to hang."""
    remembered: dict[str, PollState] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    polled: list[tuple[float, Polled[News]]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    poller: Poller[News] = field(init=False)
    at_once: int = 0
    most_at_once: int = 0

    def seconds(self) -> float:
        return asyncio.get_running_loop().time()

    async def fetch(self, source: Source, state: PollState, now: datetime) -> Answer:
        before = len(self.times(source.name))
        self.asked.append((self.seconds(), source.name))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer = self.script(source, before, state)
            if isinstance(answer, tuple):
                hang, answer = answer
                await asyncio.sleep(hang)
            if isinstance(answer, Exception):
                raise answer
            return answer
        finally:
            self.at_once -= 1

    async def load(self) -> dict[str, PollState]:
        return dict(self.remembered)

    async def save(self, state: PollState) -> None:
        self.log.append(f"save {state.source}")
        self.remembered[state.source] = state

    async def deliver(self, polled: Polled[News]) -> None:
        self.log.append(f"deliver {polled.source.name}")
        self.polled.append((self.seconds(), polled))

    def run(self, time: timedelta | None = None, act: Any = None, **options: Any) -> None:
        async def main() -> None:
            self.poller = Poller(
                self.sources,
                fetcher=self,
                memory=self,
                parse=parse,
                deliver=self.deliver,
                clock=self.virtual.clock,
                rng=Random(1),
                **options,
            )
            if time is None:
                async with asyncio.TaskGroup() as group:
                    await self.poller.start(group)
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(time.total_seconds()), asyncio.TaskGroup() as group:
                    await self.poller.start(group)
                    if act is not None:
                        group.create_task(act())
                raise AssertionError("the poller ended by itself")

        self.virtual.run(main())

    def times(self, name: str) -> list[float]:
        return [when for when, who in self.asked if who == name]

    def healths(self, name: str) -> list[str]:
        return [p.health.health for _, p in self.polled if p.source.name == name]

    def items(self, name: str) -> list[str]:
        found = (p.news.parsed.items for _, p in self.polled if p.source.name == name and p.news)
        return [item.text for items in found for item in items]


def many(feed: MakeFeed, count: int, host: str = "h{}.example", **more: Any) -> list[Source]:
    return [feed(f"https://{host.format(n)}/feed", f"s{n}", **more) for n in range(count)]


def test_news_are_delivered_before_anything_is_remembered(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda *_: replace(body("a", "b"), etag='"1"'))
    desk.run(once=True)
    assert desk.log == ["deliver Post", "save Post"]
    assert desk.items("Post") == ["a", "b"]
    assert desk.remembered["Post"].etag == '"1"'
    assert desk.remembered["Post"].next_poll > virtual.clock()  # type: ignore[operator]


def test_what_cannot_be_stored_is_not_remembered(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda *_: body("a"))

    async def full(polled: Polled[News]) -> None:
        raise OSError("disk full")

    desk.deliver = full  # type: ignore[method-assign]
    with pytest.raises(ExceptionGroup):
        desk.run(once=True)
    assert desk.remembered == {}


def test_a_source_is_asked_at_its_interval_with_jitter(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda *_: NotModified())
    desk.run(2 * HOUR)
    gaps = [b - a for a, b in zip(desk.times("Post"), desk.times("Post")[1:], strict=False)]
    assert desk.times("Post")[0] == 0
    assert 11 <= len(gaps) <= 13
    assert all(540 <= gap <= 660 for gap in gaps)
    assert len({round(gap) for gap in gaps}) > 5


def test_the_same_body_is_parsed_once(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda _, n, __: body("a") if n < 2 else body("a", "b"))
    desk.run(25 * MINUTE)
    assert desk.healths("Post") == ["ok", "unchanged", "ok"]
    assert desk.items("Post") == ["a", "a", "b"]


def test_a_start_is_spread_and_progress_is_told(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 10), lambda *_: body("a"))
    desk.run(30 * timedelta(seconds=1))
    first = [when for when, _ in desk.asked]
    assert first == sorted(first)
    assert first[0] == 0
    assert 17 < first[9] < 20
    told = [(p.progress.done, p.progress.total) for _, p in desk.polled if p.progress]
    assert told == [(n, 10) for n in range(1, 11)]


def test_ones_own_servers_need_no_spread(virtual: Any, feed: MakeFeed) -> None:
    sources = many(feed, 3, allow_private_hosts=True) + [feed(f"https://p{n}.example/", f"p{n}") for n in range(3)]
    desk = Desk(virtual, sources, lambda *_: body("a"))
    desk.run(30 * timedelta(seconds=1))
    assert [desk.times(f"s{n}")[0] for n in range(3)] == [0, 0, 0]
    assert [round(desk.times(f"p{n}")[0]) for n in range(3)] == [0, 2, 4]


def test_a_restart_keeps_the_planned_visits(virtual: Any, feed: MakeFeed) -> None:
    soon = PollState("s0", location="https://h0.example/feed", next_poll=virtual.clock() + 5 * MINUTE)
    desk = Desk(virtual, many(feed, 2), lambda *_: NotModified(), {"s0": soon})
    desk.run(6 * MINUTE)
    assert desk.times("s1")[0] == 0
    assert desk.times("s0") == [300]
    assert [p.progress.total for _, p in desk.polled if p.progress] == [1]


def test_once_asks_everybody_now_and_ends(virtual: Any, feed: MakeFeed) -> None:
    later = PollState("s0", location="https://h0.example/feed", next_poll=virtual.clock() + 5 * HOUR)
    desk = Desk(virtual, many(feed, 5), lambda *_: body("a"), {"s0": later})
    desk.run(once=True)
    assert [when for when, _ in desk.asked] == [0, 0, 0, 0, 0]


def test_once_still_leaves_a_server_alone_that_asked_for_it(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda *_: Failure("Post", "busy", "status", 429, HOUR))
    desk.run(once=True)
    desk.run(once=True)
    assert len(desk.asked) == 1
    assert desk.healths("Post") == ["slow", "slow"]
    assert "left alone" in desk.polled[-1][1].health.reason


# -- one source's trouble ----------------------------------------------------------------------------------------------


def test_no_source_stops_another(virtual: Any, feed: MakeFeed) -> None:
    troubles = {
        "s0": RuntimeError("a fault"),
        "s1": (29.0, Failure("s1", "late", "timeout")),
        "s2": body("html"),
        "s3": body("crash"),
        "s4": Failure("s4", "gone", "status", 410),
        "s5": body("a"),
    }
    desk = Desk(virtual, many(feed, 6), lambda source, *_: troubles[source.name])
    desk.run(once=True)
    assert {s.name: desk.healths(s.name) for s in desk.sources} == {
        "s0": ["down"],
        "s1": ["down"],
        "s2": ["down"],
        "s3": ["down"],
        "s4": ["gone"],
        "s5": ["ok"],
    }
    reasons = {p.source.name: p.health.reason for _, p in desk.polled}
    assert reasons["s0"] == "a fault in sitmon itself: RuntimeError: a fault"
    assert reasons["s3"].isprintable()
    assert [p.failure.subject for _, p in desk.polled if p.source.name == "s2" and p.failure] == ["s2"]


def test_validators_of_an_answer_that_is_no_feed_are_not_kept(virtual: Any, feed: MakeFeed) -> None:
    answers = [replace(body("a"), etag='"1"'), replace(body("html"), etag='"2"')]
    desk = Desk(virtual, [feed()], lambda _, n, __: answers[n])
    desk.run(15 * MINUTE)
    assert desk.healths("Post") == ["ok", "down"]
    assert desk.remembered["Post"].etag == '"1"'


def test_a_failing_source_is_asked_less_and_less_but_always_again(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda *_: Failure("Post", "broken", "status", 500))
    desk.run(72 * HOUR)
    gaps = [b - a for a, b in zip(desk.times("Post"), desk.times("Post")[1:], strict=False)]
    assert len(gaps) >= 72 / 6.6
    assert max(gaps) <= 6.6 * 3600
    assert sum(gaps[:3]) < sum(gaps[-3:])


def test_eight_servers_that_hang_delay_the_others_by_their_timeout_only(virtual: Any, feed: MakeFeed) -> None:
    late = Failure("x", "late", "timeout")
    desk = Desk(virtual, many(feed, 12), lambda s, *_: (30.0, late) if int(s.name[1:]) < 8 else body("a"))
    desk.run(once=True)
    assert max(when for when, _ in desk.asked) == 30.0
    assert desk.most_at_once == 8


def test_cancelling_ends_everything_at_once(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 4), lambda s, *_: (1e6, NotModified()) if s.name == "s0" else NotModified())
    desk.run(MINUTE)  # leaves the group with one fetch hanging and three sources asleep
    assert len(desk.times("s0")) == 1


# -- politeness towards a server --------------------------------------------------------------------------------------


def test_one_request_at_a_time_and_a_pause_for_a_public_server(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 5, "one.example"), lambda *_: (0.5, body("a")))
    desk.run(once=True)
    assert [when for when, _ in desk.asked] == [0, 1.5, 3.0, 4.5, 6.0]


def test_a_private_server_gets_four_at_a_time_and_no_pause(virtual: Any, feed: MakeFeed) -> None:
    sources = many(feed, 8, "one.lan", allow_private_hosts=True)
    desk = Desk(virtual, sources, lambda *_: (0.5, body("a")))
    desk.run(once=True)
    assert [when for when, _ in desk.asked] == [0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5]


def test_retry_after_holds_the_whole_public_server(virtual: Any, feed: MakeFeed) -> None:
    busy = Failure("s0", "busy", "status", 429, 30 * MINUTE)
    desk = Desk(virtual, many(feed, 3, "one.example"), lambda s, n, _: busy if s.name == "s0" and n == 0 else body("a"))
    desk.run(45 * MINUTE)
    assert all(when >= 1800 for when in desk.times("s0")[1:] + desk.times("s1") + desk.times("s2"))
    assert desk.healths("s1")[0] == "slow"
    assert desk.healths("s1")[-1] in ("ok", "unchanged")


def test_but_only_the_one_source_on_a_private_server(virtual: Any, feed: MakeFeed) -> None:
    busy = Failure("s0", "busy", "status", 429, 30 * MINUTE)
    sources = many(feed, 2, "one.lan", allow_private_hosts=True)
    desk = Desk(virtual, sources, lambda s, *_: busy if s.name == "s0" else body("a"))
    desk.run(15 * MINUTE)
    assert len(desk.times("s0")) == 1
    assert len(desk.times("s1")) == 2


def test_nor_the_other_feeds_of_a_shared_host(virtual: Any, feed: MakeFeed) -> None:
    """RSSHub, Nitter: one route that is asked too often says nothing of the others."""
    busy = Failure("s0", "busy", "status", 429, 2 * HOUR)
    sources = many(feed, 3, "relay.example", shared_host=True)
    desk = Desk(virtual, sources, lambda s, *_: (0.5, busy if s.name == "s0" else body("a")))
    desk.run(65 * MINUTE)
    assert len(desk.times("s0")) == 1
    assert len(desk.times("s1")) >= 6
    assert desk.most_at_once == 1, "it is one server all the same: one request at a time"


def test_hosts_of_one_site_take_turns_but_wait_for_themselves(virtual: Any, feed: MakeFeed) -> None:
    busy = Failure("s0", "busy", "status", 429, 30 * MINUTE)
    sources = many(feed, 3, "feeds{}.paper.example")
    desk = Desk(virtual, sources, lambda s, *_: (0.5, busy if s.name == "s0" else body("a")))
    desk.run(15 * MINUTE)
    assert desk.most_at_once == 1
    assert [len(desk.times(s.name)) for s in sources] == [1, 2, 2]


# -- time that jumps, lines that break ---------------------------------------------------------------------------------


def test_a_clock_set_back_an_hour_costs_no_hour(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda *_: NotModified())

    async def set_back() -> None:
        await asyncio.sleep(300)
        virtual.jump = -HOUR

    desk.run(40 * MINUTE, set_back)
    assert 3 <= len(desk.times("Post")) <= 5


def test_nor_does_a_clock_set_back_while_the_desk_was_off(virtual: Any, feed: MakeFeed) -> None:
    ahead = virtual.clock() + HOUR
    before = PollState("Post", location=feed().location, last_attempt=ahead, next_poll=ahead + 10 * MINUTE)
    desk = Desk(virtual, [feed()], lambda *_: NotModified(), {"Post": before})
    desk.run(25 * MINUTE)
    assert desk.times("Post")[0] == 600
    assert len(desk.times("Post")) == 2


def test_a_laptop_that_slept_asks_when_it_wakes(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed(interval=6 * HOUR)], lambda *_: NotModified())

    async def suspend() -> None:
        await asyncio.sleep(600)
        virtual.jump = 9 * HOUR

    desk.run(20 * MINUTE, suspend)
    assert len(desk.times("Post")) == 2
    assert desk.times("Post")[1] <= 661


def test_a_source_that_goes_stale_while_it_waits_is_told(virtual: Any, feed: MakeFeed) -> None:
    answers = [body("a"), Failure("Post", "busy", "status", 429, 5 * HOUR)]
    desk = Desk(virtual, [feed()], lambda _, n, __: answers[min(n, 1)])
    desk.run(HOUR)
    assert desk.healths("Post") == ["ok", "slow", "stale"]


def test_after_an_outage_nobody_waits_out_their_back_off(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 10), lambda s, n, _: body("a"))
    outage = (100.0, 8 * 3600.0)
    answer = desk.script
    desk.script = lambda s, n, state: DOWN if outage[0] < desk.seconds() < outage[1] else answer(s, n, state)
    desk.run(9 * HOUR)
    after = {s.name: next(t for t in desk.times(s.name) if t > outage[1]) for s in desk.sources}
    first = min(after.values())
    assert first - outage[1] < 1000  # unreached servers are tried every quarter of an hour
    assert all(when - first <= 660 for when in after.values())


def test_dead_servers_are_not_hurried_by_living_ones(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 4), lambda s, *_: DOWN if s.name == "s0" else NotModified())
    desk.run(6 * HOUR)
    assert len(desk.times("s0")) < len(desk.times("s1"))


def test_a_refresh_is_soon_but_decent(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 2, interval=5 * HOUR), lambda *_: NotModified())

    async def press() -> None:
        for _ in range(20):
            await asyncio.sleep(1)
            desk.poller.refresh("s0")

    desk.run(HOUR, press)
    assert desk.times("s0") == [0, 60]
    assert len(desk.times("s1")) == 1


def test_a_refresh_does_not_break_a_promise(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, [feed()], lambda *_: Failure("Post", "busy", "status", 429, 2 * HOUR))

    async def press() -> None:
        await asyncio.sleep(600)
        desk.poller.refresh()

    desk.run(HOUR, press)
    assert len(desk.times("Post")) == 1


def test_health_of_all_is_there_from_the_start(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 3), lambda *_: NotModified())
    seen: list[list[str]] = []

    async def look() -> None:
        seen.append([h.source for h in desk.poller.health()])

    desk.run(MINUTE, look)
    assert seen == [["s0", "s1", "s2"]]


# -- files and folders -------------------------------------------------------------------------------------------------


@dataclass
class Folder:
    """A path source's contents: parts, then nothing; or what it raises."""

    parts: list[Any]
    cursors: list[tuple[tuple[str, str], ...]] = field(default_factory=list)

    async def read(self, source: Source, cursor: tuple[tuple[str, str], ...], *, now: datetime) -> Any:
        self.cursors.append(cursor)
        part = self.parts.pop(0) if self.parts else None
        if isinstance(part, Exception):
            raise part
        return part


def part(position: int, *names: str) -> Batch[News]:
    items = tuple(Item(n, "Export", n) for n in names)
    return Batch(News(Parsed(items)), (("tweets.js", str(position)),))


def test_a_path_is_read_part_by_part_and_each_is_remembered(virtual: Any) -> None:
    folder = Folder([part(1, "a"), part(2, "b", "c"), None, None, part(3, "d")])
    desk = Desk(virtual, [Source("Export", "path", "/x", interval=MINUTE)], lambda *_: None)
    desk.run(150 * timedelta(seconds=1), read=folder.read)
    assert desk.items("Export") == ["a", "b", "c", "d"]
    assert [c[0][1] if c else "" for c in folder.cursors] == ["", "1", "2", "2", "2", "3"]
    assert desk.log[:4] == ["deliver Export", "save Export"] * 2
    assert desk.healths("Export") == ["ok", "ok", "ok", "unchanged", "ok", "ok"]
    assert [(p.progress.done, p.progress.total) for _, p in desk.polled if p.progress] == [(1, 1)]


def test_a_reader_that_does_not_get_on_is_left_at_that(virtual: Any) -> None:
    folder = Folder([part(1, "a")] * 50)
    desk = Desk(virtual, [Source("Export", "path", "/x", interval=MINUTE)], lambda *_: None)
    desk.run(once=True, read=folder.read)
    assert desk.items("Export") == ["a"]


@pytest.mark.parametrize(
    ("trouble", "health", "words"),
    [
        (Failure("Export", "there is no such file", "file"), "down", "no such file"),
        (OSError("boom"), "down", "boom"),
        (None, "empty", "no posts"),
    ],
)
def test_a_path_in_trouble_says_so_and_is_tried_again(virtual: Any, trouble: Any, health: str, words: str) -> None:
    folder = Folder([trouble, part(1, "a")])
    desk = Desk(virtual, [Source("Export", "path", "/x", interval=MINUTE)], lambda *_: None)
    desk.run(70 * timedelta(seconds=1), read=folder.read)
    assert desk.healths("Export")[0] == health
    assert words in desk.polled[0][1].health.reason
    assert desk.polled[0][1].health.errors == (health == "down")
    assert desk.items("Export") == ["a"]


def test_a_thousand_sources_are_all_asked_on_time(virtual: Any, feed: MakeFeed) -> None:
    desk = Desk(virtual, many(feed, 1000), lambda *_: (0.2, NotModified()))
    desk.run(32 * MINUTE)
    counts = [len(desk.times(s.name)) for s in desk.sources]
    assert min(counts) >= 3
