"""What stood on a desk is there at the next start, before its log has been read; nothing else rests on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.classify.classifier import Classifier
from sitmon.commands import desk_glance
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.picture import NEVER, Picture
from sitmon.model.source import Source
from sitmon.model.update import Update
from sitmon.monitor import Monitor
from sitmon.replay import Clock
from sitmon.store.log import Log

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)
POST = Source("Post", "feed", "x")
FALL = "Kunduz city has fallen to the Taliban, a provincial council member told the paper."


def desk(area: Area, path: Path, clock: Callable[[], datetime], *, live: bool = True) -> Monitor:
    return Monitor(lambda: Log(path), lambda: Ledger(area, forgets=True), Alerter(area), clock=clock, live=live)


async def read(monitor: Monitor, classifier: Classifier, *texts: str) -> None:
    found = [Item(t[:9], "Post", t, published=NOW - timedelta(minutes=9), reliability="B") for t in texts]
    await monitor.take(found, [classifier.classify(i) for i in found], source=POST)


def glance(path: Path, area: str = "afghanistan") -> Update:
    found = desk_glance.latest(path, area, NOW + timedelta(hours=8))
    assert found is not None
    return found


async def test_the_next_start_shows_what_the_last_desk_showed(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    path, clock = tmp_path / "log.db", Clock(NOW)
    async with desk(area, path, clock) as monitor:
        await monitor.first_round_over()
        await read(monitor, classifier, FALL, "Bread is dear again in Kabul, traders say.")
        (alert,) = [a for a in monitor.alerts if a.place is not None and a.place.name == "Kunduz"]
        await monitor.mark(Mark("m", "acknowledge", alert.id, "officer", NOW))
        await monitor.mark(Mark("h", "handover", "desk", "officer", NOW))
        updates = await monitor.subscribe(recent=0)
        told = await anext(updates)
    found = glance(path)
    assert found.kept
    assert found.picture.now == NOW
    assert found.picture.statuses.keys() == told.picture.statuses.keys()
    for code, status in told.picture.statuses.items():
        kept = found.picture.statuses[code]
        assert (kept.holder, kept.basis, kept.known_since) == (status.holder, status.basis, status.known_since)
        assert (kept.confidence, kept.origins) == (status.confidence, status.origins)
    assert found.picture.statuses["AF-KDZ/kunduz"].holder == "insurgent"
    assert next(a for a in found.alerts if a.id == alert.id).state == "acknowledged"
    assert found.handover == NOW
    assert len(found.entries) == 2
    assert found.progress is not None
    assert found.progress.total == 2


async def test_a_desk_that_is_killed_has_kept_it_some_minutes_before(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    path, clock = tmp_path / "log.db", Clock(NOW)
    async with desk(area, path, clock) as monitor:
        await monitor.first_round_over()
        await monitor.catch_up()
        assert glance(path).picture.now == NOW
        await read(monitor, classifier, FALL)
        clock.time += timedelta(minutes=1)
        await monitor.catch_up()
        assert glance(path).picture.now == NOW
        clock.time += timedelta(minutes=5)
        await monitor.catch_up()
        assert glance(path).picture.now == clock.time
        assert glance(path).picture.statuses["AF-KDZ/kunduz"].holder == "insurgent"


async def test_where_there_is_none_or_a_damaged_one_no_status_is_told(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    path = tmp_path / "log.db"
    assert desk_glance.latest(path, "afghanistan", NOW) is None
    async with desk(area, path, Clock(NOW), live=False) as replayed:
        await read(replayed, classifier, FALL)
    assert glance(path).picture.now == NEVER  # a replay's log shows no time of today
    async with desk(area, path, Clock(NOW)) as monitor:
        await monitor.first_round_over()
    assert glance(path).kept
    assert glance(path, "elsewhere").picture.now == NEVER
    with sqlite3.connect(path) as database:
        database.execute("UPDATE facts SET value = '{\"now\": 1' WHERE key = 'board of afghanistan'")
    database.close()
    found = glance(path)
    assert (found.picture.now, found.kept, len(found.entries)) == (NEVER, False, 1)


async def test_in_the_first_round_nothing_is_kept_that_holds_back(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    path = tmp_path / "log.db"
    async with desk(area, path, Clock(NOW)) as monitor:
        await read(monitor, classifier, FALL)
        await monitor.catch_up()
    assert glance(path).picture.now == NEVER


def test_an_update_without_a_picture_takes_none_away() -> None:
    first = Update(NOW, Picture(NOW), kept=True)
    later = replace(first, now=NOW + timedelta(minutes=1), picture=Picture(NEVER), kept=False)
    assert first.merged(later).picture.now == NOW
    assert first.merged(later).kept
    assert not later.merged(replace(first, kept=False)).kept
