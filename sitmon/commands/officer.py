"""Who sits at the desk, as the marks name them."""

from __future__ import annotations

import getpass
import os


def officer() -> str:
    """Return `$SITMON_OFFICER`, else the user's name."""
    named = os.environ.get("SITMON_OFFICER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "officer"
