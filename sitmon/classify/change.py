"""What one change of control is made of: who took what from whom, and what the words call it.

It must not find any: `territory.py` and `finals.py` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sitmon.classify.grammar import Party
from sitmon.model.terms import Side

Turn = Literal["take", "retake", "fall", "lose", "evict", "hand", "surrender", "state", "hold", "held"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change (or state) of control, as the words have it; tokens are of the document."""

    turn: Turn
    first: int
    last: int
    winner: Side | None
    winner_party: Party | None
    loser_party: Party | None
    places: tuple[int, ...]
    """First tokens of the places that change hands, in their order."""
    heads: tuple[int, ...]
    """First tokens of the words for territory ("district", "airport")."""
    begin: int
    """First token of the stretch that the change speaks of, and the one after its last."""
    end: int


TURN_OF_CLASS: Final[dict[str, Turn]] = {
    "t_retake": "retake",
    "t_retaking": "retake",
    "t_recover": "retake",
    "t_take": "take",
    "t_fall": "fall",
    "t_falling": "fall",
    "t_evict": "evict",
    "t_lose": "lose",
    "t_hand": "hand",
    "t_surrender": "surrender",
    "t_taking": "take",
}
"""Class of a verb or noun of control -> its turn of phrase."""
