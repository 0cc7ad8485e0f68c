"""An area's feeds and one's own in, a desk's first config out: the documented example with these set. It asks nobody.

A file that is there is never touched, and none is written that would watch nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sitmon.config_edit import table
from sitmon.errors import UsageError
from sitmon.ingest.identity import host_of
from sitmon.ingest.sanitise import clean_line, safe_url
from sitmon.model.source import Source

_EXAMPLE: Final = "config.example.toml"
_HEADER: Final = """\
# sitmon's config, written by its first run. Change what you like: every key stands here with its default, and what
# begins with "Example" shows what else may stand there. `sitmon config check` says whether all is right.
"""
_NAME_LIMIT: Final = 60
_OWN: Final = "# Example: a feed.\n"
"""Before this line of the example the officer's own sources are written."""


@dataclass(frozen=True, slots=True)
class Own:
    """A source of the officer's own: a feed's address, or a file or folder."""

    name: str
    key: str
    """`url` or `path`."""
    place: str
    private: bool = False
    """Whether it may be on a private host."""


def own_source(text: str, taken: Iterable[str] = ()) -> Own:
    """Return the source that an address or a path means, under a name that none of `taken` is.

    An address may stand without its "https://". Raises UsageError: it is neither an address nor a path that is there.
    """
    text = text.strip()
    path = Path(text).expanduser()
    if text and path.exists():
        return Own(free(path.stem, taken), "path", str(path.absolute()))
    url = safe_url(text if "://" in text else f"https://{text}")
    host = host_of(url) if url else ""
    if url is None or ("://" not in text and "." not in host):
        raise UsageError(
            f"{text!r} is no address and no file or folder that is there; expected such as https://news.example/feed.xml"
        )
    return Own(free(host, taken), "url", url)


def free(name: str, taken: Iterable[str]) -> str:
    """Return a name that none of `taken` is."""
    name, names = clean_line(name, _NAME_LIMIT - 5) or "my source", set(taken)
    return next(n for n in (name, *(f"{name} ({k})" for k in range(2, len(names) + 3))) if n not in names)


def compose(area: str, names: Sequence[str], sources: Sequence[Source], own: Sequence[Own] = ()) -> str:
    """Return the commented config that watches these feeds of an area, and the officer's own sources.

    Raises UsageError where that is none at all.
    """
    if not names and not own:
        raise UsageError("a desk without a source shows nothing: tick a feed of the area, or name one of your own")
    feeds = "true" if sources and len(names) == len(sources) else "false"
    if feeds == "false" and names:
        feeds = "[\n" + "".join(f"  {_quoted(name)},\n" for name in names) + "]"
    text = _replaced(_body(), '\narea = "afghanistan"\n', f"\narea = {_quoted(area)}\n")
    text = _replaced(text, "\narea_sources = false\n", f"\narea_sources = {feeds}\n")
    tables = "".join(f"{_table(o)}\n" for o in own)
    return _HEADER + "\n" + _replaced(text, _OWN, tables + _OWN)


def _table(own: Own) -> str:
    private: dict[str, str | bool] = {"allow_private_hosts": True} if own.private else {}
    return table({"name": own.name, own.key: own.place, "reliability": "F", **private})


def _body() -> str:
    """Return the example without the comment at its head, which is about the example itself."""
    head, empty, body = example().read_text(encoding="utf-8").partition("\n\n")
    return body if empty and all(line.startswith("#") for line in head.splitlines()) else head + empty + body


def _replaced(text: str, line: str, by: str) -> str:
    if text.count(line) != 1:
        raise UsageError(f"{example()} has no line {line.strip()!r} to set")
    return text.replace(line, by)


def write(path: Path, text: str) -> None:
    """Write a new file, whole or not at all. Raises UsageError, also where one is there by now."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.write_text(text, encoding="utf-8")
        try:
            _put(part, path)
        finally:
            part.unlink()
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def _put(part: Path, path: Path) -> None:
    """Give the written file its name. Raises FileExistsError where that is taken; a rename would write over it."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links, as exFAT or a share of Windows
        with path.open("xb") as new:
            try:
                new.write(part.read_bytes())
                new.flush()
            except OSError:
                path.unlink(missing_ok=True)
                raise


def example() -> Path:
    """Return the example of a config: beside the package in a checkout, in it in a wheel."""
    package = Path(__file__).parent.parent
    beside = package.parent / _EXAMPLE
    return beside if beside.is_file() else package / _EXAMPLE


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
