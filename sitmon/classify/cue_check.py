"""An area's cue files in, every mistake in them out, also the words that nobody asks for.

It must not change or repair anything. A language may lack any class, so that none is missed here; but a class that no
rule and no pattern asks for is one whose name is misspelt, and its words would tell of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from sitmon.area import Area, CueFile
from sitmon.area_lines import line_of, lines_of
from sitmon.classify import cues, patterns
from sitmon.classify.classifier import Classifier
from sitmon.classify.lexicon import CLITIC
from sitmon.errors import Mistake, nearest

_CALLED: Final = re.compile(r"<([a-z_]+)>")


def check(area: Area) -> list[Mistake]:
    """Return every mistake in the cue files of an area."""
    # What the rules ask for depends on no word, so that files full of mistakes need not be compiled for it.
    grammar = Classifier(replace(area, cues={}, speech={}), learned=False).grammar
    in_patterns = frozenset(name for file in area.cues.values() for name in _in_patterns(file))
    asked = grammar.asked() | in_patterns | {CLITIC}
    mistakes = cues.check(area)
    for file in area.cues.values():
        mistakes.extend(_unasked(file, asked, grammar.asked_little()))
    return mistakes


def _unasked(file: CueFile, asked: frozenset[str], little: frozenset[str]) -> Iterable[Mistake]:
    """Yield what nobody asks for in one file."""
    words = _table(file, "words")
    listed = file.tables.get("unasked", [])
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        yield _mistake(file, ("unasked",), "unasked should be a list of classes")
        listed = []
    for name in listed:
        if name not in words:
            yield _mistake(file, ("unasked",), f"unasked: there is no class {name!r} in [words]", nearest(name, words))
    for name in _without(words, asked.union(listed)):
        message = f"no rule and no pattern asks for the class {name!r}"
        yield _mistake(file, ("words", name), message, _like(name, asked, words))
    used = _table(file, "little")
    for name in _without(used, little):
        yield _mistake(file, ("little", name), f"no rule asks for the little words {name!r}", _like(name, little, used))
    called = {form for phrases in words.values() for form in _CALLED.findall(repr(phrases))}
    for name in _without(_table(file, "forms"), called):
        yield _mistake(file, ("forms", name), f"no phrase calls the forms <{name}>")


def _without(names: Iterable[str], known: Container[str]) -> list[str]:
    """Return the names that are not known, in the order of the file."""
    return [name for name in names if name not in known]


def _like(name: str, asked: frozenset[str], given: Mapping[str, Any]) -> str | None:
    """Return the nearest name that is asked for, best one that the file does not have."""
    return nearest(name, sorted(asked.difference(given))) or nearest(name, sorted(asked))


def _in_patterns(file: CueFile) -> Iterable[str]:
    """Yield the classes that the patterns of a file name; what cannot be read is a mistake of its own."""
    events = file.tables.get("events", [])
    for event in events if isinstance(events, list) else ():
        for key in ("match", "unless"):
            for source in event.get(key, []):
                try:
                    yield from patterns.classes_of(source)
                except patterns.PatternError:
                    continue


def _table(file: CueFile, name: str) -> Mapping[str, Any]:
    table = file.tables.get(name, {})
    return table if isinstance(table, Mapping) else {}


def _mistake(file: CueFile, path: tuple[str, ...], message: str, near: str | None = None) -> Mistake:
    """Return a mistake at the line of a key."""
    line = line_of(lines_of(file.path.read_text(encoding="utf-8-sig")), path)
    return Mistake(file.path.name, f"line {line}", message, near)
