"""Who sits at the desk, as the marks name them."""

from __future__ import annotations

import getpass
import os
import time
import uuid
from typing import Final

NAME: Final = 60
"""Letters kept of an officer's name."""
WORDS: Final = 1000
"""Letters kept of what an officer writes."""
DESK: Final = "desk"
"""The subject of a handover's mark."""


def officer() -> str:
    """Return `$SITMON_OFFICER`, else the user's name."""
    named = os.environ.get("SITMON_OFFICER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "officer"


def mark_id() -> str:
    """Return a new mark's id. Ids grow with time: marks of one instant (a replay's clock stands) keep their order."""
    return f"{time.time_ns():016x}{uuid.uuid4().hex[:4]}"
