"""What this process writes into the log in; what is another's, and what is not written yet, out.

Several processes may write one log: a desk, a `watch`, an `ingest` from the shell. What one of them wrote itself is in
its picture already; what another wrote is to be taken from the log. And while the log cannot be written, what waits
is known here alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Final

from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.pen import Pen

PART: Final = 500
"""Entries asked for at a time."""
MANY: Final = 5_000
"""So many entries of this process are remembered until the log is gone through."""


class OwnWriting:
    """Tells this process's entries from those of others, by the log's sequence numbers."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._unstored: dict[str, list[Item]] = {}
        self._own: set[tuple[str, int]] = set()
        self.seen = 0
        """Up to this sequence number every entry of the log is known here, whoever wrote it."""
        self._version = -1

    async def begin(self) -> bool:
        """Count all that the log holds now as known; return whether it holds anything."""
        self.seen = await self._pen.read(self._pen.log.top)
        return bool(self.seen)

    async def fresh(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return what neither the log holds nor this process until it can write, each with its revision set."""
        if not self._pen.weight:
            self._unstored.clear()
        # Taken before the log is asked: what is stored meanwhile stands in both, which is no harm.
        held = [its for item in items for its in self._unstored.get(item.id, ())]
        return await self._pen.read(self._pen.log.news, items, held)

    def note(self, entries: Iterable[Entry], *, stored: bool) -> None:
        """Note what this process has put into the log, or holds until it can."""
        for entry in entries:
            item = entry.item
            self._own.add((item.id, item.revision))
            if not stored:
                self._unstored.setdefault(item.id, []).append(item)

    async def is_behind(self) -> bool:
        """Whether `foreign` should be asked: another process has written since the last time, or this one much."""
        version = await self._pen.read(self._pen.log.version)
        behind = version != self._version or len(self._own) >= MANY
        self._version = version
        return behind

    async def foreign(self) -> AsyncIterator[tuple[Entry, ...]]:
        """Yield, part by part, what came into the log since the last call and is not this process's own."""
        while keys := await self._pen.read(self._pen.log.keys_after, self.seen, PART):
            others = [seq for seq, item, revision in keys if (item, revision) not in self._own]
            if others:
                yield await self._pen.read(self._pen.log.numbered, others)
            self._own.difference_update((item, revision) for _, item, revision in keys)
            self.seen = keys[-1][0]
