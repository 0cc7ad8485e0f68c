"""What became of what speakers and sources said, read from the log for the commands that show it."""

from __future__ import annotations

from sitmon.area import Area
from sitmon.assess.fold import refold
from sitmon.assess.records import Record
from sitmon.commands.session import Session
from sitmon.commands.stored import log_of
from sitmon.config import Config
from sitmon.errors import StoreError
from sitmon.views.reasons import record

SHOWN = 15
"""So many speakers are listed, those who spoke most."""


def read(session: Session, settings: Config, area: Area) -> tuple[tuple[Record, ...], dict[str, Record]]:
    """Return the speakers' records and those of the sources by name; none where nothing is stored yet."""
    try:
        with log_of(session, settings) as log:
            ledger = refold(area, list(log.entries(with_reports=True)))
    except StoreError:
        return (), {}
    return ledger.speakers(), {r.name: r for r in ledger.sources()}


def speaker_lines(speakers: tuple[Record, ...]) -> list[str]:
    """Return the block that lists the speakers; empty where nobody claimed anything."""
    if not speakers:
        return []
    rows = [f"  {r.name:<40} {r.side or 'no side':<12} {record(r)}" for r in speakers[:SHOWN]]
    return ["", "What became of what speakers said", *rows]
