"""Versions of items in, the evidence that counts out: the newest version's, known since it first stood in any.

A corrected item takes with it exactly what rested on its old words; what it still says keeps the time at which the desk
could first know it. A withdrawn one takes everything. Versions may arrive in any order. It must not read any text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sitmon.assess.evidence import Evidence
from sitmon.assess.transitions import Batch, BatchKey
from sitmon.model.entry import Entry

Placed = tuple[str, BatchKey]
Read = Callable[[Entry], tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Turn:
    """What an entry makes different: batches that leave their places, batches that come."""

    gone: tuple[Placed, ...]
    come: tuple[tuple[str, Batch], ...]
    newest: bool
    """Whether the entry is the newest version of its item."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of an item says."""

    revision: int
    withdrawn: bool
    known: datetime
    evidence: tuple[Evidence, ...]

    @property
    def rank(self) -> tuple[int, bool]:
        return (self.revision, self.withdrawn)


class Versions:
    """Every version of every item that bears, or bore, on anything."""

    def __init__(self) -> None:
        self._versions: dict[str, tuple[Version, ...]] = {}
        self._placed: dict[str, tuple[Placed, ...]] = {}

    def known(self, item: str) -> bool:
        """Whether any version of an item is known."""
        return item in self._versions

    def put(self, entry: Entry, read: Read) -> Turn | None:
        """Take a version; return what it makes different, None where it was known already."""
        item = entry.item
        before = self._versions.get(item.id, ())
        rank = (item.revision, item.withdrawn)
        same = next((v for v in before if v.rank == rank), None)
        if same is not None and same.known <= entry.known:
            return None
        mine = _version(entry, read)
        after = _ranked((*(v for v in before if v.rank != rank), mine))
        if entry.verdict.reports or item.revision or item.withdrawn or before:
            self._versions[item.id] = after
        come = batches(item.id, after)
        placed = tuple((code, batch.key) for code, batch in come)
        gone = self._placed.get(item.id, ())
        if placed:
            self._placed[item.id] = placed
        else:
            self._placed.pop(item.id, None)
        return Turn(gone, come, newest=after[-1] is mine)

    # -- what lies far back ----------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._versions)

    def edge(self, keep: int) -> datetime:
        """Return an instant since which no more than about `keep` items became known."""
        newest = sorted(max(v.known for v in versions) for versions in self._versions.values())
        return newest[-min(keep, len(newest))]

    def let_go(self, before: datetime) -> None:
        """Forget the items of which every version became known before an instant."""
        for item in [i for i, versions in self._versions.items() if all(v.known < before for v in versions)]:
            del self._versions[item]
            self._placed.pop(item, None)

    def learn(self, item: str, entries: Iterable[Entry], read: Read) -> None:
        """Take back the versions of an item that were let go: their evidence stands where it stood."""
        if found := _ranked(_version(entry, read) for entry in entries):
            self.restore(item, found)

    def restore(self, item: str, versions: tuple[Version, ...]) -> tuple[tuple[str, Batch], ...]:
        """Know an item's versions, whose evidence is in its places already; return which evidence is where."""
        self._versions[item] = versions
        found = batches(item, versions)
        if found:
            self._placed[item] = tuple((code, batch.key) for code, batch in found)
        return found

    def recalling(self, code: str) -> Recalling:
        """Return what takes entries again and says what they say of one place; what is known now stands for them."""
        return Recalling(code, dict(self._versions))

    def items(self) -> Iterator[tuple[str, tuple[Version, ...]]]:
        """Yield every item with its versions."""
        yield from self._versions.items()


class Recalling:
    """What items say of one place, read once more."""

    def __init__(self, code: str, known: Mapping[str, tuple[Version, ...]]) -> None:
        self._code = code
        self._known = known
        self._told: dict[str, dict[tuple[int, bool], Version]] = {}

    def take(self, entry: Entry, read: Read) -> None:
        """Take one version of an item; the same once more is no harm."""
        its = self._told.setdefault(entry.item.id, {})
        if entry.item.id not in self._known:
            found = _version(entry, read)
            here = tuple(e for e in found.evidence if e.place.code == self._code)  # a place's whole past is long
            its[found.rank] = replace(found, evidence=here)

    def batches(self) -> list[Batch]:
        """Return everything that was taken as the place's evidence."""
        every = {item: self._known.get(item) or _ranked(its.values()) for item, its in self._told.items()}
        return [batch for item, its in every.items() for place, batch in batches(item, its) if place == self._code]


def _version(entry: Entry, read: Read) -> Version:
    item = entry.item
    return Version(item.revision, item.withdrawn, entry.known, () if item.withdrawn else read(entry))


def _ranked(versions: Iterable[Version]) -> tuple[Version, ...]:
    return tuple(sorted(versions, key=lambda v: v.rank))


def batches(item: str, versions: Sequence[Version]) -> tuple[tuple[str, Batch], ...]:
    """Return the newest version's evidence by place and by when it could first be known."""
    newest = versions[-1]
    found: dict[tuple[str, datetime], list[Evidence]] = {}
    for evidence in newest.evidence:
        known = newest.known
        if len(versions) > 1:
            sign = _sign(evidence)
            known = min(v.known for v in versions if any(_sign(e) == sign for e in v.evidence))
        if known != evidence.known:
            evidence = replace(evidence, known=known)
        found.setdefault((evidence.place.code, known), []).append(evidence)
    return tuple((code, Batch((known, item), tuple(bits))) for (code, known), bits in found.items())


def _sign(evidence: Evidence) -> tuple[object, ...]:
    """Two versions say the same where these are equal."""
    e = evidence
    return (e.kind, e.place.code, e.site, e.gain, e.basis, e.firm, e.level, e.aside)
