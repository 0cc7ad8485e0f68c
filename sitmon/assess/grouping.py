"""Accounts of one event in, as one group: what they say together, and how much a further account is of it.

Same place, kind and day is one event (ACLED), but a city may see several attacks in a day: of those the words must have
something in common, and what is said of the scene, the means, the hour, the victims and the dead must not conflict. A
group only grows; it must not decide which group an account belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sitmon.assess.origins import independent, unpacked
from sitmon.assess.tellings import DEED, Telling
from sitmon.model.incident import Denial, Incident, Toll
from sitmon.model.report import Count
from sitmon.model.terms import EVENT_TYPES

NEAR: Final = timedelta(days=1)
_ORDER: Final[dict[str, int]] = {name: n for n, name in enumerate(EVENT_TYPES)}
_DEED_OVERLAP: Final = 0.2
_NEXT_DAY_OVERLAP: Final = 0.45
_COMPARED: Final = 4
"""A telling is compared with so many of an event's first tellings, and as many of its newest."""
_FEW: Final = 4
"""Shared words of which fewer prove less."""
_TOLLS_APART: Final = 2
"""Two counts of the dead of one attack seldom differ by more than this factor, unless one is said to be revised."""
_AGREE: Final = {"where": 0.1, "means": 0.1, "hour": 0.05, "who": 0.05}
_CONFLICT: Final = {"where": 0.25, "means": 0.25, "hour": 0.2, "who": 0.1}
_SETTLES: Final = frozenset({"where", "means"})
_ANOTHER: Final = 1.0
"""Another scene or other means, and other dead: another attack, however alike the words are."""
_SAME_DEAD: Final = 0.15
_OTHER_DEAD: Final = 0.25
_REVISED: Final = "revised:toll"

_Key = tuple[str, str]


@dataclass(slots=True)
class Group:
    """The accounts of one event. `day` and `number` name it among those of its kind and place."""

    day: date
    number: int
    tellings: list[Telling] = field(default_factory=list)
    denials: list[Telling] = field(default_factory=list)
    _roots: dict[_Key, tuple[str, frozenset[str]]] = field(default_factory=dict)
    _tolls: dict[_Key, Toll] = field(default_factory=dict)
    _said: dict[str, set[str]] = field(default_factory=dict)
    _dead: set[int] = field(default_factory=set)
    _tags: set[str] = field(default_factory=set)
    _origins: int | None = None
    _built: Incident | None = None

    def add(self, telling: Telling) -> None:
        """Take one more account, or a denial."""
        self._built = None
        if telling.denied:
            self.denials.append(telling)
            return
        self.tellings.append(telling)
        key, carrier = telling.origin.key, telling.origin.carrier
        voice, carriers = self._roots.get(key, (telling.origin.voice, frozenset[str]()))
        if carrier not in carriers:
            self._roots[key] = (voice, carriers | {carrier})
            self._origins = None
        if telling.toll is not None:
            known = self._tolls.get(key)
            if known is None or (known.told, known.report) < (telling.toll.told, telling.toll.report):
                self._tolls[key] = telling.toll
        if telling.killed is not None:
            self._dead.add(telling.killed)
        self._tags.update(telling.tags)
        for trait in telling.traits:
            self._said.setdefault(trait.partition(":")[0], set()).add(trait)

    # -- is it the same event? -------------------------------------------------------------------------------------

    def likeness(self, telling: Telling) -> float | None:
        """Return how much a telling is of this event, None where it is not of it."""
        apart = abs(self.day - telling.day)
        deed = telling.family == DEED
        if apart > NEAR:
            return None
        if not apart and not deed:
            return 1.0
        if apart:
            shared = self._shared(telling) + (min(0.0, self._points(telling)) if deed else 0.0)
            return shared if shared >= _NEXT_DAY_OVERLAP else None
        found = self._same_deed(telling)
        return 1.0 + found if found >= _DEED_OVERLAP else None

    def denied_by(self, telling: Telling) -> float | None:
        """Return how likely a denial is one of this event, None where it cannot be."""
        if abs(self.day - telling.day) > NEAR or all(t.place.code != telling.place.code for t in self._some()):
            return None
        return self._shared(telling) + self._points(telling)

    def _same_deed(self, telling: Telling) -> float:
        """Return how much an account is of this deed: shared words, helped or spoilt by what is said of either.

        Two languages share no words: then what they say must not conflict. A deed in a district is often told of the
        city as well; there the words must agree more, or the tolls in another language.
        """
        points = self._points(telling)
        here = any(t.place.code == telling.place.code for t in self._some())
        if all(t.latin != telling.latin for t in self._some()):
            return _DEED_OVERLAP + points if here or telling.killed in self._dead else 0.0
        shared = self._shared(telling)
        if not here and shared < _NEXT_DAY_OVERLAP:
            return 0.0
        return shared + points

    def _points(self, telling: Telling) -> float:
        """Return what speaks for (above 0) or against one deed beside the words."""
        points, elsewhere = 0.0, False
        mine: dict[str, set[str]] = {}
        for trait in telling.traits:
            mine.setdefault(trait.partition(":")[0], set()).add(trait)
        for kind, agree in _AGREE.items():
            ours, theirs = mine.get(kind), self._said.get(kind)
            if ours and theirs:
                points += agree if ours & theirs else -_CONFLICT[kind]
                elsewhere = elsewhere or (kind in _SETTLES and not ours & theirs)
        if telling.killed is not None and self._dead:
            if telling.killed in self._dead:
                points += _SAME_DEAD
            elif elsewhere:
                points -= _ANOTHER
            elif _REVISED not in telling.traits and all(_far(telling.killed, other) for other in self._dead):
                points -= _OTHER_DEAD
        return points

    def _shared(self, telling: Telling) -> float:
        """Return the part of its words that it shares with the account most like it."""
        mine = unpacked(telling.words)
        return max((_overlap(mine, unpacked(t.words)) for t in self._some()), default=0.0)

    def _some(self) -> Iterable[Telling]:
        return (*self.tellings[:_COMPARED], *self.tellings[-_COMPARED:])

    # -- what they say together ------------------------------------------------------------------------------------

    def incident(self, name: str) -> Incident:
        """Return the event under an id."""
        if self._built is None:
            self._built = self._build(name)
        return self._built

    def _build(self, name: str) -> Incident:
        if self._origins is None:
            self._origins = independent(self._roots.values())
        tolls = tuple(self._tolls.values())
        return Incident(
            id=name,
            event_type=min((t.event_type for t in self.tellings), key=lambda e: _ORDER.get(e, len(_ORDER))),
            place=self.tellings[0].place,
            day=self.day.isoformat(),
            reports=tuple(t.report for t in self.tellings),
            origins=self._origins,
            first_known=self.tellings[0].known,
            last_told=max(t.told for t in self.tellings),
            tags=tuple(sorted(self._tags)),
            killed=_over([t.killed for t in tolls]),
            wounded=_over([t.wounded for t in tolls]),
            abducted=_over([t.abducted for t in tolls]),
            tolls=tolls,
            rumour=all(t.rumour for t in self.tellings),
            denials=_denials(self.denials),
            site=self.tellings[0].site if len({t.site for t in self.tellings}) == 1 else None,
        )


def _denials(tellings: Iterable[Telling]) -> tuple[Denial, ...]:
    """Return the first denial of everybody who denies it."""
    found: dict[_Key, Denial] = {}
    for telling in sorted(tellings, key=lambda t: (t.told, t.report)):
        origin = telling.origin
        denial = Denial(origin.said or origin.by, telling.side, telling.report, telling.told)
        found.setdefault(origin.key, denial)
    return tuple(found.values())


def _far(one: int, other: int) -> bool:
    return max(one, other) > _TOLLS_APART * max(1, min(one, other))


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    both = len(one & other)
    return both / min(len(one), len(other)) * min(1.0, both / _FEW) if both else 0.0


def _over(counts: list[Count]) -> Count:
    """Return one count over all claimants: the lowest is min and best, the highest is max."""
    low = [n for c in counts if (n := c.best if c.best is not None else c.min) is not None]
    lows = [n for c in counts if (n := c.min if c.min is not None else c.best) is not None]
    highs = [n for c in counts if (n := c.max if c.max is not None else c.best) is not None]
    return Count(min(lows, default=None), min(low, default=None), max(highs, default=None))
