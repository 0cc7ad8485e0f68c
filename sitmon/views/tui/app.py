"""The desk's program: it takes updates from the port, and a few times a second hands one scene down to the screens.

No work is done here that takes long: reading, classifying and folding happen behind the port, in other processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from textual import events, work
from textual.app import SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from sitmon.views.tui import commands, messages, remembered
from sitmon.views.tui.attention import Attention, Notify
from sitmon.views.tui.guard import NO_CONTROL
from sitmon.views.tui.ink import Look
from sitmon.views.tui.palette import DARK, PALETTES
from sitmon.views.tui.port import Port
from sitmon.views.tui.reaching import Reaching
from sitmon.views.tui.screens.choice import ChoiceScreen
from sitmon.views.tui.screens.desk import DeskScreen
from sitmon.views.tui.screens.help import HelpScreen
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.screens.sources import SourcesScreen
from sitmon.views.tui.travelling import Travelling
from sitmon.views.tui.widgets.topbar import TopBar

FLUSH = 0.2
"""Seconds between two scenes, however many updates come between them."""
PAGE = 500
"""Entries that are read from the log when the oldest that is loaded has been reached."""
AWAY = timedelta(minutes=10)
"""An officer who has touched no key for so long has been away: what came meanwhile is marked when they are back."""


class Desk(Reaching, Travelling):
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
        """Make a desk on a port. `theme_name`: dark, light or contrast. `memory`: the file that a desk remembers by."""
        self._memory = memory
        self._remembered = remembered.load(memory) if memory else remembered.Remembered()
        super().__init__(port, Look(PALETTES.get(f"sitmon-{theme_name}", DARK), ascii_only))
        self._attention = Attention(notify, bell=self.bell, write=self._send)
        self._stage.looked(self._remembered.looked)
        self._touched: datetime | None = None

    def _send(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no control character through to the terminal, whoever painted it."""
        return [*super().get_line_filters(), NO_CONTROL]

    def get_default_screen(self) -> Screen[None]:
        few = self.console.color_system == "standard"
        self._look = replace(self._look, few_colours=few)
        self._desk = DeskScreen(self._port, self._stage.scene(self._port.now()), self._look)
        return self._desk

    def on_mount(self) -> None:
        self.set_interval(FLUSH, self.flush)
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(self.follow)

    def on_unmount(self) -> None:
        with suppress(OSError):  # a terminal that has gone takes no title back
            self._attention.leave()
        self._remember()

    def _remember(self) -> None:
        if self._memory is not None:
            looked = self._touched or self._remembered.looked
            self._remembered = replace(self._remembered, looked=looked)
            remembered.save(self._memory, self._remembered)

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Take every update of the port until the last."""
        async for update in await self._port.subscribe():
            first = not self._stage.scene().started
            self._stage.take(update)
            self._new = True
            self._attention.entitle(len(self._stage.present().unacknowledged))
            if first:
                self.flush()  # the first scene is what the officer waits for
                self._tick()
            else:
                self._attention.call(update.alerts, self._port.now())

    def _tick(self) -> None:
        for bar in self._desk.query(TopBar):  # none while the screen is made or taken down
            bar.now = self._port.now()

    async def on_event(self, event: events.Event) -> None:
        """Note when the officer was here; after a time away, what came meanwhile is marked as new."""
        if isinstance(event, events.Key | events.MouseDown):
            now = self._port.now()
            if self._touched is not None and now - self._touched > AWAY:
                self._stage.looked(self._touched)
                self._new = True
            self._touched = now
        await super().on_event(event)

    # -- commands ---------------------------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield what the palette offers: the table of commands, in its words."""
        for command in commands.COMMANDS:
            if command.palette:
                says = command.help[0].upper() + command.help[1:]
                yield SystemCommand(says, f"key: {command.shown}", self._run(command))

    def _run(self, command: commands.Command) -> Any:
        async def run() -> None:
            await self.run_action(command.action, self if command.scope == "app" else self._desk)

        return run

    def action_help(self) -> None:
        self._open(HelpScreen)

    def action_sources(self) -> None:
        self._open(SourcesScreen)

    def _open(self, kind: type[HelpScreen] | type[SourcesScreen]) -> None:
        if not any(isinstance(screen, kind) for screen in self.screen_stack):
            self.push_screen(kind(self._stage.scene(self._port.now()), self._look))

    def action_theme(self) -> None:
        names = list(PALETTES)
        palette = PALETTES[names[(names.index(self._look.palette.name) + 1) % len(names)]]
        self._look = replace(self._look, palette=palette)
        self.theme = palette.name
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | Overlay):
                screen.look = self._look

    def action_pause(self) -> None:
        self._stage.pause(not self._stage.paused)
        self.renew()

    def action_looked(self) -> None:
        """Everything that is shown has been looked at."""
        self._stage.looked(self._stage.present(self._port.now()).now)
        self.renew()
        self.say("all looked at; what comes from now on is marked after a time away")

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
        grave = [a for a in scene.unacknowledged if a.severity == "Extreme"]
        if grave and not isinstance(self.screen, ChoiceScreen):
            question = ChoiceScreen(scene, self._look, f"{len(grave)} extreme alerts are open", ["stay", "quit"])
            if await self.push_screen_wait(question) != "quit":
                return
        self.exit()

    @work(exclusive=True, group="older")
    async def on_end_reached(self, message: messages.EndReached) -> None:
        """Read the next page of the log when the oldest loaded entry has been reached."""
        if self._stage.add(await self._port.older(message.oldest, PAGE)):
            self._new = True
