"""A stretch of work in, the same work without searches for garbage out. It must not decide what work that is."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from searching thousands of new things, none of them garbage, while they are made.

    Reading an area takes a third less time so, and compiling its words a quarter. What was made counts as old
    afterwards: it is not searched as soon as the collector runs again, which would take as long as all that was saved.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if not gc.get_freeze_count():
                gc.freeze()  # frozen and thawed again, things are old, and nobody has looked at them
                gc.unfreeze()
            gc.enable()


@contextmanager
def few_pauses() -> Iterator[None]:
    """Keep Python from searching all of memory for garbage whenever much was allocated, which it does in the middle of
    a large feed and which stops the keys for a tenth of a second with 300,000 objects; the small searches go on. What
    was there before is left out of every search: it stays as long as the program.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(before[0], before[1], 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
