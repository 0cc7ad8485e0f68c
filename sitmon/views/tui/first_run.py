"""An area's feeds in, what a new officer ticks out: the area, its feeds, or the demo. It writes and polls nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.segment import Segment
from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widgets import Button, Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from sitmon.area import Area
from sitmon.errors import SitmonError
from sitmon.views.tui.guard import NO_CONTROL
from sitmon.views.tui.palette import DARK, theme
from sitmon.views.wording import OWN_GRADE, count

HINT = "space tick · a all · n none · ^s write · d demo · esc leave"

OWN = "own:"
"""Before what the officer has typed, in the list's values: no feed of an area has such a name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the officer wants."""

    wants: Literal["desk", "demo", "leave"]
    area: str = ""
    """As it was typed: a bundled area's name, or a folder."""
    feeds: tuple[str, ...] = ()
    """The names of the feeds that are ticked, in the area's order."""
    own: tuple[str, ...] = ()
    """Addresses and paths of the officer's own, as they were typed."""


def _line(text: str, *, id: str, placeholder: str = "") -> Input:
    line = Input(text, id=id, placeholder=placeholder, select_on_focus=False)
    line.cursor_blink = False
    return line


def _own_option(text: str, name: str) -> Selection[str]:
    return Selection(Content(f"{name}  your own: {text}"), OWN + text, initial_state=True)


class Boxes(SelectionList[str]):
    """A list to tick. The framework's own box tells ticked from not by a colour alone; this one by its sign."""

    def render_line(self, y: int) -> Strip:
        """Return the line, its box drawn as [x] or [ ]."""
        segments = list(super().render_line(y))
        row = self.scroll_offset.y + y
        if len(segments) < 3 or row >= self.option_count:
            return Strip(segments)
        sign = "x" if self.get_option_at_index(row).value in self.selected else " "
        style = segments[-1].style
        return Strip([*(Segment(text, style) for text in ("[", sign, "]")), *segments[3:]])


class FirstRun(App[Choice]):
    """One page: an area, its feeds with a box each, and what to do."""

    CSS_PATH = "first_run.tcss"
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-tall")]
    BINDINGS = [
        Binding("a", "all", "all feeds", show=False),
        Binding("n", "none", "no feed", show=False),
        Binding("d", "demo", "the demo", show=False),
        Binding("ctrl+s", "write", "write the config", show=False),
        Binding("escape,q", "leave", "leave", show=False),
    ]

    def __init__(
        self,
        path: Path,
        area: str,
        load: Callable[[str], Area],
        bundled: Sequence[str],
        own: Callable[[str, bool], Awaitable[str]],
    ) -> None:
        """`path` is where the config will be written; `load` returns an area, or raises SitmonError with the reason.

        `own` reads a source of the officer's own, an address or a path, and returns what it will be called, or raises
        it too; asked again (True) for what it has refused, it takes what can be taken all the same.
        """
        super().__init__()
        self._called = own
        self._own: dict[str, str] = {}
        """What was added, as it was typed -> what it is called."""
        self._refused = ""
        """What was typed last, and could not be read."""
        self._warned = False
        """Whether the officer was told what leaving drops."""
        self._path = path
        self._area_name = area
        self._load = load
        self._bundled = bundled
        self._area: Area | None = None
        self.register_theme(theme(DARK))
        self.theme = DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no control character of an area's file through to the terminal."""
        return [*super().get_line_filters(), NO_CONTROL]

    def compose(self) -> ComposeResult:
        with Vertical(id="page") as page:
            page.border_title = Content("sitmon: first run")
            page.border_subtitle = Content("nothing is written before you say so")
            yield Static(Content("There is no config yet. Tick what this desk shall watch, or see the demo first."))
            yield Static(Content(f"Area: {', '.join(self._bundled)}, or a folder of one; enter reads it"), id="which")
            yield _line(self._area_name, id="area")
            yield Static("", id="wrong", markup=False)
            yield Boxes(id="feeds")
            yield _line("", id="own", placeholder="your own: an address, file or folder; enter adds it")
            yield Static("", id="told", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content("Write and start"), id="write", variant="primary")
                yield Button(Content("Demo (offline)"), id="demo")
                yield Button(Content("Leave"), id="leave")
        yield Static(Content(HINT), id="hint")

    def on_mount(self) -> None:
        self.read_area()
        self.query_one(SelectionList).focus()

    @on(Input.Submitted, "#area")
    @work(exclusive=True, thread=False)
    async def read_area(self) -> None:
        """Read the area that is named, and offer its feeds."""
        name = self.query_one("#area", Input).value.strip() or self._area_name
        feeds = self.query_one(SelectionList)
        feeds.clear_options()
        try:
            self._area = self._load(name)
        except SitmonError as error:
            self._area = None
            self._complain(str(error))
            self._tell()
            return
        self._area_name = name
        self._complain("")
        feeds.add_options(
            Selection(
                Content(f"{s.name}  {s.side or 'no side'}, reliability {s.reliability}"), s.name, initial_state=True
            )
            for s in self._area.sources
        )
        feeds.add_options(_own_option(text, called) for text, called in self._own.items())
        feeds.highlighted = 0 if self._area.sources else None
        feeds.focus()
        self._tell()

    @on(Input.Submitted, "#own")
    @work(exclusive=True, group="own")
    async def add_own(self) -> None:
        """Add the source that is typed to the list, ticked."""
        await self._take_own()

    async def _take_own(self) -> bool:
        """Read the source that is typed and add it; return whether nothing is left to correct."""
        line, feeds = self.query_one("#own", Input), self.query_one(SelectionList)
        text = line.value.strip()
        if not text:
            return True
        self._complain(f"reading {text} …")
        try:
            name = await self._called(text, text == self._refused)
        except SitmonError as error:
            self._refused = text
            self._complain(str(error))
            return False
        if line.value.strip() != text:
            self._complain("")
            return False  # it was typed on meanwhile
        self._warned = False
        if text not in self._own:
            self._own[text] = name
            feeds.add_option(_own_option(text, name))
        line.value = ""
        feeds.highlighted = feeds.option_count - 1
        self._complain("")
        self._tell()
        self.call_after_refresh(feeds.scroll_to_highlight)  # what is told of it takes lines from the list
        return True

    def _complain(self, text: str) -> None:
        """Say what is wrong; nothing: all is well."""
        wrong = self.query_one("#wrong", Static)
        wrong.update(Content(text))
        wrong.display = bool(text)

    @on(SelectionList.SelectedChanged)
    def _tell(self) -> None:
        ticked, told = self._ticked(), self.query_one("#told", Static)
        if self._area is None:
            told.update(Content("no area, no feeds"))
            return
        of, own = count(len(self._area.sources), "feed"), len(self._ticked_own())
        mine = f", {own} of your own" if own else ""
        grade = f"\n{OWN_GRADE}" if own else ""
        told.update(
            Content(f"{len(ticked)} of {of} of {self._area.name}{mine}; the config goes to {self._path}{grade}")
        )

    def _ticked(self) -> tuple[str, ...]:
        chosen = set(self.query_one(SelectionList).selected)
        return tuple(s.name for s in self._area.sources if s.name in chosen) if self._area else ()

    def _ticked_own(self) -> tuple[str, ...]:
        chosen = set(self.query_one(SelectionList).selected)
        return tuple(text for text in self._own if OWN + text in chosen)

    def action_all(self) -> None:
        self.query_one(SelectionList).select_all()

    def action_none(self) -> None:
        self.query_one(SelectionList).deselect_all()

    @on(Button.Pressed, "#write")
    @work(exclusive=True, group="own")
    async def action_write(self) -> None:
        """Hand the choice over; without a readable area, or without a source, there is none."""
        if self._area is None or not await self._take_own():
            return
        feeds, own = self._ticked(), self._ticked_own()
        if feeds or own:
            self.exit(Choice("desk", self._area_name, feeds, own))
        else:
            self._complain("a desk without a source shows nothing: tick a feed, or add one of your own")

    @on(Button.Pressed, "#demo")
    def action_demo(self) -> None:
        if not self._asks("d"):
            self.exit(Choice("demo"))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        if not self._asks("esc"):
            self.exit(Choice("leave"))

    def action_help_quit(self) -> None:
        """Leave by the key of other programs (ctrl+c) too."""
        self.action_leave()

    def _asks(self, key: str) -> bool:
        """Ask, once, before a source that the officer has entered is dropped; return whether it was asked just now."""
        if self._warned or not (self._own or self.query_one("#own", Input).value.strip()):
            return False
        self._warned = True
        self._complain(f"what you have entered is not written: {key} again drops it, ^s writes it")
        return True
