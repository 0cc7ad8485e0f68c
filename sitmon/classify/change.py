"""What one change of control is made of: who took what from whom, and what the words call it.

It must not find any: `territory.py` and `finals.py` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sitmon.classify.grammar import Grammar, Party, Sentence
from sitmon.model.terms import Side

Turn = Literal["take", "retake", "fall", "lose", "evict", "hand", "surrender", "state", "hold", "held"]


_GROUP: Final = 4
"""How many tokens behind the word for a party the group's name stands: "fighters from the Free Syrian Army"."""


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


@dataclass(frozen=True, slots=True)
class Ground:
    """The territory that a stretch of a sentence names; tokens as in `Change`. Without any, it is false."""

    places: tuple[int, ...]
    heads: tuple[int, ...]
    begin: int
    end: int

    def __bool__(self) -> bool:
        return bool(self.places or self.heads)

    def reaching(self, first: int, last: int) -> Ground:
        """Return the same territory in a stretch that takes in tokens `first` up to `last`, too."""
        return Ground(self.places, self.heads, min(first, self.begin), max(last, self.end))


class Changes:
    """Makes a change of the parties and the territory that were found beside a verb."""

    def __init__(self, grammar: Grammar) -> None:
        self._nonstate = grammar.of("nonstate")
        self._irregular = grammar.of("irregular")
        self._of = grammar.of("of", "away")

    def make(
        self,
        turn: Turn,
        sentence: Sentence,
        verb: tuple[int, int],
        winner: Party | None,
        loser: Party | None,
        ground: Ground,
    ) -> Change:
        """Return the change that the `verb`, tokens [first, last), tells of; one side is known by the other."""
        side = winner.side if winner else None
        same = winner is not None and loser is not None and winner.side == loser.side
        government = same and side == "government"
        if same and winner is not None and loser is not None and (loser.actor or government) and not winner.actor:
            symbols = sentence.marked.symbols
            named = winner.first > sentence.first and symbols[winner.first - 1] in self._nonstate  # "the YPG militia"
            named = named or self._is_of_a_group(symbols, winner)
            if turn != "take" or (symbols[winner.first] in self._irregular and not named) or side == "government":
                side = None  # "rebel forces recaptured it from the Taliban": the one with a name is on its known side
        if side is None and loser is not None and loser.side is not None:
            side = "government" if loser.side == "insurgent" else "insurgent"
        whole = ground.reaching(*verb)
        return Change(turn, *verb, side, winner, loser, whole.places, whole.heads, whole.begin, whole.end)

    def _is_of_a_group(self, symbols: str, party: Party) -> bool:
        """Whether the word for a party is followed by the group's name: "fighters from the Free Syrian Army"."""
        behind = symbols[party.last : party.last + _GROUP]
        return behind[:1] in self._of and any(s in self._nonstate for s in behind[1:])


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
