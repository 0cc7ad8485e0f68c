"""One sentence in (with its marked stretches), its frames out: who says, with which verb, where their words begin.

It must not decide who "he" is or what the words are: it reads the grammar of attribution only. A frame is a verb of
saying with its speaker before it ("Karim, an elder, said"), after it ("said Karim, an elder"), implied ("..., adding
that"), or a phrase like "according to".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple, cast

from sitmon.classify.foregoing import APPOSITIONS, Foregoing
from sitmon.classify.marks import Marked
from sitmon.classify.matters import Matters
from sitmon.classify.openings import Openings, is_adverb
from sitmon.classify.saying import SayingWords
from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.statements import Stance
from sitmon.classify.text import Document
from sitmon.classify.trailing import Trailing
from sitmon.classify.units import Unit

_AS: Final[dict[str, Stance]] = {"add": "say", "tell": "say", "report": "say", "see": "say", "done_by": "say"}
_NAMELESS: Final = 14
"""Tokens of "who did not want his name to be published"."""


class Frame(NamedTuple):
    """A speaker and a verb of saying. Tokens."""

    stance: Stance
    strong: bool
    voice: Voice | None
    """None: the subject of the sentence, or whoever spoke last."""
    first: int
    """Where the frame begins: its speaker, or its verb where that comes first."""
    cue: int
    cue_stop: int
    after: int
    """Where what is said begins, if it follows."""
    that: bool = False
    inverted: bool = False
    according: bool = False
    colon: bool = False
    participle: bool = False
    matter: tuple[int, int] | None = None
    """The tokens of what is owned to or announced without being said: "the fall of X was confirmed by"."""


class Frames:
    """Reads the frames of a unit in one language."""

    def __init__(self, words: SayingWords, speakers: Speakers) -> None:
        self.words = words
        self.speakers = speakers
        self.openings = Openings(words, speakers)
        self.matters = Matters(words, speakers)
        self.trailing = Trailing(words, speakers.words)
        self.foregoing = Foregoing(words, speakers)

    def read(self, doc: Document, unit: Unit) -> list[Frame]:
        """Return the frames of a unit, in order."""
        return _Reading(self, doc, unit).frames()

    def attribution_in(self, doc: Document, mark: Marked) -> int | None:
        """Return where the words end in a mark that is never closed: before ", said Karim" or ", Karim said."""
        first, stop = _tokens_of(doc, mark)
        words = doc.words
        for at in range(first + 1, stop):
            if words[at] in self.words.cues and self.words.cues.at(words, at, stop) is not None:
                comma = next((t for t in range(at - 1, max(first, at - 14), -1) if words[t] in ",?!."), None)
                if comma is None:
                    continue
                if comma == at - 1:
                    named = self.speakers.longest_prefix(doc, at + 1, stop) is not None
                else:
                    voice = self.speakers.longest_suffix(doc, comma + 1, at)
                    named = voice is not None and doc.token_at(voice.start) == comma + 1
                if named:
                    return doc.ends[comma]
        return None


class _Reading:
    """One unit at work."""

    def __init__(self, frames: Frames, doc: Document, unit: Unit) -> None:
        self.w = frames.words
        self.s = frames.speakers
        self.o = frames.openings
        self.m = frames.matters
        self.t = frames.trailing
        self.f = frames.foregoing
        self.doc = doc
        self.unit = unit
        self.inside = [_tokens_of(doc, m) for m in unit.marks]

    def frames(self) -> list[Frame]:
        """Return the frames: a cue whose speaker cannot be read is none, unless one is implied."""
        found: list[Frame] = []
        floor = self.unit.first
        for cue, stop, stance in self._cues():
            if cue < floor:
                continue
            frame = self._frame(cue, stop, stance, floor)
            if frame is not None and not (found and self._is_own_clause(found[-1], frame)):
                found.append(frame)
                floor = max(stop, frame.after if frame.according or frame.inverted else frame.cue_stop)
        return found

    def _is_own_clause(self, outer: Frame, inner: Frame) -> bool:
        """Whether a frame only begins what is said: "told Reuters she feared the worst"."""
        pronoun = inner.voice is not None and bool(inner.voice.pronoun)
        return pronoun and not outer.inverted and outer.strong and inner.first == outer.after

    def _cues(self) -> Iterator[tuple[int, int, str]]:
        """Yield (token, stop, stance) of each verb of saying that stands outside marks."""
        words, doc, stop = self.w, self.doc.words, self.unit.stop
        free = self.unit.first
        for at in [n for n in range(free, stop) if doc[n] in words.first_words]:
            if at < free or self._is_marked(at):
                continue
            if doc[at] in words.according and (found := words.according.at(doc, at, stop)):
                free = at + found[1]
                yield at, free, "according"
            elif doc[at] in words.according_after and (found := words.according_after.at(doc, at, stop)):
                free = at + found[1]
                yield at, free, "according after"
            elif found := words.cues.at(doc, at, stop):
                free = at + found[1]
                yield at, free, found[0]

    def _is_marked(self, at: int) -> bool:
        """Whether a token lies in a marked stretch."""
        return any(first <= at < stop for first, stop in self.inside)

    def _floor(self, cue: int, floor: int) -> int:
        """Return the first token that may belong to the speaker before a cue: after the last marked stretch."""
        for _, stop in self.inside:
            if stop <= cue:
                floor = max(floor, stop)
        return floor

    def _ceiling(self, at: int) -> int:
        """Return the first token of the next marked stretch, or the unit's end."""
        return min((first for first, _ in self.inside if first >= at), default=self.unit.stop)

    def _frame(self, cue: int, stop: int, stance: str, floor: int) -> Frame | None:
        if stance == "according":
            return self._according(cue, stop)
        words = self.doc.words
        floor = self._floor(cue, floor)
        if stance == "according after":
            voice = self.f.read(self.doc, self.unit.first, floor, cue)
            first = self.doc.token_at(voice.start) if voice is not None else cue
            after = self._after_nameless(stop)
            return Frame("say", True, voice, first, cue, stop, after, True, according=True) if voice else None
        matter = self.m.read(self.doc, stance, floor, (cue, stop), self._ceiling(stop))
        if matter is not None:
            return Frame(
                cast(Stance, _AS.get(stance, stance)), True, matter.voice, matter.first, cue, stop, matter.after,
                matter=matter.tokens,
            )  # fmt: skip
        if stance == "done_by":
            return None
        if self.w.verb_last:
            return self._at_end(cue, stop, stance, floor)
        before = cue
        while before > floor and (words[before - 1] in self.s.words.fillers or is_adverb(words[before - 1])):
            if words[before - 1] in self.w.passive:
                return None
            before -= 1
        left = words[before - 1] if before > floor else ""
        if left in self.s.words.who and self._asks_silence(stop):
            return None
        if left in self.w.passive or left in self.w.no_verb_after:
            return None
        following = words[stop] if stop < self.unit.stop else ""
        if words[cue] in self.w.nouns_too and (left in self.w.noun_after or following in self.w.noun_before):
            return None
        if stop < self.unit.stop and words[stop] in self.w.not_said:
            by = (
                words[stop] in self.w.linking and self.w.media.at(words, stop + 1, self.unit.stop)
                if stop + 1 < self.unit.stop
                else None
            )
            if not by:
                return None
        kind = cast(Stance, _AS.get(stance, stance))
        word = words[cue]
        strong = word in self.w.strong
        participle = word in self.w.participles
        quoted = self._quoted(cue, stop, floor) if word in self.w.quoting else None
        if quoted is not None:
            return quoted
        resumed = self._resumed(floor, before)
        voice = None if participle else self.f.read(self.doc, self.unit.first, resumed[1] if resumed else floor, before)
        if stance == "see":
            return self._seen(cue, stop, voice)
        first = self.doc.token_at(voice.start) if voice is not None else cue
        if voice is None and not participle and resumed is None:
            return self._after(cue, stop, kind, strong=strong, near=before == floor or left == ",")
        if resumed is not None:
            return Frame(kind, True, voice, resumed[0], cue, stop, stop, inverted=True)
        after, that, colon, agency = self.o.after(self.doc, stop, self._ceiling(stop), hearer=word in self.w.hearer)
        if voice is not None and agency is not None and voice.agency is None:
            voice = replace(voice, agency=agency)
        return Frame(kind, strong, voice, first, cue, stop, after, that, colon=colon, participle=participle)

    def _at_end(self, cue: int, stop: int, stance: str, floor: int) -> Frame | None:
        """Return the frame of a verb that comes last: "Karim, an elder, to reporters said", "and added that"."""
        words = self.doc.words
        if stop < self.unit.stop and words[stop] in self.w.not_said:
            return None
        kind = cast(Stance, _AS.get(stance, stance))
        strong = stance in ("say", "add") or words[cue] in self.w.strong
        end = self.t.end(words, floor, cue)
        answered = self._answered(floor, cue, stop) if kind == "deny" else None
        if answered is not None:
            voice = self.f.read(self.doc, self.unit.first, floor, answered)
            if voice is not None:
                first = self.doc.token_at(voice.start)
                return Frame(kind, True, voice, first, cue, stop, stop, matter=(answered, cue))
        resumed = self._resumed(floor, end)
        low = resumed[1] if resumed else floor
        voice = self.f.read(self.doc, self.unit.first, low, end)
        if voice is None and resumed is not None and end <= low:
            voice, resumed = self.f.read(self.doc, self.unit.first, floor, resumed[0]), None
        if voice is None and low < end and words[end - 1] == ",":
            voice = self.s.read(self.doc, low, end - 1)
        if voice is not None and voice.agency is None and (told := self.s.words.agencies.within(words, end, cue)):
            voice = replace(voice, agency=told[0][1])
        first = self.doc.token_at(voice.start) if voice is not None else end
        if resumed is not None:
            return Frame(kind, True, voice, resumed[0], cue, stop, stop, inverted=True)
        after, that, colon, _ = self.o.after(self.doc, stop, self._ceiling(stop), hearer=False)
        opens = that or colon or (strong and floor > self.unit.first) or self._beside_mark(end, stop)
        if voice is None and not (opens and self._is_nobody(low, end)):
            return None
        return Frame(kind, strong, voice, first, cue, stop, after, that, colon=colon)

    def _asks_silence(self, at: int) -> bool:
        """Whether a clause about the speaker only asks not to be named: "who asked not to be named said"."""
        limit = min(self.unit.stop, at + _NAMELESS)
        end = next((n for n in range(at, limit) if self.doc.words[n] == "," or self.doc.words[n] in self.w.cues), limit)
        return not self.s.words.nameless.isdisjoint(self.doc.words[at:end])

    def _answered(self, floor: int, end: int, after: int) -> int | None:
        """Return where "this claim" begins that ends before a verb: "but the governor this rejected".

        None where the speaker's own words begin after the verb.
        """
        if after < self.unit.stop and (self.doc.words[after] in self.w.that or self._ceiling(after) < self.unit.stop):
            return None
        found = self.w.answering.within(self.doc.words, floor, end)
        return next((at for at, _, size in found if at + size == end), None)

    def _is_nobody(self, floor: int, end: int) -> bool:
        """Whether no word stands before a verb that could be its subject: whoever spoke last goes on."""
        return not any(word[0].isalnum() and word not in self.s.words.breaks for word in self.doc.words[floor:end])

    def _beside_mark(self, end: int, stop: int) -> bool:
        """Whether a marked stretch ends right before what a verb has, or begins right after it."""
        return any(last in (end, end - 1) or first in (stop, stop + 1) for first, last in self.inside)

    def _after_nameless(self, at: int) -> int:
        """Return the token after "who did not want to be named", if that stands at `at`."""
        words = self.doc.words
        if at < self.unit.stop and words[at] in self.s.words.who:
            close = next((n for n in range(at, min(self.unit.stop, at + _NAMELESS)) if words[n] == ","), None)
            if close is not None and not self.w.nameless.isdisjoint(words[at:close]):
                return close + 1
        return at

    def _resumed(self, floor: int, cue: int) -> tuple[int, int] | None:
        """Return the tokens of the word for what was said before it: "X has fallen; this a councillor says"."""
        found = self.w.resuming.within(self.doc.words, floor, cue) if self.w.resuming else ()
        return (found[-1][0], found[-1][0] + found[-1][2]) if found and found[-1][0] > self.unit.first else None

    def _seen(self, cue: int, stop: int, voice: Voice | None) -> Frame | None:
        """Return the frame of "residents saw fighters enter the city": no words of theirs, but they were there."""
        if voice is None or voice.pronoun or not (voice.witness or voice.side == "media"):
            return None
        first, voice = self.doc.token_at(voice.start), replace(voice, witness=True)
        return Frame("say", True, voice, first, cue, stop, stop, matter=(stop, self._ceiling(stop)))

    # -------------------------------------------------------------- the speaker

    def _quoted(self, cue: int, stop: int, floor: int) -> Frame | None:
        """Return the frame of "AFP quoted the governor as saying": the governor speaks, the agency carries."""
        words = self.doc.words
        limit = min(self.unit.stop, stop + 30)
        for at in range(stop + 1, limit):
            found = self.w.as_saying.at(words, at, limit)
            if found is None:
                continue
            voice = self.s.read(self.doc, stop, at)
            if voice is None:
                return None
            carrier = next((a[0] for t in range(floor, cue) if (a := self.s.words.agency_at(words, t, cue))), None)
            after, _, colon, _ = self.o.after(self.doc, at + found[1], self._ceiling(at + found[1]), hearer=False)
            return Frame(
                "say", True, replace(voice, agency=carrier), floor, cue, at + found[1], after, True, colon=colon
            )
        return None

    def _after(self, cue: int, stop: int, stance: Stance, *, strong: bool, near: bool) -> Frame | None:
        """Return the frame of "said Karim, an elder": only right after a mark or a comma."""
        if not near or stop >= self.unit.stop:
            return None
        ceiling = self._ceiling(stop)
        read = self.s.longest_prefix(self.doc, stop, self._comma(stop, ceiling))
        if read is None:
            return None
        voice, end = read
        comma = end
        for _ in range(APPOSITIONS):
            if comma >= ceiling or self.doc.words[comma] != ",":
                break
            following = self._comma(comma + 1, ceiling)
            if comma + 1 >= following or not self.f.is_apposition(self.doc, (comma + 1, following)):
                break
            whole = self.s.read(self.doc, self.doc.token_at(voice.start), following)
            if whole is None or (voice.name is not None and whole.name != voice.name):
                break
            voice, end, comma = whole, following, following
        return Frame(stance, strong, voice, cue, cue, stop, end, inverted=True)

    def _comma(self, at: int, stop: int) -> int:
        """Return the next comma or other break at or after `at`."""
        words = self.doc.words
        while at < stop and words[at] not in (",", ";", ":", "(", "–") and not (words[at] == "." and at + 1 >= stop):
            at += 1
        return at

    def _according(self, cue: int, stop: int) -> Frame | None:
        ceiling = self._ceiling(stop)
        alone = self.w.verb_last and stop < ceiling and bool(self.s.words.is_pronoun(self.doc.words[stop]))
        close = stop + 1 if alone else self._comma(stop, ceiling)
        read = self.s.longest_prefix(self.doc, stop, close)
        if read is None:
            return None
        voice, end = read
        following = self._comma(end + 1, ceiling) if end < ceiling and self.doc.words[end] == "," else end
        if following > end and following < ceiling and self.f.is_apposition(self.doc, (end + 1, following)):
            whole = self.s.read(self.doc, stop, following)
            if whole is not None:
                voice, end = whole, following
        return Frame("say", True, voice, cue, cue, end, end, True, according=True)


def _tokens_of(doc: Document, mark: Marked) -> tuple[int, int]:
    """Return the tokens [first, stop) of a marked stretch, its marks included."""
    first = doc.token_at(mark.outer - 1) + 1 if mark.outer else 0
    return first, doc.token_at(max(mark.after - 1, mark.outer)) + 1
