"""A path in, reads and transactions on its SQLite file out, with errors in words. It knows no noun of the model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sitmon.store.schema import connect, failure

MOST_BOUND: Final = 500
"""Values bound in one statement: SQLite's limit is 999 in old builds, and statements have others beside these."""

T = TypeVar("T")


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


def portions(values: Sequence[T]) -> Iterator[tuple[Sequence[T], str]]:
    """Yield the values, as many at a time as one statement takes, each time with the marks that stand for them."""
    for start in range(0, len(values), MOST_BOUND):
        some = values[start : start + MOST_BOUND]
        yield some, ",".join("?" * len(some))
