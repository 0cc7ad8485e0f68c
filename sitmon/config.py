"""A TOML file in, the desk's settings out: plain values, one object. Only `bootstrap` and the commands read it.

Raises ConfigError with every mistake at once: file, key, what was expected, nearest valid word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import platformdirs

from sitmon import area_files, config_area
from sitmon.area_lines import line_of, lines_of, locate, no_toml, parse_key
from sitmon.config_files import ConfigShape
from sitmon.errors import AreaError, ConfigError, Mistake
from sitmon.model.source import Source
from sitmon.model.terms import Basis, GroupLabel, Severity, Side
from sitmon.shapes import SourceShape, read, source_of, tables_of


@dataclass(frozen=True, slots=True)
class AlertRule:
    """A desk's own rule: what matches everything that it names is raised with `severity`, or dropped."""

    name: str
    severity: Severity | Literal["drop"]
    event_types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    bases: tuple[Basis, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """What the desk's config says, defaults filled in, paths made absolute."""

    area: str = "afghanistan"
    store: Path = field(default_factory=lambda: default_store())
    sources: tuple[Source, ...] = ()
    area_sources: bool | tuple[str, ...] = False
    interval: timedelta = timedelta(minutes=10)
    timeout: timedelta = timedelta(seconds=30)
    contact: str = ""
    concurrency: int = 8
    proxy: str | None = None
    alert_window: timedelta = timedelta(hours=48)
    min_severity: Severity = "Minor"
    mass_casualties: int = 10
    group_by: tuple[GroupLabel, ...] = ("place", "incident")
    group_wait: timedelta = timedelta(0)
    group_interval: timedelta = timedelta(minutes=5)
    repeat_interval: timedelta = timedelta(hours=4)
    reprint_window: timedelta = timedelta(days=10)
    surge_least: int = 6
    surge_factor: float = 3.0
    source_after: timedelta = timedelta(hours=1)
    alert_rules: tuple[AlertRule, ...] = ()
    theme: Literal["dark", "light", "contrast", "safe"] = "dark"
    notify: Literal["bell", "osc9", "none"] = "bell"
    ascii: bool = False
    file: Path | None = None
    """The file that it was read from; None for the defaults."""


def default_file() -> Path:
    """Return where the config is looked for when none is named: `$SITMON_CONFIG`, else the platform's config folder."""
    named = os.environ.get("SITMON_CONFIG")
    return Path(os.path.expanduser(named)) if named else Path(platformdirs.user_config_dir("sitmon")) / "config.toml"


def default_store() -> Path:
    """Return where the log is kept when the config names no place: the platform's data folder."""
    return Path(platformdirs.user_data_dir("sitmon")) / "desk.db"


def default_diary() -> Path:
    """Return where the program notes faults of its own: the platform's folder for logs."""
    return Path(platformdirs.user_log_dir("sitmon")) / "sitmon.log"


def default_memory() -> Path:
    """Return where a desk remembers, from one sitting to the next, how it was set and when it was last looked at."""
    return Path(platformdirs.user_state_dir("sitmon")) / "desk.json"


def load(file: Path | None = None, *, area: str | None = None, thorough: bool = False) -> Config | None:
    """Return the config of `file`, or of the default place; None where nothing is named and there is none.

    `area` is one that stands in for the config's own. With `thorough`, the places and sources that it names must be in
    its area. A path that is not there may come, so it is no mistake; beside mistakes it is named among them.
    Raises ConfigError with every mistake, by lines: the named file is missing or unreadable, is no TOML, or holds
    mistakes; where it holds any, it is judged thoroughly.
    """
    path = file or default_file()
    if file is None and not path.exists():
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError([Mistake(str(path), "", f"cannot be read: {reason}")]) from error
    try:
        tables = tables_of(text)
    except ValueError as error:
        raise ConfigError([no_toml(str(path), error)]) from error
    shape, mistakes = read(ConfigShape, tables, str(path))
    if isinstance(tables.get("sources"), list):
        mistakes += _same_names(tables["sources"], str(path))
    wrong_area = _check_area(tables["area"], path) if isinstance(tables.get("area"), str) else []
    config = _settle(shape, path, mistakes) if shape is not None else None
    if mistakes or wrong_area or thorough:
        mistakes += wrong_area or _against_area(tables, area or _area_named(tables, path), path)
    if config is not None and not mistakes:
        return config
    if thorough and isinstance(tables.get("sources"), list):
        mistakes += _missing(tables["sources"], path)
    raise ConfigError(_in_order(mistakes, tables, path, text))


def _in_order(mistakes: Iterable[Mistake], tables: Mapping[str, Any], path: Path, text: str) -> list[Mistake]:
    """Return the mistakes by lines, each with its line and its source's name; those of other files come last."""
    lines = lines_of(text)

    def at(mistake: Mistake) -> int:
        return line_of(lines, parse_key(mistake.where)) if mistake.file == str(path) else len(text)

    ordered = sorted(dict.fromkeys(mistakes), key=at)
    return [_named(m, tables) for m in (locate(m, {str(path): text}) for m in ordered)]


def _missing(sources: list[object], path: Path) -> list[Mistake]:
    """Return the files and folders that sources name and that are not there (yet)."""
    found = []
    for n, table in enumerate(sources):
        named = table.get("path") if isinstance(table, dict) else None
        if isinstance(named, str):
            where = _near(named, path.absolute().parent, "", "", [])
            if not Path(where).exists():
                found.append(Mistake(str(path), f"sources[{n}].path", f"there is no such file or folder: {where}"))
    return found


def _area_named(tables: Mapping[str, Any], path: Path) -> str:
    named = tables.get("area")
    if not isinstance(named, str):
        return Config().area
    return _near(named, path.absolute().parent, "area", str(path), []) if _is_path(named) else named


def _against_area(tables: Mapping[str, Any], area: str, path: Path) -> list[Mistake]:
    """Return what the area lacks of all that the config names, or that there is something wrong with the area."""
    try:
        return config_area.of_tables(tables, area_files.load(area_files.find(area)), str(path))
    except AreaError as error:
        more = f", and {n} more" if (n := len(error.mistakes) - 1) else ""
        said = f"{area!r} has mistakes of its own: {error.mistakes[0]}{more}; see `sitmon area check {area}`"
        return [Mistake(str(path), "area", said)]


def _check_area(named: str, path: Path) -> list[Mistake]:
    """Return why there is no such area; said beside the other mistakes, before any of its files is read."""
    wrong: list[Mistake] = []
    folder = _near(named, path.absolute().parent, "area", str(path), wrong) if _is_path(named) else named
    try:
        if not wrong:
            area_files.find(folder)
    except AreaError as error:
        wrong += [Mistake(str(path), "area", f"{named!r}: {m.message}", m.nearest) for m in error.mistakes]
    return wrong


def _is_path(area: str) -> bool:
    return any(c in area for c in "/\\~")


_SOURCE = re.compile(r"\bsources\[(\d+)\]")


def _named(mistake: Mistake, tables: Mapping[str, Any]) -> Mistake:
    """Return a mistake in a source with that source's name beside its number, which nobody counts."""
    found = _SOURCE.search(mistake.where)
    sources = tables.get("sources")
    if found is None or not isinstance(sources, list):
        return mistake
    table = sources[int(found[1])]
    name = table.get("name") if isinstance(table, dict) else None
    if not isinstance(name, str) or not name:
        return mistake
    return replace(mistake, where=f"{mistake.where} ({name[:60]!r})")


def _same_names(sources: list[object], file: str) -> list[Mistake]:
    seen: dict[str, int] = {}
    found = []
    for n, table in enumerate(sources):
        name = table.get("name") if isinstance(table, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            found.append(Mistake(file, f"sources[{n}].name", f"{name!r} is the name of sources[{seen[name]}] already"))
        seen.setdefault(name, n)
    return found


def _settle(shape: ConfigShape, path: Path, mistakes: list[Mistake]) -> Config:
    folder, file = path.absolute().parent, str(path)
    return Config(
        area=_near(shape.area, folder, "area", file, []) if _is_path(shape.area) else shape.area,
        store=Path(_near(shape.store, folder, "store", file, mistakes)) if shape.store else default_store(),
        sources=tuple(
            _source(s, n, shape.polling.interval, folder, str(path), mistakes) for n, s in enumerate(shape.sources)
        ),
        area_sources=shape.area_sources,
        interval=shape.polling.interval,
        timeout=shape.polling.timeout,
        contact=shape.polling.contact,
        concurrency=shape.polling.concurrency,
        proxy=shape.polling.proxy,
        alert_window=shape.alerts.window,
        min_severity=shape.alerts.min_severity,
        mass_casualties=shape.alerts.mass_casualties,
        group_by=shape.alerts.group_by,
        group_wait=shape.alerts.group_wait,
        group_interval=shape.alerts.group_interval,
        repeat_interval=shape.alerts.repeat_interval,
        reprint_window=shape.alerts.reprint_window,
        surge_least=shape.alerts.surge_least,
        surge_factor=shape.alerts.surge_factor,
        source_after=shape.alerts.source_after,
        alert_rules=tuple(
            AlertRule(r.name, r.severity, r.event_types, r.places, r.sides, r.bases, r.words)
            for r in shape.alerts.rules
        ),
        theme=shape.desk.theme,
        notify=shape.desk.notify,
        ascii=shape.desk.ascii,
        file=path,
    )


def _near(text: str, folder: Path, key: str, file: str, mistakes: list[Mistake]) -> str:
    """A path in a config is meant from the config's own folder."""
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        mistakes.append(Mistake(file, key, f"{text!r}: there is no user of that name, or no home folder"))
        return text
    return str(path if path.is_absolute() else folder / path)


def _source(
    shape: SourceShape, n: int, interval: timedelta, folder: Path, file: str, mistakes: list[Mistake]
) -> Source:
    location = shape.url or _near(shape.path or "", folder, f"sources[{n}].path", file, mistakes)
    headers = {k: _secret(v, f"sources[{n}].headers.{k}", file, mistakes) for k, v in shape.headers.items()}
    return source_of(shape, location, interval=interval, headers=headers)


def _secret(value: str, key: str, file: str, mistakes: list[Mistake]) -> str:
    """Return a header's value; "env:NAME" is read from the environment, so that no secret stands in the file."""
    if not value.startswith("env:"):
        return value
    name = value.removeprefix("env:")
    if name not in os.environ:
        mistakes.append(Mistake(file, key, f"the environment variable {name} is not set"))
    return os.environ.get(name, "")
