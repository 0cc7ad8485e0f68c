"""What has changed in, one update for every listener out: the picture, the alerts, the sources' health.

It must not decide what is told; it only puts it together, and nothing is put together while nobody listens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.source import SourceHealth
from sitmon.model.update import Progress, Update
from sitmon.situation import Situation
from sitmon.subscription import Subscription

SOON_S: Final = 0.1
"""How long what nobody waits for (a source's health) may wait for more of its kind."""


class Listeners:
    """Everybody who is told, and what they are told beside the picture and the alerts."""

    def __init__(self, situation: Situation, clock: Callable[[], datetime], *, live: bool) -> None:
        self._situation = situation
        self._clock = clock
        self._live = live
        self._streams: list[Subscription] = []
        self._health: dict[str, SourceHealth] = {}
        self._names: tuple[str, ...] = ()
        self._soon: asyncio.TimerHandle | None = None
        self.progress: Progress | None = None
        """How far a long piece of work is; None where there is none."""
        self.ended = False
        """Whether nothing more will come."""

    def __bool__(self) -> bool:
        return bool(self._streams)

    def note_health(self, healths: Iterable[SourceHealth]) -> None:
        """Take the health of sources; it is told with the next update."""
        self._health.update((health.source, health) for health in healths)
        if len(self._names) != len(self._health):
            self._names = tuple(sorted(self._health))

    def add(self, *, entries: tuple[Entry, ...], alerts: tuple[Alert, ...]) -> Subscription:
        """Return a new listener's stream; it begins with a snapshot that holds these entries and alerts."""
        stream = Subscription(replace(self._update(), entries=entries, alerts=alerts))
        self._streams.append(stream)
        return stream

    def publish(
        self,
        *,
        entries: tuple[Entry, ...] = (),
        alerts: tuple[Alert, ...] = (),
        repeats: tuple[Alert, ...] = (),
    ) -> None:
        """Tell every listener how things stand now, and what is new."""
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._streams:
            update = replace(self._update(), entries=entries, alerts=alerts, repeats=repeats)
            for stream in self._streams:
                stream.put(update)

    def publish_soon(self) -> None:
        """Tell every listener how things stand in a moment: a thousand sources that answer are told of together."""
        if self._soon is None and self._streams:
            self._soon = asyncio.get_running_loop().call_later(SOON_S, self.publish)

    def _update(self) -> Update:
        now = self._clock()
        return Update(
            now=now,
            picture=self._situation.picture(now),
            health=tuple(self._health[name] for name in self._names),
            progress=self.progress,
            held=self._situation.held_back,
            live=self._live,
            ended=self.ended,
            handover=self._situation.handover,
        )
