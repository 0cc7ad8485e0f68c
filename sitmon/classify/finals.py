"""A sentence of a language that puts its verb last in, changes of control out.

It must not know any language's words: the verbs' classes are data (`cues.<lang>.toml`, "f_"). In Pashto and Dari the
clause stands before its verb, with who and what in either order: the parties and places since the verb before are
whose and what it speaks of.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.grammar import Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE
from sitmon.classify.territory import Change, Turn
from sitmon.model.terms import SITE_KINDS

_REACH: Final = 40
_STOPS: Final = frozenset('.;:"')
_TURNS: Final[tuple[tuple[str, Turn], ...]] = (
    ("f_not", "fall"),
    ("f_retake", "retake"),
    ("f_take", "take"),
    ("f_fall", "fall"),
    ("f_fall_to", "fall"),
    ("f_state", "state"),
    ("f_hand", "hand"),
    ("f_falling", "fall"),
)


class Finals:
    """Finds changes of control told by a verb at the end of its clause."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        of = grammar.of
        self._turns: dict[str, Turn] = {}
        for name, turn in _TURNS:
            for symbol in of(name):
                self._turns.setdefault(symbol, turn)
        self._verbs = frozenset(self._turns)
        self._fall_to = of("f_fall_to")
        self._by = of("f_by")
        self._not = of("f_not")
        self._noun = of("f_falling") - of("f_fall", "f_not")
        self._territory = of("territory", "government_buildings", *(f"site_{kind}" for kind in SITE_KINDS))
        self._breaks = grammar.say

    def find(self, sentence: Sentence) -> list[Change]:
        """Return the changes of control that a sentence tells of, in their order."""
        if self._verbs.isdisjoint(sentence.present):
            return []
        symbols = sentence.marked.symbols
        found: list[Change] = []
        floor = sentence.first
        for at in range(sentence.first, sentence.last):
            turn = self._turns.get(symbols[at])
            if turn is None:
                if symbols[at] in self._breaks:
                    floor = at
                continue
            last = at + 1
            while last < sentence.last and symbols[last] == INSIDE:
                last += 1
            change = self._read(sentence, max(floor, at - _REACH), at, last, turn)
            if change is not None:
                found.append(change)
                floor = last
        return found

    def denies(self, sentence: Sentence, change: Change) -> bool:
        """Whether the verb itself says that it did not happen."""
        return sentence.marked.symbols[change.first] in self._not

    def _read(self, sentence: Sentence, floor: int, at: int, last: int, turn: Turn) -> Change | None:
        symbols = sentence.marked.symbols
        begin = at
        while begin > floor and symbols[begin - 1] not in _STOPS:
            begin -= 1
        end = at
        if symbols[at] in self._noun:  # "the fall of X": the name follows in Dari, precedes in Pashto
            end = min(sentence.last, last + 6)
        places = tuple(n for n in range(begin, end) if n in sentence.places)
        heads = tuple(n for n in range(begin, end) if symbols[n] in self._territory and n not in sentence.places)
        if not places and not heads:
            return None
        if symbols[at] in self._fall_to and not any(s in self._by for s in symbols[begin:at]):
            return None  # "it fell" alone is also "it happened"
        after = self._grammar.next_party(sentence, last, 3) if turn == "state" else None
        winner = after or self._party(sentence, begin, last, heads)
        side = winner.side if winner else None
        if turn == "hand" and side == "government":
            side, winner = "insurgent", None  # they handed it over
        return Change(turn, at, last, side, winner, None, places, heads, begin, last)

    def _party(self, sentence: Sentence, begin: int, end: int, heads: tuple[int, ...]) -> Party | None:
        """Return the insurgents where a clause names them, else the first party that it names."""
        found: Party | None = None
        for at in range(begin, end):
            party = self._grammar.party_at(sentence, at) if at not in heads else None
            if party is not None and party.side is not None:
                if party.side == "insurgent":
                    return party
                found = found or party
        return found
