"""The control ledger at size: folding a log, and one more item into a picture, against folding the log anew.

The entries are made, not read: 34 capitals and 400 districts, a few of them in most of the news; a quarter tells of
territory, the rest of fighting and of nothing that bears on a status; every tenth arrives late. Seeded, so that every
run folds the same log.
"""

from __future__ import annotations

import gc
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from bench.rows import Row
from sitmon import area_files
from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.place import Place, PlaceRef
from sitmon.model.report import Report
from sitmon.model.terms import Basis, Modality, Reliability, Scope, Side

START = datetime(2021, 8, 1, tzinfo=UTC)
SIZES = (10_000, 100_000, 1_000_000)
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


def entries(area: Area, number: int, *, minutes: float = 2.0) -> Iterator[Entry]:
    """Yield a log of made entries, in the order in which they arrive."""
    rng = random.Random(20210808)
    capitals = list(area.capitals)
    districts = [p for p in area.places.values() if p.kind == "district"]
    for n in range(number):
        known = START + timedelta(minutes=minutes * n)
        published = known - timedelta(hours=rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, 12)))
        place = rng.choice(capitals[:8] if rng.random() < 0.5 else capitals if rng.random() < 0.7 else districts)
        grade: tuple[Reliability, ...] = ("A", "B", "C", "D", "F")
        item = Item(
            id=f"{n:07}",
            source=f"source {rng.randint(0, 60)}",
            text=" ".join(rng.choices(_WORDS, k=40)),
            published=published,
            reliability=rng.choice(grade),
        )
        yield Entry(item, Verdict("en", reports=tuple(_reports(rng, item.id, place))), known)


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
        rows += _at_size(area, entries(area, size + PROBES), size)
    rows.append(Row("ledger: peak memory", f"{_peak():.0f} MB", None, None, f"with {SIZES[-1]:,} entries folded"))
    return rows


def _at_size(area: Area, log: Iterator[Entry], size: int) -> list[Row]:
    gc.collect()
    ledger, folded = Ledger(area), 0.0
    for start in range(0, size, _BATCH):  # a store of a million is read in parts too, never held as a whole
        batch = list(islice(log, min(_BATCH, size - start)))
        began = time.perf_counter()
        ledger.extend(batch)
        ledger.picture(batch[-1].known)
        folded += time.perf_counter() - began
    more = list(log)
    alerter = Alerter(area)
    steps: list[float] = []
    late: list[float] = []
    for n, entry in enumerate(more):
        began = time.perf_counter()
        rows = ledger.apply(entry)
        picture = ledger.picture(entry.known)
        alerter.decide(entry, rows, picture, entry.known)
        (late if n % 6 == 5 else steps).append(time.perf_counter() - began)
    step = median(steps)
    return [
        Row(f"ledger: fold {size:,} entries", f"{folded:.2f} s", None, None, f"{size / folded:,.0f} entries/s"),
        Row(
            f"ledger: one more into {size:,}, with picture and alerts",
            f"{step * 1e3:.2f} ms (worst of {len(steps)}: {max(steps) * 1e3:.1f})",
            f"{folded:.2f} s, folding anew",
            folded / step,
        ),
        _late(area, ledger, size, folded),
    ]


def _late(area: Area, ledger: Ledger, size: int, folded: float) -> Row:
    """Time items that arrive out of order: known a day, and half the log, before the newest."""
    taken = []
    for n, entry in enumerate(entries(area, 40)):
        back = timedelta(days=1) if n % 2 else timedelta(minutes=size)
        known = START + timedelta(minutes=2.0 * size) - back
        item = Item(id=f"late{n}", source="late", text=entry.item.text, published=known, reliability="B")
        late = Entry(item, entry.verdict, known)
        if not late.verdict.reports:
            continue
        began = time.perf_counter()
        ledger.apply(late)
        ledger.picture(START + timedelta(minutes=2.0 * size))
        taken.append((n % 2, time.perf_counter() - began))
    day = median(t for kind, t in taken if kind)
    half = median(t for kind, t in taken if not kind)
    note = f"half the log late: {half * 1e3:.1f} ms"
    return Row(f"ledger: one a day late into {size:,}", f"{day * 1e3:.2f} ms", f"{folded:.2f} s", folded / day, note)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
