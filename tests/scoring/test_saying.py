"""Quotes: overlap in words, speakers, and what counts as none."""

from __future__ import annotations

from typing import Any

import pytest

from sitmon.scoring import figures, saying
from sitmon.scoring.shapes import Share

BODY = '"We have no food," said Ali Reza. "We have no water." He said the road is shut.'


def test_overlap_counts_words_of_the_text(make_row: Any, make_verdict: Any) -> None:
    row = make_row(BODY, quotes=[{"text": "We have no food,", "speaker": "Ali Reza"}])
    verdict = make_verdict(quotes=((BODY, "no food", {"speaker": "ali reza"}), (BODY, "shut", {})))
    found = figures.measure([(row, verdict)]).tasks["quotes"]
    assert found["direct_precision"] == Share(2, 3)
    assert found["direct_recall"] == Share(2, 4)
    assert found["direct_overlap_f1"] == pytest.approx(2 * 2 / (4 + 3))
    assert found["right_speaker"] == Share(1, 1)


def test_two_segments_given_as_one_cost_only_the_words_between(make_row: Any, make_verdict: Any) -> None:
    row = make_row(
        BODY,
        quotes=[
            {"text": "We have no food,", "speaker": "Ali Reza"},
            {"text": "We have no water.", "speaker": "Ali Reza"},
        ],
    )
    joined = BODY[BODY.index("We have") : BODY.index(" He")]
    found = figures.measure([(row, make_verdict(quotes=((BODY, joined, {"speaker": "Ali Reza"}),)))]).tasks["quotes"]
    assert found["direct_recall"] == Share(8, 8)
    assert found["direct_precision"] == Share(8, 11)
    assert found["right_speaker"] == Share(2, 2)


def test_the_same_words_labelled_twice_are_two_quotes(make_row: Any, make_verdict: Any) -> None:
    body = '"Stop." Then louder: "Stop."'
    row = make_row(body, quotes=[{"text": "Stop."}, {"text": "Stop."}])
    found = figures.measure([(row, make_verdict(quotes=((body, "Stop.", {}),)))]).tasks["quotes"]
    assert found["direct_recall"] == Share(1, 2)


def test_an_indirect_quote_is_found_by_any_kind_and_a_direct_one_by_direct_ones(
    make_row: Any, make_verdict: Any
) -> None:
    given = [
        {"text": "We have no food,", "speaker": "Ali Reza"},
        {"text": "the road is shut", "kind": "indirect", "speaker": None},
    ]
    row = make_row(BODY, quotes=given)
    verdict = make_verdict(
        quotes=(
            (BODY, "We have no food,", {"kind": "indirect", "speaker": "Ali Reza"}),
            (BODY, "the road is", {"kind": "mixed", "speaker": "Ali Reza"}),
        )
    )
    found = figures.measure([(row, verdict)])
    assert found.tasks["quotes"]["direct_recall"] == Share(0, 4)
    assert found.tasks["quotes"]["indirect_found"] == Share(1, 1)
    assert found.tasks["quotes"]["right_speaker"] == Share(0, 1)


def test_no_quote_kept_none(make_row: Any, make_verdict: Any) -> None:
    body = "The film 'The Siege' opened."
    quote = ((body, "The Siege", {}),)
    pairs = [(make_row(body, quotes=[]), make_verdict()), (make_row(body, quotes=[]), make_verdict(quotes=quote))]
    found = figures.measure(pairs).tasks["quotes"]
    assert found["none_kept_none"] == Share(1, 2)
    assert found["direct_precision"] == Share(0, 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ali Reza", "ALI REZA", True),
        ("كريم", "کریم", True),
        ("Ali Reza", "Reza", False),
        (None, None, True),
        (None, "Ali", False),
    ],
)
def test_names_are_compared_as_written_but_for_case_and_letters_variants(
    one: str | None, other: str | None, same: bool
) -> None:
    assert saying.same_name(one, other) is same
