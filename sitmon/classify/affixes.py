"""The words of a text in Arabic script in, the same words out with what Persian writes apart or together in one way.

It must not look words up: the affixes of the language are few and closed. The plural and what hangs on it belong to the
word before them ("نیرو های" is "نیروهای", as with a joiner between); the prefix of the present stands by itself
("میشود" is "می شود"), and so does "به" before "دست".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_PLURAL: Final = frozenset({"ها", "های", "هایی", "هایش", "هایشان", "هایم", "هایت"})
_PRESENT: Final = re.compile(
    "(?P<prefix>ن?می)(?P<verb>(?:شو|کن|گوی|گو|ده|رو|گیر|ای|خواه|توان|رس|بر|خور|زن|ساز|گرد|گذار|نویس|دان|بین|مان|یاب|اور|کوش"
    "|نگر|گریز|افت|باش|دار|نمای|نما|خوان|بند|گذر|افزای|پذیر|پیوند|جنگ|کش|ران|ورز|فرست|سپار|شمار|نام)(?:د|ند|م|یم|ید)"
    "|(?:کرد|شد|گفت|رفت|امد|گرفت|داد|توانست|خواست|برد|زد|رسید)(?:ند|م|یم)?)"
)
_TOGETHER: Final = {"بدست": ("به", "دست"), "بسوی": ("به", "سوی"), "بطرف": ("به", "طرف"), "بدستان": ("به", "دستان")}
_MARKS: Final = re.compile("|".join(("ها", "می", *_TOGETHER)))
_LETTER: Final = "\u0600"
_CHAIN: Final = 3
"""How many endings may be hung on one word: each is copied with all before it."""
_JOINER: Final = " "
"""What may stand between a word and its ending, in a folded text: a full stop or a comma parts two words."""


def may_hold(text: str) -> bool:
    """Whether a folded text may have a word that is written in another way elsewhere."""
    return not text.isascii() and _MARKS.search(text) is not None


def one_way(words: Sequence[str]) -> tuple[str, ...]:
    """Return folded words with every affix written in one way."""
    found: list[str] = []
    hung = 0
    for word in words:
        if word in _PLURAL and found and hung < _CHAIN and found[-1][-1] > _LETTER:
            found[-1] += word
            hung += 1
            continue
        found += _apart(word) or (word,)
        hung = 0
    return tuple(found)


def put_one_way(words: list[str], starts: list[int], ends: list[int], text: str) -> None:
    """Do the same to the tokens of a folded text, whose offsets go with them; one walk."""
    hung = 0
    joined: list[str] = []
    at: list[int] = []
    to: list[int] = []
    for word, start, end in zip(words, starts, ends, strict=True):
        if (
            word in _PLURAL
            and hung < _CHAIN
            and joined
            and start == to[-1] + 1
            and text[to[-1]] == _JOINER
            and joined[-1][-1] > _LETTER
        ):
            joined[-1] += word
            to[-1] = end
            hung += 1
            continue
        hung = 0
        parts = _apart(word) if end - start == len(word) else None
        if parts is None:
            joined.append(word)
            at.append(start)
            to.append(end)
            continue
        cut = start + (1 if word in _TOGETHER else len(parts[0]))
        joined += parts
        at += (start, cut)
        to += (cut, end)
    words[:], starts[:], ends[:] = joined, at, to


def _apart(word: str) -> tuple[str, str] | None:
    """Return the two words that one is written for, or None."""
    if word in _TOGETHER:
        return _TOGETHER[word]
    if word[:1] not in "من" or "می" not in word[:3]:
        return None
    found = _PRESENT.fullmatch(word)
    return (found["prefix"], found["verb"]) if found is not None else None
