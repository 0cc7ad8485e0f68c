"""A run of the program that is loaded already is a run of the program, to the letter of what it says."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]
POST = '{"id": "1", "published": "2021-08-08T10:00:00Z", "text": "Kunduz has fallen, a councillor said."}\n'


@pytest.mark.parametrize(
    "words",
    [
        ("--version",),
        ("--help",),
        ("status", "--plac", "x"),
        ("--store", "none.db", "status"),
        ("replay", "posts.jsonl", "--format", "jsonl"),
        ("--config", "broken.toml", "watch"),
        ("classify", "-"),
    ],
    ids=" ".join,
)
def test_it_ends_and_says_the_same_as_one_that_is_started_anew(
    run: Run, run_anew: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "posts.jsonl").write_text(POST, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("area = 1\n[[sources]]\n", encoding="utf-8")
    ours, other = (go(*words, given=POST) for go in (run, run_anew))
    assert (ours.returncode, ours.stdout, ours.stderr) == (other.returncode, other.stdout, other.stderr)
    assert ours.stdout or ours.stderr


def test_each_run_has_its_own_folder_and_leaves_nothing_to_the_next(run: Run, run_in: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text(POST, encoding="utf-8")
    (tmp_path / "other").mkdir()
    assert run("--store", "desk.db", "replay", "posts.jsonl").returncode == 0
    assert run("--store", "desk.db", "status").returncode == 0
    assert run_in(tmp_path / "other", "--store", "desk.db", "status").returncode == 1


def test_it_takes_and_gives_more_than_a_pipe_holds(run: Run) -> None:
    done = run("classify", "-", given=POST * 500)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 500)


def test_what_does_not_end_is_killed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text(POST + POST.replace("10:00", "12:00"), encoding="utf-8")
    with pytest.raises(subprocess.TimeoutExpired):
        run("replay", "posts.jsonl", "--speed", "0.001", timeout=0.5)
    assert run("--version").returncode == 0
