"""A scene in, the words of the top bar out: all of them where there is room, else the fewest that still say it.

It must not paint. What is never left out, however narrow the bar is: whether this is live, and which day is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from rich.cells import cell_len

from sitmon.model.update import Progress
from sitmon.views.tui.stage import EPOCH, Scene
from sitmon.views.tui.widgets.zones import zone_of
from sitmon.views.wording import age, day, stamp

Mood = Literal["well", "told", "warns"]
"""How the sign looks: plain; marked, because this is no live picture; marked, because something is wrong."""
STALE: Final = timedelta(minutes=15)
"""Without an answer of any source for this long, a live desk says that it is stale."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The pieces of the bar, from left to right; an empty one is left out."""

    program: str
    area: str
    day: str
    sign: str
    mood: Mood
    sources: str
    """How many sources answer, or how far a long piece of work is."""
    alerts: str
    clock: str
    other: str = ""
    """The clock in the zone that the rows are not in."""

    @property
    def cells(self) -> int:
        """The cells that it takes, with what stands around its pieces."""
        around = (
            (self.program, 2),
            (self.area, 0),
            (self.area and self.day, 3 - cell_len(self.day)),
            (self.day, 0),
            (self.sign, 2),
            (self.sources, 2),
            (self.alerts, 2 if self.sources else 3),
            (self.clock, 2),
            (self.other, 2),
        )
        return 1 + sum(cell_len(piece) + more for piece, more in around if piece)


def headline(scene: Scene, now: datetime, present: datetime, width: int, *, local: bool = False) -> Headline:
    """Return the words for so many cells. `now` is the moment that is shown, `present` the desk's clock.

    The day and the clock are those of the rows: UTC, or (`local`) the area's own; the other clock stands beside it.
    """
    zone = zone_of(scene.area, True)
    told = now > EPOCH  # the clock of a replay stands at no time until its items have been read
    sign, mood = _sign(scene, now)
    names = [(UTC, "UTC"), (zone, _town(scene))]
    (first, called), (second, other) = reversed(names) if local else names
    back = f" {stamp(now, first)}{'' if local else 'Z'} · {age(present - now)} back" if scene.past is not None else ""
    held = " held" if scene.held is not None and scene.past is None else ""
    number = len(scene.unacknowledged)
    full = Headline(
        program="SITMON",
        area=scene.area.name,
        day=day(now, first) if told else "",
        sign=sign + back,
        mood=mood,
        sources=_sources(scene, sign),
        alerts=f"▲ {number} unacked" if number else "",
        clock=f"{now.astimezone(first):%H:%M:%S} {called}{held}" if told else f"--:--:-- {called}",
        other=f"{now.astimezone(second):%H:%M} {other}" if told and zone is not UTC else "",
    )
    return _fitted(full, width)


def _fitted(words: Headline, width: int) -> Headline:
    """Leave out what matters least, one after the other, until the rest fits."""
    for shorter in _SHORTER:
        if words.cells < width:  # a cell is left between the two sides
            return words
        words = shorter(words)
    return words


_SHORTER: Final[tuple[Callable[[Headline], Headline], ...]] = (
    lambda w: replace(w, other=""),
    lambda w: replace(w, sign=w.sign.partition(" · ")[0]),
    lambda w: replace(w, sources=w.sources.removesuffix(" feeds").rpartition(": ")[2]),
    lambda w: replace(w, sources=w.sources.rpartition(" ")[2] if "/" in w.sources else w.sources),
    lambda w: replace(w, sign=" ".join(w.sign.split(" ")[:2]) if "PAST" in w.sign else w.sign),  # day and clock say it
    lambda w: replace(w, clock=w.clock[:5] + w.clock[8:]),
    lambda w: replace(w, program=""),
    lambda w: replace(w, alerts=w.alerts.removesuffix(" unacked")),
    lambda w: replace(w, area=""),
    lambda w: replace(w, sources=""),
)


def _sources(scene: Scene, sign: str) -> str:
    if "polling" in sign:
        return ""
    if scene.progress is not None:
        told = _progress(scene.progress)
        return told if scene.live or not scene.started else told.rpartition(" ")[2]  # the sign says what is done
    if not scene.live:
        return ""
    return f"{scene.feeds_up}/{len(scene.health)} feeds" if scene.health else ""


def _progress(progress: Progress) -> str:
    """Return how far a piece of work is; of one whose steps cannot be seen, only how much there is."""
    if not progress.done:
        return f"{progress.what}: {progress.total:,} items"
    return f"{progress.what} {progress.done:,}/{progress.total:,}"


def _sign(scene: Scene, now: datetime) -> tuple[str, Mood]:
    if not scene.started or scene.kept:
        return "‖ STARTING", "told"
    if scene.pending is not None:
        return (f"‖ PAUSED +{scene.pending} new" if scene.pending else "‖ PAUSED"), "warns"
    if scene.past is not None:
        return "◀ PAST", "warns"
    if not scene.live:
        return ("‖ REPLAY ended" if scene.ended else "▶ REPLAY"), "told"
    heard = max((h.last_success for h in scene.health if h.last_success), default=None)
    if heard is None and (asking := _first_poll(scene)) is not None:
        return f"● polling {asking}", "well"
    if scene.health and scene.progress is None and (heard is None or now - heard > STALE):
        return (f"✕ STALE {int((now - heard).total_seconds() // 60)}m" if heard else "✕ NO ANSWER"), "warns"
    return "● LIVE", "well"


def _first_poll(scene: Scene) -> str | None:
    """Return how far the first poll is, in figures; None once every source has been asked."""
    if scene.progress is not None:
        return f"{scene.progress.done}/{scene.progress.total}"
    asked = sum(h.last_attempt is not None for h in scene.health)
    return f"{asked}/{len(scene.health)}" if asked < len(scene.health) else None


def _town(scene: Scene) -> str:
    return scene.area.timezone.rpartition("/")[2].replace("_", " ")
