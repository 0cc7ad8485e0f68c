"""The desk's program: it takes updates from the port, and a few times a second hands one scene down to the screens.

It does no work that takes long, because the keys wait for it. Behind the port items are classified in another process
and the log is read on a thread; what is folded into the picture on this very loop is done in slices that let it turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from textual import work
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from sitmon.model.terms import Severity
from sitmon.views.tui import commands, messages
from sitmon.views.tui.attention import Attention, Notify
from sitmon.views.tui.guard import NO_CONTROL
from sitmon.views.tui.ink import Look
from sitmon.views.tui.lasting import lasting
from sitmon.views.tui.offering import Offering
from sitmon.views.tui.palette import DARK, PALETTES
from sitmon.views.tui.port import Port
from sitmon.views.tui.reaching import Reaching
from sitmon.views.tui.screens.choice import QUIT, ChoiceScreen, LeavingScreen
from sitmon.views.tui.screens.desk import DeskScreen
from sitmon.views.tui.travelling import PAGE, Travelling
from sitmon.views.tui.widgets.topbar import TopBar

GRAVE: Final[tuple[Severity, ...]] = ("Extreme", "Severe")
"""While an alert of these is open, nobody leaves without being asked."""
PAGES: Final = 20
"""Pages of the log that are searched at a time for what passes a filter."""


class Desk(Offering, Reaching, Travelling):
    """The program that an officer watches."""

    TITLE = "sitmon"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = commands.bindings("app")
    CSS_PATH = "desk.tcss"

    def __init__(
        self,
        port: Port,
        *,
        theme_name: str = "dark",
        ascii_only: bool = False,
        notify: Notify = "bell",
        memory: Path | None = None,
    ) -> None:
        """Make a desk on a port. `theme_name`: dark, light, contrast or safe. `memory`: the file it remembers by."""
        super().__init__(port, Look(PALETTES.get(f"sitmon-{theme_name}", DARK), ascii_only), memory)
        self._attention = Attention(notify, bell=self.bell, write=self._send)

    def _send(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    def get_driver_class(self) -> type[Driver]:
        """Take the platform's driver, but never wait for a terminal that has gone."""
        return lasting(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no control character through to the terminal, whoever painted it."""
        return [*super().get_line_filters(), NO_CONTROL]

    def get_default_screen(self) -> Screen[None]:
        few = self.console.color_system == "standard"
        self._look = replace(self._look, few_colours=few)
        self._desk = DeskScreen(self._port, self._stage.scene(self._port.now()), self._look)
        return self._desk

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(self.follow)

    def on_unmount(self) -> None:
        with suppress(OSError):  # a terminal that has gone takes no title back
            self._attention.leave()
        self.remember()

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Take every update of the port until the last."""
        async for update in await self._port.subscribe():
            first = not self._stage.scene().started or self._stage.scene().kept
            self._stage.take(update)
            self._attention.entitle(len(self._stage.present().unacknowledged))
            if first:
                self.renew()  # the first scene is what the officer waits for
                self._tick()
            else:
                self.look_anew()
                self._attention.call(update.alerts, self._port.now())

    def _tick(self) -> None:
        for bar in self._desk.query(TopBar):  # none while the screen is made or taken down
            bar.now = self._port.now()

    def action_pause(self) -> None:
        if not self._stage.paused:
            self.renew()  # what stands still is what has come until now
        self._stage.pause(not self._stage.paused, self._port.now())
        self.renew()

    def action_refresh_sources(self) -> None:
        if self._port.refresh():
            self.say("asking every source")
        elif self._stage.scene().live:
            self.say("the log is still being read; the sources are asked right after it")
        else:
            self.say("a replay asks nobody: its items come from recorded files")

    @work
    async def action_leave_desk(self) -> None:
        scene = self._stage.present()
        grave = Counter(a.severity for a in scene.unacknowledged if a.severity in GRAVE)
        if grave and not isinstance(self.screen, ChoiceScreen):
            numbers = " and ".join(f"{grave[s]} {s.lower()}" for s in GRAVE if grave[s])
            says = f"{numbers} {'alert is' if grave.total() == 1 else 'alerts are'} open"
            if await self.push_screen_wait(LeavingScreen(scene, self._look, says)) != QUIT:
                return
        self.exit()

    def action_help_quit(self) -> None:
        """Say which key it is, to whoever presses that of other programs (ctrl+c)."""
        self.say("q quits")

    async def action_quit(self) -> None:
        """The framework's own key for it (ctrl+q) asks too."""
        self.action_leave_desk()

    @work(exclusive=True, group="older")
    async def on_end_reached(self, message: messages.EndReached) -> None:
        """Read the next page of the log when the oldest loaded entry has been reached.

        Under a filter, further pages until one holds something that passes it; another key press goes on from there.
        """
        rows, oldest = len(self._desk.pane.rows), message.oldest
        for _ in range(PAGES):
            page = await self._port.older(oldest, PAGE)
            found = self._stage.older(page)
            self.renew()
            if not found or len(self._desk.pane.rows) != rows:
                return
            oldest = page[0]

    @work(exclusive=True, group="older")
    async def on_newest_wanted(self) -> None:
        """Read the newest page of the log anew: it had been let go while older ones were read."""
        self._stage.newest(await self._port.newest(PAGE))
        self.renew()
