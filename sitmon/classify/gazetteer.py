"""The places that a document names in, each with its code and its part in the sentence out.

It must not decide what happened there; it decides which place is meant and whether the text speaks of that place at
all: a dateline, a government called by its capital, a person, a unit or a newspaper named after a town, a speaker's
office and the end of a road are names without being the scene.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import islice
from typing import Final, NamedTuple

from sitmon.area import Area
from sitmon.classify.grammar import Grammar
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN, Entry, Hit, Marked
from sitmon.classify.part import Part
from sitmon.classify.parts import Parts
from sitmon.classify.place_words import PlaceWords
from sitmon.classify.speech import Tables
from sitmon.model.place import Place, PlaceRef


class Named(NamedTuple):
    """A place as a document names it: tokens `first` up to `last`."""

    place: Place
    first: int
    last: int
    part: Part
    sentence: int
    bare: bool
    """Whether neither "province" nor "city" nor "district" stands with the name."""
    codes: tuple[str, ...] = ()
    """Codes of every place that bears the name."""
    seat: bool = False
    """Whether the government sits there."""


class Gazetteer:
    """The area's places, and the words by which a name's part is told."""

    def __init__(self, area: Area, grammar: Grammar) -> None:
        self._places = area.places
        self._refs = {p.code: PlaceRef(p.code, p.name, p.kind, p.province) for p in area.places.values()}
        self._capital_of = {p.province: p for p in area.places.values() if p.capital}
        self._grammar = grammar
        of = grammar.of
        self._province_word = of("province_word")
        self._district_word = of("district_word")
        self._city_word = of("city_word")
        self._capital_word = of("capital_word")
        self._in = of("in_prep")
        self._at = of("f_at", "f_of")
        self._on = of("f_on")
        self._from = of("f_from")
        self._place = of("place")
        self._centre = of("f_centre")
        self._of = of("of")
        self._seat = of("government_seat")
        self._joining = of("joint") | {",", INSIDE}
        self._row = of("of", "place", "compass_adjective", "province_word", "city_word")
        self._words = PlaceWords(*(Tables(file) for file in area.speech.values()))
        self._parts = Parts(grammar, self._words)

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
            part = self._parts.read(marked, hit, place, number)
            weak = part in _WEAKENED and hit.entry.weak and not strong
            if weak and not self._supported(marked, hit, place, near, number):
                part = "name"
            if named and place.kind == "province" and self._names_province_of(marked, named[-1], hit):
                named[-1] = named[-1]._replace(
                    place=place
                )  # "Karjan district, Uruzgan province": the text's word counts
            named.append(
                Named(place, hit.first, hit.last, part, number, bare, hit.entry.places, hit.entry.symbol in self._seat)
            )
        return self._weigh(marked, self._without_held(marked, named))

    def _without_held(self, marked: Marked, named: list[Named]) -> list[Named]:
        """Put behind the places that are only said to be still held, where another one is told of too."""
        rows = self._rows(marked, [n for n in named if n.part == "scene"])
        held: set[int] = set()
        for row in rows:
            low, high = marked.doc.bounds[row[0].sentence]
            if self._words.is_held(marked.doc, row[0].first, row[-1].last, low, high):
                held.update(n.first for n in row)
        told = {n.place.province for row in rows for n in row if n.first not in held}
        if not held or not told:
            return named
        return [n._replace(part="background") if n.first in held and n.place.province not in told else n for n in named]

    def _rows(self, marked: Marked, named: list[Named]) -> list[list[Named]]:
        """Return names with those that commas and "and" join to them."""
        rows: list[list[Named]] = []
        for n in named:
            between = marked.symbols[rows[-1][-1].last : n.first] if rows else ""
            joined = bool(between) and len(between) <= 3 and all(s in self._joining for s in between)
            if joined and n.sentence == rows[-1][-1].sentence:
                rows[-1].append(n)
            else:
                rows.append([n])
        return rows

    def _names_province_of(self, marked: Marked, before: Named, hit: Hit) -> bool:
        """Whether a province's name right after a district's says where the district lies, and not where we think."""
        between = marked.symbols[before.last : hit.first]
        if before.place.kind != "district" or before.place.province in {
            self._places[c].province for c in hit.entry.places
        }:
            return False
        return len(between) <= 4 and all(
            s == "," or s in self._district_word or s in self._in or s in self._of for s in between
        )

    def _weigh(self, marked: Marked, named: list[Named]) -> list[Named]:
        """Put behind what only sums up: the heading of a press release, and the list that its details do not bear out.

        They stay scenes where the text tells of nothing nearer.
        """
        if any(n.part == "government" for n in named):
            named = [
                n._replace(part="government")
                if n.seat and n.part == "scene" and self._parts.may_govern(marked, Hit(n.first, n.last, _NO_ENTRY))
                else n
                for n in named
            ]
        if not any(n.part == "scene" for n in named):
            roads = [n for n in named if n.part == "road"]
            if len({n.place.province for n in roads}) != 1:
                return named
            return [n._replace(part="scene") if n.part == "road" else n for n in named]  # it never leaves the province
        head = self._parts.press_head(marked)
        told = {n.place.province for n in named if n.part == "scene" and n.sentence > head}
        if head >= 0 and told:
            named = [n._replace(part="background") if n.part == "scene" and n.sentence <= head else n for n in named]
        leads: dict[int, list[Named]] = {}
        for n in named:
            if n.part == "scene":
                leads.setdefault(n.sentence, []).append(n)
        for number, lead in islice(leads.items(), _LEADS):
            if len({n.place.province for n in lead}) < 2 or not self._parts.sums_up(marked, lead[0].first, number):
                continue
            later = {n.place.province for n in named if n.sentence > number and n.part == "scene"}
            if later & {n.place.province for n in lead}:
                named = [
                    n._replace(part="background") if n in lead and n.place.province not in later else n for n in named
                ]
        return named

    def credit(self, marked: Marked) -> str | None:
        """Return the agency that an article credits with its text, where it does."""
        return self._parts.credit(marked)

    def refer(self, place: Place) -> PlaceRef:
        """Return what reports carry of a place."""
        return self._refs[place.code]

    def around(self, place: Place) -> Place:
        """Return the town that a site stands in; any other place as it is."""
        return self._places.get(place.parent or "", place) if place.site is not None else place

    def capital(self, province: str) -> Place | None:
        """Return the capital of a province."""
        return self._capital_of.get(province)

    # --- which place

    def _votes(self, marked: Marked) -> Counter[str]:
        """Count the provinces that the document's unambiguous names lie in."""
        votes: Counter[str] = Counter()
        for hit in marked.places:
            if not hit.entry.weak and len(provinces := self._provinces(hit)) == 1:
                for province in provinces:
                    votes[province] += 1
        return votes

    def _provinces(self, hit: Hit) -> set[str]:
        """Return the provinces of the places that bear a name."""
        return {self._places[code].province for code in hit.entry.places}

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
        start = bisect_left(marked.places, bounds[0], key=lambda h: h.first)
        for at in range(start, min(len(marked.places), start + _CROWD)):
            other = marked.places[at]
            if other.first >= bounds[1]:
                break
            if other is hit:
                continue
            of_other = self._provinces(other)
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
            return "city" if self._centre_follows(symbols, hit.last + 1) else "province"
        if after in self._district_word:
            return "district"
        at = hit.first - 1
        if at >= 0 and marked.doc.body[marked.doc.starts[hit.first]] > _ARABIC:  # "the city (of) Kunduz" without "of"
            at += 1
            if symbols[at - 1] not in self._province_word | self._district_word | self._city_word:
                return None
        elif at < 1 or symbols[at] not in self._of:
            return None
        before = symbols[at - 1]
        if before in self._province_word:
            return "province"
        if before in self._district_word:  # "Surobi district of Kabul": that word has its own name, and Kabul holds it
            named = at - 2
            while named > 0 and symbols[named] == INSIDE:
                named -= 1
            return "province" if at > 1 and symbols[named] in self._place else "district"
        return "city" if before in self._city_word else None

    def _centre_follows(self, symbols: str, at: int) -> bool:
        """Whether "centre" follows "X province", as it does where the owner stands first: "the province's centre"."""
        while at < len(symbols) and (symbols[at] == INSIDE or symbols[at] in self._at):
            at += 1
        return at < len(symbols) and symbols[at] in self._centre

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
            if symbol in self._row or marked.doc.words[at] == "the":
                at -= 1
                continue
            return False
        return False

    def _supported(self, marked: Marked, hit: Hit, place: Place, near: Counter[str], number: int) -> bool:
        """Whether a name that is also an ordinary word is a place here: "in" before it, or its province around.

        Where a script has no capitals it takes both.
        """
        before = marked.symbols[hit.first - 1] if hit.first else "."
        if marked.doc.body[marked.doc.starts[hit.first]] > _ARABIC:  # no capitals to go by
            return self._supported_in_arabic(marked, hit, place, near, before)
        capital = marked.doc.capital(hit.first) or marked.doc.body == marked.doc.low
        low = marked.doc.bounds[number][0]
        if capital and hit.first > low and self._words.is_reached(marked.doc, hit.first, low):
            return True
        after = marked.symbols[hit.last] if hit.last < len(marked.symbols) else "."
        if after == "'" and marked.doc.capital(hit.first) and hit.first > low:
            return True
        if before in self._in and capital:
            return True
        return near[place.province] > 0 and capital

    def _supported_in_arabic(self, marked: Marked, hit: Hit, place: Place, near: Counter[str], before: str) -> bool:
        """Whether the words around say so where no capitals can: "in X" alone, or the province beside it.

        After "in X" no noun may follow that X could be the adjective of.
        """
        marks = self._in | self._at | self._from | self._on
        after = marked.symbols[hit.last : hit.last + 1] or "."
        common = "territory" in hit.entry.classes  # "the valley", "the township"
        if before in marks and not common and after not in (PLAIN, NUMBER) and after not in self._place:
            return True
        if place.capital and before in _OPENS and after not in (PLAIN, NUMBER):
            return True
        at = bisect_left(marked.places, hit.first, key=lambda h: h.first)
        for other in marked.places[max(0, at - 1) : at + 2]:
            apart = max(other.first - hit.last, hit.first - other.last)
            if other is not hit and 0 <= apart <= _BESIDE and self._shares(other, place):
                return True
        listed = hit.first > 1 and (before == "," or before in self._grammar.joint)
        listed = listed and marked.symbols[hit.first - 2] in self._place
        return near[place.province] > 0 and (before in marks or listed)

    def _shares(self, other: Hit, place: Place) -> bool:
        """Whether another name may mean a place of the same province, but not the very place."""
        return place.code not in other.entry.places and any(
            self._places[code].province == place.province for code in other.entry.places if code in self._places
        )


_NO_ENTRY: Final = Entry("", frozenset())
_CROWD: Final = 40
"""How many places of one sentence are weighed against each other."""
_BESIDE: Final = 2
"""How many tokens may stand between two names of one chain."""
_OPENS: Final = frozenset('.,:;"')
_WEAKENED: Final = frozenset({"scene", "title", "dweller"})
"""Parts in which an ordinary word is no place unless something says so."""
_LEADS: Final = 4
"""How many of the first sentences with places may sum up what follows."""
_ARABIC: Final = "\u0600"
_KINDS: Final = {"province": 0, "city": 1, "district": 2, "site": 3}
