"""Alerts in, those whose turn it is to be told out: group_by, group_wait, group_interval as Alertmanager means them.

An alert is decided and stored at once; only its telling may wait. The first of a group waits `group_wait`, so that what
overtakes it at once is told instead; what comes later in the group waits until `group_interval` has passed since the
group was told of last, and of several versions only the newest is told. Nothing severe waits: a severe or extreme alert
that is new, worse, or of a status is told at once. It must not read the clock, nor change any alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sitmon.alert import grades
from sitmon.alert.settings import Settings
from sitmon.model.alert import Alert
from sitmon.model.terms import SEVERITIES, GroupLabel

Group = tuple[str, ...]


@dataclass(slots=True)
class _Queue:
    """What waits of one group: ids in the order in which they came, and old states that change with them."""

    until: datetime
    alerts: dict[str, Alert] = field(default_factory=dict)
    behind: dict[str, Alert] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """What is told now, what waits, and what never will be told, because it was overtaken while it waited."""

    told: tuple[Alert, ...] = ()
    passed: tuple[Alert, ...] = ()
    waits: Mapping[str, datetime] = field(default_factory=dict)
    """Alert's id -> until when it waits."""


class Waiting:
    """Holds back the telling of alerts."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._queues: dict[Group, _Queue] = {}
        self._told: dict[Group, datetime] = {}

    def admit(self, alerts: Iterable[Alert], now: datetime, present: Mapping[str, Alert]) -> Turn:
        """Take alerts as they were raised or changed, oldest first; return what is told at once.

        What has waited is told in the state that it has by now: among these, or else at `present`.
        """
        every = tuple(alerts)
        newest = {a.id: a for a in every}
        severities = {a.id: a.severity for a in every} | {
            name: a.severity for queue in self._queues.values() for name, a in queue.alerts.items()
        }
        told: list[Alert] = []
        passed: list[Alert] = []
        waits: dict[str, datetime] = {}
        untold = {name for queue in self._queues.values() for name in queue.alerts}
        for alert in every:
            group = self._group(alert)
            queue = self._queues.get(group)
            if alert.ends and alert.updates in untold:
                passed.append(alert)
            elif alert.state != "active":
                waiting = queue is not None and queue.alerts.pop(alert.id, None) is not None
                if waiting and alert.state == "resolved":
                    passed.append(alert)
                elif queue is not None and queue.alerts and alert.state == "resolved":
                    queue.behind[alert.id] = alert
                else:
                    told.append(alert)
            elif (until := self._until(alert, group, severities, now)) <= now:
                told += (newest.get(a.id) or present.get(a.id, a) for a in self._release(group, now))
                told.append(alert)
                self._told[group] = now
            else:
                self._queues.setdefault(group, _Queue(until)).alerts[alert.id] = alert
                waits[alert.id] = until
                untold.add(alert.id)
        left = {a.id for a in (*told, *passed)}
        return Turn(tuple(told), tuple(passed), {name: until for name, until in waits.items() if name not in left})

    def due(self, now: datetime, present: Mapping[str, Alert]) -> tuple[Alert, ...]:
        """Return what has waited long enough, in the state that it has by now."""
        found: list[Alert] = []
        for queue in self._queues.values():  # a clock that was put back must not make anybody wait the longer
            queue.until = min(queue.until, now + self.longest)
        for group in [g for g, queue in self._queues.items() if queue.until <= now]:
            found += self._release(group, now)
        self._told = {g: t for g, t in self._told.items() if now - t < self._settings.group_interval}
        return tuple(present.get(a.id, a) for a in found)

    @property
    def longest(self) -> timedelta:
        """How long an alert may have to wait."""
        return max(self._settings.group_wait, self._settings.group_interval)

    def rest(self, now: datetime, present: Mapping[str, Alert]) -> tuple[Alert, ...]:
        """Return all that waits: nothing more will come."""
        found = [alert for group in list(self._queues) for alert in self._release(group, now)]
        return tuple(present.get(a.id, a) for a in found)

    def _release(self, group: Group, now: datetime) -> list[Alert]:
        queue = self._queues.pop(group, None)
        if queue is None:
            return []
        if queue.alerts:
            self._told[group] = now
        return [*queue.behind.values(), *queue.alerts.values()]

    def _until(self, alert: Alert, group: Group, severities: Mapping[str, str], now: datetime) -> datetime:
        """Return when an alert may be told."""
        severe = grades.at_least(alert.severity, "Severe")
        before = severities.get(alert.updates or "")
        worse = before is not None and SEVERITIES.index(alert.severity) < SEVERITIES.index(before)
        if severe and (alert.updates is None or alert.kind == "status" or worse):
            return now
        queue, last = self._queues.get(group), self._told.get(group)
        if queue is not None:
            return queue.until
        if last is not None and now - last < self._settings.group_interval:
            return min(last, now) + self._settings.group_interval
        return now if alert.updates is not None else now + self._settings.group_wait

    def _group(self, alert: Alert) -> Group:
        return tuple(_label(alert, name) for name in self._settings.group_by)


def _label(alert: Alert, name: GroupLabel) -> str:
    match name:
        case "place":
            return alert.place.code if alert.place else ""
        case "province":
            return alert.place.province if alert.place else ""
        case "incident":
            return alert.fingerprint
        case "kind":
            return alert.kind
        case "event_type":
            return alert.event_type or ""
        case "severity":
            return alert.severity
