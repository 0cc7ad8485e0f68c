"""Groups of people in a language whose verb comes last in, the same out with one counted where one is meant.

It must not find people nor say what befell them. In a list with a number a bare singular is one ("two reporters and
their driver"); so are two of whom the second belongs to the first ("a councillor and his guard").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from sitmon.classify.groups import Group
from sitmon.classify.speech import Tables
from sitmon.classify.text import Document

_OFFICE: Final = 5
"""Tokens between a noun and the "and" behind its office: "member of the provincial council of Logar and"."""
_CROWD: Final = 12
"""How many groups before a verb are looked through for the one that it tells of."""
_PARTING: Final = frozenset({",", ";"})
_SHORTEST: Final = 4
"""Letters of a word at least, whose ending may show a plural."""


class Ones:
    """Counts bare singulars, in one language."""

    def __init__(self, tables: Tables) -> None:
        key = "casualties.words."
        self._plural_ends = tables.texts(key + "plural_ends")
        self._plurals = tables.words(key + "plurals")
        self._singulars = tables.words(key + "singulars")
        self._owned_ends = tuple(sorted(tables.words(key + "owned_ends")))
        """What is hung on a noun for somebody's own: "محافظش"."""
        self._owners = tables.words(key + "owners_after")
        self.owners_before = tables.words(key + "owners_before")
        self._and = tables.words(key + "and")
        self.beside = tables.words(key + "beside")
        """Words after which people stand who were only there: "a clash with five fighters"."""
        self._with = tables.words(key + "with")
        self._with_after = tables.words(key + "with_after")
        self._object_marks = tables.words(key + "object_marks")
        self._fights = tables.words(key + "fights")
        """Nouns behind "with" that make those two who fought: "in a clash with five men"."""
        self._stops = tables.words(key + "prepositions") | _PARTING

    def counted(self, doc: Document, groups: list[Group]) -> list[Group]:
        """Return the groups of a sentence, those that are one with their number."""
        found = list(groups)
        words = doc.words
        for n in range(len(found) - 1):
            one, other = found[n], found[n + 1]
            joint = next((at for at in range(one.stop, other.first) if words[at] in self._and), None)
            if (
                joint is None
                or joint - one.stop > _OFFICE
                or not self.owners_before.issuperset(words[joint + 1 : other.first])
            ):
                continue
            office = words[one.stop : joint]
            if not self._stops.isdisjoint(office):
                continue
            if one.low is None and self._is_one(doc, one) and (other.low is not None or self._is_owned(doc, other)):
                found[n] = one = replace(one, stop=joint, low=1, high=1)
            if other.low is None and one.low is not None and one.stop == joint and self._is_one(doc, other):
                found[n + 1] = replace(other, first=joint + 1, low=1, high=1)
        self._accompany(doc, found)
        for n in range(len(found) - 2, -1, -1):  # "the governor, his driver and three guards"
            one, other = found[n], found[n + 1]
            gap = words[one.stop : other.first]
            if one.low is not None or other.low != 1 or not gap or gap[0] != ",":
                continue
            owned = len(gap) > 1 and self.owners_before.issuperset(gap[1:])
            if (owned or (len(gap) == 1 and self._is_owned(doc, other))) and self._is_one(doc, one):
                found[n] = replace(one, low=1, high=1)
        return found

    def _accompany(self, doc: Document, found: list[Group]) -> None:
        """Count one for a bare singular that is somebody's and goes with them: "two judges with their driver"."""
        for n in range(1, len(found)):
            one, other = found[n - 1], found[n]
            joined = doc.words[one.stop : other.first]
            goes_with = bool(one.low) and len(joined) == 1 and joined[0] in self._with
            if goes_with and other.low is None and self._is_owned(doc, other) and self._is_one(doc, other):
                found[n] = replace(other, low=1, high=1)

    def companions(self, words: list[str], groups: Sequence[Group], found: list[Group]) -> list[Group]:
        """Return the people found with those who were with them: "a commander with five of his men"."""
        for group in groups:
            if not group.low or group in found:
                continue
            for one in found:
                if self._goes_with(words, one, group) or self._goes_with(words, group, one):
                    return [*found, group]
        return found

    def marked(self, doc: Document, group: Group) -> Group | None:
        """Return the one person that a bare singular with an object's mark is: "راننده را"."""
        marked = group.stop < len(doc.words) and doc.words[group.stop] in self._object_marks
        return replace(group, low=1, high=1) if group.low is None and marked and self._is_one(doc, group) else None

    def led_by_one(self, words: list[str], groups: Sequence[Group], one: Group) -> list[Group]:
        """Return one person of whom a verb tells, with those who were with the only one that is named."""
        near = groups[-_CROWD:]
        for group in near:
            if group.low is None and self._names_one(words, group):
                named = replace(group, low=1, high=1)
                if len(found := self.companions(words, near, [named])) > 1:
                    return found
        return [one]

    def leader(
        self, words: list[str], low: int, groups: Sequence[Group], is_people: Callable[[str], object]
    ) -> list[Group]:
        """Return somebody named, from token `low` on, with people of theirs: "Karim with five of his guards"."""
        for n, group in enumerate(groups):
            if group.low and self._led(words, group, is_people):
                head = group.first - 2 if words[group.first - 1] in self._with else group.first - 1
                while head >= low and words[head] in self._stops | self.owners_before:
                    head -= 1
                if head < low or not words[head].isalpha():
                    return []
                one = Group(head, head + 1, 1, 1, "exact", "any")
                return [one, group] if all(self._names_one(words, g) for g in groups[:n]) else []
        return []

    def _led(self, words: list[str], group: Group, is_people: Callable[[str], object]) -> bool:
        """Whether people in number stand behind "with" and are somebody's: "five of his guards"."""
        if group.after in self._with:
            near = words[group.stop - 1 : group.stop + 2]
            endings = ((w, e) for w in near for e in self._owned_ends if w.endswith(e))
            return any(is_people(word[: -len(ending)]) for word, ending in endings)
        closes = group.stop < len(words) and words[group.stop] in self._with_after
        return closes and not self.owners_before.isdisjoint(words[max(0, group.first - 2) : group.first])

    def _names_one(self, words: list[str], group: Group) -> bool:
        word = words[group.stop - 1]
        if group.low is not None:
            return group.low == 1
        return word in self._singulars or not (word in self._plurals or word.endswith(self._plural_ends))

    def _goes_with(self, words: list[str], one: Group, other: Group) -> bool:
        """Whether nothing but a title and "with" stands between two groups, or "with" stands around the second."""
        gap = words[one.stop : other.first]
        if not 0 < len(gap) <= _OFFICE or not _PARTING.isdisjoint(gap):
            return False
        if other.stop < len(words) and words[other.stop] in self._with_after:
            return self._fights.isdisjoint(words[other.stop + 1 : other.stop + 3])
        return gap[-1] in self._with and (self._stops - self._with).isdisjoint(gap)

    def _is_owned(self, doc: Document, group: Group) -> bool:
        """Whether a group is somebody's: "his guard"."""
        if doc.words[group.stop - 1].endswith(self._owned_ends):
            return True
        return group.stop < len(doc.words) and doc.words[group.stop] in self._owners

    def _is_one(self, doc: Document, group: Group) -> bool:
        """Whether the last word of a group without a number has no form of a plural."""
        last = group.stop - 1
        last -= last > group.first and doc.words[last] in self._owners  # "راننده‌شان"
        word = doc.body[doc.starts[last] : doc.ends[last]]
        if doc.words[last] in self._singulars:
            return True
        if doc.words[last] in self._plurals:
            return False
        return not (len(word) >= _SHORTEST and word.endswith(self._plural_ends))
