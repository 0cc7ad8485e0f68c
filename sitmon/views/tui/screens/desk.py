"""The desk: two lines on top, the panes, one line of keys. Attributes go down by data binding; intents come up."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from sitmon.model.alert import Alert
from sitmon.views.tui import commands, messages
from sitmon.views.tui.filtering import read
from sitmon.views.tui.ink import Look
from sitmon.views.tui.panes.activity import ActivityPane
from sitmon.views.tui.panes.alerts import AlertsPane, AlertStrip
from sitmon.views.tui.panes.feed import FeedPane
from sitmon.views.tui.panes.map import MapPane
from sitmon.views.tui.panes.quotes import QuotesPane
from sitmon.views.tui.panes.status import StatusPane
from sitmon.views.tui.plan import PANES, SMALLEST, PaneName, Plan, breadth, too_small
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.acting import ActingScreen
from sitmon.views.tui.screens.why import ItemScreen, WhyScreen
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.filter_line import FilterLine
from sitmon.views.tui.widgets.footer import Footer
from sitmon.views.tui.widgets.lines import Lines
from sitmon.views.tui.widgets.pane_area import PaneArea
from sitmon.views.tui.widgets.tabs import Tabs
from sitmon.views.tui.widgets.topbar import TopBar


class DeskScreen(ActingScreen):
    """The screen that is watched."""

    BINDINGS = commands.bindings("desk")

    scene: reactive[Scene | None] = reactive(None)
    """What the panes paint."""
    local_times: reactive[bool] = reactive(False)

    def __init__(self, port: Port, scene: Scene, look: Look) -> None:
        super().__init__(port)
        self._plan = Plan()
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
        yield TopBar().data_bind(scene=DeskScreen.bar, look=DeskScreen.look)
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
        past = self.bar is not None and self.bar.past is not None
        self.set_class(past, "-past")
        if self.is_mounted:
            self._footnote()

    def watch_look(self) -> None:
        self.set_class(self.look.ascii_only, "-ascii")

    # -- panes ------------------------------------------------------------------------------------------------------

    @property
    def pane(self) -> Lines[Any]:
        """The pane that the keys work on."""
        return self.query_one(f"#{self._plan.current}", Lines)

    @property
    def feed_follows(self) -> bool:
        """Whether nobody is reading old entries just now, so that they may be let go."""
        return all(pane.following for pane in self.query(FeedPane))

    def action_pane(self, name: PaneName) -> None:
        self._plan.current = name
        self.query_one(Tabs).current = name
        self.query_one(PaneArea).rearrange()
        self.pane.focus(scroll_visible=False)

    def action_next_pane(self, step: int = 1) -> None:
        names = [n for n in PANES if n in self._plan.regions(self.query_one("#panes").size)]
        names = names if len(names) > 1 and not self._plan.zoomed else list(PANES)
        at = names.index(self._plan.current) if self._plan.current in names else 0
        self.action_pane(names[(at + step) % len(names)])

    def action_previous_pane(self) -> None:
        self.action_next_pane(-1)

    def action_left(self) -> None:
        if not (isinstance(self.pane, MapPane) and self.pane.aside(-1)):
            self.action_next_pane(-1)

    def action_right(self) -> None:
        if not (isinstance(self.pane, MapPane) and self.pane.aside(1)):
            self.action_next_pane()

    def action_zoom(self) -> None:
        self._plan.zoomed = not self._plan.zoomed
        self.query_one(PaneArea).rearrange()

    def action_sort(self) -> None:
        self.pane.next_order()

    def action_map_view(self) -> None:
        self.action_pane("map")
        self.pane.next_order()
        self.pane.retitle()

    def action_times(self) -> None:
        self.local_times = not self.local_times

    def on_resize(self) -> None:
        size = self.app.size
        self._plan.small = too_small(size.width, size.height)
        width, height = SMALLEST
        note = f"This terminal is too small: {width}x{height} is needed, it has {size.width}x{size.height}."
        self.query_one("#small", Static).update(Content(note))
        self._plan.kind = breadth(size.width, size.height)
        self.query_one(Tabs).display = self._plan.kind == "narrow"
        self.set_class(self._plan.kind == "narrow", "-narrow")
        self.query_one(PaneArea).rearrange()

    def on_descendant_focus(self) -> None:
        focused = self.focused
        if isinstance(focused, Lines) and focused.id in PANES and focused.id != self._plan.current:
            self._plan.current = focused.id
            self.query_one(Tabs).current = focused.id
            self.query_one(PaneArea).rearrange()

    def on_tabs_chosen(self, message: Tabs.Chosen) -> None:
        self.action_pane(message.name)

    # -- the filter -------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.query_one(FilterLine).begin(self.pane.wanted.text)

    def on_filter_typed(self, message: messages.FilterTyped) -> None:
        self.pane.choose(read(message.text))
        self._entitle(self.pane)
        if message.done:
            self.pane.focus(scroll_visible=False)

    def _entitle(self, pane: Lines[Any]) -> None:
        title = pane.BORDER_TITLE or ""
        pane.border_title = Content(f"{title}  /{pane.wanted.text}" if pane.wanted else title)
        self._footnote()

    def _footnote(self) -> None:
        looking_back = self.bar is not None and self.bar.past is not None
        wanted = self.pane.wanted
        note = "PAST [ ] step · esc present" if looking_back else f"/{wanted.text} · esc clears" if wanted else ""
        self.query_one(Footer).note = note

    def action_leave(self) -> None:
        if self.bar is not None and self.bar.past is not None:
            self.post_message(messages.PresentWanted())
        elif self.pane.wanted:
            self.on_filter_typed(messages.FilterTyped("", done=True))
        elif self._plan.zoomed:
            self.action_zoom()

    # -- what the panes ask for -------------------------------------------------------------------------------------

    def on_place_opened(self, message: messages.PlaceOpened) -> None:
        self._why(message.code)

    def on_alert_opened(self, message: messages.AlertOpened) -> None:
        self._why(message.alert.place.code if message.alert.place else "", message.alert)

    def on_entry_opened(self, message: messages.EntryOpened) -> None:
        if self.scene is not None:
            self.app.push_screen(ItemScreen(self.scene, self.look, message.entry))

    def _why(self, code: str, alert: Alert | None = None) -> None:
        scene = self.scene
        if scene is None:
            return
        row = self.pane
        codes = tuple(s.place.code for s in (row.rows if isinstance(row, StatusPane | MapPane) else scene.statuses))
        self.app.push_screen(WhyScreen(self._port, scene, self.look, code, codes, alert=alert))
