"""Values of declared shapes in, plain JSON out, and back: every field is checked against its type on the way in.

For what is kept of the ledger between two runs: whoever reads it may have been given another machine's file, so nothing
of it is executed, and what does not fit is refused with ValueError. It must not know what the shapes mean.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import types
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

_SHARED = 4096


class Coder(NamedTuple):
    """How one shape becomes plain JSON values, and how it is made of them again."""

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]
    """Raises ValueError."""


def dumps(kind: Any, value: Any) -> bytes:
    """Return a value of a shape as JSON text."""
    return json.dumps(coder(kind).dump(value), ensure_ascii=False, separators=(",", ":")).encode()


def loads(kind: Any, text: bytes) -> Any:
    """Return the value that `dumps` wrote. Raises ValueError where the text is none of that shape."""
    try:
        return coder(kind).load(json.loads(text))
    except (RecursionError, OverflowError) as error:
        raise ValueError(f"no value of {kind}: {error}") from error


@cache
def coder(kind: Any) -> Coder:
    """Return the coder of a shape: a scalar, a Literal, X | None, a tuple, list, frozenset, dict, or a dataclass."""
    simple = _SCALARS.get(kind)
    if simple is not None:
        return simple
    origin = get_origin(kind)
    if origin is Literal:
        return _literal(get_args(kind))
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin in (tuple, list, frozenset):
        return _sequence(origin, get_args(kind))
    if origin is dict:
        key, value = get_args(kind)
        pairs = coder(list[tuple[key, value]])  # type: ignore[valid-type]
        return Coder(lambda d: pairs.dump(d.items()), lambda v: dict(pairs.load(v)))
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"no coder for {kind!r}")


def _exactly(kind: type) -> Coder:
    def load(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{kind.__name__} was expected, {value!r:.60} was found")
        return value

    return Coder(lambda value: value, load)


def _float(value: Any) -> float:
    if type(value) not in (float, int):
        raise ValueError(f"a number was expected, {value!r:.60} was found")
    return float(value)


def _text_of(read: Callable[[str], Any], kind: str) -> Callable[[Any], Any]:
    def load(value: Any) -> Any:
        if type(value) is not str:
            raise ValueError(f"{kind} was expected, {value!r:.60} was found")
        return read(value)

    return load


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"a time with its zone was expected, {text!r:.60} was found")
    return found


_SCALARS: dict[Any, Coder] = {
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    float: Coder(lambda value: value, _float),
    datetime: Coder(datetime.isoformat, _text_of(_moment, "a time")),
    date: Coder(date.isoformat, _text_of(date.fromisoformat, "a day")),
    bytes: Coder(
        lambda value: base64.b64encode(value).decode(),
        _text_of(lambda text: base64.b64decode(text, validate=True), "base64"),
    ),
}


def _literal(words: tuple[Any, ...]) -> Coder:
    known = {word: word for word in words}

    def load(value: Any) -> Any:
        if type(value) is not str or value not in known:
            raise ValueError(f"{value!r:.60} is none of {', '.join(map(str, words))}")
        return known[value]

    return Coder(lambda value: value, load)


def _optional(kind: Any) -> Coder:
    rest = tuple(k for k in get_args(kind) if k is not type(None))
    if len(rest) != 1:
        raise TypeError(f"no coder for {kind!r}")
    inner = coder(rest[0])
    return Coder(
        lambda value: None if value is None else inner.dump(value),
        lambda value: None if value is None else inner.load(value),
    )


def _sequence(origin: Any, kinds: tuple[Any, ...]) -> Coder:
    if origin is tuple and not (len(kinds) == 2 and kinds[1] is Ellipsis):
        return _fixed(tuple(coder(k) for k in kinds))
    inner = coder(kinds[0])
    order: Callable[[Iterable[Any]], Iterable[Any]] = sorted if origin is frozenset else iter

    def load(value: Any) -> Any:
        if type(value) is not list:
            raise ValueError(f"a list was expected, {value!r:.60} was found")
        return origin(map(inner.load, value))

    return Coder(lambda value: [inner.dump(v) for v in order(value)], load)


def _fixed(parts: tuple[Coder, ...]) -> Coder:
    loads_, dumps_ = [p.load for p in parts], [p.dump for p in parts]

    def load(value: Any) -> Any:
        if type(value) is not list or len(value) != len(loads_):
            raise ValueError(f"a list of {len(loads_)} was expected, {value!r:.60} was found")
        return tuple([read(v) for read, v in zip(loads_, value, strict=True)])

    return Coder(lambda value: [dump(v) for dump, v in zip(dumps_, value, strict=True)], load)


def _dataclass(kind: Any) -> Coder:
    hints = get_type_hints(kind)
    names = [f.name for f in dataclasses.fields(kind)]
    row = _fixed(tuple(coder(hints[name]) for name in names))
    make = kind
    if kind.__dataclass_params__.frozen and all(hints[name] in (str, int, bool, str | None) for name in names):
        make = lru_cache(maxsize=_SHARED)(kind)  # the same few places and voices come again and again

    def dump(value: Any) -> Any:
        return row.dump([getattr(value, name) for name in names])

    def load(value: Any) -> Any:
        return make(*row.load(value))

    return Coder(dump, load)
