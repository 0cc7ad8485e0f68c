"""Odd input from outside: one post in two versions, the order of files, clocks, names that steer a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

Run = Callable[..., "CompletedProcess[str]"]
FELL = "Kunduz has fallen to the Taliban, a provincial council member said."
NOT = "Correction: Kunduz has not fallen to the Taliban; our earlier report was wrong."


def lines(path: Path, *items: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(i) + "\n" for i in items), encoding="utf-8")
    return path


def item(**more: Any) -> dict[str, Any]:
    return {"id": "x", "text": FELL, "published": "2021-08-08T09:00:00Z", "source": "P", "reliability": "B", **more}


def test_each_version_of_a_post_keeps_the_verdict_on_its_own_words(run: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "rev.jsonl", item(), item(text=NOT, published="2021-08-08T10:00:00Z"))
    store = tmp_path / "desk.db"
    assert run("--store", store, "ingest", path).returncode == 0
    board = json.loads(run("--store", store, "status", "--place", "AF-KDZ/kunduz", "--format", "jsonl").stdout)
    assert board["holder"] == "government"
    found = run("--store", store, "search", "correction", "--format", "jsonl").stdout
    for report in json.loads(found)["verdict"]["reports"]:
        for span in report["evidence"]:
            assert NOT[span["start"] : span["end"]] == span["text"]


def test_the_order_of_lines_and_files_changes_nothing(run: Run, tmp_path: Path) -> None:
    good, bad = item(), item(reliability="F")
    lines(tmp_path / "a" / "x.jsonl", good, bad)
    lines(tmp_path / "b" / "x.jsonl", bad, good)
    lines(tmp_path / "c" / "one.jsonl", good)
    lines(tmp_path / "c" / "two.jsonl", bad)
    first = run("replay", tmp_path / "a" / "x.jsonl").stdout
    assert "Kunduz" in first
    assert run("replay", tmp_path / "b" / "x.jsonl").stdout == first
    one, two = tmp_path / "c" / "one.jsonl", tmp_path / "c" / "two.jsonl"
    assert run("replay", one, two).stdout == run("replay", two, one).stdout


def test_a_replay_does_not_ask_what_day_it_is(run: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "later.jsonl", item(published="2031-08-08T09:00:00Z"))
    assert run("replay", path).stdout.startswith("2031-08-08T09:00:00Z")


def test_items_come_back_as_they_went_out(run: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", item(agency="AFP", withdrawn=True, revision=2, kind="reply", ref="y"))
    once = run("ingest", path).stdout
    for key, value in (("agency", "AFP"), ("withdrawn", True), ("revision", 2), ("kind", "reply"), ("ref", "y")):
        assert json.loads(once)[key] == value
    (tmp_path / "b.jsonl").write_text(once, encoding="utf-8")
    assert run("ingest", tmp_path / "b.jsonl").stdout == once


def test_names_and_messages_cannot_steer_a_terminal(run: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "e\x1b[31mvil.jsonl", {k: v for k, v in item().items() if k != "source"})
    store = tmp_path / "desk.db"
    said = [run("--store", store, "replay", path), run("--store", store, "why", "kunduz")]
    said += [run("replay", tmp_path / "no\x1b[2Jne"), run("classify", tmp_path / "no\x1b[2Jne")]
    said += [run("--config", tmp_path / "c\x1b]0;x\x07.toml", "status"), run("--area", "x\x1b[31my", "status")]
    config = tmp_path / "config.toml"
    config.write_text('[[sources]]\nname = "A\\u001b[31m"\nurl = "http://a.example"\n', encoding="utf-8")
    said.append(run("--config", config, "sources", "list"))
    for done in said:
        assert "\x1b" not in done.stdout + done.stderr, done.args
        assert "\x07" not in done.stdout + done.stderr, done.args
    assert said[-1].returncode == 2


def test_odd_lines_are_errors_in_their_place(run: Run) -> None:
    odd = [
        {"text": "y", "url": 7, "lang": 3, "author": 9},
        {"text": "x", "published": "0001-01-01T00:00:00+14:00"},
        {"text": FELL},
    ]
    done = run("classify", "-", given="".join(json.dumps(o) + "\n" for o in odd))
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [("error" in f) for f in found] == [False, True, False]
    assert found[2]["provinces"] == ["AF-KDZ"]


def test_what_a_person_writes_wrongly_is_never_a_fault_of_ours(run: Run, tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", item())
    bom = tmp_path / "bom.toml"
    bom.write_bytes(b"\xef\xbb\xbfarea = 'afghanistan'\n")
    store = tmp_path / "desk.db"
    assert run("--store", store, "replay", tmp_path / "a.jsonl").returncode == 0
    assert run("--config", bom, "--store", store, "status").returncode == 0
    assert run("--store", store, "status", "--as-of", "0001-01-01T00:00+05:00").returncode == 2
    home = tmp_path / "home.toml"
    home.write_text("store = '~nosuchuser/desk.db'\n[[sources]]\nname = 'A'\npath = '~nosuchuser/x'\n")
    done = run("--config", home, "status")
    assert done.returncode == 2
    assert "store" in done.stderr
    assert "sources[0].path" in done.stderr
    assert "fault" not in done.stderr
