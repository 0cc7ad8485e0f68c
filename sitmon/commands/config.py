"""`sitmon config`: a config in, where it is and what it means out. It must not write, and asks no source."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from sitmon import bootstrap, bootstrap_sources, config
from sitmon.commands import new_config
from sitmon.commands.ready import no_source
from sitmon.commands.session import Session
from sitmon.errors import ConfigError, ExitCode, Mistake, UsageError

GETTING_ONE = "`sitmon sources add URL` makes one, `sitmon config example` prints one to edit"


def path(session: Session, out: TextIO) -> int:
    """Print the file that a desk started like this would read; on stderr whether it is yet to be made."""
    file = session.config_file or config.default_file()
    out.write(f"{file}\n")
    if not file.exists():
        session.say(f"there is no such file yet; {GETTING_ONE}")
    return ExitCode.FINE


def example(out: TextIO) -> int:
    """Print the documented example. Raises UsageError where it did not come with the program."""
    file = new_config.example()
    try:
        out.write(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    return ExitCode.FINE


def check(session: Session, out: TextIO) -> int:
    """Say what the config means, and which files and folders are not there yet.

    Raises ConfigError with every mistake at once, UsageError where nothing would be watched.
    """
    settings = config.load(session.config_file, area=session.area, thorough=True)
    if settings is None:
        raise ConfigError([Mistake(str(config.default_file()), "", f"there is no such file; {GETTING_ONE}")])
    area = session.load_area(settings)
    alerts = bootstrap.alert_settings(settings, area)
    sources = bootstrap_sources.watched(settings, area)
    feeds = sum(s.kind == "feed" for s in sources)
    lines = [
        ("config", str(settings.file)),
        ("area", f"{area.id}, {sum(p.kind == 'province' for p in area.places.values())} provinces"),
        ("store", str(session.store_path(settings))),
        ("sources", f"{len(sources)}: {feeds} feeds, {len(sources) - feeds} exports and folders"),
        ("alert rules", str(len(alerts.rules))),
    ]
    for name, value in lines:
        out.write(f"{name:<12} {value}\n")
    for source in sources:
        if source.kind == "path" and not Path(source.location).exists():
            session.say(f"{source.name}: there is no file or folder {source.location} yet; once it is there it is read")
    if not sources:
        raise no_source(settings)
    return ExitCode.FINE
