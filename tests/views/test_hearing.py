"""Whether anybody still answers, in one sentence beside the board."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sitmon.model.source import PollState
from sitmon.views.hearing import sentence

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)


def poll(name: str, health: Any = "ok", *, heard: float | None = 0.1, reason: str = "", **more: Any) -> PollState:
    given: dict[str, Any] = {"last_attempt": NOW - timedelta(hours=0.1), **more}
    good = NOW - timedelta(hours=heard) if heard is not None else None
    return PollState(name, health=health, reason=reason, last_success=good, **given)


def test_nothing_is_said_where_all_is_well_or_nobody_was_to_be_asked() -> None:
    assert sentence([], NOW) == ""
    assert sentence([PollState("New")], NOW) == ""
    assert sentence([poll("Post"), poll("Herald", "unchanged")], NOW) == ""
    rarely = poll("Post", last_attempt=NOW - timedelta(hours=20), next_poll=NOW + timedelta(hours=4))
    assert sentence([rarely], NOW) == ""


@pytest.mark.parametrize(
    ("polls", "said"),
    [
        (
            [poll("Post", "down", heard=5, reason="HTTP 500"), poll("Herald", "gone", heard=3)],
            "None of the 2 sources has answered since 2021-08-08T09:00:00Z (3h00m ago): what is shown is of then; "
            "silence is not calm. Post does not answer (HTTP 500); Herald is gone.",
        ),
        (
            [poll("Post", "blocked", heard=None)],
            "The only source has not answered yet: nothing is known; silence is not calm. Post refuses us.",
        ),
        ([poll("Post", "down"), poll("Herald")], "1 of 2 sources answer. Post does not answer."),
        (
            [poll("Post", last_attempt=NOW - timedelta(hours=50), next_poll=NOW - timedelta(hours=1))],
            "No source has been asked since 2021-08-06T10:00:00Z (2d02h ago): nobody watches.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_time(polls: list[PollState], said: str) -> None:
    assert sentence(polls, NOW) == said


def test_a_crowd_is_counted() -> None:
    many = [poll(f"S{n}", "down") for n in range(9)]
    assert sentence([*many, poll("Post")], NOW).endswith("S4 does not answer; and 4 more.")
