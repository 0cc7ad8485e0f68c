"""The bundled area: complete, consistent, and spelt as the press and military press releases spell."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

import pytest

from sitmon.area import Area
from sitmon.area_tables import fold_spelling
from sitmon.model.place import Place

OCHA = {
    number + 1: province
    for number, province in enumerate(
        re.findall(
            "...",
            "KABKAPPARWARLOGNANLAGPANBGLBAMGHAPKAPIAKHOKNRNURBDSTAKKDZSAMBALSARGHODAYURUZABKANJOWFYBHELBDGHERFRANIM",
        )
    )
}
"""The provinces in the order of OCHA's P-codes: AF01 is Kabul, AF34 is Nimroz."""


@pytest.fixture(scope="module")
def spellings(area: Area) -> Mapping[str, set[str]]:
    """Folded spelling -> codes."""
    found = defaultdict(set)
    for alias in area.aliases:
        found[fold_spelling(alias.text)].add(alias.code)
    return found


def of_kind(area: Area, kind: str) -> list[Place]:
    return [p for p in area.places.values() if p.kind == kind]


def test_nothing_is_missing(area: Area) -> None:
    assert len(of_kind(area, "province")) == 34
    assert len(area.capitals) == 34
    assert {c.province for c in area.capitals} == {p.code for p in of_kind(area, "province")}
    assert len(of_kind(area, "district")) >= 398
    assert sum(bool(re.fullmatch(r"AF\d{4}", p.code)) for p in of_kind(area, "district")) == 401


def test_p_codes_are_whole_and_in_their_provinces(area: Area) -> None:
    numbers = defaultdict(list)
    for code, place in area.places.items():
        if re.fullmatch(r"AF\d{4}", code):
            numbers[int(code[2:4])].append(int(code[4:]))
            # Khulm has Samangan's code and is reported as a district of Balkh.
            assert place.province == ("AF-BAL" if code == "AF2008" else f"AF-{OCHA[int(code[2:4])]}")
    assert set(numbers) == set(OCHA)
    assert {n: sorted(found) for n, found in numbers.items() if sorted(found) != list(range(1, len(found) + 1))} == {
        21: [*range(1, 10), *range(11, 17)]  # 2110 was Khulm
    }


def test_provinces_and_capitals_have_names_in_all_languages(area: Area) -> None:
    for place in (*of_kind(area, "province"), *area.capitals):
        assert dict(place.names).keys() == {"ps", "prs"}, place.code
        langs = {a.lang for a in area.aliases if a.code == place.code}
        assert langs >= {"en", "ps", "prs"}, place.code


def test_districts_have_local_names(area: Area) -> None:
    assert [p.code for p in of_kind(area, "district") if dict(p.names).keys() != {"ps", "prs"}] == []


def test_local_names_are_in_arabic_script_and_latin_ones_are_not(area: Area) -> None:
    arabic = re.compile(r"[\u0600-\u06ff]")
    wrong = [a for a in area.aliases if bool(arabic.search(a.text)) != (a.lang in ("ps", "prs"))]
    assert wrong == []


def test_latin_spellings_are_printable_names(area: Area) -> None:
    wrong = [a.text for a in area.aliases if a.lang == "en" and not re.fullmatch(r"[\w\s'’.()/-]+", a.text)]
    assert wrong == []


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Sar-e Pul", "AF-SAR"),
        ("Sari Pul", "AF-SAR/sar-e-pul"),
        ("Sar-i-Pul", "AF-SAR"),
        ("Saripul", "AF-SAR/sar-e-pul"),
        ("Sar-e-Pol", "AF-SAR"),
        ("Nimruz", "AF-NIM"),
        ("Hilmand", "AF-HEL"),
        ("Oruzgan", "AF-URU"),
        ("Urozgan", "AF-URU"),
        ("Rozgan", "AF-URU"),
        ("Tarin Kowt", "AF-URU/tarinkot"),
        ("Tirin Kot", "AF-URU/tarinkot"),
        ("Lashkargah", "AF-HEL/lashkar-gah"),
        ("Jawzjan", "AF-JOW"),
        ("Jozjan", "AF-JOW"),
        ("Paktya", "AF-PIA"),
        ("Vardak", "AF-WAR"),
        ("Wardak", "AF-WAR"),
        ("Ghazn", "AF-GHA"),
        ("Chaghcharan", "AF-GHO/firuzkoh"),
        ("Zharay", "AF2705"),
        ("Zheray", "AF2705"),
        ("Panjwa'i", "AF2704"),
        ("Nad 'Ali", "AF3002"),
        ("Nad-e Ali", "AF3002"),
        ("Musa Qal'ah", "AF3009"),
        ("Chamkani", "AF1310"),
        ("Terayzai", "AF1408"),
        ("Terezayi", "AF1408"),
        ("Puli Alam", "AF-LOG/pul-e-alam"),
        ("Khugyani", "AF0608"),
        ("Pachir wa Agam", "AF0611"),
        ("Watahpur", "AF1503"),
        ("Bala Boluk", "AF3306"),
        ("Balabuluk", "AF3306"),
        ("Marja", "AF-HEL/marjah-district"),
        ("Haska Mina", "AF0610"),
        ("Manogai", "AF1507"),
        ("Gereshk", "AF-HEL/gereshk"),
        ("Pul-i-Charkhi", "AF-KAB/kabul/pul-e-charkhi"),
        ("Sarpoza prison", "AF-KAN/kandahar/prison"),
        ("Bagram Air Base", "AF-PAR/bagram/airfield"),
        ("Wesh", "AF-KAN/spin-boldak/crossing"),
        ("217 Pamir Corps headquarters", "AF-KDZ/kunduz/pamir-corps"),
        ("Kunduz Airfield", "AF-KDZ/kunduz/airport"),
        ("کندهار", "AF-KAN"),
        ("قندهار", "AF-KAN/kandahar"),
        ("هلمند", "AF-HEL"),
        ("لښکرګاه", "AF-HEL/lashkar-gah"),
        ("لشکرگاه", "AF-HEL/lashkar-gah"),
        ("ترینکوټ", "AF-URU/tarinkot"),
        ("میدان ښار", "AF-WAR/maidan-shahr"),
        ("قندوز", "AF-KDZ/kunduz"),
        ("کندوز", "AF-KDZ"),
        ("شبرغان", "AF-JOW/sheberghan"),
        ("سرپل", "AF-SAR/sar-e-pul"),
        ("تالقان", "AF-TAK/taloqan"),
        ("ښرنه", "AF-PKA/sharana"),
        ("وردګ", "AF-WAR"),
        ("سپین بولدک", "AF2711"),
        ("بندر شیرخان", "AF-KDZ/sher-khan-bandar"),
        ("میدان هوایی قندوز", "AF-KDZ/kunduz/airport"),
    ],
)
def test_spellings_of_the_press(spellings: Mapping[str, set[str]], spelling: str, code: str) -> None:
    assert code in spellings[fold_spelling(spelling)]


@pytest.mark.parametrize(
    ("name", "provinces"),
    [
        ("Baharak", {"AF-BDS", "AF-TAK"}),
        ("Qarabagh", {"AF-KAB", "AF-GHA"}),
        ("Muqur", {"AF-GHA", "AF-BDG"}),
        ("Arghandab", {"AF-KAN", "AF-ZAB"}),
        ("Kohistan", {"AF-BDS", "AF-FYB"}),
        ("Nawa", {"AF-GHA", "AF-HEL"}),
        ("Dawlatabad", {"AF-BAL", "AF-FYB"}),
        ("Fayzabad", {"AF-BDS", "AF-JOW"}),
        ("Surobi", {"AF-KAB", "AF-PKA"}),
        ("Jani Khel", {"AF-PIA", "AF-PKA"}),
        ("Tagab", {"AF-KAP", "AF-BDS"}),
        ("Khogyani", {"AF-NAN", "AF-GHA"}),
        ("Jaghatu", {"AF-GHA", "AF-WAR"}),
        ("Murghab", {"AF-BDG", "AF-GHO"}),
    ],
)
def test_districts_of_one_name_in_several_provinces(
    area: Area, spellings: Mapping[str, set[str]], name: str, provinces: set[str]
) -> None:
    found = {area.places[c].province for c in spellings[fold_spelling(name)] if area.places[c].kind == "district"}
    assert found == provinces


@pytest.mark.parametrize(
    "word",
    [
        "Kot", "Bak", "Nawa", "Sayed Abad", "Ali Abad", "Rashidan", "Omna", "Burka", "Washer", "Reg", "Chal", "Farsi",
        "Obe", "Kama", "Argo", "Kakar", "Zadran", "Shinwari", "Mazar", "سنگین", "کشنده", "نوزاد", "چوکی", "مقر",
        "معروف", "خواهان", "شهدا", "غور", "ناوه", "میزان",
    ],
)  # fmt: skip
def test_words_that_are_also_names_are_weak(area: Area, word: str) -> None:
    flags = {a.code: a.weak for a in area.aliases if fold_spelling(a.text) == fold_spelling(word)}
    assert flags
    assert all(flags.values()), flags


def test_provinces_and_capitals_are_not_weak_in_latin_letters(area: Area) -> None:
    seats = {p.code for p in (*of_kind(area, "province"), *area.capitals)}
    weak = {a.text for a in area.aliases if a.weak and a.lang == "en" and a.code in seats}
    assert weak <= {"Mazar", "Nili"}


def test_what_a_capitals_name_means_elsewhere_is_known(area: Area) -> None:
    """A capital's strong spelling that is a district's or town's in another province must be one we know of."""
    seats = {(fold_spelling(a.text)): area.places[a.code] for a in area.aliases if area.places[a.code].capital}
    elsewhere = {
        (seats[folded].name, other.code)
        for a in area.aliases
        if not a.weak and (folded := fold_spelling(a.text)) in seats
        for other in [area.places[a.code]]
        if other.kind in ("district", "city") and other.province != seats[folded].province
    }
    assert elsewhere == {("Fayzabad", "AF2808")}


def test_sites_stand_in_their_towns(area: Area) -> None:
    kinds = Counter(p.site for p in of_kind(area, "site"))
    assert kinds["governor_office"] >= 34
    assert kinds["police_hq"] == 34
    assert kinds["prison"] >= 34
    assert kinds["airport"] >= 20
    assert kinds["crossing"] >= 12
    for capital in area.capitals:
        assert {p.site for p in of_kind(area, "site") if p.parent == capital.code} >= {
            "governor_office",
            "police_hq",
            "prison",
            "nds_office",
        }


def test_points_lie_in_the_country_and_near_their_province(area: Area) -> None:
    for place in area.places.values():
        if place.lat is None or place.lon is None:
            continue
        assert 29.3 <= place.lat <= 38.5, place
        assert 60.4 <= place.lon <= 74.9, place
        middle = area.places[place.province]
        assert middle.lat is not None
        assert middle.lon is not None
        away = math.hypot(place.lat - middle.lat, (place.lon - middle.lon) * math.cos(math.radians(place.lat)))
        assert away * 111 < 230, place
    assert all(p.lat is not None for p in (*of_kind(area, "province"), *area.capitals))


def test_the_map_and_the_words_are_whole(area: Area) -> None:
    assert set(area.tiles) == {p.code for p in of_kind(area, "province")}
    assert area.tiles["AF-KDZ"] == (1, 6)
    assert area.words == {
        "government": "GOVT", "insurgent": "TALIBAN", "contested": "CONTESTED", "unknown": "UNKNOWN",
    }  # fmt: skip
    assert area.baseline["*"] == "government"
    assert area.timezone == "Asia/Kabul"
    assert "GeoNames" in area.attribution


def test_every_row_says_where_it_comes_from(area: Area) -> None:
    for name in ("places.csv", "aliases.csv"):
        with (area.folder / name).open(encoding="utf-8", newline="") as lines:
            assert {row["origin"] for row in csv.DictReader(lines)} == {"hand", "built", "off"} - (
                {"off"} if name == "aliases.csv" else set()
            )
