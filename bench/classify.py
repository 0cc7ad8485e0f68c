"""Posts and sentences in, how fast they are classified out, beside what only finds phrases in the same text.

The bare scan is the least that any tool must do: one regular expression, made as a tree of everything that the
classifier looks for (names of places and actors, cues, words of saying, of harm and of time), run over the folded text.
What else a user could run, flashtext2 and spaCy's PhraseMatcher, gets the same phrases and the same folded text. All of
them only find phrases; the classifier also says what happened, where, when, on whose word and how many.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench import stream
from bench.rows import Row
from sitmon import area_files
from sitmon.area import Area
from sitmon.classify import cues, lexicon
from sitmon.classify.classifier import Classifier
from sitmon.classify.text import fold, read
from sitmon.ingest import exports
from sitmon.model.item import Item

NOW: Final = datetime(2021, 8, 10, tzinfo=UTC)
ROUNDS: Final = 5
ENOUGH: Final = 500
"""How many texts one round reads at least; a short list is read again and again."""
OTHERS: Final = Path(sys.prefix) / "others"
"""Where `make bench` installs the other tools, apart from what the program itself is tested with."""
COMPILED: Final = Path(sys.prefix) / "compiled"
"""Where `make bench` installs the wheel of this checkout, its classifier compiled."""
ROOT: Final = Path(__file__).parent.parent
IS_COMPILED: Final = not str(lexicon.__file__).endswith(".py")
_BUILD: Final = ", compiled" if IS_COMPILED else ""
Find = Callable[[str], object]


def main() -> list[Row]:
    """Return the rows: tweets and sentences a second, and the same texts through tools that only find phrases."""
    folder = area_files.find("afghanistan")
    began = time.process_time()
    area = area_files.load(folder)
    classifier = Classifier(area)
    started = time.process_time() - began
    found = [i for s in area_files.read_sources(folder / "sample") for i in exports.read(Path(s.location), s, now=NOW)]
    items = [i for i in found if isinstance(i, Item)]
    articles = [i for i in items if i.kind == "article"]
    rich, plain = stream.tweets(1.0), stream.tweets(stream.EVERYDAY)
    batches = [
        (f"tweets, {_share(classifier, rich)} with an event", rich, len(rich)),
        (f"tweets, {_share(classifier, plain)} with an event", plain, len(plain)),
        ("posts of the sample", [i for i in items if i.kind != "article"], None),
        ("sentences of articles", articles, sum(len(read(i.body).sentences) for i in articles)),
    ]
    phrases = _phrases(area)
    scan = _tree_scan(phrases)
    rows = []
    for what, batch, count in batches:
        ours = _rate(classifier.classify, batch, count)
        bare = _rate(lambda item: scan(fold(item.body)), batch, count)
        note = f"a bare scan for the same {len(phrases):,} phrases; the whole verdict costs {bare / ours:.0f} scans"
        rows.append(Row(f"classify{_BUILD}: {what}", f"{ours:,.0f}/s", f"{bare:,.0f}/s", ours / bare, note))
        if batch is plain and not IS_COMPILED:
            rows += _others(what, phrases, plain, ours)
    limit = 1.0
    what = f"classify{_BUILD}: the area read, the classifier built"
    rows.append(Row(what, f"{started:.2f} s", f"{limit:.0f} s", limit / started, "the limit is ours"))
    return rows if IS_COMPILED else rows + _compiled()


def _compiled() -> list[Row]:
    """Return the same rows of the compiled classifier, made by a process that finds it instead of the checkout's."""
    if not COMPILED.is_dir():
        note = "not built, so not measured; `make bench` builds it where there is a C compiler"
        return [Row("classify, compiled", "-", None, None, note)]
    command = [sys.executable, "-P", "-m", "bench", "--rows-of", "classify"]
    places = os.pathsep.join(map(str, (COMPILED, ROOT)))
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": places}, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        return [Row("classify, compiled", "failed", None, None, "its own message is above")]
    return [Row(*row) for row in json.loads(done.stdout.splitlines()[-1])]


def _share(classifier: Classifier, items: Sequence[Item]) -> str:
    """Return which share of items has a report, as a percentage; every tweet is read once before the clock runs."""
    return f"{sum(bool(classifier.classify(item).reports) for item in items) / len(items):.0%}"


def _rate(work: Callable[[Item], object], items: Sequence[Item], count: int | None = None) -> float:
    """Return how many of `count` things in `items` are worked off in a second of this process's own time."""
    times = -(-ENOUGH // len(items))
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            for item in items:
                work(item)
        best = min(best, time.process_time() - began)
    return (count or len(items)) * times / best


def _phrases(area: Area) -> list[str]:
    """Return everything that the classifier looks for, folded."""
    found = set(cues.build(area).lexicon.phrases())
    for file in area.speech.values():
        found |= set(_texts(file.tables))
    return sorted({folded for text in found if any(map(str.isalnum, folded := fold(text).strip()))})


def _texts(table: object) -> Iterator[str]:
    """Yield every word and phrase in a table: the items of its lists, and the keys that numbers are given for."""
    if isinstance(table, Mapping):
        for key, value in table.items():
            if isinstance(value, int):
                yield key
            else:
                yield from _texts(value)
    elif isinstance(table, list):
        for value in table:
            yield from _texts(value)
    elif isinstance(table, str):
        yield table


def _tree_scan(phrases: Sequence[str]) -> Find:
    """Return a function that finds every phrase in a text, by one regular expression made as a tree of letters."""
    tree: dict[str, Any] = {}
    for phrase in phrases:
        level = tree
        for letter in phrase:
            level = level.setdefault(letter, {})
        level[""] = {}
    return re.compile(rf"\b{_branch(tree)}\b").findall


def _branch(level: dict[str, Any]) -> str:
    choices = [re.escape(letter) + _branch(below) for letter, below in sorted(level.items()) if letter]
    if not choices:
        return ""
    joined = choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
    return f"(?:{joined})?" if "" in level else joined


def _others(what: str, phrases: Sequence[str], items: Sequence[Item], ours: float) -> Iterator[Row]:
    """Yield a row for each other tool; one that is not installed is a row that says so."""
    if OTHERS.is_dir():
        sys.path.append(str(OTHERS))
    for name, make in (("flashtext2", _flashtext), ("spaCy's PhraseMatcher", _spacy)):
        try:
            find = make(phrases)
        except ImportError as error:
            note = f"not installed, so not measured ({error}); `make bench` installs it where there is a wheel"
            yield Row(f"classify: {what}: {name}", "-", None, None, note)
            continue
        theirs = _rate(lambda item, find=find: find(fold(item.body)), items)  # type: ignore[misc]
        note = "the same phrases in the same folded text; it finds phrases only"
        yield Row(f"classify: {what}: {name}", f"{ours:,.0f}/s", f"{theirs:,.0f}/s", ours / theirs, note)


def _flashtext(phrases: Sequence[str]) -> Find:
    finder = importlib.import_module("flashtext2").KeywordProcessor(case_sensitive=True)  # the text is folded
    for phrase in phrases:
        finder.add_keyword(phrase)
    return lambda text: finder.extract_keywords(text)


def _spacy(phrases: Sequence[str]) -> Find:
    blank = importlib.import_module("spacy").blank("xx")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(blank.vocab)
    matcher.add("phrase", [blank.make_doc(phrase) for phrase in phrases])
    return lambda text: matcher(blank.make_doc(text))
