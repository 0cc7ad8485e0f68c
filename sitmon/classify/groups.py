"""Nothing in, the noun for some people in a sentence out: how many, of which camp, and where they stand.

It must not find them: `people.py` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sitmon.classify.numbers import Bound

Camp = Literal["insurgent", "force", "civilian", "any", "unknown"]
CAMPS: Final[tuple[Camp, ...]] = ("insurgent", "force", "civilian", "any")


@dataclass(frozen=True, slots=True)
class Group:
    """Some people in a sentence: tokens [first, stop)."""

    first: int
    stop: int
    low: int | None
    """None: more than one, nobody says how many."""
    high: int | None
    bound: Bound = "exact"
    camp: Camp = "unknown"
    more: bool = False
    part: bool = False
    """Part of a number that is given too ("including five children")."""
    definite: bool = False
    bare: bool = False
    """A number without a noun."""
    after: str = ""
    """The word right before it."""
