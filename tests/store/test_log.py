"""The log: what goes in comes out equal, once, in one order, and survives what happens to files."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.errors import StoreError
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.place import PlaceRef
from sitmon.model.quote import Quote
from sitmon.model.report import Count, Mention, Report, Span
from sitmon.model.source import PollState
from sitmon.store.log import Log
from sitmon.store.schema import VERSION
from sitmon.store.telling import Telling

NOW = datetime(2021, 8, 8, 9, 40, tzinfo=UTC)
KUNDUZ = PlaceRef("AF-KDZ/kunduz", "Kunduz", "city", "AF-KDZ")


def entry(id_: str, *, text: str = "Kunduz has fallen", minutes: int = 0, reports: int = 1) -> Entry:
    item = Item(id=id_, source="Northern Post", title="News", text=text, published=NOW, reliability="C")
    found = tuple(
        Report(
            id=f"{id_}#{n}",
            item=id_,
            event_type="captured",
            modality="actual",
            place=KUNDUZ,
            holder="insurgent",
            killed=Count(1, 2, 3),
            evidence=(Span("cue", 6, 12, "Kunduz"),),
        )
        for n in range(reports)
    )
    verdict = Verdict(
        lang="en",
        places=(Mention(KUNDUZ, 6, 12),),
        reports=found,
        quotes=(Quote("It fell", "direct", 0, 7, speaker="A. Wali"),),
        provinces=("AF-KDZ",),
        event_types=("captured",),
    )
    return Entry(item, verdict, NOW + timedelta(minutes=minutes), agency="AFP")


def alert(id_: str) -> Alert:
    return Alert(
        id=id_,
        fingerprint="f" + id_,
        time=NOW,
        kind="status",
        title="Kunduz: capture claimed",
        reason="rule claim",
        severity="Severe",
        urgency="Immediate",
        certainty="Possible",
        place=KUNDUZ,
    )


def test_what_goes_in_comes_out_equal() -> None:
    with Log(":memory:") as log:
        assert log.append([entry("a"), entry("b", minutes=-5)], [alert("1")]) == (("a", 0), ("b", 0))
        assert list(log.entries()) == [entry("b", minutes=-5), entry("a")]
        assert log.entry("a") == entry("a")
        assert log.entry("none") is None
        assert log.alerts() == (alert("1"),)
        mark = Mark("m", "acknowledge", "1", "duty officer", NOW, reason="seen")
        assert log.add_mark(mark)
        assert not log.add_mark(mark)
        assert log.marks() == (mark,)
        state = PollState("Northern Post", etag='W/"x"', next_poll=NOW, seen=("a", "b"))
        log.save(state)
        assert log.load("Northern Post") == state
        assert log.load("other") is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12))
def test_an_id_is_stored_once_whatever_the_batches(ids: list[str]) -> None:
    with Log(":memory:") as log:
        for id_ in ids:
            log.append([entry(id_)])
        assert [e.item.id for e in log.entries()] == sorted(set(ids))
        assert log.count() == len(set(ids))


def test_only_entries_with_reports_and_only_what_was_known() -> None:
    with Log(":memory:") as log:
        log.append([entry("a", reports=0), entry("b", minutes=1), entry("c", minutes=9)])
        assert [e.item.id for e in log.entries(with_reports=True)] == ["b", "c"]
        assert [e.item.id for e in log.entries(known_at=NOW + timedelta(minutes=1))] == ["a", "b"]
        assert [e.item.id for e in log.latest(2)] == ["b", "c"]


def test_news_are_what_the_log_does_not_hold() -> None:
    item = entry("a").item
    with Log(":memory:") as log:
        assert log.news([item, item]) == (item,)
        log.append([entry("a")])
        assert log.news([item]) == ()
        assert log.news([replace(item, text=item.text + "  ")]) == ()  # space is no news
        changed = replace(item, text="Kunduz has not fallen")
        (second,) = log.news([changed])
        assert second.revision == 1
        log.append([replace(entry("a"), item=second)])
        assert log.news([item]) == ()  # a page that flaps back is no third revision
        assert log.news([replace(item, text="Kunduz has not f\ufffdllen")]) == ()  # damage is no news
        assert log.news([replace(item, text="Told otherwise", source="Other Post")]) == ()
        withdrawn = log.news([replace(changed, withdrawn=True)])
        assert [i.revision for i in withdrawn] == [2]
        newest = log.entry("a")
        assert newest is not None
        assert newest.item == second


def test_an_alert_is_delivered_once(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Log(path) as log:
        log.append([], [alert("1"), alert("2")])
        log.delivered(["1"])
    with Log(path) as log:
        assert [a.id for a in log.alerts(undelivered=True)] == ["2"]
        log.append([], [alert("1")])  # the same alert again
        assert [a.id for a in log.alerts()] == ["1", "2"]


def test_when_an_alert_was_given_out_again_stays(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Log(path) as log:
        log.append([], [alert("1"), alert("2")])
        assert log.repeats() == {}
        log.repeated(["1"], NOW)
        log.repeated(["1", "unknown"], NOW + timedelta(hours=4))
    with Log(path) as log:
        log.append([], [alert("1")])  # the same alert again
        assert log.repeats() == {"1": NOW + timedelta(hours=4)}


def test_search_takes_any_text_as_words() -> None:
    with Log(":memory:") as log:
        log.append([entry("a", text="Kunduz airport held"), entry("b", text="Herat quiet")])
        assert [e.item.id for e in log.search("airport kunduz")] == ["a"]
        assert [e.item.id for e in log.search("air*")] == ["a"]
        assert [e.item.id for e in log.search('"airport held"')] == ["a"]
        assert log.search('"held airport"') == ()
        assert log.search("") == ()
        for odd in ('"', "AND OR NOT (", "a:b", "NEAR(", "*", "-herat ^x", '""" *'):
            log.search(odd)


def test_entries_and_their_alerts_are_stored_together_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Log(path) as log:
        bad = replace(entry("b"), known=None)  # type: ignore[arg-type]
        with pytest.raises(AttributeError):
            log.append([entry("a"), bad], [alert("1")])
        assert log.count() == 0
        assert log.alerts() == ()
        log.append([entry("a")], [alert("1")])
    with Log(path, read_only=True) as log:
        assert log.count() == 1


def test_two_writers_on_one_store(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Log(path) as one, Log(path) as two:
        before = one.version()
        two.add_mark(Mark("m", "note", "1", "x", NOW))
        assert one.version() != before
        one.append([entry("a")])
        two.append([entry("a"), entry("b")])
        assert one.count() == two.count() == 2


def test_two_processes_with_other_words_of_one_post_lose_neither(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    base = entry("a")
    corrected = [replace(base, item=replace(base.item, revision=1, text=word)) for word in ("one", "two")]
    with Log(path) as first, Log(path) as second:
        first.append([base])
        assert [first.append([corrected[0]]), second.append([corrected[1]])] == [(("a", 1),), (("a", 2),)]
        assert second.append([corrected[1]]) == (("a", 2),), "the same again is not new"
        assert [(e.item.revision, e.item.text) for e in first.entries()][1:] == [(1, "one"), (2, "two")]


def test_words_that_were_known_before_others_are_not_the_newest_whoever_wrote_last(tmp_path: Path) -> None:
    captured, corrected = entry("a", text="captured"), entry("a", text="no, it was not captured", minutes=10, reports=0)
    with Log(tmp_path / "a.db") as one, Log(tmp_path / "a.db") as held:
        one.append([corrected])
        assert held.append([captured]) == (("a", 1),), "it waited ten minutes to be stored"
        newest = one.entry("a")
        assert newest is not None
        assert (newest.item.body, newest.known) == (corrected.item.body, corrected.known)
        count = one.count()
        assert (held.append([captured]), one.append([corrected])) == ((("a", 1),), (("a", 0),))
        assert one.count() == count, "twice is no harm"
        before = list(one.entries(known_at=captured.known))
        assert [e.item.body for e in before] == [captured.item.body]
        assert [e.item.body for e in one.reports_after(0, 9)[1]][-1] == corrected.item.body, "a ledger is told last"


def test_what_waits_to_be_told_says_until_when_and_who_tells_it(tmp_path: Path) -> None:
    with Log(tmp_path / "log.db") as log:
        log.append([], [alert("a"), alert("b"), alert("c")], Telling({"b": NOW, "c": NOW}, "me"))
        assert log.waiting() == {"b": (NOW, "me"), "c": (NOW, "me")}
        log.released(["b"])
        assert set(log.waiting()) == {"c"}
        assert {a.id for a in log.alerts(undelivered=True)} == {"a", "b", "c"}, "it is not told yet"
        log.append([], [], Telling(passed=("c",)))
        assert log.waiting() == {}
        assert {a.id for a in log.alerts(undelivered=True)} == {"a", "b"}


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Log(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer sitmon"):
        Log(path)
    assert path.read_bytes() == before


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to look at " * 40)
    with pytest.raises(StoreError, match=r"no sitmon store"):
        Log(text)
    other = tmp_path / "other.db"
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE t (x)")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="another program"):
        Log(other)
    with pytest.raises(StoreError, match="no store here yet"):
        Log(tmp_path / "none.db", read_only=True)
    with pytest.raises(StoreError):
        Log(tmp_path)  # a folder


def test_a_full_disk_is_said_and_nothing_is_half_stored(tmp_path: Path) -> None:
    with Log(tmp_path / "desk.db") as log:
        log.append([entry("a")])
        pages = log._database._db.execute("PRAGMA page_count").fetchone()[0]
        log._database._db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError, match="disk is full"):
            log.append([entry(f"x{n}", text="long " * 500) for n in range(40)], [alert("1")])
        log._database._db.execute("PRAGMA max_page_count = 1000000")
        assert log.count() == 1
        assert log.alerts() == ()
        log.append([entry("b")])
        assert log.count() == 2


def test_a_locked_store_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.db"
    with Log(path) as log:
        log._database._db.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process holds the store"):
            log.append([entry("a")])
        other.execute("ROLLBACK")
        other.close()
        assert log.append([entry("a")]) == (("a", 0),)


def test_however_many_are_asked_for_no_statement_binds_more_than_old_builds_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitmon.store.database.MOST_BOUND", 3)
    given = [entry(str(n)) for n in range(10)]
    with Log(tmp_path / "a.db") as log:
        log._database._db.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 10)  # that of an INSERT
        log.append(given)
        log._database._db.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 3)
        items = [e.item for e in (*given, entry("new"))]
        assert [item.id for item in log.news(items)] == ["new"]
        assert log.numbered(range(10, 0, -1)) == tuple(given)
        assert log.again.about(KUNDUZ.code, after=0, limit=100) == (None, tuple(given))


def test_alerts_and_marks_are_given_from_where_one_has_read_to(tmp_path: Path) -> None:
    def mark(name: str) -> Mark:
        return Mark(name, "note", "AF-KDZ/kunduz", "AB", NOW)

    with Log(tmp_path / "a.db") as log:
        assert log.alerts_after(0) == log.marks_after(0) == (0, ())
        log.append([], [alert("a"), alert("b")])
        log.add_mark(mark("m"))
        upto, found = log.alerts_after(0)
        assert found == log.alerts()
        assert log.alerts_after(upto) == (upto, ())
        log.append([], [alert("b"), alert("c")])
        assert [a.id for a in log.alerts_after(upto)[1]] == ["c"]
        known, marks = log.marks_after(0)
        assert [m.id for m in marks] == ["m"]
        log.add_mark(mark("n"))
        assert [m.id for m in log.marks_after(known)[1]] == ["n"]
