"""The ledger's small parts: times, origins, thresholds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sitmon import area_files
from sitmon.area import Area
from sitmon.assess import thresholds
from sitmon.assess.moments import read, zone
from sitmon.assess.origins import Voices, fold, independent, overlap, same_voice, sketch

KABUL = zone("Asia/Kabul")
PUBLISHED = datetime(2021, 8, 8, 21, 0, tzinfo=UTC)  # 9 August, 01:30 in Kabul


@pytest.mark.parametrize(
    ("text", "precision", "day", "late"),
    [
        (None, None, date(2021, 8, 9), False),
        ("2021-08-08", "day", date(2021, 8, 8), True),
        ("2021-08-09T01", "hour", date(2021, 8, 9), False),
        ("2021-08-02", "week", date(2021, 8, 8), True),
        ("2021-08", "month", date(2021, 8, 9), False),
        ("2021-07", "month", date(2021, 7, 31), True),
        ("2021-W31", None, date(2021, 8, 8), True),
        ("2015", None, date(2015, 12, 31), True),
        ("next Friday", None, date(2021, 8, 9), False),
        ("2021-08-20", "day", date(2021, 8, 9), False),
        ("2021-13-45", "day", date(2021, 8, 9), False),
    ],
)
def test_the_day_of_an_event(text: str | None, precision: str | None, day: date, late: bool) -> None:
    moment = read(text, PUBLISHED, PUBLISHED, KABUL, precision)
    assert moment is not None
    assert (moment.day, moment.late) == (day, late)
    assert moment.done <= moment.told


def test_nothing_is_dated_by_the_time_of_fetching() -> None:
    assert read(None, None, PUBLISHED, KABUL) is None


def test_copies_overlap_and_other_texts_do_not() -> None:
    story = "The provincial capital fell on Sunday after two days of heavy fighting, officials and residents said."
    copied = (
        "THE PROVINCIAL CAPITAL fell on Sunday, after two days of heavy fighting, officials and residents said (AFP)"
    )
    other = "Aircraft bombed positions around the provincial capital on Sunday while residents stayed in their cellars."
    assert overlap(sketch(story), sketch(copied)) > 0.6
    assert overlap(sketch(story), sketch(other)) < 0.2
    assert overlap(sketch(""), sketch(story)) == 0


def test_names_fold_over_scripts_and_marks() -> None:
    assert fold("  Lashkar-Gah’s ") == "lashkar gah s"
    assert fold("كندهار") == fold("کندهار")
    assert fold("Café") == "cafe"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("wali", "amruddin wali", True),
        ("mohammad noor rahmani", "noor rahmani", True),
        ("amruddin wali", "abdul wali", False),
        ("noor", "noor rahmani", False),
    ],
)
def test_one_person_under_two_names(one: str, other: str, same: bool) -> None:
    assert same_voice(one, other) is same


def test_a_carrier_is_no_origin_beside_the_voice_that_it_carries() -> None:
    afp, reuters = frozenset({"afp"}), frozenset({"reuters"})
    assert independent([("", afp), ("a resident", afp)]) == 1
    assert independent([("", afp), ("a resident", reuters)]) == 2
    assert independent([("", afp), ("", reuters)]) == 2
    assert independent([]) == 0


def test_the_spellings_of_a_known_person_are_one_voice(area: Area, news: Any) -> None:
    voices = Voices(area)
    keys = {
        voices.origin(entry, entry.verdict.reports[0]).key
        for entry in (
            news.claim(1, speaker="Zabihullah Muhajid"),
            news.claim(2, speaker="Zabihullah Mujahid", agency="AFP"),
        )
    }
    assert len(keys) == 1


def test_an_unnamed_voice_is_one_per_carrier(area: Area, news: Any) -> None:
    voices = Voices(area)
    entries = [news.witness(1), news.witness(2, source="Gulf Monitor"), news.witness(3, source="Paper", agency="AFP")]
    assert len({voices.origin(e, e.verdict.reports[0]).key for e in entries}) == 3


def test_every_mistake_in_the_table_is_named() -> None:
    found = thresholds.check(
        {"half_life_hour": 3, "grade_a": 2, "pressure_hours": 0, "confirming_origins": 1.5, "grade_b": 1}
    )
    assert [(m.where, m.nearest) for m in found] == [
        ("ledger.half_life_hour", "half_life_hours"),
        ("ledger.grade_a", None),
        ("ledger.pressure_hours", None),
        ("ledger.confirming_origins", None),
    ]


@pytest.mark.parametrize("number", [float("inf"), float("nan"), -float("inf")])
@pytest.mark.parametrize("key", ["half_life_hours", "dispute_hours", "confirming_origins", "grade_a"])
def test_a_number_without_end_is_no_threshold(key: str, number: float) -> None:
    assert [m.where for m in thresholds.check({key: number})] == [f"ledger.{key}"]


def test_hours_beyond_what_a_calendar_holds_are_no_threshold() -> None:
    assert [m.where for m in thresholds.check({"pressure_hours": 1e300, "half_life_hours": 87_601})] == [
        "ledger.pressure_hours",
        "ledger.half_life_hours",
    ]


def test_the_bundled_areas_table_is_sound_and_complete() -> None:
    table = area_files.load(Path(__file__).parents[2] / "seeds" / "afghanistan").ledger
    assert thresholds.check(table) == []
    assert set(table) == set(thresholds.Thresholds.__slots__)
    assert thresholds.read(table) == thresholds.Thresholds(), "the defaults in the code are those of the bundled area"
