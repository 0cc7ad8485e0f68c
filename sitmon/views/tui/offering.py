"""The part of the desk's program that offers its own pages: the keys, the sources, the palette, the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from textual.app import SystemCommand
from textual.command import CommandPalette
from textual.screen import Screen

from sitmon.views.tui import commands
from sitmon.views.tui.palette import PALETTES
from sitmon.views.tui.plan import too_small
from sitmon.views.tui.remembering import Remembering
from sitmon.views.tui.screens.desk import DeskScreen
from sitmon.views.tui.screens.help import HelpScreen
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.screens.sources import SourcesScreen


class Offering(Remembering):
    """Opens pages above the desk, and lists what can be done."""

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield what the palette offers: the table of commands, in its words, and the saved views by name."""
        for command in commands.COMMANDS:
            if command.palette:
                says = command.help[0].upper() + command.help[1:]
                yield SystemCommand(says, f"key: {command.shown}", self._run(command))
        for number, name in enumerate(self.views, 1):
            yield SystemCommand(f"View: {name}", f"key: v {number}", partial(self.show_view, name))

    def _run(self, command: commands.Command) -> Callable[[], Any]:
        async def run() -> None:
            await self.run_action(command.action, self if command.scope == "app" else self._desk)

        return run

    def on_resize(self) -> None:
        """Close the framework's palette in a terminal that is too small: its keys fail where no line of it is seen."""
        if too_small(self.size.width, self.size.height) and isinstance(self.screen, CommandPalette):
            self.screen.dismiss()

    def action_help(self) -> None:
        self._open(HelpScreen)

    def action_sources(self) -> None:
        self._open(SourcesScreen)

    def _open(self, kind: type[HelpScreen] | type[SourcesScreen]) -> None:
        if not any(isinstance(screen, kind) for screen in self.screen_stack):
            self.push_screen(kind(self._stage.scene(self._port.now()), self._look))

    def action_theme(self) -> None:
        """Go to the next theme and name it."""
        names = list(PALETTES)
        palette = PALETTES[names[(names.index(self._look.palette.name) + 1) % len(names)]]
        self._look = replace(self._look, palette=palette)
        self.theme = palette.name
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | Overlay):
                screen.look = self._look
        self.say(f"theme: {palette.says}")
