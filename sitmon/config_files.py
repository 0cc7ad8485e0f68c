"""The config file's shape: every key, its type and its default, checked by pydantic.

`config.py` turns it into plain settings. What pydantic finds wrong is reworded here: file, key, what was expected, and
the nearest valid word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from sitmon.errors import Mistake, nearest
from sitmon.model.terms import EVENT_TYPES, SIDES, TAGS, Basis, Reliability, Severity, Side

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+)\s*([smhd])")


def duration(value: object) -> timedelta:
    """Return "90s", "5m", "2h" or "1d" (or seconds as a number) as a time span."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return timedelta(seconds=value)
    if isinstance(value, str) and (match := _DURATION.fullmatch(value.strip())):
        seconds = int(match[1]) * _UNITS[match[2]]
        if 0 < seconds <= 366 * 86400:
            return timedelta(seconds=seconds)
    raise PydanticCustomError("duration", 'expected a time span such as "30s", "5m", "2h" or "1d"')


Duration = Annotated[timedelta, BeforeValidator(duration)]


class Shape(BaseModel):
    """A table of the config: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceShape(Shape):
    """One `[[sources]]`."""

    name: str = Field(min_length=1, max_length=60)
    url: str | None = None
    path: str | None = None
    reliability: Reliability = "F"
    side: Side | None = None
    agency: str | None = None
    lang: str | None = None
    interval: Duration | None = None
    allow_private_hosts: bool = False
    headers: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_place(self) -> SourceShape:
        if (self.url is None) == (self.path is None):
            raise PydanticCustomError(
                "one_place", "expected exactly one of `url` (a feed) and `path` (a file or folder)"
            )
        if self.url is not None and not re.match(r"https?://[^\s/]+", self.url):
            raise PydanticCustomError("url", "`url`: expected an address that begins with http:// or https://")
        return self


class PollingShape(Shape):
    """`[polling]`."""

    interval: Duration = timedelta(minutes=10)
    contact: str = ""
    concurrency: int = Field(default=8, ge=1, le=64)
    proxy: str | None = None


class RuleShape(Shape):
    """One `[[alerts.rules]]`: what matches all that is named is raised with this severity, or not at all."""

    name: str = Field(min_length=1)
    event_types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    bases: tuple[Basis, ...] = ()
    words: tuple[str, ...] = ()
    severity: Severity | Literal["drop"] = "Moderate"

    @model_validator(mode="after")
    def _known_types(self) -> RuleShape:
        valid = [*EVENT_TYPES, *TAGS]
        for word in self.event_types:
            if word not in valid:
                close = nearest(word, valid)
                hint = f"; did you mean {close!r}?" if close else ""
                raise PydanticCustomError(
                    "event_type",
                    "`event_types`: {word} is no event type or tag{hint}",
                    {"word": repr(word), "hint": hint},
                )
        return self


class AlertsShape(Shape):
    """`[alerts]`."""

    window: Duration = timedelta(hours=48)
    min_severity: Severity = "Minor"
    mass_casualties: int = Field(default=10, ge=1)
    repeat_interval: Duration = timedelta(hours=4)
    rules: tuple[RuleShape, ...] = ()


class DeskShape(Shape):
    """`[desk]`."""

    theme: Literal["dark", "light"] = "dark"
    bell: bool = True
    ascii: bool = False


class ConfigShape(Shape):
    """The whole file."""

    area: str = "afghanistan"
    store: str | None = None
    area_sources: bool | tuple[str, ...] = False
    sources: tuple[SourceShape, ...] = ()
    polling: PollingShape = Field(default_factory=PollingShape)
    alerts: AlertsShape = Field(default_factory=AlertsShape)
    desk: DeskShape = Field(default_factory=DeskShape)


_CHOICES: dict[str, tuple[str, ...]] = {
    "reliability": get_args(Reliability),
    "side": SIDES,
    "sides": SIDES,
    "bases": get_args(Basis),
    "severity": (*get_args(Severity), "drop"),
    "min_severity": get_args(Severity),
    "theme": ("dark", "light"),
}


def read(tables: Mapping[str, Any], file: str) -> tuple[ConfigShape | None, list[Mistake]]:
    """Return the config, or None and every mistake in it."""
    try:
        return ConfigShape.model_validate(_as_tuples(tables)), []
    except ValidationError as error:
        return None, _unique(mistake(e, file) for e in error.errors(include_url=False))


def _as_tuples(value: Any) -> Any:
    """TOML's arrays are lists; the shapes are frozen and strict about tuples."""
    if isinstance(value, list):
        return tuple(_as_tuples(v) for v in value)
    if isinstance(value, Mapping):
        return {k: _as_tuples(v) for k, v in value.items()}
    return value


def _unique(mistakes: Iterable[Mistake]) -> list[Mistake]:
    return list({str(m): m for m in mistakes}.values())


def mistake(error: ErrorDetails, file: str) -> Mistake:
    """Return one of pydantic's findings in our words."""
    steps = [
        s for s in error["loc"] if not (isinstance(s, str) and (s.startswith(("literal", "tuple", "bool", "str"))))
    ]
    key = ""
    for step in steps:
        key += f"[{step}]" if isinstance(step, int) else (f".{step}" if key else str(step))
    last = next((str(s) for s in reversed(steps) if isinstance(s, str)), "")
    kind, found = error["type"], error.get("input")
    if kind == "extra_forbidden":
        valid = _keys_at(steps[:-1])
        return Mistake(file, key, "there is no such key", nearest(last, valid))
    if kind == "missing":
        return Mistake(file, key, "this key is required")
    if kind == "literal_error":
        choices = _CHOICES.get(last, ())
        words = ", ".join(repr(c) for c in choices) or str(error["msg"])
        close = nearest(str(found), [c.casefold() for c in choices])
        exact = next((c for c in choices if c.casefold() == close), None)
        return Mistake(file, key, f"{found!r} is not valid; expected one of {words}", exact)
    return Mistake(file, key, _reworded(error))


def _reworded(error: ErrorDetails) -> str:
    found = error.get("input")
    wanted = {
        "string_type": "a text in quotes",
        "bool_type": "true or false",
        "int_type": "a whole number",
        "tuple_type": "a list in [ ]",
        "model_type": "a table",
        "dict_type": "a table",
    }.get(error["type"])
    if wanted:
        return f"expected {wanted}, found {found!r}"
    if isinstance(found, str | int | float):
        return f"{error['msg']}, found {found!r}"
    return error["msg"]


def _keys_at(steps: list[int | str]) -> list[str]:
    """Return the valid keys of the table that a path leads to."""
    shape: type[BaseModel] = ConfigShape
    inner: dict[str, type[BaseModel]] = {
        "sources": SourceShape,
        "polling": PollingShape,
        "alerts": AlertsShape,
        "desk": DeskShape,
        "rules": RuleShape,
    }
    for step in steps:
        if isinstance(step, str) and step in inner:
            shape = inner[step]
    return list(shape.model_fields)
