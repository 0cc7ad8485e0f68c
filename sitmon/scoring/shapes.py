"""The nouns of measuring: shares, misses and the figures made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitmon.model.entry import Verdict
from sitmon.scoring.labels import Row


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0..1; of nothing it is 0."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that came out wrong."""

    task: str
    row: Row
    expected: Any
    found: Any


Scored = tuple[Row, Verdict]
Figure = Share | float | int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on some rows."""

    items: int
    tasks: dict[str, dict[str, Figure]]
    """Task -> figure's name -> figure."""
    by_type: dict[str, tuple[float, int]]
    """Event type -> (F1 of the first type, rows labelled with it), most frequent first."""
    confusion: dict[tuple[str, str], int]
    """(labelled first type, given first type) -> rows, of the rows with one labelled type or none."""
    misses: tuple[Miss, ...]
