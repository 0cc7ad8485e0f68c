"""The alerter and the log in, the alerts that are to be told once more out; each telling is noted in the log.

What a silence gives back is told when it was never told, or is not older than the window; what nobody acknowledges is
repeated. It must not raise an alert, nor decide whether one is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from sitmon.alert.decide import Alerter
from sitmon.model.alert import Alert
from sitmon.pen import Pen


class Reminders:
    """What has been told before, or should have been, and is to be told now."""

    def __init__(self, alerter: Alerter, pen: Pen) -> None:
        self._alerter = alerter
        self._pen = pen

    async def given_back(self, alerts: Iterable[Alert], now: datetime) -> tuple[Alert, ...]:
        """Return those of the alerts whose silence has just ended that are to be told."""
        active = tuple(a for a in alerts if a.state == "active")
        untold, window = await self.untold(active), self._alerter.settings.window
        return await self._noted(tuple(a for a in active if a.id in untold or now - a.time <= window), now)

    async def due(self, now: datetime) -> tuple[Alert, ...]:
        """Return the alerts that nobody has acknowledged for long enough."""
        return await self._noted(self._alerter.due(now), now)

    async def untold(self, alerts: Iterable[Alert]) -> frozenset[str]:
        """Return the ids of those active alerts that have never left the house."""
        active = {a.id for a in alerts if a.state == "active"}
        if not active:
            return frozenset()
        return frozenset(active & {a.id for a in await self._undelivered()})

    async def owed(self, present: Mapping[str, Alert]) -> tuple[Alert, ...]:
        """Return the alerts that were raised but never left the house (the desk was killed in between).

        Those that an officer has answered meanwhile, on a screen, are left out; so are those that are silent. What came
        in a silence that has ended since is among them. What another process is about to tell is not; `present` lacks
        it.
        """
        found = []
        for alert in await self._undelivered():
            now = present.get(alert.id)
            if now is not None and now.state not in ("acknowledged", "silenced"):
                found.append(now if now.state == "active" else alert)
        return tuple(found)

    async def _undelivered(self) -> tuple[Alert, ...]:
        return await self._pen.read(lambda: self._pen.log.alerts(undelivered=True))

    async def _noted(self, alerts: tuple[Alert, ...], now: datetime) -> tuple[Alert, ...]:
        if alerts:
            await self._pen.put(partial(self._pen.log.repeated, [a.id for a in alerts], now))
        return alerts
