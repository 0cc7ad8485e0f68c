"""The words that stand for a speaker in, a `Voice` out: name without rank, role, side, whether they are a witness.

It must not decide what is said. Who a name, a role or a party is comes from the area's actors file; ranks, nouns and
pronouns from the language's speech file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sitmon.area import Actor, Area, Person, Role
from sitmon.classify.names import Names
from sitmon.classify.speaker_words import SpeakerWords, is_word
from sitmon.classify.speech import Tables
from sitmon.classify.text import Document, tokens
from sitmon.model.terms import Side

_ANONYMOUS_KINDS: Final = frozenset({"civilian", "group"})
"""Kinds of actors that are people without a name, not an organisation that speaks."""
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
        self.words = SpeakerWords(area, tables)
        self.names = Names(self.words)
        self._area = area

    # -------------------------------------------------------------- look-ups

    def of_person(self, person: Person, start: int = 0, end: int = 0) -> Voice:
        """Return the voice of a person of the actors file."""
        actor = self._area.actors.get(person.actor)
        place = self._area.places.get(person.place) if person.place else None
        side = actor.side if actor else None
        outlet = bool(self.words.agencies.within(list(tokens(person.name)), 0, 1))
        return Voice(
            person.name, person.role or None, None, side, person.actor, side == "media" and not outlet,
            place.province if place else None, start=start, end=end,
        )  # fmt: skip

    # -------------------------------------------------------------- reading

    def read(self, doc: Document, first: int, stop: int) -> Voice | None:
        """Return the speaker whom tokens [first, stop) describe as a whole, or None where they describe nobody."""
        words = doc.words
        first, stop = self._trimmed(words, first, stop)
        if first >= stop or stop - first > LONGEST:
            return None
        if stop - first == 1 and (pronoun := self.words.is_pronoun(words[first])):
            return Voice(None, pronoun=pronoun, start=doc.starts[first], end=doc.ends[stop - 1])
        if (
            words[stop - 1] in self.words.aged
            and any(words[at].isdigit() for at in range(first, stop))
            and stop - first < 6
        ):
            return Voice(None, pronoun="he", start=doc.starts[first], end=doc.ends[stop - 1])  # "the 23-year-old"
        head = stop
        if not self.words.who.isdisjoint(words[first:stop]):
            head = next(at for at in range(first, stop) if words[at] in self.words.who)
        if head == first or not self.words.verbs.isdisjoint(words[first:head]):
            return None
        if (inner := self._carried(doc, first, stop) or self._first_of_two(doc, first, stop)) is not None:
            return replace(inner, start=doc.starts[first], end=doc.ends[stop - 1])
        voice = self._described(doc, first, stop, head, stop if self._calls_himself(doc, head, stop) else head)
        if voice is None or voice.agency is not None:
            return voice
        agencies = self.words.agencies.within(words, first, stop)
        return replace(voice, agency=agencies[0][1]) if agencies else voice

    def _carried(self, doc: Document, first: int, stop: int) -> Voice | None:
        """Return whose a letter is: "a statement by the ministry" is the ministry's word."""
        words = doc.words
        at = first + (words[first] in self.words.articles)
        if at + 2 >= stop or words[at] not in self.words.carriers or words[at + 1] not in self.words.carried:
            return None
        return self.read(doc, at + 2, stop)

    def _first_of_two(self, doc: Document, first: int, stop: int) -> Voice | None:
        """Return the one who is named first where two speak: "Rafi Sadat and another resident"."""
        words = doc.words[first:stop]
        if self.words.conjunctions.isdisjoint(words) or "," in words:
            return None
        joint = next(at for at, word in enumerate(words, first) if word in self.words.conjunctions)
        one = self.read(doc, first, joint)
        if one is None or one.name is None or one.organisation:
            return None
        return one if self.read(doc, joint + 1, stop) is not None else None

    def longest_suffix(self, doc: Document, first: int, stop: int) -> Voice | None:
        """Return the speaker described by the longest tail of tokens [first, stop) that describes one."""
        words = doc.words
        begin = max(first, stop - LONGEST)
        for at in range(begin, stop):
            if at > begin and not self._may_begin(doc, at):
                continue
            if at > first and words[at - 1] in self.words.joining:
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
                word in self.words.verbs
                or word in (";", ":", "(", ")", '"', "–", "-")
                or (cut > first and word in self.words.cuts and doc.words[cut - 1] not in self.words.naming)
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
            not self.words.cased
            or word in self.words.determiners
            or word in self.words.nouns
            or word in self.words.organisations
            or bool(self.words.is_pronoun(word))
            or doc.capital(at)
            or (word in self.words.actors and self.words.actors.at(doc.words, at, at + 4) is not None)
        )

    def _trimmed(self, words: list[str], first: int, stop: int) -> tuple[int, int]:
        while first < stop and (
            words[first] in self.words.breaks or words[first] in self.words.fillers or not is_word(words[first])
        ):
            first += 1
        while stop > first and (words[stop - 1] in self.words.fillers or not is_word(words[stop - 1])):
            stop -= 1
        return first, stop

    def _calls_himself(self, doc: Document, head: int, stop: int) -> bool:
        """Whether the clause after a head gives the name: "a commander who gave his name as Mansour"."""
        words = doc.words
        return any(
            (words[at] in self.words.named and doc.capital(at + 1))
            or (words[at] in self.words.naming and at + 2 < stop and doc.capital(at + 2))
            for at in range(head + 1, stop - 1)
        )

    def _described(self, doc: Document, first: int, stop: int, head: int, reach: int) -> Voice | None:
        """Return the voice of a description: a person of the actors file, a name, a role or an organisation.

        `head` is where a clause about the speaker begins, `reach` the token before which the name stands.
        """
        words = doc.words
        person = self._person_in(words, first, head)
        role, _ = self._role_in(words, first, stop)
        actor = self._actor_in(words, first, stop)
        name = self._whole_name(doc, first, reach)
        begin, end = doc.starts[first], doc.ends[stop - 1]
        if person is not None and (name is None or (name[0] < person[1] + person[2] and person[1] < name[1])):
            known, at, size = person
            voice = self.of_person(known, begin, end)
            rest = self._rest(doc, first, stop, at, at + size)
            return replace(voice, role=rest or voice.role, role_id=role.id if role else None)
        if not self._has_head(doc, first, head, name):
            return None
        side = self._side(role, actor)
        place = self.words.place_in(words, first, stop)
        witness = role.witness if role else False
        if name is not None:
            text = doc.body[doc.starts[name[0]] : doc.ends[name[1] - 1]]
            described = self._rest(doc, first, stop, name[0], name[1])
            return Voice(
                " ".join(text.split()), described, role.id if role else None, side, actor.id if actor else None,
                witness, place, start=begin, end=end,
            )  # fmt: skip
        run = self._first_run(words, first, head)
        one = (
            self._is_organisation(doc, first, run, actor)
            if self.words.cased
            else self._is_body(words, first, head, role)
        )
        if one:
            outer = self.words.joining - self.words.name_joints
            comma = next((at for at in range(first + 1, stop) if words[at] == "," or words[at] in outer), stop)
            text = self._rest(doc, first, comma, stop, stop) or doc.body[begin:end]
            return Voice(
                text, None, role.id if role else None, side, actor.id if actor else None, False, place,
                start=begin, end=end, organisation=True,
            )  # fmt: skip
        described = self._rest(doc, first, self._before_nameless(words, head, stop), stop, stop)
        return Voice(
            None, described, role.id if role else None, side, actor.id if actor else None, witness, place,
            start=begin, end=end,
        )  # fmt: skip

    def _before_nameless(self, words: list[str], head: int, stop: int) -> int:
        """Return where a description ends before a clause that only says that somebody would not be named."""
        if head >= stop:
            return stop
        silent = stop - head == 1 or not self.words.nameless.isdisjoint(words[head:stop])
        return head if silent else stop

    def _first_run(self, words: list[str], first: int, stop: int) -> int:
        """Return where the head noun's own phrase ends: at the first "of", "in", "for"."""
        return next((at for at in range(first + 1, stop) if words[at] in self.words.joining or words[at] == ","), stop)

    def _has_head(self, doc: Document, first: int, stop: int, name: tuple[int, int] | None) -> bool:
        """Whether tokens are headed by somebody who can speak."""
        words = doc.words
        run = self._first_run(words, first, stop)
        if name is not None:
            before = range(first, name[0])
            if name[0] == first or self._is_trade(doc, first, name):
                return True
            return any(self._describes(words[at]) or words[at] in self.words.roles for at in before)
        if not self.words.cased:
            near = min(stop, first + 8)
            return any(map(self.words.describes, words[first:near])) or bool(
                self.words.roles.within(words, first, near)
            )
        at = run - 1
        while at > first and not is_word(words[at]):
            at -= 1
        head = words[at]
        if head in self.words.nouns or head in self.words.organisations or self._is_agency(words, first, run):
            return True
        found = self._actor_in(words, first, run)
        return found is not None and self._ends_with_actor(words, first, run)

    def _is_trade(self, doc: Document, first: int, name: tuple[int, int]) -> bool:
        """Whether one or two small words before a full name say what somebody is: "paramedic Hashmat Noori"."""
        small = doc.words[first : name[0]]
        if len(small) > 2 or name[1] - name[0] < 2 or not all(word.isalpha() for word in small):
            return False
        return small[-1] not in self.words.joining and small[-1] not in self.words.not_names

    def _is_agency(self, words: list[str], first: int, stop: int) -> bool:
        begin = first + (words[first] in self.words.articles)
        if begin >= stop or words[begin] not in self.words.agencies:
            return False
        found = self.words.agencies.at(words, begin, stop)
        return found is not None and begin + found[1] == stop

    def _describes(self, word: str) -> bool:
        """Whether a word before a name says who that is."""
        return (
            word in self.words.nouns
            or word in self.words.ranks
            or word in self.words.organisations
            or word in self.words.actors
        )

    def _ends_with_actor(self, words: list[str], first: int, stop: int) -> bool:
        return any(at + size == stop for at, _, size in self.words.actors.within(words, first, stop))

    def _is_organisation(self, doc: Document, first: int, stop: int, actor: Actor | None) -> bool:
        words = doc.words
        head = words[stop - 1]
        if self._is_agency(words, first, stop) or self._is_party(doc, first, stop):
            return True
        if head in self.words.nouns and head not in self.words.organisations:
            return False
        if head in self.words.organisations:
            return True
        return actor is not None and actor.kind not in _ANONYMOUS_KINDS

    def _is_party(self, doc: Document, first: int, stop: int) -> bool:
        """Whether a description is all an organisation's name, written as one: "Save the Children"."""
        first += doc.words[first] in self.words.articles
        if first >= stop or not (doc.capital(first) and doc.capital(stop - 1)):
            return False
        return any(
            at == first and at + size == stop and size > 1 and actor.kind not in _ANONYMOUS_KINDS
            for at, actor, size in self.words.actors.within(doc.words, first, stop)
        )

    def _is_body(self, words: list[str], first: int, stop: int, role: Role | None) -> bool:
        """Whether a description without capitals is of an organisation: its head word decides, not its owner's."""
        heads = [w for w in words[first:stop] if w in self.words.nouns or w in self.words.organisations]
        if not heads:
            return role is None or not role.witness
        return heads[-1 if self.words.head_last else 0] not in self.words.nouns

    def _person_in(self, words: list[str], first: int, stop: int) -> tuple[Person, int, int] | None:
        for at, person, size in self.words.persons.within(words, first, stop):
            if not (at > first and words[at - 1] in self.words.joining):
                return person, at, size
        return None

    def _role_in(self, words: list[str], first: int, stop: int) -> tuple[Role | None, int]:
        """Return the role whose words are found, the longest one first."""
        best: tuple[Role | None, int] = (None, 0)
        for at, role, size in self.words.roles.within(words, first, stop):
            after = at + size
            if size <= best[1] or (size == 1 and after < stop and self.words.describes(words[after])):
                continue  # "local police": the next word is who they are
            best = (role, size)
        if not self.words.cased and not self.words.determiners.isdisjoint(words[first:stop]):
            plain = [word for word in words[first:stop] if word not in self.words.determiners]
            for _, role, size in self.words.roles.within(plain, 0, len(plain)):
                best = (role, size) if size > best[1] else best  # "of the provincial council one member"
        return best

    def _actor_in(self, words: list[str], first: int, stop: int) -> Actor | None:
        best: tuple[Actor | None, int] = (None, 0)
        for _, actor, size in self.words.actors.within(words, first, stop):
            weight = size + (actor.kind not in _ANONYMOUS_KINDS) * 10
            if weight > best[1]:
                best = (actor, weight)
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
        name = self.names.find(doc, first, stop)
        if name is None or name[1] >= stop or not self.words.cased:
            return name
        after = doc.words[name[1]]
        return name if not is_word(after) or after in self.words.after_name or after.isdigit() else None

    def _rest(self, doc: Document, first: int, stop: int, cut: int, until: int) -> str | None:
        """Return the description without the name and without the article, as it is written."""
        words = doc.words
        pieces: list[str] = []
        for begin, end in ((first, min(cut, stop)), (until, stop)):
            aside = begin + (begin < end and words[begin] == ",")
            if pieces and aside < end and words[aside] in self.words.reached:
                continue  # "the spokesman, speaking by telephone"
            while begin < end and (words[begin] in self.words.articles or not is_word(words[begin])):
                begin += 1
            while end > begin and (not is_word(words[end - 1]) or words[end - 1] in self.words.articles):
                end -= 1
            if begin < end:
                pieces.append(" ".join(doc.body[doc.starts[begin] : doc.ends[end - 1]].split()))
        return ", ".join(pieces) or None
