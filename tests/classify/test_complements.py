"""What is taken, lost or held is no territory; a fall that ends elsewhere; and the plain takings beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict
from sitmon.model.terms import TERRITORY

Read = Callable[..., Verdict]

NO_TERRITORY = [
    "Panic seized Kabul on Monday.",
    "Panic over Covid-19 seized Kabul.",
    "A dust storm takes over Zaranj.",
    "A dust storm took over Zaranj on Sunday.",
    "Floods overran Charikar, killing 100.",
    "The new governor takes charge of Herat.",
    "A new governor took charge of Herat on Monday.",
    "Ghani takes Kandahar trip.",
    "Abdullah captured Herat in the runoff.",
    "Herat fell under lockdown on Saturday.",
    "Kabul fell into darkness after a power cut.",
    "Kabul fell silent as the moon rose.",
    "Kandahar fell short of its tax target.",
    "Herat fell behind in vaccination.",
    "Kunduz fell ill with cholera.",
    "Kabul fell quiet after the storm.",
    "Snow took over Bamyan.",
    "Fear seized Jalalabad.",
    "Cholera overran Taloqan.",
    "Joy took over Kabul after the cricket win.",
    "Locusts overran Faryab.",
    "Tourists overran Bamyan this summer.",
    "Darkness seized Ghazni when the grid failed.",
    "The bakers took over Herat's main square for a fair.",
    "Grief captured Kabul.",
    "A fever took Kandahar.",
    "Ghani captured Kabul with 70 percent of the vote.",
    "Zaranj was taken by surprise by a sandstorm.",
    "Kabul was overrun by stray dogs.",
    "Herat was seized by panic.",
    "Kandahar was captured in a painting.",
    "The Taliban seize Kandahar cash.",
    "The Taliban seized a Herat trader's trucks.",
    "The Taliban seize Herat trader's trucks.",
    "The Taliban seized Helmand drug money.",
    "The Taliban captured a drone over Maymana.",
    "The Taliban captured Kandahar spymaster.",
    "The Taliban take Kunduz children to school.",
    "The Taliban captured the district police chief of Almar.",
    "The Taliban seized a Kunduz-bound truck in Baghlan.",
    "Police seized Balkh hashish in Tajikistan.",
    "The Taliban seized Kabul bank accounts.",
    "The Taliban took Ghazni elders hostage.",
    "The Taliban captured Herat intelligence chief.",
    "The Taliban took Farah doctors away.",
    "The army seized Nangarhar timber.",
    "The Taliban seized Zabul weapons.",
    "The Taliban captured Kunduz university students.",
    "The Taliban seized vehicles of the Kunduz municipality.",
    "The Taliban captured the deputy governor of Kunduz.",
    "The Taliban took a Kandahar delegation to Doha.",
    "Afghan forces lost contact with Kunduz.",
    "Afghan forces lost contact with the district.",
    "The government lost touch with Faizabad.",
    "The army lost a helicopter over Kunduz.",
    "The army lost 20 soldiers in Kunduz.",
    "The army lost interest in Kunduz.",
    "The Taliban hold a press conference in Kabul.",
    "The Taliban hold a grudge against Kabul.",
    "The Taliban hold talks in Kabul.",
    "The Taliban hold elections in Kandahar.",
    "The Taliban hold prayers in Herat.",
    "The Taliban held a rally in Kunduz.",
    "The Taliban hold a court in Zabul.",
    "The Taliban held a funeral in Ghazni.",
    "The Taliban hold a view of Kabul.",
    "The Taliban hold meetings in the district.",
    "Taliban control prices in Kabul.",
    "The Taliban control traffic in Kabul.",
    "The Taliban held 20 people in Kunduz.",
    "The Taliban hold shares in a Kabul bank.",
    "Police captured a Kabul thief.",
    "Customs officers seized Herat saffron worth a million dollars.",
    "The Taliban captured the Takhar deputy governor.",
    "The Taliban captured two Ghazni traders.",
    "A convoy bound for Herat was captured by the Taliban.",
    "A lorry from Kunduz was seized by the Taliban.",
    "The hospital in Taloqan was taken over by the Red Cross.",
    "The snow in Bamyan is gone.",
    "The mayor of Herat has taken over waste collection.",
    "Kabul seized on the report as proof.",
    "Kabul captured the attention of Washington.",
    "Kabul surrendered its seat at the conference.",
    "The police handed over a stolen car to its owner in Herat.",
    "The militants captured in Zabul were flown to Bagram.",
    "A third of the melons of Kunduz went to the Taliban.",
    "The lease of Herat airport went to a Taliban-run company.",
    "Taliban captives sat on the floor of the governor's office.",
    "Taliban envoys sat in the governor's office in Herat for talks.",
    "Taliban fighters sat in the governor's office in Ghazni when police shot at them.",
    "A white flag was hoisted over the ditch in Kunduz as the soldiers came out.",
    "A white flag flew over the stadium in Herat before the match.",
    "Soldiers raised a white flag over the base in Kunduz.",
    "Low prices in Kunduz led to its fall in rank.",
    "The Taliban blew up the Kunduz bridge and caused its collapse.",
    "The bureau gave Kunduz up to ten days.",
    "Herat yields to Taliban pressure on fees.",
    "Hamlets yielded to the Taliban a share of their grain.",
    "The orchard of Kunduz is gone; shells tore it up.",
    "The plans of Kunduz are with the Taliban.",
    "The Taliban have all of Kunduz against them.",
    "Taliban supporters marched into Kabul to ask for work.",
    "Taliban fighters entered Kunduz but were driven out again within the hour.",
]
"""Storms, officials and voters that "take" towns; things and people of a place; contact lost and meetings held."""

TERRITORY_ALL_THE_SAME = [
    "Kunduz has fallen.",
    "Kunduz falls to the Taliban.",
    "The fall of Kunduz shocked the country.",
    "Kunduz was captured on Sunday.",
    "Kunduz fell on Sunday.",
    "The Taliban seized Kunduz.",
    "Taliban take Kunduz.",
    "Taliban capture Sheberghan city.",
    "The Taliban captured Zaranj, the capital of Nimroz.",
    "The Taliban seized Kunduz airport.",
    "The Taliban seized the Herat governor's office.",
    "The Taliban captured Almar district.",
    "The Taliban captured the district of Almar.",
    "The Taliban seized Kandahar, Herat and Lashkar Gah.",
    "The Taliban captured Kunduz city after a week of fighting.",
    "Government forces lost Kunduz to the Taliban.",
    "The government lost control of Kunduz.",
    "The army lost the district to the Taliban.",
    "The Taliban hold Kunduz.",
    "The Taliban hold Zaranj and Sheberghan.",
    "The Taliban control Kunduz.",
    "The Taliban now control most of Lashkar Gah.",
    "Taliban hold all of Sheberghan except the airport.",
    "Ghazni falls.",
    "Herat fell late on Thursday.",
    "Herat fell without a fight.",
    "Kandahar fell under Taliban control.",
    "Kandahar fell under the control of the Taliban.",
    "Kandahar fell into Taliban hands.",
    "Kandahar fell into the hands of the insurgents.",
    "Kabul collapsed.",
    "Afghan forces retook Kunduz.",
    "Zaranj: Taliban take city.",
    "Insurgents overran Charikar.",
    "Fighters took over Zaranj.",
    "Aibak taken.",
    "Taloqan has been overrun.",
    "Kunduz was seized overnight.",
    "Kunduz captured.",
    "Taliban seizes Kunduz police headquarters.",
    "Taliban captured Kandahar prison.",
    "Taliban seize Kandahar's second district.",
    "The Taliban took Kunduz from the army.",
    "Herat lost to the Taliban.",
    "Gunmen captured Imam Sahib.",
    "White flags now fly over the governor's office in Kunduz.",
    "Fighters posed in the governor's chair in Taloqan.",
    "The Taliban are now in the governor's compound in Taloqan, residents said.",
    "Taliban fighters sat at the police chief's desk in Sar-e Pul.",
    "Kandahar passed into Taliban hands late on Thursday.",
    "Ghazni went to the Taliban on Thursday.",
    "Aybak changed hands on Monday.",
    "The Taliban have the whole of Kunduz city.",
    "The governor of Paktika gave Sharana up to the Taliban.",
    "Asadabad was yielded to the Taliban.",
    "Taliban fighters rode into Mihtarlam and raised their flag.",
    "Khost city is the latest to come under the control of the Taliban.",
    "The Taliban, who had besieged Taloqan for weeks, took it on Sunday.",
    "Security forces cleared Sayed Karam in Paktia of the Taliban.",
    "Marawi was liberated from militants.",
    "Zaranj is gone, a police officer said by phone.",
    "The first provincial capital, Zaranj, fell on Friday.",
    "Sharana was abandoned to the Taliban.",
    "The whole of Tarinkot is now controlled by the Taliban.",
]
"""The same verbs and the same places, where a place does change hands or is held."""


@pytest.mark.parametrize("text", NO_TERRITORY)
def test_no_place_changes_hands(read: Read, text: str) -> None:
    verdict = read(text)
    assert not TERRITORY & set(verdict.event_types)
    assert [r for r in verdict.reports if r.holder is not None] == []


@pytest.mark.parametrize("text", TERRITORY_ALL_THE_SAME)
def test_a_place_changes_hands_or_is_held(read: Read, text: str) -> None:
    assert [r for r in read(text).reports if r.holder is not None] != []


def test_a_flag_that_flew_until_now_takes_nothing(read: Read) -> None:
    assert TERRITORY.isdisjoint(read("Until last week the white flag flew over Charkh.").event_types)


@pytest.mark.parametrize(
    "text",
    [
        "A building collapsed in Kabul, killing three.",
        "Four soldiers were killed when a helicopter crashed in Balkh.",
        "The governor of Kunduz was killed in a car accident.",
    ],
)
def test_an_accident_is_no_deed(read: Read, text: str) -> None:
    assert read(text).event_types == ()
