"""The desk's program: it takes updates from the port, and a few times a second hands one scene down to the screens.

No work is done here that takes long: reading, classifying and folding happen behind the port, in other processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from textual import work
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from sitmon.views.tui import commands, links, messages
from sitmon.views.tui.guard import NO_CONTROL
from sitmon.views.tui.ink import Look
from sitmon.views.tui.palette import DARK, PALETTES, theme
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.choice import ChoiceScreen
from sitmon.views.tui.screens.desk import DeskScreen
from sitmon.views.tui.screens.help import HelpScreen
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.screens.sources import SourcesScreen
from sitmon.views.tui.stage import Stage
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.topbar import TopBar

FLUSH = 0.2
"""Seconds between two scenes, however many updates come between them."""
PAGE = 500
"""Entries that are read from the log when the oldest that is loaded has been reached."""
BELL_EVERY = 30.0
"""Seconds between two bells."""


class Desk(App[None]):
    """The program that an officer watches."""

    TITLE = "sitmon"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = commands.bindings("app")
    CSS_PATH = "desk.tcss"

    def __init__(self, port: Port, *, theme_name: str = "dark", ascii_only: bool = False, bell: bool = True) -> None:
        """Make a desk on a port. `theme_name`: dark, light or contrast."""
        super().__init__()
        self._port = port
        self._stage = Stage(port.area)
        self._look = Look(PALETTES.get(f"sitmon-{theme_name}", DARK), ascii_only)
        self._new = True
        self._bell = bell
        self._rang = float("-inf")
        self._loading = False
        for palette in PALETTES.values():
            self.register_theme(theme(palette))
        self.theme = self._look.palette.name

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

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Take every update of the port until the last."""
        first = True
        async for update in await self._port.subscribe():
            self._stage.take(update)
            self._new = True
            grave = [a for a in update.alerts if a.state == "active" and a.severity in ("Extreme", "Severe")]
            if grave and not first:
                self._ring()
            if first:
                self.flush()  # the first scene is what the officer waits for
            first = False

    def flush(self) -> None:
        """Hand the newest scene down, if there is one."""
        if not self._new or not self._desk.is_mounted:
            return
        self._new = False
        if self._desk.feed_follows:
            self._stage.trim()
        scene = self._stage.scene(self._port.now())
        self._desk.bar = scene
        if self._stage.paused:
            return
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | Overlay):
                screen.scene = scene

    def _tick(self) -> None:
        for bar in self._desk.query(TopBar):  # none while the screen is made or taken down
            bar.now = self._port.now()

    def _ring(self) -> None:
        now = self._port.now().timestamp()
        if self._bell and now - self._rang >= BELL_EVERY:
            self._rang = now
            self.bell()

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
        self._new = True
        self.flush()

    def action_refresh_sources(self) -> None:
        self._port.refresh()
        self.notify("asking every source", markup=False, timeout=2)

    @work
    async def action_leave_desk(self) -> None:
        scene = self._stage.scene()
        grave = [a for a in scene.unacknowledged if a.severity == "Extreme"]
        if grave and not isinstance(self.screen, ChoiceScreen):
            question = ChoiceScreen(scene, self._look, f"{len(grave)} extreme alerts are open", ["stay", "quit"])
            if await self.push_screen_wait(question) != "quit":
                return
        self.exit()

    @work
    async def action_copy(self) -> None:
        row = self._row()
        if row is None:
            self.notify("nothing to copy here", markup=False, timeout=3)
            return
        pane, current = row
        way = "to tmux and the clipboard" if await links.to_tmux(pane.tells(current)) else "to the clipboard (OSC 52)"
        if way.endswith(")"):
            self.copy_to_clipboard(pane.tells(current))
        self.notify(f"copied {way}", markup=False, timeout=3)

    def action_link(self) -> None:
        row = self._row()
        url = row[0].link(row[1]) if row else None
        if url is None or not links.is_address(url):
            self.notify("no link here", markup=False, timeout=3)
        elif links.can_browse():
            self.open_url(url)
            self.notify(f"opened {url}", markup=False, timeout=3)
        else:
            self.copy_to_clipboard(url)
            self.notify(f"no browser here; copied {url}", markup=False, timeout=6)

    def _row(self) -> tuple[Lines[Any], Any] | None:
        pane = self.screen.query(Lines).first() if isinstance(self.screen, Overlay) else self._desk.pane
        return (pane, pane.current) if pane.current is not None else None

    @work(exclusive=True, group="older")
    async def on_end_reached(self, message: messages.EndReached) -> None:
        """Read the next page of the log when the oldest loaded entry has been reached."""
        if self._stage.add(await self._port.older(message.oldest, PAGE)):
            self._new = True
