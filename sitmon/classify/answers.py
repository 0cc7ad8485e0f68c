"""The sentences of an item and what they tell of in, the answers of the other side that deny it out.

"The Taliban claim to have captured X; the government rejects it." The claim stays what it is: its denial is told beside
it. It must not judge who is right, nor read denials that name the change again ("denied that X had fallen").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sitmon.classify.basis import camp
from sitmon.classify.final_parties import FinalParties, verb_last
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE
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
        self._deny_last = grammar.of("deny")
        self._this = grammar.little("f_this")
        self._claimed = grammar.little("f_claimed")
        self._opens = grammar.link | {","}
        self._between = grammar.party | grammar.of("f_object", "f_of") | {INSIDE}
        self._parties = FinalParties(grammar)
        self._official_words = grammar.little("f_officials")
        self._officials = grammar.of("title_link", "person_rank", "official")

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
        if (self._deny | self._deny_last).isdisjoint(sentence.present):
            return
        for at in range(max(sentence.first, start), sentence.last):
            if verb_last(sentence, at):
                party = self._answering(sentence, at)
                if party is not None:
                    yield sentence, at, party
                continue
            if sentence.marked.symbols[at] not in self._deny:
                continue
            if self._passive(sentence, at):
                party = self._grammar.agent(sentence, at + 1)
            else:
                party = self._who(sentence, at) if self._denies_it(sentence, at) or self._which(sentence, at) else None
            if party is not None and party.side is not None:
                yield sentence, at, party

    def _who(self, sentence: Sentence, at: int) -> Party | None:
        """Return who denies it by the verb at a token: the party in its clause, else the official, else the subject."""
        symbols = sentence.marked.symbols
        low = begin = self._grammar.begin(sentence, at)
        while low > sentence.first and symbols[low - 1] not in HARD_STOPS and symbols[low - 1] not in self._opens:
            low -= 1
        party = self._grammar.subject(sentence, at)
        if party is not None and party.first >= low:
            return party
        return self._official(sentence, low, begin) or party

    def _official(self, sentence: Sentence, low: int, stop: int) -> Party | None:
        """Return the official whom a stretch names last in its own clause, who speaks for the government."""
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        back = range(stop - 1, low - 1, -1)
        found = (n for n in back if symbols[n] in self._officials or words[n] in self._official_words)
        return next((Party("government", None, n, n + 1) for n in found), None)

    def _answering(self, sentence: Sentence, at: int) -> Party | None:
        """Return who denies "this" or "this claim" by a verb that stands last."""
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        if symbols[at] not in self._deny_last:
            return None
        this = next((n for n in range(at - 1, max(sentence.first, at - _NEAR) - 1, -1) if words[n] in self._this), -1)
        if this < 0 or any(
            words[n] not in self._claimed and symbols[n] not in self._between for n in range(this + 1, at)
        ):
            return None  # "rejected this offer"
        begin = self._parties.begin(sentence, at)
        party = next((p for n in range(begin, this) if (p := self._grammar.party_at(sentence, n))), None)
        return party or self._official(sentence, begin, this)

    def _passive(self, sentence: Sentence, at: int) -> bool:
        """Whether a claim is denied by somebody: "a claim denied by the ministry"."""
        symbols = sentence.marked.symbols
        before = symbols[max(sentence.first, at - _NEAR) : at]
        by = at + 1 < sentence.last and symbols[at + 1] in self._grammar.by
        return by and not (self._claim | self._it).isdisjoint(before)

    def _which(self, sentence: Sentence, at: int) -> bool:
        """Whether what is denied is all that was told before: ", which the army denied"."""
        symbols = sentence.marked.symbols
        if at + 1 < sentence.last and symbols[at + 1] not in HARD_STOPS and symbols[at + 1] != ",":
            return False
        near = range(at - 1, max(sentence.first, at - _NEAR - 1), -1)
        which = next((n for n in near if symbols[n] in self._grammar.relative), -1)
        return which > sentence.first and symbols[which - 1] == ","

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
