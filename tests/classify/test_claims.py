"""On whose word a thing rests where no verb of saying brings it: colons, dashes, passives, what is admitted or seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

Read = Callable[..., Verdict]

SPOKEN = [
    ("conceded", "Lawmaker", "Lawmaker: Ghazni has fallen to the Taliban"),
    ("conceded", "Governor", "Breaking: Governor: Taliban have captured Zaranj"),
    ("claimed", "Taliban", "Taliban: we have taken Farah"),
    ("claimed", "Taliban spokesman", "Taliban spokesman: Sheberghan captured"),
    ("witnessed", "Residents", "Residents: Taliban have entered Ghazni city"),
    ("reported", "Western security official", "A Western security official said the Taliban had taken Ghazni."),
    ("conceded", "local commander", "The Taliban have taken Zaranj, a local commander said."),
    ("reported", "AFP", "AFP: Taliban have taken Ghazni"),
    ("conceded", "official", "Taliban captured Zaranj: official"),
    ("conceded", "officials", "Taliban capture Taloqan - officials"),
    ("claimed", "Zabihullah Mujahid", "Taliban capture Sheberghan: Zabihullah Mujahid"),
    ("conceded", "councillor", "The loss of Zaranj was confirmed by a councillor."),
    ("conceded", "police chief", "The fall of Zaranj was confirmed on Sunday by the police chief."),
    ("conceded", "governor", "Interview: governor says Zaranj has fallen"),
    ("conceded", "governor", "It was confirmed by the governor that Zaranj had fallen to the Taliban."),
    ("claimed", "Taliban", "The capture of Ghazni was claimed by the Taliban."),
    ("claimed", "Taliban", "Ghazni has been captured, as claimed by the Taliban."),
    ("witnessed", "residents", "The fall of Farah was confirmed by residents."),
    ("reported", "TOLOnews", "The fall of Farah was reported by TOLOnews."),
    (
        "witnessed",
        "Residents of Farah",
        "Residents of Farah saw Taliban fighters raise their flag on the governor's house.",
    ),
    ("claimed", "طالبان", "طالبان: غزنی فتح شد"),
    ("conceded", "عضو شورای ولایتی", "زرنج سقوط کرد: عضو شورای ولایتی"),
    ("conceded", "معاون والی نیمروز", "زرنج سقوط کرد؛ این را معاون والی نیمروز گفته است."),
    ("conceded", "والی نیمروز", "والی نیمروز سقوط زرنج را تأیید کرد."),
    ("conceded", "معاون والی", "سقوط زرنج از سوی معاون والی تأیید شد."),
    ("claimed", "طالبان", "طالبان مدعی‌اند که شهر لشکرگاه را تصرف کرده‌اند."),
    ("conceded", "ولایتي شورا غړی", "د ولایتي شورا غړی: زرنج سقوط وکړ"),
    ("conceded", "نیمروز والي", "د نیمروز والي د زرنج سقوط تایید کړ."),
    ("conceded", "والي مرستیال", "د زرنج سقوط د والي مرستیال له خوا تایید شو."),
    ("conceded", "ځايي چارواکو", "د ځايي چارواکو په وینا، زرنج سقوط وکړ."),
    ("witnessed", "فراه دوکاندارانو", "د فراه دوکاندارانو وویل چې طالبانو ښار ونیو."),
]


@pytest.mark.parametrize(("basis", "speaker", "text"), SPOKEN, ids=[s[2] for s in SPOKEN])
def test_on_whose_word(read: Read, basis: str, speaker: str, text: str) -> None:
    report = next(r for r in read(text).reports if r.event_type == "captured")
    assert (report.basis, report.speaker) == (basis, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "Kunduz: Taliban capture police headquarters",
        "BREAKING: Taliban capture Kunduz",
        "Explainer: How the Taliban took Kunduz",
        "Afghanistan: Taliban capture Kunduz",
        "Afghan government: what next after Kunduz falls to Taliban",
        "Taliban offensive: Kunduz falls",
        "At 10:30 the Taliban captured Kunduz.",
        "Taliban capture Kunduz: a timeline",
        "Taliban capture Kunduz: what we know",
        "Taliban capture Kunduz - TOLOnews",
        "Taliban capture three cities: Kunduz, Taloqan and Sar-e Pul",
        "Taliban capture Kunduz - Kunduz residents flee",
        "کندز: طالبان قوماندانی امنیه را گرفتند",
        "خبر فوری: زرنج سقوط کرد",
        "کندز: طالبانو امنیه قوماندانۍ ونیوله",
    ],
)
def test_a_label_is_no_speaker(read: Read, text: str) -> None:
    verdict = read(text)
    assert {(r.basis, r.speaker) for r in verdict.reports} == {("reported", None)}
    assert verdict.quotes == ()


@pytest.mark.parametrize(
    "text",
    [
        "Taliban admit the loss of Kaldar district.",
        "The Taliban admitted losing Kaldar district of Balkh.",
        "طالبان سقوط ولسوالی کلدار را پذیرفتند.",
        "طالبانو د کلدار ولسوالۍ سقوط ومانه.",
    ],
)
def test_who_admits_a_loss_has_lost(read: Read, text: str) -> None:
    verdict = read(text)
    (report,) = verdict.reports
    assert (report.event_type, report.holder, report.basis) == ("retaken", "government", "conceded")
    assert verdict.event_types[0] == "retaken"


def test_whoever_admits_a_loss_speaks_for_the_losing_side(read: Read) -> None:
    (report,) = read("Karim Daud admitted that Zaranj had fallen to the Taliban.").reports
    assert (report.basis, report.source_side, report.speaker) == ("conceded", "government", "Karim Daud")


def test_a_fall_that_is_denied_in_the_passive_moves_nothing(read: Read) -> None:
    verdict = read("The fall of Taloqan was denied by the interior ministry.")
    (report,) = verdict.reports
    assert (report.modality, report.basis, report.speaker) == ("negated", "denied", "interior ministry")
    assert verdict.event_types == ()


def test_a_headlines_clause_is_quoted_and_a_happening_is_not(read: Read) -> None:
    (told,) = read("Lawmaker: Ghazni has fallen to the Taliban").quotes
    assert (told.text, told.kind, told.role, told.cue) == (
        "Ghazni has fallen to the Taliban", "indirect", "Lawmaker", None,
    )  # fmt: skip
    assert read("The loss of Zaranj was confirmed by a councillor.").quotes == ()


def test_an_office_in_pashto_is_not_cut_to_its_place(read: Read) -> None:
    (told,) = read("د نیمروز د والي مرستیال وايي چې زرنج سقوط وکړ.").quotes
    assert (told.speaker or told.role or "").endswith("د والي مرستیال")


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban claim they have captured Taloqan; the government rejects it.",
        "The Taliban say they have captured Taloqan. The defence ministry rejected the claim.",
        "The Taliban say they have captured Taloqan, a claim denied by the defence ministry.",
    ],
)
def test_a_claim_is_told_with_the_other_sides_denial(read: Read, text: str) -> None:
    claim, denial = read(text).reports
    assert (claim.modality, claim.basis, claim.source_side) == ("actual", "claimed", "insurgent")
    assert (denial.modality, denial.basis, denial.source_side) == ("negated", "denied", "government")
    assert (denial.event_type, denial.place) == (claim.event_type, claim.place)


def test_what_else_is_denied_denies_no_capture(read: Read) -> None:
    (report,) = read("The Taliban captured Kunduz on Sunday. The government denied it had paid the rebels.").reports
    assert report.modality == "actual"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Fake news: Taliban seize Herat airport.", "negated"),
        ("A Taliban tweet that Herat fell was deleted as fake.", "negated"),
        ("The Taliban boast of capturing Herat was hollow.", "negated"),
        ("Instead of seizing Herat, the Taliban dug in around it.", "negated"),
        ("Little of Herat fell to the Taliban.", "negated"),
        ("Had the Taliban seized Herat, the war would be over.", "hypothetical"),
        ("Why Herat fell to the Taliban", "historical"),
    ],
)
def test_what_was_not_or_is_known_moves_nothing(read: Read, text: str, modality: str) -> None:
    verdict = read(text)
    assert verdict.event_types == ()
    assert [r.modality for r in verdict.reports] == [modality]
