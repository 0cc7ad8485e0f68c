"""The `[places]` tables of an area's languages in, a scan for what the words beside a place's name make of it out.

It must not know which place is meant. It reads words, not marks, so that a phrase here never hides one of the events'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Final

from sitmon.classify.speech import Phrases, Tables
from sitmon.classify.text import Document

_LONGEST: Final = 5
"""Words of a phrase that is looked for before a name."""
_TITLE: Final = 6
"""Words of a book's or a film's title before the name in it."""
_FILL: Final = 5
"""Words between a name and what says that it is held: "is for now still"."""
_REACH: Final = 8
"""Words between a government and the one that it gives something to."""
_QUOTES: Final = "\"“”‘’'«»"


Endings = Mapping[str, Set[tuple[str, ...]]]
"""Phrases by their last word."""


class PlaceWords:
    """What stands before and after the names of places; build once for all languages of an area."""

    def __init__(self, *tables: Tables) -> None:
        self._object = _merged(tables, "government_object")
        self._that = _words(tables, "that")
        self._doorstep = _words(tables, "doorstep")
        self._nouns = _words(tables, "government_nouns")
        self._subject = _phrases(tables, "government_subject")
        self._subject_fill = _words(tables, "government_fill")
        self._giving = _words(tables, "giving")
        self._to = _words(tables, "to")
        self._held = _phrases(tables, "held")
        self._held_fill = _words(tables, "held_fill")
        self._held_before = _merged(tables, "held_before")
        self._works = _words(tables, "works")
        self._works_on = _merged(tables, "works_on")
        self._honorifics = _words(tables, "honorifics")
        self._toward = _merged(tables, "toward")
        self._leaving = _words(tables, "leaving")
        self._for = _words(tables, "leaving_for")
        self._travelling = _words(tables, "travelling")
        self._starting = _merged(tables, "scene_from")
        self._from = _words(tables, "from")
        self._clearing = _words(tables, "clearing")
        self._reaching = _merged(tables, "reaching")
        self._institutions = _words(tables, "institutions")
        self._articles = _words(tables, "articles")

    def is_government(self, doc: Document, first: int, last: int, low: int, high: int) -> bool:
        """Whether a seat's name stands where a government does: "urges Kabul", "Kabul is losing", "aid to Kabul"."""
        words = doc.words
        if self._ends(self._object, words, first, low) or (last < high and words[last] in self._nouns):
            return True
        at = last
        while at < high and words[at] in self._subject_fill and at - last < _FILL:
            at += 1
        opens = first == low or words[first - 1] in (",", ":", ";", '"') or words[first - 1] in self._that
        return opens and at < high and self._subject.at(words, at, high) is not None

    def is_given(self, doc: Document, first: int, low: int) -> bool:
        """Whether something is given to whom is named: "hands over 20 prisoners to Kabul"."""
        words = doc.words
        if first - 1 <= low or words[first - 1] not in self._to:
            return False
        return any(word in self._giving for word in words[max(low, first - _REACH) : first - 1])

    def is_work(self, doc: Document, first: int, last: int, low: int, high: int) -> bool:
        """Whether a name stands in the title of a film or a book, or is what it is about."""
        words = doc.words
        at = first - (first > low and words[first - 1] in self._articles)
        if self._ends(self._works_on, words, at, low):
            return True
        if last + 1 < high and words[last + 1] in self._works and doc.capital(last):
            return True  # "the Bamyan Buddhas film"
        at = first - 1
        while at >= max(low, first - _TITLE):
            if words[at] in self._works:
                opened = doc.body[doc.ends[at] : doc.starts[first]]
                return at == first - 1 or doc.capital(at + 1) or any(c in _QUOTES for c in opened[:3])
            mark = doc.body[doc.starts[at]]
            if not (doc.capital(at) or len(words[at]) <= 3 or mark in _QUOTES):
                return False
            at -= 1
        return False

    def is_person(self, doc: Document, first: int, low: int) -> bool:
        """Whether an honorific makes a name a person's: "Mullah Ghazni"."""
        return first > low and doc.words[first - 1] in self._honorifics and doc.capital(first)

    def is_toward(self, doc: Document, first: int, low: int) -> bool:
        """Whether a way or a flight ends there: "the gateway to Kabul", "fled Kunduz for Kabul"."""
        words = doc.words
        if self._ends(self._toward, words, first, low):
            return True
        if first - 2 <= low:
            return False
        if words[first - 1] in self._to:
            return self._travels(words, first - 1, low)
        if words[first - 1] not in self._for:
            return False
        return any(word in self._leaving for word in words[max(low, first - _REACH) : first - 1])

    def _travels(self, words: list[str], to: int, low: int) -> bool:
        """Whether "travelling from", and where from, stand before "to"."""
        for at in range(to - 2, max(low, to - _LONGEST), -1):
            if words[at] in self._from:
                return words[at - 1] in self._travelling
        return False

    def starts_there(self, doc: Document, first: int, low: int) -> bool:
        """Whether "from" says where something happens: "took off from", "driven out of"."""
        words = doc.words
        at = first - (first > low and words[first - 1] in self._articles)
        if self._ends(self._starting, words, at, low):
            return True
        if at - 1 <= low or words[at - 1] not in self._from:
            return False
        return any(word in self._clearing for word in words[max(low, at - _LONGEST) : at - 1])

    def is_reached(self, doc: Document, first: int, low: int) -> bool:
        """Whether only a place can follow: "reached", "overran", "on the outskirts of"."""
        return self._ends(self._reaching, doc.words, first, low)

    def is_held(self, doc: Document, first: int, last: int, low: int, high: int) -> bool:
        """Whether a place is only said to be still held: "remains in government hands"."""
        words = doc.words
        if self._ends(self._held_before, words, first, low):
            return True
        at = last
        while at < high and words[at] in self._held_fill and at - last < _FILL:
            at += 1
        return at < high and words[at] in self._held and self._held.at(words, at, high) is not None

    def is_doorstep(self, doc: Document, first: int, low: int) -> bool:
        """Whether something happens at the embassy that stands there: "in front of Pakistan's embassy in Kabul"."""
        return not self._doorstep.isdisjoint(doc.words[max(low, first - _REACH) : first])

    def is_institution(self, doc: Document, last: int, high: int) -> bool:
        """Whether a university or a hospital bears the name: it lies there, and may only be where somebody is from."""
        return last < high and doc.words[last] in self._institutions

    def _ends(self, phrases: Endings, words: list[str], stop: int, low: int) -> bool:
        """Whether one of the phrases ends right before a token."""
        if stop <= low or (found := phrases.get(words[stop - 1])) is None:
            return False
        return any(tuple(words[stop - n : stop]) in found for n in range(1, min(_LONGEST, stop - low) + 1))


def _merged(tables: Iterable[Tables], key: str) -> Endings:
    found: dict[str, set[tuple[str, ...]]] = {}
    for table in tables:
        for phrase in table.phrases(f"places.{key}"):
            found.setdefault(phrase[-1], set()).add(phrase)
    return found


def _words(tables: Iterable[Tables], key: str) -> frozenset[str]:
    return frozenset(word for table in tables for word in table.words(f"places.{key}"))


def _phrases(tables: Iterable[Tables], key: str) -> Phrases[str]:
    found = Phrases[str]()
    for table in tables:
        found.add(table.phrases(f"places.{key}"), key)
    return found
