"""Posts and sentences in, how fast they are classified out, beside a bare scan of the same text for the same phrases.

The bare scan is the least that any tool must do: one regular expression, made as a tree of all place names, actors and
cues, run over the folded text. What else a user could run (flashtext2, spaCy's PhraseMatcher) is measured where it is
installed. All of them only find phrases; the classifier also says what happened, where, on whose word and how many.
"""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.rows import Row
from sitmon import area_files
from sitmon.area import Area
from sitmon.classify.classifier import Classifier
from sitmon.classify.lexicon import expand
from sitmon.classify.text import fold, read
from sitmon.ingest import exports
from sitmon.model.item import Item

NOW = datetime(2021, 8, 10, tzinfo=UTC)
ROUNDS = 5
TIMES = 20
"""How often the sample is read in one round."""


def main() -> list[Row]:
    """Return the rows: posts and sentences a second, and the same texts through scanners that only find phrases."""
    folder = area_files.find("afghanistan")
    area = area_files.load(folder)
    found = [i for s in area_files.read_sources(folder / "sample") for i in exports.read(Path(s.location), s, now=NOW)]
    items = [i for i in found if isinstance(i, Item)]
    posts = [i for i in items if i.kind != "article"]
    articles = [i for i in items if i.kind == "article"]
    sentences = sum(len(read(i.body).sentences) for i in articles)
    classifier = Classifier(area)
    scan = _tree_scan(_phrases(area))
    rows = []
    for what, batch, count in (("posts", posts, len(posts)), ("sentences of articles", articles, sentences)):
        ours = _rate(classifier.classify, batch, count)
        bare = _rate(lambda item: scan(fold(item.body)), batch, count)
        note = f"a bare scan for the same phrases; the whole verdict costs {bare / ours:.0f} scans"
        rows.append(Row(f"classify: {what}", f"{ours:,.0f}/s", f"{bare:,.0f}/s", ours / bare, note))
    rows += _others(area, posts, _rate(classifier.classify, posts, len(posts)))
    return rows


def _rate(work: Callable[[Item], object], items: Sequence[Item], count: int) -> float:
    """Return how many of `count` things in `items` are worked off in a second of this process's own time."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(TIMES):
            for item in items:
                work(item)
        best = min(best, time.process_time() - began)
    return count * TIMES / best


def _phrases(area: Area) -> list[str]:
    """Return every name and cue of the area, folded."""
    found = {place.name for place in area.places.values()} | {alias.text for alias in area.aliases}
    found |= {text.rstrip("*") for actor in area.actors.values() for _, text in actor.aliases}
    for file in area.cues.values():
        for phrases in file.tables["words"].values():
            found |= {form for phrase in phrases for form in expand(phrase)}
    return sorted({folded for text in found if (folded := fold(text).strip())})


def _tree_scan(phrases: Sequence[str]) -> Callable[[str], list[str]]:
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


def _others(area: Area, items: Sequence[Item], ours: float) -> Iterator[Row]:
    """Yield a row for each phrase finder that is installed, and one that names those that are not."""
    missing = []
    for name, make in (("flashtext2", _flashtext), ("spacy", _spacy)):
        try:
            module = importlib.import_module(name)
        except ImportError:
            missing.append(name)
            continue
        work = make(module, _phrases(area))
        theirs = _rate(lambda item, work=work: work(item.body), items, len(items))  # type: ignore[misc]
        yield Row(
            f"classify: posts, {name}", f"{ours:,.0f}/s", f"{theirs:,.0f}/s", ours / theirs, "it finds phrases only"
        )
    if missing:
        yield Row("classify: other tools", "-", None, None, f"not installed, so not measured: {', '.join(missing)}")


def _flashtext(module: Any, phrases: Sequence[str]) -> Callable[[str], object]:
    finder = module.KeywordProcessor(case_sensitive=False)
    for phrase in phrases:
        finder.add_keyword(phrase)
    return lambda text: finder.extract_keywords(text)


def _spacy(module: Any, phrases: Sequence[str]) -> Callable[[str], object]:
    blank = module.blank("xx")
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("phrase", [blank.make_doc(phrase) for phrase in phrases])
    return lambda text: matcher(blank.make_doc(text))
