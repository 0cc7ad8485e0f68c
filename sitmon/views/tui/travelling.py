"""The part of the desk's program that moves in time: through the changes, to a moment, faster, slower."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime
from typing import Final

from textual import work

from sitmon.views.moments import FORMS, moment
from sitmon.views.tui.base import Base
from sitmon.views.tui.screens.prompt import PromptScreen
from sitmon.views.wording import stamp

PAGE: Final = 500
"""Entries that are read from the log at a time."""


class Travelling(Base):
    """Looks back at the picture as it was known at a moment. What comes in meanwhile waits on the stage."""

    def action_step(self, step: int) -> None:
        """Go to the change before or after the moment that is shown; after the last one is the present."""
        changes = self._stage.changes
        scene = self._stage.scene(self._port.now())
        if step < 0:
            at = bisect_left(changes, scene.shown) - 1
            if at < 0:
                self.say("no change is known from before this")
            else:
                self.visit(changes[at])
            return
        if scene.past is None:
            self.say("this is the present")
            return
        at = bisect_right(changes, scene.past)
        if at < len(changes):
            self.visit(changes[at])
        else:
            self.come_back()

    @work
    async def action_jump(self) -> None:
        """Ask for a time and go there."""
        shown = self._stage.scene(self._port.now()).shown
        now = self._stage.present(self._port.now()).now

        def mistake(text: str) -> str | None:
            found = moment(text, shown)
            if found is None:
                return f"no time; {FORMS}"
            return "that is still to come" if found > now and text.strip() != "now" else None

        text = await self.push_screen_wait(PromptScreen(self._look, f"To which time (UTC)? {FORMS}", check=mistake))
        if text is None:
            return
        if text == "now":
            self.come_back()
        elif (found := moment(text, shown)) is not None:
            self.visit(found)

    @work(exclusive=True, group="past")
    async def visit(self, at: datetime) -> None:
        """Show the picture as it was known at a moment."""
        self.say(f"folding the log as known at {stamp(at, at.tzinfo)} …")  # type: ignore[arg-type]
        self._stage.look_at(*await self._port.past(at, PAGE))
        self.renew()
        self.hush()

    def come_back(self) -> None:
        """Show the present again."""
        if self._stage.scene().past is not None:
            self.workers.cancel_group(self, "past")
            self._stage.look_at(None)
            self.renew()

    def on_present_wanted(self) -> None:
        self.come_back()

    def action_pace(self, factor: float) -> None:
        """Play a replay faster or slower."""
        speed, scene = self._port.pace(factor), self._stage.scene()
        if speed is not None:
            self.say(f"{speed:,.0f} times as fast as life")
        elif scene.live:
            self.say("this is live: only a replay has a speed")
        else:
            self.say("the replay has ended" if scene.ended else "the replay has not begun yet")
