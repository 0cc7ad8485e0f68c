"""A surge is measured against the province's own usual, told once a day, and never instead of what it consists of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sitmon.model.tempo import Tempo

PROVINCE = "AF-KDZ"


def tempo(recent: int, usual: float, days: float = 7) -> Tempo:
    return Tempo(PROVINCE, recent, usual, timedelta(hours=6), timedelta(days=days))


@pytest.mark.parametrize(
    ("recent", "usual", "days", "told"),
    [
        (6, 0.0, 7, True),
        (6, 1.0, 7, True),
        (5, 0.0, 7, False),  # too few to speak of
        (8, 3.0, 7, False),  # not three times the usual
        (12, 3.0, 7, True),
        (30, 12.0, 7, False),  # many, but this province always has many
        (40, 12.0, 7, True),
        (9, 0.0, 1.9, False),  # nobody knows yet what is usual
    ],
)
def test_which_counts_are_a_surge(recent: int, usual: float, days: float, told: bool, desk: Any, raised: Any) -> None:
    entry = desk.entry(9, desk.report("clash"))
    alerts = raised(desk.decide(entry, tempos=(tempo(recent, usual, days),)))
    assert [a.kind for a in alerts] == (["surge"] if told else [])
    if told:
        assert alerts[0].title == f"Kunduz province: surge, {recent} accounts of violence in 6 h"
        assert f"where {usual:.1f} are usual" in alerts[0].reason
        assert alerts[0].place.code == PROVINCE


def test_a_surge_is_told_once_a_day(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.decide(desk.entry(9, desk.report("clash")), tempos=(tempo(9, 0.5),)))
    (refused,) = desk.decide(desk.entry(10, desk.report("clash")), tempos=(tempo(12, 0.5),))
    assert refused.alert is None
    assert refused.reason == f"Kunduz: same surge as {first.id}"
    (second,) = raised(desk.decide(desk.entry(34, desk.report("clash")), tempos=(tempo(12, 0.5),)))
    assert second.fingerprint != first.fingerprint


def test_what_the_same_item_tells_of_the_province_comes_before_the_surge(desk: Any, raised: Any) -> None:
    entry = desk.entry(9, desk.report("suicide_bombing"))
    decisions = desk.decide(entry, tempos=(tempo(9, 0.5),))
    assert [a.kind for a in raised(decisions)] == ["event"]
    assert any("inhibited" in d.reason and "surge" in d.reason for d in decisions)


def test_old_news_makes_no_surge(desk: Any, hours: Any) -> None:
    entry = desk.entry(9, desk.report("clash"), published=hours(-80))
    assert [d.alert for d in desk.decide(entry, tempos=(tempo(9, 0.5),))] == [None]


def test_what_was_told_of_the_province_within_the_window_inhibits_the_surge(desk: Any, raised: Any) -> None:
    (fall,) = raised(desk.moves(9))
    (refused,) = desk.decide(desk.entry(12, desk.report("clash")), tempos=(tempo(9, 0.5),))
    assert refused.alert is None
    assert refused.reason == f"Kunduz: surge inhibited by {fall.id}, which says what it consists of"
    assert [a.kind for a in raised(desk.decide(desk.entry(16, desk.report("clash")), tempos=(tempo(9, 0.5),)))] == [
        "surge"
    ]
