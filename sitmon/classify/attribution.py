"""A document in, the statements out: which stretch of it is said by whom, directly or indirectly.

It must not judge whether what is said is true, nor on whose side it counts. Attribution reaches across sentences: a
pronoun or a surname stands for the one named before, a paragraph in marks goes on with the speaker of the last, an
embedded post belongs to the account that signs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from sitmon.area import Area
from sitmon.classify import language
from sitmon.classify import marks as quotation
from sitmon.classify.contents import Contents, Words
from sitmon.classify.frames import Frame, Frames
from sitmon.classify.headlines import Headlines
from sitmon.classify.marks import Marked
from sitmon.classify.memory import Memory
from sitmon.classify.saying import SayingWords
from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.speech import Tables, script_of
from sitmon.classify.statements import Statement, speaker_at
from sitmon.classify.text import Document
from sitmon.classify.units import Unit, units_of
from sitmon.model.item import Item

__all__ = ["Attributor", "Statement", "speaker_at"]

_SIGNATURE: Final = re.compile(
    r"^[ \t]*[—–-]{1,2}[ \t]*(?P<name>[^\n@]{1,80}?)[ \t]*\(@(?P<handle>\w{1,30})\)(?P<rest>[^\n]{0,60})$", re.MULTILINE
)
"""The line under an embedded post: "— Name (@handle) August 8, 2021"."""
_TELLING: Final = 8
"""Sentences that show which language they are in."""
_BESIDE: Final = frozenset({":", "–", "-"})
"""Marks that may part a speaker from what is said."""
_NO_PARTY: Final = frozenset({None, "media", "civilian"})
"""Sides whose posts tell of what happens: nobody's words to quote."""
_ADDRESS: Final = re.compile(r"(?:\s*(?:https?://\S+|pic\.twitter\.com/\S+))+\s*$")


class Attributor:
    """Finds who says what, in the languages of an area; build once, use for every document."""

    def __init__(self, area: Area) -> None:
        self._languages: list[tuple[Frames, Contents, Headlines]] = []
        self._scripts: list[str] = []
        first: set[str] = set()
        for file in area.speech.values():
            tables = Tables(file)
            words, speakers = SayingWords(tables), Speakers(area, tables)
            self._languages.append(
                (Frames(words, speakers), Contents(Words(tables), words, speakers), Headlines(words, speakers))
            )
            first |= words.first_words
            self._scripts.append(script_of(" ".join(words.strong)))
        self._first_words = frozenset(first)

    def author(self, item: Item) -> Voice | None:
        """Return who speaks a post: the person or party whose account it is; None for articles, the press, residents.

        A post of a journalist is the journalist's own text: only what it quotes is a quote.
        """
        if not self._languages:
            return None
        speakers = self._languages[0][0].speakers
        if item.author and (person := speakers.words.by_handle(item.author)) is not None:
            voice = speakers.of_person(person)
            return None if voice.side == "media" else voice
        if item.kind == "article" or item.side in _NO_PARTY:
            return None
        return Voice(item.author or item.source, side=item.side)

    def statements(
        self, doc: Document, author: Voice | None = None, *, lang: str | None = None
    ) -> tuple[Statement, ...]:
        """Return the statements in the order of the text; one may lie inside another (a post that quotes somebody).

        `lang` is the text's language where it is known already.
        """
        found: list[Statement] = []
        if author is not None and doc.body:
            end = _ADDRESS.search(doc.body)
            found.append(Statement(0, end.start() if end and end.start() else len(doc.body), author, "direct"))
        blocks = self._blocks(doc) if "(@" in doc.body else []
        found.extend(block for block, _, _ in blocks)
        marks = quotation.find(doc.body) if quotation.may_have(doc.body) else ()
        if marks or not self._first_words.isdisjoint(doc.words) or not _BESIDE.isdisjoint(doc.words):
            signatures = [(start, end) for _, start, end in blocks]
            units = units_of(doc, marks, signatures)
            scripts = [script_of(doc.body[unit.start : unit.end]) for unit in units]
            for script in dict.fromkeys(scripts):
                own = [unit for unit, its in zip(units, scripts, strict=True) if its == script]
                readers = self._language(doc, script, own, lang)
                if readers is not None:
                    found.extend(_Reading(doc, own, *readers).statements())
        return tuple(self._placed(doc, statement) for statement in _ordered(found))

    def _placed(self, doc: Document, statement: Statement) -> Statement:
        """Return a statement with the place of its speaker's office, or the one province that its words name."""
        place = statement.voice.place
        if place is None and self._languages:
            first, stop = doc.token_at(statement.start - 1) + 1, doc.token_at(statement.end - 1) + 1
            named = self._languages[0][0].speakers.words.places_in(doc.words, first, stop)
            place = next(iter(named)) if len(named) == 1 else None
        return statement._replace(place=place) if place is not None else statement

    def _language(
        self, doc: Document, script: str, units: Sequence[Unit], lang: str | None
    ) -> tuple[Frames, Contents, Headlines] | None:
        """Return the language of a script that its units are in, else the one with most of their words of saying."""
        rows = [row for row, its in zip(self._languages, self._scripts, strict=True) if its == script]
        if len(rows) < 2:
            return rows[0] if rows else None
        if lang is None or all(row[0].speakers.words.lang != lang for row in rows):  # it is that of another script
            lang = language.detect(" ".join(doc.body[unit.start : unit.end] for unit in units[:_TELLING]))
        for row in rows:
            if row[0].speakers.words.lang == lang:
                return row
        words = set(doc.words)
        return max(
            rows, key=lambda row: len(words & row[0].words.first_words) + len(words & row[0].speakers.words.nouns)
        )

    def _blocks(self, doc: Document) -> list[tuple[Statement, int, int]]:
        """Return (statement of an embedded post, start and end of the line that signs it)."""
        found: list[tuple[Statement, int, int]] = []
        speakers = self._languages[0][0].speakers if self._languages else None
        for match in _SIGNATURE.finditer(doc.body):
            start, end = _paragraph_before(doc.body, match.start())
            address = _ADDRESS.search(doc.body, start, end)
            end = address.start() if address else end
            if speakers is None or start >= end:
                continue
            person = speakers.words.by_handle(match["handle"])
            name = match["name"].strip()
            if person is not None:
                voice = speakers.of_person(person, match.start("name"), match.end("handle") + 1)
            else:
                voice = Voice(name, f"@{match['handle']}", start=match.start("name"), end=match.end("handle") + 1)
            found.append((Statement(start, end, voice, "direct"), match.start(), match.end()))
        return found


def _paragraph_before(body: str, at: int) -> tuple[int, int]:
    """Return the offsets of the paragraph (up to a blank line) that ends right before a line."""
    end = at
    while end > 0 and body[end - 1].isspace():
        end -= 1
    blank = body.rfind("\n\n", 0, end)
    start = blank + 2 if blank >= 0 else 0
    return start, end


def _ordered(found: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements in the order of the text, each stretch once, the wider before the narrower."""
    seen: set[tuple[int, int]] = set()
    kept: list[Statement] = []
    for statement in sorted(found, key=lambda s: (s.start, -s.end, s.voice.name is None)):
        if (statement.start, statement.end) not in seen and statement.start < statement.end:
            seen.add((statement.start, statement.end))
            kept.append(statement)
    return tuple(kept)


class _Reading:
    """One document at work: its units in order, with a memory of who spoke."""

    def __init__(
        self, doc: Document, units: Sequence[Unit], frames: Frames, contents: Contents, headlines: Headlines
    ) -> None:
        self.doc = doc
        self.units = units
        self.frames = frames
        self.contents = contents
        self.headlines = headlines
        self.memory = Memory(doc, frames.speakers)
        self.pending: list[tuple[Marked, Unit]] = []
        self.last: tuple[Statement, Unit, bool] | None = None

    def statements(self) -> Iterator[Statement]:
        """Yield the statements of one language's reading."""
        for plain in self.units:
            unit = plain._replace(marks=tuple(self._shortened(m) for m in plain.marks)) if plain.marks else plain
            silent = not unit.marks and self.frames.words.first_words.isdisjoint(self.doc.words[unit.first : unit.stop])
            if silent and not self.headlines.may_have(self.doc, unit):
                continue
            yield from self._unit(unit)
        yield from self._unclaimed(None)

    def _shortened(self, mark: Marked) -> Marked:
        """Return a mark that is never closed without the attribution in it, unless its quote goes on below."""
        if mark.closed or self.doc.body[mark.after : mark.after + 8].lstrip()[:1] in ("“", '"', "«", "‘", "„"):
            return mark
        cut = self.frames.attribution_in(self.doc, mark)
        return mark if cut is None else replace(mark, end=cut, after=cut)

    def _unit(self, unit: Unit) -> Iterator[Statement]:
        frames = self.frames.read(self.doc, unit)
        beside = self.headlines.read(self.doc, unit) if self.headlines.may_have(self.doc, unit) else None
        if beside is not None:
            clear = [f for f in frames if (f.cue < beside.first if beside.inverted else f.first >= beside.after)]
            frames = [*clear, beside] if beside.inverted else [beside, *clear]
        claimed: set[int] = set()
        found: list[Statement] = []
        for index, frame in enumerate(frames):
            voice = self._resolved(frame, unit, frames[index + 1 :], found)
            if index and self._is_retold(frames[index - 1], frame):
                voice = frames[index - 1].voice or voice
            resolved = frame if voice is frame.voice else frame._replace(voice=voice)
            frames[index] = resolved
            found.extend(self.contents.of_frame(self.doc, unit, frames, index, claimed))
            if not found and not unit.marks and self._is_bare(resolved, unit) and self.pending:
                found.extend(self._claim_pending(resolved))
        rest = [m for m in unit.marks if m.start not in claimed]
        found.extend(self._without_verb(unit, frames, rest))
        claimed.update(s.start for s in found)
        if found:
            spoken = [s for s in found if s.kind == "direct"]
            yield from self._earlier_parts(unit, spoken)
            yield from found
            last = max(found, key=lambda s: s.end)
            self.last = (last, unit, bool(unit.marks) and not unit.marks[-1].closed)
            self.memory.spoke(last.voice, unit)
        for mark in rest:
            if mark.start in claimed:
                continue
            follows = self._follow_on(unit, mark, frames, found)
            if follows is not None:
                yield follows
                self.last = (follows, unit, not mark.closed)
            elif self.contents.is_speech(self.doc, unit, mark):
                self.pending.append((mark, unit))

    def _is_retold(self, outer: Frame, inner: Frame) -> bool:
        """Whether a named speaker retells what others had said: "Karim said the fighters had promised '...'"."""
        if outer.voice is None or outer.voice.name is None or outer.inverted or not outer.strong:
            return False
        return not self.frames.words.pluperfect.isdisjoint(self.doc.words[inner.first : inner.cue])

    def _resolved(self, frame: Frame, unit: Unit, later: Sequence[Frame], found: Sequence[Statement]) -> Voice:
        """Return who speaks in a frame: pronouns, surnames and implied speakers resolved."""
        if self.frames.words.verb_last and found and frame.voice is not None and frame.voice.pronoun:
            return found[-1].voice  # "residents said ...; as they say"
        voice = self.memory.resolve(self._voice(frame, unit, found), unit)
        if voice.label is None and frame.voice is not None and frame.voice.pronoun:
            named = next((f.voice for f in later if f.voice is not None and f.voice.name is not None), None)
            if named is not None:  # "He called it a crime, Bishop said."
                return self.memory.resolve(named, unit)
        return voice

    def _voice(self, frame: Frame, unit: Unit, found: Sequence[Statement]) -> Voice:
        """Return the speaker of a frame; of an implied one whoever spoke last, else the subject of the sentence."""
        if frame.voice is not None:
            return frame.voice
        if found:
            return found[-1].voice
        subject = self.memory.subject_of(unit, frame.first if self.frames.words.verb_last else frame.cue)
        if subject is None and self.last is not None and self.last[1].paragraph == unit.paragraph:
            return self.last[0].voice
        return subject or Voice(None)

    def _is_bare(self, frame: Frame, unit: Unit) -> bool:
        """Whether a sentence is nothing but an attribution: "Karim asked." after a quote that ends it."""
        return unit.stop - frame.after <= 4 and frame.voice is not None

    def _claim_pending(self, frame: Frame) -> Iterator[Statement]:
        mark, unit = self.pending[-1]
        if self.doc.token_at(mark.after) + 6 < frame.first or frame.voice is None:
            return
        self.pending.pop()
        yield self.contents.direct(self.doc, mark, frame, unit)

    def _without_verb(self, unit: Unit, frames: Sequence[Frame], rest: Sequence[Marked]) -> Iterator[Statement]:
        """Yield marks that a name stands beside without a verb: "Karim: '...'", "'...' – Karim, a student"."""
        if frames or len(rest) != 1:
            return
        voice = self.contents.named_beside(self.doc, unit, rest[0])
        if voice is not None:
            resolved = self.memory.resolve(voice, unit)
            yield Statement(rest[0].start, rest[0].end, resolved, "direct")

    def _earlier_parts(self, unit: Unit, spoken: Sequence[Statement]) -> Iterator[Statement]:
        """Yield pending marks that belong to the speaker named now: the first paragraphs of a long quote."""
        if spoken:
            while self.pending:
                mark, where = self.pending[-1]
                if mark.closed and not self._right_before(where, unit):
                    break
                if mark.closed and where.paragraph != unit.paragraph:
                    break
                self.pending.pop()
                yield spoken[0]._replace(start=mark.start, end=mark.end, cue=None)
        yield from self._unclaimed(unit)

    def _right_before(self, where: Unit, unit: Unit) -> bool:
        return where.stop == unit.first

    def _unclaimed(self, unit: Unit | None) -> Iterator[Statement]:
        """Yield the pending marks that nobody claimed: a quote of nobody known."""
        for mark, _ in self.pending:
            yield Statement(mark.start, mark.end, Voice(None), "direct")
        self.pending.clear()

    def _follow_on(
        self, unit: Unit, mark: Marked, frames: Sequence[Frame], found: Sequence[Statement]
    ) -> Statement | None:
        """Return a mark without an attribution of its own as the words of whoever spoke right before it."""
        whole = self.contents.is_whole(self.doc, unit, mark)
        if not self.contents.is_speech(self.doc, unit, mark, whole=whole):
            return None
        if found:
            return Statement(mark.start, mark.end, found[-1].voice, "direct")
        if self.last is None:
            subject = self.memory.subject_before(unit)
            return Statement(mark.start, mark.end, subject, "direct") if subject is not None else None
        statement, where, open_end = self.last
        if not whole:
            return None
        near = where.paragraph == unit.paragraph or open_end
        next_paragraph = (
            where.paragraph + 1 == unit.paragraph and statement.kind == "direct" and where.stop == unit.first
        )
        if near or next_paragraph:
            voice = statement.voice
            if where.stop < unit.first and not open_end:  # a sentence of the writer's between: whom does it name?
                newer = self.memory.subject_before(unit)
                voice = newer if newer is not None and newer.name is not None else voice
            return Statement(mark.start, mark.end, voice, "direct")
        return None
