"""The words after a verb of saying in, the place where what is said begins out.

It must not read what is said. Between the two stand who was told ("told Reuters"), when and how ("on Sunday", "in a
statement"), "that" and a colon.
"""

from __future__ import annotations

from sitmon.classify.saying import SayingWords
from sitmon.classify.speakers import Speakers
from sitmon.classify.text import Document


class Openings:
    """Finds where what is said begins, in one language."""

    def __init__(self, words: SayingWords, speakers: Speakers) -> None:
        self._w = words
        self._s = speakers.words

    def after(self, doc: Document, at: int, stop: int, *, hearer: bool) -> tuple[int, bool, bool, str | None]:
        """Return (token where what is said begins, whether "that" brings it in, whether a colon does, agency)."""
        words = doc.words
        agency: str | None = None
        if hearer:
            at, agency = self._skip_hearer(doc, at, stop)
        moved = True
        while moved and at < stop:
            moved = False
            if words[at] in self._w.linking or words[at] in self._w.calendar or words[at] in self._w.days:
                ahead, carrier = self._skip_adjunct(doc, at, stop)
                moved, at, agency = ahead > at, ahead, agency or carrier
            elif is_adverb(words[at]) and at + 1 < stop and words[at + 1] in self._w.that:
                at, moved = at + 1, True
        that = at < stop and words[at] in self._w.that
        at += that
        while at < stop and that and words[at] == ",":
            at += 1
        colon = at < stop and words[at] == ":"
        return at + colon, that, colon, agency

    def _skip_hearer(self, doc: Document, at: int, stop: int) -> tuple[int, str | None]:
        """Return (token after who was told, the agency if it was one)."""
        words = doc.words
        begin = at + (at < stop and words[at] in self._w.determiners)
        for start in (at, begin):
            if start < stop and (found := self._s.agency_at(words, start, stop)) is not None:
                end = start + found[1]
                while end < stop and words[end] in self._w.hearer_tail:
                    end += 1
                return end, found[0]
        for spot in range(at, min(stop, at + 8)):
            if words[spot] in self._w.that or words[spot] in (",", ":", '"'):
                return spot, None
        if begin < stop and (found2 := self._w.media.at(words, at, stop)) is not None:
            return at + found2[1], None
        end = begin + 1
        while end < stop and doc.capital(end) and doc.capital(end - 1):
            end += 1
        return min(end, stop), None

    def _skip_adjunct(self, doc: Document, at: int, stop: int) -> tuple[int, str | None]:
        """Return (token after "on Sunday", "in a statement", "by phone", "in Washington", agency in it)."""
        words = doc.words
        if words[at] in self._w.calendar or words[at] in self._w.days:
            return at + 1, None
        begin = at + 1
        if begin >= stop:
            return at, None
        if (medium := self._w.media.at(words, begin, stop)) is not None:
            return begin + medium[1], None
        if (agency := self._s.agency_at(words, begin, stop)) is not None:
            return begin + agency[1], agency[0]
        end = begin
        while end < stop and (
            words[end] in self._w.calendar
            or words[end] in self._w.days
            or words[end].isdigit()
            or words[end] in self._w.linking
        ):
            end += 1
        if end > begin:
            return end, None
        while end < stop and doc.capital(end) and words[end][0].isalpha():
            end += 1
        follows = end < stop and (
            words[end] in self._w.that or words[end] in (",", ":", ".", '"') or words[end] in self._w.linking
        )
        return (end, None) if end > begin and (follows or end == stop) else (at, None)


def is_adverb(word: str) -> bool:
    """Whether a word may stand between a speaker and a verb of saying ("repeatedly")."""
    return word.endswith("ly") and len(word) > 4
