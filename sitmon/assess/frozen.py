"""A ledger's state in, parts of plain JSON out, and back: what saves folding a long log anew.

Derived, and never trusted: a part that does not fit raises ValueError, and whoever asked folds the log instead. The
desk's marks are no part of it. It must not decide when it is kept, nor where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import islice
from typing import Final

from sitmon.area import Area
from sitmon.assess.change import Change, Verdict, When
from sitmon.assess.chronicle import Chronicle, Stage
from sitmon.assess.coverage import Coverage, Told
from sitmon.assess.evidence import Evidence
from sitmon.assess.incidents import Incidents, Links, Name
from sitmon.assess.packing import dumps, loads
from sitmon.assess.roots import Denier, Key, Root
from sitmon.assess.thresholds import Thresholds
from sitmon.assess.transitions import Batch
from sitmon.assess.versions import Version, Versions
from sitmon.model.picture import Transition
from sitmon.model.place import PlaceRef
from sitmon.model.terms import Holder

_ITEMS: Final = 400
"""Items in one part."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A change as it is kept: all of it but the numbers that are the area's."""

    gain: Holder
    start: When
    end: When
    members: list[tuple[Evidence, When]]
    roots: dict[Key, Root]
    deniers: dict[Key, Denier]
    lead: Evidence | None
    scoped: Evidence | None
    first_told: datetime | None
    prompt: bool
    _verdict: Verdict | None
    _confidence: float | None
    thin: bool
    closed: date | None


@dataclass(frozen=True, slots=True)
class _Place:
    place: PlaceRef
    horizon: datetime | None
    gone: int
    batches: int
    changes: tuple[_Change, ...]
    rows: tuple[Transition, ...]
    stages: tuple[Stage, Stage]


@dataclass(frozen=True, slots=True)
class _Head:
    horizon: datetime | None
    edge: date | None
    first: datetime | None
    places: int
    items: int
    chains: int
    told: int


_Items = tuple[tuple[str, tuple[Version, ...]], ...]
_Chains = tuple[tuple[Name, Links], ...]
_Tolds = tuple[tuple[str, Told], ...]


def fits(area: Area, numbers: Thresholds, as_of: datetime | None) -> str:
    """Return a name of all that a state depends on beside the entries and the code: two of one name fold alike."""
    told = (
        area.id, area.timezone, numbers, as_of, sorted(area.baseline.items()),
        sorted(area.places.items()), sorted(area.actors.items()), area.persons, area.roles, area.agencies,
        sorted(area.incidents.items()),
    )  # fmt: skip
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()


def parts(
    horizon: datetime | None,
    places: Mapping[str, Chronicle],
    versions: Versions,
    incidents: Incidents,
    coverage: Coverage,
) -> Iterator[bytes]:
    """Yield a state, part by part; nothing may be folded in between."""
    first, told = coverage.kept()
    head = _Head(horizon, incidents.edge, first, len(places), len(versions), len(incidents), len(told))
    yield dumps(_Head, head)
    for chronicle in places.values():
        yield dumps(_Place, _kept(chronicle))
    rest = versions.items()
    while part := tuple(islice(rest, _ITEMS)):
        yield dumps(_Items, part)
    for chain in incidents.kept():
        yield dumps(_Chains, (chain,))
    for at in range(0, len(told), _ITEMS):
        yield dumps(_Tolds, told[at : at + _ITEMS])


def _kept(chronicle: Chronicle) -> _Place:
    numbers: dict[int, int] = {}
    changes: list[Change] = []

    def number(change: Change) -> int:
        if id(change) not in numbers:
            numbers[id(change)] = len(changes)
            changes.append(change)
        return numbers[id(change)]

    stages = chronicle.stages(number)
    names = [f.name for f in fields(_Change)]
    return _Place(
        place=chronicle.place,
        horizon=chronicle.horizon,
        gone=chronicle.gone,
        batches=len(chronicle.batches),
        changes=tuple(_Change(*(getattr(change, name) for name in names)) for change in changes),
        rows=tuple(chronicle.rows),
        stages=stages,
    )


def restore(
    given: Iterable[bytes],
    chronicle: Callable[[PlaceRef], Chronicle],
    numbers: Thresholds,
    versions: Versions,
    incidents: Incidents,
    coverage: Coverage,
) -> datetime | None:
    """Fill a new ledger's rooms with a state; return its horizon. Raises ValueError where a part does not fit."""
    rest = iter(given)
    head: _Head = loads(_Head, _next(rest))
    kept: list[_Place] = [loads(_Place, _next(rest)) for _ in range(head.places)]
    told: dict[str, list[Batch]] = {}
    while len(versions) < head.items:
        before = len(versions)
        part: _Items = loads(_Items, _next(rest))
        for item, its in part:
            for code, batch in versions.restore(item, its):
                told.setdefault(code, []).append(batch)
        if len(versions) == before:
            raise ValueError("a part without items")
    for place in kept:
        its_own = sorted(
            (b for b in told.pop(place.place.code, ()) if place.horizon is None or b.key[0] >= place.horizon),
            key=lambda b: b.key,
        )
        if len(its_own) != place.batches:
            raise ValueError(f"{place.place.code}: {len(its_own)} batches, {place.batches} were expected")
        names = [f.name for f in fields(_Change)]
        changes = [Change(numbers=numbers, **{name: getattr(c, name) for name in names}) for c in place.changes]
        chronicle(place.place).restore(place.stages, changes, place.rows, its_own, place.horizon)
        chronicle(place.place).gone = place.gone
    if told:
        raise ValueError(f"evidence of a place that is not there: {min(told)}")
    incidents.edge = head.edge
    for _ in range(head.chains):
        chains: _Chains = loads(_Chains, _next(rest))
        for name, chain in chains:
            incidents.restore(name, chain)
    left = head.told
    while left > 0:
        some: _Tolds = loads(_Tolds, _next(rest))
        if not some:
            raise ValueError("a part that tells nothing")
        coverage.restore(head.first, some)
        left -= len(some)
    if next(rest, None) is not None:
        raise ValueError("parts left over")
    return head.horizon


def _next(rest: Iterator[bytes]) -> bytes:
    part = next(rest, None)
    if part is None:
        raise ValueError("a state that ends too early")
    return part
