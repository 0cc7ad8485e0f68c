"""Updates in, scenes out: each entry once and in its place, nothing lost over a pause, counts where they belong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitmon.area import Area
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.picture import NEVER, Picture
from sitmon.model.quote import Quote
from sitmon.model.update import Update
from sitmon.views.tui.stage import Stage
from sitmon.views.tui.window import Window, when

Make = Callable[..., Entry]
NOW = datetime(2021, 8, 8, 16, 42, tzinfo=UTC)


def test_entries_stand_once_by_time_in_whatever_order_they_come(area: Area, make_entry: Make) -> None:
    entries = [make_entry(n, "Kabul Ledger", 500 - 7 * n, f"e{n}") for n in range(50)]
    shuffled = entries + entries[:10]
    random.Random(4).shuffle(shuffled)
    stage = Stage(area)
    for e in shuffled:
        stage.add([e])
    assert [e.item.id for e in stage.scene().entries] == [e.item.id for e in sorted(entries, key=when)]


def test_what_comes_while_paused_waits_and_is_not_lost(area: Area, port: Any, make_entry: Make) -> None:
    stage = Stage(area)
    stage.take(port.last)
    stage.pause(True)
    for n in (20, 21):
        stage.take(replace(port.last, alerts=(), entries=(make_entry(n, "Kabul Ledger", 1, "later"),)))
    assert stage.scene().pending == 2
    assert len(stage.scene().entries) == 6
    stage.pause(False)
    assert stage.scene().pending is None
    assert len(stage.scene().entries) == 8


def test_an_alert_that_changed_stands_once(area: Area, port: Any) -> None:
    stage = Stage(area)
    stage.take(port.last)
    changed = replace(port.alerts["alert-2"], state="acknowledged")
    stage.take(replace(port.last, alerts=(changed,), entries=()))
    scene = stage.scene()
    assert [a.id for a in scene.alerts] == ["alert-1", "alert-2", "alert-3", "alert-4"]
    assert [a.id for a in scene.unacknowledged] == ["alert-3", "alert-4"]


def test_the_oldest_are_let_go_and_can_come_back(area: Area, make_entry: Make) -> None:
    stage = Stage(area, keep=20)
    entries = [make_entry(n, "Kabul Ledger", 500 - n, f"e{n}") for n in range(40)]
    stage.add(entries)
    stage.trim()
    assert [e.item.title for e in stage.scene().entries] == [f"e{n}" for n in range(20, 40)]
    assert stage.older(entries[18:20])
    assert len(stage.scene().entries) == 22
    assert not stage.older(entries[18:20])


def test_who_reads_far_back_has_the_newest_let_go_and_gets_them_again(area: Area, make_entry: Make) -> None:
    stage = Stage(area, keep=100)
    entries = [make_entry(n, "Kabul Ledger", 5000 - n, f"e{n}") for n in range(1000)]
    stage.add(entries[-50:])
    for start in range(900, -1, -50):
        assert stage.older(entries[start : start + 50])
        assert len(stage.scene().entries) <= 110
    scene = stage.scene()
    assert scene.entries[0].item.title == "e0"
    assert len(scene.entries) + scene.beyond == 1000
    stage.add([make_entry(2000, "Kabul Ledger", 1, "newest")])
    assert stage.scene().beyond == scene.beyond + 1
    assert stage.scene().entries[-1].item.title != "newest"
    stage.newest(entries[-50:])
    assert [e.item.title for e in stage.scene().entries] == [f"e{n}" for n in range(950, 1000)]
    assert stage.scene().beyond == 0


def test_what_is_loaded_again_is_not_counted_again(area: Area, make_entry: Make) -> None:
    quote = Quote("We hear it.", "direct", 0, 11, "A. Wali", None, None, "said", "AF-KDZ")
    entries = [
        make_entry(n, "Kabul Ledger", 60 - n, "Clash in Kunduz", code="AF-KDZ/kunduz", event="clash", cue="Clash",
                   quotes=(quote,))
        for n in range(10)
    ]  # fmt: skip
    stage = Stage(area, keep=100)
    stage.add(entries)
    stage.newest(entries[-5:])
    stage.older(entries[:5])
    stage.look_at(Picture(NOW), entries)
    assert sum(stage.present().tally.bars("reports", NOW, 24)) == 10
    assert len(stage.present().quotes) == 10


def test_what_is_older_than_a_day_is_neither_counted_nor_remembered_until_it_is_looked_at(
    area: Area, port: Any, make_entry: Make
) -> None:
    quote = Quote("We hear it.", "direct", 0, 11, "A. Wali", None, None, "said", "AF-KDZ")
    old = [
        make_entry(n, "Kabul Ledger", 60 * 24 * 9 + n, "Clash in Kunduz", code="AF-KDZ/kunduz", event="clash",
                   cue="Clash", quotes=(quote,))
        for n in range(1000, 1300)
    ]  # fmt: skip
    stage = Stage(area, quotes=50)
    stage.take(port.last)
    before = stage.scene()
    held, counted = [s.entry.item.id for s in before.quotes], len(stage._counted)
    stage.older(old[::-1])
    stage.older(old[::-1])
    assert len(stage._counted) == counted
    quotes = stage.scene().quotes
    assert len(quotes) == 50
    assert [s.entry.item.id for s in quotes][-len(held) :] == held
    assert len({(s.entry.item.id, s.number) for s in quotes}) == 50
    then = port.time - timedelta(days=9)
    stage.look_at(replace(port.last.picture, now=then), old)
    past = stage.scene()
    assert sum(past.tally.bars("reports", then, 24)) == 300
    assert len(past.quotes) == 50
    assert all(s.entry.known <= then for s in past.quotes)
    stage.look_at(None)
    assert sum(stage.scene().tally.bars("reports", port.time, 24)) == 4


@given(st.lists(st.tuples(st.integers(0, 300), st.booleans()), max_size=80), st.integers(1, 30))
def test_a_window_is_sorted_holds_each_once_and_stays_small(steps: list[tuple[int, bool]], keep: int) -> None:
    window = Window(keep)
    for minute, back in steps:
        item = Item(id=f"i{minute}", source="S", title="t", text="", published=NOW + timedelta(minutes=minute))
        entry = Entry(item, Verdict("en"), known=NOW)
        if back:
            window.extend_back([entry])
        else:
            window.put(entry)
            window.trim()
        times = [when(e) for e in window.entries]
        assert times == sorted(set(times))
        assert window.beyond or len(window.entries) <= keep + keep // 10


def test_the_clock_never_goes_back(area: Area, port: Any) -> None:
    stage = Stage(area)
    stage.take(port.last)
    stage.take(replace(port.last, now=port.last.now - timedelta(hours=1), alerts=(), entries=()))
    assert stage.scene().now == port.last.now


def test_reports_claims_and_confirmations_are_counted_at_their_time(area: Area, port: Any) -> None:
    stage = Stage(area)
    stage.take(port.last)
    stage.take(port.last)
    scene = stage.scene()
    assert sum(scene.tally.bars("reports", scene.now, 24)) == 4
    assert sum(scene.tally.bars("claims", scene.now, 24)) == 1
    assert sum(scene.tally.bars("confirmed", scene.now, 24)) == 1
    assert scene.tally.bars("claims", scene.now, 24)[-1] == 1
    assert sum(scene.tally.place_bars("AF-KDZ", scene.now, 12)) == 1
    assert sum(scene.tally.bars("reports", scene.now + timedelta(days=3), 24)) == 0


def test_every_capital_has_a_status_once_there_is_a_picture(area: Area) -> None:
    stage = Stage(area)
    stage.take(Update(NOW, Picture(NEVER)))  # the newest items, shown while the log is still being read
    assert stage.scene().statuses == ()
    stage.take(Update(NOW, Picture(NOW)))
    statuses = stage.scene().statuses
    assert len(statuses) == len(area.capitals) == 34
    assert {s.holder for s in statuses} == {"unknown"}
