"""Whose city changed hands, and what only sounds as if one had: one sentence a turn of phrase."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict
from sitmon.model.terms import MOVING
from tests.told import moved

Read = Callable[..., Verdict]


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


@pytest.mark.parametrize(
    "text",
    [
        "Any army that takes Kabul by force will not be recognised, an envoy warned.",
        "A government that seizes Kabul by force will be shunned, the envoy said.",
        "Whichever army takes Herat will have to feed it.",
        "The commandos' parade took over downtown Kabul on independence day.",
        "Army bands took over the centre of Kabul for a festival.",
        "Kunduz was the first to be taken when the Taliban overran the north in a computer game.",
        "In a board game, the Taliban took Kunduz on the second turn.",
        "The Taliban are trying to take Lashkar Gah; the city is still ours, the general said.",
        "Lashkar Gah remains ours, the army said.",
    ],
)
def test_nothing_changed_hands(read: Read, text: str) -> None:
    assert moved(read(text)) == []


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("captured", "The Taliban who took Kunduz paraded in the square."),
        ("retaken", "Afghan commandos took over downtown Kunduz, an official said."),
        ("captured", "Kunduz was the first to be taken when the Taliban overran the north."),
        ("retaken", "Nad Ali is ours again, the army said."),
        ("captured", "Kandahar was captured in a surprise attack, a lawmaker said."),
    ],
)
def test_the_like_of_it_did(read: Read, type_: str, text: str) -> None:
    assert [kind for kind, _, _ in moved(read(text))] == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "Had the reinforcements not come, Zaranj would have been lost.",
        "Without the air strikes Lashkar Gah would have fallen.",
        "But for the air strikes Kunduz would have been taken by the Taliban, the army said.",
        "Zaranj would have been lost had the reinforcements not come.",
    ],
)
def test_what_would_have_been_otherwise_is_no_news(read: Read, text: str) -> None:
    assert [r for r in read(text).reports if r.modality in MOVING] == []


def test_reinforcements_that_came_are_news(read: Read) -> None:
    assert "reinforcement" in read("Had they been told earlier? Reinforcements have reached Zaranj.").event_types


@pytest.mark.parametrize("what", ["photo", "video", "picture", "scene"])
def test_who_is_captured_by_a_camera_is_not_held(read: Read, what: str) -> None:
    assert read(f"A {what} captured in Mazar-i-Sharif shows families sleeping in the park.").event_types == ()


@pytest.mark.parametrize("text", ["The Taliban captured Badakhshan districts.", "The army lost Takhar's districts."])
def test_the_districts_of_a_province_are_a_part_of_it(read: Read, text: str) -> None:
    (report,) = read(text).reports
    assert (report.event_type, report.scope) == ("captured", "part")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("AF-KNR/asadabad", "Militants were handed the keys of Asadabad by tribal elders."),
        ("AF-KNR/asadabad", "Tribal elders gave Asadabad's keys to the militants."),
        ("AF-GHA/ghazni", "The Taliban were given the keys of Ghazni city by the governor."),
        ("AF-URU/tarinkot", "Tarinkot opened its gates to the Taliban."),
        ("AF-BDG/qala-e-naw", "Qala-e-Naw: officials swore allegiance to the Taliban and the city opened its gates."),
    ],
)
def test_whoever_gets_the_keys_has_the_city(read: Read, place: str, text: str) -> None:
    assert moved(read(text)) == [("handed_over", place, "insurgent")]


@pytest.mark.parametrize(
    "text",
    [
        "Herat opened its gates to visitors, and the Taliban promised to feed the lions.",
        "Kabul opened its gates to the refugees of the war with the Taliban.",
        "The governor gave the keys of a new house in Ghazni to the army.",
    ],
)
def test_gates_and_keys_for_guests_hand_nothing_over(read: Read, text: str) -> None:
    assert moved(read(text)) == []


@pytest.mark.parametrize("word", ["prison", "jail"])
def test_those_let_out_of_a_citys_prison_are_let_out_there(read: Read, word: str) -> None:
    verdict = read(f"The Taliban freed about 400 inmates from Farah {word} after overrunning the city.")
    assert moved(verdict) == [("captured", "AF-FRA/farah", "insurgent")]
    assert verdict.provinces == ("AF-FRA",)


@pytest.mark.parametrize(
    ("killed", "text"),
    [
        (12, "At least a dozen people, perhaps 20, died in a blast in Kunduz."),
        (12, "At least a dozen, perhaps as many as 20, worshippers died in a blast in Kunduz."),
        (10, "Ten people, possibly 15, were killed in a blast in Kabul."),
        (20, "On Monday, perhaps 20 people died in a blast in Kabul."),
    ],
)
def test_a_guess_beside_a_count_is_not_the_count(read: Read, killed: int, text: str) -> None:
    assert read(text).reports[0].killed.best == killed


@pytest.mark.parametrize(
    "text",
    [
        "Kabul captured the Afghan Premier League title with a 3-0 win over Herat.",
        "Kandahar beat Herat 2-1 in the final of the Afghan Premier League.",
    ],
)
def test_the_sides_of_a_match_are_no_scene(read: Read, text: str) -> None:
    assert read(text).provinces == ()


@pytest.mark.parametrize(
    "text",
    [
        "The final of the league was played in Herat on Friday.",
        "The Taliban beat the army back in Herat and captured the football stadium.",
    ],
)
def test_where_a_match_is_played_is_one(read: Read, text: str) -> None:
    assert read(text).provinces == ("AF-HER",)
