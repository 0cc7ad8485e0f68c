"""A sentence in, changes of control out: who took what from whom, and what the sentence calls it.

It must not decide who is believed, nor read one place's name: the verbs' classes are data (`cues.<lang>.toml`, "t_").

The readings, each for its own turn of phrase: active ("the Taliban seized X"), passive ("X was seized by") and fall ("X
fell to") in `takings.py`; loss ("the army lost X to"), eviction ("driven out of X"), handing over ("handed X over to")
and surrender ("X surrendered to") in `losses.py`; state ("X is under Taliban control") and the nouns ("the fall of X",
"capture of X by") in `holdings.py`; what needs no verb of taking in `arrivals.py`, `flags.py` and `lapses.py`.
"""

from __future__ import annotations

from sitmon.classify.arrivals import Arrivals
from sitmon.classify.change import TURN_OF_CLASS, Change, Changes, Turn
from sitmon.classify.flags import Flags
from sitmon.classify.grammar import Grammar, Sentence
from sitmon.classify.holdings import Holdings
from sitmon.classify.lapses import Lapses
from sitmon.classify.lexicon import INSIDE
from sitmon.classify.losses import Losses
from sitmon.classify.objects import Territories
from sitmon.classify.takings import Takings


class Territory:
    """Finds changes of control."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        of = grammar.of
        self._turns: dict[str, Turn] = {}
        for name, turn in TURN_OF_CLASS.items():
            for symbol in of(name):
                self._turns.setdefault(symbol, turn)
        self._nominal = of("t_taking", "t_retaking", "t_falling")
        self._of = of("of")
        self._cleared = of("t_cleared")
        self._stated = of("t_state", "t_held")
        self._holding = of("t_hold", "t_controls", "t_grip", "t_run")
        self._control = of("t_control")
        verbs = of("t_take", "t_retake", "t_recover", "t_fall", "t_lose", "t_evict", "t_hand", "t_surrender")
        changes = Changes(grammar)
        self._territories = Territories(grammar, verbs)
        self._arrivals = Arrivals(grammar, self._territories, changes)
        self._flags = Flags(grammar, self._territories, changes)
        self._lapses = Lapses(grammar, self._territories, changes)
        readers = (grammar, self._territories, self._arrivals, changes)
        self._takings, self._losses, self._holdings = Takings(*readers), Losses(*readers), Holdings(*readers)
        self._all = (
            self._cleared
            | self._stated
            | self._holding
            | verbs
            | self._nominal
            | self._control
            | self._arrivals.cues
            | self._flags.cues
            | self._lapses.cues
        )

    def find(self, sentence: Sentence) -> list[Change]:
        """Return the changes of control that a sentence tells of, in their order."""
        if self._all.isdisjoint(sentence.present):
            return []
        symbols = sentence.marked.symbols
        found: list[Change] = []
        done = sentence.first
        for at in range(sentence.first, sentence.last):
            symbol = symbols[at]
            if symbol not in self._all or at < done:
                continue
            last = at + 1
            while last < sentence.last and symbols[last] == INSIDE:
                last += 1
            change = self._read(sentence, at, last, symbol)
            if change is not None:
                found.append(change)
                if symbol in self._lapses.cues:
                    done = change.last
        return found

    def _read(self, sentence: Sentence, at: int, last: int, symbol: str) -> Change | None:
        if symbol in self._lapses.cues:
            return self._lapses.read(sentence, at, last)
        if symbol in self._nominal and last < sentence.last and sentence.marked.symbols[last] in self._of:
            return self._holdings.noun(sentence, at, last)
        if symbol in self._nominal and self._holdings.is_its(sentence, at):
            return self._holdings.its(sentence, at, last)
        if symbol in self._stated:
            return self._holdings.state(sentence, at, last)
        if symbol in self._control and self._holdings.is_under(sentence, at):
            return self._holdings.under(sentence, at, last)
        if symbol in self._cleared:
            return self._losses.clearing(sentence, at, last)
        found = self._arrivals.read(sentence, at, last) or self._flags.read(sentence, at, last)
        if found is not None:
            return found
        if symbol in self._holding and not self._grammar.passive(sentence, at, last):
            if self._territories.is_control(sentence, at):
                return None
            return self._holdings.holds(sentence, at, last)
        return self._turned(sentence, at, last, self._turns.get(symbol))

    def _turned(self, sentence: Sentence, at: int, last: int, turn: Turn | None) -> Change | None:
        """Return what a verb says by its turn of phrase."""
        if turn in ("take", "retake"):
            return self._takings.taking(sentence, at, last, turn)
        if turn == "fall":
            return self._takings.fall(sentence, at, last)
        if turn == "lose":
            return self._losses.loss(sentence, at, last)
        if turn == "evict":
            return self._losses.eviction(sentence, at, last)
        if turn in ("hand", "surrender"):
            return self._losses.handing(sentence, at, last, turn)
        return None
