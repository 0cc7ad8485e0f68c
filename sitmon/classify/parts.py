"""A place's name in its sentence in, what the name does there out.

It must not decide which place is meant. Only a `scene` says that something happens there: a dateline, a government
called by its capital, a person, a unit or a paper named after a town, a speaker's office, the end of a road and what
somebody was known for are names without being the scene.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.final_places import FinalPlaces
from sitmon.classify.grammar import Grammar
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN, Hit, Marked
from sitmon.classify.part import Part
from sitmon.classify.place_words import PlaceWords
from sitmon.model.place import Place

_ARABIC: Final = "\u0600"
_WINDOW: Final = 5
_NAME: Final = 3
"""How many words a name has at most; a longer alias describes a spot in the place."""
_DATELINE: Final = 6
"""How many tokens may stand between a dateline's place and its dash."""
_DATELINE_MARKS: Final = frozenset(",.0" + PLAIN + INSIDE)
_CREDIT: Final = 6
"""How many tokens the name of an agency has at most, with its brackets."""
_HEAD: Final = 160
"""How many tokens the head of a press release has at most."""


class Parts:
    """The words by which a name's part is told."""

    def __init__(self, grammar: Grammar, words: PlaceWords) -> None:
        self._grammar = grammar
        self._final = FinalPlaces(grammar)
        self._words = words
        of = grammar.of
        self._province_word = of("province_word")
        self._district_word = of("district_word")
        self._city_word = of("city_word")
        self._near = of("near")
        self._compass = of("compass")
        self._toward = of("route", "going", "cut")
        self._origin = of("origin")
        self._prison = of("site_prison")
        self._war = grammar.party | of("clash", "attack_noun", "kill")
        self._unit_after = of("unit_after")
        self._unit_before = of("unit_before")
        self._title_after = of("title_after")
        self._title_link = of("title_link")
        self._metonym_verb = of("metonym_verb")
        self._metonym_noun = of("metonym_noun")
        self._metonym_pair = of("metonym_pair")
        self._agency = of("agency")
        self._in = of("in_prep")
        self._not_a_name = of("not_a_name")
        self._unit = of("distance_unit")
        self._sport = of("sport")
        self._league = grammar.little("league")
        self._beats = grammar.little("beats")
        self._beaten_by = grammar.little("beaten_by")
        self._side = of("government")
        self._verb = grammar.be | grammar.have | of("modal")
        self._joined_names = of("place", "joint") | {INSIDE, "-"}
        self._road = of("road_word")
        self._credit = of("credit")
        self._country = of("country_name")
        self._except = of("except")
        self._row = of("place", "joint") | {INSIDE, ","}
        self._whereabouts = of("whereabouts")
        self._sent = of("sent_to")
        self._state = of("state")
        self._nonstate = of("nonstate") - of("insurgent")
        self._dweller = of("dweller")
        self._dweller_of = of("dweller_of")
        self._would = of("modal") - of("towards")
        self._falls = of("t_fall")
        self._seat = of("government_seat")
        self._place = of("place")
        self._foreign = of("foreign_place")
        self._apart = of("of", "away")
        self._not_government = of("in_prep", "towards", "away", "near", "of")
        self._background = of("background")
        self._again = of("scene_again")
        self._operations = of("plural_operations")
        self._press_head = of("press_head")
        self._small = of("preposition", "joint", "determiner", "be") | {INSIDE}
        self._to = of("towards")
        self._carried = self._toward | self._origin | self._near | self._whereabouts
        self._skipped = of("determiner", "compass", "compass_adjective", "nationality") - self._carried

    def read(self, marked: Marked, hit: Hit, place: Place, number: int) -> Part:
        """Return what the name at `hit` does in sentence `number`."""
        symbols = marked.raw
        doc = marked.doc
        first, end = doc.bounds[number] if number >= 0 else (0, len(symbols))
        if doc.body[doc.starts[hit.first]] >= _ARABIC:
            return self._final.read(marked, hit, place, first, end)
        if self._is_dateline(marked, hit, first, end):
            return "dateline"
        last = hit.last
        while last < end and (symbols[last] in self._province_word or symbols[last] in self._city_word):
            last += 1
        after = symbols[last] if last < end else "."
        at = hit.first - 1
        while at >= first and (symbols[at] == INSIDE or symbols[at] in self._skipped):
            at -= 1
        before = symbols[at] if at >= first else "^"
        if before in self._grammar.joint and (head := self._row_head(symbols, hit, at, first)) is not None:
            before, at = symbols[head], head
        seat = symbols[hit.first] in self._seat or symbols[hit.first] in self._side
        if self._words.is_work(doc, hit.first, hit.last, first, end) or self._words.is_person(doc, hit.first, first):
            return "name"
        if after == "'" and last + 1 < end and seat and symbols[last + 1] in self._metonym_noun:
            return "government"
        beyond = last
        while beyond < end and symbols[beyond] in self._joined_names:
            beyond += 1
        if beyond < end and symbols[beyond] in self._road:
            return "toward"  # the Kabul-Kandahar highway
        if self._excepted(symbols, hit.first, first):
            return "origin"
        if before in self._whereabouts:
            return "origin"
        if self._words.is_institution(doc, hit.last, end):
            return "dweller"
        if after in self._unit_after or before in self._unit_before:
            at_door = before in self._unit_before and self._words.is_doorstep(doc, hit.first, first)
            return "scene" if at_door and symbols[hit.first - 1] == INSIDE else "name"
        if after in self._sport or self._plays(marked, hit, last, first, end):
            return "name"
        if after == PLAIN and doc.capital(last) and not self._sport.isdisjoint(marked.present):
            return "name"  # a team
        if self._is_person(marked, hit, first, end):
            return "name"
        if seat and self._is_government(marked, hit, before, after, first, end):
            return "government"
        if self._words.starts_there(doc, hit.first, first):
            return "scene"
        if self._words.is_toward(doc, hit.first, first) or self._is_way_end(symbols, at, first):
            return "toward"
        if before in self._sent and any(s in self._state for s in symbols[first : hit.first]):
            return "scene"  # where troops are sent is where they are needed
        if before in self._toward or before in self._sent:
            return "toward"
        if before in self._near and (place.capital or place.kind == "province") and hit.last - hit.first <= _NAME:
            return "near"
        if before in self._apart and self._is_distance(marked, at, first):
            return "near"
        if before in self._title_link:
            return "title"
        if after in self._nonstate and symbols[hit.last] not in self._province_word:
            return "origin"  # "Panjshir fighters"
        if before in self._dweller_of or (after in self._dweller and before not in self._in):
            return "dweller"
        title = after if after != "'" else (symbols[last + 1] if last + 1 < end else ".")
        if title in self._title_after and before not in self._in:
            return "title"
        if before in self._origin:
            prison = place.site == "prison" or after in self._prison
            return "scene" if prison else "origin"  # who is let out of X's prison is let out there
        if self._is_background(marked, hit, first):
            return "background"
        return "scene"

    def _row_head(self, symbols: str, hit: Hit, joint: int, first: int) -> int | None:
        """Return what stands before the first name of a row: "from" in "families from Takhar and Kunduz"."""
        if hit.last < len(symbols) and symbols[hit.last] in self._falls:
            return None
        at = joint - 1
        while at >= first and symbols[at] in self._row:
            at -= 1
        return at if first <= at < joint - 1 and symbols[at] in self._carried else None

    def _is_way_end(self, symbols: str, at: int, first: int) -> bool:
        """Whether "to" ends a way that "the road from A" began."""
        if at < first or symbols[at] not in self._to:
            return False
        before = at - 1
        while before >= first and symbols[before] in self._row:
            before -= 1
        return first <= before < at - 1 and symbols[before] in self._toward

    def _excepted(self, symbols: str, at: int, first: int) -> bool:
        """Whether a name stands in a list that is left out: "with the exception of A and B"."""
        at -= 1
        while at > first and symbols[at] in self._row:
            if symbols[at] in self._except:
                return True
            at -= 1
        return at >= first and symbols[at] in self._except

    def may_govern(self, marked: Marked, hit: Hit) -> bool:
        """Whether a seat's name stands as a subject before a verb, so that it is the government if it is elsewhere."""
        symbols = marked.raw
        before = symbols[hit.first - 1] if hit.first else "^"
        after = symbols[hit.last] if hit.last < len(symbols) else "."
        opens = before in '^.,":' or before in self._grammar.that or before in self._grammar.link
        first = marked.doc.sentence_at(marked.doc.starts[hit.first])
        opens = opens or (first >= 0 and marked.doc.bounds[first][0] == hit.first)
        return opens and (after in self._verb or after in self._metonym_verb)

    def press_head(self, marked: Marked) -> int:
        """Return the last sentence of a press release's head (-1 when there is none): its heading is a summary."""
        last = -1
        if self._press_head.isdisjoint(marked.raw[:_HEAD]):
            return last
        for n, symbol in enumerate(marked.raw[:_HEAD]):
            if symbol in self._press_head:
                if last >= 0 and n - last > _HEAD // 8:
                    break
                last = n
        return marked.doc.sentence_at(marked.doc.starts[last]) if last >= 0 else -1

    def credit(self, marked: Marked) -> str | None:
        """Return the agency that an article credits: in its dateline's brackets, or in a last line of its own.

        "KABUL (HKW) - ..."; "Reporting by Hindu Kush Wire."; "(Hindu Kush Wire)".
        """
        doc, symbols = marked.doc, marked.raw
        close = symbols.find(")", 0, _DATELINE * 3)
        opened = symbols.rfind("(", 0, close) if close > 0 else -1
        before_dash = opened > 0 and close - opened <= _CREDIT and symbols[close + 1 : close + 2] == "-"
        if before_dash and NUMBER not in symbols[opened:close] and doc.capital(opened + 1):
            return doc.body[doc.ends[opened] : doc.starts[close]].strip()
        if len(doc.bounds) < 2:
            return None
        first, last = doc.bounds[-1]
        if last - first <= 2 * _CREDIT and first < last:
            at = first
            if symbols[first] in self._credit:
                while at + 1 < last and symbols[at + 1] == INSIDE:
                    at += 1
                return doc.body[doc.ends[at] : doc.sentences[-1][1]].strip(" .:") or None
            if symbols[first] == "(" and ")" in symbols[first:last]:
                return doc.body[doc.ends[first] : doc.starts[first + symbols[first:last].index(")")]].strip() or None
        return None

    def sums_up(self, marked: Marked, token: int, number: int) -> bool:
        """Whether a list of places only sums up: "during operations in Khost and Paktia provinces"."""
        first = marked.doc.bounds[number][0]
        return any(s in self._operations for s in marked.raw[max(first, token - 14) : token])

    def _is_background(self, marked: Marked, hit: Hit, first: int) -> bool:
        """Whether a name only says what somebody is known for: "a leader responsible for attacks in"."""
        symbols = marked.raw
        at = hit.first - 1
        floor = max(first, hit.first - 24)
        if self._background.isdisjoint(symbols[floor : hit.first]):
            return False
        while at >= floor:
            symbol = symbols[at]
            if symbol == ";" or symbol in self._again:
                return False
            if symbol in self._background:
                return True
            at -= 1
        return False

    def _is_dateline(self, marked: Marked, hit: Hit, first: int, end: int) -> bool:
        """KABUL, Afghanistan (Jan. 25, 2013) - ; KABUL (AFP) - ; Kunduz, Aug 8 (Reuters)."""
        symbols = marked.raw
        doc = marked.doc
        if hit.first - first > 2:
            return False
        shouted = doc.body[doc.starts[hit.first] : doc.ends[hit.last - 1]].isupper() and doc.body != doc.body.upper()
        limit = min(end, hit.last + 16)
        bracket = False
        country = next((n for n in range(hit.last, min(limit, hit.last + 4)) if symbols[n] in self._country), -1)
        if country > hit.last and symbols[country - 1] == "," and symbols[country + 1 : country + 2] in ("(", "-", ","):
            return True  # in any letters: "kabul, afghanistan (feb. 21, 2011)"
        for n in range(hit.last, limit):
            symbol = symbols[n]
            if symbol == "-":
                return shouted or (n > hit.last and (bracket or n - hit.last <= _DATELINE))
            if symbol == "(":
                bracket = True
            elif (symbol == ":" and shouted) or (
                bracket and symbol == ")" and (shouted or symbols[n - 1] in self._agency)
            ):
                return True
            elif not bracket and (
                symbol in self._grammar.be or not (shouted or symbol in _DATELINE_MARKS or symbol in self._grammar.time)
            ):
                return False
        return False

    def _is_person(self, marked: Marked, hit: Hit, first: int, end: int) -> bool:
        """Whether a name stands in a row of capitalised words that nothing knows: "Ghazni Rahimi", "Rahim Wardak"."""
        doc = marked.doc
        if hit.last - hit.first > 1 or not doc.capital(hit.first) or not self._stands_like_one(marked, hit, first, end):
            return False
        if first < end and doc.body[doc.starts[first] : doc.ends[end - 1]].isupper():
            return False
        return not self._titled(marked, first, end)

    def _stands_like_one(self, marked: Marked, hit: Hit, first: int, end: int) -> bool:
        """Whether what stands beside a name would make it a person's, were capitals rare around it."""
        doc = marked.doc
        symbols = marked.raw
        before, after = hit.first - 1, hit.last
        if (
            (before > first or (before == first and after < end and symbols[after] == ","))
            and symbols[before] == PLAIN
            and doc.capital(before)
            and symbols[before] not in self._not_a_name
            and doc.starts[hit.first] - doc.ends[before] == 1
        ):
            return after >= end or not (
                symbols[after] in self._province_word
                or symbols[after] in self._district_word
                or symbols[after] in self._city_word
            )
        if after + 1 < end and symbols[after] == PLAIN and doc.capital(after):
            opens = before < first or symbols[before] in ',."' or symbols[before] in self._grammar.joint
            return opens and (symbols[after + 1] == "," or symbols[after + 1] in self._grammar.say)
        return False

    def _plays(self, marked: Marked, hit: Hit, last: int, first: int, end: int) -> bool:
        """Whether a name is a side's in a match or a league: "Kabul won the league with a win over Herat"."""
        words = marked.doc.words
        wins = last < end and words[last] in self._beats
        if not wins and (hit.first == first or words[hit.first - 1] not in self._beaten_by):
            return False
        return not self._league.isdisjoint(words[first:end]) and self._war.isdisjoint(marked.raw[first:end])

    def _titled(self, marked: Marked, first: int, end: int) -> bool:
        """Whether a sentence is a heading in which most words have a capital."""
        doc = marked.doc
        words = [n for n in range(first, min(end, first + 14)) if doc.words[n][0].isalpha()]
        plain = sum(not doc.capital(n) and marked.raw[n] not in self._small for n in words)
        return sum(doc.capital(n) for n in words) * 10 > len(words) * 6 and plain * 12 <= len(words)

    def _is_government(self, marked: Marked, hit: Hit, before: str, after: str, first: int, end: int) -> bool:
        """Whether a capital stands for its government: "Kabul says", "talks with Kabul", "Kabul and Washington"."""
        symbols = marked.raw
        if before in self._metonym_pair or self._words.is_government(marked.doc, hit.first, hit.last, first, end):
            return True
        abroad = any(s in self._foreign for s in symbols[max(first, hit.first - 14) : hit.first])
        if abroad and self._words.is_given(marked.doc, hit.first, first):
            return True
        if before in self._in:
            owner = hit.first - 2
            while owner > 0 and symbols[owner] == INSIDE:
                owner -= 1
            if owner > first and symbols[owner] in self._place and symbols[owner - 1] in self._in:
                return False  # "at the palace in Kabul"
            return owner >= 0 and symbols[owner] in self._side  # "the defence ministry in Kabul"
        if (
            before in self._grammar.that
            and after in self._would
            and symbols[min(hit.last + 1, len(symbols) - 1)] not in self._falls
        ):
            return True
        if before in self._not_government:
            return False
        at = hit.last
        if after in self._grammar.joint and at + 1 < len(symbols) and symbols[at + 1] in self._foreign:
            return True
        if (after in self._metonym_verb and before in ("^", ",", ".", '"')) or (
            after in self._metonym_verb and before in self._grammar.that
        ):
            return True
        return hit.first >= 2 and before in self._grammar.joint and symbols[hit.first - 2] in self._foreign

    def _is_distance(self, marked: Marked, at: int, first: int) -> bool:
        """60 km south of; 15 miles from; south of."""
        symbols = marked.raw
        window = symbols[max(first, at - _WINDOW) : at]
        if any(s in self._compass for s in window[-3:]):
            return True
        return any(marked.raw[n] in self._unit for n in range(max(first, at - _WINDOW), at))
