"""The config file's shape: every key, its type and its default. `config.py` turns it into plain settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from sitmon.errors import nearest
from sitmon.model.terms import EVENT_TYPES, TAGS, Basis, GroupLabel, Severity, Side
from sitmon.shapes import Duration, Proxy, Shape, SourceShape, Text, Wait


def event_type(word: str) -> str:
    """Return the id of an event type or a tag as it is."""
    valid = [*EVENT_TYPES, *TAGS]
    if word in valid:
        return word
    raise PydanticCustomError(
        "event_type", "expected an event type or a tag (docs/glossary.md)", {"nearest": nearest(word, valid)}
    )


EventType = Annotated[str, AfterValidator(event_type)]


def names_or_all(value: object) -> object:
    """Return true, false or a list of names as it is: one check, so that one mistake gets one message."""
    if isinstance(value, bool) or (isinstance(value, tuple) and all(isinstance(name, str) for name in value)):
        return value
    raise PydanticCustomError("names_or_all", "expected true, false or a list of names in quotes")


class PollingShape(Shape):
    """`[polling]`."""

    interval: Duration = timedelta(minutes=10)
    timeout: Duration = timedelta(seconds=30)
    contact: str = ""
    concurrency: int = Field(default=8, ge=1, le=64)
    proxy: Proxy | None = None


class RuleShape(Shape):
    """One `[[alerts.rules]]`: what matches all that is named is raised with this severity, or not at all."""

    name: Text
    event_types: tuple[EventType, ...] = ()
    places: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    bases: tuple[Basis, ...] = ()
    words: tuple[Text, ...] = ()
    severity: Literal[Severity, "drop"] = "Moderate"


class AlertsShape(Shape):
    """`[alerts]`."""

    window: Duration = timedelta(hours=48)
    min_severity: Severity = "Minor"
    mass_casualties: int = Field(default=10, ge=1)
    group_by: tuple[GroupLabel, ...] = ("place", "incident")
    group_wait: Wait = timedelta(0)
    group_interval: Wait = timedelta(minutes=5)
    repeat_interval: Duration = timedelta(hours=4)
    reprint_window: Duration = timedelta(days=10)
    surge_least: int = Field(default=6, ge=2)
    surge_factor: float = Field(default=3.0, gt=1)
    source_after: Duration = timedelta(hours=1)
    rules: tuple[RuleShape, ...] = ()


class DeskShape(Shape):
    """`[desk]`."""

    theme: Literal["dark", "light", "contrast", "safe"] = "dark"
    notify: Literal["bell", "osc9", "none"] = "bell"
    ascii: bool = False


class ConfigShape(Shape):
    """The whole file."""

    area: Text = "afghanistan"
    store: Text | None = None
    area_sources: Annotated[bool | tuple[str, ...], PlainValidator(names_or_all)] = False
    sources: tuple[SourceShape, ...] = ()
    polling: PollingShape = Field(default_factory=PollingShape)
    alerts: AlertsShape = Field(default_factory=AlertsShape)
    desk: DeskShape = Field(default_factory=DeskShape)
