"""What this process writes into the log in; what is another's, and what is not written yet, out.

Several processes may write one log: a desk, a `watch`, an `ingest` from the shell. What one of them wrote itself is in
its picture already; what another wrote is to be taken from the log. And while the log cannot be written, what waits
is known here alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Final

from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.pen import Pen
from sitmon.store.rows import content_of

PART: Final = 500
"""Entries asked for at a time."""
MANY: Final = 5_000
"""So many entries of this process are remembered until the log is gone through."""


class OwnWriting:
    """Tells this process's entries from those of others, by the log's sequence numbers."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._unstored: dict[str, Item] = {}
        self._own: set[tuple[str, int]] = set()
        self.seen = 0
        """Up to this sequence number every entry of the log is known here, whoever wrote it."""
        self._version = -1

    async def begin(self) -> bool:
        """Count all that the log holds now as known; return whether it holds anything."""
        self.seen = await self._pen.read(self._pen.log.top)
        return bool(self.seen)

    def not_held(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield what is new also beside the items that wait to be stored, which the log cannot know."""
        if not self._pen.weight:
            self._unstored.clear()
        for item in items:
            held = self._unstored.get(item.id)
            if held is None:
                yield item
            elif content_of(held) != content_of(item):
                yield replace(item, revision=held.revision + 1)

    def note(self, entries: Iterable[Entry], *, stored: bool) -> None:
        """Note what this process has put into the log, or holds until it can."""
        for entry in entries:
            item = entry.item
            self._own.add((item.id, item.revision))
            if not stored:
                self._unstored[item.id] = item

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
