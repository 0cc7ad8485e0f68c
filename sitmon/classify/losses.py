"""A verb of losing, driving out or giving up in its sentence in, the change of control that it tells of out.

"The army lost X to the Taliban", "they were driven out of X", "X was cleared of them", "elders handed X over to". It
must not read who takes (`takings.py`) or holds (`holdings.py`).
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.arrivals import Arrivals
from sitmon.classify.change import Change, Changes, Ground, Turn
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE
from sitmon.classify.objects import Territories

_WHOM: Final = 3
"""How many tokens behind "abandoned X to" whoever gets it begins at most."""


class Losses:
    """Reads who loses territory, and to whom."""

    def __init__(self, grammar: Grammar, territories: Territories, arrivals: Arrivals, changes: Changes) -> None:
        self._grammar = grammar
        self._territories = territories
        self._arrivals = arrivals
        self._changes = changes
        of = grammar.of
        self._to = of("towards")
        self._from = of("away")
        self._of = of("of")
        self._clear = of("t_clear")
        self._official = of("official")
        self._give = of("t_give_up")
        self._peaceful = of("t_peaceful")
        self._control = grammar.little("control")
        self._out_of = grammar.little("out_of")
        self._over = grammar.little("over")
        self._up = grammar.little("up")
        self._abandon = of("t_abandon")
        self._gates = of("t_gates")
        self._insurgent = of("insurgent", "nonstate")
        self._first_person = of("first_person")
        self._relative = grammar.that
        self._having = of("t_take", "t_retake", "t_hold", "t_enter", "t_seize", "siege")

    def loss(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "the army lost X" or "X has been lost to the Taliban" says."""
        grammar, symbols, verb = self._grammar, sentence.marked.symbols, (at, last)
        if self._arrivals.had_lost(sentence, at):
            return None  # "retook a base that it had lost"
        if last < sentence.last and symbols[last] in self._to:  # "a capital (had been) lost to insurgents"
            winner = grammar.next_party(sentence, last + 1, 5)
            ground = self._territories.left(sentence, grammar.begin(sentence, at), strict=False)
            if winner is not None and ground:
                return self._changes.make("lose", sentence, verb, winner, None, ground)
        if grammar.passive(sentence, at, last):  # "the centre of the town is lost"
            loser = grammar.agent(sentence, last)
            winner = grammar.goal(sentence, last, loser.last) if loser is not None else None
            ground = self._territories.left(sentence, grammar.begin(sentence, at), strict=loser is None)
            return self._changes.make("lose", sentence, verb, winner, loser, ground) if ground else None
        control = not self._control.isdisjoint(sentence.marked.doc.words[at:last])
        ground = self._territories.right(sentence, last)
        if not ground and (control or grammar.goal(sentence, last, last) is not None):
            ground = self._territories.name_after(sentence, last)
        if not ground:
            return None
        loser = grammar.subject(sentence, at)
        winner = grammar.goal(sentence, last, ground.end)
        bare = grammar.describes(sentence, at) or (not ground.places and ground.heads[0] == last)
        if winner is None and not control and bare:
            return None  # "the lost cities"
        if (
            loser is None
            and winner is None
            and not (ground.places and self._ours(sentence, grammar.begin(sentence, at)))
        ):
            return None
        return self._changes.make("lose", sentence, verb, winner, loser, ground)

    def _ours(self, sentence: Sentence, begin: int) -> bool:
        """Whether whoever speaks has lost it: "we have lost X"."""
        return begin > sentence.first and sentence.marked.symbols[begin - 1] in self._first_person

    def eviction(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "the army drove the Taliban out of X" says."""
        grammar = self._grammar
        symbols = sentence.marked.symbols
        passive = grammar.passive(sentence, at, last)
        if not passive and (change := self._cleared_of(sentence, at, last)):
            return change
        loser = grammar.subject(sentence, at) if passive else self._evicted(sentence, last)
        if passive and symbols[at] in self._clear and (change := self._swept(sentence, at, last)):
            return change
        if loser is None:
            return None
        start = last if passive else loser.last
        for n in range(start, min(sentence.last, start + 6)):
            if symbols[n] in HARD_STOPS:
                break
            if symbols[n] in self._from or n == last:
                of = n == last and sentence.marked.doc.words[n - 1] in self._out_of
                named = (symbols[n] in self._from or of) and loser.side in ("insurgent", "government")
                ground = self._territories.right(sentence, n + (symbols[n] in self._from), unknown=named)
                if ground:
                    winner = grammar.agent(sentence, last) if passive else grammar.subject(sentence, at)
                    if winner is not None and winner.side == loser.side and not self._rivals(winner, loser):
                        winner = None
                    return self._changes.make("evict", sentence, (at, last), winner, loser, ground)
        if ground := self._had_by(sentence, loser):
            winner = grammar.agent(sentence, last) if passive else grammar.subject(sentence, at)
            return self._changes.make("evict", sentence, (at, last), winner, loser, ground)
        return None if passive else self._arrivals.dislodging(sentence, (at, last), loser)

    def _had_by(self, sentence: Sentence, loser: Party) -> Ground:
        """Return what those who are driven out had: "drove out the fighters who had captured X"."""
        symbols = sentence.marked.symbols
        nothing = Ground((), (), loser.last, loser.last)
        at = loser.last
        while at < sentence.last and (symbols[at] in self._grammar.party or symbols[at] in (",", INSIDE)):
            at += 1
        if at >= sentence.last or symbols[at] not in self._relative:
            return nothing
        verb = self._grammar.after_aux(sentence, at + 1)
        if verb >= sentence.last or symbols[verb] not in self._having:
            return nothing
        return self._territories.right(sentence, self._grammar.phrase_end(sentence, verb), unknown=True)

    def _rivals(self, winner: Party, loser: Party) -> bool:
        """Whether two parties of one camp fight each other under names of their own."""
        return winner.actor is not None and loser.actor is not None and winner.actor != loser.actor

    def _cleared_of(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Read "the army cleared X of the Taliban"."""
        symbols = sentence.marked.symbols
        if symbols[at] not in self._clear:
            return None
        ground = self._territories.right(sentence, last, unknown=True)
        loser = self._grammar.next_party(sentence, ground.end - 1, 4) if ground else None
        if loser is None or self._of.isdisjoint(symbols[max(last, loser.first - 3) : loser.first]):
            return None
        winner = self._grammar.subject(sentence, at)
        return self._changes.make("evict", sentence, (at, last), winner, loser, ground)

    def _swept(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Read "X was cleared by the army", where the sentence speaks of insurgents (not of a crowd, or of mines)."""
        grammar = self._grammar
        by = last < sentence.last and sentence.marked.symbols[last] in grammar.by
        winner = grammar.agent(sentence, last) if by and not self._insurgent.isdisjoint(sentence.present) else None
        if winner is None or winner.side not in ("government", "foreign"):
            return None
        ground = self._territories.left(sentence, grammar.begin(sentence, at), strict=False)
        return self._changes.make("evict", sentence, (at, last), winner, None, ground) if ground else None

    def clearing(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "X was cleared of the Taliban" says."""
        grammar = self._grammar
        loser = grammar.next_party(sentence, last, 6)
        if loser is None:
            return None
        begin = grammar.begin(sentence, at)
        ground = self._territories.left(sentence, begin, strict=False) or self._territories.name_before(sentence, begin)
        if not ground:
            return None
        winner = grammar.agent(sentence, loser.last)
        return self._changes.make("evict", sentence, (at, last), winner, loser, ground)

    def handing(self, sentence: Sentence, at: int, last: int, turn: Turn) -> Change | None:
        """Return what "the governor handed X over to the Taliban" or "X surrendered to them" says."""
        grammar, verb = self._grammar, (at, last)
        if sentence.marked.symbols[at] in self._give and not self._given_up(sentence, last):
            return None
        ground = self._territories.right(sentence, last)
        if sentence.marked.symbols[at] in self._abandon and not self._to_whom(sentence, ground.end):
            return None  # "abandoned X to the floods, not to the Taliban"
        if not ground:
            ground = self._arrivals.it(sentence, at, last)
        if not ground and (not self._peaceful.isdisjoint(sentence.present) or self._given_up(sentence, last)):
            ground = self._territories.name_after(sentence, last)
        if not ground:
            ground = self._territories.left(sentence, grammar.begin(sentence, at), strict=True)
            complements = self._territories.complements
            if not ground or complements.object_follows(sentence, last):
                return None
            winner = grammar.goal(sentence, last, last)
            if sentence.marked.symbols[at] in self._gates and not self._let_in(sentence, last, winner):
                return None  # "the city opened its gates to visitors"
            if winner is not None and not complements.ends_clause(sentence, winner.last):
                return None  # "yields to Taliban demands", "yielded to the Taliban a tenth of"
            return self._changes.make(turn, sentence, verb, winner, None, ground)
        loser = grammar.subject(sentence, at)
        winner = grammar.goal(sentence, last, ground.end)
        yielded = loser is not None and not self._peaceful.isdisjoint(sentence.present)  # "without a fight"
        given = yielded or (not ground.places and self._territories.given_to_a_name(sentence, last))
        if winner is None and turn == "hand" and not given:
            return None
        return self._changes.make(turn, sentence, verb, winner, loser, ground)

    def _let_in(self, sentence: Sentence, last: int, winner: Party | None) -> bool:
        """Whether gates were opened to fighters: they are named behind it, or before it where nobody is."""
        if winner is not None:
            return winner.side == "insurgent"
        ends = self._territories.complements.ends_clause(sentence, last)
        return ends and not self._insurgent.isdisjoint(sentence.marked.symbols[sentence.first : last])

    def _to_whom(self, sentence: Sentence, end: int) -> bool:
        """Whether "to" a party is the next that stands behind what is left: "abandoned X to the Taliban"."""
        symbols = sentence.marked.symbols
        to = next(
            (n for n in range(max(sentence.first, end - 1), min(sentence.last, end + 2)) if symbols[n] in self._to),
            None,
        )
        return to is not None and self._grammar.next_party(sentence, to + 1, _WHOM) is not None

    def _given_up(self, sentence: Sentence, last: int) -> bool:
        """Whether "up to" or "over to" somebody stands after what is given: "gave X up to the Taliban"."""
        words, symbols = sentence.marked.doc.words, sentence.marked.symbols
        return any(
            (words[n] in self._up or words[n] in self._over)
            and symbols[n + 1] in self._to
            and self._grammar.next_party(sentence, n + 2, 4)
            for n in range(last, min(sentence.last - 1, last + 6))
        )

    def _evicted(self, sentence: Sentence, start: int) -> Party | None:
        """Return who is driven out: the party, or the officials, right after the verb."""
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last, start + 6)):
            if symbols[at] in HARD_STOPS and symbols[at] != "-":
                return None
            party = self._grammar.party_at(sentence, at)
            if party is not None:
                return party
            if symbols[at] in self._official:
                return Party("government", None, at, at + 1)
        return None
