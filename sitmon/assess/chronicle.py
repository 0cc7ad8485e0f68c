"""One place's evidence in, its transitions and status out, in whatever order the evidence arrives.

The evidence of each item is one batch, kept sorted by the knowledge clock. A batch at the end is one step. One that
arrives late, changes or leaves has everything after it derived again, from the nearest snapshot before it. It must not
know other places, nor the present time.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitmon.assess import rules
from sitmon.assess.change import Change
from sitmon.assess.evidence import LEVELS, Evidence
from sitmon.assess.holding import Holding, Stand
from sitmon.assess.thresholds import Thresholds
from sitmon.model.picture import SiteStatus, Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.terms import Holder, SiteKind

BatchKey = tuple[datetime, str]
_SNAPSHOT_EVERY = 32
_SNAPSHOTS = 24
_ROW_EVIDENCE = 12
_STATUS_EVIDENCE = 40

Trace = Callable[[Evidence, str], None]
"""Told of each piece of evidence and what it did."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one item says of the place. `key` is (known, item id)."""

    key: BatchKey
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class _Snapshot:
    steps: int
    rows: int
    halls: dict[SiteKind | None, Holding]


class Chronicle:
    """The history of one place and its sites."""

    def __init__(self, place: PlaceRef, baseline: Holder, numbers: Thresholds) -> None:
        self.place = place
        self.baseline = baseline
        self._numbers = numbers
        self._batches: list[Batch] = []
        self._keys: list[BatchKey] = []
        self._rows: list[Transition] = []
        self._halls: dict[SiteKind | None, Holding] = {None: Holding(baseline, numbers)}
        self._snapshots: list[_Snapshot] = [_Snapshot(0, 0, self._copied())]
        self._done = 0
        self._status: Status | None = None

    # -- in --------------------------------------------------------------------------------------------------------

    def put(self, batch: Batch) -> None:
        """Add an item's evidence at its place in the knowledge order."""
        at = bisect_left(self._keys, batch.key)
        idle = at < self._done and self._idle(batch, at)
        self._keys.insert(at, batch.key)
        self._batches.insert(at, batch)
        if idle:
            self._slip_in(batch, at)
        else:
            self._forget(at)

    def drop(self, key: BatchKey) -> None:
        """Take an item's evidence out again, as if it had never come."""
        at = bisect_left(self._keys, key)
        if at < len(self._keys) and self._keys[at] == key:
            del self._keys[at], self._batches[at]
            self._forget(at)

    def _idle(self, batch: Batch, at: int) -> bool:
        """Whether a late batch only repeats what was told of fighting: then nothing after it has to be derived anew."""
        bearing = [e for e in batch.evidence if e.aside is None]
        if any(e.kind != "pressure" for e in bearing):
            return False
        good = next(s for s in reversed(self._snapshots) if s.steps <= at)
        twin = Chronicle(self.place, self.baseline, self._numbers)
        twin._halls = {site: hall.copy() for site, hall in good.halls.items()}
        for earlier in self._batches[good.steps : at]:
            twin._step(earlier)
        return all(twin._halls[None].idle(e) for e in bearing)

    def _slip_in(self, batch: Batch, at: int) -> None:
        told = max((e.told for e in batch.evidence if e.aside is None), default=None)
        later = [s for s in self._snapshots if s.steps > at]
        for snapshot in later:
            snapshot.steps += 1
        self._done += 1
        self._status = None
        if told is not None:
            for halls in (self._halls, *(s.halls for s in later)):
                halls[None].heard(told)

    def _forget(self, at: int) -> None:
        """Go back to the newest snapshot that saw nothing from batch `at` on."""
        self._status = None
        if at >= self._done:
            return
        while self._snapshots[-1].steps > at:
            self._snapshots.pop()
        good = self._snapshots[-1]
        self._halls = {site: hall.copy() for site, hall in good.halls.items()}
        del self._rows[good.rows :]
        self._done = good.steps

    def settle(self) -> None:
        """Derive what is not derived yet."""
        while self._done < len(self._batches):
            self._step(self._batches[self._done])
            self._done += 1
            if self._done - self._snapshots[-1].steps >= _SNAPSHOT_EVERY:
                self._snapshots.append(_Snapshot(self._done, len(self._rows), self._copied()))
                if len(self._snapshots) > _SNAPSHOTS:
                    half = len(self._snapshots) // 2  # late news is mostly little late: the old ones may lie apart
                    self._snapshots[1:half] = self._snapshots[2:half:2]

    def _copied(self) -> dict[SiteKind | None, Holding]:
        return {site: hall.copy() for site, hall in self._halls.items()}

    def _step(self, batch: Batch, trace: Trace | None = None) -> None:
        sites = {e.site for e in batch.evidence if e.aside is None}
        for site in sites - set(self._halls):
            self._halls[site] = Holding(self.baseline, self._numbers)
        before = {site: self._halls[site].stand for site in sites}
        for found in batch.evidence:
            did = self._halls[found.site].step(found) if found.aside is None else str(found.aside)
            if trace is not None:
                trace(found, did)
        for site in sorted(sites, key=lambda s: s or ""):
            hall = self._halls[site]
            if hall.stand is before[site]:
                continue
            row = self._row(batch, site, before[site], hall)
            if row is not None:
                self._rows.append(row)
                if row.moves or row.from_basis == "assumed":
                    hall.known_since = row.known

    def _row(self, batch: Batch, site: SiteKind | None, before: Stand, hall: Holding) -> Transition | None:
        after = hall.stand
        if (before.holder, before.basis, before.pressure) == (after.holder, after.basis, after.pressure):
            return None
        change = hall.current
        ids = [e.report for e in batch.evidence if e.site == site and e.aside is None]
        held = (before.holder, before.basis) == (after.holder, after.basis)
        if held:
            rule = rules.PRESSURE
            ids = [e.report for e in batch.evidence if e.kind == "pressure"] or ids
        else:
            rule = rules.SITES if site is not None else self._why(batch, before, hall)
            ids += [i for i in (change.evidence if change else ()) if i not in ids]
        evidence = tuple(ids[:_ROW_EVIDENCE])
        event_day = self._event_day(batch, change, held=held)
        row = Transition(
            id="",
            place=self.place,
            site=site,
            from_holder=before.holder,
            to_holder=after.holder,
            from_basis=before.basis,
            to_basis=after.basis,
            event_time=event_day,
            known=batch.key[0],
            evidence=evidence,
            rule=rule,
            confidence=change.confidence if change else self._numbers.weight_assumed,
            origins=change.origins if change else 0,
            from_pressure=before.pressure,
            to_pressure=after.pressure,
        )
        return _named(row, batch.key[1])

    @staticmethod
    def _why(batch: Batch, before: Stand, hall: Holding) -> str:
        """Return the rule that made the difference; of a claim that fell, the one by which it fell."""
        after = hall.stand
        if after.holder != before.holder and any(e.kind == "denial" for e in batch.evidence):
            fallen = next((c for c in reversed(hall.changes) if c.verdict.basis is None and c.deniers), None)
            if fallen is not None:
                return fallen.verdict.rule
        return after.rule

    @staticmethod
    def _event_day(batch: Batch, change: Change | None, *, held: bool) -> str | None:
        if change is not None and not held:
            return change.day.isoformat()
        days = [e.moment.day for e in batch.evidence if e.moment is not None and e.aside is None]
        return max(days).isoformat() if days else None

    # -- out -------------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[Transition]:
        """The transitions of the place and its sites, in the order of the knowledge clock."""
        self.settle()
        return self._rows

    @property
    def holding(self) -> Holding:
        """How the place itself stands."""
        self.settle()
        return self._halls[None]

    @property
    def sites(self) -> dict[SiteKind, Holding]:
        """How its sites stand, those that anybody told of."""
        self.settle()
        return {site: hall for site, hall in sorted(self._halls.items(), key=lambda p: p[0] or "") if site is not None}

    @property
    def batches(self) -> Sequence[Batch]:
        """Everything that was said of the place, in the order of the knowledge clock."""
        return self._batches

    @property
    def told(self) -> bool:
        """Whether anything that bears on the place or a site of it was ever said."""
        self.settle()
        return any(hall.last_evidence is not None for hall in self._halls.values())

    def retrace(self, trace: Trace) -> None:
        """Derive the place from nothing and tell what each piece of evidence did; changes nothing here."""
        twin = Chronicle(self.place, self.baseline, self._numbers)
        for batch in self._batches:
            twin._step(batch, trace)

    def status(self) -> Status:
        """Return the status with the confidence that it had when its last evidence came."""
        if self._status is None or self._done < len(self._batches):
            self.settle()
            self._status = self._build()
        return self._status

    def _build(self) -> Status:
        hall = self._halls[None]
        stand, change = hall.stand, hall.current
        sites = tuple(self._site(site, hall) for site, hall in self.sites.items() if hall.current is not None)
        if change is None:
            return Status(
                place=self.place,
                holder=stand.holder,
                basis=stand.basis,
                pressure=stand.pressure,
                last_evidence=hall.last_evidence,
                confidence=self._numbers.weight_assumed,
                sites=sites,
                rule=stand.rule,
                disputed_by=(),
                last_fighting=hall.last_fighting,
            )
        scope = change.scope
        if scope == "whole" and any(s.holder not in (change.gain, "unknown") for s in sites):
            scope = "most"
        return Status(
            place=self.place,
            holder=stand.holder,
            basis=stand.basis,
            scope=scope,
            pressure=stand.pressure,
            since=change.day.isoformat(),
            known_since=hall.known_since,
            last_evidence=hall.last_evidence,
            confidence=change.confidence,
            origins=change.origins,
            previous=hall.previous,
            disputed_by=change.contradicted_by,
            sites=sites,
            evidence=change.evidence[:_STATUS_EVIDENCE],
            rule=stand.rule,
            last_fighting=hall.last_fighting,
        )

    @staticmethod
    def _site(site: SiteKind, hall: Holding) -> SiteStatus:
        stand, change = hall.stand, hall.current
        evidence = change.evidence[:_ROW_EVIDENCE] if change else ()
        return SiteStatus(site, stand.holder, stand.basis, hall.known_since, evidence)


def _named(row: Transition, item: str) -> Transition:
    """Return the row with its id: the same on every machine, whatever came in which order."""
    parts = (
        row.place.code,
        row.site or "",
        f"{row.from_holder}>{row.to_holder}",
        f"{row.from_basis}>{row.to_basis}",
        f"{LEVELS.index(row.from_pressure)}>{LEVELS.index(row.to_pressure)}",
        row.rule,
        row.known.isoformat(),
        item,
    )
    digest = hashlib.blake2b("|".join(parts).encode(), digest_size=8).hexdigest()
    return Transition(
        digest,
        row.place,
        row.site,
        row.from_holder,
        row.to_holder,
        row.from_basis,
        row.to_basis,
        row.event_time,
        row.known,
        row.evidence,
        row.rule,
        row.confidence,
        row.origins,
        row.from_pressure,
        row.to_pressure,
    )
