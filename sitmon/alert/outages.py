"""The sources' health in, drafts of alerts out: a source that is dead, a province that nobody tells of any more.

Silence is not calm: a quiet province whose sources are dead is told as blind, and when they answer again that is told
as its end. It must not poll anything, nor judge why a source is dead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sitmon.alert.draft import Draft, Refusal, name_of
from sitmon.alert.memory import Memory, fingerprint
from sitmon.alert.settings import Settings
from sitmon.model.alert import Alert
from sitmon.model.place import PlaceRef
from sitmon.model.source import SourceHealth
from sitmon.model.terms import AlertKind, Severity

DEAD: frozenset[str] = frozenset({"down", "gone", "blocked"})
"""The healths in which a source tells nothing."""
ToldBy = Callable[[str], Mapping[str, int]]
"""Province code -> how many items each source told of it lately."""


class Outages:
    """Which sources are dead, and since when."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._healths: dict[str, SourceHealth] = {}
        self._since: dict[str, datetime] = {}
        self._answering: set[str] = set()
        """Sources that answer, and of which it has not been looked yet whether an outage was told."""

    def remembered(self) -> None:
        """Look at every source once more: what has been told of them may be another now."""
        self._answering.update(self._healths)

    def note(self, healths: Iterable[SourceHealth], now: datetime) -> None:
        """Take the health of sources."""
        for health in healths:
            known = self._healths.get(health.source)
            self._healths[health.source] = health
            if health.health not in DEAD:
                if known is None or known.health in DEAD:
                    self._answering.add(health.source)
                self._since.pop(health.source, None)
            else:
                first = self._since.get(health.source, now)
                tried = health.last_attempt is not None and now - health.last_attempt < self._settings.source_after
                good = health.last_success if tried else None  # the desk itself may have been away
                self._since[health.source] = min(first, good or first)

    def dead(self, now: datetime) -> frozenset[str]:
        """Return the sources that have told nothing for long enough to say so."""
        after = self._settings.source_after
        return frozenset(name for name, since in self._since.items() if now - since >= after)

    def sources(self, now: datetime, memory: Memory) -> Iterator[Draft | Refusal]:
        """Yield an alert for each source that is dead and was not told, and the end of each outage that was.

        Only those are looked at of which either may be true: it is asked after every visit to any of a thousand.
        """
        dead = self.dead(now)
        looked, self._answering = sorted({*self._since, *self._answering}), set()
        for name in looked:
            health = self._healths[name]
            told = _open(memory, f"source|{_plain(name)}|")
            if name in dead and told is None:
                since = self._since[name]
                yield _draft(
                    "source",
                    _plain(name),
                    None,
                    now,
                    memory,
                    title=f"{name}: {health.health}, nothing read since {_clock(since)}",
                    reason=f"{health.reason or health.health}; "
                    f"last good answer {_clock(health.last_success) if health.last_success else 'never'}",
                    severity="Minor",
                )
            elif name not in self._since and told is not None:
                yield _clear(told, now, f"{name}: answers again", "the source gives items again")

    def provinces(
        self, now: datetime, places: Iterable[PlaceRef], told_by: ToldBy, memory: Memory
    ) -> Iterator[Draft | Refusal]:
        """Yield an alert for each province that has gone blind, and the end of each blindness."""
        dead = self.dead(now)
        living = any(h.health not in DEAD for h in self._healths.values())
        for place in places:
            told = _open(memory, f"blind|{place.code}|")
            if not dead and told is None:
                continue
            counts = {name: n for name, n in told_by(place.code).items() if name in self._healths}
            total, lost = sum(counts.values()), sum(n for name, n in counts.items() if name in dead)
            blind = living and total >= self._settings.blind_least and lost >= self._settings.blind_share * total
            if blind and told is None:
                names = sorted((n for n in counts if n in dead), key=lambda n: (-counts[n], n))
                yield _draft(
                    "blind",
                    place.code,
                    place,
                    now,
                    memory,
                    title=f"{place.name} province: blind, its sources are dead",
                    reason=f"{', '.join(names)} told {lost} of {total} items of it in "
                    f"{self._settings.blind_days} days and answer no more; silence is not calm",
                    severity="Moderate",
                )
            elif not blind and told is not None and not dead & set(counts):
                yield _clear(told, now, f"{place.name} province: seen again", "its sources answer again")


def _draft(
    kind: AlertKind,
    about: str,
    place: PlaceRef | None,
    now: datetime,
    memory: Memory,
    *,
    title: str,
    reason: str,
    severity: Severity,
) -> Draft:
    name = memory.unused(fingerprint(kind, about, None, "dead", f"{now:%Y-%m-%d}"))
    alert = Alert(
        id=name_of(name, f"{now.isoformat()}"),
        fingerprint=name,
        time=now,
        kind=kind,
        title=title,
        reason=reason,
        severity=severity,
        urgency="Immediate",
        certainty="Observed",
        place=place,
    )
    return Draft(alert, "first word of this outage", names=frozenset((kind,)))


def _clear(told: Alert, now: datetime, title: str, reason: str) -> Draft:
    alert = replace(
        told,
        id=name_of(told.fingerprint, "clear", now.isoformat()),
        time=now,
        title=title,
        reason=reason,
        severity="Minor",
        urgency="Past",
        state="resolved",
        updates=told.id,
        ends=True,
    )
    return Draft(alert, f"end of {told.id}", names=frozenset((told.kind,)))


def _open(memory: Memory, about: str) -> Alert | None:
    told = memory.latest(about)
    return told if told is not None and told.state != "resolved" else None


def _plain(name: str) -> str:
    """Return a source's name as a part of a fingerprint."""
    return name.replace("|", "/")


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
