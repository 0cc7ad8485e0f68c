"""Places: provinces, districts, cities and named sites, each with a stable code."""

from __future__ import annotations

from dataclasses import dataclass

from sitmon.model.terms import PlaceKind, SiteKind


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer.

    Codes: ISO 3166-2 for provinces (`AF-KDZ`), OCHA P-codes for districts (`AF1701`), `AF-KDZ/kunduz` for cities and
    `AF-KDZ/kunduz/airport` for sites.
    """

    code: str
    name: str
    kind: PlaceKind
    province: str
    """Code of the province that it lies in; of a province, its own."""
    parent: str | None = None
    """Code of the place right above: of a site its city or district, of a city or district its province."""
    lat: float | None = None
    lon: float | None = None
    site: SiteKind | None = None
    capital: bool = False
    names: tuple[tuple[str, str], ...] = ()
    """Local names as (language, name): ps, prs."""


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """What a report, a status or an alert carries of its place."""

    code: str
    name: str
    kind: PlaceKind
    province: str
