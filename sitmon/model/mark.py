"""Marks: what an officer did, kept in the log beside the items."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sitmon.model.terms import MarkKind


@dataclass(frozen=True, slots=True)
class Mark:
    """One act of an officer. `subject` is an alert id or a place code."""

    id: str
    kind: MarkKind
    subject: str
    by: str
    time: datetime
    reason: str = ""
    until: datetime | None = None
    data: tuple[tuple[str, str], ...] = field(default=())
