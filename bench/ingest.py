"""How fast feeds become items: the whole ingest room against the loop that anybody would write first.

`python -m bench.ingest [FEEDS]` serves that many feeds from a process of its own on the loopback and reads them
four ways in one run, so that only ratios count:

    plain loop     an httpx client and feedparser.parse, one feed after the other
    changed        the poller's first round: every body is new; parsed in one worker process, as the desk does
    same bodies    a server without validators: every body comes again, and none is parsed
    unchanged      a server with validators: every answer is a 304

The memory is the peak of the desk's own process (parsing happens in the other one).
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser
import httpx

from sitmon.ingest import feeds
from sitmon.ingest.fetch import Fetcher
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.poller import Polled, Poller
from sitmon.model.source import PollState, Source
from tests.servers import Loopback, Page

ITEMS = 30
PARAGRAPH = (
    "Officials in {place} said on Sunday that fighting had reached the outskirts of the city, and that the road to "
    "the north was cut. Residents spoke of shelling through the night; shops were shut and the hospital was full. "
)


@dataclass(frozen=True)
class News:
    """What the parse function gives the poller."""

    parsed: Parsed


class Memory:
    """Poll states in a dict."""

    def __init__(self) -> None:
        self.states: dict[str, PollState] = {}

    async def load(self, source: str) -> PollState | None:
        return self.states.get(source)

    async def save(self, state: PollState) -> None:
        self.states[state.source] = state


def document(n: int) -> bytes:
    """Return the n-th feed: 30 posts with a summary and a full text, about 40 KB."""
    items = "".join(
        f"<item><title>Post {i} of feed {n}</title><link>https://example.org/{n}/{i}</link>"
        f"<guid>{n}-{i}</guid><pubDate>Sun, 08 Aug 2021 {i % 24:02}:00:00 +0430</pubDate>"
        f"<description>{PARAGRAPH.format(place=f'Place {i}')}</description>"
        f"<content:encoded><![CDATA[{''.join(f'<p>{PARAGRAPH.format(place=p)}</p>' for p in range(4))}]]>"
        "</content:encoded></item>"
        for i in range(ITEMS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Feed</title>'
        f"<link>https://example.org/</link><description>d</description>{items}</channel></rss>"
    ).encode()


def serve(count: int, port: Any) -> None:
    """Serve the feeds for ever, under /plain/N without validators and under /tagged/N with them."""

    async def run() -> None:
        server = Loopback()
        for n in range(count):
            body = document(n)
            server.scripts[f"/plain/{n}"] = Page(body)
            server.scripts[f"/tagged/{n}"] = Page(body, etag=f'"{n}"')
        async with server:
            port.send(server.port)
            await asyncio.Event().wait()

    asyncio.run(run())


def plain_loop(urls: list[str]) -> int:
    """Read the feeds the naive way; return how many items came."""
    with httpx.Client(trust_env=False) as client:
        return sum(len(feedparser.parse(client.get(url).content).entries) for url in urls)


async def rounds(urls: list[str], memory: Memory, count: int) -> tuple[list[float], list[int]]:
    """Let the poller read all feeds `count` times; return the seconds and the items of each round."""
    seconds, items = [], []
    sources = [Source(url, "feed", url, allow_private_hosts=True) for url in urls]
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as worker:
        # One document before anything is timed: the worker imports what it needs.
        await loop.run_in_executor(worker, _parse, document(0), sources[0], datetime.now(UTC), None, None)

        async def parse(
            body: bytes, source: Source, *, now: datetime, content_type: str | None, final_url: str | None
        ) -> News:
            return News(await loop.run_in_executor(worker, _parse, body, source, now, content_type, final_url))

        async def deliver(polled: Polled[News]) -> None:
            items[-1] += len(polled.news.parsed.items) if polled.news else 0
            if polled.failure is not None:
                raise RuntimeError(polled.failure.reason)

        for _ in range(count):
            items.append(0)
            begun = time.perf_counter()
            async with Fetcher() as fetcher, asyncio.TaskGroup() as group:
                poller = Poller(sources, fetcher=fetcher, memory=memory, parse=parse, deliver=deliver, once=True)
                await poller.start(group)
            seconds.append(time.perf_counter() - begun)
    return seconds, items


def _parse(body: bytes, source: Source, now: datetime, content_type: str | None, final_url: str | None) -> Parsed:
    return feeds.parse(body, source, now=now, content_type=content_type, final_url=final_url)


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Return the seconds that `work` took, and what it gave."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def main(count: int) -> None:
    """Run the benchmark over `count` feeds and print its table."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    server = spawn.Process(target=serve, args=(count, there), daemon=True)
    server.start()
    try:
        port = here.recv()
        plain = [f"http://127.0.0.1:{port}/plain/{n}" for n in range(count)]
        tagged = [f"http://127.0.0.1:{port}/tagged/{n}" for n in range(count)]
        (changed, same), found = asyncio.run(rounds(plain, Memory(), 2))
        (_, unchanged), _ = asyncio.run(rounds(tagged, Memory(), 2))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sample = plain[: min(count, 100)]
        naive, naive_items = timed(lambda: plain_loop(sample))
        naive *= count / len(sample)
        if found != [count * ITEMS, 0] or naive_items != len(sample) * ITEMS:
            raise RuntimeError(f"items were lost: {found}, {naive_items}")
    finally:
        server.terminate()
        server.join()
    size = len(document(0)) / 1024
    print(f"{count} feeds of {ITEMS} posts, {size:.0f} KB each, {datetime.now(UTC):%Y-%m-%d}")
    print(f"{'':14}{'s':>8}{'feeds/s':>10}{'plain loop / it':>18}")
    rows = {"plain loop": naive, "changed": changed, "same bodies": same, "unchanged": unchanged}
    for name, spent in rows.items():
        print(f"{name:14}{spent:8.2f}{count / spent:10.0f}{naive / spent:18.1f}")
    print(f"changed / unchanged {changed / unchanged:.1f}; peak memory of the polling process {peak:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
