"""How the program ends: an error in; one plain message on stderr and an exit code out. It runs nothing itself.

What goes wrong with stdout is told apart from all else: a reader that has gone is no fault (0), an output that is full
or closed is one of the caller's (1), and neither shows a traceback.
"""

from __future__ import annotations

import asyncio
import errno
import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NoReturn

from sitmon.config import default_diary
from sitmon.errors import ExitCode, SitmonError, printable

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What a write to an output that is open already fails with."""


def run(program: Callable[[], object]) -> NoReturn:
    """Run the program; end the process with 0, 1, 2, or 130 after Ctrl-C."""
    code: int = ExitCode.FINE
    try:
        open_what_is_closed()
        program()
    except SystemExit as end:
        # Typer takes a BrokenPipeError for a failure and exits with 1.
        gone = isinstance(end.__context__, BrokenPipeError)
        code = ExitCode.FINE if gone else end.code if isinstance(end.code, int) else ExitCode.FINE
    except (KeyboardInterrupt, asyncio.CancelledError):
        code = ExitCode.INTERRUPTED
    except BaseException as error:  # noqa: BLE001 - the last stop: noted in full, said in a line
        code = _told(error)
    sys.exit(_flushed(code))


def open_what_is_closed() -> None:
    """Give a process that was started with closed streams (`>&-`) ones that lead nowhere, under their own numbers.

    Otherwise the first file that is opened, the log, would be number 1, and whatever is printed would land in it.
    stdout is one that cannot be written, so that nobody takes for printed what is lost.
    """
    for number, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, mode), True)  # the lowest free number: this one
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if name == "stderr" else "r", encoding="utf-8", closefd=False))


def _told(error: BaseException) -> int:
    """Say what an error means; one of a group (tasks that ran together) means what its own errors mean."""
    alone = list(_alone(error))
    fault = next((e for e in alone if not isinstance(e, (SitmonError, BrokenPipeError)) and not _of_output(e)), None)
    if fault is not None:
        logging.getLogger(__name__).critical("the program ended", exc_info=error)
        noted = f"\nwhat led to it is in {default_diary()}" if default_diary().exists() else ""
        _say(f"a fault in sitmon itself: {type(fault).__name__}: {' '.join(str(fault).split())}{noted}")
        return ExitCode.FAILED
    said = [e for e in alone if not isinstance(e, BrokenPipeError)]
    for message in dict.fromkeys(_of_output(e) or str(e) for e in said):
        _say(message)
    return max((e.exit_code if isinstance(e, SitmonError) else ExitCode.FAILED for e in said), default=ExitCode.FINE)


def _alone(error: BaseException) -> Iterator[BaseException]:
    """Yield the errors of a group of groups."""
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _alone(part)
    else:
        yield error


def _of_output(error: BaseException) -> str:
    """Return in words what is wrong with stdout; empty where the error is not of a write to it."""
    if isinstance(error, io.UnsupportedOperation) and not sys.stdout.writable():
        return "stdout is closed: there is nowhere to write to"
    if isinstance(error, OSError) and error.errno in NO_ROOM and error.filename is None:
        return f"stdout cannot be written: {os.strerror(error.errno or 0).lower()}"
    return ""


def _say(text: str) -> None:
    with suppress(OSError, ValueError):  # then there is nobody to tell
        for line in printable(text).splitlines():
            sys.stderr.write(f"sitmon: {line}\n")
        sys.stderr.flush()


def _flushed(code: int) -> int:
    """Write what stdout still holds and return the code to end with; nothing of it may raise when Python exits."""
    try:
        sys.stdout.flush()
        gone = False
    except BrokenPipeError:
        gone = True
    except (OSError, ValueError) as error:
        gone = True
        if code == ExitCode.FINE:
            _say(_of_output(error) or f"stdout cannot be written: {error}")
            code = ExitCode.FAILED
    if gone:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
