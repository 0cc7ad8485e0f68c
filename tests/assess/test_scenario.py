"""6 to 11 August 2021 as the desk heard it: who said what, and what the board should say after each word.

Entries by hand, so that the ledger is tested apart from the classifier; the places are the bundled area's.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitmon import area_files
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.picture import Status
from sitmon.model.place import PlaceRef
from sitmon.model.report import Count, Report

ZARANJ, SHEBERGHAN, KUNDUZ = "AF-NIM/zaranj", "AF-JOW/sheberghan", "AF-KDZ/kunduz"
SAR_E_PUL, TALOQAN, HERAT, KABUL = "AF-SAR/sar-e-pul", "AF-TAK/taloqan", "AF-HER/herat", "AF-KAB/kabul"


@pytest.fixture(scope="module")
def afghanistan() -> Area:
    return area_files.load(Path(__file__).parents[2] / "seeds" / "afghanistan")


class Days:
    """Feeds the ledger; asks it in between."""

    def __init__(self, area: Area) -> None:
        self._area = area
        self._number = 0
        self.ledger = Ledger(area)

    def hears(self, when: str, source: str, text: str, *reports: dict[str, Any], **item: Any) -> None:
        self._number += 1
        known = at(when)
        name = f"i{self._number}"
        told = []
        for n, fields in enumerate(reports):
            place = self._area.places[fields.pop("at")]
            fields["place"] = PlaceRef(place.code, place.name, place.kind, place.province)
            event = fields.pop("event", "captured")
            fields.setdefault("holder", {"captured": "insurgent", "retaken": "government"}.get(event))
            told.append(
                Report(**{"id": f"{name}#{n}", "item": name, "event_type": event, "modality": "actual", **fields})
            )
        post = Item(**{"id": name, "source": source, "text": text, "published": known, "reliability": "B", **item})
        self.ledger.apply(Entry(post, Verdict("en", reports=tuple(told)), known))

    def board(self, code: str, when: str) -> Status:
        return self.ledger.picture(at(when)).statuses[code]


def at(when: str) -> datetime:
    day, clock = when.split()
    return datetime.strptime(f"2021-08-{int(day):02} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


CLAIM = {"basis": "claimed", "source_side": "insurgent", "speaker": "Zabihullah Mujahid"}
DENIAL = {"modality": "negated", "basis": "denied", "source_side": "government"}


def loses(speaker: str, **fields: Any) -> dict[str, Any]:
    return {"basis": "conceded", "source_side": "government", "speaker": speaker, **fields}


@pytest.fixture
def days(afghanistan: Area) -> Days:
    return Days(afghanistan)


def test_zaranj_is_given_up_without_a_fight(days: Days) -> None:
    days.hears(
        "6 11:00",
        "Paper",
        "Zaranj fell without a fight.",
        loses("deputy governor", at=ZARANJ, event="handed_over", holder="insurgent", agency="AFP"),
    )
    status = days.board(ZARANJ, "6 12:00")
    assert (status.holder, status.basis, status.since, status.origins) == ("insurgent", "conceded", "2021-08-06", 1)


def test_sheberghan_is_lost_but_for_its_airport_and_a_denial_reverts_nothing(days: Days) -> None:
    days.hears("7 06:00", "Taliban account", "Sheberghan is ours.", {"at": SHEBERGHAN, **CLAIM}, reliability="E")
    assert days.board(SHEBERGHAN, "7 06:30").basis == "claimed"
    holds = {"holder": "government", "source_side": "government", "speaker": "Qader Malia", "basis": "claimed"}
    for hour, outlet in enumerate(("Deccan Paper", "Mind Blog", "Broadcaster"), start=8):
        days.hears(
            f"7 {hour:02}:00",
            outlet,
            f"The city has fallen and officials have retreated to the airport. Edition {outlet}.",
            loses("Qader Malia", at=SHEBERGHAN, agency="AFP"),
            {"at": SHEBERGHAN, "event": "other", "site": "airport", "agency": "AFP", **holds},
        )
    status = days.board(SHEBERGHAN, "7 12:00")
    assert (status.holder, status.basis, status.origins, status.previous) == ("insurgent", "conceded", 2, "government")
    assert [(s.site, s.holder) for s in status.sites] == [("airport", "government")]
    assert status.scope == "most"
    days.hears(
        "8 05:00",
        "Broadcaster",
        "They hold only parts of the city.",
        loses("Interior Ministry", at=SHEBERGHAN, scope="part"),
    )
    status = days.board(SHEBERGHAN, "8 06:00")
    assert (status.holder, status.basis, len(status.disputed_by)) == ("insurgent", "conceded", 1)
    days.hears(
        "11 06:00",
        "Narrator",
        "It was taken back hours later.",
        {"at": SHEBERGHAN, "event": "retaken", "basis": "reported", "event_time": "2021-08-07"},
        reliability="D",
    )
    days.hears(
        "11 10:00",
        "Taliban account",
        "The airport too.",
        {"at": SHEBERGHAN, "site": "airport", **CLAIM},
        reliability="E",
    )
    why = days.ledger.explain(SHEBERGHAN)
    assert why is not None
    assert {p.gain for p in why.changes} == {"insurgent", "government"}, "both accounts are kept"
    status = days.board(SHEBERGHAN, "11 12:00")
    assert (status.holder, status.basis) == ("insurgent", "conceded"), "a look back days later undoes no concession"
    assert [(s.site, s.holder, s.basis) for s in status.sites] == [("airport", "insurgent", "claimed")]


def test_kunduz_is_claimed_contested_conceded_and_its_airport_follows_later(days: Days) -> None:
    days.hears(
        "8 04:00",
        "Taliban account",
        "Kunduz city captured with all installations.",
        {"at": KUNDUZ, **CLAIM},
        reliability="E",
    )
    assert days.board(KUNDUZ, "8 04:10").basis == "claimed"
    days.hears(
        "8 05:30",
        "Ministry",
        "Commandos are clearing the city of them.",
        {"at": KUNDUZ, **DENIAL, "speaker": "Rohullah Ahmadzai"},
        {"at": KUNDUZ, "event": "clash", "scope": "part", "source_side": "government", "speaker": "Rohullah Ahmadzai"},
    )
    status = days.board(KUNDUZ, "8 06:00")
    assert (status.holder, status.basis, status.pressure) == ("contested", "disputed", "fighting_inside")
    days.hears(
        "8 09:40",
        "Paper",
        "Only the army base and the airport are still ours, a councillor said.",
        loses("Amruddin Wali", at=KUNDUZ, scope="most"),
        *(
            {
                "at": KUNDUZ,
                "event": "other",
                "site": site,
                "holder": "government",
                "basis": "reported",
                "source_side": "government",
                "speaker": "Amruddin Wali",
            }
            for site in ("airport", "army_base")
        ),
    )
    status = days.board(KUNDUZ, "8 10:00")
    assert (status.holder, status.basis, status.scope) == ("insurgent", "conceded", "most")
    assert {(s.site, s.holder) for s in status.sites} == {("airport", "government"), ("army_base", "government")}
    days.hears(
        "11 08:00",
        "Agency",
        "The airport has fallen, officials confirm.",
        loses("government officials", at=KUNDUZ, site="airport"),
    )
    sites = {s.site: (s.holder, s.basis) for s in days.board(KUNDUZ, "11 09:00").sites}
    assert sites["airport"] == ("insurgent", "conceded")
    assert sites["army_base"][0] == "government"


def test_sar_e_pul_and_taloqan(days: Days) -> None:
    days.hears("8 05:00", "Taliban account", "Sar-e Pul too.", {"at": SAR_E_PUL, **CLAIM}, reliability="E")
    days.hears("8 07:00", "Paper", "The city is gone, councillors said.", loses("Mohammad Noor Rahmani", at=SAR_E_PUL))
    days.hears(
        "8 12:00",
        "Paper",
        "Taloqan is lost, residents said.",
        {"at": TALOQAN, "basis": "witnessed", "source_side": "civilian", "speaker": "residents", "agency": "AFP"},
    )
    assert days.board(SAR_E_PUL, "8 13:00").basis == "conceded"
    assert (days.board(TALOQAN, "8 13:00").holder, days.board(TALOQAN, "8 13:00").basis) == ("insurgent", "witnessed")
    days.hears(
        "8 14:00",
        "Other paper",
        "We saw white flags over Taloqan.",
        {"at": TALOQAN, "basis": "witnessed", "source_side": "media", "speaker": "correspondent"},
    )
    assert days.board(TALOQAN, "8 15:00").basis == "confirmed"


def test_cities_under_pressure_are_not_lost(days: Days) -> None:
    days.hears(
        "8 10:00",
        "Agency",
        "Fighting on the outskirts of Herat.",
        {"at": HERAT, "event": "clash", "scope": "outskirts"},
    )
    days.hears("8 10:30", "nobody", "herat has fallen!!", {"at": HERAT}, reliability="F", kind="post")
    days.hears(
        "8 11:00", "Paper", "It fell in 1995 as well.", {"at": HERAT, "modality": "historical", "event_time": "1995"}
    )
    days.hears("8 12:00", "Paper", "Herat may be next.", {"at": HERAT, "modality": "hypothetical"})
    status = days.board(HERAT, "8 13:00")
    assert (status.holder, status.basis, status.pressure) == ("government", "assumed", "fighting_near")


def test_two_killings_in_kabul_are_two_incidents(days: Days) -> None:
    killing = {"at": KABUL, "event": "attack", "tags": ("assassination",), "killed": Count(1, 1, 1)}
    days.hears("6 10:00", "Paper", "Gunmen shot the head of the media centre in his car after prayers.", {**killing})
    days.hears(
        "7 11:00", "Paper", "A bomb under the vehicle of a helicopter pilot went off on his way to work.", {**killing}
    )
    days.hears("7 12:00", "Agency", "The helicopter pilot died when a bomb under his vehicle went off.", {**killing})
    found = days.ledger.incidents()
    assert [(i.day, len(i.reports)) for i in found] == [("2021-08-06", 1), ("2021-08-07", 2)]
