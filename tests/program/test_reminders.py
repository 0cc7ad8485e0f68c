"""What is told once more, over restarts: alerts that a silence gives back, and alerts that nobody acknowledged."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.classify.classifier import Classifier
from sitmon.config import Config
from sitmon.model.alert import Alert
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.monitor import Monitor
from sitmon.store.log import Log
from sitmon.views.headless import Printer

START = datetime(2021, 8, 8, tzinfo=UTC)


class Night:
    """A watch on one store, at an hour that is set, which prints like `sitmon watch` and can be restarted."""

    def __init__(self, area: Area, classifier: Classifier, path: Path) -> None:
        self._area = area
        self._classifier = classifier
        self._path = path
        self.hour = 0.0

    def now(self) -> datetime:
        return START + timedelta(hours=self.hour)

    def desk(self) -> Monitor:
        return wire(Config(), self._area, store=self._path, clock=self.now)

    async def bombed(self, desk: Monitor, *towns: str) -> None:
        items = [
            Item(
                id=f"news-{town}-{self.hour}", source="Post", reliability="B", side="media", published=self.now(),
                text=f"A roadside bomb killed 12 civilians in {town} city, the governor's spokesman said.",
            )
            for town in towns
        ]  # fmt: skip
        await desk.take(items, [self._classifier.classify(i) for i in items])

    async def silence(self, desk: Monitor, subject: str, *, until: float) -> None:
        end = START + timedelta(hours=until)
        await desk.mark(Mark(f"silence-{subject}", "silence", subject, "Aziz", self.now(), "known", end))

    async def run(self, desk: Monitor, *hours: float, first: list[str] | None = None) -> list[str]:
        """Return which towns are printed by a watch that begins now and looks again at each of these hours."""
        printer = Printer("text", out=io.StringIO())
        owed = await desk.undelivered()
        await desk.delivered(printer.resume(desk.alerts, owed))
        told = printer.print(owed)
        await desk.delivered(told)
        updates = await desk.subscribe(recent=0, alerts=False)
        await anext(updates)
        for hour in hours:
            self.hour = hour
            await desk.catch_up()
            await desk.tick()
            update = await anext(updates)
            out = printer.print(update.alerts, update.repeats)
            await desk.delivered(out)
            told += out
        return [town_of(a) for a in told]


def town_of(alert: Alert) -> str:
    return alert.place.name if alert.place else ""


@pytest.fixture
async def night(area: Area, classifier: Classifier, tmp_path: Path) -> Night:
    found = Night(area, classifier, tmp_path / "desk.db")
    async with found.desk() as desk:
        await desk.first_round_over()
    return found


def states(desk: Monitor) -> dict[str, str]:
    return {town_of(a): a.state for a in desk.alerts}


async def test_what_comes_in_a_silence_is_told_when_it_ends(night: Night) -> None:
    async with night.desk() as desk:
        await night.bombed(desk, "Herat")
        assert await night.run(desk) == ["Herat"]
        await night.silence(desk, "AF-HER", until=2)
        await night.silence(desk, "AF-KDZ", until=2)
        night.hour = 1
        await night.bombed(desk, "Kunduz")
        assert states(desk) == {"Herat": "silenced", "Kunduz": "silenced"}
        assert await night.run(desk, 1.5) == []
        assert await night.run(desk, 2, 2.1, 3) == ["Herat", "Kunduz"], "once"
        assert states(desk) == {"Herat": "active", "Kunduz": "active"}
    with Log(night._path) as log:
        assert log.alerts(undelivered=True) == ()


async def test_what_came_in_a_silence_is_told_when_it_ended_while_nobody_watched(night: Night) -> None:
    async with night.desk() as desk:
        await night.silence(desk, "AF-KDZ", until=72)
        await night.bombed(desk, "Kunduz", "Herat")
        assert await night.run(desk) == ["Herat"]
    night.hour = 71
    async with night.desk() as desk:
        assert await night.run(desk, 71.5) == [], "Herat is older than the window"
        assert await night.run(desk, 72) == ["Kunduz"], "it was never told: told however old"
    night.hour = 73
    async with night.desk() as desk:
        assert await night.run(desk, 74) == []


async def test_a_silence_that_ended_in_between_owes_its_alerts_at_the_start(night: Night) -> None:
    async with night.desk() as desk:
        await night.silence(desk, "AF-KDZ", until=1)
        await night.bombed(desk, "Kunduz")
        assert await night.run(desk) == []
    night.hour = 2
    async with night.desk() as desk:
        assert states(desk) == {"Kunduz": "active"}
        assert await night.run(desk) == ["Kunduz"]


async def test_a_silence_taken_back_tells_what_came_in_it(night: Night) -> None:
    async with night.desk() as desk:
        await night.silence(desk, "AF-KDZ", until=9)
        await night.bombed(desk, "Kunduz")
    with Log(night._path) as log:
        log.add_mark(Mark("u", "unmark", "silence-AF-KDZ", "Aziz", night.now() + timedelta(hours=1)))
    night.hour = 1
    async with night.desk() as desk:
        assert await night.run(desk, 1.1) == ["Kunduz"]


async def test_a_restart_repeats_nothing_that_was_repeated(night: Night) -> None:
    async with night.desk() as desk:
        await night.bombed(desk, "Herat")
        assert await night.run(desk, 1, 4, 4.1) == ["Herat", "Herat"]
    for hour in (4.2, 4.3, 7.9):
        night.hour = hour
        async with night.desk() as desk:
            assert await night.run(desk, hour + 0.05) == []
    async with night.desk() as desk:
        assert await night.run(desk, 8) == ["Herat"]


async def test_no_start_repeats_what_is_old_or_more_than_a_few(night: Night, area: Area) -> None:
    towns = sorted({p.name for p in area.capitals})[:20]
    async with night.desk() as desk:
        await night.bombed(desk, *towns)
        first = await night.run(desk)
        assert len(first) > 14
    night.hour = 10
    async with night.desk() as desk:
        assert len(await night.run(desk, 10, 10.1, 10.2)) == 12
    async with night.desk() as desk:
        assert await night.run(desk, 10.3) == []
    night.hour = 60
    async with night.desk() as desk:
        assert await night.run(desk, 60, 61) == []
