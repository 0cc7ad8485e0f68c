"""A name in Latin letters as a writer spelt it in, the place out whose known spellings differ only by romanisation.

It must not read texts. Vowels that Latin letters write in several ways (e/i, o/u, ay/ai), doubled letters, gh/g, kh/k,
q/k, w/v/u, a last h, and the izafat ("-e-", "-i-", "-ye", joined, or left out) make no difference; all else does.
A spelling that places of several provinces could have is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sitmon.area import Area
from sitmon.classify.text import tokens

_LINKS: Final = frozenset({"e", "i", "ye", "yi", "o", "u", "wa", "aw", "ul", "us", "al"})
"""Izafat and "and" as words of their own."""
_SAME: Final = (
    (re.compile(r"kh[ao]?w[ae]|khoa"), "kua"),
    (re.compile(r"[kg]h"), lambda found: found[0][0]),
    (re.compile(r"q"), "k"),
    (re.compile(r"[wv]"), "u"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"o"), "u"),
    (re.compile(r"[ey]"), "i"),
    (re.compile(r"h\b"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_INNER: Final = re.compile(r"(?<=\w{3})[ai]\b")
"""The last vowel of a word that another follows: its own, or a joined izafat."""
_SHORTEST: Final = 5
"""Letters of the shortest name that is known by a spelling nobody listed."""
_KINDS: Final = ("district", "city", "province")


class Spellings:
    """The folded spellings of an area's places; made at the first need."""

    def __init__(self, area: Area) -> None:
        self._area = area
        self._folded: dict[str, set[str]] | None = None

    def place(self, words: Sequence[str]) -> str | None:
        """Return the code of the place whose spellings fold to these words, or None; a city before its district."""
        codes = self._known().get(folded(words), set())
        if len({self._area.places[code].province for code in codes}) != 1:
            return None
        return min(codes, key=lambda code: (self._area.places[code].kind != "city", code))

    def _known(self) -> dict[str, set[str]]:
        if self._folded is None:
            self._folded = self._fold()
        return self._folded

    def _fold(self) -> dict[str, set[str]]:
        known: dict[str, set[str]] = {}
        for code, text in self._names():
            key = folded(tokens(text))
            if len(key) >= _SHORTEST:
                known.setdefault(key, set()).add(code)
        return known

    def _names(self) -> list[tuple[str, str]]:
        """Return (code, name) of every spelling in Latin letters that is no common word."""
        places = self._area.places
        names = [(p.code, p.name) for p in places.values() if p.kind in _KINDS]
        for alias in self._area.aliases:
            known = places.get(alias.code)
            if known is not None and known.kind in _KINDS and not alias.weak and alias.text.isascii():
                names.append((alias.code, alias.text))
        return names


def folded(words: Sequence[str]) -> str:
    """Return a name as it is compared: "Shahr-e Buzurg", "Shahre Bozorg" and "Shahri Buzorg" are one."""
    text = " ".join(word for word in words if word not in _LINKS or len(words) == 1)
    for pattern, by in _SAME:
        text = pattern.sub(by, text)
    head, space, last = text.rpartition(" ")
    return (_INNER.sub("", head) + space + last).replace(" ", "")
