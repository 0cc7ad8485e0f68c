"""A path in, reads and transactions on its SQLite file out, with errors in words. It knows no noun of the model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sitmon.store.schema import connect, failure


class Database:
    """An open store. Not shared between threads."""

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        """Open the store, brought up to the present schema; raises StoreError as `schema.connect` does."""
        self.path = str(path)
        self._db = connect(path, read_only=read_only)

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        self._db.close()

    def read(self, statement: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a statement finds. Raises StoreError."""
        try:
            yield from self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise failure(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection inside a transaction: all of the block is written, or nothing. Raises StoreError."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:  # on a full disk SQLite has rolled back by itself
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise failure(self.path, error) from error
