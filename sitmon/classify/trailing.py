"""The words between a speaker and a verb of saying that comes last in, the token where the speaker ends out.

It must not read speakers or verbs. Between the two stand who was told ("to reporters"), through what ("on Twitter"),
on what terms ("on condition that his name"), all of which a language whose verb comes last puts before the verb.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.saying import SayingWords
from sitmon.classify.speaker_words import SpeakerWords

_WITHIN: Final = 12
"""Tokens that such a phrase has at most."""
_PHRASES: Final = 6
"""Such phrases in a row."""


class Trailing:
    """Finds where a speaker ends, in one language; build once."""

    def __init__(self, words: SayingWords, speakers: SpeakerWords) -> None:
        self._w = words
        self._s = speakers

    def end(self, words: list[str], floor: int, cue: int) -> int:
        """Return the token after the speaker before the verb at `cue`; `floor` where nothing names one."""
        at = cue
        for _ in range(_PHRASES):
            before = self._step(words, floor, at)
            if before == at:
                return at
            at = before
        return at

    def _step(self, words: list[str], floor: int, at: int) -> int:
        """Return the token where the phrase that ends at `at` begins, or `at`."""
        if at <= floor:
            return floor
        last = words[at - 1]
        if last in self._w.days or last in self._w.calendar or last in self._s.fillers:
            return at - 1
        if last == ")":
            opened = next((n for n in range(at - 2, max(floor, at - _WITHIN) - 1, -1) if words[n] == "("), None)
            return at if opened is None else opened
        for size in range(min(self._w.longest_aside, at - floor), 0, -1):
            if tuple(words[at - size : at]) in self._w.asides:
                return at - size
        if last in self._w.object_marks:
            back = self._back(words, floor, at)
            return back.stop + 1 if back.stop >= floor and words[back.stop] == "," else at
        if last in self._w.hearer_after:
            return self._hearer(words, floor, at - 1)
        openers = self._w.around.get(last)
        if openers is not None:
            opener = next((n for n in self._back(words, floor, at - 1) if words[n] in openers), None)
            if opener is not None:
                return opener
        return self._prepositional(words, floor, at)

    def _back(self, words: list[str], floor: int, at: int) -> range:
        """Return the tokens before `at` that may belong to its phrase, the nearest first: no comma stands between."""
        low = max(floor, at - _WITHIN)
        comma = next((n for n in range(at - 1, low - 1, -1) if words[n] == ","), low - 1)
        return range(at - 1, comma, -1)

    def _hearer(self, words: list[str], floor: int, at: int) -> int:
        """Return where whoever was told begins, whose postposition stands at `at`: "a radio station to"."""
        start = max(floor, at - 1)
        for n in self._back(words, floor, at):
            found = self._s.agency_at(words, n, at)
            if found is not None and all(self._is_outlet(word) for word in words[n + found[1] : at]):
                start = min(start, n)
        while start > floor and (self._is_outlet(words[start - 1]) or words[start - 1] in self._s.determiners):
            start -= 1
        return start - 1 if start > floor and words[start - 1] in self._s.name_joints else start

    def _is_outlet(self, word: str) -> bool:
        """Whether a word stands in the names of those who are told: "agency", "radio", "reporters"."""
        return word in self._w.outlets

    def _prepositional(self, words: list[str], floor: int, at: int) -> int:
        """Return where "to reporters" or "in a telephone call with" begins, or `at`."""
        best = at
        for n in self._back(words, floor, at):
            word = words[n]
            if word in self._w.object_marks:
                break
            if word in self._w.hearer_before:
                if n == floor or words[n - 1] not in self._w.never_hearer:
                    best = n
                continue
            if word in self._w.aside_before:
                head = n + 1
                while head < at - 1 and words[head] in self._s.determiners:
                    head += 1
                if head < at and self._w.media.at(words, head, at) is not None:
                    best = n
        return best
