"""A speaker as one sentence names them in, the same speaker as the whole text knows them out.

It must not read verbs of saying. It keeps who was named so far: "he" is the last person, a surname alone the person
whose full name ends with it, "the governor" the person introduced as governor.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.standins import StandIns
from sitmon.classify.text import Document, fold
from sitmon.classify.units import Unit

_OWNER: Final = re.compile(r"([^\W\d_][\w .-]*?)['’]s\s")
"""Whose relative a role names: "Latif's sister"."""
_DATELINE: Final = 10
"""Tokens of a dateline before its dash."""
_SUBJECT: Final = 64
"""Tokens at most in which a sentence's subject is looked for, with what stands before it and its asides."""


class Memory:
    """Who was named in a document so far."""

    def __init__(self, doc: Document, speakers: Speakers) -> None:
        self._doc = doc
        self._speakers = speakers
        self._stand_ins = StandIns(doc, speakers)
        self._known: list[Voice] = []
        self._by_word: dict[str, Voice] = {}
        self._last_person: tuple[Voice, Unit] | None = None
        self._last: tuple[Voice, Unit] | None = None
        self._runs: dict[str, list[tuple[int, int]]] | None = None
        self._subjects: dict[tuple[int, int], Voice | None] = {}
        """By the tokens read: each verb of saying of a sentence asks for the same."""

    def spoke(self, voice: Voice, unit: Unit) -> None:
        """Note who spoke last."""
        self._last = (voice, unit)
        if not voice.organisation and not voice.pronoun and voice.label is not None:
            self._last_person = (voice, unit)

    def resolve(self, voice: Voice, unit: Unit) -> Voice:
        """Return the speaker whom a pronoun, a surname or a role stands for; the same where it stands for itself."""
        found = self._resolved(voice, unit)
        if found.side is not None or found.actor is not None or (found.name is not None and not found.organisation):
            return found
        if voice.pronoun and found.label is not None:
            return found
        party = self._stand_ins.party(voice, self._last[0] if self._last is not None else None)
        if party is None:
            return found
        if voice.pronoun:
            return replace(found, name=party.name, side=party.side, actor=party.id, organisation=True, pronoun="")
        return replace(found, side=party.side, actor=party.id)

    def _resolved(self, voice: Voice, unit: Unit) -> Voice:
        if voice.pronoun:
            return self._of_pronoun(voice, unit)
        if voice.name is not None and not voice.organisation:
            return self._of_name(voice)
        if voice.name is None and voice.role is not None:
            return self._of_role(voice)
        return voice

    # -------------------------------------------------------------- pronouns

    def _of_pronoun(self, voice: Voice, unit: Unit) -> Voice:
        if voice.pronoun == "they":
            found = self._group_since(voice) or (self._last[0] if self._last is not None else None)
            return self._as(found, voice) if found is not None else replace(voice, role=None)
        newer = self._named_since(unit, voice.start, voice.pronoun)
        if newer is not None:
            return self._as(newer, voice)
        if self._last_person is not None:
            return self._as(self._last_person[0], voice)
        return Voice(None, start=voice.start, end=voice.end)

    def _as(self, found: Voice, at: Voice) -> Voice:
        return replace(found, start=at.start, end=at.end, pronoun="", agency=at.agency or found.agency)

    def _named_since(self, unit: Unit, before: int, pronoun: str) -> Voice | None:
        """Return whoever is the subject of a sentence between the last speaker and a pronoun."""
        doc = self._doc
        floor = self._last_person[1].stop if self._last_person is not None else 0
        here = doc.sentence_at(before)
        for number in range(here, max(-1, here - 3), -1):
            first, stop = doc.bounds[number]
            if first < floor:
                break
            if doc.starts[first] >= before and number == here:
                continue
            limit = doc.token_at(before) if number == here else stop
            voice = self._subject(first, min(limit, stop))
            if voice is not None and not voice.organisation and not voice.pronoun:
                if voice.name is None and self._is_plural(voice):
                    continue
                if self._speakers.words.clashes(pronoun, voice.role):
                    owner = _OWNER.match(voice.role or "")
                    if owner is None:
                        continue  # "Her brother, Tamim, stayed": not "she"
                    voice = Voice(owner[1], start=voice.start, end=voice.end)
                return self.resolve(self._relative_of(voice, first, min(limit, stop), pronoun) or voice, unit)
        return None

    def _relative_of(self, voice: Voice, first: int, stop: int, pronoun: str) -> Voice | None:
        """Return the relative of somebody whom alone a pronoun can mean: "Karim met his sister Laila ... she"."""
        words, w = self._doc.words, self._speakers.words
        whose, kin = {"she": (w.his, w.female), "he": (w.her, w.male)}.get(pronoun, (frozenset(), frozenset()))
        stop = min(stop, first + _SUBJECT)
        if whose.isdisjoint(words[first:stop]):
            return None
        for at in range(first, stop - 2):
            if words[at] in whose and words[at + 1] in kin and self._doc.starts[at] > voice.start:
                read = self._speakers.longest_prefix(self._doc, at, stop)
                return read[0] if read is not None and read[0].name is not None else None
        return None

    def _group_since(self, voice: Voice) -> Voice | None:
        """Return the organisation, or for "they" the people, that the sentence before told of since somebody spoke."""
        doc = self._doc
        number = doc.sentence_at(voice.start) - 1
        floor = self._last[1].stop if self._last is not None else 0
        if number < 0 or doc.bounds[number][0] < floor:
            return None
        found = self._subject(*doc.bounds[number])
        if found is None or found.pronoun:
            return None
        thing = doc.words[doc.token_at(voice.start)] in self._speakers.words.thing
        return found if found.organisation or (not thing and found.name is None and self._is_plural(found)) else None

    def _is_plural(self, voice: Voice) -> bool:
        return bool(voice.role) and (voice.role or "").split()[-1].endswith("s")

    def subject_of(self, unit: Unit, before: int) -> Voice | None:
        """Return the subject of a unit, as far as it stands before a token."""
        return self._subject(unit.first, before)

    def subject_before(self, unit: Unit) -> Voice | None:
        """Return the subject of the sentence right before a unit of the same paragraph."""
        doc = self._doc
        number = doc.sentence_at(unit.start) - 1
        if number < 0 or "\n" in doc.body[doc.sentences[number][1] : unit.start]:
            return None
        voice = self._subject(*doc.bounds[number])
        if voice is None or voice.organisation or (voice.name is None and self._is_plural(voice)):
            return None
        return self.resolve(voice, unit)

    def _subject(self, first: int, stop: int) -> Voice | None:
        key = (first, min(stop, first + _SUBJECT))
        if key not in self._subjects:
            self._subjects[key] = self._read_subject(*key)
        return self._subjects[key]

    def _read_subject(self, first: int, stop: int) -> Voice | None:
        words = self._doc.words
        dash = next((t for t in range(first, min(stop, first + _DATELINE)) if words[t] in ("–", "-")), None)
        if dash is not None and dash + 1 < stop:
            first = dash + 1
        read = self._speakers.longest_prefix(self._doc, first, min(stop, first + 14))
        if read is None:
            comma = next((t for t in range(first, min(stop, first + 12)) if words[t] == ","), stop)
            read = self._speakers.longest_prefix(self._doc, comma + 1, min(stop, comma + 15)) if comma < stop else None
        if read is None:
            return None
        voice, end = read
        if voice.name is None and end < stop and words[end] == "," and end + 1 < stop:
            close = next((t for t in range(end + 1, min(stop, end + 8)) if words[t] == ","), None)
            if close is not None and (whole := self._speakers.read(self._doc, first, close)) is not None:
                return whole
        return voice

    # -------------------------------------------------------------- names and roles

    def _of_name(self, voice: Voice) -> Voice:
        """Return the full name for a surname; note every name with its words."""
        name = voice.name or ""
        words = [fold(w) for w in name.split()]
        known = self._by_word.get(words[-1]) or (self._by_word.get(words[0]) if len(words) == 1 else None)
        if known is not None and known.name is not None and _within(words, known.name):
            full = replace(
                known, start=voice.start, end=voice.end, agency=voice.agency or known.agency,
                role=known.role or voice.role, role_id=known.role_id or voice.role_id, side=known.side or voice.side,
            )  # fmt: skip
        elif len(words) == 1 and (longer := self._written_before(words[0], voice.start)) is not None:
            full = replace(voice, name=longer)
        else:
            full = voice
        self._note(full)
        return full

    def _note(self, voice: Voice) -> None:
        words = [fold(w) for w in (voice.name or "").split()]
        if not words:
            return
        self._by_word[words[-1]] = voice
        self._by_word[words[0]] = voice
        self._known.append(voice)

    def _of_role(self, voice: Voice) -> Voice:
        """Return the person introduced with the same role, for "the governor", "the spokesman"."""
        body = self._doc.body
        role = fold(voice.role or "")
        if (
            not fold(body[voice.start : voice.start + 4]).startswith("the ")
            or len(role.split()) > 2
            or role.endswith("s")
        ):
            return voice
        for known in reversed(self._known):
            if known.role is not None and role.split()[-1] in fold(known.role).split():
                return self._as(known, voice)
        return voice

    def _written_before(self, word: str, before: int) -> str | None:
        """Return the full name that ends (or begins) with a word and was written before an offset."""
        if self._runs is None:
            self._runs = self._names()
        for first, stop in reversed(self._runs.get(word, [])):
            if self._doc.starts[first] < before:
                return " ".join(self._doc.body[self._doc.starts[first] : self._doc.ends[stop - 1]].split())
        return None

    def _names(self) -> dict[str, list[tuple[int, int]]]:
        """Return word -> names of two words and more that end or begin with it, as token ranges."""
        doc = self._doc
        runs: dict[str, list[tuple[int, int]]] = {}
        at, count = 0, len(doc.words)
        while at < count:
            if not (doc.words[at][0].isalpha() and doc.body[doc.starts[at]].isupper()):
                at += 1
                continue
            begin = at
            while at < count and at - begin < 12 and doc.words[at][0].isalpha() and doc.body[doc.starts[at]].isupper():
                if at > begin and "\n" in doc.body[doc.ends[at - 1] : doc.starts[at]]:
                    break
                at += 1
            name = self._speakers.names.find(doc, begin, at)
            if name is not None and name[1] - name[0] > 1:
                runs.setdefault(doc.words[name[1] - 1], []).append(name)
                runs.setdefault(doc.words[name[0]], []).append(name)
        return runs


def _within(words: list[str], name: str) -> bool:
    """Whether words are a shorter form of a name: some of its words, in its order."""
    full = [fold(w) for w in name.split()]
    return len(words) <= len(full) and all(w in full for w in words)
