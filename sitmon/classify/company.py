"""A person in a sentence in, those who share their fate out: "along with six of his men", "as well as two guards".

It must not know what befell them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sitmon.classify.groups import Group
from sitmon.classify.harm_words import HarmWords
from sitmon.classify.singles import Singles

_TITLE: Final = 16
"""How many tokens of a title and a name may stand between somebody killed and "together with"."""


class Company:
    """The people of one sentence who were with somebody."""

    def __init__(
        self, words: HarmWords, tokens: list[str], low: int, high: int, singles: Singles, taken: set[int],
        used: set[int], starting: Mapping[int, Group], stopping: Mapping[int, Group],
    ) -> None:  # fmt: skip
        self._t = words
        self._words = tokens
        self._low = low
        self._high = high
        self._singles = singles
        self._taken = taken
        self._used = used
        self._starting = starting
        self._stopping = stopping

    def after(self, at: int) -> Group | None:
        """Return the people of "along with six of his men" from token `at` on, after a name's aside too."""
        words = self._words
        far = self._far(at)
        if at < self._high and words[at] == "," and (close := self._aside(at)) is not None:
            at = close
        at += at < self._high and words[at] == ","
        at = at if far is None else far
        found = self._t.with_words.at(words, at, self._high) if at < self._high else None
        if found is None:
            return None
        at += found[1]
        group = self._starting.get(at)
        if group is None and at < self._high and words[at] in self._t.theirs:
            group = self._starting.get(at + 1)  # "with his two brothers"
        if group is None or not group.low or group.part or group.first in self._used:
            return None
        return None if found[1] == 1 and group.camp == "unknown" else group  # "killed with a knife"

    def leader(self, group: Group) -> Group | None:
        """Return whom a group goes with: "a commander with five of his men", "the chief, along with two guards"."""
        words = self._words
        first = group.first - (group.first > self._low and words[group.first - 1] in self._t.theirs)
        if not group.low or group.part:
            return None
        size = self.phrase_before(first)
        if not size:
            return None
        begin = first - size
        if size == 1 and self._t.theirs.isdisjoint(words[first : group.stop]):
            return None  # "a clash with five fighters"
        end = begin - 1 - (words[begin - 1] == ",")
        one = self._stopping.get(end + 1)
        if one is None and end >= self._low:
            one = self._singles.name_before(end) or self._singles.unknown_before(end)
        return one if one is not None and one.low and not one.part and one.first not in self._used else None

    def phrase_before(self, at: int) -> int:
        """Return how many tokens right before a token say "along with"; 0 where none do."""
        words = self._words
        if at - 1 <= self._low or words[at - 1] not in self._t.with_ends:
            return 0
        for size in (3, 2, 1):
            begin = at - size
            if begin <= self._low or words[begin] not in self._t.with_words:
                continue
            found = self._t.with_words.at(words, begin, at)
            if found is not None and found[1] == size:
                return size
        return 0

    def _far(self, at: int) -> int | None:
        """Return where "together with" stands behind a long title: "the head of the court of X, Karim, along with"."""
        for spot in range(at, min(self._high, at + _TITLE)):
            word = self._words[spot]
            if spot in self._taken or word in self._t.aux or word in self._t.clause or word == ";":
                return None
            found = self._t.with_words.at(self._words, spot, self._high) if word in self._t.with_words else None
            if found is not None and found[1] > 1:
                return spot
        return None

    def _aside(self, at: int) -> int | None:
        """Return the comma that closes the aside which the one at `at` opens: "Satar, the shadow governor, ..."."""
        for spot in range(at + 2, min(self._high, at + 9)):
            if self._words[spot] == ",":
                return spot
            if spot in self._taken or self._words[spot] in self._t.aux:
                return None
        return None
