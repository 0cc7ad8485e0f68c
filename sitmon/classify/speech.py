"""A `speech.<lang>.toml` in, its tables out as typed words, numbers and phrases, with every mistake by line.

It must not know what the tables mean: the readers of dates, counts and speakers ask for the keys that they need. What
nobody asked for is a mistake too, so that a misspelt key is never passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from sitmon.area import CueFile
from sitmon.classify.text import tokens
from sitmon.errors import Mistake, nearest

T = TypeVar("T")
_ARABIC: Final = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_TYPE_NAMES: Final = {str: "text", int: "a whole number", list: "a list", dict: "a table"}


def script_of(text: str) -> str:
    """Return the script of a text: "arabic" or "cyrillic" where it has one such letter, else "latin"."""
    if text.isascii():
        return "latin"
    if _ARABIC.search(text):
        return "arabic"
    return "cyrillic" if _CYRILLIC.search(text) else "latin"


class Tables:
    """The tables of one file, asked for by dotted keys ("saying.strong"); mistakes gather in `mistakes`."""

    def __init__(self, file: CueFile) -> None:
        self.lang = file.lang
        self.mistakes: list[Mistake] = []
        self._file = file
        self._asked: set[str] = set()

    def word(self, key: str, choices: Iterable[str]) -> str:
        """Return one word out of `choices` (the first of them where the key is missing)."""
        allowed = list(choices)
        value = self._get(key, str, allowed[0])
        if value not in allowed:
            self._mistake(key, f"{value!r} is not one of {', '.join(allowed)}", nearest(value, allowed))
            return allowed[0]
        return str(value)

    def words(self, key: str) -> frozenset[str]:
        """Return single words and phrases as a set, folded as texts are, a phrase's words joined by one space."""
        return frozenset(" ".join(p) for p in self.phrases(key))

    def phrases(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return phrases, each as the tuple of its folded tokens, in the file's order."""
        found: list[tuple[str, ...]] = []
        for text in self._get(key, list, []):
            if not isinstance(text, str) or not text.strip():
                self._mistake(key, f"{text!r} is not text")
                continue
            phrase = tokens(text) or tuple(text.split())
            found.append(phrase)
        return tuple(found)

    def conjugated(self, key: str, forms_key: str) -> tuple[tuple[str, ...], ...]:
        """Return the forms of verbs given by their infinitives: "confirm", "made known" in all that "make" has.

        `forms_key` holds rows of an infinitive and its forms; the last words of a phrase are the infinitive. One that
        has no row is a mistake.
        """
        rows = {tuple(row[0].split()): [tuple(form.split()) for form in row[1:]] for row in self.rows(forms_key)}
        found: list[tuple[str, ...]] = []
        for phrase in self.phrases(key):
            size = next((n for n in range(1, len(phrase) + 1) if phrase[-n:] in rows), 0)
            if not size:
                known = [" ".join(infinitive) for infinitive in rows]
                self._mistake(key, f"{' '.join(phrase)!r} ends in no verb of {forms_key}", nearest(phrase[-1], known))
                continue
            found += [(*phrase[:-size], *form) for form in rows[phrase[-size:]]]
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return texts as they are written."""
        return tuple(t for t in self._get(key, list, []) if isinstance(t, str) and t)

    def rows(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of folded words."""
        found: list[tuple[str, ...]] = []
        for row in self._get(key, list, []):
            if not isinstance(row, list) or not all(isinstance(word, str) for word in row):
                self._mistake(key, f"{row!r} is not a list of texts")
                continue
            found.append(tuple(" ".join(tokens(word)) for word in row))
        return tuple(found)

    def numbers(self, key: str) -> dict[str, int]:
        """Return phrase -> whole number."""
        found: dict[str, int] = {}
        for text, value in self._get(key, dict, {}).items():
            if not isinstance(value, int) or isinstance(value, bool):
                self._mistake(key, f"{text!r} should be a whole number, not {value!r}", text=text)
                continue
            found[" ".join(tokens(text)) or text] = value
        return found

    def close(self) -> None:
        """Note every key of the file that nobody asked for."""
        for key in _leaves(self._file.tables):
            if key not in self._asked and not any(key.startswith(a + ".") for a in self._asked):
                self._mistake(key, f"unknown key {key!r}", nearest(key, self._asked))

    def _get(self, key: str, kind: type, default: Any) -> Any:
        """Return the value at a dotted key, or the default where it is missing or of another type."""
        self._asked.add(key)
        value: Any = self._file.tables
        for part in key.split("."):
            if not isinstance(value, Mapping) or part not in value:
                return default
            value = value[part]
        if not isinstance(value, Mapping if kind is dict else kind):
            self._mistake(key, f"{key} should be {_TYPE_NAMES.get(kind, kind.__name__)}, not {value!r}")
            return default
        return value

    def _mistake(self, key: str, message: str, near: str | None = None, text: str | None = None) -> None:
        line = self._line(key, text)
        where = f"line {line}" if line else key
        self.mistakes.append(Mistake(self._file.path.name, where, message, near))

    def _line(self, key: str, text: str | None) -> int | None:
        """Return the line on which a key stands, by reading the file again: this happens only for mistakes."""
        try:
            lines = self._file.path.read_text(encoding="utf-8").splitlines()
        except OSError:
            return None
        table, _, name = key.rpartition(".")
        here = ""
        for number, line in enumerate(lines, 1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
                here = header[1]
                if here == key:
                    return number
            elif here == table and re.match(rf'\s*"?{re.escape(name)}"?\s*=', line) and (not text or text in line):
                return number
        return None


def _leaves(tables: Mapping[str, Any], prefix: str = "") -> Iterable[str]:
    """Yield the dotted key of every value that is no table."""
    for name, value in tables.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from _leaves(value, key + ".")
        else:
            yield key


class Phrases(dict[str, tuple[list[int], dict[tuple[str, ...], T]]]):
    """Phrases by their first word: what a scan over tokens asks at each place.

    It is itself the dict of first words, so that asking whether a phrase may start at a word costs one look-up. Each
    first word has the lengths of its phrases, the longest first, and their meanings: a word like "the", which hundreds
    of phrases start with, costs no more than one that starts a few.
    """

    def add(self, phrases: Iterable[tuple[str, ...]], meaning: T) -> None:
        """Let the phrases stand for `meaning`; of two equal phrases the first one added wins."""
        for phrase in phrases:
            sizes, meanings = self.setdefault(phrase[0], ([], {}))
            meanings.setdefault(phrase, meaning)
            if len(phrase) not in sizes:
                sizes.append(len(phrase))
                sizes.sort(reverse=True)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, T]]) -> Phrases[T]:
        """Return a table of texts with their meanings."""
        table: Phrases[T] = cls()
        for text, meaning in pairs:
            phrase = tokens(text)
            if phrase:
                table.add([phrase], meaning)
        return table

    def first_words(self) -> frozenset[str]:
        """Return the words that a phrase may start with."""
        return frozenset(self)

    def at(self, words: list[str], token: int, stop: int) -> tuple[T, int] | None:
        """Return (meaning, number of tokens) of the longest phrase that starts at `token`, or None."""
        row = self.get(words[token])
        if row is not None:
            sizes, meanings = row
            for size in sizes:
                phrase = tuple(words[token : token + size])
                if phrase in meanings and (token + size <= stop or size == 1):
                    return meanings[phrase], size
        return None

    def within(self, words: list[str], first: int, stop: int) -> list[tuple[int, T, int]]:
        """Return (token, meaning, number of tokens) of the longest phrase at each token of [first, stop) with one."""
        if self.keys().isdisjoint(words[first:stop]):
            return []
        return [
            (at, *found)
            for at in range(first, stop)
            if words[at] in self and (found := self.at(words, at, stop)) is not None
        ]
