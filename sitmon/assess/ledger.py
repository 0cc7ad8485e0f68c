"""Entries and marks in, pictures out: the control ledger of an area, kept up to date one entry at a time.

What it says depends on the set of entries alone: any order of arrival and any batching give the picture that a fold
from nothing gives, and an item that was withdrawn leaves no trace. It must not read the clock, store or print anything.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sitmon.area import Area
from sitmon.assess import records, rules, thresholds, why
from sitmon.assess.ageing import confidence_at
from sitmon.assess.change import Change
from sitmon.assess.chronicle import Chronicle
from sitmon.assess.coverage import Coverage
from sitmon.assess.evidence import Evidence, Reader
from sitmon.assess.incidents import Incidents
from sitmon.assess.overrides import Overrides
from sitmon.assess.versions import Versions
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture, Status, Transition
from sitmon.model.place import PlaceRef

_RowKey = tuple[datetime, str, str, str, str]


class Ledger:
    """Who holds what, on whose word, since when."""

    def __init__(self, area: Area, *, as_of: datetime | None = None) -> None:
        """Begin with the area's baseline. With `as_of`, only what had certainly happened by then counts."""
        self.numbers = thresholds.read(area.ledger)
        self._area = area
        self._as_of = as_of
        self._reader = Reader(area, self.numbers)
        self._versions = Versions()
        self._places: dict[str, Chronicle] = {}
        self._homes = {
            p.code: (p.parent, p.site) for p in area.places.values() if p.kind == "site" and p.parent and p.site
        }
        """To which place a named site belongs, and as what: it stands as that place's site does."""
        self._overrides = Overrides(self._homes)
        self._incidents = Incidents(self._reader)
        self.coverage = Coverage()
        """Who tells of which province, and how much."""
        self._index: list[tuple[_RowKey, Transition]] = []
        self._rows: tuple[Transition, ...] | None = None
        self._codes: tuple[str, ...] = ()
        self._capitals = frozenset(p.code for p in area.capitals)
        self._shown: dict[str, tuple[Status, Status]] = {}
        for place in area.capitals:
            self._chronicle(PlaceRef(place.code, place.name, place.kind, place.province))

    # -- in --------------------------------------------------------------------------------------------------------

    def apply(self, entry: Entry) -> tuple[Transition, ...]:
        """Take an entry, a new version of one, or a withdrawal; return the transitions that are new because of it.

        Where a correction or a withdrawal undoes what the picture said, a row with the rule `retraction` tells so; it
        is in no picture, because there the item has never been.
        """
        return self.extend((entry,))

    def extend(self, entries: Iterable[Entry]) -> tuple[Transition, ...]:
        """Take many entries in one go; as `apply` on each, and faster."""
        touched: dict[str, _Before] = {}
        for entry in entries:
            self._take(entry, touched)
        found: list[Transition] = []
        for code in sorted(touched):
            before = touched[code]
            rows = {row.id: row for row in self._places[code].rows}
            come = [row for name, row in rows.items() if name not in before.rows]
            self._reindex([row for name, row in before.rows.items() if rows.get(name) != row], rows, before.rows)
            found += come
            if before.revised is not None:
                found += self._undone(before, self._places[code], come)
        return tuple(sorted(found, key=_row_key))

    def _reindex(self, gone: list[Transition], rows: dict[str, Transition], before: dict[str, Transition]) -> None:
        """Keep the rows of all places in their order: rows that are no more leave, new and altered ones come."""
        for row in gone:
            at = bisect_left(self._index, _row_key(row), key=lambda pair: pair[0])
            del self._index[at]
        for name, row in rows.items():
            if before.get(name) != row:
                insort(self._index, (_row_key(row), row), key=lambda pair: pair[0])
                self._rows = None
        if gone:
            self._rows = None

    def _take(self, entry: Entry, touched: dict[str, _Before]) -> None:
        known = self._versions.known(entry.item.id)
        turn = self._versions.put(entry, self._read)
        if turn is None:
            return
        revised = entry.known if known else None
        for code, key in turn.gone:
            self._touch(code, touched, revised)
            self._places[code].drop(key)
        for code, batch in turn.come:
            self._chronicle(batch.evidence[0].place)
            self._touch(code, touched, revised)
            self._places[code].put(batch)
        if turn.newest:
            self._incidents.put(entry)
            self.coverage.put(entry)

    def _read(self, entry: Entry) -> tuple[Evidence, ...]:
        found = self._reader.read(entry)
        if self._as_of is None:
            return found
        return tuple(e for e in found if e.moment is None or e.moment.done <= self._as_of)

    def _touch(self, code: str, touched: dict[str, _Before], revised: datetime | None) -> None:
        before = touched.get(code)
        if before is None:
            chronicle = self._places[code]
            before = touched[code] = _Before(chronicle.status(), {r.id: r for r in chronicle.rows})
        before.revised = revised or before.revised

    def _undone(self, before: _Before, chronicle: Chronicle, come: list[Transition]) -> tuple[Transition, ...]:
        """Return a row that tells of what a correction undid, where no row of the new history does."""
        was, now = before.status, chronicle.status()
        if (was.holder, was.basis) == (now.holder, now.basis) or before.revised is None:
            return ()
        if any(r.to_holder == now.holder and r.to_basis == now.basis and r.site is None for r in come):
            return ()
        return (
            Transition(
                id=f"retraction-{before.revised:%Y%m%dT%H%M%S}-{was.place.code}-{was.holder}-{now.holder}",
                place=was.place,
                site=None,
                from_holder=was.holder,
                to_holder=now.holder,
                from_basis=was.basis,
                to_basis="retracted" if was.holder != now.holder else now.basis,
                event_time=None,
                known=before.revised,
                evidence=was.evidence,
                rule=rules.RETRACTION,
                confidence=now.confidence,
                origins=now.origins,
                from_pressure=was.pressure,
                to_pressure=now.pressure,
            ),
        )

    def mark(self, mark: Mark) -> tuple[Transition, ...]:
        """Take an officer's mark; return the transitions that it makes. Marks that are none of the ledger's do none."""
        if not self._overrides.put(mark):
            return ()
        code = self._overrides.place_of(mark)
        place = self._area.places.get(code or "")
        if place is None:
            return ()
        for its in (place, self._area.places.get(mark.subject, place)):
            self._chronicle(PlaceRef(its.code, its.name, its.kind, its.province))
        return tuple(row for row in self._desk_rows(place.code, mark.time) if mark.id in row.evidence)

    def _chronicle(self, place: PlaceRef) -> Chronicle:
        found = self._places.get(place.code)
        if found is None:
            baseline = self._area.baseline.get(place.code, self._area.baseline.get("*", "unknown"))
            found = self._places[place.code] = Chronicle(place, baseline, self.numbers)
            self._codes = tuple(sorted(self._places))
        return found

    # -- out -------------------------------------------------------------------------------------------------------

    def picture(self, now: datetime) -> Picture:
        """Return the status of every capital, and of every other place that anybody told of, at `now`."""
        statuses = {code: self._at(self._places[code].status(), now) for code in self._codes if self._watched(code)}
        return Picture(now=now, statuses=statuses, transitions=self._all_rows(now))

    def _watched(self, code: str) -> bool:
        return code in self._capitals or self._places[code].told or code in self._overrides.places

    def status(self, code: str, now: datetime) -> Status | None:
        """Return the status of one place; None where it is no capital and nobody told of it."""
        chronicle = self._places.get(code)
        return self._at(chronicle.status(), now) if chronicle and self._watched(code) else None

    def _at(self, status: Status, now: datetime) -> Status:
        code = status.place.code
        if code in self._homes:
            return self._overrides.over(self._as_site(status), now)
        sure = confidence_at(status, now, self.numbers)
        known = self._shown.get(code)
        if known is None or known[0] is not status or known[1].confidence != sure:
            known = self._shown[code] = (status, replace(status, confidence=sure))
        return self._overrides.over(known[1], now) if code in self._overrides.places else known[1]

    def _as_site(self, status: Status) -> Status:
        """Return the status of a named site as its place has it among its sites."""
        home, kind = self._homes[status.place.code]
        sites = self._places[home].status().sites if home in self._places else ()
        its = next((s for s in sites if s.site == kind), None)
        if its is None:
            return status
        return replace(
            status,
            holder=its.holder,
            basis=its.basis,
            known_since=its.known_since,
            evidence=its.evidence,
            rule=rules.SITES,
        )

    def _all_rows(self, now: datetime) -> tuple[Transition, ...]:
        if self._rows is None:
            self._rows = tuple(row for _, row in self._index)
        places = self._overrides.places - self._homes.keys()
        desk = [row for code in places for row in self._desk_rows(code, now)]
        return tuple(sorted((*self._rows, *desk), key=_row_key)) if desk else self._rows

    def _desk_rows(self, code: str, now: datetime) -> tuple[Transition, ...]:
        own, its = self._places.get(code), self._places.get(self._homes.get(code, (code, None))[0])
        return self._overrides.rows(own.place, its.rows, its.baseline, now) if own and its else ()

    def incidents(self) -> tuple[Incident, ...]:
        """Return everything that happened, by place and time, with the reports that tell of it."""
        return self._incidents.all()

    def incidents_of(self, item: str) -> tuple[Incident, ...]:
        """Return the incidents that an item tells of."""
        return self._incidents.of(item)

    def speakers(self) -> tuple[records.Record, ...]:
        """Return what became of everybody's claims and denials, those who made most of them first."""
        return records.of_speakers(self._changes())

    def sources(self) -> tuple[records.Record, ...]:
        """Return what became of what each source carried."""
        return records.of_sources(self._changes())

    def _changes(self) -> Iterator[Change]:
        for code in self._codes:
            chronicle = self._places[code]
            yield from chronicle.holding.changes
            for hall in chronicle.sites.values():
                yield from hall.changes

    def explain(self, code: str, now: datetime | None = None) -> why.Why | None:
        """Return why a place's status is what it is, derived anew; None where nothing is known of the place.

        `now` ages the status; without it, it is shown as it stood when its last evidence came.
        """
        chronicle = self._places.get(code)
        if chronicle is None:
            return None
        status = chronicle.status()
        when = now or status.last_evidence
        shown = self._at(status, when) if when else status
        mine = [s for s in self._area.places.values() if s.parent == code and s.site is not None]
        found = why.explain(chronicle, self.numbers, known_sites=tuple(sorted({s.site for s in mine if s.site})))
        desk = self._desk_rows(code, when) if when else ()
        return replace(found, status=shown, history=tuple(sorted((*found.history, *desk), key=_row_key)))


class _Before:
    """How a place stood before an entry came."""

    __slots__ = ("revised", "rows", "status")

    def __init__(self, status: Status, rows: dict[str, Transition]) -> None:
        self.status = status
        self.rows = rows
        self.revised: datetime | None = None


def _row_key(row: Transition) -> _RowKey:
    """Return the order of rows: that of the entries which made them, known at one moment or not."""
    item = row.evidence[0].rpartition("#")[0] if row.evidence else ""
    return (row.known, row.place.code, item, row.site or "", row.id)
