"""`sitmon` without a config, at a terminal: a few questions in, a commented config file out, or the demo.

Nothing is written before the last answer, and a file that is there is never touched.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

from sitmon import area_files
from sitmon.area import Area
from sitmon.errors import SitmonError, UsageError
from sitmon.model.source import Source

Ask = Callable[[str], str]
Say = Callable[[str], None]
_USUAL: Final = "afghanistan"
_EXAMPLE: Final = "config.example.toml"


def guide(path: Path, area_name: str | None, *, ask: Ask = input, say: Say = print) -> Literal["desk", "demo", "leave"]:
    """Lead a new officer to a desk; return what to do next. `path` is where the config is written."""
    say("sitmon has no config yet. Three questions make one; nothing is written before the last.\n")
    say("  d  see the demo first: a week of August 2021, offline")
    say("  c  make a config")
    say("  q  leave")
    while (answer := _asked(ask, "[d/c/q] d? ") or "d") not in ("d", "c", "q"):
        say("one of d, c or q")
    if answer != "c":
        return "demo" if answer == "d" else "leave"
    area = _area(area_name, ask, say)
    names = _feeds(area.sources, ask, say)
    say(f"\nThis goes to {path}: area {area.id}, {len(names)} of its {len(area.sources)} feeds. Every other key stands")
    say("in it with its default and a comment; add sources of your own there, or with: sitmon sources add URL")
    if _asked(ask, "write it? [Y/n] ") not in ("", "y", "yes"):
        return "leave"
    write(path, compose(area.id if area_name is None else area_name, names, area.sources))
    say(f"written: {path}")
    return "desk" if names else "leave"


def tick(path: Path, area_name: str | None) -> Literal["desk", "demo", "leave"]:
    """Lead a new officer to a desk by a page with boxes to tick; return what to do next. As `guide` otherwise."""
    from sitmon.views.tui.first_run import FirstRun

    def load(name: str) -> Area:
        return area_files.load(area_files.find(name))

    chosen = FirstRun(path, area_name or _USUAL, load, area_files.bundled()).run()
    if chosen is None or chosen.wants != "desk":
        return chosen.wants if chosen is not None else "leave"
    area = load(chosen.area)
    write(path, compose(chosen.area, chosen.feeds, area.sources))
    sys.stderr.write(f"written: {path}\n")
    return "desk" if chosen.feeds else "leave"


def start(path: Path, area_name: str | None) -> Literal["desk", "demo", "leave"]:
    """Lead a new officer to a desk: by a page, or by questions where the terminal can draw none."""
    draws = sys.stderr.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")
    return tick(path, area_name) if draws else guide(path, area_name)


def compose(area: str, names: Sequence[str], sources: Sequence[Source]) -> str:
    """Return the commented config that watches these feeds of an area."""
    text = example().read_text(encoding="utf-8")
    feeds = "true" if sources and len(names) == len(sources) else "false"
    if feeds == "false" and names:
        feeds = "[\n" + "".join(f"  {_quoted(name)},\n" for name in names) + "]"
    for key, usual, value in (("area", '"afghanistan"', _quoted(area)), ("area_sources", "false", feeds)):
        line = f"\n{key} = {usual}\n"
        if text.count(line) != 1:
            raise UsageError(f"{example()} has no line {line.strip()!r} to set")
        text = text.replace(line, f"\n{key} = {value}\n")
    first, _, rest = text.partition("\n")
    return f"# sitmon's config, written by its first run. Change what you like.\n{rest}" if first[:1] == "#" else text


def write(path: Path, text: str) -> None:
    """Write a new file, whole or not at all. Raises UsageError, also where one is there by now."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.write_text(text, encoding="utf-8")
        try:
            os.link(part, path)  # unlike a rename, it never writes over what is there
        finally:
            part.unlink()
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def example() -> Path:
    """Return the example of a config: beside the package in a checkout, in it in a wheel."""
    package = Path(__file__).parent.parent
    beside = package.parent / _EXAMPLE
    return beside if beside.is_file() else package / _EXAMPLE


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
