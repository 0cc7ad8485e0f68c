"""`sitmon config`: a config in, where it is and what it means out. It must not write, and asks no source."""

from __future__ import annotations

from typing import TextIO

from sitmon import bootstrap, bootstrap_sources, config
from sitmon.commands import new_config
from sitmon.commands.session import Session
from sitmon.errors import ConfigError, ExitCode, Mistake, UsageError

GETTING_ONE = "`sitmon sources add URL` makes one, `sitmon config example` prints one to edit"


def path(session: Session, out: TextIO) -> int:
    """Print the file that a desk started like this would read; exit code 1 where it is not there."""
    file = session.config_file or config.default_file()
    out.write(f"{file}\n")
    if file.exists():
        return ExitCode.FINE
    session.say(
        "there is no such file yet; `sitmon sources add URL` makes one, `sitmon config example` prints one to edit"
    )
    return ExitCode.FAILED


def example(out: TextIO) -> int:
    """Print the documented example. Raises UsageError where it did not come with the program."""
    file = new_config.example()
    try:
        out.write(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    return ExitCode.FINE


def check(session: Session, out: TextIO) -> int:
    """Say what the config means. Raises ConfigError with every mistake at once."""
    settings = config.load(session.config_file, area=session.area, thorough=True)
    if settings is None:
        missing = (
            "there is no such file; `sitmon sources add URL` makes one, `sitmon config example` prints one to edit"
        )
        raise ConfigError([Mistake(str(config.default_file()), "", missing)])
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
    if not sources:
        session.say(
            "no source is named: `sitmon sources add URL` adds one, `area_sources = true` in it the area's own feeds"
        )
    return ExitCode.FINE
