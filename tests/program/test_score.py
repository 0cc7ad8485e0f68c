"""`sitmon score` from outside: what a script sees of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., "CompletedProcess[str]"]

ROWS = [
    {"id": "a", "text": "Kunduz falls to Taliban", "provinces": ["AF-KDZ"], "event_types": ["captured"], "fold": 0},
    {"id": "b", "text": "Rain in Herat", "provinces": ["AF-FRA"], "event_types": [], "fold": 1},
]


def write(path: Path) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in ROWS) + "{broken\n", encoding="utf-8")
    return path


def test_tables_on_stdout_mistakes_on_stderr(run: Run, tmp_path: Path) -> None:
    done = run("score", write(tmp_path / "rows.jsonl"), "--misses", "1")
    assert done.returncode == 1, "the figures are not of all the rows that were given"
    lines = done.stdout.splitlines()
    assert "  rows.jsonl  2      50.0 % of 2" in lines[lines.index("provinces") + 2]
    assert 'provinces: {"id": "b", "why": null}' in lines
    assert "rows.jsonl: line 3: is no JSON" in done.stderr
    assert "Traceback" not in done.stderr


def test_json_and_folds(run: Run, tmp_path: Path) -> None:
    done = run("score", "--format", "json", "--fold", "0", write(tmp_path / "rows.jsonl"))
    found = json.loads(done.stdout)["rows.jsonl"]
    assert found["items"] == 1
    assert found["event types"]["captured_vs_retaken"] == {"right": 1, "of": 1, "share": 1.0}


def test_exit_codes(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "rows.jsonl")
    assert run("score", "--fold", "7", path).returncode == 1
    assert run("score").returncode == 2
    assert run("score", "--format", "csv", path).returncode == 2
    done = run("score", tmp_path / "none.jsonl")
    assert done.returncode == 2
    assert "none.jsonl: cannot be read" in done.stderr
