"""A verb of saying whose object is a happening in, who owns to it or announces it and the happening's words out.

"The loss of X was confirmed by a councillor", "it was announced by the ministry that"; where verbs stand last, "the
governor the fall of X confirmed". It must not read clauses: nothing here is anybody's words to quote.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sitmon.classify.openings import is_adverb
from sitmon.classify.saying import SayingWords
from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.text import Document

_WITHIN: Final = 24
"""Tokens from whoever speaks to the verb."""
_WHEN: Final = 3
"""Tokens that say when, before "by"."""
_STANCES: Final = frozenset({"report", "claim", "admit", "deny", "done_by"})
"""Kinds of verbs that take a happening as their object."""


class Matter(NamedTuple):
    """What is owned to. Tokens."""

    voice: Voice
    first: int
    """Where the attribution begins."""
    after: int
    """Where it ends."""
    tokens: tuple[int, int]
    """The happening's words, [first, stop)."""


class Matters:
    """Finds happenings that somebody owns to, in one language."""

    def __init__(self, words: SayingWords, speakers: Speakers) -> None:
        self._w = words
        self._s = speakers

    def read(self, doc: Document, stance: str, floor: int, verb: tuple[int, int], limit: int) -> Matter | None:
        """Return what the verb at tokens `verb` says was owned to; what stands before `floor` belongs to others."""
        if stance not in _STANCES:
            return None
        cue, stop = verb
        if self._s.words.cased:
            return self._passive(doc, floor, cue, stop, limit)
        words = doc.words
        if words[cue] in self._w.news and words[stop - 1] != ":" and not (stop < limit and words[stop] in self._w.that):
            return self._news(doc, floor, cue, stop)
        floor = max(floor, cue - _WITHIN)
        if not self._w.that.isdisjoint(words[floor:cue]):
            return None
        happening = next((at for at in range(floor, cue) if words[at] in self._w.happenings), None)
        if happening is None:
            return None
        return self._by(doc, happening, cue, stop) or self._object(doc, floor, happening, cue, stop)

    def _passive(self, doc: Document, floor: int, cue: int, stop: int, limit: int) -> Matter | None:
        """Read "the fall of X was confirmed by a councillor", "it was confirmed by a councillor that"."""
        words = doc.words
        aux = cue
        while aux > floor and (words[aux - 1] in self._w.passive or is_adverb(words[aux - 1])):
            aux -= 1
        at = stop
        while at < min(limit, stop + _WHEN) and words[at] not in self._w.by and self._is_when(words[at]):
            at += 1
        by = self._w.by.at(words, at, limit) if at < limit else None
        if aux == cue or by is None:
            return None
        begin = at + by[1]
        close = next((at for at in range(begin, limit) if words[at] in (",", ";") or words[at] in self._w.that), limit)
        read = self._s.longest_prefix(doc, begin, close) if begin < close else None
        if read is None:
            return None
        voice, end = read
        if end < limit and words[end] in self._w.that:
            return Matter(voice, aux, end + 1, (end + 1, limit)) if end + 1 < limit else None
        low = max(floor, aux - _WITHIN)
        happening = next((at for at in range(aux - 1, low - 1, -1) if words[at] in self._w.happenings), None)
        return Matter(voice, aux, end, (happening, aux)) if happening is not None else None

    def _is_when(self, word: str) -> bool:
        """Whether a word may stand between a verb and its "by": "confirmed on Sunday by"."""
        return word in self._w.linking or word in self._w.calendar or word in self._w.days

    def _by(self, doc: Document, happening: int, cue: int, stop: int) -> Matter | None:
        """Read "the fall of X by the governor confirmed was", "by" before or after whose word it is."""
        words = doc.words
        for at, _, size in self._w.by.within(words, happening, cue):
            voice = self._s.read(doc, at + size, cue) if at + size < cue else None
            return Matter(voice, at, stop, (happening, at)) if voice is not None else None
        for at, _, _ in self._w.by_after.within(words, happening, cue):
            voice = self._s.longest_suffix(doc, happening + 1, at)
            if voice is not None:
                first = doc.token_at(voice.start)
                return Matter(voice, first, stop, (happening, first))
        return None

    def _news(self, doc: Document, floor: int, cue: int, stop: int) -> Matter | None:
        """Read "the police of the arrest of four men news gave": what stands between whoever tells and the news."""
        words = doc.words
        if "," in words[floor:cue]:
            return None
        for end in range(floor + 1, min(cue, floor + _WITHIN)):
            if words[end] not in self._w.about:
                continue
            voice = self._s.read(doc, floor, end)
            owned = words[floor] in self._s.words.name_joints and voice is not None and voice.actor is not None
            if voice is not None and not voice.pronoun and not owned and doc.token_at(voice.start) <= floor + 1:
                return Matter(voice, floor, stop, (end, cue))
        return None

    def _object(self, doc: Document, floor: int, happening: int, cue: int, stop: int) -> Matter | None:
        """Read "the governor the fall of X confirmed": the shortest opening that names somebody."""
        words = doc.words
        for end in range(floor + 1, happening + 1):
            if end < happening and words[end] not in self._s.words.joining:
                continue
            voice = self._s.read(doc, floor, end)
            if voice is not None and not voice.pronoun and doc.token_at(voice.start) <= floor + 1:
                return Matter(voice, floor, stop, (end, cue))
        return None
