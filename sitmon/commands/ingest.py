"""`sitmon ingest`: feeds, exports, zips and folders in; their items out as JSON lines, or into the store."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TextIO

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.classify.classifier import Classifier
from sitmon.commands.reading import Reading
from sitmon.commands.session import Session, now
from sitmon.config import Config
from sitmon.errors import ExitCode, UsageError, printable
from sitmon.ingest import exports
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source
from sitmon.replay import sources_for
from sitmon.verdicts import read_all
from sitmon.views.export import jsonl

logger = logging.getLogger(__name__)

_BATCH = 200
_TELL_S = 0.2
"""How often it is shown how far a long file has been read."""


class Progress:
    """How far the reading is, on one line of a terminal."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told = 0.0
        self.counts: Counter[str] = Counter()

    def __call__(self, name: str, done: int, total: int) -> None:
        """Show it, where the last time is long enough ago."""
        if monotonic() - self._told >= _TELL_S:
            self._told = monotonic()
            share = f"{100 * done // total} % of " if total else ""
            so_far = f"{self.counts['items']} items" + (f", {self.counts['new']} new" if self.counts["new"] else "")
            self._session.say_progress(f"{share}{name}: {so_far}")

    def end(self, text: str) -> None:
        """Put the last line in place of the progress."""
        self._session.say_progress("")
        self._session.say(text)


def describe(paths: Iterable[Path], out: TextIO) -> int:
    """Print what each path is taken for, and the mapping of a table's columns; nothing is read on or stored."""
    for path in _there(paths):
        for number, line in enumerate(exports.describe(path)):
            out.write(printable(f"{'  ' if number else f'{path}: '}{line}") + "\n")
    out.flush()
    return ExitCode.FINE


def print_items(session: Session, settings: Config, paths: Iterable[Path], out: TextIO) -> int:
    """Print the items as JSON lines; what cannot be read goes to stderr with its reason."""
    progress = Progress(session)
    counts = progress.counts
    for found, _ in read(paths, settings, progress):
        if isinstance(found, Failure):
            counts["unreadable"] += 1
            session.say(f"sitmon: {found.subject}: {found.reason}")
        else:
            counts["items"] += 1
            out.write(jsonl.line(jsonl.item_of(found)) + "\n")
    out.flush()
    progress.end(f"{counts['items']} items" + _unreadable(counts))
    return _exit_code(counts)


async def store_items(session: Session, settings: Config, area: Area, paths: Iterable[Path]) -> int:
    """Classify the items and put them into the store; those that it holds already are counted, not stored again.

    Stopped in the middle, the same command goes on where it stopped: what is stored is only read, not classified.
    """
    progress = Progress(session)
    counts = progress.counts
    classifier = Classifier(area)
    monitor = wire(settings, area, store=session.store_path(settings), clock=now, reading=Reading(session))
    async with monitor:
        for source, batch in _batches(session, settings, paths, progress):
            fresh = await monitor.unknown(batch)
            verdicts, faults = read_all(classifier, fresh)
            for fault in faults:
                logger.error("%s", fault.trace)
                session.say(f"sitmon: {fault.failure.subject}: {fault.failure.reason}; it is kept without a verdict")
            counts["new"] += len(await monitor.take(fresh, verdicts, source=source))
        await monitor.first_round_over()
    progress.end(
        f"{counts['items']} items read, {counts['new']} new, {counts['items'] - counts['new']} known already"
        f"{_unreadable(counts)}; stored in {session.store_path(settings)}"
    )
    return _exit_code(counts)


def _batches(
    session: Session, settings: Config, paths: Iterable[Path], progress: Progress
) -> Iterator[tuple[Source, list[Item]]]:
    """Yield the items in batches of one source; why anything is none goes to stderr."""
    batch: list[Item] = []
    at: Source | None = None
    for found, source in read(paths, settings, progress):
        if isinstance(found, Failure):
            progress.counts["unreadable"] += 1
            session.say(f"sitmon: {found.subject}: {found.reason}")
            continue
        if at is not None and batch and (source != at or len(batch) >= _BATCH):
            yield at, batch
            batch = []
        at = source
        progress.counts["items"] += 1
        batch.append(found)
    if at is not None and batch:
        yield at, batch


def _unreadable(counts: Counter[str]) -> str:
    return f", {counts['unreadable']} records could not be read" if counts["unreadable"] else ""


def _exit_code(counts: Counter[str]) -> int:
    """Nothing read is a failure, here as in `replay`: an empty file is more often a mistake than calm."""
    return ExitCode.FINE if counts["items"] else ExitCode.FAILED


def _there(paths: Iterable[Path]) -> list[Path]:
    """Return the paths. Raises UsageError for those that do not exist."""
    found = list(paths)
    if missing := [str(p) for p in found if not p.exists()]:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    return found


def read(
    paths: Iterable[Path], settings: Config, progress: Callable[[str, int, int], None] | None = None
) -> Iterator[tuple[Item | Failure, Source]]:
    """Yield what stands in the paths. Raises UsageError for a path that does not exist, before anything is read."""
    for source in sources_for(_there(paths), settings.sources):
        for found in exports.read(Path(source.location), source, now=now(), progress=progress):
            yield (
                (found if isinstance(found, Failure) else replace(found, agency=found.agency or source.agency)),
                source,
            )
