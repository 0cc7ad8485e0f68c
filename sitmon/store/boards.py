"""A log in, what stood on the desk when it was last kept out. It never judges whether that still holds."""

from __future__ import annotations

from sitmon.model.update import Update
from sitmon.store.codec import decode
from sitmon.store.log import Log


def board_of(area: str) -> str:
    """Return the name of the log's fact that holds the board of an area."""
    return f"board of {area}"


def kept(log: Log, area: str) -> Update | None:
    """Return the board that was kept of an area; None where there is none that can be read."""
    text = log.fact(board_of(area))
    try:
        return decode(Update, text) if text else None
    except ValueError:
        return None
