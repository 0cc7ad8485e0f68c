"""docs/output.md is a contract: every key that leaves stands in it, and it names none that does not."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon import area_files
from sitmon.model.alert import Alert
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.picture import Picture, SiteStatus, Status
from sitmon.model.place import PlaceRef
from sitmon.model.report import Count, Report
from sitmon.views.export import jsonl, sitrep

PAGE = (Path(__file__).parents[2] / "docs" / "output.md").read_text(encoding="utf-8")
NOW = datetime(2021, 8, 8, tzinfo=UTC)
PLACE = PlaceRef("AF-KDZ/kunduz", "Kunduz", "city", "AF-KDZ")
ITEM = Item(
    id="1",
    source="x",
    text="t",
    title="t",
    published=NOW,
    author="a",
    url="https://a.example",
    lang="en",
    side="media",
    agency="HKW",
    ref="2",
    place_hint="Kabul",
    revision=1,
    withdrawn=True,
)


def made(cls: type[Any], **given: Any) -> Any:
    """Return an object with what is given, and an empty value for everything else that it must have."""
    needed = {
        f.name: None
        for f in dataclasses.fields(cls)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }
    return cls(**{**needed, **given})


def documented(heading: str) -> set[str]:
    """Return the keys in the first column of the table under a heading."""
    section = re.split(r"^#+ ", PAGE.partition(heading)[2], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


RECORDS: list[tuple[str, Mapping[str, Any]]] = [
    ("## An item:", jsonl.item_of(ITEM)),
    ("## A verdict:", jsonl.verdict_of(ITEM, Verdict(lang="en"))),
    ("### A report", jsonl.report_of(made(Report, confidence=0.5, killed=Count(), wounded=Count(), abducted=Count()))),
    (
        "## A status:",
        jsonl.status_of(made(Status, place=PLACE, confidence=0.5, sites=(made(SiteStatus, site="airport"),))),
    ),
    ("## An alert:", jsonl.alert_of(made(Alert, place=PLACE, time=NOW))),
]


@pytest.mark.parametrize(("heading", "record"), RECORDS, ids=[h for h, _ in RECORDS])
def test_the_page_and_the_lines_have_the_same_keys(heading: str, record: Mapping[str, Any]) -> None:
    assert documented(heading) == set(record)


def test_the_page_and_a_situation_report_have_the_same_keys() -> None:
    area = area_files.load(area_files.find("afghanistan"))
    period = sitrep.Period(area, NOW, NOW, timedelta(hours=48), Picture(NOW), (), (), (), (), (), "Aziz", 1)
    record = sitrep.record(period)
    assert documented("## A situation report:") == set(record)


def test_what_stands_in_a_cell_of_a_status_is_named_too() -> None:
    record = jsonl.status_of(made(Status, place=PLACE, confidence=0.5, sites=(made(SiteStatus, site="airport"),)))
    assert all(f"`{key}`" in PAGE for key in record["sites"][0])
