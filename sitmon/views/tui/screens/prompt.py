"""A question in, the one line that the officer types out, or None where it was left with escape."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from sitmon.views.tui.ink import Look


def needed(text: str) -> str | None:
    """Take any words, but some."""
    return None if text.strip() else "some words are needed; esc leaves"


class PromptScreen(ModalScreen[str | None]):
    """One line to type, checked when it is sent."""

    BINDINGS = [("escape", "leave", "leave")]

    def __init__(self, look: Look, question: str, *, check: Callable[[str], str | None] = needed) -> None:
        """Ask a question; `check` returns what is wrong with an answer, or None."""
        super().__init__()
        self._look = look
        self._question = question
        self._check = check

    def compose(self) -> ComposeResult:
        self.set_class(self._look.ascii_only, "-ascii")
        line = Input(max_length=500, select_on_focus=False)
        line.cursor_blink = False
        with Vertical() as frame:
            frame.border_subtitle = Content("enter send - esc leave")
            yield Static(Content(self._look.sign(self._question)), markup=False)
            yield line
            yield Static("", id="wrong", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#wrong", Static).update(Content(""))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        wrong = self._check(event.value)
        if wrong is None:
            self.dismiss(" ".join(event.value.split()))
        else:
            self.query_one("#wrong", Static).update(Content(self._look.sign(wrong)))

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame leaves, as escape does."""
        if event.widget is self and self.is_current:
            self.action_leave()

    def action_leave(self) -> None:
        self.dismiss(None)
