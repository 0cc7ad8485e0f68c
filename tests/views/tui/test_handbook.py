"""docs/desk.md names keys: each is a key of the table of commands."""

from __future__ import annotations

import re
from pathlib import Path

from sitmon.views.tui.commands import COMMANDS

PAGE = (Path(__file__).parents[3] / "docs" / "desk.md").read_text(encoding="utf-8")


def test_every_key_of_the_handbook_is_one_of_the_desk() -> None:
    names = {"ctrl+p", "ctrl+t", "space", "enter", "esc"}
    known = {key for c in COMMANDS for key in (*c.keys.split(","), c.shown)} | names
    symbols = {"/", "[", "]", "!", "?"}
    shown = {c.shown for c in COMMANDS}
    assert symbols <= shown
    named = {key for key in re.findall(r"`([^`]+)`", PAGE) if len(key) == 1 or key in names}
    assert len(named) > 20
    assert named - known == set()
