"""A clause that puts its verb last in, its parties and places with their parts in it out.

It must not know any language's words: what marks an object, an origin or a doer is data (`cues.<lang>.toml`, "f_"). In
Dari and Pashto the order says little; the small words do: "X را" is acted on, "از X" and "له X" is where it comes
from, "توسط X" and "د X لخوا" is who does it, "در X" and "په X کې" is only where.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from sitmon.classify.grammar import Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE
from sitmon.model.terms import SITE_KINDS

Role = Literal["doer", "object", "from", "to", "at", "free"]
"""What a phrase does in its clause; `free`: nothing marks it."""

_STOPS: Final = frozenset('.;:"')
_CHAIN: Final = 12
"""How far back the small word before a chain of names ("in the district X of Y") is looked for."""
_REACH: Final = 40
_CLAUSE: Final = 20
_ATTACKED: Final = 5
"""How many tokens behind a party the attack on what is its may be named."""
ARABIC_SCRIPT: Final = ("\u0600", "\u06ff")


def verb_last(sentence: Sentence, token: int) -> bool:
    """Whether a token is written in the script of the languages whose verb stands last."""
    return ARABIC_SCRIPT[0] <= sentence.marked.doc.words[token][0] <= ARABIC_SCRIPT[1]


class FinalParties:
    """The small words that say who does what to whom."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        of = grammar.of
        self._by = of("f_by")
        self._object = of("f_object")
        self._from = of("f_from")
        self._at = of("f_at")
        self._on = of("f_on")
        self._passive = of("f_passive")
        self._attack = of("assault")
        self._to = of("f_to")
        self._to_after = of("f_to_after")
        self._at_after = of("f_at_after")
        self._future = of("f_future")
        self._pashto = of("f_pashto")
        self._of = of("f_of")
        self._link = of("f_of", "joint", "compass_adjective")
        self._names = of("place", "territory", *(f"site_{kind}" for kind in SITE_KINDS))
        self._that = of("f_that")
        self._breaks = of("f_but", "f_that") | grammar.say
        self._breaks_but_that = of("f_but") | grammar.say
        self._ends = _STOPS | self._breaks
        self._closers = of("f_was") | {","}
        self._from_after = of("f_from_after")

    def begin(self, sentence: Sentence, token: int, *, whole: bool = False) -> int:
        """Return where the clause begins that a verb at `token` ends; `whole`: "that" begins none."""
        ends = self._ends - self._that if whole else self._ends
        symbols = sentence.marked.symbols
        floor = max(sentence.first, token - _REACH)
        if ends.isdisjoint(symbols[floor:token]):
            return floor
        at = token
        while at > floor:
            if symbols[at - 1] in ends:
                if symbols[at - 1] not in self._that or not self._aside(symbols, floor, at - 1, token):
                    break
                at -= symbols[at - 2] == ","
            at -= 1
        return at

    def _aside(self, symbols: str, floor: int, that: int, token: int) -> bool:
        """Whether a "that" opens a clause which is closed before the verb at `token`: "X, which was lost, fell".

        A comma closes it, or a "was". After a verb of saying it opens what is said.
        """
        if that - 2 < floor or self._closers.isdisjoint(symbols[that:token]):
            return False
        return self._breaks_but_that.isdisjoint(symbols[that - 2 : that])

    def inserted(self, sentence: Sentence, begin: int, token: int) -> range:
        """Return the clause inside [begin, token) that only describes what stands before it; empty for none."""
        symbols = sentence.marked.symbols
        for that in range(begin + 1, token):
            if symbols[that] in self._that and self._aside(symbols, begin, that, token):
                return range(that, max(n for n in range(that, token) if symbols[n] in self._closers))
        return range(0)

    def place_role(self, sentence: Sentence, token: int) -> Role:
        """Return what a place (or a word for territory) does: the mark stands before the chain of names it is in."""
        symbols = sentence.marked.symbols
        at = token - 1
        floor = max(sentence.first, token - _CHAIN)
        while at >= floor and (symbols[at] in self._names or symbols[at] in self._link or symbols[at] == INSIDE):
            at -= 1
        if at >= floor:
            if symbols[at] in self._at or symbols[at] in self._on:
                return "at"
            if symbols[at] in self._from:
                return "from"
            if symbols[at] in self._to and not self._will(sentence, at):
                return "to"
        after = self._after(sentence, token)
        if after is not None and after in self._at_after:
            return "at"  # Pashto may leave out the first half of "in ... at"
        if after is not None and at >= floor and symbols[token - 1] in self._of:
            stop = self.end(sentence, token)
            if stop + 1 < sentence.last and symbols[stop + 1] in self._names:  # Pashto: "of X in the district"
                if after in self._at or after in self._on:
                    return "at"
                if after in self._from:
                    return "from"
        return "to" if after is not None and after in self._to_after else "free"

    def _will(self, sentence: Sentence, token: int) -> bool:
        """Whether the Dari "to" is the Pashto "will", which is written the same."""
        if sentence.marked.symbols[token] not in self._future:
            return False
        return not self._pashto.isdisjoint(sentence.present)

    def parties(self, sentence: Sentence, begin: int, end: int) -> Iterator[tuple[Party, Role]]:
        """Give the parties named in a stretch, each with what it does there."""
        symbols = sentence.marked.symbols
        done = begin
        inserted = self.inserted(sentence, begin, end)
        for at in range(begin, end):
            if at < done or at in inserted or symbols[at] not in self._grammar.party or symbols[at] in self._names:
                continue
            party = self._grammar.party_at(sentence, at)
            if party is None or party.side is None:
                continue
            if party.actor is None and party.last < end:  # "fighters (of the) X": the one with a name
                named = self._grammar.party_at(sentence, party.last)
                if named is not None and named.actor and named.side == party.side:
                    party = Party(party.side, named.actor, party.first, named.last)
            yield party, self._role(sentence, party)
            done = party.last

    def roles(self, sentence: Sentence, first: int, last: int) -> tuple[Party | None, Party | None]:
        """Return who does what a cue tells of and to whom it is done.

        The doer is marked so, or stands right beside a noun ("the X's attack"), or is unmarked. Beside a verb in the
        passive ("were killed") the unmarked one is who it is done to.
        """
        doer: Party | None = None
        target: Party | None = None
        free: list[Party] = []
        verb = self._passive_verb(sentence, first)
        end = min(sentence.last, last + 3) if verb is None else verb
        for party, role in self.parties(sentence, self.begin(sentence, first), max(end, last)):
            if role == "doer":
                doer = doer or party
            elif role in ("object", "at"):
                target = target or party
            elif role == "free":
                beside = party.last == first or last <= party.first <= last + 1
                free.insert(0 if beside else len(free), party)
        if verb is not None:
            done = [p for p in free if p.last <= verb]
            target = target or (max(done, key=lambda p: p.first) if done else None)
            free = [p for p in free if target is None or p.side != target.side]
        doer = doer or (free[0] if free else None)
        if doer is not None and target is not None and doer.side == target.side:
            target = None
        return doer, target

    def _passive_verb(self, sentence: Sentence, first: int) -> int | None:
        """Return the verb in the passive that ends the clause of a cue, if one does."""
        symbols = sentence.marked.symbols
        for at in range(first, min(sentence.last, first + _CLAUSE)):
            if symbols[at] in self._passive:
                return at
            if symbols[at] in _STOPS or symbols[at] in self._breaks:
                return None
        return None

    def _role(self, sentence: Sentence, party: Party) -> Role:
        symbols = sentence.marked.symbols
        after = symbols[party.last] if party.last < sentence.last else "."
        if after in self._object:
            return "object"
        if after in self._by:
            return "doer"
        if after in self._to_after:
            return "to"
        if after in self._from_after:
            return "from"
        if after in self._on and any(s in self._attack for s in symbols[party.last : party.last + _ATTACKED]):
            return "at"  # Pashto: "of X on the post an attack"
        at = party.first - 1
        for _ in range(3):
            if at < sentence.first:
                break
            symbol = symbols[at]
            if symbol in self._by:
                return "doer"
            if symbol in self._from:
                return "from"
            if symbol in self._to:
                return "to"
            if symbol in self._on:
                return "at"
            if symbol not in self._grammar.party and symbol != INSIDE:
                break
            at -= 1
        before = symbols[at] if at >= sentence.first else "."
        attacks = before in self._attack or any(s in self._attack for s in symbols[party.last : party.last + 4])
        return "doer" if attacks else "free"

    def end(self, sentence: Sentence, token: int) -> int:
        """Return where the names that a token stands in end."""
        symbols = sentence.marked.symbols
        at = token + 1
        while at < sentence.last and (symbols[at] in self._names or symbols[at] == INSIDE):
            at += 1
        return at

    def _after(self, sentence: Sentence, token: int) -> str | None:
        """Return the symbol after the names that a token stands in."""
        at = self.end(sentence, token)
        return sentence.marked.symbols[at] if at < sentence.last else None
