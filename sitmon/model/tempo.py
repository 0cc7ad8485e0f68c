"""Tempo: how much is told of a province now, against its own usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Tempo:
    """Accounts of violence and of changes of hands, copies left out."""

    province: str
    recent: int
    """Accounts in the window that ends now."""
    usual: float
    """Accounts in such a window, on the average of the days before."""
    window: timedelta
    history: timedelta
    """How long before the window the log reaches back, at most the days that were asked for."""
