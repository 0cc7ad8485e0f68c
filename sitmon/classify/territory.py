"""A sentence in, changes of control out: who took what from whom, and what the sentence calls it.

It must not decide who is believed, nor read one place's name: the verbs' classes are data (`cues.<lang>.toml`, "t_").

The readings, each for its own turn of phrase: active ("the Taliban seized X"), passive ("X was seized by"), fall
("X fell to"), loss ("the army lost X to"), eviction ("driven out of X"), handing over ("handed X over to"), surrender
("X surrendered to"), state ("X is under Taliban control"), and the nouns ("the fall of X", "capture of X by").
"""

from __future__ import annotations

from sitmon.classify.arrivals import Arrivals
from sitmon.classify.change import TURN_OF_CLASS, Change, Turn
from sitmon.classify.flags import Flags
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER
from sitmon.classify.objects import Territories


class Territory:
    """Finds changes of control."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        of = grammar.of
        self._turns: dict[str, Turn] = {}
        for name, turn in TURN_OF_CLASS.items():
            for symbol in of(name):
                self._turns.setdefault(symbol, turn)
        self._nominal = of("t_taking", "t_retaking", "t_falling")
        self._falls = of("t_falling")
        self._of = of("of")
        self._from = of("away")
        self._to = of("towards")
        self._verbs = of("t_take", "t_retake", "t_recover", "t_fall", "t_lose", "t_evict", "t_hand", "t_surrender")
        self._cleared = of("t_cleared")
        self._held = of("t_held")
        self._holding = of("t_hold", "t_controls")
        self._control = of("t_control")
        self._under = of("t_under")
        self._state_of = of("t_state")
        self._retaking = of("t_retake", "t_retaking")
        self._determiner = of("determiner")
        self._official = of("official")
        self._no_fall = of("no_fall")
        self._irregular = of("irregular")
        self._nonstate = of("nonstate")
        self._structure = of("t_structure")
        self._peaceful = of("t_peaceful")
        self._recover = of("t_recover")
        self._territories = Territories(grammar, self._verbs)
        self._arrivals = Arrivals(grammar, self._territories)
        self._flags = Flags(grammar, self._territories)
        self._all = (
            self._cleared
            | self._held
            | self._holding
            | self._verbs
            | self._nominal
            | self._state_of
            | self._control
            | self._arrivals.cues
            | self._flags.cues
        )

    def find(self, sentence: Sentence) -> list[Change]:
        """Return the changes of control that a sentence tells of, in their order."""
        if self._all.isdisjoint(sentence.present):
            return []
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
        if symbol in self._state_of or symbol in self._held:
            return self._state(sentence, at, last)
        if symbol in self._control and self._stands_under(sentence, at):
            return self._under_control(sentence, at, last)
        if symbol in self._cleared:
            return self._clearing(sentence, at, last)
        arrival = self._arrivals.read(sentence, at, last) or self._flags.read(sentence, at, last)
        if arrival is not None:
            return self._change(sentence=sentence, first=at, last=last, **arrival)
        turn = self._turns.get(symbol)
        if symbol in self._holding and not self._grammar.passive(sentence, at, last):
            return None if self._territories.is_control(sentence, at) else self._holds(sentence, at, last)
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
            return None if sentence.marked.symbols[at] in self._recover else self._taken(sentence, at, last, turn)
        if self._adjective(sentence, at) or self._territories.is_control(sentence, at):
            return None
        unknown = self._arrivals.only_territory(sentence, at, last)
        places, heads, end = self._territories.right(sentence, last, unknown=unknown)
        if not places and not heads:
            places, heads, end = self._arrivals.other_object(sentence, at, last, self._from_whom(sentence, last + 2))
        if not places and not heads:
            if at > sentence.first and sentence.marked.doc.words[at].endswith(("d", "n")):
                return self._taken(sentence, at, last, turn, bare=True)
            return None
        winner = grammar.subject(sentence, at)
        if winner is None and self._arrivals.peaceable(sentence, at, known=bool(places)):
            return None  # players, lava, a party at the polls
        loser = self._from_whom(sentence, end)
        if turn == "take" and "back" in sentence.marked.doc.words[end - 1 : end + 1]:
            turn = "retake"  # "took the district back"
        return self._change(turn, sentence, at, last, winner, loser, places, heads, at, end)

    def _adjective(self, sentence: Sentence, at: int) -> bool:
        """Whether a participle only describes: "in the liberated areas"."""
        symbols = sentence.marked.symbols
        if at == sentence.first or not sentence.marked.doc.words[at].endswith(("ed", "en", "lost")):
            return False
        before = symbols[at - 1]
        return before in self._determiner or (before in self._grammar.preposition and before not in self._grammar.by)

    def _taken(self, sentence: Sentence, at: int, last: int, turn: Turn, *, bare: bool = False) -> Change | None:
        places, heads, begin = self._territories.left(sentence, self._grammar.begin(sentence, at), strict=bare)
        winner = self._grammar.agent(sentence, last)
        if not places and not heads and self._arrivals.holds_names(sentence, at, winner):
            places, heads, begin = self._territories.name_before(sentence, self._grammar.begin(sentence, at))
        vague = winner is None and not self._arrivals.seizes(sentence, at)
        if winner is None and self._territories.complements.no_agent(sentence, last):
            return None
        if (not places and not heads) or (vague and self._arrivals.calm(sentence, known=bool(places))):
            return None
        loser = self._from_whom(sentence, last)
        return self._change(turn, sentence, at, last, winner, loser, places, heads, begin, last)

    def _fall(self, sentence: Sentence, at: int, last: int) -> Change | None:
        symbols = sentence.marked.symbols
        after = symbols[last] if last < sentence.last else "."
        if after == NUMBER or (last < sentence.last and symbols[last] in self._no_fall):
            return None
        if self._territories.complements.elsewhere(sentence, at, last):
            return None
        winner = None
        if after in self._to or after in self._state_of or after in self._under:
            winner = self._grammar.next_party(sentence, last, 10)
        elif after in self._grammar.by:
            winner = self._grammar.next_party(sentence, last + 1, 6)
        begin = self._grammar.begin(sentence, at)
        places, heads, begin = self._territories.left(sentence, begin, strict=winner is None)
        if not places and not heads and winner is not None and after in self._to:
            places, heads, begin = self._territories.name_before(sentence, self._grammar.begin(sentence, at))
        if not places and not heads:
            return None
        breaks = any(symbols[n] in self._structure for n in heads)  # "the bridge collapsed"
        if winner is None and (breaks or self._arrivals.calm(sentence, known=bool(places))):
            return None
        return self._change("fall", sentence, at, last, winner, None, places, heads, begin, last)

    def _loss(self, sentence: Sentence, at: int, last: int) -> Change | None:
        symbols = sentence.marked.symbols
        if self._arrivals.had_lost(sentence, at):
            return None  # "retook a base that it had lost"
        if last < sentence.last and symbols[last] in self._to:  # "a capital (had been) lost to insurgents"
            winner = self._grammar.next_party(sentence, last + 1, 5)
            places, heads, begin = self._territories.left(sentence, self._grammar.begin(sentence, at), strict=False)
            if winner is not None and (places or heads):
                return self._change("lose", sentence, at, last, winner, None, places, heads, begin, last)
        if self._grammar.passive(sentence, at, last):  # "the centre of the town is lost"
            places, heads, begin = self._territories.left(sentence, self._grammar.begin(sentence, at), strict=True)
            if places or heads:
                return self._change("lose", sentence, at, last, None, None, places, heads, begin, last)
            return None
        control = "control" in sentence.marked.doc.words[at:last]
        places, heads, end = self._territories.right(sentence, last)
        if not places and not heads and (control or self._to_whom(sentence, last, last) is not None):
            places, heads, end = self._territories.name_after(sentence, last)
        if not places and not heads:
            return None
        loser = self._grammar.subject(sentence, at)
        winner = self._to_whom(sentence, last, end)
        if winner is None and not control and (self._adjective(sentence, at) or (not places and heads[0] == last)):
            return None  # "the lost cities"
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
                break
            if symbols[n] in self._from or n == last:
                named = symbols[n] in self._from and loser.side in ("insurgent", "government")
                places, heads, end = self._territories.right(sentence, n + (symbols[n] in self._from), unknown=named)
                if places or heads:
                    winner = grammar.agent(sentence, last) if passive else grammar.subject(sentence, at)
                    if winner is not None and winner.side == loser.side:
                        winner = None
                    return self._change("evict", sentence, at, last, winner, loser, places, heads, at, end)
        ousting = None if passive else self._arrivals.dislodging(sentence, at, loser)
        return self._change(sentence=sentence, first=at, last=last, **ousting) if ousting else None

    def _clearing(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """X was cleared of the Taliban."""
        loser = self._grammar.next_party(sentence, last, 6)
        if loser is None:
            return None
        places, heads, begin = self._territories.left(sentence, self._grammar.begin(sentence, at), strict=False)
        if not places and not heads:
            return None
        winner = self._grammar.agent(sentence, loser.last)
        return self._change("evict", sentence, at, last, winner, loser, places, heads, begin, last)

    def _handing(self, sentence: Sentence, at: int, last: int, turn: Turn) -> Change | None:
        places, heads, end = self._territories.right(sentence, last)
        begin = at
        if not places and not heads:
            heads, end = self._arrivals.it(sentence, at, last), last + 1
        if not places and not heads and not self._peaceful.isdisjoint(sentence.present):
            places, heads, end = self._territories.name_after(sentence, last)
        if not places and not heads:
            places, heads, begin = self._territories.left(sentence, self._grammar.begin(sentence, at), strict=True)
            if not places and not heads:
                return None
            winner = self._to_whom(sentence, last, last)
            return self._change(turn, sentence, at, last, winner, None, places, heads, begin, last)
        loser = self._grammar.subject(sentence, at)
        winner = self._to_whom(sentence, last, end)
        yielded = loser is not None and not self._peaceful.isdisjoint(sentence.present)  # "without a fight"
        given = yielded or (not places and self._territories.given_to_a_name(sentence, last))
        if winner is None and turn == "hand" and not given:
            return None
        return self._change(turn, sentence, at, last, winner, loser, places, heads, begin, end)

    def _state(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """X is in the hands of the Taliban; the Taliban are in control of X."""
        winner = self._grammar.next_party(sentence, last, 5)
        if winner is not None:
            places, heads, begin = self._territories.left(sentence, self._grammar.begin(sentence, at), strict=False)
            if places or heads:
                turn: Turn = "held" if sentence.marked.symbols[at] in self._held else "state"
                return self._change(turn, sentence, at, last, winner, None, places, heads, begin, winner.last)
            return None
        if at > sentence.first and sentence.marked.symbols[at - 1] == ",":
            return None  # "the militants, in control of much of the north, attacked": as known
        places, heads, end = self._territories.right(sentence, last, unknown=True)
        winner = self._grammar.subject(sentence, at)
        if winner is None or not (places or heads):
            return None
        return self._change("state", sentence, at, last, winner, None, places, heads, at, end)

    def _holds(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """The Taliban now hold the whole city; government forces hold only the airport."""
        winner = self._grammar.subject(sentence, at)
        words = sentence.marked.doc.words
        joined = sentence.marked.doc.body[sentence.marked.doc.starts[at] - 1] == "-"  # "rebel-held towns"
        if winner is None or winner.side is None or joined or words[at - 1] == "had":
            return None
        places, heads, end = self._territories.right(sentence, last)
        if not places and not heads:
            return None
        return self._change("hold", sentence, at, last, winner, None, places, heads, at, end)

    def _under_control(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """X is under Taliban control."""
        symbols = sentence.marked.symbols
        under = next(n for n in range(at - 1, max(sentence.first - 1, at - 6), -1) if symbols[n] in self._under)
        winner = next((p for n in range(under + 1, at) if (p := self._grammar.party_at(sentence, n))), None)
        if winner is None:
            return None
        places, heads, begin = self._territories.left(sentence, self._grammar.begin(sentence, under), strict=False)
        if not places and not heads:
            return None
        return self._change("state", sentence, under, last, winner, None, places, heads, begin, last)

    def _noun(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """The fall of X to the Taliban; the capture of X by the Taliban."""
        symbols = sentence.marked.symbols
        places, heads, end = self._territories.right(sentence, last, noun=True)
        if not places and not heads and symbols[at] in self._retaking:
            places, heads, end = self._territories.name_after(sentence, last + 1)
            if not heads:
                places, heads, end = self._territories.building(sentence, last + 1)
        if not places and not heads and symbols[at] in self._falls and self._arrivals.admitted(sentence, at, last):
            places, heads, end = self._territories.name_after(sentence, last + 1)
        if not places and not heads:
            return None
        winner: Party | None = None
        for n in range(last, min(sentence.last, end + 6)):
            if symbols[n] in self._grammar.be or symbols[n] in self._grammar.say or symbols[n] in self._grammar.refused:
                break  # "the fall of the town was admitted by the ministry"
            if symbols[n] in self._grammar.by or symbols[n] in self._to:
                winner = self._grammar.next_party(sentence, n + 1, 5)
                break
        turn: Turn = "take"
        if symbols[at] in self._retaking:
            turn = "retake"
        elif symbols[at] in self._turns and self._turns[symbols[at]] == "fall":
            turn = "fall"
        if winner is None and turn != "fall" and not self._grammar.foiled(sentence, at):
            winner = self._grammar.subject(sentence, at)  # but not who thwarts it
        return self._change(turn, sentence, at, last, winner, None, places, heads, at, end)

    # --- what stands around a verb

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
        same = winner is not None and loser is not None and winner.side == loser.side
        government = same and side == "government"
        if same and winner is not None and loser is not None and (loser.actor or government) and not winner.actor:
            symbols = sentence.marked.symbols
            named = winner.first > sentence.first and symbols[winner.first - 1] in self._nonstate  # "the YPG militia"
            if turn != "take" or (symbols[winner.first] in self._irregular and not named) or side == "government":
                side = None  # "rebel forces recaptured it from the Taliban": the one with a name is on its known side
        if side is None and loser is not None and loser.side is not None:
            side = "government" if loser.side == "insurgent" else "insurgent"
        return Change(turn, first, last, side, winner, loser, places, heads, min(begin, first), max(end, last))
