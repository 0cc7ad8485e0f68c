"""The desk: two lines on top, the panes, one line of keys. Attributes go down by data binding; intents come up."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widgets import Static

from sitmon.model.alert import Alert
from sitmon.views.tui import commands, messages
from sitmon.views.tui.ink import Look
from sitmon.views.tui.panes.activity import ActivityPane
from sitmon.views.tui.panes.alerts import AlertsPane, AlertStrip
from sitmon.views.tui.panes.feed import FeedPane
from sitmon.views.tui.panes.map import MapPane
from sitmon.views.tui.panes.quotes import QuotesPane
from sitmon.views.tui.panes.status import StatusPane
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.setting import SettingScreen
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.filter_line import FilterLine
from sitmon.views.tui.widgets.footer import Footer
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.pane_area import PaneArea
from sitmon.views.tui.widgets.tabs import Tabs
from sitmon.views.tui.widgets.topbar import TopBar


class DeskScreen(SettingScreen):
    """The screen that is watched."""

    BINDINGS = commands.bindings("desk")

    scene: reactive[Scene | None] = reactive(None, repaint=False)
    """What the panes paint; they know themselves which of their lines say something new."""

    def __init__(self, port: Port, scene: Scene, look: Look) -> None:
        super().__init__(port)
        self.set_reactive(DeskScreen.scene, scene)
        self.set_reactive(DeskScreen.bar, scene)
        self.set_reactive(DeskScreen.look, look)

    def compose(self) -> ComposeResult:
        panes: list[Lines[Any]] = [
            StatusPane(id="status"),
            MapPane(id="map"),
            AlertsPane(id="alerts"),
            QuotesPane(id="quotes"),
            FeedPane(id="feed"),
            ActivityPane(id="activity"),
            AlertStrip(id="strip"),
        ]
        yield TopBar().data_bind(scene=DeskScreen.bar, look=DeskScreen.look, local_times=DeskScreen.local_times)
        yield Tabs().data_bind(DeskScreen.scene, DeskScreen.look)
        with PaneArea(self._plan, id="panes"):
            for pane in panes:
                yield pane.data_bind(DeskScreen.scene, DeskScreen.look, DeskScreen.local_times)
            yield Static("", id="small", markup=False)
        yield FilterLine()
        yield Footer().data_bind(DeskScreen.look)

    def on_mount(self) -> None:
        self.watch_look()
        self.action_pane("status")

    def watch_bar(self) -> None:
        self.set_class(self._looks_back, "-past")
        if self.is_mounted:
            self.footnote()
            self.ask_for_room()

    def watch_look(self) -> None:
        self.set_class(self.look.ascii_only, "-ascii")

    @property
    def _looks_back(self) -> bool:
        return self.bar is not None and self.bar.past is not None

    # -- the filter -------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.query_one(FilterLine).begin(self.pane.wanted.text)

    def on_filter_typed(self, message: messages.FilterTyped) -> None:
        self.filter_pane(self.pane, message.text)
        if message.done:
            self.pane.focus(scroll_visible=False)

    def footnote(self) -> None:
        wanted = self.pane.wanted
        filtered = f"/{wanted.text} · esc clears" if wanted else ""
        self.query_one(Footer).note = "PAST [ ] step · esc present" if self._looks_back else filtered

    def tell(self, text: str) -> None:
        """Say something in the last line, in the place of the keys; nothing: the keys again."""
        self.query_one(Footer).says = text

    def action_leave(self) -> None:
        if self._looks_back:
            self.post_message(messages.PresentWanted())
        elif self.pane.wanted:
            self.on_filter_typed(messages.FilterTyped("", done=True))
        elif self._plan.zoomed:
            self.action_zoom()

    # -- what the panes ask for -------------------------------------------------------------------------------------

    async def on_command_wanted(self, message: messages.CommandWanted) -> None:
        """A click on what stands for a key does what the key does."""
        command = commands.BY_ID[message.command]
        owner = {"app": self.app, "pane": self.pane}.get(command.scope, self)
        await self.app.run_action(command.action, owner)

    def on_place_opened(self, message: messages.PlaceOpened) -> None:
        self._why(message.code)

    def on_alert_opened(self, message: messages.AlertOpened) -> None:
        self._why(message.alert.place.code if message.alert.place else "", message.alert)

    def on_entry_opened(self, message: messages.EntryOpened) -> None:
        from sitmon.views.tui.screens.why import ItemScreen  # only here: what it needs would hold up the first frame

        if self.scene is not None:
            self.app.push_screen(ItemScreen(self.scene, self.look, message.entry))

    def on_count_opened(self, message: messages.CountOpened) -> None:
        from sitmon.views.tui.screens.why import CountScreen  # only here, as above

        if self.scene is not None:
            self.app.push_screen(CountScreen(self.scene, self.look, message.kind))

    def _why(self, code: str, alert: Alert | None = None) -> None:
        from sitmon.views.tui.screens.why import WhyScreen  # only here, as above

        scene = self.scene
        if scene is None:
            return
        pane = self.pane
        codes = tuple(s.place.code for s in (pane.rows if isinstance(pane, StatusPane | MapPane) else scene.statuses))
        self.app.push_screen(WhyScreen(self._port, scene, self.look, code, codes, alert=alert))
