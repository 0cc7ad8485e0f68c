"""A place in a sentence in, the one person named or described there out: "Qari Jalil", "a former prosecutor".

It must not count more than one, nor know what befell them.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.groups import Group
from sitmon.classify.harm_words import HarmWords
from sitmon.classify.text import Document

_ASIDE: Final = 8
"""How many tokens an aside may have that no "who" opens: "Karim, 35, a baker"."""
BACK: Final = 40
"""How many tokens before a cue its people may stand."""
_NAME: Final = 6
"""Words of a name at most."""


class Singles:
    """The persons of one sentence of whom no number and no known noun tells."""

    def __init__(self, words: HarmWords, doc: Document, low: int, high: int, taken: set[int], used: set[int]) -> None:
        self._t = words
        self._doc = doc
        self._words = doc.words
        self._low = low
        self._high = high
        self._taken = taken
        self._used = used

    def subject(self, at: int) -> list[Group]:
        """Return the one person whose name or description ends at or before token `at`, before "was killed"."""
        one = self.name_before(self._before_aside(at)) or self.unknown_before(at) or self._opening_one(at)
        return [one] if one else []

    def capital(self, at: int) -> bool:
        return at >= self._low and self._words[at][0].isalpha() and self._doc.capital(at)

    def name_before(self, at: int) -> Group | None:
        """Return the one person whose name ends at `at` ("Qari Jalil was killed"), if one does."""
        first = self._name(at)
        verb = self._words[at + 1] if at + 1 < self._high else ""
        if verb in self._t.plural_verbs or any(self._t.people.camp_of(w) for w in self._words[first : at + 1]):
            return None
        return Group(first, at + 1, 1, 1, "exact", "any") if first <= at else None

    def owner_before(self, at: int) -> Group | None:
        """Return the person whose name ends at `at`, where "his" after it shows that it is one's, whatever the rank."""
        first = self._name(at)
        if first == at == self._low or not self._used.isdisjoint(range(first, at + 1)):
            return None  # "Meanwhile, his brother and"
        return Group(first, at + 1, 1, 1, "exact", "any") if first <= at else None

    def _name(self, at: int) -> int:
        """Return where the name begins that ends at `at`; the token after it for none, or one of a place."""
        first = at
        while self.capital(first) and self._words[first] not in self._t.calendar and at - first < _NAME:
            first -= 1
        return at + 1 if first >= self._low and self._words[first] in self._t.prepositions else first + 1

    def unknown_before(self, at: int) -> Group | None:
        """Return "a former prosecutor" right before "was killed": one of whom no table knows the noun."""
        for spot in range(at - 1, max(self._low, at - 7) - 1, -1):
            if self._words[spot] in self._t.indefinite:
                end = self._t.people.unknown_at(self._words, spot, self._high, self._taken)
                own = spot == self._low or self._words[spot - 1] not in self._t.prepositions | self._t.of
                return Group(spot, end, 1, 1) if end == at + 1 and own else None
        return None

    def _opening_one(self, at: int) -> Group | None:
        """Return "a greengrocer" at the sentence's beginning, whatever stands between him and "was killed"."""
        verb = self._words[at + 1] if at + 1 < self._high else ""
        if verb not in self._t.aux or verb in self._t.plural_verbs or self._words[self._low] not in self._t.indefinite:
            return None
        if at - self._low > BACK:
            return None
        if any(word in (",", ";") or word in self._t.aux for word in self._words[self._low : at + 1]):
            return None
        end = self._t.people.unknown_at(self._words, self._low, self._high, self._taken)
        return Group(self._low, end, 1, 1) if end is not None and self._low not in self._used else None

    def _before_aside(self, at: int) -> int:
        """Return the token before an aside that ends at a comma ("Karim, 35, was wounded")."""
        if at <= self._low or self._words[at] != ",":
            return at
        for spot in range(at - 1, max(self._low, at - BACK), -1):
            if self._words[spot] == "," and (at - spot < _ASIDE or self._words[spot + 1] in self._t.relative):
                return spot - 1
            if self._words[spot] == ";":
                break
        return at
