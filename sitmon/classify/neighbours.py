"""A place beside a word of harm in, the people who stand there out: its subject before it, its object after it.

It must not know what befell them, nor which of the two a word of harm takes: `casualty_links.py` does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sitmon.classify.company import Company
from sitmon.classify.groups import Group
from sitmon.classify.harm_words import Cue, Harm, HarmWords
from sitmon.classify.singles import BACK, Singles
from sitmon.classify.text import Document

_NEAR: Final = 3
"""How many tokens before a verb at the end people of an unknown noun may stand."""
_SAYS: Final = 6
"""How many tokens after somebody a verb of saying shows that they are alive to speak."""
_CROWD: Final = 12
"""How many groups of a sentence are looked through for one."""
_OPENED: Final = {"-": "-–", "–": "-–", ")": "("}
"""Marks that close an aside, and those that open it."""


class Neighbours:
    """The groups of people of one sentence, by where they stand."""

    def __init__(self, words: HarmWords, doc: Document, low: int, high: int, cues: Sequence[Cue]) -> None:
        self._t = words
        self.doc = doc
        self.words = doc.words
        self.low = low
        self.high = high
        self.cues = cues
        self.taken = {token for cue in cues for token in range(cue.first, cue.stop)}
        self.groups = words.people.find(doc.words, doc.low, doc.starts, low, high, self.taken) if cues else []
        if words.verb_last and len(self.groups) > 1:
            self.groups = words.ones.counted(doc, self.groups)
        self.starting = {group.first: group for group in self.groups}
        self.stopping = {group.stop: group for group in self.groups}
        self.used: set[int] = set()
        """Tokens of groups that a cue has taken: nobody is killed twice in a sentence."""
        self._befell: dict[int, set[str]] = {}
        """What befell a group that a cue has taken, by its first token."""
        self._singles = Singles(words, doc, low, high, self.taken, self.used)
        self.company = Company(
            words, doc.words, low, high, self._singles, self.taken, self.used, self.starting, self.stopping
        )

    def take(self, groups: Sequence[Group], harms: set[Harm]) -> None:
        """Note what befell some groups, so that no other cue counts them."""
        for group in groups:
            self.used.update(range(group.first, group.stop))
            self._befell.setdefault(group.first, set()).update(harms)

    def left(self, at: int) -> int:
        """Return the token at or before `at` that is no adverb."""
        while at >= self.low and self._t.is_adverb(self.words[at]) and self.ending(at) is None:
            at -= 1
        return at

    def left_of_aux(self, at: int) -> int:
        """Return the token before "had since been", "were not", "are reported to have been"."""
        t = self._t
        while at >= self.low:
            word = self.words[at]
            if not (word in t.auxiliary or word in t.real or self._t.is_adverb(word)) or self.ending(at) is not None:
                break
            at -= 1
        return at

    def around(self, at: int) -> Group | None:
        """Return the group of "a wounded guard" for the word of harm inside it."""
        group = self.starting.get(at - 1)
        return group if group is not None and group.stop > at + 1 else None

    def capital(self, at: int) -> bool:
        """Whether a word at or after the sentence's beginning is written with a capital."""
        return self._singles.capital(at)

    def ending(self, at: int) -> Group | None:
        """Return the group whose last token is `at`."""
        return self.stopping.get(at + 1)

    def subject(self, at: int, *, loose: bool, counted: bool = False) -> list[Group]:
        """Return the people who are the subject that ends at or before token `at`.

        Strict (not `loose`): only commas and parts may stand between them and the cue. `counted`: those without a
        number are passed over.
        """
        floor = max(self.low, at - BACK)
        at = self._before_dash(at)
        spot = at + 1
        if loose and at >= self.low and self.words[at] in self._t.he:
            return [Group(at, at + 1, 1, 1, "exact", "any")]
        near = self.ending(at)
        if near is not None and near.part and near.first not in self.used and self.words[at] in self._t.whom:
            return [near]  # "47 were treated, 11 of whom died"
        count = bisect_right(self.groups, at + 1, key=lambda group: group.stop)
        for index in range(count - 1, -1, -1):
            group = self.groups[index]
            if group.first in self.used:
                if group.first < floor:
                    break
                continue
            if group.first < floor or self.used.intersection(range(group.stop, at + 1)):
                break
            if not loose and not self._is_close(group.stop, spot):
                break
            if group.part and group.low != 0:
                spot = group.first
                continue
            if loose and not self.can_be_subject(group, at):
                continue
            if loose and group.low is None and at + 1 < self.high and self.words[at + 1] in self._t.singular_verbs:
                continue  # "a surgeon who had treated fighters was killed"
            if loose and group.low is None and index and self._describes(self.groups[index - 1], group, at):
                continue  # "seven people, all members of one family, were"
            if counted and (group.low is None or (group.camp == "unknown" and at + 1 - group.stop > _NEAR)):
                continue
            return self.with_listed(index, group)
        last = self.ending(at)
        if last is not None and last.part and last.first not in self.used:
            return [last]
        if loose:
            return self._singles.subject(at)
        return []

    def _describes(self, people: Group, aside: Group, at: int) -> bool:
        """Whether people without a number stand in an aside, between commas, that says who those before are."""
        if self.words[at] != "," or not people.low or self.words[people.stop] != ",":
            return False
        return all(self._t.is_adverb(word) for word in self.words[people.stop + 1 : aside.first])

    def _before_dash(self, at: int) -> int:
        """Return the token before what dashes or brackets set off: "eleven people - six men, five women - died"."""
        opens = _OPENED.get(self.words[at]) if at > self.low else None
        if opens is None or self.ending(at) is not None:
            return at
        for spot in range(at - 1, max(self.low, at - BACK), -1):
            if self.words[spot] in opens:
                group = self.ending(spot - 1)
                return spot - 1 if group is not None and group.low else at
        return at

    def main_subject(self, at: int) -> list[Group]:
        """Return who opens the sentence, for "three gunmen killed eight people before being shot": not the eight."""
        for index, group in enumerate(self.groups[:_CROWD]):
            if group.stop > at:
                break
            if group.part or group.after in self._t.prepositions or group.after in self._t.of:
                continue
            return [] if group.first in self.used else self.with_listed(index, group)
        return []

    def _is_close(self, stop: int, at: int) -> bool:
        """Whether only marks, parts or a place ("left 14 people in Herat dead") stand between two tokens."""
        if stop < at and self.words[stop] in self._t.prepositions and self.capital(stop + 1):
            stop += 1
            while stop < at and self.capital(stop):
                stop += 1
        return all(w in (",", "(", ")", "-", "–", '"') or self._t.is_adverb(w) for w in self.unlinked(stop, at))

    def unlinked(self, stop: int, at: int) -> list[str]:
        """Return the words between two tokens, without the words that bring in a part."""
        return [w for w in self.words[stop:at] if w not in self._t.part_words]

    def can_be_subject(self, group: Group, at: int) -> bool:
        """Whether a group is no mere adjunct ("by gunmen", "of the family") of something before it."""
        if self.company.leader(group) is not None:
            return True  # "the chief, along with three guards, was"
        if group.stop == at + 1 and group.low is not None:
            return group.after not in self._t.of | self._t.ones.beside and not self._beside(group)
        if self.words[at] in self._t.relative and group.low is not None:
            return group.after not in self._t.of  # "among the four men who died"
        if group.after in self._t.prepositions and not group.bare:
            return group.after in self._t.clause and group.low is not None
        return group.after not in self._t.of

    def _beside(self, group: Group) -> bool:
        """Whether people only went with others: "fighting alongside 200 troops", "a man with two wives"."""
        if not self.company.phrase_before(group.first):
            return False
        whose = self.ending(group.first - 2)
        return group.after not in self._t.bearing or (whose is not None and bool(whose.low))

    def with_listed(self, index: int, group: Group) -> list[Group]:
        """Return a subject with what is listed before it: "two policemen, a judge and a child"."""
        groups = [group]
        left = group
        for before in range(index - 1, -1, -1):
            other = self.groups[before]
            between = self.words[other.stop : left.first]
            if other.first in self.used or other.part or other.low == 0 or not self.list_mark(between):
                break
            joined = any(w in self._t.conjunctions for w in between)
            joined = joined or self._heads(other)
            own = self.words[left.first] in self._t.theirs
            if not joined and (len(groups) == 1 or (other.definite and left.low == 1 and not own)):
                break
            groups.insert(0, other)
            left = other
        if (first := self._first_listed(left, alone=len(groups) == 1)) is not None:
            groups.insert(0, first)
        return groups

    def _first_listed(self, left: Group, *, alone: bool) -> Group | None:
        """Return the one who opens the list that goes on with a group, where no noun tells of them.

        `alone`: nothing else is listed before it.
        """
        t, words, singles = self._t, self.words, self._singles
        if (lead := self.company.leader(left)) is not None:
            return lead
        at = left.first - 1
        owned = words[left.first] in t.theirs
        if not owned and at >= self.low and words[at] in t.theirs:
            owned, at = True, at - 1  # "his two sons"
        if at <= self.low:
            return None
        if words[at] in t.conjunctions:
            own = owned or not t.theirs.isdisjoint(words[left.first : left.stop])
            if own and words[at - 1] == ",":
                return singles.owner_before(at - 2)  # "the council's head, Zmarai Rahmani, and two of his guards"
            if alone and singles.capital(at - 1):
                return singles.name_before(at - 1)
            return singles.unknown_before(at - 1) if alone else None  # "a settler and his two sons"
        if owned and not alone and words[at] == ",":
            return singles.owner_before(at - 1)  # "Haji Ghani, his brother and three nephews"
        return None

    def _heads(self, group: Group) -> bool:
        """Whether a group opens a headline's list: "Nurse, two patients killed"."""
        return group.first == self.low and group.low == 1 and self.words[self.low] not in self._t.articles

    def listed_until(self, at: int) -> list[Group]:
        """Return the group that ends at token `at` with what is listed before it."""
        group = self.ending(at)
        if group is None:
            return []
        return self.with_listed(bisect_right(self.groups, group.first, key=lambda g: g.first) - 1, group)

    def list_mark(self, between: list[str]) -> bool:
        return 0 < len(between) <= 3 and all(
            w == "," or w in self._t.conjunctions or w in self._t.articles or w in self._t.ones.owners_before
            for w in between
        )

    def object(self, at: int, harm: Harm | None = None) -> list[Group]:
        """Return the people right after an active verb, with what is listed on; "them" are those told of before."""
        t = self._t
        words = self.words
        if at < self.high and words[at] in t.of:
            at += 1
        noted = at - 1 > self.low and words[at - 2] not in (",", ";")  # but "KIA: 4, WIA: 7"
        if noted and at < self.high and words[at] == ":" and at + 1 in self.starting:
            return []
        while at < self.high and (self._t.is_adverb(words[at]) or words[at] in ('"', "(", ":")):
            if at in self.starting:
                break
            at += 1
        if at >= self.high:
            return []
        group = self.starting.get(at)
        if group is None and at + 1 < self.high and words[at] in t.theirs:
            group = self.starting.get(at + 1)  # "his two sons"
        if group is None:
            if words[at] in t.he:
                group = Group(at, at + 1, 1, 1, "exact", "any")
            elif words[at] in t.they:
                group = self.them(at, harm)
            elif self.capital(at) and words[at] not in t.calendar:
                stop = at
                while stop < self.high and self.capital(stop) and stop not in self.taken:
                    stop += 1
                if stop < self.high and words[stop] == "(":
                    return []  # "killed Islamic State (IS) members": nobody's name
                group = self.starting.get(stop)
                if group is None or group.low is not None:
                    group = Group(at, stop, 1, 1, "exact", "any")
            elif words[at][0].isalpha() and (collected := self._collected(at)) is not None:
                group = collected
            elif (end := self._t.people.one_at(words, at, self.high, self.taken, bare=harm is not None)) is not None:
                group = Group(at, end, 1, 1)
            else:
                return []
        if group.part and group.low != 0:
            return [group]
        listed = [group, *self.listed_on(group)]
        return [*listed, *self.companions(listed[-1].stop)]

    def companions(self, at: int) -> list[Group]:
        """Return the people of "along with his son and two aides" from token `at` on."""
        group = self.company.after(at)
        return [group, *self.listed_on(group)] if group is not None else []

    def them(self, at: int, harm: Harm | None) -> Group:
        """Return those whom "them" stands for: the last people told of in number, if the same did not befall them."""
        count = bisect_right(self.groups, at, key=lambda group: group.stop)
        crowd = [g for g in self.groups[max(0, count - _CROWD) : count] if g.low is not None and g.low > 1]
        known = any(group.camp != "unknown" for group in crowd)
        for group in reversed(crowd):
            if not group.part and not (known and group.camp == "unknown"):
                if harm is None or harm in self._befell.get(group.first, ()):
                    break
                return replace(group, first=at, stop=at + 1)
        return Group(at, at + 1, None, None, "exact", "any")

    def _collected(self, at: int) -> Group | None:
        """Return the people of "a group of 12 civilians", none counted for "a group of civilians"."""
        for spot in range(at + 1, min(self.high, at + 4)):
            if self.words[spot] in self._t.of:
                return self.starting.get(spot + 1)
            if not self.words[spot][0].isalpha() or self.words[spot] in self._t.prepositions:
                break
        return None

    def listed_on(self, group: Group) -> list[Group]:
        """Return what goes on after a group: "..., a policeman and three civilians", but not "and 12 were wounded"."""
        more: list[Group] = []
        pending: list[Group] = []
        left = group
        while True:
            at = left.stop
            while at < self.high and self.words[at] == ",":
                at += 1
            joined = at < self.high and self.words[at] in self._t.conjunctions
            at += joined
            if joined and at < self.high and self.words[at] in self._t.reflexive:
                return [*more, Group(at, at + 1, 1, 1, "exact", "any")]  # "killed six people and himself"
            own = at < self.high and self.words[at] in self._t.theirs
            other = self.starting.get(at)
            if other is None and at + 1 < self.high and self.words[at] in self._t.articles:
                other = self.starting.get(at + 1)  # "a couple and their four children"
            if not joined and (close := self._name_of(left, at)) is not None:
                left = replace(left, stop=close)
                continue
            if other is None or other.stop <= left.stop or other.part or other.low == 0 or self.speaks_on(other):
                break
            named = left.camp == "any" and left.first not in self.starting
            if named and not joined and not own and other.low == 1:
                left = other  # "killed Karim, a commander, and two others": the commander is Karim
                continue
            if not joined and ((other.definite and not own) or other.low is None):
                break
            if not joined and at == left.stop:
                break
            pending.append(other)
            if joined:
                more.extend(pending)
                pending = []
            left = other
        return more

    def _name_of(self, group: Group, at: int) -> int | None:
        """Return the comma after the name of the one person whom a group tells of: "the chief, General Aman, his"."""
        if group.low != 1 or not group.definite or self.words[at - 1] != ",":
            return None
        stop = at
        while stop < self.high and self.capital(stop) and stop not in self.taken:
            stop += 1
        return stop if at < stop < self.high and self.words[stop] == "," else None

    def speaks_on(self, group: Group) -> bool:
        """Whether something is said of a group after it, so that it begins a clause of its own."""
        at = group.stop
        while at < self.high and (self._t.is_adverb(self.words[at]) or self.words[at] == ","):
            if self.words[at] == ",":
                return False
            at += 1
        if at >= self.high:
            return False
        for word in self.words[at : min(self.high, at + _SAYS)]:
            if word in self._t.saying:
                return True  # "killing 16, and a doctor on the ward said"
            if not word[0].isalnum():
                break
        return self.words[at] in self._t.aux or self.words[at] in self._t.have or any(c.first == at for c in self.cues)
