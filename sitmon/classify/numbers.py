"""Tokens in, numbers of people out: digits, words, ranges, vague words and their bounds ("at least", "up to").

It must not decide whether a number counts people: that is the reader's matter. Vague words have the lower bounds of the
ACLED codebook (several 3, dozens 12, scores 20, hundreds 100).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from sitmon.classify.speech import Phrases, Tables

Bound = Literal["exact", "least", "most", "about", "vague"]

_DIGITS: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
LARGEST: Final = 1_000_000
"""Above this a number counts nobody: it is money, or a telephone number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase: tokens [first, stop), its bounds, and whether it says that it comes on top of others."""

    first: int
    stop: int
    low: int
    high: int
    bound: Bound
    more: bool = False
    year: bool = False
    """Four digits between 1900 and 2100, without a comma: most often a year."""
    half: bool = False
    """A word that stands for a number by itself ("dozens", "several"), so it needs no noun."""


class Numbers:
    """The number words of one language, compiled from its `[numbers]` tables."""

    def __init__(self, tables: Tables) -> None:
        self._units = tables.numbers("numbers.units")
        self._ones_first = tables.word("numbers.ones", ("last", "first")) == "first"
        """Whether thirty-five is written "five thirty"."""
        self._multipliers = tables.numbers("numbers.multipliers")
        vague = tables.numbers("numbers.vague")
        self._joiners = tables.words("numbers.joiners")
        self._tens_join = tables.words("numbers.tens_join")
        self.more_words = tables.words("numbers.more")
        self.not_after = tables.words("numbers.not_after")
        self.not_before = tables.words("numbers.not_before")
        self._to = tables.words("numbers.to")
        self._guess = tables.words("numbers.guess")
        self._between = tables.words("numbers.between")
        self._vague = {tuple(text.split()): value for text, value in vague.items()}
        self._phrases = Phrases[str]()
        self._phrases.add(self._vague, "vague")
        self._before: Phrases[Bound] = Phrases()
        self._before.add(tables.phrases("numbers.at_least"), "least")
        self._before.add(tables.phrases("numbers.at_most"), "most")
        self._before.add(tables.phrases("numbers.about"), "about")
        self.nobody = Phrases[str]()
        self.nobody.add(tables.phrases("numbers.none"), "none")
        self.first_words = frozenset(self._units) | frozenset(self._multipliers) | {p[0] for p in self._vague}

    def may_start(self, word: str) -> bool:
        """Whether a number itself (not its "at least") may start with this word."""
        return word[0].isdigit() or word in self.first_words

    def none_at(self, words: list[str], token: int, stop: int) -> int:
        """Return how many tokens say "no one" at `token`; 0 where none do."""
        found = self.nobody.at(words, token, stop)
        return found[1] if found else 0

    def before(self, words: list[str], token: int) -> tuple[Bound, int, bool]:
        """Return the bound said right before `token`, where that phrase starts, and whether it says "more"."""
        first = token
        bound: Bound = "exact"
        more = False
        while first > 0:
            for size in (3, 2, 1):
                start = first - size
                if start < 0 or words[start] not in self._before:
                    continue
                found = self._before.at(words, start, first)
                if found and found[1] == size:
                    if found[0] != "about" or bound == "exact":
                        bound = found[0]
                    more = more or " ".join(words[start:first]) in self.more_words
                    first = start
                    break
            else:
                break
        return bound, first, more

    def at(self, words: list[str], token: int, stop: int) -> Number | None:
        """Return the number phrase whose first number word stands at `token`, or None."""
        read = self._value(words, token, stop)
        if read is None:
            return None
        low, end, vague, year = read
        high = low
        bound, first, more = self.before(words, token)
        if self._is_guess(words, first, end, stop):
            return None
        ranged = self._range(words, first, token, end, stop)
        if ranged is not None:
            first, high, end = ranged
        if vague and bound == "exact":
            bound = "vague"
        if end < stop and words[end] in self.more_words and words[end] not in self._joiners:
            more = True
        return Number(first, end, low, max(low, high), bound, more, year, vague)

    def _range(self, words: list[str], first: int, token: int, end: int, stop: int) -> tuple[int, int, int] | None:
        """Return (first token, upper end, stop) where "N to M", "N-M" or "between N and M" stands here."""
        between = token > 0 and words[token - 1] in self._between
        at = end
        if at + 2 < stop and words[at] == "," and words[at + 1] in self._guess:
            return self._guessed(words, first, at + 2, stop)
        joined = at < stop and words[at] in self._to and (between or words[at] not in self._joiners)
        if joined or (at < stop and words[at] in "-–"):
            at += 1
        elif not (at < stop and words[at].isdigit() and words[token].isdigit()):
            return None
        read = self._value(words, at, stop) if at < stop else None
        if read is None or read[2] or read[0] <= self._first_value(words, token, end, stop):
            return None
        return (token - 1 if between else first), read[0], read[1]

    def _is_guess(self, words: list[str], first: int, end: int, stop: int) -> bool:
        """Whether a number is only the guess beside a count: "a dozen people, perhaps 20, died"."""
        if first < 2 or words[first - 1] not in self._guess or words[first - 2] != ",":
            return False
        return end >= stop or not words[end][0].isalnum()

    def _guessed(self, words: list[str], first: int, token: int, stop: int) -> tuple[int, int, int] | None:
        """Return the range of a count with a guess in commas before its noun: "a dozen, perhaps as many as 20,"."""
        bound = self._before.at(words, token, stop) if words[token] in self._before else None
        read = self._value(words, token + (bound[1] if bound else 0), stop)
        if read is None or read[1] + 1 >= stop or words[read[1]] != ",":
            return None
        return first, read[0], read[1] + 1

    def _first_value(self, words: list[str], token: int, end: int, stop: int) -> int:
        read = self._value(words, token, min(end, stop))
        return read[0] if read else 0

    def _value(self, words: list[str], token: int, stop: int) -> tuple[int, int, bool, bool] | None:
        """Return (value, token after it, vague, year) of the bare number at `token`."""
        found = self._phrases.at(words, token, stop)
        if found is not None:
            size = found[1]
            return self._vague[tuple(words[token : token + size])], token + size, True, False
        total = part = 0
        at = token
        year = False
        while at < stop:
            word = words[at]
            if word[0].isdigit():
                match = _DIGITS.fullmatch(word)
                if match is None or part or total:
                    break
                part = int(word.replace(",", "")) if len(word) <= 9 else LARGEST + 1
                year = len(word) == 4 and 1900 <= part <= 2100
            elif word in self._units:
                unit = self._units[word]
                tens = 20 <= part % 100 < 100 and part % 10 == 0 and unit < 10
                ones = self._ones_first and 0 < part % 100 < 10 and 20 <= unit < 100 and unit % 10 == 0
                if part % 100 and not tens and not ones:
                    break
                if part and part % 100 == 0 and part < 100:
                    break
                part += unit
            elif word in self._multipliers and (part or total):
                multiplier = self._multipliers[word]
                part *= multiplier
                if multiplier >= 1000:
                    total, part = total + part, 0
            elif word in self._joiners and self._joins(words, at, stop, part, total):
                pass
            else:
                break
            at += 1
        value = total + part
        if at == token or value > LARGEST:
            return None
        return value, at, False, year

    def _joins(self, words: list[str], token: int, stop: int, part: int, total: int) -> bool:
        """Whether "and" goes on with the same number: "one hundred and five", in some languages "twenty and five"."""
        after = token + 1
        if after >= stop or words[after] not in self._units:
            return False
        if part == 0:
            return total > 0
        if part % 100 == 0:
            return part >= 100 and self._units[words[after]] < 100
        tens = 20 <= part % 100 < 100 and part % 10 == 0
        return tens and words[token] in self._tens_join and 0 < self._units[words[after]] < 10
