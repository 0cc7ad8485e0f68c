"""Lines in, whole lines on stdout out, each once as far as the kind of output lets anybody know. It decides nothing.

A process can be killed between the writing of a line and its note that it was written. What then?

- **A file** that lines are appended to (`>> alerts.jsonl`) tells by itself: a line that stands in it was given out, and
  one that was cut short is finished. Nothing is lost and nothing comes twice.
- **A pipe, a terminal, a socket** cannot be asked what the other side has read. There the line comes again: it is
  better to be told twice than never, and its `id` tells the reader that it is the same one. The time in which a kill
  can do that is the one between the write and the log's next commit, about a millisecond.

What cannot be written now (the disk with the output file is full, the reader of a pipe does not keep up) is kept and
written before anything else; whoever has feeds to ask meanwhile need not wait for it.
"""

from __future__ import annotations

import os
import select
import stat
from collections import deque
from collections.abc import Iterable
from typing import TextIO

TAIL = 16 * 1024 * 1024
"""Bytes at the end of an output file in which lines are looked for; a batch of alerts is a small part of it."""


ATOMIC = 4096
"""Bytes that a pipe which has room at all takes at once (POSIX's PIPE_BUF on Linux)."""


class Outlet:
    """Where lines go: a file descriptor, written without any buffer that could be half lost, or any text stream."""

    def __init__(self, out: TextIO, *, wait: bool = True) -> None:
        """With `wait`, a line is written when the reader of a pipe has room for it; else only where it has some now."""
        self._out = out
        self._encoding = getattr(out, "encoding", None) or "utf-8"
        self._waiting: deque[bytes] = deque()
        try:
            out.flush()
            self._number: int | None = out.fileno()
        except (OSError, ValueError, AttributeError):
            self._number = None
        mode = os.fstat(self._number).st_mode if self._number is not None else 0
        self._is_stream = stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
        self._has_reader = not wait and self._is_stream
        self.trouble = ""
        """Why nothing can be written now; empty where all is well."""

    @property
    def has_slow_reader(self) -> bool:
        """Whether what waits, waits for the reader alone."""
        return self._has_reader and bool(self._waiting)

    @property
    def has_lost_its_reader(self) -> bool:
        """Whether the other side of a pipe has been closed: nothing that is written will ever be read."""
        if not self._is_stream or self._number is None:
            return False
        poll = select.poll()
        poll.register(self._number, 0)  # asks for nothing: a broken pipe is told all the same
        return bool(poll.poll(0))

    def put(self, line: str) -> None:
        """Take a line; `send` writes it."""
        self._waiting.append(self._bytes(line))

    def send(self) -> int:
        """Write what waits, in order; return how many lines still wait, because writing failed.

        Raises BrokenPipeError where the reader has gone.
        """
        while self._waiting:
            left = self._write(self._waiting[0])
            if left:
                self._waiting[0] = left  # of a line that was cut short only the rest is written the next time
                break
            self._waiting.popleft()
        return len(self._waiting)

    def held_already(self, lines: Iterable[str]) -> set[str]:
        """Return those lines that the output file holds; one that stands there cut short is finished first.

        `lines` are in the order in which they were, or would have been, written. An output that
        is no file, or may not be read, is taken to hold none.
        """
        tail = self._tail()
        if not tail:
            return set()
        *whole, torn = tail.split(b"\n")
        wanted = {self._bytes(line)[:-1]: line for line in lines}
        found = {wanted[line] for line in whole if line in wanted}
        if torn:
            ours = next((line for line in wanted if line.startswith(torn) and line not in whole), None)
            # Whoever's it is, the next line must not run into it.
            self._waiting.append(ours[len(torn) :] + b"\n" if ours is not None else b"\n")
            if not self.send() and ours is not None:
                found.add(wanted[ours])
        return found

    def _bytes(self, line: str) -> bytes:
        return f"{line}\n".encode(self._encoding, "backslashreplace")

    def _write(self, data: bytes) -> bytes:
        """Write what can be written; return the rest."""
        try:
            if self._number is None:
                self._out.write(data.decode(self._encoding))
                self._out.flush()
                return b""
            while data:
                if not self._has_reader:
                    data = data[os.write(self._number, data) :]
                elif self._is_ready():
                    data = data[os.write(self._number, data[:ATOMIC]) :]
                else:
                    self.trouble = "the reader of the alerts does not keep up"
                    return data
        except BrokenPipeError:
            raise
        except OSError as error:
            self.trouble = f"the alerts cannot be written: {(error.strerror or 'the output failed').lower()}"
            return data
        self.trouble = ""
        return b""

    def _is_ready(self) -> bool:
        """Whether a write would not wait for the reader; also where the reader has gone, which the write will tell."""
        assert self._number is not None
        poll = select.poll()
        poll.register(self._number, select.POLLOUT)
        return bool(poll.poll(0))

    def _tail(self) -> bytes:
        if self._number is None:
            return b""
        try:
            here = os.fstat(self._number)
            if not stat.S_ISREG(here.st_mode):
                return b""
            with open(f"/dev/fd/{self._number}", "rb") as file:  # opened anew: stdout itself is for writing only
                there = os.fstat(file.fileno())
                if (there.st_dev, there.st_ino) != (here.st_dev, here.st_ino):
                    return b""
                file.seek(max(there.st_size - TAIL, 0))
                return file.read()
        except OSError:
            return b""
