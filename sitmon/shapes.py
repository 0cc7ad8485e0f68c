"""Tables that a person wrote in, checked shapes or every mistake out: what the config's and the area's files share.

It knows pydantic, so that its findings are reworded in one place: file, key, what was found and what was expected, the
nearest valid word. It opens no file.
"""

from __future__ import annotations

import re
import tomllib
import types
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from sitmon.errors import Mistake, nearest
from sitmon.model.source import Source
from sitmon.model.terms import Reliability, Side

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+)\s*([smhd])")
_LONGEST = 366 * 86400
_PRINTED = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]*$"
"""Nothing in a name may steer a terminal: it stands in lists and messages."""
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_PROXY = re.compile(r"https?://(?:[^\s/@]+@)?(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?/?")
_PATTERNS = {
    _PRINTED: "letters that can be printed",
    r"^[A-Z]{2}$": "two capital letters",
    r"^[a-z][a-z0-9_-]*$": "small letters, digits, - and _, beginning with a letter",
}
_WANTED = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list in [ ]",
    "model_type": "a table",
    "dict_type": "a table",
    "finite_number": "a number",
}
_BOUNDS = {
    "greater_than_equal": "at least {ge:g}",
    "greater_than": "more than {gt:g}",
    "less_than_equal": "at most {le:g}",
    "less_than": "less than {lt:g}",
    "string_too_long": "at most {max_length} letters",
    "too_long": "at most {max_length} of them",
    "too_short": "at least {min_length} of them",
}
"""What is wanted of a number, a text or a list that is none of the size it may have."""
_SECRET = frozenset({"proxy", "url", "headers"})
"""Keys whose values are not repeated: they may hold a password."""
_SHOWN = 60
"""Letters of a wrong value that a message repeats."""


def tables_of(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises ValueError with what is wrong with it, and where."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("brackets are nested too deeply") from None


def duration(value: object) -> timedelta:
    """Return "90s", "5m", "2h" or "1d" (or seconds as a number) as a time span of at most a year."""
    if isinstance(value, timedelta):
        return value
    seconds: float = 0
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value
    elif isinstance(value, str) and (match := _DURATION.fullmatch(value.strip())):
        seconds = int(match[1]) * _UNITS[match[2]]
    if 1 <= seconds <= _LONGEST:
        return timedelta(seconds=seconds)
    raise PydanticCustomError("duration", 'expected a time span such as "30s", "5m", "2h" or "1d"')


Duration = Annotated[timedelta, BeforeValidator(duration)]


def wait(value: object) -> timedelta:
    """Return a time span as `duration` does; none at all ("0s") is one, too."""
    return timedelta(0) if value in ("0s", "0m", "0h", "0d") or (type(value) is int and value == 0) else duration(value)


Wait = Annotated[timedelta, BeforeValidator(wait)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
"""A text that says something."""


def proxy(value: object) -> object:
    """Return a proxy's address, or "env" or "none", as it is."""
    if not isinstance(value, str) or value in ("env", "none") or _PROXY.fullmatch(value):
        return value
    raise PydanticCustomError("proxy", 'expected "http://host:port", "env" (as the environment says) or "none"')


Proxy = Annotated[str, BeforeValidator(proxy)]


def address(text: str) -> str:
    """Return a feed's address as it is."""
    if _ADDRESS.fullmatch(text):
        return text
    raise PydanticCustomError("url", "expected an address that begins with http:// or https://")


Address = Annotated[str, AfterValidator(address)]


class Shape(BaseModel):
    """A table in which unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceShape(Shape):
    """One `[[sources]]`, in a config and in an area alike."""

    name: str = Field(min_length=1, max_length=60, pattern=_PRINTED)
    url: Address | None = None
    path: str | None = Field(default=None, validate_default=True)
    reliability: Reliability = "F"
    side: Side | None = None
    agency: str | None = None
    lang: str | None = None
    interval: Duration | None = None
    allow_private_hosts: bool = False
    headers: dict[str, str] = Field(default_factory=dict)
    shared_host: bool = False
    folder: str = ""
    proxy: Proxy | None = None

    @field_validator("path")
    @classmethod
    def _one_place(cls, path: str | None, info: ValidationInfo) -> str | None:
        # Of a field, not of the model: a model is judged only after all its fields are right, one round later.
        if "url" in info.data and (info.data["url"] is None) == (path is None):
            raise PydanticCustomError(
                "one_place", "expected exactly one of `url` (a feed) and `path` (a file or folder)"
            )
        return path


def source_of(shape: SourceShape, location: str, *, interval: timedelta, headers: Mapping[str, str]) -> Source:
    """Return the source that a table means; `interval` is for one that names none, `headers` are its own, read out."""
    return Source(
        name=shape.name,
        kind="feed" if shape.url else "path",
        location=location,
        reliability=shape.reliability,
        side=shape.side,
        agency=shape.agency,
        lang=shape.lang,
        interval=shape.interval or interval,
        allow_private_hosts=shape.allow_private_hosts,
        shared_host=shape.shared_host,
        folder=shape.folder,
        proxy=shape.proxy,
        headers=tuple(headers.items()),
    )


S = TypeVar("S", bound=BaseModel)


def read(shape: type[S], tables: Mapping[str, Any], file: str) -> tuple[S | None, list[Mistake]]:
    """Return the checked shape, or None and every mistake in it; `Mistake.where` is the key ("sources[2].side")."""
    try:
        return shape.model_validate(_with_tuples(tables)), []
    except ValidationError as error:
        found = (_mistake(e, shape, file) for e in error.errors(include_url=False))
        return None, list({str(m): m for m in found}.values())


def key_of(steps: Iterable[str | int]) -> str:
    """Return a path into tables as it is written in messages: `sources[2].side`."""
    key = ""
    for step in steps:
        key += f"[{step}]" if isinstance(step, int) else (f".{step}" if key else step)
    return key


def _with_tuples(value: Any) -> Any:
    """TOML's arrays are lists; the shapes are frozen and strict about tuples."""
    if isinstance(value, list):
        return tuple(_with_tuples(v) for v in value)
    if isinstance(value, Mapping):
        return {k: _with_tuples(v) for k, v in value.items()}
    return value


def _mistake(error: ErrorDetails, shape: type[BaseModel], file: str) -> Mistake:
    """Return one of pydantic's findings in our words."""
    # A key of the file may be named "[key]" as well.
    wrong_key = error["type"] != "extra_forbidden" and bool(error["loc"]) and error["loc"][-1] == "[key]"
    steps = list(error["loc"][:-1]) if wrong_key else list(error["loc"])
    if error["type"] == "one_place":
        steps = steps[:-1]
    key, found = key_of(steps), error.get("input")
    if error["type"] == "extra_forbidden":
        return Mistake(file, key, "there is no such key", nearest(str(steps[-1]), _keys_at(shape, steps[:-1])))
    if error["type"] == "missing":
        return Mistake(file, key, "this key is required")
    if error["type"] == "literal_error":
        words = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        close = nearest(str(found), [w.casefold() for w in words])
        exact = next((w for w in words if w.casefold() == close), None)
        listed = ", ".join(repr(w) for w in words)
        what = "there is no such key" if wrong_key else f"{shown(found)} is not valid"
        return Mistake(file, key, f"{what}; expected one of {listed}", exact)
    return Mistake(file, key, _reworded(error), error.get("ctx", {}).get("nearest"))


def _reworded(error: ErrorDetails) -> str:
    found, given = error.get("input"), error.get("ctx", {})
    if error["type"] in ("string_too_short", "string_pattern_mismatch") and not str(found).strip():
        return "this text is empty"
    wanted = _WANTED.get(error["type"]) or _PATTERNS.get(str(given.get("pattern")))
    if bound := _BOUNDS.get(error["type"]):
        wanted = bound.format(**given)
    message = f"expected {wanted}" if wanted else error["msg"]
    if error["type"] == "one_place" or not _SECRET.isdisjoint(map(str, error["loc"])):
        return message
    return f"{message}, found {shown(found)}"


def shown(value: object) -> str:
    """Return a value as it stands in TOML, cut to what a message can hold."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        text = f"[{', '.join(map(shown, value[:_SHOWN]))}]"
    elif isinstance(value, Mapping):
        text = "a table"
    elif isinstance(value, int):
        text = hex(value) if abs(value) >= 10**_SHOWN else str(value)  # str() refuses a number of thousands of digits
    else:
        text = repr(value) if isinstance(value, str | float) else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 4]} ..."


def _keys_at(shape: type[BaseModel], steps: Iterable[int | str]) -> list[str]:
    """Return the valid keys of the table that a path leads to."""
    at: type[BaseModel] = shape
    for step in steps:
        if isinstance(step, str) and step in at.model_fields:
            at = _inner(at.model_fields[step].annotation) or at
    return list(at.model_fields)


def _inner(annotation: Any) -> type[BaseModel] | None:
    """Return the shape inside `tuple[X, ...]`, `X | None` or `X` itself."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, list, dict, Union, types.UnionType, Annotated):
        return next((found for a in get_args(annotation) if (found := _inner(a))), None)
    return None
