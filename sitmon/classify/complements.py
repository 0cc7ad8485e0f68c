"""What stands beside a verb of control in, whether it says that no territory is meant out.

It must not find territory itself. A place may only lend its name to a thing or a person ("Kandahar cash", "a Herat
trader's trucks"), a fall may end in something else than another's hands ("fell into darkness"), and where neither an
armed party acts nor a loser is named, who "takes" a town may be a storm or a new governor.
"""

from __future__ import annotations

from typing import Final

from sitmon.classify.grammar import HARD_STOPS, Grammar, Sentence
from sitmon.classify.lexicon import INSIDE, NUMBER, PLAIN
from sitmon.model.terms import SITE_KINDS

_REACH: Final = 7
"""How many tokens a noun phrase goes on after the place that lends its name to it."""
_HANDS: Final = 6
"""How many tokens after "fell into" the hands stand at most."""
_NOT_LATIN: Final = "\u0250"
"""From here on letters are of scripts in which a name is not set before a noun without an ending."""


class Complements:
    """Tells objects and falls of territory from those of other things."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        of = grammar.of
        self._ground = of(
            "territory", "government_buildings", "small_territory", "t_building", "between_word", "compass",
            "compass_adjective", "place", *(f"site_{kind}" for kind in SITE_KINDS),
        )  # fmt: skip
        self._things = of("person", "weapon_object", "no_territory", "police_word", "t_goods", "person_rank")
        self._aux = grammar.be | grammar.have | grammar.say | of("time_word")
        self._ends = (
            HARD_STOPS | grammar.preposition | grammar.link | grammar.that | grammar.determiner | grammar.adverb
            | grammar.joint | grammar.neg | grammar.pronoun | grammar.action | grammar.by | frozenset(",")
        )  # fmt: skip
        spelled: dict[str, bool] = {}
        for name, symbols in grammar.set.items():
            for symbol in symbols:
                spelled[symbol] = spelled.get(symbol, True) and name.startswith("=")
        self._plain = frozenset(s for s, only in spelled.items() if only) | {PLAIN}
        self._state = of("t_state")
        self._office = of("title_link", "title_after", "person_rank")
        self._particles = grammar.little("particle")
        self._one = grammar.little("one")
        self._when = of(
            "time_word", "towards", "adverb", "that", "link", "joint", "say", "t_peaceful", "by", "away", "under_deal"
        )
        self._small = of("small_territory", "t_building")
        self._plural = of("plural_places")
        self._vain = of("d_vain")
        self._under = of("t_under", "towards")
        self._in = of("in_prep")
        self._of = of("of")
        self._of_or_from = of("of", "away")
        self._control = of("t_control", "t_state")
        self._time = of("time_word")
        self._nobody = of("t_no_agent")
        self._assault = of("attack_noun", "battle")
        self._clause = HARD_STOPS | grammar.say | grammar.link | grammar.that | grammar.joint | frozenset(',"')
        self._measure = grammar.determiner | grammar.adverb | of(
            "t_whole", "t_most", "t_part", "of", "compass", "compass_adjective", "capital_word", "time_word"
        ) | {NUMBER, INSIDE}  # fmt: skip
        self._no_nouns = grammar.endings("after_object")  # "seized X sparking fears", "seized X swiftly"

    def lends_name(self, sentence: Sentence, first: int, last: int, *, place: bool) -> bool:
        """Whether a name (`place`) or a word for territory, [first, last), only describes what follows it."""
        symbols = sentence.marked.symbols
        if place and self._counted_out(sentence, first, last):
            return True
        if not place and symbols[last - 1] not in self._small - self._plural:
            return False  # "captured two capitals officials say" in a headline without its stops
        thing = False
        for at in range(last, min(sentence.last, last + _REACH)):
            symbol = symbols[at]
            if symbol in self._office:
                return True  # "the district police chief of"
            if symbol in self._aux:
                return False  # "the rebels captured X officials said"
            if symbol in self._ground:
                thing = False
            elif symbol in self._things or symbol in self._grammar.party:
                thing = True
            elif (
                symbol in self._ends
                or sentence.marked.doc.words[at] in self._particles
                or (symbol != INSIDE and not self._may_be_noun(sentence, at))
            ):
                break
            elif symbol in self._plain:
                thing = thing or place
        return thing

    def _counted_out(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether one of several is meant: "a Kabul thief", "two Herat traders" (but "a Kunduz district")."""
        symbols = sentence.marked.symbols
        if first == sentence.first or last >= sentence.last or symbols[last] in self._ground:
            return False
        one = symbols[first - 1] == NUMBER or sentence.marked.doc.words[first - 1] in self._one
        return one and symbols[last] not in self._ends

    def stands_alone(self, sentence: Sentence, first: int) -> bool:
        """Whether the territory at a token is all that its clause is about: not "the market of Kunduz is gone"."""
        symbols = sentence.marked.symbols
        for at in range(first - 1, sentence.first - 1, -1):
            if symbols[at] in self._clause:
                return True
            if symbols[at] not in self._measure or (symbols[at] in self._of and symbols[at - 1] == PLAIN):
                return False
        return True

    def ends_clause(self, sentence: Sentence, last: int) -> bool:
        """Whether nothing but the time, the doer or another clause stands behind what ends before `last`."""
        symbols = sentence.marked.symbols
        if last >= sentence.last or symbols[last] in self._clause or symbols[last] in self._when:
            return True
        after = symbols[last + 1 : last + 3]
        return symbols[last] in self._in and any(s in self._time or s == NUMBER for s in after)

    def object_follows(self, sentence: Sentence, last: int) -> bool:
        """Whether what ends before `last` has an object of its own: "X seized on the report", "X gave up its seat"."""
        symbols = sentence.marked.symbols
        if last >= sentence.last or symbols[last] in HARD_STOPS or symbols[last] in self._when or symbols[last] == ",":
            return False
        near = [s for s in symbols[last + 1 : min(sentence.last, last + 3)] if s not in self._grammar.determiner]
        if symbols[last] in self._in:
            return not near or not (near[0] in self._time or near[0] == NUMBER or near[0] in self._ground)
        things = symbols[last] in self._things and symbols[last] not in self._ground
        return things or symbols[last] in self._grammar.determiner or sentence.marked.doc.capital(last)

    def _may_be_noun(self, sentence: Sentence, at: int) -> bool:
        word = sentence.marked.doc.words[at]
        return word < _NOT_LATIN and not word.endswith(self._no_nouns)

    def elsewhere(self, sentence: Sentence, at: int, last: int) -> bool:
        """Whether what a place fell under or into is no party's control: "fell under lockdown", "fell short of"."""
        symbols = sentence.marked.symbols
        if last - at > 1 and symbols[at] in self._vain:
            return True
        if last >= sentence.last or symbols[last] not in self._under or symbols[last] in self._in | self._state:
            return False
        for at in range(last, min(sentence.last, last + _HANDS)):
            symbol = symbols[at]
            if symbol in self._control or symbol in self._grammar.party:
                return False
            if symbol in HARD_STOPS or symbol in self._grammar.link or symbol == ",":
                break
        return True

    def no_agent(self, sentence: Sentence, last: int) -> bool:
        """Whether who is named after a passive, or how it came about, is no armed party: "was seized by panic"."""
        symbols = sentence.marked.symbols
        for at in range(last - 1, min(sentence.last, last + 2)):
            if symbols[at] == INSIDE and at < last:
                return self._befalls(symbols[last : min(sentence.last, last + 3)])  # "captured in"
            if symbols[at] in self._grammar.by or symbols[at] in self._in:
                return self._nothing_armed(sentence, at)
        return False

    def _nothing_armed(self, sentence: Sentence, by: int) -> bool:
        symbols = sentence.marked.symbols
        doc = sentence.marked.doc
        if by + 1 >= sentence.last:
            return False
        near = symbols[by + 1 : min(sentence.last, by + 4)]
        if symbols[by] in self._in:
            return self._befalls(near)
        named = any(s in self._time or s == NUMBER or s in self._grammar.party for s in near) or doc.capital(by + 1)
        return not named

    def _befalls(self, near: str) -> bool:
        """Whether words tell of what befalls towns, and of no attack ("in a surprise attack")."""
        return not self._nobody.isdisjoint(near) and self._assault.isdisjoint(near)

    def unarmed_subject(self, sentence: Sentence, at: int) -> bool:
        """Whether the noun before an active verb is neither a name nor a pronoun: "panic seized", "the rains took"."""
        symbols = sentence.marked.symbols
        begin = self._grammar.begin(sentence, at)
        if begin == sentence.first:
            return False
        head = begin - 1
        if head - 2 >= sentence.first and symbols[head - 1] in self._of_or_from:
            head -= 2  # "gas turbines from Turkey"
        before = symbols[head]
        if before in self._nobody or before in self._things:
            return True
        first = head == sentence.first
        return before == PLAIN and (first or not sentence.marked.doc.capital(head))
