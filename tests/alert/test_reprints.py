"""What is printed once more is no news; what only has the same words is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sitmon.alert.reprints import Reprints
from sitmon.alert.settings import Rule, Settings
from sitmon.model.alert import Alert
from sitmon.model.mark import Mark
from sitmon.model.place import PlaceRef
from sitmon.model.report import Count, Span

CITY, DISTRICT, CAPITAL = "AF-KDZ/kunduz", "AF1701", "AF-KAB/kabul"
BOTH = "Suicide attackers struck at the gates of two towns on the morning of the feast, doctors and elders said there."
CUE = (Span("cue", 8, 17, "attackers"),)
NOON = datetime(2021, 8, 8, 12, tzinfo=UTC)


def struck(desk: Any, *places: str, hour: float = 9, day: str | None = None, killed: int | None = 12) -> Any:
    reports = [
        desk.report(
            "suicide_bombing", at=at, evidence=CUE, event_time=day, killed=Count(best=killed) if not n else Count()
        )
        for n, at in enumerate(places)
    ]
    return desk.decide(desk.entry(hour, *reports, text=BOTH))


@pytest.mark.parametrize("places", [(CITY, CAPITAL), (CITY, DISTRICT)])
def test_one_sentence_about_two_places_is_two_alerts(places: tuple[str, ...], desk: Any, raised: Any) -> None:
    found = raised(struck(desk, *places))
    assert [a.place.code for a in found] == list(places)
    assert [a.severity for a in found] == ["Severe", "Severe"]
    assert raised(struck(desk, *places, hour=9 + 7 * 24)) == [], "and a reprint of it is neither"


def test_a_toll_of_several_places_names_them_and_what_has_none_its_own(desk: Any, raised: Any) -> None:
    assert [a.title for a in raised(struck(desk, CITY, CAPITAL))] == [
        "Kunduz and Kabul: suicide bombing, 12 killed in all",
        "Kabul: suicide bombing",
    ]


def test_each_of_two_places_rests_on_its_own_report_and_a_toll_of_both_on_both(desk: Any, raised: Any) -> None:
    assert [len(a.reports) for a in raised(struck(desk, CITY, CAPITAL))] == [2, 1]


def test_a_desks_rule_of_the_second_place_decides_of_it_alone(desk: Any, raised: Any) -> None:
    own = desk.restarted(settings=Settings(rules=(Rule("capital", "Extreme", places=("AF-KAB",)),)))
    assert [a.severity for a in raised(struck(own, CITY, CAPITAL))] == ["Severe", "Extreme"]


def test_a_silence_of_one_place_leaves_the_other(desk: Any, raised: Any, hours: Any) -> None:
    desk.alerter.mark(Mark("s", "silence", "AF-KDZ", "Aziz", hours(0)), hours(0))
    assert [a.place.code for a in raised(struck(desk, CITY, CAPITAL))] == [CAPITAL]


@pytest.mark.parametrize(
    ("days", "before", "now", "killed", "reprint"),
    [
        (7, None, None, 12, True),
        (7, "2021-08-08", None, 12, True),
        (7, "2021-08-08", "2021-08-15", 12, True),  # "on Sunday", read a week later
        (2, "2021-08-08", "2021-08-10", 12, False),
        (7, "2021-08-08", "2021-08-14", 12, False),
        (7, None, None, 30, False),
        (35, None, None, 12, False),
        (35, "2021-08-08", "2021-09-12", 12, False),
    ],
)
def test_which_later_printing_is_a_reprint(
    days: int, before: str | None, now: str | None, killed: int, reprint: bool, desk: Any, raised: Any
) -> None:
    (first,) = raised(struck(desk, CITY, day=before))
    for one in (desk.restarted(first), desk):
        assert (raised(struck(one, CITY, hour=9 + 24 * days, day=now, killed=killed)) == []) is reprint


def test_the_same_words_of_another_place_or_kind_are_no_reprint(desk: Any, raised: Any) -> None:
    raised(struck(desk, CITY))
    assert raised(struck(desk, CAPITAL, hour=9 + 7 * 24))
    toll = Count(12, 12, 12)
    assert raised(desk.happens(9 + 7 * 24, "riot", evidence=CUE, text=BOTH, killed=toll))


def alert(day: int, words: int = 7) -> Alert:
    place = PlaceRef(CITY, "Kunduz", "city", "AF-KDZ")
    time = NOON + timedelta(days=day)
    return Alert(
        f"a{day}-{words}", f"event|{CITY}||deed|{day}", time, "event", "bombing", "", "Severe", "Immediate", "Likely",
        place=place, words=words,
    )  # fmt: skip


def test_a_sentence_counts_from_when_it_was_told_last() -> None:
    known = Reprints(timedelta(days=10))
    known.note(alert(0))
    known.note(alert(35))
    found = known.first(replace(alert(40), killed=None))
    assert found is not None
    assert found.time == NOON + timedelta(days=35)


def test_what_is_long_past_is_let_go() -> None:
    known = Reprints(timedelta(days=10))
    for day in range(100):
        known.note(alert(day, words=day + 1))
    held = [word for word in range(1, 101) if known.first(alert(0, word)) is not None]
    assert held == list(range(90, 101))
    assert known.first(alert(0, words=0)) is None, "a few words are nobody's"
