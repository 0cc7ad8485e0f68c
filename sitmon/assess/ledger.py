"""Entries and marks in, pictures out: the control ledger of an area, kept up to date one entry at a time.

What it says depends on the set of entries alone: any order of arrival and any batching give the picture that a fold
from nothing gives, and an item that was withdrawn leaves no trace. A ledger that `forgets` lets go of what lies far
back, and asks for it where it is needed (`asking.py`). It must not read the clock, read, store or print anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon.area import Area
from sitmon.assess import frozen, records, rules, thresholds, why
from sitmon.assess.ageing import confidence_at, faded
from sitmon.assess.asking import OfItem, OfPlace, Work, breathing, done
from sitmon.assess.change import Change, LetGoError
from sitmon.assess.chronicle import Chronicle
from sitmon.assess.coverage import Coverage
from sitmon.assess.evidence import Evidence, Reader
from sitmon.assess.incidents import Incidents
from sitmon.assess.overrides import Overrides
from sitmon.assess.rows import Before, Rows, order
from sitmon.assess.tellings import Traits
from sitmon.assess.transitions import BatchKey
from sitmon.assess.versions import Versions
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture, Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.terms import SiteKind

KEEP = 12_000
"""So many of the newest items that report something stay in memory as they are."""
_INCIDENTS = timedelta(days=5)
"""Incidents of the newest days stay; no alert looks further back."""
_BUSY, _TELLINGS = timedelta(days=3), 20_000
"""Where these are of more accounts than this, only those of so many days."""


class Ledger:
    """Who holds what, on whose word, since when."""

    def __init__(self, area: Area, *, as_of: datetime | None = None, forgets: bool = False) -> None:
        """Begin with the area's baseline. With `as_of`, only what had certainly happened by then counts.

        One that `forgets` keeps its memory bounded by `letting_go`; its work may want entries again.
        """
        self._forgets = forgets
        self._horizon: datetime | None = None
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
        self._incidents = Incidents(self._reader, Traits(area.incidents))
        self.coverage = Coverage()
        """Who tells of which province, and how much."""
        self._rows = Rows()
        self._unsorted = False
        """Whether places have been derived anew whose rows are not exchanged."""
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
        """Take many entries in one go; as `apply` on each, and faster. For a ledger that keeps everything."""
        return done(self.extending(entries))

    def extending(self, entries: Iterable[Entry]) -> Work[tuple[Transition, ...]]:
        """Take entries, as `extend`; until the work is done, the ledger can be asked nothing."""
        touched: dict[str, Before] = {}
        for entry in entries:
            yield from self._take(entry, touched)
            yield None
        found: list[Transition] = []
        for code in sorted(touched):
            chronicle = yield from self._settled(code, touched)
            before = touched[code]
            rows = {row.id: row for row in chronicle.rows}
            come = [row for name, row in rows.items() if name not in before.rows]
            if not self._unsorted:
                self._rows.exchange(before.rows, rows)
            found += (*come, *before.undone(chronicle.status(), come))
        return tuple(sorted(found, key=order))

    def _take(self, entry: Entry, touched: dict[str, Before]) -> Work[None]:
        item = entry.item
        if self._forgets and self._far_back(entry):
            part = yield OfItem(item.id)
            # The one at hand may be there too: another process's stands in the log before this ledger is told of it.
            rank = (item.revision, item.withdrawn)
            others = [e for e in part.entries if (e.item.revision, e.item.withdrawn) != rank] if part else ()
            self._versions.learn(item.id, others, self._read)
        known = self._versions.known(item.id)
        turn = self._versions.put(entry, self._read)
        if turn is None:
            return
        revised = entry.known if known else None
        for code, key in turn.gone:
            yield from self._touch(code, touched, revised)
            chronicle = yield from self._reached(code, key, touched)
            chronicle.drop(key)
        for code, batch in turn.come:
            self._chronicle(batch.evidence[0].place)
            yield from self._touch(code, touched, revised)
            chronicle = yield from self._reached(code, batch.key, touched)
            try:
                chronicle.put(batch)
            except LetGoError:
                yield from self._recall(code, touched)
                chronicle.put(batch)
        if turn.newest:
            self._incidents.put(entry)
            self.coverage.put(entry)

    def _read(self, entry: Entry) -> tuple[Evidence, ...]:
        found = self._reader.read(entry)
        if self._as_of is None:
            return found
        return tuple(e for e in found if e.moment is None or e.moment.done <= self._as_of)

    def _touch(self, code: str, touched: dict[str, Before], revised: datetime | None) -> Work[None]:
        before = touched.get(code)
        if before is None:
            chronicle = yield from self._settled(code, touched)
            before = touched[code] = Before(chronicle.status(), {r.id: r for r in chronicle.rows})
        before.revised = revised or before.revised

    # -- what lies far back ----------------------------------------------------------------------------------------

    def letting_go(self, keep: int = KEEP) -> Work[bool]:
        """Forget what the log can give again, but for about the `keep` newest items; return whether anything went.

        For a ledger that `forgets` only; the log must hold every entry given so far. Statuses stay exact, and so does
        all that comes: where it needs what was let go, that is asked for. Of the transitions the newest stay.
        """
        if not self._forgets or len(self._versions) <= keep + keep // 4:
            return False
        before = self._versions.edge(keep)
        for code in self._codes:
            chronicle = yield from self._settled(code, {})
            try:
                chronicle.let_go(before)
            except LetGoError:
                yield from self._recall(code, {})
                chronicle.let_go(before)
            yield None
        self._horizon = before if self._horizon is None else max(self._horizon, before)
        self._versions.let_go(before)
        yield None
        newest = self._versions.edge(1)
        crowded = self._incidents.day_of(_TELLINGS, at_most=(newest - _BUSY).date())
        for _ in self._incidents.letting_go(max(min(before, newest - _INCIDENTS).date(), crowded)):
            yield None
        self._sort()
        return True

    def _far_back(self, entry: Entry) -> bool:
        """Whether other versions of an item may have been let go."""
        if self._horizon is None or self._versions.known(entry.item.id):
            return False
        return bool(entry.item.revision) or entry.item.withdrawn or entry.known < self._horizon

    def _reached(self, code: str, key: BatchKey, touched: dict[str, Before]) -> Work[Chronicle]:
        """Return a place's history, which reaches back to a batch."""
        chronicle = self._places[code]
        if chronicle.horizon is not None and key[0] < chronicle.horizon:
            yield from self._recall(code, touched)
        return chronicle

    def _settled(self, code: str, touched: dict[str, Before]) -> Work[Chronicle]:
        """Return a place's history, everything in it derived."""
        chronicle = self._places[code]
        try:
            yield from breathing(chronicle.settling())
            chronicle.status()
        except LetGoError:
            yield from self._recall(code, touched)
        return chronicle

    def _recall(self, code: str, touched: dict[str, Before]) -> Work[None]:
        """Take back everything that was ever said of a place."""
        chronicle = self._places[code]
        horizon = chronicle.horizon
        yield from self._told_again(chronicle)
        if (before := touched.get(code)) is not None and horizon is not None:
            before.rows.update((row.id, row) for row in chronicle.rows if row.known < horizon)
        self._unsorted = True

    def _told_again(self, chronicle: Chronicle) -> Work[None]:
        code = chronicle.place.code
        recalled = self._versions.recalling(code)
        for place in (code, *(site for site, (home, _) in self._homes.items() if home == code)):
            after: int | None = 0
            while after is not None:
                part = yield OfPlace(place, after)
                for entry in part.entries if part else ():
                    recalled.take(entry, self._read)
                    yield None
                after = part.more if part else None
        chronicle.recall(recalled.batches())
        yield from breathing(chronicle.settling())

    def _sort(self) -> None:
        self._rows.fill(row for chronicle in self._places.values() for row in chronicle.rows)
        self._unsorted = False

    # -- kept between two runs -------------------------------------------------------------------------------------

    @property
    def area(self) -> str:
        """The id of its area."""
        return self._area.id

    @property
    def fits(self) -> str:
        """Name all that the state depends on beside the entries and the code: another name's state does not fit."""
        return frozen.fits(self._area, self.numbers, self._as_of)

    def freeze(self) -> Iterator[bytes]:
        """Yield the whole state, part by part, but for the desk's marks; nothing may be taken in between.

        What was recalled is let go again first: a state holds no evidence that its items' versions do not.
        """
        if (horizon := self._horizon) is not None:
            for chronicle in self._places.values():
                if chronicle.horizon is None or chronicle.horizon < horizon:
                    chronicle.let_go(horizon)
        yield from frozen.parts(self._horizon, self._places, self._versions, self._incidents, self.coverage)

    def thaw(self, parts: Iterable[bytes]) -> None:
        """Become what `freeze` gave the parts of: a new ledger only. Raises ValueError where they do not fit.

        A ledger that could not be thawed is to be thrown away.
        """
        rooms = (self._versions, self._incidents, self.coverage)
        self._horizon = frozen.restore(parts, self._chronicle, self.numbers, *rooms)
        if self._horizon is not None and not self._forgets:
            raise ValueError("a state that has let go of what lies far back, for a ledger that keeps everything")
        self._unsorted = True

    # -- the desk's own word ---------------------------------------------------------------------------------------

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
        sure, old = confidence_at(status, now, self.numbers), faded(status, now, self.numbers)
        known = self._shown.get(code)
        if known is None or known[0] is not status or (known[1].confidence, known[1].faded) != (sure, old):
            known = self._shown[code] = (status, replace(status, confidence=sure, faded=old))
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
        if self._unsorted:
            self._sort()
        places = self._overrides.places - self._homes.keys()
        desk = [row for code in places for row in self._desk_rows(code, now)]
        return tuple(sorted((*self._rows.all, *desk), key=order)) if desk else self._rows.all

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
        """Return what became of everybody's claims and denials, those who made most of them first.

        What was let go is not counted: to be asked of a ledger that keeps everything.
        """
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

        `now` ages the status; without it, it is shown as it stood when its last evidence came. For a ledger that keeps
        everything.
        """
        return done(self.explaining(code, now))

    def explaining(self, code: str, now: datetime | None = None) -> Work[why.Why | None]:
        """Return why a place's status is what it is, as `explain`: as of this call, whatever is taken meanwhile.

        The work alters nothing here: others may go on beside it, and it may be left at any point.
        """
        if code not in self._places:
            return breathing(())
        chronicle = self._places[code]
        status = chronicle.status()
        when = now or status.last_evidence
        shown = self._at(status, when) if when else status
        return self._explaining(chronicle.apart(), shown, self._desk_rows(code, when) if when else ())

    def _explaining(self, apart: Chronicle, shown: Status, desk: tuple[Transition, ...]) -> Work[why.Why | None]:
        mine = [s for s in self._area.places.values() if s.parent == apart.place.code and s.site is not None]
        known_sites = tuple(sorted({s.site for s in mine if s.site}))
        try:
            found = yield from self._reasons(apart, known_sites)
        except LetGoError:
            yield from self._told_again(apart)
            found = yield from self._reasons(apart, known_sites)
        return replace(found, status=shown, history=tuple(sorted((*found.history, *desk), key=order)))

    def _reasons(self, chronicle: Chronicle, known_sites: tuple[SiteKind, ...]) -> Work[why.Why]:
        weighed: list[why.Weighed] = []
        yield from breathing(chronicle.retracing(lambda found, did: weighed.append(why.weighed(found, did))))
        return why.explain(chronicle, weighed, self.numbers, known_sites)
