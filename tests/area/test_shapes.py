"""Checked shapes: every mistake in our words, with its key and the nearest valid one."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest
from pydantic_core import PydanticCustomError

from sitmon.shapes import Shape, SourceShape, Text, duration, read


class Inner(Shape):
    """A table in a list."""

    name: Text
    size: Literal["small", "large"] = "small"


class Outer(Shape):
    """A file."""

    inner: tuple[Inner, ...] = ()
    maybe: Inner | None = None
    by_size: dict[Literal["small", "large"], int] = {}


def mistakes(tables: dict[str, object]) -> list[str]:
    found, wrong = read(Outer, tables, "f.toml")
    assert found is None
    return [str(m) for m in wrong]


def test_lists_are_read_as_tuples() -> None:
    found, wrong = read(Outer, {"inner": [{"name": "a"}], "by_size": {"large": 2}}, "f.toml")
    assert not wrong
    assert found == Outer(inner=(Inner(name="a"),), by_size={"large": 2})


def test_every_mistake_at_once() -> None:
    assert mistakes({"inner": [{"nam": "a"}, {"name": " ", "size": "larg"}], "maybe": 3, "by_size": {"smal": 1}}) == [
        "f.toml: inner[0].name: this key is required",
        "f.toml: inner[0].nam: there is no such key (did you mean 'name'?)",
        "f.toml: inner[1].name: this text is empty",
        "f.toml: inner[1].size: 'larg' is not valid; expected one of 'small', 'large' (did you mean 'large'?)",
        "f.toml: maybe: expected a table, found 3",
        "f.toml: by_size.smal: there is no such key; expected one of 'small', 'large' (did you mean 'small'?)",
    ]


@pytest.mark.parametrize(
    ("written", "seconds"), [("30s", 30), ("5m", 300), ("2 h", 7200), ("1d", 86400), (90, 90), (1.5, 1.5)]
)
def test_durations(written: object, seconds: float) -> None:
    assert duration(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["", "5", "-5m", "0s", "5 weeks", 0, 1e-7, -1, True, None, "900d", 10**12])
def test_what_is_no_duration(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        duration(written)


@pytest.mark.parametrize(
    "table", [{}, {"url": "https://a.org", "path": "x"}, {"url": "ftp://a.org"}, {"url": "https://"}]
)
def test_a_source_has_one_place(table: dict[str, object]) -> None:
    found, wrong = read(SourceShape, {"name": "x", **table}, "f.toml")
    assert found is None
    assert len(wrong) == 1
