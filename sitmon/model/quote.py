"""A quote: somebody's words with speaker, role, side and place."""

from __future__ import annotations

from dataclasses import dataclass

from sitmon.model.terms import QuoteKind, Side


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that an item puts into somebody's mouth. Offsets are of the quoted words in `Item.body`."""

    text: str
    kind: QuoteKind
    start: int
    end: int
    speaker: str | None = None
    """Name without rank; an organisation may speak; None for the anonymous (then `role` describes them)."""
    role: str | None = None
    side: Side | None = None
    cue: str | None = None
    """The word of saying ("said", "told Reuters")."""
    place: str | None = None
    """Code of the place that the speaker or the words belong to, most often a province."""
