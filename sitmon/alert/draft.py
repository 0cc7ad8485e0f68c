"""What the rules hand to the desk's own part: an alert not yet told, or why there is none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sitmon.model.alert import Alert


@dataclass(frozen=True, slots=True)
class Draft:
    """An alert as the built-in rules want it, with what the desk's own rules match on."""

    alert: Alert
    why: str
    """Why it is raised now: "first", "update of ..."."""
    names: frozenset[str] = frozenset()
    """Event types and tags."""
    sides: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something that changed, or happened, is not told."""

    reason: str
    same: str = ""
    """Id of the alert that has told it; empty where it is not told for another reason."""


def name_of(fingerprint: str, *parts: str) -> str:
    """Return an alert's id: the same for the same happening in the same state, on every machine."""
    return hashlib.blake2b("|".join((fingerprint, *parts)).encode(), digest_size=8).hexdigest()
