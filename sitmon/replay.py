"""Recorded items in, the same program run on a simulated clock out.

An item becomes known at its published time, an undated one at the latest time in the input; so the order in which the
files are named, and the order of the items in them, makes no difference to a single byte of what comes out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from sitmon import area_files
from sitmon.area import Area
from sitmon.classify.classifier import Classifier
from sitmon.ingest import exports
from sitmon.ingest.sanitise import clean_line
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source
from sitmon.model.update import Progress
from sitmon.monitor import Monitor
from sitmon.verdicts import read_all

logger = logging.getLogger(__name__)

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""No recorded item is taken to be of a later day."""
_STEP_S = 0.2
_BREATH = 50
"""Items taken between two looks at the screen when the replay runs as fast as it can."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An item with the time at which the desk could first know it, and the source that it was recorded from."""

    known: datetime
    item: Item
    source: Source


def sources_for(paths: Iterable[Path], configured: Sequence[Source] = ()) -> Iterator[Source]:
    """Yield the sources that paths mean.

    A folder with a `sources.toml` of its own is what that file lists, grades included; a path that is a configured
    source has that source's grade; any other path is a source of unknown grade (F), named after the file.
    """
    known = {str(Path(s.location).absolute()): s for s in configured if s.kind == "path"}
    for path in paths:
        if path.is_dir() and (path / "sources.toml").is_file() and not (path / "area.toml").is_file():
            yield from area_files.read_sources(path)
        elif (source := known.get(str(path.absolute()))) is not None:
            yield source
        else:
            name = clean_line(path.stem or path.name, 60) or "unnamed"
            yield Source(name=name, kind="path", location=str(path))


def gather(sources: Iterable[Source]) -> tuple[list[tuple[Item, Source]], list[Failure]]:
    """Read all items of the sources; what cannot be read is returned beside them, with its reason.

    Whether a date is plausible is judged by `LATEST`, not by today: a replay gives the same bytes next year.
    """
    items: list[tuple[Item, Source]] = []
    failures: list[Failure] = []
    for source in sources:
        for found in exports.read(Path(source.location), source, now=LATEST):
            if isinstance(found, Failure):
                failures.append(found)
            else:
                items.append((found, source))
    return items, failures


def ordered(items: Iterable[tuple[Item, Source]], known_at: datetime | None = None) -> list[Recorded]:
    """Return the items in the order in which the desk gets to know them, whatever order they came in.

    Those that it could not know at `known_at` are left out.
    """
    found = list(items)
    latest = max((i.published for i, _ in found if i.published), default=EARLIEST)
    records = [Recorded(i.published or latest, i, s) for i, s in found]
    records.sort(key=lambda r: (r.known, r.item.id, r.item.revision, r.item.reliability, r.source.name, repr(r.item)))
    return [r for r in records if known_at is None or r.known <= known_at]


class Clock:
    """A clock that only the replay moves."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time


class Replay:
    """Plays recorded items into a monitor, each at its own time."""

    def __init__(
        self,
        records: Sequence[Recorded],
        area: Area,
        monitor: Monitor,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._records = records
        self._classifier = Classifier(area)
        self._monitor = monitor
        self._clock = clock
        self._sleep = sleep
        self.speed: float | None = None
        """How many times faster than life it plays; None is as fast as it goes. It may be changed on the way."""
        self.failures: list[Failure] = []
        """The items that were stored without a verdict, for a fault of ours."""

    async def run(self, speed: float | None = None) -> None:
        """Play all items and end the monitor's updates.

        `speed` is how many times faster than life; None is as fast as it goes.
        """
        self.speed = speed
        done = 0
        for known, group in groupby(self._records, key=lambda r: r.known):
            await self._wait(known)
            self._clock.time = max(self._clock.time, known)
            for source, batch in groupby(group, key=lambda r: r.source):
                items = [r.item for r in batch]
                verdicts, faults = read_all(self._classifier, items)
                for fault in faults:
                    logger.error("%s", fault.trace)
                    self.failures.append(fault.failure)
                await self._monitor.take(items, verdicts, source=source, known=known)
                done += len(items)
            if done % _BREATH == 0 or self.speed is not None:
                await self._monitor.note_progress(Progress("replaying", done, len(self._records)))
                await self._sleep(0)
        await self._monitor.note_progress(None)
        await self._monitor.end()

    async def _wait(self, until: datetime) -> None:
        """Let the simulated clock run up to a time, a fifth of a second at a step, so that the screen's clock runs."""
        while self.speed is not None:
            leap = timedelta(seconds=_STEP_S * self.speed)
            if self._clock.time + leap >= until:
                await self._sleep(max(0.0, (until - self._clock.time).total_seconds() / self.speed))
                return
            await self._sleep(_STEP_S)
            self._clock.time += leap
            await self._monitor.tick()
