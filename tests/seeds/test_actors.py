"""Actors, persons, roles and sources of the bundled area: complete, neutral, and without two meanings for one word."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sitmon.area import Area
from sitmon.assess.origins import Voices
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.report import Report
from sitmon.model.terms import SIDES

LANGUAGES = ("en", "ps", "prs")


def actor_of(area: Area, lang: str, spelling: str) -> set[str]:
    return {a.id for a in area.actors.values() for at, text in a.aliases if at == lang and text == spelling}


def test_parties_of_every_side_are_there(area: Area) -> None:
    assert {a.side for a in area.actors.values()} == set(SIDES)
    assert {
        *("taliban", "haqqani", "is_kp", "al_qaeda", "insurgents", "government", "andsf", "militia"),
        *("us_forces", "nato", "pakistan", "iran", "un", "icrc", "civilians", "journalists"),
    } <= set(area.actors)


def test_screen_words_fit_and_differ(area: Area) -> None:
    words = Counter(a.word for a in area.actors.values())
    assert max(len(w) for w in words) <= 10
    assert max(words.values()) == 1


def test_words_for_parties_are_neutral(area: Area) -> None:
    shown = " ".join(f"{a.name} {a.word}" for a in area.actors.values()).lower()
    assert not [w for w in ("terrorist", "puppet", "stooge", "infidel", "martyr") if w in shown]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_spelling_names_one_party(area: Area, lang: str) -> None:
    named = Counter(text.casefold() for a in area.actors.values() for at, text in set(a.aliases) if at == lang)
    assert [text for text, n in named.items() if n > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parties_of_the_war_are_named_in_every_language(area: Area, lang: str) -> None:
    for actor in ("taliban", "government", "andsf", "ana", "anp", "militia", "us_forces", "un", "civilians"):
        assert any(at == lang for at, _ in area.actors[actor].aliases)


@pytest.mark.parametrize(
    ("lang", "spelling", "actor"),
    [
        ("en", "Mujahideen", "taliban"),
        ("en", "Islamic Emirate", "taliban"),
        ("ps", "مجاهدين", "taliban"),
        ("ps", "مزدور دښمن", "andsf"),
        ("ps", "ګوډاګي", "andsf"),
        ("ps", "کابل اداره", "government"),
        ("en", "puppet administration", "government"),
        ("en", "security forces", "andsf"),
        ("en", "Afghan Air Force", "aaf"),
        ("prs", "خیزش مردمی", "militia"),
    ],
)
def test_a_partys_own_and_hostile_words_are_known(area: Area, lang: str, spelling: str, actor: str) -> None:
    assert actor_of(area, lang, spelling) == {actor}


def test_words_that_change_their_meaning_with_the_speaker_name_nobody(area: Area) -> None:
    known = {text.casefold() for a in area.actors.values() for _, text in a.aliases}
    assert not known & {"enemy", "the enemy", "gunmen", "gunman", "fighters", "forces", "دښمن", "دشمن"}


def test_persons_belong_to_a_party_and_a_place(area: Area) -> None:
    assert len(area.persons) >= 80
    assert {p.actor for p in area.persons} <= set(area.actors)
    assert {p.place for p in area.persons if p.place} <= set(area.places)
    handles = Counter(h.casefold() for p in area.persons for h in p.handles)
    assert not [h for h, n in handles.items() if n > 1 or h.startswith("@")]


def test_a_name_names_one_person(area: Area) -> None:
    names = Counter(text.casefold() for p in area.persons for text in {p.name, *(t for _, t in p.aliases)})
    assert [n for n, times in names.items() if times > 1] == []


def test_roles_tell_side_and_witness(area: Area) -> None:
    roles = {r.id: r for r in area.roles}
    assert len(roles) == len(area.roles)
    losing_voices = ("provincial_council", "lawmaker", "deputy_governor", "governor", "militia_commander")
    assert {roles[r].side for r in losing_voices} == {"government"}
    assert {r.id for r in area.roles if r.witness} >= {"resident", "elder", "shopkeeper", "correspondent", "eyewitness"}
    assert roles["spokesman"].side is None
    assert roles["official"].side is None
    assert roles["health_official"].side is None
    for role in area.roles:
        assert {lang for lang, _ in role.cues} == set(LANGUAGES)


def test_one_cue_means_one_role(area: Area) -> None:
    cues = Counter((lang, text.casefold()) for r in area.roles for lang, text in r.cues)
    assert [c for c, n in cues.items() if n > 1] == []


def test_sources_are_graded_with_care(area: Area) -> None:
    assert len(area.sources) >= 30
    assert all(s.location.startswith("https://") for s in area.sources)
    assert len({s.location for s in area.sources}) == len({s.name for s in area.sources}) == len(area.sources)
    assert {s.reliability for s in area.sources} <= set("BCDE")
    assert {s.lang for s in area.sources} == set(LANGUAGES)
    assert all(s.reliability in "DE" for s in area.sources if s.side == "insurgent")


@pytest.mark.parametrize(
    "names",
    [
        ("AFP", "Agence France-Presse", "فرانس پرېس", "خبرگزاری فرانسه"),
        ("AP", "Associated Press", "اسوشیټېډ پرېس"),
        ("Reuters", "رویټرز", "رویترز"),
        ("Pajhwok", "Pajhwok Afghan News", "پژواک", "خبرگزاری پژواک"),
        ("Radio Azadi", "RFE/RL", "رادیو آزادی"),
    ],
)
def test_what_agencies_write_their_names_like_is_one_origin(area: Area, names: tuple[str, ...]) -> None:
    report = Report(id="r", item="i", event_type="captured", modality="actual")
    item = Item(id="i", source="Northern Post", text="x")
    voices = Voices(area)
    entry = Entry(item, Verdict("en", reports=(report,)), datetime(2021, 8, 8, tzinfo=UTC))
    origins = {voices.origin(entry, replace(report, agency=name)) for name in names}
    origins |= {voices.origin(entry, replace(report, speaker=name)) for name in names}
    assert [origin.by for origin in origins] == [names[0]]


@pytest.mark.parametrize("name", ["AA", "Ava", "Ariana", "Pan"])
def test_what_is_also_a_persons_or_an_armys_name_is_no_agency(area: Area, name: str) -> None:
    report = Report(id="r", item="i", event_type="captured", modality="actual", speaker=name)
    entry = Entry(
        Item(id="i", source="Northern Post", text="x"),
        Verdict("en", reports=(report,)),
        datetime(2021, 8, 8, tzinfo=UTC),
    )
    assert Voices(area).origin(entry, report).said == name


def test_an_agency_that_sources_carry_goes_by_its_own_name(area: Area) -> None:
    spellings = {text for agency in area.agencies for _, text in agency.aliases} - {a.name for a in area.agencies}
    assert not {s.agency for s in area.sources if s.agency} & spellings
