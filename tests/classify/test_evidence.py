"""Every verdict over every corpus is explained by spans: a cue, and a place where there is one, as the offsets say."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from sitmon.classify.classifier import Classifier
from sitmon.model.entry import Verdict
from sitmon.model.item import Item

ROOT: Final = Path(__file__).parents[2]
LABELLED: Final = sorted((ROOT / "eval" / "labelled").glob("*.jsonl"))
TABLES: Final = ["tolls", "voices", "whereabouts", "event-dates", "casualties"]


def rows_of(path: Path) -> Iterator[Item]:
    """The items of a labelled file, or of a table of sentences under `t` or `text`."""
    if path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            published = datetime.fromisoformat(row["published"] + "T12:00:00+00:00") if row.get("published") else None
            yield Item(row["id"], "test", row["text"], title=row.get("title") or "", published=published)
        return
    for key, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for n, row in enumerate(rows if isinstance(rows, list) else []):
            text = row.get("t") or row.get("text")
            if text:
                yield Item(f"{key}-{n}", "test", text)


def faults(item: Item, verdict: Verdict) -> Iterator[str]:
    """What a verdict says without showing it."""
    for mention in verdict.places:
        if not item.body[mention.start : mention.end].strip():
            yield f"{item.id}: {mention.place.code} is named nowhere"
    for quote in verdict.quotes:
        if item.body[quote.start : quote.end] != quote.text:
            yield f"{item.id}: a quote is not what stands there"
    for report in verdict.reports:
        kinds = {span.kind for span in report.evidence}
        if "cue" not in kinds:
            yield f"{report.id}: {report.event_type} without a cue"
        if report.place is not None and "place" not in kinds:
            yield f"{report.id}: set in {report.place.code} without a place"
        for span in report.evidence:
            if item.body[span.start : span.end] != span.text or not span.text.strip():
                yield f"{report.id}: {span.kind} at {span.start} is not {span.text!r}"


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_every_verdict_on_the_labelled_texts_is_shown(classifier: Classifier, path: Path) -> None:
    found = [fault for item in rows_of(path) for fault in faults(item, classifier.classify(item))]
    assert not found, "\n".join(found[:10])


@pytest.mark.parametrize("name", TABLES)
def test_every_verdict_on_the_tables_is_shown(classifier: Classifier, name: str) -> None:
    items = list(rows_of(ROOT / "tests" / "data" / f"{name}.toml"))
    assert items
    found = [fault for item in items for fault in faults(item, classifier.classify(item))]
    assert not found, "\n".join(found[:10])
