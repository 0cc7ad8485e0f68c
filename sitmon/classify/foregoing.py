"""The words before a verb of saying in, the speaker whom they name right before it out.

It must not read verbs, nor decide who "he" is. Between the name and the verb there may be what stands in apposition
("Karim, an elder, said"), or whom an agency cites.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sitmon.classify.saying import SayingWords
from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.text import Document

APPOSITIONS: Final = 4
"""How many commas back the speaker's name may stand from "said"."""
_PARTING: Final = frozenset({",", ";", ":", "–", '"', "(", ")"})
"""Marks that part whoever speaks from what stands before."""


class Foregoing:
    """Reads who is named right before a verb, in one language."""

    def __init__(self, words: SayingWords, speakers: Speakers) -> None:
        self._w = words
        self._s = speakers

    def read(self, doc: Document, begin: int, floor: int, stop: int) -> Voice | None:
        """Return the speaker described in tokens [floor, stop), right before a verb, with what stands in apposition.

        `begin` is the first token of the sentence.
        """
        words = doc.words
        closed = stop > floor and words[stop - 1] == ","
        segments = self._segments(doc, floor, stop)
        if not segments:
            return None
        citing = self._citing(
            doc, (segments[-2][0] if closed and len(segments) > 1 else segments[-1][0], segments[-1][1])
        )
        if citing is not None:
            return citing
        last = segments[-1]
        if not closed and len(segments) > 1 and self._is_own(words, *last):
            named = self.read(doc, begin, floor, last[0])
            if named is not None and named.name is not None:
                return named  # "Nasim, an elder, and his brother said"
        if not closed:
            voice = self._s.longest_suffix(doc, *last)
            if voice is None:
                return None
            return self._joined(doc, begin, segments, voice)
        for back in range(len(segments) - 2, max(-1, len(segments) - 2 - APPOSITIONS), -1):
            if not self.is_apposition(doc, segments[back + 1]):
                break
            head = self._s.longest_suffix(doc, *segments[back])
            if head is not None and not head.pronoun:
                first = doc.token_at(head.start)
                whole = self._s.read(doc, first, last[1])
                return whole or head
        if len(segments) == 1 and floor != begin:
            return self._s.read(doc, *last)
        return None

    def _is_own(self, words: list[str], first: int, stop: int) -> bool:
        """Whether a stretch behind a comma adds somebody's own to them: "and his brother"."""
        described = self._s.words
        return stop - first > 2 and words[first] in described.conjunctions and words[first + 1] in described.own

    def _joined(self, doc: Document, begin: int, segments: list[tuple[int, int]], voice: Voice) -> Voice:
        """Return a speaker with the name or role that one comma parts from them ("The mayor, Karim Daud said")."""
        if len(segments) < 2 or voice.pronoun or doc.words[segments[-1][0] - 1] != ",":
            return voice
        if doc.token_at(voice.start) != segments[-1][0]:
            return voice
        other = self._s.longest_suffix(doc, *segments[-2])
        if other is None or other.pronoun or (other.name is None) == (voice.name is None):
            return voice
        if other.organisation and self._w.verb_last:
            return voice  # a clause of its own that a party stands in
        first = doc.token_at(other.start)
        if first != segments[-2][0] or (other.name is None and first != begin):
            return voice
        return self._s.read(doc, first, segments[-1][1]) or voice

    def _segments(self, doc: Document, first: int, stop: int) -> list[tuple[int, int]]:
        """Return the stretches between commas, the empty ones left out."""
        words = doc.words
        found: list[tuple[int, int]] = []
        begin = first
        for at in range(first, stop + 1):
            if at == stop or words[at] in _PARTING or (words[at] == "-" and self._w.verb_last):
                if at > begin:
                    found.append((begin, at))
                begin = at + 1
        return found[-(APPOSITIONS + 2) :]

    def is_apposition(self, doc: Document, segment: tuple[int, int]) -> bool:
        """Whether a stretch between commas says who somebody is: "an elder", "who fled", "35", "Karim Daud"."""
        first, stop = segment
        word = doc.words[first]
        described = self._s.words
        if word in described.determiners or word in described.nouns or word in described.who or word.isdigit():
            return True
        if word in described.asides:
            return True
        if word in described.places and (place := described.places.at(doc.words, first, stop)) is not None:
            return stop - first - place[1] <= 1  # "a commander in Chak district, Wardak province, said"
        voice = self._s.read(doc, first, stop)
        return voice is not None and not voice.pronoun

    def _citing(self, doc: Document, segment: tuple[int, int]) -> Voice | None:
        """Return the speaker of "AFP citing a security source reported": the source, carried by the agency."""
        words = doc.words
        for at in range(segment[0] + 1, segment[1] - 1):
            if words[at] in self._w.quoting:
                voice = self._s.read(doc, at + 1, segment[1])
                if voice is None:
                    return None
                carrier = self._s.words.agency_at(
                    words, segment[0] if words[segment[0]] not in self._s.words.determiners else at - 1, at
                )
                return replace(voice, agency=carrier[0] if carrier else voice.agency)
        return None
