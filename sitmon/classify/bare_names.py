"""The words that describe a speaker in a script without capitals in, the tokens of the person's name out.

It must not decide who that is. A name is one to five words that are nothing else. It stands at the very beginning,
before a comma, or at the very end, after a role; a given name shows one anywhere.
"""

from __future__ import annotations

from typing import Any, Final

from sitmon.classify.speaker_words import SpeakerWords
from sitmon.classify.speech import Phrases

_LONGEST: Final = 5
"""Words of a name."""
_SHORTEST: Final = 5
"""Letters of a word whose beginning or ending may show a given name."""


class BareNames:
    """Finds names in one language without capitals; build once."""

    def __init__(self, words: SpeakerWords) -> None:
        self._w = words

    def find(self, words: list[str], first: int, stop: int) -> tuple[int, int] | None:
        """Return the tokens of the name in [first, stop), or None."""
        known = self._known(words, first, stop)
        head = next((n for n, common in enumerate(known) if common), len(known))
        if 1 <= head <= _LONGEST and (head == len(known) or words[first + head] == ","):
            return first, first + head
        shown = self._shown(words, first, known)
        if shown is not None:
            return shown
        tail = next((n for n, common in enumerate(reversed(known)) if common), len(known))
        if 1 <= tail <= _LONGEST and self._may_end(words, first, stop - tail, stop):
            return stop - tail, stop
        return None

    def _known(self, words: list[str], first: int, stop: int) -> list[bool]:
        """Return of each token whether it is something else than a part of a name."""
        known = [False] * (stop - first)
        spots = self._w.spots
        tables: tuple[Phrases[Any], ...] = (self._w.roles, self._w.actors, spots, self._w.agencies)
        at = first
        while at < stop:
            word = words[at]
            size = 1 if word in self._w.common or not word[0].isalpha() else 0
            for table in tables if word in self._w.phrased else ():
                found = table.at(words, at, stop) if word in table else None
                if found is None or (table is spots and at > first and not known[at - 1 - first]):
                    continue  # a place right after a name is the name's end: "Karim Wardak"
                size = max(size, found[1])
            for spot in range(at, min(stop, at + size)):
                known[spot - first] = words[spot] not in self._w.kept
            at += max(1, size)
        return known

    def _shown(self, words: list[str], first: int, known: list[bool]) -> tuple[int, int] | None:
        """Return the run of words that are nothing else in which a given name stands, from the given name on."""
        at = 0
        while at < len(known):
            if known[at]:
                at += 1
                continue
            begin = at
            while at < len(known) and not known[at]:
                at += 1
            if first + begin > 0 and words[first + begin - 1].isdigit():
                continue  # "the 207th Zafar corps"
            if self._w.head_last and at < len(known) and self._w.describes(words[first + at]):
                continue  # "of Mohammad Agha the governor": whose office it is
            run = words[first + begin : first + at]
            given = next((n for n, word in enumerate(run) if self.is_given(word)), None)
            if given is not None:
                kept = given - (given > 0 and run[given] in self._w.given_second)
                while kept > 0 and run[kept - 1] in self._w.kept:
                    kept -= 1
                start = begin + kept
                return first + start, first + min(at, start + _LONGEST)
        return None

    def is_given(self, word: str) -> bool:
        """Whether a word is a given name or has the ending or beginning of one."""
        if word in self._w.given:
            return True
        return len(word) >= _SHORTEST and (word.startswith(self._w.given_starts) or word.endswith(self._w.given_ends))

    def _may_end(self, words: list[str], first: int, at: int, stop: int) -> bool:
        """Whether words at the end, none of which is a given name, may be one: not "a doctor of the ward"."""
        if not any(self._w.describes(word) for word in words[first:at]):
            return False
        if words[at - 1] in self._w.ranks:
            return True
        return self._w.indefinite.isdisjoint(words[first:at]) and words[at - 1] in self._w.nouns
