"""What an attribution is: somebody's words as a stretch of the body, with who speaks, how, and through whom.

It must not find any: `attribution.py` does; `quotes.py` makes quotes of them, and reports ask who says a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from sitmon.classify.speakers import Voice
from sitmon.model.terms import QuoteKind, Side

Stance = Literal["say", "claim", "admit", "deny", "vow", "warn", "ask", "call"]


class Statement(NamedTuple):
    """Words that somebody is said to say: body[start:end], without marks, without the attribution."""

    start: int
    end: int
    voice: Voice
    kind: QuoteKind
    stance: Stance = "say"
    cue: str | None = None
    """The words of saying as they stand in the text ("told Reuters"); None for a post's author."""
    cue_start: int = 0
    cue_end: int = 0
    fragment: bool = False
    """A few words in marks inside a reported clause."""
    nominal: bool = False
    """No clause but a happening that is owned to or announced ("the fall of the town"): nobody's words to quote."""
    place: str | None = None
    """Code of the province of the speaker's office, else of the one that the words name, if they name only one."""

    @property
    def speaker(self) -> str | None:
        """The speaker's name; None for the anonymous."""
        return self.voice.name

    @property
    def role(self) -> str | None:
        """The words that describe the speaker."""
        return self.voice.role

    @property
    def role_id(self) -> str | None:
        """Id of the area's role that the words match."""
        return self.voice.role_id

    @property
    def side(self) -> Side | None:
        """The camp that the speaker speaks for."""
        return self.voice.side

    @property
    def witness(self) -> bool:
        """Whether the speaker tells what they saw themselves."""
        return self.voice.witness

    @property
    def agency(self) -> str | None:
        """The agency that carries the words."""
        return self.voice.agency


def speaker_at(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """Return the innermost statement that body[start:end] lies in, or None where the writer speaks.

    Of nested ones the innermost speaks: in "AFP quoted the governor as saying" the governor. A stretch that a statement
    only touches is not said by it.
    """
    best: Statement | None = None
    for statement in statements:
        if statement.start > start:
            if statement.start >= end:
                break
            continue
        if end <= statement.end and (best is None or statement.end - statement.start < best.end - best.start):
            best = statement
    return best
