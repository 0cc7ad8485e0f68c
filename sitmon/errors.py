"""The errors that sitmon raises, each with its subject.

SitmonError
    UsageError          the command line asks for something that cannot be (exit 2)
    ConfigError         a config file: every mistake in it, each with file, key and what was expected (exit 2)
    AreaError           an area's files: every mistake, each with file and line (exit 2)
    StoreError          the log cannot be opened, read or written (exit 1)

Errors of the outside world (a source that fails, an item that cannot be read) are not raised: they travel as values
(`model.source.Failure`) beside their subject, so that one bad source never stops another.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process ends with (the command line's contract)."""

    FINE = 0
    FAILED = 1
    USAGE = 2
    INTERRUPTED = 130


class SitmonError(Exception):
    """Anything that ends a command with a message instead of a traceback."""

    exit_code = ExitCode.FAILED


class UsageError(SitmonError):
    """A wrong option, argument or value on the command line."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file that a person wrote."""

    file: str
    where: str
    """The line ("line 12") or the key ("sources[2].interval"), or both; empty when the whole file is meant."""
    message: str
    """What was found and what was expected."""
    nearest: str | None = None
    """The nearest valid word, where there is one."""

    def __str__(self) -> str:
        place = f"{self.file}: {self.where}" if self.where else self.file
        hint = f" (did you mean {self.nearest!r}?)" if self.nearest else ""
        return f"{place}: {self.message}{hint}"


class FileError(SitmonError):
    """All the mistakes found in the files of one reading, never only the first."""

    exit_code = ExitCode.USAGE

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(m) for m in self.mistakes))


class ConfigError(FileError):
    """Mistakes in a config file."""


class AreaError(FileError):
    """Mistakes in an area's files."""


class StoreError(SitmonError):
    """The log at a path cannot be used; the message says why and what to do.

    `may_pass`: trouble of the moment (a full disk, a lock) that waiting may end; damage never heals by itself.
    """

    def __init__(self, path: object, message: str, *, may_pass: bool = False) -> None:
        self.path = path
        self.reason = message
        self.may_pass = may_pass
        super().__init__(f"{path}: {message}")


def printable(text: str) -> str:
    """Return a message as it may be shown: what could steer a terminal, from a file's name say, is a question mark."""
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return the valid word nearest to `word`, capital letters or not, or None where none is near."""
    folded = {v.casefold(): v for v in valid}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None
