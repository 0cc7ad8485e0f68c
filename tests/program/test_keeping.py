"""A desk that starts again from its kept state shows what a fold of the whole log shows, and never trusts a bad one."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon import keeping
from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.classify.classifier import Classifier
from sitmon.errors import StoreError
from sitmon.meaning import meaning
from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture
from sitmon.model.source import Source
from sitmon.monitor import FIRST_ROUND, Monitor
from sitmon.store.log import Log

NAME = "picture of afghanistan"
NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)
TOWNS = ("Kunduz", "Herat", "Ghazni", "Taloqan", "Farah", "Zaranj")
SAYINGS = (
    "The Taliban said on Saturday that they had captured {} city.",
    "{} city has fallen to the Taliban, a provincial council member told the paper.",
    "The governor of {} denied that the city had fallen to the Taliban.",
    "Fighting was going on inside {} city, residents said.",
)
NEWS = tuple(saying.format(town) for saying in SAYINGS for town in TOWNS)
POST = Source("Post", "feed", "x")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few entries are worth keeping, and the log is read in several parts."""
    monkeypatch.setattr(keeping, "WORTH", 5)
    monkeypatch.setattr(keeping, "PART", 7)


def desk(area: Area, path: Path) -> Monitor:
    return Monitor(lambda: Log(path), lambda: Ledger(area, forgets=True), Alerter(area), clock=lambda: NOW)


async def read(monitor: Monitor, classifier: Classifier, texts: tuple[str, ...], *, first: int = 0) -> None:
    found = [
        Item(f"news-{n}", "Post", text, published=NOW - timedelta(minutes=99 - n), reliability="B")
        for n, text in enumerate(texts, first)
    ]
    await monitor.take(found, [classifier.classify(i) for i in found], source=POST)


async def picture(monitor: Monitor) -> Picture:
    updates = await monitor.subscribe(recent=0)
    return (await anext(updates)).picture


async def folded(area: Area, path: Path) -> Picture:
    """What a desk shows that knows of no kept state."""
    async with Monitor(lambda: Log(path), lambda: Ledger(area), Alerter(area), clock=lambda: NOW) as plain:
        return await picture(plain)


def rewrite(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute(statement)


def refused(*_: object) -> None:
    raise StoreError("desk.db", "the store is read-only", may_pass=True)


async def filled(area: Area, classifier: Classifier, path: Path) -> None:
    """Fill a log, with an override of the desk, and leave it in order."""
    async with desk(area, path) as monitor:
        await monitor.first_round_over()
        await read(monitor, classifier, NEWS)
        data = (("holder", "government"), ("reason", "seen by our own"))
        assert await monitor.mark(Mark("m1", "override", "AF-FRA/farah", "AB", NOW, data=data))


async def test_a_clean_end_leaves_a_state_from_which_the_next_start_begins(
    area: Area, classifier: Classifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    await filled(area, classifier, path)
    with Log(path) as log:
        kept = log.snapshots.find(NAME)
        assert kept is not None
        assert kept.fits == f"{meaning()} {Ledger(area).fits}"
    given: list[int] = []
    really = Ledger.extending

    def extending(self: Ledger, entries: tuple[Entry, ...]) -> Any:
        given.append(len(entries))
        return really(self, entries)

    monkeypatch.setattr(Ledger, "extending", extending)
    async with desk(area, path) as again:
        shown = await picture(again)
        # What came since the log was looked at last is folded again, which changes nothing.
        assert sum(given) <= len(NEWS)
        await read(
            again, classifier, tuple(f"The Taliban captured {t} city, they said." for t in ("Qala-i-Naw",)), first=50
        )
        later = await picture(again)
    given.clear()
    async with desk(area, path) as third:
        assert await picture(third) == later
        assert sum(given) <= 1
    monkeypatch.undo()
    assert shown.statuses["AF-FRA/farah"].holder == "government"
    assert later == await folded(area, path)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE snapshots SET fits = 'another area'",
        "UPDATE snapshot_parts SET body = x'00' WHERE part = 1",
        "UPDATE snapshot_parts SET body = substr(body, 1, length(body) / 2) WHERE part = 0",
        "DELETE FROM snapshot_parts WHERE part = 0",
        "UPDATE snapshot_parts SET body = (SELECT body FROM snapshot_parts WHERE part = 1) WHERE part = 0",
        "DELETE FROM snapshots",
    ],
)
async def test_a_state_that_does_not_fit_is_no_trouble(
    area: Area, classifier: Classifier, tmp_path: Path, harm: str
) -> None:
    path = tmp_path / "a.db"
    await filled(area, classifier, path)
    before = await folded(area, path)
    rewrite(path, harm)
    async with desk(area, path) as again:
        assert await picture(again) == before
    with Log(path) as log:  # and it has been made anew
        kept = log.snapshots.find(NAME)
        assert kept is not None
        assert kept.fits == f"{meaning()} {Ledger(area).fits}"


async def test_killed_before_it_was_kept_the_rest_of_the_log_is_folded(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    await filled(area, classifier, path)
    killed = desk(area, path)
    await killed.__aenter__()
    await read(killed, classifier, ("The Taliban captured Sheberghan city, a council member said.",), first=70)
    last = await picture(killed)
    await killed._pen.close()  # no clean end
    async with desk(area, path) as again:
        assert await picture(again) == last


async def test_a_full_disk_costs_the_state_and_nothing_else(area: Area, classifier: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    async with desk(area, path) as monitor:
        await monitor.first_round_over()
        await read(monitor, classifier, NEWS)
        await monitor._pen.read(monitor._log._database._db.execute, "PRAGMA max_page_count = 1")
    with Log(path) as log:
        assert log.snapshots.find(NAME) is None
        assert log.count() == len(NEWS)
    async with desk(area, path) as again:
        assert await picture(again) == await folded(area, path)


async def test_a_desk_killed_in_its_first_round_keeps_no_state(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    async with desk(area, path) as monitor:
        await read(monitor, classifier, NEWS)
    with Log(path) as log:
        assert log.fact(FIRST_ROUND) == "open"
        assert log.snapshots.find(NAME) is None


async def test_a_batch_that_is_cut_short_is_kept_as_far_as_it_was_stored_and_no_further(
    area: Area, classifier: Classifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    monkeypatch.setattr("sitmon.answering.BREATH_S", 0.0)  # it can be cut short after every entry
    async with desk(area, path) as monitor:
        await monitor.first_round_over()
        await read(monitor, classifier, NEWS[:12], first=100)
        taking = asyncio.ensure_future(read(monitor, classifier, NEWS[12:]))
        for _ in range(200):
            if monitor._situation._at_work:
                break
            await asyncio.sleep(0.001)
        taking.cancel()
        assert isinstance((await asyncio.gather(taking, return_exceptions=True))[0], asyncio.CancelledError)
    with Log(path) as log:
        assert 12 <= log.count() < len(NEWS)
        assert log.snapshots.find(NAME) is not None
    async with desk(area, path) as again:
        assert await picture(again) == await folded(area, path)


async def test_a_batch_that_could_not_be_stored_is_in_no_kept_state(
    area: Area, classifier: Classifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    async with desk(area, path) as monitor:
        await monitor.first_round_over()
        await read(monitor, classifier, NEWS[:12], first=100)
        monkeypatch.setattr(Log, "append", refused)
        with pytest.raises(StoreError):
            await read(monitor, classifier, NEWS[12:])
        monkeypatch.undo()
    with Log(path) as log:
        assert log.count() == 12
        assert log.snapshots.find(NAME) is None


async def test_another_process_corrects_an_item_that_was_let_go(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    first = "Kunduz city has fallen to the Taliban, a provincial council member told the paper."
    more = tuple(f"Fighting was going on inside Herat city, resident number {n} said." for n in range(30))
    async with desk(area, path) as monitor:
        await monitor.first_round_over()
        await read(monitor, classifier, (first,))
        await read(monitor, classifier, more, first=1)
        assert (await picture(monitor)).statuses["AF-KDZ/kunduz"].holder == "insurgent"
        assert await monitor._answering.done(monitor._situation._ledger.letting_go(keep=5))
        async with desk(area, path) as other:
            await read(other, classifier, ("CORRECTION: nothing happened. We regret the error.",))
        await monitor.catch_up()
        shown = await picture(monitor)
    assert shown.statuses["AF-KDZ/kunduz"].holder == "government"
    assert shown.statuses == (await folded(area, path)).statuses


async def test_two_areas_on_one_store_keep_a_state_each(area: Area, classifier: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    await filled(area, classifier, path)
    async with desk(replace(area, id="elsewhere"), path):
        pass
    with Log(path) as log:
        kept = [log.snapshots.find(f"picture of {name}") for name in ("afghanistan", "elsewhere")]
    assert all(kept)
    assert len({k.fits for k in kept if k}) == 2


def test_any_change_of_the_code_that_draws_the_picture_is_another_meaning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = {"sitmon.assess": tmp_path / "assess", "sitmon.model": tmp_path / "model"}
    for room in rooms.values():
        room.mkdir()
        (room / "rules.py").write_text("DAYS = 1")
    monkeypatch.setattr("sitmon.meaning.files", rooms.__getitem__)
    found = {meaning.__wrapped__()}
    (tmp_path / "assess" / "notes.txt").write_text("no code")
    assert meaning.__wrapped__() in found
    for room in rooms.values():
        (room / "rules.py").write_text("DAYS = 2")
        found.add(meaning.__wrapped__())
    assert len(found) == 3
    assert meaning.__wrapped__() == meaning.__wrapped__()
