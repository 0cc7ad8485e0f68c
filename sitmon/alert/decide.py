"""An entry and what it changed in, decisions out: what an officer must see, and why the rest is not shown.

    old or undated | status | pressure | events | desk's rules | floor | silences

Nothing is decided without a reason, also not the refusals. One happening is one alert: what makes it surer, worse or
disputed is an update of it. It must not read the clock, store anything, or judge who holds what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sitmon.alert import events, grades, statuses, surges
from sitmon.alert.draft import Draft, Refusal, name_of
from sitmon.alert.memory import Memory
from sitmon.alert.outages import Outages, ToldBy
from sitmon.alert.settings import Rule, Settings
from sitmon.alert.wording import Wording
from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.source import SourceHealth
from sitmon.model.tempo import Tempo
from sitmon.model.terms import SEVERITIES

LOOK_AGAIN = timedelta(minutes=1)
"""How often it is looked which provinces are blind while the same sources are dead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: an alert with the reason to raise (or change) it, or only the reason why there is none."""

    alert: Alert | None
    reason: str
    same: str = ""
    """Id of the alert by which it has been told already, where that is why there is none."""


class Alerter:
    """Decides for one desk. It remembers what it told; the log gives that back after a restart."""

    def __init__(self, area: Area, settings: Settings | None = None) -> None:
        self._area = area
        self._settings = settings or Settings()
        self._wording = Wording(area)
        self._memory = Memory(self._settings.reprint_window)
        self._outages = Outages(self._settings)
        self._provinces = {
            p.code: PlaceRef(p.code, p.name, p.kind, p.province) for p in area.places.values() if p.kind == "province"
        }
        self._looked: tuple[frozenset[str], datetime] | None = None

    # -- the log's part --------------------------------------------------------------------------------------------

    def remember(
        self,
        alerts: Iterable[Alert],
        marks: Iterable[Mark] = (),
        now: datetime | None = None,
        *,
        repeated: Mapping[str, datetime] | None = None,
    ) -> tuple[Alert, ...]:
        """Bring back what the log says was told and answered; return every alert in its present state.

        What was remembered before is forgotten, but not when an alert was last shown. `repeated` says when which alert
        (by its id) was shown again last.
        """
        self._memory = self._memory.emptied()
        self._outages.remembered()
        for name, time in (repeated or {}).items():
            self._memory.resent(name, time)
        return self._memory.restore(alerts, marks, now)

    def learn(self, alerts: Iterable[Alert], now: datetime) -> tuple[Alert, ...]:
        """Take alerts that another desk on the same log has raised; those that are known already change nothing.

        Return the others, and the known ones that they overtake, in their present state.
        """
        learned = self._memory.learn(alerts, now)
        if learned:
            self._outages.remembered()
        return learned

    def known(self, name: str) -> Alert | None:
        """Return an alert, by its id, in its present state."""
        return self._memory.known(name)

    def as_filed(self, alerts: Iterable[Alert]) -> tuple[Alert, ...]:
        """Return alerts in the state in which they were filed, which `remember` wants; the log has them so."""
        return self._memory.as_filed(alerts)

    def mark(self, mark: Mark, now: datetime) -> tuple[Alert, ...]:
        """Take an officer's mark; return the alerts whose state it changes."""
        return self._memory.mark(mark, now)

    def look(self, now: datetime) -> tuple[Alert, ...]:
        """Return the alerts whose state changed with time alone: a silence has begun, or has given them back.

        To be asked at the time of a decision, before it. What is given back counts as shown at that time.
        """
        changed = self._memory.look(now)
        for alert in changed:
            if alert.state == "active":
                self._memory.resent(alert.id, now)
        return changed

    def due(self, now: datetime) -> tuple[Alert, ...]:
        """Return the alerts that nobody has acknowledged for `repeat_interval`: they are to be shown once more.

        None is older than the window, and no more than `repeat_most` are repeated within one interval: the gravest,
        of these the newest. For the clock's sake alone, not for an entry's: a replay as fast as it goes need not ask.
        The same alerts, same ids, oldest first; each is due again one interval later.
        """
        wanted = self._settings
        due = [
            alert
            for alert in self._memory.open()
            if now - alert.time <= wanted.window
            and now - (self._memory.sent(alert.id) or alert.time) >= wanted.repeat_interval
        ]
        if not due:
            return ()
        room = max(0, wanted.repeat_most - self._memory.repeats(now - wanted.repeat_interval))
        gravest = sorted(due, key=lambda a: (SEVERITIES.index(a.severity), now - a.time))[:room]
        for alert in gravest:
            self._memory.resent(alert.id, now)
        return tuple(sorted(gravest, key=lambda a: (a.time, a.id)))

    # -- deciding --------------------------------------------------------------------------------------------------

    def decide(
        self,
        entry: Entry,
        transitions: Sequence[Transition],
        picture: Picture,
        now: datetime,
        *,
        incidents: Sequence[Incident] = (),
        tempos: Sequence[Tempo] = (),
    ) -> tuple[Decision, ...]:
        """Return what to tell of an entry that has just become known, and why not of the rest of it.

        `transitions` are what the ledger returned for the entry, `picture` what it shows since; `incidents` are those
        that the entry tells of, where the ledger was asked (they tell two bombs of one day apart); `tempos` are how
        much is told of the provinces that the entry tells of.
        """
        if not transitions and not entry.verdict.reports:
            return ()
        stale = self._stale(entry)
        if stale is not None and not any(t.rule == "retraction" for t in transitions):
            return (Decision(None, stale),)
        found: list[Decision] = []
        drafts: Iterator[Draft | Refusal] = statuses.drafts(
            entry, transitions, picture, self._area, self._settings, self._memory, self._wording
        )
        for draft in drafts:
            found += self._settle(draft, entry, now)
        if stale is None:
            for draft in events.drafts(
                entry, picture, incidents, self._area, self._settings, self._memory, self._wording, self._desk_rule
            ):
                found += self._settle(draft, entry, now)
            for surge in self._surges(entry, tempos, found):
                found += self._settle(surge, entry, now)
        return tuple(found)

    def _surges(self, entry: Entry, tempos: Sequence[Tempo], found: Sequence[Decision]) -> Iterator[Draft | Refusal]:
        """Yield the surges; what is told of the same province by this very item already says so."""
        told = {code for d in found if d.alert is not None for code in d.alert.codes}
        for tempo in tempos:
            place = self._provinces.get(tempo.province)
            surge = surges.draft(tempo, place, entry, self._settings, self._memory) if place else None
            if isinstance(surge, Draft) and tempo.province in told:
                surge = Refusal(f"{surge.alert.title}: inhibited by what the same item tells of")
            if surge is not None:
                yield surge

    def watch(self, healths: Iterable[SourceHealth], now: datetime, told_by: ToldBy) -> tuple[Decision, ...]:
        """Return what to tell of the sources' health: a dead source, a province gone blind, the end of either.

        `told_by` says how many items each source told of a province lately.
        """
        self._outages.note(healths, now)
        found: list[Decision] = []
        for draft in self._outages.sources(now, self._memory):
            found += self._settle(draft, None, now)
        dead = self._outages.dead(now)
        if self._looked is None or self._looked[0] != dead or now - self._looked[1] >= LOOK_AGAIN:
            self._looked = (dead, now)
            for draft in self._outages.provinces(now, self._provinces.values(), told_by, self._memory):
                found += self._settle(draft, None, now)
        return tuple(found)

    def _stale(self, entry: Entry) -> str | None:
        """Return why an item is too old to alert anybody, None where it is not."""
        age = grades.age_of(entry.item.published, entry.known)
        if age is None:
            return "undated: an item without a date alerts nobody"
        if age > self._settings.window:
            return f"older than the window of {hours(self._settings)} h: it is of {entry.item.published:%Y-%m-%d}"
        return None

    def _settle(self, draft: Draft | Refusal, entry: Entry | None, now: datetime) -> Iterator[Decision]:
        """Apply the desk's own rules, the floor and the silences to a draft; keep what is told."""
        if isinstance(draft, Refusal):
            yield Decision(None, draft.reason, draft.same)
            return
        alert = draft.alert
        rule = self._desk_rule(draft, entry)
        if rule is not None:
            if rule.severity is None:
                yield Decision(None, f"{alert.title}: the desk's rule {rule.name!r} drops it")
                return
            alert = replace(alert, severity=rule.severity, reason=f"{alert.reason}; desk's rule {rule.name!r}")
        if not grades.at_least(alert.severity, self._settings.min_severity):
            yield Decision(
                None, f"{alert.title}: {alert.severity} is below the desk's floor of {self._settings.min_severity}"
            )
            return
        silence = self._memory.silence_of(alert, now)
        if silence is not None:
            alert = replace(alert, state="silenced")
        if self._memory.known(alert.id) is not None:  # an item corrected back to what it said at first: told anew
            alert = replace(alert, id=name_of(alert.id, alert.time.isoformat()))
        done = self._memory.file(alert)
        yield Decision(alert, f"silenced by {silence.by}: {silence.reason}" if silence else draft.why)
        for old in done:
            if old.id == alert.id:  # this desk's clock is behind that of another one on the log
                yield Decision(old, "overtaken by what is filed after it already")
                continue
            yield Decision(old, f"overtaken by {alert.id}: {alert.title}")
            # An update of the same says so by itself; of what is silenced nobody has been told.
            if old.fingerprint != alert.fingerprint and self._memory.silence_of(old, now) is None:
                end = _end(old, alert)
                self._memory.file(end)
                yield Decision(end, f"end of {old.id}")

    def _desk_rule(self, draft: Draft, entry: Entry | None) -> Rule | None:
        """Return the first of the desk's own rules that matches all that it names."""
        body: str | None = None
        for rule in self._settings.rules:
            if rule.places and not draft.alert.codes & set(rule.places):
                continue
            if rule.event_types and not set(rule.event_types) & draft.names:
                continue
            if rule.sides and not set(rule.sides) & draft.sides:
                continue
            if rule.bases and not set(rule.bases) & draft.bases:
                continue
            if rule.words:
                if entry is None:
                    continue
                body = entry.item.body.casefold() if body is None else body
                if not any(word.casefold() in body for word in rule.words):
                    continue
            return rule
        return None

    @property
    def settings(self) -> Settings:
        """What the desk wants to be alerted of."""
        return self._settings


def _end(old: Alert, by: Alert) -> Alert:
    """Return the word that an alert is over because another one has overtaken it."""
    return replace(
        old,
        id=name_of(old.fingerprint, "over", by.id),
        time=by.time,
        title=f"no longer so: {old.title}",
        reason=f"overtaken by {by.id}: {by.title}",
        severity="Minor",
        urgency="Past",
        state="resolved",
        reports=by.reports,
        url=by.url,
        updates=old.id,
        ends=True,
    )


def hours(settings: Settings) -> str:
    """Return the window in hours, as a reason says it."""
    return f"{settings.window.total_seconds() / 3600:g}"
