"""Many ways to say one thing: each sentence of `english-events.toml` tells of what its table is named for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from sitmon.model.entry import Verdict
from sitmon.model.terms import EVENT_TYPES, TAGS

Read = Callable[..., Verdict]

_DATA = Path(__file__).parent.parent / "data" / "english-events.toml"
_ROWS = [(name, text) for name, texts in tomllib.loads(_DATA.read_text(encoding="utf-8")).items() for text in texts]


def test_every_table_is_named_for_an_event() -> None:
    assert {name for name, _ in _ROWS} <= {*EVENT_TYPES, *TAGS, "none"}


@pytest.mark.parametrize(("name", "text"), _ROWS)
def test_a_phrase_tells_of(read: Read, name: str, text: str) -> None:
    told = read(text).event_types
    if name == "none":
        assert not told
    elif name in TAGS:
        assert name in told
    else:
        assert told[:1] == (name,)
