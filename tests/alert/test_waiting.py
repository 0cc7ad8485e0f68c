"""What is told at once and what waits: groups, their first word and what comes after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sitmon.alert.settings import Settings
from sitmon.alert.waiting import Waiting
from sitmon.model.alert import Alert
from sitmon.model.place import PlaceRef

NOON = datetime(2021, 8, 8, 12, tzinfo=UTC)
KUNDUZ = PlaceRef("AF-KDZ/kunduz", "Kunduz", "city", "AF-KDZ")
TALOQAN = PlaceRef("AF-TAK/taloqan", "Taloqan", "city", "AF-TAK")


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def alert(name: str, severity: Any = "Moderate", **fields: Any) -> Alert:
    given = {
        "fingerprint": "event|AF-KDZ/kunduz||deed|1", "time": NOON, "kind": "event", "title": name, "reason": "",
        "urgency": "Immediate", "certainty": "Likely", "place": KUNDUZ, **fields,
    }  # fmt: skip
    return Alert(id=name, severity=severity, **given)


@pytest.fixture
def waiting() -> Waiting:
    return Waiting(Settings(group_wait=timedelta(seconds=30), group_interval=timedelta(minutes=5)))


def ids(alerts: tuple[Alert, ...]) -> list[str]:
    return [a.id for a in alerts]


def test_the_first_of_a_group_waits_and_is_then_told_once(waiting: Waiting) -> None:
    one = alert("one")
    assert waiting.admit([one], at(0), {}).told == ()
    assert waiting.due(at(0.4), {}) == ()
    assert ids(waiting.due(at(0.5), {})) == ["one"]
    assert waiting.due(at(9), {}) == ()


@pytest.mark.parametrize("severity", ["Severe", "Extreme"])
def test_nothing_severe_waits(waiting: Waiting, severity: Any) -> None:
    assert ids(waiting.admit([alert("one", severity)], at(0), {}).told) == ["one"]


def test_a_severe_status_and_its_upgrade_never_wait(waiting: Waiting) -> None:
    claim = alert("claim", "Severe", kind="status")
    upgrade = replace(claim, id="conceded", updates="claim")
    assert ids(waiting.admit([claim], at(0), {}).told) == ["claim"]
    assert ids(waiting.admit([upgrade, replace(claim, state="resolved")], at(1), {}).told) == ["conceded", "claim"]


def test_what_comes_later_waits_for_the_interval_and_only_the_newest_is_told(waiting: Waiting) -> None:
    first = alert("12 killed", "Severe")
    waiting.admit([first], at(0), {})
    second = replace(first, id="15 killed", updates=first.id)
    third = replace(first, id="20 killed", updates=second.id)
    assert waiting.admit([second, replace(first, state="resolved")], at(1), {}).told == ()
    turn = waiting.admit([third, replace(second, state="resolved")], at(2), {})
    assert (turn.told, ids(turn.passed)) == ((), ["15 killed"])
    assert waiting.due(at(4.9), {}) == ()
    assert ids(waiting.due(at(5), {})) == ["12 killed", "20 killed"]


def test_an_update_that_makes_it_severe_is_told_at_once_with_what_waits(waiting: Waiting) -> None:
    first = alert("fighting near")
    waiting.admit([first], at(0), {})
    waiting.due(at(1), {})
    update = replace(first, id="fighting inside", severity="Severe", updates=first.id)
    assert ids(waiting.admit([first, update], at(2), {}).told) == ["fighting near", "fighting inside"]


def test_an_update_long_after_the_last_word_is_told_at_once(waiting: Waiting) -> None:
    first = alert("8 killed")
    waiting.admit([first], at(0), {})
    waiting.due(at(1), {})
    assert ids(waiting.admit([replace(first, id="10 killed", updates=first.id)], at(30), {}).told) == ["10 killed"]


def test_it_is_told_in_the_state_that_it_has_by_then(waiting: Waiting) -> None:
    one = alert("one")
    waiting.admit([one], at(0), {})
    answered = replace(one, state="acknowledged")
    assert waiting.due(at(1), {"one": answered}) == (answered,)


def test_what_is_overtaken_while_it_waits_is_passed_over(waiting: Waiting) -> None:
    one = alert("one")
    waiting.admit([one], at(0), {})
    turn = waiting.admit([replace(one, state="resolved")], at(0.1), {})
    assert (turn.told, ids(turn.passed)) == ((), ["one"])
    assert waiting.due(at(9), {}) == ()


def test_places_are_groups_of_their_own_and_a_desk_may_group_by_province() -> None:
    here, there = alert("here"), alert("there", place=TALOQAN, fingerprint="event|AF-TAK/taloqan||deed|2")
    near = alert("near", fingerprint="event|AF-KDZ/kunduz||deed|3")
    apart = Waiting(Settings())
    assert ids(apart.admit([here, there, near], at(0), {}).told) == ["here", "there", "near"]
    together = Waiting(Settings(group_by=("province",), group_interval=timedelta(minutes=5)))
    assert ids(together.admit([here, there], at(0), {}).told) == ["here", "there"]
    assert together.admit([near], at(1), {}).told == ()
    assert ids(together.due(at(5), {})) == ["near"]


def test_nothing_is_left_when_nothing_more_comes(waiting: Waiting) -> None:
    waiting.admit([alert("one")], at(0), {})
    assert ids(waiting.rest(at(0), {})) == ["one"]
    assert waiting.rest(at(0), {}) == ()


def test_what_waits_comes_out_in_its_present_state_with_a_graver_one_too(waiting: Waiting) -> None:
    minor, grave = alert("minor"), alert("grave", "Severe", fingerprint="event|AF-KDZ/kunduz||deed|2")
    together = Waiting(Settings(group_by=("place",), group_wait=timedelta(minutes=5)))
    together.admit([minor], at(0), {})
    seen = replace(minor, state="acknowledged")
    turn = together.admit([grave], at(1), {minor.id: seen, grave.id: grave})
    assert turn.told == (seen, grave)


def test_a_clock_that_is_put_back_makes_nobody_wait_longer(waiting: Waiting) -> None:
    waiting.admit([alert("one")], at(0), {})
    assert waiting.due(at(-60), {}) == ()
    assert ids(waiting.due(at(-55), {})) == ["one"]
    second = alert("two", updates="one")
    assert waiting.admit([second], at(-120), {}).told == ()
    assert ids(waiting.due(at(-115), {})) == ["two"]


def test_the_end_of_what_was_never_told_is_not_told(waiting: Waiting) -> None:
    one = alert("one")
    end = alert("end", state="resolved", updates="one", ends=True)
    assert waiting.admit([one], at(0), {}).waits == {"one": at(0.5)}
    turn = waiting.admit([replace(one, state="resolved"), end], at(0.1), {})
    assert (turn.told, sorted(ids(turn.passed))) == ((), ["end", "one"])


def test_the_end_of_what_was_told_is_told_at_once(waiting: Waiting) -> None:
    waiting.admit([alert("one", "Severe")], at(0), {})
    assert ids(waiting.admit([alert("end", state="resolved", updates="one", ends=True)], at(0.1), {}).told) == ["end"]
