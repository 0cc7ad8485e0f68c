"""A period of the log in, the situation report of it out, as plain data; `sitrep_text` writes it down.

Numbers carry their claimant, changes their evidence, everything its time; words are neutral. It judges nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture, Status, Transition
from sitmon.model.quote import Quote
from sitmon.model.report import Count, Report
from sitmon.model.source import PollState
from sitmon.model.terms import MOVING, TERRITORY, Holder
from sitmon.views import wording
from sitmon.views.export.jsonl import alert_of, place_of, quote_of, status_of, time_of, transition_of

QUOTES = 30
"""Statements shown at most, the newest; the log holds the rest."""
BACKGROUND = timedelta(days=7)
"""What happened so long before the period is background to what is told in it."""
INCIDENTS = 60
"""Incidents shown at most, those with the most dead first."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a situation report is made of."""

    area: Area
    since: datetime
    until: datetime
    window: timedelta
    """What is older is history, no more the situation."""
    now: Picture
    incidents: tuple[Incident, ...]
    entries: tuple[Entry, ...]
    """All that was known at its end, oldest first."""
    alerts: tuple[Alert, ...]
    """In their present state."""
    marks: tuple[Mark, ...]
    polls: tuple[PollState, ...]
    officer: str
    number: int

    def has(self, moment: datetime) -> bool:
        """Whether a moment lies in the period."""
        return self.since < moment <= self.until


def record(period: Period) -> dict[str, Any]:
    """Return the report as plain data: the JSON form, and what the other forms are written from."""
    capitals = [period.now.statuses[p.code] for p in period.area.capitals if p.code in period.now.statuses]
    held = Counter(status.holder for status in capitals)
    fresh = [entry for entry in period.entries if period.has(entry.known)]
    changes = [t for t in period.now.transitions if period.has(t.known)]
    open_alerts = [a for a in period.alerts if a.state == "active" and a.time <= period.until]
    statements = list(_statements(fresh, period.area))
    return {
        "number": period.number,
        "area": period.area.name,
        "since": time_of(period.since),
        "until": time_of(period.until),
        "window_h": round(period.window.total_seconds() / 3600, 1),
        "prepared_by": period.officer,
        "handed_over": _handover(period),
        "items": len(fresh),
        "capitals": {holder: held[holder] for holder in sorted(held)},
        "held_by": {side(holder, period.area): held[holder] for holder in sorted(held)},
        "changes": [
            transition_of(t) | {"text": change(t, period.area, again=_is_again(t, period.now.transitions))}
            for t in changes
        ],
        "grave": [alert_of(a) for a in period.alerts if period.has(a.time) and _is_grave(a)],
        "disputes": [
            status_of(s) | _placed(s, period.area) | {"denied_by": list(_voices(s.disputed_by, period.entries))}
            for s in period.now.statuses.values()
            if _is_open(s)
        ],
        "pressure": [
            status_of(s) | _placed(s, period.area) | {"history": _is_history(s, period)}
            for s in capitals
            if s.pressure != "none"
        ],
        "incidents": [incident_of(i, period.area) | {"settled": _settled(i, period)} for i in _gravest(period)],
        "over_several_places": list(_over_several(fresh, period.area)),
        "quotes": statements[-QUOTES:],
        "statements": len(statements),
        "unacknowledged": [alert_of(a) | {"in_period": period.has(a.time)} for a in open_alerts],
        "blind": _blind(period, capitals),
        "marks": [_mark(m, period) for m in period.marks if period.has(m.time)],
    }


def side(holder: Holder, area: Area) -> str:
    """Return who holds a place, in a sentence: a side's name, or "contested", "nobody known"."""
    if holder in ("government", "insurgent"):
        return area.sides.get(holder, holder)
    return "contested" if holder == "contested" else "nobody known"


def change(row: Transition, area: Area, *, again: bool = False) -> str:
    """Return one change of a status as a sentence; with `again`, fighting is told of anew since a change of hands."""
    place = wording.full_name(row.place, area)
    where = f"{place}, {wording.SITE_WORDS[row.site]}" if row.site else place
    if row.moves:
        return (
            f"{where}: from {side(row.from_holder, area)} to {side(row.to_holder, area)}, "
            f"{wording.BASIS_WORDS[row.to_basis]}"
        )
    if row.from_basis != row.to_basis:
        return f"{where}: {side(row.to_holder, area)}, now {wording.BASIS_WORDS[row.to_basis]}, before {row.from_basis}"
    since = " since it changed hands" if again else ""
    before = wording.PRESSURE_WORDS[row.from_pressure]
    return f"{where}: {wording.PRESSURE_WORDS[row.to_pressure]}, before {before}{since}"


def _is_again(row: Transition, rows: Sequence[Transition]) -> bool:
    """Whether no fighting was reported before a row only because the place had changed hands."""
    earlier = (r for r in rows if r.place.code == row.place.code and r.site is None and r.known < row.known)
    return row.from_pressure == "none" and any(r.moves for r in earlier)


def _settled(incident: Incident, period: Period) -> str | None:
    """Return the basis that settles a denied change of hands; None where what is denied stays open."""
    status = period.now.statuses.get(incident.place.code)
    if not incident.denials or status is None or incident.event_type not in TERRITORY or incident.site is not None:
        return None
    return status.basis if status.basis in ("conceded", "confirmed") else None


def incident_of(incident: Incident, area: Area) -> dict[str, Any]:
    """Return an incident: what everybody counts, and who denies it."""
    where = wording.full_name(incident.place, area)
    return {
        "id": incident.id,
        "day": incident.day,
        "event_type": incident.event_type,
        "tags": list(incident.tags),
        "place": place_of(incident.place),
        "site": incident.site,
        "where": f"{where}, {wording.SITE_WORDS[incident.site]}" if incident.site else where,
        "origins": incident.origins,
        "rumour": incident.rumour,
        "first_known": time_of(incident.first_known),
        "killed": _count(incident.killed),
        "wounded": _count(incident.wounded),
        "claimants": [
            {"claimant": t.claimant, "side": t.side, "killed": _count(t.killed), "wounded": _count(t.wounded)}
            for t in incident.tolls
        ],
        "denials": [{"claimant": d.claimant, "side": d.side, "time": time_of(d.told)} for d in incident.denials],
        "reports": list(incident.reports),
    }


def _count(count: Count) -> dict[str, int | None]:
    return {"min": count.min, "best": count.best, "max": count.max}


def _placed(status: Status, area: Area) -> dict[str, str]:
    told = wording.moment(status.last_fighting, area) if status.last_fighting else ""
    return {"where": wording.full_name(status.place, area), "side": side(status.holder, area), "last_told": told}


def _is_open(status: Status) -> bool:
    """Whether somebody denies what nobody has settled: a denial after a concession is only noted beside it."""
    return status.basis == "disputed" or (bool(status.disputed_by) and status.basis not in ("conceded", "confirmed"))


def _is_history(status: Status, period: Period) -> bool:
    """Whether the fighting that a pressure rests on is older than the desk's window."""
    return status.last_fighting is None or period.until - status.last_fighting > period.window


def _is_grave(alert: Alert) -> bool:
    return alert.kind == "event" and alert.severity in ("Extreme", "Severe") and alert.state != "resolved"


def _voices(reports: Sequence[str], entries: Iterable[Entry]) -> Iterator[dict[str, str | None]]:
    """Yield who stands behind reports."""
    wanted = set(reports)
    for entry in entries:
        for report in entry.verdict.reports:
            if report.id in wanted:
                yield {
                    "claimant": report.speaker or entry.item.source,
                    "side": report.source_side,
                    "time": time_of(entry.item.published or entry.known),
                }


def _gravest(period: Period) -> list[Incident]:
    oldest = (period.since - BACKGROUND).date().isoformat()
    found = [i for i in period.incidents if period.has(i.last_told) and i.day >= oldest]
    found.sort(key=lambda i: (-(i.killed.best or 0), -(i.wounded.best or 0), i.first_known, i.id))
    return sorted(found[:INCIDENTS], key=lambda i: (i.day, i.first_known, i.id))


def _over_several(entries: Iterable[Entry], area: Area) -> Iterator[dict[str, Any]]:
    """Yield the tolls that are told of several places together: no incident has them, for none is theirs alone."""
    for entry in entries:
        provinces = [area.places[c].name for c in entry.verdict.provinces if c in area.places]
        for report in entry.verdict.reports:
            if report.place is None and len(provinces) > 1 and report.modality in MOVING and _counts(report):
                yield {
                    "day": (report.event_time or time_of(entry.item.published or entry.known) or "")[:10],
                    "event_type": report.event_type,
                    "tags": list(report.tags),
                    "provinces": provinces,
                    "claimant": report.speaker or entry.item.source,
                    "side": report.source_side,
                    "killed": _count(report.killed),
                    "wounded": _count(report.wounded),
                    "report": report.id,
                }


def _counts(report: Report) -> bool:
    return any(c.best is not None or c.min is not None for c in (report.killed, report.wounded))


def _statements(entries: Iterable[Entry], area: Area) -> Iterator[dict[str, Any]]:
    """Yield what was said, the newest last; one statement once, however many outlets carry it."""
    found: dict[tuple[str | None, str | None, str], dict[str, Any]] = {}
    for entry in entries:
        for quote in entry.verdict.quotes:
            text = wording.without_dateline(quote.text)
            if not (quote.speaker or quote.role) or text.startswith("RT @"):
                continue
            key = (quote.speaker, quote.role, " ".join(text.casefold().split()))
            if key in found:
                if entry.item.source not in found[key]["sources"]:
                    found[key]["sources"].append(entry.item.source)
                continue
            found[key] = quote_of(quote) | {
                "text": text,
                "denies": _denies(quote, area),
                "time": time_of(entry.item.published),
                "source": entry.item.source,
                "sources": [entry.item.source],
                "item": entry.item.id,
            }
    yield from found.values()


def _denies(quote: Quote, area: Area) -> bool:
    """Whether the word of saying is one of denial: what follows it is what the speaker says is not so."""
    cue = (quote.cue or "").casefold()
    return any(cue in file.tables.get("saying", {}).get("deny", ()) for file in area.speech.values()) if cue else False


def _blind(period: Period, capitals: Sequence[Status]) -> dict[str, Any]:
    """Return what nobody tells of: capitals by the last report of them, whatever it said, and sources that are deaf."""
    heard: dict[str, datetime] = {}
    for entry in period.entries:
        for report in entry.verdict.reports:
            if report.place is not None:
                for code in {report.place.province, *_with_parents(report.place.code)}:
                    heard[code] = max(entry.known, heard.get(code, entry.known))
    silent: list[str] = []
    nearby: list[str] = []
    quiet: list[dict[str, str | None]] = []
    for status in capitals:
        place, last = status.place, heard.get(status.place.code)
        if last is None:
            (nearby if place.province in heard else silent).append(place.name)
        elif last <= period.since:
            quiet.append({"place": place.name, "last_evidence": time_of(last)})
    bad = [
        {"source": p.source, "health": p.health, "reason": p.reason, "last_success": time_of(p.last_success)}
        for p in period.polls
        if p.health not in wording.WELL
    ]
    return {
        "never_reported": silent,
        "only_of_their_provinces": nearby,
        "nothing_in_this_period": quiet,
        "sources": bad,
    }


def _with_parents(code: str) -> Iterator[str]:
    """Yield a place's code and those of the places that it lies in: a site's city, its province."""
    while code:
        yield code
        code = code.rpartition("/")[0]


def _handover(period: Period) -> dict[str, Any] | None:
    """Return the handover that the period begins with, its note included."""
    found = next((m for m in reversed(period.marks) if m.kind == "handover" and m.time == period.since), None)
    return {"time": time_of(found.time), "by": found.by, "note": found.reason} if found else None


def _mark(mark: Mark, period: Period) -> dict[str, Any]:
    words: Mapping[str, Any] = {
        "time": time_of(mark.time),
        "by": mark.by,
        "kind": mark.kind,
        "subject": mark.subject,
        "reason": mark.reason,
        "until": time_of(mark.until),
    }
    return {**words, **dict(mark.data), "text": _act(mark, period)}


def _act(mark: Mark, period: Period) -> str:
    """Return in words what an officer did."""
    subject = _subject(mark, period)
    data = dict(mark.data)
    only = ", ".join(f"{key.replace('_', ' ')} {word}" for key, word in data.items() if key != "holder")
    until = f" until {time_of(mark.until)}" if mark.until else ""
    match mark.kind:
        case "acknowledge":
            return f"acknowledged {subject}"
        case "silence":
            return f"silenced {subject}{f' ({only} only)' if only else ''}{until}"
        case "note":
            return f"noted about {subject}"
        case "override":
            return f"set {subject} to {data.get('holder', 'unknown')}{until}"
        case "unmark":
            return f"took back what was marked on {subject}"
        case "handover":
            return "handed the desk over"


def _subject(mark: Mark, period: Period) -> str:
    """Return what a mark is on: a place by its name, an alert by its title; of a mark taken back, what it was on."""
    taken = next((m for m in period.marks if m.id == mark.subject), None)
    name = taken.subject if taken else mark.subject
    place = period.area.places.get(name)
    alert = next((a for a in reversed(period.alerts) if name in (a.id, a.fingerprint)), None)
    if place is not None:
        return wording.full_name(place, period.area)
    if alert is not None:
        return f"“{alert.title}” ({alert.id})"
    return "everything" if name == "*" else name
