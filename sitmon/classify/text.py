"""A text in, a `Document` out: folded letters, tokens and sentences, every one with its offsets into the text.

It must not know what any word means, and it must stay linear in the length of the text, whatever the text.

Folding keeps the length: character n of `Document.low` is the folded form of character n of `Document.body`, so an
offset is an offset everywhere and no map is needed. What would vanish (combining marks, harakat, tatweel, joiners)
becomes `MARK`, which tokens drop. Folded are case, Latin diacritics, curly quotes and dashes, the Arabic-script
variants (ي/ی, ك/ک, ګ/گ, ة/ه, hamza carriers), and the digits of all scripts; a zero-width non-joiner becomes a space.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sitmon.classify import affixes

MARK: Final = "\u02d1"
"""Stands in `low` for a character that folding drops; it is part of a token and is dropped from the token's word."""

_SAME: Final[dict[str, str]] = {
    "\u200c": " ",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    "’": "'",
    "‘": "'",
    "‛": "'",
    "ʼ": "'",
    "ʻ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "«": '"',
    "»": '"',
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "–",
    "—": "–",
    "―": "–",
    "ي": "ی",
    "ى": "ی",
    "ۍ": "ی",
    "ې": "ی",
    "ئ": "ی",
    "ے": "ی",
    "ك": "ک",
    "ګ": "گ",
    "ڪ": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ؤ": "و",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
}
_DROPPED: Final = {0x0640, 0x200B, 0x200D, 0x200E, 0x200F, 0x061C, 0xFEFF, 0x00AD, 0x2060}


class _Folding(dict[int, str]):
    """The folded form of each character, worked out when it is first met; at most one entry a code point."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    """Return the one character that stands for `char` in folded text."""
    if char in _SAME:
        return _SAME[char]
    if ord(char) in _DROPPED or unicodedata.combining(char):
        return MARK
    if (digit := unicodedata.digit(char, None)) is not None and char.isdecimal():
        return str(digit)
    lowered = char.lower()[0]
    if ord(lowered) > 0x7F:
        base = unicodedata.normalize("NFKD", lowered)[0]
        if base.isalnum() and not base.isdecimal():
            lowered = base.lower()[0]
        elif base == " ":
            lowered = " "
    return _SAME.get(lowered, lowered)


_FOLDING: Final = _Folding()

_TOKEN: Final = re.compile(
    r"https?://\S+|www\.\S+|pic\.twitter\.com/\S*|@\w+"  # addresses and handles hold no words
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b"  # 1,200  3.5  217th
    r"|(?:[a-z]\.){2,}[a-z]?"  # u.s.  u.n.
    r"|[^\W_]+(?:'(?!s\b)[^\W_]+)*"  # words; qal'ah and didn't are one, 's stands apart
    r"|'s\b"
    r'|[,;:()\[\]"–!?…|]|(?<!\w)-|-(?!\w)|\.(?!\w)'
)
_WORD_OF: Final[Callable[[re.Match[str]], str]] = re.Match.group
_START_OF: Final[Callable[[re.Match[str]], int]] = re.Match.start
_END_OF: Final[Callable[[re.Match[str]], int]] = re.Match.end
ACRONYMS: Final = {"US": "u.s.", "IS": "i.s.", "WHO": "w.h.o.", "UN": "u.n."}
"""Capitals that are another word in small letters, with the word that stands for them."""

# Sentence ends: a run of stops (and closing marks), or a line's end.
_STOP: Final = re.compile(r"[.!?؟۔।…]+[\"'”’»)\]]*(?=\s|$)|\n+")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST: Final = _set(
    "mr mrs ms dr prof gen lt col maj capt sgt cpl pvt brig adm cmdr cdr sen rep gov st no vs sr hon rev spc pfc "
    "ssgt sfc msgt cpt ltc ltg mg bg tsgt cmd op dist prov incl ca"
)
_SELDOM_LAST: Final = _set(
    "jan feb mar apr jun jul aug sept sep oct nov dec u.s u.n u.k a.m p.m e.g i.e d.c n.y approx est inc ltd co jr etc"
)
_STARTERS: Final = _set(
    "the a an in on at he she it they this that these those but and after as we there his her its their when while "
    "according meanwhile however earlier later no one two i"
)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LAST_WORD: Final = re.compile(r"(?:[^\W_]|\.)+\Z")
_LONGEST: Final = 400
"""Tokens of the longest sentence: news has none so long, hostile texts have."""
_LONG_LINE: Final = 60
"""A line at least this long that ends without a stop was wrapped, unless what follows looks like a new paragraph."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its tokens and sentences. The lists run parallel; nothing may change them."""

    body: str
    low: str
    """`body` folded, character by character: the same length."""
    title_end: int
    """Offset at which the title ends; 0 without a title."""
    words: list[str]
    """The folded words, numbers and punctuation marks, in order."""
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    """Offsets of each sentence, without the space around it."""
    bounds: list[tuple[int, int]]
    """Of each sentence, the first token and the one after the last."""

    def token_at(self, offset: int) -> int:
        """Return the index of the last token that starts at or before `offset` (-1 before the first)."""
        return bisect_right(self.starts, offset) - 1

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that `offset` lies in, or of the one before it (-1 before the first)."""
        return bisect_right(self.sentences, (offset, len(self.body) + 1)) - 1

    def capital(self, token: int) -> bool:
        """Whether a token is written with a capital first letter."""
        return self.body[self.starts[token]].isupper()


def fold(text: str) -> str:
    """Return `text` folded, each character by one: the result is as long as `text`."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return text.translate(_FOLDING)


def read(body: str, title_end: int = 0) -> Document:
    """Read a text; `title_end` is where its title ends (a sentence ends there too)."""
    low = fold(body)
    matches = list(_TOKEN.finditer(low))
    words = list(map(_WORD_OF, matches))
    starts = list(map(_START_OF, matches))
    ends = list(map(_END_OF, matches))
    _mend(words, starts, ends, body, low)
    if not low.isascii() and affixes.may_hold(low):
        affixes.put_one_way(words, starts, ends, low)
    sentences = _split(body, low)
    bounds = _bounds(sentences, starts)
    if any(last - first > _LONGEST for first, last in bounds):
        sentences, bounds = _cut(sentences, bounds, starts, ends)
    return Document(body, low, title_end, words, starts, ends, sentences, bounds)


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a phrase as `read` would give them: what dictionaries of phrases are keyed by."""
    plain = fold(text).replace("-", " ")
    if plain.replace(" ", "").isalnum() and MARK not in plain:  # nearly all phrases: no need for the whole reading
        words = plain.split()
        if affixes.may_hold(plain):
            return affixes.one_way(words)
        if ACRONYMS.keys().isdisjoint(given := text.replace("-", " ").split()) or len(given) != len(words):
            return tuple(words)
        return tuple(ACRONYMS.get(g, w) for g, w in zip(given, words, strict=True))
    return tuple(w for w in read(text).words if w[0].isalnum() or w[0] == "'" or w[0] == "@")


def _mend(words: list[str], starts: list[int], ends: list[int], body: str, low: str) -> None:
    """Put right the few tokens that need a second look, without a second look at the rest."""
    if MARK in low:
        for n, word in enumerate(words):
            if MARK in word:
                words[n] = word.replace(MARK, "") or MARK
    if "'" in low:
        for n, word in enumerate(words):
            if "'" in word and word not in ("'s", "'") and not word.endswith(("n't", "'re", "'ve", "'ll", "'d", "'m")):
                words[n] = word.replace("'", "")
    for capitals, word in ACRONYMS.items():
        if capitals in body:
            small = capitals.lower()
            for n, found in enumerate(words):
                if found == small and body[starts[n] : ends[n]] == capitals:
                    words[n] = word
    if "u.s" in low or "u.n" in low:
        for n, word in enumerate(words):
            if word in ("u.s", "u.n"):
                words[n] = word + "."


def _split(body: str, low: str) -> list[tuple[int, int]]:
    """Return the offsets of the sentences."""
    spans: list[tuple[int, int]] = []
    begin = 0
    size = len(body)
    small = body == low  # no capitals at all: a stop before a small letter ends a sentence too
    for match in _STOP.finditer(body):
        end = match.end()
        if body[match.start()] == "\n":
            if not _line_ends(body, begin, match.start(), end, match[0]):
                continue
        elif end < size and not _stop_ends(body, low, match.start(), end, small):
            continue
        _append(spans, body, begin, end)
        begin = end
    if begin < size:
        _append(spans, body, begin, size)
    return spans


def _append(spans: list[tuple[int, int]], body: str, start: int, end: int) -> None:
    """Add a span without the space around it, unless nothing is left of it."""
    inner = body[start:end].strip()
    if inner:
        start = body.index(inner[0], start)
        spans.append((start, start + len(inner)))


def _line_ends(body: str, begin: int, start: int, end: int, gap: str) -> bool:
    """Whether a line break ends a sentence: a blank line does, a wrapped line does not."""
    if len(gap) > 1 or end >= len(body) or start <= begin:
        return True
    after = body[end]
    if after.islower() or after in ",;)":
        return False
    if body[start - 1] in ",;-–—" and start - begin > _LONG_LINE:
        return False
    line = body.rfind("\n", max(begin, start - 200), start)
    length = start - (line + 1 if line >= 0 else begin)
    return not (_LONG_LINE <= length <= 100 and body[start - 1].islower() and (after.isalnum() or after in "\"'“‘("))


def _stop_ends(body: str, low: str, start: int, end: int, small: bool) -> bool:
    """Whether a run of stops inside the text ends a sentence there."""
    after = end
    limit = min(len(body), end + 4)
    while after < limit and body[after].isspace():
        if body[after] == "\n":
            return True
        after += 1
    if after >= len(body):
        return True
    nxt = body[after]
    if body[start] != ".":
        return not nxt.islower() or body[start] in "؟۔।"
    if end - start > 1 and body[start : start + 2] == "..":
        return not nxt.islower()
    if nxt.islower() and not small:
        return False
    word = _word_before(low, start)
    if word in _NEVER_LAST or (len(word) == 1 and word.isalpha() and body[start - 1].isupper()):
        return False
    if word in _SELDOM_LAST or ("." in word and len(word) <= 5):
        following = _LETTERS.match(low, after)
        return bool(following and following[0] in _STARTERS and nxt.isupper())
    return True


def _cut(
    sentences: list[tuple[int, int]], bounds: list[tuple[int, int]], starts: list[int], ends: list[int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Cut what is too long for a sentence into pieces, so that work within a sentence stays bounded."""
    spans: list[tuple[int, int]] = []
    pieces: list[tuple[int, int]] = []
    for (start, end), (first, last) in zip(sentences, bounds, strict=True):
        while last - first > _LONGEST:
            spans.append((start, ends[first + _LONGEST - 1]))
            pieces.append((first, first + _LONGEST))
            first += _LONGEST
            start = starts[first]
        spans.append((start, end))
        pieces.append((first, last))
    return spans, pieces


def _word_before(low: str, stop: int) -> str:
    """Return the word (dots inside it too, at most 12 characters) that stands right before a stop."""
    found = _LAST_WORD.search(low, max(0, stop - 12), stop)
    return found[0] if found is not None else ""


def _bounds(sentences: list[tuple[int, int]], starts: list[int]) -> list[tuple[int, int]]:
    """Return the token range of each sentence."""
    bounds: list[tuple[int, int]] = []
    first = 0
    for _, end in sentences:
        last = bisect_left(starts, end, first)
        bounds.append((first, last))
        first = last
    return bounds
