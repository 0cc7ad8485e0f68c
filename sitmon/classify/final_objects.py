"""A clause that puts its verb last in, the places and words for territory that the verb is about out.

It must not know any language's words, nor what the verb means: the small words, and what else stands beside a verb, say
what it is about (`cues.<lang>.toml`, "f_").
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.change import Turn
from sitmon.classify.final_parties import FinalParties, Role
from sitmon.classify.grammar import Grammar, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN
from sitmon.model.terms import SITE_KINDS

_UNKNOWN: Final = 2
"""How many words nobody listed may stand in the phrase of what is acted on."""
_PHRASE: Final = 4
"""How many tokens before a verb the phrase of a small word begins at most."""
_ACTING: Final = frozenset({"take", "retake", "lose", "hand"})
"""Turns in which somebody acts on the place."""

Named = tuple[tuple[int, ...], tuple[int, ...]]
"""First tokens of places, and of words for territory."""


class FinalObjects:
    """Tells what a verb at the end of its clause is about from what only stands in the clause."""

    def __init__(self, grammar: Grammar, parties: FinalParties) -> None:
        self._grammar = grammar
        self._parties = parties
        of = grammar.of
        self._territory = of("territory", "government_buildings", *(f"site_{kind}" for kind in SITE_KINDS))
        self._sites = of(*(f"site_{kind}" for kind in SITE_KINDS))
        self._people = of("person", "person_rank", "inmates", "dweller", "dweller_of")
        self._no_object = of("person", "person_rank", "inmates", "weapon_object", "f_no_take")
        self._of = of("f_of")
        self._province = of("province")
        self._marked = of("f_object")
        self._links = self._of | of("joint") | {INSIDE, ","}
        self._dated = of("f_year", "f_day")
        self._small = of("f_at", "f_from", "f_on", "f_after_of")
        self._at_after = of("f_at_after")
        self._bare = of("f_bare")
        self._over = of("f_over")
        self._passive = of("f_passive")
        self._agent = of("f_agent")
        self._nature = of("accident", "f_nature")
        self._by = of("f_by")
        self._of_town = of("f_of_town", "road_word", "crowd", "dweller")
        self._heads_else = of("f_falling", "f_taking", "f_retaking", "f_no_take") | self._of_town | {PLAIN}

    def of_turn(self, sentence: Sentence, low: int, at: int, turn: Turn, also: tuple[Role, ...] = ()) -> Named:
        """Return what a verb at token `at` is about, of what its clause names from `low` on; nothing for all else.

        `also` are roles in which this verb takes its object, besides the bare one.
        """
        places, heads = self.named(sentence, low, at, turn, also)
        if turn in _ACTING:
            places, heads = self._acted_on(sentence, low, at, places, heads)
        elif turn == "state":
            places = tuple(n for n in places if not self._names_people(sentence, n))
        if not places and not heads:
            return (), ()
        between = sentence.marked.symbols[max((*places, *heads)) + 1 : at]
        if turn in _ACTING and turn != "lose" and self._else_taken(between):
            return (), ()  # "seized two men", "took a photograph", "took five lives", "40 pistols"
        if turn == "state" and self._holds_people(sentence, max((*places, *heads)), at):
            return (), ()  # men who are in their hands
        if turn == "fall" and self._is_of_town(sentence, low, min((*places, *heads))):
            return (), ()  # "the exchange of Kabul fell"
        if turn != "evict" and self._owns_noun(sentence, low, at, places, heads):
            return (), ()  # "took Kunduz's engineer", "the orchards of the district"
        return places, heads

    def fits(self, sentence: Sentence, low: int, at: int, turn: Turn, known: bool, about: Named) -> bool:
        """Whether a verb of many meanings, or one of which no party is `known`, may tell of a change all the same."""
        symbols = sentence.marked.symbols
        places, heads = about
        between = symbols[max((*places, *heads)) + 1 : at]
        if symbols[at] in self._bare:
            return self._adjoins(between)
        if known or turn != "take" or symbols[at] in self._over:
            return True
        first = min((*places, *heads))
        if not self._adjoins(between) or (first > low and self._is_head(sentence, first - 1)):
            return False  # "the town's council took steps", "smoke took the town", "the land of the district was taken"
        if symbols[at] in self._passive or not self._agent.isdisjoint(symbols[low:at]):
            return True
        return PLAIN not in symbols[low:first] and self._nature.isdisjoint(symbols[low:at])  # "water took the town"

    def named(self, sentence: Sentence, low: int, high: int, turn: Turn, also: tuple[Role, ...] = ()) -> Named:
        """Return the places, and the words for territory, that a clause speaks of rather than only stands in."""
        symbols = sentence.marked.symbols
        kept: tuple[Role, ...] = ("free", "from") if turn == "evict" else ("free", *also)
        inserted = self._parties.inserted(sentence, low, high)
        stretch = [n for n in range(low, high) if n not in inserted]
        names = [n for n in stretch if n in sentence.places]
        if turn == "state" and not names:
            kept = (*kept, "at")
        places = [n for n in names if self._parties.place_role(sentence, n) in kept]
        if turn == "state":
            places = places or [n for n in names if self._parties.place_role(sentence, n) == "at"]
        heads = tuple(
            n
            for n in stretch
            if symbols[n] in self._territory
            and n not in sentence.places
            and (self._parties.place_role(sentence, n) in kept or any(self._beside(symbols, n, p) for p in places))
        )
        return tuple(n for n in places if not self._owns(sentence, n, places)), heads

    def _acted_on(
        self, sentence: Sentence, low: int, high: int, places: tuple[int, ...], heads: tuple[int, ...]
    ) -> Named:
        """Return those of the places and words for territory that the verb acts on.

        Where something is marked as acted on, only what is in its phrase; a town that a force is named by is none
        ("of Kandahar the police took").
        """
        symbols = sentence.marked.symbols
        marks = [n for n in range(low, high) if symbols[n] in self._marked]
        phrases = [self._phrase_before(sentence, mark) for mark in marks]
        if phrases:
            places = tuple(n for n in places if any(n in phrase for phrase in phrases))
            heads = tuple(n for n in heads if any(n in phrase for phrase in phrases))
        kept = (n for n in places if not self._names_force(sentence, n) and not self._names_people(sentence, n))
        return tuple(kept), heads

    def _phrase_before(self, sentence: Sentence, mark: int) -> range:
        """Return the phrase that a mark of the object closes: names, words for territory, links and few others."""
        symbols = sentence.marked.symbols
        at = mark
        unknown = 0
        while at > sentence.first:
            symbol = symbols[at - 1]
            named = at - 1 in sentence.places or symbol in self._territory or symbol in self._links
            unknown += not named
            if symbol == NUMBER or (symbol in self._grammar.party and not named) or unknown > _UNKNOWN:
                break
            at -= 1
        first = next((n for n in range(at, mark) if n in sentence.places or symbols[n] in self._territory), mark)
        if first > at and self._is_head(sentence, first - 1):
            return range(0)  # "the orchards of the district", "the fall of the town": another noun is acted on
        return range(at, mark)

    def _is_head(self, sentence: Sentence, token: int) -> bool:
        """Whether the word right before a place is a noun that the place only belongs to, and no party's adjective."""
        symbols = sentence.marked.symbols
        while token > sentence.first and symbols[token] == INSIDE:
            token -= 1
        if symbols[token] not in self._heads_else:
            return False
        before = symbols[token - 1] if token > sentence.first else "."
        return symbols[token] != PLAIN or (before != INSIDE and before not in self._grammar.party)

    def _is_of_town(self, sentence: Sentence, low: int, first: int) -> bool:
        """Whether what stands right before a place is something that only belongs to it: its market, its roads."""
        symbols = sentence.marked.symbols
        at = first - 1
        while at > low and symbols[at] == INSIDE:
            at -= 1
        return at >= low and symbols[at] in self._of_town

    def _names_force(self, sentence: Sentence, place: int) -> bool:
        """Whether a place only says whose a force is: "of X" right before a party that is no territory."""
        symbols = sentence.marked.symbols
        at = self._parties.end(sentence, place)
        before = symbols[place - 1] if place > sentence.first else "."
        return at == place + 1 and before in self._of and at < sentence.last and symbols[at] in self._grammar.party

    def _names_people(self, sentence: Sentence, place: int) -> bool:
        """Whether a place only says whose people somebody is: a word for people right before it, nothing between."""
        return place > sentence.first and sentence.marked.symbols[place - 1] in self._people

    def _holds_people(self, sentence: Sentence, last: int, at: int) -> bool:
        """Whether people stand right behind a place, who are in somebody's hands, and who do not say so."""
        symbols = sentence.marked.symbols
        stop = self._parties.end(sentence, last)
        for n in range(stop, min(at, stop + 3)):
            if symbols[n] in self._no_object:
                return self._by.isdisjoint(symbols[n + 1 : n + 3])
        return False

    def _else_taken(self, between: str) -> bool:
        """Whether something else than the place stands right before the verb: people, a noun of a phrase, a count."""
        if any(s in self._no_object for s in between):
            return True
        at = between.rfind(NUMBER)
        return at >= 0 and between[at + 1 : at + 2] not in self._dated

    def _adjoins(self, between: str) -> bool:
        """Whether no noun stands right before a verb, but for one of a small word's phrase ("after a fight took")."""
        last = between[-1:]
        if last in self._at_after:
            return False
        return last not in (PLAIN, NUMBER) or not self._small.isdisjoint(between[-_PHRASE:-1])

    def _owns_noun(
        self, sentence: Sentence, low: int, at: int, places: tuple[int, ...], heads: tuple[int, ...]
    ) -> bool:
        """Whether "of X" stands before a noun that is no territory: that noun is taken, and not X."""
        symbols = sentence.marked.symbols
        last = max((*places, *heads))
        stop = self._parties.end(sentence, last)
        start = last
        while start > low and (
            symbols[start - 1] in self._territory or symbols[start - 1] == INSIDE or start - 1 in sentence.places
        ):
            start -= 1
        if start == low or symbols[start - 1] not in self._of or stop >= at:
            return False
        if stop == at - 1:
            return symbols[stop] == PLAIN
        return (
            symbols[stop] in self._of and symbols[stop + 1] == PLAIN and self._by.isdisjoint(symbols[stop : stop + 5])
        )

    def is_marked(self, sentence: Sentence, token: int) -> bool:
        """Whether the names that a token stands in are marked as what is acted on, at most an adjective between."""
        at = self._parties.end(sentence, token)
        return any(s in self._marked for s in sentence.marked.symbols[at : min(sentence.last, at + 2)])

    def _owns(self, sentence: Sentence, token: int, places: list[int]) -> bool:
        """Whether a province only says where the place beside it lies: "the district Maruf (of) Kandahar"."""
        symbols = sentence.marked.symbols
        if symbols[token] not in self._province:
            return False
        return any(p != token and symbols[p] not in self._province and self._beside(symbols, token, p) for p in places)

    def _beside(self, symbols: str, one: int, other: int) -> bool:
        """Whether nothing but "of" and words for territory stands between two names."""
        low, high = min(one, other), max(one, other)
        return all(s == INSIDE or s in self._of or s in self._territory for s in symbols[low + 1 : high])

    def site_of(self, symbols: str, places: tuple[int, ...], heads: tuple[int, ...]) -> int | None:
        """Return the site that is the first thing named, of the one place named right before it."""
        site = next((h for h in heads if symbols[h] in self._sites), None)
        if site is None or len(places) != 1 or places[0] > site or not self._beside(symbols, places[0], site):
            return None
        return site
