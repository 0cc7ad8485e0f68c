"""A sentence that speaks of a deed in, who owns up to it or denies it out. It must not look for deeds itself."""

from __future__ import annotations

from typing import Final

from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN

_DEED: Final = 6
"""How many tokens after "claimed" the deed stands at most, and how many of the clause after it are read."""


class Owning:
    """Finds who owns up to deeds, and who denies them."""

    def __init__(self, grammar: Grammar) -> None:
        of = grammar.of
        self._grammar = grammar
        self._claims = of("claim_deed")
        self._claiming = of("claim_word")
        self._deeds = of(
            "killing", "attack_noun", "bomb", "bomb_strong", "suicide", "suicide_strong", "grenade", "assassinate",
            "shell_strong", "abduct",
        )  # fmt: skip
        self._telling = of("kill", "wound") | grammar.be | grammar.have

    def is_claimed(self, sentence: Sentence, deed: int) -> bool:
        """Whether the deed at a token is what somebody claims, right before it."""
        low = max(sentence.first, deed - _DEED)
        return any(self._claims_deed(sentence, at) for at in range(low, deed))

    def _claims_deed(self, sentence: Sentence, at: int) -> bool:
        """Whether a verb at a token claims a deed, not a fact about one: "claimed the bombing of a mosque"."""
        symbols = sentence.marked.symbols
        if symbols[at] in self._claims:
            return True
        if symbols[at] not in self._claiming:
            return False
        for n in range(at + 1, min(sentence.last, at + _DEED)):
            if symbols[n] in self._deeds:
                clause = symbols[n + 1 : min(sentence.last, n + 1 + _DEED)]
                end = next(
                    (k for k, s in enumerate(clause) if s in HARD_STOPS or s == "," or s in self._grammar.that), None
                )
                return self._telling.isdisjoint(clause[:end])  # "claimed the raid killed ten" claims no raid
            if symbols[n] not in self._grammar.determiner and symbols[n] not in (PLAIN, INSIDE, NUMBER):
                return False
        return False

    def claimant(self, sentence: Sentence) -> Party | None:
        """Return who owns up to a deed: "claimed by the Taliban", "the Taliban claimed the bombing"."""
        if (self._claims | self._claiming).isdisjoint(sentence.present):
            return None
        symbols = sentence.marked.symbols
        for at in range(sentence.first, sentence.last):
            if self._claims_deed(sentence, at):
                last = at + 1
                while last < sentence.last and symbols[last] == INSIDE:
                    last += 1
                party = self._grammar.next_party(sentence, last, 5) or self._grammar.subject(sentence, at)
                if party is None:  # "the Taliban said that they carried out the attack"
                    first = next((n for n in range(sentence.first, at) if symbols[n] in self._grammar.party), None)
                    party = self._grammar.party_at(sentence, first) if first is not None else None
                return party
        return None

    def denier(self, sentence: Sentence, at: int) -> Party | None:
        """Return who denies a deed by the word at a token: "the Taliban denied any part in it"."""
        if at < sentence.first:
            return None
        if (party := self._grammar.subject(sentence, at)) is not None:
            return party
        symbols = sentence.marked.symbols
        first = next((n for n in range(sentence.first, at) if symbols[n] in self._grammar.party), None)
        return self._grammar.party_at(sentence, first) if first is not None else None
