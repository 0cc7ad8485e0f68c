"""Whose a place is, said by those who have it, and words of holding or taking whose object is no place: no change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict
from tests.told import moved

Read = Callable[..., Verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Kabul is still in our hands, the army said.",
        "Mazar-i-Sharif is under our control, the governor said.",
        "Herat is in our control, said the police chief, dismissing rumours.",
        '"Kandahar is ours," the governor told farmers.',
        "The army said that Kunduz was theirs.",
        "The police fought on, and the city of Kunduz is still theirs.",
        "Kandahar is still in our hands, the Taliban said.",
        "The fate of Kandahar is in their hands, an elder said of the Taliban.",
        "Diplomats in Kabul said the government no longer holds the view that talks are useless.",
        "The army in Ghazni no longer holds parades.",
        "The army in Ghazni no longer controls its temper.",
        "The Taliban in Zabul no longer hold hostages.",
        "The Taliban now run a radio station in Ghazni.",
        "The Taliban now run Kunduz's ring road.",
        "The Taliban won control of the pistachio trade in Badghis.",
        "The Taliban took control of opium smuggling in Badghis.",
        "Troops re-entered Nawa to collect the bodies of Taliban fighters.",
        "Troops re-entered Nawa, fought with the Taliban, and left.",
        "Troops re-entered Kunduz after the earthquake.",
        "The Taliban hauled up their flag on a hill overlooking Ghazni, far from the city.",
        "Police ran up the flag over Kunduz police headquarters for the president's visit.",
        "The keys of Herat were given to a visiting Taliban delegation as a souvenir.",
        "There was no fighting in Herat on Friday when the Taliban entered talks.",
        "Residents abandoned Nawa to the floods, not to the Taliban.",
        "At no point did the Taliban hold Kunduz.",
        "Never did the Taliban capture Kunduz.",
        "The Taliban almost completely captured Ghazni.",
        "The Taliban came within an hour of taking Farah.",
        "The Taliban are within a few hours of capturing Farah.",
    ],
)
def test_nothing_changed_hands(text: str, read: Read) -> None:
    assert moved(read(text)) == []


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Kunduz is ours, the Taliban said.", ("captured", "AF-KDZ/kunduz", "insurgent")),
        ("Kunduz is ours now, the Taliban said.", ("captured", "AF-KDZ/kunduz", "insurgent")),
        ("Herat is ours again, the governor said.", ("retaken", "AF-HER/herat", "government")),
        ("Herat is now under our control, the governor said.", ("retaken", "AF-HER/herat", "government")),
        ("Ghazni has been liberated, the army said.", ("retaken", "AF-GHA/ghazni", "government")),
        ("The government no longer controls Kunduz.", ("captured", "AF-KDZ/kunduz", "insurgent")),
        ("The army left Ghazni and no longer holds any of it.", ("captured", "AF-GHA/ghazni", "insurgent")),
        ("Kunduz fell after the Taliban were defeated in Takhar.", ("captured", "AF-KDZ/kunduz", "insurgent")),
        ("Herat fell after the army entered from Farah.", ("captured", "AF-HER/herat", "insurgent")),
        ("Kunduz fell after the Taliban broke through.", ("captured", "AF-KDZ/kunduz", "insurgent")),
        ("Kunduz fell after commandos broke through.", ("retaken", "AF-KDZ/kunduz", "government")),
        ("The Taliban now run the whole of Kunduz city.", ("captured", "AF-KDZ/kunduz", "insurgent")),
        ("Troops re-entered Kunduz, putting the Taliban to flight.", ("retaken", "AF-KDZ/kunduz", "government")),
        ("The army abandoned Ghazni to the Taliban.", ("handed_over", "AF-GHA/ghazni", "insurgent")),
    ],
)
def test_what_did_change_hands_is_read_beside_it(text: str, change: tuple[str, str, str], read: Read) -> None:
    assert moved(read(text)) == [change]


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban claimed Herat was theirs, which the army denied.",
        "The Taliban said they had captured Herat, which the defence ministry denied.",
    ],
)
def test_a_claim_that_is_denied_in_an_aside_is_told_with_its_denial(text: str, read: Read) -> None:
    told = {(r.event_type, r.modality, r.basis) for r in read(text).reports}
    assert told == {("captured", "actual", "claimed"), ("captured", "negated", "denied")}


def test_the_town_that_is_theirs_is_the_one_spoken_of_and_not_where_somebody_says_so(read: Read) -> None:
    said = "Qalat's men fled; the Taliban were over the wall, and the town was theirs, a soldier said in Kandahar."
    assert moved(read(said)) == [("captured", "AF-ZAB/qalat", "insurgent")]
    assert moved(read("The Taliban climbed the wall and the town was theirs, a soldier said in Kandahar.")) == []
