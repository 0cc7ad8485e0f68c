"""An area's cue files in, a `Cues` out: the lexicon of the area and its compiled patterns.

It must not know any word itself: what an event sounds like is data. Every mistake in a file is found at once, with
the file and the line that it stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from sitmon.area import Area, CueFile
from sitmon.classify import patterns
from sitmon.classify.language import is_latin
from sitmon.classify.lexicon import PUNCTUATION, Lexicon
from sitmon.classify.text import tokens
from sitmon.errors import AreaError, Mistake, nearest
from sitmon.garbage import collector_paused
from sitmon.model.terms import EVENT_TYPES, TAGS

_EVENT_KEYS: Final = {"id", "type", "tags", "weight", "match", "unless"}
_COMBINE_KEYS: Final = {"type", "all", "any", "none", "weight", "tags"}
_VOID_KEYS: Final = {"when", "types", "none"}
_TOP_KEYS: Final = {"lang", "unasked", "forms", "words", "little", "followers", "events", "combine", "void"}
_FORM: Final = re.compile(r"<([a-z_]*)>")
_LEADING: Final = {"rebel", "militia"}
"""Kinds of actors whose leaders have men of their own."""
_FIGHTING: Final = {"military", "police", "militia", "foreign_military"}


@dataclass(frozen=True, slots=True)
class Event:
    """What is told of where one of the patterns matches a sentence."""

    id: str
    lang: str
    type: str
    tags: tuple[str, ...]
    weight: float
    match: tuple[patterns.Pattern, ...]
    unless: tuple[patterns.Pattern, ...]
    latin: bool = True
    """Whether its language is written in Latin letters; if not, it holds only for texts in other ones."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Types and signals of one item that together are another type."""

    type: str
    tags: tuple[str, ...]
    weight: float
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]


@dataclass(frozen=True, slots=True)
class Void:
    """A signal of one item that takes back what else is told: the blast was a gas leak, the exodus a flood."""

    when: str
    types: frozenset[str]
    none: frozenset[str]
    """Types beside which the signal takes nothing back."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything that the cue files say, ready to use."""

    lexicon: Lexicon
    events: tuple[Event, ...]
    combinations: tuple[Combination, ...]
    voids: tuple[Void, ...] = ()
    little: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Single words and endings that rules ask for by themselves, inside longer phrases, too."""


def check(area: Area) -> list[Mistake]:
    """Return every mistake in the cue files of an area."""
    mistakes: list[Mistake] = []
    _compile(area, mistakes)
    return mistakes


def build(area: Area) -> Cues:
    """Compile the cue files of an area; raises AreaError with every mistake in them."""
    mistakes: list[Mistake] = []
    with collector_paused():
        cues = _compile(area, mistakes)
    if mistakes:
        raise AreaError(mistakes)
    return cues


def _compile(area: Area, mistakes: list[Mistake]) -> Cues:
    lexicon = Lexicon()
    _add_gazetteer(lexicon, area)
    _add_actors(lexicon, area)
    files = [_File(file, mistakes) for file in area.cues.values()]
    for file in files:
        file.add_words(lexicon)
        file.add_followers(lexicon, area)
    for file in files:
        file.add_literals(lexicon)
    lexicon.tell_apart(pair for file in files for pair in file.pairs())
    lexicon.freeze()
    events = tuple(event for file in files for event in file.events(lexicon))
    types = {e.type for e in events} | set(EVENT_TYPES)
    combinations = tuple(c for file in files for c in file.combinations(types))
    voids = tuple(v for file in files for v in file.voids(types))
    little: dict[str, frozenset[str]] = {}
    for file in files:
        for name, words in file.little().items():
            little[name] = little.get(name, frozenset()) | words
    return Cues(lexicon, events, combinations, voids, little)


def _add_gazetteer(lexicon: Lexicon, area: Area) -> None:
    common = {(tokens(alias.text), alias.code) for alias in area.aliases if alias.weak}
    for place in area.places.values():
        for name in (place.name, *(text for _, text in place.names)):
            weak = (tokens(name), place.code) in common  # "Sangin" is also "heavy"
            lexicon.add(name, "place", place.kind, place=place.code, weak=weak)
    for alias in area.aliases:
        place = area.places[alias.code]
        lexicon.add(alias.text, "place", place.kind, place=place.code, weak=alias.weak)


def _add_actors(lexicon: Lexicon, area: Area) -> None:
    for actor in area.actors.values():
        classes = [actor.side]
        if actor.kind in _FIGHTING:
            classes.append("state")  # type: ignore[arg-type]
        elif actor.kind == "rebel":
            classes.append("nonstate")  # type: ignore[arg-type]
        for _, alias in actor.aliases:
            lexicon.add(alias.rstrip("*"), *classes, actor=actor.id)
        for adjective in actor.adjectives:
            lexicon.add(adjective, "adjective", actor=actor.id)


class _File:
    """One cue file while it is read."""

    def __init__(self, file: CueFile, mistakes: list[Mistake]) -> None:
        self._file = file
        self._mistakes = mistakes
        self._lines = file.path.read_text(encoding="utf-8").splitlines() if file.path.is_file() else []
        self._latin = is_latin(repr(file.tables.get("words", "")))
        self._forms = self._read_forms()
        for key in file.tables:
            if key not in _TOP_KEYS:
                self._wrong(key, f"unknown table {key!r}", nearest(key, _TOP_KEYS))

    def _read_forms(self) -> dict[str, str]:
        """Return the endings of verbs that phrases call by a name: "<become>" writes "was|were|has been"."""
        forms = self._file.tables.get("forms", {})
        if not isinstance(forms, Mapping):
            self._wrong("forms", "[forms] is not a table of lists")
            return {}
        found: dict[str, str] = {}
        for name, endings in forms.items():
            if not isinstance(endings, list) or not endings or not all(isinstance(e, str) for e in endings):
                self._wrong(name, "expected a list of phrases")
            else:
                found[name] = "|".join(endings)
        return found

    def _written_out(self, phrase: str) -> str:
        """Return a phrase with the endings that it calls by a name as alternatives."""
        for name in _FORM.findall(phrase):
            if name not in self._forms:
                self._wrong(phrase, f"no [forms] are called {name!r}", nearest(name, self._forms))
        parts = phrase.split("<")
        written = parts[0]
        for part in parts[1:]:
            name, _, rest = part.partition(">")
            endings = self._forms.get(name, name)
            open_ = written.count("(") > written.count(")")
            written += (endings if open_ else f"({endings})") + rest
        return written

    def add_words(self, lexicon: Lexicon) -> None:
        """Put the word lists into the lexicon."""
        words = self._file.tables.get("words", {})
        if not isinstance(words, Mapping):
            self._wrong("words", "[words] is not a table of lists")
            return
        for name, phrases in words.items():
            if not re.fullmatch("[a-z_]+", name):
                self._wrong(name, f"the class {name!r} is not written in small letters and underscores")
            if not isinstance(phrases, list) or not all(isinstance(p, str) for p in phrases):
                self._wrong(name, "expected a list of phrases")
                continue
            for phrase in phrases:
                try:
                    lexicon.add_forms(self._written_out(phrase), name)
                except ValueError as error:
                    self._wrong(phrase, str(error))

    def little(self) -> Mapping[str, frozenset[str]]:
        """Return the single words and endings that rules ask for by themselves."""
        return {name: frozenset(words) for name, words in self._lists("little").items()}

    def add_followers(self, lexicon: Lexicon, area: Area) -> None:
        """Put the bands of the area's armed leaders into the lexicon: "{}'s men" of each of them."""
        for name, forms in self._lists("followers").items():
            if name not in _LEADING:
                self._wrong(name, f"{name!r} is no kind of armed party", nearest(name, _LEADING))
                continue
            for form in forms:
                if form.count("{}") != 1:
                    self._wrong(form, "expected one {} where the leader's name stands")
                    continue
                for person in area.persons:
                    actor = area.actors[person.actor]
                    if actor.kind == name:
                        called = [person.name] if self._latin else []
                        called += [alias for lang, alias in person.aliases if lang == self._file.lang]
                        for leader in called:
                            classes = (actor.side, "nonstate" if name == "rebel" else "state")
                            lexicon.add(form.format(leader), *classes, actor=actor.id)

    def _lists(self, name: str) -> Mapping[str, Sequence[str]]:
        """Return a table of lists of words; what is none is left out and noted."""
        table = self._file.tables.get(name, {})
        if not isinstance(table, Mapping):
            self._wrong(name, f"[{name}] is not a table of lists")
            return {}
        found: dict[str, Sequence[str]] = {}
        for key, words in table.items():
            if isinstance(words, list) and words and all(isinstance(w, str) for w in words):
                found[key] = words
            else:
                self._wrong(key, "expected a list of words")
        return found

    def add_literals(self, lexicon: Lexicon) -> None:
        """Put the words that patterns name literally into the lexicon."""
        for event in self._tables("events"):
            for source in self._sources(event):
                try:
                    for word in patterns.words_of(source):
                        if word in PUNCTUATION:
                            raise patterns.PatternError(f"{word!r} stands for itself and is no word")
                        lexicon.add(word, patterns.literal(word))
                except patterns.PatternError as error:
                    self._wrong(source, f"pattern {source!r}: {error}")

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Return the pairs of words that patterns name one right after the other."""
        for event in self._tables("events"):
            for source in self._sources(event):
                with suppress(patterns.PatternError):  # noted where its words are added
                    yield from patterns.pairs_of(source)

    def events(self, lexicon: Lexicon) -> Iterable[Event]:
        """Compile the events."""
        known = lexicon.classes
        for table in self._tables("events"):
            where = str(table.get("id", table.get("type", "?")))
            self._keys(table, _EVENT_KEYS, where)
            type_ = self._type(table, where)
            tags = self._tags(table, where)
            compiled: dict[str, list[patterns.Pattern]] = {"match": [], "unless": []}
            for key, into in compiled.items():
                for source in table.get(key, []):
                    pattern = self._pattern(source, lexicon, known)
                    if pattern is not None:
                        into.append(pattern)
            if not compiled["match"]:
                self._wrong(where, f"event {where!r} has no pattern that could match")
            weight = table.get("weight", 1.0)
            if not isinstance(weight, (int, float)) or not 0 < weight <= 5:
                self._wrong(where, f"weight {weight!r} is not a number between 0 and 5")
                weight = 1.0
            yield Event(
                where,
                self._file.lang,
                type_,
                tags,
                float(weight),
                tuple(compiled["match"]),
                tuple(compiled["unless"]),
                self._latin,
            )

    def combinations(self, types: set[str]) -> Iterable[Combination]:
        """Compile the combinations."""
        for table in self._tables("combine"):
            where = f"combine {table.get('type', '?')}"
            self._keys(table, _COMBINE_KEYS, where)
            sets = {}
            for key in ("all", "any", "none"):
                names = frozenset(table.get(key, []))
                for name in names - types:
                    self._wrong(name, f"{where}: no event gives {name!r}", nearest(name, types))
                sets[key] = names
            yield Combination(
                self._type(table, where),
                self._tags(table, where),
                float(table.get("weight", 1.0)),
                sets["all"],
                sets["any"],
                sets["none"],
            )

    def voids(self, types: set[str]) -> Iterable[Void]:
        """Read what signals take back."""
        for table in self._tables("void"):
            when = str(table.get("when", ""))
            where = f"void {when or '?'}"
            self._keys(table, _VOID_KEYS, where)
            sets = {key: frozenset(table.get(key, [])) for key in ("types", "none")}
            for name in ({when} | sets["types"] | sets["none"]) - types:
                self._wrong(name or "void", f"{where}: no event gives {name!r}", nearest(name, types))
            yield Void(when, sets["types"], sets["none"])

    def _pattern(self, source: str, lexicon: Lexicon, known: frozenset[str]) -> patterns.Pattern | None:
        try:
            for name in patterns.classes_of(source) - known:
                self._wrong(source, f"pattern {source!r}: no words are in the class {name!r}", nearest(name, known))
            return patterns.compile_pattern(source, lexicon)
        except patterns.PatternError as error:
            self._wrong(source, f"pattern {source!r}: {error}")
        return None

    def _type(self, table: Mapping[str, Any], where: str) -> str:
        type_ = str(table.get("type", ""))
        if type_ not in EVENT_TYPES and not type_.startswith("_"):
            self._wrong(where, f"{where!r}: {type_!r} is no event type", nearest(type_, EVENT_TYPES))
        return type_

    def _tags(self, table: Mapping[str, Any], where: str) -> tuple[str, ...]:
        tags = tuple(table.get("tags", ()))
        for tag in tags:
            if tag not in TAGS:
                self._wrong(where, f"{where!r}: {tag!r} is no tag", nearest(str(tag), TAGS))
        return tags

    def _keys(self, table: Mapping[str, Any], allowed: set[str], where: str) -> None:
        for key in table:
            if key not in allowed:
                self._wrong(where, f"{where!r}: unknown key {key!r}", nearest(key, allowed))

    def _tables(self, name: str) -> list[Mapping[str, Any]]:
        tables = self._file.tables.get(name, [])
        if not isinstance(tables, list):
            self._wrong(name, f"[[{name}]] is not a list of tables")
            return []
        return tables

    def _sources(self, event: Mapping[str, Any]) -> Iterable[str]:
        for key in ("match", "unless"):
            yield from (s for s in event.get(key, []) if isinstance(s, str))

    def _wrong(self, needle: str, message: str, near: str | None = None) -> None:
        lines = list(enumerate(self._lines, 1))
        line = next((n for n, text in lines if f'"{needle}"' in text), None)
        line = line or next((n for n, text in lines if needle in text), None)
        mistake = Mistake(self._file.path.name, f"line {line}" if line else "", message, near)
        if mistake not in self._mistakes:
            self._mistakes.append(mistake)
