"""The part of the desk's program that remembers: when the officer last looked, and the views that they saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from textual import events, work

from sitmon.views.tui import remembered
from sitmon.views.tui.base import Base
from sitmon.views.tui.ink import Look
from sitmon.views.tui.port import Port
from sitmon.views.tui.remembered import LONGEST_NAME, VIEWS, Remembered
from sitmon.views.tui.screens.choice import ChoiceScreen
from sitmon.views.tui.screens.prompt import PromptScreen

AWAY: Final = timedelta(minutes=10)
"""An officer who has touched no key for so long has been away: what came meanwhile is marked when they are back."""


class Remembering(Base):
    """Keeps what a desk remembers from one sitting to the next. Without a file, for this sitting only."""

    def __init__(self, port: Port, look: Look, memory: Path | None = None) -> None:
        super().__init__(port, look)
        self._memory = memory
        self._remembered = remembered.load(memory) if memory else Remembered()
        self._stage.looked(self._remembered.looked)
        self._touched: datetime | None = None

    async def on_event(self, event: events.Event) -> None:
        """Note when the officer was here; after a time away, what came meanwhile is marked as new."""
        if isinstance(event, events.Key | events.MouseDown):
            now = self._port.now()
            # A replay's clock says nothing of how long an officer was away.
            if self._touched is not None and now - self._touched > AWAY and self._stage.scene().live:
                self._stage.looked(self._touched)
                self.look_anew()
            self._touched = now
        await super().on_event(event)

    def remember(self) -> None:
        """Write down what is remembered, where there is a file for it."""
        if self._memory is not None:
            self._remembered = replace(self._remembered, looked=self._touched or self._remembered.looked)
            remembered.save(self._memory, self._remembered)

    def action_looked(self) -> None:
        """Everything that is shown has been looked at."""
        self._stage.looked(self._stage.present(self._port.now()).shown)
        self.renew()
        self.say("all looked at; what comes from now on is marked after a time away")

    @property
    def views(self) -> tuple[str, ...]:
        """The names of the saved views, in the order in which their keys stand."""
        return tuple(self._remembered.views)

    @work
    async def action_save_view(self) -> None:
        """Ask for a name, and keep under it how the panes are set."""

        def mistake(text: str) -> str | None:
            name = " ".join(text.split())
            if not 0 < len(name) <= LONGEST_NAME:
                return f"a name of 1 to {LONGEST_NAME} letters is needed; esc leaves"
            full = len(self.views) >= VIEWS and name not in self.views
            return f"{VIEWS} views are kept already: W forgets one" if full else None

        name = await self.push_screen_wait(PromptScreen(self._look, "Save this view under which name?", check=mistake))
        if name is None:
            return
        self._keep({**self._remembered.views, name: self._desk.view()})
        where = "" if self._memory is not None else " for this run"
        self.say(f"saved{where}: v {self.views.index(name) + 1} brings it back")

    @work
    async def action_views(self) -> None:
        """Let the officer choose a saved view, and set the panes so."""
        name = await self._chosen("Which view?")
        if name is not None:
            self.show_view(name)

    @work
    async def action_forget_view(self) -> None:
        """Let the officer choose a saved view to forget."""
        name = await self._chosen("Forget which view?")
        if name is not None:
            self._keep({kept: view for kept, view in self._remembered.views.items() if kept != name})
            self.say(f"forgotten: {name}")

    async def _chosen(self, question: str) -> str | None:
        if not self.views:
            self.say("no view is saved yet: w saves how the panes are set now")
            return None
        scene = self._stage.present(self._port.now())
        return await self.push_screen_wait(ChoiceScreen(scene, self._look, question, self.views))

    def show_view(self, name: str) -> None:
        """Set the panes as a saved view has them."""
        self._desk.set_view(self._remembered.views[name])
        self.say(f"view: {name}")

    def _keep(self, views: dict[str, remembered.View]) -> None:
        self._remembered = replace(self._remembered, views=views)
        self.remember()
