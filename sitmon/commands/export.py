"""`sitmon export`: reports, statuses or alerts as files that other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TextIO

from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.fold import refold
from sitmon.bootstrap import alert_settings
from sitmon.commands.hands import clock_of
from sitmon.commands.session import Session
from sitmon.commands.status import codes_of, read_picture, select
from sitmon.commands.stored import log_of
from sitmon.config import Config
from sitmon.errors import ExitCode, UsageError
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.views.export import acled, cap, geojson, jsonl, tables
from sitmon.views.reasons import sentence

FORMS = ("jsonl", "csv", "acled-csv", "geojson", "cap")
WHAT = ("reports", "statuses", "alerts")


def run(
    session: Session,
    settings: Config,
    area: Area,
    out: TextIO,
    *,
    form: str,
    what: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    place: str | None = None,
) -> int:
    """Write what was asked for, in the order in which the desk knew it.

    `since` and `until` are of the knowledge clock; statuses are those at `until`. Raises UsageError where a form cannot
    hold what is asked for.
    """
    what = what or ("alerts" if form == "cap" else "reports")
    if form == "cap" and what != "alerts":
        raise UsageError(f"--format cap: holds alerts only, not {what}")
    if form == "acled-csv" and what != "reports":
        raise UsageError(f"--format acled-csv: holds events, so it is made from reports, not from {what}")
    codes = frozenset(codes_of(place, area)) if place else None
    if what == "statuses":
        picture = read_picture(session, settings, area, as_of=None, known_at=until)
        found = select(picture, area, place=place, everything=place is None)
        if form == "csv":
            out.writelines(tables.statuses(found))
        else:
            _records(form, ((jsonl.status_of(s), s.place.code, s.place.code) for s in found), area, out)
    elif what == "alerts":
        _alerts(session, settings, area, out, form, since, until, codes)
    else:
        _reports(session, settings, area, out, form, since, until, codes)
    out.flush()
    return ExitCode.FINE


def _alerts(
    session: Session, settings: Config, area: Area, out: TextIO, form: str, since: datetime | None,
    until: datetime | None, codes: frozenset[str] | None,
) -> None:  # fmt: skip
    with log_of(session, settings) as log:
        every = Alerter(area, alert_settings(settings, area)).remember(log.alerts(), log.marks(), clock_of(log))
        replayed = log.fact("clock")
    found = [a for a in every if _in(a.time, since, until) and _at(a, codes)]
    if form == "cap":
        by_id = {a.id: a for a in every}
        for alert in found:
            earlier = by_id.get(alert.updates or "")
            out.write(cap.document(alert, status="Exercise" if replayed else "Actual", earlier=earlier) + "\n")
    elif form == "csv":
        out.writelines(tables.lines(tables.ALERT_COLUMNS, (tables.flat(jsonl.alert_of(a)) for a in found)))
    else:
        _records(form, ((jsonl.alert_of(a), a.id, a.place.code if a.place else None) for a in found), area, out)


def _at(alert: Alert, codes: frozenset[str] | None) -> bool:
    return codes is None or not codes.isdisjoint(alert.codes)


def _reports(
    session: Session, settings: Config, area: Area, out: TextIO, form: str, since: datetime | None,
    until: datetime | None, codes: frozenset[str] | None,
) -> None:  # fmt: skip
    with log_of(session, settings) as log:
        entries = log.entries(with_reports=True, known_at=until)
        if form == "acled-csv":
            held = list(entries)
            incidents = (
                i
                for i in refold(area, held).incidents()
                if _in(i.first_known, since, until) and (codes is None or {i.place.code, i.place.province} & codes)
            )
            by_item = {e.item.id: e for e in held}
            out.writelines(tables.lines(acled.COLUMNS, acled.rows(incidents, by_item, area)))
            return
        found = _told(entries, area, since, codes)
        if form == "csv":
            out.writelines(tables.lines(tables.REPORT_COLUMNS, (tables.flat(record) for record, _, _ in found)))
        else:
            _records(form, found, area, out)


Found = tuple[dict[str, Any], str, str | None]
"""A record, its id, and the code of its place."""


def _told(
    entries: Iterable[Entry], area: Area, since: datetime | None, codes: frozenset[str] | None
) -> Iterator[Found]:
    """Yield each report of the newest versions, with what a reader of the file needs of its item."""
    newest: dict[str, int] = {}
    held = list(entries)
    for entry in held:
        newest[entry.item.id] = max(entry.item.revision, newest.get(entry.item.id, 0))
    for entry in held:
        item = entry.item
        if item.revision != newest[item.id] or item.withdrawn or not _in(entry.known, since, None):
            continue
        for report in entry.verdict.reports:
            place = report.place
            if codes is not None and not (place and {place.code, place.province} & codes):
                continue
            at = geojson.point(place.code, area) if place else None
            record = jsonl.report_of(report) | {
                "item": item.id,
                "time": jsonl.time_of(item.published),
                "known": jsonl.time_of(entry.known),
                "source": item.source,
                "reliability": item.reliability,
                "url": item.url,
                "lon": at["coordinates"][0] if at else None,
                "lat": at["coordinates"][1] if at else None,
                "sentence": sentence(entry, report.evidence),
            }
            yield record, report.id, place.code if place else None


def _records(form: str, found: Iterable[Found], area: Area, out: TextIO) -> None:
    if form == "geojson":
        out.writelines(geojson.document(geojson.feature(record, id_, code, area) for record, id_, code in found))
        return
    for record, _, _ in found:
        out.write(jsonl.line(record) + "\n")


def _in(moment: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or moment > since) and (until is None or moment <= until)
