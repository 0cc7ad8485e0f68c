"""A change of control in its sentence in, what says that it is still to come or only a landmark in time out.

"The threat of the fall of X", "the fall of X is inevitable", "the 1996 capture of X", "since the fall of X". It must
not read what denies or prevents a change (`refusals.py`). The words are data (`cues.en.toml`, "d_").
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sitmon.classify.grammar import HARD_STOPS, Grammar, Sentence
from sitmon.classify.manner import Manner
from sitmon.model.terms import Modality

_NEAR: Final = 5
"""How many tokens before a change's clause "since" or "the day" stands at most."""
_PREDICATE: Final = 12
"""How many tokens a noun of change is from what is said of it, and from an "after" before it."""


class Prospects:
    """Reads changes that are no news: not yet, or long past."""

    def __init__(self, grammar: Grammar) -> None:
        of = grammar.of
        self._grammar = grammar
        self._neg = of("neg")
        self._modal = of("modal")
        self._ahead = of("d_ahead")
        self._ahead_of = of("d_ahead_of")
        self._aim = of("d_aim")
        self._seem = of("d_seem")
        self._come = of("d_come")
        self._aftermath = of("d_aftermath")
        self._after = of("d_after")
        self._fresh = of("d_fresh")
        self._since = of("d_since")
        self._the_day = of("d_the_day")
        self._of = of("of")
        self._joined = grammar.joint | grammar.link
        self._definite = grammar.little("definite")
        self._before_a_day = grammar.little("before_a_day")
        self._would = grammar.little("would")

    def noun(self, sentence: Sentence, first: int, last: int, published: datetime | None) -> Manner | None:
        """Return how a noun of change is no fact: it is still ahead, or of a bygone year."""
        return self._still_ahead(sentence, first, last) or self._of_a_year(sentence, first, published)

    def _still_ahead(self, sentence: Sentence, first: int, last: int) -> Manner | None:
        """Read a noun of change that is no fact: "the threat of the fall of X", "the fall of X is inevitable"."""
        symbols = sentence.marked.symbols
        for at in range(first - 1, max(sentence.first, first - 4) - 1, -1):
            if symbols[at] in HARD_STOPS or symbols[at] == ",":
                break
            if symbols[at] in self._ahead_of:
                return Manner("hypothetical", at)
        words = sentence.marked.doc.words
        for at in range(last, min(sentence.last, last + _PREDICATE)):
            symbol = symbols[at]
            if symbol in HARD_STOPS or symbol == "," or symbol in self._joined or symbol in self._grammar.say:
                return None
            after = symbols[at + 1 : min(sentence.last, at + 5)]
            if symbol in self._grammar.be or symbol in self._seem:
                known: Modality = "negated" if any(s in self._neg for s in after[:2]) else "hypothetical"
                ahead = any(s in self._ahead for s in after) or self._aimed_at(sentence, at + 1)
                return Manner(known, at) if ahead else None
            if symbol in self._ahead:
                return Manner("hypothetical", at)
            if words[at] in self._would or (symbol in self._modal and any(s in self._come for s in after[:2])):
                return Manner("hypothetical", at)
        return None

    def _aimed_at(self, sentence: Sentence, at: int) -> bool:
        """Whether it is called somebody's aim ("remains the rebels' goal"), and not "the plan's greatest success"."""
        symbols = sentence.marked.symbols
        for n in range(at, min(sentence.last, at + _NEAR - 1)):
            if symbols[n] in self._aim:
                after = symbols[n + 1] if n + 1 < sentence.last else "."
                return after in HARD_STOPS or after == "," or after in self._of or after in self._grammar.link
        return False

    def _of_a_year(self, sentence: Sentence, first: int, published: datetime | None) -> Manner | None:
        """Read a noun of change with its bygone year before it: "the 1996 capture of"."""
        word = sentence.marked.doc.words[first - 1] if first > sentence.first else ""
        if published is None or len(word) != 4 or not word.isdecimal():
            return None
        return Manner("historical", first - 1) if 1800 < int(word) < published.year else None

    def known(self, sentence: Sentence, first: int) -> Manner | None:
        """Read what is only a landmark in time: "since the fall of X", "the day X fell"."""
        if not self._aftermath.isdisjoint(sentence.present) and (at := self._aftermath_of(sentence, first)) >= 0:
            return Manner("historical", at)
        if (self._since | self._the_day).isdisjoint(sentence.present):
            return None
        symbols = sentence.marked.symbols
        begin = self._grammar.begin(sentence, first)
        for at in range(begin - 1, max(sentence.first, begin - _NEAR) - 1, -1):
            symbol = symbols[at]
            if symbol in HARD_STOPS or symbol == ",":
                return None
            if symbol in self._since or self._landmark(sentence, at):
                return Manner("historical", at)
            if symbol in self._grammar.preposition and symbol not in self._of:
                return None
        return None

    def _aftermath_of(self, sentence: Sentence, first: int) -> int:
        """Return the "after" by which a change only says when people went home or opened shops; -1 for none."""
        symbols = sentence.marked.symbols
        for at in range(first - 1, max(sentence.first, first - _PREDICATE), -1):
            if symbols[at] in HARD_STOPS or symbols[at] == ",":
                break
            if symbols[at] in self._after:
                if not self._fresh.isdisjoint(symbols[at : sentence.last]):
                    return -1  # "after the rebels captured the city overnight"
                return at if not self._aftermath.isdisjoint(symbols[sentence.first : at]) else -1
        return -1

    def _landmark(self, sentence: Sentence, at: int) -> bool:
        """Whether "the day" stands here, and not at the end of a phrase of its own ("later in the day X fell")."""
        words = sentence.marked.doc.words
        if (
            sentence.marked.symbols[at] not in self._the_day
            or at == sentence.first
            or words[at - 1] not in self._definite
        ):
            return False
        before = at - 2
        if before < sentence.first or words[before] in self._before_a_day:
            return True
        return sentence.marked.symbols[before] not in self._grammar.preposition
