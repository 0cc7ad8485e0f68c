"""Dates: every labelled expression; chains, flags, the solar calendar, and which date a report takes."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.classify import solar
from sitmon.classify.dates import Calendar, Moment, event_time
from sitmon.classify.text import read

TABLES = tomllib.loads((Path(__file__).parent.parent / "data" / "dates.toml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{kind}-{n}") for kind, rows in TABLES.items() for n, row in enumerate(rows, 1)]
SUNDAY = datetime(2021, 8, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize("date_row", ROWS)
def test_labelled_rows(calendar: Calendar, date_row: dict[str, Any]) -> None:
    published = datetime.fromisoformat(date_row["published"]) if date_row["published"] else None
    found = calendar.resolve(read(date_row["text"]), published)
    why = f"{date_row['text']} ({date_row['why']})"
    if "values" in date_row:
        assert [m.value for m in found] == date_row["values"], why
    elif date_row["value"] == "none":
        assert found == (), why
    else:
        assert (found[0].value, found[0].precision) == (date_row["value"], date_row["precision"]), why


def moments(calendar: Calendar, text: str, published: datetime | None = SUNDAY) -> tuple[Moment, ...]:
    return calendar.resolve(read(text), published)


def test_offsets_are_of_the_body(calendar: Calendar) -> None:
    text = "Ünïcode ‘marks’ — on Friday, a day later, in 2015."
    assert [text[m.start : m.end] for m in moments(calendar, text)] == ["Friday", "a day later", "in 2015"]


@pytest.mark.parametrize(
    ("text", "history", "future"),
    [
        ("In 2015 it fell.", True, False),
        ("In May it fell.", True, False),
        ("In July it fell.", False, False),
        ("On Friday it fell.", False, False),
        ("On 31 August they leave.", False, True),
        ("Tomorrow they leave.", False, True),
        ("In the 1990s it fell.", True, False),
        ("Last year it fell.", True, False),
    ],
)
def test_history_and_future(calendar: Calendar, text: str, history: bool, future: bool) -> None:
    (moment,) = moments(calendar, text)
    assert (moment.history, moment.future) == (history, future)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Officials said on Sunday that it fell.", True),
        ("He told AFP on Sunday.", True),
        ("It fell, the ministry said in a statement on Sunday.", True),
        ("It fell on Sunday, officials said.", False),
        ("Officials said that on Sunday it fell.", False),
    ],
)
def test_a_date_of_saying_is_known_as_one(calendar: Calendar, text: str, said: bool) -> None:
    (moment,) = moments(calendar, text)
    assert moment.said is said


def test_a_report_takes_the_nearest_date_that_is_not_the_sayings(calendar: Calendar) -> None:
    text = "They seized Zaranj on Friday, officials said on Sunday, and a day later Sheberghan."
    found = moments(calendar, text)
    assert event_time(found, 0, len(text), text.index("seized")) == ("2021-08-06", "day")
    assert event_time(found, 0, len(text), text.index("Sheberghan")) == ("2021-08-07", "day")


def test_a_date_of_saying_is_the_last_resort_and_a_year_or_a_long_span_none(calendar: Calendar) -> None:
    text = "A pilot was killed, officials said on Saturday."
    assert event_time(moments(calendar, text), 0, len(text)) == ("2021-08-07", "day")
    text = "It was overrun in 2015."
    assert event_time(moments(calendar, text), 0, len(text)) is None
    text = "The Taliban have taken Kunduz, the largest city to fall to them since May."
    assert event_time(moments(calendar, text), 0, len(text)) is None
    assert event_time((), 0, 10) is None


def test_a_stretch_knows_only_its_own_dates(calendar: Calendar) -> None:
    text = "It fell on Friday. It was retaken on Saturday."
    found = moments(calendar, text)
    second = text.index("It was")
    assert event_time(found, second, len(text)) == ("2021-08-07", "day")


@pytest.mark.parametrize("name", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
def test_every_weekday_from_every_day(calendar: Calendar, name: str) -> None:
    for offset in range(7):
        published = datetime(2021, 8, 2, 12, tzinfo=UTC) + timedelta(days=offset)
        (moment,) = moments(calendar, f"It fell on {name}.", published)
        assert moment.day.strftime("%A") == name
        assert timedelta(0) <= published.date() - moment.day < timedelta(days=7)


def test_weekdays_follow_the_areas_day_not_utcs(calendar: Calendar) -> None:
    late = datetime(2021, 8, 7, 20, 0, tzinfo=UTC)  # 00:30 on Sunday in Kabul
    (moment,) = moments(calendar, "It fell on Sunday.", late)
    assert moment.day == date(2021, 8, 8)


def test_the_solar_year_begins_with_spring() -> None:
    known = {1300: date(1921, 3, 21), 1357: date(1978, 3, 21), 1380: date(2001, 3, 21), 1399: date(2020, 3, 20)}
    known |= {1400: date(2021, 3, 21), 1403: date(2024, 3, 20), 1404: date(2025, 3, 21), 1408: date(2029, 3, 20)}
    assert {year: solar.first_day(year) for year in known} == known


def test_every_solar_day_is_one_common_day() -> None:
    day = solar.first_day(1390)
    for year in range(1390, 1411):
        for month in range(1, 13):
            for number in range(1, solar.days_of(year, month) + 1):
                assert solar.to_common(year, month, number) == day
                assert solar.year_of(day) == year
                day += timedelta(days=1)


@pytest.mark.parametrize(
    "wrong", [(1400, 12, 30), (1400, 13, 1), (1400, 7, 31), (1400, 1, 0), (900, 1, 1), (1600, 1, 1)]
)
def test_no_such_solar_day(wrong: tuple[int, int, int]) -> None:
    assert solar.to_common(*wrong) is None


@pytest.mark.parametrize("before", ["", "(", "#", "'", '"', "– ", "x, ", "5,", "۔"])
@pytest.mark.parametrize("text", ["2021-08-07", "yesterday", "August 7", "7 August", "the 7 August", "two days ago"])
def test_a_date_may_begin_after_any_mark(calendar: Calendar, before: str, text: str) -> None:
    """It is tried only where a word or a number begins: each such spot is one of them."""
    assert moments(calendar, before + text)[0].start == len(before)


FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("published", [FIRST, LAST], ids=["the first hour", "the last"])
def test_the_ends_of_the_calendar_are_no_fault(calendar: Calendar, published: datetime) -> None:
    text = "On Sunday, last month, two years ago, next week and three days later, tomorrow; in 2015. دیروز، ماه گذشته"
    found = moments(calendar, text, published)
    assert [text[m.start : m.end] for m in found if m.precision == "year"] in ([], ["in 2015"])
