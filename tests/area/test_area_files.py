"""Reading an area: what comes out, and one bad file a rule, with the line and the nearest valid word."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.area import Alias
from sitmon.area_files import bundled, examine, find, load
from sitmon.errors import AreaError

Spoil = Callable[[str, str, str], Path]


def test_everything_written_is_read(small_area: Path) -> None:
    area = load(small_area)
    assert (area.id, area.name, area.country, area.languages) == ("twolands", "Two Lands", "TL", ("en", "ps"))
    assert list(area.places) == [
        "TL-EA", "TL-EA/east", "TL-EA/east/airport", "TL0101", "TL-WE", "TL-WE/west", "TL-WE/vale-district",
    ]  # fmt: skip
    assert [c.name for c in area.capitals] == ["East", "West"]
    assert area.places["TL-EA"].names == (("ps", "ختیځ"),)
    assert area.places["TL-EA/east/airport"].site == "airport"
    assert area.places["TL-EA/east"].lat == 1.0
    assert area.places["TL0101"].lat is None
    assert area.actors["army"].aliases == (("en", "army"), ("en", "soldiers"), ("ps", "پوځ"))
    assert area.persons[0].handles == ("speaks",)
    assert area.roles[0].witness
    assert area.baseline == {"*": "government", "TL-EA/east": "insurgent"}
    assert area.tiles["TL-EA"] == (1, 2)
    assert area.ledger == {"confirming_origins": 2, "half_life_hours": 36.5}
    feed, archive = area.sources
    assert (feed.kind, feed.interval, feed.side, feed.reliability) == ("feed", timedelta(minutes=5), "media", "C")
    assert (archive.kind, archive.location) == ("path", str(small_area / "sample/archive.zip"))


def test_a_places_own_names_are_spellings_unless_listed(small_area: Path) -> None:
    spellings = load(small_area).aliases
    assert Alias("TL-EA", "en", "Eastland") in spellings
    assert Alias("TL-EA", "ps", "ختیځ") in spellings
    assert Alias("TL0101", "en", "Vale", weak=True) in spellings
    assert sum(a.code == "TL0101" for a in spellings) == 2


def test_a_listed_own_name_keeps_its_flag(spoil: Spoil) -> None:
    area = load(spoil("aliases.csv", "TL0101,en,Vale,yes,hand", "TL0101,en,upper vale,yes,hand"))
    assert [a for a in area.aliases if a.code == "TL0101"] == [Alias("TL0101", "en", "upper vale", weak=True)]


def test_what_is_off_is_left_out(small_area: Path) -> None:
    with (small_area / "places.csv").open("a") as places:
        places.write("TL-EA/ruin,Ruin,city,TL-EA,TL-EA,,,,,,,off\n")
    with (small_area / "aliases.csv").open("a") as aliases:
        aliases.write("TL-EA,en,Eastland,,off\nTL-EA/ruin,en,Rune,,off\n")
    area = load(small_area)
    assert "TL-EA/ruin" not in area.places
    assert {a.text for a in area.aliases if a.code == "TL-EA"} == {"Oriens", "ختیځ"}


def test_files_that_may_be_missing(small_area: Path) -> None:
    (small_area / "actors.toml").unlink()
    (small_area / "sources.toml").unlink()
    area = load(small_area)
    assert not area.actors
    assert not area.sources


def test_cue_files_are_found_by_language(small_area: Path) -> None:
    (small_area / "cues.en.toml").write_text('[words]\nfell = ["fell"]\n')
    (small_area / "speech.ps.toml").write_text("x = 1\n")
    area = load(small_area)
    assert area.cues["en"].tables == {"words": {"fell": ["fell"]}}
    assert list(area.speech) == ["ps"]


@pytest.mark.parametrize(
    ("name", "part", "by", "where", "message", "near"),
    [
        ("area.toml", 'country = "TL"', 'country = "tl"', "line 3, country", "two capital letters", None),
        ("area.toml", 'name = "Two Lands"', 'nme = "Two Lands"', "line 2, nme", "no such key", "name"),
        (
            "area.toml",
            'timezone = "Asia/Kabul"',
            'timezone = "Asia/Kabol"',
            "line 4, timezone",
            "no time zone",
            "Asia/Kabul",
        ),
        ("area.toml", 'contested = "CONTESTED"\n', "", "line 8, words", "'contested' is missing", None),
        (
            "area.toml",
            'insurgent = "Rebels"',
            'insurgents = "Rebels"',
            "line 16, sides.insurgents",
            "no such key",
            "insurgent",
        ),
        (
            "area.toml",
            '"TL-EA/east" = "insurgent"',
            '"TL-EA/eats" = "insurgent"',
            "line 20, baseline.TL-EA/eats",
            "not in places.csv",
            "TL-EA/east",
        ),
        ("area.toml", '"*" = "government"', '"*" = "goverment"', "line 19, baseline.*", "not valid", "government"),
        ("area.toml", '"*" = "government"\n', "", "line 18, baseline", "every other place", None),
        ("area.toml", "TL-EA = [1, 2]", "TL-EAA = [1, 2]", "line 23, tiles.TL-EAA", "no province", "TL-EA"),
        ("area.toml", "TL-EA = [1, 2]", "TL-EA = [1, 1]", "line 24, tiles.TL-WE", "taken already, by TL-EA", None),
        ("area.toml", "TL-EA = [1, 2]\n", "", "line 22, tiles", "'TL-EA' has no tile", None),
        (
            "area.toml",
            "TL-EA = [1, 2]",
            "TL-EA = [0, 2]",
            "line 23, tiles.TL-EA[0]",
            "expected at least 1, found 0",
            None,
        ),
        (
            "area.toml",
            "confirming_origins = 2",
            'confirming_origins = "2"',
            "line 27, ledger.confirming_origins",
            "a number",
            None,
        ),
        (
            "area.toml",
            "half_life_hours = 36.5",
            "half_life_hours = true",
            "line 28, ledger.half_life_hours",
            "number",
            None,
        ),
        ("area.toml", 'name = "Two Lands"', 'name = "Two Lands', "line 2", "is no TOML", None),
        ("places.csv", "code,name,kind", "code,name,knd", "line 1", "no such column: 'knd'", "kind"),
        ("places.csv", "TL-WE,Westland,province", "TL-WE,Westland,provnce", "line 6", "kind 'provnce'", "province"),
        ("places.csv", "TL-WE/west,West,city", "TL-WE-west,West,city", "line 7", "no code of a city", None),
        ("places.csv", "TL0101,Upper", "TLXX01,Upper", "line 5", "no code of a district", None),
        ("places.csv", "TL0101,Upper", "XX0101,Upper", "line 5", "no code of a district", None),
        (
            "places.csv",
            "district,TL-EA,TL-EA",
            "district,TL-EAA,TL-EA",
            "line 5",
            "province 'TL-EAA' is not in this file",
            "TL-EA",
        ),
        ("places.csv", "TL-WE/vale-district,Vale", "TL0101,Vale", "line 8", "stands in line 5 already", None),
        ("places.csv", "airport,,,,,,hand", "airprt,,,,,,hand", "line 4", "site 'airprt'", "airport"),
        ("places.csv", "site,TL-EA,TL-EA/east,airport", "site,TL-EA,,airport", "line 4", "parent of a site", None),
        (
            "places.csv",
            "site,TL-EA,TL-EA/east,airport",
            "site,TL-EA,TL-WE/west,airport",
            "line 4",
            "another province",
            None,
        ),
        ("places.csv", "yes,1,2,", "yes,1,two,", "line 3", "lon 'two' is no number", None),
        ("places.csv", "yes,1,2,", "yes,91,2,", "line 3", "between -90 and 90", None),
        ("places.csv", "yes,1,2,", "yes,1,,", "line 3", "both lat and lon", None),
        (
            "places.csv",
            "Upper Vale,district,TL-EA,TL-EA,,,",
            "Upper Vale,district,TL-EA,TL-EA,,yes,",
            "line 5",
            "a capital is a city",
            None,
        ),
        ("places.csv", "TL-EA/east,East,", "TL-EA/east,,", "line 3", "empty", None),
        (
            "places.csv",
            "TL-EA/east,East,city,TL-EA,TL-EA,,yes,1,2,,,hand",
            "TL-EA/east,East,city,TL-EA,TL-EA,,yes,1,2,,,hnd",
            "line 3",
            "origin 'hnd'",
            "hand",
        ),
        ("aliases.csv", "TL-EA,en,Oriens", "TL-EAA,en,Oriens", "line 2", "not in places.csv", "TL-EA"),
        ("aliases.csv", "TL-EA,en,Oriens", "TL-EA,prs,Oriens", "line 2", "lang 'prs'", "ps"),
        ("aliases.csv", "TL-EA,en,Oriens", "TL-EA,en,-", "line 2", "too short", None),
        ("aliases.csv", "Vale,yes", "Vale,weak", "line 5", "weak 'weak' is not valid", None),
        ("aliases.csv", "TL-WE,en,Occidens", "TL-EA,en,ORIENS", "line 6", "in line 2 already", None),
        ("actors.toml", 'side = "government"', 'side = "govt"', "line 5, actors[0].side", "'govt' is not valid", None),
        ("actors.toml", 'kind = "rebel"', 'kind = "rebell"', "line 18, actors[1].kind", "not valid", "rebel"),
        ("actors.toml", 'word = "Rebels"', 'word = "The Rebel Army"', "line 19, actors[1].word", "at most 10", None),
        ("actors.toml", 'id = "rebels"', 'id = "army"', "line 15, actors[1].id", "id of actors[0] already", None),
        ("actors.toml", 'actor = "rebels"', 'actor = "rebel"', "line 24, persons[0].actor", "no actor's id", "rebels"),
        (
            "actors.toml",
            'place = "TL-EA"',
            'place = "TL-EAA"',
            "line 27, persons[0].place",
            "not in places.csv",
            "TL-EA",
        ),
        ("actors.toml", 'ps = ["پوځ"]', 'pss = ["پوځ"]', "line 12, actors[0].aliases.pss", "area's languages", "ps"),
        (
            "actors.toml",
            '"army", "soldiers"',
            '"army", "army"',
            "line 11, actors[0].aliases.en",
            "stands twice: army",
            None,
        ),
        ("actors.toml", '"WW"', '"ew"', "line 33, agencies[1]", "'ew' is a name of 'East Wire' already", None),
        ("actors.toml", 'en = ["EW"]', 'fa = ["EW"]', "line 31, agencies[0].aliases.fa", "area's languages", None),
        ("actors.toml", "witness = true", 'witness = "yes"', "line 40, roles[0].witness", "true or false", None),
        ("actors.toml", 'role = "spokesman"', 'rôle = "spokesman"', "", "is no TOML", None),
        (
            "sources.toml",
            'url = "https://example.org/feed.xml"',
            'url = "example.org"',
            "line 3, sources[0].url",
            "begins with",
            None,
        ),
        ("sources.toml", 'path = "sample/archive.zip"', "", "line 8, sources[1]", "exactly one of", None),
        ("sources.toml", 'interval = "5m"', 'interval = "soon"', "line 6, sources[0].interval", "time span", None),
        (
            "sources.toml",
            'name = "Archive"',
            'name = "East Post"',
            "line 9, sources[1].name",
            "sources[0] already",
            None,
        ),
        (
            "sources.toml",
            'reliability = "C"',
            'reliabilty = "C"',
            "line 5, sources[0].reliabilty",
            "no such key",
            "reliability",
        ),
    ],
)
def test_a_mistake_is_named(
    spoil: Spoil, name: str, part: str, by: str, where: str, message: str, near: str | None
) -> None:
    folder = spoil(name, part, by)
    with pytest.raises(AreaError) as raised:
        load(folder)
    found = [
        m
        for m in raised.value.mistakes
        if m.file == name and m.where.startswith(where) and message in m.message and near in (None, m.nearest)
    ]
    assert found, f"not among:\n{raised.value}"


@pytest.mark.parametrize("name", ["places.csv", "aliases.csv"])
def test_control_characters_get_no_further(spoil: Spoil, name: str) -> None:
    part = {"places.csv": "TL-WE,Westland", "aliases.csv": "TL-WE,en,Occidens"}[name]
    with pytest.raises(AreaError, match="control characters"):
        load(spoil(name, part, part + "\x1b[31m"))


def test_two_places_of_a_kind_in_one_province_share_no_spelling(small_area: Path) -> None:
    with (small_area / "places.csv").open("a") as places:
        places.write("TL-EA/port,Port,city,TL-EA,TL-EA,,,,,,,hand\n")
    with (small_area / "aliases.csv").open("a") as aliases:
        aliases.write("TL-EA/port,en,est on sea,,hand\n")
    with pytest.raises(AreaError, match=r"line 7: 'est on sea' also means TL-EA/east \(line 3\)"):
        load(small_area)


def test_two_own_names_alike_are_a_mistake_too(small_area: Path) -> None:
    with (small_area / "places.csv").open("a") as places:
        places.write("TL-EA/east-2,EAST,city,TL-EA,TL-EA,,,,,,,hand\n")
    with pytest.raises(AreaError, match="'EAST' means both TL-EA/east and TL-EA/east-2"):
        load(small_area)


def test_all_mistakes_of_all_files_at_once(spoil: Spoil) -> None:
    spoil("area.toml", 'insurgent = "REBELS"', 'insurgent = "A WORD TOO LONG"')
    spoil("places.csv", "TL-WE/west,West,city", "TL-WE/west,West,town")
    spoil("aliases.csv", "TL-WE,en", "TL-XX,en")
    spoil("actors.toml", 'side = "insurgent"', 'side = "rebels"')
    folder = spoil("sources.toml", 'side = "media"', 'side = "press"')
    (folder / "cues.en.toml").write_text("[[events]\n")
    (folder / "place.csv").write_text("")
    with pytest.raises(AreaError) as raised:
        load(folder)
    assert {m.file for m in raised.value.mistakes} >= {
        "area.toml", "actors.toml", "sources.toml", "cues.en.toml", "place.csv",
    }  # fmt: skip
    spoil("area.toml", 'insurgent = "A WORD TOO LONG"', 'insurgent = "REBELS"')
    with pytest.raises(AreaError) as raised:
        load(folder)
    assert {m.file for m in raised.value.mistakes} == {
        "places.csv", "aliases.csv", "actors.toml", "sources.toml", "cues.en.toml", "place.csv",
    }  # fmt: skip


def test_an_area_with_mistakes_is_still_there_to_be_examined(spoil: Spoil) -> None:
    area, mistakes = examine(spoil("aliases.csv", "TL-WE,en", "TL-XX,en"))
    assert area is not None
    assert area.actors
    assert len(mistakes) == 1


@pytest.mark.parametrize("name", ["area.toml", "places.csv", "aliases.csv"])
def test_a_required_file_that_is_missing(small_area: Path, name: str) -> None:
    (small_area / name).unlink()
    with pytest.raises(AreaError, match=name):
        load(small_area)


@pytest.mark.parametrize("name", ["area.toml", "places.csv", "actors.toml"])
def test_a_file_that_is_no_text(small_area: Path, name: str) -> None:
    (small_area / name).write_bytes(b"\xff\xfe\x00junk\x80")
    with pytest.raises(AreaError, match="not UTF-8"):
        load(small_area)


def test_a_byte_order_mark_does_no_harm(small_area: Path) -> None:
    for name in ("area.toml", "places.csv", "aliases.csv"):
        path = small_area / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(small_area).id == "twolands"


def test_a_file_of_almost_the_right_name_was_meant_to_be_read(small_area: Path) -> None:
    (small_area / "actor.toml").write_text("")
    (small_area / "notes.toml").write_text("")
    with pytest.raises(AreaError) as raised:
        load(small_area)
    assert [(m.file, m.nearest) for m in raised.value.mistakes] == [("actor.toml", "actors.toml")]


def test_the_garbage_collector_runs_again_after_a_failed_reading(small_area: Path) -> None:
    (small_area / "area.toml").unlink()
    with pytest.raises(AreaError):
        load(small_area)
    assert gc.isenabled()


def test_find_takes_a_name_or_a_folder(small_area: Path) -> None:
    assert find(str(small_area)) == small_area
    assert find("afghanistan").name == "afghanistan"
    assert "afghanistan" in bundled()


def test_find_names_the_nearest_area() -> None:
    with pytest.raises(AreaError) as raised:
        find("afganistan")
    assert raised.value.mistakes[0].nearest == "afghanistan"
