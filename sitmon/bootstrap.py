"""Config and area in, a wired program out, in one straight line: this is where the rooms meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sitmon import config_area
from sitmon.alert.decide import Alerter
from sitmon.alert.settings import Rule, Settings
from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.classify.text import fold
from sitmon.config import Config
from sitmon.errors import ConfigError
from sitmon.keeping import Told
from sitmon.model.source import SourceHealth
from sitmon.monitor import Monitor
from sitmon.store.log import Log


def wire(
    config: Config,
    area: Area,
    *,
    store: Path | str,
    clock: Callable[[], datetime],
    live: bool = True,
    hold: bool = False,
    as_of: datetime | None = None,
    unheard: Callable[[SourceHealth], None] = lambda health: None,
    reading: Told = lambda progress: None,
) -> Monitor:
    """Return the monitor of a desk; nothing is opened until it is entered.

    With `hold`, a log that cannot be written for a while ends nothing: what is to be stored waits in memory.
    `unheard` is told of the log's trouble before anybody listens, `reading` how far a long log has been read.
    With `as_of`, only what had certainly happened by then counts (a replay that asks for it).
    """
    return Monitor(
        lambda: Log(store, fold=fold),
        lambda: Ledger(area, as_of=as_of, forgets=True),
        Alerter(area, alert_settings(config, area)),
        clock=clock,
        live=live,
        hold=hold,
        unheard=unheard,
        reading=reading,
    )


def alert_settings(config: Config, area: Area) -> Settings:
    """Return the alert room's settings. Raises ConfigError for a rule that names a place which the area lacks."""
    places = [dict(enumerate(rule.places)) for rule in config.alert_rules]
    mistakes = list(config_area.unknown_places(places, area, str(config.file)))
    if mistakes:
        raise ConfigError(mistakes)
    return Settings(
        window=config.alert_window,
        min_severity=config.min_severity,
        mass_casualties=config.mass_casualties,
        group_by=config.group_by,
        group_wait=config.group_wait,
        group_interval=config.group_interval,
        repeat_interval=config.repeat_interval,
        reprint_window=config.reprint_window,
        surge_least=config.surge_least,
        surge_factor=config.surge_factor,
        source_after=config.source_after,
        rules=tuple(
            Rule(
                name=r.name,
                severity=None if r.severity == "drop" else r.severity,
                event_types=r.event_types,
                places=r.places,
                sides=r.sides,
                bases=r.bases,
                words=r.words,
            )
            for r in config.alert_rules
        ),
    )
