"""What the first round holds back: an end is told only of what was told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sitmon.alert.first_round import FirstRound
from sitmon.model.alert import Alert


@pytest.fixture
def said(desk: Any, hours: Any) -> Any:
    """Lets a change of hands pass through the first round, of an item that is as many hours old."""

    def change(first: FirstRound, holder: str, age: float, basis: str = "conceded") -> list[Alert]:
        decisions = desk.moves(20 - age, holder=holder, basis=basis, known=20)
        entry = replace(desk.entry(20 - age, known=20))
        return first.hold([d.alert for d in decisions if d.alert is not None], entry)

    return change


def test_what_was_held_back_has_no_end(said: Any, hours: Any) -> None:
    first = FirstRound(hours(20))
    assert said(first, "insurgent", 19) == []
    told = said(first, "government", 0.1)
    assert [a.title for a in told] == ["Kunduz: recapture conceded by the losing side"]
    assert first.close(told) == ()


def test_what_was_told_has_its_end_also_by_an_old_item(said: Any, hours: Any) -> None:
    first = FirstRound(hours(20))
    (lost,) = said(first, "insurgent", 0.5)
    changed = said(first, "government", 3)
    assert [(a.state, a.ends, a.updates) for a in changed] == [("resolved", False, None), ("resolved", True, lost.id)]
    assert changed[0].id == lost.id
    (back,) = first.close([lost, *changed])
    assert (back.event_type, back.state) == ("retaken", "active")


def test_what_was_held_and_then_told_has_its_end(said: Any, hours: Any) -> None:
    first = FirstRound(hours(20))
    said(first, "insurgent", 19, basis="claimed")
    (surer,) = [a for a in said(first, "insurgent", 0.5) if a.state == "active"]
    assert surer.updates is None
    ends = [a for a in said(first, "government", 0.1) if a.ends]
    assert [a.updates for a in ends] == [surer.id]
