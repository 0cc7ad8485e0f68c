"""How long a key waits on the real desk, in a real pseudo-terminal, while 20 large feeds come in.

A key's wait is the time from its byte written to the terminal until the screen that it asks for has been painted: `?`
and the title of the help. Compared with the same desk when nothing comes in.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from statistics import median

from bench.rows import Row
from tests.servers import Page, Request, threaded

FEEDS = 20
ITEMS = 300
PRESSES = 40
_TEXT = (
    "Taliban fighters entered the outskirts of Lashkar Gah on Sunday, a member of the provincial council said, and at "
    "least {n} civilians were killed when shells hit houses near the market. “We have nowhere to go,” a resident said. "
    "The defence ministry said that air strikes had killed dozens of insurgents in Kandahar and Herat provinces. "
) * 6


def feed(number: int, turn: int) -> bytes:
    """Return a feed of about 700 KB whose items are new at each turn."""
    date = format_datetime(datetime.now(UTC))
    items = "".join(
        f"<item><title>Clashes near Herat, report {number}-{turn}-{n}</title><guid>{number}-{turn}-{n}</guid>"
        f"<link>https://news.example/{number}/{turn}/{n}</link><pubDate>{date}</pubDate>"
        f"<description>{_TEXT.format(n=n % 9 + 1)}</description></item>"
        for n in range(ITEMS)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F{number}</title>{items}</channel></rss>'.encode()


class Terminal:
    """The desk in a pseudo-terminal of 120x40."""

    def __init__(self, words: list[str], home: Path, program: tuple[str, ...] = ("-m", "sitmon")) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", HOME=str(home), COLORTERM="truecolor", LANG="C.UTF-8")
            os.execv(sys.executable, [sys.executable, *program, *words])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = b""

    def read(self, seconds: float) -> bytes:
        """Return what the desk paints within a time; empty where it paints nothing."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:
            return b""

    def wait(self, mark: bytes, limit: float = 20.0) -> float:
        """Return the seconds until `mark` is painted; the limit where it never is."""
        began, got = time.perf_counter(), b""
        while (took := time.perf_counter() - began) < limit:
            got = got[-200:] + self.read(0.05)
            if mark in got:
                return time.perf_counter() - began
        return took

    def press(self, key: bytes, mark: bytes) -> float:
        """Press a key; return the seconds until what it asks for is painted."""
        os.write(self.fd, key)
        return self.wait(mark)

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


@contextmanager
def desk(busy: bool) -> Iterator[Terminal]:
    """Run the desk on 20 sources of which each is asked every second; quiet ones answer "unchanged"."""
    turns: dict[str, int] = {}

    def answer(request: Request) -> Page:
        number = int(request.path.strip("/"))
        turns[request.path] = turn = turns.get(request.path, -1) + 1
        return Page(feed(number, turn)) if busy else Page(feed(number, 0), etag='"same"')

    with tempfile.TemporaryDirectory() as folder, threaded({f"/{n}": answer for n in range(FEEDS)}) as server:
        config = Path(folder) / "config.toml"
        tables = "".join(
            f'[[sources]]\nname = "F{n}"\nurl = "{server.url(f"/{n}")}"\ninterval = "1s"\nallow_private_hosts = true\n'
            f'reliability = "B"\nside = "media"\n'
            for n in range(FEEDS)
        )
        config.write_text(f'store = "desk.db"\n{tables}')
        terminal = Terminal(["--config", str(config)], Path(folder))
        try:
            yield terminal
        finally:
            terminal.end()


def waits(busy: bool) -> list[float]:
    """Return how long each press of `?` waited for the help to be painted, in seconds, shortest first."""
    with desk(busy) as terminal:
        terminal.wait(b"Status")
        _drain(terminal, 4)
        found = []
        for _ in range(PRESSES):
            found.append(terminal.press(b"?", b"Keys"))
            _drain(terminal, 0.1)
            os.write(terminal.fd, b"\x1b")  # not measured: a terminal program waits whether an escape sequence follows
            _drain(terminal, 0.35)
        return sorted(found)


def _drain(terminal: Terminal, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        terminal.read(0.02)


def main() -> list[Row]:
    """Measure quiet, then busy."""
    quiet, busy = waits(False), waits(True)
    note = f"median; the worst of {len(busy)} presses {busy[-1] * 1e3:.0f} ms busy, {quiet[-1] * 1e3:.0f} ms quiet"
    return [
        Row(
            "key press to paint, 20 feeds of 700 KB a second coming in, against a quiet desk",
            f"{median(busy) * 1e3:.0f} ms",
            f"{median(quiet) * 1e3:.0f} ms",
            median(quiet) / median(busy),
            note,
        )
    ]
