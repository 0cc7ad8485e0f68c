"""Words that say in whose hands a place is in, or nouns of change, the change of control that they tell of out.

"X is under Taliban control", "they now hold X", "the fall of X to". It must not read verbs of taking (`takings.py`) or
of losing (`losses.py`).
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.arrivals import Arrivals
from sitmon.classify.change import TURN_OF_CLASS, Change, Changes, Ground, Turn
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER
from sitmon.classify.objects import Territories

_NEAR: Final = 5
_LED: Final = 3
"""How many tokens before "its fall" what led to it stands, and between the names of one chain."""
_BACK: Final = 24
"""How many tokens before "its fall" the place stands."""


class Holdings:
    """Reads who has territory, and what a noun of change is of."""

    def __init__(self, grammar: Grammar, territories: Territories, arrivals: Arrivals, changes: Changes) -> None:
        self._grammar = grammar
        self._territories = territories
        self._arrivals = arrivals
        self._changes = changes
        of = grammar.of
        self._held = of("t_held")
        self._have = of("t_have")
        self._bare = of("t_bare")
        self._under = of("t_under")
        self._to = of("towards")
        self._falls = of("t_falling")
        self._falling = of(*(name for name, turn in TURN_OF_CLASS.items() if turn == "fall"))
        self._retaking = of("t_retake", "t_retaking")
        self._had = grammar.little("had")
        self._built = of("t_structure")
        self._war = grammar.party | of("clash", "battle", "attack_noun", "attack_verb", "siege")
        self._grip = of("t_grip")
        self._who = of("relative")
        self._controls = of("t_controls")
        self._run = of("t_run")
        self._now = grammar.little("now")
        self._structure = of("t_structure", "t_building")
        self._measure = grammar.determiner | grammar.adverb | of("of", "t_most", "t_part", "t_whole") | {INSIDE, NUMBER}
        self._finite = grammar.be | grammar.have | of("modal")
        self._break = of("t_break")
        self._restore = of("t_restore")
        self._attack = of("battle", "attack_noun")
        self._whose = of("of", "by")
        self._its = grammar.little("its")
        self._leading = of("t_led")
        self._chain = of("district_word", "province_word", "in_prep") | {",", INSIDE}

    def state(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "X is in the hands of the Taliban" or "the Taliban are in control of X" says."""
        symbols = sentence.marked.symbols
        winner = self._grammar.next_party(sentence, last, _NEAR)
        if winner is not None and not self._grammar.link.isdisjoint(symbols[last : winner.first]):
            winner = None  # "they are in control of X after the army left"
        if winner is not None:
            begin = self._grammar.begin(sentence, at)
            ground = self._territories.left(sentence, begin, strict=False)
            ground = ground or self._territories.name_before(sentence, begin)
            if not ground:
                return None
            first = min(ground.places + ground.heads)
            if symbols[at] in self._bare and not self._territories.complements.stands_alone(sentence, first):
                return None  # "the keys of X are with them"
            turn: Turn = "held" if symbols[at] in self._held else "state"
            return self._changes.make(turn, sentence, (at, last), winner, None, ground.reaching(at, winner.last))
        if at > sentence.first and symbols[at - 1] == ",":
            return None  # "the militants, in control of much of the north, attacked": as known
        ground = self._territories.right(sentence, last, unknown=True)
        winner = self._grammar.subject(sentence, at)
        if winner is None or not ground:
            return None
        return self._changes.make("state", sentence, (at, last), winner, None, ground)

    def holds(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "the Taliban now hold the whole city" or "government forces hold only the airport" says."""
        if sentence.marked.symbols[at] in self._grip:
            return self._broken(sentence, at, last)
        doc = sentence.marked.doc
        winner = self._grammar.subject(sentence, at)
        joined = doc.body[doc.starts[at] - 1] == "-"  # "rebel-held towns"
        if winner is None or winner.side is None or joined or doc.words[at - 1] in self._had:
            return None
        now = doc.words[at - 1] in self._now
        if sentence.marked.symbols[at] in self._run and not now:
            return None
        begin = self._grammar.begin(sentence, at)
        if begin > sentence.first and sentence.marked.symbols[begin - 1] in self._who and not now:
            return None  # "the rebels, who hold X, said": as known
        ground = self._territories.right(sentence, last) or self._arrivals.it(sentence, at, last)
        if not ground and sentence.marked.symbols[at] in self._controls:
            ground = self._territories.name_after(sentence, last)
        if sentence.marked.symbols[at] in self._run and not self._is_whole(sentence, last, ground):
            return None  # "now run a radio station in X", "X's ring road"
        light = sentence.marked.symbols[at] in self._have
        end = max((sentence.places[n].last if n in sentence.places else n + 1 for n in ground.places), default=last)
        while end in ground.heads:
            end += 1  # "all of Kunduz city"
        if light and not self._territories.complements.ends_clause(sentence, end):
            return None  # "they have all of X against them"
        return self._changes.make("hold", sentence, (at, last), winner, None, ground) if ground else None

    def _is_whole(self, sentence: Sentence, last: int, ground: Ground) -> bool:
        """Whether territory is the whole object of the verb that ends before `last`, and no road or building."""
        symbols = sentence.marked.symbols
        if not ground or "'" in symbols[last : ground.end] or any(symbols[n] in self._structure for n in ground.heads):
            return False
        return self._measure.issuperset(symbols[last : min(ground.places + ground.heads)])

    def _broken(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "the army broke the Taliban's hold on X" says."""
        low = max(sentence.first, at - _NEAR + 1)
        loser = next((p for n in range(at - 1, low - 1, -1) if (p := self._grammar.party_at(sentence, n))), None)
        if loser is None:
            return None
        symbols = sentence.marked.symbols
        before = range(loser.first - 1, max(sentence.first, loser.first - _LED + 1) - 1, -1)
        verb = next((n for n in before if symbols[n] in self._break), None)
        ground = self._territories.right(sentence, last, unknown=True)
        again = next((n for n in before if symbols[n] in self._restore), None)
        if again is not None and again > sentence.first and ground:
            return self._changes.make("retake", sentence, (again, last), loser, None, ground)
        if verb is None or verb <= sentence.first or not ground:
            return None
        return self._changes.make("evict", sentence, (verb, last), self._grammar.subject(sentence, verb), loser, ground)

    def is_under(self, sentence: Sentence, at: int) -> bool:
        """Whether "under" stands shortly before a token."""
        return self._under_before(sentence, at) is not None

    def under(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "X is under Taliban control" says."""
        under = self._under_before(sentence, at)
        if under is None:
            return None
        winner = next((p for n in range(under + 1, at) if (p := self._grammar.party_at(sentence, n))), None)
        if winner is None:
            return None
        begin = self._grammar.begin(sentence, under)
        said = sentence.marked.symbols[begin:under]
        behind = sentence.marked.symbols[last : min(sentence.last, last + 1)]
        if self._finite.isdisjoint(said) and not self._finite.isdisjoint(behind):
            return None  # "life in X under their control is"
        ground = self._territories.left(sentence, begin, strict=False)
        return self._changes.make("state", sentence, (under, last), winner, None, ground) if ground else None

    def _under_before(self, sentence: Sentence, at: int) -> int | None:
        symbols = sentence.marked.symbols
        low = max(sentence.first, at - _NEAR)
        return next((n for n in range(at - 1, low - 1, -1) if symbols[n] in self._under), None)

    def noun(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "the fall of X to the Taliban" or "the capture of X by the Taliban" says."""
        symbol = sentence.marked.symbols[at]
        ground = self._territories.right(sentence, last, noun=True)
        if not ground and symbol in self._retaking:
            ground = self._territories.name_after(sentence, last + 1) or self._territories.building(sentence, last + 1)
        if not ground and symbol in self._falls and self._known_fall(sentence, at, last):
            ground = self._territories.name_after(sentence, last + 1)
        if not ground:
            return None
        turn: Turn = "retake" if symbol in self._retaking else "fall" if symbol in self._falling else "take"
        winner = self._by_whom(sentence, last, ground.end)
        if winner is None and turn != "fall" and not self._grammar.foiled(sentence, at):
            winner = self._whose_attack(sentence, at) or self._grammar.subject(sentence, at)  # but not who thwarts it
        return self._changes.make(turn, sentence, (at, last), winner, None, ground)

    def _known_fall(self, sentence: Sentence, at: int, last: int) -> bool:
        """Whether a fall is somebody's gain or is admitted: then a name that nothing knows is a place's."""
        if self._arrivals.admitted(sentence, at, last):
            return True
        symbols = sentence.marked.symbols
        to = next((n for n in range(last + 1, min(sentence.last, last + _NEAR)) if symbols[n] in self._to), None)
        return to is not None and self._grammar.next_party(sentence, to + 1, _NEAR) is not None

    def _whose_attack(self, sentence: Sentence, at: int) -> Party | None:
        """Return whose attack ended so: "an offensive by the army against the rebels led to the capture of"."""
        if self._attack.isdisjoint(sentence.present):
            return None
        symbols = sentence.marked.symbols
        for n in range(at - 1, max(sentence.first, at - _BACK) - 1, -1):
            if symbols[n] in HARD_STOPS:
                return None
            if symbols[n] in self._attack and symbols[n + 1] in self._whose:
                near = range(n + 2, min(at, n + 2 + _NEAR))
                return next((p for m in near if (p := self._grammar.party_at(sentence, m))), None)
        return None

    def is_its(self, sentence: Sentence, at: int) -> bool:
        """Whether a noun of change is of what was spoken of, and a fact: "led to its fall"."""
        led = sentence.marked.symbols[max(sentence.first, at - _LED) : at]
        its = sentence.marked.doc.words[at - 1] in self._its and not self._leading.isdisjoint(led)
        return its and not self._war.isdisjoint(sentence.present)

    def its(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "an assault on X led to its fall" says: the place named last before it changes hands."""
        near = [n for n in sentence.places if at - _BACK <= n < at]
        complements = self._territories.complements
        if not near or not complements.ends_clause(sentence, last):
            return None  # "its fall in value"
        end = sentence.places[max(near)].last
        if complements.lends_name(sentence, max(near), end, place=True) or sentence.marked.symbols[end] in self._built:
            return None  # "bombed the Kunduz bridge and caused its collapse"
        first = min(n for n in near if self._one_chain(sentence, n, max(near)))
        turn: Turn = "fall" if sentence.marked.symbols[at] in self._falling else "take"
        winner = self._by_whom(sentence, last, last) or self._grammar.subject(sentence, at)
        return self._changes.make(turn, sentence, (at, last), winner, None, Ground((first,), (), first, last))

    def _one_chain(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a place and a later one are a chain: "Almar district, Faryab"."""
        between = sentence.marked.symbols[sentence.places[first].last : last] if first != last else ""
        return len(between) <= _LED and all(s in self._chain for s in between)

    def _by_whom(self, sentence: Sentence, start: int, end: int) -> Party | None:
        """Return who stands after "to" or "by" there."""
        grammar, symbols = self._grammar, sentence.marked.symbols
        for n in range(start, min(sentence.last, end + 6)):
            if symbols[n] in grammar.be or symbols[n] in grammar.say or symbols[n] in grammar.refused:
                return None  # "the fall of the town was admitted by the ministry"
            if symbols[n] in grammar.by or symbols[n] in self._to:
                return grammar.next_party(sentence, n + 1, _NEAR)
        return None
