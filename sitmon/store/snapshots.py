"""The parts of a derived state in, the same parts out at the next start. It never looks into them.

What is kept here can be thrown away at any time: it saves the folding of the whole log. A snapshot is replaced in one
transaction, so that half of one never stands there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sitmon.store.database import Database

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one part, inflated; a store may come from somebody else."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a kept state is the state of."""

    fits: str
    """Named by whoever kept it: a state of another name is of no use."""
    seq: int
    """Every entry up to this sequence number is in it."""


class Snapshots:
    """Derived states that the store keeps, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, name: str) -> Snapshot | None:
        """Return what is kept under a name, or None."""
        rows = self._database.read("SELECT fits, seq FROM snapshots WHERE name = ?", [name])
        return next((Snapshot(str(fits), int(seq)) for fits, seq in rows), None)

    def parts(self, name: str) -> Iterator[bytes]:
        """Yield the parts in order. Raises ValueError where one is damaged, StoreError where the file is."""
        for (body,) in self._database.read("SELECT body FROM snapshot_parts WHERE name = ? ORDER BY part", [name]):
            unpack = zlib.decompressobj()
            try:
                part = unpack.decompress(bytes(body), LARGEST)
            except (zlib.error, TypeError) as error:
                raise ValueError("a part of the snapshot is damaged") from error
            if not unpack.eof:
                raise ValueError("a part of the snapshot is cut off, or too large")
            yield part

    def keep(self, name: str, snapshot: Snapshot, parts: Iterable[bytes]) -> None:
        """Keep a state in place of the former one of its name. The parts are deflated: see `packed`."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM snapshot_parts WHERE name = ?", [name])
            rows = ((name, number, part) for number, part in enumerate(parts))
            db.executemany("INSERT INTO snapshot_parts (name, part, body) VALUES (?, ?, ?)", rows)
            db.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", [name, snapshot.fits, snapshot.seq])


def packed(part: bytes) -> bytes:
    """Return a part as it is kept: a tenth of its size, fast."""
    return zlib.compress(part, 1)
