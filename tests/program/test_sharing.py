"""Several desks on one log: each takes what another has written, once, and reads no more than that."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.classify.classifier import Classifier
from sitmon.model.alert import Alert
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.source import Source
from sitmon.monitor import Monitor
from sitmon.situation import Situation
from sitmon.store import log as log_room
from sitmon.store.log import Log
from sitmon.subscription import Subscription

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)
POST = Source("Post", "feed", "x")
FALL = "{} city has fallen to the Taliban, a provincial council member said."
BACK = "Government forces have retaken {} city, a Taliban spokesman conceded."


class Desks:
    """Desks on one log, and what they read."""

    def __init__(self, area: Area, classifier: Classifier, path: Path) -> None:
        self.path = path
        self.now = NOW
        self._area = area
        self._classifier = classifier
        self._count = 0

    def open(self) -> Monitor:
        return Monitor(lambda: Log(self.path), lambda: Ledger(self._area), Alerter(self._area), clock=lambda: self.now)

    async def read(self, monitor: Monitor, *texts: str, age: timedelta = timedelta(minutes=5)) -> None:
        self._count += 1
        self.now += timedelta(seconds=1)
        items = [
            Item(f"news-{self._count}-{n}", "Post", text, published=self.now - age, reliability="B")
            for n, text in enumerate(texts)
        ]
        await monitor.take(items, [self._classifier.classify(i) for i in items], source=POST)


@pytest.fixture
def desks(area: Area, classifier: Classifier, tmp_path: Path) -> Desks:
    return Desks(area, classifier, tmp_path / "desk.db")


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Return how many nouns of each kind have been read from a log's tables of alerts and marks."""
    really, counts = log_room.decoded, Counter[str]()

    def counting(kind: type[Any], text: str, path: str) -> Any:
        counts[kind.__name__] += 1
        return really(kind, text, path)

    monkeypatch.setattr(log_room, "decoded", counting)
    return counts


async def shown(updates: Subscription, monitor: Monitor) -> dict[str, str]:
    """Return the alerts of which the listener has been told since it was asked last: title and state."""
    await monitor.tick()
    return {a.title: a.state for a in (await anext(updates)).alerts}


async def test_what_another_desk_wrote_is_read_once_however_much_the_log_holds(
    desks: Desks, area: Area, decoded: Counter[str]
) -> None:
    async with desks.open() as one:
        await one.first_round_over()
        await desks.read(one, *(FALL.format(place.name) for place in area.capitals))
        for n, alert in enumerate(one.alerts[:10]):
            await one.mark(Mark(f"m{n}", "acknowledge", alert.id, "AB", NOW))
        async with desks.open() as other:
            await other.catch_up()
            await one.catch_up()
            decoded.clear()
            await other.catch_up()
            assert not decoded, "nobody has written"
            await desks.read(one, "Nothing happened in Herat city, residents said.")
            await other.catch_up()
            assert not decoded["Alert"]
            await one.mark(Mark("more", "acknowledge", one.alerts[20].id, "AB", NOW))
            await desks.read(one, BACK.format("Kunduz"))
            await other.catch_up()
            assert decoded["Mark"] == 1
            assert 1 <= decoded["Alert"] <= 3
            assert {a.id: a.state for a in other.alerts} == {a.id: a.state for a in one.alerts}
            assert other._situation.picture(desks.now).statuses == one._situation.picture(desks.now).statuses


async def test_a_desk_hears_what_another_ones_alerts_and_marks_change_in_its_own(desks: Desks) -> None:
    async with desks.open() as one, desks.open() as other:
        await one.first_round_over()
        await other.first_round_over()
        updates = await other.subscribe(recent=0)
        await anext(updates)
        await desks.read(one, FALL.format("Kunduz"), FALL.format("Herat"))
        await other.catch_up()
        fall, herat = sorted(await shown(updates, other), reverse=True)
        assert (fall[:6], herat[:5]) == ("Kunduz", "Herat")
        name = next(a.id for a in one.alerts if a.title == herat)
        await one.mark(Mark("m", "acknowledge", name, "AB", desks.now))
        await desks.read(one, BACK.format("Kunduz"))
        await other.catch_up()
        changed = await shown(updates, other)
        assert changed[fall] == "resolved"
        assert changed[herat] == "acknowledged"
        assert list(changed.values()).count("active") == 1
        await other.catch_up()
        assert await shown(updates, other) == {}


async def test_what_is_held_back_in_the_first_round_is_shown_after_it_where_another_desk_told_it(desks: Desks) -> None:
    async with desks.open() as desk:
        updates = await desk.subscribe(recent=0)
        await anext(updates)
        bomb = "A suicide bomber killed 20 people in Kunduz city, officials said."
        await desks.read(desk, bomb, FALL.format("Kunduz"), age=timedelta(hours=3))
        held = desk._situation._first.held if desk._situation._first is not None else ()
        assert len(held) == 2
        with Log(desks.path) as other:
            other.append([], held)
        await desk.catch_up()
        assert await shown(updates, desk) == {}, "its own first round goes on"
        await desk.first_round_over()
        chosen = await shown(updates, desk)
        assert len(chosen) == 1
        with Log(desks.path) as other:
            other.set_fact("written", "by another")
        await desk.catch_up()
        assert {*chosen, *await shown(updates, desk)} == {a.title for a in held}


def test_what_is_learned_after_the_first_round_is_overtaken_by_what_was_over_before(area: Area) -> None:
    """The recapture is over by then; that it overtook the capture before it holds none the less."""
    name = "status|AF-KDZ/kunduz||{}|2021-08-08"
    capture = Alert("c", name.format("insurgent"), NOW, "status", "taken", "r", "Severe", "Immediate", "Likely")
    later = replace(capture, id="r", fingerprint=name.format("government"), time=NOW + timedelta(hours=1))
    end = replace(later, id="e", time=NOW + timedelta(hours=2), state="resolved", updates="r", ends=True)
    now = NOW + timedelta(hours=3)
    desk = Situation(lambda: Ledger(area), Alerter(area))
    desk.restore([later, end], (), now, repeated={})
    desk.begin_first_round(now)
    assert desk.told_after_first_round(desk.end_first_round(), now) == ()
    assert [(a.id, a.state) for a in desk.take_told([capture], now)] == [("c", "resolved")]
    assert {a.state for a in desk.alerts.values()} == {"resolved"}
