"""Labelled quotes and given ones in, how far they overlap and whether the speaker is right out.

Overlap is counted in the words of the text that both cover, so that two segments of one speaker given as one quote, or
one given as two, cost only the words between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitmon.classify import text
from sitmon.model.entry import Verdict
from sitmon.model.quote import Quote
from sitmon.scoring.labels import QuoteLabel, Row
from sitmon.scoring.shapes import Figure, Miss, Scored, Share

Words = frozenset[int]


def quotes(scored: Iterable[Scored], misses: list[Miss]) -> dict[str, dict[str, Figure]]:
    """Return the figures of direct quotes, of indirect ones, and of their speakers."""
    items = both = given = labelled = 0
    speakers: list[bool] = []
    indirect: list[bool] = []
    kept: list[bool] = []
    for row, verdict in scored:
        if row.labels.quotes is None:
            continue
        items += 1
        direct = [q for q in row.labels.quotes if q.kind == "direct"]
        if not row.labels.quotes:
            kept.append(not any(q.kind == "direct" for q in verdict.quotes))
        words = _Words(row)
        gold = frozenset[int]().union(*(s for _, s in words.labelled(direct)))
        got = frozenset[int]().union(*(words.of(q.start, q.end) for q in verdict.quotes if q.kind == "direct"))
        both, given, labelled = both + len(gold & got), given + len(got), labelled + len(gold)
        if gold != got:
            found = [q.text for q in verdict.quotes if q.kind == "direct"]
            misses.append(Miss("direct quotes", row, [q.text for q in direct], found))
        for label, span in words.labelled(row.labels.quotes):
            match = _match(words, label, span, verdict)
            if label.kind == "indirect":
                indirect.append(match is not None)
            if match is not None and label.speaker_labelled:
                speakers.append(same_name(label.speaker, match.speaker))
                if not speakers[-1]:
                    misses.append(Miss("speaker", row, [label.speaker, label.text], match.speaker))
    if not items:
        return {}
    figures: dict[str, Figure] = {"items": items}
    if labelled or given:
        figures["direct_precision"] = Share(both, given)
        figures["direct_recall"] = Share(both, labelled)
        figures["direct_overlap_f1"] = 2 * both / (given + labelled)
    if speakers:
        figures["right_speaker"] = Share(sum(speakers), len(speakers))
    if indirect:
        figures["indirect_found"] = Share(sum(indirect), len(indirect))
    if kept:
        figures["none_kept_none"] = Share(sum(kept), len(kept))
    return {"quotes": figures}


class _Words:
    """The words of a row's text, by number."""

    def __init__(self, row: Row) -> None:
        self._body = row.item.body
        doc = text.read(self._body)
        self._spans = [(s, e) for w, s, e in zip(doc.words, doc.starts, doc.ends, strict=True) if w[0].isalnum()]

    def of(self, start: int, end: int) -> Words:
        """Return which words a stretch covers."""
        return frozenset(n for n, (s, e) in enumerate(self._spans) if s < end and start < e)

    def labelled(self, labels: Sequence[QuoteLabel]) -> list[tuple[QuoteLabel, Words]]:
        """Return the words of each label; the same words quoted twice are looked for one after the other."""
        found = []
        begin: dict[str, int] = {}
        for label in labels:
            start = self._body.find(label.text, begin.get(label.text, 0))
            start = start if start >= 0 else self._body.find(label.text)
            begin[label.text] = start + len(label.text)
            found.append((label, self.of(start, start + len(label.text))))
        return found


def _match(words: _Words, label: QuoteLabel, span: Words, verdict: Verdict) -> Quote | None:
    """Return the given quote that shares most of a labelled one's words, where it shares at least half of them.

    A direct quote is matched by direct ones alone; an indirect one by any, since the marks may lie within the clause.
    """
    best: tuple[int, int] = (0, 0)
    match = None
    for quote in verdict.quotes:
        if label.kind == "direct" and quote.kind != "direct":
            continue
        got = words.of(quote.start, quote.end)
        shared = len(span & got)
        if shared * 2 >= len(span) and (shared, -len(got)) > best and shared:
            best, match = (shared, -len(got)), quote
    return match


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two speakers are written alike, case, marks and the variants of one Arabic letter aside."""
    if one is None or other is None:
        return one is other
    return text.tokens(one) == text.tokens(other)
