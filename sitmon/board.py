"""What stands on the desk in, a small copy of it in the log out, and back at the next start, until the log is read.

The copy can be thrown away: it is shown for as long as the log is being read, as what it is, with the time that it is
of. It must not decide anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sitmon.model.alert import Alert
from sitmon.model.picture import Picture
from sitmon.model.update import Update
from sitmon.pen import Pen
from sitmon.situation import Situation
from sitmon.store.boards import board_of
from sitmon.store.codec import encode

EVERY: Final = timedelta(minutes=5)
"""How often a running desk keeps its board anew: so old may be what is shown first after one that was killed."""
MOST: Final = 60
"""Alerts on a board: the newest that are open, and where there are few of these the newest others."""


class Board:
    """Keeps what stands on the desk: the statuses, without what they rest on, and the alerts."""

    def __init__(self, pen: Pen, situation: Situation) -> None:
        self._pen = pen
        self._situation = situation
        self._kept: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether a running desk should keep its board now."""
        return self._kept is None or now - self._kept >= EVERY

    async def keep(self, now: datetime) -> None:
        """Keep the board as it stands; where the log cannot be written just now, the one before stays."""
        text = encode(shown(self._situation.picture(now), self._situation.alerts.values(), self._situation.handover))
        self._kept = now
        await self._pen.attempt(partial(self._pen.log.set_fact, board_of(self._situation.area), text))


def shown(picture: Picture, alerts: Iterable[Alert], handover: datetime | None) -> Update:
    """Return what of a picture and of the alerts is worth showing until there is more."""
    statuses = {
        code: replace(status, evidence=(), disputed_by=(), sites=()) for code, status in picture.statuses.items()
    }
    first = sorted(alerts, key=lambda a: (a.state == "active", a.time, a.id))[-MOST:]
    chosen = tuple(sorted(first, key=lambda a: (a.time, a.id)))
    return Update(picture.now, Picture(picture.now, statuses), alerts=chosen, handover=handover, kept=True)
