"""The log in, what a screen can show of it at once out: the newest items, before anything has been folded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sitmon.errors import StoreError
from sitmon.model.picture import NEVER, Picture
from sitmon.model.update import Progress, Update
from sitmon.store.log import Log

RECENT = 200


def latest(store: Path, now: datetime) -> Update | None:
    """Return an update with the newest items and no picture; None where there is no log, or none that can be read now.

    What is wrong with a log is told by whoever opens it to work with it.
    """
    try:
        with Log(store, read_only=True) as log:
            entries, count = log.latest(RECENT), log.top()
    except (StoreError, OSError):
        return None
    return Update(now, Picture(NEVER), entries=entries, progress=Progress("reading the log", 0, count))
