"""A sentence's words of harm in, the numbers out that have none of their own: "14 were killed; the army said five".

It must not read a number that another verb may speak of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from sitmon.classify.groups import Group
from sitmon.classify.harm_words import Found, HarmWords
from sitmon.classify.neighbours import Neighbours


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

    def _cue_before(self, at: int) -> int:
        return bisect_right(self._near.cues, at, key=lambda cue: cue.stop) - 1
