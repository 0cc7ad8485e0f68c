"""The tests' desk in whatever terminal this is started in: `python in_terminal.py [hostile]`."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

from sitmon import area_files
from sitmon.model.update import Update
from sitmon.views.tui.app import Desk

spec = importlib.util.spec_from_file_location("desk_fixtures", Path(__file__).with_name("conftest.py"))
assert spec is not None
assert spec.loader is not None
made = importlib.util.module_from_spec(spec)
sys.modules["desk_fixtures"] = made
spec.loader.exec_module(made)

area = area_files.load(area_files.find("afghanistan"))
entries = made.entries_of(area)
if "hostile" in sys.argv:
    titles = ("\x1b]0;PWNED\x07\x1b[2J", "\x1b]52;c;cm0=\x07\x9b31mhostile title")
    entries += tuple(replace(entries[-1], item=replace(entries[-1].item, id=t, title=t)) for t in titles)
update = Update(
    made.NOW, made.picture_of(area), alerts=made.alerts_of(area), entries=entries, health=made.health_of(), live=False
)
port = made.TestPort(area, update)
sys.exit(Desk(port).run() or 0)
