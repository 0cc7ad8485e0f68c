"""Each figure against a count made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sitmon.scoring import figures
from sitmon.scoring.shapes import Share


def test_what_is_not_labelled_is_not_scored(make_row: Any, make_verdict: Any) -> None:
    found = figures.measure([(make_row("x"), make_verdict(types=("captured",), provinces=("AF-KDZ",)))])
    assert (found.items, found.tasks, found.by_type, found.confusion, found.misses) == (1, {}, {}, {}, ())


def test_provinces_exact_first_precision_and_recall(make_row: Any, make_verdict: Any) -> None:
    pairs = [
        (make_row(provinces=["AF-KDZ", "AF-TAK"]), make_verdict(provinces=("AF-TAK", "AF-KDZ"))),
        (make_row(provinces=["AF-HER"]), make_verdict(provinces=("AF-FRA", "AF-HER"))),
        (make_row(provinces=["AF-KAB"]), make_verdict()),
        (make_row(provinces=[]), make_verdict()),
        (make_row(provinces=[]), make_verdict(provinces=("AF-KAB",))),
    ]
    found = figures.measure(pairs)
    assert found.tasks["provinces"] == {
        "items": 5,
        "exact": Share(2, 5),
        "first_right": Share(1, 3),
        "precision": Share(3, 5),
        "recall": Share(3, 4),
    }
    assert [m.task for m in found.misses] == ["provinces"] * 3


def test_first_types_f1_and_confusion(make_row: Any, make_verdict: Any) -> None:
    labelled = ["clash", "clash", "clash", "bombing"]
    given = ["clash", "clash", "bombing", "bombing"]
    pairs = [(make_row(event_types=[g]), make_verdict(types=(t,))) for g, t in zip(labelled, given, strict=True)]
    pairs.append((make_row(event_types=[]), make_verdict(types=("clash",))))
    pairs.append((make_row(event_types=[]), make_verdict()))
    found = figures.measure(pairs)
    clash, bombing = 2 * 2 / (3 + 2), 2 * 1 / (1 + 2)
    assert found.by_type == {"clash": (pytest.approx(clash), 3), "bombing": (pytest.approx(bombing), 1)}
    events = found.tasks["event types"]
    assert events["first_weighted_f1"] == pytest.approx((3 * clash + bombing) / 4)
    assert events["first_macro_f1"] == pytest.approx((clash + bombing) / 2)
    assert events["none_kept_none"] == Share(1, 2)
    assert events["gold_among_given"] == Share(3, 4)
    assert found.confusion == {
        ("clash", "clash"): 2,
        ("clash", "bombing"): 1,
        ("bombing", "bombing"): 1,
        ("none", "clash"): 1,
        ("none", "none"): 1,
    }


def test_a_tag_beside_its_type_leaves_one_first_type_and_two_types_leave_none(make_row: Any, make_verdict: Any) -> None:
    one = (make_row(event_types=["other", "siege"]), make_verdict(types=("clash", "siege")))
    two = (make_row(event_types=["captured", "arrest"]), make_verdict(types=("arrest",)))
    found = figures.measure([one, two])
    assert found.confusion == {("other", "clash"): 1}
    assert found.tasks["event types"]["gold_among_given"] == Share(2, 2)
    assert found.misses == ()


def test_captured_and_retaken_told_apart_both_at_once_is_wrong(make_row: Any, make_verdict: Any) -> None:
    pairs = [
        (make_row(event_types=["captured"]), make_verdict(types=("clash", "captured"))),
        (make_row(event_types=["captured"]), make_verdict(types=("captured", "retaken"))),
        (make_row(event_types=["retaken"]), make_verdict(types=("captured",))),
    ]
    assert figures.measure(pairs).tasks["event types"]["captured_vs_retaken"] == Share(1, 3)


@pytest.mark.parametrize(("modality", "false"), [("actual", 1), ("hedged", 1), ("planned", 0), ("negated", 0)])
def test_a_false_capture_is_one_that_would_move_a_status(
    modality: str, false: int, make_row: Any, make_verdict: Any
) -> None:
    report = ("captured", "AF-KDZ/kunduz", {"modality": modality})
    found = figures.measure([(make_row(event_types=["clash"]), make_verdict(types=("clash",), reports=(report,)))])
    assert found.tasks["event types"]["false_captured"] == Share(false, 1)
    assert [m.task for m in found.misses] == ["false changes", "false captured"] * false


@pytest.mark.parametrize(
    ("given", "labelled", "changes", "captures"),
    [
        ("captured", [], 1, 1),
        ("retaken", [], 1, 0),
        ("handed_over", ["arrest"], 1, 0),
        ("retaken", ["captured"], 0, 0),
        ("clash", [], 0, 0),
    ],
)
def test_a_false_change_is_any_that_would_move_a_status_where_nothing_changed_hands(
    given: str, labelled: list[str], changes: int, captures: int, make_row: Any, make_verdict: Any
) -> None:
    verdict = make_verdict(types=(given,), reports=((given, "AF-KDZ/kunduz", {}),))
    found = figures.measure([(make_row(event_types=labelled), verdict)])
    assert found.tasks["event types"]["false_changes"] == Share(changes, 1)
    assert found.tasks["event types"]["false_captured"] == Share(captures, 1)
    assert sum(m.task == "false changes" for m in found.misses) == changes


def test_a_false_change_that_is_only_planned_moves_nothing(make_row: Any, make_verdict: Any) -> None:
    report = ("retaken", "AF-KDZ/kunduz", {"modality": "planned"})
    found = figures.measure([(make_row(event_types=[]), make_verdict(reports=(report,)))])
    assert found.tasks["event types"]["false_changes"] == Share(0, 1)


def test_a_capture_in_another_province_is_captured_elsewhere(make_row: Any, make_verdict: Any) -> None:
    reports = (("captured", "AF-WAR/maidan-shahr", {}), ("captured", "AF-KAB/kabul", {}))
    row = make_row(event_types=["captured"], provinces=["AF-WAR"])
    verdict = make_verdict(types=("captured",), provinces=("AF-WAR",), reports=reports)
    found = figures.measure([(row, verdict)])
    assert found.tasks["event types"]["captured_elsewhere"] == Share(1, 1)
    assert found.tasks["event types"]["false_captured"] == Share(0, 1)
    assert found.misses[0].found == ["captured AF-KAB/kabul actual -"]


def test_casualties_are_the_largest_count_of_the_item(make_row: Any, make_verdict: Any) -> None:
    two = (("clash", None, {"killed": 4}), ("bombing", None, {"killed": 9, "wounded": 1}))
    pairs = [
        (make_row(killed=9, wounded=2), make_verdict(reports=two)),
        (make_row(killed=0), make_verdict()),
        (make_row(killed=0), make_verdict(reports=two[:1])),
        (make_row(killed=3), make_verdict()),
    ]
    tasks = figures.measure(pairs).tasks
    assert tasks["killed"] == {"items": 4, "exact": Share(1, 2), "none_kept_none": Share(1, 2)}
    assert tasks["wounded"] == {"items": 1, "exact": Share(0, 1)}


def test_reports_match_by_type_and_place_and_compare_what_is_labelled(make_row: Any, make_verdict: Any) -> None:
    row = make_row(
        reports=[
            {"event_type": "captured", "place": "AF-KDZ/kunduz", "basis": "claimed", "holder": "insurgent"},
            {"event_type": "captured", "place": "AF-TAK/taloqan", "modality": "actual"},
            {"event_type": "bombing", "basis": None},
        ]
    )
    verdict = make_verdict(
        reports=(
            ("captured", "AF-KDZ/kunduz", {"basis": "conceded", "holder": "insurgent"}),
            ("captured", "AF-TAK", {}),
            ("bombing", "AF-KAB/kabul", {"basis": None}),
        )
    )
    found = figures.measure([(row, verdict)])
    assert found.tasks["reports"] == {
        "labelled": 3,
        "found": Share(2, 3),
        "basis": Share(1, 2),
        "holder": Share(1, 1),
    }
    assert sorted(m.task for m in found.misses) == ["basis", "reports"]


def test_one_given_report_answers_one_labelled_report(make_row: Any, make_verdict: Any) -> None:
    twice = [{"event_type": "bombing"}, {"event_type": "bombing"}]
    found = figures.measure([(make_row(reports=twice), make_verdict(reports=(("bombing", None, {}),)))])
    assert found.tasks["reports"]["found"] == Share(1, 2)


def test_languages_dari_and_persian_are_one(make_row: Any, make_verdict: Any) -> None:
    pairs = [
        (make_row(lang="fa"), make_verdict(lang="prs")),
        (make_row(lang="ps"), make_verdict(lang="prs")),
    ]
    assert figures.measure(pairs).tasks["language"] == {"items": 2, "right": Share(1, 2)}
