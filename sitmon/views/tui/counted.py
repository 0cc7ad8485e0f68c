"""A kind that the day is counted by in, the blocks of what was counted out, the newest first.

Pure, as the dossier is. It counts nothing itself: what it leaves out, it says.
"""

from __future__ import annotations

from datetime import tzinfo
from itertools import islice
from typing import Final

from sitmon.views.tui.dossier import item_of, of_report, of_step
from sitmon.views.tui.passage import Block
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.tally import SETTLED, Kind, counts_as, in_day
from sitmon.views.tui.window import when
from sitmon.views.wording import count, event

MOST: Final = 200
"""Reports, or changes, on one page."""


def blocks_of(scene: Scene, kind: Kind, zone: tzinfo) -> list[Block]:
    """Return what was counted as `kind` in the 24 hours up to the scene's time, as far as its items are loaded."""
    found = _changes(scene, zone) if kind == "confirmed" else _reports(scene, kind, zone)
    known = sum(scene.tally.bars(kind, scene.now, 1))
    shown = sum(not block.companion for block in found)
    if shown < known:
        found.append(Block(f"{known - shown:,} more: further back in the feed", tone="faint", indent=2))
    return found or [Block("Nothing in the last 24 hours.", tone="dim", indent=2)]


def title_of(scene: Scene, kind: Kind) -> str:
    """Return the page's title."""
    number = sum(scene.tally.bars(kind, scene.now, 1))
    noun = {"reports": "report", "claims": "claim", "confirmed": "confirmation"}[kind]
    return f"{count(number, noun)} in 24 h"


def _reports(scene: Scene, kind: Kind, zone: tzinfo) -> list[Block]:
    newest = (e for e in reversed(scene.entries) if in_day(when(e), scene.now))
    counted = ((e, r) for e in newest for r in e.verdict.reports if kind in counts_as(r))
    blocks: list[Block] = []
    for entry, report in islice(counted, MOST):
        place = f", {report.place.name}" if report.place else ""
        blocks += of_report(scene, entry, report, f"{event(report.event_type)}{place}", zone)
    return blocks


def _changes(scene: Scene, zone: tzinfo) -> list[Block]:
    entries = {entry.item.id: entry for entry in scene.entries}
    settled = [
        t for t in scene.picture.transitions
        if in_day(t.known, scene.now) and t.to_basis in SETTLED and t.from_basis not in SETTLED
    ]  # fmt: skip
    return [
        of_step(scene, t, zone, next((entries[i] for i in map(item_of, t.evidence) if i in entries), None), named=True)
        for t in settled[: -MOST - 1 : -1]
    ]
