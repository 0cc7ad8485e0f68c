"""The places that a document names in, each with its code and its part in the sentence out.

It must not decide what happened there; it decides which place is meant and whether the text speaks of that place at
all: a dateline, a government called by its capital, a person, a unit or a newspaper named after a town, a speaker's
office and the end of a road are names without being the scene.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from sitmon.area import Area
from sitmon.classify.grammar import Grammar
from sitmon.classify.lexicon import INSIDE, PLAIN, Hit, Marked
from sitmon.model.place import Place, PlaceRef

Part = Literal["scene", "near", "toward", "origin", "title", "dateline", "government", "name"]
"""What a place's name does in its sentence. Only `scene` says that something happens there; the next four may serve
where nothing better does; a `government` and a `name` (of a person, a unit, a paper) are no place."""

_WINDOW: Final = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A place as a document names it: tokens `first` up to `last`."""

    place: Place
    first: int
    last: int
    part: Part
    sentence: int
    bare: bool
    """Whether neither "province" nor "city" nor "district" stands with the name."""

    @property
    def ref(self) -> PlaceRef:
        """The place as reports carry it."""
        return refer(self.place)


def refer(place: Place) -> PlaceRef:
    """Return what a report carries of a place."""
    return PlaceRef(place.code, place.name, place.kind, place.province)


class Gazetteer:
    """The area's places, and the words by which a name's part is told."""

    def __init__(self, area: Area, grammar: Grammar) -> None:
        self._places = area.places
        self._capital_of = {p.province: p for p in area.places.values() if p.capital}
        self._grammar = grammar
        of = grammar.of
        self._province_word = of("province_word")
        self._district_word = of("district_word")
        self._city_word = of("city_word")
        self._capital_word = of("capital_word")
        self._near = of("near")
        self._compass = of("compass")
        self._toward = of("route", "going", "cut")
        self._origin = of("origin")
        self._unit_after = of("unit_after")
        self._unit_before = of("unit_before")
        self._title_after = of("title_after")
        self._title_link = of("title_link")
        self._metonym_verb = of("metonym_verb")
        self._metonym_noun = of("metonym_noun")
        self._metonym_pair = of("metonym_pair")
        self._agency = of("agency")
        self._in = of("in_prep")
        self._determiner = of("determiner")
        self._seats = {p.code for p in area.places.values() if p.capital and p.name == "Kabul"} | {
            p.province for p in area.places.values() if p.capital and p.name == "Kabul"
        }

    def resolve(self, marked: Marked) -> list[Named]:
        """Return the places that a document names, in their order."""
        if not marked.places:
            return []
        near = self._votes(marked)
        named: list[Named] = []
        for hit in marked.places:
            number = marked.doc.sentence_at(marked.doc.starts[hit.first])
            place, bare, strong = self._choose(marked, hit, near, number)
            if place is None:
                continue
            part = self._part(marked, hit, place, number)
            if part == "scene" and hit.entry.weak and not strong and not self._supported(marked, hit, place, near):
                part = "name"
            named.append(Named(place, hit.first, hit.last, part, number, bare))
        return named

    def capital(self, province: str) -> Place | None:
        """Return the capital of a province."""
        return self._capital_of.get(province)

    # --- which place

    def _votes(self, marked: Marked) -> Counter[str]:
        """Count the provinces that the document's unambiguous names lie in."""
        votes: Counter[str] = Counter()
        for hit in marked.places:
            provinces = {self._places[code].province for code in hit.entry.places}
            if len(provinces) == 1 and not hit.entry.weak:
                votes.update(provinces)
        return votes

    def _choose(self, marked: Marked, hit: Hit, near: Counter[str], number: int) -> tuple[Place | None, bool, bool]:
        """Return the place that a name means here, whether it stands bare, and whether its kind is said."""
        places = [self._places[code] for code in hit.entry.places if code in self._places]
        kind = self._kind_said(marked, hit)
        if kind is not None:
            fitting = [p for p in places if p.kind == kind]
            if kind == "city" and not fitting:
                provinces = {p.province for p in places if p.kind == "province"}
                fitting = [c for code in provinces if (c := self._capital_of.get(code))]
            if fitting:
                return self._nearest(marked, hit, fitting, near, number), False, True
        best = self._nearest(marked, hit, places, near, number)
        return best, kind is None and best is not None and best.kind in ("province", "city"), kind is not None

    def _nearest(self, marked: Marked, hit: Hit, places: list[Place], near: Counter[str], number: int) -> Place | None:
        """Return the one whose province is named nearest; a province before a city before a district."""
        if len(places) == 1:
            return places[0]
        if not places:
            return None
        provinces = {p.province for p in places}
        if len(provinces) > 1:
            around = self._around(marked, hit, provinces, number)
            if around is not None:
                places = [p for p in places if p.province == around]
            else:
                top = max(near[p] for p in provinces)
                if top:
                    places = [p for p in places if near[p.province] == top]
                elif not any(p.kind in ("province", "city") for p in places):
                    return None  # nothing says which of them
        return min(places, key=lambda p: (_KINDS[p.kind], p.code))

    def _around(self, marked: Marked, hit: Hit, provinces: set[str], number: int) -> str | None:
        """Return the province out of `provinces` that the same sentence names nearest."""
        best: tuple[int, str] | None = None
        bounds = marked.doc.bounds[number] if number >= 0 else (0, len(marked.symbols))
        for other in marked.places:
            if other is hit or not bounds[0] <= other.first < bounds[1]:
                continue
            of_other = {self._places[code].province for code in other.entry.places}
            if len(of_other) == 1 and (shared := of_other & provinces):
                distance = abs(other.first - hit.first)
                if best is None or distance < best[0]:
                    best = (distance, next(iter(shared)))
        return best[1] if best else None

    def _kind_said(self, marked: Marked, hit: Hit) -> str | None:
        """Return the kind that the words beside a name say: "Kunduz city", "the province of Kunduz"."""
        symbols = marked.symbols
        after = symbols[hit.last] if hit.last < len(symbols) else "."
        if after in self._city_word or (after in self._capital_word and hit.last + 1 < len(symbols)):
            return "city"
        capital_before = self._capital_before(marked, hit)
        if capital_before:
            return "city"
        if after in self._province_word:
            return "province"
        if after in self._district_word:
            return "district"
        at = hit.first - 1
        if at >= 1 and symbols[at] in self._grammar.of("of"):
            before = symbols[at - 1]
            if before in self._province_word:
                return "province"
            if before in self._district_word:
                return "district"
            if before in self._city_word:
                return "city"
        return None

    def _capital_before(self, marked: Marked, hit: Hit) -> bool:
        """Whether "capital (city) of" or "capital" stands before a name, or before the list that it is in."""
        symbols = marked.symbols
        at = hit.first - 1
        for _ in range(10):
            if at < 0:
                return False
            symbol = symbols[at]
            if symbol in self._capital_word:
                return True
            if symbol == "'" or symbol == INSIDE or symbol == "," or symbol in self._grammar.joint:
                at -= 1
                continue
            if symbol in self._grammar.of("of", "place", "compass_adjective") or marked.doc.words[at] == "the":
                at -= 1
                continue
            return False
        return False

    def _supported(self, marked: Marked, hit: Hit, place: Place, near: Counter[str]) -> bool:
        """Whether a name that is also an ordinary word is a place here: "in" before it, or its province around."""
        before = marked.symbols[hit.first - 1] if hit.first else "."
        capital = marked.doc.capital(hit.first) or marked.doc.body == marked.doc.low
        if before in self._in and capital:
            return True
        return near[place.province] > 0 and capital

    # --- what the name does

    def _part(self, marked: Marked, hit: Hit, place: Place, number: int) -> Part:
        symbols = marked.symbols
        doc = marked.doc
        first, end = doc.bounds[number] if number >= 0 else (0, len(symbols))
        if self._is_dateline(marked, hit, first, end):
            return "dateline"
        last = hit.last
        while last < end and (symbols[last] in self._province_word or symbols[last] in self._city_word):
            last += 1
        after = symbols[last] if last < end else "."
        at = hit.first - 1
        while at >= first and (
            symbols[at] == INSIDE or symbols[at] in self._determiner or doc.words[at] in _ADJECTIVES
        ):
            at -= 1
        before = symbols[at] if at >= first else "^"
        if after == "'" and last + 1 < end and place.code in self._seats and symbols[last + 1] in self._metonym_noun:
            return "government"
        if after in self._unit_after or before in self._unit_before:
            return "name"
        if self._is_person(marked, hit, first, end):
            return "name"
        if place.code in self._seats and self._is_government(marked, hit, before, after):
            return "government"
        if before in self._toward:
            return "toward"
        if before in self._near:
            return "near"
        if before in self._grammar.of("of", "away") and self._is_distance(marked, at, first):
            return "near"
        if before in self._title_link:
            return "title"
        title = after if after != "'" else (symbols[last + 1] if last + 1 < end else ".")
        if title in self._title_after and before not in self._in:
            return "title"
        if before in self._origin:
            return "origin"
        return "scene"

    def _is_dateline(self, marked: Marked, hit: Hit, first: int, end: int) -> bool:
        """KABUL, Afghanistan (Jan. 25, 2013) - ; KABUL (AFP) - ; Kunduz, Aug 8 (Reuters)."""
        symbols = marked.symbols
        doc = marked.doc
        if hit.first - first > 2:
            return False
        shouted = doc.body[doc.starts[hit.first] : doc.ends[hit.last - 1]].isupper() and doc.body != doc.body.upper()
        limit = min(end, hit.last + 16)
        at = hit.last
        if at >= limit:
            return shouted and False
        bracket = False
        for n in range(at, limit):
            symbol = symbols[n]
            if symbol == "-":
                return n > at and (shouted or bracket or n - at <= 6) or (n == at and shouted)
            if symbol == "(":
                bracket = True
            elif symbol == ":" and shouted:
                return True
            elif bracket and symbol == ")":
                inside = symbols[n - 1]
                if inside in self._agency or shouted:
                    return True
            elif symbol not in (",", ".", "0", PLAIN, INSIDE) and not bracket and not shouted:
                return False
            elif not bracket and symbol in self._grammar.be:
                return False
        return False

    def _is_person(self, marked: Marked, hit: Hit, first: int, end: int) -> bool:
        """Whether a name stands in a row of capitalised words that nothing knows: "Ghazni Rahimi", "Rahim Wardak"."""
        doc = marked.doc
        symbols = marked.symbols
        if hit.last - hit.first > 1 or not doc.capital(hit.first):
            return False
        if self._titled(marked, first, end):
            return False
        before, after = hit.first - 1, hit.last
        if (
            before > first
            and symbols[before] == PLAIN
            and doc.capital(before)
            and doc.words[before] not in _NOT_A_NAME
            and doc.starts[hit.first] - doc.ends[before] == 1
        ):
            return after >= end or not (
                symbols[after] in self._province_word
                or symbols[after] in self._district_word
                or symbols[after] in self._city_word
            )
        return False

    def _titled(self, marked: Marked, first: int, end: int) -> bool:
        """Whether a sentence is a heading in which most words have a capital."""
        doc = marked.doc
        words = [n for n in range(first, min(end, first + 14)) if doc.words[n][0].isalpha()]
        return sum(doc.capital(n) for n in words) * 10 > len(words) * 6

    def _is_government(self, marked: Marked, hit: Hit, before: str, after: str) -> bool:
        """Whether a capital stands for its government: "Kabul says", "talks with Kabul", "Kabul and Washington"."""
        if before in self._metonym_pair:
            return True
        if before in self._in or before in self._grammar.of("towards", "away", "near", "of"):
            return False
        symbols = marked.symbols
        at = hit.last
        if (
            after in self._grammar.joint
            and at + 1 < len(symbols)
            and symbols[at + 1] in self._grammar.of("foreign_place")
        ):
            return True
        if (
            after in self._metonym_verb
            and before in ("^", ",", ".", '"')
            or after in self._metonym_verb
            and before in self._grammar.that
        ):
            return True
        return (
            hit.first >= 2
            and before in self._grammar.joint
            and symbols[hit.first - 2] in self._grammar.of("foreign_place")
        )

    def _is_distance(self, marked: Marked, at: int, first: int) -> bool:
        """60 km south of; 15 miles from; south of."""
        symbols = marked.symbols
        window = symbols[max(first, at - _WINDOW) : at]
        if any(s in self._compass for s in window[-3:]):
            return True
        return any(marked.doc.words[n] in _UNITS for n in range(max(first, at - _WINDOW), at))


_KINDS: Final = {"province": 0, "city": 1, "district": 2, "site": 3}
_ADJECTIVES: Final = frozenset(
    "northern southern eastern western central northeastern northwestern southeastern southwestern north-eastern "
    "north-western south-eastern south-western restive volatile neighboring neighbouring nearby remote mountainous north "
    "east west south afghanistan afghan".split(" ")
)
_NOT_A_NAME: Final = frozenset(
    "the in at on of from to and afghanistan afghan province city district both near".split(" ")
)
_UNITS: Final = frozenset("km kilometers kilometres kilometer kilometre miles mile kms km. 50km".split(" "))
