"""A period of the log in, the situation report of it out: as Markdown, HTML or JSON, all three from one record.

The order is that of humanitarian situation reports (OCHA): highlights, overview, what changed, open disputes, incidents
with casualties by claimant, statements, what is not known, and the desk's own marks. Everything is numbered and timed;
numbers carry their claimant; words are neutral.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture, Status, Transition
from sitmon.model.report import Count
from sitmon.model.source import PollState
from sitmon.views import wording
from sitmon.views.export.jsonl import alert_of, place_of, quote_of, status_of, time_of, transition_of

QUOTES = 30
"""Quotes shown at most, the newest; the log holds the rest."""
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
    before: Picture
    now: Picture
    incidents: tuple[Incident, ...]
    entries: tuple[Entry, ...]
    """Those that became known in the period, oldest first."""
    alerts: tuple[Alert, ...]
    """In their present state."""
    marks: tuple[Mark, ...]
    polls: tuple[PollState, ...]
    officer: str
    number: int


def record(period: Period) -> dict[str, Any]:
    """Return the report as plain data: the JSON form, and what the other forms are written from."""
    changes = [t for t in period.now.transitions if period.since < t.known <= period.until]
    capitals = [period.now.statuses[p.code] for p in period.area.capitals if p.code in period.now.statuses]
    held = Counter(status.holder for status in capitals)
    return {
        "number": period.number,
        "area": period.area.name,
        "since": time_of(period.since),
        "until": time_of(period.until),
        "prepared_by": period.officer,
        "items": len(period.entries),
        "capitals": {holder: held[holder] for holder in sorted(held)},
        "changes": [transition_of(t) | {"text": change(t, period.area)} for t in changes],
        "disputes": [status_of(s) for s in period.now.statuses.values() if _is_open(s)],
        "pressure": [status_of(s) for s in capitals if s.pressure != "none"],
        "incidents": [incident_of(i) for i in _gravest(period)],
        "quotes": _quotes(period),
        "unacknowledged": [alert_of(a) for a in period.alerts if a.state == "active" and a.time <= period.until],
        "blind": _blind(period, capitals),
        "marks": [
            {"time": time_of(m.time), "by": m.by, "kind": m.kind, "subject": m.subject, "reason": m.reason}
            for m in period.marks
            if period.since < m.time <= period.until and m.kind != "handover"
        ],
    }


def _is_open(status: Status) -> bool:
    """Whether somebody denies what nobody has settled: a denial after a concession is only noted beside it."""
    return status.basis == "disputed" or (bool(status.disputed_by) and status.basis not in ("conceded", "confirmed"))


def change(row: Transition, area: Area) -> str:
    """Return one change of a status as a sentence."""
    place = _named(row.place.name, row.place.kind)
    where = f"{place}, {wording.SITE_WORDS[row.site]}" if row.site else place
    if row.moves:
        return (
            f"{where}: from {area.words[row.from_holder]} to {area.words[row.to_holder]}, "
            f"{wording.BASIS_WORDS[row.to_basis]}"
        )
    if row.from_basis != row.to_basis:
        return f"{where}: {area.words[row.to_holder]}, now {wording.BASIS_WORDS[row.to_basis]} (was {row.from_basis})"
    return f"{where}: {wording.PRESSURE_WORDS[row.to_pressure]} (was {wording.PRESSURE_WORDS[row.from_pressure]})"


def _gravest(period: Period) -> list[Incident]:
    oldest = (period.since - BACKGROUND).date().isoformat()
    found = [i for i in period.incidents if period.since < i.last_told <= period.until and i.day >= oldest]
    found.sort(key=lambda i: (-(i.killed.best or 0), -(i.wounded.best or 0), i.first_known, i.id))
    return sorted(found[:INCIDENTS], key=lambda i: (i.first_known, i.id))


def incident_of(incident: Incident) -> dict[str, Any]:
    """Return an incident: what everybody counts, and who denies it."""
    return {
        "id": incident.id,
        "day": incident.day,
        "event_type": incident.event_type,
        "tags": list(incident.tags),
        "place": place_of(incident.place),
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


def _quotes(period: Period) -> list[dict[str, Any]]:
    found = [
        quote_of(quote) | {"time": time_of(entry.known), "source": entry.item.source, "item": entry.item.id}
        for entry in period.entries
        for quote in entry.verdict.quotes
        if quote.speaker or quote.role
    ]
    return found[-QUOTES:]


def _blind(period: Period, capitals: Sequence[Status]) -> dict[str, Any]:
    silent = [s.place.name for s in capitals if s.last_evidence is None]
    quiet = [
        {"place": s.place.name, "last_evidence": time_of(s.last_evidence)}
        for s in capitals
        if s.last_evidence is not None and s.last_evidence <= period.since
    ]
    bad = [
        {"source": p.source, "health": p.health, "reason": p.reason, "last_success": time_of(p.last_success)}
        for p in period.polls
        if p.health not in wording.WELL
    ]
    return {"never_reported": silent, "nothing_in_this_period": quiet, "sources": bad}


# -- the written forms -----------------------------------------------------------------------------------------------


def markdown(report: Mapping[str, Any]) -> str:
    """Return a report as Markdown; text from feeds cannot become markup."""
    lines = [f"# Situation report {report['number']}: {_md(report['area'])}", ""]
    for title, rows in sections(report):
        lines += [f"## {title}", *(f"{n}. {_md(row)}" for n, row in enumerate(rows, 1)), ""]
        if not rows:
            lines[-1:] = ["None.", ""]
    return "\n".join(lines)


def page(report: Mapping[str, Any]) -> str:
    """Return a report as one HTML page that loads nothing from anywhere."""
    title = f"Situation report {report['number']}: {report['area']}"
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        f"<title>{html.escape(title)}</title>",
        "<style>body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
        "h2{border-bottom:1px solid #999}</style></head><body>",
        f"<h1>{html.escape(title)}</h1>",
    ]
    for heading, rows in sections(report):
        parts.append(f"<h2>{html.escape(heading)}</h2>")
        items = "".join(f'<li dir="auto">{html.escape(row)}</li>' for row in rows)
        parts.append(f"<ol>{items}</ol>" if rows else "<p>None.</p>")
    parts.append("</body></html>")
    return "\n".join(parts)


def sections(report: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the report's sections as (title, rows), in the order of a situation report."""
    moved = {
        c["place"]["code"]: c for c in report["changes"] if c["from"]["holder"] != c["to"]["holder"] and not c["site"]
    }
    return [
        ("Period", [
            f"{report['since']} to {report['until']}, {wording.count(report['items'], 'item')} read",
            f"Prepared by {report['prepared_by']}",
        ]),
        ("Highlights", [f"{c['known']} {c['text']}{_since(c, report)}" for c in moved.values()]),
        ("Overview", [
            "Capitals by holder: " + ", ".join(f"{holder} {n}" for holder, n in report["capitals"].items()),
            *(f"{s['name']}: {s['holder']}, {wording.PRESSURE_WORDS[s['pressure']]}" for s in report["pressure"]),
        ]),
        ("What changed", [
            f"{c['known']} {c['text']} [rule {c['rule']}; {wording.count(c['origins'], 'origin')}]"
            for c in report["changes"]
        ]),
        ("Open disputes", [
            f"{s['name']}: {s['holder']}, {s['basis']}, denied by {wording.count(len(s['disputed_by']), 'report')}"
            for s in report["disputes"]
        ]),
        ("Incidents and casualties", [told(i) for i in report["incidents"]]),
        ("Statements", [
            f"{q['time']} {q['speaker'] or q['role']}"
            f"{', ' + q['role'] if q['speaker'] and q['role'] else ''}: {_said(q)} ({q['source']})"
            for q in report["quotes"]
        ]),
        ("Not known", _unknown(report["blind"])),
        ("Alerts that nobody has acknowledged", [
            f"{a['time']} {a['severity']}: {a['title']} ({a['id']})" for a in report["unacknowledged"]
        ]),
        ("The desk's own marks", [
            f"{m['time']} {m['by']}: {m['kind']} {m['subject']}{': ' + m['reason'] if m['reason'] else ''}"
            for m in report["marks"]
        ]),
    ]  # fmt: skip


def _since(moved: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """Return how the place stands by now, where that is surer or less sure than when it changed hands."""
    later = [c for c in report["changes"] if c["place"]["code"] == moved["place"]["code"] and not c["site"]]
    basis = later[-1]["to"]["basis"]
    return "" if basis == moved["to"]["basis"] else f"; by now {wording.BASIS_WORDS[basis]}"


def _said(quote: Mapping[str, Any]) -> str:
    return f"“{quote['text']}”" if quote["kind"] == "direct" else f"that {quote['text']}"


def told(incident: Mapping[str, Any]) -> str:
    """Return an incident as one line: what, by how many origins, who counts how many, who denies it."""
    what = wording.event(incident["event_type"])
    place = _named(incident["place"]["name"], incident["place"]["kind"])
    rumour = ", told only by accounts that nobody can judge" if incident["rumour"] else ""
    tolls = [f"{t['claimant'] or 'no speaker named'} says {_harm(t)}" for t in incident["claimants"] if _harm(t)]
    said = [*(tolls or ["no casualties told"]), *(f"{d['claimant']}: denied" for d in incident["denials"])]
    return (
        f"{incident['day']} {place}: {what}, {wording.count(incident['origins'], 'origin')}{rumour}; {'; '.join(said)}"
    )


def _named(name: str, kind: str) -> str:
    """Return a place's name; a province and its capital often share one."""
    return f"{name} province" if kind == "province" else name


def _harm(counts: Mapping[str, Any]) -> str:
    words = []
    for kind in ("killed", "wounded"):
        count = counts[kind]
        if count["best"] is not None:
            low, high = count["min"], count["max"]
            if low is not None and high is None:
                spread = f"at least {low}"
            elif low is not None and low != high:
                spread = f"{low} to {high}"
            else:
                spread = str(count["best"])
            words.append(f"{spread} {kind}")
    return ", ".join(words)


def _unknown(blind: Mapping[str, Any]) -> list[str]:
    rows = []
    if blind["never_reported"]:
        rows.append("Nothing was ever reported of: " + ", ".join(blind["never_reported"]))
    rows += [f"{q['place']}: no report since {q['last_evidence']}" for q in blind["nothing_in_this_period"]]
    rows += [
        f"Source {s['source']}: {s['health']}{', ' + s['reason'] if s['reason'] else ''}; "
        f"last answer {s['last_success'] or 'never'}"
        for s in blind["sources"]
    ]
    return rows


def _md(text: str) -> str:
    """Return text in which nothing is markup, on one line."""
    line = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in line)


def known_in(entries: Iterable[Entry], since: datetime, until: datetime) -> tuple[Entry, ...]:
    """Return the entries that became known in a period."""
    return tuple(e for e in entries if since < e.known <= until)
