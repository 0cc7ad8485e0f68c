"""An item's id or a place's code in, the entries that the log holds of it out: what a ledger has let go of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitmon.model.entry import Entry
from sitmon.store.database import Database, portions
from sitmon.store.rows import ENTRY, WITH_REPORTS, entry_of


class Again:
    """The stored entries, to be read again. `upto`: entries after this sequence number are left out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, item: str, *, upto: int | None = None) -> tuple[Entry, ...]:
        """Return every stored version of an item, oldest first. Raises StoreError."""
        return tuple(self._entries("id = ?", [item], upto))

    def about(
        self, code: str, *, after: int, limit: int, upto: int | None = None
    ) -> tuple[int | None, tuple[Entry, ...]]:
        """Return every version of every item of which any version reports at a place; part by part.

        A part is what at most `limit` entries lead to that report there, from sequence number `after` on, not
        included. Returned beside it is the number to go on with, None after the last part. An item may come twice.
        Raises StoreError.
        """
        bound = "" if upto is None else f" AND a.seq <= {upto:d}"
        statement = (
            "SELECT a.seq, e.id FROM about a JOIN entries e ON e.seq = a.seq"
            f" WHERE a.code = ? AND a.seq > ?{bound} ORDER BY a.seq LIMIT ?"
        )
        rows = list(self._database.read(statement, [code, after, limit]))
        ids = sorted({str(name) for _, name in rows})
        found: list[Entry] = []
        for some, marks in portions(ids):
            found += self._entries(f"id IN ({marks})", some, upto)
        return int(rows[-1][0]) if len(rows) == limit else None, tuple(found)

    def _entries(self, where: str, values: Sequence[str], upto: int | None) -> Iterator[Entry]:
        bound = "" if upto is None else f" AND seq <= {upto:d}"
        statement = f"SELECT {ENTRY} FROM entries WHERE {where}{bound} AND {WITH_REPORTS} ORDER BY id, revision"
        for row in self._database.read(statement, values):
            yield entry_of(row, self._database.path)
