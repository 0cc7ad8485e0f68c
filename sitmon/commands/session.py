"""What every command shares: the global options, the config, the area, and where things are said."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sitmon import area_files, config
from sitmon.area import Area
from sitmon.config import Config
from sitmon.errors import UsageError, printable
from sitmon.views import moments


@dataclass(frozen=True, slots=True)
class Session:
    """The global options of one call of the program."""

    config_file: Path | None = None
    store: Path | None = None
    area: str | None = None
    quiet: bool = False
    verbose: bool = False

    def given(self, options: Mapping[str, Any]) -> Session:
        """Return the session with options that stand after the command; those that do not stand there are None."""
        fields = {"config": "config_file"}
        return replace(self, **{fields.get(name, name): word for name, word in options.items() if word})

    def config(self) -> Config:
        """Return the desk's config, or the defaults where there is none. Raises ConfigError."""
        return config.load(self.config_file, area=self.area) or Config()

    def config_to_write(self) -> Config:
        """Return the config as `config` does; the defaults, too, where the named file is one that is yet to be made."""
        named = self.config_file
        return Config() if named is not None and not named.expanduser().exists() else self.config()

    def load_area(self, settings: Config) -> Area:
        """Return the area that the command line names, else the config's. Raises AreaError or UsageError."""
        return area_files.load(self.area_folder(settings))

    def area_folder(self, settings: Config) -> Path:
        """Return the folder of the area."""
        return area_files.find(self.area or settings.area)

    def store_path(self, settings: Config) -> Path:
        """Return where the log is."""
        return self.store or settings.store

    def say(self, text: str) -> None:
        """Write a line to stderr, unless quiet."""
        if not self.quiet:
            sys.stderr.write(f"{printable(text)}\n")

    def say_progress(self, text: str) -> None:
        """Show how far a long piece of work is, on one line that is written over; only where stderr is a terminal."""
        if not self.quiet and sys.stderr.isatty():
            sys.stderr.write(f"\r{text}\x1b[K")
            sys.stderr.flush()


def moment(text: str | None, option: str, *, begins: bool = False, shown: datetime | None = None) -> datetime | None:
    """Return a time given on the command line as aware UTC. Raises UsageError.

    Taken are ISO 8601 dates ("2021-08-08", the end of that day, or its beginning where a period begins) and times
    ("2021-08-08T14:00Z"; without a zone, UTC); with the log's own time `shown` also what the desk takes, from there:
    "-6h", "14:00", "now".
    """
    if text is None:
        return None
    try:
        if len(text.strip()) == 10:
            day = datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)
            return day if begins else day + timedelta(days=1, microseconds=-1)
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        if shown is not None and (meant := moments.moment(text, shown)) is not None:
            return meant
        forms = moments.FORMS if shown is not None else "ISO 8601 such as 2021-08-08 or 2021-08-08T14:00Z"
        raise UsageError(f"{option}: {text!r} is no time; expected {forms}") from None
    try:
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise UsageError(f"{option}: {text!r} is no time that a calendar holds") from None


def now() -> datetime:
    """Return the wall clock's time, aware UTC."""
    return datetime.now(UTC)
