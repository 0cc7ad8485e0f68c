"""A stretch of work in, the same work without searches for garbage out. It must not decide what work that is."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from searching thousands of new things, none of them garbage, while they are made.

    Reading an area takes a third less time so, and compiling its words a quarter.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
