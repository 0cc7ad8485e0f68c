"""Freshness and Retry-After, table-tested."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.headers import LONGEST, fresh_for, http_date, retry_after

NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)
DATE = "Sun, 08 Aug 2021 09:00:00 GMT"  # the server's clock is three hours behind


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"cache-control": "max-age=43200"}, seconds(43200)),
        ({"cache-control": "public, MAX-AGE = 600"}, seconds(600)),
        ({"cache-control": 'max-age="600"'}, seconds(600)),
        ({"cache-control": "max-age=600", "age": "500"}, seconds(100)),
        ({"cache-control": "max-age=600", "age": "9000"}, seconds(0)),
        ({"cache-control": "max-age=600", "age": "soon"}, seconds(600)),
        ({"cache-control": "max-age=600, no-cache"}, None),
        ({"cache-control": "no-store, max-age=600"}, None),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "x-max-age=600"}, None),
        ({"cache-control": "max-age=-5"}, None),
        ({"cache-control": "max-age=" + "9" * 5000}, LONGEST),
        ({"cache-control": "private", "expires": "Sun, 08 Aug 2021 10:00:00 GMT", "date": DATE}, seconds(3600)),
        ({"expires": "Sun, 08 Aug 2021 12:05:00 GMT"}, seconds(300)),
        ({"expires": "Sun, 08 Aug 2021 08:00:00 GMT", "date": DATE}, None),
        ({"cache-control": "max-age=60", "expires": "Sun, 08 Aug 2021 23:00:00 GMT"}, seconds(60)),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({"expires": "whenever"}, None),
    ],
)
def test_how_long_an_answer_holds(headers: dict[str, str], expected: timedelta | None) -> None:
    assert fresh_for(headers, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "120"}, seconds(120)),
        ({"retry-after": " 0 "}, seconds(0)),
        ({"retry-after": "-120"}, None),
        ({"retry-after": "12.5"}, None),
        ({"retry-after": "١٢"}, None),
        ({"retry-after": "later"}, None),
        ({"retry-after": "1000000000"}, LONGEST),
        ({"retry-after": "9" * 5000}, LONGEST),
        ({"retry-after": "Sun, 08 Aug 2021 09:10:00 GMT", "date": DATE}, seconds(600)),
        ({"retry-after": "Sun, 08 Aug 2021 12:10:00 GMT"}, seconds(600)),
        ({"retry-after": "Sun, 08 Aug 2021 01:00:00 GMT"}, seconds(0)),
    ],
)
def test_how_long_to_stay_away(headers: dict[str, str], expected: timedelta | None) -> None:
    assert retry_after(headers, NOW) == expected


@pytest.mark.parametrize(
    "value", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_all_three_forms_of_an_http_date(value: str) -> None:
    assert http_date(value) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_no_header_raises(control: str, expires: str, retry: str) -> None:
    headers = {"cache-control": control, "expires": expires, "retry-after": retry, "age": retry, "date": expires}
    for found in (fresh_for(headers, NOW), retry_after(headers, NOW)):
        assert found is None or timedelta(0) <= found <= LONGEST
