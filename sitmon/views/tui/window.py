"""Entries in, in whatever order; the stretch of them that the desk holds out, by time, never more than so many.

While the newest are read, the oldest are let go. Who reads far back has the newest let go instead: they are counted and
read again from the log when they are wanted. It knows no log.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from sitmon.model.entry import Entry


def when(entry: Entry) -> datetime:
    """Return the time that an entry is sorted by: its publication, else when the desk learned of it."""
    return entry.item.published or entry.known


class Window:
    """A stretch of the log's entries, oldest first."""

    def __init__(self, keep: int) -> None:
        """Hold about `keep` entries: a tenth more before some are let go, so that it is done seldom."""
        self.keep = keep
        self.entries: list[Entry] = []
        self.beyond = 0
        """Entries newer than the newest that is held."""
        self._keys: list[tuple[datetime, str]] = []

    def put(self, entry: Entry) -> bool:
        """Put an entry where its time belongs, or in the place of its earlier revision; return whether it was new."""
        key = (when(entry), entry.item.id)
        at = bisect_left(self._keys, key)
        if at < len(self._keys) and self._keys[at] == key:
            self.entries[at] = entry
            return False
        if self.beyond and at == len(self._keys):
            self.beyond += 1
            return False
        self._keys.insert(at, key)
        self.entries.insert(at, entry)
        return True

    def extend_back(self, entries: Sequence[Entry]) -> int:
        """Take a page of older entries, letting go of the newest where that is too much; return how many were new."""
        new = sum(self.put(entry) for entry in entries)
        excess = len(self.entries) - self.keep
        if excess > self.keep // 10:
            del self.entries[-excess:], self._keys[-excess:]
            self.beyond += excess
        return new

    def begin(self, entries: Sequence[Entry]) -> None:
        """Hold these alone, the newest that there are."""
        self.entries, self._keys, self.beyond = [], [], 0
        for entry in entries:
            self.put(entry)

    def trim(self) -> None:
        """Let go of the oldest beyond what is kept."""
        excess = len(self.entries) - self.keep
        if excess > self.keep // 10 and not self.beyond:
            del self.entries[:excess], self._keys[:excess]
