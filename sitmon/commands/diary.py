"""Faults of the program itself in, a file with their tracebacks out: never the screen, which they would be drawn over.

What goes wrong outside (a feed, a disk) is health and has a reason there; only what should not happen comes here.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from sitmon.config import default_diary

SIZE = 1024 * 1024
FORM = "%(asctime)s %(levelname)s %(name)s %(processName)s: %(message)s"


def keep(path: Path | None = None) -> Path | None:
    """Send all that is logged to a file from now on, and nowhere else; return the file, or None where none can be had.

    The file is made with the first fault. It is kept small: at `SIZE` bytes it becomes the one before, which goes.
    """
    path = path or default_diary()
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _Quiet(path, maxBytes=SIZE, backupCount=1, encoding="utf-8", errors="backslashreplace", delay=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    return path if isinstance(handler, _Quiet) else None


class _Quiet(RotatingFileHandler):
    """A file that cannot be written (the disk is full) is nothing to tell the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        return
