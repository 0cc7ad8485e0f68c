"""Entries in, incidents out: the reports that tell of one event, grouped by place, kind, day and words.

Same place, kind and day is one event (ACLED), but for bombs and attacks the words must have something in common, since
a city may see two in a day; a day or a district apart, they must have much in common. Tolls are kept per claimant: a
newer one of the same claimant replaces its older one, never somebody else's. It must not judge who holds anything.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sitmon.assess.evidence import Reader
from sitmon.assess.origins import Origin, independent, packed, unpacked
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident, Toll
from sitmon.model.place import PlaceRef
from sitmon.model.report import Count, Report
from sitmon.model.terms import EVENT_TYPES, MOVING

_FAMILY: Final[dict[str, str]] = {
    "captured": "territory",
    "retaken": "territory",
    "handed_over": "territory",
    "suicide_bombing": "deed",
    "bombing": "deed",
    "grenade": "deed",
    "attack": "deed",
}
_ORDER: Final[dict[str, int]] = {name: n for n, name in enumerate(EVENT_TYPES)}
_DEED: Final = "deed"
_DEED_OVERLAP: Final = 0.2
_NEXT_DAY_OVERLAP: Final = 0.45
_TOLLS_APART: Final = 3
"""Two counts of the dead of one bomb seldom differ by more than this factor."""
_NEAR: Final = timedelta(days=1)
_REACH: Final = 160
_COMPARED: Final = 4
"""A telling is compared with so many of an event's first tellings, and as many of its newest."""
_WORD: Final = re.compile(r"[^\W_]{4,}")
_STEM: Final = 5
_STEMS: Final = 64


Name = tuple[str, str]
"""Of a chain: a place's code, and a kind of event."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's account of an event."""

    known: datetime
    report: str
    event_type: str
    tags: tuple[str, ...]
    place: PlaceRef
    day: date
    stated: bool
    told: datetime
    latin: bool
    words: bytes
    """Hashes of the words that set it apart; four bytes each."""
    origin: Origin
    toll: Toll | None


@dataclass(slots=True)
class _Group:
    day: date
    number: int
    tellings: list[Telling] = field(default_factory=list)
    built: Incident | None = None


@dataclass(slots=True)
class _Chain:
    """Everything of one kind at one place, by (known, report id), and the groups that it falls into."""

    keys: list[tuple[datetime, str]] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    grouped: int = 0


class Incidents:
    """All events of an area. What it says depends on the set of entries alone."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._chains: dict[Name, _Chain] = {}
        self._of_item: dict[str, tuple[tuple[Name, tuple[datetime, str]], ...]] = {}
        self.edge: date | None = None
        """What happened on earlier days is let go; None where nothing is."""

    def put(self, entry: Entry) -> None:
        """Take the newest version of an item; what an older one told is forgotten."""
        for name, key in self._of_item.pop(entry.item.id, ()):
            chain = self._chains[name]
            at = bisect_left(chain.keys, key)
            del chain.keys[at], chain.tellings[at]
            _regroup(chain)
        if entry.item.withdrawn:
            return
        placed = []
        for telling in self._tellings(entry):
            if self.edge is not None and telling.day < self.edge:
                continue
            family = _FAMILY.get(telling.event_type, telling.event_type)
            name = (telling.place.province if family == _DEED else telling.place.code, family)
            chain = self._chains.setdefault(name, _Chain())
            key = (telling.known, telling.report)
            at = bisect_left(chain.keys, key)
            chain.keys.insert(at, key)
            chain.tellings.insert(at, telling)
            if at < chain.grouped:
                _regroup(chain)
            placed.append((name, key))
        if placed:
            self._of_item[entry.item.id] = tuple(placed)

    def all(self) -> tuple[Incident, ...]:
        """Return every incident, by the time when it became known, then by id."""
        found = [_built(name, g) for name, chain in self._chains.items() for g in _groups(chain)]
        return tuple(sorted(found, key=lambda i: (i.first_known, i.id)))

    def of(self, item: str) -> tuple[Incident, ...]:
        """Return the incidents that an item tells of, in the order of its reports."""
        found: dict[str, Incident] = {}
        for name, key in sorted(self._of_item.get(item, ()), key=lambda p: (len(p[1][1]), p[1][1])):
            for group in reversed(_groups(self._chains[name])):
                if any(t.report == key[1] for t in group.tellings):
                    incident = _built(name, group)
                    found[incident.id] = incident
                    break
        return tuple(found.values())

    # -- what lies far back ----------------------------------------------------------------------------------------

    def let_go(self, edge: date) -> None:
        """Forget the incidents of days before one; what is told of such days from now on is not grouped any more."""
        if self.edge is not None and edge <= self.edge:
            return
        self.edge = edge
        for name in list(self._chains):
            chain = self._chains[name]
            kept = [g for g in _groups(chain) if g.day >= edge - 2 * _NEAR]  # a telling may lie a day off its group's
            self._fill(name, kept)

    def kept(self) -> Iterator[tuple[Name, tuple[tuple[date, int, tuple[Telling, ...]], ...]]]:
        """Yield all that it knows, as plain values: each chain with its groups (day, number, tellings)."""
        for name, chain in self._chains.items():
            yield name, tuple((g.day, g.number, tuple(g.tellings)) for g in _groups(chain))

    def restore(self, name: Name, groups: Iterable[tuple[date, int, tuple[Telling, ...]]]) -> None:
        """Know a chain that `kept` yielded."""
        self._chains[name] = _Chain()
        self._fill(name, [_Group(day, number, list(tellings)) for day, number, tellings in groups])
        for key in self._chains[name].keys:
            item = key[1].rpartition("#")[0]
            self._of_item[item] = (*self._of_item.get(item, ()), (name, key))

    def _fill(self, name: Name, groups: list[_Group]) -> None:
        """Let a chain hold these groups, and nothing else."""
        chain = self._chains[name]
        tellings = sorted((t for g in groups for t in g.tellings), key=lambda t: (t.known, t.report))
        left = {t.report for t in tellings}
        for telling in chain.tellings:
            if telling.report not in left:
                item = telling.report.rpartition("#")[0]
                rest = tuple(p for p in self._of_item.get(item, ()) if p != (name, (telling.known, telling.report)))
                if rest:
                    self._of_item[item] = rest
                else:
                    self._of_item.pop(item, None)
        if groups:
            keys = [(t.known, t.report) for t in tellings]
            self._chains[name] = _Chain(keys, tellings, groups, len(tellings))
        else:
            self._chains.pop(name)

    def _tellings(self, entry: Entry) -> Iterator[Telling]:
        latin: bool | None = None
        for report in entry.verdict.reports:
            if report.place is None or report.modality not in MOVING or report.basis == "denied":
                continue
            moment = self._reader.moment(entry, report)
            if moment is None:
                continue
            place, _ = self._reader.where(report)
            origin = self._reader.origin(entry, report)
            latin = _is_latin(entry.item.body) if latin is None else latin
            yield Telling(
                known=entry.known,
                report=report.id,
                event_type=report.event_type,
                tags=report.tags,
                place=place,
                day=moment.day,
                stated=moment.stated,
                told=moment.told,
                latin=latin,
                words=packed(_words(entry.item.body, report, place), _STEMS),
                origin=origin,
                toll=_toll(report, origin, moment.told),
            )


def _words(body: str, report: Report, place: PlaceRef) -> frozenset[str]:
    """Return the stems of the words around a report's evidence: what sets one event of a kind apart from another."""
    first = min((s.start for s in report.evidence), default=0)
    last = max((s.end for s in report.evidence), default=min(len(body), _REACH))
    stretch = body[max(0, first - _REACH) : last + _REACH].casefold()
    return frozenset(_stems(stretch)) - frozenset(_stems(place.name.casefold()))


def _is_latin(body: str) -> bool:
    """Whether a text is written in Latin letters for the most part."""
    if body[:400].isascii():
        return True
    letters = [c for c in body[:400] if c.isalpha()]
    return 2 * sum(1 for c in letters if c < "\u0250") >= len(letters)


def _stems(text: str) -> Iterator[str]:
    return (word[:_STEM] for word in _WORD.findall(text))


def _toll(report: Report, origin: Origin, told: datetime) -> Toll | None:
    """Return what a report counts; None where it counts nobody."""
    if all(count == Count() for count in (report.killed, report.wounded, report.abducted)):
        return None
    claimant = origin.said or origin.by
    return Toll(claimant, report.source_side, report.killed, report.wounded, report.abducted, report.id, told)


def _regroup(chain: _Chain) -> None:
    chain.groups.clear()
    chain.grouped = 0


def _groups(chain: _Chain) -> list[_Group]:
    """Return the chain's groups, the tellings that came since the last look put into theirs."""
    while chain.grouped < len(chain.tellings):
        telling = chain.tellings[chain.grouped]
        group = _group_of(chain, telling)
        group.tellings.append(telling)
        group.built = None
        chain.grouped += 1
    return chain.groups


def _group_of(chain: _Chain, telling: Telling) -> _Group:
    best: tuple[float, _Group] | None = None
    for group in reversed(chain.groups):
        if group.day < telling.day - 4 * _NEAR:
            break  # groups are nearly in the order of their days
        score = _likeness(group, telling)
        if score is not None and (best is None or score > best[0]):
            best = (score, group)
    if best is not None:
        return best[1]
    number = sum(1 for g in chain.groups if g.day == telling.day)
    group = _Group(telling.day, number)
    insort(chain.groups, group, key=lambda g: (g.day, g.number))
    return group


def _likeness(group: _Group, telling: Telling) -> float | None:
    """Return how much a telling is of a group's event, None where it is not of it."""
    apart = abs(group.day - telling.day)
    deed = _FAMILY.get(telling.event_type) == _DEED
    if apart > _NEAR:
        return None
    if not apart and not deed:
        return 1.0
    compared = (*group.tellings[:_COMPARED], *group.tellings[-_COMPARED:])
    if apart:
        mine = unpacked(telling.words)
        shared = max(_shared(mine, unpacked(t.words)) for t in compared)
        return shared if shared >= _NEXT_DAY_OVERLAP else None
    found = max(_same_deed(telling, other) for other in compared)
    return 1.0 + found if found >= _DEED_OVERLAP else None


def _same_deed(one: Telling, other: Telling) -> float:
    """Return how much two tellings of one day are of one deed: shared words, helped or spoilt by what they count.

    Two languages share no words: then equal tolls, or none that conflict, have to do. A deed in a district is often
    told of the city as well; there the words must agree more.
    """
    dead = [t.toll.killed.best for t in (one, other) if t.toll and t.toll.killed.best is not None]
    agree = len(dead) == 2 and dead[0] == dead[1]
    clash = len(dead) == 2 and max(dead) > _TOLLS_APART * max(1, min(dead))
    away = one.place.code != other.place.code
    if one.latin != other.latin:
        return 0.0 if clash or (away and not agree) else _DEED_OVERLAP
    shared = _shared(unpacked(one.words), unpacked(other.words))
    if away:
        return shared if shared >= _NEXT_DAY_OVERLAP else 0.0
    return shared + (0.15 if agree else -0.15 if clash else 0.0)


def _shared(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _built(name: tuple[str, str], group: _Group) -> Incident:
    if group.built is None:
        group.built = _build(name, group)
    return group.built


def _build(name: tuple[str, str], group: _Group) -> Incident:
    tellings = group.tellings
    day = group.day.isoformat()
    digest = hashlib.blake2b("|".join((*name, day, str(group.number))).encode(), digest_size=8).hexdigest()
    roots: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
    for telling in tellings:
        voice, carriers = roots.get(telling.origin.key, (telling.origin.voice, frozenset[str]()))
        roots[telling.origin.key] = (voice, carriers | {telling.origin.carrier})
    tolls = _tolls(tellings)
    return Incident(
        id=digest,
        event_type=min((t.event_type for t in tellings), key=lambda e: _ORDER.get(e, len(_ORDER))),
        place=tellings[0].place,
        day=day,
        reports=tuple(t.report for t in tellings),
        origins=independent(roots.values()),
        first_known=tellings[0].known,
        last_told=max(t.told for t in tellings),
        tags=tuple(sorted({tag for t in tellings for tag in t.tags})),
        killed=_over([t.killed for t in tolls]),
        wounded=_over([t.wounded for t in tolls]),
        abducted=_over([t.abducted for t in tolls]),
        tolls=tolls,
    )


def _tolls(tellings: list[Telling]) -> tuple[Toll, ...]:
    """Return the newest toll of every claimant that counts anybody."""
    found: dict[tuple[str, str], Toll] = {}
    for telling in sorted(tellings, key=lambda t: (t.told, t.report)):
        if telling.toll is not None:
            found[telling.origin.key] = telling.toll
    return tuple(found.values())


def _over(counts: list[Count]) -> Count:
    """Return one count over all claimants: the lowest is min and best, the highest is max."""
    low = [n for c in counts if (n := c.best if c.best is not None else c.min) is not None]
    lows = [n for c in counts if (n := c.min if c.min is not None else c.best) is not None]
    highs = [n for c in counts if (n := c.max if c.max is not None else c.best) is not None]
    return Count(min(lows, default=None), min(low, default=None), max(highs, default=None))
