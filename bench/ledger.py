"""The control ledger at size: folding a log, and one more item into a picture, against folding the log anew.

The entries are made, not read: 34 capitals and 400 districts, a few of them in most of the news; a quarter tells of
territory, the rest of fighting and of nothing that bears on a status; every tenth arrives late. Seeded by their number,
so that every run folds the same log, and what the ledger lets go of can be made again. Of the million, one in ten
reports anything: the growth is what is looked at, and a desk's feeds are like that. Times are this process's own CPU.
"""

from __future__ import annotations

import gc
import random
import resource
import time
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from bench.rows import Row
from sitmon import area_files
from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.asking import OfItem, Part, Wanted, done
from sitmon.assess.ledger import Ledger
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.place import Place, PlaceRef
from sitmon.model.report import Report
from sitmon.model.terms import Basis, Modality, Reliability, Scope, Side

START = datetime(2021, 8, 1, tzinfo=UTC)
SIZES = (10_000, 100_000, 1_000_000)
_QUIET = 10
"""Of so many entries of the million one reports something."""
PROBES = 60
_BATCH = 10_000
_WORDS = tuple(f"word{n}" for n in range(400))
_SAID: tuple[tuple[Basis, Side | None, str | None], ...] = (
    ("claimed", "insurgent", "Zabihullah Mujahid"),
    ("conceded", "government", "provincial council member"),
    ("witnessed", "civilian", "a resident"),
    ("reported", None, None),
    ("reported", "foreign", "US official"),
)


class Made:
    """A log of made entries, each of which can be had again: what a ledger has let go of."""

    def __init__(self, area: Area, *, minutes: float = 2.0, quiet: int = 1) -> None:
        """Of `quiet` entries one reports something."""
        self._capitals = list(area.capitals)
        self._districts = [p for p in area.places.values() if p.kind == "district"]
        self._minutes = minutes
        self._quiet = quiet
        self._about: dict[str, array[int]] = {}
        self.asked = 0
        """How often the ledger wanted a place's whole past."""

    def entries(self, number: int) -> Iterator[Entry]:
        """Yield so many entries, in the order in which they arrive."""
        for n in range(number):
            entry = self._entry(n)
            for report in entry.verdict.reports:
                if report.place is not None:
                    self._about.setdefault(report.place.code, array("L")).append(n)
            yield entry

    def give(self, wanted: Wanted) -> Part:
        """Return what the ledger has let go of: an item, or every entry that reports at a place."""
        if isinstance(wanted, OfItem):
            return Part((self._entry(int(wanted.item)),) if wanted.item.isdecimal() else ())
        self.asked += 1
        return Part([self._entry(n) for n in self._about.get(wanted.place, ())])

    def _entry(self, n: int) -> Entry:
        known = START + timedelta(minutes=self._minutes * n)
        if n % self._quiet:
            return Entry(Item(id=f"{n:07}", source="quiet", text="nothing", published=known), Verdict("en"), known)
        rng = random.Random(20210808 + n)
        published = known - timedelta(hours=rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, 12)))
        capitals = self._capitals
        place = rng.choice(capitals[:8] if rng.random() < 0.5 else capitals if rng.random() < 0.7 else self._districts)
        grade: tuple[Reliability, ...] = ("A", "B", "C", "D", "F")
        item = Item(
            id=f"{n:07}",
            source=f"source {rng.randint(0, 60)}",
            text=" ".join(rng.choices(_WORDS, k=40)),
            published=published,
            reliability=rng.choice(grade),
        )
        return Entry(item, Verdict("en", reports=tuple(_reports(rng, item.id, place))), known)


def _reports(rng: random.Random, item: str, place: Place) -> Iterator[Report]:
    ref = PlaceRef(place.code, place.name, place.kind, place.province)
    kind = rng.random()
    if kind < 0.25:
        basis, side, speaker = rng.choice(_SAID)
        modality: tuple[Modality, ...] = ("actual", "actual", "actual", "hedged", "historical", "negated")
        scope: tuple[Scope | None, ...] = (None, None, "most", "part")
        event = rng.choice(("captured", "captured", "captured", "retaken"))
        yield Report(
            id=f"{item}#0",
            item=item,
            event_type=event,
            modality=rng.choice(modality),
            place=ref,
            scope=rng.choice(scope),
            holder="insurgent" if event == "captured" else "government",
            basis=basis,
            source_side=side,
            speaker=speaker,
            confidence=0.8,
        )
    elif kind < 0.7:
        event = rng.choice(("clash", "clash", "air_strike", "bombing", "arrest", "protest"))
        yield Report(id=f"{item}#0", item=item, event_type=event, modality="actual", place=ref)


def main() -> list[Row]:
    """Return the rows of the table."""
    area = area_files.load(Path(__file__).parents[1] / "seeds" / "afghanistan")
    rows = []
    for size in SIZES:
        rows += _at_size(area, Made(area, quiet=_QUIET if size == SIZES[-1] else 1), size)
    rows.append(Row("ledger: peak memory", f"{_peak():.0f} MB", "300 MB", 300 / _peak(),
                    f"with {SIZES[-1]:,} entries folded; the limit is ours"))  # fmt: skip
    return rows


def _at_size(area: Area, made: Made, size: int) -> list[Row]:
    gc.collect()
    log = made.entries(size + PROBES)
    ledger, folded = Ledger(area, forgets=True), 0.0
    for start in range(0, size, _BATCH):  # a store of a million is read in parts too, never held as a whole
        batch = list(islice(log, min(_BATCH, size - start)))
        began = time.process_time()
        done(ledger.extending(batch), made.give)
        done(ledger.letting_go(), made.give)
        ledger.picture(batch[-1].known)
        folded += time.process_time() - began
    more = list(log)
    alerter = Alerter(area)
    steps: list[float] = []
    for entry in more:
        began = time.process_time()
        rows = done(ledger.extending((entry,)), made.give)
        picture = ledger.picture(entry.known)
        alerter.decide(entry, rows, picture, entry.known)
        steps.append(time.process_time() - began)
    step = median(steps)
    return [
        Row(
            f"ledger: fold {size:,} entries",
            f"{folded:.2f} s",
            None,
            None,
            f"{size / folded:,.0f} entries/s{'' if size < SIZES[-1] else f', one in {_QUIET} reports something'}; "
            f"a place's past read again {made.asked} times",
        ),
        Row(
            f"ledger: one more into {size:,}, with picture and alerts",
            f"{step * 1e3:.2f} ms (worst of {len(steps)}: {max(steps) * 1e3:.1f})",
            f"{folded:.2f} s, folding anew",
            folded / step,
        ),
        _late(area, made, ledger, size, folded),
    ]


def _late(area: Area, made: Made, ledger: Ledger, size: int, folded: float) -> Row:
    """Time items that arrive out of order: known a day, and half the log, before the newest."""
    taken = []
    for n, entry in enumerate(Made(area).entries(40)):
        back = timedelta(days=1) if n % 2 else timedelta(minutes=size)
        known = START + timedelta(minutes=2.0 * size) - back
        item = Item(id=f"late{n}", source="late", text=entry.item.text, published=known, reliability="B")
        late = Entry(item, entry.verdict, known)
        if not late.verdict.reports:
            continue
        began = time.process_time()
        done(ledger.extending((late,)), made.give)
        ledger.picture(START + timedelta(minutes=2.0 * size))
        taken.append((n % 2, time.process_time() - began))
    day = median(t for kind, t in taken if kind)
    half = median(t for kind, t in taken if not kind)
    note = f"half the log late: {half * 1e3:.1f} ms"
    return Row(f"ledger: one a day late into {size:,}", f"{day * 1e3:.2f} ms", f"{folded:.2f} s", folded / day, note)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
