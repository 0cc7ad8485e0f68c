"""What takes a change of control back: denials, none, prevention, near misses, what is still to come or past."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.classify.classifier import Classifier
from sitmon.model.entry import Verdict
from sitmon.model.item import Item

DENIED = [
    ("Claims that Herat has fallen are false, the ministry said.", "negated"),
    ("Reports that Kunduz has fallen to the Taliban are not true, officials said.", "negated"),
    ("There is no truth to reports that Taloqan has been captured.", "negated"),
    ("The Taliban falsely claimed to have captured Taloqan.", "negated"),
    ('Taloqan has fallen? "That is a lie," the governor said.', "negated"),
    ("Claims that Ghazni has been captured are untrue, the interior ministry said.", "negated"),
    ("Rumours that Farah has fallen are baseless, a provincial official said.", "negated"),
    ("The news that Aybak fell to the Taliban is fake, the police chief said.", "negated"),
    ("Reports of the fall of Zaranj are false, the governor said.", "negated"),
    ("There is no truth in the report that Asadabad has fallen.", "negated"),
    ("The Taliban wrongly claimed they had captured Mehtarlam.", "negated"),
    ("The group falsely claimed that it had captured Maidan Shahr.", "negated"),
    ("The report that Kandahar has fallen is propaganda, the ministry said.", "negated"),
    ("The fall of Herat was denied by the governor.", "negated"),
    ("Kandahar has fallen? Not true, says the governor.", "negated"),
]
CONTESTED = [
    ("The Taliban's claim that they captured Taloqan is a lie, the governor said.", "actual"),
    ("Taliban claim of capturing Ghazni rejected by governor's office", "actual"),
    ("Taliban claims of seizing Pul-i-Khumri were rejected by the defence ministry.", "actual"),
    ("The insurgents' claim that they took Sheberghan was dismissed by the army.", "actual"),
    ("The claim by the Taliban that they had seized Gardez was denied by the provincial council.", "actual"),
]
OTHER = [
    ("Sources: Herat fell? Not confirmed.", "hedged"),
    ("No district fell to the Taliban in Badakhshan.", "negated"),
    ("None of Herat's districts have fallen.", "negated"),
    ("Not a single village in Panjshir has fallen.", "negated"),
    ("Taliban, not ISIS, captured Darqad.", "actual"),
    ("Taliban fighters were prevented from taking Ghazni.", "negated"),
    ("The army stopped the Taliban from taking Kunduz.", "negated"),
    ("The army kept the Taliban from taking Kunduz.", "negated"),
    ("The Taliban almost captured Kunduz.", "negated"),
    ("The Taliban came within a mile of taking Kunduz.", "negated"),
    ("Army thwarts capture of Maimana.", "negated"),
    ("The Taliban failed to take Lashkar Gah.", "negated"),
    ("The fall of Kabul is not imminent, the Pentagon said.", "negated"),
    ("The fall of Herat seems inevitable.", "hypothetical"),
    ("The fall of Herat would be a disaster, a lawmaker said.", "hypothetical"),
    ("To avoid the fall of Herat, the army sent commandos.", "hypothetical"),
    ("Residents live with the threat of the fall of Herat.", "hypothetical"),
    ("The 2015 capture of Kunduz shocked NATO.", "historical"),
    ("The 1996 capture of Kabul changed everything.", "historical"),
    ("The day Kunduz fell, I was at school.", "historical"),
    ("Thousands have fled since the fall of Kunduz.", "historical"),
    ("The Taliban plan to capture Kabul by September.", "planned"),
    ("The insurgents want to capture Kabul by September.", "planned"),
    ("The Taliban will capture Kabul by September, a commander said.", "planned"),
    ("No provincial capital has fallen to the Taliban so far.", "negated"),
    ("No village was taken by the insurgents, elders said.", "negated"),
    ("None of the districts of Bamyan has been captured by the Taliban.", "negated"),
    ("Not one district in Panjshir fell to the Taliban.", "negated"),
    ("Officials said no district had fallen to the Taliban in Nangarhar.", "negated"),
    ("Neither Jalalabad nor Gardez has fallen.", "negated"),
    ("The Taliban, not the government, retook Imam Sahib district.", "actual"),
    ("With no resistance in sight, the Taliban captured Aybak.", "actual"),
    ("There was no fighting when the Taliban took Jalalabad.", "actual"),
    ("Commandos prevented the Taliban from capturing Lashkar Gah.", "negated"),
    ("Local militias blocked the insurgents from taking Herat.", "negated"),
    ("The insurgents were stopped from seizing Kandahar by air strikes.", "negated"),
    ("Air strikes prevented the fall of Lashkar Gah.", "negated"),
    ("Forces foil the capture of Qala-i-Naw by the Taliban.", "negated"),
    ("The army failed to prevent the Taliban from capturing Zaranj.", "actual"),
    ("Soldiers could not stop the Taliban from seizing Taloqan.", "actual"),
    ("Reinforcements were unable to prevent the fall of Sar-e Pul.", "actual"),
    ("The Taliban nearly captured Ghazni.", "negated"),
    ("The Taliban came close to capturing Kandahar.", "negated"),
    ("The insurgents came within a kilometre of capturing Herat.", "negated"),
    ("The Taliban were minutes away from taking Faizabad.", "negated"),
    ("The Taliban fell short of capturing Maimana.", "negated"),
    ("The Taliban tried in vain to capture Maimana.", "negated"),
    ("The Taliban failed in an attempt to seize Qalat.", "negated"),
    ("The fall of Mazar-i-Sharif is unlikely, a general said.", "hypothetical"),
    ("The capture of Kandahar by the Taliban would be a heavy blow.", "hypothetical"),
    ("The fall of Kabul could come within weeks, analysts say.", "hypothetical"),
    ("The collapse of Kabul is only a matter of time, a diplomat said.", "hypothetical"),
    ("The army sent planes to prevent the fall of Lashkar Gah.", "hypothetical"),
    ("Families fled at the prospect of the fall of Kandahar.", "hypothetical"),
    ("Shops closed ahead of the feared fall of Herat.", "hypothetical"),
    ("Aid groups prepare for the possible fall of Jalalabad.", "hypothetical"),
    ("He warned of the impending fall of Ghazni.", "hypothetical"),
    ("The fall of Kunduz to the Taliban was a heavy blow.", "actual"),
    ("The fall of Zaranj on Friday shocked the government.", "actual"),
    ("The 2018 capture of Ghazni lasted five days.", "historical"),
    ("The 2001 fall of Kandahar ended the regime of the Taliban.", "historical"),
    ("Nobody has slept since the fall of Herat.", "historical"),
    ("Prices have doubled since Kunduz fell to the Taliban.", "historical"),
    ("The night Herat fell, the power went out.", "historical"),
    ("The morning Zaranj fell to the Taliban, she packed a bag.", "historical"),
    ("The Taliban captured Kabul in 1996.", "historical"),
    ("In 2015 the Taliban captured Kunduz for two weeks.", "historical"),
    ("Later in the day Aybak fell to the Taliban.", "actual"),
    ("On Friday night Herat fell to the Taliban.", "actual"),
    ("Has Ghazni fallen to the Taliban?", "hypothetical"),
    ("The Taliban captured Taloqan and rumours about a truce are false.", "actual"),
    ("Zaranj fell on Friday and the police chief was dismissed by the governor.", "actual"),
    ("The Taliban are preparing to capture Kabul by September.", "planned"),
    ("They intend to seize Mazar-i-Sharif by October.", "planned"),
    ("Denying rumours of a deal, the Taliban captured Imam Sahib in Kunduz.", "actual"),
    ("Rejecting talks, the insurgents seized Aybak.", "actual"),
    ("The insurgents were unable to capture Gardez.", "negated"),
    ("She was a student when Kunduz fell in 2015.", "historical"),
    ("Herat fell in the early hours of Friday.", "actual"),
    ("Mullah Omar's men captured Kabul in 1996.", "historical"),
    ("Mullah Omar's men captured Kandahar.", "actual"),
    ("Farah became the seventh capital to fall to the Taliban.", "actual"),
    ("The policy pays out in the event that Torkham is seized.", "hypothetical"),
    ("Kandahar's airport has at no time been in the attackers' hands.", "negated"),
    ("Orders for the recapture of Nijrab have been signed.", "hypothetical"),
    ("Kunduz is reported to have been captured by the Taliban.", "hedged"),
]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("In 2015 the Taliban captured Kunduz.", "historical"),
        ("On 8 August 2021 the Taliban captured Kunduz.", "actual"),
    ],
)
def test_an_item_without_a_date_tells_history_by_the_year_alone(
    classifier: Classifier, text: str, modality: str
) -> None:
    assert [r.modality for r in classifier.classify(Item("u", "test", text)).reports] == [modality]


@pytest.mark.parametrize(("text", "modality"), [*DENIED, *CONTESTED, *OTHER])
def test_how_a_change_is_said(read: Callable[..., Verdict], text: str, modality: str) -> None:
    reports = read(text).reports
    assert reports, text
    assert reports[0].modality == modality


@pytest.mark.parametrize(("text", "modality"), DENIED)
def test_a_denial_alone_is_on_the_word_of_whoever_denies(
    read: Callable[..., Verdict], text: str, modality: str
) -> None:
    assert [(r.modality, r.basis) for r in read(text).reports] == [(modality, "denied")]


@pytest.mark.parametrize(("text", "modality"), CONTESTED)
def test_a_party_s_claim_with_its_rejection_stays_its_claim(
    read: Callable[..., Verdict], text: str, modality: str
) -> None:
    report = read(text).reports[0]
    assert (report.modality, report.basis, report.holder) == (modality, "claimed", "insurgent")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Taliban, not ISIS, captured Darqad.", "taliban"),
        ("The Taliban, not the government, retook Imam Sahib district.", "taliban"),
    ],
)
def test_who_is_only_set_apart_takes_nothing(read: Callable[..., Verdict], text: str, actor: str) -> None:
    assert read(text).reports[0].actor == actor


FURTHER = [
    ("Talk of Mazar-i-Sharif falling is nonsense, the governor said.", "negated", "denied"),
    ("The ministry called reports that Kandahar had fallen false.", "negated", "denied"),
    ("Has Herat fallen? No, says the governor.", "negated", "denied"),
    ("Did the Taliban take Kunduz?", "hypothetical", None),
    ("So far no border crossing has been seized by the insurgents.", "negated", "denied"),
    ("No fewer than five districts of Badakhshan have fallen to the Taliban.", "actual", "reported"),
    ("The insurgents have captured no district in Panjshir.", "negated", "denied"),
    ("The Taliban took none of the villages of Yakawlang.", "negated", "denied"),
    ("Afghan forces foiled a Taliban attempt to capture Kandahar.", "negated", "denied"),
    ("The Taliban could not capture Lashkar Gah despite weeks of fighting.", "negated", "denied"),
    ("Nothing could stop the Taliban from capturing Zaranj.", "actual", "reported"),
    ("The government did little to prevent the fall of Kunduz.", "actual", "reported"),
    ("Twenty years after the fall of Kandahar, the Taliban are back at its gates.", "historical", "reported"),
    ("Taliban claims on capture of Aybak denied by the army", "actual", "claimed"),
]


@pytest.mark.parametrize(("text", "modality", "basis"), FURTHER)
def test_how_a_change_is_said_and_on_whose_word(
    read: Callable[..., Verdict], text: str, modality: str, basis: str | None
) -> None:
    report = read(text).reports[0]
    assert report.modality == modality
    assert basis is None or report.basis == basis


def test_who_thwarts_a_capture_takes_nothing(read: Callable[..., Verdict]) -> None:
    assert [(r.event_type, r.modality) for r in read("Army thwarts capture of Maimana.").reports] == [
        ("captured", "negated")
    ]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The Taliban plan to capture Kabul by September.", "2021-09"),
        ("The insurgents want to capture Kabul by December.", "2021-12"),
        ("The Taliban will capture Kabul by August, an analyst said.", "2021-08"),
        ("The Taliban captured Darqad in September.", "2020-09"),
    ],
)
def test_a_plan_is_not_dated_in_the_past(read: Callable[..., Verdict], text: str, when: str) -> None:
    assert read(text).reports[0].event_time == when
