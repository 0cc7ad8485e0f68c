"""The week of the bundled sample, classified and folded: what the board shows at which hour, what never moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sitmon.area import Area
from sitmon.assess.fold import fold
from sitmon.model.entry import Entry
from sitmon.model.picture import Status
from sitmon.model.terms import SiteKind

END = datetime(2021, 8, 9, 16, tzinfo=UTC)
FALLEN = {
    "AF-NIM/zaranj",
    "AF-JOW/sheberghan",
    "AF-KDZ/kunduz",
    "AF-SAR/sar-e-pul",
    "AF-TAK/taloqan",
    "AF-SAM/aybak",
}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 8, day, hour, minute, tzinfo=UTC)


def board(area: Area, entries: tuple[Entry, ...], known_at: datetime) -> dict[str, Status]:
    return dict(fold(area, entries, now=END, known_at=known_at).statuses)


@pytest.mark.parametrize(
    ("known_at", "place", "holder", "bases"),
    [
        (at(6, 10, 30), "AF-NIM/zaranj", "government", {"assumed"}),
        (at(6, 11), "AF-NIM/zaranj", "insurgent", {"claimed"}),
        (at(6, 11, 30), "AF-NIM/zaranj", "insurgent", {"conceded"}),
        (at(6, 23), "AF-JOW/sheberghan", "government", {"assumed"}),
        (at(7, 6), "AF-JOW/sheberghan", "insurgent", {"claimed"}),
        (at(7, 7, 30), "AF-JOW/sheberghan", "insurgent", {"conceded"}),
        (at(7, 11), "AF-JOW/sheberghan", "insurgent", {"conceded"}),
        (at(7, 15), "AF-KDZ/kunduz", "government", {"assumed"}),
        (at(8, 4, 30), "AF-KDZ/kunduz", "insurgent", {"claimed"}),
        (at(8, 6), "AF-KDZ/kunduz", "insurgent", {"claimed"}),
        (at(8, 6, 30), "AF-KDZ/kunduz", "insurgent", {"conceded"}),
        (at(8, 6), "AF-SAR/sar-e-pul", "insurgent", {"claimed"}),
        (at(8, 7, 30), "AF-SAR/sar-e-pul", "insurgent", {"conceded"}),
        (at(8, 11), "AF-TAK/taloqan", "insurgent", {"claimed"}),
        (at(8, 13), "AF-TAK/taloqan", "insurgent", {"conceded"}),
        (at(9, 9), "AF-SAM/aybak", "insurgent", {"claimed"}),
        (at(9, 9, 30), "AF-SAM/aybak", "insurgent", {"conceded"}),
    ],
)
def test_a_claim_comes_first_and_the_losing_sides_word_settles_it(
    area: Area, entries: tuple[Entry, ...], known_at: datetime, place: str, holder: str, bases: set[str]
) -> None:
    status = board(area, entries, known_at)[place]
    assert (status.holder, status.basis) == (holder, *bases)


def test_six_capitals_fall_and_no_other(area: Area, entries: tuple[Entry, ...]) -> None:
    statuses = board(area, entries, END)
    capitals = {p.code for p in area.capitals}
    assert {c for c in capitals if statuses[c].holder == "insurgent"} == FALLEN
    assert {statuses[c].holder for c in capitals - FALLEN} == {"government"}
    assert {statuses[c].basis for c in FALLEN} <= {"conceded", "confirmed"}


@pytest.fixture(scope="module")
def boards(area: Area, entries: tuple[Entry, ...]) -> list[dict[str, Status]]:
    """What the board shows every eight hours."""
    return [board(area, entries, at(3, 12) + timedelta(hours=8 * n)) for n in range(19)]


@pytest.mark.parametrize("place", ["AF-HER/herat", "AF-BAL/mazar-i-sharif", "AF-KAB/kabul", "AF-GHA/ghazni"])
def test_rumours_denials_and_forecasts_move_no_holder(boards: list[dict[str, Status]], place: str) -> None:
    assert {statuses[place].holder for statuses in boards} == {"government"}


@pytest.mark.parametrize(
    ("place", "site"),
    [("AF-KDZ/kunduz", "airport"), ("AF-KDZ/kunduz", "army_base"), ("AF-JOW/sheberghan", "airport")],
)
def test_sites_are_held_while_their_city_is_lost(
    area: Area, entries: tuple[Entry, ...], place: str, site: SiteKind
) -> None:
    status = board(area, entries, END)[place]
    assert {s.site: s.holder for s in status.sites}.get(site) == "government"


def test_the_cities_that_are_fought_over_are_under_pressure(area: Area, entries: tuple[Entry, ...]) -> None:
    statuses = board(area, entries, at(4, 12))
    assert statuses["AF-HEL/lashkar-gah"].pressure == "fighting_inside"
    assert statuses["AF-HER/herat"].pressure == "fighting_near"
    assert statuses["AF-KAN/kandahar"].pressure != "none"
    assert board(area, entries, at(7, 14))["AF-SAR/sar-e-pul"].pressure == "surrounded"


def test_the_board_of_the_evening_of_8_august(area: Area, entries: tuple[Entry, ...]) -> None:
    statuses = board(area, entries, at(8, 18))
    fallen = {"AF-NIM/zaranj", "AF-JOW/sheberghan", "AF-SAR/sar-e-pul", "AF-KDZ/kunduz", "AF-TAK/taloqan"}
    assert {p.code for p in area.capitals if statuses[p.code].holder == "insurgent"} == fallen
    assert {statuses[code].basis for code in fallen} <= {"conceded", "confirmed"}
    for city in ("AF-KDZ/kunduz", "AF-JOW/sheberghan"):
        assert {s.site: s.holder for s in statuses[city].sites}["airport"] == "government"
    for city in ("AF-HER/herat", "AF-KAN/kandahar", "AF-HEL/lashkar-gah"):
        assert statuses[city].holder == "government"
        assert statuses[city].pressure != "none"
    assert statuses["AF-KAB/kabul"].holder == "government"
