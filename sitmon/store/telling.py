"""When the alerts of a batch are told, as it is stored with them, so that whoever shares the log knows it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class Telling:
    """What waits for its turn, and what never gets one."""

    waits: Mapping[str, datetime] = field(default_factory=dict)
    """Alert's id -> until when its telling waits."""
    teller: str = ""
    """The process that tells it then."""
    passed: tuple[str, ...] = ()
    """Ids of alerts that were overtaken while they waited: nobody tells them."""


AT_ONCE: Final = Telling()
