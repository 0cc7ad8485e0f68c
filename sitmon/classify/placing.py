"""What a sentence tells of and the places that the document names in, the places of each event out.

It must not decide what happened. A place in the event's own clause comes first; then the sentence's; then the one that
the text spoke of last; where the words speak of several unnamed places ("three more capitals") there is none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from sitmon.classify.change import Change
from sitmon.classify.final_parties import verb_last
from sitmon.classify.gazetteer import Gazetteer, Named
from sitmon.classify.grammar import HARD_STOPS, Grammar, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER
from sitmon.model.place import PlaceRef

_CHAINED: Final = 4
_BACK: Final = 6
"""How many sentences back a place may stand that a later one means by "the city"."""


class Spot(NamedTuple):
    """Where an event is set; `named` is where the text says so, `own` whether in the event's own sentence."""

    ref: PlaceRef
    named: Named
    own: bool


class PlacingWords:
    """What is asked of an area's words about where happenings are set; made once for all documents."""

    def __init__(self, gazetteer: Gazetteer, grammar: Grammar) -> None:
        self.gazetteer = gazetteer
        self.breaks = grammar.breaks
        self.joining = grammar.joint | grammar.preposition | {","}
        self.parting = grammar.breaks | grammar.that
        self.finite = grammar.be | grammar.have | grammar.of("modal", "d_seem")
        self.nationwide = grammar.of("nationwide")
        self.chain = grammar.of("f_of", "f_at", "territory") | {INSIDE}
        self.within = grammar.of("in_prep", "of", "district_word", "city_word") | {","}
        self.city = grammar.of("city_word", "capital_word")
        self.office = self.city | grammar.of("province_word")
        self.clause = grammar.joint | grammar.breaks | grammar.that | {",", ";", ":", "-"}


class Placing:
    """The places that one document names, ready to be asked."""

    def __init__(
        self,
        words: PlacingWords,
        named: Sequence[Named],
        home: Callable[[int, int], str | None] = lambda start, end: None,
    ) -> None:
        """`home` gives the province that whoever says body[start:end] speaks for (a member of its council)."""
        self._home = home
        self._all = named
        self._words = words
        self._by_sentence: dict[int, list[Named]] = {}
        self._by_token: dict[int, Named] = {}
        self._order: list[Named] = []
        for n in named:
            if n.part in ("scene", "near"):
                self._by_sentence.setdefault(n.sentence, []).append(n)
                self._by_token[n.first] = n
            if n.part == "scene" or (n.part in ("title", "dweller") and n.place.kind in ("province", "city")):
                self._order.append(n)
        self._single = len({n.place.province for n in self._order}) == 1
        self._later = [n for n in named if n.part in ("background", "dweller", "title")]

    def of_change(self, sentence: Sentence, change: Change, *, small: bool, plural: bool) -> list[Spot]:
        """Return the places that change hands; `small`: only something in them; `plural`: several without a name."""
        own = [n for token in change.places if (n := self._by_token.get(token)) is not None and n.part == "scene"]
        if not own and verb_last(sentence, change.first):  # "X's governor gave up"
            own = [n for n in self._later if n.first in change.places and n.part == "title"]
        if own:
            return self._spots(own, small=small, own=True)
        here = [n for n in self._by_sentence.get(sentence.number, ()) if n.part == "scene"]
        if here and (charge := self._in_charge(sentence, change, here)) is not None:
            return self._spots([charge], small=small or not self._says_city(sentence, change), own=True)
        if here and not change.places:
            nearest = min(here, key=lambda n: (abs(n.first - change.first), n.first))
            nearest = self._inner(sentence, here, nearest)  # "Dasht-e-Archi, Kunduz: they captured the district"
            if self._says_city(sentence, change):
                nearest = self._town(self._narrow(nearest))  # "X, Badghis: the governor surrendered the city"
            if not plural or nearest.place.kind == "province":
                return self._spots([nearest], small=small or plural, own=True)
        if plural or change.places:
            return []
        return self._focus(sentence, change.first, small=small, city=self._says_city(sentence, change), change=True)

    def _in_charge(self, sentence: Sentence, change: Change, here: Sequence[Named]) -> Named | None:
        """Return whose office-holder the sentence began with: "X's governor gave the city up and was arrested in Y".

        "The city" is then X, and not a place that a later clause names.
        """
        symbols = sentence.marked.symbols
        heads = [h for h in change.heads if symbols[h] in self._words.office]
        if change.places or not heads or verb_last(sentence, change.first):
            return None
        if any(n.first < change.end or self._words.clause.isdisjoint(symbols[change.end : n.first]) for n in here):
            return None
        holders = [n for n in self._later if n.part == "title" and sentence.first <= n.first < change.first]
        return holders[-1] if holders else None

    def _says_city(self, sentence: Sentence, change: Change) -> bool:
        return not self._words.city.isdisjoint(sentence.marked.symbols[h] for h in change.heads)

    def _town(self, named: Named) -> Named:
        """Return the town of a named site: beside "the airport is held" "the city" is all of it."""
        return named._replace(place=self._words.gazetteer.around(named.place))

    def of_cue(self, sentence: Sentence, first: int, last: int, *, sure: bool = True) -> list[Spot]:
        """Return the places of an event whose cue stands at tokens `first` to `last`.

        An event that is not sure is set only where its own sentence says.
        """
        here = self._by_sentence.get(sentence.number)
        if not here and not self._words.nationwide.isdisjoint(sentence.present):
            return []
        if here:
            symbols = sentence.marked.symbols
            after = [n for n in here if n.first >= last]
            before = [n for n in here if n.last <= first]
            chosen: Named | None = None
            if after and not any(s in ".;:" for s in symbols[last : after[0].first]):
                chosen = after[0]
            if chosen is None or (before and self._clause_between(sentence, last, chosen.first)):
                chosen = before[-1] if before else chosen
            if chosen is None:
                chosen = here[0]
            chosen = self._inner(sentence, here, chosen)
            return self._spots(self._row(sentence, here, chosen, first), small=False, own=True)
        return self._focus(sentence, first, small=False) if sure else []

    def _inner(self, sentence: Sentence, here: list[Named], chosen: Named) -> Named:
        """Return the place that a chain without commas names in the chosen one: "the district Nahrin (of) Baghlan"."""
        if "province" not in self._kinds(sentence, chosen):
            return chosen
        if not verb_last(sentence, chosen.first):
            return self._before_its_province(sentence, here, chosen)
        symbols = sentence.marked.symbols
        for n in here:
            low, high = (n, chosen) if n.first < chosen.first else (chosen, n)
            between = symbols[low.last : high.first]
            if n is chosen or n.place.province != chosen.place.province or len(between) > _CHAINED:
                continue
            if "province" not in self._kinds(sentence, n) and all(s in self._words.chain for s in between):
                return n
        return chosen

    def _before_its_province(self, sentence: Sentence, here: list[Named], chosen: Named) -> Named:
        """Return the district or town of which the chosen name only says where it lies: "Dasht-e-Archi, Kunduz"."""
        symbols = sentence.marked.symbols
        for n in here:
            between = symbols[n.last : chosen.first]
            inner = n.place.province == chosen.place.province and n.place.kind != "province"
            if n.last < chosen.first and inner and len(between) <= 2 and all(s in self._words.within for s in between):
                return n
        return chosen

    def _kinds(self, sentence: Sentence, named: Named) -> frozenset[str]:
        """Return what a name may be the name of."""
        hit = sentence.places.get(named.first)
        return hit.entry.classes if hit is not None else frozenset()

    def _clause_between(self, sentence: Sentence, start: int, end: int) -> bool:
        symbols = sentence.marked.symbols
        return not self._words.breaks.isdisjoint(symbols[start:end])

    def _row(self, sentence: Sentence, here: list[Named], chosen: Named, cue: int) -> list[Named]:
        """Return the places that a list joins to the chosen one: "Herat, in the west, and Lashkar Gah and Kandahar".

        `cue`: the first token of what happens there.
        """
        row = [chosen]
        symbols = sentence.marked.symbols
        at = chosen.last
        for n in here:
            if n.first <= chosen.first:
                continue
            between = symbols[at : n.first]
            if len(between) > 8 or any(s in HARD_STOPS for s in between):
                break
            if self._words.joining.isdisjoint(between):
                break
            if not self._words.parting.isdisjoint(between):
                break
            if chosen.first > cue and symbols[n.last : n.last + 1] in self._words.finite:
                break  # "withdrew from X and Y is quiet": another clause
            row.append(n)
            at = n.last
        return row

    def _focus(
        self, sentence: Sentence, token: int, *, small: bool, city: bool = False, change: bool = False
    ) -> list[Spot]:
        """Return the place that is meant where none is named.

        `city`: the words say that it is one; `change`: it changes hands, else something happens there.

        It is the one that a local speaker speaks for, else the one that the text spoke of last before the sentence,
        else the only one that it speaks of at all.
        """
        doc = sentence.marked.doc
        home = self._home(doc.starts[token], doc.ends[token])
        if home is not None:
            local = [n for n in self._all if n.place.province == home and n.part not in ("dateline", "government")]
            if local:
                spoken = [n for n in local if n.part == "scene" and n.sentence <= sentence.number]
                nearest = min(spoken or local, key=lambda n: (abs(n.first - token), n.first))
                around = small or not (spoken or change)  # what somebody of X tells of happened around X
                return self._spots([self._narrow(nearest)], small=around, own=False)
        best: Named | None = None
        if doc.body[doc.ends[sentence.last - 1] - 1].isalnum() and sentence.number + 1 < len(doc.sentences):
            ahead = bisect_left(self._order, sentence.number + 1, key=lambda n: n.sentence)
            if ahead < len(self._order) and self._order[ahead].sentence == sentence.number + 1:
                best = self._order[ahead]  # a heading looks ahead
        if best is None:
            before = bisect_left(self._order, sentence.number, key=lambda n: n.sentence) - 1
            if before >= 0 and sentence.number - self._order[before].sentence <= _BACK:
                best = self._order[before]
        if best is None and self._order and self._single:
            best = self._order[0]
        if best is None and not self._order and self._later:
            best = self._later[0]
        if best is None:
            return []
        best = self._narrow(best)
        return self._spots([self._town(best) if city else best], small=small, own=False)

    def _narrow(self, named: Named) -> Named:
        """Return the city that the same sentence names in a province: "Sheberghan in Jawzjan" is Sheberghan."""
        if named.place.kind != "province" or not named.bare:
            return named
        for other in self._by_sentence.get(named.sentence, ()):
            same = other.place.province == named.place.province
            if same and other.place.kind == "city" and other.part in ("scene", "title"):
                return other
        return named

    def _spots(self, names: Sequence[Named], *, small: bool, own: bool) -> list[Spot]:
        """Return the places as reports set them: the city of a bare name, and no province beside a place in it."""
        spots: list[Spot] = []
        inside = {n.place.province for n in names if n.place.kind != "province"}
        for n in names:
            place = n.place
            if n.bare and place.kind == "province" and not small and place.code not in inside:
                capital = self._words.gazetteer.capital(place.province)
                if capital is not None and capital.code in n.codes:
                    place = capital
            if all(s.ref.code != place.code for s in spots):
                spots.append(Spot(self._words.gazetteer.refer(place), n, own))
        inner = {s.ref.province for s in spots if s.ref.kind != "province"}
        return [s for s in spots if s.ref.kind != "province" or s.ref.code not in inner]


def counted(sentence: Sentence, grammar: Grammar, heads: Sequence[int], many: frozenset[str]) -> bool:
    """Whether the words for territory are several without a name: "five provincial capitals", "two more cities"."""
    symbols = sentence.marked.symbols
    for head in heads:
        at = head - 1
        while at >= sentence.first and at >= head - 4:
            symbol = symbols[at]
            if symbol == NUMBER or symbol in many:
                return True
            if symbol in HARD_STOPS or symbol == "," or (symbol in grammar.preposition and symbol != INSIDE):
                break
            at -= 1
    return False
