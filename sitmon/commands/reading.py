"""How far the log has been read in, a line about it on stderr out: a long start must not look like a dead one."""

from __future__ import annotations

import sys
from time import monotonic

from sitmon.commands.session import Session
from sitmon.model.update import Progress

FIRST_S = 2.0
"""A log that is read faster needs no word."""
OFTEN_S, SELDOM_S = 0.2, 10.0
"""How often it is said on a terminal, where the line is written over, and anywhere else."""


class Reading:
    """Says it now and then."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._next = monotonic() + FIRST_S
        self._said = False

    def __call__(self, progress: Progress | None) -> None:
        """Say how far it is, where the last time is long enough ago; None: it is done."""
        terminal = sys.stderr.isatty()
        if progress is None:
            if self._said and terminal:
                self._session.say_progress("")
            return
        if monotonic() < self._next:
            return
        self._next = monotonic() + (OFTEN_S if terminal else SELDOM_S)
        self._said = True
        share = 100 * progress.done // max(progress.total, 1)
        text = f"{progress.what}: {progress.done:,} of {progress.total:,} items ({share} %)"
        if terminal:
            self._session.say_progress(text)
        else:
            self._session.say(text)
