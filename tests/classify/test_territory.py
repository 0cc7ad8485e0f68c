"""Who took what from whom: one sentence a turn of phrase, the traps first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict
from sitmon.model.terms import MOVING

Read = Callable[..., Verdict]

NOT_TAKEN = [
    ("Kabul has not fallen, the president's office said.", "negated"),
    ("The Taliban failed to capture Taloqan despite repeated attempts, the governor said.", "negated"),
    ("The Defence Ministry denied that Taloqan had fallen to the Taliban.", "denied"),
    ("Rumours that Gardez has been captured are false, the police chief said.", "denied"),
    ("Officials fear that Mazar-i-Sharif could fall to the Taliban within days.", "feared"),
    ("If Ghazni falls, the road to Kabul lies open.", "a condition"),
    ("Kunduz may be next to fall.", "feared"),
    ("Government forces vowed to retake Kunduz.", "a vow"),
    ("The government promised that the lost cities would be retaken.", "a vow"),
    ("The Taliban want to capture Kandahar before winter.", "a wish"),
    ("Insurgents launched an attack to capture Ghazni, which was fended off.", "a purpose"),
    ("The Taliban captured Kabul in 1996.", "history"),
    ("Monday marks the anniversary of the fall of Kunduz in 2015.", "history"),
    ("Heavy rain fell in Kabul in the fall of 2020.", "weather and a season"),
    ("A fan captured the moment on video in Kabul.", "an idiom"),
    ("Soldiers captured two Taliban commanders in Kunduz province.", "people, not land"),
    ("Police seized 40 rifles in Kunduz city.", "weapons, not land"),
    ("Taliban took a reporter of a local radio station from his home in Lashkar Gah.", "a person"),
    ("Journalists were taken to Kunduz on a tour.", "people"),
    ("Delegates took part in a meeting in Herat city.", "an idiom"),
    ("Warplanes bombed Taliban-held villages near Gardez.", "an adjective"),
    ("The police chief was killed in the captured district of Arghandab.", "an adjective"),
    ("Government forces remain in control of Kandahar city, a spokesman said.", "nothing changed"),
    ("The district is held by the Taliban, who let aid workers through.", "nothing changed"),
    ("Prices fell in the markets of Herat.", "prices"),
    ("In the game, players seize a base and hold it for a minute.", "players"),
    ("Lava overran the village below the crater.", "lava"),
    ("The bridge collapsed after a week of rain.", "a structure"),
    ("The hospital to which he had been taken is in the city.", "a patient"),
    ("Gunmen raised their voices over the fence of a base.", "no flag"),
    ("Troops fought for control of the town all day.", "a noun"),
    ("The Taliban fired on people who raised the national flag in Jalalabad.", "a crowd's flag"),
    ("Gunmen seized Okello in the car park.", "a person's name"),
    ("A Taliban delegation entered Kabul for talks.", "talks"),
]
TAKEN = [
    ("captured", "AF-NAN", "Islamic State militants drove Taliban fighters out of villages in Nangarhar."),
    ("captured", "AF-JOW", "The Taliban drove Islamic State fighters out of Darzab in Jowzjan."),
    ("captured", "AF-LAG", "Dawlat Shah district, Laghman, fell to the Taliban after soldiers left it under fire."),
    ("captured", "AF-FYB", "A Taliban assault on the centre of Almar district, Faryab province, led to its fall."),
    ("captured", "AF-TAK/taloqan", "A siege of Taloqan ended in its capture by the Taliban."),
    ("retaken", "AF-BAL", "Afghan commandos re-established government control over Kaldar district, Balkh province."),
    ("retaken", "AF-TAK", "Afghan forces entered Ishkamish district, Takhar, and restored government rule there."),
    ("captured", "AF-SAM/aybak", "On 9 August 2021, Taliban militants captured Aybak city, the capital of Samangan."),
    ("captured", "AF-GHA/ghazni", "Taliban overrun Ghazni city, provincial council member says"),
    ("captured", "AF-KAN/kandahar", "Kandahar has fallen, residents say"),
    ("captured", "AF-KAN/kandahar", "kandahar city overrun by taliban after long battle"),
    ("captured", "AF-BDG/qala-e-naw", "Badghis capital under Taliban control, lawmaker confirms"),
    ("captured", "AF-BGL/pul-e-khumri", "Pul-e-Khumri is in the hands of the Taliban"),
    ("captured", "AF-HER/herat", "Taliban claim capture of Herat"),
    ("captured", "AF-FRA/farah", "The loss of Farah leaves the government with little in the west."),
    ("captured", "AF-LOG/pul-e-alam", "Taliban seize Pul-e-Alam, 70 km from Kabul"),
    ("captured", "AF-TAK/taloqan", "The Taliban now hold the whole city of Taloqan, a councillor said."),
    ("captured", "AF-HER/herat", "the old city of herat has fallen into the hands of the taliban"),
    ("captured", "AF-GHO", "Taliban fighters captured two districts in Ghor province."),
    ("captured", "AF-KDZ", "The center of Imam Sahib district in Kunduz was seized by Taliban insurgents last night."),
    ("retaken", "AF-BAL", "Afghan forces retook the Kaldar district in Balkh from the Taliban after an operation."),
    ("retaken", "AF-PIA", "ANDSF overtook Sayed Karam district in Paktia from the Taliban after clashes."),
    ("retaken", "AF-GHA", "Taliban militants were driven out of Ghazni city by Afghan National Army troops."),
    ("retaken", "AF-BGL", "The Nahrin district was cleared of Taliban by ANDSF."),
    ("retaken", "AF-BDG", "Afghan army says it has wrested control of Qala-e-Naw back"),
    ("retaken", None, "local rebel forces took back two districts from the Taliban"),
    ("handed_over", "AF-NIM/zaranj", "The Taliban took control of Zaranj in Nimroz without a fight."),
    ("handed_over", "AF-BDG", "Qala-e-Naw district was handed over to the Taliban by tribal elders."),
    ("handed_over", "AF-GHA/ghazni", "The governor surrendered Ghazni city to the Taliban."),
]


@pytest.mark.parametrize(("text", "why"), NOT_TAKEN, ids=[f"{why}: {text[:30]}" for text, why in NOT_TAKEN])
def test_nothing_is_taken(read: Read, text: str, why: str) -> None:
    verdict = read(text)
    moved = [
        r for r in verdict.reports if r.event_type in ("captured", "retaken", "handed_over") and r.modality in MOVING
    ]
    assert moved == [], why


@pytest.mark.parametrize(("event", "place", "text"), TAKEN, ids=[t[2][:40] for t in TAKEN])
def test_it_is_taken(read: Read, event: str, place: str | None, text: str) -> None:
    verdict = read(text)
    moved = [
        r for r in verdict.reports if r.event_type in ("captured", "retaken", "handed_over") and r.modality in MOVING
    ]
    assert [r.event_type for r in moved] == [event]
    code = moved[0].place.code if moved[0].place else None
    if place is None or "/" in place:
        assert code == place
    else:
        assert moved[0].place is not None
        assert moved[0].place.province == place
    assert moved[0].holder == ("government" if event == "retaken" else "insurgent")


def test_one_verb_with_three_places_gives_three_reports(read: Read) -> None:
    verdict = read("The Taliban captured the cities of Kunduz, Taloqan and Sar-e Pul on Sunday.")
    codes = [r.place.code for r in verdict.reports if r.event_type == "captured" and r.place]
    assert codes == ["AF-KDZ/kunduz", "AF-TAK/taloqan", "AF-SAR/sar-e-pul"]


def test_a_site_is_taken_apart_from_its_city(read: Read) -> None:
    verdict = read("Taliban fighters seized the prison and the police headquarters of Kandahar city.")
    captured = [r for r in verdict.reports if r.event_type == "captured"]
    assert [r.site for r in captured] == ["prison", "police_hq"]
    assert {r.place.code for r in captured if r.place} == {"AF-KAN/kandahar"}


def test_sites_held_otherwise_are_told_beside_the_capture(read: Read) -> None:
    verdict = read("Kunduz has fallen to the Taliban. Only the army base and the airport are still with ANDSF.")
    held = {r.site: r.holder for r in verdict.reports if r.site}
    assert held == {"army_base": "government", "airport": "government"}
    assert "captured" in verdict.event_types
    assert "other" not in verdict.event_types


def test_a_retreat_to_the_airport_leaves_the_airport_held(read: Read) -> None:
    verdict = read("The Taliban took Sheberghan and government forces retreated to the airport.")
    assert [(r.site, r.holder) for r in verdict.reports if r.site] == [("airport", "government")]


def test_parts_of_a_city_are_a_battle_still(read: Read) -> None:
    verdict = read("Taliban fighters captured parts of Farah city overnight.")
    assert verdict.event_types[0] == "clash"
    assert verdict.reports[0].scope == "part"


def test_villages_of_a_province_are_not_its_capital(read: Read) -> None:
    verdict = read("The Taliban captured five villages in Kunduz.")
    report = next(r for r in verdict.reports if r.event_type == "captured")
    assert report.place is not None
    assert report.place.kind == "province"
    assert report.scope == "part"


def test_several_places_without_a_name_are_nowhere(read: Read) -> None:
    verdict = read("Fighting went on in Herat. The Taliban have captured five provincial capitals in two days.")
    report = next(r for r in verdict.reports if r.event_type == "captured")
    assert report.place is None


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Taliban fighters raised their flag over the governor's house in Qalat.", ("captured",)),
        ("Women raised their flag over a square in Kabul.", ()),
        ("Soldiers dislodged the rebels from Gwozara on Friday.", ("retaken",)),
        ("The district was brought back under government control.", ("retaken",)),
        ("The district is under government control.", ()),
        ("The fall of Tessalit was confirmed by a local councillor on Sunday.", ("captured",)),
        ("The Houthis stormed the Khalid camp and took it.", ("captured", "clash")),
        ("Peacekeepers drove the militia out of Bambari.", ("retaken",)),
        ("Militiamen of a warlord captured the capital's radio station.", ("captured",)),
        ("Pro-government militias recaptured two hills near Marib.", ("retaken",)),
        ("Forces loyal to the renegade general took the airport from the UN-backed government.", ("captured",)),
        ("The Myanmar army retook a base that it had lost to rebels.", ("retaken",)),
        ("Kurdish forces gave up Sinjar on Tuesday without a fight.", ("handed_over",)),
        ("Forces clear Taliban from three villages of Takhar.", ("retaken",)),
    ],
)
def test_flags_evictions_and_what_comes_back(read: Read, text: str, events: tuple[str, ...]) -> None:
    assert read(text).event_types == events


TAKEN_ALL_THE_SAME = [
    ("captured", "Taliban fighters entered Kabul on Sunday.", "nobody fought"),
    ("captured", "Control of the border post passed to the insurgents.", "passed"),
    ("captured", "The Taliban flag now flies over the main square of Zaranj.", "a flag"),
    ("captured", "Tigrayan rebels took Lalibela on Thursday.", "a name that nothing knows"),
    ("captured", "Rebels seized the radio station and the hospital.", "buildings"),
    ("retaken", "Philippine troops retook a mosque from militants in Marawi.", "a building, back"),
    ("retaken", "Somali soldiers took Adan Yabaal from al-Shabaab on Monday.", "a name, from whom"),
    ("retaken", "Troops entered Maarat al-Numan, dislodging rebel fighters.", "dislodged"),
    ("retaken", "The Libyan army has established full control over the oil crescent.", "control of anything"),
    ("retaken", "The last stronghold of the rebels fell to the army.", "whose it was"),
    ("handed_over", "Security forces left the district centre and the Taliban took it peacefully.", "what was left"),
    ("handed_over", "Armenia returned four villages to Azerbaijan on Friday.", "to a country"),
]


@pytest.mark.parametrize(("event", "text", "why"), TAKEN_ALL_THE_SAME, ids=[t[2] for t in TAKEN_ALL_THE_SAME])
def test_what_changes_hands_without_a_word_for_territory(read: Read, event: str, text: str, why: str) -> None:
    assert event in read(text).event_types, why
