"""A TOML text in, the line of each of its keys out, for messages that name a line.

`tomllib` checks the text and tells no lines; this reads only as much as it takes to find where each key stands, and it
is called only when there is a mistake to report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitmon.errors import Mistake

Path = tuple[str | int, ...]

_NAME = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_SKIP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?")
_KEY = re.compile(rf"({_DOTTED})[ \t]*=[ \t]*")
_VALUE_PART = re.compile(
    r'"""(?:[^\\]|\\.)*?"""' "|'''.*?'''" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'|#[^\n]*|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]+",
    re.DOTALL,
)

_AT_END = " (at end of document)"
_TOML_WORDS = {
    r"Illegal character '\n'": "a quotation mark is not closed on this line",
    "Unterminated string": "a quotation mark is not closed before the file ends",
    'Expected "\'"': "a quotation mark is not closed before the file ends",
    "Invalid value": 'this is no value; expected a text in "", a number, true, false or a list in [ ]',
}
"""What `tomllib` says of the slips that persons make most, in words of the file."""


def lines_of(text: str) -> dict[Path, int]:
    """Return the line (from 1) of each table header and key: `("actors", 2, "side") -> 41`."""
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    at, line, counted = 0, 1, 0
    while at < len(text):
        if skipped := _SKIP.match(text, at):
            at = skipped.end()
            continue
        line += text.count("\n", counted, at)
        counted = at
        if header := _HEADER.match(text, at):
            table = _enter(_split(header[2]), counts, many=header[1] == "[[")
            lines.setdefault(table, line)
            at = header.end()
        elif key := _KEY.match(text, at):
            lines.setdefault((*table, *_split(key[1])), line)
            at = _end_of_value(text, key.end())
        else:
            at += 1
    return lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of the key at `path`, or of the nearest table around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def parse_key(key: str) -> Path:
    """Return `actors[2].side` as the path `("actors", 2, "side")`."""
    return tuple(int(number) if number else name for number, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", key))


def locate(mistake: Mistake, texts: Mapping[str, str]) -> Mistake:
    """Return a mistake that names a key with its line put before it; `texts` are the TOML texts by file name."""
    text = texts.get(mistake.file)
    if text is None or not mistake.where or mistake.where.startswith("line "):
        return mistake
    line = line_of(lines_of(text), parse_key(mistake.where))
    return Mistake(mistake.file, f"line {line}, {mistake.where}", mistake.message, mistake.nearest)


def no_toml(file: str, error: ValueError) -> Mistake:
    """Return the mistake that a file is no TOML, at the line that its reader names."""
    message, _, at = str(error).partition(" (at line ")
    message = _TOML_WORDS.get(message.removesuffix(_AT_END), message.replace("\n", "a line's end"))
    return Mistake(file, f"line {at.split(',')[0]}" if at else "", f"is no TOML: {message}")


def _split(dotted: str) -> Path:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def _enter(names: Path, counts: dict[Path, int], *, many: bool) -> Path:
    """Return the path of a header's table: names, with the index of the latest entry of each array of tables."""
    path: Path = ()
    for n, name in enumerate(names):
        path = (*path, name)
        if many and n == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _end_of_value(text: str, at: int) -> int:
    """Return where the value that begins at `at` ends: the line's end outside every bracket and string."""
    depth = 0
    while at < len(text):
        part = _VALUE_PART.match(text, at)
        if part is None:
            return at + 1
        found = part[0]
        if found == "\n" and depth <= 0:
            return at
        depth += (found in "[{") - (found in "]}")
        at = part.end()
    return at
