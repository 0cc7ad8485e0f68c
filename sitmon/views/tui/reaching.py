"""The part of the desk's program that hands something out of it: to the clipboard, to a browser, to a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual import work

from sitmon.views.tui import links
from sitmon.views.tui.base import Base
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.wording import count


class Reaching(Base):
    """Copies, opens and exports what the officer points at."""

    @work
    async def action_copy(self) -> None:
        """Copy the row as a line of text, in whatever way this terminal knows."""
        row = self.row()
        text = row[0].tells(row[1]) if row else ""
        if not text:
            self.say("nothing to copy here")
            return
        way = "to tmux and the clipboard" if await links.to_tmux(text) else "to the clipboard (OSC 52)"
        if way.endswith(")"):
            self.copy_to_clipboard(text)
        self.say(f"copied {way}")

    def action_link(self) -> None:
        """Open the page that the row leads to, or copy its address where no browser can be opened."""
        row = self.row()
        url = row[0].link(row[1]) if row else None
        if url is None or not links.is_address(url):
            self.say("no link here; enter shows what is behind the row, with its links")
        elif links.can_browse():
            self.open_url(url)
            self.say(f"opened {url}")
        else:
            self.copy_to_clipboard(url)
            self.say(f"no browser here; copied {url}")

    def action_export_view(self) -> None:
        """Write the rows of the pane, as they are filtered and sorted, to a new text file in the working folder."""
        pane = self.screen.query(Lines).first() if isinstance(self.screen, Overlay) else self._desk.pane
        lines = [pane.tells(row) for row in pane.rows]
        if not any(lines):
            self.say("nothing to export in this pane")
            return
        scene = self._stage.scene(self._port.now())
        shown = scene.shown.astimezone(UTC)
        path = Path.cwd() / f"sitmon-{pane.id or 'page'}-{shown:%Y%m%dT%H%M%SZ}.txt"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(f"{_head(scene, pane, shown)}\n")
                file.writelines(f"{line}\n" for line in lines if line)
        except OSError as error:
            self.say(f"not exported: {path}: {error.strerror}")
            return
        self.say(f"{count(sum(map(bool, lines)), 'row')} in {path}")


def _head(scene: Scene, pane: Lines[Any], shown: datetime) -> str:
    """Return an export's first line: of what and of when its rows are, and what of it is not among them."""
    of = f"# {pane.id or 'page'} of {scene.area.name}, as of {shown:%Y-%m-%dT%H:%M:%SZ}"
    if scene.past is not None:
        of += ", as it was known then"
    elif scene.held is not None:
        of += f", held; {count(scene.pending or 0, 'newer item')} not in it"
    return f"{of}; only what matches {pane.wanted.text!r}" if pane.wanted else of
