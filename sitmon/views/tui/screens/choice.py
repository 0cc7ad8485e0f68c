"""A question in, the officer's answer out, or None where it was left with escape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.binding import Binding
from textual.strip import Strip

from sitmon.views.tui.ink import Look, Pen, wrap
from sitmon.views.tui.screens.overlay import Overlay
from sitmon.views.tui.stage import Scene
from sitmon.views.tui.widgets.lines import Lines

DIGITS: Final = 9
WIDTH: Final = 56
"""Cells of the frame: the smallest terminal has room for it."""
AROUND: Final = 5
"""Of them, those of the frame, the gutter, the scroll bar and a space before that."""


STAY: Final = "stay"
QUIT: Final = "quit"


class Answers(Lines[str]):
    """The question, then the answers, one a line, each with the digit that gives it."""

    ONE_CLICK = True

    def __init__(self, question: str, answers: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._answers = tuple(answers)

    @property
    def heading(self) -> int:
        return len(self._asked())

    def _asked(self) -> list[str]:
        return [*wrap(self.look.sign(self._question), WIDTH - AROUND), ""]

    def head(self, pen: Pen) -> list[Strip]:
        return [pen.line().put(text, pen.look.palette.fg, bold=True).done() for text in self._asked()]

    def next_order(self) -> None:
        """The answers have one order."""

    def collect(self, scene: Scene) -> Sequence[str]:
        return self._answers

    def key(self, row: str) -> str:
        return row

    def paint(self, row: str, pen: Pen) -> list[Strip]:
        number = self._answers.index(row) + 1
        line = pen.line().put(f"{number} " if number <= DIGITS else "  ", pen.look.palette.accent, bold=True)
        return [line.put(row).done()]

    def open(self, row: str) -> None:
        self.screen.dismiss(row)


class ChoiceScreen(Overlay[str | None]):
    """One question with a few answers."""

    KEYS = "enter or digit choose · esc leave"
    BINDINGS = [Binding(str(n), f"answer({n})", show=False) for n in range(1, DIGITS + 1)]

    def __init__(self, scene: Scene, look: Look, question: str, answers: Sequence[str]) -> None:
        super().__init__(scene, look)
        self._question = question
        self._answers = answers

    def page(self) -> Answers:
        return Answers(self._question, self._answers)

    def on_mount(self) -> None:
        self.entitle("", self.KEYS)
        page = self.query_one(Answers)
        page.styles.width = WIDTH
        page.styles.height = page.heading + min(DIGITS, len(self._answers)) + 2

    def action_answer(self, number: int) -> None:
        if number <= len(self._answers):
            self.dismiss(self._answers[number - 1])


class LeavingScreen(ChoiceScreen):
    """Whether to leave the desk: the key that asked gives the answer too, as whoever presses it twice means it."""

    KEYS = "q quit · esc stay"
    BINDINGS = [Binding("q,ctrl+q", "leave", show=False)]

    def __init__(self, scene: Scene, look: Look, question: str) -> None:
        super().__init__(scene, look, question, [STAY, QUIT])

    def action_leave(self) -> None:
        self.dismiss(QUIT)
