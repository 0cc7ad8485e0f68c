"""`sitmon area check` and `build`: what they print, and what the process ends with."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from sitmon.commands import area as command
from sitmon.errors import AreaError, Mistake

Spoil = Callable[[str, str, str], Path]


def checked(folder: Path) -> tuple[int, list[str]]:
    out = io.StringIO()
    return command.check(str(folder), out), out.getvalue().splitlines()


def test_a_fine_area_gives_its_counts(small_area: Path) -> None:
    code, lines = checked(small_area)
    assert code == 0
    assert lines == [
        "twolands: fine: 2 provinces, 2 cities (2 capitals), 2 districts, 1 site, 13 spellings (1 weak), 2 actors, "
        "1 person, 1 role, 2 sources, cues for no language, speech for no language."
    ]


def test_each_mistake_is_one_line_that_an_editor_can_open(spoil: Spoil) -> None:
    spoil("aliases.csv", "Vale,yes", "Vale,maybe")
    folder = spoil("actors.toml", 'side = "insurgent"', 'side = "insurgents"')
    code, lines = checked(folder)
    assert code == 2
    assert f"{folder}/aliases.csv:5: weak 'maybe' is not valid; expected yes" in lines
    assert any(line.startswith(f"{folder}/actors.toml:17: actors[1].side: 'insurgents' is not valid") for line in lines)
    assert lines[-1] == "2 mistakes in 2 files."


def test_the_cue_files_are_checked_beside_the_places(spoil: Spoil) -> None:
    folder = spoil("aliases.csv", "Vale,yes", "Vale,maybe")
    (folder / "cues.en.toml").write_text(
        '[wrods]\nfell = ["fell"]\n\n[[events]]\ntype = "captrued"\nmatch = ["{fell"]\n'
    )
    code, lines = checked(folder)
    assert code == 2
    assert any("aliases.csv:5:" in line for line in lines)
    assert any("cues.en.toml" in line for line in lines)


def test_the_outline_is_checked_against_the_provinces(small_area: Path) -> None:
    outline = small_area / "outline.txt"
    outline.write_text("# ours\nwidth 4\nheight 1\ncodes TL-EA TL-WQ\nrow 2*1 2*2\n")
    code, lines = checked(small_area)
    assert code == 2
    assert lines[0] == f"{outline}:4: 'TL-WQ' is no province of this area (did you mean 'TL-WE'?)"
    outline.write_text("width 4\nheight 1\ncodes TL-EA TL-WE\nrow 2*1 9*2\n")
    assert checked(small_area)[1][0] == f"{outline}:4: the row is longer than 4 dots"
    outline.write_text("width 4\nheight 1\ncodes TL-EA TL-WE\nrow 2*1 2*2\n")
    assert checked(small_area)[0] == 0


def test_an_area_that_is_not_there() -> None:
    with pytest.raises(AreaError, match="did you mean 'afghanistan'"):
        checked(Path("afganistan"))


def test_a_mistake_without_a_line() -> None:
    written = command.written(Mistake("area.toml", "", "this file is missing"), Path("x"))
    assert written == "x/area.toml: this file is missing"


def test_building_says_what_came_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def built(*arguments: object) -> list[str]:
        asked.extend(arguments)
        return ["One thing.", "Another."]

    monkeypatch.setattr(command, "build_files", built)
    out = io.StringIO()
    assert command.build("SY", tmp_path, out, ("en", "ar"), 9000) == 0
    assert asked == ["SY", tmp_path, ("en", "ar"), 9000]
    assert out.getvalue() == "One thing.\nAnother.\n"


def test_the_ledgers_numbers_are_checked(small_area: Path) -> None:
    file = small_area / "area.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[ledger]\n", "[ledger]\nhalf_life_hour = 3\nweight_claimed = 4\n"), encoding="utf-8")
    code, lines = checked(small_area)
    assert code == 2
    assert any("ledger.half_life_hour: is no threshold" in x and "did you mean 'half_life_hours'?" in x for x in lines)
    assert any("ledger.weight_claimed: 4 was found, a number from 0 to 1 was expected" in x for x in lines)
    assert all(x.startswith(f"{file}:") for x in lines[:-1])


def test_the_speech_files_are_checked_too(small_area: Path) -> None:
    (small_area / "speech.en.toml").write_text("[sayingg]\nx = 3\n", encoding="utf-8")
    code, lines = checked(small_area)
    assert code == 2
    assert any(line.startswith(f"{small_area}/speech.en.toml:2: ") and "sayingg" in line for line in lines)


def test_a_class_of_words_that_nobody_asks_for_is_named(small_area: Path) -> None:
    (small_area / "cues.en.toml").write_text('[words]\nt_tkae = ["took"]\n', encoding="utf-8")
    code, lines = checked(small_area)
    assert code == 2
    told = "no rule and no pattern asks for the class 't_tkae' (did you mean 't_take'?)"
    assert lines[0] == f"{small_area}/cues.en.toml:2: {told}"


def test_a_folder_of_the_working_directory_stands_once_in_front(
    small_area: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_area / "speech.en.toml").write_text("[sayingg]\nx = 3\n", encoding="utf-8")
    monkeypatch.chdir(small_area.parent)
    lines = checked(Path(small_area.name))[1]
    assert lines[0].startswith(f"{small_area.name}/speech.en.toml:2: ")
