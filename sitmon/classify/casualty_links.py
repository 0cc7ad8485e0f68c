"""Sentences in, findings out: which group of people which word of harm ("killed", "wounding", "bodies") speaks of.

It must not add anything up. The grammar is the one of the tables' forms: a participle after "was" or without an object
looks back for its people, an active verb looks ahead, a noun looks both ways; in a language whose verb comes last
everything looks back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sitmon.classify.groups import Camp, Group
from sitmon.classify.harm_nouns import HarmNouns
from sitmon.classify.harm_words import Cue, Found, HarmWords
from sitmon.classify.neighbours import Neighbours
from sitmon.classify.present import denied_from, holds_on, is_history, is_unreal, outdated_from, recalled_in
from sitmon.classify.text import Document
from sitmon.classify.untold import Untold

_PASSIVE: Final = 10
"""How many tokens may stand between "were" and the "and" of a second participle."""
_WHOM: Final = 9
"""How many tokens before a verb "whom" may stand: "whom an air force jet killed"."""
_THING: Final = 3
"""How many tokens before a thing a preposition shows that it is no verb's subject: "in the blast"."""
_OPENING: Final = 6
"""How many tokens at most name another event at a sentence's beginning: "in a separate attack"."""


class Links:
    """Finds who was harmed, with the words of one language; build once."""

    def __init__(self, words: HarmWords) -> None:
        self._words = words
        self.firsts = words.firsts
        """The words that a word of harm may begin with."""

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
        self.words = doc.words
        self.number = number
        self.low = low
        self.high = high
        self.year = year
        self.cues = words.cues(doc.words, low, high)
        self.near = Neighbours(words, doc, low, high, self.cues)
        self.nouns = HarmNouns(words, self.near)
        self.untold = Untold(words, self.near, number)
        self.firm = {token for cue in self.cues if not cue.weak for token in range(cue.first, cue.stop)}

    def findings(self) -> Iterator[Found]:
        """Yield what the sentence says, cue by cue; cues joined by "and" share their people."""
        if not self.cues or is_history(self.t, self.words, *self._clause(self.cues[0]), self.year):
            return
        recalled = recalled_in(self.t, self.words, self.low, self.high)
        denied = outdated = None
        if not self.t.qualifying.isdisjoint(self.words[self.low : self.high]):
            denied = denied_from(self.t, self.words, self.low, self.high)
            outdated = outdated_from(self.t, self.words, self.low, self.high)
        # what befell "a wounded guard" counts before the wound that describes the man, and what is sure before the rest
        for run in sorted(self._runs(), key=lambda run: (run[0].weak, self.near.around(run[0].first) is not None)):
            if is_unreal(self.t, self.words, self.low, run[0], lambda spot: self.near.ending(spot) is not None):
                continue
            first = run[0].first
            if recalled[0] < first < recalled[1] or holds_on(self.t, self.words, denied, first):
                continue
            old = holds_on(self.t, self.words, outdated, first)
            harms = {cue.harm for cue in run}
            groups, revised, given = self._link(run)
            if run[0].weak:
                groups = [group for group in groups if self._is_sure(group, run[0])]
            self.near.take(groups, harms)
            if self._later_died(run, groups):
                run = run[-1:]
            elif {"killed", "wounded"} <= harms and not all(g.low == 0 for g in groups):
                yield from self._mixed(run, groups)
                continue
            if self._is_new(run[0]):
                groups = [replace(group, more=True) for group in groups]
            camp: Camp = next((g.camp for g in groups if g.camp not in ("any", "unknown")), "any")
            for cue in run:
                for group in groups:
                    if cue.harm == "abducted" and group.after in self.t.freed:
                        continue  # "rescued nine abducted children"
                    yield Found(
                        cue.harm, group.first, group.stop, cue.first, cue.stop, group.low, group.high, group.bound,
                        camp if group.camp in ("any", "unknown") else group.camp, self.number, group.part, group.more,
                        revised, given, group.definite, cue.weak, old=old,
                        lasting=cue.weak and cue.form == "intransitive",
                    )  # fmt: skip
        yield from self.untold.given_else()

    def _mixed(self, run: list[Cue], groups: list[Group]) -> Iterator[Found]:
        """Yield the people of "killed and wounded 30" without a number: nobody says how many of either."""
        for cue in run:
            for group in groups:
                yield Found(
                    cue.harm, group.first, group.stop, cue.first, cue.stop, None, None, "exact", "any", self.number,
                    mixed=True,
                )  # fmt: skip

    def _is_sure(self, group: Group, cue: Cue) -> bool:
        """Whether a group is people without doubt, as a weak word needs them: never "shot a film", "beat the drums"."""
        if not group.low or self.words[group.first] in self.t.reflexive:
            return False
        if cue.form == "state" and group.more and group.low == 1:
            return False  # "died on the spot, and a sixth in hospital"
        if group.low > 1 and self.words[cue.first - 1] in self.t.singular_verbs:
            return False  # "a film about twenty marchers was shot"
        if group.part and self.words[group.stop - 1] in self.t.they:
            return True  # "has buried 26 of them"
        if group.camp != "unknown" or group.bare:
            named = group.first not in self.near.starting and self.words[group.first] not in self.t.he | self.t.they
            owns = named and group.stop < self.high and self.t.people.is_thing(self.words[group.stop])
            return not owns and (cue.harm != "wounded" or not named)  # "beat Herat by three goals"
        return group.low > 1 and self.t.people.is_agents(self.words[group.stop - 1])

    def _clause(self, cue: Cue) -> tuple[int, int]:
        """Return the tokens between semicolons around a cue: what was before a semicolon is another matter."""
        low = next((at + 1 for at in range(cue.first - 1, self.low - 1, -1) if self.words[at] == ";"), self.low)
        return low, next((at for at in range(cue.stop, self.high) if self.words[at] == ";"), self.high)

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

    def _is_new(self, cue: Cue) -> bool:
        """Whether a sentence opens with another event than the one before: "a second bomb killed four"."""
        if any(word in self.t.also for word in self.words[max(self.low, cue.first - 2) : cue.first]):
            return True  # "had also shot dead"
        return any(self.words[at] in self.t.anew for at in range(self.low, min(cue.first, self.low + _OPENING)))

    def _later_died(self, run: list[Cue], groups: list[Group]) -> bool:
        """Whether somebody "was wounded and later died": then they are among the dead, not among the wounded."""
        if len(run) != 2 or run[0].harm != "wounded" or run[1].harm != "killed":
            return False
        return run[1].form == "intransitive" or all(g.low == 1 for g in groups)  # "beat a thief and killed him"

    def _joined(self, one: Cue, other: Cue) -> bool:
        """Whether two cues stand in one: "killed or wounded", "abducted and later killed"."""
        between = self.words[one.stop : other.first]
        verbs = ("participle", "active", "intransitive", "state")
        if not between or one.form not in verbs or other.form not in verbs or one.harm == other.harm:
            return False
        if between[0] not in self.t.either or (one.weak and one.form == "intransitive"):
            return False
        return all(self.t.is_adverb(word) or word in self.t.aux for word in between[1:])

    # -------------------------------------------------------------- which people

    def _link(self, run: list[Cue]) -> tuple[list[Group], bool, bool]:
        """Return (the groups that a run speaks of, whether their number revises another, whether it is a total)."""
        first, last = run[0], run[-1]
        form = first.form
        if form == "toll":
            return self.nouns.toll(first)
        if self.t.verb_last:
            return self.nouns.lost(first) if form == "lives" else self._before_verb(first, last), False, False
        if form == "lives":
            return self.nouns.lives(first), False, False
        if form in ("noun", "body"):
            return self.nouns.told(first), False, False
        if form == "nobody":
            return [Group(first.first, first.stop, 0, 0)], False, False
        if form == "people":
            return self._known(first), False, False
        if form == "intransitive":
            return self.near.subject(self.near.left(first.first - 1), loose=True), False, False
        if form == "state":
            return self._state(first), False, False
        if form == "active":
            found = self.near.object(last.stop, first.harm) or self._bearing(first)
            whom = self._whom(first) if not found else None
            return found if whom is None else [whom], False, False
        return self._participle(first, last), False, False

    def _before_verb(self, first: Cue, last: Cue) -> list[Group]:
        """Return the people of a cue in a language whose verb comes last; one, where only the verb says how many."""
        if first.form == "body":
            group = self.near.ending(first.first - 1) or self.near.starting.get(first.stop)
            return [group] if group is not None else []
        after = self.near.starting.get(last.stop)
        if first.form == "noun" and after is not None:
            return [after]  # "the killing (of) three men"
        if first.form == "noun" and first.first - 1 > self.low and self.words[first.first - 1] in self.t.prepositions:
            before = self.near.ending(first.first - 2)  # "of three men of the killing"
            return [before] if before is not None else []
        found = self.near.subject(first.first - 1, loose=True, counted=True)
        if not found and after is not None and after.low:
            return [after]  # "the beheaded three elders"
        told = [g for g in self.near.groups if g.first < first.first and g.first not in self.near.used]
        led = self.t.ones.leader(self.words, self.low, told, self.t.people.camp_of)
        if led and (not found or found == led[1:]):
            return led
        last_told = self.near.ending(first.first - 2)
        if not found and last_told is not None and (one := self.t.ones.marked(self.near.doc, last_told)) is not None:
            return [one]
        if not found and self._says_one(first, last):
            return self.t.ones.led_by_one(self.words, told, Group(first.first, first.stop, 1, 1, "exact", "any"))
        return self.t.ones.companions(self.words, self.near.groups, found)

    def _says_one(self, first: Cue, last: Cue) -> bool:
        """Whether a verb says by its form that it was one person, of whom nothing told before."""
        before = first.first - 1
        if before >= self.low and self.t.people.is_thing(self.words[before]):
            near = self.words[max(self.low, before - _THING) : before]
            if self.t.prepositions.isdisjoint(near):
                return False  # "a mine hit the bus"
        number = bisect_left(self.cues, first.first, key=lambda cue: cue.first)
        earlier = self.cues[number - 1] if number else None
        if earlier is not None and earlier.harm == first.harm and earlier.first in self.near.used:
            return False  # "was shot and died": the same one
        if last.stop < self.high and self.words[last.stop] in self.t.singular_verbs:
            return True
        return not self.t.single.isdisjoint(self.words[first.first : last.stop])

    def _bearing(self, cue: Cue) -> list[Group]:
        """Return the people of "nine were brought in with shrapnel wounds"."""
        for at in range(cue.first - 1, max(self.low, cue.first - 3) - 1, -1):
            if self.words[at] in self.t.bearing:
                return self.near.subject(at - 1, loose=True)
        return []

    def _participle(self, first: Cue, last: Cue) -> list[Group]:
        """Return the people of "were killed" (before it), "killed two" (after it) or "two killed" (right before it)."""
        if (whole := self.near.around(first.first)) is not None:
            return [whole] if whole.first not in self.near.used else []
        at = self.near.left(first.first - 1)
        if at > self.low and self.words[at] in self.t.real and self.words[at - 1] in self.t.aux:
            at -= 1  # "were reported killed"
        if at >= self.low:
            word = self.words[at]
            if word in self.t.either and (verb := self._passive_before(at)) is not None:
                at, word = verb, self.words[verb]  # "were lined up and executed"
            if word in self.t.aux:
                before = self.near.left_of_aux(at)
                if before >= self.low and self.words[before] in self.t.clause and word in self.t.being:
                    return self.near.main_subject(before)
                return [*self.near.subject(before, loose=True), *self.near.companions(last.stop)]
            if word in self.t.have:
                return self.near.object(last.stop)
        elif first.stop == last.stop and (late := self._inverted(last)):
            return late
        after = self.near.object(last.stop, first.harm)
        if after and not (first.stop == last.stop and self._noun_use(first)):
            return after
        if (whom := self._whom(first)) is not None:
            return [whom]
        if at >= self.low and self.words[at] in self.t.those:
            return self._among(first) or self._part_after(first)  # "among those killed were two officers"
        if at >= self.low and self.words[at] in self.t.articles and self.near.ending(at) is None:
            return []
        return self.near.subject(at, loose=False)

    def _whom(self, cue: Cue) -> Group | None:
        """Return the people of "the twelve men whom the drone killed"."""
        for at in range(cue.first - 1, max(self.low, cue.first - _WHOM), -1):
            if self.words[at] in self.t.whom and self.words[at] in self.t.relative:
                group = self.near.ending(at - 1)
                return group if group is not None and group.low and group.first not in self.near.used else None
            if self.words[at] in (",", ";"):
                break
        return None

    def _passive_before(self, joint: int) -> int | None:
        """Return the "were" that a participle after "and" shares: "were dragged off lorries and killed"."""
        for at in range(joint - 1, max(self.low, joint - _PASSIVE) - 1, -1):
            word = self.words[at]
            if word in self.t.aux and at + 1 < joint and at + 1 not in self.firm:
                return at
            if word in (",", ";") or word in self.t.conjunctions or word in self.t.clause or at in self.firm:
                return None
        return None

    def _inverted(self, cue: Cue) -> list[Group]:
        """Return the people of "Killed in the attack were three aid workers": the verb opens the sentence."""
        for at in range(cue.stop + (cue.first > self.low), min(self.high, cue.stop + 12) - 1):
            if self.words[at] in self.t.aux and (group := self.near.starting.get(at + 1)) is not None:
                return [group, *self.near.listed_on(group)]
            if self.words[at] in self.t.aux or self.words[at] in (",", ";", ":"):
                break
        return []

    def _known(self, cue: Cue) -> list[Group]:
        """Return the people of "lost three sons", "execute two men": people with a number, never a thing or a help."""
        groups = self.near.object(cue.stop)
        if not groups or any(g.low is None or g.camp == "unknown" for g in groups):
            return []
        last = groups[-1].stop
        if last < self.high and self.words[last] == "'s":
            return []
        begins = self.words[groups[0].first]
        own = begins in self.t.possessives | self.t.theirs | self.t.indefinite
        counted = self.t.people.numbers.may_start(begins) or groups[0].bound != "exact"
        return groups if own or counted else []

    def _noun_use(self, cue: Cue) -> bool:
        """Whether a participle stands before its noun: "three wounded soldiers", "the killed men"."""
        at = cue.first - 1
        if at < self.low:
            return False
        if self.words[at] in self.t.articles:
            return True
        group = self.near.ending(at)
        return (
            group is not None
            and group.bare
            and cue.stop in self.near.starting
            and self.near.starting[cue.stop].low is None
        )

    def _state(self, cue: Cue) -> list[Group]:
        """Return the people of "left 14 dead", "two dead", never of "the dead"."""
        at = cue.first - 1
        if at < self.low and (late := self._inverted(cue)):
            return late  # "dead are the pilot and his navigator"
        if at > self.low and self.words[at] in self.t.real and self.words[at - 1] in self.t.aux:
            return self.near.subject(self.near.left_of_aux(at - 1), loose=True)  # "were reported dead"
        if cue.weak and at > self.low and self.words[at] in self.t.aux:
            return self.near.subject(self.near.left_of_aux(at), loose=True)  # "two are in intensive care"
        if at >= self.low and self.words[at] in self.t.articles and self.near.ending(at) is None:
            return self._among(cue) or self._part_after(cue)
        return self.near.subject(at, loose=False)

    def _among(self, cue: Cue) -> list[Group]:
        """Return the people of "a mother and her baby were among the dead", as a part."""
        at = cue.first - 2
        if at - 1 < self.low or self.words[at] not in self.t.some_of or self.words[at - 1] not in self.t.aux:
            return []
        return [replace(g, part=True) for g in self.near.listed_until(at - 2) if g.low]

    def _part_after(self, cue: Cue) -> list[Group]:
        """Return the people of "the dead included two officers", "among the dead were two women", as a part."""
        at = cue.stop
        while at < self.high and (self.words[at] in self.t.aux or self.words[at] in self.t.part_words):
            at += 1
        group = self.near.starting.get(at)
        if group is None or not group.low or at == cue.stop:
            return []
        return [replace(g, part=True) for g in (group, *self.near.listed_on(group))]
