"""What rises from the panes: a few intents, past tense. Panes say what the officer did; screens decide what follows."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.quote import Quote


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
class EndReached(Message):
    """The cursor stands on the oldest entry that the desk has loaded."""

    oldest: Entry


@dataclass
class PresentWanted(Message):
    """The officer has seen enough of the past."""


@dataclass
class PaneTouched(Message):
    """A pane was given the focus, by key or mouse."""

    name: str


@dataclass
class FilterTyped(Message):
    """The words of the filter changed; `done` when the officer pressed enter."""

    text: str
    done: bool = False
