"""The poller, the fetcher and the parser together against a real server: the shapes of a desk's first day."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from sitmon.ingest import feeds
from sitmon.ingest.fetch import Fetcher
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.poller import Polled, Poller
from sitmon.ingest.schedule import Pace
from sitmon.ingest.wire import Timeouts
from sitmon.model.source import PollState, Source
from tests.servers import Loopback, Page, Request, atom, gzip_bomb, rdf, rss

QUICK = Timeouts(connect=1.0, read=0.2, total=2.0)
MakeFeed = Callable[..., Source]


@dataclass(frozen=True)
class News:
    parsed: Parsed


async def parse(body: bytes, source: Source, *, now: datetime, **more: Any) -> News:
    return News(feeds.parse(body, source, now=now, **more))


class Memory:
    """What is remembered, in a dict."""

    def __init__(self) -> None:
        self.states: dict[str, PollState] = {}

    async def load(self) -> dict[str, PollState]:
        return dict(self.states)

    async def save(self, state: PollState) -> None:
        self.states[state.source] = state


async def poll_once(
    sources: list[Source], memory: Memory | None = None, timeouts: Timeouts = QUICK
) -> dict[str, Polled[News]]:
    """Ask every source one time; return what each gave."""
    seen: dict[str, Polled[News]] = {}

    async def deliver(polled: Polled[News]) -> None:
        seen[polled.source.name] = polled

    async with Fetcher(timeouts=timeouts) as fetcher, asyncio.TaskGroup() as group:
        poller: Poller[News] = Poller(
            sources,
            fetcher=fetcher,
            memory=memory or Memory(),
            parse=parse,
            deliver=deliver,
            once=True,
            clock=lambda: datetime(2021, 8, 8, 12, tzinfo=UTC),
            rng=Random(1),
        )
        await poller.start(group)
    return seen


async def test_every_shape_of_a_first_day_in_one_round(server: Loopback, feed: MakeFeed) -> None:
    shapes = {
        "rss": (Page(rss("a", "b")), "ok", 2),
        "atom": (Page(atom("a", "b", "c")), "ok", 3),
        "rdf": (Page(rdf("a")), "ok", 1),
        "gzip": (Page(gzip.compress(rss("a")), headers=(("Content-Encoding", "gzip"),)), "ok", 1),
        "slow": (Page(rss("a", ttl=60)), "slow", 1),
        "max-age": (Page(rss("a"), headers=(("Cache-Control", "max-age=43200"),)), "slow", 1),
        "moved": (Page(status=301, headers=(("Location", "/rss"),)), "ok", 2),
        "empty": (Page(rss()), "empty", 0),
        "error": (Page(b"oops", 500), "down", 0),
        "busy": (Page(b"", 429, headers=(("Retry-After", "900"),)), "slow", 0),
        "forbidden": (Page(b"no", 403), "blocked", 0),
        "gone": (Page(b"", 410), "gone", 0),
        "missing": (Page(b"", 404), "down", 0),
        "html": (Page(b"<!doctype html><html><head><title>Sorry</title></head><body>x</body></html>"), "down", 0),
        "json": (Page(b'{"error": "not found"}', headers=(("Content-Type", "application/json"),)), "down", 0),
        "nothing": (Page(b""), "down", 0),
        "stall": (Page(rss("a"), send=50, then="stall"), "down", 0),
        "reset": (Page(rss("a"), send=50, then="reset"), "down", 0),
        "bomb": (Page(gzip_bomb(64 << 20), headers=(("Content-Encoding", "gzip"),)), "down", 0),
        "circle": (Page(status=302, headers=(("Location", "/circle"),)), "blocked", 0),
        "inside": (Page(status=302, headers=(("Location", "http://169.254.169.254/"),)), "blocked", 0),
    }
    server.scripts.update({f"/{name}": page for name, (page, _, _) in shapes.items()})
    seen = await poll_once([feed(server.url(f"/{name}"), name, allow_private_hosts=True) for name in shapes])
    found = {name: (polled.health.health, polled.health.items) for name, polled in seen.items()}
    assert found == {name: (health, items) for name, (_, health, items) in shapes.items()}
    assert all(polled.health.reason for polled in seen.values() if polled.health.health != "ok")
    assert all(polled.health.next_poll is not None for polled in seen.values())


BODY = rss("a", "b")
LM1, LM2 = "Sun, 08 Aug 2021 09:00:00 GMT", "Sun, 08 Aug 2021 10:00:00 GMT"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("A", LM1), ("B", LM2)),
        (('"A"', LM1), ('"B"', LM1)),
        (('"A"', LM1), ('"A"', LM2)),
        (('"A"', LM1), (None, LM1)),
        (('"A"', LM1), ('"A"', None)),
        (('W/"A"', None), ('W/"B"', None)),
        (("unquoted", None), ("still unquoted", None)),
    ],
    ids=["touch", "etag-only", "date-only", "etag-vanishes", "date-vanishes", "weak", "unquoted"],
)
async def test_validators_that_change_under_an_unchanged_body(
    server: Loopback, feed: MakeFeed, first: tuple[str | None, str | None], then: tuple[str | None, str | None]
) -> None:
    """By the third request a good client is back to asking conditionally, with the newest pair, byte for byte."""
    server.scripts["/feed"] = [Page(BODY, etag=first[0], last_modified=first[1])] + [
        Page(BODY, etag=then[0], last_modified=then[1])
    ] * 3
    memory, source = Memory(), feed(server.url("/feed"), allow_private_hosts=True)
    healths = [(await poll_once([source], memory))["Post"].health.health for _ in range(4)]
    assert healths == ["ok", "unchanged", "unchanged", "unchanged"]
    sent = [(r.headers.get("if-none-match"), r.headers.get("if-modified-since")) for r in server.requests]
    assert sent[:2] == [(None, None), first]
    # A 304 that no longer names a validator does not take it away (RFC 9111 section 4.3.4); a 200 does.
    kept = first[1] if then == ('"A"', None) else then[1]
    assert sent[2:] == [(then[0], kept)] * 2
    assert memory.states["Post"].status == 304


async def test_a_304_with_a_new_etag(server: Loopback, feed: MakeFeed) -> None:
    def changing(request: Request) -> Page:
        asked = request.headers.get("if-none-match")
        if asked is None:
            return Page(BODY, etag='"A"')
        return Page(status=304, etag='"B"')

    server.scripts["/feed"] = changing
    memory, source = Memory(), feed(server.url("/feed"), allow_private_hosts=True)
    for _ in range(3):
        await poll_once([source], memory)
    assert [r.headers.get("if-none-match") for r in server.requests] == [None, '"A"', '"B"']


async def test_a_broken_answer_between_two_good_ones_costs_nothing(server: Loopback, feed: MakeFeed) -> None:
    server.scripts["/feed"] = [
        Page(BODY, etag='"A"'),
        Page(b"<html><body>down for repairs</body></html>", etag='"oops"'),
        Page(BODY, etag='"A"'),
    ]
    memory, source = Memory(), feed(server.url("/feed"), allow_private_hosts=True)
    healths = [(await poll_once([source], memory))["Post"].health.health for _ in range(3)]
    assert healths == ["ok", "down", "unchanged"]
    assert [r.headers.get("if-none-match") for r in server.requests] == [None, '"A"', '"A"']
    assert memory.states["Post"].items == 2


async def test_a_move_is_remembered_after_the_second_time(server: Loopback, feed: MakeFeed) -> None:
    server.scripts |= {"/old": Page(status=308, headers=(("Location", "/new"),)), "/new": Page(BODY, etag='"A"')}
    memory, source = Memory(), feed(server.url("/old"), allow_private_hosts=True)
    for _ in range(3):
        await poll_once([source], memory)
    assert [r.path for r in server.requests] == ["/old", "/new", "/old", "/new", "/new"]
    del server.scripts["/new"]
    server.scripts["/old"] = Page(rss("a", "c"))
    healths = [(await poll_once([source], memory))["Post"].health.health for _ in range(2)]
    assert healths == ["down", "ok"]
    assert [r.path for r in server.requests[5:]] == ["/new", "/old"]


async def test_a_paper_that_turned_over_between_two_visits_is_a_gap(server: Loopback, feed: MakeFeed) -> None:
    server.scripts["/feed"] = [Page(rss("a", "b")), Page(rss("c", "d", tag="later")), Page(rss("d", "e", tag="later"))]
    memory, source = Memory(), feed(server.url("/feed"), allow_private_hosts=True)
    healths = [(await poll_once([source], memory))["Post"].health.health for _ in range(3)]
    assert healths == ["ok", "gap", "ok"]


async def test_killed_before_it_could_remember_it_asks_for_all_again(server: Loopback, feed: MakeFeed) -> None:
    """The order deliver, then save: what was delivered but not remembered comes again, it is never skipped."""
    server.scripts["/feed"] = Page(BODY, etag='"A"')
    source = feed(server.url("/feed"), allow_private_hosts=True)

    class Killed(Memory):
        async def save(self, state: PollState) -> None:
            raise SystemError("killed")

    with pytest.raises(ExceptionGroup):
        await poll_once([source], Killed())
    again = await poll_once([source], Memory())
    assert again["Post"].health.items == 2
    assert [r.headers.get("if-none-match") for r in server.requests] == [None, None]


async def test_a_stalling_feed_holds_up_no_other_on_the_same_private_server(server: Loopback, feed: MakeFeed) -> None:
    server.scripts = {f"/{n}": Page(rss("a")) for n in range(30)}
    server.scripts["/stall"] = Page(rss("a"), before=60)
    sources = [feed(server.url(path), path, allow_private_hosts=True) for path in ["/stall", *server.scripts]][:31]
    # Long enough for thirty feeds on a machine that has much else to do.
    seen = await poll_once(sources, timeouts=Timeouts(connect=3.0, read=2.0, total=3.0))
    assert [name for name, polled in seen.items() if polled.health.health != "ok"] == ["/stall"]
    assert list(seen)[-1] == "/stall"
    assert server.most_at_once <= 4


async def test_cancelling_real_fetches_leaves_no_connection(server: Loopback, feed: MakeFeed) -> None:
    server.scripts = {f"/{n}": Page(rss("a"), send=20, then="stall") for n in range(4)}
    sources = [feed(server.url(path), path, allow_private_hosts=True) for path in server.scripts]

    async def deliver(polled: Polled[News]) -> None:
        raise AssertionError("nothing comes")

    loop = asyncio.get_running_loop()
    with pytest.raises(TimeoutError):  # noqa: PT012 - the group is what is cancelled
        async with Fetcher() as fetcher, asyncio.timeout(5) as limit, asyncio.TaskGroup() as group:
            poller: Poller[News] = Poller(
                sources, fetcher=fetcher, memory=Memory(), parse=parse, deliver=deliver, once=True
            )
            await poller.start(group)
            await server.visited.wait()
            limit.reschedule(loop.time() + 0.01)
    assert loop.time() < (limit.when() or 0) + 0.1


async def test_live_a_source_is_asked_again_and_again(server: Loopback, feed: MakeFeed) -> None:
    """With real sleeping, at a pace that no public server would like."""
    server.scripts["/feed"] = Page(BODY, etag='"A"')
    source = feed(server.url("/feed"), allow_private_hosts=True, interval=timedelta(milliseconds=20))
    pace = Pace(shortest_private=timedelta(milliseconds=20))
    healths: list[str] = []

    async def deliver(polled: Polled[News]) -> None:
        healths.append(polled.health.health)
        if len(healths) == 2:
            raise EOFError

    async def live() -> None:
        async with Fetcher() as fetcher, asyncio.TaskGroup() as group:
            poller: Poller[News] = Poller(
                [source], fetcher=fetcher, memory=Memory(), parse=parse, deliver=deliver, pace=pace
            )
            await poller.start(group)

    with pytest.raises(ExceptionGroup):
        await live()
    assert healths == ["ok", "unchanged"]
