"""What the pollers remember of sources in, one sentence on whether anybody still answers out. It asks no source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sitmon.model.source import PollState
from sitmon.views import wording
from sitmon.views.export.jsonl import time_of

_OVERDUE: Final = timedelta(minutes=30)
"""So long after the last source was to be asked again nobody can be watching."""
_NAMED: Final = 5
"""Sources that are named; of more, how many they are."""


def sentence(polls: Sequence[PollState], now: datetime) -> str:
    """Return what a reader of the board must know of the sources; empty where all of them answer and are asked."""
    asked = [p for p in polls if p.last_attempt is not None]
    if not asked:
        return ""
    deaf = [p for p in asked if p.health not in wording.WELL]
    said = []
    if len(deaf) == len(asked):
        heard = max((p.last_success for p in asked if p.last_success), default=None)
        who = "The only source has not" if len(asked) == 1 else f"None of the {len(asked)} sources has"
        since = (
            f"{who} answered since {time_of(heard)} ({wording.age(now - heard)} ago): what is shown is of then"
            if heard
            else f"{who} answered yet: nothing is known"
        )
        said.append(f"{since}; silence is not calm. {_named(deaf)}.")
    elif deaf:
        said.append(f"{len(asked) - len(deaf)} of {len(asked)} sources answer. {_named(deaf)}.")
    last = max(p.last_attempt for p in asked if p.last_attempt)
    due = max((p.next_poll for p in asked if p.next_poll), default=last)
    if now - max(last, due) > _OVERDUE:
        said.append(f"No source has been asked since {time_of(last)} ({wording.age(now - last)} ago): nobody watches.")
    return " ".join(said)


def _named(deaf: Sequence[PollState]) -> str:
    """Return which sources do not answer, and why: "Post is gone (410 Gone)"."""
    told = [f"{p.source} {wording.HEALTH_WORDS[p.health]}{f' ({p.reason})' if p.reason else ''}" for p in deaf[:_NAMED]]
    more = f"; and {len(deaf) - _NAMED} more" if len(deaf) > _NAMED else ""
    return "; ".join(told) + more
