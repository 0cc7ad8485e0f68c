"""Config and area in, the sources that the desk watches out: apart from `bootstrap`, so that a screen need not wait for
the rooms that it wires. It reads nothing.
"""

from __future__ import annotations

from sitmon.area import Area
from sitmon.config import Config
from sitmon.errors import ConfigError, Mistake, nearest
from sitmon.model.source import Source


def watched(config: Config, area: Area) -> tuple[Source, ...]:
    """Return the sources that the desk watches: the config's own, and those of the area that it asks for.

    Raises ConfigError where it asks for one that the area lacks.
    """
    names = {s.name for s in config.sources}
    if config.area_sources is True:
        return (*config.sources, *(s for s in area.sources if s.name not in names))
    wanted = config.area_sources or ()
    by_name = {s.name: s for s in area.sources}
    mistakes = [
        Mistake(str(config.file), f"area_sources[{n}]", f"{name!r} is no source of {area.id}", _close(name, by_name))
        for n, name in enumerate(wanted)
        if name not in by_name
    ]
    if mistakes:
        raise ConfigError(mistakes)
    return (*config.sources, *(by_name[name] for name in wanted if name not in names))


def _close(name: str, valid: dict[str, Source]) -> str | None:
    folded = {n.casefold(): n for n in valid}
    found = nearest(name, folded)
    return folded[found] if found else None
