"""A piece of the ledger's work in, its result out; what it needs again on the way is asked of whoever runs it.

The ledger lets go of what lies far back, and now and then needs some of it again. It reads no file: its work is a
generator that yields what it wants and is sent it. Wherever it may take long it yields None: whoever has other things
to do can do them there. It must not know where entries are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sitmon.model.entry import Entry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OfItem:
    """Wanted: every version of an item."""

    item: str


@dataclass(frozen=True, slots=True)
class OfPlace:
    """Wanted: every version of every item of which any version reports at a place; part by part."""

    place: str
    """Its code."""
    after: int = 0
    """Where the part ended that was given before this one."""


Wanted = OfItem | OfPlace
"""Entries that the ledger was given before, to be given again; twice is no harm."""


class Part(NamedTuple):
    """What is given: not more than can be held at a time."""

    entries: Sequence[Entry]
    more: int | None = None
    """Where the next part of a place begins (`OfPlace.after`); None where this is the last."""


Work = Generator[Wanted | None, Part | None, T]
"""Yields what it wants, or None for a breath; returns its result."""


def _nobody(wanted: Wanted) -> Part:
    raise LookupError(f"what was let go is wanted again, and nobody gives it: {wanted}")


def done(work: Work[T], give: Callable[[Wanted], Part] = _nobody) -> T:
    """Do a piece of work to its end without a breath; return its result.

    Raises LookupError where it wants something and nobody gives it.
    """
    given: Part | None = None
    while True:
        try:
            wanted = work.send(given)
        except StopIteration as end:
            result: T = end.value
            return result
        given = None if wanted is None else give(wanted)


def breathing(steps: Iterable[None]) -> Work[None]:
    """Return steps as a work with a breath after each."""
    for _ in steps:
        yield None
