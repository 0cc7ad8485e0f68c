"""The words that describe a speaker in, the tokens of the person's name out.

It must not decide who that is. In a script with capitals a name is a run of them after ranks, roles, parties and
places; in one without, `bare_names.py` finds it.
"""

from __future__ import annotations

from sitmon.classify.bare_names import BareNames
from sitmon.classify.speaker_words import SpeakerWords, is_word
from sitmon.classify.text import Document


class Names:
    """Finds names in one language; build once."""

    def __init__(self, words: SpeakerWords) -> None:
        self._w = words
        self._bare = BareNames(words)

    def find(self, doc: Document, first: int, stop: int) -> tuple[int, int] | None:
        """Return the tokens of the person's name in a description: its first run of capitals that is one."""
        words = doc.words
        if not self._w.cased:
            return self._bare.find(words, first, stop)
        at = first
        while at < stop:
            if not self._capital(doc, at):
                at += 1
                continue
            begin = at
            in_places = words[at] in self._w.places
            if in_places and (place := self._w.places.at(words, at, stop)) is not None and place[1] > 1:
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
            while end > cut and not is_word(words[end - 1]):
                end -= 1
            if end > cut and not (end - cut == 1 and words[cut] in self._w.not_names):
                return cut, end
        return None

    def _after_joint(self, words: list[str], begin: int, first: int) -> bool:
        """Whether a run of capitals hangs on "of", "for", "in": a place or an office, not the speaker."""
        before = words[begin - 1]
        if before in self._w.named or (begin - 2 >= first and words[begin - 2] in self._w.naming):
            return False  # "an interpreter named Sami", "known as Mansoor"
        if before in self._w.determiners and begin - 2 >= first:
            return words[begin - 2] in self._w.joining
        return before in self._w.joining

    def _capital(self, doc: Document, at: int) -> bool:
        char = doc.body[doc.starts[at]]
        return char.isupper() and doc.words[at] not in self._w.calendar

    def _inside_name(self, doc: Document, begin: int, at: int, stop: int) -> bool:
        """Whether a small word goes on with a name: "Zia ul Haq", an initial's or a rank's stop."""
        word = doc.words[at]
        if at + 1 >= stop or not self._capital(doc, at + 1):
            return False
        if word == ".":
            return len(doc.words[at - 1]) == 1 or doc.words[at - 1] in self._w.ranks
        return word in self._w.particles

    def _cut(self, doc: Document, begin: int, stop: int) -> tuple[int, bool]:
        """Return (where the name begins in a run of capitals, whether a rank or role comes before it)."""
        words = doc.words
        cut = at = begin
        ranked = False
        while at < stop:
            word = words[at]
            if word in self._w.kept and at + 1 < stop:
                ranked = True
                at += 1
                continue
            size = 1 if word in self._w.determiners or (word == "." and len(words[at - 1]) > 1) else 0
            size = size or (1 if word in self._w.not_names and at == begin else 0)
            if self._w.describes(word):
                size, ranked = 1, True
            if word in self._w.roles and (role := self._w.roles.at(words, at, stop)) is not None:
                size, ranked = max(size, role[1]), True
            if word in self._w.agencies and (agency := self._w.agencies.at(words, at, stop)) is not None:
                size = max(size, agency[1])
            actor = self._w.actors.at(words, at, stop) if word in self._w.actors else None
            if actor is not None and (cut == at or at + actor[1] < stop):
                size = max(size, actor[1])
            if at == cut and (place := self._w.places.at(words, at, stop)) is not None and stop - at - place[1] != 1:
                size = max(size, place[1])  # "Kunduz Council Member"; but "Ghazni Rahimi" is a name
            if size:
                cut = at = at + size
            else:
                at += 1
        return min(cut, stop), ranked
