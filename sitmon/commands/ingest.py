"""`sitmon ingest`: feeds, exports, zips and folders in; their items out as JSON lines, or into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from sitmon.area import Area
from sitmon.bootstrap import wire
from sitmon.classify.classifier import Classifier
from sitmon.commands.session import Session, now
from sitmon.config import Config
from sitmon.errors import ExitCode, UsageError
from sitmon.ingest import exports
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source
from sitmon.replay import sources_for
from sitmon.views.export import jsonl

_BATCH = 200


def print_items(session: Session, settings: Config, paths: Iterable[Path], out: TextIO) -> int:
    """Print the items as JSON lines; what cannot be read goes to stderr with its reason."""
    items = failures = 0
    for found, _ in read(paths, settings):
        if isinstance(found, Failure):
            failures += 1
            session.say(f"sitmon: {found.subject}: {found.reason}")
        else:
            items += 1
            out.write(jsonl.line(jsonl.item_of(found)) + "\n")
    out.flush()
    session.say(f"{items} items" + (f", {failures} records could not be read" if failures else ""))
    return ExitCode.FINE if items or not failures else ExitCode.FAILED


async def store_items(session: Session, settings: Config, area: Area, paths: Iterable[Path]) -> int:
    """Classify the items and put them into the store; those that it holds already are counted, not stored again."""
    counts: Counter[str] = Counter()
    classifier = Classifier(area)
    monitor = wire(settings, area, store=session.store_path(settings), clock=now)
    async with monitor:
        batch: list[Item] = []
        at: Source | None = None
        for found, source in read(paths, settings):
            if isinstance(found, Failure):
                counts["unreadable"] += 1
                session.say(f"sitmon: {found.subject}: {found.reason}")
                continue
            if batch and (source != at or len(batch) >= _BATCH):
                counts["new"] += len(await monitor.take(batch, [classifier.classify(i) for i in batch], source=at))
                batch = []
                session.say_progress(f"{counts['items']} items read, {counts['new']} new")
            at = source
            counts["items"] += 1
            batch.append(found)
        if batch:
            counts["new"] += len(await monitor.take(batch, [classifier.classify(i) for i in batch], source=at))
        await monitor.first_round_over()
    session.say(
        f"{counts['items']} items read, {counts['new']} new, {counts['items'] - counts['new']} known already"
        + (f", {counts['unreadable']} records could not be read" if counts["unreadable"] else "")
        + f"; stored in {session.store_path(settings)}"
    )
    return ExitCode.FINE if counts["items"] or not counts["unreadable"] else ExitCode.FAILED


def read(paths: Iterable[Path], settings: Config) -> Iterator[tuple[Item | Failure, Source]]:
    """Yield what stands in the paths. Raises UsageError for a path that does not exist, before anything is read."""
    paths = list(paths)
    missing = [str(p) for p in paths if not p.exists()]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    for source in sources_for(paths, settings.sources):
        for found in exports.read(Path(source.location), source, now=now()):
            yield (
                (found if isinstance(found, Failure) else replace(found, agency=found.agency or source.agency)),
                source,
            )
