"""A cue in its sentence in, how the thing is said out: actual, hedged, planned, hypothetical, historical or negated.

It must not know what happened: it reads only the words around the verb.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sitmon.classify.final_parties import verb_last
from sitmon.classify.grammar import HARD_STOPS, Grammar, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER
from sitmon.classify.manner import ACTUAL, Manner
from sitmon.classify.refusals import Refusals

__all__ = ["ACTUAL", "Manner", "Modalities"]

_BEFORE: Final = 14
_CLOSE: Final = 4
_AFTER: Final = 6
_CLAUSE: Final = 24
_UNDATED: Final = 9999
"""An item without a date that gives no more than the year of something tells it as history."""
_SOLAR_YEARS: Final = 621
"""A solar Hijri year is this much less than ours (March to December; 622 in winter)."""
_SOLAR_UP_TO: Final = "1500"


class Modalities:
    """Reads how a cue is said."""

    def __init__(self, grammar: Grammar) -> None:
        of = grammar.of
        self._grammar = grammar
        self._refusals = Refusals(grammar)
        self._neg = of("neg")
        self._deny = of("deny")
        self._plan = of("plan")
        self._if = of("if")
        self._hedge = of("hedge")
        self._history = of("history")
        self._occasion = of("occasion")
        self._happening = of("t_falling", "t_taking", "t_retaking")
        self._link = of("link")
        self._relative = of("that", "t_held", "t_hold", "t_take", "t_lose", "t_fall")
        self._opens = of("relative")
        self._year_within = grammar.little("year_within")
        self._to = grammar.little("to")
        self._once = grammar.little("once")
        self._without = grammar.little("without")
        self._no = grammar.little("without") | grammar.little("no")
        self._can = grammar.little("can")
        self._conditions = grammar.little("if")
        self._gerund = grammar.endings("gerund")
        self._in = of("in_year") - of("time_word")
        self._in_year = of("in_year", "time_word")
        self._time_after = of("time_after")
        self._ending = of("ending")
        self._urge = of("urge")
        self._ordinal = of("ordinal")
        self._deed = of("deed_verb")
        self._but = of("f_but")
        self._not_after = of("f_not_after")
        self._if_opening = of("f_if_opening")
        self._of = of("f_of")
        self._pashto = of("f_pashto")
        self._future = of("f_future")
        self._not_before = of("f_not_before")
        self._pluperfect = of("f_pluperfect")
        self._had = of("f_had")
        self._warn = of("f_warn")
        self._after_of = of("f_after_of")
        self._after_it = of("f_after_it")
        self._noun = of("f_falling", "f_taking", "f_retaking") - of("f_fall", "f_take", "f_retake")
        self._before = of("f_before")
        self._by = of("f_by")
        self._prevent_before = of("f_prevent_before")
        self._reported = (
            self._grammar.say | of("f_news") | self._deny | self._plan | self._if | self._if_opening | self._hedge
        )
        self._prevent = of("f_prevent")
        self._purpose = of("f_purpose")
        self._purpose_after = of("f_purpose_after")
        self._would = of("f_would_take", "f_would_fall", "f_would_retake")
        self._year_word = of("f_year")
        self._bygone = self._history | {NUMBER}
        self._telling = self._neg | self._plan | self._if | self._deny | self._hedge | self._ending | self._time_after
        self._final = (
            self._deny | self._not_after | self._prevent | self._if | self._if_opening | self._plan | self._hedge
        )
        self._any = (
            self._neg
            | self._deny
            | self._plan
            | self._if
            | self._hedge
            | self._history
            | {NUMBER}
            | of("ending", "time_after")
        )

    def read(
        self,
        sentence: Sentence,
        first: int,
        last: int,
        published: datetime | None,
        *,
        purpose: bool = False,
        crowd: bool = False,
    ) -> Manner:
        """Return how the cue at tokens `first` to `last` is said.

        `purpose`: an infinitive is only a purpose; `crowd`: people gather, as they do on anniversaries.
        """
        if verb_last(sentence, first):
            return self.read_final(sentence, first, last, published)
        symbols = sentence.marked.symbols
        refused = self._refusals.read(sentence, first, last, published) if purpose else None
        refused = refused or self._refusals.unreal(sentence, first)
        if refused is not None:
            return refused
        infinitive = purpose and first > sentence.first and sentence.marked.doc.words[first - 1] in self._to
        if infinitive and not self._achieved(sentence, first - 1):
            return Manner("planned", first - 1)
        if self._any.isdisjoint(sentence.present):
            return ACTUAL
        words = sentence.marked.doc.words
        begin = self._grammar.begin(sentence, first)
        floor = max(sentence.first, begin - _BEFORE)
        past = self._past(sentence, first, last, published)
        if past is not None and not (crowd and symbols[past.token] in self._occasion):
            return past
        once = begin > sentence.first and words[begin - 1] in self._once
        if not once and self._telling.isdisjoint(symbols[floor : min(sentence.last, last + _AFTER)]):
            return ACTUAL
        for at in range(begin, first):
            symbol = symbols[at]
            if symbol in self._neg and words[at] not in self._without:
                return Manner("negated", at)
            if symbol in self._plan:
                return Manner("planned", at)
            if words[at] in self._can and at + 1 < first and symbols[at + 1] in self._neg:
                return Manner("negated", at + 1)  # "could not take"
            if symbol in self._if:
                vowed = any(symbols[n] in self._plan for n in range(max(floor, begin - 3), begin))
                return Manner("planned" if vowed else "hypothetical", at)
        if purpose and any(s in self._time_after for s in symbols[max(floor, begin - 5) : begin]):
            return Manner("historical", begin - 1)  # "hours after the insurgents took the city": told as known
        if once:
            return Manner("historical", begin - 1)
        if any(s in self._ending for s in symbols[max(floor, begin - 3) : begin]) and any(
            s in self._urge for s in symbols[floor:begin]
        ):
            return Manner("planned", begin - 1)
        found: Manner | None = None
        intent = words[first - 1] in self._to or symbols[first - 1] in self._plan if first > sentence.first else False
        at = begin - 1
        distance = 0
        while at >= floor:
            symbol = symbols[at]
            if symbol == INSIDE:
                at -= 1
                continue
            distance += 1
            if symbol in self._opens and symbols[at - 1] == ",":
                break  # "failed to hold X, which was taken by"
            if symbol in self._deny:
                if self._fronted(sentence, at, begin):
                    break
                return Manner("negated", at, denied=True)
            if symbol in HARD_STOPS and symbol != "-":
                break
            if symbol in self._plan and (intent or distance <= _CLOSE):
                return Manner("planned", at)
            if symbol in self._if and (words[at] in self._conditions or distance <= _CLOSE):
                return Manner("hypothetical", at)
            if symbol in self._neg and distance <= 3 and words[at] not in self._no:
                if self._refusals.apart(sentence, at):
                    break
                return Manner("negated", at)
            if symbol in self._hedge and found is None:
                found = Manner("hedged", at)
            if symbol in self._link and distance > 1 and words[at] not in self._conditions:
                break
            at -= 1
        for at in range(first, min(sentence.last, last + _AFTER)):
            symbol = symbols[at]
            if symbol in HARD_STOPS:
                break
            if symbol in self._hedge:
                return Manner("hedged", at)
            if symbol in self._deny and symbols[first] in self._happening and symbols[at - 1] in self._grammar.be:
                return Manner("negated", at, denied=True)  # "the fall of X was denied by"
        for at in range(begin, first):
            if symbols[at] in self._hedge:
                return Manner("hedged", at)
        return found or ACTUAL

    def _fronted(self, sentence: Sentence, at: int, begin: int) -> bool:
        """Whether a participle that opens the sentence has its own clause: "Denying a deal, the rebels captured"."""
        symbols = sentence.marked.symbols
        head = sentence.first
        while head < at and symbols[head] in self._grammar.adverb:
            head += 1
        return "," in symbols[at:begin] and sentence.marked.doc.words[head].endswith(self._gerund)

    def read_final(self, sentence: Sentence, first: int, last: int, published: datetime | None) -> Manner:
        """Return how a verb at the end of its clause is said: the words that change it stand on either side."""
        symbols = sentence.marked.symbols
        past = self._past(sentence, first, last, published)
        if past is not None:
            return past
        if first > sentence.first and symbols[first - 1] in self._purpose:
            return Manner("planned", first - 1)
        if any(s in self._before for s in symbols[max(sentence.first, first - 3) : first]):
            return Manner("historical", first - 1)  # "before the fall of X"
        if symbols[first] in self._pluperfect or symbols[last : last + 1] in self._had:
            return Manner("historical", first)  # "which they had taken"
        if symbols[first] in self._noun and self._to_come(sentence, last):
            return Manner("planned", last)
        if not self._purpose_after.isdisjoint(symbols[last : min(sentence.last, last + 2)]):
            return Manner("planned", last)  # Pashto: "of the capture for"
        if symbols[first] in self._noun and any(
            s in self._prevent_before for s in symbols[max(sentence.first, first - 2) : first]
        ):
            return Manner("negated", first - 1)
        if symbols[first] in self._noun and not self._is_news(sentence, first, last):
            return Manner("historical", first)  # "the reasons of the fall of X"
        if symbols[first] in self._noun and self._told_as_known(sentence, first, last):
            return Manner("historical", first)  # "after the fall of X" something else happened
        if not self._not_before.isdisjoint(sentence.present) and (never := self._never(sentence, first)) >= 0:
            return Manner("negated", never)
        low, high = max(sentence.first, first - _BEFORE), min(sentence.last, last + _BEFORE)
        if not self._but.isdisjoint(symbols[low:high]):
            low = next((n + 1 for n in range(first - 1, low - 1, -1) if symbols[n] in self._but), low)
            high = next((n for n in range(last, high) if symbols[n] in self._but), high)
        found: Manner | None = None
        telling = () if self._final.isdisjoint(symbols[low:high]) else range(low, high)
        for at in telling:
            symbol = symbols[at]
            if symbol in self._deny:
                return Manner("negated", at, denied=True)
            if (symbol in self._not_after and last <= at <= last + 2) or (symbol in self._prevent and at >= last):
                return Manner("negated", at)
            if symbol in self._warn and symbols[first] in self._would:
                continue  # what is warned of in the future is meant by somebody
            if symbol in self._if or (symbol in self._if_opening and self._opens_if(sentence, at)):
                found = Manner("hypothetical", at)
            elif symbol in self._plan and abs(at - first) <= _CLOSE:
                found = found or Manner("planned", at)
            elif symbol in self._hedge:
                found = found or Manner("hedged", at)
        if found is None and self._will(sentence, first):
            return Manner("planned", first)
        if symbols[first] in self._would and (found is None or found.modality == "hedged"):
            return Manner("planned", first)
        return found or ACTUAL

    def _never(self, sentence: Sentence, verb: int) -> int:
        """Return the token before a verb in its clause that says that it never was or will be; -1 for none."""
        symbols = sentence.marked.symbols
        for at in range(verb - 1, max(sentence.first, verb - _BEFORE // 2) - 1, -1):
            if symbols[at] in HARD_STOPS or symbols[at] == "," or symbols[at] in self._but:
                return -1
            if symbols[at] in self._not_before:
                return at
        return -1

    def _to_come(self, sentence: Sentence, last: int) -> bool:
        """Whether the Pashto "will" stands right behind a noun of change: "with the capture of X the war will"."""
        near = sentence.marked.symbols[last : min(sentence.last, last + 3)]
        return not self._future.isdisjoint(near) and not self._pashto.isdisjoint(sentence.present)

    def _is_news(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a noun of change is what a sentence tells: it opens or ends it, or somebody says or fears it."""
        symbols = sentence.marked.symbols
        if not self._reported.isdisjoint(sentence.present):
            return True
        if not self._by.isdisjoint(symbols[last : min(sentence.last, last + _CLOSE * 2)]):
            return True
        opens = first == sentence.first or symbols[first - 1] in HARD_STOPS
        return opens or last >= sentence.last or symbols[last] in HARD_STOPS or symbols[last] == ","

    def _told_as_known(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether "after" stands before a noun of change (Dari) or after it (Pashto)."""
        symbols = sentence.marked.symbols
        return any(s in self._after_of for s in symbols[max(sentence.first, first - 2) : first]) or any(
            s in self._after_it for s in symbols[last : min(sentence.last, last + 2)]
        )

    def _will(self, sentence: Sentence, verb: int) -> bool:
        """Whether the Pashto "will" stands before a verb in its clause; the Dari "to" is written the same."""
        symbols = sentence.marked.symbols
        low = max(sentence.first, verb - _CLOSE * 2)
        if self._future.isdisjoint(symbols[low:verb]):
            return False
        for at in range(verb - 1, low - 1, -1):
            if symbols[at] in HARD_STOPS or symbols[at] == "," or symbols[at] in self._but:
                return False
            if symbols[at] in self._future:
                return not self._pashto.isdisjoint(sentence.present)
        return False

    def _opens_if(self, sentence: Sentence, at: int) -> bool:
        """Whether the Pashto "if" opens a clause here: after a comma it may be the Dari "that", written the same."""
        if at == sentence.first:
            return True
        return sentence.marked.symbols[at - 1] == "," and not self._of.isdisjoint(sentence.present)

    def _is_apart(self, sentence: Sentence, at: int, first: int, last: int) -> bool:
        """Whether a word stands in a relative clause that the cue is not in: "took X, which they held in 2015"."""
        symbols = sentence.marked.symbols
        if at >= last:
            return any(symbols[n] == "," and symbols[n + 1] in self._relative for n in range(last, at))
        if at >= first or "," not in symbols[at + 1 : first]:
            return False
        opens = range(max(sentence.first + 1, at - _BEFORE), at)
        return any(symbols[n - 1] == "," and symbols[n] in self._relative for n in opens)

    def _year_beside(self, symbols: str, at: int) -> bool:
        """Whether the word for year stands right before or after a number."""
        before = at - 1
        while before > 0 and symbols[before] == INSIDE:
            before -= 1
        return symbols[max(0, before)] in self._year_word or any(s in self._year_word for s in symbols[at + 1 : at + 2])

    def _achieved(self, sentence: Sentence, to: int) -> bool:
        """Whether an infinitive tells of a deed: "managed to capture", "went on to take" (else it is a purpose)."""
        symbols = sentence.marked.symbols
        before = symbols[max(sentence.first, to - 2) : to]
        ordinal = any(s in self._ordinal for s in symbols[max(sentence.first, to - 6) : to])
        return ordinal or any(s in self._deed for s in before) or (bool(before) and before[-1] in self._hedge)

    def _past(self, sentence: Sentence, first: int, last: int, published: datetime | None) -> Manner | None:
        """Return the reading of a cue that stands beside a bygone year or a word of history."""
        symbols = sentence.marked.symbols
        words = sentence.marked.doc.words
        high = min(sentence.last, last + _BEFORE)
        if self._bygone.isdisjoint(symbols[max(sentence.first, first - _CLAUSE) : high]):
            return None
        low = max(sentence.first, first - 10)
        if verb_last(sentence, first):  # the year opens the clause that the verb ends
            while low > max(sentence.first, first - _CLAUSE) and symbols[low - 1] not in self._but:
                low -= 1
        for at in range(low, high):
            symbol = symbols[at]
            if symbol in self._bygone and self._is_apart(sentence, at, first, last):
                continue
            if symbol == NUMBER:
                word = words[at]
                now = published.year if published is not None else _UNDATED
                year = len(word) == 4 and word.isdecimal() and 1800 < int(word) < now
                known = self._in_year if published is not None else self._in  # undated, "8 April 2019" is its date
                party = symbols[at - 1] == INSIDE and symbols[max(0, at - 2)] in self._grammar.party
                inside = party and words[at - 1] in self._year_within  # "the government in 2017"
                if year and at > sentence.first and (symbols[at - 1] in known or inside):
                    return Manner("historical", at)
                if published is None:
                    continue
                since = published.year - (0 if len(word) == 4 and word > _SOLAR_UP_TO else _SOLAR_YEARS)
                if len(word) == 4 and word.isdecimal() and int(word) < since and self._year_beside(symbols, at):
                    return Manner("historical", at)
            elif symbol in self._history and words[at] not in self._once:
                return Manner("historical", at)
        return None
