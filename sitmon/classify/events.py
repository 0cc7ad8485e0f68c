"""A marked sentence in, what it tells of out: event types and signals, each with its cue.

It must not decide where or when it happened, nor whether it happened at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitmon.classify.cues import Combination, Cues, Event
from sitmon.classify.grammar import Sentence
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
        by_symbol: dict[str, dict[int, tuple[Event, int]]] = {}
        self._events = cues.events
        order = 0
        for event in cues.events:
            for pattern in event.match:
                for symbol in pattern.needs:
                    by_symbol.setdefault(symbol, {})[order] = (event, order)
                order += 1
        self._patterns = [p for e in cues.events for p in e.match]
        self._owner = [e for e in cues.events for _ in e.match]
        self._by_symbol = {s: frozenset(found) for s, found in by_symbol.items()}

    def find(self, sentence: Sentence) -> list[Told]:
        """Return what a sentence tells of, one verdict an event rule (its first match)."""
        symbols = sentence.symbols
        candidates: set[int] = set()
        for symbol in set(symbols):
            if (found := self._by_symbol.get(symbol)) is not None:
                candidates |= found
        if not candidates:
            return []
        told: list[Told] = []
        taken: set[str] = set()
        for number in sorted(candidates):
            event = self._owner[number]
            if event.id in taken:
                continue
            match = self._patterns[number].regex.search(symbols)
            if match is None:
                continue
            if any(p.regex.search(symbols) for p in event.unless):
                taken.add(event.id)
                continue
            taken.add(event.id)
            first, last = match.span("cue")
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
