"""A sentence that speaks of flags in, whose flag is over what out: who raises it there has the place.

It must not take a crowd's flag for a party's.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.change import Change, Changes
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.objects import Territories

_NEAR: Final = 7
"""How many tokens may stand between raising, flag and "over"."""
_OWNER: Final = 3
_WHEN: Final = 12
"""How many tokens before a flag "until" may take it back."""


class Flags:
    """Finds flags that are raised over places."""

    def __init__(self, grammar: Grammar, territories: Territories, changes: Changes) -> None:
        self._grammar = grammar
        self._changes = changes
        self._territories = territories
        of = grammar.of
        self._raise = of("t_raise")
        self._flag = of("flag_word")
        self._over = of("flag_over")
        self._until = grammar.little("until")
        self._insurgents = of("t_flag_insurgent")
        self._seats = of("t_seat", "site_governor_office", "site_police_hq", "government_buildings")
        self._occasion = of("t_occasion")
        self._beside = of("near", "t_beside", "t_outskirts")
        self._theirs = grammar.little("their")
        self._high = of("flag_over") - of("in_prep")
        self.cues = self._raise | self._flag

    def read(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what a flag at a token, or the raising of one, says to have changed hands."""
        symbol = sentence.marked.symbols[at]
        if symbol in self._raise:
            return self._raised(sentence, at, last)
        if symbol in self._flag:
            return self._flying(sentence, at, last)
        return None

    def _raised(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """The Taliban raised their flag over the governor's office."""
        symbols = sentence.marked.symbols
        flag = self._next(sentence, last, self._flag)
        over = self._next(sentence, flag + 1, self._over) if flag is not None else None
        winner = self._grammar.subject(sentence, at)
        begin = self._grammar.begin(sentence, at)
        if flag is None or over is None or winner is None:
            return None
        if symbols[flag] in self._insurgents and winner.side != "insurgent":
            return None  # soldiers who raise a white flag give up
        if winner.side != "insurgent" and not self._occasion.isdisjoint(sentence.present):
            return None  # "for the president's visit"
        if begin > sentence.first and symbols[begin - 1] in self._grammar.that:
            return None  # "the Taliban fired on people who raised the flag"
        return self._over_what(sentence, (at, last), over, winner, at)

    def _flying(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """The Taliban flag now flies over the square."""
        symbols = sentence.marked.symbols
        owner: Party | None = None
        truce = False
        for n in range(at - 1, max(sentence.first, at - _OWNER) - 1, -1):
            if symbols[n] in self._grammar.party:
                owner = self._grammar.party_at(sentence, n)
                break
        if not self._until.isdisjoint(sentence.marked.doc.words[max(sentence.first, at - _WHEN) : at]):
            return None
        if owner is None and symbols[at] in self._insurgents:
            owner = Party("insurgent", None, at, last)  # a flag of their colour
            truce = sentence.marked.doc.words[at - 1] not in self._theirs
        over = self._next(sentence, last, self._high)
        if owner is None or owner.side is None or over is None:
            return None
        if symbols[at] in self._insurgents and owner.side != "insurgent":
            return None
        if truce and self._next(sentence, over + 1, self._seats) is None:
            return None  # whose flag it is nobody says: a truce, a grave, a match
        return self._over_what(sentence, (at, last), over, owner, owner.first)

    def _next(self, sentence: Sentence, start: int, wanted: frozenset[str]) -> int | None:
        """Return the next token of a class in the same clause, if it stands near."""
        symbols = sentence.marked.symbols
        for n in range(start, min(sentence.last, start + _NEAR)):
            if symbols[n] in wanted:
                return n
            if symbols[n] in HARD_STOPS or symbols[n] in self._grammar.link:
                return None
        return None

    def _over_what(
        self, sentence: Sentence, verb: tuple[int, int], over: int, winner: Party, begin: int
    ) -> Change | None:
        territories = self._territories
        ground = territories.right(sentence, over + 1) or territories.building(sentence, over + 1)
        ground = ground or territories.name_after(sentence, over + 1)
        if not ground or not self._beside.isdisjoint(sentence.marked.symbols[over + 1 : ground.end]):
            return None  # "on a hill overlooking X"
        return self._changes.make("take", sentence, verb, winner, None, ground.reaching(begin, verb[1]))
