"""The words that stand for a speaker in, a `Voice` out: name without rank, role, side, whether they are a witness.

It must not decide what is said. Who a name, a role or a party is comes from the area's actors file; ranks, nouns and
pronouns from the language's speech file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from sitmon.area import Actor, Area, Person, Role
from sitmon.classify.speech import Phrases, Tables, script_of
from sitmon.classify.text import Document
from sitmon.model.terms import Side

_ANONYMOUS_KINDS: Final = frozenset({"civilian", "group"})
"""Kinds of actors that are people without a name, not an organisation that speaks."""
_LONGEST_NAME: Final = 5
LONGEST: Final = 40
"""Tokens of a speaker's description that are read."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks. `start` and `end` are offsets of the words that say so."""

    name: str | None
    role: str | None = None
    role_id: str | None = None
    side: Side | None = None
    actor: str | None = None
    witness: bool = False
    place: str | None = None
    """Code of the province that the role names ("a member of the Kunduz provincial council")."""
    agency: str | None = None
    """The agency that carries the words, where the text credits one ("told AFP")."""
    start: int = 0
    end: int = 0
    organisation: bool = False
    pronoun: str = ""
    """ "he", "she" or "they" where only a pronoun stands there."""

    @property
    def label(self) -> str | None:
        """The name, else the role."""
        return self.name or self.role


class Speakers:
    """Reads the descriptions of speakers in one language of an area; build once."""

    def __init__(self, area: Area, tables: Tables) -> None:
        key = "speakers."
        self.lang = tables.lang
        self._ranks = tables.words(key + "ranks")
        self._kept = tables.words(key + "keep_in_names")
        self.nouns = tables.words(key + "nouns")
        self._organisations = tables.words(key + "organisations")
        self.he, self.she, self.they = tables.words(key + "he"), tables.words(key + "she"), tables.words(key + "they")
        self.who = tables.words(key + "who")
        self.determiners = tables.words(key + "determiners")
        self._joining = tables.words(key + "joints")
        self._articles = tables.words(key + "articles")
        self._breaks = tables.words(key + "breaks")
        self.fillers = tables.words(key + "fillers")
        self._after_name = tables.words(key + "after_name")
        self._not_names = tables.words(key + "not_names")
        self._particles = tables.words(key + "particles")
        self._verbs = tables.words(key + "verbs")
        self._calendar = tables.words("dates.weekdays") | tables.words("dates.months")
        self._cased = script_of("".join(self.nouns)) != "arabic"
        self._roles = Phrases.of((text, r) for r in area.roles for lang, text in r.cues if lang == tables.lang)
        self._persons = Phrases.of((text, p) for p in area.persons for text in [*(t for _, t in p.aliases), p.name])
        self._actors = Phrases.of(
            (text.rstrip("*"), a)
            for a in area.actors.values()
            for text in [*(t for lang, t in a.aliases if lang in (tables.lang, "en")), *a.adjectives]
        )
        self._places = Phrases.of(
            (alias.text, area.places[alias.code].province)
            for alias in area.aliases
            if not alias.weak and alias.code in area.places and area.places[alias.code].kind in ("province", "city")
        )
        self._agencies = Phrases.of((text, text) for text in tables.texts(key + "agencies"))
        self._area = area
        self._handles = {handle.casefold(): p for p in area.persons for handle in p.handles}

    # -------------------------------------------------------------- look-ups

    def by_handle(self, handle: str) -> Person | None:
        """Return the person or party whose account it is."""
        return self._handles.get(handle.lstrip("@").casefold())

    def of_person(self, person: Person, start: int = 0, end: int = 0, name: str | None = None) -> Voice:
        """Return the voice of a person of the actors file."""
        actor = self._area.actors.get(person.actor)
        place = self._area.places.get(person.place) if person.place else None
        return Voice(
            person.name if name is None else name, person.role or None, None, actor.side if actor else None, person.actor,
            actor is not None and actor.side == "media", place.province if place else None, start=start, end=end,
        )  # fmt: skip

    def agency_at(self, words: list[str], at: int, stop: int) -> tuple[str, int] | None:
        """Return (agency, number of tokens) where a news agency is named at `at`."""
        return self._agencies.at(words, at, stop)

    def place_in(self, words: list[str], first: int, stop: int) -> str | None:
        """Return the code of the first province or city that tokens name."""
        for at in range(first, stop):
            found = self._places.at(words, at, stop)
            if found is not None:
                return found[0]
        return None

    def is_pronoun(self, word: str) -> str:
        """Return "he", "she" or "they" for a pronoun, "" for another word."""
        if word in self.he:
            return "he"
        if word in self.she:
            return "she"
        return "they" if word in self.they else ""

    # -------------------------------------------------------------- reading

    def read(self, doc: Document, first: int, stop: int) -> Voice | None:
        """Return the speaker whom tokens [first, stop) describe as a whole, or None where they describe nobody."""
        words = doc.words
        first, stop = self._trimmed(words, first, stop)
        if first >= stop or stop - first > LONGEST:
            return None
        if stop - first == 1 and (pronoun := self.is_pronoun(words[first])):
            return Voice(None, pronoun=pronoun, start=doc.starts[first], end=doc.ends[stop - 1])
        head = next((at for at in range(first, stop) if words[at] in self.who), stop)
        if head == first:
            return None
        if any(words[at] in self._verbs for at in range(first, head)):
            return None
        return self._described(doc, first, stop, head)

    def longest_suffix(self, doc: Document, first: int, stop: int) -> Voice | None:
        """Return the speaker described by the longest tail of tokens [first, stop) that describes one."""
        words = doc.words
        begin = max(first, stop - LONGEST)
        for at in range(begin, stop):
            if at > begin and not self._may_begin(doc, at):
                continue
            if at > first and words[at - 1] in self._joining:
                continue
            voice = self.read(doc, at, stop)
            if voice is not None:
                return voice
        return None

    def longest_prefix(self, doc: Document, first: int, stop: int) -> tuple[Voice, int] | None:
        """Return (speaker, token after) for the longest head of tokens [first, stop) that describes one."""
        end = min(stop, first + LONGEST)
        for cut in range(first, end):
            word = doc.words[cut]
            if (
                word in self._verbs
                or word in (";", ":", "(", ")", '"')
                or (cut > first and word in self._breaks - self._joining)
            ):
                end = cut
                break
        for at in range(end, first, -1):
            voice = self.read(doc, first, at)
            if voice is not None:
                return voice, at
        return None

    def _may_begin(self, doc: Document, at: int) -> bool:
        word = doc.words[at]
        return (
            not self._cased
            or word in self.determiners
            or word in self.nouns
            or word in self._organisations
            or bool(self.is_pronoun(word))
            or doc.capital(at)
            or self._actors.at(doc.words, at, at + 4) is not None
        )

    def _trimmed(self, words: list[str], first: int, stop: int) -> tuple[int, int]:
        while first < stop and (
            words[first] in self._breaks or words[first] in self.fillers or not _is_word(words[first])
        ):
            first += 1
        while stop > first and (words[stop - 1] in self.fillers or not _is_word(words[stop - 1])):
            stop -= 1
        return first, stop

    def _described(self, doc: Document, first: int, stop: int, head: int) -> Voice | None:
        """Return the voice of a description: a person of the actors file, a name, a role or an organisation."""
        words = doc.words
        person = self._person_in(words, first, head)
        role, role_words = self._role_in(words, first, stop)
        actor = self._actor_in(words, first, stop)
        name = self._whole_name(doc, first, head)
        begin, end = doc.starts[first], doc.ends[stop - 1]
        if person is not None:
            known, at, size = person
            voice = self.of_person(known, begin, end)
            rest = self._rest(doc, first, stop, at, at + size)
            return replace(voice, role=rest or voice.role, role_id=role.id if role else None)
        if not self._has_head(doc, first, head, name):
            return None
        side = self._side(role, actor)
        place = self.place_in(words, first, stop)
        witness = role.witness if role else False
        if name is not None:
            text = doc.body[doc.starts[name[0]] : doc.ends[name[1] - 1]]
            described = self._rest(doc, first, stop, name[0], name[1])
            return Voice(
                " ".join(text.split()), described, role.id if role else None, side, actor.id if actor else None,
                witness, place, start=begin, end=end,
            )  # fmt: skip
        run = self._first_run(words, first, head)
        described = self._rest(doc, first, stop, stop, stop)
        if self._is_organisation(words, first, run, actor):
            text = described or doc.body[begin:end]
            return Voice(
                text, None, role.id if role else None, side, actor.id if actor else None, False, place,
                start=begin, end=end, organisation=True,
            )  # fmt: skip
        return Voice(
            None, described, role.id if role else None, side, actor.id if actor else None, witness, place,
            start=begin, end=end,
        )  # fmt: skip

    def _first_run(self, words: list[str], first: int, stop: int) -> int:
        """Return where the head noun's own phrase ends: at the first "of", "in", "for"."""
        return next((at for at in range(first + 1, stop) if words[at] in self._joining), stop)

    def _has_head(self, doc: Document, first: int, stop: int, name: tuple[int, int] | None) -> bool:
        """Whether tokens are headed by somebody who can speak."""
        words = doc.words
        run = self._first_run(words, first, stop)
        if name is not None:
            ends = name[1] >= stop or not _is_word(words[name[1]]) or words[name[1]] in self._after_name
            ends = ends or words[name[1]] in ("'s",) or words[name[1]].isdigit()
            before = range(first, name[0])
            return (ends or bool(before)) and (name[0] == first or any(self._describes(words[at]) for at in before))
        if not self._cased:
            return any(self._describes_alone(words[at]) for at in range(first, min(stop, first + 8)))
        at = run - 1
        while at > first and not _is_word(words[at]):
            at -= 1
        head = words[at]
        if head in self.nouns or head in self._organisations or self._is_agency(words, first, run):
            return True
        found = self._actor_in(words, first, run)
        return found is not None and self._ends_with_actor(words, first, run)

    def _is_agency(self, words: list[str], first: int, stop: int) -> bool:
        begin = first + (words[first] in self._articles)
        found = self._agencies.at(words, begin, stop) if begin < stop else None
        return found is not None and begin + found[1] == stop

    def _describes(self, word: str) -> bool:
        """Whether a word before a name says who that is."""
        return word in self.nouns or word in self._ranks or word in self._organisations or word in self._actors

    def _ends_with_actor(self, words: list[str], first: int, stop: int) -> bool:
        return any(
            (found := self._actors.at(words, at, stop)) is not None and at + found[1] == stop
            for at in range(first, stop)
        )

    def _is_organisation(self, words: list[str], first: int, stop: int, actor: Actor | None) -> bool:
        if not self._cased:
            return not any(words[at] in self.nouns for at in range(first, stop))
        head = words[stop - 1]
        if self._is_agency(words, first, stop):
            return True
        if head in self.nouns and head not in self._organisations:
            return False
        if head in self._organisations:
            return True
        return actor is not None and actor.kind not in _ANONYMOUS_KINDS

    def _person_in(self, words: list[str], first: int, stop: int) -> tuple[Person, int, int] | None:
        for at in range(first, stop):
            found = self._persons.at(words, at, stop)
            if found is not None and not (at > first and words[at - 1] in self._joining):
                return found[0], at, found[1]
        return None

    def _role_in(self, words: list[str], first: int, stop: int) -> tuple[Role | None, int]:
        """Return the role whose words are found, the longest one first."""
        best: tuple[Role | None, int] = (None, 0)
        for at in range(first, stop):
            found = self._roles.at(words, at, stop)
            if found is None or found[1] <= best[1]:
                continue
            after = at + found[1]
            if found[1] == 1 and after < stop and self._describes_alone(words[after]):
                continue  # "local police": the next word is who they are
            best = (found[0], found[1])
        return best

    def _actor_in(self, words: list[str], first: int, stop: int) -> Actor | None:
        best: tuple[Actor | None, int] = (None, 0)
        for at in range(first, stop):
            found = self._actors.at(words, at, stop)
            if found is None:
                continue
            weight = found[1] + (found[0].kind not in _ANONYMOUS_KINDS) * 10
            if weight > best[1]:
                best = (found[0], weight)
        return best[0]

    def _side(self, role: Role | None, actor: Actor | None) -> Side | None:
        if role is not None and role.side is not None:
            if (
                actor is not None
                and role.side == "government"
                and actor.side in ("insurgent", "foreign", "international")
            ):
                return actor.side
            return role.side
        return actor.side if actor is not None else None

    def _whole_name(self, doc: Document, first: int, stop: int) -> tuple[int, int] | None:
        """Return the name in a description, unless its next word shows that it is an adjective ("Syrian army")."""
        name = self.name_in(doc, first, stop)
        if name is None or name[1] >= stop:
            return name
        after = doc.words[name[1]]
        return name if not _is_word(after) or after in self._after_name or after.isdigit() else None

    def name_in(self, doc: Document, first: int, stop: int) -> tuple[int, int] | None:
        """Return the tokens of the person's name in a description: its first run of capitals that is one."""
        words = doc.words
        if not self._cased:
            return self._uncased_name(words, first, stop)
        at = first
        while at < stop:
            if not self._capital(doc, at):
                at += 1
                continue
            begin = at
            if (place := self._places.at(words, at, stop)) is not None and place[1] > 1:
                at += place[1]
                continue
            while at < stop and (self._capital(doc, at) or self._inside_name(doc, begin, at, stop)):
                at += 1
            if at < stop and words[at] == "'s":
                continue  # "Mexico's defence ministry": whose it is, not who speaks
            cut, ranked = self._cut(doc, begin, at)
            if cut >= at or (begin > first and not ranked and self._after_joint(words, begin, first)):
                continue
            end = at
            while end > cut and not _is_word(words[end - 1]):
                end -= 1
            if end > cut and not (end - cut == 1 and words[cut] in self._not_names):
                return cut, end
        return None

    def _uncased_name(self, words: list[str], first: int, stop: int) -> tuple[int, int] | None:
        """Return the name in a script without capitals: one to five words that are nothing else.

        It stands at the very beginning, before a comma or a role, or at the very end, after a role.
        """
        known = [False] * (stop - first)
        tables: tuple[Phrases[Any], ...] = (self._roles, self._actors, self._places, self._agencies)
        at = first
        while at < stop:
            size = 1 if self._is_common(words[at]) else 0
            for table in tables:
                found = table.at(words, at, stop)
                if found is None or (table is self._places and at > first and not known[at - 1 - first]):
                    continue  # a place right after a name is the name's end: "Karim Wardak"
                size = max(size, found[1])
            for spot in range(at, min(stop, at + size)):
                known[spot - first] = words[spot] not in self._kept
            at += max(1, size)
        head = next((n for n, common in enumerate(known) if common), len(known))
        if 1 <= head <= _LONGEST_NAME and (head == len(known) or words[first + head] == ","):
            return first, first + head
        tail = next((n for n, common in enumerate(reversed(known)) if common), len(known))
        if 1 <= tail <= _LONGEST_NAME and any(self._describes_alone(word) for word in words[first : stop - tail]):
            return stop - tail, stop
        return None

    def _is_common(self, word: str) -> bool:
        return (
            not word[0].isalpha()
            or word in self.determiners
            or word in self._not_names
            or word in self._verbs
            or word in self._joining
            or word in self._breaks
            or word in self.fillers
            or word in self.who
            or self._describes_alone(word)
            and word not in self._kept
            or bool(self.is_pronoun(word))
        )

    def _after_joint(self, words: list[str], begin: int, first: int) -> bool:
        """Whether a run of capitals hangs on "of", "for", "in": a place or an office, not the speaker."""
        before = words[begin - 1]
        if before in self.determiners and begin - 2 >= first:
            return words[begin - 2] in self._joining
        return before in self._joining

    def _capital(self, doc: Document, at: int) -> bool:
        char = doc.body[doc.starts[at]]
        return char.isupper() and doc.words[at] not in self._calendar

    def _inside_name(self, doc: Document, begin: int, at: int, stop: int) -> bool:
        """Whether a small word goes on with a name: "Zia ul Haq", an initial's or a rank's stop."""
        word = doc.words[at]
        if at + 1 >= stop or not self._capital(doc, at + 1):
            return False
        if word == ".":
            return len(doc.words[at - 1]) == 1 or doc.words[at - 1] in self._ranks
        return word in self._particles

    def _cut(self, doc: Document, begin: int, stop: int) -> tuple[int, bool]:
        """Return (where the name begins in a run of capitals, whether a rank or role comes before it)."""
        words = doc.words
        cut = at = begin
        ranked = False
        while at < stop:
            word = words[at]
            if word in self._kept and at + 1 < stop:
                ranked = True
                at += 1
                continue
            size = 1 if word in self.determiners or (word == "." and len(words[at - 1]) > 1) else 0
            size = size or (1 if word in self._not_names and at == begin else 0)
            if self._describes_alone(word):
                size, ranked = 1, True
            if (role := self._roles.at(words, at, stop)) is not None:
                size, ranked = max(size, role[1]), True
            if (agency := self._agencies.at(words, at, stop)) is not None:
                size = max(size, agency[1])
            actor = self._actors.at(words, at, stop)
            if actor is not None and (cut == at or at + actor[1] < stop):
                size = max(size, actor[1])
            if at == cut and (place := self._places.at(words, at, stop)) is not None and stop - at - place[1] != 1:
                size = max(size, place[1])  # "Kunduz Council Member"; but "Ghazni Rahimi" is a name
            if size:
                cut = at = at + size
            else:
                at += 1
        return min(cut, stop), ranked

    def _describes_alone(self, word: str) -> bool:
        return word in self._ranks or word in self.nouns or word in self._organisations

    def _rest(self, doc: Document, first: int, stop: int, cut: int, until: int) -> str | None:
        """Return the description without the name and without the article, as it is written."""
        words = doc.words
        pieces: list[str] = []
        for begin, end in ((first, min(cut, stop)), (until, stop)):
            while begin < end and (words[begin] in self._articles or not _is_word(words[begin])):
                begin += 1
            while end > begin and (not _is_word(words[end - 1]) or words[end - 1] in self._articles):
                end -= 1
            if begin < end:
                pieces.append(" ".join(doc.body[doc.starts[begin] : doc.ends[end - 1]].split()))
        return ", ".join(pieces) or None


def _is_word(word: str) -> bool:
    return word[0].isalnum() or word[0] in "'@"
