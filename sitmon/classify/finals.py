"""A sentence of a language that puts its verb last in, changes of control out.

It must not know any language's words: the verbs' classes are data (`cues.<lang>.toml`, "f_"). In Pashto and Dari the
clause stands before its verb, with who and what in either order; the small words beside them say which is which
(`final_parties.py`).
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.change import Change, Turn
from sitmon.classify.final_lapses import FinalLapses
from sitmon.classify.final_objects import FinalObjects
from sitmon.classify.final_parties import FinalParties, Role
from sitmon.classify.grammar import Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER
from sitmon.model.terms import SITE_KINDS, Side

_NOUN_REACH: Final = 8
_ACROSS: Final = frozenset({"state", "retake"})
"""What is told of a place that stands before a "that"."""
_AGAIN: Final = 4
"""How many tokens before a verb "again" may stand."""
_OPENED: Final = 12
"""How many tokens may stand between the two halves of a verb."""
_STAYED: Final = 24
"""How many tokens behind "entered" it may be said that they were driven out again."""
_WAS: Final = 3
_OF_WHAT: Final = 5
"""How many tokens before "cleared" the "of" stands, with what it is cleared of."""
_OWNER: Final = 5
"""How many tokens the name of a party has at most."""
_TURNS: Final[tuple[tuple[str, Turn], ...]] = (
    ("f_not", "fall"),
    ("f_retake", "retake"),
    ("f_would_retake", "retake"),
    ("f_take", "take"),
    ("f_would_take", "take"),
    ("f_over", "take"),
    ("f_need_from", "take"),
    ("f_enter", "take"),
    ("f_enter_open", "take"),
    ("f_evict", "evict"),
    ("f_lose", "lose"),
    ("f_fall", "fall"),
    ("f_would_fall", "fall"),
    ("f_fall_to", "fall"),
    ("f_state", "state"),
    ("f_no_hold", "state"),
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
        self._objects = FinalObjects(grammar, self._parties)
        self._lapses = FinalLapses(grammar)
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
        self._falls_too = of("f_no_fall")
        self._give_up = of("give_up")
        self._people = of("person_rank") | grammar.state
        self._of = of("f_of")
        self._flag = of("f_flag")
        self._flag_word = of("flag_word")
        self._become = of("f_become")
        self._adjective = of("f_adjective")
        self._again = of("f_again")
        self._need_object = of("f_need_object")
        self._over = of("f_over")
        self._enter = of("f_enter", "f_enter_open")
        self._enter_open = of("f_enter_open")
        self._enter_end = of("f_enter_end")
        self._no_entry = (
            of("f_no_enter", "t_outskirts", "small_territory", "clash", "repel", "suicide_strong") | self._sites
        )
        self._was = of("f_was")
        self._but = of("f_but")
        self._out = of("f_evict", "f_retake", "retreated")
        self._need_party = of("f_need_party")
        self._from = of("f_from")
        self._enemy = of("f_enemy")
        self._after = of("f_after_it", "place", "territory")
        self._need_loser = of("f_need_from")
        self._whole_clause = of("f_that", "f_but") | frozenset(".;:")
        self._closes = of("joint", "f_that", "f_but", "f_aux") | frozenset('.,;:()"-')
        self._passive = of("f_passive")

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
        if turn == "state" and any(s in self._was for s in symbols[last : min(sentence.last, last + _WAS)]):
            return None  # it was in their hands, and is not now
        if symbols[at] in self._adjective and last < sentence.last and symbols[last] not in self._closes:
            return None  # "the lost districts", no verb
        flag = symbols[at] in self._flag
        if flag and not any(s in self._flag_word for s in symbols[begin:at]):
            return None
        if symbols[at] in self._enter:
            return self._entered(sentence, begin, at, last)
        noun = symbols[at] in self._noun
        low, high = self._named_by_noun(sentence, begin, at, last) if noun else (begin, at)
        also: tuple[Role, ...] = ("at", "to") if symbols[at] in self._over else ()
        about = self._objects.named if noun or flag else self._objects.of_turn
        places, heads = about(sentence, low, high, "state" if flag else turn, also)
        if not places and not heads:
            return None
        if symbols[at] in self._give_up and any(s in self._people for s in symbols[begin:at]):
            return None  # soldiers give themselves up
        if turn == "fall" and any(s in self._falls_too for s in symbols[begin:at]):
            return None  # an aircraft, a price
        if symbols[at] in self._need_object and not any(
            self._objects.is_marked(sentence, n) for n in (*places, *heads)
        ):
            return None  # a light verb: what it takes is a noun that stands before it, unless a place is marked
        between = symbols[max((*places, *heads)) + 1 : at]
        if turn == "hand" and any(s in self._weapon for s in between):
            return None
        to_whom = symbols[last : min(sentence.last, last + 1)] in self._by  # "it fell into the hands of": spoken order
        if symbols[at] in self._fall_to and not to_whom and not any(s in self._by for s in symbols[begin:at]):
            return None  # "it fell" alone is also "it happened"
        site = self._objects.site_of(symbols, places, heads)
        if site is not None:
            places, heads = (), tuple(h for h in heads if h >= site)  # "X's prison": a site in X, not X
        lapse = self._lapses.read(sentence, begin, at, last) if turn == "state" else None
        if lapse is not None:
            side = _other(lapse.loser.side) if lapse.loser is not None else None
            return Change("lose", at, lapse.last, side, None, lapse.loser, places, heads, min(begin, at), lapse.last)
        if symbols[at] in self._lapses.verbs:
            return None  # who has no control of a place may never have had it
        winner, loser = self._who(sentence, begin, at, last, turn, noun=noun)
        if to_whom and winner is None:
            winner = self._grammar.next_party(sentence, last + 1, 3)
        if (turn == "evict" and loser is None) or (flag and winner is None):
            return None  # people are taken out of a place; crowds raise flags too
        if (
            not noun
            and not flag
            and not self._objects.fits(sentence, begin, at, turn, (winner or loser) is not None, (places, heads))
        ):
            return None
        if symbols[at] in self._need_party and not self._cleared(sentence, begin, at, winner, loser):
            return None
        if symbols[at] in self._need_loser and loser is None:
            return None  # "took" alone takes anything; "took from the X" takes a place
        side = winner.side if winner else None
        if side is None and loser is not None:
            side = _other(loser.side)
        if turn == "hand" and winner is None:
            side = "insurgent"  # given up: to whom is not said
        return Change(turn, at, last, side, winner, loser, places, heads, min(begin, at), max(last, high))

    def _cleared(self, sentence: Sentence, begin: int, at: int, winner: Party | None, loser: Party | None) -> bool:
        """Whether a place is cleared of a party: a town is also cleaned of its rubbish, by those who hold it."""
        if loser is not None:
            return True
        symbols = sentence.marked.symbols
        near = range(max(begin, at - _OF_WHAT), at)
        if not self._enemy.isdisjoint(symbols[near.start : at]):
            return True
        return winner is not None and not any(
            symbols[n] in self._from and self._after.isdisjoint(symbols[n:at]) for n in near
        )

    def _became(self, sentence: Sentence, begin: int, at: int, last: int) -> Change | None:
        """Return the change of "X became the Taliban's": nothing but the owner stands before the verb."""
        for first in range(at - 1, max(begin, at - _OWNER) - 1, -1):
            party = self._grammar.party_at(sentence, first)
            if party is None or party.last != at or party.side is None:
                continue
            owned = party.last - party.first > 1  # "of the X" is a name of the party too
            if not owned and (party.first <= begin or sentence.marked.symbols[party.first - 1] not in self._of):
                return None
            places, heads = self._objects.named(sentence, begin, party.first, "fall")
            if not places and not heads:
                return None
            return Change("fall", at, last, party.side, party, None, places, heads, begin, last)
        return None

    def _entered(self, sentence: Sentence, begin: int, at: int, last: int) -> Change | None:
        """Return the change of "X entered the town": a named party does, and nothing says that it is fought for still.

        Dari may close the verb behind the place ("entered the town they-did").
        """
        symbols = sentence.marked.symbols
        low, high = begin, at
        if symbols[at] in self._enter_open:
            low = last
            high = next(
                (n for n in range(last, min(sentence.last, last + _OPENED)) if symbols[n] in self._enter_end), -1
            )
            if high < 0 or not self._whole_clause.isdisjoint(symbols[last:high]):
                return None
        if not self._no_entry.isdisjoint(sentence.present) or self._driven_out(sentence, max(last, high)):
            return None
        places, heads = self._objects.named(sentence, low, high, "take", ("to", "at"))
        winner = next((p for p, role in self._parties.parties(sentence, begin, at) if role in ("free", "doer")), None)
        if not places or winner is None or winner.side != "insurgent" or winner.actor is None:
            return None
        return Change("take", at, last, winner.side, winner, None, places, heads, min(begin, at), max(last, high))

    def _driven_out(self, sentence: Sentence, last: int) -> bool:
        """Whether the rest of a sentence says that who entered did not stay: "but were driven out again"."""
        symbols = sentence.marked.symbols
        for at in range(last, min(sentence.last, last + _STAYED)):
            if symbols[at] in self._out:
                but = not self._but.isdisjoint(symbols[last:at])
                return but or next(self._parties.parties(sentence, last, at), None) is None
        return False

    def _owner_of(self, sentence: Sentence, party: Party) -> bool:
        """Whether a party is only named as whose something is: "of" before it, and what is owned behind it."""
        symbols = sentence.marked.symbols
        return (party.first > sentence.first and symbols[party.first - 1] in self._of) or symbols[
            party.first
        ] in self._of

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
        if sentence.marked.symbols[at] in self._passive:  # "the X's last posts were taken"
            lost += [p for p in free if self._owner_of(sentence, p)]
            free = [p for p in free if p not in lost]
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
        if winner is not None and winner.actor is None and any(p.actor and p.side == winner.side for p in lost):
            winner = None  # "fighters took it from the X": not their own
        loser = next((p for p in lost if winner is None or p.side != winner.side), None)
        return winner, loser


def _other(side: Side | None) -> Side | None:
    if side is None:
        return None
    return "government" if side == "insurgent" else "insurgent"
