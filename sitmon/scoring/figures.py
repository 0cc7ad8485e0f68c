"""Labelled rows with their verdicts in, figures and misses out. It must not classify, and knows no language's words.

Figures of a task that no row is labelled for are left out, so that a missing figure never reads as a bad one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sitmon.model.terms import EVENT_TYPES, MOVING, TERRITORY
from sitmon.scoring import saying
from sitmon.scoring.labels import COUNTS, ReportLabel
from sitmon.scoring.shapes import Figure, Figures, Miss, Scored, Share

NONE: Final = "none"
"""What stands for "no event" among the first types."""


def measure(scored: Sequence[Scored]) -> Figures:
    """Return the figures of classified rows."""
    tasks: dict[str, dict[str, Figure]] = {}
    misses: list[Miss] = []
    pairs = _first_types(scored)
    steps = (_language, _provinces, _events, _reports, *(_casualties(w) for w in COUNTS), saying.quotes)
    for step in steps:
        tasks.update(step(scored, misses))
    one, support = _f1s([p for p in pairs if p[0] != NONE])
    by_type = {t: (one[t], support[t]) for t in sorted(support, key=lambda t: (-support[t], t))}
    return Figures(len(scored), tasks, by_type, dict(Counter(pairs)), tuple(misses))


def _language(scored: Iterable[Scored], misses: list[Miss]) -> dict[str, dict[str, Figure]]:
    labelled = [(row, verdict) for row, verdict in scored if row.labels.lang is not None]
    right = 0
    for row, verdict in labelled:
        # Dari and Persian do not differ in writing.
        same = verdict.lang == row.labels.lang or {verdict.lang, row.labels.lang} == {"fa", "prs"}
        right += same
        if not same:
            misses.append(Miss("language", row, row.labels.lang, verdict.lang))
    return {"language": {"items": len(labelled), "right": Share(right, len(labelled))}} if labelled else {}


def _provinces(scored: Iterable[Scored], misses: list[Miss]) -> dict[str, dict[str, Figure]]:
    items = exact = first = placed = hit = false = missed = 0
    for row, verdict in scored:
        if row.labels.provinces is None:
            continue
        gold, got = set(row.labels.provinces), set(verdict.provinces)
        items += 1
        exact += gold == got
        placed += bool(gold)
        first += bool(gold and verdict.provinces and verdict.provinces[0] in gold)
        hit, false, missed = hit + len(gold & got), false + len(got - gold), missed + len(gold - got)
        if gold != got:
            misses.append(Miss("provinces", row, list(row.labels.provinces), list(verdict.provinces)))
    if not items:
        return {}
    return {
        "provinces": {
            "items": items,
            "exact": Share(exact, items),
            "first_right": Share(first, placed),
            "precision": Share(hit, hit + false),
            "recall": Share(hit, hit + missed),
        }
    }


def _first_types(scored: Iterable[Scored]) -> list[tuple[str, str]]:
    """Return (labelled, given) first types of the rows that are labelled with one type, tags aside, or with none."""
    pairs = []
    for row, verdict in scored:
        gold = row.labels.event_types
        if gold is not None and (len(gold) <= 1 or sum(t in EVENT_TYPES for t in gold) == 1):
            pairs.append(((*gold, NONE)[0], (*verdict.event_types, NONE)[0]))
    return pairs


def _f1s(pairs: Sequence[tuple[str, str]]) -> tuple[dict[str, float], Counter[str]]:
    support = Counter(gold for gold, _ in pairs)
    given = Counter(got for _, got in pairs)
    hits = Counter(gold for gold, got in pairs if gold == got)
    return {t: 2 * hits[t] / (support[t] + given[t]) for t in support}, support


def _events(scored: Iterable[Scored], misses: list[Miss]) -> dict[str, dict[str, Figure]]:
    labelled = [(row, verdict) for row, verdict in scored if row.labels.event_types is not None]
    if not labelled:
        return {}
    among: list[bool] = []
    kept: list[bool] = []
    sides: list[bool] = []
    false = changed = elsewhere = 0
    for row, verdict in labelled:
        gold, got = row.labels.event_types or (), verdict.event_types
        (among if gold else kept).append(bool(set(gold) & set(got)) if gold else not got)
        if _missed(gold, got):
            misses.append(Miss("event types", row, list(gold), list(got)))
        if len(gold) == 1 and gold[0] in ("captured", "retaken"):
            other = "retaken" if gold[0] == "captured" else "captured"
            sides.append(gold[0] in got and other not in got)
        moved = [r for r in verdict.reports if r.event_type in TERRITORY and r.modality in MOVING]
        taken = [r for r in moved if r.event_type == "captured"]
        if moved and not set(gold) & TERRITORY:
            changed += 1
            misses.append(Miss("false changes", row, list(gold), _named(moved)))
        if taken and not set(gold) & TERRITORY:
            false += 1
            misses.append(Miss("false captured", row, list(gold), _named(taken)))
        elif row.labels.provinces is not None:
            wrong = [r for r in taken if r.place and r.place.province not in row.labels.provinces]
            elsewhere += bool(wrong)
            if wrong:
                misses.append(Miss("captured elsewhere", row, list(row.labels.provinces), _named(wrong)))
    pairs = [p for p in _first_types(labelled) if p[0] != NONE]
    one, support = _f1s(pairs)
    figures: dict[str, Figure] = {"items": len(labelled), "gold_among_given": Share(sum(among), len(among))}
    if pairs:
        figures["first_weighted_f1"] = sum(one[t] * support[t] for t in one) / len(pairs)
        figures["first_macro_f1"] = sum(one.values()) / len(one)
    if sides:
        figures["captured_vs_retaken"] = Share(sum(sides), len(sides))
    figures["false_captured"] = Share(false, len(labelled))
    figures["false_changes"] = Share(changed, len(labelled))
    figures["captured_elsewhere"] = Share(elsewhere, len(labelled))
    if kept:
        figures["none_kept_none"] = Share(sum(kept), len(kept))
    return {"event types": figures}


def _missed(gold: Sequence[str], got: Sequence[str]) -> bool:
    """Whether the types are wrong: given where none is right, the main one not first, or none of several given."""
    if len(gold) == 1 or not gold or not got:
        return tuple(gold[:1]) != tuple(got[:1])
    return not set(gold) & set(got)


def _named(reports: Iterable[Any]) -> list[str]:
    return [f"{r.event_type} {r.place.code if r.place else '-'} {r.modality} {r.basis or '-'}" for r in reports]


def _casualties(what: str) -> Any:
    def count(scored: Iterable[Scored], misses: list[Miss]) -> dict[str, dict[str, Figure]]:
        stated: list[bool] = []
        kept: list[bool] = []
        for row, verdict in scored:
            gold = getattr(row.labels, what)
            if gold is None:
                continue
            got = max((getattr(r, what).best or 0 for r in verdict.reports), default=0)
            (stated if gold else kept).append(gold == got)
            if gold != got:
                misses.append(Miss(what, row, gold, got))
        if not stated and not kept:
            return {}
        figures: dict[str, Figure] = {"items": len(stated) + len(kept), "exact": Share(sum(stated), len(stated))}
        if kept:
            figures["none_kept_none"] = Share(sum(kept), len(kept))
        return {what: figures}

    return count


def _reports(scored: Iterable[Scored], misses: list[Miss]) -> dict[str, dict[str, Figure]]:
    """Match each labelled report to a given one of its type and place, then compare what else is labelled."""
    labelled = found = 0
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for row, verdict in scored:
        free = list(verdict.reports)
        for gold in row.labels.reports or ():
            labelled += 1
            match = max((r for r in free if _same(gold, r)), key=lambda r: _agreement(gold, r), default=None)
            if match is None:
                misses.append(Miss("reports", row, _wanted(gold), _named(verdict.reports)))
                continue
            found += 1
            free.remove(match)
            for key in gold.labelled & {"modality", "basis", "holder"}:
                asked[key] += 1
                expected, got = getattr(gold, key), getattr(match, key)
                right[key] += expected == got
                if expected != got:
                    misses.append(Miss(key, row, f"{_wanted(gold)}: {expected or '-'}", got or "-"))
    if not labelled:
        return {}
    shares: dict[str, Figure] = {k: Share(right[k], asked[k]) for k in ("modality", "basis", "holder") if asked[k]}
    return {"reports": {"labelled": labelled, "found": Share(found, labelled), **shares}}


def _same(gold: ReportLabel, report: Any) -> bool:
    place = report.place.code if report.place else None
    return report.event_type == gold.event_type and ("place" not in gold.labelled or place == gold.place)


def _agreement(gold: ReportLabel, report: Any) -> int:
    return sum(getattr(gold, k) == getattr(report, k) for k in ("modality", "basis", "holder") if k in gold.labelled)


def _wanted(gold: ReportLabel) -> str:
    return f"{gold.event_type} {gold.place or '-'}" if "place" in gold.labelled else gold.event_type
