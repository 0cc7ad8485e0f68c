"""What waits for its turn to be told: through the whole spine, over a kill, and in a replay."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.classify.classifier import Classifier
from sitmon.config import Config
from sitmon.model.item import Item
from sitmon.model.update import Update

NOON = datetime(2021, 8, 8, 12, tzinfo=UTC)
SMALL = "A roadside bomb killed one civilian and wounded 11 in Kunduz city, officials said."
MOSQUE = "A suicide bomber killed {} people near a mosque in Kabul on Sunday, officials said."


class Desk:
    """A monitor at a minute that is set, and what it has told."""

    def __init__(self, area: Area, classifier: Classifier, path: Path, **alerts: timedelta) -> None:
        self.minute = 0.0
        self._classifier = classifier
        config = Config(**alerts)  # type: ignore[arg-type]
        self.monitor = wire(config, area, store=path, clock=self.now, live=False)

    def now(self) -> datetime:
        return NOON + timedelta(minutes=self.minute)

    async def listen(self) -> AsyncIterator[Update]:
        updates = await self.monitor.subscribe(recent=0, alerts=False)
        await anext(updates)
        return updates

    async def told(self, updates: AsyncIterator[Update], minute: float, text: str = "") -> list[str]:
        """Return the titles that are told at a minute, at which something may be read."""
        self.minute = minute
        items = [Item(id=f"n{minute}", source="Post", reliability="B", published=self.now(), text=text)] if text else []
        if items:
            await self.monitor.take(items, [self._classifier.classify(i) for i in items])
        else:
            await self.monitor.catch_up()
        await self.monitor.tick()
        update = await anext(updates)
        return [a.title for a in update.alerts if a.state == "active"]


async def test_a_toll_that_keeps_rising_is_told_once_an_interval(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    desk = Desk(area, classifier, tmp_path / "desk.db", group_interval=timedelta(minutes=5))
    async with desk.monitor:
        updates = await desk.listen()
        assert await desk.told(updates, 0, MOSQUE.format(12)) == ["Kabul: suicide bombing, 12 killed"]
        assert await desk.told(updates, 1, MOSQUE.format(16)) == []
        assert await desk.told(updates, 2, MOSQUE.format(21)) == []
        assert await desk.told(updates, 4) == []
        (title,) = await desk.told(updates, 5)
        assert title == "Kabul: suicide bombing, 21 killed"
        assert await desk.told(updates, 20) == []
        assert len(desk.monitor.alerts) == 3


async def test_a_capture_and_its_concession_do_not_wait(area: Area, classifier: Classifier, tmp_path: Path) -> None:
    desk = Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=9))
    async with desk.monitor:
        updates = await desk.listen()
        claim = "The Taliban have captured Kunduz city, spokesman Zabihullah Mujahid said."
        loss = "Kunduz city has fallen to the Taliban, provincial council member Amruddin Wali told AFP."
        (first,) = await desk.told(updates, 0, claim)
        (second,) = await desk.told(updates, 1, loss)
        assert "Kunduz" in first
        assert "conceded" in second
        one, two = sorted(desk.monitor.alerts, key=lambda a: a.time)
        assert (two.fingerprint, two.updates, one.state) == (one.fingerprint, one.id, "resolved")


async def test_what_waits_is_told_at_the_end(area: Area, classifier: Classifier, tmp_path: Path) -> None:
    desk = Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5))
    async with desk.monitor:
        updates = await desk.listen()
        assert await desk.told(updates, 0, SMALL) == []
        await desk.monitor.end()
        assert [a.title for a in (await anext(updates)).alerts] == ["Kunduz: bombing, 1 killed"]


async def test_what_waits_is_told_after_a_kill_when_its_time_has_come(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    desk = Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5))
    async with desk.monitor:
        assert await desk.told(await desk.listen(), 0, SMALL) == []
    again = Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5))
    async with again.monitor:
        assert await again.monitor.undelivered() == ()
        updates = await again.listen()
        assert await again.told(updates, 4.9) == []
        assert await again.told(updates, 5.1) == [], "whoever decided it may be about to tell it"
        assert await again.told(updates, 5.3) == ["Kunduz: bombing, 1 killed"]
        assert await again.told(updates, 9) == []
        assert [a.title for a in await again.monitor.undelivered()] == ["Kunduz: bombing, 1 killed"]
    late = Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5))
    late.minute = 10
    async with late.monitor:
        assert [a.title for a in await late.monitor.undelivered()] == ["Kunduz: bombing, 1 killed"]


async def test_two_desks_on_one_store_tell_what_waited_once_each(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    one, two = (Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5)) for _ in range(2))
    async with one.monitor, two.monitor:
        ones, twos = await one.listen(), await two.listen()
        assert await one.told(ones, 0, SMALL) == []
        (waiting,) = (await one.monitor._pen.read(one.monitor._log.waiting)).values()
        assert waiting == (NOON + timedelta(minutes=5), one.monitor._turns._me), "the log says until when, and who"
        assert await two.told(twos, 1) == []
        assert await two.monitor.undelivered() == ()
        assert await one.told(ones, 5) == ["Kunduz: bombing, 1 killed"]
        assert await two.told(twos, 5.1) == ["Kunduz: bombing, 1 killed"]
        assert await one.told(ones, 9) == await two.told(twos, 9) == []


async def test_two_desks_on_one_store_pass_over_what_was_overtaken_while_it_waited(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    one, two = (Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5)) for _ in range(2))
    async with one.monitor, two.monitor:
        ones, twos = await one.listen(), await two.listen()
        assert await one.told(ones, 0, SMALL) == []
        assert await two.told(twos, 1) == []
        grown = SMALL.replace("killed one civilian", "killed 12 civilians")
        assert await one.told(ones, 2, grown) == ["Kunduz: bombing, 12 killed"]
        assert await two.told(twos, 3) == ["Kunduz: bombing, 12 killed"]
        assert await one.told(ones, 9) == await two.told(twos, 9) == []
