"""A change that is the news of its sentence is news, whatever time, relative clause or election stands beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitmon.model.entry import Verdict

NEWS = [
    "Before sunrise the Taliban captured {P}, officials said.",
    "Before noon the insurgents seized the governor's office in {P}, a councillor said.",
    "{P} is already in Taliban hands, a councillor said.",
    "The Taliban already control all of {P}.",
    "It was the Taliban who had captured {P}.",
    "Officials confirmed that the fighters who had entered at dawn had captured {P}.",
    "Residents who had taken up arms forced the Taliban out of {P}.",
    "The Taliban captured {P} a month before the election.",
    "People of {P} buried their dead after the Taliban captured the city overnight.",
    "The fall of {P} on Sunday remains the plan's greatest success.",
]
NO_NEWS = [
    "Before the rebels took {P}, its market was full.",
    "Until the city of {P} fell to the Taliban, its market was open.",
    "The Taliban still control all of {P}.",
    "{P} remains in Taliban hands.",
    "A strike hit the fighters who had captured {P}.",
    "Rebels who had announced the capture of {P} were far from it.",
    "The party took the town halls of {P} and Herat in the local elections.",
    "People returned home after the Taliban captured {P}.",
    "The fall of {P} remains the Taliban's aim.",
]


def changed(verdict: Verdict) -> list[tuple[str, str | None]]:
    return [
        (r.place.code if r.place else "", r.site)
        for r in verdict.reports
        if r.holder is not None and r.modality == "actual"
    ]


@pytest.mark.parametrize("text", NEWS)
@pytest.mark.parametrize(("name", "code"), [("Kunduz", "AF-KDZ/kunduz"), ("Taloqan", "AF-TAK/taloqan")])
def test_the_first_word_of_a_change_is_news(read: Callable[..., Verdict], text: str, name: str, code: str) -> None:
    assert [place for place, _ in changed(read(text.format(P=name)))] == [code]


@pytest.mark.parametrize("text", NO_NEWS)
@pytest.mark.parametrize("name", ["Kunduz", "Taloqan"])
def test_what_had_been_or_is_still_to_come_is_none(read: Callable[..., Verdict], text: str, name: str) -> None:
    assert changed(read(text.format(P=name))) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("An official in Kunduz said the city had fallen and fighting had reached Taloqan.", "AF-KDZ/kunduz"),
        (
            "The city has fallen to the Taliban, an official in Sheberghan said, adding that Kunduz was next.",
            "AF-JOW/sheberghan",
        ),
        ("An official in Kunduz said the Taliban had captured Taloqan.", "AF-TAK/taloqan"),
    ],
)
def test_what_has_no_place_of_its_own_is_told_of_the_speakers(
    read: Callable[..., Verdict], text: str, code: str
) -> None:
    assert [place for place, _ in changed(read(text))] == [code]


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("The Taliban took parts of Kandahar, including the prison.", ["prison"]),
        ("The Taliban took all of Sheberghan except sites including the airport.", [None]),
        ("The Taliban had taken parts of Kandahar, including the prison, but the army took them back.", []),
    ],
)
def test_listed_sites_are_taken_with_what_they_are_part_of(
    read: Callable[..., Verdict], text: str, sites: list[str | None]
) -> None:
    assert [site for _, site in changed(read(text))] == sites


def test_who_died_elsewhere_is_no_toll_of_the_first_place(read: Callable[..., Verdict]) -> None:
    killed = {
        r.place.code: r.killed.best
        for r in read("Ten people were killed in Kunduz and three in Kabul.").reports
        if r.place
    }
    assert killed["AF-KDZ/kunduz"] == 10
    assert killed.get("AF-KAB/kabul") != 10
