"""Rows of the table of entries in, entries out; and the columns that are made of an item. It reads no file itself."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final

from sitmon.errors import StoreError
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.store.codec import T, decode
from sitmon.store.schema import DAMAGED

ENTRY: Final = "item, verdict, known, agency"
"""The columns that `entry_of` takes."""
WITH_REPORTS: Final = "(reports > 0 OR revision > 0)"
"""What the ledger is given: an item that reports something, and every correction of one."""


def entry_of(row: tuple[Any, ...], path: str) -> Entry:
    """Return the entry of a row. Raises StoreError where it does not hold one; `path` is for the message."""
    item, verdict, known, agency = row
    return Entry(
        item=decoded(Item, str(item), path),
        verdict=decoded(Verdict, str(verdict), path),
        known=datetime.fromisoformat(str(known)),
        agency=str(agency) if agency is not None else None,
    )


def decoded(kind: type[T], text: str, path: str) -> T:
    """Return a stored noun. Raises StoreError where the text is none."""
    try:
        return decode(kind, text)
    except ValueError as error:
        raise StoreError(path, DAMAGED) from error


def content_of(item: Item) -> str:
    """Return a key of an item's words: two fetches of the same words agree, whatever else flaps."""
    words = " ".join(item.body.split())
    state = "withdrawn" if item.withdrawn else ""
    return blake2b(f"{words}\0{state}".encode(), digest_size=12).hexdigest()


def stamp(time: datetime) -> str:
    """Return a time as it is stored: UTC, so that the order of the texts is that of the times."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")
