"""`sitmon ingest` as a person uses it: the dry run, progress on a terminal, a kill in the middle, empty files."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., "CompletedProcess[str]"]
POSTS = 3000


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """An export that takes a few seconds to classify."""
    path = tmp_path / "long.jsonl"
    lines = (
        {"id": f"n{n}", "text": f"Fighting went on near Kunduz city, residents said; {n} families left for Kabul."}
        for n in range(POSTS)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def stored(store: Path) -> int:
    if not store.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM entries").fetchone()[0])
    except sqlite3.OperationalError:  # it is being made
        return 0


def test_killed_in_the_middle_it_goes_on_where_it_stopped(
    long: Path, run: Run, home: dict[str, str], command: Sequence[str], tmp_path: Path
) -> None:
    store = tmp_path / "desk.db"
    process = subprocess.Popen([*command, "--store", str(store), "ingest", str(long)], env=home, stderr=subprocess.PIPE)
    while not stored(store):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = stored(store)
    assert 0 < before < POSTS, "the kill came too late to mean anything"
    done = run("--store", store, "ingest", long)
    assert done.returncode == 0, done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"{POSTS} items read, {POSTS - before} new, {before} known already; stored in ")
    assert stored(store) == POSTS
    again = run("--store", store, "ingest", long)
    assert f"{POSTS} items read, 0 new, {POSTS} known already" in again.stderr


def test_progress_is_one_line_on_a_terminal_and_none_elsewhere(
    long: Path, run: Run, home: dict[str, str], command: Sequence[str]
) -> None:
    words = [*command, "ingest", str(long)]
    plain = run("ingest", long)
    assert plain.stderr == f"{POSTS} items\n"
    assert plain.stdout.count("\n") == POSTS
    line = " ".join(words)
    child = pexpect.spawn("/bin/sh", ["-c", f"{line} > /dev/null"], env=home, encoding="utf-8", timeout=60)  # type: ignore[arg-type]
    child.expect(r"\r\d+ % of long\.jsonl: \d+ items\x1b\[K")
    child.expect(rf"\r\x1b\[K{POSTS} items\r\n")
    child.expect(pexpect.EOF)


def test_the_dry_run_says_the_mapping_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text("Tweet ID,Tweet Text,Mood\n1426812345678901234,Quiet in Herat.,calm\n")
    store = tmp_path / "desk.db"
    done = run("--store", store, "ingest", "--dry-run", table)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"{table}: a table",
        "  id <- column 1 'Tweet ID'",
        "  text <- column 2 'Tweet Text'",
        "  not read: Mood",
    ]
    assert not store.exists()
    assert run("ingest", "--dry-run", tmp_path / "none.csv").returncode == 2


@pytest.mark.parametrize("words", [("ingest",), ("replay",)])
def test_nothing_to_read_is_a_failure_in_every_command(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    empty, folder = tmp_path / "empty.jsonl", tmp_path / "folder"
    empty.touch()
    folder.mkdir()
    for path in (empty, folder):
        done = run(*words, path)
        assert (done.returncode, done.stdout) == (1, ""), done.stderr
        assert done.stderr, "and it is said"
    assert run(*words, tmp_path / "none").returncode == 2
