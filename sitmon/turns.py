"""The alerts of a batch in, those whose turn it is to be told out; what is passed over is noted in the log.

It must not decide what waits, nor for how long: that is the alert room's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from sitmon.alert.decide import Alerter
from sitmon.alert.waiting import Waiting
from sitmon.model.alert import Alert
from sitmon.pen import Pen
from sitmon.situation import Situation


class Turns:
    """What has been raised and stored, and is still to be told."""

    def __init__(self, alerter: Alerter, situation: Situation, pen: Pen) -> None:
        self._waiting = Waiting(alerter.settings)
        self._situation = situation
        self._pen = pen

    async def admit(self, alerts: Iterable[Alert], now: datetime) -> tuple[Alert, ...]:
        """Return those of the alerts that are told at once; the others wait. All of them are stored already."""
        turn = self._waiting.admit(alerts, now, self._situation.alerts)
        if turn.passed:  # overtaken before it was told: a restart must not tell it
            ids = [alert.id for alert in turn.passed]
            await self._pen.put(partial(self._pen.log.delivered, ids))
        return turn.told

    def due(self, now: datetime) -> tuple[Alert, ...]:
        """Return what has waited long enough, in its present state."""
        return self._waiting.due(now, self._situation.alerts)

    def rest(self, now: datetime) -> tuple[Alert, ...]:
        """Return all that waits, in its present state: nothing more will come."""
        return self._waiting.rest(now, self._situation.alerts)
