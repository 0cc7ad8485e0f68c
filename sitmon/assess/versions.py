"""Versions of items in, the evidence that counts out: the newest version's, known since it first stood in any.

A corrected item takes with it exactly what rested on its old words; what it still says keeps the time at which the desk
could first know it. A withdrawn one takes everything. Versions may arrive in any order. It must not read any text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sitmon.assess.chronicle import Batch, BatchKey
from sitmon.assess.evidence import Evidence
from sitmon.model.entry import Entry

Placed = tuple[str, BatchKey]


@dataclass(frozen=True, slots=True)
class Turn:
    """What an entry makes different: batches that leave their places, batches that come."""

    gone: tuple[Placed, ...]
    come: tuple[tuple[str, Batch], ...]
    newest: bool
    """Whether the entry is the newest version of its item."""


@dataclass(frozen=True, slots=True)
class _Version:
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
        self._versions: dict[str, tuple[_Version, ...]] = {}
        self._placed: dict[str, tuple[Placed, ...]] = {}

    def known(self, item: str) -> bool:
        """Whether any version of an item is known."""
        return item in self._versions

    def put(self, entry: Entry, read: Callable[[Entry], tuple[Evidence, ...]]) -> Turn | None:
        """Take a version; return what it makes different, None where it was known already."""
        item = entry.item
        before = self._versions.get(item.id, ())
        rank = (item.revision, item.withdrawn)
        same = next((v for v in before if v.rank == rank), None)
        if same is not None and same.known <= entry.known:
            return None
        evidence = () if item.withdrawn else read(entry)
        mine = _Version(item.revision, item.withdrawn, entry.known, evidence)
        after = tuple(sorted((*(v for v in before if v.rank != rank), mine), key=lambda v: v.rank))
        if entry.verdict.reports or item.revision or item.withdrawn or before:
            self._versions[item.id] = after
        come = _batches(item.id, after)
        placed = tuple((code, batch.key) for code, batch in come)
        gone = self._placed.get(item.id, ())
        if placed:
            self._placed[item.id] = placed
        else:
            self._placed.pop(item.id, None)
        return Turn(gone, come, newest=after[-1] is mine)


def _batches(item: str, versions: tuple[_Version, ...]) -> tuple[tuple[str, Batch], ...]:
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
