"""Whatever is cut off, and wherever: what was decided is stored and told once, or was never decided."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.classify.classifier import Classifier
from sitmon.errors import StoreError
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.source import Source, SourceHealth
from sitmon.monitor import Monitor
from sitmon.steps import Steps
from sitmon.store.log import Log
from sitmon.subscription import Subscription

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)
POST = Source("Post", "feed", "x")


class Desk:
    """A desk that reads of one town after the other."""

    def __init__(self, area: Area, classifier: Classifier, path: Path) -> None:
        self.path = path
        self.now = NOW
        self._classifier = classifier
        self._towns = [place.name for place in area.capitals]
        self.monitor = Monitor(lambda: Log(path), lambda: Ledger(area), Alerter(area), clock=lambda: self.now)

    def towns(self) -> Iterator[str]:
        return iter(self._towns)

    async def read(self, *towns: str) -> None:
        items = [
            Item(
                f"news-{town}", "Post", f"{town} city has fallen to the Taliban, a provincial council member said.",
                published=NOW - timedelta(minutes=5), reliability="B",
            )
            for town in towns
        ]  # fmt: skip
        await self.monitor.take(items, [self._classifier.classify(i) for i in items], source=POST)

    def stored(self) -> list[str]:
        with Log(self.path) as log:
            return sorted(a.place.name for a in log.alerts() if a.place)


@pytest.fixture
def desk(area: Area, classifier: Classifier, tmp_path: Path) -> Desk:
    return Desk(area, classifier, tmp_path / "desk.db")


async def heard(updates: Subscription) -> list[str]:
    """Return the places of all alerts that are told, until the end."""
    found: list[str] = []
    async for update in updates:
        found += [a.place.name for a in update.alerts if a.place]
        if update.ended:
            break
    return found


async def after(turns: int) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)


async def cut(work: Callable[[], Any], turns: int) -> bool:
    """Begin a work and cancel it after some turns of the loop; return whether it was cut off."""
    task = asyncio.ensure_future(work())
    await after(turns)
    task.cancel()
    await asyncio.wait({task})
    return task.cancelled()


async def test_whenever_a_batch_is_cut_off_its_alerts_are_stored_and_told_once(desk: Desk) -> None:
    async with desk.monitor as monitor:
        await monitor.first_round_over()
        hearing = asyncio.ensure_future(heard(await monitor.subscribe(recent=0, alerts=False)))
        read, cuts = [], 0
        for turns, (one, two) in enumerate(zip(desk.towns(), list(desk.towns())[20:], strict=False)):
            cuts += await cut(lambda one=one, two=two: desk.read(one, two), turns)  # type: ignore[misc]
            await desk.read(one, two)  # the source is read again
            read += [one, two]
        assert cuts > 5
        await monitor.end()
        told = await asyncio.wait_for(hearing, 20)
        assert sorted(a.place.name for a in monitor.alerts if a.place) == sorted(read)
    assert desk.stored() == sorted(told) == sorted(read)


async def test_cut_off_just_before_it_is_stored_a_batch_is_stored_and_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.monitor as monitor:
        await monitor.first_round_over()
        updates = await monitor.subscribe(recent=0, alerts=False)
        await anext(updates)
        really = monitor._own.put

        async def put(*batch: Any) -> bool:
            taking.cancel()
            await after(5)
            return await really(*batch)

        monkeypatch.setattr(monitor._own, "put", put)
        taking = asyncio.ensure_future(desk.read("Kunduz"))
        with pytest.raises(asyncio.CancelledError):
            await taking
        assert [a.place.name for a in (await anext(updates)).alerts if a.place] == ["Kunduz"]
    assert desk.stored() == ["Kunduz"]


async def test_an_officers_mark_that_is_cut_off_works_or_was_never_made(desk: Desk) -> None:
    async with desk.monitor as monitor:
        await monitor.first_round_over()
        await desk.read(*desk.towns())
        for turns, alert in enumerate(monitor.alerts):
            mark = Mark(f"m{turns}", "acknowledge", alert.id, "AB", NOW)
            await cut(lambda mark=mark: monitor.mark(mark), turns)  # type: ignore[misc]
        with Log(desk.path) as log:
            made = {mark.subject for mark in log.marks()}
        assert 5 < len(made) < len(monitor.alerts)
        assert {a.id for a in monitor.alerts if a.state == "acknowledged"} == made


async def test_what_cannot_be_stored_is_not_known_and_nothing_goes_on_as_if_it_were(
    desk: Desk, area: Area, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise StoreError("desk.db", "the disk is full", may_pass=True)

    async with desk.monitor as monitor:
        await monitor.first_round_over()
        await desk.read("Herat")
        with monkeypatch.context() as patch:
            patch.setattr(Log, "append", refused)
            with pytest.raises(StoreError, match="disk is full"):
                await desk.read("Kunduz")
        assert [a.place.name for a in monitor.alerts if a.place] == ["Herat"]
        for work in (lambda: desk.read("Kunduz"), lambda: desk.read("Ghazni"), monitor.catch_up):
            with pytest.raises(StoreError, match="disk is full"):
                await work()
    assert desk.stored() == ["Herat"]
    again = Desk(area, classifier, desk.path)
    async with again.monitor:
        await again.read("Kunduz")
    assert again.stored() == ["Herat", "Kunduz"]


async def test_a_dead_source_that_cannot_be_stored_is_not_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise StoreError("desk.db", "the disk is full", may_pass=True)

    async with desk.monitor as monitor:
        await monitor.first_round_over()
        await monitor.note_health(SourceHealth("Post", "down", "no answer"))
        desk.now += timedelta(days=2)
        monkeypatch.setattr(Log, "append", refused)
        with pytest.raises(StoreError, match="disk is full"):
            await monitor.note_health(SourceHealth("Post", "down", "no answer"))
        assert monitor.alerts == ()


async def test_nobody_waits_for_a_step_that_does_not_end_and_none_begins_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitmon.steps.PATIENCE_S", 0.01)
    steps, stuck, done = Steps(), asyncio.Event(), list[str]()

    async def long() -> None:
        await stuck.wait()
        done.append("long")

    async def short() -> None:
        done.append("short")

    assert await cut(lambda: steps.do(long), 3), "left, not broken off"
    assert not steps.all_done
    later = asyncio.ensure_future(steps.do(short))
    await after(5)
    assert done == []
    stuck.set()
    await later
    assert done == ["long", "short"]
    assert steps.all_done
    stuck.clear()
    assert await cut(lambda: steps.do(long), 3)
    await steps.end()
    assert not steps.all_done
    assert done == ["long", "short"]


async def test_a_fault_in_a_step_is_raised_though_whoever_waits_was_cancelled() -> None:
    steps, go = Steps(), asyncio.Event()

    async def faulty() -> None:
        await go.wait()
        raise ZeroDivisionError

    task = asyncio.ensure_future(steps.do(faulty))
    await after(3)
    task.cancel()
    await after(1)
    go.set()
    with pytest.raises(ZeroDivisionError):
        await task
