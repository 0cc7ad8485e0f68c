"""The desk at size: first paint and memory with 100,000 items stored, a key's wait in a long feed, idle processor time.

All in a real pseudo-terminal of 120x40, beside a bare program of the same framework in the same kind of terminal.
`SITMON_BENCH_ITEMS` sets another number of items.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
PRESSES = 100
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


def main() -> list[Row]:
    """Measure, the bare program first."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "watched").mkdir()
        fill(home / "desk.db")
        bare_script = home / "bare.py"
        bare_script.write_text(_BARE, encoding="utf-8")
        config = home / "config.toml"
        config.write_text('store = "desk.db"\n[[sources]]\nname = "Folder"\npath = "watched"\n', encoding="utf-8")
        with running([], home, str(bare_script)) as bare:
            bare_paint = bare.wait(b"Status")
        with running(["--config", str(config)], home) as desk:
            paint = desk.wait(b"Province", 60)
            _drain(desk, 3)
            before = processor_s(desk.pid)
            _drain(desk, IDLE_S)
            idle = (processor_s(desk.pid) - before) / IDLE_S
            os.write(desk.fd, b"5")
            _drain(desk, 1)
            waits = []
            for n in range(PRESSES):
                os.write(desk.fd, b"\x04" if n % 2 else b"j")
                began = time.perf_counter()
                desk.read(2)
                waits.append(time.perf_counter() - began)
                _drain(desk, 0.03)
            memory = memory_mb(desk.pid)
        waits.sort()
        p99 = waits[int(len(waits) * 0.99) - 1]
        shown = f"{ITEMS:,} items stored"
        rows.append(
            Row(
                f"start to first paint of the desk, {shown}, against a bare program of the framework",
                f"{paint:.2f} s",
                f"{bare_paint:.2f} s",
                bare_paint / paint,
                f"{paint - bare_paint:.2f} s more; to stay under 1 s",
            )
        )
        note = f"median {waits[len(waits) // 2] * 1e3:.0f} ms; {PRESSES} presses down the feed, {shown}"
        rows.append(Row("key press to paint, p99", f"{p99 * 1e3:.0f} ms", "50 ms", 0.05 / p99, note))
        rows.append(
            Row("processor time of an idle desk", f"{idle:.1%} of a core", "2 %", 0.02 / max(idle, 1e-4), shown)
        )
        rows.append(Row("memory, worker process included", f"{memory:.0f} MB", "300 MB", 300 / memory, shown))
    return rows


if __name__ == "__main__":
    sys.exit("run it with: python -m bench desk")
