"""What `area check` finds in cue files: classes, little words and forms that nobody asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.area import Area, CueFile
from sitmon.classify.classifier import Classifier
from sitmon.classify.cue_check import check
from sitmon.errors import Mistake
from sitmon.model.item import Item

Spoilt = Callable[[str, str, str], Area]


@pytest.fixture
def spoilt(area: Area, tmp_path: Path) -> Spoilt:
    """Return the area with the first place where a pattern stands in a language's cue file written otherwise."""

    def write(lang: str, pattern: str, by: str) -> Area:
        text, count = re.subn(pattern, by, area.cues[lang].path.read_text(encoding="utf-8"), count=1, flags=re.M)
        assert count == 1
        path = tmp_path / f"cues.{lang}.toml"
        path.write_text(text, encoding="utf-8")
        return replace(area, cues={**area.cues, lang: CueFile(lang, path, tomllib.loads(text))})

    return write


def only(area: Area) -> Mistake:
    (mistake,) = check(area)
    return mistake


def line_of(area: Area, lang: str, start: str) -> str:
    lines = area.cues[lang].path.read_text(encoding="utf-8").splitlines()
    return f"line {next(n for n, line in enumerate(lines, 1) if line.startswith(start))}"


def test_the_bundled_files_hold_nothing_that_nobody_asks_for(area: Area) -> None:
    assert check(area) == []


@pytest.mark.parametrize(
    ("lang", "name", "misspelt"),
    [
        ("en", "t_take", "t_tkae"),
        ("prs", "f_object", "f_objct"),
        ("ps", "clitic", "clitics"),
    ],
)
def test_a_misspelt_class(spoilt: Spoilt, lang: str, name: str, misspelt: str) -> None:
    area = spoilt(lang, rf"^{name} =", f"{misspelt} =")
    mistake = only(area)
    assert (mistake.file, mistake.where) == (f"cues.{lang}.toml", line_of(area, lang, misspelt))
    assert mistake.nearest == name
    assert repr(misspelt) in mistake.message


def test_a_class_that_only_a_pattern_asks_for_is_asked_for(spoilt: Spoilt) -> None:
    area = spoilt("en", r"^\[words\]$", '[words]\nkite_word = ["kite"]')
    assert "kite_word" in only(area).message
    text = area.cues["en"].path.read_text(encoding="utf-8")
    tables = tomllib.loads(text + '\n[[events]]\nid = "kite"\ntype = "protest"\nmatch = ["cue:{kite_word}"]\n')
    assert check(replace(area, cues={**area.cues, "en": replace(area.cues["en"], tables=tables)})) == []


def test_a_class_may_be_said_to_be_there_for_its_phrases_alone(spoilt: Spoilt) -> None:
    area = spoilt("ru", r"^\[words\]$", 'unasked = ["kite_word"]\n[words]\nkite_word = ["змей"]')
    assert check(area) == []
    area = spoilt("ru", r"^\[words\]$", 'unasked = ["kite_wrod"]\n[words]\nkite_word = ["змей"]')
    assert next((m.message.split(":")[0], m.nearest) for m in check(area)) == ("unasked", "kite_word")
    assert "list" in only(spoilt("ru", r"^\[words\]$", "unasked = 3\n[words]")).message


def test_little_words_and_forms_that_nobody_asks_for(spoilt: Spoilt) -> None:
    mistake = only(spoilt("en", r"^until =", "untill ="))
    assert (mistake.nearest, "little words 'untill'" in mistake.message) == ("until", True)
    assert "<kite>" in only(spoilt("prs", r"^\[forms\]$", '[forms]\nkite = ["بود"]')).message


def test_a_misspelt_class_is_told_beside_the_patterns_that_miss_it(spoilt: Spoilt) -> None:
    found = check(spoilt("en", r"^determiner =", "determner ="))
    assert [m.nearest for m in found if "'determner'" in m.message] == ["determiner"]
    assert any("no words are in the class 'determiner'" in m.message for m in found)


def test_a_language_may_lack_every_class(area: Area) -> None:
    bare = replace(area, cues={}, speech={})
    assert check(bare) == []
    verdict = Classifier(bare, learned=False).classify(Item("1", "", "Kunduz has fallen"))
    assert verdict.provinces == ("AF-KDZ",)
