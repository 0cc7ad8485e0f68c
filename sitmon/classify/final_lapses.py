"""Words that say whose a place is, in a clause that puts its verb last, who has it no longer out.

"X دیگر در دست دولت نیست" is a loss, and no denial that somebody has X. It must not find the place.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence

_OWNER: Final = 5
"""How many tokens the owner has at most, between the words for holding and the "is not" or before those words."""
_NEAR: Final = 2
"""How many tokens before the words for holding an "our" may stand."""
_COUNTED: Final = 3
"""How many tokens before "another" its count stands: "one district another"."""


class Lapse(NamedTuple):
    """Somebody has it no longer: None where whoever speaks has lost it. `last` is the token after what says so."""

    loser: Party | None
    last: int


class FinalLapses:
    """Reads "is no longer in their hands" in languages whose verb stands last."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._no_longer = grammar.little("f_no_longer")
        self._ours = grammar.little("f_ours")
        self._another = grammar.little("f_another")
        self._is_not = grammar.of("f_not_after")
        self.verbs = grammar.of("f_no_hold")
        """Verbs of holding that are denied themselves: a change only where somebody has it "no longer"."""

    def read(self, sentence: Sentence, begin: int, at: int, last: int) -> Lapse | None:
        """Return who lost what is said of the words for holding at tokens `at` to `last`; None where nobody did."""
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        if not self._lapsed(words, begin, at):
            return None
        end = self._negated(sentence, at, last)
        if end < 0:
            return None
        behind = range(last, end)
        low = max(begin, at - _OWNER) if symbols[at] not in self.verbs else begin
        near = range(max(begin, at - _NEAR) if low > begin else begin, last)
        if any(words[n] in self._ours for n in (*behind, *near)):
            return Lapse(None, end)
        party = next((p for n in behind if (p := self._grammar.party_at(sentence, n))), None)
        if party is None:
            party = next((p for n in range(at - 1, low - 1, -1) if (p := self._grammar.party_at(sentence, n))), None)
        if party is None or party.side is None or any(symbols[n] == "," for n in behind):
            return None
        return Lapse(party, end)

    def _lapsed(self, words: list[str], begin: int, at: int) -> bool:
        """Whether "no longer" stands before the words for holding; after a count the same word is "another"."""
        return any(
            words[n] in self._no_longer and self._another.isdisjoint(words[max(begin, n - _COUNTED) : n])
            for n in range(begin, at)
        )

    def _negated(self, sentence: Sentence, at: int, last: int) -> int:
        """Return the token after the "is not" of a word for holding; -1 for none."""
        symbols = sentence.marked.symbols
        if symbols[at] in self.verbs:
            return last
        for n in range(at, min(sentence.last, last + _OWNER)):
            if symbols[n] in HARD_STOPS:
                return -1
            if symbols[n] in self._is_not:
                return self._grammar.phrase_end(sentence, n)
        return -1
