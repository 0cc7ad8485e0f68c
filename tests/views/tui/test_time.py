"""Looking back: steps through the changes, a jump to a time, the sign that this is not live; a replay's speed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.views.moments import moment
from sitmon.views.tui.app import Desk

Settle = Callable[[Pilot[Any]], Any]
Screen = Callable[[Desk], str]
SHOWN = datetime(2021, 8, 8, 16, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now", SHOWN),
        ("14:00", datetime(2021, 8, 8, 14, tzinfo=UTC)),
        ("23:10", datetime(2021, 8, 7, 23, 10, tzinfo=UTC)),
        ("-6h", SHOWN - timedelta(hours=6)),
        ("+ 2 d", SHOWN + timedelta(days=2)),
        ("2021-08-07", datetime(2021, 8, 7, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2021-08-07 09:30", datetime(2021, 8, 7, 9, 30, tzinfo=UTC)),
        ("2021-08-07T09:30+04:30", datetime(2021, 8, 7, 5, tzinfo=UTC)),
        ("25:00", None),
        ("-99999d", None),
        ("2021-02-31", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_is_typed_for_a_time(text: str, meant: datetime | None) -> None:
    shown = datetime(200, 1, 1, tzinfo=UTC) if text == "-99999d" else SHOWN
    assert moment(text, shown) == meant


async def test_back_to_a_change_and_forth_to_the_present(port: Any, settle: Settle, screen: Screen) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "PAST" not in screen(app)
        await pilot.press("left_square_bracket")
        await settle(pilot)
        text = screen(app)
        first = text.splitlines()[0]
        assert "PAST 8 Aug 13:37Z" in first
        assert "LIVE" not in first
        assert "3h05m back" in first
        assert "13:37:07 UTC" in first  # the clock stands at the moment that is shown
        assert "Taloqan        GOVT" not in text  # its claim is not known yet, so it has no status of its own
        assert "□ Takhar" not in text
        assert "■ Kunduz" in text
        assert "Taliban say they took Taloqan" not in text
        assert "esc present" in text
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert "PAST 8 Aug 13:37Z" in screen(app)  # nothing is known from before
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert "PAST" not in screen(app)
        assert "□ Takhar" in screen(app)


async def test_what_comes_while_looking_back_waits_for_the_return(
    port: Any, settle: Settle, screen: Screen, make_entry: Callable[..., Any]
) -> None:
    app = Desk(port)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("t", *"15:00", "enter")
        await settle(pilot)
        assert "PAST 8 Aug 15:00Z" in screen(app)
        late = make_entry(77, "Northern Post", 1, "Something quite new")
        port.give(port.last.merged(type(port.last)(port.time, port.last.picture, entries=(late,))))
        await settle(pilot)
        assert "Something quite new" not in screen(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Something quite new" in screen(app)
        assert "PAST" not in screen(app)


async def test_a_time_that_is_none_or_to_come_is_refused_with_what_is_expected(
    port: Any, settle: Settle, screen: Screen
) -> None:
    app = Desk(port)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for typed, says in (("soon", "no time; 14:00"), ("2031-01-01", "still to come")):
            await pilot.press("t", *typed.replace("-", "-"), "enter")
            await settle(pilot)
            assert says in screen(app)
            await pilot.press("escape")
            await settle(pilot)
        assert not any(act[0] == "past" for act in port.done)


async def test_a_replay_can_be_played_faster_and_slower_and_a_live_desk_says_it_cannot(
    port: Any, settle: Settle, screen: Screen
) -> None:
    port.speed = 3600.0
    app = Desk(port)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("plus", "plus", "minus")
        await settle(pilot)
        assert port.speed == 7200.0
        assert "7,200 times" in screen(app)
        port.speed = None
        for changed, says in (
            ({}, "only a replay has a speed"),
            ({"live": False}, "the replay has not begun yet"),
            ({"live": False, "ended": True}, "the replay has ended"),
        ):
            port.give(replace(port.last, entries=(), alerts=(), **changed))
            await settle(pilot)
            await pilot.press("plus")
            await settle(pilot)
            assert says in screen(app)
