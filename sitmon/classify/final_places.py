"""A place's name in a language that puts its verb last in, what the name does in its sentence out.

It must not know any language's words: the small words around a name are data (`cues.<lang>.toml`). Dari puts them
before a name, Pashto on either side of it; a chain of names ("the district X of Y") has one mark for all.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from sitmon.classify.grammar import Grammar
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN, Hit, Marked
from sitmon.classify.part import Part
from sitmon.model.place import Place
from sitmon.model.terms import SITE_KINDS

_CHAIN: Final = 12
"""How many tokens a chain of names has at most."""
_NEIGHBOURS: Final = 3
"""How many names to either side are asked where something happens."""
_REACH: Final = 14
"""How many tokens a clause has at most."""
_DISTANCE: Final = 5
_UNIT: Final = 4
_OWNED: Final = 3
"""How many tokens may stand between "in" and a name: "in (the) parks (of) X"."""
_DATELINE: Final = 6
_STOPS: Final = frozenset(".;:")
_DATELINE_MARKS: Final = frozenset(",0()" + PLAIN + INSIDE)


class FinalPlaces:
    """The words around a name, in scripts and languages whose verb stands last."""

    def __init__(self, grammar: Grammar) -> None:
        of = grammar.of
        self._place = of("place")
        self._sites = of(*(f"site_{kind}" for kind in SITE_KINDS))
        self._link = of("f_of", "compass_adjective") | {INSIDE}
        self._chain = (
            of("place", "territory", "province_word", "district_word", "city_word", "capital_word") | self._sites
        )
        self._of = of("f_of") | {INSIDE}
        self._at = of("f_at")
        self._on = of("f_on")
        self._from = of("f_from")
        self._to = of("f_to")
        self._to_after = of("f_to_after")
        self._at_after = of("f_at_after")
        self._joint = of("joint") | {INSIDE, "-"}
        self._agency = of("agency")
        self._road = of("road_word")
        self._unit_before = of("f_unit_before")
        self._unit_after = of("f_unit_after", "unit_after")
        self._seat = of("government_seat", "government")
        self._foreign = of("foreign_place")
        self._metonym = of("f_metonym")
        self._opens = grammar.say | of("f_that", "f_but") | frozenset(',.":')
        self._deed = of(
            "f_take", "f_retake", "f_fall", "f_fall_to", "f_falling", "f_taking", "f_evict", "f_lose", "f_hand",
            "f_state", "kill", "wound", "harm", "bomb", "bomb_strong", "suicide_strong", "assault", "assault_verb",
            "take_out", "protest_strong", "clash",
        )  # fmt: skip
        self._leaves = of("f_evict", "f_lose", "take_out", "retreated", "abduct")
        self._goal = of("f_goal")
        self._kilometre = of("f_kilometre")
        self._kilometre_after = of("f_kilometre_after")
        self._near = of("near")
        self._between = of("between")
        self._title_before = of("title_link")
        self._title_after = of("title_after")
        self._dweller_before = of("dweller_of")
        self._dweller_after = of("dweller")
        self._but = of("f_but")
        self._say = grammar.say
        self._counting = of("f_count") | {NUMBER}
        self._still = of("f_still", "f_state")

    def read(self, marked: Marked, hit: Hit, place: Place, first: int, end: int) -> Part:
        """Return what the name at `hit` does in the sentence of tokens `first` to `end`."""
        symbols = marked.raw
        if self._is_dateline(symbols, hit, first, end):
            return "dateline"
        start, stop = self._ends(symbols, hit, first, end)
        before = symbols[start - 1] if start > first else "^"
        after = symbols[stop] if stop < end else "."
        if self._is_unit(symbols, hit, first, end):
            return "name" if self._elsewhere(marked, hit, start, stop, first, end) else "background"
        if symbols[hit.first] in self._seat and self._is_government(symbols, hit, before, after, first, end):
            return "government"
        if self._is_road(symbols, hit, first, end):
            return "road"
        if self._is_near(symbols, hit, place, before, after, end):
            return "near"
        if before in self._at and after in self._say and place.kind != "site":
            return "dweller"  # "the lawmaker said in Kabul that": where somebody speaks
        if before in self._at or after in self._at_after:
            return "scene"
        if self._is_between(symbols, hit, first, end):
            return "background"
        if before in self._title_before or after in self._title_after:
            return "title"
        who = symbols[stop + 1] if after in self._counting and stop + 1 < end else after
        if self._is_home(symbols, start, first) or who in self._dweller_after:
            return "dweller"
        if before in self._from and self._is_origin(marked, hit, start, stop, first, end):
            return "origin"
        goes = (before in self._to or after in self._to_after) and self._sites.isdisjoint(symbols[start:stop])
        if goes and any(s in self._goal for s in self._clause(symbols, stop, end)):
            return "toward"
        if self._is_held(symbols, hit, first, end):
            return "background"
        return "scene"

    def _ends(self, symbols: str, hit: Hit, first: int, end: int) -> tuple[int, int]:
        """Return where the chain of names begins that a name stands in, and where it ends."""
        start = hit.first
        floor = max(first, hit.first - _CHAIN)
        while start > floor and (symbols[start - 1] in self._chain or symbols[start - 1] in self._link):
            start -= 1
        stop = hit.last
        ceiling = min(end, hit.last + _CHAIN)
        while stop < ceiling and (symbols[stop] in self._chain or symbols[stop] in self._link):
            stop += 1
        return start, stop

    def _clause(self, symbols: str, start: int, end: int) -> str:
        """Return the symbols from a token to the end of its clause."""
        high = start
        limit = min(end, start + _REACH)
        while high < limit and symbols[high] not in _STOPS and symbols[high] not in self._but:
            high += 1
        return symbols[start:high]

    def _is_dateline(self, symbols: str, hit: Hit, first: int, end: int) -> bool:
        """KABUL - AGENCY: ...; KABUL (AGENCY): ...; HERAT, 17 ASAD: ... - but "KABUL: ..." only names its matter."""
        if hit.first != first:
            return False
        sure = False
        for at in range(hit.last, min(end, hit.last + _DATELINE)):
            symbol = symbols[at]
            if symbol == "-":
                following = symbols[at + 1] if at + 1 < end else "."
                return following not in self._place and following not in self._at
            if symbol == ":" or (symbol == ")" and symbols[at - 1] in self._agency):
                return sure or symbol == ")"
            if symbol == NUMBER or symbol in self._agency or symbol == "(":
                sure = True
            elif symbol not in _DATELINE_MARKS:
                return False
        return False

    def _is_unit(self, symbols: str, hit: Hit, first: int, end: int) -> bool:
        """Whether a corps, a bank, a university or a newspaper bears the name."""
        at = hit.last
        while at < min(end, hit.last + _UNIT) and (symbols[at] in self._of or symbols[at] == NUMBER):
            at += 1
        if at < end and symbols[at] in self._unit_after:
            return True
        at = hit.first - 1
        unknown = 0
        while at >= max(first, hit.first - _UNIT):
            if symbols[at] in self._unit_before:
                return True
            unknown += symbols[at] == PLAIN
            if unknown > 1 or not (symbols[at] in self._of or symbols[at] in (NUMBER, PLAIN)):
                return False
            at -= 1
        return False

    def _elsewhere(self, marked: Marked, hit: Hit, start: int, stop: int, first: int, end: int) -> bool:
        """Whether another name of the sentence, outside the chain, is said to be where something happens."""
        at = bisect_left(marked.places, hit.first, key=lambda h: h.first)
        low = max(0, at - _NEIGHBOURS)
        for other in marked.places[low : at + _NEIGHBOURS + 1]:
            if first <= other.first < end and not start <= other.first < stop:
                begin, _ = self._ends(marked.raw, other, first, end)
                if any(s in self._at or s in self._on for s in marked.raw[max(first, begin - _OWNED) : begin]):
                    return True
        return any(
            symbol in self._foreign and at > first and marked.raw[at - 1] in self._at
            for at, symbol in enumerate(marked.raw[first : min(end, first + 4 * _REACH)], first)
        )

    def _is_government(self, symbols: str, hit: Hit, before: str, after: str, first: int, end: int) -> bool:
        """Whether the capital stands for the government: it says, wants, rejects; a foreign capital deals with it."""
        if before in self._at or after in self._at_after:
            return False
        clause = self._clause(symbols, hit.last, end)
        verb = next((n for n, s in enumerate(clause) if s in self._metonym), -1)
        if verb < 0 or any(s in self._deed for s in clause[:verb]):
            return False
        opens = hit.first == first or symbols[hit.first - 1] in self._opens
        if opens and after not in self._to_after and before not in self._from | self._to | self._on:
            return True
        around = symbols[max(first, hit.first - _REACH) : hit.first] + clause
        return any(s in self._foreign for s in around) and not any(s in self._deed for s in around)

    def _is_road(self, symbols: str, hit: Hit, first: int, end: int) -> bool:
        """The highway (of) A - B; Pashto: of A - B the highway."""
        at = hit.first - 1
        paired = False
        floor = max(first, hit.first - _CHAIN)
        while at >= floor and (symbols[at] in self._joint or symbols[at] in self._place):
            paired = paired or symbols[at] in self._place
            at -= 1
        if at >= floor and symbols[at] in self._road:
            return True
        at = hit.last
        ceiling = min(end, hit.last + _CHAIN)
        while at < ceiling and (
            symbols[at] in self._joint
            or symbols[at] in self._place
            or symbols[at] in self._link
            or (paired and symbols[at] in self._on | self._at)
        ):
            paired = paired or symbols[at] in self._place
            at += 1
        return paired and at < ceiling and symbols[at] in self._road

    def _is_near(self, symbols: str, hit: Hit, place: Place, before: str, after: str, end: int) -> bool:
        """Whether a name only measures a distance ("40 kilometres from"), or what happens is said to be near it."""
        if any(s in self._kilometre for s in symbols[max(0, hit.first - _DISTANCE) : hit.first]):
            return True
        if before in self._from and any(s in self._kilometre_after for s in symbols[hit.last : hit.last + _DISTANCE]):
            return True
        return (before in self._near or after in self._near) and (place.capital or place.kind == "province")

    def _is_between(self, symbols: str, hit: Hit, first: int, end: int) -> bool:
        """Whether the scene is said to lie between two places, this one of them."""
        at = hit.last
        while at < min(end, hit.last + _CHAIN) and (symbols[at] in self._joint or symbols[at] in self._place):
            at += 1
        if at < end and symbols[at] in self._between:
            return True
        at = hit.first - 1
        while at >= max(first, hit.first - _CHAIN) and (symbols[at] in self._joint or symbols[at] in self._place):
            at -= 1
        return at >= first and symbols[at] in self._between

    def _is_home(self, symbols: str, start: int, first: int) -> bool:
        """Whether people of the place are named: "residents (of)", "angry residents (of)"."""
        return any(s in self._dweller_before for s in symbols[max(first, start - 1) : start]) or (
            start - 2 >= first and symbols[start - 1] == PLAIN and symbols[start - 2] in self._dweller_before
        )

    def _is_origin(self, marked: Marked, hit: Hit, start: int, stop: int, first: int, end: int) -> bool:
        """Whether somebody only comes from the place: something happens in another, and nobody is driven out of it."""
        if any(s in self._leaves for s in self._clause(marked.raw, stop, end)):
            return False
        if self._elsewhere(marked, hit, start, stop, first, end):
            return True
        clause = self._clause(marked.raw, stop, end)
        return any(s in self._foreign for s in clause) and any(s in self._goal for s in clause)

    def _is_held(self, symbols: str, hit: Hit, first: int, end: int) -> bool:
        """Whether a name stands behind "but" as what is held still or calm, where others are spoken of before."""
        at = hit.first - 1
        floor = max(first, hit.first - _REACH)
        while at >= floor and symbols[at] not in self._but:
            at -= 1
        if at < floor or not any(s in self._place for s in symbols[first:at]):
            return False
        return any(s in self._still for s in symbols[at + 1 : min(end, hit.last + _REACH)])
