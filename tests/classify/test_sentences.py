"""Dari, Pashto and Russian, sentence by sentence: what each gives stands in `tests/data/<language>.toml`.

A row names the reports that must be there ("type place key=value ..."), those that are told of but have not happened
(`unreal`), types that may stand beside, and quotes; nothing else may be told of as having happened.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitmon.classify.classifier import Classifier
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.report import Report
from sitmon.model.terms import MOVING

Row = dict[str, Any]
DATA = Path(__file__).parent.parent / "data"
LANGUAGES = {"dari": "prs", "pashto": "ps", "russian": "ru"}
COUNTS = ("killed", "wounded", "abducted")


def rows_of(language: str) -> list[Row]:
    return list(tomllib.loads((DATA / f"{language}.toml").read_text(encoding="utf-8"))["rows"])


ROWS = [(language, row) for language in LANGUAGES for row in rows_of(language)]


@pytest.mark.parametrize(("language", "row"), ROWS, ids=[f"{language}: {row['why']}" for language, row in ROWS])
def test_a_sentence_gives_what_it_says_and_no_more(read: Callable[..., Verdict], language: str, row: Row) -> None:
    verdict = read(row["text"], side=row.get("side"), author=row.get("author"))
    wrong = list(differences(row, verdict))
    known = row.get("misses", [])
    assert [w for w in wrong if not any(k in w for k in known)] == [], row["why"]
    assert all(any(k in w for w in wrong) for k in known), f"it is no longer missed: {known}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_told(read: Callable[..., Verdict], language: str) -> None:
    rows = rows_of(language)
    right = sum(read(row["text"]).lang == LANGUAGES[language] for row in rows)
    assert right >= 0.97 * len(rows)


def test_every_verdict_is_shown_by_spans_of_the_text(read: Callable[..., Verdict]) -> None:
    for _, row in ROWS:
        for report in read(row["text"], side=row.get("side"), author=row.get("author")).reports:
            kinds = {span.kind for span in report.evidence}
            assert "cue" in kinds
            assert report.place is None or "place" in kinds
            assert all(row["text"][span.start : span.end] == span.text for span in report.evidence)


@pytest.mark.parametrize("language", ["dari", "pashto"])
def test_the_forms_of_letters_make_no_difference(read: Callable[..., Verdict], language: str) -> None:
    """Arabic keyboards write other letters for the same words."""
    for row in rows_of(language)[:20]:
        other = row["text"].replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ")
        assert told(read(other)) == told(read(row["text"])), row["text"]


@pytest.mark.parametrize("language", ["dari", "pashto"])
def test_a_long_text_without_stops_is_read_to_its_end(classifier: Classifier, language: str) -> None:
    """The clauses of a hostile text are bounded: its last words are read like its first."""
    taken = rows_of(language)[0]["text"].rstrip(".")
    text = f"{taken} " * 400
    verdict = classifier.classify(Item("t", "test", text, published=datetime(2021, 8, 12, tzinfo=UTC)))
    assert ("captured", "AF-KDZ/kunduz") in told(verdict)
    assert len(verdict.reports) < 5


def told(verdict: Verdict) -> list[tuple[str, str]]:
    return sorted(key(r) for r in moving(verdict))


def moving(verdict: Verdict) -> list[Report]:
    """Return what is told of as having happened: not who holds a site as ever."""
    return [r for r in verdict.reports if r.modality in MOVING and (r.event_type != "other" or r.tags)]


def key(report: Report) -> tuple[str, str]:
    return report.event_type, report.place.code if report.place else "-"


def wanted(line: str) -> tuple[tuple[str, str], dict[str, str]]:
    type_, place, *pairs = line.split()
    return (type_, place), dict(pair.split("=", 1) for pair in pairs)


def value(report: Report, name: str) -> str:
    if name in COUNTS:
        return str(getattr(report, name).best)
    return str(report.event_time if name == "time" else getattr(report, name))


def differences(row: Row, verdict: Verdict) -> Iterator[str]:
    """Yield what a verdict has otherwise than a row."""
    left = moving(verdict)
    for line in row.get("reports", []):
        at, facts = wanted(line)
        tag = facts.pop("tags", None)
        hits = [r for r in left if key(r) == at and (tag is None or tag in r.tags)]
        if not hits:
            yield f"no {line}"
            continue
        yield from (f"{name} {value(hits[0], name)}, not {x}" for name, x in facts.items() if value(hits[0], name) != x)
        left = [r for r in left if r not in hits]
    yield from (f"extra {key(r)}" for r in left if r.event_type not in row.get("may", []))
    for line in row.get("unreal", []):
        at, facts = wanted(line)
        if not any(key(r) == at and all(value(r, n) == x for n, x in facts.items()) for r in verdict.reports):
            yield f"no {line}"
    for quote in row.get("quotes", []):
        if not any(all(getattr(q, n) == x for n, x in quote.items()) for q in verdict.quotes):
            yield f"no quote {quote}"
