"""A marked sentence in, what it tells of out: event types and signals, each with its cue.

It must not decide where or when it happened, nor whether it happened at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from sitmon.classify.cues import Combination, Cues, Event
from sitmon.classify.grammar import HARD_STOPS, Sentence
from sitmon.classify.patterns import Pattern
from sitmon.model.terms import EVENT_TYPES

_RANK = {name: n for n, name in enumerate(EVENT_TYPES)}

_RECALLS: Final = "_recalled"
"""The signal after whose cue a sentence only recalls: "found guilty of", "ten years after"."""
_NO_NEWS: Final = "_no_news"
"""The signal of a sentence that tells of nothing: a match, a film, a figure of speech."""
_ASIDE: Final = 24
"""How many tokens before a cue the bracket of an aside opens at most."""
_RECALLED: Final = 14
"""Tokens after the cue, in the same clause, that it makes a memory."""


class Told(NamedTuple):
    """An event type told of in a sentence; the cue is tokens `first` up to `last`."""

    type: str
    tags: tuple[str, ...]
    weight: float
    first: int
    last: int
    sentence: int
    rule: str

    @property
    def rank(self) -> int:
        """Its place in ACLED's hierarchy: the lower one names the happening."""
        return _RANK.get(self.type, len(_RANK))


_Try = tuple[Event, int, Pattern, tuple[tuple[int, Pattern], ...]]
"""A pattern of an event with what it needs besides the symbol that calls it up, and the patterns that forbid it."""


def _sets(pattern: Pattern) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(need) for need in pattern.needs)


class _Needs:
    """Sets of symbols of which a sentence must have one each, or it need not be searched: a bit for every set."""

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self.of_symbol: dict[str, int] = {}
        """Symbol -> the bits of the sets that it is in."""

    def bits(self, sets: Sequence[frozenset[str]]) -> int:
        """Return the bits of some sets, in one number."""
        found = 0
        for each in sets:
            bit = self._bits.get(each)
            if bit is None:
                bit = self._bits[each] = 1 << len(self._bits)
                for symbol in each:
                    self.of_symbol[symbol] = self.of_symbol.get(symbol, 0) | bit
            found |= bit
        return found

    def met(self, present: frozenset[str]) -> int:
        """Return the bits of the sets of which a sentence has one."""
        found = 0
        of_symbol = self.of_symbol
        for symbol in present:
            if symbol in of_symbol:
                found |= of_symbol[symbol]
        return found


class _Index:
    """The patterns of some events, each called up by a symbol that it needs."""

    def __init__(self, events: Sequence[Event], frequent: frozenset[str]) -> None:
        """`frequent` are symbols that most sentences have."""
        self.tries: list[_Try] = []
        self.needs = _Needs()
        by_symbol: dict[str, list[int]] = {}
        asked = Counter(s for e in events for p in e.match for s in frozenset("".join(p.needs)))
        for event in events:
            unless = tuple((self.needs.bits(_sets(p)), p) for p in event.unless)
            for pattern in event.match:
                rarest, *rest = sorted(
                    _sets(pattern), key=lambda need: (len(need & frequent), max(asked[s] for s in need), len(need))
                )
                for symbol in rarest:
                    by_symbol.setdefault(symbol, []).append(len(self.tries))
                self.tries.append((event, self.needs.bits(rest), pattern, unless))
        self.calling = frozenset(by_symbol)
        self.by_symbol = {symbol: tuple(found) for symbol, found in by_symbol.items()}
        """Symbol -> the patterns, by number, that are looked at where it stands.

        Each pattern hangs on the rarest of its needs: one without frequent words, that few others share: "captured",
        not "was".
        """


class Events:
    """Finds what sentences tell of."""

    def __init__(self, cues: Cues) -> None:
        self._combinations = cues.combinations
        self._voids = cues.voids
        frequent = cues.lexicon.frequent
        self._that = frozenset(cues.lexicon.symbols(["f_that"]))
        self._all = _Index(cues.events, frequent)
        self._latin = _Index([event for event in cues.events if event.latin], frequent)

    def find(self, sentence: Sentence, *, latin: bool = False) -> list[Told]:
        """Return what a sentence tells of, one verdict an event rule (its first match); `latin`: no other script."""
        index = self._latin if latin else self._all
        called = sentence.present & index.calling
        if not called:
            return []
        told: list[Told] = []
        done: Event | None = None
        symbols, tries, met = sentence.symbols, index.tries, index.needs.met(sentence.present)
        for number in sorted({n for symbol in called for n in index.by_symbol[symbol]}):
            event, needs, pattern, unless = tries[number]
            if needs & ~met or event is done:
                continue
            hit = pattern.regex.search(symbols)
            if hit is None:
                continue
            done = event
            for needed, other in unless:
                if not needed & ~met and other.regex.search(symbols):
                    break
            else:
                first, last = hit.span("cue")
                first, last = sentence.first + first, sentence.first + last
                told.append(Told(event.type, event.tags, event.weight, first, last, sentence.number, event.id))
        return told

    def news(self, sentence: Sentence, told: list[Told]) -> list[Told]:
        """Return what a sentence tells of without what it only recalls."""
        if told and "(" in sentence.present:
            told = [t for t in told if not self._in_aside(sentence, t.first)]
        if not told or not any(t.type in (_RECALLS, _NO_NEWS) for t in told):
            return told
        return [t for t in told if not self.recalled(sentence, told, t.first)]

    def _in_aside(self, sentence: Sentence, cue: int) -> bool:
        """Whether a token stands in a clause in brackets that tells who somebody is: "(who had flown in raids)"."""
        symbols = sentence.marked.symbols
        low = max(sentence.first, cue - _ASIDE)
        opens = low + symbols[low:cue].rfind("(")
        return opens >= low and ")" not in symbols[opens:cue] and symbols[opens + 1] in self._that

    def no_news(self, told: Sequence[Told]) -> bool:
        """Whether a sentence tells of nothing, by the signals that `find` gave of it."""
        return any(signal.type == _NO_NEWS for signal in told)

    def recalled(self, sentence: Sentence, told: Sequence[Told], cue: int) -> bool:
        """Whether what a token tells of is no news, by the signals that `find` gave of its sentence."""
        for signal in told:
            if signal.type == _NO_NEWS:
                return True
            if signal.type == _RECALLS and signal.last <= cue <= signal.last + _RECALLED:
                between = sentence.marked.symbols[signal.last : cue]
                if HARD_STOPS.isdisjoint(between):
                    return True
        return False

    def combine(self, told: list[Told]) -> list[Told]:
        """Return what the signals of one item come to together; signals alone count for nothing."""
        if not told:
            return []
        types = {t.type for t in told}
        for void in self._voids:
            if void.when in types and not void.none & types:
                told = [t for t in told if t.type not in void.types]
                types -= void.types
        joined: list[Told] = []
        for rule in self._combinations:
            if self._applies(rule, types):
                parts = [t for t in told if t.type in rule.all or t.type in rule.any]
                if parts:
                    first = min(parts, key=lambda t: t.first)
                    joined.append(
                        Told(
                            rule.type,
                            rule.tags,
                            rule.weight,
                            first.first,
                            first.last,
                            first.sentence,
                            f"combine.{rule.type}",
                        )
                    )
        return joined + [t for t in told if not t.type.startswith("_")]

    def _applies(self, rule: Combination, types: set[str]) -> bool:
        return rule.all <= types and (not rule.any or bool(rule.any & types)) and not rule.none & types
