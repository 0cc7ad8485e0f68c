"""A fault of the program's own in one item: it is said, and costs neither that item nor any other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FAULTY = """
import runpy, sys
from sitmon.classify.classifier import Classifier

reads = Classifier.classify

def classify(self, item):
    if "tripwire" in item.body:
        raise IndexError("a fault")
    return reads(self, item)

Classifier.classify = classify
runpy.run_module("sitmon", run_name="__main__", alter_sys=True)
"""
POSTS = [
    {"id": "1", "published": "2021-08-08T09:00:00Z", "text": "A tripwire."},
    {"id": "2", "published": "2021-08-08T10:00:00Z", "text": "Kunduz has fallen, the provincial governor said."},
]


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps(post) + "\n" for post in POSTS), encoding="utf-8")
    return path


def faulty(home: dict[str, str], folder: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program with a classifier that fails at one word."""
    command = [sys.executable, "-c", FAULTY, *words]
    return subprocess.run(
        command, env=home, cwd=folder, input=given, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_replay_tells_the_alerts_of_the_others(home: dict[str, str], tmp_path: Path, posts: Path) -> None:
    done = faulty(home, tmp_path, "replay", posts.name, "--store", "desk.db")
    assert (done.returncode, "Kunduz" in done.stdout) == (0, True), done.stderr
    assert "1: a fault in sitmon itself: IndexError" in done.stderr
    assert "2 items" in done.stderr


def test_an_import_stores_it_and_the_others(home: dict[str, str], tmp_path: Path, posts: Path) -> None:
    done = faulty(home, tmp_path, "ingest", posts.name, "--store", "desk.db")
    assert "2 items read, 2 new" in done.stderr, done.stderr
    assert "1: a fault in sitmon itself: IndexError" in done.stderr


def test_one_line_of_many_gets_an_error_in_its_place(home: dict[str, str], tmp_path: Path, posts: Path) -> None:
    done = faulty(home, tmp_path, "classify", given=posts.read_text(encoding="utf-8"))
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["error"] == {"line": 1, "reason": "a fault in sitmon itself: IndexError"}
    assert second["event_types"] == ["captured"]
