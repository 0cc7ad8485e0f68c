"""Dead sources and blind provinces: told once, told to be over, and never for a source that is only quiet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sitmon.alert.decide import Alerter
from sitmon.alert.settings import Settings
from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.mark import Mark
from sitmon.model.source import SourceHealth

PROVINCE = "AF-KDZ"


def told_by(counts: Mapping[str, int]) -> Any:
    return lambda code: counts if code == PROVINCE else {}


def health(name: str, state: Any, at: datetime, good: datetime | None = None, reason: str = "") -> SourceHealth:
    return SourceHealth(name, state, reason, last_attempt=at, last_success=good)


def active(decisions: Any) -> list[Alert]:
    return [d.alert for d in decisions if d.alert is not None and d.alert.state == "active"]


def test_a_source_that_stays_dead_is_told_once_and_its_end_resolves_it(area: Area, hours: Any) -> None:
    alerter = Alerter(area)

    def look(hour: float, state: str, good: float = 0) -> Any:
        now = hours(hour)
        return alerter.watch([health("Post | North", state, now, hours(good), "HTTP status 500")], now, told_by({}))

    assert active(look(0.5, "down")) == [], "half an hour is no outage yet"
    (alert,) = active(look(1.1, "down"))
    assert (alert.kind, alert.place, alert.severity, alert.time) == ("source", None, "Minor", hours(1.1))
    assert alert.title == "Post | North: down, nothing read since 2021-08-08 00:00Z"
    assert "HTTP status 500" in alert.reason
    assert look(2, "down") == ()
    assert look(3, "blocked") == ()
    ended = [d.alert for d in look(4, "ok") if d.alert is not None]
    assert [(a.state, a.updates or a.id) for a in ended] == [("resolved", alert.id)] * 2
    assert look(5, "ok") == ()
    assert look(5.5, "down", 5) == ()
    (again,) = active(look(6.2, "down", 5))
    assert again.fingerprint != alert.fingerprint, "the second outage of a day is another one"


def test_a_source_that_is_only_quiet_is_no_outage(area: Area, hours: Any) -> None:
    alerter = Alerter(area)
    for hour in range(30):
        state = ("ok", "unchanged", "slow", "stale", "gap", "empty")[hour % 6]
        assert alerter.watch([health("Post", state, hours(hour))], hours(hour), told_by({"Post": 9})) == ()


def test_the_time_that_the_desk_was_away_is_no_outage(area: Area, hours: Any) -> None:
    alerter = Alerter(area)
    before = health("Post", "down", hours(-20), hours(-30))
    assert alerter.watch([before], hours(0), told_by({})) == ()
    assert alerter.watch([before], hours(0.9), told_by({})) == ()
    assert len(active(alerter.watch([before], hours(1), told_by({})))) == 1


def test_a_province_is_blind_when_those_who_told_of_it_are_dead_while_others_live(area: Area, hours: Any) -> None:
    alerter, counts = Alerter(area), {"Post": 6, "Herald": 2, "Monitor": 1}

    def look(hour: float, **states: str) -> Any:
        now = hours(hour)
        return alerter.watch([health(n, s, now, hours(0)) for n, s in states.items()], now, told_by(counts))

    def blind(decisions: Any) -> list[Alert]:
        return [d.alert for d in decisions if d.alert is not None and d.alert.kind == "blind"]

    assert blind(look(2, Post="down", Herald="ok", Monitor="ok")) == [], "a third of its news still comes"
    (alert,) = blind(look(4, Post="down", Herald="gone", Monitor="ok"))
    assert (alert.state, alert.severity, alert.place and alert.place.code) == ("active", "Moderate", PROVINCE)
    assert alert.title == "Kunduz province: blind, its sources are dead"
    assert "Post, Herald told 8 of 9 items" in alert.reason
    assert blind(look(6, Post="down", Herald="down", Monitor="ok")) == [], "told once"
    ended = blind(look(8, Post="ok", Herald="ok", Monitor="ok"))
    assert {a.state for a in ended} == {"resolved"}


def test_no_province_is_blind_when_nothing_lives_at_all_or_little_was_ever_told(area: Area, hours: Any) -> None:
    for counts, monitor in (({"Post": 9}, "down"), ({"Post": 2}, "ok")):
        alerter = Alerter(area)
        healths = [health("Post", "down", hours(3), hours(0)), health("Monitor", monitor, hours(3), hours(0))]
        decisions = alerter.watch(healths, hours(3), told_by(counts))
        kinds = {d.alert.kind for d in decisions if d.alert is not None}
        assert "source" in kinds
        assert "blind" not in kinds


def test_a_restart_knows_what_was_told_and_what_is_over(area: Area, hours: Any) -> None:
    first = Alerter(area)
    first.watch([health("Post", "down", hours(0), hours(0))], hours(0), told_by({}))
    (alert,) = active(first.watch([health("Post", "down", hours(2), hours(0))], hours(2), told_by({})))
    second = Alerter(area)
    second.remember([alert])
    assert second.watch([health("Post", "down", hours(4), hours(0))], hours(4), told_by({})) == ()
    clear = next(
        d.alert for d in second.watch([health("Post", "ok", hours(5))], hours(5), told_by({})) if d.alert is not None
    )
    states = {a.id: a.state for a in Alerter(area).remember([alert, clear])}
    assert states == {alert.id: "resolved", clear.id: "resolved"}


def test_silences_and_the_floor_hold_for_outages_too(area: Area, hours: Any) -> None:
    dead = [health("Post", "down", hours(2), hours(0))]
    quiet = Alerter(area, Settings(min_severity="Moderate"))
    (refused,) = quiet.watch(dead, hours(2), told_by({}))
    assert refused.alert is None
    assert "below the desk's floor" in refused.reason
    silenced = Alerter(area)
    until = hours(2) + timedelta(days=1)
    silenced.mark(Mark("m", "silence", "*", "Desk", hours(0), "known", until, (("kind", "source"),)), hours(0))
    (decision,) = silenced.watch(dead, hours(2), told_by({}))
    assert decision.alert is not None
    assert decision.alert.state == "silenced"
