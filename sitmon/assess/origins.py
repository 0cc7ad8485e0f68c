"""A report with its item in, the origin at its root out: ten outlets that carry one call with one official are one.

An origin is the pair (voice, carrier): who says so, and the agency (else the account, else the source) that took it
down. A named voice is one origin whoever carries it; "a resident" is one origin per carrier; a party is one origin for
all its claims. An agency is one carrier under all its names, also where it is named as who says so. Texts that are
near-copies of one another have one carrier. It must not weigh what is said.
"""

from __future__ import annotations

import re
import struct
import sys
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sitmon.area import Area
from sitmon.model.entry import Entry
from sitmon.model.report import Report
from sitmon.model.terms import OPPOSITE

_WORDS: Final = re.compile(r"[^\W_]+")
_ARABIC: Final = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ۍ": "ی", "ې": "ی", "ګ": "گ", "‌": " ", "ـ": None})
_MARKED: Final = re.compile("[\u0300-\U0010ffff]+")
"""Combining marks stand among these, never among Latin letters."""
_SKETCH: Final = 32
"""So many of a text's smallest shingle hashes are kept: enough to see 0.6 apart from 0.3."""
_POSTS: Final = frozenset({"post", "reply", "retweet", "quote"})


def fold(text: str) -> str:
    """Return the words of a name in the form in which names are compared: lower case, one space, no marks."""
    if text.isascii():
        return " ".join(_WORDS.findall(text.lower()))
    plain = _MARKED.sub(_unmarked, unicodedata.normalize("NFKD", text.translate(_ARABIC)))
    return " ".join(_WORDS.findall(plain.casefold()))


def _unmarked(run: re.Match[str]) -> str:
    return "".join(c for c in run[0] if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report comes from. `voice` is empty where the carrier speaks for itself."""

    voice: str
    carrier: str
    named: bool
    """Whether the voice is somebody in particular; "a resident" is not."""
    party: str | None = None
    """The side, where the voice speaks for one of the two that contest territory."""
    said: str = ""
    """The voice as it was written, for people to read."""
    by: str = ""
    """The carrier as it was written."""
    role: str = ""
    """The office, where an official of a side speaks without a name; of a carrier's own word, of whom it cites."""

    @property
    def key(self) -> tuple[str, str]:
        """Equal for reports that have one root."""
        return (self.voice, "") if self.named else (self.voice, self.carrier)


class Voices:
    """Knows the area's persons, roles and agencies, so that one speaker or carrier under two names is one."""

    def __init__(self, area: Area) -> None:
        self._persons: dict[str, str] = {}
        for person in area.persons:
            name = fold(person.name)
            for spelling in (person.name, *(alias for _, alias in person.aliases), *person.handles):
                self._persons.setdefault(fold(spelling), name)
        self._agencies: dict[str, str] = {}
        for agency in area.agencies:
            for spelling in (agency.name, *(alias for _, alias in agency.aliases)):
                self._agencies.setdefault(fold(spelling), agency.name)
        cues = {fold(words.replace("*", "")) for role in area.roles for _, words in role.cues}
        self._roles = frozenset(word for cue in cues if len((word := cue).split()) <= 3 and cue)
        officials = (role for role in area.roles if role.side in OPPOSITE and not role.witness)
        self._offices = {fold(words.replace("*", "")): role.id for role in officials for _, words in role.cues}

    def origin(self, entry: Entry, report: Report) -> Origin:
        """Return the origin of a report."""
        item = entry.item
        author = fold(item.author) if item.author else ""
        by_post = item.kind in _POSTS and author
        by, carrier = self._carrier(report.agency or entry.agency or (f"@{item.author}" if by_post else item.source))
        party = report.source_side if report.source_side in ("government", "insurgent") else None
        if not report.speaker:
            person = self._persons.get(author) if by_post else None
            return Origin(person or "", carrier, named=person is not None, party=party, by=by)
        voice = sys.intern(fold(report.speaker))
        if voice in self._agencies:  # it speaks for itself, whoever reprints it
            by, carrier = self._carrier(report.speaker)
            return Origin("", carrier, named=False, party=party, by=by)
        canonical = self._persons.get(voice)
        if canonical is not None:
            return Origin(canonical, carrier, named=True, party=party, said=report.speaker, by=by)
        named = not self._is_role(report.speaker, voice)
        role = "" if named else self._office(voice)
        return Origin(voice, carrier, named=named, party=party, said=report.speaker, by=by, role=role)

    def _carrier(self, written: str) -> tuple[str, str]:
        """Return a carrier's name, and the form in which it is compared."""
        folded = fold(written)
        name = self._agencies.get(folded)
        return (name, sys.intern(fold(name))) if name is not None else (sys.intern(written), sys.intern(folded))

    def _office(self, voice: str) -> str:
        """Return the office that a description names, by its longest words; in whatever language it is."""
        return self._offices.get(self._office_words(voice), "")

    def _office_words(self, voice: str) -> str:
        flat = f" {voice} "
        found = (cue for cue in self._offices if cue and f" {cue} " in flat)
        return max(found, key=lambda cue: (len(cue), cue), default="")

    def _is_office(self, voice: str) -> bool:
        """Whether the words are an office and no more than its place: a name beside it has two words or more."""
        words = self._office_words(voice).split()
        return bool(words) and len(voice.split()) - len(words) <= 1

    def _is_role(self, spoken: str, voice: str) -> bool:
        """Whether the words describe somebody instead of naming them: "a resident", "provincial council member"."""
        first = next((c for c in spoken if c.isalpha()), "")
        if first.islower() or not voice:
            return True
        if first.isupper():
            return False
        return voice in self._roles or any(word in self._roles for word in voice.split()) or self._is_office(voice)


def sketch(text: str) -> bytes:
    """Return a text's smallest word-triple hashes, by which near-copies are known; equal on every machine."""
    words = fold(text).split()
    if len(words) < 3:
        return packed((" ".join(words),)) if words else b""
    return packed(" ".join(words[n : n + 3]) for n in range(len(words) - 2))


def packed(parts: Iterable[str], limit: int = _SKETCH) -> bytes:
    """Return the smallest hashes of some strings, four bytes each: a set that a million of fit into memory."""
    hashes = sorted({zlib.crc32(part.encode()) for part in parts})[:limit]
    return struct.pack(f">{len(hashes)}I", *hashes)


@lru_cache(maxsize=2048)
def unpacked(hashes: bytes) -> frozenset[int]:
    """Return the hashes that were packed."""
    return frozenset(struct.unpack(f">{len(hashes) // 4}I", hashes))


@lru_cache(maxsize=16384)  # what arrives out of order has the same texts compared again and again
def overlap(one: bytes, other: bytes) -> float:
    """Return the part of their word triples that two sketched texts share, 0..1 (bottom-k estimate of Jaccard)."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    ours, theirs = unpacked(one), unpacked(other)
    both = ours & theirs
    if not both:
        return 0.0
    smallest = sorted(ours | theirs)[:_SKETCH]
    return sum(1 for h in smallest if h in both) / len(smallest)


def same_voice(one: str, other: str) -> bool:
    """Whether two folded names can be one person's: "wali" and "amruddin wali"."""
    if one == other:
        return True
    few, many = sorted((one.split(), other.split()), key=len)
    return bool(few) and few[-1] == many[-1] and set(few) <= set(many)


def independent(roots: Iterable[tuple[str, frozenset[str]]]) -> int:
    """Count independent roots, each a (voice, carriers).

    A carrier that speaks for itself is no second origin beside a voice that it carried: it may only repeat it.
    """
    found = list(roots)
    carried = {carrier for voice, carriers in found if voice for carrier in carriers}
    return sum(1 for voice, carriers in found if voice or not carriers & carried)
