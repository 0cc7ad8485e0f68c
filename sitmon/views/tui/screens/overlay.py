"""What stands above the desk: a titled frame over the dimmed panes, closed with escape."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen

from sitmon.views.tui import commands
from sitmon.views.tui.ink import Look
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines

T = TypeVar("T")
ABOVE: Final = ("copy", "link", "export", "refresh", "theme", "help", "sources")
"""What can be done on a page above the desk too."""


class Overlay(ModalScreen[T]):
    """One list or page in a frame. A subclass says which, and what follows from it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-broad")]
    # Above a modal screen the framework lets no key through to the program: what is meant for it is handed on.
    BINDINGS = [("escape,q", "close", "close"), *commands.bindings("app", only=ABOVE, of="app.")]

    scene: reactive[Scene | None] = reactive(None, repaint=False)
    look: reactive[Look] = reactive(Look, repaint=False)

    def __init__(self, scene: Scene, look: Look) -> None:
        super().__init__()
        self.set_reactive(Overlay.scene, scene)
        self.set_reactive(Overlay.look, look)

    def page(self) -> Lines[Any]:
        """Return the list or page that stands in the frame."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        self.set_class(self.look.ascii_only, "-ascii")
        yield self.page().data_bind(Overlay.scene, Overlay.look)

    def entitle(self, title: str, hint: str) -> None:
        """Write the frame's title and its keys."""
        page = self.query_one(Lines)
        page.border_title = Content(title)
        page.hint = hint
        page.retitle()

    def tell(self, text: str) -> None:
        """Say something at the frame's lower edge, in the place of its keys; nothing: the keys again."""
        for page in self.query(Lines):  # none once the frame has gone
            page.told = text
            page.retitle()

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame closes it, as escape does."""
        if event.widget is self and self.is_current:
            self.action_close()

    def action_close(self) -> None:
        self.dismiss()
