"""What rises from the panes: a few intents, past tense. Panes say what the officer did; screens decide what follows."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from textual.message import Message

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.quote import Quote
from sitmon.views.tui.plan import PaneName
from sitmon.views.tui.tally import Kind


@dataclass
class PlaceOpened(Message):
    """The officer wants to know why a place has its status."""

    code: str


@dataclass
class AlertOpened(Message):
    """The officer wants to know why an alert was raised."""

    alert: Alert


@dataclass
class EntryOpened(Message):
    """The officer wants to read an item in full, with what was found in it."""

    entry: Entry
    quote: Quote | None = None


@dataclass
class CountOpened(Message):
    """The officer wants to know what a row of bars has counted."""

    kind: Kind


@dataclass
class EndReached(Message):
    """The cursor stands on the oldest entry that the desk has loaded."""

    oldest: Entry


@dataclass
class NewestWanted(Message):
    """The officer has read so far back that the newest entries were let go, and wants them again."""


@dataclass
class Told(Message):
    """The officer is to be told something, in a line at the foot of the screen."""

    text: str


@dataclass
class PresentWanted(Message):
    """The officer has seen enough of the past."""


@dataclass
class PaneTouched(Message):
    """A pane's frame was clicked, or something that stands for a row of it."""

    name: PaneName
    twice: bool = False
    """Whether it was the second click of two."""
    key: Hashable = None
    """The row that was meant, by its pane's key; None: no row."""


@dataclass
class CommandWanted(Message):
    """Something was clicked that stands for a command, by its id."""

    command: str


@dataclass
class FilterTyped(Message):
    """The words of the filter changed; `done` when the officer pressed enter."""

    text: str
    done: bool = False
