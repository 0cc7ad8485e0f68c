"""A pattern as a person writes it in, a regular expression over the characters of a `Lexicon` out.

It must not know any class or word by name.

A pattern is a row of elements:
    {name} {one|two}   one phrase of a class (of any of the classes; # among them is a number)
    word  one|two      that very word (one of those words)
    ~n                 at most n tokens of any kind, never over a full stop, semicolon, colon, bracket or quote mark
    -n                 the same, and never over a comma
    #                  a number written in digits
    ,                  a comma
    ( a | b )          either; ( a )? or element? may be missing
    !element           not that element next;   <!element  not that element right before
    ^ $                the sentence's beginning and end
    cue:element        the tokens matched are kept under that name; without one the first element that must be there
                       is the cue
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise, product
from typing import Final

from sitmon.classify.lexicon import INSIDE, NUMBER, Lexicon

_ELEMENT: Final = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\)\??)|(?P<or>\|)|(?P<edge>[\^$])"
    r"|(?:(?P<name>[a-z]+):)?(?P<not><?!)?"
    r"(?:\{(?P<classes>[a-z_|#]+)\}|(?P<gap>[~-])(?P<size>\d+)|(?P<number>\#)|(?P<comma>,)|(?P<word>[^\s{}()|?]+(?:\|[^\s{}()|?]+)*))"
    r"(?P<maybe>\?)?)"
)
_NO_GAP: Final = r".;:()-"


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is wrong in it."""


class Pattern:
    """A pattern that was read. Its expression is compiled when a sentence first needs it: most never are in a run."""

    def __init__(self, source: str, expression: str, needs: tuple[str, ...]) -> None:
        self.source = source
        self.needs = needs
        """Of each of these sets, at least one character is in every sentence that matches: look for them first."""
        self._expression = expression
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression over the characters of a lexicon."""
        if self._regex is None:
            self._regex = re.compile(self._expression)
        return self._regex


def words_of(source: str) -> frozenset[str]:
    """Return the words that a pattern names literally (they need an entry in the lexicon)."""
    return frozenset(w for m in _elements(source) if m["word"] for w in m["word"].split("|"))


def pairs_of(source: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that a pattern names one right after the other: a phrase may begin with them."""
    return frozenset(pair for m, after in pairwise(_elements(source)) for pair in _pairs(m, after))


def classes_of(source: str) -> frozenset[str]:
    """Return the classes that a pattern names."""
    return frozenset(c for m in _elements(source) if m["classes"] for c in m["classes"].split("|") if c != "#")


def literal(word: str) -> str:
    """Return the class under which the lexicon keeps a word that patterns name literally."""
    return "=" + word


def compile_pattern(source: str, lexicon: Lexicon) -> Pattern | None:
    """Compile a pattern; None when it names only things that this area's lexicon does not have (it cannot match)."""
    parts: list[str] = []
    needs: list[str] = []
    depth = 0
    named = Counter(m["name"] for m in _elements(source) if m["name"])
    if twice := [name for name, count in named.items() if count > 1]:
        raise PatternError(f"two elements are called {twice[0]!r}")
    cue_named = "cue" in named
    cue_given = cue_named
    elements = _elements(source)
    skip = False
    for m, after in zip(elements, [*elements[1:], None], strict=True):
        if skip:
            skip = False
            continue
        if (hidden := _hidden(m, after, lexicon)) and after is not None:
            # the two words stand in a phrase of their own somewhere: then its symbol stands for both
            skip = True
            pair = _symbols(m, lexicon), _symbols(after, lexicon)
            body = f"(?:[{re.escape(pair[0])}]{INSIDE}*[{re.escape(pair[1])}]{INSIDE}*|[{re.escape(hidden)}]{INSIDE}*)"
            if depth == 0:
                needs += [one + hidden for one in pair]
            name = m["name"] or after["name"] or ("cue" if depth == 0 and not cue_given else None)
            cue_given = cue_given or name == "cue"
            parts.append(f"(?P<{name}>{body})" if name else body)
            continue
        if m["open"]:
            depth += 1
            parts.append("(?:")
        elif m["close"]:
            depth -= 1
            if depth < 0:
                raise PatternError("a bracket is closed that was not opened")
            parts.append(m["close"])
        elif m["or"]:
            parts.append("|")
        elif m["edge"]:
            parts.append(m["edge"])
        elif m["gap"]:
            comma = "," if m["gap"] == "-" else ""
            parts.append(f"[^{_NO_GAP}{comma}]{{0,{m['size']}}}?")
        else:
            one = _one(m, lexicon)
            if one is None:
                if m["maybe"] or m["not"]:
                    continue
                one = "(?!)"
            elif (m["classes"] or m["word"]) and depth == 0 and not m["maybe"] and not m["not"]:
                needs.append(_symbols(m, lexicon))
            if m["not"]:
                parts.append(f"(?{m['not']}{one})" if m["not"] == "!" else f"(?<!{one.removesuffix(INSIDE + '*')})")
                continue
            body = one if m["number"] or m["comma"] else one + (f"{INSIDE}*" if INSIDE not in one else "")
            whole = (m["classes"] or m["word"]) and depth == 0 and not m["maybe"]
            name = m["name"] or ("cue" if whole and not cue_given else None)
            if name == "cue":
                cue_given = True
            parts.append(f"(?P<{name}>{body})" if name else f"(?:{body})" if m["maybe"] else body)
            if m["maybe"]:
                parts.append("?")
    if depth:
        raise PatternError("a bracket is not closed")
    expression = "".join(parts)
    if "(?!)" in expression and "|" not in expression:
        return None
    if not needs:
        raise PatternError("it needs at least one word or {class} outside brackets that must be there")
    return Pattern(source, expression, tuple(dict.fromkeys(needs)))


def _hidden(m: re.Match[str], after: re.Match[str] | None, lexicon: Lexicon) -> str:
    """Return the symbols of the phrases that begin with two words which a pattern names one after the other."""
    return lexicon.symbols(literal(f"{a} {b}") for a, b in _pairs(m, after))


def _pairs(m: re.Match[str], after: re.Match[str] | None) -> Iterable[tuple[str, str]]:
    """Return the words that two elements name right after each other."""
    if after is None or not m["word"] or not after["word"] or m["not"] or after["not"] or m["maybe"] or after["maybe"]:
        return ()
    return product(m["word"].split("|"), after["word"].split("|"))


def _one(m: re.Match[str], lexicon: Lexicon) -> str | None:
    """Return the expression of one element, or None when no phrase of the lexicon can be it."""
    if m["number"]:
        return NUMBER
    if m["comma"]:
        return ","
    symbols = _symbols(m, lexicon)
    if not symbols:
        return None
    return f"[{re.escape(symbols)}]"


def _symbols(m: re.Match[str], lexicon: Lexicon) -> str:
    """Return the symbols that an element accepts."""
    names = list(_names(m))
    return lexicon.symbols(names) + (NUMBER if "#" in names else "")


def _names(m: re.Match[str]) -> Iterable[str]:
    """Return the classes that an element accepts."""
    return m["classes"].split("|") if m["classes"] else [literal(w) for w in m["word"].split("|")]


def _elements(source: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at = 0
    end = len(source.rstrip())
    while at < end:
        match = _ELEMENT.match(source, at)
        if match is None or match.end() == at:
            raise PatternError(f"cannot read {source[at : at + 20].strip()!r}")
        found.append(match)
        at = match.end()
    return found
