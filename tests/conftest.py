"""What holds for all tests: they assert what the program does, never how long it takes."""

from __future__ import annotations

from hypothesis import settings

# A machine that is busy with something else must not fail a test.
settings.register_profile("sitmon", deadline=None)
settings.load_profile("sitmon")
