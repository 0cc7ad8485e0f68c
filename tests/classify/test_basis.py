"""On whose word: the speaker's side against the direction of the claim, and how a thing is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict
from sitmon.model.report import Report

Read = Callable[..., Verdict]


def first(verdict: Verdict, event: str) -> Report:
    return next(r for r in verdict.reports if r.event_type == event)


BASES = [
    ("captured", "claimed", "insurgent", "Kunduz has been captured, Taliban spokesman Zabihullah Mujahid said."),
    ("captured", "conceded", "government", "Kunduz has fallen, a member of the Kunduz provincial council said."),
    ("captured", "conceded", "government", "The Taliban have taken Zaranj, the deputy governor of Nimroz said."),
    ("captured", "claimed", "insurgent", "The Taliban said that Kunduz had been lost by the army."),
    ("captured", "claimed", "insurgent", '"Panjwai is lost," Zabihullah Mujahid said.'),
    ("captured", "conceded", "government", "We have lost Aybak, a provincial councillor said."),
    ("captured", "conceded", "government", "We lost Aybak at noon, a soldier said."),
    ("captured", "conceded", "government", "The Taliban captured Zaranj on Friday, officials said."),
    ("captured", "witnessed", "civilian", "The Taliban have taken the city of Farah, a resident said by phone."),
    ("captured", "reported", None, "The Taliban captured Farah on Tuesday."),
    ("captured", "conceded", "government", "The interior ministry confirmed the fall of Zaranj to the Taliban."),
    ("captured", "claimed", "insurgent", "A Taliban spokesman announced the capture of Zaranj."),
    ("captured", "witnessed", "civilian", "Residents confirmed the fall of Pul-e-Khumri to the Taliban."),
    (
        "retaken",
        "claimed",
        "government",
        "The Ministry of Defence announced the recapture of Kaldar district of Balkh.",
    ),
    ("retaken", "claimed", "government", "Commandos retook Kaldar district of Balkh, the Ministry of Defence said."),
    ("retaken", "conceded", "insurgent", "Government forces retook Kaldar district, a Taliban spokesman admitted."),
]


@pytest.mark.parametrize(("event", "basis", "side", "text"), BASES, ids=[f"{b[0]} {b[1]}" for b in BASES])
def test_basis(read: Read, event: str, basis: str, side: str | None, text: str) -> None:
    report = first(read(text), event)
    assert (report.basis, report.source_side) == (basis, side)


def test_an_agency_that_cites_reports(read: Read) -> None:
    report = first(read("AFP, citing a security source, reported that the Taliban had taken over Taloqan."), "captured")
    assert report.basis == "reported"


def test_a_partys_account_claims(read: Read) -> None:
    report = first(read("Sheberghan city has been entirely captured.", side="insurgent", author="someone"), "captured")
    assert (report.basis, report.source_side, report.scope) == ("claimed", "insurgent", "whole")


def test_a_reporters_own_eyes(read: Read) -> None:
    report = first(read("Huge explosion in Kabul, my windows shook.", side="media", author="reporter"), "bombing")
    assert report.basis == "witnessed"


def test_a_denial_is_denied_and_moves_nothing(read: Read) -> None:
    verdict = read("The Ministry of Defence denied that Taloqan had fallen to the Taliban.")
    report = first(verdict, "captured")
    assert (report.modality, report.basis) == ("negated", "denied")
    assert verdict.event_types == ()
    assert verdict.provinces == ("AF-TAK",)


def test_the_losing_side_that_says_its_men_left_concedes(read: Read) -> None:
    verdict = read(
        "The Taliban took Sheberghan on Saturday. Our forces withdrew to the airport, the deputy governor said."
    )
    assert first(verdict, "captured").basis == "conceded"


@pytest.mark.parametrize(
    ("modality", "text"),
    [
        ("hedged", "Kunduz has reportedly fallen to the Taliban."),
        ("planned", "The army is preparing to retake Kunduz."),
        ("hypothetical", "Kunduz could fall to the Taliban within days."),
        ("historical", "The Taliban overran Kunduz in 2015."),
        ("negated", "Kunduz has not fallen to the Taliban."),
    ],
)
def test_modality(read: Read, modality: str, text: str) -> None:
    assert read(text).reports[0].modality == modality


def test_what_shows_the_manner_is_evidence(read: Read) -> None:
    report = read("Kunduz has reportedly fallen to the Taliban.").reports[0]
    assert ("hedge", "reportedly") in [(s.kind, s.text) for s in report.evidence]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("KABUL (HKW) - The Taliban captured Kunduz on Sunday.", "HKW"),
        ("The Taliban captured Kunduz on Sunday.\n\nReporting by Hindu Kush Wire.", "Hindu Kush Wire"),
        ("The Taliban captured Kunduz on Sunday.\n\n(Hindu Kush Wire)", "Hindu Kush Wire"),
        ("KABUL, Afghanistan (Aug. 8, 2021) - The Taliban captured Kunduz.", None),
        ("The Taliban captured Kunduz (again) - nobody knows why.", None),
    ],
)
def test_the_agency_that_a_text_credits(read: Read, text: str, agency: str | None) -> None:
    assert first(read(text), "captured").agency == agency


def test_the_winner_that_is_said_to_claim_claims(read: Read) -> None:
    report = first(read("The Taliban claim to have captured Gardez."), "captured")
    assert (report.basis, report.source_side) == ("claimed", "insurgent")
