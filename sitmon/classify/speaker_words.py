"""The `[speakers]` tables of one language and the area's actors file in, one table of look-ups out.

It must not read descriptions: `speakers.py` and `names.py` do.
"""

from __future__ import annotations

from itertools import chain

from sitmon.area import Area, Person
from sitmon.classify.saying import STANCES
from sitmon.classify.speech import Phrases, Tables, script_of


class SpeakerWords:
    """The words that speakers are described with in one language; build once."""

    def __init__(self, area: Area, tables: Tables) -> None:
        key = "speakers."
        self.lang = tables.lang
        self.ranks = tables.words(key + "ranks")
        self.kept = tables.words(key + "keep_in_names")
        self.nouns = tables.words(key + "nouns")
        self.organisations = tables.words(key + "organisations")
        self.he, self.she, self.they = tables.words(key + "he"), tables.words(key + "she"), tables.words(key + "they")
        self.male, self.female = tables.words(key + "male"), tables.words(key + "female")
        self.conjunctions = tables.words(key + "conjunctions")
        self.carriers = tables.words(key + "carriers")
        self.carried = tables.words(key + "carried_by")
        self.named = tables.words(key + "named")
        self.naming = tables.words(key + "naming")
        self.who = tables.words(key + "who")
        self.nameless = tables.words(key + "nameless")
        self.own = tables.words(key + "own")
        self.reached = tables.words(key + "reached")
        self.his, self.her = tables.words(key + "his"), tables.words(key + "her")
        self.thing = tables.words(key + "thing")
        self.generic: Phrases[str] = Phrases()
        self.generic.add(tables.phrases(key + "stands_for"), "group")
        self.theirs = tables.words(key + "theirs")
        self.mouths = tables.words(key + "mouths")
        self.spokesmen = tables.words(key + "spokesmen")
        self.gains = tables.words(key + "gains")
        self.suffers = tables.words(key + "suffers")
        self.asides = tables.words(key + "asides")
        self.determiners = tables.words(key + "determiners")
        self.joining = tables.words(key + "joints")
        self.aged = tables.words(key + "aged")
        self.name_joints = tables.words(key + "name_joints")
        self.articles = tables.words(key + "articles")
        self.breaks = tables.words(key + "breaks")
        self.fillers = tables.words(key + "fillers")
        self.after_name = tables.words(key + "after_name")
        self.not_names = tables.words(key + "not_names")
        self.particles = tables.words(key + "particles")
        self.indefinite = tables.words(key + "indefinite")
        self.given = tables.words(key + "given")
        self.head_last = tables.word(key + "head", ("first", "last")) == "last"
        """Whether the owner comes first: "the governor's spokesman", not "the spokesman of the governor"."""
        self.given_second = tables.words(key + "given_second")
        self.given_starts = tuple(sorted(tables.words(key + "given_starts")))
        self.given_ends = tuple(sorted(tables.words(key + "given_ends")))
        self.verbs = tables.words(key + "verbs")
        self.says = frozenset(w for stance in STANCES for w in tables.words(f"saying.{stance}"))
        self.says |= {phrase[0] for phrase in tables.phrases("saying.according")}
        self.cuts = self.says | (self.breaks - self.joining)
        self.calendar = tables.words("dates.weekdays") | tables.words("dates.months")
        self.cased = script_of("".join(self.nouns)) != "arabic"
        self.roles = Phrases.of((text, r) for r in area.roles for lang, text in r.cues if lang == tables.lang)
        self.persons = Phrases.of((text, p) for p in area.persons for text in [*(t for _, t in p.aliases), p.name])
        self.actors = Phrases.of(
            (text.rstrip("*"), a)
            for a in area.actors.values()
            for text in [*(t for lang, t in a.aliases if lang in (tables.lang, "en")), *a.adjectives]
        )
        self.places = Phrases.of(
            (alias.text, area.places[alias.code].province)
            for alias in area.aliases
            if not alias.weak and alias.code in area.places and area.places[alias.code].kind in ("province", "city")
        )
        self.spots = Phrases.of(
            (alias.text, alias.code)
            for alias in area.aliases
            if not self.cased and script_of(alias.text) == "arabic" and area.places.get(alias.code) is not None
        )
        self.agencies = Phrases.of((text, text) for text in tables.texts(key + "agencies"))
        described = (self.ranks | self.nouns | self.organisations) - self.kept
        little = self.determiners | self.not_names | self.verbs | self.joining | self.breaks | self.fillers | self.who
        self.common = described | little | self.he | self.she | self.they
        """Words that are no part of a name, where only the words themselves say so."""
        self.phrased = frozenset(chain(self.roles, self.actors, self.spots, self.agencies))
        """Words with which something may begin that is no name either: a role, a party, a place, an agency."""
        self._handles = {handle.casefold(): p for p in area.persons for handle in p.handles}

    def by_handle(self, handle: str) -> Person | None:
        """Return the person or party whose account it is."""
        return self._handles.get(handle.lstrip("@").casefold())

    def agency_at(self, words: list[str], at: int, stop: int) -> tuple[str, int] | None:
        """Return (agency, number of tokens) where a news agency is named at `at`."""
        return self.agencies.at(words, at, stop)

    def place_in(self, words: list[str], first: int, stop: int) -> str | None:
        """Return the code of the first province or city that tokens name."""
        found = self.places.within(words, first, stop)
        return found[0][1] if found else None

    def places_in(self, words: list[str], first: int, stop: int) -> set[str]:
        """Return the codes of the provinces that tokens name, or name a city of."""
        return {province for _, province, _ in self.places.within(words, first, stop)}

    def is_pronoun(self, word: str) -> str:
        """Return "he", "she" or "they" for a pronoun, "" for another word."""
        if word in self.he:
            return "he"
        if word in self.she:
            return "she"
        return "they" if word in self.they else ""

    def clashes(self, pronoun: str, role: str | None) -> bool:
        """Whether a role is of the other sex than a pronoun: "she" is not "her brother"."""
        other = {"he": self.female, "she": self.male}.get(pronoun)
        return bool(other and role) and not (other or set()).isdisjoint(
            word.strip(",").casefold() for word in (role or "").split()
        )

    def describes(self, word: str) -> bool:
        """Whether a word says by itself who somebody is: a rank, a noun for a role, an organisation."""
        return word in self.ranks or word in self.nouns or word in self.organisations


def is_word(word: str) -> bool:
    """Whether a token is a word or a number, not a punctuation mark."""
    return word[0].isalnum() or word[0] in "'@"
