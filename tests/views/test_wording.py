"""Words that every view shares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sitmon import area_files
from sitmon.model.terms import HOLDERS, happening
from sitmon.views import wording


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-5, "0m"), (0, "0m"), (59, "59m"), (72, "1h12m"), (600, "10h"), (1439, "23h"), (1562, "1d02h"), (4320, "3d")],
)
def test_age(minutes: int, said: str) -> None:
    assert wording.age(timedelta(minutes=minutes)) == said
    assert len(said) <= 6


def test_an_age_that_is_not_known_says_nothing() -> None:
    assert wording.age(None) == ""


def test_the_clock_shows_the_day_when_it_is_another() -> None:
    now = datetime(2021, 8, 8, 1, 0, tzinfo=UTC)
    kabul = timezone(timedelta(hours=4, minutes=30))
    assert wording.clock(now - timedelta(minutes=30), UTC, now=now) == "00:30"
    assert wording.clock(now - timedelta(hours=2), UTC, now=now) == "7 Aug"
    assert wording.clock(now - timedelta(hours=2), kabul, now=now) == "03:30"


def test_glyphs_tell_holder_and_basis_apart_without_colour() -> None:
    for ascii_only in (False, True):
        signs = [
            wording.glyph(holder, basis, ascii_only=ascii_only)
            for holder in HOLDERS
            if holder != "unknown"
            for basis in ("confirmed", "disputed", "claimed")  # type: ignore[misc]
        ]
        assert len(set(signs)) == 9
        assert not ascii_only or all(sign.isascii() for sign in signs)


def test_ascii_leaves_no_sign_of_ours_behind() -> None:
    ours = "▲ ● ‖ ✕ ▌“words” — … · × ▁▂▃▄▅▆▇█ ↵ ╱ ✓ – › ‹ → ↑ ↓ ← ⇧"
    assert wording.plain(ours).isascii()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain", "plain"),
        ("کندز", "کندز\u200e"),
        ("در کندز، هرات 12 and Kabul", "در کندز، هرات\u200e 12 and Kabul"),
        ("a کندز b هرات", "a کندز\u200e b هرات\u200e"),
    ],
)
def test_every_right_to_left_run_ends_with_a_mark(text: str, kept: str) -> None:
    assert wording.keep_direction(text) == kept


@pytest.mark.parametrize(("name", "code"), [("Northern Post", "NP"), ("Pajhwok", "PAJHW"), ("AFP", "AFP"), ("…", "…")])
def test_initials(name: str, code: str) -> None:
    assert wording.initials(name) == code


def test_counts() -> None:
    assert wording.count(1, "report") == "1 report"
    assert wording.count(1284, "item") == "1,284 items"


def test_of_a_moment_whose_day_alone_is_known_the_day_is_shown() -> None:
    area = area_files.load(area_files.find("afghanistan"))
    assert wording.moment(datetime(2021, 8, 8, 19, 29, 59, 999999, UTC), area) == "2021-08-08"
    assert wording.moment(datetime(2021, 8, 8, 19, 29, 58, tzinfo=UTC), area) == "2021-08-08T19:29:58Z"


def test_the_agency_before_a_statement_is_no_part_of_it() -> None:
    assert (
        wording.without_dateline("(HKW) The Taliban have taken over Taloqan") == "The Taliban have taken over Taloqan"
    )
    assert wording.without_dateline("(the third) town fell") == "(the third) town fell"


def test_another_event_is_told_by_its_tag() -> None:
    assert happening("other", ["siege"]) == "siege"
    assert happening("other", ["killed_leader", "displacement"]) == "leader killed"
    assert happening("other") == "other event"
    assert happening("clash", ["siege"]) == "clash"
