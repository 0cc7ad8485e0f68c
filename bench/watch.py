"""The whole program as an officer runs it, `sitmon watch`, on a thousand feeds: on time, in how much memory, how fast.

The feeds come from a server in this process, which notes when each is asked. First a full round (all is new: parsed,
classified, stored), then rounds of "unchanged" while a few feeds bring news that alert; from the moment that an answer
with such a piece of news is handed to the network until its line stands on the program's stdout is the delay.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bench.rows import Row, table
from tests.happenings import happenings
from tests.servers import Loopback, Page, Request, threaded

FEEDS = 1000
POSTS = 10
INTERVAL_S = 20
LOUD = 3
"""Feeds of one second's interval that bring the news."""
ROUNDS_S = 30
EARLY = 1.1
"""The jitter: a feed is asked at its interval, a tenth more or less."""
LIMIT_MB = 300
LIMIT_MS = 250


class World:
    """What happens, and what was asked and when."""

    def __init__(self, feeds: int) -> None:
        self.news = happenings()
        self.begun = format_datetime(datetime.now(UTC) - timedelta(minutes=20))
        self.asked: dict[str, list[float]] = defaultdict(list)
        self.served: dict[str, float] = {}
        self.told = 0
        self.last: dict[int, str] = {}
        self.running = False
        self.feeds = feeds

    def quiet(self, request: Request) -> Page:
        """Return a feed in which nothing ever happens."""
        self.asked[request.path].append(time.monotonic())
        items = "".join(
            f"<item><title>Prices in bazaar {request.path} on day {n}</title><guid>{request.path}-{n}</guid>"
            f"<description>Wheat and rice cost what they did, traders said on Sunday; {n} lorries came in from the "
            f"border and the road was open all day.</description><pubDate>{self.begun}</pubDate></item>"
            for n in range(POSTS)
        )
        return Page(self._rss(items), etag=f'"{request.path}"')

    def loud(self, request: Request) -> Page:
        """Return a feed with one more piece of news each time, once the rounds have begun."""
        number = int(request.path.rsplit("/", 1)[1])
        if self.running and self.told < len(self.news):
            url = f"https://news.example/{self.told}"
            self.last[number] = f"<title>{self.news[self.told]}</title><link>{url}</link>"
            self.told += 1
            self.served[url] = time.monotonic()
        item = self.last.get(number, f"<title>Nothing new in feed {number}</title>")
        return Page(self._rss(f"<item>{item}<pubDate>{self.begun}</pubDate></item>"))

    @staticmethod
    def _rss(items: str) -> bytes:
        head = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
        return f"{head}{items}</channel></rss>".encode()

    def late(self) -> list[float]:
        """Return by how many seconds each visit after the first came later than the plan allows."""
        gaps = [b - a for times in self.asked.values() for a, b in itertools.pairwise(times)]
        return sorted(max(gap - INTERVAL_S * EARLY, 0.0) for gap in gaps)


def config(folder: Path, server: Loopback, feeds: int) -> Path:
    """Write the desk's config."""
    private = "allow_private_hosts = true\n"
    quiet = "".join(
        f'[[sources]]\nname = "Quiet {n}"\nurl = "{server.url(f"/quiet/{n}")}"\ninterval = "{INTERVAL_S}s"\n{private}'
        for n in range(feeds - LOUD)
    )
    loud = "".join(
        f'[[sources]]\nname = "Loud {n}"\nurl = "{server.url(f"/loud/{n}")}"\ninterval = "1s"\nreliability = "B"\n'
        f'side = "media"\n{private}'
        for n in range(LOUD)
    )
    path = folder / "config.toml"
    path.write_text(f'store = "desk.db"\n{quiet}{loud}')
    return path


@contextmanager
def watching(path: Path, world: World) -> Iterator[tuple[subprocess.Popen[str], dict[str, float]]]:
    """Run the program; yield it, and by the address of the news when their alert came."""
    came: dict[str, float] = {}
    process = subprocess.Popen(
        [sys.executable, "-m", "sitmon", "--config", str(path), "--quiet", "watch", "--format", "jsonl"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "XDG_STATE_HOME": str(path.parent)},
    )  # fmt: skip

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            now = time.monotonic()
            came.setdefault(json.loads(line)["url"], now)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield process, came
    finally:
        process.terminate()
        process.wait()
        listener.join(5)


def cpu_s(pid: int) -> float:
    """Return the CPU seconds that a process and its children have used so far."""
    used = 0
    for one in (pid, *_children(pid)):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return [int(c) for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text().split()]


def peak_mb(pid: int) -> tuple[float, float]:
    """Return the peak of resident memory of a process, and of its largest child."""
    return _peak(pid), max(map(_peak, _children(pid)), default=0.0)


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main(feeds: int = FEEDS) -> list[Row]:
    """Run it; return its rows."""
    world = World(feeds)
    scripts = {f"/quiet/{n}": world.quiet for n in range(feeds - LOUD)}
    scripts |= {f"/loud/{n}": world.loud for n in range(LOUD)}
    with tempfile.TemporaryDirectory() as folder, threaded(dict(scripts)) as server:
        path = config(Path(folder), server, feeds)
        begun = time.monotonic()
        with watching(path, world) as (process, came):
            while not world.asked and time.monotonic() < begun + 60:
                time.sleep(0.01)
            loaded = cpu_s(process.pid)
            while len(world.asked) < feeds - LOUD and time.monotonic() < begun + 90:
                time.sleep(0.1)
            first = time.monotonic() - begun
            time.sleep(1)
            changed = (cpu_s(process.pid) - loaded) / feeds
            for times in world.asked.values():
                del times[:-1]  # the first round is over: from here on all must be on time
            before, visits = cpu_s(process.pid), len(server.requests)
            time.sleep(INTERVAL_S)
            unchanged = (cpu_s(process.pid) - before) / max(len(server.requests) - visits, 1)
            world.running = True
            time.sleep(ROUNDS_S)
            world.running = False
            time.sleep(2)
            desk, worker = peak_mb(process.pid)
    if missing := [url for url in world.served if url not in came]:
        raise RuntimeError(f"{len(missing)} of {len(world.served)} alerts never came")
    delays = sorted((at - world.served[url]) * 1000 for url, at in came.items() if url in world.served)
    return [
        *rows(feeds, world, first, desk, worker, delays),
        Row("an unchanged feed, the whole program: CPU", f"{unchanged * 1000:.2f} ms", f"{changed * 1000:.2f} ms",
            changed / unchanged, f"a changed one of {POSTS} short posts: read, classified, stored"),
    ]  # fmt: skip


def rows(feeds: int, world: World, first: float, desk: float, worker: float, delays: list[float]) -> list[Row]:
    """Return what was found."""
    late = world.late()
    visits = len(late)
    return [
        Row(f"{feeds} feeds, first round to the last one asked", f"{first:.1f} s", None, None,
            f"{feeds * POSTS} posts parsed, classified, stored"),
        Row(f"{feeds} feeds every {INTERVAL_S} s: latest visit", f"{late[-1]:.2f} s late", f"{INTERVAL_S} s", None,
            f"{visits} visits; 99 % within {late[int(visits * 0.99)]:.2f} s of the plan"),
        Row("the same: peak memory, desk and worker", f"{desk + worker:.0f} MB", f"{LIMIT_MB} MB",
            LIMIT_MB / (desk + worker), f"{desk:.0f} + {worker:.0f} MB; the limit is ours"),
        Row("news served -> alert printed, 99 %", f"{delays[int(len(delays) * 0.99)]:.0f} ms",
            f"{LIMIT_MS} ms", LIMIT_MS / delays[int(len(delays) * 0.99)],
            f"{len(delays)} alerts, half within {delays[len(delays) // 2]:.0f} ms; the limit is ours"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(table(main(int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS)))
