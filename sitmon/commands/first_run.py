"""`sitmon` without a config, at a terminal: a few questions in, a commented config file out, or the demo.

Nothing is written before the last answer, and a file that is there is never touched.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from sitmon import area_files
from sitmon.area import Area
from sitmon.commands.new_config import Own, compose, free, own_source, write
from sitmon.errors import SitmonError, UsageError
from sitmon.model.source import Source
from sitmon.views.wording import OWN_GRADE, count

Ask = Callable[[str], str]
Say = Callable[[str], None]
Read = Callable[[str, bool], Own]
_USUAL: Final = "afghanistan"


def guide(
    path: Path, area_name: str | None, *, ask: Ask = input, say: Say = print, read: Read | None = None
) -> Literal["desk", "demo", "leave"]:
    """Lead a new officer to a desk; return what to do next. `path` is where the config is written.

    `read` reads a source of the officer's own, as `read_own` does.
    """
    say("sitmon has no config yet. A few questions make one; nothing is written before the last.\n")
    say("  d  see the demo first: a week of August 2021, offline")
    say("  c  make a config")
    say("  q  leave")
    while (answer := _asked(ask, "[d/c/q] d? ") or "d") not in ("d", "c", "q"):
        say("one of d, c or q")
    if answer != "c":
        return "demo" if answer == "d" else "leave"
    area = _area(area_name, ask, say)
    names = _feeds(area.sources, ask, say)
    own = _own({s.name for s in area.sources}, ask, say, read or read_own)
    if not names and not own:
        say("a desk without a source shows nothing: nothing was written")
        return "leave"
    mine = f", and {count(len(own), 'source')} of your own" if own else ""
    say(f"\nThis goes to {path}: area {area.id}, {len(names)} of its {len(area.sources)} feeds{mine}.")
    say("Every other key stands in it with its default and a comment; later: sitmon sources add URL")
    if _asked(ask, "write it? [Y/n] ") not in ("", "y", "yes"):
        return "leave"
    write(path, compose(area.id if area_name is None else area_name, names, area.sources, own))
    say(f"written: {path}")
    return "desk"


def tick(path: Path, area_name: str | None) -> Literal["desk", "demo", "leave"]:
    """Lead a new officer to a desk by a page with boxes to tick; return what to do next. As `guide` otherwise."""
    from sitmon.views.tui.first_run import FirstRun

    def load(name: str) -> Area:
        return area_files.load(area_files.find(name))

    read: dict[str, Own] = {}

    async def called(text: str, again: bool) -> str:
        read[text] = await asyncio.to_thread(read_own, text, again)
        return read[text].name

    chosen = FirstRun(path, area_name or _USUAL, load, area_files.bundled(), called).run()
    if chosen is None or chosen.wants != "desk":
        return chosen.wants if chosen is not None else "leave"
    area = load(chosen.area)
    own: list[Own] = []
    for text in chosen.own:
        name = free(read[text].name, [*(s.name for s in area.sources), *(o.name for o in own)])
        own.append(replace(read[text], name=name))
    write(path, compose(chosen.area, chosen.feeds, area.sources, own))
    sys.stderr.write(f"written: {path}\n")
    return "desk"


def read_own(text: str, again: bool) -> Own:
    """Read a source as `sitmon sources add` does; entered `again`, what was refused is taken all the same.

    Private hosts are allowed to it then where that was the refusal, and only there. Raises UsageError with the reason,
    and with what entering it again does.
    """
    from sitmon.commands.sources_edit import ClosedHostError, look  # only here: no desk that has a config needs it

    own = own_source(text)  # what is neither an address nor a path is refused, however often it is entered
    try:
        return _named(own, look(own.place))
    except ClosedHostError as error:
        if not again:
            raise UsageError(f"{error.reason}; entered again, private hosts are allowed for it") from error
        own = replace(own, private=True)
    except UsageError as error:
        if not again:
            raise UsageError(f"{error}; entered again, it is taken all the same") from error
        return own
    try:
        return _named(own, look(own.place, private=True))
    except UsageError:
        return own


def _named(own: Own, found: Mapping[str, str | bool]) -> Own:
    """Return a source by the name that it gives itself, and by the address of the feed where a page was entered."""
    key = "url" if "url" in found else "path"
    return replace(own, name=str(found["name"]), key=key, place=str(found[key]))


def start(path: Path, area_name: str | None) -> Literal["desk", "demo", "leave"]:
    """Lead a new officer to a desk: by a page, or by questions where the terminal can draw none."""
    draws = sys.stderr.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")
    return tick(path, area_name) if draws else guide(path, area_name)


def _asked(ask: Ask, question: str, *, fold: bool = True) -> str:
    try:
        answer = ask(question).strip()
        return answer.casefold() if fold else answer
    except EOFError:
        return "q"


def _area(named: str | None, ask: Ask, say: Say) -> Area:
    if named is not None:
        return area_files.load(area_files.find(named))
    while True:
        name = _asked(ask, f"area (a bundled one, or a folder)? [{_USUAL}] ", fold=False) or _USUAL
        try:
            return area_files.load(area_files.find(name))
        except SitmonError as error:
            if name == "q":
                raise UsageError("left without a config") from error
            say(str(error))


def _feeds(sources: Sequence[Source], ask: Ask, say: Say) -> list[str]:
    if not sources:
        return []
    say("\nThe feeds that come with the area:")
    for number, source in enumerate(sources, 1):
        say(f"  {number:>3}  {source.name} ({source.side or 'no side'}, reliability {source.reliability})")
    while True:
        answer = _asked(ask, "which? [all; none; or numbers such as 1 3-5] all? ") or "all"
        if answer in ("all", "none"):
            return [s.name for s in sources] if answer == "all" else []
        try:
            return [sources[n - 1].name for n in sorted(numbers(answer, len(sources)))]
        except ValueError as error:
            say(str(error))


def _own(taken: set[str], ask: Ask, say: Say, read: Read) -> list[Own]:
    """Ask for sources of the officer's own, one after the other, until an empty answer; each is read before it counts.

    What was refused may be entered again (`read_own`).
    """
    own: list[Own] = []
    refused = ""
    say("\nA feed of your own, or a Twitter export, a file or a folder: its address or path; empty: no more.")
    while (answer := _asked(ask, f"{'another' if own else 'your own'}? ", fold=False)) not in ("", "q"):
        say(f"reading {answer} ...")
        try:
            found = read(answer, answer == refused)
        except UsageError as error:
            refused = answer
            say(str(error))
            continue
        own.append(replace(found, name=free(found.name, [*taken, *(o.name for o in own)])))
        say(f"taken: {own[-1].name}")
        if len(own) == 1:
            say(OWN_GRADE)
    return own


def numbers(text: str, most: int) -> set[int]:
    """Return the numbers that "1 3-5" means. Raises ValueError for others than 1 to `most`."""
    found: set[int] = set()
    for word in text.replace(",", " ").split():
        first, dash, last = word.partition("-")
        if not (first.isdecimal() and (last.isdecimal() if dash else True)):
            raise ValueError(f"{word!r} is no number; expected such as 1 3-5")
        ends = int(first), int(last or first)
        if not 1 <= ends[0] <= ends[1] <= most:
            raise ValueError(f"{word!r} is not between 1 and {most}")
        found.update(range(ends[0], ends[1] + 1))
    return found


def at_a_terminal() -> bool:
    """Return whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
