"""One place's evidence in, its transitions and status out, in whatever order the evidence arrives.

The evidence of each item is one batch, kept sorted by the knowledge clock. A batch at the end is one step. One that
arrives late, changes or leaves has everything after it derived again, from the nearest snapshot before it. What lies
behind a horizon may be let go; what would need it then raises LetGoError, until it has been recalled. It must not know
other places, nor the present time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sitmon.assess import transitions
from sitmon.assess.change import Change, LetGoError
from sitmon.assess.evidence import Evidence
from sitmon.assess.holding import Hall, Holding
from sitmon.assess.thresholds import Thresholds
from sitmon.assess.transitions import Batch, BatchKey
from sitmon.model.picture import SiteStatus, Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.terms import Holder, SiteKind

_SNAPSHOT_EVERY = 32
_SNAPSHOTS = 24
_STATUS_EVIDENCE = 40
_ROWS = 64
"""So many rows from behind the horizon stay."""
_SPARE = 8
"""So many of the newest changes stay whole behind the horizon: late news and denials reach back to them."""

Trace = Callable[[Evidence, str], None]
"""Told of each piece of evidence and what it did."""


@dataclass(slots=True)
class _Snapshot:
    steps: int
    rows: int
    halls: dict[SiteKind | None, Holding]


@dataclass(frozen=True, slots=True)
class Stage:
    """How a place and its sites stand after some steps, as plain values."""

    steps: int
    rows: int
    sites: tuple[SiteKind | None, ...]
    halls: tuple[Hall, ...]


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
        self.horizon: datetime | None = None
        """What became known before is let go; None where nothing is."""
        self.gone = 0
        """So many batches are let go."""

    # -- in --------------------------------------------------------------------------------------------------------

    def put(self, batch: Batch) -> None:
        """Add an item's evidence at its place in the knowledge order; once. Raises LetGoError."""
        at = self._find(batch.key)
        if at < len(self._keys) and self._keys[at] == batch.key:
            return
        idle = at < self._done and self._idle(batch, at)
        self._keys.insert(at, batch.key)
        self._batches.insert(at, batch)
        if idle:
            self._slip_in(batch, at)
        else:
            self._forget(at)

    def drop(self, key: BatchKey) -> None:
        """Take an item's evidence out again, as if it had never come. Raises LetGoError."""
        at = self._find(key)
        if at < len(self._keys) and self._keys[at] == key:
            del self._keys[at], self._batches[at]
            self._forget(at)

    def _find(self, key: BatchKey) -> int:
        if self.horizon is not None and key[0] < self.horizon:
            raise LetGoError
        return bisect_left(self._keys, key)

    def _idle(self, batch: Batch, at: int) -> bool:
        """Whether a late batch only repeats what was told of fighting: then nothing after it has to be derived anew."""
        bearing = [e for e in batch.evidence if e.aside is None]
        if any(e.kind != "pressure" for e in bearing):
            return False
        hall = self._stood(at)[None]
        return all(hall.idle(e) for e in bearing)

    def _stood(self, at: int) -> dict[SiteKind | None, Holding]:
        """Return how the place and its sites stood before a batch."""
        good = next(s for s in reversed(self._snapshots) if s.steps <= at)
        twin = Chronicle(self.place, self.baseline, self._numbers)
        twin._halls = {site: hall.copy() for site, hall in good.halls.items()}
        for earlier in self._batches[good.steps : at]:
            twin._step(earlier)
        return twin._halls

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
        """Derive what is not derived yet. Raises LetGoError."""
        while self._done < len(self._batches):
            self._advance()

    def settling(self) -> Iterator[None]:
        """As `settle`, a step at a time; in between, nothing may be asked. Raises LetGoError."""
        while self._done < len(self._batches):
            self._advance()
            yield

    def _advance(self) -> None:
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
            row = transitions.row(self.place, batch, site, before[site], hall)
            if row is not None:
                self._rows.append(row)
                if row.moves or row.from_basis == "assumed":
                    hall.known_since = row.known

    # -- what lies far back ----------------------------------------------------------------------------------------

    def let_go(self, before: datetime) -> None:
        """Forget the evidence that became known before an instant, all but what it amounts to by then.

        Raises LetGoError, and forgets nothing, where that can be told from what is left no more.
        """
        self.settle()
        at = bisect_left(self._keys, (before, ""))
        if at:
            rows = bisect_left(self._rows, before, key=lambda row: row.known)
            kept = min(rows, _ROWS)
            base = _Snapshot(0, kept, self._stood(at))
            later = [_Snapshot(s.steps - at, s.rows - rows + kept, s.halls) for s in self._snapshots if s.steps > at]
            self._snapshots = [base, *later]
            del self._keys[:at], self._batches[:at], self._rows[: rows - kept]
            self._done -= at
            self.gone += at
            self._close(before)
        if at or self.horizon is not None:
            self.horizon = before

    def _close(self, before: datetime) -> None:
        """Let changes go that nobody has told of since an instant, but for the newest and the ones believed.

        Only those of the present: a change that a snapshot knew in another state is needed to derive from there.
        """
        halls = [h for s in (*self._snapshots, _Snapshot(0, 0, self._halls)) for h in s.halls.values()]
        believed = {id(hall.current) for hall in halls}
        for hall in self._halls.values():
            spared = believed | {id(change) for change in hall.changes[-_SPARE:]}
            for change in hall.changes:
                if change.closed is None:
                    change.let_go(before, close=id(change) not in spared)

    def recall(self, batches: Sequence[Batch]) -> None:
        """Take back what was let go, and derive the place from nothing. `batches` may hold what is known anyway."""
        known = dict(zip(self._keys, self._batches, strict=True))
        old = {b.key: b for b in batches if self.horizon is not None and b.key[0] < self.horizon}
        every = sorted({**old, **known}.items())
        self.horizon, self.gone, self._status = None, 0, None
        self._keys, self._batches = [key for key, _ in every], [batch for _, batch in every]
        self._rows, self._done = [], 0
        self._halls = {None: Holding(self.baseline, self._numbers)}
        self._snapshots = [_Snapshot(0, 0, self._copied())]

    def apart(self) -> Chronicle:
        """Return the place as it stands, to be derived and recalled beside this one: neither alters the other."""
        self.settle()
        twin = Chronicle(self.place, self.baseline, self._numbers)
        base = self._snapshots[0]
        first = {site: hall.copy() for site, hall in base.halls.items()}
        twin._snapshots = [_Snapshot(base.steps, base.rows, first)]
        twin._keys, twin._batches, twin._rows = list(self._keys), list(self._batches), list(self._rows)
        twin._halls, twin._done, twin._status = self._copied(), self._done, self._status
        twin.horizon, twin.gone = self.horizon, self.gone
        return twin

    def stages(self, number: Callable[[Change], int]) -> tuple[Stage, Stage]:
        """Return how the place stood at the horizon, and how it stands now."""
        self.settle()
        first = self._snapshots[0]
        now = _Snapshot(self._done, len(self._rows), self._halls)
        found = (
            Stage(s.steps, s.rows, tuple(s.halls), tuple(h.kept(number) for h in s.halls.values()))
            for s in (first, now)
        )
        return next(found), next(found)

    def restore(
        self,
        stages: Sequence[Stage],
        changes: Sequence[Change],
        rows: Sequence[Transition],
        batches: Sequence[Batch],
        horizon: datetime | None,
    ) -> None:
        """Become what `stages` were taken of. Raises ValueError where they are not of these batches and rows."""
        if len(stages) != 2 or stages[0].steps or stages[1].steps != len(batches) or stages[1].rows != len(rows):
            raise ValueError(f"{self.place.code}: stages that are not of its evidence")
        first, now = (
            {
                site: Holding.restored(kept, changes, self.baseline, self._numbers)
                for site, kept in zip(stage.sites, stage.halls, strict=True)
            }
            for stage in stages
        )
        if None not in first or None not in now:
            raise ValueError(f"{self.place.code}: a stage without the place itself")
        self._keys, self._batches, self._rows = [b.key for b in batches], list(batches), list(rows)
        self._snapshots = [_Snapshot(0, stages[0].rows, first)]
        self._halls, self._done = now, len(batches)
        if self._done:
            self._snapshots.append(_Snapshot(self._done, len(rows), self._copied()))
        self.horizon = horizon

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

    def retracing(self, trace: Trace) -> Iterator[None]:
        """Derive the place again, from the horizon on, a step at a time; tell what each piece of evidence did."""
        twin = Chronicle(self.place, self.baseline, self._numbers)
        twin._halls = {site: hall.copy() for site, hall in self._snapshots[0].halls.items()}
        for batch in self._batches:
            twin._step(batch, trace)
            yield

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
        evidence = change.evidence[: transitions.MOST_EVIDENCE] if change else ()
        return SiteStatus(site, stand.holder, stand.basis, hall.known_since, evidence)
