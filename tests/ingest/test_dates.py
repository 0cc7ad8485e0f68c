"""Dates as publishers write them: read right, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.ingest.calendars import month_number, solar_to_gregorian
from sitmon.ingest.dates import choose_date, is_plausible, read_date

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEN = "2021-08-15T10:15:00+00:00"

STATED = {
    "Sun, 15 Aug 2021 10:15:00 GMT": TEN,
    "Sun, 15 Aug 2021 14:45:00 +0430": TEN,
    "Sun, 15 Aug 2021 14:45:00 +04:30": TEN,
    "Sun, 15 Aug 2021 14:45:00 GMT+0430": TEN,
    "Sun, 15 Aug 2021 14:45:00 UTC+04:30": TEN,
    "Sun, 15 Aug 2021 14:45:00 AFT": TEN,
    "Sun, 15 Aug 2021 15:15:00 PKT": TEN,
    "Sun, 15 Aug 2021 06:15:00 EDT": TEN,
    "Sun, 15 Aug 2021 10:15:00 Z": TEN,
    "Sun, 15 Aug 2021 10:15:00 -0000": TEN,
    "Sun, 15 Aug 2021 10:15:00 +0000 (UTC)": TEN,
    "Sun,15 Aug 2021 10:15:00 GMT": TEN,
    "15 Aug 21 10:15 GMT": TEN,
    "So, 15 Aug 2021 12:15:00 +0200": TEN,
    "dim., 15 août 2021 12:15:00 +0200": TEN,
    "2021-08-15T10:15:00Z": TEN,
    "2021-08-15T10:15:00.123456Z": TEN,
    "2021-08-15T14:45:00+04:30": TEN,
    "2021-08-15T10:15Z": TEN,
    "20210815T101500Z": TEN,
    "2021-08-15 14:45:00 +0430": TEN,
    "2021-08-15 10:15:00 UTC": TEN,
    "۲۰۲۱-۰۸-۱۵T۱۰:۱۵:۰۰Z": TEN,
    "Sun Aug 15 10:15:00 +0000 2021": TEN,
    "Sun Aug 15 10:15:00 UTC 2021": TEN,
    "August 15, 2021, 6:15 AM EDT": TEN,
    "Aug 15, 2021 · 10:15 AM UTC": TEN,
    "1629022500": TEN,
    "1629022500000": TEN,
    "2021-08-15T24:00:00Z": "2021-08-16T00:00:00+00:00",
    "Sun, 15 Aug 2021 10:15:60 GMT": "2021-08-15T10:15:59+00:00",
}
REPAIRED = {
    "Sun, 15 Aug 2021 10:15:00": TEN,
    "2021-08-15 10:15": TEN,
    "2021/08/15 10:15:00": TEN,
    "15-08-2021 10:15:00": TEN,
    "15/08/2021 10:15": TEN,
    "08/15/2021 10:15 AM": TEN,
    "15.08.2021 10:15": TEN,
    "Sunday, August 15, 2021 - 10:15": TEN,
    "1400-05-24 10:15": TEN,
    "1400/5/24 10:15": TEN,
    "یکشنبه ۲۴ اسد ۱۴۰۰ - ۱۰:۱۵": TEN,
    "۲۴ زمری ۱۴۰۰ ۱۰:۱۵": TEN,
    "24 Asad 1400 10:15": TEN,
    "یک‌شنبه ۲۴ مرداد ۱۴۰۰، ۱۰:۱۵": TEN,
    "۱۵ اوت ۲۰۲۱ ۱۰:۱۵": TEN,
    "۱۵ اگست ۲۰۲۱": "2021-08-15T00:00:00+00:00",
    "2021-08-15": "2021-08-15T00:00:00+00:00",
    "20210815": "2021-08-15T00:00:00+00:00",
    "15 de agosto de 2021": "2021-08-15T00:00:00+00:00",
}
BAD = [
    "Mon, 01 Jan 0001 00:00:00 +0000",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "2027-01-01T00:00:00Z",
    "1443-01-06",
    "1400-13-01",
    "30 حوت 1400",
    "2021-13-45",
    "2021-02-30T10:00:00Z",
    "Sun, 15 Aug 2021 25:15:00 GMT",
    "Sun, 15 Aug 2021 10:15:00 +9900",
    "Sun, 15 Aug 2021 10:15:00 XYZ",
    "15 Asad 2021",
    "15 Brumaire 2021",
    "yesterday",
    "12",
    "4567",
    "99999999999999999999",
    "2021",
    "x" * 5000,
    "1" * 101,
]


@pytest.mark.parametrize("text", STATED)
def test_dates_stated_in_full(text: str) -> None:
    assert read_date(text, NOW) == (datetime.fromisoformat(STATED[text]), "stated")


@pytest.mark.parametrize("text", REPAIRED)
def test_dates_that_leave_something_out(text: str) -> None:
    assert read_date(text, NOW) == (datetime.fromisoformat(REPAIRED[text]), "repaired")


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_have_been_meant_is_no_date(text: str) -> None:
    assert read_date(text, NOW) == (None, "bad")


@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}, True])
def test_nothing_said(nothing: object) -> None:
    assert read_date(nothing, NOW) == (None, "missing")


def test_the_first_version_counts_and_the_last_one_helps_out() -> None:
    first, last = "2021-08-15T10:15:00Z", "2021-08-16T10:15:00Z"
    assert choose_date(first, last, NOW) == (datetime.fromisoformat(TEN), "stated")
    assert choose_date("", last, NOW) == (datetime(2021, 8, 16, 10, 15, tzinfo=UTC), "updated")
    assert choose_date("0001-01-01", last, NOW)[1] == "updated"
    assert choose_date("0001-01-01", "", NOW) == (None, "bad")
    assert choose_date("", None, NOW) == (None, "missing")


def test_a_day_ahead_is_a_wrong_clock_and_more_is_no_date() -> None:
    assert read_date("2026-01-01T23:59:59Z", NOW)[0] is not None
    assert read_date("2026-01-02T00:00:01Z", NOW) == (None, "bad")


@pytest.mark.parametrize(
    ("solar", "gregorian"),
    [
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1400, 5, 15), date(2021, 8, 6)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_the_solar_calendar(solar: tuple[int, int, int], gregorian: date) -> None:
    assert solar_to_gregorian(*solar) == gregorian


@settings(max_examples=40)
@given(st.dates(date(1930, 1, 1), date(2100, 1, 1)))
def test_every_day_has_one_solar_date(day: date) -> None:
    found = [d for year in (day.year - 622, day.year - 621) for d in solar_days(year) if d == day]
    assert len(found) == 1


def solar_days(year: int) -> list[date]:
    days = []
    for month in range(1, 13):
        for n in range(1, 32):
            try:
                days.append(solar_to_gregorian(year, month, n))
            except ValueError:
                break
    assert len(days) in (365, 366)
    return days


def test_months_by_name() -> None:
    assert month_number("Sept.") == (9, False)
    assert month_number("أغسطس") == (8, False)
    assert month_number("سنبله") == (6, True)
    assert month_number("كب") == (12, True)  # with the Arabic letter
    assert month_number("Smarch") is None


@given(st.text(max_size=120))
def test_any_text_gives_a_plausible_date_or_none(text: str) -> None:
    found, quality = read_date(text, NOW)
    assert (found is None) == (quality in ("bad", "missing"))
    assert found is None or (found.utcoffset() == timedelta(0) and is_plausible(found, NOW))


moments = st.integers(946771200, 1767139200).map(lambda s: datetime.fromtimestamp(s, UTC).replace(tzinfo=None))
zones = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(moments, zones, st.sampled_from(["%a, %d %b %Y %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%a %b %d %H:%M:%S %z %Y"]))
def test_what_software_writes_is_read_back(moment: datetime, zone: timezone, form: str) -> None:
    stamped = moment.replace(tzinfo=zone)
    assert read_date(stamped.strftime(form), NOW) == (stamped.astimezone(UTC), "stated")
