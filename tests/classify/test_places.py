"""Where it happens: names that are no scene, names that several places share, cities and provinces of one name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

Read = Callable[..., Verdict]

SCENES = [
    # datelines and whereabouts
    ("KABUL, Afghanistan (Jan. 25, 2013) - Troops searched a compound in Ghazni province.", ["AF-GHA"], "dateline"),
    ("KABUL (AFP) - A bomb killed two policemen in Khost.", ["AF-KHO"], "dateline with an agency"),
    ("Kabul, Aug 9 (Reuters) - Fighters entered a village in Ghor province.", ["AF-GHO"], "dateline with a date"),
    # governments called by their capital
    ("Kabul says it is ready for talks.", [], "a government speaks"),
    ("Kabul's inability to hold the north worries its allies.", [], "a government's"),
    ("Talks between Kabul and Islamabad ended without a result.", [], "two governments"),
    ("The defence ministry in Kabul said fighting went on in Herat.", ["AF-HER"], "a ministry's seat"),
    # people, units, teams
    ("Ghazni Rahimi, a shopkeeper, said he heard shots in Zaranj.", ["AF-NIM"], "a first name"),
    ("Soldiers of the 217th Pamir Corps fought in Kunduz city.", ["AF-KDZ"], "a corps"),
    ("Troops of Task Force Helmand found a bomb in Nimroz.", ["AF-NIM"], "a task force"),
    ("Kandahar Knights won the match in the final over.", [], "a team"),
    ("The Kabul Times reported clashes in Faryab.", ["AF-FYB"], "a paper"),
    # titles, ways, origins
    ("The Helmand governor's spokesman said a mine exploded in Zabul.", ["AF-ZAB"], "an office"),
    ("A base 60 km south of Kabul was shelled.", [], "a distance"),
    ("Fighters cut the road to Herat near Shindand.", ["AF-HER"], "the end of a road, and a district of that province"),
    ("Families from villages in Ghazni province fled to Kabul.", ["AF-GHA"], "where they flee to"),
    ("The Taliban shelled Gardez; officials had flown to Kabul.", ["AF-PIA"], "where they fly to"),
    ("Gardez was cut off from Kabul after clashes in Paktia.", ["AF-PIA"], "cut off from"),
    # background beside the event
    (
        "Troops detained a leader responsible for attacks in Helmand during an operation in Zabul province.",
        ["AF-ZAB"],
        "what he is known for",
    ),
    # names shared by several provinces
    ("A mine went off in Qarabagh district of Ghazni.", ["AF-GHA"], "Qarabagh is in Kabul and in Ghazni"),
    ("A mine went off in Qarabagh district, Kabul province.", ["AF-KAB"], "the other Qarabagh"),
    # writing
    ("#Kunduz under attack, fighting inside #LashkarGah", ["AF-HEL", "AF-KDZ"], "hashtags"),
    ("fighting in sar i pul and sari-pul city", ["AF-SAR"], "small letters, two spellings"),
    ("FIGHTING IN LASHKARGAH", ["AF-HEL"], "capitals, one word"),
    ("A Kunduz-based trader was shot dead in Taloqan.", ["AF-KDZ", "AF-TAK"], "a compound is still a mention"),
    ("Fighting at the ambassador's house in Peshawar.", [], "a foreign town"),
    ("در ولایت كندهار جنگ شدید جریان دارد", ["AF-KAN"], "Arabic kaf in Dari"),
    ("په کندهار کې سختې جګړې روانې دي", ["AF-KAN"], "Pashto"),
]


@pytest.mark.parametrize(("text", "provinces", "why"), SCENES, ids=[s[2] for s in SCENES])
def test_scenes(read: Read, text: str, provinces: list[str], why: str) -> None:
    assert sorted(read(text).provinces) == sorted(provinces), why


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Fighting in Kunduz city.", "AF-KDZ/kunduz"),
        ("Fighting in the city of Kunduz.", "AF-KDZ/kunduz"),
        ("Fighting in the capital of Helmand.", "AF-HEL/lashkar-gah"),
        ("Fighting in Kunduz province.", "AF-KDZ"),
        ("Fighting in Helmand.", "AF-HEL"),
        ("Kunduz airport is in the hands of government forces, though the city has fallen.", "AF-KDZ/kunduz"),
        ("We have lost Aybak, a provincial councillor told reporters.", "AF-SAM/aybak"),
        ("An air strike killed wedding guests, a Herat councillor said.", "AF-HER"),
        ("An air strike in Zhari district killed nine people, a Kandahar councillor said.", "AF2705"),
    ],
)
def test_city_or_province(read: Read, text: str, code: str) -> None:
    report = read(text).reports[0]
    assert report.place is not None
    assert report.place.code == code


@pytest.mark.parametrize(
    "text",
    [
        "Three provincial capitals - Kunduz, Sar-e Pul and Taloqan - fell to the Taliban on Sunday.",
        "The Taliban captured three provincial capitals: Kunduz, Sar-e Pul and Taloqan.",
        "The Taliban captured three provincial capitals - Kunduz, Sar-e Pul and Taloqan - on Sunday.",
    ],
)
def test_each_of_a_list_changes_hands(read: Read, text: str) -> None:
    taken = {r.place.code for r in read(text).reports if r.event_type == "captured" and r.place}
    assert taken == {"AF-KDZ/kunduz", "AF-SAR/sar-e-pul", "AF-TAK/taloqan"}


def test_mentions_are_what_the_offsets_say(read: Read) -> None:
    text = "Clashes in Lashkar-Gah, the capital of Helmand, and in Qal’ah-ye Naw."
    for mention in read(text).places:
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""


def test_a_press_release_is_about_its_body_not_its_heading(read: Read) -> None:
    text = (
        "Forces Target Leaders in Khost, Ghazni\nNEWS RELEASE\nFor Immediate Release\n\n"
        "KABUL, Afghanistan (Feb. 1, 2011)\nIn Sabari district, Khost province, troops detained a facilitator."
    )
    assert read(text).provinces == ("AF-KHO",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A mine went off in Surobi district of Kabul.", ["AF0115"]),
        ("An air strike hit Arghistan district of Kandahar.", ["AF2708"]),
        ("An air strike hit the district of Arghistan.", ["AF2708"]),
    ],
)
def test_a_district_of_a_province_is_one_place(read: Read, text: str, codes: list[str]) -> None:
    assert [r.place.code for r in read(text).reports if r.place] == codes
