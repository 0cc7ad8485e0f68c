"""What this process writes into the log in; what is another's, and what is not written yet, out.

Several processes may write one log: a desk, a `watch`, an `ingest` from the shell. What one of them wrote itself is in
its picture already; what another wrote is to be taken from the log. And while the log cannot be written, what waits
is known here alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.pen import Pen
from sitmon.store.log import Key
from sitmon.store.telling import Telling

PART: Final = 500
"""Entries asked for at a time."""
MANY: Final = 5_000
"""So many entries of this process are remembered until the log is gone through."""


class OwnWriting:
    """Tells this process's entries from those of others, by the log's sequence numbers."""

    def __init__(self, pen: Pen, *, alone: bool = False) -> None:
        """`alone`: nobody else writes this log (a replay), and nothing has to be told apart."""
        self._pen = pen
        self._alone = alone
        self._unstored: dict[str, list[Item]] = {}
        self._own: set[Key] = set()
        self._renumbered: set[Key] = set()
        """What stands in the log as another version than here: this process's words, after another one's."""
        self.seen = 0
        """Up to this sequence number every entry of the log is known here, whoever wrote it."""
        self._version = -1
        self._alerts = 0
        self._marks = 0
        """Up to these sequence numbers alerts and marks have been given."""

    async def begin(self) -> bool:
        """Count all that the log holds now as known; return whether it holds anything."""
        self.seen = await self._pen.read(self._pen.log.top)
        return bool(self.seen)

    async def alerts(self) -> tuple[Alert, ...]:
        """Return the alerts that came into the log since the last call, this process's among them."""
        self._alerts, found = await self._pen.read(self._pen.log.alerts_after, self._alerts)
        return found

    async def marks(self) -> tuple[Mark, ...]:
        """Return the officers' marks that came into the log since the last call, this process's among them."""
        self._marks, found = await self._pen.read(self._pen.log.marks_after, self._marks)
        return found

    def give_alerts_again(self) -> None:
        """Let the next call of `alerts` return all: some that were given could not be taken then."""
        self._alerts = 0

    async def fresh(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return what neither the log holds nor this process until it can write, each with its revision set."""
        if not self._pen.weight:
            self._unstored.clear()
        # Taken before the log is asked: what is stored meanwhile stands in both, which is no harm.
        held = [its for item in items for its in self._unstored.get(item.id, ())]
        return await self._pen.read(self._pen.log.news, items, held)

    async def put(self, entries: Sequence[Entry], alerts: Sequence[Alert], telling: Telling) -> bool:
        """Store a batch of this process, or hold it until it can be; return whether it is on disk."""
        stored = await self._pen.put(partial(self._append, entries, alerts, telling), weight=len(entries))
        if not stored:
            for entry in entries:
                self._unstored.setdefault(entry.item.id, []).append(entry.item)
        return stored

    def _append(self, entries: Sequence[Entry], alerts: Sequence[Alert], telling: Telling) -> None:
        """Store a batch, on the log's thread; note under which keys, before anybody can read them."""
        keys = self._pen.log.append(entries, alerts, telling)
        if self._alone:
            return
        for entry, key in zip(entries, keys, strict=True):
            (self._own if key[1] == entry.item.revision else self._renumbered).add(key)

    async def is_behind(self) -> bool:
        """Whether `foreign` should be asked: another process has written since the last time, or this one much."""
        version = await self._pen.read(self._pen.log.version)
        behind = version != self._version or len(self._own) >= MANY or bool(self._renumbered)
        self._version = version
        return behind

    async def foreign(self) -> AsyncIterator[tuple[tuple[Entry, ...], tuple[Entry, ...]]]:
        """Yield, part by part, what came into the log since the last call and is not known here as it stands there.

        And beside it those of them that are another's: what is this process's own has been told.
        """
        own, renumbered = set(self._own), set(self._renumbered)  # stored by now, so passed at the end
        while keys := await self._pen.read(self._pen.log.keys_after, self.seen, PART):
            others = [seq for seq, item, revision in keys if (item, revision) not in self._own]
            if others:
                entries = await self._pen.read(self._pen.log.numbered, others)
                told = self._renumbered
                yield entries, tuple(e for e in entries if (e.item.id, e.item.revision) not in told)
            self.seen = keys[-1][0]
        self._own -= own
        self._renumbered -= renumbered
