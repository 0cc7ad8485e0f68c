"""The cue files' own language: phrases, patterns, and every mistake with its line."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from sitmon.area import Area, CueFile
from sitmon.classify import cues, patterns
from sitmon.classify.lexicon import INSIDE, PLAIN, Lexicon, expand
from sitmon.classify.text import read
from sitmon.errors import AreaError


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    made = Lexicon()
    made.add("Taliban", "party")
    made.add("the army", "party")
    made.add("army base", "site")
    made.add("captured", "take")
    made.add("took control", "take")
    for word in ("of", "by"):
        made.add(word, patterns.literal(word))
    made.freeze()
    return made


def search(lexicon: Lexicon, source: str, text: str) -> str | None:
    pattern = patterns.compile_pattern(source, lexicon)
    assert pattern is not None
    doc = read(text)
    match = pattern.regex.search(lexicon.mark(doc).symbols)
    if match is None:
        return None
    first, last = match.span("cue")
    return doc.body[doc.starts[first] : doc.ends[last - 1]]


@pytest.mark.parametrize(
    ("form", "phrases"),
    [
        ("seiz(e|es|ed)", ["seize", "seizes", "seized"]),
        ("(a|b) c (d|)", ["a c d", "a c", "b c d", "b c"]),
        ("plain  words", ["plain words"]),
    ],
)
def test_expand(form: str, phrases: list[str]) -> None:
    assert list(expand(form)) == phrases


def test_an_open_bracket_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="without"):
        list(expand("seiz(e|es"))


@pytest.mark.parametrize(
    ("source", "text", "cue"),
    [
        ("{party} ~3 cue:{take}", "The Taliban have now captured it", "captured"),
        ("{party} ~3 cue:{take}", "The Taliban, it is said, have now captured it", None),
        ("{party} ~6 cue:{take}", "The Taliban, they say, took control", "took control"),
        ("{party} -6 cue:{take}", "The Taliban, they say, took control", None),
        ("{party} ~6 cue:{take}", "The Taliban left. It was captured", None),
        ("cue:{take} ~2 by {party}", "captured again by the army", "captured"),
        ("cue:{take} !#", "captured 12", None),
        ("cue:{take} #", "captured 12", "captured"),
        ("{party|site} ~2 {take}", "army base captured", "army base"),
        ("( {site} | {party} ) cue:{take}", "Taliban captured", "captured"),
        ("^ cue:{take}", "it was captured", None),
        ("{party} of? cue:{take}", "Taliban captured", "captured"),
        ("<!{party} cue:{take}", "Taliban captured", None),
    ],
)
def test_patterns(lexicon: Lexicon, source: str, text: str, cue: str | None) -> None:
    assert search(lexicon, source, text) == cue


def test_the_longest_phrase_counts_and_the_article_hides_nothing(lexicon: Lexicon) -> None:
    marked = lexicon.mark(read("the army base of the army"))
    assert marked.symbols[0] == PLAIN
    assert marked.symbols[2] == INSIDE
    assert lexicon.classes_of[marked.symbols[1]] == {"site"}
    assert lexicon.classes_of[marked.symbols[4]] == {"party"}


def test_a_pattern_of_unknown_words_is_none(lexicon: Lexicon) -> None:
    assert patterns.compile_pattern("{nothing} {take}", lexicon) is None


@pytest.mark.parametrize(
    "source",
    ["{take} ( {party}", "{take} {party} )", "{take} ) ( {party}", "{take", "~3", "cue:{take} cue:{party}",
     "x:{take} x:{party}"],
)  # fmt: skip
def test_a_broken_pattern_says_so_when_it_is_read(lexicon: Lexicon, source: str) -> None:
    with pytest.raises(patterns.PatternError):
        patterns.compile_pattern(source, lexicon)


def test_every_pattern_of_the_area_compiles(area: Area) -> None:
    """Patterns are compiled when they are first needed: none may turn out broken then."""
    for event in cues.build(area).events:
        for pattern in (*event.match, *event.unless):
            assert "cue" in pattern.regex.groupindex, pattern.source


def test_a_lexicon_gives_back_its_phrases(lexicon: Lexicon) -> None:
    given = {"taliban", "the army", "army base", "captured", "took control", "of", "by"}
    assert given <= set(lexicon.phrases())
    assert all(phrase in given or not phrase[0].isalnum() for phrase in lexicon.phrases())


BROKEN = """\
lang = "en"
colour = "red"

[words]
take = ["captur(ed|es", "seized"]
party = "Taliban"

[[events]]
id = "one"
type = "captrued"
match = ["{take} {partie}"]

[[events]]
id = "two"
type = "clash"
tags = ["seige"]
weight = 9
match = ["{take"]
unles = ["{take}"]
"""


def test_every_mistake_is_named_with_its_line(area: Area, tmp_path: Path) -> None:
    path = tmp_path / "cues.en.toml"
    path.write_text(BROKEN, encoding="utf-8")
    broken = replace(area, cues={"en": CueFile("en", path, tomllib.loads(BROKEN))})
    mistakes = cues.check(broken)
    text = "\n".join(str(m) for m in mistakes)
    for line, words in [
        (2, "unknown table 'colour'"),
        (5, '"(" without ")"'),
        (6, "expected a list of phrases"),
        (11, "no words are in the class 'partie'"),
        (14, "'seige' is no tag"),
        (18, "cannot read"),
    ]:
        assert any(words in m.message and m.where == f"line {line}" for m in mistakes), f"{words}\n{text}"
    assert any("'captrued' is no event type" in m.message and m.nearest == "captured" for m in mistakes)
    assert any("unknown key 'unles'" in m.message and m.nearest == "unless" for m in mistakes)
    assert any("weight 9" in m.message for m in mistakes)
    with pytest.raises(AreaError):
        cues.build(broken)


def test_what_signals_take_back_is_checked(area: Area, tmp_path: Path) -> None:
    text = (
        'lang = "en"\n\n[words]\nblast = ["blast"]\n\n[[events]]\nid = "one"\ntype = "bombing"\nmatch = ["{blast}"]\n'
    )
    text += '\n[[void]]\nwhen = "_gas"\ntypes = ["bombin"]\nif = ["clash"]\n'
    path = tmp_path / "cues.en.toml"
    path.write_text(text, encoding="utf-8")
    found = cues.check(replace(area, cues={"en": CueFile("en", path, tomllib.loads(text))}))
    assert {(m.message, m.nearest) for m in found} == {
        ("void _gas: no event gives '_gas'", None),
        ("void _gas: no event gives 'bombin'", "bombing"),
        ("'void _gas': unknown key 'if'", None),
    }


def test_endings_by_name_are_written_out_and_checked(area: Area, tmp_path: Path) -> None:
    text = (
        'lang = "en"\n\n[forms]\nbecome = ["was", "were"]\nempty = []\n\n[words]\n'
        'take = ["taken <become>", "(<become>|is) seized"]\nbroken = ["sold <becom>"]\n'
        '\n[[events]]\nid = "one"\ntype = "clash"\nmatch = ["{take}"]\n'
    )
    path = tmp_path / "cues.en.toml"
    path.write_text(text, encoding="utf-8")
    changed = replace(area, cues={"en": CueFile("en", path, tomllib.loads(text))})
    found = {(m.message, m.nearest) for m in cues.check(changed)}
    assert found == {("expected a list of phrases", None), ("no [forms] are called 'becom'", "become")}
    fixed = text.replace("empty = []\n", "").replace("<becom>", "<become>")
    made = cues.build(replace(area, cues={"en": CueFile("en", path, tomllib.loads(fixed))}))
    take = made.lexicon.symbols(["take"])
    for phrase in ("taken was", "taken were", "was seized", "were seized", "is seized"):
        assert made.lexicon.mark(read(phrase)).symbols[0] in take, phrase


def test_the_men_of_armed_leaders_are_a_party_and_mistakes_are_named(area: Area, tmp_path: Path) -> None:
    text = (
        'lang = "en"\n\n[followers]\nrebel = ["{}\'s men", "the men"]\nclub = ["{}\'s fans"]\n'
        '\n[little]\nto = ["to"]\nof = "of"\n'
        '\n[words]\ntake = ["taken"]\n\n[[events]]\nid = "one"\ntype = "clash"\nmatch = ["{take}"]\n'
    )
    path = tmp_path / "cues.en.toml"
    path.write_text(text, encoding="utf-8")
    found = {m.message for m in cues.check(replace(area, cues={"en": CueFile("en", path, tomllib.loads(text))}))}
    assert found == {
        "expected one {} where the leader's name stands",
        "'club' is no kind of armed party",
        "expected a list of words",
    }
    fixed = text.replace(', "the men"', "").replace('club = ["{}\'s fans"]\n', "").replace('of = "of"\n', "")
    made = cues.build(replace(area, cues={"en": CueFile("en", path, tomllib.loads(fixed))}))
    assert made.little == {"to": frozenset({"to"})}
    (hit,) = made.lexicon.mark(read("Mullah Omar's men")).actors
    assert (hit.entry.actors, "insurgent" in hit.entry.classes) == (("taliban",), True)


def test_a_pattern_finds_its_words_in_a_longer_phrase_too(area: Area, tmp_path: Path) -> None:
    """Two words that a pattern names one after the other may stand in a phrase of their own elsewhere."""
    text = (
        'lang = "en"\n\n[words]\nplane = ["jet"]\nfire = ["opened fire", "opened fire on", "fired"]\n'
        '\n[[events]]\nid = "one"\ntype = "clash"\nmatch = ["{plane} ~2 opened cue:fire ~2 {plane}"]\n'
    )
    path = tmp_path / "cues.en.toml"
    path.write_text(text, encoding="utf-8")
    made = cues.build(replace(area, cues={"en": CueFile("en", path, tomllib.loads(text))}))
    (event,) = made.events
    (pattern,) = event.match
    for told, found in (
        ("A jet opened fire on a jet", True),
        ("A jet then opened fire near a jet", True),
        ("A jet fired on a jet", False),
        ("A jet opened a fire on a jet", False),
    ):
        symbols = made.lexicon.mark(read(told)).symbols
        assert (pattern.regex.search(symbols) is not None) == found, told
        assert all(any(s in symbols for s in need) for need in pattern.needs) or not found


def test_punctuation_is_no_word_of_a_pattern(area: Area, tmp_path: Path) -> None:
    text = (
        'lang = "en"\n\n[words]\nmine = ["mine"]\n'
        '\n[[events]]\nid = "one"\ntype = "clash"\nmatch = ["mine \'s {mine}"]\n'
    )
    path = tmp_path / "cues.en.toml"
    path.write_text(text, encoding="utf-8")
    found = cues.check(replace(area, cues={"en": CueFile("en", path, tomllib.loads(text))}))
    assert any("stands for itself" in m.message for m in found)
