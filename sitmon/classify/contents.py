"""A frame of saying in, the stretches that it brings out: marked ones directly, clauses indirectly.

It must not find frames or resolve speakers. A clause goes up to the next frame; the few words in marks inside a clause
are a fragment, unless they are a name, a title or words that the writer keeps at a distance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sitmon.classify.frames import Frame
from sitmon.classify.marks import Marked
from sitmon.classify.saying import SayingWords
from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.speech import Phrases, Tables
from sitmon.classify.statements import Statement
from sitmon.classify.text import Document
from sitmon.classify.units import Unit

_SHORTEST_CLAUSE: Final = 3
_SPEECH: Final = 4
"""Words in marks from which on they are speech without further proof."""
_BESIDE: Final = 12
"""Words in which somebody is named before a colon."""
_STOPS: Final = ",.!?…،؟۔"
_MANNER: Final = 4
"""Letters of a short word in "-ly" that says no manner ("only", "July")."""
_HEADLINE: Final = 3
"""Words in marks from which on a headline's opening is somebody's words."""
_LEAD: Final = 5
"""Tokens of "On Monday," before an attribution."""
_VERB_WITHIN: Final = 14
"""Words in which a clause without "that" must have its verb, unless the verb of saying is a strong one."""
_SIGNATURE: Final = 100
"""Characters of a name and role after a dash."""
_END: Final = ".,;:!?…؟۔،؛ \n\t"


class Words:
    """The words that tell speech from names and titles in marks, from the `[saying]` tables."""

    def __init__(self, tables: Tables) -> None:
        self.scare: Phrases[str] = Phrases()
        self.scare.add(tables.phrases("saying.scare"), "scare")
        self.longest_scare = max((len(p) for p in tables.phrases("saying.scare")), default=0)
        self.function = tables.words("saying.function_words")
        self.openers = tables.words("saying.clause_openers")
        self.joining = tables.words("saying.clause_joints")


class Contents:
    """Finds what a frame brings, in one language."""

    def __init__(self, words: Words, saying: SayingWords, speakers: Speakers) -> None:
        self._words = words
        self._saying = saying
        self._speakers = speakers

    def of_frame(
        self, doc: Document, unit: Unit, frames: Sequence[Frame], index: int, claimed: set[int]
    ) -> Iterator[Statement]:
        """Yield what one frame brings; the marks that it takes are added to `claimed`."""
        frame = frames[index]
        if frame.matter is not None:
            first, stop = frame.matter
            made = self._made(doc, doc.starts[first], doc.ends[stop - 1], frame, "indirect")
            yield made._replace(nominal=True)
            return
        begin = frames[index - 1].after if index else unit.first
        until = frames[index + 1].first if index + 1 < len(frames) else unit.stop
        left_end = _offset(doc, frame.first, unit.end)
        right = _offset(doc, frame.after, unit.end)
        start, end = _offset(doc, begin, unit.end), self._right_end(doc, unit, frames, index, until)
        spoken = False
        for mark in unit.marks:
            if mark.start in claimed or not (start <= mark.outer + 1 and mark.end <= max(end, right)):
                continue
            if mark.outer < left_end:
                taken = self._adjacent(doc, mark.after, left_end) and frame.first > unit.first
                taken = taken and not self._is_word_in_marks(doc, mark)
            else:
                taken = mark.outer >= right - 2 and self._adjacent(doc, right, mark.outer)
                taken = taken and (frame.colon or not self._is_word_in_marks(doc, mark))
                taken = taken or (spoken and mark.outer >= right and self._is_split(doc, unit, mark, right))
            if taken and not (mark.outer >= right and self._is_scare(doc, unit, mark)):
                claimed.add(mark.start)
                spoken = True
                yield self.direct(doc, mark, frame, unit)
        if spoken:
            return
        clause = self._clause(doc, unit, frame, start, left_end, right, end)
        if (rest := self._parted(doc, unit, frame, right, end)) is not None:
            bare = doc.words[frame.after + 1] in self._speakers.words.verbs  # "has fallen": no clause to quote
            yield self._made(doc, *rest, frame, "indirect")._replace(nominal=bare)
        elif clause is not None:
            yield from self._reported(doc, unit, frame, clause, claimed)
        else:
            yield from self._governed(doc, unit, frame, right, end, claimed)

    def direct(self, doc: Document, mark: Marked, frame: Frame, unit: Unit) -> Statement:
        """Return a marked stretch as the words of a frame's speaker."""
        return self._made(doc, mark.start, mark.end, frame, "direct")

    def _made(
        self, doc: Document, start: int, end: int, frame: Frame, kind: str, *, fragment: bool = False
    ) -> Statement:
        cue_start, cue_end = doc.starts[frame.cue], doc.ends[frame.cue_stop - 1]
        cue = doc.body[cue_start:cue_end]
        return Statement(
            start, end, frame.voice or Voice(None), kind, frame.stance,  # type: ignore[arg-type]
            cue if cue[0].isalnum() else None, cue_start, cue_end, fragment,
        )  # fmt: skip

    # -------------------------------------------------------------- marked stretches

    def _is_word_in_marks(self, doc: Document, mark: Marked) -> bool:
        """Whether marks hold a word or two without a stop in or after them: the writer's sentence goes on."""
        text = doc.body[mark.start : mark.end]
        after = doc.body[mark.after : mark.after + 2].strip()[:1]
        few = 2 if self._speakers.words.cased else _SPEECH
        return len(text.split()) <= few and text[-1] not in _STOPS and (not after or after not in _STOPS)

    def _adjacent(self, doc: Document, start: int, end: int) -> bool:
        """Whether nothing but marks and space stands between two offsets."""
        return all(c.isspace() or c in ",:،—–-\"'“”‘’«»…." for c in doc.body[start:end])

    def _is_split(self, doc: Document, unit: Unit, mark: Marked, right: int) -> bool:
        """Whether a later stretch goes on with the words before the attribution: after a comma or a stop."""
        gap = doc.body[right : mark.outer].strip()
        return not gap or gap[-1] in ",.:;" or len(gap) < 40

    def is_speech(self, doc: Document, unit: Unit, mark: Marked, *, whole: bool = False) -> bool:
        """Whether a marked stretch without a frame reads like something said, not like a name or a title."""
        text = doc.body[mark.start : mark.end]
        words = text.split()
        if self._is_scare(doc, unit, mark):
            return False
        if self._is_headline(doc, unit, mark, words):
            return True
        if len(words) < _SPEECH - 1 and not whole:
            return False
        if words[-1][-1] in ",!?" and len(words) > 2 and not _titled(words):
            return True
        closed = text[-1] in ".,!?…؟۔،" or doc.body[mark.after : mark.after + 1] in (".", ",")
        if len(words) < _SPEECH and not whole:
            return False
        return (closed and (whole or not _titled(words))) or (not mark.closed and len(words) > _SPEECH)

    def _is_headline(self, doc: Document, unit: Unit, mark: Marked, words: Sequence[str]) -> bool:
        """Whether marked words open or end a headline beside a colon: "'They took everything': families flee"."""
        beside = doc.body[mark.after : mark.after + 1] == ":" and mark.outer == unit.start
        ends = doc.body[unit.start : mark.outer].rstrip()[-1:] == ":" and mark.after >= unit.end
        if not (beside or ends) or _titled(words):
            return False
        if ends and len(words) > 1 and words[-1][-1] in ".!?":
            return True
        short = any("'" in word or "’" in word for word in words)  # "don't"
        return len(words) >= _HEADLINE and (short or any(_plain(word) in self._words.function for word in words))

    def is_whole(self, doc: Document, unit: Unit, mark: Marked) -> bool:
        """Whether a unit is nothing but a marked stretch (or several)."""
        outside = (unit.end - unit.start) - sum(m.after - m.outer for m in unit.marks)
        return outside <= max(3, (unit.end - unit.start) // 10)

    def _is_scare(self, doc: Document, unit: Unit, mark: Marked) -> bool:
        """Whether marks keep a word at a distance, or give a name or a title."""
        token = doc.token_at(mark.outer - 1) if mark.outer else -1
        while token >= unit.first and doc.words[token] == '"':
            token -= 1
        for size in range(1, self._words.longest_scare + 1):
            first = token - size + 1
            if first >= unit.first:
                found = self._words.scare.at(doc.words, first, token + 1)
                if found is not None and found[1] == size:
                    return True
        words = doc.body[mark.start : mark.end].split()
        return len(words) <= _SPEECH + 1 and _titled(words) and doc.body[mark.end - 1] not in ".,!?"

    def _is_fragment(self, doc: Document, unit: Unit, mark: Marked) -> bool:
        """Whether a few words in marks inside a clause are said, not only kept at a distance."""
        if self._is_scare(doc, unit, mark):
            return False
        words = [w.strip(_END).casefold() for w in doc.body[mark.start : mark.end].split()]
        return len(words) > 2 or (len(words) == 2 and any(w in self._words.function or _is_manner(w) for w in words))

    # -------------------------------------------------------------- clauses

    def _right_end(self, doc: Document, unit: Unit, frames: Sequence[Frame], index: int, until: int) -> int:
        """Return the offset at which what follows a frame ends: before the next frame and what joins it."""
        if index + 1 >= len(frames):
            return unit.end
        frame, following = frames[index], frames[index + 1]
        if following.inverted and not following.participle:
            return self._before_inverted(doc, frame, following, unit)
        token = until
        while token > frame.after and (doc.words[token - 1] in self._words.joining or doc.words[token - 1] == ","):
            token -= 1
        return doc.ends[token - 1] if token > frame.after else _offset(doc, frame.after, unit.end)

    def _before_inverted(self, doc: Document, frame: Frame, following: Frame, unit: Unit) -> int:
        """Return where a frame's words end before "'...,' said Karim": at the marks that are Karim's."""
        cue = doc.starts[following.cue]
        mine = [m for m in unit.marks if m.after <= cue and self._adjacent(doc, m.after, cue)]
        if mine:
            return mine[-1].outer
        return doc.ends[following.first - 1] if following.first > frame.after else cue

    def _clause(
        self, doc: Document, unit: Unit, frame: Frame, start: int, left_end: int, right: int, end: int
    ) -> tuple[int, int] | None:
        """Return the reported clause of a frame: after it, or the one before it that a comma parts from it."""
        follows = doc.body[right : right + 1]
        after = _trimmed(doc.body, right, end)
        if (
            not frame.inverted
            and after[0] < after[1]
            and follows != ""
            and self._brings_clause(doc, frame, right, unit.stop)
        ):
            clause = self._shorn(doc, unit, after[0], self._semicolon(doc, unit, *after))
            proof = frame.that or frame.according or frame.colon
            if (
                len(doc.body[clause[0] : clause[1]].split())
                >= _SHORTEST_CLAUSE + (0 if proof or frame.strong else 1) - frame.that
            ):
                return clause
        if frame.participle or frame.stance in ("call", "ask") or not self._ends_clause(doc, unit, frame, right):
            return None
        before = _trimmed(doc.body, start, left_end)
        gap = doc.body[before[1] : left_end].strip()
        if not gap.startswith((",", "،", "–", "—", "-", ";", "؛", ":")) and not (frame.inverted and gap == ""):
            return None
        clause = self._opened(doc, *before)
        return clause if len(doc.body[clause[0] : clause[1]].split()) >= _SHORTEST_CLAUSE else None

    def _parted(self, doc: Document, unit: Unit, frame: Frame, right: int, end: int) -> tuple[int, int] | None:
        """Return what goes on behind an attribution: "X, the mayor said, has fallen", "On Monday, he said, X fell".

        What stands before the attribution has no verb.
        """
        at, words, verbs = frame.after, doc.words, self._speakers.words.verbs
        if frame.inverted or frame.that or frame.according or frame.participle or at + 1 >= unit.stop:
            return None
        if words[at] != "," or frame.first <= unit.first or words[frame.first - 1] != ",":
            return None
        lead = frame.strong and frame.first - unit.first <= _LEAD and not verbs.isdisjoint(words[at + 1 : unit.stop])
        if not (lead or words[at + 1] in verbs) or not verbs.isdisjoint(words[unit.first : frame.first]):
            return None
        return _trimmed(doc.body, right, end)

    def _has_verb(self, doc: Document, token: int, stop: int) -> bool:
        """Whether what follows a verb is a clause with a verb of its own: "denied the city had fallen"."""
        for at in range(token, min(stop, token + _VERB_WITHIN)):
            word = doc.words[at]
            if word in self._speakers.words.verbs:
                return at > token
            if word in self._speakers.words.who or word in self._saying.that or word in (",", ";", ":"):
                return False
        return False

    def _brings_clause(self, doc: Document, frame: Frame, right: int, unit_stop: int) -> bool:
        """Whether what follows a verb is what is said: after "that", a colon or a verb that needs neither."""
        if frame.that or frame.colon or frame.according:
            return True
        body = doc.body[right : right + 40].lstrip()
        if not body or body[0] in ",.;:)!?":
            return False
        token = doc.token_at(right)
        word = doc.words[token] if token >= 0 and doc.starts[token] >= right else ""
        if word in self._words.joining or word in self._words.openers:
            return False
        return frame.strong or self._has_verb(doc, token, unit_stop)

    def _ends_clause(self, doc: Document, unit: Unit, frame: Frame, right: int) -> bool:
        """Whether nothing but an aside follows a frame, so that what is said can only stand before it."""
        if frame.inverted or frame.according or right >= unit.end:
            return True
        token = doc.token_at(right)
        if token < 0 or token >= unit.stop or doc.starts[token] < right:
            return True
        word = doc.words[token]
        return not word[0].isalnum() or word in self._words.openers or word in self._words.joining

    def _semicolon(self, doc: Document, unit: Unit, start: int, end: int) -> int:
        """Return where a clause ends at a semicolon outside marks, or its end."""
        at = doc.low.find(";", start, end)
        return end if at < 0 or any(m.outer < at < m.after for m in unit.marks) else at

    def _shorn(self, doc: Document, unit: Unit, start: int, end: int) -> tuple[int, int]:
        """Return a clause without the comma or "that" before it."""
        while start < end and doc.body[start] in " ,:\n":
            start += 1
        return start, end

    def _opened(self, doc: Document, start: int, end: int) -> tuple[int, int]:
        """Return a clause without the "But" that joins it to the sentence before."""
        token = doc.token_at(start)
        if token >= 0 and doc.starts[token] == start and doc.words[token] in self._words.joining:
            start = doc.ends[token]
            while start < end and doc.body[start] in " ,":
                start += 1
        return start, end

    def _reported(
        self, doc: Document, unit: Unit, frame: Frame, clause: tuple[int, int], claimed: set[int]
    ) -> Iterator[Statement]:
        """Yield a reported clause with the fragments in marks that it holds."""
        start, end = clause
        inside = [m for m in unit.marks if start <= m.outer and m.after <= end + 2 and m.start not in claimed]
        fragments = [m for m in inside if self._is_fragment(doc, unit, m)]
        for mark in inside:
            claimed.add(mark.start)
        covered = sum(m.after - m.outer for m in fragments)
        whole = covered * 5 >= (end - start) * 4
        if not whole:
            yield self._made(doc, start, end, frame, "mixed" if fragments else "indirect")
        for mark in fragments:
            yield self._made(doc, mark.start, mark.end, frame, "direct", fragment=not whole)

    def _governed(
        self, doc: Document, unit: Unit, frame: Frame, right: int, end: int, claimed: set[int]
    ) -> Iterator[Statement]:
        """Yield what a verb brings without a clause: called it "a crime", confirmed the fall of the town."""
        if self._is_happening(doc, frame, unit.stop):
            yield self._made(doc, right, end, frame, "indirect")._replace(nominal=True)
            return
        for mark in unit.marks:
            if right <= mark.outer < end and mark.start not in claimed and self._is_fragment(doc, unit, mark):
                claimed.add(mark.start)
                yield self._made(doc, mark.start, mark.end, frame, "direct", fragment=True)

    def _is_happening(self, doc: Document, frame: Frame, stop: int) -> bool:
        """Whether a happening follows a verb as its object: "confirmed the fall of", "announces capture of"."""
        at = frame.after
        while at < stop and doc.words[at] in self._saying.determiners:
            at += 1
        if at + 1 >= stop:
            return False
        if doc.words[at] in self._saying.doings:
            return True
        return doc.words[at] in self._saying.happenings and doc.words[at + 1] in self._words.openers

    # -------------------------------------------------------------- names without a verb

    def named_beside(self, doc: Document, unit: Unit, mark: Marked) -> Voice | None:
        """Return who stands before a mark with a colon, or after it with a dash, and nothing else does."""
        before = doc.body[unit.start : mark.outer].rstrip()
        if before.endswith((":", "：")):
            first, stop = unit.first, doc.token_at(mark.outer - 1) + 1
            voice = self._speakers.read(doc, first, stop) if stop - first <= _BESIDE else None
            if voice is None:
                voice = self._speakers.longest_suffix(doc, max(first, stop - _BESIDE), stop)
            return voice if voice is not None and (stop - first <= _BESIDE or not voice.organisation) else None
        if before.strip():
            return None
        first = doc.token_at(mark.after - 1) + 1
        limit = min(len(doc.body), mark.after + 2 * _SIGNATURE)
        line = doc.body.find("\n", mark.after, limit)
        line = limit if line < 0 else line
        after = doc.body[mark.after : line].lstrip()
        if after.startswith(("–", "—", "- ", "~")) and len(after) <= _SIGNATURE:
            return self._speakers.read(doc, first, doc.token_at(line - 1) + 1)
        if after[:1].isupper() and doc.body[mark.end - 1] in ",،":
            voice = self._speakers.read(doc, first, unit.stop)
            return voice if voice is not None and voice.name is not None else None
        return None


def _offset(doc: Document, token: int, end: int) -> int:
    """Return where a token starts, or `end` after the last one."""
    return min(doc.starts[token], end) if token < len(doc.starts) else end


def _trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the space and the stops around it."""
    while start < end and body[start] in _END + "–—-":
        start += 1
    while end > start and body[end - 1] in _END + "–—-":
        end -= 1
    return start, end


def _plain(word: str) -> str:
    """Return a word without stops, small, and without what an apostrophe shortens."""
    return word.strip(_END).casefold().partition("'")[0].partition("’")[0]


def _is_manner(word: str) -> bool:
    """Whether a word says how, as people say it: "deeply concerned"."""
    return word.endswith("ly") and len(word) > _MANNER


def _titled(words: Sequence[str]) -> bool:
    """Whether words are written like a name or a title: capitals on all but the small ones."""
    letters = [w for w in words if w[:1].isalpha()]
    big = [w for w in letters if w[0].isupper()]
    small = [w for w in letters if not w[0].isupper()]
    return bool(big) and all(len(w) <= 3 for w in small) and not (len(big) == 1 and len(letters) > 1)
