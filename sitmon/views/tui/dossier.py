"""A status, an alert or an entry in, the blocks of its why-view out: what is said, on whose word, what is not known.

Pure: it draws nothing and asks nobody. A block is one text with marked stretches; the words of a feed stay words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from sitmon.assess.rules import RULES
from sitmon.assess.why import Weighed, Why
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.picture import Status, Transition
from sitmon.model.report import Report
from sitmon.model.terms import Side
from sitmon.views.reasons import EFFECTS, gap, settling
from sitmon.views.tui.codes import graded, language
from sitmon.views.tui.passage import Block, Mark, Writer, around
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.window import when
from sitmon.views.wording import (
    BASIS_WORDS,
    PRESSURE_WORDS,
    SITE_WORDS,
    age,
    basis_label,
    count,
    event,
    stamp,
    sureness,
)

WHAT: Final = 24
"""Cells of what happened in a line of the history, so that the reasons stand below one another."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the program gave for a why-view: the ledger's reasons, and the entries by item id."""

    entries: Mapping[str, Entry]
    why: Why | None = None

    @classmethod
    def of(cls, entries: Iterable[Entry], why: Why | None = None) -> Grounds:
        """Return the grounds that these entries are."""
        return cls({entry.item.id: entry for entry in entries}, why)

    def report(self, report_id: str) -> tuple[Entry, Report] | None:
        """Return a report with its entry."""
        entry = self.entries.get(item_of(report_id))
        if entry is None:
            return None
        found = next((r for r in entry.verdict.reports if r.id == report_id), None)
        return (entry, found) if found else None


def voices(origins: int, reports: Sequence[str]) -> str:
    """Return how many say so: the origins, or, where a rule counts none, the reports; nothing where nobody does."""
    return count(origins, "origin") if origins else count(len(reports), "report") if reports else ""


def item_of(report_id: str) -> str:
    """Return the id of the item that a report was found in."""
    return report_id.rpartition("#")[0]


def items_behind(why: Why | None, alert: Alert | None = None) -> tuple[str, ...]:
    """Return the ids of the items that a why-view shows, each once."""
    ids = [weighed.item for weighed in why.evidence] if why else []
    ids += [item_of(report) for report in alert.reports] if alert else []
    return tuple(dict.fromkeys(ids))


def of_place(
    scene: Scene, status: Status, grounds: Grounds, zone: tzinfo, *, alert: Alert | None = None
) -> list[Block]:
    """Return the why-view of a place; of an alert on it, the alert's reason stands first."""
    why = grounds.why
    blocks = _alert_head(alert, zone) if alert is not None else []
    blocks += _head(scene, status, why)
    blocks += _sites(scene, status)
    blocks += _history(scene, status, why.history if why else scene.picture.history(status.place.code), zone)
    if why is not None:
        blocks += _origins(why)
    blocks += _evidence(scene, why.evidence if why else (), grounds, zone)
    blocks += _quotes(scene, status.place.province, zone)
    if why is not None and why.unknown:
        blocks += [Block(""), _title("Not known", "")]
        blocks += [Block(gap(missing, scene.area), tone="dim", indent=2) for missing in why.unknown]
    return blocks


def of_alert(scene: Scene, alert: Alert, grounds: Grounds, zone: tzinfo) -> list[Block]:
    """Return the why-view of an alert that stands on no capital's status."""
    blocks = [*_alert_head(alert, zone), _title("Rests on", "enter reads the item" if alert.reports else "")]
    for pair in map(grounds.report, alert.reports):
        if pair is None:
            blocks.append(Block("a report that is no longer in the log", tone="faint", indent=2))
            continue
        entry, report = pair
        blocks += of_report(scene, entry, report, f"{event(report.event_type)}, {report.modality}", zone)
    if not alert.reports:
        blocks.append(
            Block("No report: this is about what the desk can see, not about what was said.", tone="dim", indent=2)
        )
    return blocks


def of_entry(scene: Scene, entry: Entry, zone: tzinfo) -> list[Block]:
    """Return an item in full, in its own script, with all that was found in it."""
    item = entry.item
    head = Writer().add(item.source, "accent", bold=True).add(f"  {stamp(item.published, zone)}", "dim")
    head.add(f"  source {graded(item.reliability)}", "dim")
    if item.author:
        head.add(f"  by {item.author}", "dim")
    head.add(f"  {language(entry.verdict.lang)}", "dim")
    if item.withdrawn:
        head.add("  withdrawn by its publisher", "caution", bold=True)
    blocks = [head.block(), Block("")]
    spans = [span for report in entry.verdict.reports for span in report.evidence]
    blocks.append(Block(item.body, tuple(_mark(s.kind, s.start, s.end) for s in spans), entry=entry))
    if item.url:
        blocks += [Block(""), Writer().add("o  ", "accent", bold=True).add(item.url, "dim").block()]
    if entry.verdict.reports:
        blocks += [Block(""), _title("Reports", "what was found in it, and the words that it rests on")]
        for report in entry.verdict.reports:
            blocks += [_found(scene, report), *_words(report)]
    else:
        blocks += [Block(""), Block("No event was found in it: it moves nothing.", tone="dim")]
    if entry.verdict.quotes:
        blocks += [Block(""), _title("Quotes", "")]
        for quote in entry.verdict.quotes:
            who = Writer(indent=2).add(quote.speaker or quote.role or "unnamed", _side_tone(quote.side), bold=True)
            role = f", {quote.role}" if quote.role and quote.speaker else ""
            blocks.append(who.add(f"{role}: ", "dim").add(quote.text).block())
    return blocks


def _alert_head(alert: Alert, zone: tzinfo) -> list[Block]:
    head = Writer().add(
        f"▲ {alert.severity.upper()}", "severe" if alert.severity == "Extreme" else "caution", bold=True
    )
    head.add(f"  {stamp(alert.time, zone)}", "dim").add(f"  {alert.title}", bold=True)
    said = voices(alert.origins, alert.reports)
    grading = " · ".join(filter(None, (alert.urgency, alert.certainty, said, alert.state)))
    return [head.block(), Block(alert.reason, indent=2), Block(grading, tone="dim", indent=2), Block("")]


def _head(scene: Scene, status: Status, why: Why | None) -> list[Block]:
    word = scene.area.words.get(status.holder, status.holder)
    head = Writer().glyph(status.holder, status.basis).add(f" {word}", status.holder, bold=True)
    head.add(f"  {BASIS_WORDS[status.basis]}", "caution", italic=True)
    said = voices(status.origins, status.evidence)
    head.add(f"   confidence {sureness(status)}" + (f"   {said}" if said else ""), "dim")
    if status.disputed_by:
        head.add(f"   {count(len(status.disputed_by), 'denial')}", "caution")
    parts = [*([f"{status.scope} of it"] if status.scope != "whole" else []), PRESSURE_WORDS[status.pressure]]
    if status.since:
        parts.append(f"since {status.since}")
    if status.last_evidence:
        parts.append(f"no new evidence for {age(scene.now - status.last_evidence)}")
    blocks = [head.block(), Block(" · ".join(parts), tone="dim")]
    blocks += [Block(_sentence(settling(wanted, scene.area))) for wanted in (why.settles if why else ())]
    rule = Writer().add("Rule ", "dim").add(status.rule.replace("_", " "), "accent")
    return [*blocks, rule.add(f": {RULES.get(status.rule, '')}", "dim").block()]


def _sites(scene: Scene, status: Status) -> list[Block]:
    if not status.sites:
        return []
    blocks = [Block(""), _title("Sites", "held apart from the city")]
    for site in status.sites:
        word = scene.area.words.get(site.holder, site.holder)
        line = Writer(indent=2).add(f"{SITE_WORDS[site.site]:<21}").glyph(site.holder, site.basis)
        line.add(f" {word}", site.holder, bold=True)
        blocks.append(line.add(f"  {site.basis}", "dim").block())
    return blocks


def _history(scene: Scene, status: Status, history: Sequence[Transition], zone: tzinfo) -> list[Block]:
    blocks = [Block(""), _title("History", "when this desk could know it")]
    baseline = next((t.from_holder for t in history if t.site is None), status.holder if not history else "government")
    word = scene.area.words.get(baseline, baseline)
    before = Writer(indent=2).add(f"{'before':<13}", "dim").glyph(baseline, "assumed").add(f" {word} (assumed)", "dim")
    blocks.append(before.block())
    return [*blocks, *(of_step(scene, step, zone) for step in history)]


def of_step(scene: Scene, step: Transition, zone: tzinfo, entry: Entry | None = None, *, named: bool = False) -> Block:
    """Return one change of a status in a line, with its place where it is `named`; `entry` is what the line opens."""
    line = Writer(indent=2).add(f"{stamp(step.known, zone):<13}", "dim")
    if named:
        line.add(f"{step.place.name}  ", bold=True)
    if step.moves or step.from_basis != step.to_basis:
        word, basis = scene.area.words.get(step.to_holder, step.to_holder), f" ({step.to_basis})"
        line.glyph(step.to_holder, step.to_basis).add(f" {word}", step.to_holder, bold=step.moves)
        line.add(basis.ljust(WHAT - len(word) - 2))
    else:
        line.add(f"! {PRESSURE_WORDS[step.to_pressure]}".ljust(WHAT))
    if step.site is not None:
        line.add(f"{SITE_WORDS[step.site]}: ")
    said = [count(len(step.evidence), "report")] if step.evidence else []
    said += [count(step.origins, "origin")] if step.origins else []
    return line.add("; ".join(filter(None, (step.rule.replace("_", " "), ", ".join(said)))), "dim").block(entry)


def _origins(why: Why) -> list[Block]:
    if not why.origins:
        return []
    blocks = [Block(""), _title("Origins", "independent roots of what is said; echoes count once")]
    for voice in why.origins:
        line = Writer(indent=2).add(voice.voice or "no speaker named", bold=True)
        line.add("  an account that nobody can judge" if voice.rumour else f"  {voice.basis}", "dim")
        carried = ", ".join(voice.carriers)
        blocks.append(line.add(f"  carried by {carried}" if carried else "", "dim").block())
    return blocks


def _evidence(scene: Scene, weighed: Sequence[Weighed], grounds: Grounds, zone: tzinfo) -> list[Block]:
    blocks = [Block(""), _title("Evidence", "newest first · enter reads the item" if weighed else "")]
    if not weighed:
        return [*blocks, Block("None: nothing was reported of it yet.", tone="dim", indent=2)]
    missing = 0
    for piece in weighed:
        pair = grounds.report(piece.report)
        if pair is None:
            missing += 1
            continue
        blocks += of_report(scene, *pair, EFFECTS.get(piece.effect, piece.effect), zone)
    if missing:
        blocks.append(
            Block(f"{count(missing, 'more report')} whose items are no longer in the log", tone="faint", indent=2)
        )
    return blocks


def of_report(scene: Scene, entry: Entry, report: Report, effect: str, zone: tzinfo) -> list[Block]:
    """Return a report in two blocks: who says it, then its sentence with the spans marked in it."""
    label = basis_label(report.basis or "reported")
    tone = {"CLAIM": "caution", "DENIAL": "government"}.get(label, "dim")
    line = Writer(indent=2).add(f"{stamp(when(entry), zone)}  ", "dim").add(entry.item.source, bold=True)
    line.add(f" {entry.item.reliability}  ", "dim").add(label, tone, bold=label.isupper())
    speaker = report.speaker or (scene.area.sides.get(report.source_side, "") if report.source_side else "")
    if speaker:
        line.add(f"  {speaker}", _side_tone(report.source_side))
    if report.agency:
        line.add(f"  via {report.agency}", "dim")
    line.add(f"  {effect}", "dim")
    text, begin = around(entry.item.body, report.evidence)
    marks = tuple(
        _mark(s.kind, s.start - begin, s.end - begin)
        for s in report.evidence
        if begin <= s.start and s.end <= begin + len(text)
    )
    return [line.block(entry), Block(text, marks, indent=4, entry=entry, companion=True)]


def _quotes(scene: Scene, province: str, zone: tzinfo) -> list[Block]:
    said = [s for s in scene.quotes[::-1] if s.quote.place and (s.quote.place + "/").startswith(province + "/")][:5]
    if not said:
        return []
    blocks = [Block(""), _title("Quotes", "of this place, newest first")]
    for one in said:
        line = Writer(indent=2).add(f"{stamp(when(one.entry), zone)}  ", "dim")
        line.add(one.quote.speaker or one.quote.role or "unnamed", _side_tone(one.quote.side), bold=True)
        blocks.append(line.add(": ", "dim").add(one.quote.text).block(one.entry))
    return blocks


def _found(scene: Scene, report: Report) -> Block:
    line = Writer(indent=2).add(event(report.event_type), "caution", bold=True)
    line.add(f"  {report.place.name if report.place else 'no place'}")
    names = (scene.area.actors[a].name for a in (report.actor, report.target) if a and a in scene.area.actors)
    who = " → ".join(names)
    if who:
        line.add(f"  {who}", "dim")
    basis = f", {report.basis}" if report.basis else ""
    dated = f", {report.event_time}" if report.event_time else ""
    line.add(f"  {report.modality}{basis}{dated}, confidence {report.confidence:.0%}", "dim")
    for word, people in (("killed", report.killed), ("wounded", report.wounded), ("abducted", report.abducted)):
        number = people.best if people.best is not None else people.min
        if number is not None:
            line.add(f"  {number} {word}", "severe")
    return line.block()


def _words(report: Report) -> list[Block]:
    """Return the words that a report rests on, each with what it was taken for: not all see the marks' colours."""
    if not report.evidence:
        return []
    line = Writer(indent=4)
    for n, span in enumerate(dict.fromkeys((s.kind, s.text) for s in report.evidence)):
        kind, text = span
        line.add(" · " if n else "", "dim").add(f"{kind} ", "dim").add(text, _mark(kind, 0, 0).tone)
    return [line.block()]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _title(text: str, aside: str) -> Block:
    return Writer().add(text, bold=True).add(f"  {aside}" if aside else "", "dim").block()


def _mark(kind: str, start: int, end: int) -> Mark:
    tone = {"place": "accent", "actor": "insurgent", "target": "government", "cue": "caution"}.get(kind, "good")
    return Mark(start, end, tone, bold=True, underline=True)


def _side_tone(side: Side | None) -> str:
    return side if side in ("insurgent", "government") else "fg"
