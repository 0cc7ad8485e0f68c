"""Config and area in, the sources that the desk watches out: apart from `bootstrap`, so that a screen need not wait for
the rooms that it wires. It reads nothing.
"""

from __future__ import annotations

from sitmon import config_area
from sitmon.area import Area
from sitmon.config import Config
from sitmon.errors import ConfigError
from sitmon.model.source import Source


def watched(config: Config, area: Area) -> tuple[Source, ...]:
    """Return the sources that the desk watches: the config's own, and those of the area that it asks for.

    Raises ConfigError where it asks for one that the area lacks.
    """
    names = {s.name for s in config.sources}
    if config.area_sources is True:
        return (*config.sources, *(s for s in area.sources if s.name not in names))
    wanted = config.area_sources or ()
    mistakes = list(config_area.unknown_sources(dict(enumerate(wanted)), area, str(config.file)))
    if mistakes:
        raise ConfigError(mistakes)
    by_name = {s.name: s for s in area.sources}
    return (*config.sources, *(by_name[name] for name in wanted if name not in names))
