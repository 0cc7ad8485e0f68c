"""A token of a marked sentence in, the party whose phrase begins there out: its side, its name, and where it ends.

It must not know clauses: who of the parties acts is for `grammar.py`. Of an armed group that nobody names, the word for
it and the adjective or the owner before it tell the side ("rebel forces", "the Taliban's men", "pro-Russian").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sitmon.classify.lexicon import INSIDE, Hit, Lexicon, Marked
from sitmon.model.terms import Side

HARD_STOPS: Final = frozenset('.;:()"-')
_SIDE_CLASSES: Final[tuple[Side, ...]] = ("insurgent", "government", "foreign")
_ARABIC: Final = "\u0600"


class Party(NamedTuple):
    """Somebody who acts, or is acted on: tokens `first` up to `last`."""

    side: Side | None
    actor: str | None
    first: int
    last: int


@dataclass(slots=True)
class Sentence:
    """A sentence of a marked document: tokens `first` up to `last`, with the phrases in it by their first token."""

    marked: Marked
    number: int
    first: int
    last: int
    places: dict[int, Hit]
    actors: dict[int, Hit]
    symbols: str
    """The sentence's own symbols."""
    present: frozenset[str]
    """Each of its symbols once: what is not among them need not be looked for."""


class Parties:
    """The words for parties, as sets of symbols."""

    def __init__(
        self, lexicon: Lexicon, sides: dict[str, Side], little: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        """`sides`: the side of each actor that the area knows; `little`: as in `Grammar`."""
        self._sides = sides
        self._little = little or {}
        self._joined: dict[tuple[str, ...], frozenset[str]] = {}
        """What `of` was asked for: each document asks for the same."""
        self._asked_little: set[str] = set()
        self.set = {name: frozenset(lexicon.symbols([name])) for name in lexicon.classes}
        self.state = self.of("state")
        self.nonstate = self.of("nonstate")
        self.joint = self.of("joint")
        self.party = frozenset(lexicon.symbols(_SIDE_CLASSES)) | self.state | self.nonstate
        self._group = self.nonstate - self.state
        self._men = self.state - self.nonstate
        self._own_or_not = self.of("irregular") & self.state & self.nonstate
        self._home = self.of("home_word")
        self._state_word = self.little("state_word")
        self._for_or_against = self.little("for_or_against")
        self.action = self.of(
            "attack_verb", "kill", "wound", "arrest", "bomb_verb", "abduct", "t_evict", "fire_verb", "t_defeat"
        )
        self._apart = self.action | self.of(
            "t_take", "t_retake", "t_lose", "t_enter", "t_hand", "t_leave", "repel", "clash", "by", "towards"
        )

    def of(self, *names: str) -> frozenset[str]:
        """Return the symbols of several classes together."""
        known = self._joined.get(names)
        if known is None:
            known = self._joined[names] = frozenset().union(*(self.set.get(name, frozenset()) for name in names))
        return known

    def little(self, name: str) -> frozenset[str]:
        """Return the little words of a name: what a rule looks for inside phrases, too."""
        self._asked_little.add(name)
        return self._little.get(name, frozenset())

    def asked(self) -> frozenset[str]:
        """Return the classes that anybody asked for until now, whether any word is in them or not."""
        return frozenset(name for names in self._joined for name in names)

    def asked_little(self) -> frozenset[str]:
        """Return the names of little words that anybody asked for until now."""
        return frozenset(self._asked_little)

    def endings(self, name: str) -> tuple[str, ...]:
        """Return the endings of words of a name, as `str.endswith` takes them."""
        return tuple(sorted(self.little(name)))

    def party_at(self, sentence: Sentence, token: int) -> Party | None:
        """Return the party whose phrase begins at a token, with the adjective before it ("Afghan soldiers")."""
        symbols = sentence.marked.symbols
        symbol = symbols[token]
        if symbol not in self.party:
            return None
        last = token + 1
        while last < sentence.last and symbols[last] == INSIDE:
            last += 1
        hit = sentence.actors.get(token)
        if symbol in self._own_or_not and self._abroad(sentence, token):
            return Party("insurgent", None, token, last)  # a militia, of which nobody says whose it is
        if hit is not None:
            for actor in hit.entry.actors:
                side = self._sides.get(actor)
                if side in _SIDE_CLASSES:
                    return Party(side, actor, token, last)
            if symbol not in self.state and symbol not in self.nonstate:
                return Party(None, hit.entry.actors[0], token, last)
        for before in range(token - 1, max(sentence.first, token - 3) - 1, -1):
            owner = sentence.actors.get(before)
            if before < token - 1 and symbols[token - 1] in self._apart:
                break  # "soldiers dislodged the rebels": two parties, and what one does to the other
            if owner is not None and owner.last >= token - 1 and self._may_own(sentence, owner):
                side = self._sides.get(owner.entry.actors[0])
                if side in _SIDE_CLASSES:
                    return Party(side, owner.entry.actors[0], before, last)
        if symbol in self._group:
            return Party("insurgent", None, token, last)
        latin = sentence.marked.doc.words[token][0] < _ARABIC  # in Arabic script two names are two parties
        if latin and token > sentence.first and symbols[token - 1] in self._group and symbol in self._men:
            return Party("insurgent", None, token - 1, last)  # "SDF forces"
        return Party("government", None, token, last)

    def _abroad(self, sentence: Sentence, token: int) -> bool:
        """Whether a text in Latin letters names neither a place of the area nor its country or people."""
        marked = sentence.marked
        before = marked.symbols[max(sentence.first, token - 4) : token]
        owned = not self._state_word.isdisjoint(marked.doc.words[max(sentence.first, token - 4) : token])
        if owned or (any(s in self.state for s in before) and not self.joint.isdisjoint(before)):
            return False  # "the army and Shiite militias"
        latin = marked.doc.words[token][0] < _ARABIC and marked.symbols[token + 1 : token + 2] != INSIDE
        return latin and not marked.places and self._home.isdisjoint(marked.present)

    def _may_own(self, sentence: Sentence, owner: Hit) -> bool:
        """Whether a party's name before another noun is its owner.

        In Arabic script only an adjective is, or a name with "of": two bare names are two parties, one of which does
        something to the other.
        """
        words = sentence.marked.doc.words
        if words[owner.first][0] < _ARABIC:
            near = words[max(sentence.first, owner.first - 2) : owner.first]
            return self._for_or_against.isdisjoint(near)
        return owner.last - owner.first > 1 or "adjective" in owner.entry.classes

    def next_party(self, sentence: Sentence, start: int, reach: int) -> Party | None:
        """Return the first party that begins within a few tokens from `start`, in the same clause."""
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last, start + reach)):
            symbol = symbols[at]
            if symbol in HARD_STOPS or symbol == ",":
                return None
            if symbol in self.party:
                return self.party_at(sentence, at)
        return None
