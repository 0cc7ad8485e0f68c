"""Groups of people in, the same out with those marked that are part of another: "including five children".

It must not find people nor say what befell them.
"""

from __future__ import annotations

from dataclasses import replace

from sitmon.classify.groups import Group
from sitmon.classify.speech import Phrases, Tables


class Parts:
    """The words of one language that make a group a part of one before it."""

    def __init__(self, tables: Tables) -> None:
        key = "casualties.words."
        self._before = Phrases[str]()
        self._before.add(tables.phrases(key + "parts"), "part")
        self.after = Phrases[str]()
        self.after.add(tables.phrases(key + "parts_after"), "part")
        self.joints = tables.words(key + "and")
        self._ands = [phrase.split() for phrase in self.joints]
        self.verbs = tables.words(key + "aux") | tables.words(key + "have")
        self._verb_last = tables.word("order", ("svo", "sov")) == "sov"

    def add(self, words: list[str], group: Group, groups: list[Group], first: int, stop: int, cues: set[int]) -> None:
        """Append a group to those of tokens [first, stop) before it, marked where it is a part."""
        groups.append(self._marked(words, group, groups, first, stop, cues))
        if groups[-1].part and len(groups) > 2 and not groups[-2].part and self._named_last(words, groups):
            groups[-2] = replace(groups[-2], part=True)

    def _named_last(self, words: list[str], groups: list[Group]) -> bool:
        """Whether a part mark behind the last group holds for the one before: "five, a woman and a boy among them"."""
        before, last = groups[-2], groups[-1]
        if words[before.stop : last.first] not in self._ands or words[before.first - 1] != ",":
            return False
        return self.after.at(words, last.stop, len(words)) is not None

    def _marked(
        self, words: list[str], group: Group, groups: list[Group], first: int, stop: int, cues: set[int]
    ) -> Group:
        """Return the group with its part mark: "including five children and two women" are both parts."""
        if group.part or group.low == 0:
            return group
        start = group.first
        if start > first and words[start - 1] == ".":
            start -= 1  # "incl. two commanders"
        part = False
        for size in (4, 3, 2, 1):
            if start - size >= first and words[start - size] in self._before:
                found = self._before.at(words, start - size, start)
                if found and found[1] == size:
                    part = True
                    break
        behind = self.after.at(words, group.stop, stop) if group.stop < stop else None
        if behind is not None and behind[1] > 1:
            part = True
        if not part and groups and groups[-1].part and groups[-1].low != 0:
            between = words[groups[-1].stop : start]
            # with nothing between, "one of them a girl": both are the part
            joined = len(between) <= 2 and all(w == "," or w in self.joints for w in between)
            part = joined and (self._verb_last or not (group.stop < stop and self._goes_on(words, group, cues)))
        if not part:
            return group
        return Group(
            group.first, group.stop, group.low, group.high, group.bound, group.camp, group.more, True,
            group.definite, group.bare, group.after,
        )  # fmt: skip

    def _goes_on(self, words: list[str], group: Group, cues: set[int]) -> bool:
        """Whether the word after a group says something of it: then it starts a clause of its own."""
        return group.stop in cues or words[group.stop] in self.verbs
