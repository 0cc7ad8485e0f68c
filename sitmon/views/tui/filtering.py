"""What an officer types after "/" in, a question that a row answers with yes or no out.

Words are joined by AND; `-word` must be absent; `place:`, `source:` (`src:`), `type:`, `side:`, `basis:`, `speaker:`
and `state:` look into one field only. Nothing is a pattern: no input can be slow or wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FIELDS: Final = ("place", "source", "type", "side", "basis", "speaker", "state")
"""What a word of a filter may name before a colon."""

SHORT: Final = {"src": "source"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a filter."""

    word: str
    field: str | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as typed, and its terms."""

    text: str = ""
    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def takes(self, fields: Mapping[str, str]) -> bool:
        """Return whether a row with these fields passes; the key "" holds text that has no field of its own."""
        return all(self._holds(term, fields) != term.absent for term in self.terms)

    @staticmethod
    def _holds(term: Term, fields: Mapping[str, str]) -> bool:
        if term.field is not None:
            return term.word in fields.get(term.field, "").casefold()
        return any(term.word in value.casefold() for value in fields.values())


def read(text: str) -> Filter:
    """Return the filter that a text asks for; a half-typed word asks for nothing yet."""
    terms = []
    for word in text.casefold().split():
        absent = word.startswith("-") and len(word) > 1
        word = word[1:] if absent else word
        field, colon, rest = word.partition(":")
        field = SHORT.get(field, field)
        if colon and field in FIELDS:
            if rest:
                terms.append(Term(rest, field, absent))
        elif word != "-":
            terms.append(Term(word, None, absent))
    return Filter(text.strip(), tuple(terms))
