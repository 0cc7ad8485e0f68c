"""An update: what the monitor tells its views. Pictures may be merged to the newest; alerts are never dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.picture import NEVER, Picture
from sitmon.model.source import SourceHealth


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is (the first poll, an import)."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Update:
    """A snapshot and what is new since the last one that the same listener took."""

    now: datetime
    """The desk's clock: the wall's, or the simulated one of a replay."""
    picture: Picture
    alerts: tuple[Alert, ...] = ()
    """New or changed alerts, oldest first."""
    repeats: tuple[Alert, ...] = ()
    """Those among them that were told before and that nobody has acknowledged since."""
    entries: tuple[Entry, ...] = ()
    """New entries of the log, oldest first."""
    health: tuple[SourceHealth, ...] = ()
    progress: Progress | None = None
    held: str = ""
    """Which alerts are held back now, why and for how long; empty where none are."""
    live: bool = True
    """False in a replay: the screen says so."""
    ended: bool = False
    handover: datetime | None = None
    """When the desk was last handed over; None where it never was."""
    kept: bool = False
    """The picture is one that was kept, as it stood at its `now`: what has come since is being read."""

    def merged(self, later: Update) -> Update:
        """Return one update that says what this one and a later one say: nothing new is lost."""
        pictured = later if later.picture.now > NEVER else self
        return Update(
            now=later.now,
            picture=pictured.picture,
            kept=pictured.kept,
            alerts=self.alerts + later.alerts,
            repeats=self.repeats + later.repeats,
            entries=self.entries + later.entries,
            health=later.health or self.health,
            progress=later.progress,
            held=later.held,
            live=later.live,
            ended=later.ended,
            handover=later.handover or self.handover,
        )
