"""What a desk wants to be alerted of, as plain values with defaults that are good out of the box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitmon.model.terms import Basis, GroupLabel, Pressure, Severity, Side


@dataclass(frozen=True, slots=True)
class Rule:
    """A desk's own rule: what matches everything that it names is raised with `severity`, or dropped (None).

    The first rule that matches decides. `places` are codes; a province's code means all that lies in it, and what is
    told of several places is at each of them. `sides` are those of whoever says so; `words` are looked for in the
    item's text, any of them, any case.
    """

    name: str
    severity: Severity | None
    event_types: tuple[str, ...] = ()
    """Event types and tags."""
    places: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    bases: tuple[Basis, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The alert room's settings."""

    window: timedelta = timedelta(hours=48)
    """Older news never alerts: the item's age, and of an event the event's, when it becomes known."""
    min_severity: Severity = "Minor"
    mass_casualties: int = 10
    """So many dead make any event a severe one, five times as many an extreme one; so many dead and wounded a moderate
    one."""
    group_by: tuple[GroupLabel, ...] = ("place", "incident")
    """Alerts that agree in all of these are one group: told together."""
    group_wait: timedelta = timedelta(0)
    """The first of a group, where it is neither Severe nor Extreme, waits so long for what may overtake it."""
    group_interval: timedelta = timedelta(minutes=5)
    """What comes later in a group is told no sooner than this after the group was told of last."""
    reprint_window: timedelta = timedelta(days=10)
    """The sentence of an alert that is printed again within this is a reprint: what is taken up in a weekly is one."""
    repeat_interval: timedelta = timedelta(hours=4)
    """An alert that nobody acknowledged is due again after this, as long as it is not older than the window."""
    repeat_most: int = 12
    """No more alerts than this are repeated within one interval, however many nobody has acknowledged."""
    pressure_from: Pressure = "fighting_near"
    """The lowest pressure on a capital that is told."""
    surge_window: timedelta = timedelta(hours=6)
    surge_days: int = 7
    """What is usual in a province is the average of so many days before the window."""
    surge_history: timedelta = timedelta(hours=48)
    """A log that reaches back less does not know yet what is usual."""
    surge_least: int = 6
    """Fewer accounts in the window are no surge, however quiet the province usually is."""
    surge_factor: float = 3.0
    """So many times the usual are a surge."""
    source_after: timedelta = timedelta(hours=1)
    """A source that does not answer for so long is told."""
    blind_days: int = 7
    blind_least: int = 3
    """A province of which its sources told less in those days cannot go blind."""
    blind_share: float = 0.8
    """A province is blind when the sources of this part of what was told of it are dead while others live."""
    rules: tuple[Rule, ...] = ()
