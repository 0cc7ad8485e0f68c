"""`sitmon score` as its user meets it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from sitmon.area import Area
from sitmon.classify.classifier import Classifier
from sitmon.commands import score
from sitmon.errors import UsageError

GOOD: dict[str, Any] = {
    "id": "a",
    "text": "The Taliban captured Zaranj on Friday, a resident said.",
    "published": "2021-08-07",
    "lang": "en",
    "provinces": ["AF-NIM"],
    "event_types": ["captured"],
    "fold": 0,
}


@pytest.fixture(autouse=True)
def _compiled_once(area: Area, classifier: Classifier, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command compiles the area of each run; for the bundled one it is compiled already, another is refused."""

    def compiled(given: Area) -> Classifier:
        assert given is area, "not the area of the run"
        return classifier

    monkeypatch.setattr(score, "Classifier", compiled)


def write(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(area: Area, *paths: Path, form: str = "json", misses: int = 0, folds: tuple[int, ...] = ()) -> tuple[int, Any]:
    out = StringIO()
    code = score.run(area, paths, out, form=form, misses=misses, folds=frozenset(folds))
    return code, json.loads(out.getvalue()) if form == "json" and out.getvalue() else out.getvalue()


def test_figures_of_each_file_and_of_all(area: Area, tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", GOOD)
    two = write(tmp_path / "two.jsonl", {**GOOD, "provinces": ["AF-HER"], "event_types": ["clash"]})
    code, found = run(area, one, two)
    assert code == 0
    assert found["one.jsonl"]["provinces"]["exact"] == {"right": 1, "of": 1, "share": 1.0}
    assert found["two.jsonl"]["provinces"]["exact"]["right"] == 0
    assert found["all"]["items"] == 2
    assert found["all"]["event types"]["false_captured"]["right"] == 1
    assert found["all"]["confusion"]["clash"] == {"captured": 1}


def test_files_of_one_name_are_told_apart(area: Area, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one, two = write(tmp_path / "x.jsonl", GOOD), write(tmp_path / "b" / "x.jsonl", GOOD)
    _, found = run(area, one, two)
    assert {str(one), str(two), "all"} == set(found)


def test_a_bad_row_is_named_and_the_rest_is_scored(
    area: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path / "rows.jsonl",
        GOOD,
        "{broken",
        {**GOOD, "id": "b", "provinces": ["AF-NMI"]},
        "plain text",
        {**GOOD},
        {"id": "c", "provinces": []},
        {**GOOD, "id": "d", "published": "soon"},
        "[" * 100_000,
        '{"text": ' + "[" * 100_000,
        "",
        {**GOOD, "id": "e"},
    )
    code, found = run(area, path)
    assert (code, found["rows.jsonl"]["items"]) == (1, 2)
    *said, last = capsys.readouterr().err.splitlines()
    assert last == "sitmon: 2 of 10 rows could be read; the figures are of those alone"
    assert [line.split(": ")[2] for line in said] == [f"line {n}" for n in (2, 3, 4, 5, 6, 7, 8, 9)]
    assert str(path) in said[0]
    assert "did you mean 'AF-NIM'?" in said[1]
    assert "expected one JSON object a line" in said[2]
    assert "'a' is used twice" in said[3]
    assert "text: this key is required" in said[4]


def test_everything_wrong_with_a_row_is_told(area: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {"id": "b", "text": "x", "published": "soon", "side": "medai", "lang": "dari", "killed": -1, "provincs": []}
    code, _ = run(area, write(tmp_path / "rows.jsonl", GOOD, bad, {"id": "c", "provinces": 3}))
    said = [line.split(": ", 2)[2] for line in capsys.readouterr().err.splitlines()[:-1]]
    assert code == 1
    assert [line.split(": ")[:2] for line in said] == [
        ["line 2", "published"], ["line 2", "side"], ["line 2", "lang"], ["line 2", "killed"], ["line 2", "provincs"],
        ["line 3", "text"], ["line 3", "provinces"],
    ]  # fmt: skip
    assert said[2].endswith("(did you mean 'prs'?)")
    assert said[4].endswith("(did you mean 'provinces'?)")


def test_nothing_scored_is_a_failure(area: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(area, write(tmp_path / "rows.jsonl", "{broken"))
    assert (code, found) == (1, "")
    assert "nothing could be scored" in capsys.readouterr().err


def test_a_file_that_is_none_is_wrong_usage(area: Area, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        run(area, tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match=r"no \*\.jsonl file in this folder"):
        run(area, tmp_path)


def test_a_folder_stands_for_its_files(area: Area, tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", GOOD)
    write(tmp_path / "a.jsonl", {**GOOD, "id": "b"})
    (tmp_path / "README.md").write_text("about", encoding="utf-8")
    assert list(run(area, tmp_path)[1]) == ["a.jsonl", "b.jsonl", "all"]


def test_a_key_that_only_resembles_a_label_is_told_once_and_the_row_scored(
    area: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{**GOOD, "id": n, "traps": [], "article_provinces": ["AF-KAB"]} for n in "abc"]
    path = write(tmp_path / "rows.jsonl", *rows, {"id": "d", "text": "x", "event_tipes": []})
    code, found = run(area, path)
    assert (code, found["rows.jsonl"]["items"]) == (0, 4)
    assert capsys.readouterr().err.splitlines() == [
        f"sitmon: {path}: 3 rows: traps: not known, so not scored (did you mean 'trap'?)",
        f"sitmon: {path}: 1 row: event_tipes: not known, so not scored (did you mean 'event_types'?)",
    ]


def test_only_the_rows_of_some_folds(area: Area, tmp_path: Path) -> None:
    path = write(tmp_path / "rows.jsonl", GOOD, {**GOOD, "id": "b", "fold": 3}, {**GOOD, "id": "c", "fold": None})
    assert run(area, path, folds=(3, 4))[1]["rows.jsonl"]["items"] == 1
    assert run(area, path, folds=(4,))[0] == 1
    assert run(area, path)[1]["rows.jsonl"]["items"] == 3


def test_misses_say_what_was_expected_and_found(area: Area, tmp_path: Path) -> None:
    wrong = {**GOOD, "provinces": ["AF-HER"], "why": "a reason"}
    path = write(tmp_path / "rows.jsonl", *({**wrong, "id": str(n)} for n in range(5)))
    _, found = run(area, path, misses=2)
    assert [(m["task"], m["id"], m["expected"], m["found"]) for m in found["misses"] if m["task"] == "provinces"] == [
        ("provinces", "0", ["AF-HER"], ["AF-NIM"]),
        ("provinces", "1", ["AF-HER"], ["AF-NIM"]),
    ]
    _, text = run(area, path, misses=1, form="text")
    assert 'provinces: {"id": "0", "why": "a reason"}' in text
    assert '"expected": ["AF-HER"]' in text


def test_the_label_of_the_language_is_no_hint_to_the_classifier(area: Area, tmp_path: Path) -> None:
    rows = list(score.read(write(tmp_path / "rows.jsonl", {**GOOD, "lang": "ps"}), area))
    assert isinstance(rows[0], score.Row)
    assert rows[0].item.lang is None
    assert rows[0].labels.lang == "ps"


def test_a_hostile_row_cannot_steer_the_terminal(
    area: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Kunduz\x1b]0;owned\x07 \u202efell\u202c to the Taliban \x9b31m"
    bad = {"id": "\x1b[2J", "text": text, "provinces": ["AF-HER"], "why": "\x1b[1m"}
    path = write(tmp_path / "rows.jsonl", bad, {"text": "x", "provinces\x1b": []}, {**bad, "lang": "\x1b[2J"})
    _, shown = run(area, path, misses=9, form="text")
    said = capsys.readouterr().err
    assert said.count("\n") == 4
    assert not set(shown + said) & {"\x1b", "\x07", "\u202e", "\u202c", "\x9b"}


@pytest.mark.parametrize("row", [{"text": "x"}, {"text": "x", "event_type": "captured", "place": "Kunduz"}])
def test_rows_without_a_label_score_nothing_and_are_told_what_is_expected(
    area: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str], row: dict[str, Any]
) -> None:
    code, printed = run(area, write(tmp_path / "rows.jsonl", row))
    assert (code, printed) == (1, "")
    said = capsys.readouterr().err
    assert "nothing could be scored: no row has a label" in said
    assert "provinces, event_types" in said
    assert "docs/labelling.md" in said
