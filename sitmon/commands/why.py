"""`sitmon why`: the evidence behind an alert, a status or a report, derived anew from the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import TextIO

from sitmon.area import Area
from sitmon.assess.fold import refold
from sitmon.assess.ledger import Ledger
from sitmon.assess.whatif import Without, without_each
from sitmon.bootstrap import alert_settings
from sitmon.commands.session import Session, now
from sitmon.commands.status import codes_of
from sitmon.commands.stored import log_of
from sitmon.config import Config
from sitmon.errors import UsageError, nearest
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.report import Report
from sitmon.views import prevention, reasons
from sitmon.views.export import jsonl, sitrep, sitrep_text
from sitmon.views.wording import full_name

_INCIDENTS = 10
"""Incidents of a place that are listed."""


def run(session: Session, settings: Config, area: Area, subject: str, out: TextIO, *, form: str) -> int:
    """Print why. Raises UsageError where nothing has that id."""
    with log_of(session, settings) as log:
        entries = list(log.entries(with_reports=True))
        marks, alerts = log.marks(), log.alerts()
        replayed = log.fact("clock")
    at = datetime.fromisoformat(replayed) if replayed else now()
    by_item = {e.item.id: e for e in entries}
    alert = next((a for a in alerts if a.id == subject or a.fingerprint == subject), None)
    item = by_item.get(subject.rpartition("#")[0])
    report = next((r for r in item.verdict.reports if r.id == subject), None) if item else None
    if alert is not None:
        ledger = refold(area, entries, marks=marks)
        incident = _incident(alert, by_item, ledger)
        lines = _alert(alert, by_item, area, ledger, at, form, incident)
        if form != "jsonl":
            lines = chain(lines, _prevented(alert, entries, by_item, settings, area, incident))
    elif item is not None and report is not None:
        lines = iter([jsonl.line(jsonl.report_of(report))]) if form == "jsonl" else reasons.of_report(report, item)
    else:
        lines = _places(subject, by_item, area, refold(area, entries, marks=marks), at, form, alerts)
    for line in lines:
        out.write(line + "\n")
    out.flush()
    return 0


def _places(
    subject: str,
    by_item: dict[str, Entry],
    area: Area,
    ledger: Ledger,
    at: datetime,
    form: str,
    alerts: Iterable[Alert],
) -> Iterator[str]:
    try:
        codes = codes_of(subject, area)
    except UsageError:
        close = nearest(subject, [*(a.id for a in alerts), *area.places, *(p.name for p in area.places.values())])
        hint = f" (did you mean {close!r}?)" if close else ""
        raise UsageError(f"{subject!r} is no alert, place or report that the log knows{hint}") from None
    told = [why for code in codes if (why := ledger.explain(code, at)) is not None]
    if not told:
        yield f"{full_name(area.places[codes[0]], area)}: nothing was reported of this place"
    for n, why in enumerate(told):
        if form == "jsonl":
            record = jsonl.status_of(why.status)
            record["history"] = [jsonl.transition_of(t) for t in why.history]
            record["reports"] = [
                jsonl.report_of(r)
                for w in why.evidence
                if w.item in by_item
                for r in by_item[w.item].verdict.reports
                if r.id == w.report
            ]
            yield jsonl.line(record)
            continue
        if n:
            yield ""
        yield from reasons.of_status(why, by_item, area, ledger.speakers())
        here = [i for i in ledger.incidents() if i.place.code == why.status.place.code]
        if here:
            yield ""
            yield "Incidents, newest first"
            here.sort(key=lambda i: (i.day, i.last_told, i.id), reverse=True)
            yield from (f"  {sitrep_text.told(sitrep.incident_of(i, area))}" for i in here[:_INCIDENTS])


def _prevented(
    alert: Alert,
    entries: list[Entry],
    by_item: dict[str, Entry],
    settings: Config,
    area: Area,
    incident: Incident | None,
) -> Iterator[str]:
    """Yield what would have prevented an alert, from the log folded again without each of its sources."""
    told = [by_item[item] for name in alert.reports if (item := name.rpartition("#")[0]) in by_item]
    tests: tuple[Without, ...] = ()
    if alert.place is not None and alert.kind == "status":
        place = alert.place
        tests = without_each(area, entries, place.province, place.code, alert.time, [e.item.source for e in told])
    yield ""
    yield "What would have prevented it"
    yield from prevention.lines(alert, tests, incident, by_item, alert_settings(settings, area), area)


def _incident(alert: Alert, by_item: dict[str, Entry], ledger: Ledger) -> Incident | None:
    """Return the incident that an alert tells of."""
    told = [by_item[item] for name in alert.reports if (item := name.rpartition("#")[0]) in by_item]
    incidents = (i for e in told for i in ledger.incidents_of(e.item.id))
    return next((i for i in incidents if set(alert.reports) & set(i.reports)), None)


def _alert(
    alert: Alert,
    by_item: dict[str, Entry],
    area: Area,
    ledger: Ledger,
    at: datetime,
    form: str,
    incident: Incident | None,
) -> Iterator[str]:
    reports: dict[str, Report] = {r.id: r for e in by_item.values() for r in e.verdict.reports}
    if form == "jsonl":
        record = jsonl.alert_of(alert)
        record["evidence"] = [jsonl.report_of(reports[i]) for i in alert.reports if i in reports]
        record["incident"] = sitrep.incident_of(incident, area) if incident is not None else None
        yield jsonl.line(record)
        return
    yield from reasons.of_alert(alert, reports, by_item)
    if incident is not None:
        yield ""
        yield "The incident, by all who tell of it"
        yield f"  {sitrep_text.told(sitrep.incident_of(incident, area))}"
    why = ledger.explain(alert.place.code, at) if alert.place else None
    if why is not None:
        yield ""
        yield "The place now"
        yield f"  {reasons.headline(why.status, area)}"
        rule = reasons.rule(why.status.rule, why.status.origins)
        yield f"  {rule}; `sitmon why {why.status.place.code}` tells all of it"
