"""Entries in, incidents out: the reports that tell of one event, grouped by place, kind, day, words and numbers.

An account goes to the group that it is most like (`grouping.py`), in the order of the knowledge clock; a day or a
district apart, the words must have much in common. Tolls are kept per claimant: a newer one of the same claimant
replaces its older one, never somebody else's. A denial stands beside the event, and makes none. It must not judge who
holds anything.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sitmon.assess import tellings
from sitmon.assess.evidence import Reader
from sitmon.assess.grouping import NEAR, Group
from sitmon.assess.tellings import DEED, Telling, Traits
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident

Name = tuple[str, str]
"""Of a chain: a place's code, and a kind of event."""
Links = tuple[tuple[tuple[date, int, tuple[Telling, ...]], ...], tuple[Telling, ...]]
"""A chain's groups (day, number, tellings), and the denials that wait for one."""


@dataclass(slots=True)
class _Chain:
    """Everything of one kind at one place, by (known, report id), and the groups that it falls into."""

    keys: list[tuple[datetime, str]] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    group_of: dict[str, Group] = field(default_factory=dict)
    waiting: list[Telling] = field(default_factory=list)
    """Denials of what nobody has told of."""
    grouped: int = 0


class Incidents:
    """All events of an area. What it says depends on the set of entries alone."""

    def __init__(self, reader: Reader, traits: Traits) -> None:
        self._reader = reader
        self._traits = traits
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
        for telling in tellings.of_entry(entry, self._reader, self._traits):
            if self.edge is not None and telling.day < self.edge:
                continue
            family = telling.family
            name = (telling.place.province if family == DEED else telling.place.code, family)
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
        found = [g.incident(_id(name, g)) for name, chain in self._chains.items() for g in _groups(chain)]
        return tuple(sorted(found, key=lambda i: (i.first_known, i.id)))

    def of(self, item: str) -> tuple[Incident, ...]:
        """Return the incidents that an item tells of, in the order of its reports."""
        found: dict[str, Incident] = {}
        for name, key in sorted(self._of_item.get(item, ()), key=lambda p: (len(p[1][1]), p[1][1])):
            chain = self._chains[name]
            _groups(chain)
            if (group := chain.group_of.get(key[1])) is not None:
                incident = group.incident(_id(name, group))
                found[incident.id] = incident
        return tuple(found.values())

    # -- what lies far back ----------------------------------------------------------------------------------------

    def day_of(self, number: int, *, at_most: date) -> date:
        """Return the day since which there are no more than about `number` accounts, `at_most` where there are."""
        days = Counter(telling.day for chain in self._chains.values() for telling in chain.tellings)
        for day in sorted(days, reverse=True):
            number -= days[day]
            if number < 0:
                return min(day, at_most)
        return min(days, default=at_most)

    def letting_go(self, edge: date) -> Iterator[None]:
        """Forget the incidents of days before one, a chain at a time; no later account of such days is grouped."""
        if self.edge is not None and edge <= self.edge:
            return
        self.edge = edge
        for name in list(self._chains):
            chain = self._chains[name]
            kept = [g for g in _groups(chain) if g.day >= edge - NEAR]  # a telling may lie a day off its group's
            self._fill(name, kept, [d for d in chain.waiting if d.day >= edge])
            yield

    def __len__(self) -> int:
        """How many chains there are."""
        return len(self._chains)

    def kept(self) -> Iterator[tuple[Name, Links]]:
        """Yield all that it knows, as plain values: each chain with its groups, and the denials that wait for one."""
        for name, chain in self._chains.items():
            groups = tuple((g.day, g.number, (*g.tellings, *g.denials)) for g in _groups(chain))
            yield name, (groups, tuple(chain.waiting))

    def restore(self, name: Name, kept: Links) -> None:
        """Know a chain that `kept` yielded. Raises ValueError where it is none."""
        groups = []
        for day, number, told in kept[0]:
            group = Group(day, number)
            for telling in told:
                group.add(telling)
            if not group.tellings:
                raise ValueError(f"{name[0]}: an event of which nobody tells")
            groups.append(group)
        self._chains[name] = _Chain()
        self._fill(name, groups, list(kept[1]))
        for key in self._chains[name].keys if name in self._chains else ():
            item = key[1].rpartition("#")[0]
            self._of_item[item] = (*self._of_item.get(item, ()), (name, key))

    def _fill(self, name: Name, groups: list[Group], waiting: list[Telling]) -> None:
        """Let a chain hold these groups, and nothing else."""
        chain = self._chains[name]
        told = [*(t for g in groups for t in (*g.tellings, *g.denials)), *waiting]
        told.sort(key=lambda t: (t.known, t.report))
        left = {t.report for t in told}
        for telling in chain.tellings:
            if telling.report not in left:
                item = telling.report.rpartition("#")[0]
                rest = tuple(p for p in self._of_item.get(item, ()) if p != (name, (telling.known, telling.report)))
                if rest:
                    self._of_item[item] = rest
                else:
                    self._of_item.pop(item, None)
        if told:
            keys = [(t.known, t.report) for t in told]
            group_of = {t.report: g for g in groups for t in (*g.tellings, *g.denials)}
            self._chains[name] = _Chain(keys, told, groups, group_of, waiting, len(told))
        else:
            self._chains.pop(name)


def _regroup(chain: _Chain) -> None:
    chain.groups.clear()
    chain.group_of.clear()
    chain.waiting.clear()
    chain.grouped = 0


def _groups(chain: _Chain) -> list[Group]:
    """Return the chain's groups, the tellings that came since the last look put into theirs."""
    while chain.grouped < len(chain.tellings):
        telling = chain.tellings[chain.grouped]
        chain.grouped += 1
        if telling.denied:
            _deny(chain, telling)
            continue
        group = _best(chain, telling, Group.likeness)
        if group is None:
            number = sum(1 for g in chain.groups if g.day == telling.day)
            group = Group(telling.day, number)
            insort(chain.groups, group, key=lambda g: (g.day, g.number))
        group.add(telling)
        chain.group_of[telling.report] = group
        for early in [d for d in chain.waiting if group.denied_by(d) is not None]:
            chain.waiting.remove(early)
            _deny(chain, early)
    return chain.groups


def _deny(chain: _Chain, telling: Telling) -> None:
    """Put a denial to the event that it is most likely of; one that comes before any word of it waits."""
    group = _best(chain, telling, Group.denied_by)
    if group is None:
        chain.waiting.append(telling)
    else:
        group.add(telling)
        chain.group_of[telling.report] = group


def _best(chain: _Chain, telling: Telling, score: Callable[[Group, Telling], float | None]) -> Group | None:
    best: tuple[float, Group] | None = None
    for group in reversed(chain.groups):
        if group.day < telling.day - 4 * NEAR:
            break  # groups are nearly in the order of their days
        found = score(group, telling)
        if found is not None and (best is None or found > best[0]):
            best = (found, group)
    return best[1] if best is not None else None


def _id(name: Name, group: Group) -> str:
    """Return an event's id: the same on every machine."""
    parts = "|".join((*name, group.day.isoformat(), str(group.number)))
    return hashlib.blake2b(parts.encode(), digest_size=8).hexdigest()
