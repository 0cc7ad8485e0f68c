"""Words that a place is somebody's no longer, or that it is ours or theirs, in; the change of control they tell of out.

"The army no longer holds X", "X is no longer the government's", "X is ours again", "the town was theirs". It must not
read words that name who has it (`holdings.py`); who is meant by "ours" is whoever speaks, by "theirs" whoever was
spoken of last.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.change import Change, Changes, Ground, Turn
from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE
from sitmon.classify.objects import Territories

_NEAR: Final = 4
"""How many tokens on from a verb whoever has it no longer, and the word for having, stand at most."""
_SPEAKER: Final = 12
"""How many tokens from "ours" whoever says it stands."""
_SPOKEN: Final = 40
"""How many tokens before "theirs" those stand who are meant, and how many behind it."""
_AHEAD: Final = 10
_APOSTROPHES: Final = ("'", "’")


class Lapses:
    """Reads who has lost a place, and whose it is, where no word of taking or losing says it."""

    def __init__(self, grammar: Grammar, territories: Territories, changes: Changes) -> None:
        self._grammar = grammar
        self._territories = territories
        self._changes = changes
        of = grammar.of
        self._no_longer = of("t_no_longer")
        self._hold = of("t_hold", "t_controls")
        self._state = of("t_state")
        self._first_person = of("first_person")
        self._belong = of("t_belong")
        self._ours = of("t_ours")
        self._theirs = of("t_theirs")
        self._under = of("t_under")
        self._control = of("t_control")
        self._official = of("official", "person_rank")
        self._to = grammar.little("to")
        self._whose_own = grammar.little("their") | grammar.little("its")
        self._insurgent = of("insurgent", "nonstate")
        self._still = grammar.little("still")
        self._any = grammar.determiner | grammar.adverb | of("of", "t_most", "t_part", "t_whole", "d_none") | {INSIDE}
        self._any_word = grammar.little("any")
        self._it = grammar.little("it")
        self.cues = self._no_longer | self._ours | self._theirs

    def read(self, sentence: Sentence, at: int, last: int) -> Change | None:
        """Return what a "no longer", an "ours" or a "theirs" at a token says."""
        symbols = sentence.marked.symbols
        if symbols[at] in self._no_longer:
            return self._lapsed(sentence, at, self._grammar.after_aux(sentence, last))
        begin = self._grammar.begin(sentence, at)
        if begin == at or self._grammar.be.isdisjoint(symbols[begin:at]) or not self._ends(sentence, last):
            return None
        owner = self._owner(sentence, at, last)
        ground = self._territories.left(sentence, begin, strict=True) if owner is not None else None
        if not ground or not self._territories.complements.stands_alone(sentence, min(ground.places + ground.heads)):
            return None  # "the fate of X is in their hands"
        if not ground.places and sentence.places:  # "the town": the one spoken of, not where somebody says so
            named = self._territories.place_before(sentence, begin)
            if not named:
                return None
            ground = Ground(named.places, ground.heads, ground.begin, ground.end)
        turn: Turn = "fall" if self._told(sentence, at) else "state"
        return self._changes.make(turn, sentence, (at, last), owner, None, ground)

    def _told(self, sentence: Sentence, at: int) -> bool:
        """Whether whoever tells what happened says whose a place was then: "they were in, and the town was theirs".

        Where somebody speaks, it may as well have been so all along: "X is in our hands, the army said".
        """
        if sentence.marked.symbols[at] not in self._theirs or not self._grammar.say.isdisjoint(sentence.present):
            return False
        return self._still.isdisjoint(sentence.marked.doc.words[self._grammar.begin(sentence, at) : at])

    def _ends(self, sentence: Sentence, last: int) -> bool:
        """Whether nothing but "again" stands between a word of owning and the end of its clause."""
        symbols = sentence.marked.symbols
        while last < sentence.last and symbols[last] in self._grammar.adverb:
            last += 1
        return self._territories.complements.ends_clause(sentence, last)

    def _lapsed(self, sentence: Sentence, at: int, verb: int) -> Change | None:
        """Return what is said of whoever has a place "no longer": `verb` is the first token after it."""
        if verb >= sentence.last:
            return None
        symbols = sentence.marked.symbols
        last = self._grammar.phrase_end(sentence, verb)
        loser: Party | None = None
        if symbols[verb] in self._hold:
            loser, ground = self._grammar.subject(sentence, at), self._held(sentence, at, last)
        else:
            loser, last = self._whose(sentence, verb, last)
            if loser is None and symbols[verb] in self._state:
                loser, ground = self._grammar.subject(sentence, at), self._held(sentence, at, last)
            else:
                begin = self._grammar.begin(sentence, at)
                ground = self._territories.left(sentence, begin, strict=False)
                ground = ground or self._territories.name_before(sentence, begin)
        begin = self._grammar.begin(sentence, at)
        ours = loser is None and begin > sentence.first and symbols[begin - 1] in self._first_person
        if not ground or (not ours and (loser is None or loser.side is None)):
            return None
        return self._changes.make("lose", sentence, (at, last), None, loser, ground)

    def _held(self, sentence: Sentence, at: int, last: int) -> Ground:
        """Return what is held no longer: what stands behind the verb, else what "any of it" means."""
        ground = self._territories.right(sentence, last)
        if ground:
            return ground
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        end = last
        while end < sentence.last and (symbols[end] in self._any or words[end] in self._any_word):
            end += 1
        end += end < sentence.last and words[end] in self._it
        if not self._territories.complements.ends_clause(sentence, end):
            return Ground((), (), at, last)  # "no longer holds the view that", "parades"
        return Ground(self._territories.place_before(sentence, at).places, (), at, last)

    def _whose(self, sentence: Sentence, verb: int, last: int) -> tuple[Party | None, int]:
        """Return in whose hands a place is no longer, and where the words for it end."""
        grammar, symbols = self._grammar, sentence.marked.symbols
        if symbols[verb] in self._ours | self._theirs:
            return self._owner(sentence, verb, last), last
        if symbols[verb] in self._state | self._belong:
            party = grammar.next_party(sentence, last, _NEAR)
            return party, party.last if party is not None else last
        for n in range(verb, min(sentence.last, verb + _NEAR)):
            party = grammar.party_at(sentence, n)
            if party is not None:
                behind = symbols[party.last : party.last + _NEAR]
                hands = symbols[verb] in self._under and any(s in self._control for s in behind)
                doc = sentence.marked.doc
                marked = doc.body[doc.ends[party.last - 1] :][:1] in _APOSTROPHES
                end = party.last + (behind[:1] == "'")
                owned = marked and self._territories.complements.ends_clause(sentence, end)
                return (party, party.last) if hands or owned else (None, last)
        return None, last

    def _owner(self, sentence: Sentence, at: int, last: int) -> Party | None:
        """Return who is meant by "ours" (whoever says so) or "theirs" (whoever was spoken of last)."""
        if sentence.marked.symbols[at] in self._ours:
            return self._speaker(sentence, at, last)
        symbols = sentence.marked.symbols
        begin = self._grammar.begin(sentence, at)
        if (
            begin > sentence.first and sentence.marked.doc.words[begin - 1] in self._to
        ):  # "declared the town to be theirs"
            return next((p for n in range(sentence.first, at) if (p := self._grammar.party_at(sentence, n))), None)
        if (spoken := self._spoken_of(sentence, at)) is not None:
            return spoken
        near = range(last, min(len(symbols), last + _AHEAD))
        return next((self._seen(sentence, n) for n in near if symbols[n] in self._grammar.party), None)

    def _seen(self, sentence: Sentence, at: int) -> Party | None:
        """Return the party at a token, which may stand in another sentence."""
        if sentence.first <= at < sentence.last:
            return self._grammar.party_at(sentence, at)
        insurgent = sentence.marked.symbols[at] in self._insurgent
        return Party("insurgent" if insurgent else "government", None, at, at + 1)

    def _speaker(self, sentence: Sentence, at: int, last: int) -> Party | None:
        """Return whose side speaks: the party, or the official, beside a verb of saying."""
        symbols = sentence.marked.symbols
        if self._grammar.say.isdisjoint(sentence.present):
            return None
        near = (
            *range(last, min(sentence.last, last + _SPEAKER)),
            *range(at - 1, max(sentence.first, at - _SPEAKER), -1),
        )
        for n in near:
            if symbols[n] in HARD_STOPS and symbols[n] != '"':
                continue
            if symbols[n] in self._grammar.party:
                return self._grammar.party_at(sentence, n)
            if symbols[n] in self._official:
                if n > sentence.first and sentence.marked.doc.words[n - 1] in self._whose_own:
                    return self._spoken_of(sentence, min(at, n))  # "said their spokesman"
                return Party("government", None, n, n + 1)
        return None

    def _spoken_of(self, sentence: Sentence, at: int) -> Party | None:
        """Return the party spoken of last before a token."""
        symbols = sentence.marked.symbols
        back = range(at - 1, max(0, at - _SPOKEN) - 1, -1)
        return next((self._seen(sentence, n) for n in back if symbols[n] in self._grammar.party), None)
