"""An area's `weights.en.json` in, what words weigh for each kind of event out. It must not weigh any text.

The file is made by `tools/arbiter.py` from labelled texts; docs/arbiter.md describes it. An area without one goes by
its rules alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sitmon.errors import AreaError, Mistake, nearest
from sitmon.model.terms import EVENT_TYPES

NAME: Final = "weights.en.json"
NONE: Final = "none"
"""What stands for "no event" among the types."""
UNIT: Final = 100
"""Weights and biases stand in the file as hundredths."""
LARGEST: Final = 10_000
"""The largest weight or bias, in hundredths, either way."""
_NUMBERS: Final = {"scale": 1000, "later": 1, "mix": 1000, "reach": 1000, "sure": 1000, "swap": 1}
"""Each with its upper bound."""
_TABLES: Final = {
    "bias": f"a whole number, not beyond {LARGEST} either way",
    "weights": f"an object of whole numbers by sign, none beyond {LARGEST} either way",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: what each sign of a text weighs for each type, and how far its word goes.

    A sign is a word in small letters ("ransom") or a class of the cue files in angle brackets ("<abduct>").
    """

    weights: Mapping[str, Mapping[str, int]]
    """Type (or "none") -> sign -> hundredths; what is missing weighs nothing."""
    bias: Mapping[str, int]
    """Type -> hundredths, whatever the text says."""
    scale: float
    """The length to which the signs of every text are brought."""
    later: float
    """What a sign counts that only stands after the first sentence, 0..1."""
    mix: float
    """What one point of a rule's weight is worth beside the model's logarithms."""
    reach: float
    """How many points a candidate may stand behind the first to be considered at all."""
    sure: float
    """The rules' only candidate is left alone from this weight on."""
    swap: float
    """How probable, 0..1, another type must be to take the place of the rules' only candidate."""


def read(folder: Path) -> Weights | None:
    """Return the weights of the area in a folder; None where it has none. Raises AreaError with every mistake."""
    path = folder / NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except json.JSONDecodeError as error:
        raise AreaError([Mistake(NAME, f"line {error.lineno}", f"no JSON: {error.msg}")]) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise AreaError([Mistake(NAME, "", f"cannot be read: {error}")]) from error
    except ValueError as error:  # the only one left: a number of thousands of digits
        raise AreaError([Mistake(NAME, "", "holds a number that is too long")]) from error
    mistakes = _mistakes(found)
    if mistakes:
        raise AreaError(mistakes)
    return Weights(found["weights"], found["bias"], *(float(found[key]) for key in _NUMBERS))


def check(folder: Path) -> list[Mistake]:
    """Return every mistake in the weights of the area in a folder."""
    try:
        read(folder)
    except AreaError as error:
        return list(error.mistakes)
    return []


def _mistakes(found: Any) -> list[Mistake]:
    if not isinstance(found, dict):
        return [Mistake(NAME, "", "expected an object")]
    known = ("about", *_NUMBERS, *_TABLES)
    wrong = [Mistake(NAME, key, "this key is not known", nearest(key, known)) for key in found if key not in known]
    for key, most in _NUMBERS.items():
        value = found.get(key)
        if not _is_number(value, most):
            wrong += [Mistake(NAME, key, f"expected a number from 0 to {most:g}, found {repr(value)[:40]}")]
    for key, what in _TABLES.items():
        wrong += _wrong_in(key, found.get(key), what)
    return wrong


def _wrong_in(key: str, table: object, what: str) -> list[Mistake]:
    types = (*EVENT_TYPES, NONE)
    if not isinstance(table, dict):
        return [Mistake(NAME, key, "expected an object with one entry a type")]
    strange = sorted(set(table) - set(types))
    return [
        *(Mistake(NAME, f"{key}.{t}", f"{t!r} is no event type", nearest(t, types)) for t in strange),
        *(Mistake(NAME, f"{key}.{t}", f"expected {what}") for t in types if not _is_entry(key, table.get(t))),
    ]


def _is_number(value: object, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


def _is_entry(key: str, value: object) -> bool:
    if key == "bias":
        return _is_weight(value)
    return isinstance(value, dict) and all(map(_is_weight, value.values()))


def _is_weight(value: object) -> bool:
    return type(value) is int and -LARGEST <= value <= LARGEST
