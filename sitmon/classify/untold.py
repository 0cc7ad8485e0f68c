"""A sentence's words of harm in, the numbers out that have none of their own: "14 were killed; the army said five".

It must not read a number that another verb may speak of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from sitmon.classify.groups import Camp, Group
from sitmon.classify.harm_words import Cue, Found, HarmWords
from sitmon.classify.neighbours import Neighbours

_ON: Final = 24
"""How many tokens after a word of harm its verb may be left out: "ten were killed in Kunduz and four in Takhar"."""


class Untold:
    """The numbers of one sentence that share another's word of harm."""

    def __init__(self, words: HarmWords, near: Neighbours, number: int) -> None:
        self._t = words
        self._near = near
        self._words = near.words
        self._number = number

    def given_else(self) -> Iterator[Found]:
        """Yield what another gives for the same: "14 were killed; the army said five"."""
        near = self._near
        for group in near.groups:
            if not (group.bare and group.low and self._is_given(group)) or group.part:
                continue
            before = self._cue_before(group.first)
            closed = group.stop >= near.high or self._words[group.stop] in (".", ";", ",")
            if before >= 0 and closed and group.first not in near.used:
                yield Found(
                    near.cues[before].harm, group.first, group.stop, group.first - 1, group.first, group.low,
                    group.high, group.bound, "any", self._number, given=True,
                )  # fmt: skip

    def _is_given(self, group: Group) -> bool:
        """Whether somebody gives a number: "the army said five", "the governor spoke of five"."""
        if group.after in self._t.saying:
            return True
        at = group.first - 2
        return group.after in self._t.of and at >= self._near.low and self._words[at] in self._t.speaking

    def elsewhere(self, cue: Cue, groups: Sequence[Group]) -> Found | None:
        """Return those who suffered the same in another place: "ten were killed in Kunduz and four in Takhar"."""
        near, words = self._near, self._words
        if not any(group.low for group in groups) or cue.form in ("toll", "noun", "body"):
            return None
        after = bisect_right(near.groups, cue.stop, key=lambda group: group.first - 1)
        for group in near.groups[after:]:
            if group.first > cue.stop + _ON:
                break
            if not (group.bare or group.more) or not group.low or group.first in near.used or group.part:
                continue
            if words[group.first - 1] not in self._t.conjunctions or self._cue_before(group.first) < 0:
                continue
            if near.cues[self._cue_before(group.first)] != cue or not self._ends_with_place(group.stop):
                continue
            near.take([group], {cue.harm})
            camp: Camp = next((g.camp for g in groups if g.low), "any")
            return Found(
                cue.harm, group.first, group.stop, cue.first, cue.stop, group.low, group.high, group.bound,
                "any" if camp == "unknown" else camp, self._number, more=True,
            )  # fmt: skip
        return None

    def _cue_before(self, at: int) -> int:
        return bisect_right(self._near.cues, at, key=lambda cue: cue.stop) - 1

    def _ends_with_place(self, at: int) -> bool:
        """Whether only a place's name stands between a token and the end of what is said: "in Takhar"."""
        near, words = self._near, self._words
        if at + 1 >= near.high or words[at] not in self._t.prepositions or not near.capital(at + 1):
            return False
        while at + 1 < near.high and near.capital(at + 1):
            at += 1
        return at + 1 >= near.high or words[at + 1] in (".", ",", ";") or words[at + 1] in self._t.either
