"""Sentences in, findings out: which group of people which word of harm ("killed", "wounding", "bodies") speaks of.

It must not add anything up. The grammar is the one of the tables' forms: a participle after "was" or without an object
looks back for its people, an active verb looks ahead, a noun looks both ways; in a language whose verb comes last
everything looks back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sitmon.classify.harm_words import Cue, Found, HarmWords
from sitmon.classify.people import Camp, Group
from sitmon.classify.present import is_history, is_unreal
from sitmon.classify.text import Document

_BACK: Final = 40
"""How many tokens before a cue its people may stand."""


class Links:
    """Finds who was harmed, with the words of one language; build once."""

    def __init__(self, words: HarmWords) -> None:
        self._words = words

    def find(self, doc: Document, start: int, end: int, year: int | None) -> list[Found]:
        """Return what body[start:end] says of people harmed, in the order of the text."""
        first_token = doc.token_at(start - 1) + 1 if start else 0
        last_token = doc.token_at(end - 1) + 1
        if self._words.firsts.isdisjoint(
            doc.words if not start and end >= len(doc.body) else doc.words[first_token:last_token]
        ):
            return []
        first, last = max(0, doc.sentence_at(start)), doc.sentence_at(max(start, end - 1))
        return self.find_in(doc, range(first, last + 1), year, first_token, last_token)

    def find_in(
        self, doc: Document, sentences: Iterable[int], year: int | None, floor: int = 0, ceiling: int | None = None
    ) -> list[Found]:
        """Return what some sentences say of people harmed, within tokens [floor, ceiling)."""
        found: list[Found] = []
        for number in sentences:
            low, high = doc.bounds[number]
            low, high = max(low, floor), high if ceiling is None else min(high, ceiling)
            if low < high and not self._words.firsts.isdisjoint(doc.words[low:high]):
                found.extend(_Sentence(self._words, doc, number, low, high, year).findings())
        return found


class _Sentence:
    """One sentence at work: its cues, its groups, and which belongs to which."""

    def __init__(self, words: HarmWords, doc: Document, number: int, low: int, high: int, year: int | None) -> None:
        self.t = words
        self.doc = doc
        self.words = doc.words
        self.number = number
        self.low = low
        self.high = high
        self.year = year
        self.cues = words.cues(doc.words, low, high)
        taken = {token for cue in self.cues for token in range(cue.first, cue.stop)}
        self.taken = taken
        self.groups = words.people.find(doc.words, doc.low, doc.starts, low, high, taken) if self.cues else []
        self.starting = {group.first: group for group in self.groups}
        self.stopping = {group.stop: group for group in self.groups}
        self.used: set[int] = set()

    def findings(self) -> Iterator[Found]:
        """Yield what the sentence says, cue by cue; cues joined by "and" share their people."""
        if not self.cues or is_history(self.t, self.words, self.low, self.high, self.year):
            return
        for run in self._runs():
            if is_unreal(self.t, self.words, self.low, run[0], lambda spot: self._ending(spot) is not None):
                continue
            harms = {cue.harm for cue in run}
            groups, revised, given = self._link(run)
            for group in groups:
                self.used.update(range(group.first, group.stop))
            if {"killed", "wounded"} <= harms and not all(g.low == 0 for g in groups):
                continue  # "killed and wounded 30": nobody says how many of either
            camp: Camp = next((g.camp for g in groups if g.camp not in ("any", "unknown")), "any")
            for cue in run:
                for group in groups:
                    yield Found(
                        cue.harm, group.first, group.stop, cue.first, cue.stop, group.low, group.high, group.bound,
                        camp if group.camp in ("any", "unknown") else group.camp, self.number, group.part, group.more,
                        revised, given,
                    )  # fmt: skip

    def _runs(self) -> Iterator[list[Cue]]:
        """Yield the cues, those joined directly by "and" or "or" together."""
        run: list[Cue] = []
        for cue in self.cues:
            if run and not self._joined(run[-1], cue):
                yield run
                run = []
            run.append(cue)
        if run:
            yield run

    def _joined(self, one: Cue, other: Cue) -> bool:
        """Whether two cues stand in one: "killed or wounded", "abducted and later killed"."""
        between = self.words[one.stop : other.first]
        verbs = ("participle", "active", "intransitive", "state")
        if not between or one.form not in verbs or other.form not in verbs or one.harm == other.harm:
            return False
        if between[0] not in self.t.either:
            return False
        return all(self.t.is_adverb(word) or word in self.t.aux for word in between[1:])

    # -------------------------------------------------------------- which people

    def _link(self, run: list[Cue]) -> tuple[list[Group], bool, bool]:
        """Return (the groups that a run speaks of, whether their number revises another, whether it is a total)."""
        first, last = run[0], run[-1]
        form = first.form
        if form == "toll":
            return self._toll(first)
        if self.t.verb_last:
            return self._subject(first.first - 1, loose=True), False, False
        if form == "lives":
            return self._lives(first), False, False
        if form in ("noun", "body"):
            return self._of_noun(first), False, False
        if form == "intransitive":
            return self._subject(self._left(first.first - 1), loose=True), False, False
        if form == "state":
            return self._state(first), False, False
        if form == "active":
            return self._object(last.stop), False, False
        return self._participle(first, last), False, False

    def _participle(self, first: Cue, last: Cue) -> list[Group]:
        """Return the people of "were killed" (before it), "killed two" (after it) or "two killed" (right before it)."""
        at = self._left(first.first - 1)
        if at >= self.low:
            word = self.words[at]
            if word in self.t.aux:
                return self._subject(self._left_of_aux(at), loose=True)
            if word in self.t.have:
                return self._object(last.stop)
        after = self._object(last.stop)
        if after and not (first.stop == last.stop and self._noun_use(first)):
            return after
        if at >= self.low and self.words[at] in self.t.those:
            return self._part_after(first)  # "among those killed were two officers"
        if at >= self.low and self.words[at] in self.t.articles:
            return []
        return self._subject(at, loose=False)

    def _noun_use(self, cue: Cue) -> bool:
        """Whether a participle stands before its noun: "three wounded soldiers", "the killed men"."""
        at = cue.first - 1
        if at < self.low:
            return False
        if self.words[at] in self.t.articles:
            return True
        group = self._ending(at)
        return group is not None and group.bare and cue.stop in self.starting and self.starting[cue.stop].low is None

    def _left(self, at: int) -> int:
        """Return the token at or before `at` that is no adverb."""
        while at >= self.low and self.t.is_adverb(self.words[at]) and self._ending(at) is None:
            at -= 1
        return at

    def _left_of_aux(self, at: int) -> int:
        """Return the token before "had since been", "were not", "are reported to have been"."""
        t = self.t
        while at >= self.low:
            word = self.words[at]
            if not (word in t.auxiliary or word in t.real or self.t.is_adverb(word)) or self._ending(at) is not None:
                break
            at -= 1
        return at

    def _ending(self, at: int) -> Group | None:
        """Return the group whose last token is `at`."""
        return self.stopping.get(at + 1)

    def _subject(self, at: int, *, loose: bool) -> list[Group]:
        """Return the people who are the subject that ends at or before token `at`.

        Strict (not `loose`): only commas and parts may stand between them and the cue.
        """
        floor = max(self.low, at - _BACK)
        spot = at + 1
        count = bisect_right(self.groups, at + 1, key=lambda group: group.stop)
        for index in range(count - 1, -1, -1):
            group = self.groups[index]
            if group.first in self.used:
                if group.first < floor:
                    break
                continue
            if group.first < floor or self.used.intersection(range(group.stop, at + 1)):
                break
            if not loose and any(w not in (",", "(", ")", "-", "–", '"') for w in self._unlinked(group.stop, spot)):
                break
            if group.part and group.low != 0:
                spot = group.first
                continue
            if loose and not self._can_be_subject(group, at):
                continue
            return self._with_listed(index, group)
        if loose:
            one = self._name_before(self._before_aside(at)) or self._unknown_before(at)
            return [one] if one else []
        last = self._ending(at)
        return [last] if last is not None and last.part and last.first not in self.used else []

    def _unknown_before(self, at: int) -> Group | None:
        """Return "a former prosecutor" right before "was killed": one of whom no table knows the noun."""
        for spot in range(at - 1, max(self.low, at - 7) - 1, -1):
            if self.words[spot] in self.t.indefinite:
                end = self.t.people.unknown_at(self.words, spot, self.high, self.taken)
                own = spot == self.low or self.words[spot - 1] not in self.t.prepositions | self.t.of
                return Group(spot, end, 1, 1) if end == at + 1 and own else None
        return None

    def _before_aside(self, at: int) -> int:
        """Return the token before an aside that ends at a comma ("Karim, 35, was wounded")."""
        if at <= self.low or self.words[at] != ",":
            return at
        for spot in range(at - 1, max(self.low, at - 8), -1):
            if self.words[spot] == ",":
                return spot - 1
        return at

    def _unlinked(self, stop: int, at: int) -> list[str]:
        """Return the words between two tokens, without the words that bring in a part."""
        return [w for w in self.words[stop:at] if w not in self.t.part_words]

    def _can_be_subject(self, group: Group, at: int) -> bool:
        """Whether a group is no mere adjunct ("by gunmen", "of the family") of something before it."""
        if group.stop == at + 1 and group.low is not None:
            return group.after not in self.t.of
        if self.words[at] in self.t.relative and group.low is not None:
            return group.after not in self.t.of  # "among the four men who died"
        if group.after in self.t.prepositions and not group.bare:
            return group.after in self.t.clause and group.low is not None
        return group.after not in self.t.of

    def _with_listed(self, index: int, group: Group) -> list[Group]:
        """Return a subject with what is listed before it: "two policemen, a judge and a child"."""
        groups = [group]
        left = group
        for before in range(index - 1, -1, -1):
            other = self.groups[before]
            between = self.words[other.stop : left.first]
            if other.first in self.used or other.part or other.low == 0 or not self._list_mark(between):
                break
            joined = any(w in self.t.conjunctions for w in between)
            if not joined and (len(groups) == 1 or (other.definite and left.low == 1)):
                break
            groups.insert(0, other)
            left = other
        at = left.first - 1
        if len(groups) == 1 and at > self.low and self.words[at] in self.t.conjunctions and self._capital(at - 1):
            name = self._name_before(at - 1)
            if name is not None:
                groups.insert(0, name)
        return groups

    def _list_mark(self, between: list[str]) -> bool:
        return 0 < len(between) <= 3 and all(
            w == "," or w in self.t.conjunctions or w in self.t.articles for w in between
        )

    def _capital(self, at: int) -> bool:
        return at >= self.low and self.words[at][0].isalpha() and self.doc.capital(at)

    def _name_before(self, at: int) -> Group | None:
        """Return the one person whose name ends at `at` ("Qari Jalil was killed"), if one does."""
        first = at
        while self._capital(first) and self.words[first] not in self.t.calendar and at - first < 6:
            first -= 1
        if first == at or (first >= self.low and self.words[first] in self.t.prepositions):
            return None
        verb = self.words[at + 1] if at + 1 < self.high else ""
        if verb in self.t.plural_verbs or any(self.t.people.camp_of(w) for w in self.words[first + 1 : at + 1]):
            return None
        return Group(first + 1, at + 1, 1, 1, "exact", "any")

    def _object(self, at: int) -> list[Group]:
        """Return the people right after an active verb, with what is listed on."""
        t = self.t
        words = self.words
        if at < self.high and words[at] in t.of:
            at += 1
        while at < self.high and (self.t.is_adverb(words[at]) or words[at] in ('"', "(")):
            if at in self.starting:
                break
            at += 1
        if at >= self.high:
            return []
        group = self.starting.get(at)
        if group is None:
            if words[at] in t.he:
                group = Group(at, at + 1, 1, 1, "exact", "any")
            elif words[at] in t.they:
                group = Group(at, at + 1, None, None, "exact", "any")
            elif self._capital(at) and words[at] not in t.calendar:
                stop = at
                while stop < self.high and self._capital(stop) and stop not in self.taken:
                    stop += 1
                group = self.starting.get(stop)
                if group is None or group.low is not None:
                    group = Group(at, stop, 1, 1, "exact", "any")
            elif (end := self.t.people.unknown_at(words, at, self.high, self.taken)) is not None:
                group = Group(at, end, 1, 1)
            else:
                return []
        if group.part and group.low != 0:
            return [group]
        return [group, *self._listed_on(group)]

    def _listed_on(self, group: Group) -> list[Group]:
        """Return what goes on after a group: "..., a policeman and three civilians", but not "and 12 were wounded"."""
        more: list[Group] = []
        pending: list[Group] = []
        left = group
        while True:
            at = left.stop
            while at < self.high and self.words[at] == ",":
                at += 1
            joined = at < self.high and self.words[at] in self.t.conjunctions
            at += joined
            other = self.starting.get(at)
            if other is None or other.stop <= left.stop or other.part or other.low == 0 or self._speaks_on(other):
                break
            if not joined and left.camp == "any" and left.first not in self.starting and other.low == 1:
                left = other  # "killed Karim, a commander, and two others": the commander is Karim
                continue
            if not joined and (other.definite or other.low is None):
                break
            if not joined and at == left.stop:
                break
            pending.append(other)
            if joined:
                more.extend(pending)
                pending = []
            left = other
        return more

    def _speaks_on(self, group: Group) -> bool:
        """Whether something is said of a group after it, so that it begins a clause of its own."""
        at = group.stop
        while at < self.high and (self.t.is_adverb(self.words[at]) or self.words[at] == ","):
            if self.words[at] == ",":
                return False
            at += 1
        if at >= self.high:
            return False
        return self.words[at] in self.t.aux or self.words[at] in self.t.have or any(c.first == at for c in self.cues)

    def _state(self, cue: Cue) -> list[Group]:
        """Return the people of "left 14 dead", "two dead", never of "the dead"."""
        at = cue.first - 1
        if at >= self.low and self.words[at] in self.t.articles and self._ending(at) is None:
            return self._part_after(cue)
        return self._subject(at, loose=False)

    def _part_after(self, cue: Cue) -> list[Group]:
        """Return the people of "the dead included two officers", "among the dead were two women", as a part."""
        at = cue.stop
        while at < self.high and (self.words[at] in self.t.aux or self.words[at] in self.t.part_words):
            at += 1
        group = self.starting.get(at)
        if group is None or not group.low or at == cue.stop:
            return []
        return [replace(g, part=True) for g in (group, *self._listed_on(group))]

    def _of_noun(self, cue: Cue) -> list[Group]:
        """Return the people of "the deaths of three", "ten insurgent deaths", "two bodies"."""
        group = self._ending(cue.first - 1)
        if group is None and cue.first > self.low and self.words[cue.first - 1] in self.t.bearing:
            group = self._ending(cue.first - 2)
        if group is not None and group.low is not None and group.low != 1 and not group.definite:
            return [group]
        if (
            group is not None
            and group.low == 1
            and (cue.form == "body" or self.t.people.numbers.may_start(self.words[group.first]))
        ):
            return [group]
        if group is None and cue.first > self.low and self.words[cue.first - 1] in self.t.possessives:
            return [Group(cue.first - 1, cue.stop, 1, 1, "exact", "any")]
        if cue.stop < self.high and self.words[cue.stop] in self.t.of:
            return self._object(cue.stop)
        if cue.form == "body" and cue.first > self.low and self.words[cue.first - 1] in self.t.indefinite:
            return [Group(cue.first, cue.stop, 1, 1, "exact", "any")]
        return []

    def _lives(self, cue: Cue) -> list[Group]:
        """Return the people of "claimed the lives of 11", "cost seven pilots their lives", "took 12 lives"."""
        verbs = self.t.taking[cue.harm]
        if not any(w in verbs for w in self.words[max(self.low, cue.first - 9) : cue.first]):
            return []
        if cue.stop < self.high and self.words[cue.stop] in self.t.of:
            return self._object(cue.stop)
        at = cue.first - 1
        while at >= self.low and self.words[at] in self.t.articles:
            at -= 1
        group = self._ending(at)
        return [group] if group is not None else []

    def _toll(self, cue: Cue) -> tuple[list[Group], bool, bool]:
        """Return the number that a death toll rose to, stands at or reached."""
        revised = False
        for at in range(cue.stop, min(self.high, cue.stop + 16)):
            revised = revised or self.words[at] in self.t.raised
            group = self.starting.get(at)
            if group is None or group.low is None or group.part:
                continue
            if group.after in self.t.rising or group.after in self.t.raised:
                return [group], revised, True
        return [], False, False
