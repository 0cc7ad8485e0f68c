"""What the parts of the desk's program share: the port, the stage, the look, the screen, and a line for the officer."""

from __future__ import annotations

from typing import Any, Final

from textual.app import App

from sitmon.views.tui.ink import Look
from sitmon.views.tui.palette import DARK, PALETTES, theme
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.desk import DeskScreen
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Stage
from sitmon.views.tui.widgets.lines import Lines

FLUSH: Final = 0.2
"""Seconds between two scenes, however many updates come between them; where nothing comes, nothing wakes."""


class Base(App[None]):
    """The ground that the program's parts stand on."""

    def __init__(self, port: Port, look: Look | None = None) -> None:
        super().__init__()
        self._port = port
        self._stage = Stage(port.area)
        self._look = look or Look(DARK)
        self._new = True
        for palette in PALETTES.values():
            self.register_theme(theme(palette))
        self.theme = self._look.palette.name
        self._desk: DeskScreen
        """Made when the program starts."""

    def say(self, text: str, seconds: float = 3) -> None:
        """Tell the officer something in a corner; never parsed as markup. What stood there goes."""
        self.clear_notifications()
        self.notify(text, markup=False, timeout=seconds)

    def flush(self) -> None:
        """Hand the newest scene down, if there is one."""
        if not self._new or not self._desk.is_mounted:
            return
        self._new = False
        if self._desk.feed_follows:
            self._stage.trim()
        scene = self._stage.scene(self._port.now())
        self._desk.bar = scene
        if self._stage.paused and scene.past is None:
            return
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | Overlay):
                screen.scene = scene

    def look_anew(self) -> None:
        """Say that there is something to paint; it is painted in a moment, with what else comes until then."""
        if not self._new:
            self._new = True
            self.set_timer(FLUSH, self.flush)

    def renew(self) -> None:
        """Paint what has just changed without waiting for the next turn."""
        self._new = True
        self.flush()

    def row(self) -> tuple[Lines[Any], Any] | None:
        """Return the row under the cursor, with its pane."""
        pane = self.screen.query(Lines).first() if isinstance(self.screen, Overlay) else self._desk.pane
        return (pane, pane.current) if pane.current is not None else None
