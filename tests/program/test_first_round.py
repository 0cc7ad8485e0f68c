"""A new desk's first round: a week of old feeds gives one alert a place, killed in between or not."""

from __future__ import annotations

from collections import Counter
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
from sitmon.model.source import Source, SourceHealth
from sitmon.monitor import Monitor
from sitmon.replay import Clock
from sitmon.store.log import Log

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)
OLD = (
    "The Taliban said on Saturday that they had captured Kunduz city.",
    "Kunduz city has fallen to the Taliban, a provincial council member told the paper.",
    "A suicide bombing in Kunduz city killed 14 people on Saturday, police said.",
    "A suicide bombing in Kabul killed 12 people on Saturday, police said.",
    "The Taliban captured Taloqan city on Saturday, a member of parliament from Takhar said.",
)
FRESH = "The Taliban captured Sar-e Pul city today, a provincial council member said."


def items(texts: Any, age: timedelta) -> list[Item]:
    return [
        Item(f"{n}-{age}", "Post", t, published=NOW - age + timedelta(minutes=n), reliability="B")
        for n, t in enumerate(texts)
    ]


def desk(area: Area, path: Path, clock: Clock) -> Monitor:
    return Monitor(lambda: Log(path), lambda: Ledger(area), Alerter(area), clock=clock)


async def take(desk: Monitor, classifier: Classifier, found: list[Item]) -> None:
    await desk.take(found, [classifier.classify(i) for i in found], source=Source("Post", "feed", "x"))


def places(alerts: tuple[Alert, ...]) -> Counter[str]:
    return Counter(a.place.name for a in alerts if a.place and a.state == "active")


async def test_one_alert_a_place_when_every_source_has_answered(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    async with desk(area, tmp_path / "a.db", Clock(NOW)) as one:
        await take(one, classifier, items(OLD, timedelta(hours=20)))
        assert one.alerts == (), "nothing of the old is told yet"
        await take(one, classifier, items([FRESH], timedelta(minutes=5)))
        assert places(one.alerts) == {"Sar-e Pul": 1}, "what is fresh is told at once"
        await one.first_round_over()
        assert places(one.alerts) == {"Sar-e Pul": 1, "Kunduz": 1, "Kabul": 1, "Taloqan": 1}
        kunduz = next(a for a in one.alerts if a.place and a.place.name == "Kunduz")
        assert (kunduz.kind, kunduz.basis, kunduz.updates) == ("status", "conceded", None)
        assert "more of this place" in kunduz.reason
        owed = await one.undelivered()
        assert {a.id for a in owed} == {a.id for a in one.alerts}
        await take(one, classifier, items(["A suicide bombing in Herat killed 11 people."], timedelta(hours=3)))
        assert places(one.alerts)["Herat"] == 1, "the round is over: old news alerts as ever"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Taliban captured Taloqan city, a member of parliament from Takhar told us.", "Taloqan"),
        ("A suicide bombing in Kabul killed 12 people on Saturday, police said.", "Kabul"),
        ("Kunduz city has fallen to the Taliban, residents say.", "Kunduz"),
    ],
)
async def test_what_a_fresh_item_tells_is_told_at_once_though_an_older_one_was_first(
    area: Area, classifier: Classifier, tmp_path: Path, text: str, told: str
) -> None:
    async with desk(area, tmp_path / "a.db", Clock(NOW)) as one:
        await take(one, classifier, items(OLD, timedelta(hours=20)))
        updates = await one.subscribe(recent=0)
        assert "older than 2 h" in (await anext(updates)).held
        await take(one, classifier, items([text], timedelta(minutes=5)))
        (alert,) = (a for a in one.alerts if a.state == "active")
        assert alert.place is not None
        assert (alert.place.name, alert.updates) == (told, None)
        assert {a.id for a in await one.undelivered()} == {alert.id}
        await one.first_round_over()
        assert places(one.alerts)[told] == (2 if told == "Kunduz" else 1), "its bombing is another thing"
        assert sum(a.id == alert.id for a in one.alerts) == 1
        assert (await anext(updates)).held == ""


async def test_what_nobody_was_told_of_has_no_end(area: Area, classifier: Classifier, tmp_path: Path) -> None:
    async with desk(area, tmp_path / "a.db", Clock(NOW)) as one:
        await take(one, classifier, items([OLD[1]], timedelta(hours=20)))
        back = "Government forces have retaken Kunduz city, the Taliban spokesman conceded on Sunday."
        await take(one, classifier, items([back], timedelta(minutes=5)))
        (alert,) = one.alerts
        assert (alert.event_type, alert.state, alert.updates) == ("retaken", "active", None)
        await one.first_round_over()
        assert one.alerts == (alert,)
    with Log(tmp_path / "a.db") as log:
        assert [a.id for a in log.alerts()] == [alert.id]


async def test_killed_in_its_first_round_it_decides_again(area: Area, classifier: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    async with desk(area, path, Clock(NOW)) as one:
        await take(one, classifier, items(OLD, timedelta(hours=20)))
    async with desk(area, path, Clock(NOW)) as two:
        assert two.alerts == ()
        await two.first_round_over()
        assert places(two.alerts) == {"Kunduz": 1, "Kabul": 1, "Taloqan": 1}
        told = {a.id for a in two.alerts}
    async with desk(area, path, Clock(NOW)) as three:
        assert {a.id for a in three.alerts} == told
        await three.first_round_over()
        assert {a.id for a in three.alerts} == told


async def test_a_source_that_hangs_does_not_hold_the_others_back(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    clock = Clock(NOW)
    async with desk(area, tmp_path / "c.db", clock) as one:
        await take(one, classifier, items(OLD, timedelta(hours=20)))
        clock.time += timedelta(seconds=15)
        await one.catch_up()
        assert one.alerts == ()
        clock.time += timedelta(seconds=16)
        await one.catch_up()
        assert places(one.alerts) == {"Kunduz": 1, "Kabul": 1, "Taloqan": 1}


async def test_a_dead_source_is_told_and_stored_and_its_return_too(
    area: Area, classifier: Classifier, tmp_path: Path
) -> None:
    clock, path = Clock(NOW), tmp_path / "d.db"
    async with desk(area, path, clock) as one:
        await take(one, classifier, items(OLD, timedelta(hours=20)))
        await one.first_round_over()
        clock.time += timedelta(hours=2)
        down = SourceHealth("Post", "down", "HTTP status 502", last_success=NOW, last_attempt=clock.time)
        lives = SourceHealth("Herald", "ok", last_success=clock.time, last_attempt=clock.time)
        await one.note_health(down, lives)
        kinds = Counter(a.kind for a in one.alerts if a.state == "active")
        assert kinds["source"] == 1
        assert kinds["blind"] >= 1, "nobody else tells of Kunduz"
    async with desk(area, path, clock) as two:
        assert Counter(a.kind for a in two.alerts if a.state == "active") == kinds
        clock.time += timedelta(hours=1)
        await two.note_health(SourceHealth("Post", "ok", last_success=clock.time, last_attempt=clock.time), lives)
        clock.time += timedelta(minutes=2)
        await two.note_health(lives)
        assert not {a.kind for a in two.alerts if a.state == "active"} & {"source", "blind"}
