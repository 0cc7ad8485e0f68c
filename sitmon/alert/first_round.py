"""The alerts of a new desk's first round in, one a place out: a first poll of a week of old feeds must not shout.

While every source is asked for the first time, what old items raise is held back; what has just been published is told
at once, also where an older item told of it first. When the round is over each place gives one alert, of its newest
state; what ends in the round without having been told needs no end. Nothing of it is stored before: a desk that is
killed in its first round decides again from the items in its log.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.terms import MOVING, SEVERITIES, TERRITORY

FRESH = timedelta(hours=2)
"""What was published no longer ago is told at once, first round or not."""
LONGEST = timedelta(seconds=30)
"""A source that does not answer must not hold back the others' alerts for longer."""


class FirstRound:
    """What is held back until every source has answered once."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._held: dict[str, Alert] = {}
        self._ever: set[str] = set()
        """Ids of all that were held back; what has been told of them since is taken out."""
        self._told: set[str] = set()
        """Ids of all that was let through."""

    def hold(self, alerts: Iterable[Alert], entry: Entry, same: Collection[str] = ()) -> list[Alert]:
        """Take the alerts that an entry raised, or changed; return those that are told at once.

        `same` are ids of alerts that have told already what the entry tells.
        """
        alerts = [a for a in alerts if not (a.ends and a.updates in self._ever)]  # nobody was told of what ends
        published = entry.item.published
        if published is not None and entry.known - published > FRESH:
            told = [a for a in alerts if a.id in self._told or (a.ends and a.updates in self._told)]
            for alert in alerts:
                if alert not in told:
                    self._held[alert.id] = alert
                    self._ever.add(alert.id)
            return told
        now = [a for a in self._held.values() if a.state == "active" and (a.id in same or _tells_again(entry, a))]
        for alert in now:
            del self._held[alert.id]
            self._ever.discard(alert.id)
        for alert in alerts:
            if alert.id in self._held:
                self._held[alert.id] = alert
            else:
                now.append(alert)
        self._told.update(a.id for a in now)
        # What is an update of something held back is the first that anybody hears of it.
        return [replace(a, updates=None) if a.updates in self._ever else a for a in now]

    @property
    def why(self) -> str:
        """What is held back and for how long, in one sentence; empty where nothing is."""
        if not any(alert.state == "active" for alert in self._held.values()):
            return ""
        return (
            f"what items older than {FRESH.total_seconds() / 3600:g} h raise is held until every source has answered "
            f"once, {LONGEST.total_seconds():g} s at most; then each place gives one alert"
        )

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


def _tells_again(entry: Entry, alert: Alert) -> bool:
    """Whether an entry says once more that a place changed hands as an alert told; a ledger counts no echoes."""
    if alert.kind != "status" or alert.place is None or not alert.fingerprint.startswith("status|"):
        return False
    gain = alert.fingerprint.split("|")[3]
    return any(
        r.place is not None and r.place.code == alert.place.code and r.holder == gain and r.modality in MOVING
        for r in entry.verdict.reports
        if r.event_type in TERRITORY and r.basis != "denied"
    )


def _rank(alert: Alert) -> tuple[bool, int]:
    """Return what an officer wants first of a place: who holds it, then the gravest."""
    return (not alert.fingerprint.startswith("status|"), SEVERITIES.index(alert.severity))
