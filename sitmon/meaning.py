"""The code that draws the picture in, a name of what it means out: a state that other code kept is not to be trusted.

Made of the sources themselves, so that nobody has to remember to raise a number. It must not load them.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

import sitmon

_ROOMS: Final = ("assess", "model")
"""What is kept of a picture depends on no other room: what the classifier found is stored with the items."""


@cache
def meaning() -> str:
    """Return a name that changes with every change of these rooms, and with the program's version."""
    digest = blake2b(sitmon.__version__.encode(), digest_size=16)
    for room in _ROOMS:
        for file in sorted(files(f"sitmon.{room}").iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py"):
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
