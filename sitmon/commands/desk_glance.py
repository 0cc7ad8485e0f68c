"""The log in, what a screen can show of it at once out: its newest items, and the board as it was kept last.

Nothing has been folded yet: what the statuses are now is told by whoever reads the log.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sitmon.errors import StoreError
from sitmon.model.picture import NEVER, Picture
from sitmon.model.update import Progress, Update
from sitmon.store import boards
from sitmon.store.log import Log

RECENT = 200


def latest(store: Path, area: str, now: datetime) -> Update | None:
    """Return an update with the newest items and the kept picture; None where there is no log that can be read now.

    What is wrong with a log is told by whoever opens it to work with it.
    """
    try:
        with Log(store, read_only=True) as log:
            entries, count, board = log.latest(RECENT), log.top(), boards.kept(log, area)
    except (StoreError, OSError):
        return None
    board = board or Update(now, Picture(NEVER))
    return replace(board, now=now, entries=entries, progress=Progress("reading the log", 0, count))
