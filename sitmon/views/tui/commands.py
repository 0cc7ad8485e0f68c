"""The one table of what an officer can do. Bindings, footer, palette and help are made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from textual.binding import Binding, BindingType

Group = Literal["Move", "Read", "Alerts", "Time", "Flow", "Desk"]
Scope = Literal["pane", "desk", "why", "app"]
"""Who carries the action out: the pane that has the focus, the desk's screen, the why-view, the program."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done."""

    id: str
    keys: str
    """Textual's names, separated by commas."""
    shown: str
    """The keys as the footer and the help show them."""
    action: str
    help: str
    group: Group
    scope: Scope = "desk"
    footer: str = ""
    """The one word of the footer; empty: only in the help."""
    palette: bool = True
    """Whether the command palette offers it."""


COMMANDS: Final[tuple[Command, ...]] = (
    Command("help", "question_mark,f1", "?", "help", "all keys", "Desk", "app", footer="help"),
    Command("filter", "slash", "/", "filter", "filter this pane by words, place:, type:", "Flow", footer="filter"),
    Command("acknowledge", "a", "a", "acknowledge", "acknowledge the alert", "Alerts", footer="ack"),
    Command("pause", "space", "space", "pause", "hold the display still, or go on", "Flow", "app", footer="pause"),
    Command("open", "enter", "↵", "open_row", "why: status, evidence, origins", "Read", "pane", "why", palette=False),
    Command("next_pane", "tab", "tab", "next_pane", "next pane", "Move", footer="pane"),
    Command("previous_pane", "shift+tab", "⇧tab", "previous_pane", "previous pane", "Move"),
    Command("pane_1", "1", "1", "pane('status')", "status", "Move"),
    Command("pane_2", "2", "2", "pane('map')", "map", "Move"),
    Command("pane_3", "3", "3", "pane('alerts')", "alerts", "Move"),
    Command("pane_4", "4", "4", "pane('quotes')", "quotes", "Move"),
    Command("pane_5", "5", "5", "pane('feed')", "feed", "Move"),
    Command("pane_6", "6", "6", "pane('activity')", "activity", "Move"),
    Command("zoom", "z", "z", "zoom", "pane to the whole screen, and back", "Move", footer="zoom"),
    Command("map", "m", "m", "map_view", "the map as tiles or as outlines", "Read"),
    Command("sort", "s", "s", "sort", "sort this pane by the next order", "Read", footer="sort"),
    Command("link", "o", "o", "link", "open the source's page", "Read", "app", footer="open link"),
    Command("copy", "y", "y", "copy", "copy the row", "Read", "app", footer="copy"),
    Command("down", "down,j", "j ↓", "down", "next row", "Move", "pane", palette=False),
    Command("up", "up,k", "k ↑", "up", "previous row", "Move", "pane", palette=False),
    Command("left", "left,h", "h ←", "left", "pane to the left; in the map, tile", "Move", palette=False),
    Command("right", "right,l", "l →", "right", "pane to the right; in the map, tile", "Move", palette=False),
    Command("top", "g,home", "g", "top", "first row, and follow the newest", "Move", "pane", palette=False),
    Command("bottom", "G,end", "G", "bottom", "last row", "Move", "pane", palette=False),
    Command("half_down", "ctrl+d", "^d", "half_page(1)", "half a page down", "Move", "pane", palette=False),
    Command("half_up", "ctrl+u", "^u", "half_page(-1)", "half a page up", "Move", "pane", palette=False),
    Command("page_down", "pagedown", "pgdn", "whole_page(1)", "a page down", "Move", "pane", palette=False),
    Command("page_up", "pageup", "pgup", "whole_page(-1)", "a page up", "Move", "pane", palette=False),
    Command("escape", "escape", "esc", "leave", "clear the filter, end the zoom, close", "Flow", palette=False),
    Command("follow", "f", "f", "follow", "follow the newest", "Flow", "pane", palette=False),
    Command("refresh", "r", "r", "refresh_sources", "ask every source now", "Flow", "app"),
    Command("acknowledge_all", "A", "A", "acknowledge_all", "acknowledge all alerts that are shown", "Alerts"),
    Command("undo", "u", "u", "undo", "take the last acknowledgement back", "Alerts"),
    Command("silence", "S", "S", "silence", "silence the alert: 15 m, 1 h, until a change", "Alerts"),
    Command("oldest", "exclamation_mark", "!", "oldest", "oldest alert that nobody has seen", "Alerts"),
    Command("times", "T", "T", "times", "times in UTC or local", "Read"),
    Command("looked", "x", "x", "looked", "looked at: clear the marks of what is new", "Read", "app"),
    Command("note", "N", "N", "note", "note about the alert or the place", "Alerts"),
    Command("override", "O", "O", "override", "set who holds the place, with a reason", "Alerts"),
    Command("handover", "H", "H", "handover", "hand the desk over to the next officer", "Alerts"),
    Command("back", "left_square_bracket", "[", "step(-1)", "back to the change before", "Time", "app", footer="back"),
    Command("forth", "right_square_bracket", "]", "step(1)", "forth to the next change", "Time", "app"),
    Command("jump", "t", "t", "jump", "to a time: 14:00, -6h, 2021-08-08 14:00, now", "Time", "app"),
    Command("faster", "plus,equals_sign", "+", "pace(2)", "replay twice as fast", "Time", "app"),
    Command("slower", "minus", "-", "pace(0.5)", "replay half as fast", "Time", "app"),
    Command("export", "E", "E", "export_view", "write this pane's rows to a text file", "Read", "app"),
    Command("views", "v", "v", "views", "saved views: panes, order, filters", "Read", "app"),
    Command("save_view", "w", "w", "save_view", "save this view under a name", "Read", "app"),
    Command("forget_view", "W", "W", "forget_view", "forget a saved view", "Read", "app"),
    Command("sources", "i", "i", "sources", "the sources, how they do and why", "Read", "app"),
    Command("theme", "ctrl+t", "^t", "theme", "next theme: dark, light, high contrast, safe", "Desk", "app"),
    Command("palette", "ctrl+p", "^p", "command_palette", "all commands by name", "Desk", "app", palette=False),
    Command("quit", "q", "q", "leave_desk", "quit; asks while EXTREME or SEVERE is open", "Desk", "app", footer="quit"),
    Command("next_place", "n", "n", "next_place(1)", "in the why-view: next place", "Read", "why", palette=False),
    Command("last_place", "p", "p", "next_place(-1)", "in the why-view: previous place", "Read", "why", palette=False),
)
BY_ID: Final = {command.id: command for command in COMMANDS}


def bindings(*scopes: Scope, only: Iterable[str] | None = None, of: str = "") -> list[BindingType]:
    """Return the key bindings of these scopes, hidden from Textual's own footer; `of` names who acts."""
    wanted = set(only) if only is not None else None
    return [
        Binding(c.keys, of + c.action, c.help, show=False, id=c.id)
        for c in COMMANDS
        if c.scope in scopes and (wanted is None or c.id in wanted)
    ]


def footer() -> list[Command]:
    """Return the commands of the footer, left to right; the last belongs at the right end."""
    return [c for c in COMMANDS if c.footer]


def groups() -> dict[Group, list[Command]]:
    """Return the commands by group, in the table's order."""
    found: dict[Group, list[Command]] = {group: [] for group in get_args(Group)}
    for command in COMMANDS:
        found[command.group].append(command)
    return found
