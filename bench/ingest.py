"""How fast feeds become items: the ingest room against newsboat, and against the loop that anybody would write first.

Every reader reads the same feeds from the same server, a process of its own on the loopback, in one run:

    changed        the poller's first round: every body is new; parsed in one worker process, as the desk does
    unchanged      its second round: every answer is a 304
    no validators  a third round that forgot the validators: every body comes again, and none is parsed
    newsboat       Debian's package, its first reload, with as many threads as our poller has requests at once
    plain loop     an httpx client and feedparser.parse, one feed after the other, over a tenth of the feeds

CPU seconds are those of the reader with all its processes, never the server's.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import feedparser
import httpx

from bench.feeds_server import ITEMS, document, serving
from bench.rows import Row, table
from sitmon.ingest import feeds
from sitmon.ingest.fetch import Fetcher
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.poller import Polled, Poller
from sitmon.model.source import PollState, Source

CONCURRENCY = 8
FEEDS = 1000


@dataclass(frozen=True)
class News:
    """What the parse function gives the poller."""

    parsed: Parsed


@dataclass(frozen=True)
class Cost:
    """What reading all feeds once took, in seconds."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s, {self.cpu:.1f} CPU"


class Memory:
    """Poll states in a dict."""

    def __init__(self) -> None:
        self.states: dict[str, PollState] = {}

    async def load(self) -> dict[str, PollState]:
        return dict(self.states)

    async def save(self, state: PollState) -> None:
        self.states[state.source] = state


def cpu() -> float:
    """Return the CPU seconds of this process and of its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def measured(work: Callable[[], object]) -> Cost:
    """Run it; return what it cost."""
    begun, used = time.perf_counter(), cpu()
    work()
    return Cost(time.perf_counter() - begun, cpu() - used)


def poll(urls: list[str], memory: Memory, expected: int) -> None:
    """Let the poller ask all feeds once; raise where not exactly the expected items came."""
    sources = [Source(url, "feed", url, allow_private_hosts=True) for url in urls]
    found = asyncio.run(_round(sources, memory))
    if found != expected:
        raise RuntimeError(f"{found} items came, {expected} were served")


async def _round(sources: list[Source], memory: Memory) -> int:
    loop = asyncio.get_running_loop()
    found = 0
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as worker:

        async def parse(
            body: bytes, source: Source, *, now: datetime, content_type: str | None, final_url: str | None
        ) -> News:
            read = partial(feeds.parse, body, source, now=now, content_type=content_type, final_url=final_url)
            return News(await loop.run_in_executor(worker, read))

        async def deliver(polled: Polled[News]) -> None:
            nonlocal found
            found += len(polled.news.parsed.items) if polled.news else 0
            if polled.failure is not None:
                raise RuntimeError(polled.failure.reason)

        async with Fetcher() as fetcher, asyncio.TaskGroup() as group:
            poller = Poller(
                sources, fetcher=fetcher, memory=memory, parse=parse, deliver=deliver, once=True,
                concurrency=CONCURRENCY,
            )  # fmt: skip
            await poller.start(group)
    return found


def plain_loop(urls: list[str]) -> int:
    """Read the feeds the naive way; return how many items came."""
    with httpx.Client(trust_env=False) as client:
        return sum(len(feedparser.parse(client.get(url).content).entries) for url in urls)


def newsboat(urls: list[str], folder: Path) -> None:
    """Let newsboat load the feeds into a new cache."""
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text(f"reload-threads {CONCURRENCY}\n")
    files = ["-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config"]
    subprocess.run(
        ["newsboat", *files, "-x", "reload"],
        env={**os.environ, "HOME": str(folder)}, check=True, capture_output=True, timeout=200,
    )  # fmt: skip


def main(count: int = FEEDS) -> list[Row]:
    """Run the benchmark over `count` feeds; return its rows."""
    with serving(count) as base:
        plain = [f"{base}/plain/{n}" for n in range(count)]
        tagged = [f"{base}/tagged/{n}" for n in range(count)]
        memory = Memory()
        changed = measured(lambda: poll(tagged, memory, count * ITEMS))
        unchanged = measured(lambda: poll(tagged, memory, 0))
        memory.states = {name: replace(state, etag=None) for name, state in memory.states.items()}
        same = measured(lambda: poll(tagged, memory, 0))
        theirs = None
        if shutil.which("newsboat"):
            with tempfile.TemporaryDirectory() as folder:
                theirs = measured(lambda: newsboat(plain, Path(folder)))
        part = plain[: max(count // 10, 1)]
        naive = measured(lambda: plain_loop(part))
    size = f"{len(document(0)) / 1024:.0f} KB"
    missing = "newsboat is not installed: apt-get install newsboat"
    whole = Cost(naive.wall * count / len(part), naive.cpu * count / len(part))
    what = f"{count} changed feeds of {ITEMS} posts, {size}"
    return [
        Row(f"{what}: wall", f"{changed.wall:.1f} s", theirs and f"{theirs.wall:.1f} s",
            theirs and theirs.wall / changed.wall, "newsboat" if theirs else missing),
        Row(f"{what}: CPU", f"{changed.cpu:.1f} s", theirs and f"{theirs.cpu:.1f} s",
            theirs and theirs.cpu / changed.cpu, "newsboat" if theirs else missing),
        Row(f"{what}: wall", f"{changed.wall:.1f} s", f"{whole.wall:.1f} s", whole.wall / changed.wall,
            "a loop of httpx and feedparser"),
        Row("the same feeds unchanged (304)", str(unchanged), str(changed), changed.cpu / unchanged.cpu,
            f"of CPU, against changed ones, read only; wall {changed.wall / unchanged.wall:.1f} x"),
        Row("the same feeds, no validators", str(same), str(changed), changed.cpu / same.cpu,
            "of CPU, against changed ones"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(table(main(int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS)))
