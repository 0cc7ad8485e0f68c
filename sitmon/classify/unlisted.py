"""A marked document in, the same out with places marked that it spells in a way that no list has.

It must not guess: only a capitalised name where a place must stand ("in X", "X district", "the district of X") is
looked up, and only a spelling that differs by romanisation alone is taken (`spelling.py`).
"""

from __future__ import annotations

import re
from typing import Final

from sitmon.area import Area
from sitmon.classify.grammar import Grammar
from sitmon.classify.lexicon import INSIDE, PLAIN, Entry, Hit, Lexicon, Marked
from sitmon.classify.spelling import Spellings
from sitmon.classify.text import read as read_text

_WORDS: Final = 4
"""Words of the longest name that is looked up."""
_ALONE: Final = 6
"""Letters of the shortest name that "in" alone shows to be a place."""
_MOST: Final = 200
"""How many names of one document are looked up: no news item has so many, hostile texts have."""


class Unlisted:
    """Looks up what no phrase names; build once."""

    def __init__(self, area: Area, lexicon: Lexicon, grammar: Grammar) -> None:
        self._area = area
        self._lexicon = lexicon
        self._spellings = Spellings(area)
        kinds = _one_of(grammar.of("district_word", "province_word") - {PLAIN, INSIDE})
        before = _one_of(grammar.of("in_prep") - {PLAIN, INSIDE})
        self._pattern = re.compile(
            rf"(?P<kind>{PLAIN}{{1,{_WORDS}}})(?={kinds})"
            rf"|(?<={kinds}).(?P<of>{PLAIN}{{1,{_WORDS}}})|(?<={before})(?P<alone>{PLAIN}{{1,{_WORDS}}})"
        )

    def read(self, marked: Marked) -> Marked:
        """Return the document with the places marked that only romanisation parts from a known spelling."""
        found: list[tuple[int, int, Entry]] = []
        for number, match in enumerate(self._pattern.finditer(marked.raw)):
            if number >= _MOST:
                break
            group = match.lastgroup or "alone"
            hit = self._place(marked, *match.span(group), alone=group == "alone", last=group == "kind")
            if hit is not None:
                found.append(hit)
        if "#" in marked.doc.body:
            found += self._hashtags(marked)
        return self._with(marked, found) if found else marked

    def _hashtags(self, marked: Marked) -> list[tuple[int, int, Entry]]:
        """Return the places that hashtags write in one word: "#SariPul"."""
        doc, found = marked.doc, []
        at = doc.body.find("#")
        for _ in range(_MOST):
            token = doc.token_at(at + 1) if 0 <= at < len(doc.body) - 1 else -1
            if token < 0:
                break
            if doc.starts[token] == at + 1 and marked.raw[token] == PLAIN and len(doc.words[token]) >= _ALONE:
                code = self._spellings.place([doc.words[token]])
                entry = self._entry(code) if code is not None else None
                if entry is not None:
                    found.append((token, token + 1, entry))
            at = doc.body.find("#", at + 1)
        return found

    def _place(
        self, marked: Marked, first: int, stop: int, *, alone: bool, last: bool
    ) -> tuple[int, int, Entry] | None:
        """Return (first, stop, entry) of the place in a run of unknown words, the longest name first."""
        doc = marked.doc
        if not (doc.capital(first) or doc.capital(stop - 1)):
            return None
        for size in range(stop - first, 0, -1):
            begin = stop - size if last else first
            words = doc.words[begin : begin + size]
            if not doc.capital(begin) or (alone and sum(map(len, words)) < _ALONE):
                continue
            code = self._spellings.place(words)
            entry = self._entry(code) if code is not None else None
            if entry is not None:
                return begin, begin + size, entry
        return None

    def _entry(self, code: str) -> Entry | None:
        """Return what the lexicon knows a place's own name by."""
        hits = self._lexicon.mark(read_text(self._area.places[code].name)).places
        return next((hit.entry for hit in hits if code in hit.entry.places), None)

    def _with(self, marked: Marked, found: list[tuple[int, int, Entry]]) -> Marked:
        raw, symbols = list(marked.raw), list(marked.symbols)
        places = list(marked.places)
        for first, stop, entry in found:
            signs = entry.symbol + INSIDE * (stop - first - 1)
            raw[first:stop] = symbols[first:stop] = signs
            places.append(Hit(first, stop, entry))
        places.sort(key=lambda hit: hit.first)
        return Marked(marked.doc, "".join(raw), "".join(symbols), places, marked.actors, frozenset(symbols))


def _one_of(symbols: frozenset[str]) -> str:
    """Return the expression for one of some symbols, or for nothing at all: a language may lack any class."""
    return f"[{re.escape(''.join(sorted(symbols)))}]" if symbols else "(?!)"
