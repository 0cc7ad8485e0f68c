"""A situation report as data in, Markdown or one HTML page out, its sections in the order of a situation report.

The order is that of humanitarian situation reports (OCHA): highlights, overview, what changed, open disputes, incidents
with casualties by claimant, rumours apart, statements, what is not known, and the desk's own marks. Everything is
numbered and timed. It adds nothing to what the data says.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from sitmon.model.terms import RULE_WORDS, SEVERITIES, happening
from sitmon.views import wording


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
    surer = [i for i in report["incidents"] if not i["rumour"]]
    rumours = [i for i in report["incidents"] if i["rumour"]]
    shown, many = len(report["quotes"]), report["statements"]
    return [
        ("Period", _period(report)),
        ("Highlights", [
            *(f"{c['known']} {c['text']}{_since(c, report)}" for c in moved.values()),
            *(f"{a['time']} {a['title']} ({a['certainty'].lower()})" for a in report["grave"]),
        ]),
        ("Overview", _overview(report)),
        ("What changed", [f"{c['known']} {c['text']} ({_ground(c)})" for c in report["changes"]]),
        ("Open disputes", [
            *(_dispute(s) for s in report["disputes"]),
            *(_denied(i) for i in surer if i["denials"] and not i["settled"]),
        ]),
        ("Incidents and casualties", [*(told(i) for i in surer), *(_over(o) for o in report["over_several_places"])]),
        ("Rumours: told only by accounts that nobody can judge", [told(i) for i in rumours]),
        (f"Statements, the newest {shown} of {many}" if many > shown else "Statements", [
            _statement(q) for q in report["quotes"]
        ]),
        ("Not known", _unknown(report["blind"])),
        ("Alerts that nobody has acknowledged", _alerts(report)),
        ("The desk's own marks", [
            f"{m['time']} {m['by']} {m['text']}{': ' + m['reason'] if m['reason'] else ''}" for m in report["marks"]
        ]),
    ]  # fmt: skip


def _period(report: Mapping[str, Any]) -> list[str]:
    handed = report["handed_over"]
    note = f": {handed['note']}" if handed and handed["note"] else ""
    return [
        f"{report['since']} to {report['until']}, {wording.count(report['items'], 'item')} read",
        *([f"Handed over by {handed['by']} at {handed['time']}{note}"] if handed else []),
        f"Prepared by {report['prepared_by']}",
    ]


def _overview(report: Mapping[str, Any]) -> list[str]:
    """Return who holds the capitals, and where there is fighting now; what is older than the window stands apart."""
    present = [s for s in report["pressure"] if not s["history"]]
    past = [s for s in report["pressure"] if s["history"]]
    rows = ["Capitals held by: " + ", ".join(f"{who} {n}" for who, n in report["held_by"].items())]
    rows += [
        f"{s['where']} ({s['side']}): {wording.PRESSURE_WORDS[s['pressure']]}, last told of {s['last_told']}"
        for s in sorted(present, key=lambda s: s["last_fighting"], reverse=True)
    ]
    if past:
        told = "; ".join(
            f"{s['where']} ({s['side']}), {wording.PRESSURE_WORDS[s['pressure']]}, "
            f"{s['last_told'] or 'at a time that nobody told'}"
            for s in past
        )
        rows.append(f"Told of longer than {report['window_h']:g} h ago, and of nothing since: {told}")
    return rows


def _ground(row: Mapping[str, Any]) -> str:
    """Return how many say what changed a status: origins, as far as they count for the holder, else reports."""
    if row["rule"] == "override":
        return RULE_WORDS["override"]
    held = [(row[at]["holder"], row[at]["basis"]) for at in ("from", "to")]
    if held[0] == held[1] or not row["origins"]:
        return wording.count(len(row["evidence"]), "report")
    return wording.count(row["origins"], "origin")


def _since(moved: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """Return how the place stands by now, where that is surer or less sure than when it changed hands."""
    later = [c for c in report["changes"] if c["place"]["code"] == moved["place"]["code"] and not c["site"]]
    basis = later[-1]["to"]["basis"]
    return "" if basis == moved["to"]["basis"] else f"; by now {wording.BASIS_WORDS[basis]}"


def _dispute(status: Mapping[str, Any]) -> str:
    by = ", ".join(f"{d['claimant']}{_of(d['side'])} at {d['time']}" for d in status["denied_by"])
    return (
        f"{status['where']}: {status['side']}, {wording.BASIS_WORDS[status['basis']]}; denied by {by or 'nobody now'}"
    )


def _denied(incident: Mapping[str, Any]) -> str:
    by = ", ".join(f"{d['claimant']}{_of(d['side'])} at {d['time']}" for d in incident["denials"])
    what = happening(incident["event_type"], incident["tags"])
    return (
        f"{incident['day']} {incident['where']}: {what}, {wording.count(incident['origins'], 'origin')}; denied by {by}"
    )


def _of(side: str | None) -> str:
    return f" ({side} side)" if side in ("government", "insurgent") else ""


def _statement(quote: Mapping[str, Any]) -> str:
    """Return who said what: in quotation marks only the very words; a denial as a denial."""
    who, role = quote["speaker"] or quote["role"], quote["role"]
    beside = f", {role}," if quote["speaker"] and role else ""
    text, verb = quote["text"], "denied" if quote["denies"] else "said"
    time = quote["time"] or "without a date,"
    if quote["kind"] == "direct":
        said = f"{verb}: “{text}”" if quote["denies"] else f"“{text}”"
        return f"{time} {who}{beside[:-1]}: {said} ({', '.join(quote['sources'])})"
    goes_on = text[:1].islower()
    return f"{time} {who}{beside} {verb}{' that' if goes_on else ':'} {text} ({', '.join(quote['sources'])})"


def told(incident: Mapping[str, Any]) -> str:
    """Return an incident as one line: what, by how many origins, who counts how many, who denies it."""
    what = happening(incident["event_type"], incident["tags"])
    tolls = [f"{t['claimant'] or 'no speaker named'} says {_harm(t)}" for t in incident["claimants"] if _harm(t)]
    said = [
        *(tolls or ["nobody tells of casualties"]),
        *(f"denied by {d['claimant']}{_of(d['side'])}" for d in incident["denials"]),
        *([f"by now {wording.BASIS_WORDS[settled]}"] if (settled := incident.get("settled")) else []),
    ]
    origins = wording.count(incident["origins"], "origin")
    rumour = ", an account that nobody can judge" if incident["rumour"] else ""
    return f"{incident['day']} {incident['where']}: {what}, {origins}{rumour}; {'; '.join(said)}"


def _over(toll: Mapping[str, Any]) -> str:
    names = toll["provinces"]
    where = f"{', '.join(names[:-1])} and {names[-1]}"
    what = happening(toll["event_type"], toll["tags"])
    return f"{toll['day']} {where} together: {what}; {toll['claimant']} says {_harm(toll)} in all"


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
    if blind["only_of_their_provinces"]:
        rows.append("Of their provinces alone was ever reported: " + ", ".join(blind["only_of_their_provinces"]))
    rows += [f"{q['place']}: no report since {q['last_evidence']}" for q in blind["nothing_in_this_period"]]
    rows += [
        f"The source {s['source']} {wording.HEALTH_WORDS[s['health']]}{', ' if s['reason'] else ''}{s['reason']}; "
        f"last answer {s['last_success'] or 'never'}"
        for s in blind["sources"]
    ]
    return rows


def _alerts(report: Mapping[str, Any]) -> list[str]:
    """Return the open alerts of the period, each with the id to ask and answer by; of older ones, how many."""
    rows = [
        f"{a['time']} {a['severity']}: {a['title']} (sitmon why {a['id']})"
        for a in report["unacknowledged"]
        if a["in_period"]
    ]
    older = [a["severity"] for a in report["unacknowledged"] if not a["in_period"]]
    if older:
        counts = ", ".join(f"{older.count(s)} {s}" for s in dict.fromkeys(sorted(older, key=SEVERITIES.index)))
        rows.append(f"From before the period: {counts} (sitmon alerts --state active)")
    return rows


def _md(text: str) -> str:
    """Return text in which nothing is markup, on one line."""
    line = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in line)
