"""An entry's reports in, drafts of alerts out: what happened that an officer must see, whoever holds the place.

One event is one alert, however many items tell of it; a toll that grows enough to make it worse is an update. Only what
is said to have happened counts, never what is planned, negated or history. An unknown account's word alone is no alert;
that of an article without a grade is one, and only possible. It must not judge statuses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sitmon.alert import grades
from sitmon.alert.draft import Draft, Refusal, name_of
from sitmon.alert.memory import Memory, fingerprint
from sitmon.alert.settings import Rule, Settings
from sitmon.alert.wording import Wording
from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.copies import sentence_of
from sitmon.model.credit import is_rumour
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.picture import Picture
from sitmon.model.report import Report
from sitmon.model.terms import MOVING, SEVERITIES, TERRITORY, Severity

_INHIBITED = frozenset({"clash", "shelling"})
_DEEDS = frozenset({"attack", "bombing", "suicide_bombing", "grenade", "assassination", "killed_leader"})
_ALWAYS: Final[dict[str, str]] = {
    "assassination": "every assassination",
    "killed_leader": "every leader who is killed",
    "prison_break": "every prison break",
    "suicide_bombing": "every suicide bombing",
    "chemical_weapon": "every use of a chemical weapon",
    "air_strike": "every air strike on a city",
}
"""What is told whatever its toll."""
_TELLING: Final = 12
"""So many words in a row are not written twice by chance."""
DeskRule = Callable[[Draft, Entry], Rule | None]


def drafts(
    entry: Entry,
    picture: Picture,
    incidents: Sequence[Incident],
    area: Area,
    settings: Settings,
    memory: Memory,
    wording: Wording,
    desk_rule: DeskRule,
) -> Iterator[Draft | Refusal]:
    """Yield an alert, or the reason for none, for each event that the built-in rules or the desk's raise."""
    done: set[str] = set()
    own: set[str] = set()
    of_report = {name: incident for incident in incidents for name in incident.reports}
    together = _together(entry)
    for report in entry.verdict.reports:
        where = together.get(report.id, _Where(()))
        if not (report.place or where.codes) or report.event_type in TERRITORY:
            continue
        incident = of_report.get(report.id)
        foes = grades.counts_its_foes(report, area.actors)
        disputed = grades.fighters_died(report, area.actors) and _fewer(incident, 5 * settings.mass_casualties)
        severity = grades.event_severity(report, settings, foes=foes, disputed=disputed)
        draft = _draft(report, entry, incident, severity or "Moderate", settings, wording, where, foes=foes)
        if severity is None:
            rule = desk_rule(draft, entry) if settings.rules else None
            if rule is None or rule.severity is None:
                continue
        toll = report.killed.best or report.killed.min
        code = report.place.code if report.place else "+".join(where.codes)
        counted = f"{code}|{toll}" if toll and toll >= settings.mass_casualties else draft.alert.fingerprint
        if done & {draft.alert.fingerprint, counted}:
            continue  # one item counts its dead once, whatever it says killed them
        refused = _refused(report, entry, picture, settings, draft)
        if refused is not None:
            yield Refusal(f"{draft.alert.title}: {refused}")
            continue
        done |= {draft.alert.fingerprint, counted}
        found = _same(draft, memory, own, stated=report.event_time is not None)
        if isinstance(found, Draft):
            own.add(found.alert.id)
        yield found


@dataclass(frozen=True, slots=True)
class _Where:
    """The places of which one account tells as of one thing; none where it tells of one place only."""

    codes: tuple[str, ...]
    reports: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    """The codes, and those of their provinces."""


def _together(entry: Entry) -> dict[str, _Where]:
    """Return by report's id where it happened, of what an item tells once and of several places.

    "27 were killed in Kandahar, Khost and Paktia" says nothing of how many were killed in any one of them: the report
    has no place then, or each place has a report that rests on the same word.
    """
    groups: dict[tuple[str, int], list[Report]] = {}
    for report in entry.verdict.reports:
        cue = next((span.start for span in report.evidence if span.kind == "cue"), None)
        if cue is not None and report.event_type not in TERRITORY:
            groups.setdefault((report.event_type, cue), []).append(report)
    found: dict[str, _Where] = {}
    for told in groups.values():
        codes = tuple(dict.fromkeys(r.place.code for r in told if r.place is not None))
        if not codes:
            codes = entry.verdict.provinces
        if len({code.partition("/")[0] for code in codes}) > 1:
            over = tuple(dict.fromkeys((*codes, *(r.place.province for r in told if r.place is not None))))
            found |= {r.id: _Where(codes, tuple(other.id for other in told), over) for r in told}
    return found


def _refused(report: Report, entry: Entry, picture: Picture, settings: Settings, draft: Draft) -> str | None:
    """Return why an event is not told, None where it may be."""
    if report.modality not in MOVING:
        return f"it is {report.modality}"
    if report.basis == "denied":
        return "it is denied"
    if entry.item.kind != "article" and is_rumour(entry, report) and draft.alert.origins < 2:
        return "an unknown account says so, and nobody else"
    if report.event_time is not None and _days_old(report.event_time, entry) > settings.window.total_seconds() / 86400:
        return f"older than the window of {settings.window.total_seconds() / 3600:g} h: it is of {report.event_time}"
    status = picture.statuses.get(report.place.code) if report.place else None
    if report.event_type in _INHIBITED and status is not None and status.basis in ("confirmed", "conceded"):
        return f"inhibited by the {status.basis} capture of {status.place.name}"
    return None


def _fewer(incident: Incident | None, number: int) -> bool:
    """Whether anybody who counts the dead of an event counts fewer than a number."""
    counts = (t.killed for t in incident.tolls) if incident else ()
    return any(n < number for c in counts if (n := c.best if c.best is not None else c.min) is not None)


def _days_old(event_time: str, entry: Entry) -> float:
    """Return how many days an event ended before it became known; 0 where its time cannot be read."""
    try:
        day = date.fromisoformat(event_time[:10])
    except ValueError:
        return 0.0
    return (entry.known.date() - day).days - 1.0


def _draft(
    report: Report,
    entry: Entry,
    incident: Incident | None,
    severity: Severity,
    settings: Settings,
    wording: Wording,
    where: _Where,
    *,
    foes: bool,
) -> Draft:
    place = report.place
    what = _what(report)
    day = (report.event_time or "")[:10] or f"{entry.item.published or entry.known:%Y-%m-%d}"
    code = incident.place.code if incident else place.code if place else "+".join(where.codes)
    name = fingerprint("event", code, None, what, incident.id if incident else day)
    basis = "confirmed" if incident and incident.origins > 1 else report.basis or "reported"
    if foes:
        basis = "claimed"  # however many carry it
    age = grades.age_of(entry.item.published, entry.known) or timedelta(0)
    own = report.killed.best if report.killed.best is not None else report.killed.min
    least, most = (incident.killed.min, incident.killed.max) if incident else (own, own)
    alert = Alert(
        id=name_of(name, severity, entry.item.id),
        fingerprint=name,
        time=entry.known,
        kind="event",
        title=wording.event_title(
            report, least=least, most=most, places=where.codes, claimants=len(incident.tolls) if incident else 1
        ),
        reason=wording.event_reason(
            report, entry, _why(report, severity, settings, foes=foes), incident.tolls if incident else ()
        ),
        severity=severity,
        urgency=grades.urgency(age),
        certainty=grades.certainty(basis, "hedged" if is_rumour(entry, report) else report.modality),
        event_type=report.event_type,
        place=place,
        basis=None,
        origins=incident.origins if incident else 1,
        reports=where.reports if where.reports and (place is None or own) else (report.id,),
        url=entry.item.url,
        killed=most,
        over=() if place is not None else where.over,
        words=_words(report, entry),
        day=(report.event_time or "")[:10],
    )
    return Draft(
        alert,
        "first word of this event",
        names=frozenset((report.event_type, *report.tags)),
        sides=frozenset((report.source_side,)) if report.source_side else frozenset(),
        bases=frozenset((report.basis,)) if report.basis else frozenset(),
    )


def _words(report: Report, entry: Entry) -> int:
    """Return the hash of an event's sentence; 0 where another event may well be told in the same few words."""
    sentence, length = sentence_of(entry.item.body, report)
    return sentence if length >= _TELLING else 0


def _what(report: Report) -> str:
    """Return the kind of event that a fingerprint names: all accounts of one attack have one."""
    if {report.event_type, *report.tags} & _DEEDS:
        return "deed"
    return "prison_break" if "prison_break" in report.tags else report.event_type


def _why(report: Report, severity: Severity, settings: Settings, *, foes: bool) -> str:
    """Return in words what asks for the alert."""
    killed = report.killed.best or report.killed.min or 0
    if foes and severity == "Moderate" and killed >= settings.mass_casualties:
        return f"a side's claim of {settings.mass_casualties} or more of the other's killed raises an alert"
    names = [*(t for t in ("assassination", "killed_leader", "prison_break") if t in report.tags), report.event_type]
    if killed >= settings.mass_casualties and not foes:
        return f"{settings.mass_casualties} or more killed raise an alert"
    harmed = killed + (report.wounded.best or report.wounded.min or 0)
    if severity == "Moderate" and killed and harmed >= settings.mass_casualties:
        return f"{settings.mass_casualties} or more killed and wounded raise an alert ({harmed} here)"
    return f"{_ALWAYS[names[0]]} raises an alert" if names[0] in _ALWAYS else "a rule of the desk asks for it"


def _same(draft: Draft, memory: Memory, own: Collection[str], *, stated: bool) -> Draft | Refusal:
    """Return the draft; an update where the event is worse or its toll revised, refused where it adds nothing.

    `own` are the ids of what the same item has raised already: it reprints nothing of that.
    """
    alert = draft.alert
    told = memory.find(alert, apart=timedelta(0) if stated else timedelta(days=1))
    if told is None:
        first = memory.printed(alert)
        if first is None or first.id in own:
            return draft
        return Refusal(f"{alert.title}: a reprint of what {first.id} told on {first.time:%Y-%m-%d}", same=first.id)
    worse = SEVERITIES.index(alert.severity) < SEVERITIES.index(told.severity)
    if not worse and not _revised(told.killed, alert.killed):
        return Refusal(f"{alert.title}: same incident as {told.id}", same=told.id)
    why = "it is worse than it was" if worse else f"its toll was {told.killed or 'not known'}, now {alert.killed}"
    update = replace(
        alert,
        id=name_of(told.fingerprint, alert.severity, alert.id),
        fingerprint=told.fingerprint,
        severity=alert.severity if worse else told.severity,
        reason=f"{alert.reason}; {why}",
        reports=(*told.reports, *alert.reports),
        updates=told.id,
    )
    return Draft(update, f"update of {told.id}: {why}", draft.names, draft.sides, draft.bases)


def _revised(before: int | None, now: int | None) -> bool:
    """Whether a toll differs by so much that an officer must hear of it: by a fifth at least, up or down."""
    if now is None or now == before:
        return False
    return before is None or abs(now - before) >= max(1, before / 5)
