"""`python -m tools.pictures [FOLDER]`: the bundled sample replayed into the desk, and the desk's screens as pictures.

The same sample gives the same pictures. They name no font of elsewhere: a reader's own is used.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sitmon import area_files
from sitmon.bootstrap import wire
from sitmon.commands.desk_port import MonitorPort
from sitmon.config import Config
from sitmon.replay import Clock, Replay, gather, ordered, sources_for
from sitmon.views.tui.app import Desk

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZES = ((80, 24), (120, 40), (200, 50))
THEMES = ("dark", "light")
UNTIL = datetime(2021, 8, 8, 16, 0, tzinfo=UTC)
"""The evening of 8 August 2021 in Kabul: the day on which the sample's week has most to tell."""
SPEED = 3600.0
_SPARED = re.compile(
    r"@font-face \{.*?\}\s*|<!--.*?-->\s*|<clipPath id=\"[^\"]*-line-\d+\">.*?</clipPath>\s*"
    r"| clip-path=\"url\(#[^)]*-line-\d+\)\"",
    re.DOTALL,
)
"""What a picture can do without: fonts of elsewhere, and a clip for each line, which is cut to its width already."""
_PREFIX = re.compile(r"terminal-\d+-")


class ReachedError(Exception):
    """The replay has come to the moment of the pictures."""


async def draw(folder: Path) -> None:
    """Write one picture a size and theme."""
    area = area_files.load(area_files.find("afghanistan"))
    items, _ = gather(sources_for([area.folder / "sample"]))
    records = ordered(items)
    clock = Clock(records[0].known)

    async def until_then(_: float) -> None:
        if clock.time >= UNTIL:
            raise ReachedError

    async with wire(Config(), area, store=":memory:", clock=clock, live=False) as monitor:
        replay = Replay(records, area, monitor, clock, sleep=until_then)
        with suppress(ReachedError):
            await replay.run(SPEED)
        clock.time = UNTIL
        port = MonitorPort(area, clock)
        port.open(monitor, replay=replay)
        for width, height in SIZES:
            for theme in THEMES:
                desk = Desk(port, theme_name=theme, notify="none")
                async with desk.run_test(size=(width, height)) as pilot:
                    for _ in range(3):
                        await pilot.pause(0.3)
                        desk.renew()
                    picture = _PREFIX.sub("t", _SPARED.sub("", desk.export_screenshot(title="sitmon")))
                path = folder / f"{width}x{height}-{theme}.svg"
                path.write_text(picture, encoding="utf-8")
                print(f"{path} ({len(picture.encode()) // 1024} KB)")


def main() -> None:
    """Draw all pictures."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")  # the pictures', whatever this terminal can show
    os.environ.pop("NO_COLOR", None)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(folder))


if __name__ == "__main__":
    main()
