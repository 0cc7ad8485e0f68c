"""A marked sentence in; parties, objects and clause boundaries out.

A shallow grammar over the symbols of `lexicon.py`: enough to say who does something to whom in news English. It must
not know what any verb means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN, Lexicon
from sitmon.classify.parties import HARD_STOPS, Parties, Party, Sentence
from sitmon.model.terms import Side

__all__ = ["HARD_STOPS", "Grammar", "Party", "Sentence"]

_REACH: Final = 40
"""How many tokens to either side a clause is searched: news sentences are shorter, and hostile ones stay linear."""
_BESIDE: Final = 8
"""How many tokens after a verb's end "from" or "to" whom stands at most."""
_CLAUSE: Final = 18
"""How many tokens a clause between commas has at most."""
_HEAD: Final = 6
"""How many tokens the name of a party has at most."""
_ADJECTIVES: Final = 2
"""How many words of their own stand before a party that is acted on: "overran the main rebel base"."""


class Grammar(Parties):
    """The classes that clauses are made of, as sets of symbols."""

    def __init__(
        self, lexicon: Lexicon, sides: dict[str, Side], little: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        """`little`: the single words and endings that rules ask for by themselves (`[little]` of the cue files)."""
        super().__init__(lexicon, sides, little)
        of = self.of
        self.be = of("be")
        self.by = of("by")
        self.adverb = of("adverb")
        self._no = self.little("no")
        self.have = of("have")
        self.say = of("say")
        self.link = of("link")
        self.that = of("that")
        self.neg = of("neg")
        self.pronoun = of("pronoun")
        self.preposition = of("preposition")
        self.determiner = of("determiner")
        self.time = of("time_word")
        self._ordinal = of("ordinal")
        self.breaks = self.say | self.link
        self._before_noun = self.determiner | self._ordinal | of("nationality") | {INSIDE, NUMBER}
        self.relative = of("relative")
        self._not_in_noun = (
            HARD_STOPS | self.preposition | self.breaks | self.that | self.joint | self.be | self.have | self.pronoun
            | {","}
        )  # fmt: skip
        self._upon = self.action | of("t_take", "t_retake", "repel", "battle", "siege")
        self._adjectival = self.endings("adjectival")
        self._to_word = self.little("to")
        self._active = (*self.endings("gerund"), *self.endings("third_person"))
        self._gerund = self.endings("gerund")
        self._not_third = self.endings("not_third_person")
        self._away = of("away")
        self._towards = of("towards")
        self.refused = of("deny", "d_foil")
        self.aux = self.be | self.have | self.adverb | self.neg | of("modal")

    def describes(self, sentence: Sentence, at: int) -> bool:
        """Whether a participle only describes: "in the liberated areas"."""
        symbols = sentence.marked.symbols
        if at == sentence.first or not sentence.marked.doc.words[at].endswith(self._adjectival):
            return False
        before = symbols[at - 1]
        return before in self.determiner or (before in self.preposition and before not in self.by)

    def begin(self, sentence: Sentence, token: int) -> int:
        """Return where the verb group that a token ends begins: "have reportedly been" captured."""
        symbols = sentence.marked.symbols
        at = token
        while at > sentence.first and (symbols[at - 1] in self.aux or symbols[at - 1] == INSIDE):
            at -= 1
        return at

    def after_aux(self, sentence: Sentence, token: int) -> int:
        """Return the first token from one on that is no auxiliary: "captured" in "had already captured"."""
        symbols = sentence.marked.symbols
        while token < sentence.last and (symbols[token] in self.aux or symbols[token] == INSIDE):
            token += 1
        return token

    def phrase_end(self, sentence: Sentence, token: int) -> int:
        """Return the token after the phrase that begins at one."""
        last = token + 1
        while last < sentence.last and sentence.marked.symbols[last] == INSIDE:
            last += 1
        return last

    def relative_before(self, sentence: Sentence, token: int, reach: int, stops: frozenset[int] = frozenset()) -> int:
        """Return the "who" or "which" that opens the clause in which a token stands; -1 for none.

        It is sought `reach` tokens back, and no further than a comma, a hard stop or one of `stops`.
        """
        low = max(sentence.first, token - reach)
        symbols = sentence.marked.symbols
        if self.relative.isdisjoint(symbols[low:token]):
            return -1
        for at in range(token - 1, low - 1, -1):
            if symbols[at] == "," or symbols[at] in HARD_STOPS or at in stops:
                return -1
            if symbols[at] in self.relative:
                return at
        return -1

    def passive(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether the verb at a token stands in the passive: a form of "be" before it, or "by" after it."""
        symbols = sentence.marked.symbols
        word = sentence.marked.doc.words[first]
        if word.endswith(self._active) and not word.endswith(self._not_third):
            return False
        if first > sentence.first and sentence.marked.doc.words[first - 1] in self._to_word:
            return False  # "were unable to capture"
        at = first - 1
        for _ in range(6):
            if at < sentence.first:
                break
            symbol = symbols[at]
            if symbol in self.be:
                return True
            if symbol not in self.adverb and symbol not in self.neg and symbol != INSIDE:
                break
            at -= 1
        return last < sentence.last and symbols[last] in self.by

    def subject(self, sentence: Sentence, verb: int) -> Party | None:
        """Return the party that does what the verb at a token says (active voice)."""
        symbols = sentence.marked.symbols
        begin = self.begin(sentence, verb)
        if begin > sentence.first and symbols[begin - 1] in self.relative:
            head = self._described(sentence, begin - 1)
            if head is not None:
                return head
        floor = max(sentence.first, begin - _REACH)
        shared = begin > floor and (symbols[begin - 1] in self.joint or symbols[begin - 1] == ",")
        shared = shared or sentence.marked.doc.words[verb].endswith(self._gerund)
        found: Party | None = None
        content = False
        at = self._before_relative(sentence, begin)
        while at >= floor:
            symbol = symbols[at]
            if symbol in HARD_STOPS:
                if symbol != "-" or found is not None:
                    break
            elif symbol in self.party and symbol not in self.say:
                party = self.party_at(sentence, at)
                aside = shared and party is not None and self._in_relative(sentence, party.first)
                lacked = party is not None and self._lacked(sentence, party.first)
                owns = shared and party is not None and symbols[party.last : party.last + 1] == "'"
                aside = aside or owns  # "broke the rebels' hold on X and raised"
                if party is not None and not aside and not lacked and not self._governed(sentence, party.first):
                    found = party
                    at = party.first
                    if not self._chained(sentence, party.first) and not (
                        shared and self._acted_on(sentence, party.first)
                    ):
                        return found
                content = True
            elif (content and not shared and symbol in self.breaks) or (found is not None and symbol in self.link):
                break
            elif symbol in (PLAIN, NUMBER):
                content = True
            at -= 1
        return found

    def _before_relative(self, sentence: Sentence, begin: int) -> int:
        """Return the token from which a subject is sought: before a clause like ", who have fought for years,"."""
        symbols = sentence.marked.symbols
        if begin - 1 > sentence.first and symbols[begin - 1] == ",":
            for at in range(begin - 2, max(sentence.first, begin - _CLAUSE), -1):
                if symbols[at] == "," or symbols[at] in HARD_STOPS:
                    return at - 1 if symbols[at] == "," and symbols[at + 1] in self.relative else begin - 1
        return begin - 1

    def _described(self, sentence: Sentence, relative: int) -> Party | None:
        """Return the party that stands right before the word for it: "beaten by the army, which took"."""
        symbols = sentence.marked.symbols
        end = relative - (symbols[relative - 1] == ",")
        for at in range(end - 1, max(sentence.first, end - _HEAD) - 1, -1):
            if symbols[at] in self.party:
                return self.party_at(sentence, at)
            if symbols[at] != INSIDE:
                break
        return None

    def _lacked(self, sentence: Sentence, first: int) -> bool:
        """Whether a party is what somebody has none of: "the rebels, who have no air force, seized"."""
        before = first - 2
        if before < sentence.first or sentence.marked.symbols[before] not in self.have:
            return False
        return sentence.marked.doc.words[first - 1] in self._no

    def agent(self, sentence: Sentence, last: int) -> Party | None:
        """Return the party after "by", within a few tokens of a passive verb's end."""
        symbols = sentence.marked.symbols
        for at in range(last, min(sentence.last, last + 14)):
            if symbols[at] in self.by:
                return self.next_party(sentence, at + 1, 6)
            if symbols[at] in HARD_STOPS or symbols[at] in self.say:
                return None
        return None

    def source(self, sentence: Sentence, start: int) -> Party | None:
        """Return the party after "from", near a token."""
        symbols = sentence.marked.symbols
        for at in range(max(sentence.first, start - 2), min(sentence.last, start + _BESIDE)):
            if symbols[at] in self._away:
                return self.next_party(sentence, at + 1, 5)
        return None

    def goal(self, sentence: Sentence, start: int, end: int) -> Party | None:
        """Return the party after "to", from `start` to shortly after `end`."""
        symbols = sentence.marked.symbols
        for at in range(start, min(sentence.last, end + _BESIDE)):
            if symbols[at] in self._towards:
                party = self.next_party(sentence, at + 1, 5)
                if party is not None:
                    return party
        return None

    def foiled(self, sentence: Sentence, noun: int) -> bool:
        """Whether what a noun tells is thwarted or denied right before it ("the army thwarts the capture of")."""
        return not self.refused.isdisjoint(sentence.marked.symbols[max(sentence.first, noun - 5) : noun])

    def set_apart(self, sentence: Sentence, first: int) -> bool:
        """Whether a party is named only as the one it was not: "the Taliban, not the militia, took"."""
        symbols = sentence.marked.symbols
        at = first - 1
        while at > sentence.first and symbols[at] in self.determiner:
            at -= 1
        if at <= sentence.first or symbols[at] not in self.neg or symbols[at - 1] != ",":
            return False
        return any(symbols[n] == "," for n in range(first, min(sentence.last, first + 6)))

    def _governed(self, sentence: Sentence, first: int) -> bool:
        """Whether a party stands after a preposition, so that it is no subject ("against the army")."""
        if self.set_apart(sentence, first):
            return True
        symbols = sentence.marked.symbols
        at = first - 1
        for _ in range(5):
            if at < sentence.first:
                return False
            symbol = symbols[at]
            if symbol in self.preposition or symbol in self.by:
                return True
            if (
                symbol in HARD_STOPS
                or symbol in self.link
                or symbol == ","
                or symbol in self.time
                or symbol in self.be
                or symbol in self.say
                or symbol in self.joint
            ):
                return False
            at -= 1
        return False

    def _in_relative(self, sentence: Sentence, first: int) -> bool:
        """Whether a party is the subject of a relative clause: "a platform which the rebels had held, taking"."""
        at = first - 1
        while at > sentence.first and sentence.marked.symbols[at] in self.determiner:
            at -= 1
        return at > sentence.first and sentence.marked.symbols[at] in self.that

    def _acted_on(self, sentence: Sentence, first: int) -> bool:
        """Whether a party is the object of the verb before it ("attacked the police and seized")."""
        symbols = sentence.marked.symbols
        at = first - 1
        adjectives = 0
        while at >= sentence.first and symbols[at] not in self._upon:
            adjectives += symbols[at] not in self._before_noun
            if adjectives > _ADJECTIVES or symbols[at] in self._not_in_noun:
                return False
            at -= 1
        return at >= sentence.first

    def _chained(self, sentence: Sentence, first: int) -> bool:
        """Whether "and" or a comma joins a party to another one before it ("the army and allied fighters")."""
        symbols = sentence.marked.symbols
        at = first - 1
        for _ in range(3):
            if at <= sentence.first:
                return False
            if symbols[at] in self.joint:
                return any(symbols[n] in self.party for n in range(max(sentence.first, at - 2), at))
            at -= 1
        return False
