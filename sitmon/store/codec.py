"""Nouns of the model to JSON and back, exactly: what was put in comes out equal.

Pydantic's adapters do the work on the model's own dataclasses, so that the model keeps to the standard library and no
second description of its shapes exists.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from sitmon.model.alert import Alert
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.source import PollState, SourceHealth
from sitmon.model.update import Update

Stored = Item | Verdict | Alert | Mark | PollState | SourceHealth | Update
T = TypeVar("T", bound=Stored)


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return the adapter of a stored noun; built at its first use, because building one costs milliseconds."""
    return TypeAdapter(kind)


def encode(noun: Stored) -> str:
    """Return the noun as JSON text, fields at their defaults left out."""
    kind: Any = type(noun)
    text: str = adapter(kind).dump_json(noun, exclude_defaults=True).decode()
    return text


def decode(kind: type[T], text: str) -> T:
    """Return the noun that `encode` wrote. Raises ValueError where the text is not one."""
    shape: Any = kind
    noun: T = adapter(shape).validate_json(text)
    return noun
