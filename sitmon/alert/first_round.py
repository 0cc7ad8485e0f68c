"""The alerts of a new desk's first round in, one a place out: a first poll of a week of old feeds must not shout.

While every source is asked for the first time, what old items raise is held back; what has just been published is told
at once. When the round is over each place gives one alert, of its newest state. Nothing of it is stored before: a desk
that is killed in its first round decides again from the items in its log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.terms import SEVERITIES

FRESH = timedelta(hours=2)
"""What was published no longer ago is told at once, first round or not."""
LONGEST = timedelta(seconds=60)
"""A source that does not answer must not hold back the others' alerts for longer."""


class FirstRound:
    """What is held back until every source has answered once."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._held: dict[str, Alert] = {}

    def hold(self, alerts: Iterable[Alert], entry: Entry) -> list[Alert]:
        """Take the alerts that an entry raised, or changed; return those that are told at once."""
        published = entry.item.published
        old = published is not None and entry.known - published > FRESH
        now = []
        for alert in alerts:
            if old or alert.id in self._held:
                self._held[alert.id] = alert
            else:
                now.append(alert)
        return now

    def too_long(self, now: datetime) -> bool:
        """Whether the round has lasted long enough, answers or not."""
        return now - self._began >= LONGEST

    @property
    def held(self) -> tuple[Alert, ...]:
        """What is held back, in the order in which it was raised."""
        return tuple(self._held.values())

    def close(self, told: Iterable[Alert] = ()) -> tuple[Alert, ...]:
        """Return one alert a place: its status where that changed, else the gravest; `told` stand already."""
        places: dict[str, list[Alert]] = {}
        for alert in self._held.values():
            if alert.state == "active":
                places.setdefault(alert.place.code if alert.place else alert.fingerprint, []).append(alert)
        known = {a.id for a in told}
        found = []
        for alerts in places.values():
            chosen = min(reversed(alerts), key=_rank)
            rest = len(alerts) - 1
            more = f"; the newest of the first round, with {rest} more of this place" if rest else ""
            updates = chosen.updates if chosen.updates in known else None
            found.append(replace(chosen, reason=chosen.reason + more, updates=updates))
        return tuple(sorted(found, key=lambda a: (a.time, a.id)))


def _rank(alert: Alert) -> tuple[bool, int]:
    """Return what an officer wants first of a place: who holds it, then the gravest."""
    return (not alert.fingerprint.startswith("status|"), SEVERITIES.index(alert.severity))
