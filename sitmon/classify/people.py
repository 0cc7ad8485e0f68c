"""Tokens of a sentence in, groups of people out: "at least 14 people", "a soldier", "two of his brothers", "no one".

It must not decide what befell them. A group's noun says the camp that it belongs to; what is counted but is nobody
(years, districts, sheep) gives no group.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sitmon.classify.groups import CAMPS, Camp, Group
from sitmon.classify.numbers import Number, Numbers
from sitmon.classify.parts_of import Parts
from sitmon.classify.speech import Phrases, Tables

_LONGEST_NOUN: Final = 7
"""Tokens between a number and its noun: "12 Afghan National Army special forces soldiers"."""


class People:
    """The nouns for people of one language, compiled from its `[casualties.words]` tables."""

    def __init__(self, tables: Tables, numbers: Numbers) -> None:
        key = "casualties.words."
        self.numbers = numbers
        self._verb_last = tables.word("order", ("svo", "sov")) == "sov"
        self._camp: dict[str, Camp] = {}
        for camp in CAMPS:
            for word in tables.words(key + camp):
                self._camp.setdefault(word.split()[-1], camp)
        for ending in tables.words(key + "owned_ends"):
            for noun, camp in list(self._camp.items()):
                self._camp.setdefault(noun + ending, camp)
        self._singular = tables.words(key + "singular")
        self._pairs = tables.words(key + "pair")
        self._things = tables.words(key + "things")
        self._articles = tables.words(key + "determiners")
        self._prepositions = tables.words(key + "prepositions")
        self._stops = (
            self._prepositions
            | tables.words(key + "stops")
            | tables.words(key + "aux")
            | tables.words(key + "and")
            | tables.words(key + "negation")
            | tables.words(key + "of")
        )
        self._of = tables.words(key + "of")
        self._indefinite = tables.words(key + "indefinite")
        self._another = self._indefinite & self.numbers.more_words
        self._tails = Phrases[str]()
        self._tails.add(tables.phrases(key + "noun_tails"), "tail")
        self._vague_ends = tables.words(key + "vague_ends")
        self._old = tables.words("speakers.aged")
        self._of_theirs = tables.words(key + "number_of_theirs")
        self._owners = tables.words(key + "owners")
        self._aged = tables.words(key + "aged")
        self._dying = frozenset(phrase[0] for phrase in tables.phrases("casualties.killed.intransitive"))
        self._ordinals = tables.words(key + "ordinals")
        self._endings = tuple(tables.words(key + "person_endings"))
        self._collectives = tables.words(key + "collectives")
        self._except = tables.words(key + "except")
        self._ages = tables.words(key + "ages")
        self._none_of = tables.words(key + "none_of")
        self._parts = Parts(tables)
        self._and = self._parts.joints
        self._verbs = self._parts.verbs
        self._months = tables.words("dates.months") | tables.words("dates.months_short")
        self._begin = self.numbers.nobody.first_words() | self.numbers.first_words | self._articles | self._collectives
        self._begin |= frozenset(self._camp)
        """The words that a group may begin with; others begin with a digit."""

    def find(self, words: list[str], low: str, starts: list[int], first: int, stop: int, cues: set[int]) -> list[Group]:
        """Return the groups in tokens [first, stop), in order; `cues` are tokens that no noun phrase may run over."""
        groups: list[Group] = []
        at = first
        other = -1  # where the last number ended that counts something else
        while at < stop:
            word = words[at]
            group: Group | None = None
            if at in cues or not (word in self._begin or word[0].isdigit()):
                at += 1
                continue
            if word in self.numbers.nobody and (size := self.numbers.none_at(words, at, stop)):
                group = self._nobody(words, at, size, stop, cues)
            elif self.numbers.may_start(word) and (number := self.numbers.at(words, at, stop)) is not None:
                group = self._counted(words, low, starts, number, stop, cues)
                listed = group is not None and group.bare and other == number.first - 1 and words[other] in self._and
                if group is None or listed:  # "aged 8 and 11"
                    at = other = number.stop
                    continue
            elif word in self._articles:
                group = self._many_of(words, low, starts, at, stop, cues) or self._single(words, at, at + 1, stop, cues)
            elif word in self._collectives:
                group = self._many_of(words, low, starts, at, stop, cues) or self._single(words, at, at, stop, cues)
            elif word in self._camp:
                group = self._single(words, at, at, stop, cues)
            if group is None:
                at += 1
                continue
            if self._verb_last and groups and groups[-1].stop == group.first and groups[-1].low and group.low == 1:
                at = max(group.stop, at + 1)
                continue  # "three workers (of) an aid group": the group is nobody
            self._parts.add(words, group, groups, first, stop, cues)
            at = max(group.stop, at + 1)
        return groups

    def camp_of(self, word: str) -> Camp | None:
        """Return the camp that a noun belongs to, or None where it is no noun for people."""
        return self._camp.get(word)

    def one_at(self, words: list[str], at: int, stop: int, cues: set[int], *, bare: bool) -> int | None:
        """Return where a noun phrase for one person that no table knows ends: "a former prosecutor".

        `bare`: it may stand without an article, as headlines write, if its ending is one of nouns for persons.
        """
        known = self.unknown_at(words, at, stop, cues)
        if known is not None or not bare:
            return known
        end = self._run(words, at, stop, cues)
        if end == at or words[at] in self._articles or not self._is_agent(words[end - 1]):
            return None
        return end

    def is_thing(self, word: str) -> bool:
        """Whether a word is what is counted, but nobody."""
        return word in self._things

    def _is_agent(self, word: str) -> bool:
        return word.endswith(self._endings) and word not in self._things if self._endings else False

    def is_agents(self, word: str) -> bool:
        """Whether a word may be a noun for persons, one or several: "clearer", "clearers"."""
        return word not in self._things and (self._is_agent(word) or (word[-1] == "s" and self._is_agent(word[:-1])))

    def _many_of(
        self, words: list[str], low: str, starts: list[int], at: int, stop: int, cues: set[int]
    ) -> Group | None:
        """Return the group of "a family of seven", "the crew of four"."""
        noun = at + (words[at] in self._articles)
        if noun + 2 >= stop or words[noun] not in self._collectives or words[noun + 1] not in self._of:
            return None
        number = self.numbers.at(words, noun + 2, stop) if self.numbers.may_start(words[noun + 2]) else None
        inner = self._counted(words, low, starts, number, stop, cues) if number is not None else None
        if inner is None:
            return None
        return replace(inner, first=at, after=words[at - 1] if at else "", bare=False)

    def unknown_at(self, words: list[str], at: int, stop: int, cues: set[int]) -> int | None:
        """Return where "a former prosecutor" ends: one of whom no table knows the noun; None where a thing is."""
        if at >= stop or words[at] not in self._indefinite:
            return None
        end = self._run(words, at + 1, stop, cues)
        _, _, thing = self._noun(words, at + 1, end)
        return end if end > at + 1 and not thing else None

    def _run(self, words: list[str], at: int, stop: int, cues: set[int]) -> int:
        """Return where the noun phrase that starts at `at` ends: at a function word, a mark, a number or a cue."""
        end = at
        limit = min(stop, at + _LONGEST_NOUN)
        while end < limit:
            word = words[end]
            if word.isdigit() and end + 2 < limit and words[end + 1] in self._ages:
                end += 3 if words[end + 2] not in self._camp else 2  # a 24-year-old man
                continue
            if end in cues or word in self._stops or not word[0].isalpha() or word in self._articles:
                break
            if end > at and self.numbers.may_start(word):
                break
            end += 1
        return end

    def _noun(self, words: list[str], at: int, end: int) -> tuple[int, Camp | None, bool]:
        """Return (token of the last known noun in [at, end), its camp, whether it is a thing)."""
        for token in range(end - 1, at - 1, -1):
            word = words[token]
            if word in self._things and token == end - 2 and self.is_agents(words[end - 1]):
                return end, None, False  # "six mine clearers"
            if word in self._things:
                if self._verb_last and token > at and words[token - 1] in self._camp:
                    continue  # "four members (of the) family"
                return token, None, True
            camp = self._camp.get(word)
            if camp is not None:
                if camp == "any" or camp == "force":
                    for other in range(at, token):
                        narrower = self._camp.get(words[other])
                        if narrower == "insurgent" or (camp == "any" and narrower is not None):
                            camp = narrower
                            break
                return token, camp, False
        return end, None, False

    def _counted(
        self, words: list[str], low: str, starts: list[int], number: Number, stop: int, cues: set[int]
    ) -> Group | None:
        """Return the group that a number counts, or None where it counts something else."""
        at = number.stop
        if self._no_count(words, low, starts, number, stop):
            return None
        after = words[number.first - 1] if number.first else ""
        definite = number.first < number.stop and words[number.first] in self._articles - self._indefinite
        if at < stop and words[at] in self._of and at not in cues:
            return self._of_them(words, number, at, stop, cues, after)
        if at + 1 < stop and words[at] in self._ages and words[at + 1] not in self._stops:
            return None
        end = self._run(words, at, stop, cues)
        token, camp, thing = self._noun(words, at, end)
        if thing or (number.year and camp is None):
            return None
        if camp is None:
            token = end - 1
        close = self._with_of(words, token + 1, stop, cues)
        value = number.low * 2 if number.stop <= token < stop and words[token] in self._pairs else number.low
        return Group(
            number.first, close, value, max(value, number.high), number.bound, camp or "unknown",
            number.more, definite=definite, bare=end == at, after=after,
        )  # fmt: skip

    def _of_them(
        self, words: list[str], number: Number, of: int, stop: int, cues: set[int], after: str
    ) -> Group | None:
        """Return the group of "three of the attackers", "four of his children", "dozens of people"."""
        at = of + 1
        while at < stop and words[at] in self._articles:
            at += 1
        inner = self.numbers.at(words, at, stop) if at < stop and self.numbers.may_start(words[at]) else None
        if inner is not None:
            at = inner.stop
        end = self._run(words, at, stop, cues)
        token, camp, thing = self._noun(words, at, end)
        if at < stop and words[at] in self._of_theirs and words[at - 1] in self._owners:
            token, camp, thing, end = at, "any", False, at + 1  # "eleven of its number"
        if thing and words[token] in self._collectives:
            camp, thing = "any", False  # "six of a patrol of nine"
        if thing:
            return None
        part = bool(self._parts.after.at(words, of, stop)) or (inner is not None and not number.half)
        if end == at < stop and at in cues and words[at] in self._camp and words[at - 1] in self._articles:
            end, camp = at + 1, "any"  # "three of the wounded": people, whatever the word says elsewhere
            token = at
        close = token + 1 if camp is not None else (end if end > at else at)
        if (
            inner is not None and close in cues and words[close] not in self._dying
        ):  # "five of the 12 guards abducted": all twelve were
            return Group(inner.first, close, inner.low, inner.high, inner.bound, camp or "unknown", after=after)
        if part and camp is None:
            close = min(stop, of + 2)
        elif camp is None and end == at:
            return None
        return Group(
            number.first, close, number.low, number.high, number.bound, camp or "unknown",
            number.more, part=part, after=after,
        )  # fmt: skip

    def _with_of(self, words: list[str], at: int, stop: int, cues: set[int]) -> int:
        """Return where "members of the security forces", "daughter-in-law" ends."""
        if at < stop and words[at] in self._tails and (tail := self._tails.at(words, at, stop)):
            return at + tail[1]
        if at < stop and words[at] in self._of and at not in cues:
            inner = at + 1
            while inner < stop and words[inner] in self._articles:
                inner += 1
            end = self._run(words, inner, stop, cues)
            if end + 1 < stop and words[end] == "'s":
                end = self._run(words, end + 1, stop, cues)  # "the leader of Yemen's al-Qaeda"
            if end > inner and not (inner < stop and self.numbers.may_start(words[inner])):
                return end
            clans = self.numbers.at(words, inner, stop) if inner == at + 1 < stop else None
            if clans is not None:
                end = self._run(words, clans.stop, stop, cues)
                if end > clans.stop and self._noun(words, clans.stop, end)[1] is None:
                    return end  # "seven members of two clans"
        return at

    def _single(self, words: list[str], first: int, at: int, stop: int, cues: set[int]) -> Group | None:
        """Return the group of "a soldier", "his two-storey neighbour" or a bare noun for people."""
        if at < stop and self.numbers.may_start(words[at]) and not (at + 1 < stop and words[at + 1] in self._ages):
            return None  # "his two brothers" is the number's
        begin = at + 1 if first < at < stop and at in cues and at + 1 not in cues else at  # "a wounded guard"
        end = self._run(words, begin, stop, cues)
        if begin > first and self._is_fourth(words, begin, end, stop, cues):
            return Group(first, end, 1, 1, "exact", "any", more=True, after=words[first - 1] if first else "")
        if begin == end and words[first] in self._another and self._befalls(words, at, stop, cues):
            return Group(first, at, 1, 1, "exact", "any", more=True)  # "and another wounded"
        token, camp, thing = self._noun(words, begin, end)
        if end > begin > first and words[end - 1] in self._old:
            token, camp, thing = end - 1, "any", False  # "a 17-year-old"
        if camp is None or thing:
            return None
        one = words[token] in self._singular or words[token] in self._old
        one = one or (words[first] in self._indefinite and words[token] not in self._collectives)
        value = 2 if words[token] in self._pairs else (1 if one else None)
        if value is None and words[token] in self._vague_ends:
            return None
        more = words[first] in self.numbers.more_words
        return Group(
            first, self._with_of(words, token + 1, stop, cues), value, value, "exact", camp, more,
            definite=words[first] in self._articles and words[first] not in self._indefinite,
            after=words[first - 1] if first else "",
        )  # fmt: skip

    def _befalls(self, words: list[str], at: int, stop: int, cues: set[int]) -> bool:
        """Whether a word of harm stands at a token, or an auxiliary before one: "(another) was injured"."""
        return at < stop and (at in cues or (at + 1 in cues and words[at] in self._verbs))

    def _is_fourth(self, words: list[str], at: int, end: int, stop: int, cues: set[int]) -> bool:
        """Whether an ordinal stands for somebody of whom a verb tells: "a fourth died", "a second was wounded"."""
        return (
            end == at + 1 and words[at] in self._ordinals and end < stop and (end in cues or words[end] in self._verbs)
        )

    def _nobody(self, words: list[str], at: int, size: int, stop: int, cues: set[int]) -> Group | None:
        """Return the empty group of "no one" or "no civilians"."""
        end = at + size
        if words[at] in self._none_of and size == 1:
            run = self._run(words, end, stop, cues)
            token, camp, thing = self._noun(words, end, run)
            if thing or (camp is None and end not in cues):
                return None
            narrow = camp not in (None, "any")
            return Group(at, token + 1 if camp else end, 0, 0, "exact", camp or "any", part=narrow, after="no")
        if end < stop and words[end] in self._except:
            return None
        return Group(at, end, 0, 0, "exact", "any", after="no")

    def _no_count(self, words: list[str], low: str, starts: list[int], number: Number, stop: int) -> bool:
        """Whether a number is money, a percentage, an age, a clock time, a date or a number in a name."""
        token = number.stop - 1
        begin = starts[number.first] if number.first < len(starts) else 0
        for spot in range(number.first, number.stop):
            if starts[spot] > 0 and low[starts[spot] - 1] in "$€£#№_/\\@":
                return True
        end = starts[token] + len(words[token])
        if low[end : end + 1] in ("%", "°", "/") or low[end : end + 2] == ":0":
            return True
        before = words[number.first - 1] if number.first else ""
        after = words[number.stop] if number.stop < stop else ""
        if before in self.numbers.not_after:
            return words[number.first][0].isdigit() or before in self._aged
        if after in self.numbers.not_before:
            return True
        if after == ":" and number.stop + 1 < stop and words[number.stop + 1].isdigit():
            return True
        if before == ":" and begin > 0 and low[begin - 1] == ":":
            return True
        if words[token][0].isdigit() and (before in self._months or after in self._months):
            told = number.first > 1 and words[number.first - 2].isdigit() and after in self._camp
            return not (told and before in self._months)  # "on 12 August 2 men"
        return before == "," and after == "," and words[token].isdigit()
