"""A noun of harm in a sentence in ("the deaths of", "bodies", "the toll"), the people that it speaks of out.

It must not read verbs: `casualty_links.py` does, and asks here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sitmon.classify.groups import Group
from sitmon.classify.harm_words import Cue, HarmWords
from sitmon.classify.neighbours import Neighbours

_NOTE: Final = 3
"""How many tokens may stand between "fatalities" and their number: "fatalities were coded as 3"."""
_UNKNOWN: Final = 6
"""How many tokens before "fatalities" an unknown number of others may stand."""
_FAR: Final = 16
"""How many tokens after "toll" its number may stand."""
_ENDS: Final = (".", ",", ";", ")")
"""What may follow a number in a note."""


class HarmNouns:
    """Reads the nouns of harm of one sentence."""

    def __init__(self, words: HarmWords, near: Neighbours) -> None:
        self._t = words
        self._near = near
        self._words = near.words
        self._low = near.low
        self._high = near.high
        self._cues = near.cues

    def told(self, cue: Cue) -> list[Group]:
        """Return the people of "the deaths of three", "ten insurgent deaths", "two bodies"."""
        group = self._near.ending(cue.first - 1)
        with_word = next((t for t in range(cue.first - 1, max(self._low, cue.first - 4), -1) if self._bears(t)), None)
        if group is None and with_word is not None:
            group = self._near.ending(with_word - 1)
            if group is not None and group.low is not None:
                return [replace(group, part=False)]  # "leaving one of them with severe injuries"
            if group is None and not self._t.aux.isdisjoint(self._words[max(self._low, with_word - 4) : with_word]):
                return self._near.subject(with_word - 1, loose=True)  # "six were left with fractures"
        if group is not None and group.low is not None and group.low != 1 and not group.definite:
            return [group]
        if (
            group is not None
            and group.low == 1
            and (cue.form == "body" or self._t.people.numbers.may_start(self._words[group.first]))
        ):
            return [group]
        if cue.form == "noun" and (noted := self._noted(cue) or self._besides_unknown(cue)) is not None:
            return [noted]
        told = cue.form == "body" and self._cues[0].harm == "killed" and self._cues[0].stop <= cue.first
        if told and self._words[cue.first - 1] in self._t.possessives:
            return []  # "killed a man, setting his body on fire"
        if group is None and cue.first > self._low and self._words[cue.first - 1] in self._t.possessives:
            return [Group(cue.first - 1, cue.stop, 1, 1, "exact", "any")]
        if cue.form == "body" and cue.first > self._low and self._words[cue.first - 1] in self._t.theirs:
            they = self._near.them(cue.first - 1, "killed")
            return [they] if they.low else []  # "three men never came back; their bodies were found"
        if cue.stop < self._high and self._words[cue.stop] in self._t.of:
            return self._near.object(cue.stop)
        if cue.form == "body" and cue.first > self._low and self._words[cue.first - 1] in self._t.indefinite:
            return [Group(cue.first, cue.stop, 1, 1, "exact", "any")]
        return []

    def lost(self, cue: Cue) -> list[Group]:
        """Return the people of "the lives of five it took", where the verb comes last."""
        group = self._near.starting.get(cue.stop)
        if group is None:  # Pashto: "of five the lives it took"
            taken = any(w in self._t.taking[cue.harm] for w in self._words[cue.stop : cue.stop + 2])
            return self._near.subject(cue.first - 1, loose=False) if taken else []
        groups = [group]
        while (end := groups[-1].stop) < self._high and self._words[end] in self._t.conjunctions:
            listed = self._near.starting.get(end + 1)
            if listed is None:
                break
            groups.append(listed)
        end = groups[-1].stop
        return groups if any(w in self._t.taking[cue.harm] for w in self._words[end : end + 6]) else []

    def lives(self, cue: Cue) -> list[Group]:
        """Return the people of "claimed the lives of 11", "cost seven pilots their lives", "took 12 lives"."""
        verbs = self._t.taking[cue.harm]
        if not any(w in verbs for w in self._words[max(self._low, cue.first - 9) : cue.first]):
            return []
        if cue.stop < self._high and self._words[cue.stop] in self._t.of:
            return self._near.object(cue.stop)
        at = cue.first - 1
        if at >= self._low and self._words[at] in self._t.indefinite:
            return [Group(at, cue.stop, 1, 1, "exact", "any")]  # "claims a life"
        while at >= self._low and self._words[at] in self._t.articles:
            at -= 1
        group = self._near.ending(at)
        return [group] if group is not None else []

    def toll(self, cue: Cue) -> tuple[list[Group], bool, bool]:
        """Return the number that a death toll rose to, stands at or reached."""
        revised = any(self._words[at] in self._t.revising for at in range(max(self._low, cue.first - 4), cue.first))
        if cue.first > self._low and self._words[cue.first - 1] in self._t.superseded:
            return [], False, False  # "raising an earlier toll of 25"
        for at in range(cue.stop, min(self._high, cue.stop + _FAR)):
            revised = revised or self._words[at] in self._t.raised
            group = self._near.starting.get(at)
            if group is None or group.low is None or group.part or (group.camp == "unknown" and not group.bare):
                continue  # "the toll from the blasts at two restaurants"
            between = self._words[cue.stop : at]
            if self._t.raised.isdisjoint(between) and not self._t.superseded.isdisjoint(between):
                continue  # "the toll, first put at 30, has risen to 45"
            lower = self._starting_after_to(group)
            if lower is not None and self._words[group.first - 1] in self._t.spanning:  # "revised down from 20 to 16"
                return [lower], True, True
            if self._words[group.first] in self._t.spanning and group.high:  # "jumps from 12 to 19"
                return [replace(group, low=group.high)], True, True
            rises = group.stop < self._high and self._words[group.stop] in self._t.rising_after
            if at == cue.stop or group.after in self._t.rising or group.after in self._t.raised or rises:
                return [group], revised, True
        before = self._near.ending(cue.first - 2 if self._words[cue.first - 1] in self._t.articles else cue.first - 1)
        if revised and before is not None and before.low and before.after in self._t.rising:
            return [before], True, True  # "raised to 15 the number of dead"
        return [], False, False

    def _starting_after_to(self, group: Group) -> Group | None:
        """Return the number after "to" right behind another."""
        to = group.stop
        return self._near.starting.get(to + 1) if to < self._high and self._words[to] in self._t.upto else None

    def _bears(self, at: int) -> bool:
        return self._words[at] in self._t.bearing

    def _noted(self, cue: Cue) -> Group | None:
        """Return the number of "Taliban fatalities 3" or "fatalities: three", as those write who keep a record."""
        at = cue.stop
        while at < min(self._high, cue.stop + _NOTE) and (self._words[at] == ":" or self._words[at] in self._t.noting):
            at += 1
        group = self._near.starting.get(at)
        if group is None or not group.bare or not group.low:
            return None
        after = self._words[group.stop] if group.stop < self._high else "."
        if after not in _ENDS and after not in self._t.conjunctions:
            return None
        camp = self._t.people.camp_of(self._words[cue.first - 1]) if cue.first > self._low else None
        return replace(group, camp=camp or "any")

    def _besides_unknown(self, cue: Cue) -> Group | None:
        """Return the counted of "11 Taliban and unknown numbers of police fatalities"."""
        for at in range(cue.first - 1, max(self._low, cue.first - _UNKNOWN), -1):
            if self._words[at] in self._t.uncounted:
                spot = next((n for n in (at - 1, at - 2) if self._words[n] in self._t.conjunctions), None)
                return self._near.ending(spot - 1) if spot is not None and spot > self._low else None
        return None
