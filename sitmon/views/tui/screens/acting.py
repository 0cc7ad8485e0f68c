"""The half of the desk's screen that carries out what an officer does to alerts and places, with reasons."""

from __future__ import annotations

from typing import Any

from textual import work
from textual.reactive import reactive
from textual.screen import Screen

from sitmon.model.alert import Alert
from sitmon.model.picture import Status
from sitmon.model.terms import HOLDERS
from sitmon.views.tui import messages
from sitmon.views.tui.hands import SPANS, Hands
from sitmon.views.tui.ink import Look
from sitmon.views.tui.panes.alerts import AlertsPane
from sitmon.views.tui.plan import PaneName
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.choice import ChoiceScreen
from sitmon.views.tui.screens.prompt import PromptScreen
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines


class ActingScreen(Screen[None]):
    """A screen whose keys change what the desk keeps."""

    bar: reactive[Scene | None] = reactive(None, repaint=False)
    """What the top bar paints: it goes on while the panes are paused."""
    look: reactive[Look] = reactive(Look, repaint=False)

    def __init__(self, port: Port) -> None:
        super().__init__()
        self._port = port
        self._hands = Hands(port)

    @property
    def pane(self) -> Lines[Any]:
        """The pane that the keys work on."""
        raise NotImplementedError

    def action_pane(self, name: PaneName) -> None:
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Tell the officer something in a line at the foot of the screen."""
        self.post_message(messages.Told(text))

    def _alerts(self) -> list[Alert]:
        """Return the alerts that the keys mean: the one under the cursor; of a place, its own; else the newest."""
        row, scene = self.pane.current, self.bar
        if scene is None:
            return []
        if isinstance(row, Alert):
            return [row]
        if isinstance(row, Status):
            return [a for a in scene.unacknowledged if a.place is not None and a.place.code == row.place.code]
        return list(scene.unacknowledged[-1:])

    def _place(self) -> tuple[str, str] | None:
        """Return the code and the name of the place under the cursor."""
        row = self.pane.current
        place = row.place if isinstance(row, Alert | Status) else None
        return (place.code, place.name) if place else None

    @work
    async def action_acknowledge(self) -> None:
        self.say(await self._hands.acknowledge(self._alerts()))

    @work
    async def action_acknowledge_all(self) -> None:
        shown = self.query_one("#alerts", AlertsPane).rows
        self.say(await self._hands.acknowledge(shown))

    @work
    async def action_undo(self) -> None:
        self.say(await self._hands.undo())

    @work
    async def action_silence(self) -> None:
        alerts, scene = self._alerts(), self.bar
        if not alerts or scene is None:
            self.say("no alert here to silence")
            return
        question = ChoiceScreen(scene, self.look, "Silence for how long?", list(SPANS))
        answer = await self.app.push_screen_wait(question)
        if answer is not None:
            self.say(await self._hands.silence(alerts[0], answer, self._port.now()))

    def action_oldest(self) -> None:
        self.action_pane("alerts")
        pane = self.query_one("#alerts", AlertsPane)
        oldest = next(iter(self.bar.unacknowledged if self.bar else ()), None)
        if oldest is not None and oldest.id in (ids := [a.id for a in pane.rows]):
            pane.go(ids.index(oldest.id))

    @work
    async def action_note(self) -> None:
        row, place = self.pane.current, self._place()
        subject = (row.id, row.title) if isinstance(row, Alert) else place
        if subject is None:
            self.say("a note is about an alert or a place: put the cursor on one")
            return
        text = await self.app.push_screen_wait(PromptScreen(self.look, f"Note about {subject[1]}"))
        if text is not None:
            self.say(await self._hands.note(*subject, text))

    @work
    async def action_override(self) -> None:
        place, scene = self._place(), self.bar
        if place is None or scene is None:
            self.say("an override is about a place: put the cursor on one")
            return
        words = {scene.area.words.get(holder, holder): holder for holder in HOLDERS}
        question = ChoiceScreen(scene, self.look, f"Who holds {place[1]}, by the desk's own word?", list(words))
        chosen = await self.app.push_screen_wait(question)
        if chosen is None:
            return
        reason = await self.app.push_screen_wait(PromptScreen(self.look, f"{place[1]}: {chosen}. On what grounds?"))
        if reason is not None:
            self.say(await self._hands.override(*place, words[chosen], reason))

    @work
    async def action_handover(self) -> None:
        question = PromptScreen(self.look, "Hand the desk over. A word for the next officer?")
        reason = await self.app.push_screen_wait(question)
        if reason is not None:
            self.say(await self._hands.hand_over(reason))
