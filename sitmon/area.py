"""An area: the gazetteer, actors, cues, sources and thresholds that one desk watches, as one immutable object.

The shapes stand here; `area_files.py` reads them from a folder of data files and names every mistake with its
file and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sitmon.model.place import Place
from sitmon.model.source import Source
from sitmon.model.terms import Holder, Side

ActorKind = Literal[
    "state",
    "military",
    "police",
    "militia",
    "rebel",
    "group",
    "foreign_military",
    "organisation",
    "civilian",
    "media",
]

Trait = Literal["where", "means", "hour", "who", "revised"]
"""What accounts say of an attack: its scene, how it was done, the time of day, whom it struck, that a toll is new."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of a place (`aliases.csv`)."""

    code: str
    lang: str
    """en (any Latin spelling), ps, prs; "ar" script spellings that both share are written once for each."""
    text: str
    weak: bool = False
    """Also an ordinary word or a person's name: needs support nearby (a province, "district", "in ...")."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A named party and the side it speaks for (`actors.toml`, `[[actors]]`)."""

    id: str
    name: str
    side: Side
    kind: ActorKind
    word: str
    """What the screen calls it, at most 10 letters."""
    aliases: tuple[tuple[str, str], ...]
    """(language, spelling); a spelling that ends in "*" also matches its inflected forms."""
    adjectives: tuple[str, ...] = ()
    """"Taliban", "Afghan": words that make the next noun this actor's ("Taliban fighters")."""


@dataclass(frozen=True, slots=True)
class Person:
    """A named person whose word counts (`actors.toml`, `[[persons]]`)."""

    name: str
    actor: str
    role: str
    aliases: tuple[tuple[str, str], ...] = ()
    handles: tuple[str, ...] = ()
    """Accounts, without "@", any case."""
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency or outlet that others credit, under all its names (`actors.toml`, `[[agencies]]`)."""

    name: str
    aliases: tuple[tuple[str, str], ...] = ()
    """(language, spelling)."""


@dataclass(frozen=True, slots=True)
class Role:
    """Words that say on whose behalf an unnamed or unknown person speaks (`actors.toml`, `[[roles]]`)."""

    id: str
    """"provincial_council", "resident", "correspondent", "governor", "spokesman", ..."""
    side: Side | None
    """None: the side comes from the actor named beside it ("Taliban spokesman")."""
    witness: bool
    """Whether their word of what they see is `witnessed`."""
    cues: tuple[tuple[str, str], ...]
    """(language, words)."""


@dataclass(frozen=True, slots=True)
class CueFile:
    """A `cues.<lang>.toml` or `speech.<lang>.toml` as read; the classify room checks and compiles it."""

    lang: str
    path: Path
    tables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Area:
    """Everything that one desk watches. Built once, shared by every room, never changed."""

    id: str
    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    timezone: str
    languages: tuple[str, ...]
    folder: Path
    places: Mapping[str, Place]
    aliases: tuple[Alias, ...]
    actors: Mapping[str, Actor]
    persons: tuple[Person, ...]
    roles: tuple[Role, ...]
    cues: Mapping[str, CueFile]
    """Language -> what events, modality, hedges and scopes sound like in it."""
    speech: Mapping[str, CueFile]
    """Language -> what saying, counting people and dating sound like in it."""
    sources: tuple[Source, ...]
    words: Mapping[Holder, str]
    """What the screen calls each holder ("TALIBAN", "GOVT")."""
    sides: Mapping[Side, str]
    """The side that each id of a side means here, in words ("Taliban", "Afghan government")."""
    baseline: Mapping[str, Holder]
    """Place code -> holder before the first report; the key "*" holds for the rest."""
    tiles: Mapping[str, tuple[int, int]]
    """Province code -> (row, column) of the schematic map, from 1."""
    ledger: Mapping[str, float] = field(default_factory=dict)
    """Thresholds of the control ledger, by name."""
    incidents: Mapping[Trait, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """What sets one attack apart from another: kind -> name -> words; a word that ends in "*" is any that begins so."""
    agencies: tuple[Agency, ...] = ()
    attribution: str = ""
    """The credit that the licence of the place data asks for."""

    @property
    def capitals(self) -> tuple[Place, ...]:
        """The provinces' capitals, in the order of their provinces' codes."""
        return tuple(sorted((p for p in self.places.values() if p.capital), key=lambda p: p.province))
