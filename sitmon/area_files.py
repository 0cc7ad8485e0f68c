"""A folder of data files in, one immutable `Area` out; or AreaError with every mistake of every file.

area.toml, places.csv and aliases.csv must be there; actors.toml, sources.toml, cues.<lang>.toml and speech.<lang>.toml
may be missing. docs/areas.md describes them. What stands inside the cue and speech files is checked by the room that
uses them; here they are only read.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

import sitmon
from sitmon.area import Actor, Agency, Alias, Area, CueFile, Person, Role
from sitmon.area_lines import locate, no_toml
from sitmon.area_shapes import ActorsShape, AreaShape, SourcesShape, Words
from sitmon.area_tables import read_aliases, read_places
from sitmon.errors import AreaError, Mistake, nearest
from sitmon.garbage import collector_paused
from sitmon.model.place import Place
from sitmon.model.source import Source
from sitmon.model.terms import HOLDERS
from sitmon.shapes import SourceShape, read, source_of, tables_of

INTERVAL = timedelta(minutes=10)
"""How often an area's source is read that does not say."""

_FIXED = ("area.toml", "places.csv", "aliases.csv", "actors.toml", "sources.toml")
_BY_LANGUAGE = ("cues", "speech")
S = TypeVar("S", bound=BaseModel)


@dataclass(slots=True)
class _Reading:
    """One reading of a folder: what was found wrong so far."""

    folder: Path
    mistakes: list[Mistake] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def tables(self, name: str, *, required: bool = False) -> dict[str, Any] | None:
        """Return a TOML file's tables, or None where it is missing or no TOML."""
        try:
            text = (self.folder / name).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            if required:
                self.mistakes.append(Mistake(name, "", "this file is missing"))
            return None
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            self.mistakes.append(Mistake(name, "", f"cannot be read: {why}"))
            return None
        self.texts[name] = text
        try:
            return tables_of(text)
        except ValueError as error:
            self.mistakes.append(no_toml(name, error))
            return None

    def shape(self, shape: type[S], name: str, *, required: bool = False) -> S | None:
        """Return a TOML file in its shape, or None where it is missing or has mistakes."""
        tables = self.tables(name, required=required)
        if tables is None:
            return None
        found, mistakes = read(shape, tables, name)
        self.mistakes += mistakes
        return found

    def wrong(self, name: str, key: str, message: str, valid: Iterable[str] = ()) -> None:
        """Note a mistake of a key; `valid` are the words among which the nearest is looked for."""
        word = message.split("'")[1] if "'" in message else ""
        self.mistakes.append(Mistake(name, key, message, nearest(word, valid)))

    def located(self) -> list[Mistake]:
        """Return the mistakes with the line put before each key: "line 41, actors[2].side"."""
        return [locate(m, self.texts) for m in self.mistakes]


def seeds() -> Path:
    """Return the folder of the bundled areas: beside the package in a checkout, inside it when installed."""
    inside = Path(sitmon.__file__).parent / "seeds"
    return inside if inside.is_dir() else inside.parent.parent / "seeds"


def bundled() -> list[str]:
    """Return the names of the bundled areas."""
    return sorted(p.parent.name for p in seeds().glob("*/area.toml"))


def find(name_or_folder: str) -> Path:
    """Return the folder of a bundled area, or the folder that the text is a path of.

    Raises AreaError: there is no such area and no such folder.
    """
    names = bundled()
    if name_or_folder in names:
        return seeds() / name_or_folder
    folder = Path(name_or_folder).expanduser()
    if folder.is_dir():
        return folder
    known = ", ".join(names) or "none"
    message = f"there is no such folder, and no bundled area of that name (bundled: {known})"
    raise AreaError([Mistake(name_or_folder, "", message, nearest(name_or_folder, names))])


def load(folder: Path) -> Area:
    """Return the area whose files stand in `folder`.

    Raises AreaError with all mistakes of all files, each with its line and key.
    """
    area, mistakes = examine(folder)
    if area is None or mistakes:
        raise AreaError(mistakes)
    return area


def examine(folder: Path) -> tuple[Area | None, list[Mistake]]:
    """Return the area as far as it could be read, with all mistakes; no area where area.toml itself cannot be used.

    An area that comes with mistakes is good for looking for more of them, and for nothing else.
    """
    with collector_paused():
        return _examine(folder)


def _examine(folder: Path) -> tuple[Area | None, list[Mistake]]:
    reading = _Reading(folder)
    _check_names(reading)
    head = reading.shape(AreaShape, "area.toml", required=True)
    languages = head.languages if head else ("en",)
    places: dict[str, Place] = {}
    aliases: tuple[Alias, ...] = ()
    if head is not None:
        places, wrong = read_places(folder / "places.csv", head.country, languages)
        aliases, wrong_too = read_aliases(folder / "aliases.csv", places, languages)
        reading.mistakes += [*wrong, *wrong_too]
        _check_head(reading, head, places)
    cast = reading.shape(ActorsShape, "actors.toml") or ActorsShape()
    listed = reading.shape(SourcesShape, "sources.toml") or SourcesShape()
    cues, speech = (_cue_files(reading, stem) for stem in _BY_LANGUAGE)
    _check_cast(reading, cast, places, languages)
    _check_languages(reading, {**cues, **speech}, languages)
    _check_sources(reading, listed)
    if head is None:
        return None, reading.located()
    area = Area(
        id=head.id,
        name=head.name,
        country=head.country,
        timezone=head.timezone,
        languages=languages,
        folder=folder,
        places=places,
        aliases=aliases,
        actors={
            a.id: Actor(a.id, a.name, a.side, a.kind, a.word, _pairs(a.aliases), a.adjectives) for a in cast.actors
        },
        persons=tuple(Person(p.name, p.actor, p.role, _pairs(p.aliases), p.handles, p.place) for p in cast.persons),
        roles=tuple(Role(r.id, r.side, r.witness, _pairs(r.cues)) for r in cast.roles),
        agencies=tuple(Agency(a.name, _pairs(a.aliases)) for a in cast.agencies),
        cues=cues,
        speech=speech,
        sources=tuple(_source(s, folder) for s in listed.sources),
        words=head.words,
        sides=head.sides,
        baseline=head.baseline,
        tiles=head.tiles,
        ledger=head.ledger,
        incidents=head.incidents,
        attribution=head.attribution,
    )
    return area, reading.located()


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Return the sources of a folder's own `sources.toml` (an area's, or a recorded sample's).

    Raises AreaError with all mistakes in it.
    """
    reading = _Reading(folder)
    listed = reading.shape(SourcesShape, "sources.toml", required=True) or SourcesShape()
    _check_sources(reading, listed)
    if reading.mistakes:
        raise AreaError(reading.located())
    return tuple(_source(s, folder) for s in listed.sources)


def _pairs(words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((lang, text) for lang, texts in words.items() for text in texts)


def _source(shape: SourceShape, folder: Path) -> Source:
    location = shape.url or str(folder / Path(shape.path or "").expanduser())
    return source_of(shape, location, interval=INTERVAL, headers=shape.headers)


def _cue_files(reading: _Reading, stem: str) -> dict[str, CueFile]:
    files = {}
    for path in sorted(reading.folder.glob(f"{stem}.*.toml")):
        tables = reading.tables(path.name)
        if tables is not None:
            lang = path.name.split(".")[1]
            files[lang] = CueFile(lang, path, tables)
    return files


def _check_names(reading: _Reading) -> None:
    """A file whose name is nearly that of an area's file was meant to be read."""
    for path in sorted((*reading.folder.glob("*.toml"), *reading.folder.glob("*.csv"))):
        stem, *rest = path.name.split(".")
        if path.name in _FIXED or (stem in _BY_LANGUAGE and len(rest) == 2):
            continue
        names = {name.split(".")[0]: name for name in _FIXED if name.endswith(path.suffix)}
        if path.suffix == ".toml":
            names |= {name: f"{name}.en.toml" for name in _BY_LANGUAGE}
        if close := nearest(stem, names):
            reading.mistakes.append(Mistake(path.name, "", "an area has no file of this name", names[close]))


def _check_head(reading: _Reading, head: AreaShape, places: Mapping[str, Place]) -> None:
    name, codes = "area.toml", tuple(places)
    try:
        zoneinfo.ZoneInfo(head.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        zones = zoneinfo.available_timezones()
        if zones:  # a machine without time zone data cannot tell
            reading.wrong(name, "timezone", f"{head.timezone!r} is no time zone", zones)
    for holder in HOLDERS:
        if holder not in head.words:
            reading.wrong(name, "words", f"the screen's word for the holder {holder!r} is missing")
    for code in head.baseline:
        if code != "*" and code not in places:
            reading.wrong(name, f"baseline.{code}", f"{code!r} is not in places.csv", codes)
    if "*" not in head.baseline:
        reading.wrong(name, "baseline", 'the holder of every other place is missing: "*" = "..."')
    provinces = [p.code for p in places.values() if p.kind == "province"]
    taken: dict[tuple[int, int], str] = {}
    for code, tile in head.tiles.items():
        if code not in provinces:
            reading.wrong(name, f"tiles.{code}", f"{code!r} is no province of places.csv", provinces)
        if (other := taken.setdefault(tile, code)) != code:
            reading.wrong(name, f"tiles.{code}", f"the tile {list(tile)} is taken already, by {other}")
    for code in provinces if head.tiles else ():
        if code not in head.tiles:
            reading.wrong(name, "tiles", f"{code!r} has no tile")


def _check_cast(reading: _Reading, cast: ActorsShape, places: Mapping[str, Place], languages: tuple[str, ...]) -> None:
    name = "actors.toml"
    ids = [a.id for a in cast.actors]
    for n, actor in enumerate(cast.actors):
        if actor.id in ids[:n]:
            reading.wrong(name, f"actors[{n}].id", f"{actor.id!r} is the id of actors[{ids.index(actor.id)}] already")
        _check_words(reading, name, f"actors[{n}].aliases", actor.aliases, languages)
    for n, person in enumerate(cast.persons):
        if person.actor not in ids:
            reading.wrong(name, f"persons[{n}].actor", f"{person.actor!r} is no actor's id", ids)
        if person.place is not None and places and person.place not in places:
            reading.wrong(name, f"persons[{n}].place", f"{person.place!r} is not in places.csv", places)
        _check_words(reading, name, f"persons[{n}].aliases", person.aliases, languages)
    roles = [r.id for r in cast.roles]
    for n, role in enumerate(cast.roles):
        if role.id in roles[:n]:
            reading.wrong(name, f"roles[{n}].id", f"{role.id!r} is the id of roles[{roles.index(role.id)}] already")
        _check_words(reading, name, f"roles[{n}].cues", role.cues, languages)
    agencies: dict[str, str] = {}
    for n, agency in enumerate(cast.agencies):
        _check_words(reading, name, f"agencies[{n}].aliases", agency.aliases, languages)
        for spelling in {agency.name.casefold(), *(text.casefold() for _, text in _pairs(agency.aliases))}:
            if (first := agencies.setdefault(spelling, agency.name)) != agency.name:
                reading.wrong(name, f"agencies[{n}]", f"{spelling!r} is a name of {first!r} already")


def _check_words(reading: _Reading, name: str, key: str, words: Words, languages: tuple[str, ...]) -> None:
    for lang, texts in words.items():
        if lang not in languages:
            reading.wrong(name, f"{key}.{lang}", f"{lang!r} is not among the area's languages", languages)
        doubled = sorted({t for n, t in enumerate(texts) if t in texts[:n]})
        if doubled:
            reading.wrong(name, f"{key}.{lang}", f"stands twice: {', '.join(doubled)}")


def _check_languages(reading: _Reading, files: Mapping[str, CueFile], languages: tuple[str, ...]) -> None:
    for lang, file in files.items():
        if lang not in languages:
            reading.wrong(file.path.name, "", f"{lang!r} is not among the area's languages", languages)


def _check_sources(reading: _Reading, listed: SourcesShape) -> None:
    names: dict[str, int] = {}
    for n, source in enumerate(listed.sources):
        if (first := names.setdefault(source.name, n)) != n:
            reading.wrong(
                "sources.toml", f"sources[{n}].name", f"{source.name!r} is the name of sources[{first}] already"
            )
