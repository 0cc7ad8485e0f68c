"""Phrases with what they may mean in, a `Lexicon` out that marks every phrase of a document in one walk.

It must not decide which meaning holds: a token carries every class that its phrase has.

The walk writes one character a token, so that a sentence becomes a string as long as its tokens and patterns over it
run as plain regular expressions, in C (`patterns.py`). Each *set of classes* that some phrase has gets a character of
its own from the private-use area; a token that means nothing here is `PLAIN`, a number `NUMBER`, the second and later
tokens of a phrase `INSIDE`, and punctuation stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Final, NamedTuple

from sitmon.classify import affixes
from sitmon.classify.text import ACRONYMS, MARK, Document, fold, tokens

PLAIN: Final = "_"
NUMBER: Final = "0"
INSIDE: Final = "~"
PUNCTUATION: Final[dict[str, str]] = {
    ",": ",",
    ";": ";",
    ":": ":",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    '"': '"',
    "–": "-",
    "-": "-",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": ".",
    "|": ".",
    "'s": "'",
}
_OPEN: Final = frozenset({"preposition", "determiner", "pronoun"})
"""Classes of a last word that leaves a phrase open: it goes on in what follows."""
CLITIC: Final = "clitic"
_FIRST_SYMBOL: Final = 0xE000
_PREFIXES: Final = "دوبپلف"
"""Arabic-script letters that are written together with the next word: "of", "and", "in", "to"."""
_SUFFIXES: Final = "هو"
"""What Pashto writes together with the name before it: "from", and the plural of regions and peoples."""
_FREQUENT: Final = 3
_SHORT: Final = 4
"""A word of so many letters is not taken apart."""
_BRACKET: Final = 5
_SIGNS: Final = str.maketrans("", "", " ()|")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase may mean."""

    symbol: str
    classes: frozenset[str]
    places: tuple[str, ...] = ()
    """Codes of the places that bear this name."""
    actors: tuple[str, ...] = ()
    weak: bool = False
    """Whether the name is also an ordinary word, so that it needs support."""


class Hit(NamedTuple):
    """A phrase found: tokens `first` up to (not including) `last`."""

    first: int
    last: int
    entry: Entry


class Marked(NamedTuple):
    """A document with its phrases marked."""

    doc: Document
    raw: str
    """One character a token."""
    symbols: str
    """The same, with a short form in brackets counted as part of what it shortens: "a bomb (IED) exploded"."""
    places: list[Hit]
    actors: list[Hit]
    present: frozenset[str]
    """Each of its symbols once, for what a name or a cue asks of the whole text: one that walked over the symbols
    themselves would make tokens times cues of a long text."""


class _Node:
    """A step in the tree of phrases."""

    __slots__ = ("entry", "names", "next")

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.next: dict[str, _Node] = {}
        self.names = False
        """Whether the phrase that ends here names a place or an actor."""


class _Alone(dict[str, str]):
    """The symbol of each word that stands by itself; of those that nobody listed, a number's or that of any word."""

    def __missing__(self, word: str) -> str:
        return NUMBER if word[0].isdigit() else PLAIN


@dataclass(slots=True)
class _Named:
    """What a phrase names, while the lexicon is built."""

    places: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    weak: bool = False


class Lexicon:
    """A tree of phrases. Fill it with `add`, then `freeze` it; after that it never changes."""

    def __init__(self) -> None:
        self._phrases: dict[tuple[str, ...], set[str]] = {}
        self._named: dict[tuple[str, ...], _Named] = {}
        self._alone = _Alone()
        self._begin: dict[str, _Node] = {}
        """The words that a longer phrase or a name begins with."""
        self._names: frozenset[str] = frozenset()
        """Of these the names."""
        self._clitics: frozenset[str] = frozenset()
        """Little words that may stand inside a phrase: those of the class "clitic"."""
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        """The first two words of every longer phrase: a text is looked at only where one of them or a name stands."""
        self._symbols: dict[frozenset[str], str] = {}
        self._by_class: dict[str, str] = {}
        self.classes_of: dict[str, frozenset[str]] = {}

    def add(
        self, phrase: str, *classes: str, place: str | None = None, actor: str | None = None, weak: bool = False
    ) -> None:
        """Give a phrase more meanings. A phrase without a word in it is passed over."""
        key = tokens(phrase)
        if not key:
            return
        self._phrases.setdefault(key, set()).update(classes)
        if place is None and actor is None:
            return
        named = self._named.setdefault(key, _Named())
        if place is not None and place not in named.places:
            named.weak = weak if not named.places else named.weak and weak
            named.places.append(place)
        if actor is not None and actor not in named.actors:
            named.actors.append(actor)

    def add_forms(self, form: str, name: str) -> None:
        """Give a class to every phrase that a form stands for; raises ValueError where it cannot be written out."""
        for key in _keys(form):
            if key:
                self._phrases.setdefault(key, set()).add(name)

    def tell_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Give every phrase that begins with one of the pairs of words a class of its own: "=first second"."""
        wanted = frozenset(pairs)
        for key, classes in self._phrases.items():
            if key[:2] in wanted:
                classes.add(f"={key[0]} {key[1]}")

    def freeze(self) -> None:
        """Build the tree.

        A phrase that names an actor takes over what its last word means ("Afghan soldiers"); one that ends in a
        preposition or an article, what the words before it mean, or else the first of them.
        """
        for key, classes in self._phrases.items():
            tail = self._phrases.get(key[-1:]) if len(key) > 1 else None
            if tail is None:
                continue
            named = self._named.get(key)
            if named is not None and named.actors:
                classes.update(c for c in tail if not c.startswith("="))
            elif not tail.isdisjoint(_OPEN) and not (named and named.places) and (head := self._head(key)):
                classes.update(head)  # "detained in" is "detained" too, and "opened fire on" is "opened fire"
        self._plant()
        members: dict[str, list[str]] = {}
        for all_of, symbol in self._symbols.items():
            self.classes_of[symbol] = all_of
            for name in all_of:
                members.setdefault(name, []).append(symbol)
        self._by_class = {name: "".join(symbols) for name, symbols in members.items()}
        self._phrases.clear()
        self._named.clear()

    def _plant(self) -> None:
        """Build the tree of phrases, and what is looked up before it is climbed."""
        root: dict[str, _Node] = {}
        entries: dict[frozenset[str], Entry] = {}
        for key, classes in self._phrases.items():
            meaning = frozenset(classes)
            entry = entries.get(meaning)
            if entry is None:
                symbol = self._symbols[meaning] = chr(_FIRST_SYMBOL + len(self._symbols))
                entry = entries[meaning] = Entry(symbol, meaning)
            if (named := self._named.get(key)) is not None:
                entry = Entry(entry.symbol, meaning, tuple(named.places), tuple(named.actors), named.weak)
            level = root
            for word in key[:-1]:
                level = (level.get(word) or level.setdefault(word, _Node())).next
            (level.get(key[-1]) or level.setdefault(key[-1], _Node())).entry = entry
        self._clitics = frozenset(key[0] for key, classes in self._phrases.items() if CLITIC in classes)
        self._alone.update(PUNCTUATION)
        for word, node in root.items():
            if node.entry is not None:
                node.names = bool(node.entry.places or node.entry.actors)
                self._alone[word] = node.entry.symbol
            if node.names or node.next:
                self._begin[word] = node
        self._names = frozenset(word for word, node in self._begin.items() if node.names)
        self._pairs = frozenset((word, after) for word, node in self._begin.items() for after in node.next)

    def _head(self, key: tuple[str, ...]) -> set[str] | None:
        """Return what the longest phrase means that only its last word parts from `key`."""
        return self._phrases.get(key[:-1]) or self._phrases.get(key[:1])

    def symbols(self, names: Iterable[str]) -> str:
        """Return the characters of every phrase that has one of the classes; empty when no phrase has."""
        return "".join(sorted(set("".join(self._by_class.get(name, "") for name in names))))

    def phrases(self) -> Iterator[str]:
        """Yield every phrase, its folded words joined by spaces."""
        rows = list(self._begin.items())
        while rows:
            phrase, node = rows.pop()
            if node.entry is not None:
                yield phrase
            rows += [(f"{phrase} {word}", below) for word, below in node.next.items()]
        yield from self._alone.keys() - self._begin.keys()

    @property
    def frequent(self) -> frozenset[str]:
        """The symbols of words of three letters and fewer: in every language the short words are the frequent ones."""
        return frozenset(symbol for word, symbol in self._alone.items() if len(word) <= _FREQUENT)

    @property
    def classes(self) -> frozenset[str]:
        """Every class that some phrase has."""
        return frozenset(self._by_class)

    def mark(self, doc: Document) -> Marked:
        """Mark every phrase of a document, the longest from the left."""
        words = doc.words
        symbols = list(map(self._alone.__getitem__, words))
        places: list[Hit] = []
        actors: list[Hit] = []
        begin = self._begin if doc.low.isascii() else self._with_joined(words, symbols)
        names = self._names if begin is self._begin else begin.keys()
        pairs = self._pairs
        telling = [n for n, word in enumerate(words) if word in names]
        telling += [n for n, pair in enumerate(pairwise(words)) if pair in pairs]
        if not doc.low.isascii():
            telling += self._interrupted(words)
        end = 0
        for n in sorted(telling):
            if n < end:
                continue  # inside the last phrase
            last, best = self._walk(begin[words[n]], words, n)
            if best is None or (words[n] == "the" and last - n > 1 and self._longest(words, n + 1) > last):
                continue  # "the army" must not hide "army base"
            symbols[n:last] = best.symbol + INSIDE * (last - n - 1)
            if best.places:
                places.append(Hit(n, last, best))
            if best.actors:
                actors.append(Hit(n, last, best))
            end = last
        raw = "".join(symbols)
        joined = _join_brackets(raw, doc) if "(" in raw else raw
        return Marked(doc, raw, joined, places, actors, frozenset(joined))

    def _walk(self, node: _Node, words: list[str], start: int) -> tuple[int, Entry | None]:
        """Return where the longest phrase ends that begins with the word of a node, and the phrase; None for none."""
        best = node.entry
        last = at = start + 1
        count = len(words)
        while at < count:
            following = node.next.get(words[at])
            if following is None and words[at] in self._clitics and at + 1 < count:
                following = node.next.get(words[at + 1])
                at += 1
            if following is None:
                break
            node = following
            at += 1
            if node.entry is not None:
                best = node.entry
                last = at
        return last, best

    def _interrupted(self, words: list[str]) -> list[int]:
        """Return where a phrase may begin whose second word stands behind a clitic ("surrender they-did")."""
        clitics, pairs, last = self._clitics, self._pairs, len(words) - 1
        return [
            n - 1
            for n, word in enumerate(words)
            if word in clitics and 0 < n < last and (words[n - 1], words[n + 1]) in pairs
        ]

    def _longest(self, words: list[str], start: int) -> int:
        """Return where the longest phrase that begins at a token ends; `start` where none does."""
        if start >= len(words):
            return start
        node = self._begin.get(words[start])
        if node is not None:
            last, best = self._walk(node, words, start)
            return last if best is not None else start
        return start + (words[start] in self._alone)

    def _with_joined(self, words: list[str], symbols: list[str]) -> dict[str, _Node]:
        """Return the words that begin phrases, with those of a text that are written together with a short word."""
        found: dict[str, _Node] = {}
        for n, word in enumerate(words):
            if symbols[n] == PLAIN and len(word) > _SHORT and (node := self._joined(word)) is not None:
                found[word] = node
                symbols[n] = node.entry.symbol if node.entry is not None else PLAIN
        return {**{word: self._begin[word] for word in words if word in self._begin}, **found} if found else self._begin

    def _joined(self, word: str) -> _Node | None:
        """Return the node of a place's name that is written together with the short word before or after it."""
        if word in self._alone or word in self._begin:
            return None
        node = self._begin.get(word[1:]) if word[0] in _PREFIXES else None
        if node is not None and (node.next or (node.entry and node.entry.places)):
            return node
        node = self._begin.get(word[:-1]) if word[-1] in _SUFFIXES else None
        return node if node is not None and node.entry and node.entry.places else None


def _join_brackets(symbols: str, doc: Document) -> str:
    """Make a short form in brackets part of the phrase before it."""
    parts = list(symbols)
    at = symbols.find("(")
    while at >= 0:
        close = symbols.find(")", at, at + _BRACKET)
        if close > at + 1 and at and all(doc.body[doc.starts[n]].isupper() for n in range(at + 1, close)):
            parts[at : close + 1] = INSIDE * (close + 1 - at)
        at = symbols.find("(", at + 1)
    return "".join(parts)


def expand(form: str) -> Iterator[str]:
    """Write out the alternatives of a form: "seiz(e|es|ed|ing) control" gives four phrases."""
    return (" ".join(choice.split()) for choice in _choices(form))


def _choices(form: str) -> Iterator[str]:
    """Return what `expand` gives, with the spaces as they come."""
    pieces: list[list[str]] = []
    at = 0
    while (start := form.find("(", at)) >= 0:
        end = form.find(")", start)
        if end < 0:
            raise ValueError(f'"(" without ")" in {form!r}')
        pieces += [[form[at:start]], form[start + 1 : end].split("|")]
        at = end + 1
    pieces.append([form[at:]])
    return map("".join, product(*pieces))


def _keys(form: str) -> Iterable[tuple[str, ...]]:
    """Return the words of every phrase that a form stands for.

    Nearly every form is folded once, before it is written out: forms of verbs stand for hundreds of phrases each.
    """
    plain = fold(form).replace("-", " ")
    if plain.translate(_SIGNS).isalnum() and MARK not in plain and not any(a in form for a in ACRONYMS):
        if affixes.may_hold(plain):
            return (affixes.one_way(choice.split()) for choice in _choices(plain))
        return (tuple(choice.split()) for choice in _choices(plain))
    return (tokens(phrase) for phrase in expand(form))
