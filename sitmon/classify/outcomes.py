"""A change of control in its sentence in, its event type, the side that gains and whether nothing changed out.

It must not find changes, nor say where they are: who acts and what stands around the verb decide whether a place was
captured, retaken, handed over without a fight, or is only held as before.
"""

from __future__ import annotations

from sitmon.classify.change import Change
from sitmon.classify.grammar import Grammar, Sentence
from sitmon.model.terms import Side


class Outcomes:
    """Reads what a change of control came to."""

    def __init__(self, grammar: Grammar) -> None:
        of = grammar.of
        self._grammar = grammar
        self._withdraw = of("t_withdraw_verb")
        self._gone = of("t_withdraw_verb", "t_gone")
        self._deal = of("agree", "deal_noun")
        self._route = of("route", "going", "retreat_to")
        self._peaceful = of("t_peaceful")
        self._withdrew = of("t_withdrew")
        self._fight = of("clash", "battle", "attack_noun", "t_fought")
        self._under = of("link", "under_deal")
        self._back = of("t_back")
        self._still = grammar.little("still")
        self._came = grammar.little("came")
        self._to = of("towards")

    def read(self, sentence: Sentence, change: Change) -> tuple[str, Side | None, bool]:
        """Return the event type of a change, the side that gains, and whether it only says who holds."""
        side = change.winner
        camp: Side = "government" if side in ("government", "foreign") else "insurgent"
        if side is None:
            camp = "government" if change.turn == "retake" else "insurgent"
        kept = change.turn in ("state", "hold") and camp == "government"
        kept = kept and not (self._restored(sentence, change) or self._newly(sentence, change))
        if change.turn == "held" or kept or self._as_before(sentence, change):
            return "other", camp, True
        if change.turn in ("hand", "surrender") or self._peacefully(sentence, change):
            return "handed_over", camp, False
        return ("captured" if camp == "insurgent" else "retaken"), camp, False

    def _restored(self, sentence: Sentence, change: Change) -> bool:
        """Whether a side has a place again: "brought back under government control", "in control again"."""
        symbols = sentence.marked.symbols
        near = symbols[max(sentence.first, change.first - 4) : change.first] + symbols[change.end : change.end + 2]
        return not self._back.isdisjoint(near)

    def _newly(self, sentence: Sentence, change: Change) -> bool:
        """Whether a state is told as new: "came under the control of", "is now in the hands of"."""
        if change.turn != "state":
            return False
        words = sentence.marked.doc.words
        return not self._came.isdisjoint(words[max(sentence.first, change.first - 3) : change.last])

    def _as_before(self, sentence: Sentence, change: Change) -> bool:
        """Whether a side has a place as it had it: "still control", "remains in the hands of"."""
        if change.turn not in ("state", "hold"):
            return False
        words = sentence.marked.doc.words
        return not self._still.isdisjoint(words[max(sentence.first, change.first - 3) : change.last])

    def _peacefully(self, sentence: Sentence, change: Change) -> bool:
        """Whether nobody fought for it: "without a fight", or the other side had withdrawn."""
        present = sentence.present
        if not self._peaceful.isdisjoint(present):
            return True
        if change.turn == "lose":
            return self._fight.isdisjoint(present) and self._by_deal(sentence)
        if change.turn not in ("take", "retake", "fall") or not self._fight.isdisjoint(present):
            return False
        if not self._withdrew.isdisjoint(present) or self._by_deal(sentence):
            return True
        return self._left_behind(sentence) or self._left_before(sentence, change)

    def _by_deal(self, sentence: Sentence) -> bool:
        """Whether a deal is what it happened under: "under an agreement", "after a deal was signed"."""
        symbols = sentence.marked.symbols
        for at in range(sentence.first, sentence.last):
            if symbols[at] in self._deal and not self._under.isdisjoint(symbols[max(sentence.first, at - 5) : at]):
                return True
        return False

    def _left_before(self, sentence: Sentence, change: Change) -> bool:
        """Whether the sentence first says that the other side left: "the army pulled back and the rebels took"."""
        symbols = sentence.marked.symbols
        for at in range(sentence.first, change.first):
            if symbols[at] in self._gone and symbols[at] not in self._route:
                party = self._grammar.subject(sentence, at)
                if party is not None and change.winner_party is not None and party.first != change.winner_party.first:
                    return True
        return False

    def _left_behind(self, sentence: Sentence) -> bool:
        """Whether the other side had gone: "after the militants withdrew" (but not "withdrew towards the capital")."""
        symbols = sentence.marked.symbols
        for at in range(sentence.first + 2, sentence.last):
            if symbols[at] in self._withdraw and symbols[at] not in self._route:
                after = symbols[at + 1] if at + 1 < sentence.last else "."
                linked = not self._grammar.link.isdisjoint(symbols[max(sentence.first, at - 6) : at])
                if linked and after not in self._to and after not in self._route:
                    return True
        return False
