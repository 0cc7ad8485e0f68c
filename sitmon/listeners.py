"""What has changed in, one update for every listener out: the picture, the alerts, the sources' health.

It must not decide what is told; it only puts it together, and nothing is put together while nobody listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.source import SourceHealth
from sitmon.model.update import Progress, Update
from sitmon.situation import Situation
from sitmon.subscription import Subscription


class Listeners:
    """Everybody who is told, and what they are told beside the picture and the alerts."""

    def __init__(self, situation: Situation, clock: Callable[[], datetime], *, live: bool) -> None:
        self._situation = situation
        self._clock = clock
        self._live = live
        self._streams: list[Subscription] = []
        self._health: dict[str, SourceHealth] = {}
        self._by_name: tuple[SourceHealth, ...] | None = ()
        self.progress: Progress | None = None
        """How far a long piece of work is; None where there is none."""
        self.ended = False
        """Whether nothing more will come."""

    def __bool__(self) -> bool:
        return bool(self._streams)

    def note_health(self, healths: Iterable[SourceHealth]) -> None:
        """Take the health of sources; it is told with the next update."""
        for health in healths:
            self._health[health.source] = health
            self._by_name = None

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
        if self._streams:
            update = replace(self._update(), entries=entries, alerts=alerts, repeats=repeats)
            for stream in self._streams:
                stream.put(update)

    def _update(self) -> Update:
        if self._by_name is None:
            self._by_name = tuple(self._health[name] for name in sorted(self._health))
        now = self._clock()
        return Update(
            now=now,
            picture=self._situation.picture(now),
            health=self._by_name,
            progress=self.progress,
            live=self._live,
            ended=self.ended,
            handover=self._situation.handover,
        )
