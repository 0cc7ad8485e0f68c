"""Why a status or an alert is what it is, in plain lines: the sentence, the rule, the origins, what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sitmon.area import Area
from sitmon.assess.records import Record
from sitmon.assess.rules import RULES
from sitmon.assess.why import Gap, Settling, Weighed, Why
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.picture import Status, Transition
from sitmon.model.report import Report, Span
from sitmon.model.terms import RULE_WORDS, Holder, happening
from sitmon.views import wording
from sitmon.views.export.jsonl import time_of

Entries = Mapping[str, Entry]
"""Item id -> entry."""

_CONTEXT = 70
"""Letters shown on either side of the evidence where its sentence is longer."""

_SENTENCE_END = re.compile(r"[.!?\u061f\u06d4]\s|\n")

EFFECTS: Mapping[str, str] = {
    "counted": "counted",
    "echo": "an echo: its origin had said so before",
    "rumour": "an account that nobody can judge: moves nothing alone",
    "denial": "counted as a denial",
    "early_denial": "a denial before anybody had claimed it",
    "pressure": "counted as pressure",
    "planned": "set aside: only planned",
    "hypothetical": "set aside: only supposed",
    "historical": "set aside: history",
    "undated": "set aside: the item has no date",
    "background": "set aside: background to another report",
    "no_holder": "set aside: says nothing of who holds the place",
}


def of_status(why: Why, entries: Entries, area: Area, speakers: Sequence[Record] = ()) -> Iterator[str]:
    """Yield the reasons for a place's status; `speakers` are what became of what each of them said elsewhere."""
    status = why.status
    yield headline(status, area)
    fought = f", last told of {wording.moment(status.last_fighting, area)}" if status.last_fighting else ""
    yield f"  {wording.BASIS_WORDS[status.basis]}; {wording.PRESSURE_WORDS[status.pressure]}{fought}"
    last = f"last evidence {time_of(status.last_evidence) or 'none'}"
    if status.known_since is None:
        yield f"  nobody has told of a change of hands; {last}"
    else:
        yield f"  since {status.since or 'a day not told'}, known since {time_of(status.known_since)}, {last}"
    for site in status.sites:
        yield f"  {wording.SITE_WORDS[site.site]}: {area.words[site.holder]}, {site.basis}"
    yield ""
    yield f"Rule  {rule(status.rule, status.origins)}"
    yield f"  {RULES.get(status.rule, '')}"
    if why.history:
        yield ""
        yield "History"
        yield from (f"  {_transition(t, area)}" for t in why.history)
    if why.origins:
        yield ""
        yield "Origins of the present holder (weight: what the word of each counts for, 0 to 1)"
        by_name = {spelling.casefold(): r for r in speakers for spelling in r.spellings}
        for voice in why.origins:
            carried = ", ".join(voice.carriers)
            kind = "an account that nobody can judge" if voice.rumour else voice.basis
            by = f"; carried by {carried}" if carried != voice.voice else ""
            yield f"  {voice.voice or 'no speaker named'} ({kind}, weight {voice.weight:.2f}){by}"
            known = by_name.get(voice.voice.casefold()) if voice.voice else None
            if known is not None and known.claims + known.denials > 1:
                yield f"    record: {record(known)}"
    if why.evidence:
        yield ""
        yield "Evidence, newest first (the source with its grade, A to F)"
        for block in _by_sentence(why.evidence, entries):
            yield from (_weighed(weighed, area) for weighed in block)
            spans = tuple(span for weighed in block for span in _spans(weighed, entries))
            if marked := sentence(entries[block[0].item], spans) if spans else "":
                yield f"    {marked}"
    yield ""
    yield "What would settle or change it"
    if why.settles:
        yield from (f"  {settling(s, area)}" for s in why.settles)
    else:
        yield f"  {wording.needs(status, _side(status.holder, area), _side(_loser(status.holder), area))}"
    if why.unknown:
        yield ""
        yield "Not known"
        yield from (f"  {gap(g, area)}" for g in why.unknown)


def of_alert(alert: Alert, reports: Mapping[str, Report], entries: Entries) -> Iterator[str]:
    """Yield the reasons for an alert: what it says, why it was raised, and the sentences that it rests on."""
    yield f"{alert.title}"
    yield (
        f"  {time_of(alert.time)}  severity {alert.severity}, urgency {alert.urgency}, certainty {alert.certainty}; "
        f"{alert.state}"
    )
    yield f"  raised because: {alert.reason}"
    if alert.updates:
        yield f"  an update of {alert.updates}"
    if alert.url:
        yield f"  {alert.url}"
    yield ""
    yield "Rests on"
    for id_ in alert.reports:
        report = reports.get(id_)
        entry = entries.get(report.item) if report else None
        if report is None or entry is None:
            yield f"  {id_}: no longer in the log"
            continue
        yield from of_report(report, entry)


def of_report(report: Report, entry: Entry) -> Iterator[str]:
    """Yield one report with its sentence and its marked spans."""
    item = entry.item
    by = f", says {report.speaker}" if report.speaker else ""
    credit = f", by way of {report.agency}" if report.agency else ""
    yield f"  {time_of(item.published) or 'no date'}  {item.source} ({item.reliability})  {report.id}"
    place = report.place.name if report.place else "no one place"
    yield (
        f"    {happening(report.event_type, report.tags)} at {place}"
        f"{f' ({wording.SITE_WORDS[report.site]})' if report.site else ''}: {report.modality}, "
        f"{report.basis or 'basis not told'}{by}{credit}"
    )
    marked = sentence(entry, report.evidence)
    if marked:
        yield f"    {marked}"
    if report.evidence:
        yield "    " + "; ".join(f"{s.kind} {s.text!r} at {s.start}-{s.end}" for s in report.evidence)


def record(of: Record) -> str:
    """Return what became of what somebody said, in words."""
    parts = []
    if of.claims:
        ends = [f"{n} {word}" for n, word in ((of.conceded, "conceded"), (of.confirmed, "confirmed"),
                                              (of.denied, "denied"), (of.open, "open")) if n]  # fmt: skip
        parts.append(f"{wording.count(of.claims, 'claim')}: {', '.join(ends)}")
    if of.after is not None:
        parts.append(f"borne out after {wording.age(of.after)} (median)")
    if of.denials:
        ends = [f"{n} {word}" for n, word in ((of.upheld, "upheld"), (of.refuted, "refuted")) if n]
        parts.append(f"{wording.count(of.denials, 'denial')}{': ' + ', '.join(ends) if ends else ''}")
    return "; ".join(parts)


def headline(status: Status, area: Area) -> str:
    """Return a status in one line."""
    scope = "" if status.scope == "whole" else f", {status.scope} of it"
    sure = "" if status.basis == "assumed" else f", confidence {wording.sureness(status)}"
    origins = f", {wording.count(status.origins, 'origin')}" if status.origins else ""
    name = wording.full_name(status.place, area)
    return f"{name} ({status.place.code}): {area.words[status.holder]}{scope}, {status.basis}{sure}{origins}"


def rule(name: str, origins: int) -> str:
    """Return a rule of the ledger as it is shown: its name, and what it says here."""
    said = RULE_WORDS.get(name, "")
    if name == "independent_origins":
        said = f"{origins} independent origins agree" if origins > 1 else "one third party or witness so far"
    return f"{name}: {said}" if said else name


def sentence(entry: Entry, spans: tuple[Span, ...]) -> str:
    """Return the stretch of the item's text around the evidence, with each span between [ and ]."""
    body = entry.item.body
    spans = tuple(s for s in spans if 0 <= s.start < s.end <= len(body))
    if not spans:
        return ""
    first = min(s.start for s in spans if s.kind == "cue") if any(s.kind == "cue" for s in spans) else spans[0].start
    near = [s for s in spans if abs(s.start - first) <= 2 * _CONTEXT]
    start = max(0, min(s.start for s in near) - _CONTEXT)
    end = min(len(body), max(s.end for s in near) + _CONTEXT)
    out, at = [], start
    for span in sorted(near, key=lambda s: (s.start, -s.end)):
        if span.start < at:
            continue
        out += [body[at : span.start], "[", body[span.start : span.end], "]"]
        at = span.end
    out.append(body[at:end])
    text = " ".join("".join(out).split())
    return f"{'... ' if start else ''}{text}{' ...' if end < len(body) else ''}"


def _transition(row: Transition, area: Area) -> str:
    what = f"{wording.SITE_WORDS[row.site]}: " if row.site else ""
    if row.from_holder != row.to_holder or row.from_basis != row.to_basis:
        change = f"{area.words[row.from_holder]} ({row.from_basis}) -> {area.words[row.to_holder]} ({row.to_basis})"
    else:
        change = f"{wording.PRESSURE_WORDS[row.from_pressure]} -> {wording.PRESSURE_WORDS[row.to_pressure]}"
    happened = f"happened {row.event_time}; " if row.event_time else ""
    by = wording.count(row.origins, "origin") if row.origins else wording.count(len(row.evidence), "report")
    ground = f"{happened}{rule(row.rule, row.origins)}" + (f"; {by}" if row.origins or row.evidence else "")
    return f"{time_of(row.known)}  {what}{change}  ({ground})"


def _spans(weighed: Weighed, entries: Entries) -> tuple[Span, ...]:
    entry = entries.get(weighed.item)
    report = next((r for r in entry.verdict.reports if r.id == weighed.report), None) if entry else None
    return report.evidence if report else ()


def _by_sentence(evidence: Sequence[Weighed], entries: Entries) -> list[list[Weighed]]:
    """Return the evidence in its order, what one sentence says put together, so that the sentence is shown once."""
    blocks: dict[tuple[str, int], list[Weighed]] = {}
    for n, weighed in enumerate(evidence):
        cues = [s.start for s in _spans(weighed, entries) if s.kind == "cue"]
        body = entries[weighed.item].item.body if cues else ""
        begin = max((m.end() for m in _SENTENCE_END.finditer(body, 0, min(cues))), default=0) if cues else -1 - n
        blocks.setdefault((weighed.item, begin), []).append(weighed)
    return list(blocks.values())


def _weighed(weighed: Weighed, area: Area) -> str:
    about = f"{wording.SITE_WORDS[weighed.site]}: " if weighed.site else ""
    side = area.words[weighed.gain]
    what = {"gain": f"held by {side}", "denial": f"not held by {side}", "pressure": "fighting"}.get(weighed.kind, "")
    says = f"{what}, " if what else ""
    return (
        f"  {time_of(weighed.told)}  {weighed.source} ({weighed.reliability})  {about}{says}"
        f"{weighed.basis} by {weighed.voice or 'the source itself'}; {EFFECTS.get(weighed.effect, weighed.effect)}  "
        f"{weighed.report}"
    )


def _side(holder: Holder, area: Area) -> str:
    if holder in ("government", "insurgent"):
        return area.sides.get(holder, holder)
    return area.words[holder]


def _loser(holder: Holder) -> Holder:
    return "insurgent" if holder == "government" else "government"


def settling(wanted: Settling, area: Area) -> str:
    """Return what would settle or change a status, in words."""
    match wanted.kind:
        case "concession":
            return f"confirmed when {_side(wanted.side or 'unknown', area)} concedes it"
        case "origins":
            return f"confirmed when {wanted.need} independent origins agree (now {wanted.have})"
        case _:
            return f"undone when {_side(wanted.side or 'unknown', area)} takes its claim back"


def gap(missing: Gap, area: Area) -> str:
    """Return what is not known, in words."""
    match missing.kind:
        case "no_reports":
            return "nothing was reported of this place"
        case "no_site_reports":
            return f"who holds the {wording.SITE_WORDS[missing.site] if missing.site else 'site'}"
        case "no_statement":
            return f"{_side(missing.side or 'unknown', area)} has said nothing{_since(missing.since)}"
        case _:
            return "no third party and no witness has said so"


def _since(moment: datetime | None) -> str:
    return f" since {time_of(moment)}" if moment else ""
