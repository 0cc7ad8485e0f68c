"""Updates in, scenes out: what the desk holds of the stream, and the one immutable thing that every pane paints.

A scene is made at most a few times a second, however fast updates come. While the display is paused, alerts and health
go on; the picture and the entries wait, and the scene tells the moment that they are of. Nothing here decides what a
status is.
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
from sitmon.views.tui.tally import DAY, Tally
from sitmon.views.tui.window import Window, when
from sitmon.views.wording import WELL

KEEP = 5_000
"""Entries that are held, some 15 MB of them; older ones are read from the log again when they are wanted."""
COUNTED = 200_000
"""Ids of items that are known to have been counted."""
LONGEST = 2 * DAY
"""How far before the shown moment an entry may lie and be counted: the bars show a day, and moments move."""
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
    kept: bool = False
    """The picture is one that was kept, as it stood at its own time: what has come since is being read."""
    past: datetime | None = None
    """The moment that the panes look back at; None while they show the present."""
    looked: datetime | None = None
    """When the officer last looked: what became known after it is marked."""
    handover: datetime | None = None
    """When the desk was last handed over."""
    pending: int | None = None
    """Entries that wait behind a paused display; None while it is not paused."""
    held: datetime | None = None
    """The moment that the panes of a paused display stand at; None while it is not paused."""
    beyond: int = 0
    """Newer entries that are not among these: the officer reads far back, and no more than a window is kept."""

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The status of every capital, in the order of the provinces' names; unknown where the picture has none.

        Empty until there is a picture: what is not known yet must not look like something that is known.
        """
        return (
            ()
            if not self.started
            else tuple(
                self.picture.statuses.get(place.code)
                or Status(PlaceRef(place.code, place.name, place.kind, place.province), "unknown", "assumed")
                for place in sorted(self.area.capitals, key=lambda place: self.province(place.province).casefold())
            )
        )

    @property
    def shown(self) -> datetime:
        """The moment that the panes tell of."""
        return self.held or self.now

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


def said_in(entry: Entry) -> list[Said]:
    """Return what an entry quotes."""
    return [Said(entry, quote, number) for number, quote in enumerate(entry.verdict.quotes)]


class Stage:
    """Keeps what came, bounded, and makes scenes of it."""

    def __init__(self, area: Area, *, keep: int = KEEP, quotes: int = 400) -> None:
        self._area = area
        self._keep_quotes = quotes
        self._alerts: dict[str, Alert] = {}
        self._window = Window(keep)
        self._counted: dict[str, None] = {}
        self._quotes: list[Said] = []
        self._tally = Tally()
        self._scene = Scene(area)
        self._held: Update | None = None
        self._paused = False
        self._held_at: datetime | None = None
        self._past: Scene | None = None
        self._past_window: Window | None = None

    @property
    def paused(self) -> bool:
        """Whether the display stands still."""
        return self._paused

    def pause(self, paused: bool, now: datetime | None = None) -> None:
        """Let the display stand still, at the desk's time of `now`, or go on with all that came meanwhile."""
        self._held_at = self.present(now).now if paused else None
        self._paused = paused
        held, self._held = self._held, None
        if held is not None and not paused:
            self.take(held)

    def take(self, update: Update) -> None:
        """Take an update: at once, or (the picture and the entries of it) once the pause is over."""
        told = update.picture.now > NEVER
        self._alerts.update((alert.id, alert) for alert in update.alerts)
        self._scene = replace(
            self._scene,
            now=max(update.now, self._scene.now),
            alerts=tuple(sorted(self._alerts.values(), key=lambda a: (a.time, a.id))),
            health=update.health or self._scene.health,
            progress=update.progress,
            live=update.live,
            ended=update.ended,
            started=self._scene.started or told,
            handover=update.handover or self._scene.handover,
            kept=update.kept if told else self._scene.kept,
        )
        if self._paused:
            self._held = self._held.merged(update) if self._held else update
            return
        self.add(update.entries)
        self._tally.changes(update.picture.transitions)
        if told:
            self._scene = replace(self._scene, picture=update.picture)

    def add(self, entries: Iterable[Entry]) -> None:
        """Put what came where its time belongs, once each."""
        for entry in entries:
            self._window.put(entry)
            self._count(entry)

    def older(self, entries: Sequence[Entry]) -> bool:
        """Take a page of what the log holds from before; return whether there was anything new in it."""
        for entry in entries:
            self._count(entry)
        return (self._past_window or self._window).extend_back(entries) > 0

    def newest(self, entries: Sequence[Entry]) -> None:
        """Begin again at the newest entries, after the officer has read so far back that they were let go."""
        self._window.begin(entries)

    def trim(self) -> None:
        """Let go of the oldest entries beyond what is kept; they can be read again from the log."""
        self._window.trim()

    @property
    def changes(self) -> tuple[datetime, ...]:
        """The moments at which a status changed, as far as is known now, oldest first."""
        return tuple(sorted({t.known for t in self._scene.picture.transitions}))

    def look_at(self, picture: Picture | None, entries: Sequence[Entry] = ()) -> None:
        """Let the panes look back at a picture of the past, or (None) at the present again.

        `entries` are the newest that the log held then; what is loaded of that time stands beside them.
        """
        if picture is None:
            self._past = self._past_window = None
            return
        at = picture.now
        self._past_window = Window(self._window.keep)
        for entry in (*entries, *(e for e in self._window.entries if e.known <= at)):
            self._past_window.put(entry)
        self._past = replace(
            self._scene,
            now=at,
            past=at,
            picture=picture,
            alerts=tuple(a for a in self._scene.alerts if a.time <= at),
            quotes=[s for entry in self._past_window.entries for s in said_in(entry)][-self._keep_quotes :],
            tally=self._tally,
        )
        for entry in self._past_window.entries:
            self._count(entry)

    def looked(self, moment: datetime | None) -> None:
        """Mark what became known after a moment."""
        self._scene = replace(self._scene, looked=moment)

    def scene(self, now: datetime | None = None) -> Scene:
        """Return what there is to paint now: the present, or the moment that is looked back at."""
        if self._past is not None and self._past_window is not None:
            return replace(
                self._past,
                entries=self._past_window.entries,
                beyond=self._past_window.beyond,
                health=self._scene.health,
                looked=self._scene.looked,
            )
        return self.present(now)

    def present(self, now: datetime | None = None) -> Scene:
        """Return the present, also while the panes look back."""
        pending = (len(self._held.entries) if self._held else 0) if self._paused else None
        return replace(
            self._scene,
            now=max(now, self._scene.now) if now else self._scene.now,
            entries=self._window.entries,
            beyond=self._window.beyond,
            quotes=self._quotes,
            tally=self._tally,
            pending=pending,
            held=self._held_at,
        )

    def _count(self, entry: Entry) -> None:
        """Keep what an entry quotes and count what it tells, once, however often it is loaded.

        Counts are shown of a day: of what is older when it is loaded, none is needed, and its id is not remembered.
        """
        self._say(entry)
        shown = self._past.now if self._past is not None else self._scene.now
        if entry.item.id in self._counted or when(entry) < shown - LONGEST:
            return
        self._counted[entry.item.id] = None
        if len(self._counted) > COUNTED:
            for old in [*self._counted][: COUNTED // 2]:
                del self._counted[old]
        self._tally.count(entry)

    def _say(self, entry: Entry) -> None:
        if not (said := said_in(entry)):
            return
        at = bisect_left(self._quotes, (when(entry), entry.item.id), key=lambda s: (when(s.entry), s.entry.item.id))
        if self._quotes[at : at + 1] and self._quotes[at].entry.item.id == entry.item.id:
            return  # it is there already
        if not at and len(self._quotes) >= self._keep_quotes:
            return  # it is older than all that are kept
        self._quotes[at:at] = said
        del self._quotes[: max(0, len(self._quotes) - self._keep_quotes)]
