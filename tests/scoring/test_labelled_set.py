"""The project's own labelled set: well formed, wide enough, and described by the page that is made from it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import Any

import pytest

from sitmon.model.terms import EVENT_TYPES, TAGS
from sitmon.scoring.shapes import Scored
from tools import accuracy

TOLERANCE = 2.0
"""Points, or else one case, by which the classifier may do worse than the page says before it has to be made again."""
LESS_IS_BETTER = ("false captured", "false changes", "captured elsewhere")


@pytest.fixture(scope="module")
def scored() -> dict[str, list[Scored]]:
    """Return the whole set with its verdicts; a row with a mistake raises here."""
    return accuracy.scored_set()


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    """Return the lines of the set."""
    files = sorted(accuracy.SET.glob("*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines()]


def test_every_row_is_well_formed_has_a_reason_and_a_fold_by_its_id(records: list[dict[str, Any]]) -> None:
    assert len({r["id"] for r in records}) == len(records)
    for row in records:
        assert row["why"].strip(), row["id"]
        assert row["lang"], row["id"]
        assert row["fold"] == int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 5, row["id"]


def test_no_text_is_labelled_twice(records: list[dict[str, Any]]) -> None:
    counts = Counter(re.sub(r"\W+", " ", r["text"]).casefold() for r in records)
    assert [text for text, n in counts.items() if n > 1] == []


def test_the_set_is_as_wide_as_it_is_said_to_be(records: list[dict[str, Any]]) -> None:
    langs = Counter(r["lang"] for r in records)
    assert langs["en"] >= 300
    assert langs["ps"] >= 120
    assert langs["prs"] >= 100
    assert {"ar", "ur", "ru"} <= set(langs)
    assert sum("trap" in r for r in records) >= 500
    given = {t for r in records for t in r.get("event_types") or ()}
    assert given >= {*EVENT_TYPES, *TAGS}
    reports = [p for r in records for p in r.get("reports") or ()]
    assert {p.get("modality") for p in reports} >= {
        "actual",
        "hedged",
        "planned",
        "hypothetical",
        "historical",
        "negated",
    }
    assert {p.get("basis") for p in reports} >= {"claimed", "reported", "conceded", "witnessed", "denied"}
    provinces = {p for r in records for p in r.get("provinces") or ()}
    assert len(provinces) == 34


def test_the_page_says_no_more_than_is_so(scored: dict[str, list[Scored]]) -> None:
    now = _cells(accuracy.page(scored))
    said = _cells(accuracy.PAGE.read_text(encoding="utf-8"))
    again = "docs/accuracy.md is out of date: run `make accuracy` and read what changed"
    assert now.keys() == said.keys(), again
    assert now["items"] == said["items"], again
    worse = []
    for name, row in said.items():
        sign = -1 if name.split(": ")[-1] in LESS_IS_BETTER else 1
        for column, (figure, cases) in row.items():
            present, _ = now[name].get(column, (None, 0))
            if present is None or sign * (figure - present) > max(TOLERANCE, 100.1 / cases):
                worse.append(f"{name}, {column}: the page says {figure:.1f}, it is {present}")
    assert not worse, "\n".join([again, *worse])


def test_the_page_lists_no_row_of_the_folds_that_are_kept_back(records: list[dict[str, Any]]) -> None:
    text = accuracy.PAGE.read_text(encoding="utf-8")
    kept = [r["id"] for r in records if r["fold"] not in accuracy.SHOWN_FOLDS]
    assert kept
    assert [i for i in kept if f"`{i}`" in text] == []


def test_the_page_lists_so_many_failures_a_task_and_counts_the_rest(scored: dict[str, list[Scored]]) -> None:
    sections = accuracy.page(scored).split("## Failures in folds 0 to 2")[1].split("\n### ")[1:]
    assert sections
    for section in sections:
        title, *lines = section.strip().splitlines()
        number = int(title.split("(")[1].rstrip(")"))
        assert len(lines) == min(number, accuracy.LISTED) + (number > accuracy.LISTED)
        assert number <= accuracy.LISTED or lines[-1].startswith(f"- and {number - accuracy.LISTED} more")


def _cells(page: str) -> dict[str, dict[str, tuple[float, int]]]:
    """Return the figures of a page's first table and what they are of, F1s in points; what is no figure is left out."""
    lines = [line for line in page.split("## The same by kind")[0].splitlines() if line.startswith("|")]
    columns = [c.strip() for c in lines[0].strip("|").split("|")]
    found: dict[str, dict[str, tuple[float, int]]] = {}
    for line in lines[2:]:
        name, *cells = (c.strip() for c in line.strip("|").split("|"))
        row = found.setdefault(name, {})
        for column, cell in zip(columns[1:], cells, strict=True):
            number = re.match(r"([\d.]+)(?: % of (\d+))?", cell)
            if number is not None:
                row[column] = (float(number[1]) * (100 if name.endswith("f1") else 1), int(number[2] or 100))
    return found
