"""What an item's sentences tell of in, its reports out: one event type at one place each, with evidence.

It must not look for events or places itself: it joins what the other readers found, and leaves out what is not said.

Confidence (0..1) is the product of what each reader is worth: 0.95 for a change of control whose winner is named, 0.8
where only the verb says who won, 0.5 to 0.9 for a pattern by its weight; 0.85 where the place is carried over from an
earlier sentence, 0.75 where the item names none; 0.7 where the words hedge, 0.9 where an event has no named actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from sitmon.classify.change import Change
from sitmon.classify.events import Told
from sitmon.classify.extents import Extents
from sitmon.classify.final_parties import FinalParties, verb_last
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import NUMBER
from sitmon.classify.modality import Manner
from sitmon.classify.outcomes import Outcomes
from sitmon.classify.owning import Owning
from sitmon.classify.placing import Placing, Spot, counted
from sitmon.model.report import Span
from sitmon.model.terms import TERRITORY, Holder, Modality, Scope, Side, SiteKind

_WON: Final = 0.95
_UNSAID: Final = 0.8
_LISTED: Final = 0.01
"""How much less a site that is only listed weighs than the place that it is part of."""
_RELATIVE: Final = 6
"""How many tokens after "who" a verb still tells of that person."""
_OBJECT: Final = 3
"""How many tokens after a verb its object begins at most."""
_SUMMED: Final = 3
"""So many places of one count of harm are a statistic, and no happening in any of them."""
_CLAUSE: Final = 10
"""How many tokens before a verb its clause begins at most."""


@dataclass(slots=True)
class Draft:
    """A report while it is made. Tokens are of the document."""

    type: str
    tags: tuple[str, ...]
    weight: float
    rule: str
    sentence: Sentence
    first: int
    last: int
    begin: int
    end: int
    manner: Manner
    spot: Spot | None = None
    site: SiteKind | None = None
    scope: Scope | None = None
    actor: Party | None = None
    target: Party | None = None
    winner: Side | None = None
    holder: Holder | None = None
    confidence: float = 0.5
    claimed_by: str | None = None
    denier: Party | None = None
    """Who denies it, of a deed that is denied."""
    aside: bool = False
    """It is told in a clause of its own that goes before or behind ("after", "when")."""
    held: bool = False
    """It only says who still holds a site: nothing happened."""
    more: list[Draft] = field(default_factory=list)
    """Other tellings of the same in the item."""
    weighed: tuple[int, ...] = ()
    """The tokens by which the arbiter put this type before another."""

    @property
    def modality(self) -> Modality:
        """How it is said."""
        return self.manner.modality


class Drafting:
    """Makes drafts of what sentences tell of."""

    def __init__(self, grammar: Grammar, owning: Owning) -> None:
        of = grammar.of
        self._grammar = grammar
        self._extents = Extents(grammar)
        self._final = FinalParties(grammar)
        self._outcomes = Outcomes(grammar)
        self._small = of("small_territory")
        self._many = of("many")
        self._buildings = of("government_buildings")
        self._relative = of("relative")
        self._brief = of("t_brief")
        self._gain = of("t_gain")
        self._sport = of("sport")
        self._plurals = of("plural_places")
        self._owning = owning
        self._adjectival = grammar.endings("adjectival")
        self._people = of("person", "person_rank", "determiner", "many", "amount") | grammar.party | {NUMBER}
        self._retreat = of("retreat_to")
        self._vague = of("vague_territory")
        self._hands = of("t_hand")

    # --- changes of control

    def of_change(self, sentence: Sentence, change: Change, manner: Manner, placing: Placing) -> list[Draft]:
        """Return the drafts of a change of control: one for each place, or each site of it."""
        symbols = sentence.marked.symbols
        heads = change.heads
        sites = self._extents.sites(symbols, change)
        general = [h for h in heads if not self._extents.is_site(symbols[h])]
        ahead = [h for h in heads if not change.places or h < change.places[0] or change.turn in _SUBJECTS]
        small = not sites and any(symbols[h] in self._small and symbols[h] not in self._buildings for h in ahead)
        if len(change.places) == 1:  # "X districts" are some of X's, however they are told
            small = small or (not sites and any(symbols[h] in self._plurals & self._small for h in heads))
        plural = not change.places and (
            counted(sentence, self._grammar, general, self._many) or any(symbols[h] in self._plurals for h in general)
        )
        plural = plural or (not change.places and bool(general) and all(symbols[h] in self._vague for h in general))
        plural = plural and not sites
        spots: Sequence[Spot | None] = placing.of_change(sentence, change, small=small, plural=plural) or [None]
        scope = self._extents.scope(symbols, change.begin, change.end)
        if scope is None and small and not any(s is not None and s.ref.kind == "district" for s in spots):
            scope = "part"
        type_, winner, held = self._outcomes.read(sentence, change)
        listed = self._extents.listed(sentence, change) if not sites and not held else []
        own = type_
        brief = any(
            s in self._brief for s in symbols[max(sentence.first, change.first - 3) : self._after(symbols, change)]
        )
        partly = scope == "part" and not small and symbols[change.first] not in self._gain
        if (brief or partly) and type_ in ("captured", "retaken") and not sites:
            # parts of a city, or a town for some hours, taken in fighting are a battle still (ACLED)
            type_, weight = "clash", 0.95
        else:
            weight = 1.7
        base = _WON if change.winner_party is not None else _UNSAID
        each: Sequence[SiteKind | None] = sites or (None,)
        if change.winner_party is None and not self._sport.isdisjoint(sentence.present):
            return []  # "A overran B in the final"
        if held and not sites:
            return []  # who holds a place, as ever, is no happening
        parts = [(type_, weight, spot, site) for spot in spots for site in each]
        if listed:
            where: Sequence[Spot | None] = placing.of_change(sentence, change, small=False, plural=False) or [None]
            parts += [(own, weight - _LISTED, spot, site) for spot in where for site in listed]
        return [
            Draft(
                what, (), heavy, f"territory.{change.turn}", sentence, change.first, change.last, change.begin,
                change.end, manner, spot=spot, site=site, scope=None if site else scope, actor=change.winner_party,
                target=change.loser_party, winner=winner, holder=None if what == "clash" else _holder(winner),
                confidence=base, held=held, aside=self._aside(sentence, change.first),
            )
            for what, heavy, spot, site in parts
        ]  # fmt: skip

    def _after(self, symbols: str, change: Change) -> int:
        """Return where the words right behind a change end: not in a clause that tells of something earlier."""
        end = change.last + 6
        clause = (
            n for n in range(change.last, end) if symbols[n : n + 1] == "," and symbols[n + 1 : n + 2] in self._relative
        )
        return next(clause, end)

    # --- everything else

    def of_told(self, sentence: Sentence, told: Told, manner: Manner, placing: Placing) -> list[Draft]:
        """Return the drafts of an event: one for each place that its clause lists."""
        spots: Sequence[Spot | None] = placing.of_cue(
            sentence, told.first, told.last, sure=told.weight > 0.8 or "siege" in told.tags
        ) or [None]
        if told.rule in HARM_ALONE and len({s.ref.province for s in spots if s is not None}) >= _SUMMED:
            spots = [None]
        actor, target = self._roles(sentence, told)
        winner = actor.side if actor is not None and told.rule == _KEYS else None
        weight = min(0.9, 0.4 + 0.3 * told.weight)
        site = self._extents.site_near(sentence, told)
        return [
            Draft(
                told.type, told.tags, told.weight, told.rule, sentence, told.first, told.last, told.first, told.last,
                manner, spot=spot, site=site, scope=self._extents.scope_near(sentence, spot), actor=actor,
                target=target, winner=winner, holder=_holder(winner), confidence=weight * (1.0 if actor else 0.9),
                aside=self._aside(sentence, told.first),
            )
            for spot in spots
        ]  # fmt: skip

    def _aside(self, sentence: Sentence, cue: int) -> bool:
        """Whether a word like "after" opens the clause that a cue stands in."""
        symbols = sentence.marked.symbols
        low = max(sentence.first, cue - _CLAUSE)
        if not self._grammar.link.isdisjoint(symbols[low:cue]):
            return True
        return self._related(sentence, cue)

    def _related(self, sentence: Sentence, cue: int) -> bool:
        """Whether a cue stands in a clause that only describes somebody: "who led the attack"."""
        return self._grammar.relative_before(sentence, cue, _RELATIVE) >= 0

    def _roles(self, sentence: Sentence, told: Told) -> tuple[Party | None, Party | None]:
        """Return who does it and to whom, where parties stand around the cue."""
        grammar = self._grammar
        if verb_last(sentence, told.first):
            actor, target = self._final.roles(sentence, told.first, told.last)
            if told.type in _BY_BOMB and actor is not None and actor.side != "insurgent":
                return None, target or actor
            return actor, target
        if told.rule == _KEYS:
            return self._keeper(sentence, told), None
        if told.type in TERRITORY:
            return None, grammar.subject(sentence, told.first)  # somebody leaves; who comes is not said
        if told.type in _BY_BOMB:
            before = told.first - 1
            actor = grammar.party_at(sentence, before) if before >= sentence.first else None
            victim = grammar.subject(sentence, told.first)
            if self._owning.is_claimed(sentence, told.first):
                victim = None  # who claims it is not who was hit
            return actor, victim if actor is None or victim is None or victim.first != actor.first else None
        if grammar.passive(sentence, told.first, told.last) or self._befell(sentence, told):
            return grammar.agent(sentence, told.last), grammar.subject(sentence, told.first)
        actor = grammar.subject(sentence, told.first)
        if actor is None and told.first > sentence.first:
            actor = grammar.party_at(sentence, told.first - 1)
        if actor is None:
            actor = grammar.agent(sentence, told.last)
        target = grammar.next_party(sentence, told.last, 6)
        if target is not None and actor is not None and target.side == actor.side:
            target = None
        if told.type == "air_strike" and actor is not None and actor.side == "insurgent":
            return None, actor  # they have no aircraft: they were hit
        return actor, target

    def _keeper(self, sentence: Sentence, told: Told) -> Party | None:
        """Return who gets the keys: "elders gave them to the Taliban", "the Taliban were handed (or took) them"."""
        grammar = self._grammar
        goal = grammar.goal(sentence, told.last, told.last + _KEYS_END)
        if goal is not None:
            return goal
        gives = sentence.marked.symbols[told.first] in self._hands
        passive = grammar.passive(sentence, told.first, told.last)
        return grammar.subject(sentence, told.first) if passive or not gives else None

    def _befell(self, sentence: Sentence, told: Told) -> bool:
        """Whether a headline leaves out "were": "30 Taliban killed in Helmand", "two soldiers shot"."""
        if told.rule not in HARM_ALONE or not sentence.marked.doc.words[told.first].endswith(self._adjectival):
            return False
        after = sentence.marked.symbols[told.last : min(sentence.last, told.last + _OBJECT)]
        before = self._grammar.subject(sentence, told.first)
        own = takewhile(lambda s: s not in HARD_STOPS, after)
        return before is not None and before.last == told.first and self._people.isdisjoint(own)

    def retreat(self, sentence: Sentence, manner: Manner, placing: Placing) -> Iterable[Draft]:
        """Give the sites that a side has fallen back to: it holds them still."""
        if self._retreat.isdisjoint(sentence.present):
            return
        symbols = sentence.marked.symbols
        for at in range(sentence.first, sentence.last):
            if symbols[at] not in self._retreat:
                continue
            site = next(
                (n for n in range(at + 1, min(sentence.last, at + 8)) if self._extents.is_site(symbols[n])), None
            )
            who = self._grammar.subject(sentence, at)
            if site is None or who is None or who.side not in ("government", "insurgent"):
                continue
            spots = placing.of_cue(sentence, at, at + 1)
            yield Draft(
                "other", ("withdrawal",), 0.85, "territory.retreat", sentence, at, site + 1, at, site + 1, manner,
                spot=spots[0] if spots else None, site=self._extents.site(symbols[site]), actor=who, winner=who.side,
                holder=_holder(who.side), confidence=_UNSAID, held=True,
            )  # fmt: skip


_KEYS: Final = "transfer.keys"
"""The rule by which whoever gets a place's keys has the place."""
_KEYS_END: Final = 6
"""How many tokens after the verb of giving "to" whom stands, beside those that any verb has."""
HARM_ALONE: Final = frozenset({"clash.killed", "attack.killed", "attack.noun", "attack.bare"})
"""Rules that know no more than that somebody was harmed."""
_SUBJECTS: Final = frozenset({"fall", "state", "held", "evict"})
"""Turns of phrase in which the territory stands before the verb, in any order."""
_BY_BOMB: Final = frozenset({"bombing", "suicide_bombing", "grenade"})
"""Deeds whose words are nouns: the party in the sentence is rather the one that was hit."""


def _holder(winner: Side | None) -> Holder | None:
    if winner is None:
        return None
    return "insurgent" if winner == "insurgent" else "government"


def span(draft: Draft, kind: str, first: int, last: int) -> Span:
    """Return tokens `first` up to `last` as evidence."""
    doc = draft.sentence.marked.doc
    start, end = doc.starts[first], doc.ends[last - 1]
    return Span(kind, start, end, doc.body[start:end])
