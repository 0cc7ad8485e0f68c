"""The config and the area in, what a desk watches out, or one message of what is wrong with either."""

from __future__ import annotations

from sitmon import config
from sitmon.area import Area
from sitmon.bootstrap_sources import watched
from sitmon.commands.session import Session
from sitmon.config import Config
from sitmon.errors import UsageError
from sitmon.model.source import Source


def ready(session: Session) -> tuple[Config, Area, tuple[Source, ...]]:
    """Return config, area and sources. Raises ConfigError, AreaError, or UsageError where nothing is configured."""
    settings = config.load(session.config_file, area=session.area)
    if settings is None:
        raise UsageError(
            f"there is no config yet ({config.default_file()}).\n"
            "`sitmon sources add URL` makes one; `sitmon config example` prints one to edit, with every key.\n"
            "Another file: --config FILE. To see what sitmon does without any: sitmon demo"
        )
    area = session.load_area(settings)
    sources = watched(settings, area)
    if not sources:
        raise no_source(settings)
    return settings, area, sources


def no_source(settings: Config) -> UsageError:
    """Return the error that a config names nothing to watch."""
    return UsageError(
        f"{settings.file}: no source is named: `sitmon sources add URL` adds one, "
        "`area_sources = true` in it the area's own feeds"
    )
