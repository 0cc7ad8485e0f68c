"""Transitions in, drafts of alerts out: a place changes hands, gets surer, is disputed, comes under pressure.

One change is one alert: its fingerprint is the place, the new holder and the day, and a surer or a disputed basis is an
update of it. What the picture no longer says (late news of an older change) is not told. It must not know events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from sitmon.alert import grades
from sitmon.alert.draft import Draft, Refusal, name_of
from sitmon.alert.memory import Memory, fingerprint, stem
from sitmon.alert.settings import Settings
from sitmon.alert.wording import Wording
from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.picture import Picture, SiteStatus, Status, Transition
from sitmon.model.terms import Holder, Pressure, SiteKind, StatusBasis

LEVELS: tuple[Pressure, ...] = ("none", "fighting_near", "surrounded", "fighting_inside")
_CERTAIN: frozenset[StatusBasis] = frozenset({"confirmed", "conceded", "override"})


def drafts(
    entry: Entry,
    transitions: Sequence[Transition],
    picture: Picture,
    area: Area,
    settings: Settings,
    memory: Memory,
    wording: Wording,
) -> Iterator[Draft | Refusal]:
    """Yield an alert, or the reason for none, for each transition that an entry made; the newest of a place decides."""
    newest: dict[tuple[str, str | None], Transition] = {}
    for row in transitions:
        newest[row.place.code, row.site] = row
    room = _Room(entry, picture, area, settings, memory, wording)
    for rows in _grouped(newest.values()):
        row, status = rows[0], picture.statuses.get(rows[0].place.code)
        if status is None:
            continue
        whole = newest.get((row.place.code, None))
        if row.site is not None and whole is not None and whole.moves and whole.to_holder == row.to_holder:
            yield Refusal(f"{row.place.name} {row.site}: inhibited by the change of hands of the whole place")
            continue
        yield from room.status(row, status, also=tuple(r.site for r in rows[1:] if r.site))
        if row.site is None and row.from_pressure != row.to_pressure:
            yield room.pressure(row, status)


def _grouped(rows: Iterable[Transition]) -> Iterator[list[Transition]]:
    """Yield what is told as one: each place by itself, its sites together that an item gives to one side."""
    sites: dict[tuple[str, str, str], list[Transition]] = {}
    for row in rows:
        if row.site is None or not row.moves:
            yield [row]
        else:
            sites.setdefault((row.place.code, row.to_holder, row.to_basis), []).append(row)
    yield from sites.values()


class _Room:
    """One entry's transitions, with all that is needed to judge them."""

    def __init__(
        self, entry: Entry, picture: Picture, area: Area, settings: Settings, memory: Memory, wording: Wording
    ) -> None:
        self._entry = entry
        self._picture = picture
        self._area = area
        self._settings = settings
        self._memory = memory
        self._wording = wording

    def status(self, row: Transition, status: Status, also: tuple[SiteKind, ...] = ()) -> Iterator[Draft | Refusal]:
        """Yield the alert of a new holder or basis."""
        if (row.from_holder, row.from_basis) == (row.to_holder, row.to_basis):
            return
        shown: Status | SiteStatus | None = status
        if row.site is not None:
            shown = next((s for s in status.sites if s.site == row.site), None)
        where = f"{row.place.name} {row.site or ''}".strip()
        retraction = row.rule == "retraction"
        if not retraction and (shown is None or (shown.holder, shown.basis) != (row.to_holder, row.to_basis)):
            yield Refusal(f"{where}: late news of a status that the picture no longer shows")
            return
        gain = _gain(row, status)
        name = fingerprint("status", row.place.code, row.site, gain, self._day(row, gain))
        told = self._memory.latest(f"status|{row.place.code}|{row.site or ''}")
        if told is not None and stem(told.fingerprint) == stem(name) and told.state != "resolved":
            yield self._update(row, status, told, where)
            return
        name = self._memory.unused(name)
        if not row.moves and row.from_basis == "assumed" and not self._retaken(row):
            yield Refusal(f"{where}: held as before, by {row.to_holder}")
            return
        if not row.moves and row.from_basis != "assumed":
            yield Refusal(f"{where}: {row.from_basis} became {row.to_basis}, and the change itself was never told")
            return
        yield self._draft(row, status, name, updates=None, why="first word of this change", also=also)

    def _update(self, row: Transition, status: Status, told: Alert, where: str) -> Draft | Refusal:
        was, now = told.basis or "assumed", row.to_basis
        if (told.event_type == "clash") != (row.to_holder == "contested"):
            change = "it is contested" if row.to_holder == "contested" else "it is contested no more"
            return self._draft(row, status, told.fingerprint, updates=told, why=f"update of {told.id}: {change}")
        if was == now:
            return Refusal(f"{where}: same change as {told.id}, still {now}", same=told.id)
        if grades.certainty(was) == grades.certainty(now):
            return Refusal(f"{where}: same change as {told.id}, {now} is no surer than {was}", same=told.id)
        return self._draft(row, status, told.fingerprint, updates=told, why=f"update of {told.id}: {was} became {now}")

    def _draft(
        self,
        row: Transition,
        status: Status,
        name: str,
        *,
        updates: Alert | None,
        why: str,
        also: tuple[SiteKind, ...] = (),
    ) -> Draft:
        entry = self._entry
        capital = self._capital(row.place.code)
        age = grades.age_of(entry.item.published, entry.known) or timedelta(0)
        reports = [r for r in entry.verdict.reports if r.id in row.evidence]
        kind = "retaken" if row.to_holder == "government" else "captured"
        moved = row.moves or updates is not None
        alert = Alert(
            id=name_of(name, row.to_basis, entry.item.id),
            fingerprint=name,
            time=entry.known,
            kind="status",
            title=self._wording.status_title(status, row, also),
            reason=self._wording.status_reason(row, entry),
            severity=grades.status_severity(
                capital=capital, site=row.site is not None, moved=moved, basis=row.to_basis
            ),
            urgency=grades.urgency(age),
            certainty=grades.certainty(row.to_basis),
            event_type="clash" if row.to_holder == "contested" else kind,
            place=row.place,
            basis=row.to_basis,
            origins=row.origins,
            reports=row.evidence,
            url=entry.item.url,
            updates=updates.id if updates else None,
        )
        return Draft(
            alert,
            why,
            names=frozenset(
                (alert.event_type or "", *(r.event_type for r in reports), *(t for r in reports for t in r.tags))
            ),
            sides=frozenset(r.source_side for r in reports if r.source_side),
            bases=frozenset((row.to_basis, *(r.basis for r in reports if r.basis))),
        )

    def pressure(self, row: Transition, status: Status) -> Draft | Refusal:
        """Return the alert of a capital that comes under more pressure."""
        entry, settings, where = self._entry, self._settings, row.place.name
        level = row.to_pressure
        if not self._capital(row.place.code):
            return Refusal(f"{where}: {level}, but it is no capital")
        if status.pressure != level or LEVELS.index(level) <= LEVELS.index(row.from_pressure):
            return Refusal(f"{where}: the pressure did not rise")
        if LEVELS.index(level) < LEVELS.index(settings.pressure_from):
            return Refusal(f"{where}: {level} is below the desk's floor of {settings.pressure_from}")
        if row.moves:
            return Refusal(f"{where}: inhibited by the change of hands that the same item tells of")
        if status.holder == "insurgent" and status.basis in _CERTAIN:
            told = self._memory.latest(f"status|{row.place.code}|")
            return Refusal(f"{where}: inhibited by {told.id if told else 'its capture'}, which is {status.basis}")
        before = self._memory.latest(f"pressure|{row.place.code}|")
        if before is not None and entry.known - before.time <= settings.window and before.state != "resolved":
            if LEVELS.index(level) <= LEVELS.index(_level_of(before)):
                return Refusal(f"{where}: same pressure as {before.id}", same=before.id)
            name, updates = before.fingerprint, before
        else:
            name, updates = fingerprint("pressure", row.place.code, None, "rising", _day_of(row)), None
        reports = [r for r in entry.verdict.reports if r.id in row.evidence]
        age = grades.age_of(entry.item.published, entry.known) or timedelta(0)
        alert = Alert(
            id=name_of(name, level, entry.item.id),
            fingerprint=name,
            time=entry.known,
            kind="status",
            title=self._wording.pressure_title(row),
            reason=self._wording.pressure_reason(row, entry),
            severity=grades.pressure_severity(level),
            urgency="Expected" if level != "fighting_inside" and age < timedelta(hours=24) else grades.urgency(age),
            certainty=grades.certainty(next((r.basis for r in reports if r.basis), "reported")),
            event_type="clash",
            place=row.place,
            basis=status.basis,
            origins=1,
            reports=row.evidence,
            url=entry.item.url,
            updates=updates.id if updates else None,
        )
        return Draft(
            alert,
            f"update of {updates.id}: it rose" if updates else "the pressure on a capital rose",
            names=frozenset((*(r.event_type for r in reports), *(t for r in reports for t in r.tags))),
            sides=frozenset(r.source_side for r in reports if r.source_side),
            bases=frozenset(r.basis for r in reports if r.basis),
        )

    def _capital(self, code: str) -> bool:
        place = self._area.places.get(code)
        return place is not None and place.capital

    def _retaken(self, row: Transition) -> bool:
        """Whether somebody says that the place changed hands, though the desk never heard that it was lost."""
        return row.site is None and any(
            r.id in row.evidence and r.event_type in ("retaken", "captured") for r in self._entry.verdict.reports
        )

    def _day(self, row: Transition, gain: Holder) -> str:
        """Return the day of a change: that of the row in the picture which gave the place to its holder."""
        for past in reversed(self._picture.history(row.place.code)):
            if past.site == row.site and past.to_holder == gain and past.moves:
                return _day_of(past)
        return _day_of(row)


def _gain(row: Transition, status: Status) -> Holder:
    """Return the side whose gain a row is about: of a contested place, the one that claims it."""
    if row.to_holder != "contested":
        return row.to_holder
    return "government" if status.previous == "insurgent" else "insurgent"


def _day_of(row: Transition) -> str:
    return row.event_time or f"{row.known:%Y-%m-%d}"


def _level_of(alert: Alert) -> Pressure:
    """Return the pressure that an alert told of: its severity names it."""
    return next((lv for lv in LEVELS if grades.pressure_severity(lv) == alert.severity), "fighting_inside")
