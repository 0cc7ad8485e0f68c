"""An area's `[ledger]` table in, the ledger's numbers out. It must not hold a rule, only the numbers that rules use.

The defaults here are what holds where an area's file is silent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Final

from sitmon.errors import Mistake, nearest

_MOST_HOURS: Final = 87_600
"""Ten years: what is told of a longer time is no threshold but a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of the control ledger. Times are hours, weights and factors 0..1."""

    confirming_origins: float = 2
    """So many independent origins confirm what third parties and witnesses say."""
    rumour_origins: float = 2
    """So many unknown accounts (grade F) that do not copy each other make a rumour `reported`; never `confirmed`."""
    background_hours: float = 168
    """What is told longer after it happened is background: it is kept as evidence and moves nothing."""
    lookback_hours: float = 24
    """An account told longer after its day is a look back: unconfirmed, it does not undo what was confirmed."""
    dispute_hours: float = 24
    """A denial stands against a claim that is first told no longer than this after it."""
    pressure_hours: float = 48
    """The pressure is the highest that was told within this time before the newest report of fighting."""
    present_hours: float = 48
    """Fighting last told of longer ago is no more marked as of the present; it is shown with its age."""
    echo_hours: float = 6
    """An origin that repeats itself within this time after the place changed hands again tells of the former change."""
    echo_overlap: float = 0.45
    """Texts that share this part of their word triples are copies of one another."""
    brief_hours: float = 24
    """A change of hands that lasts no longer was also an armed clash (ACLED codebook)."""
    half_life_hours: float = 72
    """After so long without new evidence, half of the confidence that can be lost is lost."""
    confidence_floor: float = 0.3
    """The part of its first confidence that a status never loses by age alone."""
    weight_assumed: float = 0.0
    """What the area's own assumption is worth: nobody has said so, and it must not look surer than old evidence."""
    weight_claimed: float = 0.45
    weight_reported: float = 0.6
    weight_witnessed: float = 0.65
    weight_conceded: float = 0.88
    factor_hedged: float = 0.5
    """What "reportedly" leaves of a report's weight."""
    factor_disputed: float = 0.6
    """What a standing denial leaves of a status's confidence."""
    factor_rumour: float = 0.4
    """What an unknown account's word weighs."""
    grade_a: float = 1.0
    grade_b: float = 0.95
    grade_c: float = 0.85
    grade_d: float = 0.65
    grade_e: float = 0.5
    grade_f: float = 0.6

    def grade(self, reliability: str) -> float:
        """Return the factor of a source's reliability (Admiralty A-F)."""
        value: float = getattr(self, f"grade_{reliability.lower()}")
        return value

    def weight(self, basis: str) -> float:
        """Return the weight of one origin's word on that basis."""
        value: float = getattr(self, f"weight_{basis}")
        return value

    def span(self, name: str) -> timedelta:
        """Return one of the times (`"dispute"` for `dispute_hours`)."""
        value: float = getattr(self, f"{name}_hours")
        return timedelta(hours=value)


def read(table: Mapping[str, float]) -> Thresholds:
    """Return the thresholds of an area; keys that are no threshold are left to `check`."""
    return Thresholds(**{f.name: float(table[f.name]) for f in fields(Thresholds) if f.name in table})


def check(table: Mapping[str, float], file: str = "area.toml") -> list[Mistake]:
    """Return every mistake in a `[ledger]` table: unknown names, numbers out of their range."""
    names = [f.name for f in fields(Thresholds)]
    found = []
    for key, value in table.items():
        where = f"ledger.{key}"
        if key not in names:
            found.append(Mistake(file, where, "is no threshold of the ledger", nearest(key, names)))
        elif key.startswith(("weight_", "factor_", "grade_")) or key in ("confidence_floor", "echo_overlap"):
            if not 0 <= value <= 1:
                found.append(Mistake(file, where, f"{value:g} was found, a number from 0 to 1 was expected"))
        elif key.endswith("_origins"):
            if not math.isfinite(value) or value < 1 or value != int(value):
                found.append(Mistake(file, where, f"{value:g} was found, a whole number from 1 on was expected"))
        elif not 0 < value <= _MOST_HOURS:
            found.append(
                Mistake(file, where, f"{value:g} was found, hours above 0 and at most {_MOST_HOURS} were expected")
            )
    return found
