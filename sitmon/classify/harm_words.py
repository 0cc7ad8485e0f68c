"""The `[casualties]` tables of one language in, its words of harm and a scan for them out.

It must not say who was harmed: `casualty_links.py` does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from sitmon.classify.groups import Camp
from sitmon.classify.numbers import Bound, Numbers
from sitmon.classify.ones import Ones
from sitmon.classify.people import People
from sitmon.classify.speech import Phrases, Tables

Harm = Literal["killed", "wounded", "abducted"]
FORMS: Final = (
    "participle", "active", "people", "intransitive", "state", "noun", "body", "toll", "lives", "nobody",
    "weak_participle", "weak_active", "weak_intransitive", "weak_state",
)  # fmt: skip
"""The grammar of a word of harm. A weak one ("shot three men") tells of harm where nothing else in the text does."""
_SPOT: Final = 8
"""How many tokens after "shot" may say that it was a limb, or a rubber bullet."""


@dataclass(frozen=True, slots=True)
class Found:
    """People harmed, as one cue tells it. Tokens: the group [first, stop), the cue [cue, cue_stop)."""

    harm: Harm
    first: int
    stop: int
    cue: int
    cue_stop: int
    low: int | None
    high: int | None
    bound: Bound
    camp: Camp
    clause: int
    """Number of the sentence."""
    part: bool = False
    more: bool = False
    revised: bool = False
    given: bool = False
    definite: bool = False
    """Told of before ("the individual")."""
    weak: bool = False
    """Told by a word that leaves it open ("shot", "beaten"): it counts where nothing surer does."""
    old: bool = False
    """An earlier count ("initial reports said two"): it counts where no later one does."""
    mixed: bool = False
    """Of these some were killed and others wounded, nobody says how many of either: it counts nobody."""
    lasting: bool = False
    """A weak one that people wounded besides do not contradict: "blew himself up, wounding eight"."""

    def plus(self, other: Found) -> Found:
        """Return both added up."""
        high = (self.high or self.low or 0) + (other.high or other.low or 0)
        bound = other.bound if self.bound == "exact" else self.bound
        return replace(self, low=(self.low or 0) + (other.low or 0), high=high, bound=bound, stop=self.stop)


@dataclass(frozen=True, slots=True)
class Cue:
    harm: Harm
    form: str
    first: int
    stop: int
    weak: bool = False


class HarmWords:
    """The words of harm of one language, compiled from its `[casualties]` tables."""

    def __init__(self, tables: Tables) -> None:
        self.people = People(tables, Numbers(tables))
        self.verb_last = tables.word("order", ("svo", "sov")) == "sov"
        self._cues = Phrases[str]()
        self._unharmed = tables.phrases("casualties.unharmed")
        self._cues.add(self._unharmed, "killed.nobody")
        self.taking: dict[str, frozenset[str]] = {}
        self._suffering: dict[str, tuple[Harm, frozenset[str], bool]] = {}
        self._split: list[tuple[Harm, str, tuple[str, ...], bool]] = []
        self._not_weak: dict[str, Phrases[str]] = {}
        for harm in ("killed", "wounded", "abducted"):
            for form in FORMS:
                self._cues.add(tables.phrases(f"casualties.{harm}.{form}"), f"{harm}.{form}")
            self.taking[harm] = tables.words(f"casualties.{harm}.taking")
            for key, nouns, weak in (("suffering", "suffered", False), ("brought", "brought_to", True)):
                for verb in tables.words(f"casualties.{harm}.{key}"):
                    self._suffering[verb] = (harm, tables.words(f"casualties.{harm}.{nouns}"), weak)
            for key, weak in (("split", False), ("weak_split", True)):
                for verb, *tail in tables.rows(f"casualties.{harm}.{key}"):
                    self._split.append((harm, verb, tuple(" ".join(tail).split()), weak))
            self._not_weak[harm] = Phrases[str]()
            self._not_weak[harm].add(tables.phrases(f"casualties.{harm}.weak_not_before"), "not")
        self._split_verbs = {verb for _, verb, _, _ in self._split}
        self._weak_spots = tables.words("casualties.words.weak_spots")
        self._survived = Phrases[str]()
        self._survived.add(tables.phrases("casualties.wounded.spots"), "wounded")
        words = "casualties.words."
        self.aux = tables.words(words + "aux")
        self.singular_verbs = tables.words(words + "singular_verbs")
        self.single = tables.words(words + "single")
        """Words in a cue that say by their form that it was one: "he was killed" in a language that needs no "one"."""
        self.plural_verbs = tables.words(words + "plural_verbs")
        self.have = tables.words(words + "have")
        self.conjunctions = tables.words(words + "and")
        self.either = self.conjunctions | tables.words(words + "or")
        self.negation = tables.words(words + "negation")
        self.unhurt = self.negation | tables.words("numbers.none")
        self.auxiliary = self.aux | self.have | self.negation | tables.words(words + "unreal_to")
        self.unreal = tables.words(words + "unreal")
        self.to = tables.words(words + "unreal_to")
        self.real = tables.words(words + "real_to")
        self.raised = tables.words(words + "raised")
        self.rising = tables.words(words + "rising")
        self.rising_after = tables.words(words + "rising_after")
        self.he = tables.words(words + "pronouns")
        self.they = tables.words(words + "plural_pronouns")
        self.reflexive = tables.words(words + "reflexive")
        self.saying = tables.words(words + "giving")
        self.speaking = tables.words(words + "speaking_of")
        self.some_of = tables.words(words + "among")
        self.articles = tables.words(words + "determiners")
        self.indefinite = tables.words(words + "indefinite")
        self.prepositions = tables.words(words + "prepositions")
        self.clause = tables.words(words + "clause")
        self.joints = self.prepositions | self.clause | self.either
        self.bearing = tables.words(words + "bearing")
        self.being = tables.words(words + "being")
        self.theirs = tables.words(words + "owners")
        self.revising = tables.words(words + "revising")
        self.anew = tables.words(words + "another_event")
        self.also = tables.words(words + "also")
        self.ones = Ones(tables)
        self.with_words = Phrases[str]()
        self.with_words.add(tables.phrases(words + "together_with"), "with")
        self.with_ends = frozenset(phrase[-1] for phrase in tables.phrases(words + "together_with"))
        self.spanning = tables.words("numbers.between")
        self.relative = tables.words(words + "relative")
        self.whom = tables.words(words + "whom")
        self.those = tables.words(words + "those")
        self.possessives = tables.words(words + "possessives")
        self.of = tables.words(words + "of")
        self.adverbs = tables.words(words + "adverbs")
        self.part_words = frozenset(word for phrase in tables.phrases(words + "parts") for word in phrase)
        self.history = Phrases[str]()
        self.history.add(tables.phrases(words + "history"), "history")
        self.outdated = Phrases[str]()
        self.outdated.add(tables.phrases(words + "outdated"), "outdated")
        self.denying = tables.words("saying.deny")
        self.qualifying = self.outdated.first_words() | self.denying
        """The words without one of which a sentence denies no claim and gives no earlier count."""
        self.claims = tables.words(words + "claims")
        self.that = tables.words("saying.that")
        self.upto = tables.words("numbers.to")
        self.recalling = Phrases[str]()
        self.recalling.add(tables.phrases(words + "recalling"), "recalling")
        self.recalling_first = self.recalling.first_words()
        self.before = tables.words(words + "before")
        self.uncounted = tables.words(words + "uncounted")
        self.noting = tables.words(words + "noting")
        self.freed = tables.words(words + "freed")
        self.superseded = tables.words(words + "superseded")
        self.in_year = tables.words("dates.year_before")
        self.calendar = frozenset(
            w for key in ("weekdays", "months", "weekdays_short", "months_short") for w in tables.words(f"dates.{key}")
        )
        self.firsts = self._cues.first_words() | self._split_verbs | frozenset(self._suffering)
        self.bygone = self.history.first_words() | self.in_year | self.before
        """The words without one of which nothing is told of earlier years."""

    def cues(self, words: list[str], low: int, high: int) -> list[Cue]:
        """Return the words of harm in tokens [low, high)."""
        cues: list[Cue] = []
        at = low
        while at < high:
            if words[at] not in self.firsts:
                at += 1
                continue
            if words[at] in self._split_verbs and (split := self._split_at(words, at, high)) is not None:
                cues.append(split)
                at += 1
                continue
            if words[at] in self._suffering and (pain := self._suffers(words, at, high)) is not None:
                cues.append(pain)
                at = pain.stop
                continue
            found = self._cues.at(words, at, high) if words[at] in self._cues else None
            if found is None:
                at += 1
                continue
            harm, form = found[0].split(".")
            stop = at + found[1]
            if form.startswith("weak_"):
                if (cue := self._weak(words, cast(Harm, harm), form[5:], at, stop, high)) is not None:
                    cues.append(cue)
            elif form != "nobody":
                cues.append(Cue(cast(Harm, harm), form, at, stop))
            elif stop >= high or words[stop] not in self.some_of:  # "no casualties among the guards" leaves others open
                cues.append(Cue(cast(Harm, harm), form, at, stop))
                if tuple(words[at:stop]) in self._unharmed:
                    cues.append(Cue("wounded", form, at, stop))
            at = stop
        return cues

    def _weak(self, words: list[str], harm: Harm, form: str, at: int, stop: int, high: int) -> Cue | None:
        """Return the cue of a word like "shot" or "beaten", None for "shot at" and "beaten back"."""
        verb = form in ("participle", "active") and stop < high
        if verb and words[stop] in self._not_weak[harm] and self._not_weak[harm].at(words, stop, high):
            passive = at > 0 and words[at - 1] in self.aux and words[stop] in self._weak_spots
            if not passive or stop + 1 >= high or not words[stop + 1][0].isalnum() or words[stop + 1] in self.joints:
                return None  # but "was shot at a bus stop"
        if verb and harm == "killed" and self._survived.within(words, stop, min(high, stop + _SPOT)):
            harm = "wounded"  # "shot three people in the legs"
        return Cue(harm, form, at, stop, weak=True)

    def _suffers(self, words: list[str], at: int, high: int) -> Cue | None:
        """Return the cue of "received several bullet wounds": the verb up to what was suffered."""
        harm, nouns, weak = self._suffering[words[at]]
        for token in range(at + 1, min(high, at + 6)):
            if words[token] in nouns:
                return Cue(harm, "intransitive", at, token + 1, weak)
            if not words[token][0].isalpha() or words[token] in self.unhurt:
                break
        return None

    def _split_at(self, words: list[str], at: int, high: int) -> Cue | None:
        """Return the cue of "took two aid workers hostage": the verb, with its tail a few tokens on."""
        if at + 1 < high and words[at + 1] in self.either:
            return None  # "hacked or beaten to death": the other verb has the tail
        for harm, verb, tail, weak in self._split:
            if words[at] != verb:
                continue
            for token in range(at + 2, min(high, at + 12)):
                if words[token] == tail[0] and tuple(words[token : token + len(tail)]) == tail:
                    return Cue(harm, "active", at, at + 1, weak)
        return None

    def is_adverb(self, word: str) -> bool:
        """Whether a word may stand between "was" and "killed" and say nothing of who was."""
        return word in self.adverbs or (word.endswith("ly") and len(word) > 4)
