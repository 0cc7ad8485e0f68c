"""What the ledger has let go of is read again through the whole spine: in slices, through trouble, to valid states."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon import keeping
from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess import why
from sitmon.assess.asking import OfPlace, Part, Wanted
from sitmon.assess.change import LetGoError
from sitmon.assess.chronicle import Chronicle
from sitmon.assess.ledger import Ledger
from sitmon.classify.classifier import Classifier
from sitmon.errors import StoreError
from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture
from sitmon.model.source import Source, SourceHealth
from sitmon.model.update import Progress
from sitmon.monitor import THE_LOG, Monitor
from sitmon.store.again import Again
from sitmon.store.log import Log
from sitmon.subscription import Subscription

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)
POST = Source("Post", "feed", "x")
FALL = "Kunduz city has fallen to the Taliban, a provincial council member told the paper."
SORRY = "CORRECTION: nothing happened. We regret the error."
FIGHTS = tuple(f"Fighting was going on inside Kunduz city, resident number {n} said." for n in range(40))


class Desk:
    """A desk on one store; `told` is what it said while nobody listened."""

    def __init__(self, area: Area, classifier: Classifier, path: Path) -> None:
        self._area, self._classifier, self._path = area, classifier, path
        self.now = NOW
        self.told: list[SourceHealth] = []
        self.read: list[Progress | None] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Monitor]:
        monitor = Monitor(
            lambda: Log(self._path),
            lambda: Ledger(self._area, forgets=True),
            Alerter(self._area),
            clock=lambda: self.now,
            hold=True,
            unheard=self.told.append,
            reading=self.read.append,
        )
        monitor._pen._try_again_s = 0.01
        async with monitor:
            yield monitor

    async def take(self, monitor: Monitor, texts: Iterable[str], *, first: int = 0) -> None:
        for n, text in enumerate(texts, first):
            self.now += timedelta(minutes=1)
            item = Item(f"news-{n}", "Post", text, published=self.now - timedelta(minutes=5), reliability="B")
            await monitor.take([item], [self._classifier.classify(item)], source=POST)

    async def folded(self) -> Picture:
        """What a desk shows that lets go of nothing."""
        async with Monitor(
            lambda: Log(self._path), lambda: Ledger(self._area), Alerter(self._area), clock=lambda: self.now
        ) as plain:
            return await shown(plain)

    async def explained(self) -> why.Why | None:
        """Why Kunduz has its status, of a ledger that lets go of nothing."""
        async with Monitor(
            lambda: Log(self._path), lambda: Ledger(self._area), Alerter(self._area), clock=lambda: self.now
        ) as plain:
            return await plain.explain("AF-KDZ/kunduz")


@pytest.fixture
def desk(area: Area, classifier: Classifier, tmp_path: Path) -> Desk:
    return Desk(area, classifier, tmp_path / "desk.db")


async def shown(monitor: Monitor) -> Picture:
    return (await anext(await monitor.subscribe(recent=0))).picture


async def let_go(monitor: Monitor, keep: int) -> bool:
    return await monitor._answering.done(monitor._situation._ledger.letting_go(keep))


class Turns:
    """Counts how often others have their turn on the loop."""

    def __init__(self) -> None:
        self.count = 0

    async def run(self) -> None:
        while True:
            self.count += 1
            await asyncio.sleep(0)


@asynccontextmanager
async def counting() -> AsyncIterator[Turns]:
    turns = Turns()
    task = asyncio.ensure_future(turns.run())
    yield turns
    task.cancel()


async def test_trouble_of_the_log_in_a_recall_is_waited_for_and_no_alert_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 2
    for name in ("versions", "about"):
        really = getattr(Again, name)

        def troubled(self: Again, *args: Any, _really: Any = really, **kwargs: Any) -> Any:
            nonlocal failures
            if failures:
                failures -= 1
                raise StoreError("desk.db", "another process holds the store", may_pass=True)
            return _really(self, *args, **kwargs)

        monkeypatch.setattr(Again, name, troubled)
    async with desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
        assert await let_go(monitor, 5)
        updates = await monitor.subscribe(recent=0, alerts=False)
        await anext(updates)
        await desk.take(monitor, (SORRY,))
        update = await anext(updates)
        assert failures == 0
        assert "was withdrawn" in next(a.title for a in update.alerts if a.state == "active")
        assert [h.health for h in update.health if h.source == THE_LOG] == ["ok"]
        assert (await shown(monitor)).statuses == (await desk.folded()).statuses


async def test_others_have_their_turn_while_a_long_past_is_recalled_and_see_a_whole_picture(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitmon.answering.BREATH_S", 0.0)
    monkeypatch.setattr("sitmon.answering.PART", 4)
    async with desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
        assert await let_go(monitor, 5)
        before = (await shown(monitor)).statuses["AF-KDZ/kunduz"]
        seen: list[str] = []
        taking = asyncio.ensure_future(desk.take(monitor, (SORRY,)))
        async with counting() as turns:
            while not taking.done():
                await monitor.tick()
                status = monitor._situation.picture(NOW).statuses["AF-KDZ/kunduz"]
                seen.append(f"{status.holder} {status.pressure}")
                await asyncio.sleep(0)
        await taking
        assert turns.count > len(FIGHTS)
        assert len(set(seen)) == 2
        assert set(seen) <= {f"{before.holder} {before.pressure}", "government fighting_inside"}
        found = await monitor.explain("AF-KDZ/kunduz")
        assert found is not None
        assert found.earlier == 0, "the place was recalled whole"


async def test_a_why_that_is_closed_in_the_midst_of_its_work_leaves_the_board_alive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitmon.answering.BREATH_S", -1.0)
    async with desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
        for turns in (1, 5, 20, 60):
            asking = asyncio.ensure_future(monitor.explain("AF-KDZ/kunduz"))
            for _ in range(turns):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        word = (("holder", "contested"),)
        await monitor.mark(Mark("m", "override", "AF-KDZ/kunduz", "Desk", desk.now, reason="own eyes", data=word))
        assert (await shown(monitor)).statuses["AF-KDZ/kunduz"].holder == "contested"


async def test_what_comes_in_does_not_wait_for_a_why_and_does_not_disturb_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitmon.answering.PART", 4)
    async with desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
        assert await let_go(monitor, 5)
        whole = await desk.explained()
        really = why.explain

        def needs_all(chronicle: Chronicle, *args: Any) -> why.Why:
            if chronicle.gone:
                raise LetGoError
            return really(chronicle, *args)

        monkeypatch.setattr(why, "explain", needs_all)
        reached, go_on = asyncio.Event(), asyncio.Event()
        answer = monitor._answering._answer

        async def held(wanted: Wanted | None) -> Part | None:
            if asyncio.current_task() is asking and isinstance(wanted, OfPlace) and wanted.after:
                reached.set()
                await go_on.wait()
            return await answer(wanted)

        monkeypatch.setattr(monitor._answering, "_answer", held)
        asking = asyncio.ensure_future(monitor.explain("AF-KDZ/kunduz"))
        await reached.wait()
        async with asyncio.timeout(20):
            await desk.take(monitor, (SORRY,))  # the ledger recalls the same place meanwhile
            await monitor.mark(Mark("n", "note", "AF-KDZ/kunduz", "Desk", desk.now))
        assert (await shown(monitor)).statuses["AF-KDZ/kunduz"].holder == "government"
        assert not asking.done()
        await let_go(monitor, 2)
        go_on.set()
        assert await asking == whole != await desk.explained(), "as of when it was asked"
        assert (await shown(monitor)).statuses == (await desk.folded()).statuses


async def test_whoever_takes_is_cancelled_after_the_work_not_in_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitmon.answering.BREATH_S", -1.0)
    monkeypatch.setattr("sitmon.answering.PART", 4)
    async with desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
        assert await let_go(monitor, 5)
        taking = asyncio.ensure_future(desk.take(monitor, (SORRY,)))
        for _ in range(1000):
            if monitor._situation._at_work:
                break
            await asyncio.sleep(0.001)
        assert monitor._situation._at_work
        for _ in range(3):
            taking.cancel()
            await asyncio.sleep(0)
        await asyncio.wait({taking}, timeout=20)
        assert taking.cancelled()
        assert monitor._situation.picture(desk.now).statuses["AF-KDZ/kunduz"].holder == "government"


async def test_a_state_that_is_kept_after_a_recall_is_taken_at_the_next_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "WORTH", 5)
    async with desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
        assert await let_go(monitor, 5)
        await desk.take(monitor, (SORRY,))
    desk.read.clear()
    given: list[tuple[Entry, ...]] = []
    really = Ledger.extending

    def extending(self: Ledger, entries: tuple[Entry, ...]) -> Any:
        given.append(entries)
        return really(self, entries)

    monkeypatch.setattr(Ledger, "extending", extending)
    async with desk.open() as again:
        assert given == [], "nothing had to be folded anew"
        assert (await shown(again)).statuses == (await desk.folded()).statuses


async def test_a_log_that_is_read_anew_says_how_far_it_is_and_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "WORTH", 5)
    monkeypatch.setattr(keeping, "PART", 10)
    async with desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
    monkeypatch.setattr(keeping, "meaning", lambda: "other code")
    desk.read.clear()
    async with desk.open():
        pass
    told = [p for p in desk.read if p is not None]
    assert [p.done for p in told] == [10, 20, 30, 40, 41]
    assert {p.total for p in told} == {41}
    assert {p.what for p in told} == {"reading the log anew (rules changed)"}
    assert desk.read[-1] is None
    desk.read.clear()
    async with desk.open():
        assert desk.read == [None], "the new state was kept in place of the other"


async def test_killed_in_its_first_round_it_decides_again_in_slices(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitmon.answering.BREATH_S", 0.0)
    monkeypatch.setattr(keeping, "PART", 10)
    old = tuple(text.replace("was going on", "went on yesterday") for text in FIGHTS)
    async with desk.open() as monitor:
        await desk.take(monitor, (FALL, *old))
    read: list[int] = []
    really = Log.reports_after

    def reports_after(self: Log, seq: int, limit: int) -> Any:
        read.append(limit)
        return really(self, seq, limit)

    monkeypatch.setattr(Log, "reports_after", reports_after)
    monkeypatch.setattr(Log, "entries", lambda *_, **__: pytest.fail("the whole log was asked for"))
    async with counting() as turns, desk.open() as monitor:
        assert monitor._situation.in_first_round
        assert turns.count > len(FIGHTS)
        assert read == [10] * 6
        await monitor.first_round_over()
        assert [a.place.name for a in monitor.alerts if a.place] == ["Kunduz"]


async def test_a_log_that_does_not_answer_at_the_end_is_left_and_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "WORTH", 5)
    monkeypatch.setattr("sitmon.monitor.END_S", 0.05)

    def held(*_: object) -> None:
        raise StoreError("desk.db", "another process holds the store", may_pass=True)

    async with asyncio.timeout(30), desk.open() as monitor:
        await monitor.first_round_over()
        await desk.take(monitor, (FALL, *FIGHTS))
        monkeypatch.setattr(Log, "keys_after", held)
    (said,) = (h for h in desk.told if "not kept" in h.reason)
    assert said.source == THE_LOG
    assert "another process holds the store" in said.reason
    monkeypatch.undo()
    async with desk.open() as again:
        assert (await shown(again)).statuses == (await desk.folded()).statuses


async def test_two_desks_that_read_two_versions_of_one_post_at_once_agree_on_the_newer_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is about to store what it read when the other stores what it read a little later: under the same number."""

    async def put(monitor: Monitor, text: str) -> None:
        item = Item("news", "Post", text, published=NOW - timedelta(minutes=5), reliability="B")
        await monitor.take([item], [desk._classifier.classify(item)], source=POST)

    async def heard(updates: Subscription) -> list[str]:
        texts: list[str] = []
        async for update in updates:
            texts += [e.item.body for e in update.entries]
            if update.ended:
                break
        return texts

    async with desk.open() as one, desk.open() as other:
        await one.first_round_over()
        await other.first_round_over()
        hearing = asyncio.ensure_future(heard(await one.subscribe(recent=0, alerts=False)))
        really = one._own.put

        async def late(*batch: Any) -> bool:
            monkeypatch.setattr(one._own, "put", really)
            desk.now += timedelta(minutes=1)
            await put(other, SORRY)
            return await really(*batch)

        monkeypatch.setattr(one._own, "put", late)
        await put(one, FALL)
        for _ in range(2):
            await one.catch_up()
            await other.catch_up()
        pictures = [(await shown(m)).statuses for m in (one, other)]
        assert pictures[0] == pictures[1] == (await desk.folded()).statuses
        assert pictures[0]["AF-KDZ/kunduz"].holder == "government", "the correction was known later"
        (newest,) = await one.entries(["news"])
        assert newest.item.body == SORRY
        assert not one._own._own | one._own._renumbered
        await one.end()
        async with asyncio.timeout(20):
            texts = await hearing
        assert texts.count(FALL) == 1, "listed once"
        assert texts[-1] == SORRY
