"""A group's possessive or generic name in a text in, the party that it stands for out: "their spokesman", "the group".

It must not guess: where the sentence and the one before name two parties and nothing says which one acts, none is
meant. Which words are generic is data (`speech.<lang>.toml`, "stands_for", "theirs" and "mouths").
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from sitmon.area import Actor
from sitmon.classify.speakers import Speakers, Voice
from sitmon.classify.text import Document
from sitmon.model.terms import Side

_PARTIES: Final[frozenset[Side]] = frozenset({"government", "insurgent", "foreign"})
"""Camps that take and lose places."""
_GROUPS: Final = frozenset({"rebel", "militia"})
"""Kinds of parties that are called "the group"."""
_OPENING: Final = 3
"""Tokens before a party that opens a sentence: "In the north, the X"."""
_PASSIVE: Final = 3
"""Tokens between a subject and the auxiliary that makes it suffer what is told."""
_OWNER: Final = frozenset({"'s"})
Kind = Literal["group", "owned", "they", "bare"]


class _Named(NamedTuple):
    """A party where it is named."""

    at: int
    actor: Actor
    size: int


class StandIns:
    """Finds whom a generic name means, in one document."""

    def __init__(self, doc: Document, speakers: Speakers) -> None:
        self._doc = doc
        self._words = speakers.words

    def party(self, voice: Voice, last: Voice | None) -> Actor | None:
        """Return the party that a voice speaks for by a possessive or generic name; `last` is who spoke right before.

        Its own sentence names that party before the voice, or else the sentence before does.
        """
        kind = self._kind(voice)
        if kind is None:
            return None
        doc = self._doc
        number = doc.sentence_at(voice.start)
        first, stop = doc.bounds[number]
        begin, end = doc.token_at(voice.start), doc.token_at(voice.end - 1) + 1
        own = self._meant(first, begin, kind)
        if own is not None or not self._may_reach_back(first, begin, kind):
            return own
        cited = begin > first and doc.words[begin - 1] == "to"
        if kind == "group" or cited:
            own = self._meant(end, stop, "group") if kind == "group" else self._first(end, stop)
            if own is not None:
                return own
        if kind == "bare" and self._parties(end, stop):
            return None  # "a spokesman said that the army": whose?
        if number == 0 or "\n\n" in doc.body[doc.sentences[number - 1][1] : doc.sentences[number][0]]:
            return None
        meant = self._meant(*doc.bounds[number - 1], kind)
        return None if meant is None or self._spoke_another(last, meant, doc.bounds[number - 1][0], kind) else meant

    def _spoke_another(self, last: Voice | None, meant: Actor, first: int, kind: Kind) -> bool:
        """Whether another body spoke in the sentence that begins at a token: "the group" may be that one."""
        if last is None or not last.organisation or last.agency is not None or last.side == "media":
            return False
        if last.side == meant.side or last.start < self._doc.starts[first]:
            return False
        return kind != "group" or last.side not in _PARTIES

    def _kind(self, voice: Voice) -> Kind | None:
        """Return which kind of stand-in a voice is; None where it is none."""
        if voice.pronoun:
            return "they" if voice.pronoun == "they" else None
        words, w = self._doc.words, self._words
        first, end = self._doc.token_at(voice.start), self._doc.token_at(voice.end - 1) + 1
        first -= first > 0 and words[first - 1] in w.articles  # one that was cut off
        groups = w.generic.within(words, first, end)
        if groups:
            at, _, size = groups[0]
            rest = [*words[first:at], *words[at + size : end]]
            speaks = w.mouths | w.determiners | w.joining | w.articles | w.fillers | _OWNER
            return "group" if all(word in speaks for word in rest) else None
        if w.mouths.isdisjoint(words[first:end]):
            return None
        if all(word in w.spokesmen or word in w.determiners or word in w.articles for word in words[first:end]):
            return "bare"  # "a spokesman said"
        near = {*words[max(0, first - 1) : end + 1]} if not w.cased else {*words[first:end]}
        return None if w.theirs.isdisjoint(near) else "owned"

    def _may_reach_back(self, first: int, begin: int, kind: Kind) -> bool:
        """Whether a sentence names nobody before the voice whom "their" may mean rather than somebody before it."""
        if kind == "group":
            return True
        words = self._doc.words[first:begin]
        return not any(map(self._words.describes, words)) and not self._parties(first, begin)

    def _parties(self, first: int, stop: int) -> list[_Named]:
        found = self._words.actors.within(self._doc.words, first, stop)
        return [_Named(at, actor, size) for at, actor, size in found if actor.side in _PARTIES]

    def _first(self, first: int, stop: int) -> Actor | None:
        """Return the party that opens a main clause: "according to their spokesman, the X took"."""
        named = self._parties(first, stop)
        return named[0].actor if named and named[0].at - first <= _OPENING else None

    def _meant(self, first: int, stop: int, kind: Kind) -> Actor | None:
        """Return the one party of a stretch, or the one that acts in it; None where it is not clear."""
        named = self._parties(first, stop)
        if kind == "group":
            named = [n for n in named if n.actor.kind in _GROUPS]
        if not named:
            return None
        one = len({n.actor.side for n in named}) == 1
        if kind == "group":
            return named[-1].actor if one else None
        words, w = self._doc.words, self._words
        inside = {at for n in named for at in range(n.at, n.at + n.size)}
        earlier = (at for at in range(first, named[0].at) if at not in inside)
        if any(words[at] in w.nouns or words[at] in w.organisations for at in earlier):
            return None  # somebody else is spoken of first
        if one:
            return named[-1].actor
        subject = named[0]
        behind = words[subject.at + subject.size : subject.at + subject.size + _PASSIVE]
        if (
            subject.at - first > _OPENING
            or not w.suffers.isdisjoint(behind)
            or any(self._acts(n) for n in named if n.actor.side != subject.actor.side)
        ):
            return None
        return subject.actor

    def _acts(self, named: _Named) -> bool:
        """Whether a small word beside a party makes it the one who gains: "fell to the X", "were driven out by"."""
        words, gains = self._doc.words, self._words.gains
        at = named.at - 1
        while at > 0 and words[at] in self._words.articles:
            at -= 1
        after = named.at + named.size
        return (at >= 0 and words[at] in gains) or (after < len(words) and words[after] in gains)
