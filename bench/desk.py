"""The desk at size: first screen with 100,000 items stored, a key's wait while 50 items a second come in, the way back
through the whole feed, idle processor time, memory.

All in a real pseudo-terminal of 120x40, beside a bare program of the same framework in the same kind of terminal.
`SITMON_BENCH_ITEMS` sets another number of items (1000000 takes minutes to store).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bench.keys import Terminal
from bench.rows import Row
from sitmon import area_files
from sitmon.classify.classifier import Classifier
from sitmon.classify.text import fold
from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.store.log import Log

ITEMS = int(os.environ.get("SITMON_BENCH_ITEMS", "100000"))
TALLYING = 20
"""One item in so many tells of an event; the rest are what else a feed carries."""
IDLE_S = 8.0
PRESSES = 200
PER_S = 50
"""Items a second that come in while keys are pressed."""
UP_TO_DATE = b"newest change first"
"""Stands below the statuses once they are not only those that were kept."""
STARTS = 3
"""Starts of which the median counts."""
_BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("Status")
Bare().run()
"""


def fill(path: Path) -> None:
    """Store items of the last weeks, one a few seconds after the other."""
    area = area_files.load(area_files.find("afghanistan"))
    classifier = Classifier(area)
    capitals = [p.name for p in area.capitals]
    now = datetime.now(UTC)
    templates = [
        Item(id=f"t{n}", source="Bench", title=f"Clashes near {name}", text="") for n, name in enumerate(capitals)
    ]
    quiet = Item(id="q", source="Bench", title="Prices of flour rise again, traders say", text="")
    verdicts = [classifier.classify(item) for item in templates]
    nothing = classifier.classify(quiet)
    with Log(path, fold=fold) as log:
        for start in range(0, ITEMS, 2000):
            batch = []
            for n in range(start, min(start + 2000, ITEMS)):
                at = now - timedelta(seconds=20 * (ITEMS - n))
                tells = n % TALLYING == 0
                item = templates[n % len(templates)] if tells else quiet
                verdict = verdicts[n % len(templates)] if tells else nothing
                named = replace(item, id=f"i{n}", title=f"{item.title} ({n})", published=at, fetched=at)
                reports = tuple(replace(r, id=f"i{n}#{k}", item=f"i{n}") for k, r in enumerate(verdict.reports))
                batch.append(Entry(named, replace(verdict, reports=reports), known=at))
            log.append(batch)


@contextmanager
def running(words: list[str], home: Path, *program: str) -> Iterator[Terminal]:
    """Run a program of Python in a terminal: the desk, unless another is named."""
    terminal = Terminal(words, home, program or ("-m", "sitmon"))
    try:
        yield terminal
    finally:
        terminal.end()


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process and of those that it started."""
    return sum(_status(p, "VmRSS:") for p in _family(pid)) / 1024


def processor_s(pid: int) -> float:
    """Return the processor time that a process and those that it started have used."""
    ticks = 0
    for member in _family(pid):
        fields = Path(f"/proc/{member}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    found = [pid]
    for member in found:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            found += [int(child) for child in task.read_text(encoding="utf-8").split()]
    return found


def _status(pid: int, key: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)


def _drain(terminal: Terminal, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        terminal.read(0.02)


@contextmanager
def growing(file: Path) -> Iterator[None]:
    """Append items to a file, so many a second, a few at a time."""
    over = threading.Event()

    def append() -> None:
        number = 0
        with file.open("a", encoding="utf-8") as out:
            while not over.wait(0.1):
                for number in range(number + 1, number + 1 + PER_S // 10):  # noqa: B020 - it goes on counting
                    text = (
                        f"Clashes near Kunduz, report {number}" if number % 5 == 0 else f"Bread is dear again, {number}"
                    )
                    at = datetime.now(UTC).isoformat()
                    out.write(json.dumps({"id": f"g{number}", "text": text, "published": at}) + "\n")
                out.flush()

    thread = threading.Thread(target=append)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def shown(terminal: Terminal, *marks: bytes, limit: float = 60.0) -> list[float]:
    """Return the seconds until each mark has been painted, in whatever order; the limit for one that never is."""
    began, got = time.perf_counter(), b""
    found: dict[bytes, float] = {}
    while len(found) < len(marks) and time.perf_counter() - began < limit:
        got += terminal.read(0.02)
        for mark in marks:
            if mark not in found and mark in got:
                found[mark] = time.perf_counter() - began
    return [found.get(mark, limit) for mark in marks]


def sit_once(config: Path, home: Path) -> None:
    """Have a desk on the log that is left as desks are left: what it keeps, the next start begins with."""
    with running(["--config", str(config)], home) as desk:
        shown(desk, UP_TO_DATE, limit=300)
        _drain(desk, 1)
        os.write(desk.fd, b"q")
        end = time.perf_counter() + 60
        while _status(desk.pid, "VmRSS:") and time.perf_counter() < end:
            _drain(desk, 0.1)


def starts(config: Path, home: Path, bare_script: Path) -> list[Row]:
    """Measure from the start of the program to what is painted, each beside a bare program just before."""
    sit_once(config, home)
    found: list[list[float]] = []
    for _ in range(STARTS):
        with running([], home, str(bare_script)) as bare:
            bare_paint = bare.wait(b"Status")
        with running(["--config", str(config)], home) as desk:
            found.append([bare_paint, *shown(desk, b"SITMON", b"flour", b"Province", UP_TO_DATE)])
    bare_s, frame_s, newest_s, statuses_s, new_s = (median(column) for column in zip(*found, strict=True))
    whole_s = max(newest_s, statuses_s)
    stored = f"{ITEMS:,} items stored"
    return [
        Row(f"start to first frame of the desk, {stored}, against a bare program of the framework",
            f"{frame_s:.2f} s", f"{bare_s:.2f} s", bare_s / frame_s, f"{frame_s - bare_s:.2f} s more"),
        Row("the same until the newest items, every place's status and the alerts stand on it",
            f"{whole_s:.2f} s", f"{bare_s:.2f} s", bare_s / whole_s,
            f"{whole_s - bare_s:.2f} s more; to stay under 1 s; as the last desk on this log kept them"),
        Row("the same until they are up to date", f"{new_s:.2f} s", f"{bare_s:.2f} s", bare_s / new_s,
            "the picture is brought back from the log meanwhile, and the screen says so"),
    ]  # fmt: skip


def keys(config: Path, home: Path, file: Path) -> Row:
    """Measure how long a key press in the feed waits for its paint while items come in."""
    with running(["--config", str(config)], home) as desk, growing(file):
        shown(desk, UP_TO_DATE, limit=300)
        _drain(desk, 3)
        os.write(desk.fd, b"5")
        _drain(desk, 1)
        waits = []
        for n in range(PRESSES):
            os.write(desk.fd, b"\x04" if n % 2 else b"j")
            began = time.perf_counter()
            desk.read(2)
            waits.append(time.perf_counter() - began)
            _drain(desk, 0.03)
    waits.sort()
    p99 = waits[int(len(waits) * 0.99) - 1]
    note = f"median {median(waits) * 1e3:.0f} ms; {PRESSES} presses down the feed, {ITEMS:,} items stored"
    return Row(f"key press to paint, {PER_S} items a second coming in, p99", f"{p99 * 1e3:.0f} ms", "50 ms",
               0.05 / p99, note)  # fmt: skip


def rest(config: Path, home: Path) -> list[Row]:
    """Measure a desk to which nothing comes, then one whose officer reads back to the oldest item."""
    with running(["--config", str(config)], home) as desk:
        shown(desk, UP_TO_DATE, limit=300)
        _drain(desk, 4)
        before = processor_s(desk.pid)
        _drain(desk, IDLE_S)
        idle = (processor_s(desk.pid) - before) / IDLE_S
        memory = memory_mb(desk.pid)
        os.write(desk.fd, b"5")
        pages = 0
        end = time.perf_counter() + 40
        while pages < ITEMS // 500 and time.perf_counter() < end:
            os.write(desk.fd, b"G")
            desk.read(2)
            _drain(desk, 0.05)
            pages += 1
        _drain(desk, 1)
        grown = memory_mb(desk.pid) - memory
    stored = f"{ITEMS:,} items stored"
    return [
        Row("processor time of an idle desk", f"{idle:.1%} of a core", "2 %", 0.02 / max(idle, 1e-4), stored),
        Row("memory, worker process included", f"{memory:.0f} MB", "300 MB", 300 / memory, stored),
        Row("memory more after reading far back in the feed", f"{grown:.0f} MB", None, None,
            f"{pages * 500:,} items asked for, a page of 500 at a time"),
    ]  # fmt: skip


def main() -> list[Row]:
    """Measure all of it on one log."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "watched").mkdir()
        grows = home / "grows.jsonl"
        grows.touch()
        fill(home / "desk.db")
        bare_script = home / "bare.py"
        bare_script.write_text(_BARE, encoding="utf-8")
        quiet, busy = home / "quiet.toml", home / "busy.toml"
        quiet.write_text('store = "desk.db"\n[[sources]]\nname = "Folder"\npath = "watched"\n', encoding="utf-8")
        busy.write_text(
            'store = "desk.db"\n[[sources]]\nname = "Grows"\npath = "grows.jsonl"\ninterval = "1s"\n', encoding="utf-8"
        )
        return [*starts(quiet, home, bare_script), *rest(quiet, home), keys(busy, home, grows)]


if __name__ == "__main__":
    sys.exit("run it with: python -m bench desk")
