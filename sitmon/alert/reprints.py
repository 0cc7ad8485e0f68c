"""Alerts on events in, those that the same sentence raised before out: what is printed once more is no news.

A reprint has the sentence, the place, the kind of event, the toll and the day of what it repeats, and comes while that
may still be going round. Whoever says none of these is lost by it: a ministry writes one sentence of many days, and one
sentence tells of many places. It must not decide what is told.
"""

from __future__ import annotations

from bisect import insort
from datetime import date, datetime, timedelta

from sitmon.model.alert import Alert

_Key = tuple[str, str, int]
_WEEK = 7


class Reprints:
    """The alerts of the last while by what their sentences say; what is older than that is forgotten."""

    def __init__(self, within: timedelta) -> None:
        """A sentence is known for so long."""
        self.within = within
        self._known: dict[_Key, list[Alert]] = {}
        self._order: list[Alert] = []

    def note(self, alert: Alert) -> None:
        """Keep an alert that a sentence raised, where its time puts it; what is too much older than the newest goes."""
        if not alert.words:
            return
        insort(self._known.setdefault(_key(alert), []), alert, key=_time)
        insort(self._order, alert, key=_time)
        newest = self._order[-1].time
        while newest - self._order[0].time > self.within:
            old = self._order.pop(0)
            left = [a for a in self._known.pop(_key(old), ()) if a.id != old.id]
            if left:
                self._known[_key(old)] = left

    def first(self, alert: Alert) -> Alert | None:
        """Return the oldest alert that an alert only repeats; None where it does not, or its sentence is too short."""
        known = self._known.get(_key(alert), ()) if alert.words else ()
        return next((a for a in known if alert.time - a.time <= self.within and _repeats(alert, a)), None)


def _key(alert: Alert) -> _Key:
    """Return place, kind of event and sentence. The place is the alert's own: an incident's may be a wider one."""
    _, where, _, what, _ = alert.fingerprint.split("|", 4)
    return alert.place.code if alert.place is not None else where, what, alert.words


def _time(alert: Alert) -> datetime:
    return alert.time


def _repeats(alert: Alert, before: Alert) -> bool:
    return alert.killed == before.killed and _same_day(alert.day, before.day)


def _same_day(one: str, other: str) -> bool:
    """Whether two stated days may be one. Weeks apart, the same words name a weekday: they do not say which week's."""
    try:
        return (date.fromisoformat(one) - date.fromisoformat(other)).days % _WEEK == 0
    except ValueError:
        return True  # not stated
