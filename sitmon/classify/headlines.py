"""A sentence with a colon or a dash in, the attribution that this makes out: "Lawmaker: the city has fallen".

It must not read verbs of saying, nor make a speaker of what only labels a text: a place, a topic, "breaking". Before or
after the mark stands somebody who is known to speak (a role, a party, an agency, a known person), and nothing else.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.frames import Frame
from sitmon.classify.saying import SayingWords
from sitmon.classify.speaker_words import is_word
from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.text import Document, tokens
from sitmon.classify.units import Unit

_WITHIN: Final = 14
"""Tokens of whoever is named beside the mark."""
_LABEL: Final = 4
"""Tokens of a label before the speaker: "Breaking: governor: ..."."""
_SHORTEST: Final = 2
"""Tokens of what is said."""
_DASHES: Final = ("–", "-")
_PARTING: Final = (":", *_DASHES)


class Headlines:
    """Reads attributions without a verb, in one language."""

    def __init__(self, words: SayingWords, speakers: Speakers) -> None:
        self._w = words
        self._s = speakers

    def read(self, doc: Document, unit: Unit) -> Frame | None:
        """Return the frame of the speaker whom a colon or a dash parts from their words, or None."""
        return self._trailing(doc, unit) or self._leading(doc, unit)

    def may_have(self, doc: Document, unit: Unit) -> bool:
        """Whether a colon stands near the beginning of a unit, or a colon or a dash near its end."""
        words = doc.words
        return ":" in words[unit.first : unit.first + _WITHIN] or any(
            mark in words[max(unit.first, unit.stop - _WITHIN) : unit.stop] for mark in _PARTING
        )

    def _leading(self, doc: Document, unit: Unit) -> Frame | None:
        words = doc.words
        begin = unit.first
        for at in range(unit.first, min(unit.stop, unit.first + _WITHIN)):
            if any(mark.outer <= doc.starts[at] for mark in unit.marks):
                return None
            if words[at] != ":":
                continue
            if self._is_said(doc, at + 1, unit.stop) and (voice := self._voice(doc, begin, at)) is not None:
                return Frame("say", True, voice, begin, at, at + 1, at + 1, True, colon=True)
            if at - begin > _LABEL:
                return None
            begin = at + 1
        return None

    def _trailing(self, doc: Document, unit: Unit) -> Frame | None:
        words = doc.words
        stop = unit.stop
        while stop > unit.first and words[stop - 1] in (".", '"'):
            stop -= 1
        full = stop < unit.stop
        low = max(unit.first + _SHORTEST, stop - _WITHIN)
        at = next((n for n in range(stop - 2, low - 1, -1) if words[n] in _PARTING), None)
        if at is None or any(mark.after > doc.starts[at] for mark in unit.marks):
            return None
        dash = words[at] != ":"
        if dash and (full or not doc.body[doc.starts[at] - 1].isspace() or words[at + 1] in self._s.words.articles):
            return None  # "my father - a policeman -", "so-called"
        if ":" in words[unit.first : at] or not self._w.clause_joints.isdisjoint(words[at + 1 : stop]):
            return None
        voice = self._voice(doc, at + 1, stop)
        if voice is None or (dash and voice.agency is not None):
            return None  # whose report it is, not whose word
        return Frame("say", True, voice, at, at, at + 1, unit.stop, inverted=True)

    def _is_said(self, doc: Document, at: int, stop: int) -> bool:
        """Whether what follows a colon tells something: not "what next?", no list."""
        return stop - at >= _SHORTEST and doc.words[at] not in self._w.asking

    def _voice(self, doc: Document, first: int, stop: int) -> Voice | None:
        """Return the speaker whom tokens name, where each of them belongs to the name and every speaker is known."""
        if not 0 < stop - first <= _WITHIN:
            return None
        words, known = doc.words, self._s.words
        if words[first].isdigit() or not known.verbs.isdisjoint(words[first:stop]):
            return None
        if self._w.cues.within(words, first, stop):
            return None  # "the governor said:" has its verb
        voice = self._s.read(doc, first, stop)
        if voice is None or voice.pronoun:
            return None
        recognised = voice.side or voice.role_id or voice.actor or voice.agency or voice.witness
        if not recognised and not any(known.describes(word) for word in words[first:stop]):
            return None
        covered = set() if voice.organisation else set(tokens(voice.name or ""))
        for table in (known.roles, known.actors, known.places, known.spots, known.agencies, known.persons):
            for at, _, size in table.within(words, first, stop):
                covered.update(words[at : at + size])
        for at in range(first, stop):
            word = words[at]
            plain = (
                word in covered or known.describes(word) or word in known.determiners or word in known.joining
                or word in known.articles or not is_word(word) or word == "'s"
                or (not known.cased and word in known.not_names and word not in self._w.topics)
            )  # fmt: skip
            if not plain and not (voice.name is not None and not voice.organisation and doc.capital(at)):
                return None
        return voice
