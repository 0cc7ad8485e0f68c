"""The changes of control of one sentence in, those out that another one of them has undone.

"Troops retook Kunduz, which had been seized by the Taliban" tells of the second only to say what the first one ends: it
is history, however few days old. It must not judge a change that stands alone, nor one of another place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sitmon.classify.change import Change
from sitmon.classify.grammar import HARD_STOPS, Grammar, Sentence

_BACK: Final = 8
"""How many tokens before its verb a clause opens at most."""

_NOT: Final = 3
"""How many tokens before a change stands what denies it: "failed to hold"."""


class Undone:
    """Finds changes that are told as what had been before another one."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._relative = grammar.of("that")
        self._adverb = grammar.adverb
        self._who = grammar.relative
        self._link = grammar.of("time_after")
        self._light = grammar.be | grammar.adverb | grammar.of("have")
        self._had = grammar.little("had")
        self._it = grammar.little("it")
        self._by = grammar.of("by", "towards")
        self._joint = grammar.joint
        self._neg = grammar.neg
        self._participle = grammar.endings("participle") + grammar.endings("adjectival")

    def find(self, sentence: Sentence, changes: Sequence[Change]) -> list[Change]:
        """Return the changes that another one of their sentence has undone."""
        verbs = frozenset(c.first for c in changes)
        recalled = [c for c in changes if self._is_recalled(sentence, c, verbs)]
        if len(changes) < 2 or recalled:
            return recalled
        aside = {c.first for c in changes if self._is_aside(sentence, c, verbs)}
        done = [c for c in changes if c.first not in aside and not self._negated(sentence, c)]
        return [c for c in changes if c.first in aside and any(_undoes(o, c) for o in done)]

    def _negated(self, sentence: Sentence, change: Change) -> bool:
        """Whether a change did not come about: "failed to hold X, which was taken by the rebels"."""
        before = sentence.marked.symbols[max(sentence.first, change.first - _NOT) : change.first]
        return not self._neg.isdisjoint(before)

    def _is_recalled(self, sentence: Sentence, change: Change, verbs: frozenset[int]) -> bool:
        """Whether a change only says which people are meant: "a strike hit the fighters who had captured X"."""
        if self._who.isdisjoint(sentence.present):
            return False
        who = self._grammar.relative_before(sentence, change.first, _BACK, verbs)
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        if who <= sentence.first or symbols[who - 1] == ",":
            return False
        if any(symbols[n] in self._grammar.be and words[n - 1] in self._it for n in range(sentence.first + 1, who)):
            return False  # "it was the rebels who had captured X"
        if words[who + 1] not in self._had or not self._had.isdisjoint(words[who + 2 : change.first]):
            return False  # "who had entered at dawn had captured X": the verb is another one's
        between = symbols[
            who + 2 : change.first
        ]  # or "who had helped the rebels take X", "who had told of the capture"
        own = self._light.issuperset(between) or between[-1] in self._grammar.determiner
        return own or not (self._joint | self._grammar.party).isdisjoint(between)

    def _is_aside(self, sentence: Sentence, change: Change, verbs: frozenset[int]) -> bool:
        """Whether a change is told in a clause that only says of a party or a place what it had done or been."""
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        at, had, joined = change.first - 1, False, False
        low = max(sentence.first, change.first - _BACK)
        while at >= low and symbols[at] in self._light:
            had = had or words[at] in self._had
            at -= 1
        only = self._adverb.issuperset(symbols[at + 1 : change.first])  # "both lost to the rebels"
        if only and at >= low and symbols[at] == ",":  # "Kunduz, seized by the Taliban last week"
            by = symbols[change.last : change.last + 1] in self._by  # or "lost to"
            if change.turn in ("state", "held"):
                return True  # "Kunduz, in rebel hands for a week, was"
            return by and words[change.first].endswith(self._participle)
        while at >= low and symbols[at] not in HARD_STOPS and symbols[at] != ",":
            if symbols[at] in self._relative or (had and symbols[at] in self._link):
                return True
            if symbols[at] in self._joint:
                joined = True
            elif at in verbs and not joined:
                return False  # "the rebels who had captured X were driven out": the clause had its verb
            at -= 1
        return False


def _undoes(change: Change, earlier: Change) -> bool:
    """Whether two changes go opposite ways at what may be one place."""
    if change.places and earlier.places and set(change.places).isdisjoint(earlier.places):
        return False
    if change.winner is not None and earlier.winner is not None:
        return change.winner != earlier.winner
    return (change.turn == "retake") != (earlier.turn == "retake")
