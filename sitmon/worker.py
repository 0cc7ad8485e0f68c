"""Bytes in, items with their verdicts out, in one process beside the desk's.

Parsing and classifying are CPU work; on the screen's event loop they would freeze the keys, and two threads of it do so
too. One spawned process does all of it. Should it die (a parser bug, the kernel's memory killer), it is started again
once for the same input; if it dies on that again, the input is given up with a reason and the next one is taken.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import multiprocessing.resource_tracker
import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from sitmon import area_files
from sitmon.classify.classifier import Classifier
from sitmon.ingest import feeds, watch_folder
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.poller import Batch
from sitmon.ingest.watch_folder import Cursor, Part
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source
from sitmon.verdicts import read_all

logger = logging.getLogger(__name__)

TIME_LIMIT_S = 30.0
"""A single feed that takes longer is given up: the largest real feeds seen take 1.4 s."""

END_S = 5.0
"""The longest wait, at the end, for the thread that keeps the pool."""

PART = 400
"""Items of an export taken at a time: each part is on disk before the next one is read."""

STEP = 8
"""Items unpacked at a time: the most that the desk's own process does of it without a look at the keys."""

Packed = list[bytes]
"""A digest on its way between the processes."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Digest:
    """What the worker made of one answer of a feed: verdict n belongs to item n."""

    parsed: Parsed
    verdicts: tuple[Verdict, ...]
    traces: tuple[str, ...] = ()
    """Of faults of our own in classifying; the item stands with an empty verdict, so that it is not lost."""


class Worker:
    """The one process that parses and classifies. An async context manager; its calls are served in order."""

    def __init__(self, area: Path, *, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._area = area
        self._time_limit_s = time_limit_s
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Worker:
        # Started before any screen is: Textual replaces sys.stderr by one without a file number, and the tracker that a
        # spawned process needs cannot be started under it.
        multiprocessing.resource_tracker.ensure_running()
        self._pool = self._new_pool()
        return self

    async def __aexit__(self, *_: object) -> None:
        # The pool's own thread closes its pipes when it notices that its process has ended. Python writes to the same
        # pipes at its exit, so the two must not meet. The process was killed: this takes milliseconds.
        if (keeper := self._stop()) is not None:
            keeper.join(END_S)

    async def digest(
        self,
        body: bytes,
        source: Source,
        *,
        now: datetime,
        content_type: str | None = None,
        final_url: str | None = None,
    ) -> Digest:
        """Parse the answer of a feed and classify its items. Never raises for what is in the answer."""
        done = await self._run(_digest, body, source, now, content_type, final_url)
        if isinstance(done, Failure):
            return Digest(Parsed(items=(), failures=(done,)), ())
        return await _unpacked(done)

    async def read(self, source: Source, cursor: Cursor, *, now: datetime) -> Batch[Digest] | Failure | None:
        """Read and classify the next part of what is new in a file or folder; None when there is no more."""
        done = await self._run(_read, source, cursor, now)
        if not isinstance(done, tuple):
            return done
        packed, further = done
        return Batch(await _unpacked(packed), further)

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Failure:
        # One piece of work at a time: the limit below then counts its own time, not that of the work before it.
        async with self._turn:
            for _ in range(2):
                try:
                    if self._pool is None:
                        self._pool = self._new_pool()
                    async with asyncio.timeout(self._time_limit_s):
                        return await asyncio.wrap_future(self._pool.submit(work, *args, **kwargs))
                except BrokenProcessPool:
                    self._stop()
                except TimeoutError:
                    self._stop()
                    reason = f"parsing took longer than {self._time_limit_s:.0f} s; it was left out"
                    return Failure("worker", reason, "timeout")
                except OSError as error:  # no process, no memory or no file handle to be had now
                    self._stop()
                    reason = f"no process for parsing could be started: {(error.strerror or str(error)).lower()}"
                    return Failure("worker", reason, "file")
            return Failure("worker", "the parsing process died on this input twice; it was left out", "parse")

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_open,
            initargs=(str(self._area),),
        )

    def _stop(self) -> threading.Thread | None:
        """Kill the process and return the thread that sees to what is left of its pool, if one was started."""
        if self._pool is None:
            return None
        processes = list((self._pool._processes or {}).values())
        keeper: threading.Thread | None = getattr(self._pool, "_executor_manager_thread", None)
        self._pool.shutdown(wait=False, cancel_futures=True)
        for (
            process
        ) in processes:  # it may be deep in a slow document: nothing of its work is kept, so it need not end it
            process.kill()
        self._pool = None
        return keeper


# In the worker's own process: the classifier is built once there, when the process starts.
_classifiers: list[Classifier] = []


def _open(area: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole process group; the desk ends this one
    logging.getLogger().addHandler(logging.NullHandler())  # nothing of it may be drawn over the desk's screen
    threading.Thread(target=_end_with_parent, name="end with the desk", daemon=True).start()
    _classifiers[:] = [Classifier(area_files.load(Path(area)))]


def _end_with_parent() -> None:
    """A desk that is killed cannot end its worker, which would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _digest(body: bytes, source: Source, now: datetime, content_type: str | None, final_url: str | None) -> Packed:
    return _packed(_classified(feeds.parse(body, source, now=now, content_type=content_type, final_url=final_url)))


def _read(source: Source, cursor: Cursor, now: datetime) -> tuple[Packed, Cursor] | Failure | None:
    part = watch_folder.read_part(source, cursor, now=now, size=PART)
    if not isinstance(part, Part):
        return part
    return _packed(_classified(part.parsed)), part.cursor


def _packed(digest: Digest) -> Packed:
    head = replace(digest, parsed=replace(digest.parsed, items=()), verdicts=())
    both = tuple(zip(digest.parsed.items, digest.verdicts, strict=True))
    return [pickle.dumps(head), *(pickle.dumps(both[n : n + STEP]) for n in range(0, len(both), STEP))]


async def _unpacked(packed: Packed) -> Digest:
    """Unpack in small steps: in one piece, a large feed would hold up the keys for a second."""
    head: Digest = pickle.loads(packed[0])
    both: list[tuple[Item, Verdict]] = []
    for part in packed[1:]:
        both += pickle.loads(part)
        await asyncio.sleep(0)
    for trace in head.traces:
        logger.error("%s", trace)
    items, verdicts = tuple(item for item, _ in both), tuple(verdict for _, verdict in both)
    return replace(head, parsed=replace(head.parsed, items=items), verdicts=verdicts)


def _classified(parsed: Parsed) -> Digest:
    """Classify each item. What went wrong goes to the desk's process, to be logged and shown there."""
    verdicts, faults = read_all(_classifiers[0], parsed.items)
    if faults:
        parsed = replace(parsed, failures=(*parsed.failures, *(fault.failure for fault in faults)))
    return Digest(parsed, tuple(verdicts), tuple(fault.trace for fault in faults))
