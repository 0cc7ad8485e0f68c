"""Alerts and marks in, what officers have been told and have answered out. Plain values: the log can bring it back.

A fingerprint is readable: kind, place, site, what, day; `status|AF-KDZ/kunduz||insurgent|2021-08-08`. Its stem, all but
the day, finds the open alert of the same thing when accounts differ about the day.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sitmon.alert.reprints import Reprints
from sitmon.model.alert import Alert
from sitmon.model.mark import Mark
from sitmon.model.terms import AlertState


def fingerprint(kind: str, code: str, site: str | None, what: str, day: str) -> str:
    """Return the name of one happening: equal over restarts and orders of arrival."""
    return "|".join((kind, code, site or "", what, day))


def stem(name: str) -> str:
    """Return a fingerprint without its day."""
    return name.rsplit("|", 1)[0]


def subject(name: str) -> str:
    """Return a fingerprint's kind, place and site: whatever else has the same is overtaken by it."""
    return "|".join(name.split("|")[:3])


class Memory:
    """What has been told, as it was filed and as it stands now, and the marks that bear on alerts.

    That an alert is overtaken stays. It follows from the alerts alone, each as it was filed: their times order them,
    and those of one moment stand as they came. Whether one is answered or silent follows from all marks and the
    instant, in whatever order they came: `look` brings every alert up to that instant.
    """

    def __init__(self, reprint_window: timedelta) -> None:
        """`reprint_window` is how long the sentence of an alert is known again."""
        self._by_id: dict[str, Alert] = {}
        """Every alert in its present state."""
        self._by_subject: dict[str, list[Alert]] = {}
        self._by_stem: dict[str, list[Alert]] = {}
        """All but the ends, as they were filed, in the order of time."""
        self._ended: dict[str, datetime] = {}
        """When each fingerprint was last said to be over."""
        self._reprints = Reprints(reprint_window)
        self._marks: dict[str, Mark] = {}
        self._answered: frozenset[str] = frozenset()
        self._silences: tuple[Mark, ...] = ()
        self._in_force: frozenset[str] | None = frozenset()
        """Ids of the silences by which the alerts' states were derived last; None where not all by the same."""
        self._sent: dict[str, datetime] = {}
        self._repeated: dict[str, datetime] = {}

    def emptied(self) -> Memory:
        """Return one that knows only when each alert was shown last."""
        other = Memory(self._reprints.within)
        other._sent, other._repeated = dict(self._sent), dict(self._repeated)
        return other

    # -- alerts ----------------------------------------------------------------------------------------------------

    def file(self, alert: Alert) -> tuple[Alert, ...]:
        """Keep an alert where its time puts it; return those that are resolved by that, in their new state.

        One that comes late may be among them: what is filed after it has overtaken it. One that comes resolved is an
        all-clear, and one whose id is known is kept as it was filed first, which is how the log keeps it.
        """
        if alert.id in self._by_id:
            return ()
        self._by_id[alert.id] = alert
        name = stem(alert.fingerprint)
        if alert.ends:  # no happening of its own: what is looked up is what it ends
            self._ended[alert.fingerprint] = max(alert.time, self._ended.get(alert.fingerprint, alert.time))
            told = self._by_stem.get(name, ())
            return self._resolve([a for a in told if a.fingerprint == alert.fingerprint and a.time <= alert.time])
        of_stem = self._by_stem.setdefault(name, [])
        of_subject = self._by_subject.setdefault(subject(alert.fingerprint), [])
        rivals = of_subject if alert.kind == "status" else of_stem
        at = bisect_right(rivals, alert.time, key=_time)
        done = [old for old in rivals[:at] if _overtakes(alert, old)]
        over = self._ended.get(alert.fingerprint, alert.time) > alert.time
        if over or any(_overtakes(new, alert) for new in rivals[at:]):
            done.append(alert)
        insort(of_stem, alert, key=_time)
        insort(of_subject, alert, key=_time)
        self._reprints.note(alert)
        self._sent[alert.id] = max(alert.time, self._sent.get(alert.id, alert.time))
        return self._resolve(done)

    def _resolve(self, alerts: Iterable[Alert]) -> tuple[Alert, ...]:
        """Resolve alerts; return those that were not so before, in their new state."""
        return tuple(self._set(a.id, "resolved") for a in alerts if self._by_id[a.id].state != "resolved")

    def as_filed(self, alerts: Iterable[Alert]) -> tuple[Alert, ...]:
        """Return alerts in the state in which they were filed, by which alone it can be told what they overtake."""
        filed = {a.id: a.state for told in self._by_subject.values() for a in told}
        return tuple(replace(a, state=filed.get(a.id, a.state)) for a in alerts)

    def find(self, alert: Alert, *, apart: timedelta) -> Alert | None:
        """Return the newest alert of the same event: same fingerprint, or same stem and days at most `apart`."""
        for known in reversed(self.alerts(stem(alert.fingerprint))):
            one, other = (_day_of(a.fingerprint) for a in (known, alert))
            if known.fingerprint == alert.fingerprint or (one and other and abs(one - other) <= apart):
                return known
        return None

    def printed(self, alert: Alert) -> Alert | None:
        """Return the alert that another one only prints again."""
        return self._reprints.first(alert)

    def unused(self, name: str) -> str:
        """Return a fingerprint that no alert has yet: a second change of the same day gets a number."""
        taken = {a.fingerprint for a in self.alerts(stem(name))}
        number = 1
        while (name if number == 1 else f"{name}#{number}") in taken:
            number += 1
        return name if number == 1 else f"{name}#{number}"

    def newest(self, name: str) -> Alert | None:
        """Return the newest alert of a stem, whatever its state."""
        return self._present(self._by_stem.get(name, ()))

    def _present(self, filed: Sequence[Alert]) -> Alert | None:
        return self._by_id[filed[-1].id] if filed else None

    def alerts(self, name: str) -> tuple[Alert, ...]:
        """Return all alerts of a stem, oldest first."""
        return tuple(self._by_id[a.id] for a in self._by_stem.get(name, ()))

    def latest(self, about: str) -> Alert | None:
        """Return the newest alert of a subject (kind, place, site), whatever it says of it."""
        return self._present(self._by_subject.get(about, ()))

    def open(self) -> tuple[Alert, ...]:
        """Return the alerts that nobody has answered and nothing has overtaken, oldest first."""
        return tuple(sorted((a for a in self._by_id.values() if a.state == "active"), key=_time))

    def all(self) -> tuple[Alert, ...]:
        """Return every alert in its present state, oldest first."""
        return tuple(sorted(self._by_id.values(), key=_time))

    def sent(self, name: str) -> datetime | None:
        """Return when an alert (by its id) was given out last."""
        return self._sent.get(name)

    def resent(self, name: str, now: datetime) -> None:
        """Note that an alert was given out again."""
        self._sent[name] = self._repeated[name] = max(now, self._sent.get(name, now))

    def repeats(self, since: datetime) -> int:
        """Return how many alerts were given out again after an instant."""
        return sum(time > since for time in self._repeated.values())

    def _set(self, name: str, state: AlertState) -> Alert:
        alert = self._by_id[name]
        if alert.state != state:
            alert = self._by_id[name] = replace(alert, state=state)
        return alert

    # -- marks -----------------------------------------------------------------------------------------------------

    def mark(self, mark: Mark, now: datetime) -> tuple[Alert, ...]:
        """Take an officer's mark; return the alerts whose state it changes."""
        if mark.id in self._marks or mark.kind not in ("acknowledge", "silence", "unmark"):
            return ()
        self._marks[mark.id] = mark
        self._stand()
        return self._derive(now)

    def look(self, now: datetime) -> tuple[Alert, ...]:
        """Return the alerts whose state has changed since the last look, because a silence began or ended."""
        if self._in_force == self._silent_by(now):
            return ()
        return self._derive(now)

    def silence_of(self, alert: Alert, now: datetime) -> Mark | None:
        """Return the silence that an alert falls under at an instant."""
        return next((m for m in self._silences if silences(m, alert, now)), None)

    def restore(self, alerts: Iterable[Alert], marks: Iterable[Mark], now: datetime | None) -> tuple[Alert, ...]:
        """Bring back what the log holds; return every alert in the state that it has by now.

        Without `now`, by the newest of the alerts and marks.
        """
        given = sorted(alerts, key=_time)
        self._marks.update((m.id, m) for m in marks if m.kind in ("acknowledge", "silence", "unmark"))
        self._stand()
        for alert in given:
            self.file(alert)
        times = [a.time for a in given[-1:]] + [m.time for m in self._marks.values()]
        if now is not None or times:
            self._derive(now or max(times))
        return self.all()

    def learn(self, alerts: Iterable[Alert], now: datetime) -> tuple[Alert, ...]:
        """Take alerts that were raised elsewhere, as if each had come at its own time; those known already are not.

        Return them, and the known ones whose state they change, in the state that all have by now.
        """
        names: dict[str, None] = {}
        for alert in sorted(alerts, key=_time):
            if alert.id not in self._by_id:
                names |= dict.fromkeys((alert.id, *(a.id for a in self.file(alert))))
        self._bring_up([self._by_id[name] for name in names], now)
        if names and self._in_force != self._silent_by(now):
            self._in_force = None  # the others' states are those of an earlier instant: the next look is for all
        return tuple(self._by_id[name] for name in names)

    def known(self, name: str) -> Alert | None:
        """Return an alert, by its id, in its present state."""
        return self._by_id.get(name)

    def _stand(self) -> None:
        """Find the marks that nobody has taken back: by their id, or by their subject."""
        standing: dict[str, Mark] = {}
        by_subject: dict[str, set[str]] = {}
        for mark in sorted(self._marks.values(), key=lambda m: (m.time, m.id)):
            if mark.kind == "unmark":
                for name in (mark.subject, *by_subject.pop(mark.subject, ())):
                    standing.pop(name, None)
            else:
                standing[mark.id] = mark
                by_subject.setdefault(mark.subject, set()).add(mark.id)
        self._answered = frozenset(m.subject for m in standing.values() if m.kind == "acknowledge")
        self._silences = tuple(m for m in standing.values() if m.kind == "silence")

    def _derive(self, now: datetime) -> tuple[Alert, ...]:
        """Bring every alert's state up to an instant; return those that change, oldest first."""
        self._in_force = self._silent_by(now)
        return self._bring_up(self.all(), now)

    def _silent_by(self, now: datetime) -> frozenset[str]:
        return frozenset(m.id for m in self._silences if _in_force(m, now))

    def _bring_up(self, alerts: Iterable[Alert], now: datetime) -> tuple[Alert, ...]:
        """Bring these alerts' states up to an instant; return those that change."""
        changed = []
        for alert in alerts:
            state: AlertState = alert.state
            if state != "resolved":
                silent = alert.id not in self._answered and self.silence_of(alert, now) is not None
                state = "acknowledged" if alert.id in self._answered else "silenced" if silent else "active"
            if state != alert.state:
                changed.append(self._set(alert.id, state))
        return tuple(changed)


def _overtakes(new: Alert, old: Alert) -> bool:
    """Whether an alert, as it was filed, overtakes an earlier one of its subject.

    An update overtakes what it updates, and so does an all-clear; a new holder overtakes the former one's alert.
    """
    if old.fingerprint == new.fingerprint:
        return new.state != "resolved" or new.updates is not None
    return new.state != "resolved" and new.kind == "status" and stem(old.fingerprint) != stem(new.fingerprint)


def _time(alert: Alert) -> datetime:
    return alert.time


def _day_of(name: str) -> date | None:
    try:
        return date.fromisoformat(name.rsplit("|", 1)[1])
    except ValueError:
        return None


def _in_force(mark: Mark, now: datetime) -> bool:
    return mark.time <= now and (mark.until is None or now < mark.until)


def silences(mark: Mark, alert: Alert, now: datetime) -> bool:
    """Whether a silence covers an alert at an instant.

    Its subject is "*", a place's code (a province's means all that lies in it), a fingerprint or an alert's id; its
    data may narrow it: kind, event_type, severity.
    """
    if mark.kind != "silence" or not _in_force(mark, now):
        return False
    if mark.subject not in ("*", alert.id, alert.fingerprint, *alert.codes):
        return False
    said = {"kind": alert.kind, "event_type": alert.event_type, "severity": alert.severity}
    return all(said[key] == value for key, value in mark.data if key in said)
