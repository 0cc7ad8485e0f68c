"""A document's statements in, its quotes out.

It must not find who speaks: `attribution.py` did. A quote is what stands between marks, word for word, or a reported
clause; a post of a party or an official is a quote of its author as a whole. Of a clause with marked words in it both
stand: the clause as `mixed`, the words as `direct`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.classify.statements import Statement
from sitmon.classify.text import Document
from sitmon.model.quote import Quote


def find(doc: Document, statements: Sequence[Statement]) -> tuple[Quote, ...]:
    """Return the quotes of a document in the order of its text."""
    return tuple(_quote(doc, statement) for statement in statements if not statement.nominal)


def _quote(doc: Document, statement: Statement) -> Quote:
    voice = statement.voice
    return Quote(
        text=doc.body[statement.start : statement.end],
        kind=statement.kind,
        start=statement.start,
        end=statement.end,
        speaker=voice.name,
        role=voice.role,
        side=voice.side,
        cue=statement.cue,
        place=statement.place,
    )
