"""The dead and the wounded in Dari and Pashto: what each sentence gives stands in `tests/data/counted.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sitmon.classify.casualties import Counter
from sitmon.classify.text import read

ROWS = tomllib.loads((Path(__file__).parent.parent / "data/counted.toml").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_how_many(counter: Counter, row: dict[str, Any]) -> None:
    toll = counter.count(read(row["t"]), year=2021)
    assert (toll.killed.best or None, toll.wounded.best or None) == (row.get("k"), row.get("w"))


@pytest.mark.parametrize(
    "text",
    [
        "دو سرباز در درگیری با پنج طالب کشته شدند.",
        "د دوو کلیو ترمنځ په نښته کې دوه تنه ووژل شول.",
        "دوه پولیس او ملکیان ووژل شول.",
    ],
)
def test_who_only_stands_near_is_not_counted(counter: Counter, text: str) -> None:
    assert counter.count(read(text), year=2021).killed.best == 2
