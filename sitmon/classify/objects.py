"""A sentence and a spot in it, the territory named to the left or to the right out (false where there is none).

It must not know which verb asks. To the right stands an object ("seized government buildings in the capitals of X and
Y"), to the left a subject ("parts of X, the largest city of the south, have been"); a person, a weapon or an idiom
there ("took part", "seized rifles") is no territory.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.change import Ground
from sitmon.classify.complements import Complements
from sitmon.classify.grammar import HARD_STOPS, Grammar, Sentence
from sitmon.classify.lexicon import INSIDE, PLAIN
from sitmon.model.terms import SITE_KINDS

_OBJECT_REACH: Final = 12
_LIST_REACH: Final = 30
_APPOSITION: Final = 12
_ASIDE: Final = 16
"""How many tokens a clause between commas has at most: "X, which the rebels had held since May, was taken"."""
_NOUN_REACH: Final = 6
_LISTING: Final = frozenset("-:(")
"""Marks behind which a list of names says which places are meant."""
_NAME: Final = 4
"""How many words the name of a place has at most."""


class Territories:
    """Reads the territory that stands beside a verb."""

    def __init__(self, grammar: Grammar, verbs: frozenset[str]) -> None:
        """`verbs` are the symbols of other verbs of control: what follows one is no longer this one's object."""
        self._grammar = grammar
        self._verbs = verbs
        of = grammar.of
        self._territory = of(
            "territory", "government_buildings", "small_territory", *(f"site_{kind}" for kind in SITE_KINDS)
        ) - of("insurgent")  # the Islamic State is no state
        self._building = of("t_building")
        self._no_territory = of("no_territory")
        self._person = of("person", "official", "person_rank", "whereabouts", "title_link", "leader_word")
        self._goods = of("t_goods")
        self._other = of("preposition") - of("of") - of("in_prep")
        self.complements = Complements(grammar)
        self._weapon = of("weapon_object")
        self._of = of("of")
        self._from = of("away")
        self._to = of("towards")
        self._ends = grammar.say | grammar.link | grammar.that | self._from | self._to | of("in_prep", "near")
        self._clause = HARD_STOPS | grammar.say | grammar.link
        self._foreign = of("foreign_place")
        self._time = of("time_word")
        self._determiner = of("determiner")
        self._office = of("title_link")
        self._way = of("route", "going")
        self._where = of("of", "in_prep", "near")
        self._articles = grammar.little("name_article")  # "Maarat al-Numan"
        self._it = grammar.little("it")
        self._control = grammar.little("control")
        self._between = of("between_word")
        self._asides = grammar.that | of(
            "in_prep", "t_held", "t_hold", "t_state", "t_take", "t_lose", "t_fall", "t_under"
        )
        self._direction = of("compass", "compass_adjective")
        self._measure = self._determiner | self._direction | of("t_most", "t_part", "t_whole", "of") | {INSIDE}
        self._after_name = (
            grammar.link
            | grammar.be
            | self._time
            | self._from
            | self._to
            | of("in_prep", "joint", "near", "by", "adverb")
            | frozenset(",'")
        )
        self._before_name = (
            grammar.link | grammar.that | grammar.say | of("of", "joint", "capital_word") | frozenset(",")
        )
        self._after_noun = (
            self._ends | self._time | grammar.adverb | of("place", "preposition", "joint") | frozenset(",")
        )

    def building(self, sentence: Sentence, start: int) -> Ground:
        """Return the building that is a verb's whole object ("a mosque", "the bus station"), and where it ends."""
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last, start + _NOUN_REACH)):
            symbol = symbols[at]
            if symbol in self._building:
                end = at + 1
                while end < sentence.last and symbols[end] == INSIDE:
                    end += 1
                whole = end >= sentence.last or symbols[end] in HARD_STOPS or symbols[end] in self._after_noun
                if whole:
                    return Ground((), (at,), start, end)
            elif symbol in self._grammar.party or symbol in self._ends or symbol in HARD_STOPS or symbol == ",":
                break
        return _none(start)

    def name_after(self, sentence: Sentence, start: int) -> Ground:
        """Return the name that nothing knows which is all that stands after a verb ("Lalibela", "the Hajar ridge")."""
        symbols = sentence.marked.symbols
        at = start
        while at < sentence.last and symbols[at] in self._measure:
            at += 1
        end = at
        while end < min(sentence.last, at + _NAME) and self._is_name(sentence, end):
            end += 1
        whole = end >= sentence.last or symbols[end] in self._after_name or symbols[end] in HARD_STOPS
        return Ground((), (at,), start, end) if end > at and whole else _none(start)

    def name_before(self, sentence: Sentence, stop: int) -> Ground:
        """Return the name that nothing knows which is all that stands before a verb group."""
        symbols = sentence.marked.symbols
        at = stop
        while at > max(sentence.first, stop - _NAME) and self._is_name(sentence, at - 1):
            at -= 1
        whole = at == sentence.first or symbols[at - 1] in self._before_name or symbols[at - 1] in HARD_STOPS
        return Ground((), (at,), at, stop) if at < stop and whole else _none(stop)

    def cleft(self, sentence: Sentence, begin: int, last: int) -> Ground:
        """Return the places that a sentence like "the cities that fell are X and Y" says which they are."""
        symbols = sentence.marked.symbols
        at = begin - 2
        if at < sentence.first or symbols[begin - 1] not in self._grammar.that or symbols[at] not in self._territory:
            return _none(begin)
        for n in range(last, min(sentence.last, last + _NOUN_REACH)):
            if symbols[n] in self._grammar.be:
                found = self.right(sentence, n + 1)
                return Ground(found.places, (), at, found.end) if found.places else _none(begin)
        return _none(begin)

    def place_before(self, sentence: Sentence, stop: int) -> Ground:
        """Return the place that the sentence named last before a token: what an "it" there means."""
        near = max((n for n in sentence.places if n < stop), default=-1)
        return Ground((near,), (), near, stop) if near >= 0 else _none(stop)

    def is_control(self, sentence: Sentence, at: int) -> bool:
        """Whether the word at a token is the noun "control": "fought for control of the town"."""
        before = sentence.marked.symbols[at - 1] if at > sentence.first else "."
        noun = before in self._grammar.preposition or before in self._determiner
        return noun and sentence.marked.doc.words[at] in self._control

    def given_to_a_name(self, sentence: Sentence, start: int) -> bool:
        """Whether a name that is no party stands after "to": "returned four villages to Azerbaijan"."""
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last - 1, start + _OBJECT_REACH)):
            if symbols[at] in self._to:
                return symbols[at + 1] in self._foreign or sentence.marked.doc.capital(at + 1)
        return False

    def thing(self, sentence: Sentence, start: int) -> Ground:
        """Return the noun that stands after "control of", whatever it is but what nobody fights for."""
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last, start + _NOUN_REACH)):
            symbol = symbols[at]
            if symbol in self._no_territory or symbol in self._weapon or symbol in self._person:
                break
            if symbol in self._grammar.party or symbol in HARD_STOPS or symbol == ",":
                break
            noun = symbol == PLAIN or symbol in self._between
            after = symbols[at + 1] if at + 1 < sentence.last else "."
            if noun and after != PLAIN and after not in self._no_territory:  # "the pistachio trade"
                return Ground((), (at,), start, at + 1)
        return _none(start)

    def right(self, sentence: Sentence, start: int, *, unknown: bool = False, noun: bool = False) -> Ground:
        """Return the places and words for territory that a verb's object names, and where the object ends.

        `unknown`: a name that nothing knows will do, because the verb takes nothing else ("took control of Garma").
        `noun`: a noun asks ("the fall of X"), after whose object the verb stands, not the rest of a compound.
        """
        symbols = sentence.marked.symbols
        heads: list[int] = []
        at = start
        limit = min(sentence.last, start + _OBJECT_REACH)
        while at < limit:
            symbol = symbols[at]
            if at in sentence.places or symbol in self._territory:
                if not noun and self._only_describes(sentence, at):
                    return _none(at)
                break
            if (at > start and symbol in self._other) or self._goods_of(sentence, at):
                return _none(at)  # "captured a drone over X"
            if unknown and (symbol in self._foreign or self._is_name(sentence, at) or self._is_it(sentence, at)):
                return Ground((), (at,), start, at + 1)
            if symbol in self._of and not unknown and symbols[at - 1] == PLAIN:
                return _none(at)  # "took a member of"
            if symbol in self._no_territory or symbol in self._weapon or symbol in HARD_STOPS:
                return _none(at)
            if symbol in self._person and not self._modifies(sentence, at):
                return _none(at)
            if symbol in self._grammar.party and not self._modifies(sentence, at):
                return _none(at)
            if (symbol in self._ends and not self._time_next(sentence, at)) or symbol in self._verbs:
                return _none(at)
            if symbol == "," and not self._adjective_follows(sentence, at):
                return _none(at)
            at += 1
        else:
            return _none(at)
        places: list[int] = []
        limit = min(sentence.last, at + _LIST_REACH)
        while at < limit:
            symbol = symbols[at]
            if at in sentence.places:
                if not noun and self._only_describes(sentence, at):
                    break
                places.append(at)
            elif symbol in self._territory:
                heads.append(at)
            elif symbol in _LISTING and heads and not places and at + 1 in sentence.places:
                pass  # "three provincial capitals - X, Y and Z"
            elif self._ends_object(sentence, at, symbol):
                break
            at += 1
        return Ground(tuple(places), tuple(heads), start, at)

    def _goods_of(self, sentence: Sentence, at: int) -> bool:
        """Whether a thing or an officer is the whole object: "seized vehicles of", "captured the governor of"."""
        symbols = sentence.marked.symbols
        end = at + 1
        return symbols[at] in self._goods and (end >= sentence.last or symbols[end] in self._grammar.preposition)

    def _only_describes(self, sentence: Sentence, at: int) -> bool:
        """Whether a place or a word for territory only lends its name: "Kandahar cash", "the district police chief"."""
        symbols = sentence.marked.symbols
        hit = sentence.places.get(at)
        last = hit.last if hit is not None else at + 1
        while last < sentence.last and symbols[last] == INSIDE:
            last += 1
        return self.complements.lends_name(sentence, at, last, place=hit is not None)

    def _ends_object(self, sentence: Sentence, at: int, symbol: str) -> bool:
        """Whether an object that has begun ends before a token."""
        if symbol in self._no_territory or symbol in HARD_STOPS or symbol in self._verbs:
            return True
        if symbol in self._ends:
            return not self._inside_object(sentence, at)
        return symbol in self._grammar.party and not self._modifies(sentence, at)

    def left(self, sentence: Sentence, begin: int, *, strict: bool) -> Ground:
        """Return the places and words for territory that are the subject of the verb group that begins at a token."""
        begin = self._before_dash(sentence, begin)
        aside = self._before_aside(sentence, begin)
        if aside != begin - 1 and (found := self._up_to(sentence, begin, aside, strict=strict)):
            return found
        at = self._before_apposition(sentence, begin) if strict else begin - 1
        return self._up_to(sentence, begin, at, strict=strict)

    def _up_to(self, sentence: Sentence, begin: int, at: int, *, strict: bool) -> Ground:
        """Return the territory of a subject that ends at a token, before the verb group that begins at `begin`."""
        symbols = sentence.marked.symbols
        places: list[int] = []
        heads: list[int] = []
        floor = max(sentence.first, begin - _LIST_REACH)
        if strict and at + 2 in sentence.places and at + 2 < begin - 1:
            places.append(at + 2)  # "the first capital, X, fell"
        first_of_place = {n: hit for n, hit in sentence.places.items() if n < begin}
        while at >= floor:
            symbol = symbols[at]
            if at in first_of_place:
                places.append(at)
            elif symbol in self._territory:
                heads.append(at)
            elif symbol in self._grammar.pronoun and sentence.marked.doc.words[at] not in self._it:
                return _none(begin)  # "the hospital where he had been taken"
            elif symbol in self._clause or (symbol in self._grammar.that and (places or heads)):
                break
            elif (symbol in self._person or symbol in self._grammar.party) and not self._modifies(sentence, at):
                if self._owns(sentence, at):
                    at -= 1
                    continue  # "the last stronghold of the rebels fell"
                if not places and not heads:
                    return _none(begin)
                if symbol in self._office or self._only_locates(sentence, at, begin):
                    return _none(begin)
                break
            elif symbol in self._verbs or symbol in self._grammar.be:
                break
            elif strict and not places and not heads and symbol not in self._loose(symbol, sentence, at):
                return _none(begin)
            at -= 1
        else:
            at = floor - 1
        if places and not heads and self._after_preposition(sentence, min(places), strict=strict):
            return _none(begin)
        return Ground(tuple(sorted(places)), tuple(sorted(heads)), at + 1, begin)

    def _owns(self, sentence: Sentence, at: int) -> bool:
        """Whether a party only says whose territory the noun before it is: "the stronghold of the rebels"."""
        symbols = sentence.marked.symbols
        while at > sentence.first and (symbols[at - 1] in self._determiner or symbols[at - 1] in self._direction):
            at -= 1
        return at - 2 >= sentence.first and symbols[at - 1] in self._of and symbols[at - 2] in self._territory

    def _before_dash(self, sentence: Sentence, begin: int) -> int:
        """Return where a subject ends that is set off by dashes: "three capitals - X, Y and Z - fell"."""
        symbols = sentence.marked.symbols
        if begin - 1 > sentence.first and symbols[begin - 1] == "-":
            for at in range(begin - 2, max(sentence.first, begin - _LIST_REACH), -1):
                if symbols[at] == "-":
                    return begin - 1 if any(n in sentence.places for n in range(at, begin)) else at
        return begin

    def _before_aside(self, sentence: Sentence, begin: int) -> int:
        """Return the token from which a subject is read: before ", which the rebels had held," or ", lost in May,"."""
        symbols = sentence.marked.symbols
        if begin - 1 > sentence.first and symbols[begin - 1] == ",":
            for at in range(begin - 3, max(sentence.first, begin - _ASIDE), -1):
                if symbols[at] in HARD_STOPS:
                    break
                owned = symbols[at + 1] in self._determiner and not self._grammar.party.isdisjoint(symbols[at:begin])
                which = symbols[at + 2] in self._grammar.that  # "from which the rebels had ruled"
                if symbols[at] == "," and (symbols[at + 1] in self._asides or owned or which):
                    return at - 1
        return begin - 1

    def _before_apposition(self, sentence: Sentence, begin: int) -> int:
        """Return the token from which a subject is read: before "X, the hub of the northeast," where that stands."""
        symbols = sentence.marked.symbols
        if begin - 1 > sentence.first and symbols[begin - 1] == ",":
            for at in range(begin - 3, max(sentence.first, begin - _APPOSITION), -1):
                if symbols[at] == ",":
                    return at - 1
        return begin - 1

    def _loose(self, symbol: str, sentence: Sentence, at: int) -> frozenset[str]:
        """Return the symbols that may stand between a subject and "fell": inner tokens, commas, times, "centre"."""
        if symbol in (INSIDE, ",", "'") or symbol in self._time | self._determiner | self._between:
            return frozenset(symbol)
        return frozenset()

    def _only_locates(self, sentence: Sentence, who: int, begin: int) -> bool:
        """Whether the place after a person says only where they are ("fighters in Kunduz were captured")."""
        symbols = sentence.marked.symbols
        return any(symbols[n] in self._ends or symbols[n] in self._of for n in range(who + 1, min(who + 4, begin)))

    def _after_preposition(self, sentence: Sentence, place: int, *, strict: bool) -> bool:
        """Whether a preposition but "of" stands before a place; not `strict`: none of being there either."""
        symbols = sentence.marked.symbols
        at = place - 1
        while at >= sentence.first and (symbols[at] in self._determiner or symbols[at] in self._direction):
            at -= 1
        while at > sentence.first and symbols[at] == INSIDE:
            at -= 1
        if at >= sentence.first and symbols[at] in self._way:
            return True  # "a convoy bound for X"
        if at < sentence.first or symbols[at] not in self._grammar.preposition:
            return False
        return symbols[at] not in (self._of if strict else self._where)

    def _inside_object(self, sentence: Sentence, at: int) -> bool:
        """Whether a preposition goes on with the object: "Zaranj in Nimroz", "the airport in the city of Kunduz"."""
        symbols = sentence.marked.symbols
        if symbols[at] in self._grammar.say or symbols[at] in self._grammar.link or symbols[at] in self._grammar.that:
            return False
        if symbols[at] in self._from or symbols[at] in self._to:
            return False
        return any(
            n in sentence.places or symbols[n] in self._territory for n in range(at + 1, min(at + 6, sentence.last))
        )

    def _modifies(self, sentence: Sentence, at: int) -> bool:
        """Whether a party or person at a token only describes the territory after it ("insurgent stronghold")."""
        symbols = sentence.marked.symbols
        reach = 4 if "'" not in symbols[at + 1 : at + 4] else 8  # "the junta's light infantry headquarters"
        for n in range(at + 1, min(at + reach, sentence.last)):
            symbol = symbols[n]
            if symbol in self._territory:
                return True
            if symbol in HARD_STOPS or symbol == "," or symbol in self._ends or symbol in self._grammar.joint:
                return False
            if symbol in self._of:
                return False  # "drivers of an aid convoy were taken"
        return False

    def _time_next(self, sentence: Sentence, at: int) -> bool:
        symbols = sentence.marked.symbols
        return any(symbols[n] in self._time for n in range(at + 1, min(at + 3, sentence.last)))

    def _adjective_follows(self, sentence: Sentence, at: int) -> bool:
        symbols = sentence.marked.symbols
        after = at + 1
        return after < sentence.last and symbols[after] not in self._ends and symbols[after] not in self._grammar.party

    def _is_it(self, sentence: Sentence, at: int) -> bool:
        return sentence.marked.doc.words[at] in self._it and at > sentence.first

    def _is_name(self, sentence: Sentence, at: int) -> bool:
        doc = sentence.marked.doc
        joined = doc.words[at] in self._articles or (at > sentence.first and doc.body[doc.starts[at] - 1] in "-'")
        return sentence.marked.symbols[at] == PLAIN and (doc.capital(at) or joined)


def _none(at: int) -> Ground:
    return Ground((), (), at, at)
