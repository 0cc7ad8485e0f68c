"""What the parts of the desk's program share: the port, the stage, the look, the screen, and a line for the officer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from textual.app import App
from textual.timer import Timer

from sitmon.views.tui.ink import Look
from sitmon.views.tui.messages import Told
from sitmon.views.tui.palette import DARK, PALETTES, theme
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.desk import DeskScreen
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Stage
from sitmon.views.tui.widgets.lines import Lines

FLUSH: Final = 0.2
"""Seconds between two scenes, however many updates come between them; where nothing comes, nothing wakes."""
SHORTEST: Final = 3.0
"""Seconds that a word to the officer stands, at least."""
LETTERS_A_SECOND: Final = 15


class Base(App[None]):
    """The ground that the program's parts stand on."""

    def __init__(self, port: Port, look: Look | None = None) -> None:
        super().__init__()
        self._port = port
        self._stage = Stage(port.area)
        self._look = look or Look(DARK)
        self._new = True
        self._saying: Timer | None = None
        """Ends what is said to the officer just now."""
        self._unsaid: Callable[[], None] = lambda: None
        for palette in PALETTES.values():
            self.register_theme(theme(palette))
        self.theme = self._look.palette.name
        self._desk: DeskScreen
        """Made when the program starts."""

    def say(self, text: str) -> None:
        """Tell the officer something at the foot of what has the keys, in the place of the hints: nothing is covered.

        What was said before goes; this goes once it could be read.
        """
        self.hush()
        screen = self.screen
        teller = screen if isinstance(screen, Overlay) else self._desk
        teller.tell(text)
        self._unsaid = partial(teller.tell, "")
        self._saying = self.set_timer(max(SHORTEST, len(text) / LETTERS_A_SECOND), self.hush)

    def hush(self) -> None:
        """Take back what was said last, where it still stands."""
        if self._saying is not None:
            self._saying.stop()
            self._saying = None
            self._unsaid()

    def on_told(self, message: Told) -> None:
        self.say(message.text)

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
