"""Deeds and who owns up to them, and harm of which a text says less: whose dead, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict
from sitmon.model.report import Report

Read = Callable[..., Verdict]


def only(verdict: Verdict) -> Report:
    (report,) = verdict.reports
    return report


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("ISIS claimed the bombing of a mosque in Kunduz.", "is_kp"),
        ("Islamic State has claimed the suicide bombing in Jalalabad.", "is_kp"),
        ("The Taliban claimed responsibility for the car bombing in Kabul.", "taliban"),
        ("The Taliban claimed the attack on the minister's house in Kabul.", "taliban"),
        ("The car bombing in Kabul was claimed by the Taliban.", "taliban"),
    ],
)
def test_who_claims_a_deed_was_not_hit_by_it(read: Read, text: str, actor: str) -> None:
    report = only(read(text))
    assert (report.claimed_by, report.target) == (actor, None)


def test_who_claims_something_about_a_deed_does_not_own_up_to_it(read: Read) -> None:
    report = only(read("The Taliban claimed the bombing killed ten soldiers in Kabul."))
    assert report.claimed_by is None


def test_an_armys_count_of_enemy_dead_is_its_claim(read: Read) -> None:
    report = only(read("30 Taliban killed in Helmand: MoD"))
    assert (report.basis, report.target, report.killed.best) == ("claimed", "taliban", 30)


def test_the_dead_of_many_provinces_are_pinned_on_none(read: Read) -> None:
    verdict = read("A total of 27 people were killed in Kandahar, Helmand and Zabul this month.")
    assert (only(verdict).place, verdict.provinces) == (None, ("AF-KAN", "AF-HEL", "AF-ZAB"))


@pytest.mark.parametrize(
    "text",
    [
        "Dasht-e-Archi, Kunduz: four soldiers killed in a clash.",
        "In Dasht-e-Archi, Kunduz, gunmen shot dead a teacher.",
        "Police in Dasht-e-Archi district of Kunduz arrested two men.",
    ],
)
def test_a_district_before_its_province_is_the_place(read: Read, text: str) -> None:
    place = only(read(text)).place
    assert place is not None
    assert place.code == "AF1906"


@pytest.mark.parametrize("text", ["Deputy governor shot dead in Ghazni.", "The governor of Ghazni was shot dead."])
def test_a_ranked_person_is_assassinated(read: Read, text: str) -> None:
    report = only(read(text))
    assert (report.event_type, report.tags) == ("attack", ("assassination",))


@pytest.mark.parametrize(
    "text",
    [
        "Fog besieged Kabul's airport on Monday.",
        "Snow surrounded the town of Chaghcharan.",
        "A river surrounds the city of Kunduz on three sides.",
        "The town of Faizabad is surrounded by high mountains.",
        "Kabul protests the decision.",
        "Kabul protested Pakistan's remarks.",
        "The government lodged a protest with Islamabad.",
    ],
)
def test_neither_nature_nor_a_note_of_protest_is_an_event(read: Read, text: str) -> None:
    assert read(text).event_types == ()


@pytest.mark.parametrize("text", ["The Taliban besieged the town of Faizabad.", "Students protested the decision."])
def test_what_people_do_is_one_all_the_same(read: Read, text: str) -> None:
    assert read(text).event_types != ()
