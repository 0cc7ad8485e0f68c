"""The page about the ledger names every rule and every number that the code has, and none that it has not."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from sitmon.assess.rules import RULES
from sitmon.assess.thresholds import Thresholds

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
NUMBERS = {f.name for f in fields(Thresholds)}


def test_every_rule_has_its_row() -> None:
    table = PAGE.split("## The rules", 1)[1].split("\n\n", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)
    assert set(rows) == set(RULES)


def test_every_number_is_explained() -> None:
    named = {
        word
        for word in re.findall(r"`(\w+)`", PAGE)
        if re.search(r"_(hours|origins|floor|overlap)$|^(weight|factor|grade)_", word)
    }
    assert named - {"independent_origins"} == NUMBERS
