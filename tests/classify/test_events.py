"""What is told of: a sentence or two for each event type, and the words of war that are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.area import Area
from sitmon.classify import cues
from sitmon.model.entry import Verdict

Read = Callable[..., Verdict]

FIRST = [
    ("clash", "Taliban fighters attacked army outposts in Arghandab district; five soldiers were killed."),
    ("clash", "Afghan forces repelled a Taliban assault on Ghazni city."),
    ("clash", "Fighting raged on the outskirts of Lashkar Gah all night."),
    ("clash", "Rebels clashed with government troops near the border."),
    ("excessive_force", "Security forces shot dead four protesters at a peaceful rally in the capital."),
    ("protest_intervention", "Police fired tear gas to disperse protesters outside the ministry."),
    ("protest", "Hundreds of residents staged a demonstration against power cuts in Faizabad."),
    ("riot", "Protesters threw stones at police and burned tyres in the old town."),
    ("mob_violence", "An angry mob lynched two men accused of theft."),
    ("chemical_weapon", "Activists said chlorine gas was used in an attack on the town."),
    ("air_strike", "US warplanes bombed militant hideouts in Nangarhar."),
    ("air_strike", "An Afghan air force strike killed 20 fighters in Nawa district of Helmand."),
    ("suicide_bombing", "A suicide bomber blew himself up at a checkpoint, killing ten."),
    ("shelling", "Mortar shells landed on a house in Kunduz city, killing three children."),
    ("bombing", "A roadside bomb hit a police vehicle in Khost, killing two policemen."),
    ("bombing", "A car bomb exploded near the ministry in Kabul."),
    ("grenade", "Two people were wounded in a hand grenade attack on a shop."),
    ("sexual_violence", "Soldiers raped several women in the village, a rights group said."),
    ("attack", "Unknown gunmen shot dead a tribal elder in Jalalabad city."),
    ("attack", "Militants beheaded two farmers."),
    ("abduction", "The Taliban abducted 12 bus passengers on the highway in Zabul."),
    ("agreement", "The government and the rebels agreed on a three-day ceasefire."),
    ("arrest", "Intelligence agents arrested four IS members in Jalalabad."),
    ("arrest", "Soldiers captured two Taliban commanders in Kunduz province."),
    ("change_to_group", "The army sent reinforcements to the front."),
    ("weapons_seized", "Police discovered and seized a cache of weapons in Parwan."),
    ("weapons_seized", "Experts defused a car bomb in Kabul city."),
    ("base_established", "The army set up a new observation post on the hill."),
    ("looting", "Gunmen set fire to a school and looted shops in the bazaar."),
    ("handed_over", "Foreign troops withdrew from the base and handed control of the camp over to the army."),
    ("other", "Some 3,000 people fled their homes in the district."),
    ("other", "The president declared a state of emergency in three provinces."),
    ("arrest", "Troops captured an Islamic State commander near Mosul."),
    ("change_to_group", "The army sent two battalions to the border."),
]
NOTHING = [
    "Teachers went on strike over unpaid wages in Herat.",
    "The company struck a deal to supply power to Kabul.",
    "The film about the war won an award in Kabul.",
    "Women were shelling peas in a courtyard in Herat.",
    "The earthquake killed eleven people in Badghis.",
    "Flash floods struck Kamdesh district, killing more than 60 people.",
    "The envoy urged the Taliban to stop the attacks on cities.",
    "No deal on a ceasefire is expected.",
    "Mazar stormed back to win the match 3-2 and capture the league title.",
    "A court in Kabul heard the case on Monday.",
    # what courts, studies and books recall
    "The jury found the former officer guilty of torturing prisoners.",
    "The trial over the abduction of a banker's son opens on Monday.",
    "It is ten years since gunmen stormed the mall and killed 67 people.",
    "The town, which was shelled in the war of 1992, has a new hospital.",
    "The number of kidnappings fell by a third, the statistics office said.",
    "The opera ends with the execution of the king.",
    # figures of speech, drills and misfortunes
    "Shares rallied after the central bank cut its rate.",
    "The minister came under fire for her remarks about pensions.",
    "The United States and Japan began joint air drills with bombers.",
    "Wild elephants attacked a village and trampled two farmers.",
    "Four workers were killed when a scaffold collapsed.",
    "An attack on the town is feared, the mayor said.",
    "The European Union imposed sanctions on eight officials over the crackdown on protesters.",
    "North Korea fired two ballistic missiles into the sea, Seoul said.",
    "Police arrested a man who had held up a bank with a toy gun.",
    "Two ministers clashed in public over vaccines.",
    "The market, rebuilt after the bombing, draws crowds again.",
]


@pytest.mark.parametrize(("event", "text"), FIRST, ids=[f"{e}: {t[:30]}" for e, t in FIRST])
def test_first_event(read: Read, event: str, text: str) -> None:
    assert read(text).event_types[:1] == (event,)


@pytest.mark.parametrize("text", NOTHING)
def test_no_event(read: Read, text: str) -> None:
    assert read(text).event_types == ()


def test_several_events_in_one_sentence(read: Read) -> None:
    verdict = read("Taliban fighters captured Aybak city and arrested ten policemen, officials said.")
    assert {"captured", "arrest"} <= set(verdict.event_types)


def test_the_killing_of_a_ranked_person_by_a_bomb_is_one_tagged_report(read: Read) -> None:
    verdict = read("A prosecutor was killed by a magnetic bomb in Kabul.")
    assert [(r.event_type, r.tags) for r in verdict.reports] == [("bombing", ("assassination",))]


def test_the_dead_of_the_next_sentence_belong_to_the_strike(read: Read) -> None:
    verdict = read("Warplanes bombed Taliban positions in Nawa district. At least 11 insurgents were killed.")
    strike = next(r for r in verdict.reports if r.event_type == "air_strike")
    assert strike.killed.best == 11
    assert len(verdict.reports) == 1


def test_who_owns_up_to_a_deed(read: Read) -> None:
    verdict = read("A car bomb exploded in Kabul. The Taliban claimed responsibility for the attack.")
    assert verdict.reports[0].claimed_by == "taliban"


@pytest.mark.parametrize(
    ("lang", "text", "event", "place"),
    [
        ("prs", "طالبان روز شنبه شهر شبرغان، مرکز ولایت جوزجان، را تصرف کردند.", "captured", "AF-JOW/sheberghan"),
        ("prs", "شهر زرنج بدون درگیری به دست طالبان افتاد.", "handed_over", "AF-NIM/zaranj"),
        ("prs", "تالقان سقوط کرد.", "captured", "AF-TAK/taloqan"),
        ("ps", "د کندز ښار د مجاهدینو لخوا ونیول شو.", "captured", "AF-KDZ/kunduz"),
        ("ps", "د زرنج ښار بشپړ د طالبانو په کنټرول کې دی.", "captured", "AF-NIM/zaranj"),
        ("prs", "یک موتر بمب در شهر کابل منفجر شد.", "bombing", "AF-KAB/kabul"),
        ("ps", "په کابل کې استشهادي برید وشو.", "suicide_bombing", "AF-KAB/kabul"),
    ],
)
def test_pashto_and_dari(read: Read, lang: str, text: str, event: str, place: str) -> None:
    verdict = read(text)
    assert verdict.lang == lang
    report = verdict.reports[0]
    assert (report.event_type, report.place and report.place.code) == (event, place)


@pytest.mark.parametrize(
    "text",
    [
        "وزارت دفاع سقوط شهر تالقان به دست طالبان را رد کرد.",
        "اگر غزنی سقوط کند، راه کابل باز می‌شود.",
        "این حادثه در شهر قندوز اتفاق افتاد.",
    ],
)
def test_nothing_is_taken_in_dari(read: Read, text: str) -> None:
    assert not {"captured", "handed_over", "retaken"} & set(read(text).event_types)


def test_the_cue_files_have_no_mistake(area: Area) -> None:
    assert cues.check(area) == []


def test_a_disaster_takes_back_the_blasts_and_the_exodus_of_other_sentences(read: Read) -> None:
    assert read("A boiler burst in a mill. The explosion killed three people, the owner said.").event_types == ()
    assert read("Floods hit two districts. Hundreds of people were evacuated by boat.").event_types == ()


def test_a_disaster_takes_back_no_fighting(read: Read) -> None:
    told = read("Floods hit two districts. Taliban fighters attacked a checkpoint and a roadside bomb exploded.")
    assert {"clash", "bombing"} <= set(told.event_types)


@pytest.mark.parametrize(
    ("text", "side", "speaker"),
    [
        ("Kabul police denied reports of a suicide bombing near a mosque in Kabul.", "government", "police"),
        (
            "Taliban spokesman Zabihullah Mujahid denied any involvement in Saturday's bombing at a Kabul mosque.",
            "insurgent",
            "Taliban spokesman Zabihullah Mujahid",
        ),
        ("The Taliban denied responsibility for the bombing in Kabul on Friday.", "insurgent", "Taliban"),
    ],
)
def test_a_deed_that_is_denied_is_told_as_denied_and_by_whom(read: Read, text: str, side: str, speaker: str) -> None:
    verdict = read(text)
    assert verdict.event_types == ()
    denied = verdict.reports[0]
    assert (denied.modality, denied.basis, denied.claimed_by) == ("negated", "denied", None)
    assert denied.place is not None
    assert (denied.source_side, denied.speaker, denied.place.code) == (side, speaker, "AF-KAB/kabul")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Two farmers were killed by fire from an army post in Logar.", "attack"),
        ("Five soldiers were killed by friendly fire in Kunduz.", "clash"),
        ("Police arrested four people for stealing rifles from a base in Kunduz.", "arrest"),
        ("The siege of Kunduz entered its second half-year as the city fell.", "captured"),
        ("Four men were caught in a strong torrent of the river in Herat.", None),
        ("Ten people were killed by floods in Logar.", None),
    ],
)
def test_gunfire_is_no_blaze_and_a_torrent_no_arrest(read: Read, text: str, event: str | None) -> None:
    assert read(text).event_types[:1] == ((event,) if event else ())
