"""The week of the bundled sample as an officer is told of it: which alerts come, and which items raise none."""

from __future__ import annotations

from collections import Counter

import pytest

from sitmon.alert.decide import Alerter
from sitmon.alert.settings import Settings
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

Raised = list[tuple[Alert, Item]]


@pytest.fixture(scope="module")
def raised(area: Area, entries: tuple[Entry, ...]) -> Raised:
    """Every alert of the week as it was first told or updated, with the item that raised it."""
    ledger, alerter = Ledger(area), Alerter(area, Settings())
    alerts: Raised = []
    for entry in entries:
        item, known = entry.item, entry.known
        changes = ledger.apply(entry)
        incidents = ledger.incidents_of(item.id)
        decisions = alerter.decide(entry, changes, ledger.picture(known), known, incidents=incidents)
        alerts += [(d.alert, item) for d in decisions if d.alert is not None and d.alert.state == "active"]
    return alerts


def test_the_fall_of_each_capital_is_told_as_claimed_and_then_as_conceded(raised: Raised) -> None:
    told: dict[str, list[str]] = {}
    for alert, _ in raised:
        if alert.kind == "status" and alert.place and alert.event_type in ("captured", "handed_over"):
            told.setdefault(alert.place.name, []).append(str(alert.basis))
    for city in ("Zaranj", "Sheberghan", "Kunduz", "Sar-e Pul", "Taloqan", "Aybak"):
        assert told[city][0] == "claimed"
        assert "conceded" in told[city]


def test_an_update_carries_the_fingerprint_of_what_it_updates(raised: Raised) -> None:
    by_id = {alert.id: alert for alert, _ in raised}
    updates = [alert for alert, _ in raised if alert.updates]
    assert len(updates) >= 6
    assert all(by_id[str(a.updates)].fingerprint == a.fingerprint for a in updates)


def test_rumours_and_what_has_no_date_raise_nothing(raised: Raised) -> None:
    assert not [a.title for a, i in raised if i.source == "Unknown accounts" or i.published is None]


@pytest.mark.parametrize(
    "words",
    ["bamyan-teachers", "mazar-title", "film-prize", "nuristan-floods", "afghani-slides", "why-kunduz", "doha", "vows"],
)
def test_peace_history_forecasts_and_vows_raise_nothing(raised: Raised, words: str) -> None:
    assert not [a.title for a, i in raised if words in str(i.url)]


def test_a_severe_event_is_told(raised: Raised) -> None:
    tagged = {(a.event_type, a.place.province) for a, _ in raised if a.place and a.kind == "event"}
    assert {("attack", "AF-KAB"), ("bombing", "AF-KAB"), ("air_strike", "AF-JOW")} <= tagged


def test_the_week_is_told_in_few_words(raised: Raised, found: list[tuple[Source, Item | Failure]]) -> None:
    assert len(raised) < len(found) / 2
    first = Counter(a.fingerprint for a, _ in raised if a.updates is None)
    assert max(first.values()) == 1
