"""Killed at random moments, `sitmon watch` loses no item, misses no alert and prints none twice.

A server and a growing file tell a known story, a little more of it before each start. The program is started, killed
with SIGKILL after a random time, and started again, its output always appended to one file. What stands in the log and
in that file in the end must be what one undisturbed run gives. `make soak` does it 200 times.
"""

from __future__ import annotations

import collections
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from subprocess import CompletedProcess

from sitmon.store.log import Log
from tests.happenings import happenings
from tests.servers import Loopback, Page, Request, threaded

Run = Callable[..., "CompletedProcess[str]"]

KILLS = int(os.environ.get("SITMON_KILLS", "8"))
"""So few among all other tests; what may go wrong at one moment in hundreds is for `make soak`."""
FEEDS = 3
SHORTEST_S = 0.2


def sentences() -> list[str]:
    """Return news that alert, and among them such that alert nobody."""
    told = [*happenings(), *(f"The price of wheat in bazaar {n} did not change" for n in range(250))]
    random.Random(9).shuffle(told)
    return told


@dataclass
class Story:
    """What is told, and how much of it so far: every fourth piece in a file, the others in feeds."""

    pieces: list[str]
    file: Path
    date: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(minutes=20))
    told: int = 0

    def tell(self, count: int) -> None:
        """Tell some more."""
        first, self.told = self.told, min(self.told + count, len(self.pieces))
        with self.file.open("a", encoding="utf-8") as file:
            for n in range(first, self.told):
                if n % (FEEDS + 1) == FEEDS:
                    item = {"id": f"piece-{n}", "text": self.pieces[n], "published": self.date.isoformat()}
                    file.write(json.dumps(item) + "\n")

    def feed(self, request: Request) -> Page:
        """Return one of the feeds as it stands."""
        number = int(request.path[-1])
        when = format_datetime(self.date)
        items = "".join(
            f"<item><title>{self.pieces[n]}</title><link>https://news.example/{n}</link><guid>piece-{n}</guid>"
            f"<pubDate>{when}</pubDate></item>"
            for n in range(self.told)
            if n % (FEEDS + 1) == number
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
        return Page(body.encode(), etag=f'"{self.told}"')


@contextmanager
def telling(folder: Path) -> Iterator[tuple[Story, Loopback]]:
    story = Story(sentences(), folder / "grows.jsonl")
    story.file.touch()
    with threaded({f"/{n}": story.feed for n in range(FEEDS)}) as server:
        yield story, server


def config(path: Path, server: Loopback, file: Path, store: str) -> Path:
    feeds = "".join(
        f'[[sources]]\nname = "Feed {n}"\nurl = "{server.url(f"/{n}")}"\nreliability = "B"\nside = "media"\n'
        'interval = "1s"\nallow_private_hosts = true\n'
        for n in range(FEEDS)
    )
    grows = f'[[sources]]\nname = "File"\npath = "{file}"\nreliability = "B"\nside = "media"\ninterval = "1s"\n'
    path.write_text(f'store = "{store}"\n{feeds}{grows}', encoding="utf-8")
    return path


def alerts(lines: Sequence[str]) -> collections.Counter[tuple[str, str]]:
    """Return how often each alert stands there, as (kind, id)."""
    return collections.Counter((alert["kind"], alert["id"]) for alert in map(json.loads, lines))


def known(store: Path) -> collections.Counter[str]:
    with Log(store, read_only=True) as log:
        return collections.Counter(entry.item.body for entry in log.entries())


def test_no_item_lost_no_alert_twice_none_missed(
    run: Run, home: dict[str, str], tmp_path: Path, command: Sequence[str]
) -> None:
    seed = int(os.environ.get("SITMON_SEED", time.time_ns() % 100_000))
    rng = random.Random(seed)
    out, store = tmp_path / "alerts.jsonl", tmp_path / "killed.db"
    found: collections.Counter[str] = collections.Counter()
    longest = 0.0
    with telling(tmp_path) as (story, server):
        path = config(tmp_path / "killed.toml", server, story.file, store.name)
        share = -(-len(story.pieces) // KILLS)
        for _ in range(KILLS):
            story.tell(share)
            with out.open("ab") as file:
                process = subprocess.Popen(
                    [*command, "--config", str(path), "--quiet", "watch", "--format", "jsonl"],
                    stdout=file, stderr=subprocess.PIPE, env=home, cwd=tmp_path,
                )  # fmt: skip
                if not longest:  # how long the program needs to its first alert, on this machine as busy as it is
                    longest = 1.5 * wait_for_a_line(out, 30)
                elif rng.random() < 0.5:
                    time.sleep(rng.uniform(SHORTEST_S, longest))
                else:  # around the printing most can go wrong
                    wait_for_a_line(out, longest)
                    time.sleep(rng.choice((0, rng.uniform(0, 0.005), rng.uniform(0, 0.05))))
                assert process.poll() is None, process.communicate()[1].decode()
                process.send_signal(signal.SIGKILL)
                process.communicate(timeout=10)
            found += moment_of(store, out)
        story.tell(len(story.pieces))
        with out.open("ab") as file:
            last = subprocess.run(
                [*command, "--config", str(path), "watch", "--once", "--format", "jsonl"],
                stdout=file, stderr=subprocess.PIPE, env=home, cwd=tmp_path, timeout=60, check=False,
            )  # fmt: skip
        assert last.returncode == 0, last.stderr.decode()
        quiet = config(tmp_path / "quiet.toml", server, story.file, "quiet.db")
        undisturbed = run("--config", quiet, "watch", "--once", "--format", "jsonl")
    assert undisturbed.returncode == 0, undisturbed.stderr
    print(f"seed {seed}: {KILLS} kills, of which {dict(found)}")

    expected = alerts(undisturbed.stdout.splitlines())
    told = {alert for alert in expected if alert[0] in ("event", "status")}  # the others depend on the time of day
    assert len(told) >= 60, "the story alerts too few to tell anything"
    assert known(store) == known(tmp_path / "quiet.db") == collections.Counter(story.pieces)
    printed = alerts(out.read_text(encoding="utf-8").splitlines())
    assert {i: n for i, n in printed.items() if n > 1} == {}, f"printed twice (seed {seed})"
    assert {a for a in printed if a[0] in ("event", "status")} == told, f"missed or made up (seed {seed})"


def wait_for_a_line(out: Path, seconds: float) -> float:
    """Wait until something is written to the file, so long at most; return how long it took."""
    before, begun = out.stat().st_size, time.monotonic()
    while out.stat().st_size == before and time.monotonic() < begun + seconds:
        time.sleep(0.0005)
    return time.monotonic() - begun


def moment_of(store: Path, out: Path) -> collections.Counter[str]:
    """Say at what kind of moment the program was killed, as far as it can be seen from outside."""
    seen: collections.Counter[str] = collections.Counter()
    text = out.read_text(encoding="utf-8", errors="replace")
    if not store.exists():
        return collections.Counter({"before there was a log": 1})
    try:
        db = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)
        owed = [row[0] for row in db.execute("SELECT id FROM alerts WHERE delivered = 0")]
        db.close()
    except sqlite3.Error:
        return collections.Counter({"before the log had its tables": 1})
    seen["between storing and printing"] += any(i not in text for i in owed)
    seen["between printing and noting it"] += any(i in text for i in owed)
    seen["within a line"] += bool(text) and not text.endswith("\n")
    return seen
