"""The line at the bottom where a filter is typed; it asks for the filter with every letter."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input, Label

from sitmon.views.tui import messages


class FilterLine(Container):
    """A slash and an input; hidden while nothing is typed."""

    BINDINGS = [("escape", "give_up", "clear the filter")]

    def compose(self) -> ComposeResult:
        yield Label("/", markup=False)
        line = Input(placeholder="words  -without  place:  source:  type:  side:  basis:", select_on_focus=False)
        line.cursor_blink = False
        yield line

    def begin(self, text: str) -> None:
        """Open with the filter as it stands."""
        self.add_class("-open")
        line = self.query_one(Input)
        line.value = text
        line.cursor_position = len(text)
        line.focus(scroll_visible=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.has_class("-open"):
            self.post_message(messages.FilterTyped(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close(event.value)

    def action_give_up(self) -> None:
        self._close("")

    def _close(self, text: str) -> None:
        self.remove_class("-open")
        self.post_message(messages.FilterTyped(text, done=True))
