"""The alerts of a batch in, those whose turn it is to be told out; what waits is in the log, for all who share it.

Several processes may share a log, and each tells its own listeners of every alert once. What waits is told by the one
that decided it first; the others wait for its word, or, where it is gone, until well after its time. It must not decide
what waits, nor for how long: that is the alert room's.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Final

from sitmon.alert.decide import Alerter
from sitmon.alert.waiting import Waiting
from sitmon.model.alert import Alert
from sitmon.pen import Pen
from sitmon.situation import Situation
from sitmon.store.telling import Telling

PATIENCE: Final = timedelta(seconds=15)
"""How long after its time an alert that another process has not told is taken for left behind."""


class Turns:
    """What has been raised, and is still to be told."""

    def __init__(self, alerter: Alerter, situation: Situation, pen: Pen) -> None:
        self._waiting = Waiting(alerter.settings)
        self._situation = situation
        self._pen = pen
        self._me = f"{socket.gethostname()}/{os.getpid()}/{token_hex(4)}"
        self._elsewhere: datetime | None = None
        """When the first alert that waits at another process is to be looked at again."""

    def admit(self, alerts: Iterable[Alert], now: datetime) -> tuple[tuple[Alert, ...], Telling]:
        """Return those of the alerts that are told at once, and what of their telling is to be stored with them."""
        turn = self._waiting.admit(alerts, now, self._situation.alerts)
        passed = tuple(alert.id for alert in turn.passed)  # a restart must not tell it
        return turn.told, Telling(turn.waits, self._me, passed)

    async def due(self, now: datetime) -> tuple[Alert, ...]:
        """Return what has waited long enough, in its present state."""
        return await self._released(self._waiting.due(now, self._situation.alerts))

    async def rest(self, now: datetime) -> tuple[Alert, ...]:
        """Return all that waits, in its present state: nothing more will come."""
        return await self._released(self._waiting.rest(now, self._situation.alerts))

    async def _released(self, alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
        if alerts:
            await self._pen.put(partial(self._pen.log.released, [a.id for a in alerts]))
        return alerts

    async def elsewhere(self, now: datetime) -> frozenset[str]:
        """Return the ids of the alerts that wait for their turn at another process, which is expected to tell them."""
        waiting = await self._pen.read(self._pen.log.waiting)
        ends = {name: until + PATIENCE for name, (until, teller) in waiting.items() if teller != self._me}
        longest = now + self._waiting.longest + PATIENCE  # a clock that was put back
        there = {name: min(end, longest) for name, end in ends.items() if end > now}
        self._elsewhere = min(there.values(), default=None)
        return frozenset(there)

    def is_left_behind(self, now: datetime) -> bool:
        """Whether an alert that waited at another process may have been left there."""
        return self._elsewhere is not None and self._elsewhere <= now
