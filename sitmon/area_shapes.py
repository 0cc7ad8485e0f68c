"""The shapes of an area's TOML files (`area.toml`, `actors.toml`, `sources.toml`); `area_files.py` reads them.

They say what a file may hold; whether the codes and ids in it exist is checked where all files are at hand.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, field_validator

from sitmon.area import ActorKind, Trait
from sitmon.model.terms import Holder, Side
from sitmon.shapes import Shape, SourceShape, Text

Words = dict[str, tuple[Text, ...]]
"""Language -> spellings."""
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Row = Annotated[int, Field(ge=1, le=100)]


class AreaShape(Shape):
    """`area.toml`."""

    id: Slug
    name: Text
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    timezone: Text
    languages: Annotated[tuple[Slug, ...], Field(min_length=1)]
    attribution: str = ""
    words: dict[Holder, Annotated[str, Field(min_length=1, max_length=12)]]
    sides: dict[Side, Text]
    baseline: dict[str, Holder] = Field(default_factory=dict)
    tiles: dict[str, tuple[Row, Row]] = Field(default_factory=dict)
    ledger: dict[str, float] = Field(default_factory=dict)
    incidents: dict[Trait, dict[Slug, tuple[Text, ...]]] = Field(default_factory=dict)


class ActorShape(Shape):
    """One `[[actors]]`."""

    id: Slug
    name: Text
    side: Side
    kind: ActorKind
    word: Annotated[str, Field(min_length=1, max_length=10)]
    aliases: Words = Field(default_factory=dict)
    adjectives: tuple[Text, ...] = ()


class PersonShape(Shape):
    """One `[[persons]]`."""

    name: Text
    actor: str
    role: Text
    aliases: Words = Field(default_factory=dict)
    handles: tuple[Text, ...] = ()
    place: str | None = None

    @field_validator("handles")
    @classmethod
    def _without_at(cls, handles: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(h.removeprefix("@") for h in handles)


class AgencyShape(Shape):
    """One `[[agencies]]`."""

    name: Text
    aliases: Words = Field(default_factory=dict)


class RoleShape(Shape):
    """One `[[roles]]`."""

    id: Slug
    side: Side | None = None
    witness: bool = False
    cues: Words = Field(default_factory=dict)


class ActorsShape(Shape):
    """`actors.toml`."""

    actors: tuple[ActorShape, ...] = ()
    persons: tuple[PersonShape, ...] = ()
    roles: tuple[RoleShape, ...] = ()
    agencies: tuple[AgencyShape, ...] = ()


class SourcesShape(Shape):
    """`sources.toml`."""

    sources: tuple[SourceShape, ...] = ()


Tables = dict[str, Any]
