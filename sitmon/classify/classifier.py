"""An item in, a `Verdict` out: the list of steps, and nothing else.

Offsets are of `Item.body`. What is not said is None; nothing is guessed. It must not read the clock, nor keep anything
from one item to the next.
"""

from __future__ import annotations

from sitmon.area import Area
from sitmon.classify import cues as cue_files
from sitmon.classify import text
from sitmon.classify.events import Events, Told
from sitmon.classify.gazetteer import Gazetteer, Named
from sitmon.classify.grammar import Grammar, Sentence
from sitmon.classify.lexicon import Hit, Marked
from sitmon.classify.modality import Modalities
from sitmon.classify.territory import Territory
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.report import Mention, Report


class Classifier:
    """The area's words and rules, compiled once; the same for every item."""

    def __init__(self, area: Area) -> None:
        self._area = area
        self._cues = cue_files.build(area)
        sides = {a.id: a.side for a in area.actors.values()}
        self._grammar = Grammar(self._cues.lexicon, sides)
        self._gazetteer = Gazetteer(area, self._grammar)
        self._events = Events(self._cues)
        self._territory = Territory(self._grammar)
        self._modalities = Modalities(self._grammar)

    def classify(self, item: Item) -> Verdict:
        """Return what an item says."""
        title_end = len(item.title) if item.title and item.text else 0
        doc = text.read(item.body, title_end)
        marked = self._cues.lexicon.mark(doc)
        named = self._gazetteer.resolve(marked)
        sentences = cut(marked)
        told: list[Told] = []
        for sentence in sentences:
            told.extend(self._events.find(sentence))
            for change in self._territory.find(sentence):
                side = change.winner
                type_ = (
                    "retaken"
                    if side in ("government", "foreign") or (side is None and change.turn == "retake")
                    else "captured"
                )
                manner = self._modalities.read(sentence, change.first, change.last, item.published)
                if manner.modality in ("actual", "hedged"):
                    told.append(
                        Told(type_, (), 1.7, change.first, change.last, sentence.number, "territory." + change.turn)
                    )
        told = self._events.combine(told)
        kept = []
        for t in told:
            s = sentences[t.sentence]
            if t.rule.startswith("territory") or self._modalities.read(s, t.first, t.last, item.published).modality in (
                "actual",
                "hedged",
            ):
                kept.append(t)
        kept.sort(key=lambda t: (-(t.weight * (1.0 if t.sentence <= 1 else 0.85)), t.rank))
        types: list[str] = []
        for t in kept:
            if t.type not in types:
                types.append(t.type)
        provinces: list[str] = []
        for n in named:
            if n.part == "scene" and n.place.province not in provinces:
                provinces.append(n.place.province)
        return Verdict("en", provinces=tuple(provinces), event_types=tuple(types))


def cut(marked: Marked) -> list[Sentence]:
    """Return the sentences of a marked document, each with its own phrases."""
    sentences = [Sentence(marked, n, a, b, {}, {}) for n, (a, b) in enumerate(marked.doc.bounds)]
    for hits, name in ((marked.places, "places"), (marked.actors, "actors")):
        number = 0
        for hit in hits:
            while number < len(sentences) and sentences[number].last <= hit.first:
                number += 1
            if number < len(sentences):
                getattr(sentences[number], name)[hit.first] = hit
    return sentences
