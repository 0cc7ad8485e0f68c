"""Updates in, scenes out: what the desk holds of the stream, and the one immutable thing that every pane paints.

A scene is made at most a few times a second, however fast updates come. While the display is paused, alerts, health and
the clock go on; the picture and the entries wait. Nothing here decides what a status is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.picture import NEVER, Picture, Status
from sitmon.model.place import PlaceRef
from sitmon.model.quote import Quote
from sitmon.model.source import SourceHealth
from sitmon.model.update import Progress, Update
from sitmon.views.tui.tally import Tally
from sitmon.views.wording import WELL

EPOCH = NEVER
"""Before anything is known: such a time is not shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quote with the entry that it was read in."""

    entry: Entry
    quote: Quote
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything that the panes paint, at one instant. Two scenes are never equal: comparing them would take longer
    than painting, and the sequences in them go on growing.
    """

    area: Area
    now: datetime = EPOCH
    picture: Picture = field(default_factory=lambda: Picture(EPOCH))
    alerts: tuple[Alert, ...] = ()
    """Oldest first; an alert that changed stands once, as it is now."""
    entries: Sequence[Entry] = ()
    """Oldest first, by the time they tell of their publication."""
    quotes: Sequence[Said] = ()
    """Oldest first."""
    tally: Tally = field(default_factory=Tally)
    health: tuple[SourceHealth, ...] = ()
    progress: Progress | None = None
    live: bool = True
    ended: bool = False
    started: bool = False
    """Whether there is a picture: until then the log is being read, and no status is told."""
    past: datetime | None = None
    """The moment that the panes look back at; None while they show the present."""
    looked: datetime | None = None
    """When the officer last looked: what became known after it is marked."""
    handover: datetime | None = None
    """When the desk was last handed over."""
    pending: int | None = None
    """Entries that wait behind a paused display; None while it is not paused."""

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The status of every capital, in the order of the provinces' codes; unknown where the picture has none.

        Empty until there is a picture: what is not known yet must not look like something that is known.
        """
        return (
            ()
            if not self.started
            else tuple(
                self.picture.statuses.get(place.code)
                or Status(PlaceRef(place.code, place.name, place.kind, place.province), "unknown", "assumed")
                for place in self.area.capitals
            )
        )

    @property
    def unacknowledged(self) -> tuple[Alert, ...]:
        """The alerts that nobody has dealt with, oldest first."""
        return tuple(alert for alert in self.alerts if alert.state == "active")

    @property
    def feeds_up(self) -> int:
        """How many sources still tell us something."""
        return sum(h.health in WELL for h in self.health)

    def is_new(self, known: datetime | None) -> bool:
        """Return whether something became known after the officer last looked."""
        return self.looked is not None and known is not None and known > self.looked

    def changes_since(self, moment: datetime) -> int:
        """Return how many transitions of a holder or its basis became known after a moment."""
        return sum(t.known > moment and t.site is None for t in self.picture.transitions)

    def province(self, code: str) -> str:
        """Return the name of a province."""
        place = self.area.places.get(code)
        return place.name if place else code


def when(entry: Entry) -> datetime:
    """Return the time that an entry is sorted by: its publication, else when the desk learned of it."""
    return entry.item.published or entry.known


class Stage:
    """Keeps what came, bounded, and makes scenes of it."""

    def __init__(self, area: Area, *, keep: int = 20_000, quotes: int = 400) -> None:
        self._area = area
        self._keep = keep
        self._keep_quotes = quotes
        self._alerts: dict[str, Alert] = {}
        self._entries: list[Entry] = []
        self._keys: list[tuple[datetime, str]] = []
        self._quotes: list[Said] = []
        self._tally = Tally()
        self._scene = Scene(area)
        self._held: Update | None = None
        self._paused = False
        self._past: Scene | None = None

    @property
    def paused(self) -> bool:
        """Whether the display stands still."""
        return self._paused

    def pause(self, paused: bool) -> None:
        """Let the display stand still, or go on with all that came meanwhile."""
        self._paused = paused
        held, self._held = self._held, None
        if held is not None and not paused:
            self.take(held)

    def take(self, update: Update) -> None:
        """Take an update: at once, or (the picture and the entries of it) once the pause is over."""
        self._alerts.update((alert.id, alert) for alert in update.alerts)
        self._scene = replace(
            self._scene,
            now=max(update.now, self._scene.now),
            alerts=tuple(sorted(self._alerts.values(), key=lambda a: (a.time, a.id))),
            health=update.health or self._scene.health,
            progress=update.progress,
            live=update.live,
            ended=update.ended,
            started=self._scene.started or update.picture.now > NEVER,
            handover=update.handover or self._scene.handover,
        )
        if self._paused:
            self._held = self._held.merged(update) if self._held else update
            return
        self.add(update.entries)
        self._tally.changes(update.picture.transitions)
        self._scene = replace(self._scene, picture=update.picture)

    def add(self, entries: Iterable[Entry]) -> int:
        """Put entries where their time belongs, once each; return how many were new."""
        new = 0
        for entry in entries:
            key = (when(entry), entry.item.id)
            at = bisect_left(self._keys, key)
            if at < len(self._keys) and self._keys[at] == key:
                self._entries[at] = entry
                continue
            self._keys.insert(at, key)
            self._entries.insert(at, entry)
            self._tally.count(entry)
            self._say(entry)
            new += 1
        return new

    def trim(self) -> None:
        """Let go of the oldest entries beyond what is kept; they can be read again from the log."""
        excess = len(self._entries) - self._keep
        if excess > self._keep // 10:
            del self._entries[:excess], self._keys[:excess]

    @property
    def changes(self) -> tuple[datetime, ...]:
        """The moments at which a status changed, as far as is known now, oldest first."""
        return tuple(sorted({t.known for t in self._scene.picture.transitions}))

    def look_at(self, picture: Picture | None) -> None:
        """Let the panes look back at a picture of the past, or (None) at the present again."""
        if picture is None:
            self._past = None
            return
        at = picture.now
        self._past = replace(
            self._scene,
            now=at,
            past=at,
            picture=picture,
            alerts=tuple(a for a in self._scene.alerts if a.time <= at),
            entries=[e for e in self._entries if e.known <= at],
            quotes=[s for s in self._quotes if s.entry.known <= at],
            tally=self._tally,
        )

    def looked(self, moment: datetime | None) -> None:
        """Mark what became known after a moment."""
        self._scene = replace(self._scene, looked=moment)

    def scene(self, now: datetime | None = None) -> Scene:
        """Return what there is to paint now: the present, or the moment that is looked back at."""
        if self._past is not None:
            return replace(self._past, health=self._scene.health, looked=self._scene.looked)
        return self.present(now)

    def present(self, now: datetime | None = None) -> Scene:
        """Return the present, also while the panes look back."""
        pending = (len(self._held.entries) if self._held else 0) if self._paused else None
        return replace(
            self._scene,
            now=max(now, self._scene.now) if now else self._scene.now,
            entries=self._entries,
            quotes=self._quotes,
            tally=self._tally,
            pending=pending,
        )

    def _say(self, entry: Entry) -> None:
        said = [Said(entry, quote, n) for n, quote in enumerate(entry.verdict.quotes)]
        if not said:
            return
        at = bisect_left(self._quotes, (when(entry), entry.item.id), key=lambda s: (when(s.entry), s.entry.item.id))
        self._quotes[at:at] = said
        del self._quotes[: max(0, len(self._quotes) - self._keep_quotes)]
