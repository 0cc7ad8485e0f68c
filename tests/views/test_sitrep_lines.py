"""How a situation report words an incident and a change: at least, ranges, denials, rumours, provinces by name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sitmon import area_files
from sitmon.model.incident import Denial, Incident, Toll
from sitmon.model.place import PlaceRef
from sitmon.model.report import Count
from sitmon.views.export import sitrep, sitrep_text

AREA = area_files.load(area_files.find("afghanistan"))
NOON = datetime(2021, 8, 8, 12, tzinfo=UTC)
KABUL = PlaceRef("AF-KAB/kabul", "Kabul", "city", "AF-KAB")
KANDAHAR = PlaceRef("AF-KAN", "Kandahar", "province", "AF-KAN")


def line(killed: Count | None = None, place: PlaceRef = KABUL, **fields: Any) -> str:
    toll = Toll("health ministry", "government", killed or Count(), Count(), Count(), "r#1", NOON)
    incident = Incident(
        "id", "bombing", place, "2021-08-08", ("r#1",), 1, NOON, NOON, tolls=(toll,) if killed else (), **fields
    )
    return sitrep_text.told(sitrep.incident_of(incident, AREA))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count(12, 12, 12), "health ministry says 12 killed"),
        (Count(12, 12, 25), "health ministry says 12 to 25 killed"),
        (Count(12, 12, None), "health ministry says at least 12 killed"),
        (Count(None, 12, None), "health ministry says 12 killed"),
    ],
)
def test_a_toll_is_said_as_it_was_counted(count: Count, said: str) -> None:
    assert line(count) == f"2021-08-08 Kabul: bombing, 1 origin; {said}"


def test_who_denies_it_stands_beside_who_counts() -> None:
    denial = Denial("Taliban", "insurgent", "r#2", NOON)
    assert line(Count(4, 4, 4), denials=(denial,)).endswith(
        "health ministry says 4 killed; denied by Taliban (insurgent side)"
    )


def test_a_rumour_is_called_one_and_a_province_by_its_full_name() -> None:
    text = line(place=KANDAHAR, rumour=True)
    assert text.startswith("2021-08-08 Kandahar province: bombing, 1 origin, an account that nobody can judge")


def test_a_district_is_told_from_others_of_its_name() -> None:
    zhari = PlaceRef("AF2705", "Zhari", "district", "AF-KAN")
    assert line(place=zhari).startswith("2021-08-08 Zhari district of Kandahar: bombing, 1 origin; ")
