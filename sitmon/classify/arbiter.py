"""The rules' candidates and the words around them in, the candidate that leads out, with the words that decided.

A small linear model, learned from the project's own labelled texts (docs/arbiter.md), has the casting vote where the
rules found several kinds of event of like weight, or only one that is weak. It must not find an event where the rules
found none, and never makes or unmakes a change of control: those are the rules' alone.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Final

from sitmon.area_weights import NONE, UNIT, Weights
from sitmon.classify.fusing import DEEDS
from sitmon.classify.lexicon import Marked
from sitmon.classify.reports import Draft
from sitmon.model.terms import TERRITORY

_SHOWN: Final = 3
"""How many words are given as evidence."""
_MOST: Final = 3000
"""Tokens of a text that are weighed: no news item is longer, hostile texts are."""

_FEW: Final = 16
"""A text of fewer tokens says too little to overrule the only thing that the rules found in it."""
_LITTLE: Final = frozenset(
    {"determiner", "preposition", "pronoun", "be", "have", "link", "that", "joint", "say", "date_hint"}
)
"""Classes of words that tell a reader nothing, whatever they weigh."""
_SHORT: Final = 3
"""Letters; a word without a class that has no more tells nothing either."""
_LANE: Final = array("I").itemsize
"""Bytes that one type's weight has in a packed row."""
_LIFT: Final = 1 << 16
"""What is added to every weight, so that none is below zero and borrows from its neighbour."""

Ranked = Sequence[tuple[Draft, float]]
"""Drafts that tell of what happened, the weightiest first, each with what it weighs."""


def names_of(classes: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return each symbol of a lexicon with the signs that it stands for: its classes in angle brackets."""
    label = {c: f"<{c}>" for c in frozenset().union(*classes.values()) if not c.startswith("=")}
    return {s: frozenset(label[c] for c in found if c in label) for s, found in classes.items()}


def signs(marked: Marked, names: Mapping[str, frozenset[str]]) -> tuple[set[str], set[str]]:
    """Return the signs of a text's first sentence, and those that only stand after it: its words and their classes."""
    words = marked.doc.words
    end = marked.doc.bounds[0][1] if marked.doc.bounds else 0
    lead, later = set(words[:end]), set(words[end:_MOST])
    nothing: frozenset[str] = frozenset()
    lead.update(*map(names.get, set(marked.symbols[:end]), repeat(nothing)))
    later.update(*map(names.get, set(marked.symbols[end:_MOST]), repeat(nothing)))
    later -= lead
    return lead, later


def _packed(tables: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return each sign with its weights for all types as one number: sums of ten thousand of them still keep apart."""
    places = {sign: n * len(tables) for n, sign in enumerate(frozenset().union(*tables))}
    lanes = array("I", [_LIFT]) * (len(places) * len(tables))
    for number, table in enumerate(tables):
        for sign, weight in table.items():
            lanes[places[sign] + number] += weight
    row, found = _LANE * len(tables), lanes.tobytes()
    return {s: int.from_bytes(found[n * _LANE : n * _LANE + row], sys.byteorder) for s, n in places.items()}


class Arbiter:
    """Weighs candidates by the words of their text. Built once; it keeps nothing from one text to the next."""

    def __init__(self, weights: Weights, classes: Mapping[str, frozenset[str]]) -> None:
        self._types = tuple(weights.weights)
        self._number = {t: n for n, t in enumerate(self._types)}
        self._weights = weights
        self._bias = [weights.bias[t] / UNIT for t in self._types]
        self._packed = _packed(tuple(weights.weights.values()))
        """Sign -> its weights for all types in one number: a text's are added up in one go."""
        self._known = frozenset(self._packed)
        self._little = frozenset(s for s, found in classes.items() if found & _LITTLE)
        self._names = {s: kept for s, found in names_of(classes).items() if (kept := found & self._known)}

    def settle(self, marked: Marked, ranked: Ranked) -> str | None:
        """Return the type that leads where it is not the rules' first, else None.

        Where the rules' only type is weak and another one far more probable, its drafts are given that type instead.
        The drafts of the type that leads are told which words weighed most.
        """
        if not ranked:
            return None
        model = self._weights
        best: dict[str, float] = {}
        for draft, weight in ranked:
            best.setdefault(draft.type, weight)
        first, top = next(iter(best.items()))
        if len(best) == 1:
            return self._swap(marked, ranked) if top < model.sure and first not in TERRITORY else None
        near = {t: w for t, w in best.items() if top - w <= model.reach}
        if len(near) == 1:
            return None
        scores = self._scores(marked)
        worth = {t: model.mix * w + scores[self._number[t]] for t, w in near.items()}
        lead = max(worth, key=worth.__getitem__)
        if lead == first:
            return None
        self._show(marked, [d for d, _ in ranked if d.type == lead], lead, first)
        return lead

    def probabilities(self, marked: Marked) -> dict[str, float]:
        """Return how probable each type, or none, is by the words alone."""
        scores = self._scores(marked)
        highest = max(scores)
        parts = [math.exp(s - highest) for s in scores]
        total = sum(parts)
        return {t: p / total for t, p in zip(self._types, parts, strict=True)}

    def _swap(self, marked: Marked, ranked: Ranked) -> str | None:
        if len(marked.symbols) < _FEW:
            return None
        chances = self.probabilities(marked)
        given = ranked[0][0].type
        lead = max(chances, key=chances.__getitem__)
        if lead in TERRITORY or lead in (given, NONE) or chances[lead] < self._weights.swap:
            return None
        drafts = [d for d, _ in ranked]
        for draft in drafts:
            draft.type = lead
            draft.tags = draft.tags if {lead, given} <= DEEDS else ()
        self._show(marked, drafts, lead, given)
        return lead

    def _scores(self, marked: Marked) -> list[float]:
        """Return the logarithm of how probable each type is, but for a constant."""
        lead, later = signs(marked, self._names)
        lead &= self._known
        later &= self._known
        model = self._weights
        length = math.sqrt(len(lead) + model.later**2 * len(later))
        if not length:
            return self._bias
        first, rest = (self._sums(part) for part in (lead, later))
        each = model.scale / length / UNIT
        return [b + each * (x + model.later * y) for b, x, y in zip(self._bias, first, rest, strict=True)]

    def _sums(self, of: set[str]) -> list[int]:
        packed = sum(map(self._packed.__getitem__, of))
        lift = _LIFT * len(of)
        lanes = memoryview(packed.to_bytes(_LANE * len(self._types), sys.byteorder)).cast("I")
        return [lane - lift for lane in lanes]

    def _show(self, marked: Marked, drafts: Sequence[Draft], lead: str, other: str) -> None:
        """Give drafts the tokens that spoke most for one type and against the other."""
        mine, theirs = (self._weights.weights[t].get for t in (lead, other))
        nothing: frozenset[str] = frozenset()
        found: list[tuple[int, int]] = []
        seen: set[str] = set()
        for at, (word, symbol) in enumerate(zip(marked.doc.words[:_MOST], marked.symbols, strict=False)):
            telling = symbol not in self._little if symbol in self._names else len(word) > _SHORT
            if telling and word not in seen:
                seen.add(word)
                stand = {word, *self._names.get(symbol, nothing)}
                gain = sum(mine(s, 0) - theirs(s, 0) for s in stand)
                if gain > 0:
                    found.append((-gain, at))
        tokens = tuple(sorted(at for _, at in sorted(found)[:_SHOWN]))
        for draft in drafts:
            draft.weighed = tokens
