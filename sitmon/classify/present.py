"""Words of harm in a sentence in, whether they tell of the present event out.

It must not count. What is threatened, possible or denied did not happen; what is of earlier years, or summed up over a
long time, happened before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sitmon.classify.harm_words import Cue, HarmWords

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_OPENING: Final = 3
"""Tokens that may bring in what is denied or outdated: "initial reports said"."""
_HOLDS: Final = 40
"""How many tokens on what is denied or outdated still holds."""
_REACH: Final = 5
"""Tokens before a verb in which "threatened to" or "could have" stands."""


def is_history(harm: HarmWords, words: list[str], low: int, high: int, year: int | None) -> bool:
    """Whether tokens [low, high) tell of years before `year` (of any year where that is None), or of a long time."""
    if harm.bygone.isdisjoint(words[low:high]):
        return False
    for at in range(low, high):
        word = words[at]
        if word in harm.history and harm.history.at(words, at, high):
            return True
        if at + 1 >= high:
            break
        if word in harm.in_year and _YEAR.fullmatch(words[at + 1]) and (year is None or int(words[at + 1]) < year):
            return True
        if word in harm.before and _names_the_event(harm, words, at, high):
            return True
    return False


def _names_the_event(harm: HarmWords, words: list[str], at: int, high: int) -> bool:
    """Whether "before Saturday's attack" sets what is counted before the event told of."""
    return any(words[n] == "'s" and words[n - 1] in harm.calendar for n in range(at + 2, min(high, at + 4)))


def recalled_in(harm: HarmWords, words: list[str], low: int, high: int) -> tuple[int, int]:
    """Return the tokens of what a sentence only recalls: "the anniversary of an attack that killed 80".

    What was "a week after" something ends at a comma: "a week after the siege began, four were killed".
    """
    if harm.recalling_first.isdisjoint(words[low:high]):
        return high, high
    for at in range(low, high):
        found = harm.recalling.at(words, at, high) if words[at] in harm.recalling else None
        if found is not None:
            stop = at + found[1]
            if words[stop - 1] not in harm.clause:
                return at, high
            return at, next((n for n in range(stop, high) if words[n] == ","), high)
    return high, high


def denied_from(harm: HarmWords, words: list[str], low: int, high: int) -> int | None:
    """Return where a claim begins that somebody denies: "rejected reports that 30 were killed"; None where none is."""
    for at in range(low, high):
        if words[at] in harm.denying:
            for n in range(at + 1, min(high - 1, at + 1 + _REACH)):
                if words[n] in harm.claims and (words[n + 1] in harm.that or words[n + 1] in harm.of):
                    return n
    return None


def outdated_from(harm: HarmWords, words: list[str], low: int, high: int) -> int | None:
    """Return where an earlier count begins: "initial reports said two were killed"; None where none does."""
    return next(
        (at for at in range(low, high) if words[at] in harm.outdated and harm.outdated.at(words, at, high)), None
    )


def holds_on(harm: HarmWords, words: list[str], begin: int | None, at: int) -> bool:
    """Whether what begins at one token still holds at another: no "but", "said" or semicolon stands between."""
    if begin is None or not 0 <= at - begin <= _HOLDS:
        return False
    behind = words[begin + _OPENING : at]
    return ";" not in behind and harm.clause.isdisjoint(behind) and harm.saying.isdisjoint(behind)


def is_unreal(harm: HarmWords, words: list[str], low: int, cue: Cue, counts: Callable[[int], bool]) -> bool:
    """Whether a word of harm is only threatened, possible or denied.

    `counts(token)` says whether a token belongs to people: "no one was killed" denies nothing, it counts nobody.
    """
    infinitive = False
    for spot in range(cue.first - 1, max(low, cue.first - 1 - _REACH) - 1, -1):
        word = words[spot]
        if word == "," or word in harm.clause or word in harm.real:
            return infinitive and cue.form == "active" and word not in harm.real
        if word in harm.unreal or (word in harm.negation and not counts(spot)):
            return True
        if word in harm.to:
            infinitive = True
        elif not (word in harm.auxiliary or word in harm.either or harm.is_adverb(word)):
            break
    return infinitive and cue.form == "active"
