"""Items' ids and places' codes in, the entries that the log holds of them out: what a ledger has let go of.

It reads beside the log's own thread, through a read-only connection that is opened when it is first needed, on the
thread that asks. It never writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from sitmon.model.entry import Entry
from sitmon.store.database import Database
from sitmon.store.rows import ENTRY, WITH_REPORTS, entry_of

_FEW: Final = 500
"""Codes asked for in one statement: SQLite's limit of bound variables is 999 in old builds."""


class Past:
    """The stored entries, to be read again. Used by one thread; close it on the same."""

    def __init__(self, path: Path | str) -> None:
        self._path = path
        self._opened: Database | None = None
        self.upto: int | None = None
        """Entries after this sequence number are left out; None: there is none that may not be given."""

    def close(self) -> None:
        """Close the connection, where one was opened; a later question opens another."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def versions(self, item: str) -> tuple[Entry, ...]:
        """Return every stored version of an item, oldest first. Raises StoreError."""
        return tuple(self._entries("id = ?", [item], "revision"))

    def about(self, codes: Iterable[str]) -> Iterator[Entry]:
        """Yield every version of every item of which any version reports at one of these places. Raises StoreError."""
        wanted = sorted(set(codes))
        for start in range(0, len(wanted), _FEW):
            part = wanted[start : start + _FEW]
            marks = ",".join("?" * len(part))
            its = f"id IN (SELECT e.id FROM about a JOIN entries e ON e.seq = a.seq WHERE a.code IN ({marks}))"
            yield from self._entries(its, part, "known, id, revision")

    def _entries(self, where: str, values: list[str], order: str) -> Iterator[Entry]:
        if self._opened is None:
            self._opened = Database(self._path, read_only=True)
        bound = "" if self.upto is None else f" AND seq <= {self.upto:d}"
        statement = f"SELECT {ENTRY} FROM entries WHERE {where}{bound} AND {WITH_REPORTS} ORDER BY {order}"
        for row in self._opened.read(statement, values):
            yield entry_of(row, str(self._path))
