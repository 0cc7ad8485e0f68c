"""A sentence in, changes of control out: who took what from whom, and what the sentence calls it.

It must not decide who is believed, nor read one place's name: the verbs' classes are data (`cues.<lang>.toml`, "t_").

The readings, each for its own turn of phrase: active ("the Taliban seized X"), passive ("X was seized by"), fall
("X fell to"), loss ("the army lost X to"), eviction ("driven out of X"), handing over ("handed X over to"), surrender
("X surrendered to"), state ("X is under Taliban control"), and the nouns ("the fall of X", "capture of X by").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, PLAIN
from sitmon.model.terms import SITE_KINDS, Side

Turn = Literal["take", "retake", "fall", "lose", "evict", "hand", "surrender", "state", "enter"]
_OBJECT_REACH: Final = 12
_LIST_REACH: Final = 30


@dataclass(frozen=True, slots=True)
class Change:
    """One change (or state) of control, as the words have it; tokens are of the document."""

    turn: Turn
    first: int
    last: int
    winner: Side | None
    winner_party: Party | None
    loser_party: Party | None
    places: tuple[int, ...]
    """First tokens of the places that change hands, in their order."""
    heads: tuple[int, ...]
    """First tokens of the words for territory ("district", "airport")."""
    begin: int
    """First token of the stretch that the change speaks of, and the one after its last."""
    end: int


class Territory:
    """Finds changes of control."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        of = grammar.of
        self._turns: dict[str, Turn] = {}
        for name, turn in _TURN_OF_CLASS.items():
            for symbol in of(name):
                self._turns.setdefault(symbol, turn)
        self._nominal = of("t_taking", "t_retaking", "t_falling")
        self._territory = of(
            "territory", "government_buildings", "small_territory", *(f"site_{kind}" for kind in SITE_KINDS)
        )
        self._no_territory = of("no_territory")
        self._person = of("person")
        self._weapon = of("weapon_object")
        self._place = of("place")
        self._of = of("of")
        self._from = of("away")
        self._to = of("towards")
        self._ends = grammar.say | grammar.link | grammar.that | self._from | self._to | of("in_prep", "near")
        self._verbs = of("t_take", "t_retake", "t_fall", "t_lose", "t_evict", "t_hand", "t_surrender")
        self._cleared = of("t_cleared")
        self._control = of("t_control")
        self._under = of("t_under")
        self._state_of = of("t_state")
        self._retaking = of("t_retake", "t_retaking")
        self._foreign = of("foreign_place")
        self._time = of("time_word")
        self._determiner = of("determiner")
        self._official = of("official")
        self._all = self._cleared | self._verbs | self._nominal | self._state_of | self._control

    def find(self, sentence: Sentence) -> list[Change]:
        """Return the changes of control that a sentence tells of, in their order."""
        symbols = sentence.marked.symbols
        found: list[Change] = []
        for at in range(sentence.first, sentence.last):
            symbol = symbols[at]
            if symbol not in self._all:
                continue
            last = at + 1
            while last < sentence.last and symbols[last] == INSIDE:
                last += 1
            change = self._read(sentence, at, last, symbol)
            if change is not None:
                found.append(change)
        return found

    def _read(self, sentence: Sentence, at: int, last: int, symbol: str) -> Change | None:
        if symbol in self._nominal and self._followed_by_of(sentence, last):
            return self._noun(sentence, at, last)
        if symbol in self._state_of:
            return self._state(sentence, at, last)
        if symbol in self._control and self._stands_under(sentence, at):
            return self._under_control(sentence, at, last)
        if symbol in self._cleared:
            return self._clearing(sentence, at, last)
        turn = self._turns.get(symbol)
        if turn in ("take", "retake"):
            return self._taking(sentence, at, last, turn)
        if turn == "fall":
            return self._fall(sentence, at, last)
        if turn == "lose":
            return self._loss(sentence, at, last)
        if turn == "evict":
            return self._eviction(sentence, at, last)
        if turn in ("hand", "surrender"):
            return self._handing(sentence, at, last, turn)
        return None

    # --- the turns of phrase

    def _taking(self, sentence: Sentence, at: int, last: int, turn: Turn) -> Change | None:
        grammar = self._grammar
        if grammar.passive(sentence, at, last):
            return self._taken(sentence, at, last, turn)
        if self._adjective(sentence, at):
            return None
        places, heads, end = self._object(sentence, last, unknown=self._only_territory(sentence, at, last))
        if not places and not heads:
            if at > sentence.first and sentence.marked.doc.words[at].endswith(("d", "n")):
                return self._taken(sentence, at, last, turn, bare=True)
            return None
        winner = grammar.subject(sentence, at)
        loser = self._from_whom(sentence, end)
        return self._change(turn, sentence, at, last, winner, loser, places, heads, at, end)

    def _adjective(self, sentence: Sentence, at: int) -> bool:
        """Whether a participle only describes: "in the liberated areas"."""
        symbols = sentence.marked.symbols
        if at == sentence.first or not sentence.marked.doc.words[at].endswith(("ed", "en")):
            return False
        before = symbols[at - 1]
        return before in self._determiner or (before in self._grammar.preposition and before not in self._grammar.by)

    def _taken(self, sentence: Sentence, at: int, last: int, turn: Turn, *, bare: bool = False) -> Change | None:
        places, heads, begin = self._left(sentence, self._grammar.begin(sentence, at), strict=bare)
        if not places and not heads:
            return None
        winner = self._grammar.agent(sentence, last)
        loser = self._from_whom(sentence, last)
        return self._change(turn, sentence, at, last, winner, loser, places, heads, begin, last)

    def _fall(self, sentence: Sentence, at: int, last: int) -> Change | None:
        symbols = sentence.marked.symbols
        places, heads, begin = self._left(sentence, self._grammar.begin(sentence, at), strict=True)
        if not places and not heads:
            return None
        after = symbols[last] if last < sentence.last else "."
        if after == "0" or (last < sentence.last and sentence.marked.doc.words[last] in _NO_FALL):
            return None
        winner = None
        if after in self._to or after in self._state_of or after in self._under:
            winner = self._grammar.next_party(sentence, last + 1, 10)
        elif after in self._grammar.by:
            winner = self._grammar.next_party(sentence, last + 1, 6)
        return self._change("fall", sentence, at, last, winner, None, places, heads, begin, last)

    def _loss(self, sentence: Sentence, at: int, last: int) -> Change | None:
        places, heads, end = self._object(sentence, last)
        if not places and not heads:
            return None
        loser = self._grammar.subject(sentence, at)
        winner = self._to_whom(sentence, last, end)
        if loser is None and winner is None:
            return None
        return self._change("lose", sentence, at, last, winner, loser, places, heads, at, end)

    def _eviction(self, sentence: Sentence, at: int, last: int) -> Change | None:
        grammar = self._grammar
        symbols = sentence.marked.symbols
        passive = grammar.passive(sentence, at, last)
        loser: Party | None = None
        start = last
        if passive:
            loser = grammar.subject(sentence, at)
        else:
            loser = self._evicted(sentence, last)
            start = loser.last if loser else last
        if loser is None:
            return None
        for n in range(start, min(sentence.last, start + 6)):
            if symbols[n] in HARD_STOPS:
                return None
            if symbols[n] in self._from or n == last:
                places, heads, end = self._object(sentence, n + (symbols[n] in self._from))
                if places or heads:
                    winner = grammar.agent(sentence, last) if passive else grammar.subject(sentence, at)
                    if winner is not None and winner.side == loser.side:
                        winner = None
                    return self._change("evict", sentence, at, last, winner, loser, places, heads, at, end)
        return None

    def _clearing(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """X was cleared of the Taliban."""
        loser = self._grammar.next_party(sentence, last, 6)
        if loser is None:
            return None
        places, heads, begin = self._left(sentence, self._grammar.begin(sentence, at), strict=False)
        if not places and not heads:
            return None
        winner = self._grammar.agent(sentence, loser.last)
        return self._change("evict", sentence, at, last, winner, loser, places, heads, begin, last)

    def _handing(self, sentence: Sentence, at: int, last: int, turn: Turn) -> Change | None:
        places, heads, end = self._object(sentence, last)
        begin = at
        if not places and not heads:
            places, heads, begin = self._left(sentence, self._grammar.begin(sentence, at), strict=True)
            if not places and not heads:
                return None
            winner = self._to_whom(sentence, last, last)
            return self._change(turn, sentence, at, last, winner, None, places, heads, begin, last)
        loser = self._grammar.subject(sentence, at)
        winner = self._to_whom(sentence, last, end)
        if winner is None and turn == "hand":
            return None
        return self._change(turn, sentence, at, last, winner, loser, places, heads, begin, end)

    def _state(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """X is in the hands of the Taliban; the Taliban are in control of X."""
        winner = self._grammar.next_party(sentence, last, 5)
        if winner is not None:
            places, heads, begin = self._left(sentence, self._grammar.begin(sentence, at), strict=False)
            if places or heads:
                return self._change("state", sentence, at, last, winner, None, places, heads, begin, winner.last)
            return None
        places, heads, end = self._object(sentence, last)
        winner = self._grammar.subject(sentence, at)
        if winner is None or not (places or heads):
            return None
        return self._change("state", sentence, at, last, winner, None, places, heads, at, end)

    def _under_control(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """X is under Taliban control."""
        symbols = sentence.marked.symbols
        under = next(n for n in range(at - 1, max(sentence.first - 1, at - 6), -1) if symbols[n] in self._under)
        winner = next((p for n in range(under + 1, at) if (p := self._grammar.party_at(sentence, n))), None)
        if winner is None:
            return None
        places, heads, begin = self._left(sentence, self._grammar.begin(sentence, under), strict=False)
        if not places and not heads:
            return None
        return self._change("state", sentence, under, last, winner, None, places, heads, begin, last)

    def _noun(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """The fall of X to the Taliban; the capture of X by the Taliban."""
        symbols = sentence.marked.symbols
        places, heads, end = self._object(sentence, last)
        if not places and not heads:
            return None
        winner: Party | None = None
        for n in range(last, min(sentence.last, end + 6)):
            if symbols[n] in self._grammar.by or symbols[n] in self._to:
                winner = self._grammar.next_party(sentence, n + 1, 5)
                break
        turn: Turn = "take"
        if symbols[at] in self._retaking:
            turn = "retake"
        elif symbols[at] in self._turns and self._turns[symbols[at]] == "fall":
            turn = "fall"
        if winner is None and turn != "fall":
            winner = self._grammar.subject(sentence, at)
        return self._change(turn, sentence, at, last, winner, None, places, heads, at, end)

    # --- what stands around a verb

    def _object(
        self, sentence: Sentence, start: int, *, unknown: bool = False
    ) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """Return the places and words for territory that a verb's object names, and where the object ends.

        `unknown`: a name that nothing knows will do, because the verb takes nothing else ("took control of Garma").
        """
        symbols = sentence.marked.symbols
        heads: list[int] = []
        at = start
        limit = min(sentence.last, start + _OBJECT_REACH)
        while at < limit:
            symbol = symbols[at]
            if at in sentence.places or symbol in self._territory:
                break
            if unknown and (symbol in self._foreign or self._is_name(sentence, at)):
                return (), (at,), at + 1
            if symbol in self._no_territory or symbol in self._weapon or symbol in HARD_STOPS:
                return (), (), at
            if symbol in self._person and not self._modifies(sentence, at):
                return (), (), at
            if symbol in self._grammar.party and not self._modifies(sentence, at):
                return (), (), at
            if (symbol in self._ends and not self._time_next(sentence, at)) or symbol in self._verbs:
                return (), (), at
            if symbol == "," and not self._adjective_follows(sentence, at):
                return (), (), at
            at += 1
        else:
            return (), (), at
        places: list[int] = []
        limit = min(sentence.last, at + _LIST_REACH)
        while at < limit:
            symbol = symbols[at]
            if at in sentence.places:
                places.append(at)
            elif symbol in self._territory:
                heads.append(at)
            elif symbol in self._no_territory and not places:
                return (), (), at
            elif symbol in HARD_STOPS or symbol in self._verbs:
                break
            elif symbol in self._ends and not self._inside_object(sentence, at):
                break
            elif symbol in self._grammar.party and not self._modifies(sentence, at):
                break
            at += 1
        return tuple(places), tuple(heads), at

    def _only_territory(self, sentence: Sentence, at: int, last: int) -> bool:
        """Whether a verb takes nothing but territory: "recaptured", "took control of"."""
        words = sentence.marked.doc.words
        return sentence.marked.symbols[at] in self._retaking or "control" in words[at:last]

    def _is_name(self, sentence: Sentence, at: int) -> bool:
        doc = sentence.marked.doc
        return sentence.marked.symbols[at] == PLAIN and doc.capital(at) and doc.words[at] not in _NO_NAME

    def _left(self, sentence: Sentence, begin: int, *, strict: bool) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """Return the places and words for territory that are the subject of the verb group that begins at a token."""
        symbols = sentence.marked.symbols
        places: list[int] = []
        heads: list[int] = []
        at = begin - 1
        floor = max(sentence.first, begin - _LIST_REACH)
        first_of_place = {n: hit for n, hit in sentence.places.items() if n < begin}
        while at >= floor:
            symbol = symbols[at]
            if at in first_of_place:
                places.append(at)
            elif symbol in self._territory:
                heads.append(at)
            elif symbol in HARD_STOPS or symbol in self._grammar.say or symbol in self._grammar.link:
                break
            elif symbol in self._grammar.that and (places or heads):
                break
            elif (symbol in self._person or symbol in self._grammar.party) and not self._modifies(sentence, at):
                if not places and not heads:
                    return (), (), begin
                if self._only_locates(sentence, at, begin):
                    return (), (), begin
                break
            elif symbol in self._verbs or symbol in self._grammar.be:
                break
            elif strict and not places and not heads and symbol not in self._loose(symbol, sentence, at):
                return (), (), begin
            at -= 1
        else:
            at = floor - 1
        if places and not heads and self._after_preposition(sentence, min(places)) and strict:
            return (), (), begin
        return tuple(sorted(places)), tuple(sorted(heads)), at + 1

    def _loose(self, symbol: str, sentence: Sentence, at: int) -> frozenset[str]:
        """Return the symbols that may stand between a subject and "fell": inner tokens, commas, times, "centre"."""
        word = sentence.marked.doc.words[at]
        if symbol in (INSIDE, ",", "'") or symbol in self._time or symbol in self._determiner or word in _BETWEEN:
            return frozenset(symbol)
        return frozenset()

    def _only_locates(self, sentence: Sentence, who: int, begin: int) -> bool:
        """Whether the place after a person says only where they are ("fighters in Kunduz were captured")."""
        symbols = sentence.marked.symbols
        return any(symbols[n] in self._ends for n in range(who + 1, min(who + 4, begin)))

    def _after_preposition(self, sentence: Sentence, place: int) -> bool:
        symbols = sentence.marked.symbols
        at = place - 1
        while at >= sentence.first and (
            symbols[at] in self._determiner or sentence.marked.doc.words[at] in _DIRECTIONS
        ):
            at -= 1
        return at >= sentence.first and symbols[at] in self._grammar.preposition and symbols[at] not in self._of

    def _inside_object(self, sentence: Sentence, at: int) -> bool:
        """Whether a preposition goes on with the object: "Zaranj in Nimroz", "the airport in the city of Kunduz"."""
        symbols = sentence.marked.symbols
        if symbols[at] in self._grammar.say or symbols[at] in self._grammar.link or symbols[at] in self._grammar.that:
            return False
        if symbols[at] in self._from or symbols[at] in self._to:
            return False
        return any(
            n in sentence.places or symbols[n] in self._territory for n in range(at + 1, min(at + 6, sentence.last))
        )

    def _modifies(self, sentence: Sentence, at: int) -> bool:
        """Whether a party or person at a token only describes the territory after it ("insurgent stronghold")."""
        symbols = sentence.marked.symbols
        for n in range(at + 1, min(at + 4, sentence.last)):
            symbol = symbols[n]
            if symbol in self._territory:
                return True
            if symbol in HARD_STOPS or symbol == "," or symbol in self._ends or symbol in self._grammar.joint:
                return False
        return False

    def _time_next(self, sentence: Sentence, at: int) -> bool:
        symbols = sentence.marked.symbols
        return any(symbols[n] in self._time for n in range(at + 1, min(at + 3, sentence.last)))

    def _adjective_follows(self, sentence: Sentence, at: int) -> bool:
        symbols = sentence.marked.symbols
        after = at + 1
        return after < sentence.last and symbols[after] not in self._ends and symbols[after] not in self._grammar.party

    def _followed_by_of(self, sentence: Sentence, last: int) -> bool:
        symbols = sentence.marked.symbols
        return last < sentence.last and symbols[last] in self._of

    def _stands_under(self, sentence: Sentence, at: int) -> bool:
        symbols = sentence.marked.symbols
        return any(symbols[n] in self._under for n in range(max(sentence.first, at - 5), at))

    def _from_whom(self, sentence: Sentence, start: int) -> Party | None:
        """Return the party after "from", near a token."""
        symbols = sentence.marked.symbols
        for at in range(max(sentence.first, start - 2), min(sentence.last, start + 8)):
            if symbols[at] in self._from:
                return self._grammar.next_party(sentence, at + 1, 5)
        return None

    def _to_whom(self, sentence: Sentence, start: int, end: int) -> Party | None:
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last, end + 8)):
            if symbols[at] in self._to:
                party = self._grammar.next_party(sentence, at + 1, 5)
                if party is not None:
                    return party
        return None

    def _evicted(self, sentence: Sentence, start: int) -> Party | None:
        """Return who is driven out: the party, or the officials, right after the verb."""
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last, start + 6)):
            if symbols[at] in HARD_STOPS:
                return None
            party = self._grammar.party_at(sentence, at)
            if party is not None:
                return party
            if symbols[at] in self._official:
                return Party("government", None, at, at + 1)
        return None

    def _change(
        self,
        turn: Turn,
        sentence: Sentence,
        first: int,
        last: int,
        winner: Party | None,
        loser: Party | None,
        places: tuple[int, ...],
        heads: tuple[int, ...],
        begin: int,
        end: int,
    ) -> Change:
        side = winner.side if winner else None
        if side is None and loser is not None and loser.side is not None:
            side = "government" if loser.side == "insurgent" else "insurgent"
        return Change(turn, first, last, side, winner, loser, places, heads, min(begin, first), max(end, last))


_TURN_OF_CLASS: Final[dict[str, Turn]] = {
    "t_retake": "retake",
    "t_retaking": "retake",
    "t_take": "take",
    "t_fall": "fall",
    "t_falling": "fall",
    "t_evict": "evict",
    "t_lose": "lose",
    "t_hand": "hand",
    "t_surrender": "surrender",
    "t_taking": "take",
}
_NO_FALL: Final = frozenset(
    "ill asleep short silent sick sharply apart behind victim in by from off below flat pregnant through steeply "
    "dramatically percent slightly foul".split(" ")
)
_BETWEEN: Final = frozenset("center centre city also now and more the".split(" "))
_DIRECTIONS: Final = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern central remote".split(" ")
)
_NO_NAME: Final = frozenset(
    "syrian iraqi afghan iranian turkish russian pakistani american yemeni somali the".split(" ")
)
