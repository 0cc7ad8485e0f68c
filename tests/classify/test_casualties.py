"""Counting people: every labelled sentence, and what the rows cannot say: bounds, claimants, stretches, years."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sitmon.classify.attribution import Attributor
from sitmon.classify.casualties import NOBODY, Counter, Toll, claims_of
from sitmon.classify.text import read
from sitmon.model.report import Count

TABLES = tomllib.loads((Path(__file__).parent.parent / "data" / "casualties.toml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{kind}-{n}") for kind, rows in TABLES.items() for n, row in enumerate(rows, 1)]


def toll(counter: Counter, text: str, year: int | None = 2021) -> Toll:
    return counter.count(read(text), year=year)


@pytest.mark.parametrize("casualty_row", ROWS)
def test_labelled_rows(counter: Counter, attributor: Attributor, casualty_row: dict[str, Any]) -> None:
    doc = read(casualty_row["text"])
    got = counter.count(doc, year=2021, claims=claims_of(attributor.statements(doc)))
    found = {harm: getattr(got, harm).best for harm in ("killed", "wounded", "abducted")}
    wanted = {harm: casualty_row.get(harm) for harm in found}
    assert found == wanted, f"{casualty_row['text']} ({casualty_row['why']})"


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Twelve people were killed.", Count(12, 12, 12)),
        ("At least 12 people were killed.", Count(12, 12, None)),
        ("More than 12 people were killed.", Count(12, 12, None)),
        ("Dozens of people were killed.", Count(12, 12, None)),
        ("Up to 12 people were killed.", Count(None, 12, 12)),
        ("Nearly 12 people were killed.", Count(None, 12, 12)),
        ("About 12 people were killed.", Count(None, 12, None)),
        ("Between 10 and 15 people were killed.", Count(10, 10, 15)),
        ("No one was killed.", Count(0, 0, 0)),
        ("People were killed.", Count()),
        ("The death toll rose to 20, up from at least 14.", Count(20, 20, 20)),
    ],
)
def test_bounds(counter: Counter, text: str, killed: Count) -> None:
    assert toll(counter, text).killed == killed


def test_two_claimants_give_a_range_whose_lowest_is_best(counter: Counter, attributor: Attributor) -> None:
    doc = read("Police said five soldiers were killed. The governor said nine soldiers were killed.")
    got = counter.count(doc, year=2021, claims=claims_of(attributor.statements(doc)))
    assert got.killed == Count(5, 5, 9)
    assert [(m.claimant, m.count.best) for m in got.mentions] == [("Police", 5), ("governor", 9)]


def test_without_claims_one_voice_tells_of_one_event(counter: Counter) -> None:
    assert (
        toll(counter, "Police said five soldiers were killed. The governor said nine soldiers were killed.").killed.best
        == 9
    )


def test_a_stretch_is_counted_alone(counter: Counter) -> None:
    doc = read("Two people were killed in Herat. Three people were killed in Kabul.")
    start, end = doc.sentences[1]
    assert counter.count(doc, start, end, year=2021).killed.best == 3
    assert counter.count(doc, *doc.sentences[0], year=2021).killed.best == 2


def test_sentences_of_one_event_need_not_stand_together(counter: Counter) -> None:
    doc = read("Bomb kills dozens in Herat. The sky was blue. At least 34 people died, including two children.")
    assert counter.count_in(doc, [0, 2], year=2021).killed == Count(34, 34, None)
    assert counter.count_in(doc, [1], year=2021) == NOBODY


def test_a_year_is_history_only_beside_the_items_own(counter: Counter) -> None:
    text = "In 2015 fighters killed 300 soldiers."
    assert toll(counter, text, year=2021).killed == Count()
    assert toll(counter, text, year=2015).killed.best == 300
    assert toll(counter, text, year=None).killed == Count()


def test_mentions_say_where_they_stand(counter: Counter) -> None:
    text = "A blast killed 14 people, including five children, and wounded dozens."
    doc = read(text)
    told = [(m.harm, text[m.start : m.end], text[m.cue_start : m.cue_end], m.part) for m in counter.mentions(doc)]
    assert told == [("killed", "14 people", "killed", False), ("wounded", "dozens", "wounded", False)]


def test_camps_keep_the_sides_apart(counter: Counter) -> None:
    doc = read("Three soldiers and two civilians were killed, and ten Taliban fighters died.")
    assert [(m.camp, m.count.best) for m in counter.mentions(doc)] == [("force", 3), ("civilian", 2), ("insurgent", 10)]
    assert counter.count(doc).killed.best == 15


def test_what_is_not_about_people_costs_nothing_and_gives_nothing(counter: Counter) -> None:
    assert toll(counter, "The minister opened a school in Bamyan on Monday.") == NOBODY
    assert toll(counter, "") == NOBODY
