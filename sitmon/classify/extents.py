"""A change or an event in a sentence in, how much of its place it is about out: a scope, or the sites that it names.

It must not say where the place is, nor what happened there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sitmon.classify.change import Change
from sitmon.classify.events import Told
from sitmon.classify.final_parties import verb_last
from sitmon.classify.grammar import Grammar, Sentence
from sitmon.classify.placing import Spot
from sitmon.model.terms import SITE_KINDS, Scope, SiteKind

_AFTER: Final = 6
"""How many tokens after an event's cue its site may stand."""
_BEFORE: Final = 4
"""How many tokens before a verb that stands last its site may stand."""


class Extents:
    """Reads sites and scopes, with the words of an area's cues."""

    def __init__(self, grammar: Grammar) -> None:
        of = grammar.of
        self._sites: dict[str, SiteKind] = {}
        for kind in SITE_KINDS:
            for symbol in of(f"site_{kind}"):
                self._sites[symbol] = kind
        self._buildings = of("government_buildings")
        self._outskirts = of("t_outskirts")
        self._scopes: tuple[tuple[frozenset[str], Scope], ...] = (
            (self._outskirts, "outskirts"),
            (of("t_most", "government_buildings"), "most"),
            (of("t_part"), "part"),
            (of("t_whole"), "whole"),
        )
        self._including = grammar.little("including")
        self._except = grammar.little("except")
        self._but = grammar.little("but")

    def is_site(self, symbol: str) -> bool:
        """Whether a symbol is a word for a site."""
        return symbol in self._sites

    def site(self, symbol: str) -> SiteKind:
        """Return the kind of site that a symbol is a word for."""
        return self._sites[symbol]

    def sites(self, symbols: str, change: Change) -> list[SiteKind]:
        """Return the sites that change hands, when the object begins with one (a list of buildings is a city's)."""
        if not change.heads or symbols[change.heads[0]] not in self._sites:
            return []
        if change.places and change.places[0] < change.heads[0]:
            return []  # "control of the city, including the governor's office"
        if any(symbols[h] in self._buildings for h in change.heads):
            return []
        return self._kinds(symbols, change.heads)

    def listed(self, sentence: Sentence, change: Change) -> list[SiteKind]:
        """Return the sites that are named as part of what changes hands: "parts of the city, including the prison"."""
        words = sentence.marked.doc.words
        if not change.heads or self._including.isdisjoint(words[change.begin : change.end]):
            return []
        begin = next(n for n in range(change.begin, change.end) if words[n] in self._including)
        if not self._except.isdisjoint(words[change.begin : begin]):
            return []  # "all of the city except sites including the airport"
        if not self._but.isdisjoint(words[change.end : sentence.last]):
            return []  # "..., but the army took them back"
        return self._kinds(sentence.marked.symbols, [head for head in change.heads if head > begin])

    def _kinds(self, symbols: str, heads: Sequence[int]) -> list[SiteKind]:
        return list(dict.fromkeys(self._sites[symbols[head]] for head in heads if symbols[head] in self._sites))

    def scope(self, symbols: str, begin: int, end: int) -> Scope | None:
        """Return how much of a place a stretch of a sentence speaks of, where it says so."""
        stretch = symbols[max(0, begin - 3) : end]
        for marks, scope in self._scopes:
            if not marks.isdisjoint(stretch):
                return scope
        return None

    def scope_near(self, sentence: Sentence, spot: Spot | None) -> Scope | None:
        """Return whether an event is at the edge of its place."""
        if spot is not None and spot.named.part == "near":
            return "outskirts"
        return None if self._outskirts.isdisjoint(sentence.present) else "outskirts"

    def site_near(self, sentence: Sentence, told: Told) -> SiteKind | None:
        """Return the site that an event's clause names after its cue, or before a verb that stands last."""
        symbols = sentence.marked.symbols
        for at in range(told.last, min(sentence.last, told.last + _AFTER)):
            if symbols[at] in self._sites:
                return self._sites[symbols[at]]
        if verb_last(sentence, told.first):
            for at in range(told.first - 1, max(sentence.first, told.first - _BEFORE) - 1, -1):
                if symbols[at] in self._sites and at not in sentence.places:
                    return self._sites[symbols[at]]
        return None
