"""A store that is damaged, or is none: said in plain words at once. A lock is waited for, and said to be."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sitmon.errors import StoreError
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.pen import Pen
from sitmon.store.log import Log
from tests.servers import Page, rss, threaded

Run = Callable[..., "CompletedProcess[str]"]
NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)


def without_tables(path: Path) -> None:
    Log(path).close()
    with sqlite3.connect(path) as db:
        for table in ("entries", "alerts", "marks", "poll_states", "facts", "words"):
            db.execute(f"DROP TABLE {table}")
    db.close()


def with_torn_pages(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: 4096 * 2] + b"\xa5" * (len(whole) - 4096 * 2))


def cut_short(path: Path) -> None:
    filled(path)
    path.write_bytes(path.read_bytes()[: 4096 * 3])


def with_odd_rows(path: Path) -> None:
    filled(path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE entries SET reports = 1, verdict = '{\"lang\": 7'")
    db.close()


def filled(path: Path) -> None:
    with Log(path) as log:
        for n in range(50):
            log.append([Entry(Item(f"i{n}", "Post", "long " * 500), Verdict("en"), NOW, None)])


def config(folder: Path, url: str = "http://127.0.0.1:9/") -> Path:
    path = folder / "config.toml"
    path.write_text(
        f'store = "desk.db"\n[[sources]]\nname = "Post"\nurl = "{url}"\nallow_private_hosts = true\n', encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("damage", [without_tables, with_torn_pages, cut_short, with_odd_rows])
def test_a_watch_on_a_damaged_store_says_so_and_ends(run: Run, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    damage(tmp_path / "desk.db")
    for words in (("watch", "--once"), ("status",), ("alerts",)):
        done = run("--config", config(tmp_path), *words, timeout=30)
        if words[0] == "watch" or done.returncode:
            assert done.returncode == 1, (words, done.stderr)
            assert "desk.db: " in done.stderr
            assert "damaged" in done.stderr
        assert "the database says" not in done.stderr
        assert "fault" not in done.stderr


def test_an_empty_file_is_no_store_to_read_and_one_to_begin(run: Run, tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    done = run("--config", config(tmp_path), "status")
    assert done.returncode == 1
    assert "this file is empty, there is no store in it yet" in done.stderr
    with Log(tmp_path / "desk.db") as log:
        assert log.count() == 0


async def test_what_will_not_pass_is_raised_though_the_pen_holds(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    pen = Pen(lambda: Log(path), hold=True, try_again_s=0.01)
    log = await pen.open()
    await pen.read(log._database._db.execute, "PRAGMA query_only = 1")
    assert not await pen.put(lambda: log.set_fact("a", "b"), weight=3), "what may pass is held"
    await pen.read(log._database._db.execute, "PRAGMA query_only = 0")
    await pen.read(log._database._db.execute, "DROP TABLE facts")
    with pytest.raises(StoreError, match="damaged"):
        await pen.read(log.fact, "a")
    with pytest.raises(StoreError, match="damaged"):
        await pen.flush()
    with pytest.raises(StoreError, match=r"damaged; move it away .*; 3 items could not be stored"):
        await pen.close()


def test_a_lock_at_the_start_is_said_while_it_is_waited_for(
    home: dict[str, str], tmp_path: Path, command: Sequence[str]
) -> None:
    Log(tmp_path / "desk.db").close()
    other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with threaded({"/": Page(rss("one"))}) as server:
        process = subprocess.Popen(
            [*command, "--config", str(config(tmp_path, server.url("/"))), "watch", "--once"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=home, cwd=tmp_path,
        )  # fmt: skip
        bound = threading.Timer(60, process.kill)
        bound.start()
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
            assert "the log: down (another process holds the store" in first
            other.execute("ROLLBACK")
            rest = process.stderr.read()
            assert process.wait(30) == 0, rest
            assert "Post: ok" in rest
        finally:
            other.close()
            bound.cancel()
            process.kill()
            process.communicate()
