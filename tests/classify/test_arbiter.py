"""The arbiter: when it is asked, what it may decide, what it shows for it, and what it must leave alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sitmon import area_weights
from sitmon.area import Area
from sitmon.area_weights import NAME, NONE, Weights
from sitmon.classify.arbiter import Arbiter
from sitmon.classify.classifier import Classifier
from sitmon.errors import AreaError
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.terms import EVENT_TYPES, TERRITORY

Read = Callable[[str], Verdict]
Judge = Callable[[str, dict[str, dict[str, int]]], Verdict]

TWO = "Demonstrators threw stones at a bank in the old town, and police later arrested nine of them, officials said."
WEAK = (
    "At least four people were killed on Monday in a village of the district, an elder said by telephone to reporters."
)
TAKEN = (
    "The Taliban seized the city of Taloqan on Sunday, and police arrested nine people in a village, officials said."
)
CALM = (
    "The governor opened a school in the town on Monday, and children sang for the guests who had come from far away."
)


def model(weights: dict[str, dict[str, int]], **settings: float) -> dict[str, Any]:
    """Return what stands in a file of weights, with `weights` for the types that it names."""
    head = {"scale": 6.0, "later": 0.6, "mix": 12.0, "reach": 5.0, "sure": 5.0, "swap": 0.7, **settings}
    types = (*EVENT_TYPES, NONE)
    return {**head, "bias": dict.fromkeys(types, 0), "weights": {t: weights.get(t, {}) for t in types}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(scope="module")
def ruled(area: Area) -> Classifier:
    """Return a classifier of the rules alone."""
    return Classifier(area, learned=False)


@pytest.fixture
def rules(ruled: Classifier) -> Read:
    return lambda text: ruled.classify(Item("t", "test", text))


@pytest.fixture
def judge(ruled: Classifier, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Classify a text with the area's rules and weights of one's own."""

    def classify(text: str, weights: dict[str, dict[str, int]]) -> Verdict:
        (folder / NAME).write_text(json.dumps(model(weights)), encoding="utf-8")
        found = area_weights.read(folder)
        assert found is not None
        with monkeypatch.context() as patch:
            patch.setattr(ruled, "_arbiter", Arbiter(found, ruled.classes_of))
            return ruled.classify(Item("t", "test", text))

    return classify


def test_the_rules_order_stands_where_no_word_weighs(judge: Judge, rules: Read) -> None:
    for text in (TWO, WEAK, TAKEN):
        assert judge(text, {}) == rules(text)


def test_of_two_candidates_the_words_bring_the_second_to_the_front(judge: Judge, rules: Read) -> None:
    first, second = rules(TWO).event_types[:2]
    assert judge(TWO, {second: {"stones": 9000}}).event_types[:2] == (second, first)
    assert judge(TWO, {first: {"stones": 9000}}) == rules(TWO)


def test_what_decided_is_shown_as_evidence_with_its_offsets(judge: Judge, rules: Read) -> None:
    second = rules(TWO).event_types[1]
    verdict = judge(TWO, {second: {"stones": 9000, "bank": 800, "town": 700, "old": 600, "police": -900}})
    spans = [s for r in verdict.reports if r.event_type == second for s in r.evidence if s.kind == "learned"]
    assert [s.text for s in spans] == ["stones", "bank", "town"]
    assert all(TWO[s.start : s.end] == s.text for s in spans)
    others = [s.kind for r in verdict.reports if r.event_type != second for s in r.evidence]
    assert "learned" not in others


def test_a_class_of_the_cue_files_weighs_like_a_word(judge: Judge, rules: Read) -> None:
    first, second = rules(TWO).event_types[:2]
    assert judge(TWO, {second: {"<state>": 9000}}).event_types[:2] == (second, first)


def test_a_weak_only_candidate_gives_way_to_a_far_more_probable_type(judge: Judge, rules: Read) -> None:
    before = rules(WEAK)
    assert len(before.event_types) == 1
    after = judge(WEAK, {"shelling": {"village": 9000}})
    assert after.event_types == ("shelling",)
    assert [r.killed for r in after.reports] == [r.killed for r in before.reports]


@pytest.mark.parametrize("type_", [*sorted(TERRITORY), NONE])
def test_it_never_makes_a_change_of_control_nor_drops_what_was_found(judge: Judge, rules: Read, type_: str) -> None:
    assert judge(WEAK, {type_: {"village": 9000}}) == rules(WEAK)


def test_it_takes_no_change_of_control_away(judge: Judge) -> None:
    verdict = judge(TAKEN, {"arrest": {"village": 9000}})
    assert "captured" in verdict.event_types
    assert any(r.event_type == "captured" and r.holder == "insurgent" for r in verdict.reports)


def test_it_finds_nothing_where_the_rules_found_nothing(judge: Judge, rules: Read) -> None:
    assert rules(CALM).event_types == ()
    assert judge(CALM, {"attack": {"school": 9000, "governor": 9000}}).event_types == ()


def test_a_text_of_few_words_is_left_to_the_rules(judge: Judge, rules: Read) -> None:
    text = "Bomber kills four in a village"
    assert len(rules(text).event_types) == 1
    assert judge(text, {"shelling": {"village": 9000}}) == rules(text)


def test_texts_in_other_letters_are_left_to_the_rules(judge: Judge, rules: Read) -> None:
    text = "طالبان د کندز ښار ونیو او پولیسو نهه کسان ونیول"
    assert judge(text, {"arrest": {"کندز": 9000}}) == rules(text)


def test_a_text_of_a_hundred_thousand_words_is_weighed_in_part(judge: Judge, rules: Read) -> None:
    second = rules(TWO).event_types[1]
    text = TWO + " " + "The bank in the old town was full of stones and police. " * 8000
    assert judge(text, {second: {"stones": 9000}}).event_types[0] == second


def test_an_area_without_weights_goes_by_its_rules(area: Area, folder: Path, rules: Read) -> None:
    assert area_weights.read(folder) is None
    assert Classifier(replace(area, folder=folder)).classify(Item("t", "test", TWO)) == rules(TWO)


def test_a_spoilt_file_is_told_of_before_anything_is_read(area: Area, folder: Path) -> None:
    (folder / NAME).write_text("{}", encoding="utf-8")
    with pytest.raises(AreaError, match=r"weights\.en\.json: mix: expected a number"):
        Classifier(replace(area, folder=folder))


def test_the_bundled_weights_are_whole_and_small(area: Area) -> None:
    weights = area_weights.read(area.folder)
    assert isinstance(weights, Weights)
    assert area_weights.check(area.folder) == []
    assert (area.folder / NAME).stat().st_size < 500_000


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({"mix": "12"}, "mix", "expected a number from 0 to 1000, found '12'"),
        ({"swap": float("nan")}, "swap", "expected a number"),
        ({"later": -1}, "later", "expected a number"),
        ({"later": 1.5}, "later", "expected a number from 0 to 1, found 1.5"),
        ({"bias": {**model({})["bias"], "riot": 10**400}}, "bias.riot", "not beyond 10000 either way"),
        ({"mixx": 1}, "mixx", "this key is not known (did you mean 'mix'?)"),
        ({"weights": []}, "weights", "expected an object with one entry a type"),
        ({"weights": {**model({})["weights"], "atack": {}}}, "weights.atack", "(did you mean 'attack'?)"),
        ({"weights": {**model({})["weights"], "attack": {"gun": 1.5}}}, "weights.attack", "object of whole numbers"),
        ({"weights": {**model({})["weights"], "attack": {"gun": 10**9}}}, "weights.attack", "none beyond 10000"),
        ({"bias": {"attack": 1}}, "bias.riot", "expected a whole number"),
    ],
)
def test_every_mistake_in_the_file_is_named_with_its_key(
    folder: Path, change: dict[str, Any], where: str, said: str
) -> None:
    (folder / NAME).write_text(json.dumps({**model({}), **change}), encoding="utf-8")
    found = [m for m in area_weights.check(folder) if m.where == where]
    assert len(found) == 1
    assert said in str(found[0])
    with pytest.raises(AreaError):
        area_weights.read(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '{"mix": 1e999}', "\x00"])
def test_what_is_no_weights_is_refused(folder: Path, text: str) -> None:
    (folder / NAME).write_text(text, encoding="utf-8")
    assert area_weights.check(folder)


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    (folder / NAME).write_bytes(b"\xff\xfe{")
    assert "cannot be read" in str(area_weights.check(folder)[0])
