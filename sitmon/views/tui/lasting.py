"""A terminal's driver in, one that outlives its terminal out.

Where the terminal goes away (a closed window, a lost connection, a multiplexer that ends), the framework's writing
thread dies of the first write, and all who write after it wait for ever: the program would stay without a screen.
What is written to a terminal that has gone is dropped, and the program ends as if it had been left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from textual.driver import Driver


class Outlet:
    """A terminal's file; once it cannot be written, nothing is, and whoever asked to know is told."""

    def __init__(self, file: IO[str], lost: Callable[[], None]) -> None:
        self._file = file
        self._lost = lost
        self._gone = False

    def write(self, text: str) -> int:
        """Write, or drop what cannot be written; return how much was taken."""
        self._do(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Send on what was written, while there is somebody to take it."""
        self._do(self._file.flush)

    def fileno(self) -> int:
        """Return the terminal's number."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it leads to a terminal."""
        return self._file.isatty()

    def _do(self, work: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            work()
        except (OSError, ValueError):  # hung up; or closed, which Python calls a wrong value
            self._gone = True
            self._lost()


def lasting(driver: type[Driver]) -> type[Driver]:
    """Return a driver for a Unix terminal that does not wait for one that has gone; any other as it is."""
    try:
        from textual.drivers.linux_driver import LinuxDriver
    except ImportError:  # Windows
        return driver
    if driver is not LinuxDriver:
        return driver

    class LastingDriver(LinuxDriver):
        def __init__(self, app: Any, **options: Any) -> None:
            super().__init__(app, **options)
            self._file: Any = Outlet(self._file, self._end)

        def _end(self) -> None:
            """End the program, from whatever thread has found that nobody sees it any more."""
            self._loop.call_soon_threadsafe(self._app.exit)

    return LastingDriver
