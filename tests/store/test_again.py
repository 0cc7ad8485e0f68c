"""What a ledger has let go of is read again: of one item every version, of a place everything; and states are kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitmon.errors import StoreError
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.place import PlaceRef
from sitmon.model.report import Report
from sitmon.store.codec import encode
from sitmon.store.log import Log
from sitmon.store.rows import content_of, stamp
from sitmon.store.schema import APPLICATION_ID, STEPS, VERSION
from sitmon.store.snapshots import Snapshot, Snapshots, packed

NOW = datetime(2021, 8, 8, 9, 40, tzinfo=UTC)


def entry(name: str, *places: str, revision: int = 0, minutes: int = 0) -> Entry:
    item = Item(id=name, source="Post", text=f"{name} {revision}", published=NOW, revision=revision)
    reports = tuple(
        Report(id=f"{name}#{n}", item=name, event_type="clash", modality="actual", place=PlaceRef(p, p, "city", "P"))
        for n, p in enumerate(places)
    )
    return Entry(item, Verdict("en", reports=reports), NOW + timedelta(minutes=minutes))


def names(entries: tuple[Entry, ...]) -> list[str]:
    return [f"{e.item.id}#{e.item.revision}" for e in entries]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "a.db"
    with Log(found) as log:
        log.append([entry("a", "X", "X", "Y", minutes=3), entry("b", "Y", minutes=1), entry("c", minutes=2)])
        log.append([entry("a", "Z", revision=1, minutes=5), entry("b", revision=1, minutes=6)])
    return found


def about(log: Log, code: str, *, limit: int = 500, upto: int | None = None) -> list[str]:
    """What the log gives of a place, part by part."""
    found: list[str] = []
    after: int | None = 0
    while after is not None:
        after, part = log.again.about(code, after=after, limit=limit, upto=upto)
        found += names(part)
    return found


def test_a_place_gives_every_version_of_what_ever_told_of_it(path: Path) -> None:
    with Log(path) as log:
        assert about(log, "X") == ["a#0", "a#1"]
        assert about(log, "Z") == ["a#0", "a#1"]
        assert about(log, "Y") == ["a#0", "a#1", "b#0", "b#1"]
        assert about(log, "none") == []
        assert names(log.again.versions("b")) == ["b#0", "b#1"]
        assert log.again.versions("nobody") == ()


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_a_place_is_given_in_parts_that_miss_nothing(path: Path, limit: int) -> None:
    with Log(path) as log:
        log.append(entry(f"n{n}", "Y", minutes=9 + n) for n in range(7))
        assert set(about(log, "Y", limit=limit)) == set(about(log, "Y"))
        assert len(about(log, "Y")) == 11


def test_what_comes_after_the_bound_is_left_out(path: Path) -> None:
    with Log(path) as log:
        assert about(log, "X", upto=3) == ["a#0"]
        assert about(log, "Z", upto=3) == []
        assert names(log.again.versions("a", upto=3)) == ["a#0"]


def test_an_old_store_learns_which_entries_tell_of_a_place(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    db = sqlite3.connect(old)
    db.executescript(STEPS[0])
    with sqlite3.connect(path) as new:
        application = new.execute("PRAGMA application_id").fetchone()[0]
        columns = "seq, id, revision, content, known, published, source, agency, reports, item, verdict"
        rows = new.execute(f"SELECT {columns} FROM entries").fetchall()
    db.executemany(f"INSERT INTO entries ({columns}) VALUES ({','.join('?' * 11)})", rows)
    db.execute(f"PRAGMA application_id = {application}")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    with Log(old, read_only=True) as log:
        assert log.count() == 5, "a reader leaves an old store as it is"
    with Log(old):
        pass
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone()[0] == VERSION
    with Log(old) as brought_up, Log(path) as made_now:
        assert about(brought_up, "Y") == about(made_now, "Y") != []


def test_what_an_older_version_writes_is_found_as_well(path: Path) -> None:
    """A process that was started before the store was brought up writes on, and knows of no such table."""
    with sqlite3.connect(path) as db:
        columns = "revision, content, known, published, source, agency, reports, item, verdict"
        db.execute(f"INSERT INTO entries (id, {columns}) SELECT 'old', {columns} FROM entries WHERE id = 'b'")
    with Log(path) as log:
        found = [e.item.id for e in log.again.about("Y", after=5, limit=9)[1]]
    assert found, "told by the store itself"


OF_VERSION_2 = (
    "INSERT OR IGNORE INTO entries"
    " (id, revision, content, known, published, source, agency, reports, item, verdict)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO words (rowid, body) VALUES (?, ?)",
    "INSERT INTO about VALUES (?, ?)",
)
"""How version 2 stored an entry, word for word."""


@pytest.mark.parametrize("brought_up", [3, 2])
def test_a_desk_of_the_version_before_goes_on_writing_after_the_store_was_brought_up(
    tmp_path: Path, brought_up: int
) -> None:
    path = tmp_path / "shared.db"
    old = sqlite3.connect(path, isolation_level=None)
    for step in STEPS[:brought_up]:
        old.executescript(step)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute(f"PRAGMA user_version = {brought_up}")
    with Log(path) as log:
        log.append([entry("mine", "X")])
        for number, codes in enumerate((["X", "Y"], [])):
            its = entry(f"old{number}", *codes)
            old.execute("BEGIN IMMEDIATE")
            values = (its.item.id, 0, content_of(its.item), stamp(its.known), None, "Post", None, len(codes))
            done = old.execute(OF_VERSION_2[0], (*values, encode(its.item), encode(its.verdict)))
            assert done.rowcount == 1
            old.execute(OF_VERSION_2[1], (done.lastrowid, its.item.body))
            old.executemany(OF_VERSION_2[2], [(code, done.lastrowid) for code in codes])
            old.execute("COMMIT")
        assert (about(log, "X"), about(log, "Y")) == (["mine#0", "old0#0"], ["old0#0"])
    old.close()


def test_what_an_older_version_left_out_is_added_when_the_store_is_brought_up(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as db:
        for step in STEPS[:2]:
            db.executescript(step)
        db.execute("PRAGMA user_version = 2")
        with sqlite3.connect(path) as new:
            db.execute(f"PRAGMA application_id = {new.execute('PRAGMA application_id').fetchone()[0]}")
            rows = new.execute("SELECT * FROM entries").fetchall()
        db.executemany(f"INSERT INTO entries VALUES ({','.join('?' * len(rows[0]))})", rows)
        db.execute("INSERT INTO about VALUES ('Y', 1)")
    with Log(old) as log:
        assert about(log, "Y") == ["a#0", "a#1", "b#0", "b#1"]


@pytest.mark.parametrize("table", ["about", "snapshot_parts", "marks"])
def test_a_store_that_has_lost_a_table_is_refused(path: Path, table: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"DROP TABLE {table}")
    with pytest.raises(StoreError, match=f"it has lost {table}"):
        Log(path)


def test_parts_come_back_in_order_and_a_new_state_replaces_the_old(path: Path) -> None:
    with Log(path) as log:
        parts = [os.urandom(100_000), b"", b"x" * 1_000_000]
        assert log.snapshots.find("it") is None
        log.snapshots.keep("it", Snapshot("fits", 5), [packed(p) for p in parts])
        log.snapshots.keep("other", Snapshot("fits", 1), [packed(b"o")])
        assert log.snapshots.find("it") == Snapshot("fits", 5)
        assert list(log.snapshots.parts("it")) == parts
        log.snapshots.keep("it", Snapshot("fits 2", 6), [packed(b"new")])
        assert (log.snapshots.find("it"), list(log.snapshots.parts("it"))) == (Snapshot("fits 2", 6), [b"new"])
        assert list(log.snapshots.parts("other")) == [b"o"]


def test_a_state_that_could_not_be_written_whole_leaves_the_former_one(path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield packed(b"half")
        raise RuntimeError

    with Log(path) as log:
        log.snapshots.keep("it", Snapshot("fits", 5), [packed(b"old")])
        with pytest.raises(RuntimeError):
            log.snapshots.keep("it", Snapshot("fits", 6), broken())
        assert (log.snapshots.find("it"), list(log.snapshots.parts("it"))) == (Snapshot("fits", 5), [b"old"])


@pytest.mark.parametrize("part", [b"no deflate", packed(b"cut off" * 1000)[:-9], packed(b"\0" * (1 << 27))])
def test_a_damaged_or_inflated_part_is_a_value_error(path: Path, part: bytes) -> None:
    with Log(path) as log:
        log.snapshots.keep("it", Snapshot("fits", 5), [part])
        with pytest.raises(ValueError, match="part of the snapshot"):
            list(log.snapshots.parts("it"))


def test_reports_are_read_in_bounded_parts_in_the_order_of_arrival(path: Path) -> None:
    with Log(path) as log:
        seq, seen = 0, []
        while True:
            seq, part = log.reports_after(seq, 2)
            if not part:
                break
            assert len(part) <= 2
            seen += names(part)
        assert seen == ["a#0", "b#0", "a#1", "b#1"], "an item that reports nothing is none of the ledger's"
        assert log.reports_after(seq, 2) == (seq, ())


def test_a_word_that_is_said_twice_of_a_place_is_one_row(path: Path) -> None:
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT code, count(*) FROM about GROUP BY code ORDER BY code").fetchall() == [
            ("X", 1), ("Y", 2), ("Z", 1),
        ]  # fmt: skip
    with Log(path) as log:
        log.append([replace(entry("a", "X"), known=NOW)])  # known already
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM about").fetchone() == (4,)
    assert isinstance(log.snapshots, Snapshots)
