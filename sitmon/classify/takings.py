"""A verb of taking or falling in its sentence in, the change of control that it tells of out.

"The Taliban seized X", "X was seized by", "X fell to". It must not read other turns of phrase (`losses.py`,
`holdings.py`), nor what changes hands without a verb of taking (`arrivals.py`).
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.arrivals import Arrivals
from sitmon.classify.change import Change, Changes, Ground, Turn
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER
from sitmon.classify.objects import Territories

_CAUSE: Final = 4
"""How many tokens after "fell after" whoever caused it begins at most."""
_VOTE: Final = 6
"""How many tokens after an object the election stands in which it was won."""


class Takings:
    """Reads who takes territory, and territory that is taken or falls."""

    def __init__(self, grammar: Grammar, territories: Territories, arrivals: Arrivals, changes: Changes) -> None:
        self._grammar = grammar
        self._territories = territories
        self._arrivals = arrivals
        self._changes = changes
        of = grammar.of
        self._bare = of("t_bare")
        self._arrive = of("t_arrive")
        self._recover = of("t_recover")
        self._to = of("towards")
        self._under = of("t_under")
        self._state = of("t_state")
        self._structure = of("t_structure")
        self._no_fall = of("no_fall")
        self._in = of("in_prep")
        self._time = of("time_word")
        self._elsewhere = of("scene_again")
        self._plural = of("plural_places")
        self._ballot = of("t_ballot")
        self._leaving = of("t_leave", "t_gone", "withdrawal", "withdrew", "surrender_word", "t_lose")
        self._assault = of("t_enter", "t_take", "t_arrive", "attack_verb", "t_evict", "t_defeat")
        self._reenter = of("t_reenter")
        self._enemy = of("insurgent", "nonstate", "flag_word", "battle", "t_fought")
        self._to_word = grammar.little("to")
        self._prison = of("site_prison")
        self._show = of("t_show")
        self._unrest = of("t_unrest", "riot_word")
        self._insurgent = of("insurgent", "nonstate")
        self._measure = grammar.determiner | grammar.adverb | of("of", "t_most", "t_part", "t_whole") | {NUMBER, INSIDE}
        self._back = grammar.little("back")
        self._it = grammar.little("it")
        self._at_polls = grammar.little("at_polls")
        self._participle = grammar.endings("participle")

    def taking(self, sentence: Sentence, at: int, last: int, turn: Turn) -> Change | None:
        """Return what "the Taliban seized X" or "X was seized" says."""
        grammar = self._grammar
        words = sentence.marked.doc.words
        if grammar.passive(sentence, at, last):
            return None if sentence.marked.symbols[at] in self._recover else self._taken(sentence, at, last, turn)
        if grammar.describes(sentence, at) or self._territories.is_control(sentence, at):
            return None
        if last - at > 1 and sentence.marked.symbols[at] in self._elsewhere:
            return None  # "militants captured in X"
        ground = self._territories.right(sentence, last, unknown=self._arrivals.only_territory(sentence, at, last))
        if not ground:
            ground = self._arrivals.other_object(sentence, at, last, grammar.source(sentence, last + 2))
        if not ground:
            object_ = self._territories.complements.object_follows(sentence, last)
            if at > sentence.first and words[at].endswith(self._participle) and not object_:
                return self._taken(sentence, at, last, turn, bare=True)
            return None
        if sentence.marked.symbols[max(sentence.first, grammar.begin(sentence, at) - 1)] in self._show:
            return None  # "the army's parade took over the square"
        winner = grammar.subject(sentence, at)
        if winner is None and self._arrivals.peaceable(sentence, at, known=bool(ground.places)):
            return None  # players, lava, a party at the polls
        if not self._ballot.isdisjoint(sentence.present) and self._voted(sentence, ground.end):
            return None
        if sentence.marked.symbols[at] in self._reenter and not self._stays(sentence, ground.end):
            return None
        if self._after_a_riot(sentence, ground):
            return None
        arrived = winner is not None and sentence.marked.symbols[at] in self._arrive
        if arrived and winner is not None and not self._arrivals.themselves(sentence, winner, at):
            return None  # "Taliban supporters marched into X"
        loser = grammar.source(sentence, ground.end)
        if turn == "take" and not self._back.isdisjoint(words[ground.end - 1 : ground.end + 1]):
            turn = "retake"  # "took the district back"
        return self._changes.make(turn, sentence, (at, last), winner, loser, ground)

    def _stays(self, sentence: Sentence, end: int) -> bool:
        """Whether who re-entered a place took it from an enemy: not "re-entered X to collect bodies and left"."""
        if self._enemy.isdisjoint(sentence.marked.present):
            return False
        fetches = end < sentence.last and sentence.marked.doc.words[end] in self._to_word
        return not fetches and self._leaving.isdisjoint(sentence.marked.symbols[end : sentence.last])

    def _after_a_riot(self, sentence: Sentence, ground: Ground) -> bool:
        """Whether inmates had it, and no insurgents: "guards regained control of the prison after a riot"."""
        if self._unrest.isdisjoint(sentence.present) or not self._insurgent.isdisjoint(sentence.present):
            return False
        return any(sentence.marked.symbols[h] in self._prison for h in ground.heads)

    def _voted(self, sentence: Sentence, end: int) -> bool:
        """Whether it was won at an election: "the party took the town halls of X and Y in the local elections"."""
        if not self._insurgent.isdisjoint(sentence.present):
            return False
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        for at in range(end, min(sentence.last, end + _VOTE)):
            if words[at] in self._at_polls:
                return not self._ballot.isdisjoint(symbols[at + 1 : min(sentence.last, end + _VOTE)])
            if symbols[at] in self._grammar.link:
                break  # "a month before the election"
        return False

    def _taken(self, sentence: Sentence, at: int, last: int, turn: Turn, *, bare: bool = False) -> Change | None:
        begin = self._grammar.begin(sentence, at)
        ground = self._territories.left(sentence, begin, strict=bare)
        winner = self._grammar.agent(sentence, last)
        loser = self._grammar.source(sentence, last)
        if not ground and self._arrivals.holds_names(sentence, at, winner or loser):
            ground = self._territories.name_before(sentence, begin)
        if not ground and winner is not None and sentence.marked.doc.words[begin - 1] in self._it:
            ground = self._territories.place_before(sentence, begin)
        ground = self._territories.cleft(sentence, begin, last) or ground
        vague = winner is None and not self._arrivals.seizes(sentence, at)
        if winner is None and self._territories.complements.no_agent(sentence, last):
            return None
        by = last < sentence.last and sentence.marked.symbols[last] in self._grammar.by
        if vague and by:
            return None  # "the hospital was taken over by the Red Cross"
        if not ground or (vague and self._arrivals.calm(sentence, known=bool(ground.places))):
            return None
        if (by or loser) and self._only_says_which(sentence, begin, ground):
            return None
        return self._changes.make(turn, sentence, (at, last), winner, loser, ground)

    def _only_says_which(self, sentence: Sentence, begin: int, ground: Ground) -> bool:
        """Whether a participle only says which places are meant: "aid reached the districts retaken by the army"."""
        symbols = sentence.marked.symbols
        several = ground.heads and symbols[ground.heads[-1]] in self._plural
        if (
            ground.places
            or not several
            or not self._grammar.be.isdisjoint(symbols[begin : begin + 4])
            or symbols[begin - 1] == ","
        ):
            return False
        at = min(ground.heads) - 1
        while at >= sentence.first and symbols[at] in self._measure:
            at -= 1
        if at < sentence.first or symbols[at] in HARD_STOPS or symbols[at] in self._grammar.breaks:
            return False
        return symbols[at] != ","

    def fall(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what "X fell to the Taliban" or "X has fallen" says."""
        symbols = sentence.marked.symbols
        after = symbols[last] if last < sentence.last else "."
        if after == NUMBER or (after in self._no_fall and not self._when(sentence, last)):
            return None
        if self._territories.complements.elsewhere(sentence, at, last):
            return None
        winner = None
        if after in self._to or after in self._state or after in self._under:
            winner = self._grammar.next_party(sentence, last, 10)
        elif after in self._grammar.by:
            winner = self._grammar.next_party(sentence, last + 1, 6)
        begin = self._grammar.begin(sentence, at)
        ground = self._territories.left(sentence, begin, strict=winner is None)
        if not ground and winner is not None and after in self._to:
            ground = self._territories.name_before(sentence, begin)
        ground = self._territories.cleft(sentence, begin, last) or ground
        if not ground:
            return None
        complements = self._territories.complements
        if symbols[at] in self._bare and not (
            complements.stands_alone(sentence, min(ground.places + ground.heads))
            and complements.ends_clause(sentence, last)
        ):
            return None  # "the market of X is gone"
        if winner is None and self._nobodys(sentence, ground):
            return None
        loser = None
        if winner is None and after in self._grammar.link:
            winner, loser = self._why(sentence, last)
        return self._changes.make("fall", sentence, (at, last), winner, loser, ground)

    def _why(self, sentence: Sentence, at: int) -> tuple[Party | None, Party | None]:
        """Return who took what "fell after the rebels broke through", or who lost what "fell after the army fled"."""
        party = self._grammar.next_party(sentence, at, _CAUSE)
        if party is None or max(sentence.places, default=-1) > at:
            return None, None  # "after the Taliban were defeated in Takhar": what happened elsewhere says nothing
        symbols = sentence.marked.symbols
        verb = self._grammar.after_aux(sentence, party.last)
        if verb >= sentence.last or symbols[verb] in self._grammar.that:
            return None, None
        if symbols[verb] in self._leaving or self._grammar.passive(sentence, verb, verb + 1):
            return None, party
        if self._grammar.goal(sentence, verb, sentence.last) is not None:
            return None, None  # "fell after the army entered, to the Taliban"
        return (party, None) if symbols[verb] in self._assault else (None, None)

    def _when(self, sentence: Sentence, at: int) -> bool:
        """Whether "in" only says when: "fell in 2015", "fell in the early hours of Sunday"."""
        symbols = sentence.marked.symbols
        near = [s for s in symbols[at + 1 : min(sentence.last, at + 4)] if s not in self._grammar.determiner]
        return symbols[at] in self._in and bool(near) and (self._year(sentence, at + 1) or near[0] in self._time)

    def _year(self, sentence: Sentence, at: int) -> bool:
        word = sentence.marked.doc.words[at] if at < sentence.last else ""
        return len(word) == 4 and word.isdecimal() and sentence.marked.symbols[at] == NUMBER

    def _nobodys(self, sentence: Sentence, ground: Ground) -> bool:
        """Whether nobody can have taken what fell: "the bridge collapsed", or no word of war far and wide."""
        symbols = sentence.marked.symbols
        breaks = any(symbols[n] in self._structure and symbols[n] != INSIDE for n in ground.heads)
        return breaks or self._arrivals.calm(sentence, known=bool(ground.places))
