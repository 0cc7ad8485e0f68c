"""How an alert reads: of which place, by whose word and whose count, in words and not in the names of rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sitmon.alert.wording import Wording
from sitmon.area import Actor
from sitmon.model.incident import Incident, Toll
from sitmon.model.picture import Status
from sitmon.model.report import Count, Span

CITY, PROVINCE, DISTRICT = "AF-KDZ/kunduz", "AF-KDZ", "AF1701"
TWELVE = Count(12, 12, 12)


def titles(decisions: Any) -> list[str]:
    return [d.alert.title for d in decisions if d.alert is not None]


@pytest.mark.parametrize(
    ("place", "said"),
    [(CITY, "Kunduz"), (PROVINCE, "Kunduz province"), (DISTRICT, "Khanabad district of Kunduz")],
)
def test_a_place_is_told_from_others_of_its_name(place: str, said: str, desk: Any) -> None:
    assert titles(desk.moves(9, at=place)) == [f"{said}: capture claimed by Taliban"]
    killed = desk.happens(9, "suicide_bombing", at=place)
    assert titles(killed) == [f"{said}: suicide bombing"]


def test_a_part_of_a_place_is_called_a_part(desk: Any) -> None:
    desk.moves(9)
    row = replace(desk.rows[-1], place=desk.ref(PROVINCE))
    status = Status(desk.ref(PROVINCE), "insurgent", "claimed", scope="part")
    assert Wording(desk.area).status_title(status, row) == "Kunduz province, part of it: capture claimed by Taliban"


def told_at_once(desk: Any, *places: str | None, provinces: tuple[str, ...] = ()) -> Any:
    cue = (Span("cue", 10, 16, "killed"),)
    reports = [desk.report("attack", evidence=cue, killed=TWELVE if n == 0 else Count()) for n in range(len(places))]
    at = [replace(r, place=desk.ref(p) if p else None) for r, p in zip(reports, places, strict=True)]
    entry = desk.entry(9, *at)
    return desk.decide(replace(entry, verdict=replace(entry.verdict, provinces=provinces)))


def test_a_count_over_several_places_is_pinned_on_none(desk: Any, raised: Any) -> None:
    (alert,) = raised(told_at_once(desk, None, provinces=("AF-KDZ", "AF-KAB/kabul")))
    assert alert.title == "Kunduz and Kabul: attack, 12 killed in all"
    assert (alert.place, alert.killed, alert.severity) == (None, 12, "Severe")
    (both,) = raised(told_at_once(desk, "AF-KAB/kabul", CITY))
    assert both.title == "Kabul and Kunduz: attack, 12 killed in all"
    assert len(both.reports) == 2
    (alone,) = raised(told_at_once(desk, CITY))
    assert alone.title == "Kunduz: attack, 12 killed"


def test_what_has_no_place_at_all_is_no_alert(desk: Any, raised: Any) -> None:
    assert raised(told_at_once(desk, None)) == []


def test_a_prison_break_is_not_said_twice(desk: Any) -> None:
    break_out = desk.report("attack", site="prison", tags=("prison_break",))
    assert titles(desk.decide(desk.entry(9, break_out))) == ["Kunduz: prison break"]


@pytest.fixture
def wording(desk: Any) -> Wording:
    taliban = Actor("taliban", "Taliban", "insurgent", "rebel", "Taliban", ())
    return Wording(replace(desk.area, actors={"taliban": taliban}))


@pytest.mark.parametrize(
    ("event", "side", "target", "said"),
    [
        ("clash", "government", "taliban", ", 12 killed on the Taliban side by the count of the Afghan government"),
        ("clash", "government", None, ", 12 killed by the count of the Afghan government"),
        ("bombing", "government", None, ", 12 killed"),
        ("clash", "civilian", "taliban", ", 12 killed"),
        ("clash", None, None, ", 12 killed"),
    ],
)
def test_one_partys_count_of_the_others_dead_is_called_that(
    event: str, side: Any, target: str | None, said: str, wording: Wording, desk: Any
) -> None:
    report = desk.report(event, source_side=side, target=target, killed=TWELVE)
    assert wording.event_title(report, least=12, most=12).endswith(f"{event}{said}")
    assert wording.event_title(report, least=12, most=12, claimants=2).endswith(f"{event}, 12 killed")


def test_counts_that_differ_are_named_with_who_counts(wording: Wording, desk: Any, hours: Any, raised: Any) -> None:
    def toll(who: str, number: int) -> Toll:
        return Toll(who, None, Count(number, number, number), Count(), Count(), "r", hours(9))

    incident = Incident(
        "i", "suicide_bombing", desk.ref(CITY), "2021-08-08", ("item-1#0",), 2, hours(9), hours(9),
        killed=Count(6, 6, 77), tolls=(toll("Taliban", 6), toll("Ministry", 77)),
    )  # fmt: skip
    (alert,) = raised(desk.happens(9, "suicide_bombing", killed=Count(best=77), incidents=(incident,)))
    assert alert.title == "Kunduz: suicide bombing, 6 to 77 killed, the counts differ"
    assert alert.reason.endswith("10 or more killed raise an alert; killed: Taliban 6, Ministry 77")


@pytest.mark.parametrize(
    ("origins", "basis", "said"),
    [
        (1, "reported", "one third party says so: "),
        (1, "witnessed", "a witness says so: "),
        (3, "confirmed", "3 independent origins say so, the latest: "),
    ],
)
def test_one_origin_is_not_called_several(origins: int, basis: Any, said: str, desk: Any, raised: Any) -> None:
    report = desk.report(basis=basis if origins == 1 else "reported")
    (alert,) = raised(desk.moves(9, basis=basis, rule="independent_origins", origins=origins, report=report))
    assert alert.reason.startswith(said)


def test_no_reason_names_a_rule_or_a_code(desk: Any) -> None:
    decisions = [
        *desk.moves(9),
        *desk.moves(10, basis="conceded", rule="against_interest"),
        *desk.moves(11, site="airport", rule="sites"),
        *desk.happens(9, "suicide_bombing", at="AF-KAB/kabul"),
        *desk.happens(9, "air_strike", at="AF-KAB/kabul", killed=TWELVE),
    ]
    told = [d.alert.reason for d in decisions if d.alert is not None and d.alert.state == "active"]
    assert len(told) == 5
    assert not any("rule " in reason or "_" in reason for reason in told)
