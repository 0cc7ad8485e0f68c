"""A marked sentence in, what it tells of out: event types and signals, each with its cue.

It must not decide where or when it happened, nor whether it happened at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitmon.classify.cues import Combination, Cues
from sitmon.classify.grammar import Sentence
from sitmon.classify.patterns import Pattern
from sitmon.model.terms import EVENT_TYPES

_RANK = {name: n for n, name in enumerate(EVENT_TYPES)}


@dataclass(frozen=True, slots=True)
class Told:
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


class Events:
    """Finds what sentences tell of."""

    def __init__(self, cues: Cues) -> None:
        self._combinations = cues.combinations
        self._voids = cues.voids
        bits: dict[str, int] = {}
        self._bits: dict[str, int] = {}
        """Symbol -> the sets of symbols that patterns need and that it belongs to, as bits."""

        def mask(pattern: Pattern) -> int:
            found = 0
            for need in pattern.needs:
                if need not in bits:
                    bits[need] = 1 << len(bits)
                    for symbol in need:
                        self._bits[symbol] = self._bits.get(symbol, 0) | bits[need]
                found |= bits[need]
            return found

        self._rules = [
            (event, tuple((mask(p), p.regex) for p in event.match), tuple((mask(p), p.regex) for p in event.unless))
            for event in cues.events
        ]
        by_symbol: dict[str, set[int]] = {}
        for number, event in enumerate(cues.events):
            for pattern in event.match:
                for symbol in min(pattern.needs, key=len):
                    by_symbol.setdefault(symbol, set()).add(number)
        self._by_symbol = {symbol: frozenset(found) for symbol, found in by_symbol.items()}

    def find(self, sentence: Sentence, *, latin: bool = False) -> list[Told]:
        """Return what a sentence tells of, one verdict an event rule (its first match); `latin`: no other script."""
        have = 0
        candidates: set[int] = set()
        for symbol in sentence.present:
            have |= self._bits.get(symbol, 0)
            if symbol in self._by_symbol:
                candidates |= self._by_symbol[symbol]
        symbols = sentence.symbols
        told: list[Told] = []
        for number in sorted(candidates):
            event, match, unless = self._rules[number]
            if latin and not event.latin:
                continue
            for needs, regex in match:
                if have & needs == needs and (hit := regex.search(symbols)) is not None:
                    break
            else:
                continue
            if any(have & needs == needs and regex.search(symbols) for needs, regex in unless):
                continue
            first, last = hit.span("cue")
            told.append(
                Told(
                    event.type,
                    event.tags,
                    event.weight,
                    sentence.first + first,
                    sentence.first + last,
                    sentence.number,
                    event.id,
                )
            )
        return told

    def combine(self, told: list[Told]) -> list[Told]:
        """Return what the signals of one item come to together; signals alone count for nothing."""
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
