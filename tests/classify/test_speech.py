"""The speech files: the bundled ones are without a mistake, and each kind of mistake is named with its line."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.area import Area, CueFile
from sitmon.classify.attribution import Attributor
from sitmon.classify.casualties import Counter
from sitmon.classify.dates import Calendar
from sitmon.classify.speech import script_of
from sitmon.classify.speech_check import check
from sitmon.classify.text import read


def with_speech(area: Area, folder: Path, text: str) -> Area:
    path = folder / "speech.en.toml"
    path.write_text(text, encoding="utf-8")
    return replace(area, speech={"en": CueFile("en", path, tomllib.loads(text))})


def test_the_bundled_files_are_clean(area: Area) -> None:
    assert check(area) == []
    assert set(area.speech) == set(area.languages)


@pytest.mark.parametrize(
    ("text", "line", "words", "near"),
    [
        ('order = "svx"\n', 1, "'svx' is not one of svo, sov", "svo"),
        ('[saying]\nstronk = ["said"]\n', 2, "unknown key 'saying.stronk'", "saying.strong"),
        ('[saying]\nsay = "said"\n', 2, "saying.say should be a list", None),
        ('[saying]\nsay = ["said"]\nadd = ["added", 7]\n', 3, "7 is not text", None),
        ("[numbers]\nvague = { several = 'x' }\n", 2, "'several' should be a whole number", None),
        ('\n[dates]\n\nsolar = ["hamal"]\n', 4, "'hamal' is not a list of texts", None),
        ('[casualties.killd]\nparticiple = ["killed"]\n', 2, "unknown key 'casualties.killd.participle'", None),
    ],
)
def test_each_mistake_has_its_line(
    area: Area, tmp_path: Path, text: str, line: int, words: str, near: str | None
) -> None:
    mistakes = check(with_speech(area, tmp_path, text))
    assert [m.where for m in mistakes] == [f"line {line}"]
    assert words in mistakes[0].message
    if near is not None:
        assert mistakes[0].nearest == near


def test_all_mistakes_at_once(area: Area, tmp_path: Path) -> None:
    text = 'order = "x"\nfoo = 1\n[saying]\nsay = 3\n[speakers]\nrank = ["mr"]\n'
    assert [m.where for m in check(with_speech(area, tmp_path, text))] == ["line 1", "line 4", "line 2", "line 6"]


def test_without_a_speech_file_nothing_is_found_and_nothing_fails(area: Area) -> None:
    bare = replace(area, speech={})
    doc = read("“The road is closed,” Karim Daud said on Friday. Two people were killed.")
    assert Attributor(bare).statements(doc) == ()
    assert Counter(bare).count(doc).killed.best is None
    assert Calendar(bare).resolve(doc, None) == ()


def test_an_empty_speech_file_is_no_trouble(area: Area, tmp_path: Path) -> None:
    empty = with_speech(area, tmp_path, "")
    doc = read("“The road is closed,” Karim Daud said on Friday. Two people were killed.")
    assert check(empty) == []
    assert Counter(empty).count(doc).killed.best is None
    assert {s.speaker for s in Attributor(empty).statements(doc)} <= {None}


@pytest.mark.parametrize(
    ("text", "script"),
    [("abc", "latin"), ("Ünï", "latin"), ("کابل", "arabic"), ("abc کابل", "arabic"), ("Кабул", "cyrillic")],
)
def test_scripts(text: str, script: str) -> None:
    assert script_of(text) == script
