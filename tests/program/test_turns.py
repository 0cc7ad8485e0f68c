"""What waits for its turn to be told: through the whole spine, over a kill, and in a replay."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitmon import area_files
from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.classify.classifier import Classifier
from sitmon.config import Config
from sitmon.model.item import Item
from sitmon.model.update import Update

NOON = datetime(2021, 8, 8, 12, tzinfo=UTC)
MOSQUE = "A suicide bomber killed {} people near a mosque in Kabul on Sunday, officials said."


@pytest.fixture(scope="module")
def area() -> Area:
    return area_files.load(area_files.find("afghanistan"))


@pytest.fixture(scope="module")
def classifier(area: Area) -> Classifier:
    return Classifier(area)


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


async def test_what_waits_is_told_after_a_kill_and_at_the_end(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    text = "A roadside bomb killed one civilian and wounded 11 in Kunduz city, officials said."
    desk = Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5))
    async with desk.monitor:
        updates = await desk.listen()
        assert await desk.told(updates, 0, text) == []
        owed = await desk.monitor.undelivered()
    again = Desk(area, classifier, tmp_path / "desk.db", group_wait=timedelta(minutes=5))
    async with again.monitor:
        assert [a.id for a in await again.monitor.undelivered()] == [a.id for a in owed]
    other = Desk(area, classifier, tmp_path / "other.db", group_wait=timedelta(minutes=5))
    async with other.monitor:
        updates = await other.listen()
        assert await other.told(updates, 0, text) == []
        await other.monitor.end()
        assert [a.id for a in (await anext(updates)).alerts] == [a.id for a in owed]
