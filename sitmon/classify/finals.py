"""A sentence of a language that puts its verb last in, changes of control out.

It must not know any language's words: the verbs' classes are data (`cues.<lang>.toml`, "f_"). In Pashto and Dari the
clause stands before its verb, with who and what in either order; the small words beside them say which is which
(`final_parties.py`).
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.change import Change, Turn
from sitmon.classify.final_parties import FinalParties
from sitmon.classify.grammar import Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN
from sitmon.model.terms import SITE_KINDS, Side

_NOUN_REACH: Final = 8
_ACROSS: Final = frozenset({"state", "retake"})
"""What is told of a place that stands before a "that"."""
_AGAIN: Final = 4
"""How many tokens before a verb "again" may stand."""
_OWNER: Final = 5
"""How many tokens the name of a party has at most."""
_TURNS: Final[tuple[tuple[str, Turn], ...]] = (
    ("f_not", "fall"),
    ("f_retake", "retake"),
    ("f_would_retake", "retake"),
    ("f_take", "take"),
    ("f_would_take", "take"),
    ("f_evict", "evict"),
    ("f_lose", "lose"),
    ("f_fall", "fall"),
    ("f_would_fall", "fall"),
    ("f_fall_to", "fall"),
    ("f_state", "state"),
    ("f_hand", "hand"),
    ("f_retaking", "retake"),
    ("f_taking", "take"),
    ("f_falling", "fall"),
    ("f_flag", "take"),
    ("f_become", "fall"),
)


class Finals:
    """Finds changes of control told by a verb at the end of its clause."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._parties = FinalParties(grammar)
        of = grammar.of
        self._turns: dict[str, Turn] = {}
        for name, turn in _TURNS:
            for symbol in of(name):
                self._turns.setdefault(symbol, turn)
        self._fall_to = of("f_fall_to")
        self._by = of("f_by")
        self._not = of("f_not")
        self._noun = of("f_falling", "f_taking", "f_retaking") - of("f_fall", "f_take", "f_retake", "f_not")
        self._territory = of("territory", "government_buildings", *(f"site_{kind}" for kind in SITE_KINDS))
        self._sites = of(*(f"site_{kind}" for kind in SITE_KINDS))
        self._weapon = of("weapon_object")
        self._no_object = of("person", "person_rank", "inmates", "weapon_object", "f_no_take")
        self._falls_too = of("f_no_fall")
        self._give_up = of("give_up")
        self._people = of("person_rank") | grammar.state
        self._of = of("f_of")
        self._province = of("province")
        self._flag = of("f_flag")
        self._flag_word = of("flag_word")
        self._become = of("f_become")
        self._adjective = of("f_adjective")
        self._again = of("f_again")
        self._need_object = of("f_need_object")
        self._marked = of("f_object")
        self._whole = "".join(of("joint", "f_that", "f_but")) + '.,;:()"-'

    def find(self, sentence: Sentence) -> list[Change]:
        """Return the changes of control that a sentence tells of, in their order."""
        if self._turns.keys().isdisjoint(sentence.present):
            return []
        symbols = sentence.marked.symbols
        found: list[Change] = []
        floor = sentence.first
        for at in range(sentence.first, sentence.last):
            turn = self._turns.get(symbols[at])
            if turn is None:
                continue
            if turn == "take" and any(s in self._again for s in symbols[max(sentence.first, at - _AGAIN) : at]):
                turn = "retake"
            last = at + 1
            while last < sentence.last and symbols[last] == INSIDE:
                last += 1
            change = self._read(sentence, max(floor, self._parties.begin(sentence, at)), at, last, turn)
            if change is None and turn in _ACROSS:  # "X is two days now that it is in their hands"
                change = self._read(sentence, max(floor, self._parties.begin(sentence, at, whole=True)), at, last, turn)
            if change is not None:
                found.append(change)
                floor = last
        return found

    def denies(self, sentence: Sentence, change: Change) -> bool:
        """Whether the verb itself says that it did not happen."""
        return sentence.marked.symbols[change.first] in self._not

    def _read(self, sentence: Sentence, begin: int, at: int, last: int, turn: Turn) -> Change | None:
        symbols = sentence.marked.symbols
        if symbols[at] in self._become:
            return self._became(sentence, begin, at, last)
        if symbols[at] in self._adjective and last < sentence.last and symbols[last] not in self._whole:
            return None  # "the lost districts", no verb
        flag = symbols[at] in self._flag
        if flag and not any(s in self._flag_word for s in symbols[begin:at]):
            return None
        noun = symbols[at] in self._noun
        low, high = self._named_by_noun(sentence, begin, at, last) if noun else (begin, at)
        places, heads = self._objects(sentence, low, high, "state" if flag else turn)
        if not places and not heads:
            return None
        named = max((*places, *heads)) + 1 if places else begin
        if symbols[at] in self._give_up and any(s in self._people for s in symbols[named:at]):
            return None  # soldiers give themselves up
        if turn == "fall" and any(s in self._falls_too for s in symbols[begin:at]):
            return None  # an aircraft, a price
        if symbols[at] in self._need_object and not any(self._is_object(sentence, n) for n in (*places, *heads)):
            return None  # a light verb: what it takes is a noun that stands before it, unless a place is marked
        between = symbols[max((*places, *heads)) + 1 : at]
        if turn == "hand" and any(s in self._weapon for s in between):
            return None
        if turn == "take" and not noun and self._owns_object(sentence, places, at):
            return None  # "took Kunduz's engineer"
        if not noun and turn in ("take", "retake") and any(s in self._no_object for s in between):
            return None  # "seized two men", "took a photograph", "took five lives"
        if symbols[at] in self._fall_to and not any(s in self._by for s in symbols[begin:at]):
            return None  # "it fell" alone is also "it happened"
        site = self._site_of(symbols, places, heads)
        if site is not None:
            places, heads = (), tuple(h for h in heads if h >= site)  # "X's prison": a site in X, not X
        winner, loser = self._who(sentence, begin, at, last, turn, noun=noun)
        if (turn == "evict" and loser is None) or (flag and winner is None):
            return None  # people are taken out of a place; crowds raise flags too
        side = winner.side if winner else None
        if side is None and loser is not None:
            side = _other(loser.side)
        if turn == "hand" and winner is None:
            side = "insurgent"  # given up: to whom is not said
        return Change(turn, at, last, side, winner, loser, places, heads, min(begin, at), max(last, high))

    def _became(self, sentence: Sentence, begin: int, at: int, last: int) -> Change | None:
        """Return the change of "X became the Taliban's": nothing but the owner stands before the verb."""
        for first in range(at - 1, max(begin, at - _OWNER) - 1, -1):
            party = self._grammar.party_at(sentence, first)
            if party is None or party.last != at or party.side is None:
                continue
            owned = party.last - party.first > 1  # "of the X" is a name of the party too
            if not owned and (party.first <= begin or sentence.marked.symbols[party.first - 1] not in self._of):
                return None
            places, heads = self._objects(sentence, begin, party.first, "fall")
            if not places and not heads:
                return None
            return Change("fall", at, last, party.side, party, None, places, heads, begin, last)
        return None

    def _objects(self, sentence: Sentence, low: int, high: int, turn: Turn) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the places, and the words for territory, that a clause speaks of rather than only stands in."""
        symbols = sentence.marked.symbols
        kept = ("free", "from") if turn == "evict" else ("free",)
        names = [n for n in range(low, high) if n in sentence.places]
        if turn == "state" and not names:
            kept = (*kept, "at")
        places = [n for n in names if self._parties.place_role(sentence, n) in kept]
        if turn == "state":
            places = places or [n for n in names if self._parties.place_role(sentence, n) == "at"]
        heads = tuple(
            n
            for n in range(low, high)
            if symbols[n] in self._territory
            and n not in sentence.places
            and (self._parties.place_role(sentence, n) in kept or any(self._beside(symbols, n, p) for p in places))
        )
        return tuple(n for n in places if not self._owns(sentence, n, places)), heads

    def _owns_object(self, sentence: Sentence, places: tuple[int, ...], verb: int) -> bool:
        """Whether "of X" stands before a noun that is no territory: that noun is taken, and not X."""
        symbols = sentence.marked.symbols
        if not places or places[-1] == sentence.first or symbols[places[-1] - 1] not in self._of:
            return False
        at = self._parties.end(sentence, places[-1])
        return at == verb - 1 and symbols[at] == PLAIN

    def _is_object(self, sentence: Sentence, token: int) -> bool:
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

    def _site_of(self, symbols: str, places: tuple[int, ...], heads: tuple[int, ...]) -> int | None:
        """Return the site that is the first thing named, of the one place named right before it."""
        site = next((h for h in heads if symbols[h] in self._sites), None)
        if site is None or len(places) != 1 or places[0] > site or not self._beside(symbols, places[0], site):
            return None
        return site

    def _named_by_noun(self, sentence: Sentence, begin: int, at: int, last: int) -> tuple[int, int]:
        """Return the stretch in which "the fall of X" names X: after the noun in Dari, before it in Pashto."""
        symbols = sentence.marked.symbols
        for n in range(last, min(sentence.last, last + 3)):
            if n in sentence.places or symbols[n] in self._territory:
                return last, min(sentence.last, last + _NOUN_REACH)
            if symbols[n] == NUMBER:
                break
        start = at
        while start > begin and at - start < _NOUN_REACH and symbols[start - 1] not in self._grammar.say:
            start -= 1
        return start, at

    def _who(
        self, sentence: Sentence, begin: int, at: int, last: int, turn: Turn, *, noun: bool
    ) -> tuple[Party | None, Party | None]:
        """Return who wins by a change and who loses by it, as far as the clause says."""
        if turn == "state":
            after = self._grammar.next_party(sentence, last, 3)
            before = [p for p, _ in self._parties.parties(sentence, begin, at)]
            return after or (before[-1] if before else None), None
        end = min(sentence.last, last + _NOUN_REACH) if noun else at
        named = list(self._parties.parties(sentence, begin, end))
        doers = [p for p, role in named if role == "doer"]
        free = [p for p, role in named if role == "free"]
        lost = [p for p, role in named if role in ("from", "object")]
        if turn == "evict":
            loser = lost[0] if lost else free[-1] if free else None
            winners = [p for p in (*doers, *free) if loser is None or p.side != loser.side]
            return winners[0] if winners else None, loser
        if turn == "lose":
            return None, free[0] if free else None
        if turn == "hand":
            receivers = [p for p, role in named if role == "to" or p.side == "insurgent"]
            return receivers[0] if receivers else None, None
        if turn == "fall" or noun:
            free = [p for p in free if p.side == "insurgent" or p.last == at] if not noun else []
        else:
            free.sort(key=lambda p: turn == "take" and p.side != "insurgent")
        winner = doers[0] if doers else free[0] if free else None
        loser = next((p for p in lost if winner is None or p.side != winner.side), None)
        return winner, loser


def _other(side: Side | None) -> Side | None:
    if side is None:
        return None
    return "government" if side == "insurgent" else "insurgent"
