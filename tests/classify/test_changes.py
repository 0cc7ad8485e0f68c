"""Whose city changed hands, and what only sounds as if one had: one sentence a turn of phrase."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict
from sitmon.model.terms import MOVING, TERRITORY

Read = Callable[..., Verdict]


def moved(verdict: Verdict) -> list[tuple[str, str | None, str | None]]:
    return [
        (r.event_type, r.place.code if r.place else None, r.holder)
        for r in verdict.reports
        if r.event_type in TERRITORY and r.modality in MOVING
    ]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("AF-GHA/ghazni", "Ghazni's governor gave the city up to the Taliban and was held in Wardak."),
        ("AF-GHA/ghazni", "The governor of Ghazni surrendered the city to the Taliban and was later seen in Wardak."),
        ("AF-NIM/zaranj", "Zaranj's mayor handed the city to the Taliban and fled to Iran through Farah."),
        ("AF-HER/herat", "Herat's police chief surrendered the city to the Taliban before he was seen in Kabul."),
        ("AF-PKA", "Paktika's governor handed the province to the Taliban and drove to Gardez."),
    ],
)
def test_the_city_is_that_of_the_office_holder_named_and_not_one_of_a_later_clause(
    read: Read, place: str, text: str
) -> None:
    verdict = read(text)
    assert moved(verdict) == [("handed_over", place, "insurgent")]
    assert verdict.provinces[0] == place[:6]


def test_a_place_in_the_same_clause_as_the_change_is_still_where_it_is(read: Read) -> None:
    verdict = read("Ghazni's governor fled as the Taliban took the city of Maidan Shahr in Wardak.")
    assert moved(verdict) == [("captured", "AF-WAR/maidan-shahr", "insurgent")]


@pytest.mark.parametrize("amount", ["no fewer than", "not less than", "not fewer than", "no less than", "as many as"])
@pytest.mark.parametrize("who", ["shopkeepers", "Hazara men"])
def test_a_measure_before_the_number_does_not_turn_round_who_did_it(read: Read, amount: str, who: str) -> None:
    (report,) = read(f"The Taliban killed {amount} nine {who} in Malistan.").reports
    assert (report.event_type, report.actor, report.target, report.killed.best) == ("attack", "taliban", None, 9)


def test_who_a_group_killed_settles_it_however_much_is_told_beside_it(read: Read) -> None:
    text = "The Taliban killed nine Hazara men in a village, Malistan, between 4 and 6 July, a rights group found."
    assert read(text).event_types == ("attack",)
