"""The manner of a report: actual, hedged, planned, hypothetical, historical or negated, and the token that shows it.

It must not read words: who reads them is `modality.py` and `refusals.py`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sitmon.model.terms import Modality, Side


class Manner(NamedTuple):
    """How something is said, and the token that shows it (-1 when nothing does)."""

    modality: Modality
    token: int = -1
    denied: bool = False
    """Whether somebody denies it, rather than the writer negating it."""
    claimant: Side | None = None
    """The side whose claim it is, where the claim is told together with its rejection."""


ACTUAL: Final = Manner("actual")
