"""A change of control in its English sentence in, what says that it is not (yet, any more) so out.

It must not know the verbs of control: it reads what stands around them. Claims that are called false ("reports that X
fell are untrue"), subjects of none ("no district fell"), what is prevented or narrowly missed, and questions; falls
still to come or only looked back on are read by `prospects.py`. The words are data (`cues.en.toml`, "d_").
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sitmon.classify.grammar import HARD_STOPS, Grammar, Party, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN
from sitmon.classify.manner import Manner
from sitmon.classify.prospects import Prospects

_CLAIM: Final = 24
"""Tokens back to the word for a claim, and on to the one that calls it false."""
_SUBJECT: Final = 9
"""Tokens of a subject that says that there is none."""
_FOIL: Final = 9
_NEAR: Final = 5
_ANSWER: Final = 9
_HEAD: Final = 5
"""Tokens from "any" on to the verb of the clause that says which."""
_UNREAL: Final = 14
"""Tokens between what is only supposed and the "would have" that says so."""


class Refusals:
    """Reads what takes a change of control back."""

    def __init__(self, grammar: Grammar) -> None:
        of = grammar.of
        self._grammar = grammar
        self._deny = of("deny")
        self._neg = of("neg")
        self._hedge = of("hedge")
        self._to_come = of("plan", "if")
        self._asks = of("d_asks")
        self._report = of("d_report")
        self._from = of("by", "away", "of")
        self._call = of("d_call")
        self._none = of("d_none")
        self._powerless = of("d_powerless")
        self._foil = of("d_foil")
        self._vain = of("d_vain")
        self._almost = of("d_almost")
        self._close = of("d_close")
        self._unit = of("d_unit")
        self._fake = of("d_fake")
        self._instead = of("d_instead")
        self._why = of("d_why")
        self._had = grammar.little("had")
        self._to = grammar.little("to")
        self._as = grammar.little("as")
        self._predicative = grammar.little("predicative")
        self._called_as = grammar.little("called_as")
        self._so_far = grammar.little("so_far")
        self._fewer = grammar.little("fewer")
        self._still_to_do = grammar.little("still_to_do")
        self._kept_from = grammar.little("kept_from")
        self._out_of = grammar.little("out_of")
        self._within = grammar.little("within")
        self._did = grammar.little("did")
        self._no = grammar.little("no_answer")
        self._gerund = grammar.endings("gerund")
        self._adjectival = grammar.endings("adjectival")
        self._before = of("d_before")
        self._never = of("d_never")
        self._prospects = Prospects(grammar)
        self._up_to_name = grammar.determiner | of("of", "city_word", "district_word", "capital_word")
        self._noun = of("t_falling", "t_taking", "t_retaking")
        self._of = of("of")
        self._joined = grammar.joint | grammar.link
        self._inner = grammar.determiner | grammar.of("in_prep", "of", "adverb") | {PLAIN, NUMBER, INSIDE}
        self._whoever = grammar.little("whoever")
        self._any_one = grammar.little("any_one")
        self._a = grammar.little("a")
        self._third = grammar.endings("third_person")
        self._who = of("relative") | grammar.that
        self._but_for = of("d_but_for")
        self._supposed = of("if")
        self._fully = grammar.adverb | grammar.of("t_whole") | {INSIDE}  # "almost completely captured"
        self._any = (
            self._deny | self._none | self._foil | self._vain | self._almost | self._close | self._unit | self._fake
        )

    def read(self, sentence: Sentence, first: int, last: int, published: datetime | None) -> Manner | None:
        """Return how the change at tokens `first` to `last` is taken back; None where nothing takes it back."""
        present = sentence.present
        noun = sentence.marked.symbols[first] in self._noun and self._of_follows(sentence, last)
        found: Manner | None = None
        if not self._any.isdisjoint(present):
            found = (
                self._rejected(sentence, first, last, noun=noun)
                or self._none_of(sentence, first, last)
                or self._foiled(sentence, first, noun=noun)
                or self._missed(sentence, first)
            )
        if found is None and noun:
            found = self._prospects.noun(sentence, first, last, published)
        found = found or self._opened(sentence, first) or self._prospects.known(sentence, first)
        return found or self._whichever(sentence, first) or self._asked(sentence, first, last)

    def unreal(self, sentence: Sentence, first: int) -> Manner | None:
        """Return how what a token tells is only supposed: "had help not come, X would", "but for the raids X would"."""
        if self._supposed.isdisjoint(sentence.present):
            return None
        symbols, words, have = sentence.marked.symbols, sentence.marked.doc.words, self._grammar.have
        near = range(max(sentence.first, first - _UNREAL), min(sentence.last - 1, first + _UNREAL))
        would = [n for n in near if symbols[n] in self._supposed and symbols[n + 1] in have]
        if not would:
            return None
        for at in range(first - 1, max(sentence.first, first - _NEAR) - 1, -1):
            if symbols[at] in HARD_STOPS or symbols[at] == ",":
                return None
            turned = words[at] in self._had and words[at + 1] not in self._grammar.aux
            opens = at == sentence.first or any(n < at for n in would)
            if (turned and opens) or (symbols[at] in self._but_for and any(n > first for n in would)):
                return Manner("hypothetical", at)
        return None

    def _whichever(self, sentence: Sentence, first: int) -> Manner | None:
        """Read a subject that is nobody yet: "any army that takes X", "whoever takes X", "a group that takes X"."""
        symbols, words = sentence.marked.symbols, sentence.marked.doc.words
        which = False
        begin = self._grammar.begin(sentence, first)
        for at in range(begin - 1, max(sentence.first, begin - 1 - _HEAD) - 1, -1):
            symbol = symbols[at]
            if words[at] in self._whoever or (which and words[at] in self._any_one):
                return Manner("hypothetical", at)
            if which and at == sentence.first and words[at] in self._a and words[first].endswith(self._third):
                return Manner("hypothetical", at)
            if symbol in self._who and not which:
                which = True
            elif symbol in HARD_STOPS or symbol == "," or symbol in self._grammar.breaks | self._grammar.be:
                return None
        return None

    def apart(self, sentence: Sentence, neg: int) -> bool:
        """Whether a "not" only sets another party apart: "the Taliban, not the militia, took"."""
        return self._grammar.set_apart(sentence, neg + 1)

    def _of_follows(self, sentence: Sentence, last: int) -> bool:
        return last < sentence.last and sentence.marked.symbols[last] in self._of

    # --- claims called false

    def _rejected(self, sentence: Sentence, first: int, last: int, *, noun: bool) -> Manner | None:
        """Read "claims that X fell are false": the claim's own party makes it a claim that is told with its denial."""
        if (self._deny | self._fake).isdisjoint(sentence.present):
            return None
        claim = self._claim_before(sentence, first)
        if claim < 0 and not noun:
            return None
        denial = self._called_false(sentence, last, called=claim >= 0 and self._called(sentence, claim))
        if denial < 0:
            return None
        made_up = sentence.marked.symbols[denial] in self._fake  # then nobody claims it
        owner = self._owner(sentence, claim, first) if claim >= 0 and not made_up else None
        if owner is not None and owner.side in ("insurgent", "government"):
            return Manner("actual", denial, claimant=owner.side)
        return Manner("negated", denial, denied=True)

    def _claim_before(self, sentence: Sentence, first: int) -> int:
        symbols = sentence.marked.symbols
        for at in range(first - 1, max(sentence.first, first - _CLAIM) - 1, -1):
            if symbols[at] in self._report:
                return at
            if symbols[at] in HARD_STOPS and symbols[at] not in '-"':
                break
        return -1

    def _called(self, sentence: Sentence, claim: int) -> bool:
        """Whether somebody calls the claim something: "the ministry called reports that X fell false"."""
        symbols = sentence.marked.symbols
        return any(s in self._call for s in symbols[max(sentence.first, claim - 4) : claim])

    def _called_false(self, sentence: Sentence, last: int, *, called: bool) -> int:
        """Return the token after a claim that calls it false, as its predicate; -1 for none."""
        symbols = sentence.marked.symbols
        words = sentence.marked.doc.words
        be = self._grammar.be
        for at in range(last, min(sentence.last, last + _CLAIM)):
            symbol = symbols[at]
            if (symbol in HARD_STOPS and symbol not in '-"') or (symbol in self._joined and words[at] not in self._as):
                return -1
            if symbol not in self._deny and symbol not in self._fake:
                continue
            before = symbols[max(last, at - 3) : at]
            if any(s in self._neg for s in before):
                return -1  # "claims that X fell were not denied"
            after = symbols[at + 1 : at + 3]
            predicate = any(s in be for s in before) or words[at] in self._predicative
            if called or predicate or any(s in self._grammar.by for s in after) or words[at - 1] in self._called_as:
                return at
        return -1

    def _owner(self, sentence: Sentence, claim: int, first: int) -> Party | None:
        """Return whose claim it is: "the Taliban's claim", "claims by the army"."""
        symbols = sentence.marked.symbols
        for at in range(claim - 1, max(sentence.first, claim - 3) - 1, -1):
            if symbols[at] in HARD_STOPS or symbols[at] in self._deny:
                return None
            party = self._grammar.party_at(sentence, at)
            if party is not None:
                return party
        for at in range(claim + 1, min(first, claim + 3)):
            if symbols[at] in self._from:
                return self._grammar.next_party(sentence, at + 1, 3) if at + 3 < first else None
        return None

    # --- none, prevented, missed

    def _none_of(self, sentence: Sentence, first: int, last: int) -> Manner | None:
        """Read a subject or an object that is none: "no district fell", "they took none of the villages"."""
        if self._none.isdisjoint(sentence.present):
            return None
        symbols = sentence.marked.symbols
        words = sentence.marked.doc.words
        if last < sentence.last and symbols[last] in self._none and not self._counts(sentence, last):
            return Manner("negated", last)
        begin = self._grammar.begin(sentence, first)
        for at in range(begin - 1, max(sentence.first, begin - _SUBJECT) - 1, -1):
            symbol = symbols[at]
            if symbol in self._none:
                opens = self._opens(sentence, at) and not self._counts(sentence, at)
                return Manner("negated", at) if opens else None
            named = at in sentence.places or symbol in self._inner or symbol not in self._grammar.breaks | self._joined
            if symbol in HARD_STOPS or symbol == "," or not named or symbol in self._grammar.aux:
                return None
            if symbol == PLAIN and words[at].endswith(self._adjectival):
                return None  # another verb stands between: "no one defended the town"
        return None

    def _counts(self, sentence: Sentence, at: int) -> bool:
        """Whether a "no" belongs to a number or a time: "no fewer than five districts"."""
        return not self._fewer.isdisjoint(sentence.marked.doc.words[at + 1 : at + 2])

    def _opens(self, sentence: Sentence, at: int) -> bool:
        """Whether a word opens its clause, but for "so far" and the like."""
        symbols = sentence.marked.symbols
        words = sentence.marked.doc.words
        while at > sentence.first and (words[at - 1] in self._so_far or symbols[at - 1] in self._grammar.adverb):
            at -= 1
        before = symbols[at - 1] if at > sentence.first else "."
        boundary = self._grammar.breaks | self._joined | self._grammar.that
        return before in HARD_STOPS or before == "," or before in boundary

    def _foiled(self, sentence: Sentence, first: int, *, noun: bool) -> Manner | None:
        """Read what was prevented: "stopped them from taking", "thwarts capture of"; a vain one is no prevention."""
        symbols = sentence.marked.symbols
        words = sentence.marked.doc.words
        if self._foil.isdisjoint(sentence.present):
            return None
        gerund = words[first].endswith(self._gerund)
        to = words[first - 1] in self._to
        if not noun and not gerund and not to:
            return None
        for at in range(first - 1, max(sentence.first, first - _FOIL) - 1, -1):
            symbol = symbols[at]
            if (symbol in HARD_STOPS and symbol != "-") or symbol == "," or symbol in self._grammar.link:
                return None
            if symbol not in self._foil:
                continue
            if to and not noun and self._to_come.isdisjoint(symbols[at:first]):
                return None  # "stopped to take a village"
            if (
                gerund
                and not noun
                and words[first - 1] not in self._kept_from
                and self._grammar.party.isdisjoint(symbols[at:first])
            ):
                return None  # "they kept taking villages"
            before = range(max(sentence.first, at - 4), at)
            if any(symbols[n] in self._neg | self._vain | self._powerless for n in before):
                return Manner("actual", -1)
            if any(symbols[n] in self._to_come or words[n] in self._still_to_do for n in before):
                return Manner("hypothetical", at)
            return Manner("negated", at)
        return None

    def _missed(self, sentence: Sentence, first: int) -> Manner | None:
        """Read what was tried in vain or narrowly missed: "failed to take", "almost captured", "a mile from taking"."""
        symbols = sentence.marked.symbols
        words = sentence.marked.doc.words
        if first == sentence.first:
            return None
        near = first - 1
        while near > sentence.first and symbols[near] not in self._almost and symbols[near] in self._fully:
            near -= 1
        if symbols[near] in self._almost:
            return Manner("negated", near)
        low = max(sentence.first, first - _NEAR - 2)
        for at in range(first - 1, low - 1, -1):
            symbol = symbols[at]
            if (symbol in HARD_STOPS and symbol != "-") or symbol == "," or symbol in self._grammar.link:
                return None
            head = at
            while head > sentence.first and symbols[head] == INSIDE:
                head -= 1
            to = words[first - 1] in self._to or words[first].endswith(self._gerund) or symbols[first] in self._noun
            if to and symbols[head] in self._vain and at >= first - _NEAR - 2:
                return Manner("negated", head)
            if words[first - 1] in self._to and head < first - 1 and at == first - 1 and symbols[head] in self._neg:
                return Manner("negated", head)  # "failed to take"
            if words[first].endswith(self._gerund) and (
                symbols[head] in self._close or self._short_of(sentence, head, first)
            ):
                return Manner("negated", head)
        return None

    def _short_of(self, sentence: Sentence, at: int, first: int) -> bool:
        """Whether a measure sets a doing apart: "within a mile of taking", "hours away from taking"."""
        words = sentence.marked.doc.words
        if sentence.marked.symbols[at] not in self._unit:
            return False
        within = not self._within.isdisjoint(words[max(0, at - 4) : at])
        return words[first - 1] in self._out_of and (within or words[first - 1] in self._kept_from)

    def _opened(self, sentence: Sentence, first: int) -> Manner | None:
        """Read how the clause opens: "fake news: X falls", "had they taken X", "instead of taking X", "why X fell"."""
        symbols, words, opening = sentence.marked.symbols, sentence.marked.doc.words, sentence.first
        before = first - 1
        while before > opening and symbols[before] == INSIDE:
            before -= 1
        if before >= opening and symbols[before] in self._instead:
            return Manner("negated", before)
        clause = next(
            (n + 1 for n in range(first - 1, opening - 1, -1) if symbols[n] in HARD_STOPS or symbols[n] == ","), opening
        )
        if clause > opening and symbols[opening] in self._fake and words[clause - 1] == ":":
            return Manner("negated", opening, denied=True)
        if clause + 1 < first and symbols[clause] in self._never:  # "at no time was X in their hands"
            verb = self._grammar.phrase_end(sentence, clause)
            if symbols[verb] in self._grammar.be | self._grammar.have or words[verb] in self._did:
                return Manner("negated", clause)
        early = clause == opening and symbols[opening] in self._before and not words[first].endswith(self._gerund)
        if early and "," in symbols[first : sentence.last] and self._opens_clause(sentence, opening, first):
            return Manner("historical", opening)  # "before the rebels took X, its market was full"
        if clause + 1 < first and words[clause] in self._had and words[clause + 1] not in self._grammar.aux:
            party = self._grammar.subject(sentence, first)
            at = party.first if party is not None else min((n for n in sentence.places if n > clause), default=first)
            if at < first and all(symbols[n] in self._grammar.determiner for n in range(clause + 1, at)):
                return Manner("hypothetical", clause)
        if clause == opening and symbols[opening] in self._why and self._grammar.say.isdisjoint(symbols[opening:first]):
            return Manner("historical", opening)
        return None

    def _opens_clause(self, sentence: Sentence, at: int, first: int) -> bool:
        """Whether "before" opens the clause of a verb, and not a phrase of time: "before sunrise the rebels took"."""
        party = self._grammar.subject(sentence, first)
        subject = party.first if party is not None else min((n for n in sentence.places if n > at), default=first)
        symbols = sentence.marked.symbols
        return subject <= first and self._up_to_name.issuperset(symbols[at + 1 : subject])

    # --- questions

    def _asked(self, sentence: Sentence, first: int, last: int) -> Manner | None:
        """Read a question whether it is so, with the answer that the next sentence opens with."""
        marked = sentence.marked
        end = sentence.last - 1
        if end < last or marked.doc.words[end] != "?" or end - sentence.first > _CLAIM:
            return None
        symbols = marked.symbols
        opening = symbols[sentence.first : first]
        if any(s in self._asks or s in self._grammar.link or s in self._grammar.that for s in opening):
            return None  # what is asked is something else, and this is taken as known
        if any(s in HARD_STOPS or s == "," for s in symbols[last:end]):
            return None
        for at in range(end + 1, min(len(symbols), end + 1 + _ANSWER)):
            if symbols[at] in self._deny or (at <= end + 2 and marked.doc.words[at] in self._no):
                return Manner("negated", at, denied=True)
            if symbols[at] in self._hedge:
                return Manner("hedged", at)
            if symbols[at] == ".":
                break
        return Manner("hypothetical", end)
