"""The sentences of an item and what they tell of in, the answers of the other side that deny it out.

"The Taliban claim to have captured X; the government rejects it." The claim stays what it is: its denial is told beside
it. It must not judge who is right, nor read denials that name the change again ("denied that X had fallen").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sitmon.classify.basis import camp
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.modality import Manner
from sitmon.classify.reports import Draft
from sitmon.model.terms import MOVING, OPPOSITE, TERRITORY

_NEAR: Final = 4
"""How many tokens around a denial its object and its "by" stand at most."""


class Answers:
    """Finds who denies what another side claims, without naming it again."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._deny = grammar.of("d_reject")
        self._claim = grammar.of("d_report", "claim_word")
        self._it = grammar.of("d_it")

    def find(self, sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> list[Draft]:
        """Return a denied telling of each claim of territory that its own sentence or the next one denies."""
        found = []
        for draft in drafts:
            if draft.type not in TERRITORY or draft.modality not in MOVING or draft.winner not in OPPOSITE:
                continue
            near = sentences[draft.sentence.number : draft.sentence.number + 2]
            answer = next((a for s in near for a in self._denials(s, draft.last)), None)
            if answer is None or camp(answer[2].side) != OPPOSITE[draft.winner]:
                continue
            sentence, at, party = answer
            manner = Manner("negated", at, denied=True)
            found.append(replace(draft, sentence=sentence, first=at, last=at + 1, manner=manner, denier=party, more=[]))
        return found

    def _denials(self, sentence: Sentence, start: int) -> Iterator[tuple[Sentence, int, Party]]:
        """Yield the words from a token on that deny "it" or "the claim", each with whoever does."""
        if self._deny.isdisjoint(sentence.present):
            return
        for at in range(max(sentence.first, start), sentence.last):
            if sentence.marked.symbols[at] not in self._deny:
                continue
            if self._passive(sentence, at):
                party = self._grammar.agent(sentence, at + 1)
            else:
                party = self._grammar.subject(sentence, at) if self._denies_it(sentence, at) else None
            if party is not None and party.side is not None:
                yield sentence, at, party

    def _passive(self, sentence: Sentence, at: int) -> bool:
        """Whether a claim is denied by somebody: "a claim denied by the ministry"."""
        symbols = sentence.marked.symbols
        before = symbols[max(sentence.first, at - _NEAR) : at]
        by = at + 1 < sentence.last and symbols[at + 1] in self._grammar.by
        return by and not (self._claim | self._it).isdisjoint(before)

    def _denies_it(self, sentence: Sentence, at: int) -> bool:
        """Whether nothing but "it" or "the claim" is what is denied."""
        symbols = sentence.marked.symbols
        n = at + 1
        while n < sentence.last and symbols[n] in self._grammar.determiner and symbols[n] not in self._it:
            n += 1
        if n >= sentence.last or (symbols[n] not in self._it and symbols[n] not in self._claim):
            return False
        end = n + 1
        return (
            end >= sentence.last
            or symbols[end] in HARD_STOPS
            or symbols[end] in self._grammar.link
            or symbols[end] in (",", "and")
        )
