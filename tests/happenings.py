"""Pieces of news of which each is an alert of its own, in whatever order they come: for tests and benchmarks."""

from __future__ import annotations

from sitmon import area_files

KINDS = (
    "A roadside bomb killed {n} civilians in {place} city, the governor's spokesman said",
    "Taliban capture the city of {place}, a provincial council member said",
)


def happenings() -> list[str]:
    """Return one of each kind for each capital, with a toll that no other has."""
    places = area_files.load(area_files.find("afghanistan")).places.values()
    capitals = [p.name for p in places if p.capital]
    return [
        kind.format(n=11 + n * len(KINDS) + k, place=place)
        for n, place in enumerate(capitals)
        for k, kind in enumerate(KINDS)
    ]
