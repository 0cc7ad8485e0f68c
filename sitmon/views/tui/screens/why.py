"""The why-views: what is behind a status, an alert or a count; one item. They ask the port and show what comes."""

from __future__ import annotations

from textual import work

from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.picture import Status
from sitmon.model.place import PlaceRef
from sitmon.views.tui import commands, counted, dossier, messages
from sitmon.views.tui.dossier import Grounds
from sitmon.views.tui.ink import Look
from sitmon.views.tui.port import Port
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.tally import Kind
from sitmon.views.tui.widgets.reader import Reader
from sitmon.views.tui.widgets.zones import zone_of

HINT = "esc close · enter item · o source · y copy"


class WhyScreen(Overlay[None]):
    """Why a place has its status; opened from an alert, why that was raised."""

    BINDINGS = commands.bindings("why")

    def __init__(
        self, port: Port, scene: Scene, look: Look, code: str, codes: tuple[str, ...], *, alert: Alert | None = None
    ) -> None:
        """Show a place by its code; `codes` are the places in the order in which n and p go through them."""
        super().__init__(scene, look)
        self._port = port
        self._code = code
        self._codes = codes
        self._alert = alert

    def page(self) -> Reader:
        return Reader()

    def on_mount(self) -> None:
        self._load()

    @work(exclusive=True)
    async def _load(self) -> None:
        scene = self.scene
        assert scene is not None
        status = _status_of(scene, self._code)
        why = await self._port.explain(self._code, scene.past) if status is not None else None
        entries = await self._port.entries(dossier.items_behind(why, self._alert))
        grounds = Grounds.of(entries, why)
        zone = zone_of(None, False)
        if status is None and self._alert is not None:
            title, blocks = "Alert", dossier.of_alert(scene, self._alert, grounds, zone)
        else:
            assert status is not None
            title = f"{scene.province(status.place.province)} · {status.place.name}"
            blocks = dossier.of_place(scene, why.status if why else status, grounds, zone, alert=self._alert)
        self.query_one(Reader).show(blocks)
        more = " · n/p next/previous place" if len(self._codes) > 1 else ""
        self.entitle(self.look.sign(title), HINT + more)

    def action_next_place(self, step: int) -> None:
        if self._code in self._codes:
            self._code = self._codes[(self._codes.index(self._code) + step) % len(self._codes)]
            self._alert = None
            self._load()

    def on_entry_opened(self, message: messages.EntryOpened) -> None:
        message.stop()
        assert self.scene is not None
        self.app.push_screen(ItemScreen(self.scene, self.look, message.entry))


class ItemScreen(Overlay[None]):
    """One item in full: its text in its own script, what was found in it, its link."""

    def __init__(self, scene: Scene, look: Look, entry: Entry) -> None:
        super().__init__(scene, look)
        self._entry = entry

    def page(self) -> Reader:
        return Reader(lit=False)

    def on_mount(self) -> None:
        assert self.scene is not None
        self.query_one(Reader).show(dossier.of_entry(self.scene, self._entry, zone_of(None, False)))
        self.entitle("Item", "esc close · o open link · y copy")

    def on_entry_opened(self, message: messages.EntryOpened) -> None:
        message.stop()  # it is open already


class CountScreen(Overlay[None]):
    """What a row of bars has counted in the last day."""

    def __init__(self, scene: Scene, look: Look, kind: Kind) -> None:
        super().__init__(scene, look)
        self._kind = kind

    def page(self) -> Reader:
        return Reader()

    def on_mount(self) -> None:
        assert self.scene is not None
        self.query_one(Reader).show(counted.blocks_of(self.scene, self._kind, zone_of(None, False)))
        self.entitle(counted.title_of(self.scene, self._kind), HINT)

    def on_entry_opened(self, message: messages.EntryOpened) -> None:
        message.stop()
        assert self.scene is not None
        self.app.push_screen(ItemScreen(self.scene, self.look, message.entry))


def _status_of(scene: Scene, code: str) -> Status | None:
    found = next((s for s in scene.statuses if s.place.code == code), None) or scene.picture.statuses.get(code)
    if found is None and (place := scene.area.places.get(code)) is not None and place.kind == "city":
        return Status(PlaceRef(place.code, place.name, place.kind, place.province), "unknown", "assumed")
    return found
