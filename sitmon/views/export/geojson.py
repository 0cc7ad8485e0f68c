"""Statuses, reports and alerts in, GeoJSON features out (RFC 7946): a point each, or null where none is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sitmon.area import Area
from sitmon.views.export import jsonl


def point(code: str | None, area: Area) -> dict[str, Any] | None:
    """Return a place's point: longitude first, as the standard has it. A site without one stands at its city's."""
    place = area.places.get(code or "")
    while place is not None and (place.lat is None or place.lon is None):
        place = area.places.get(place.parent) if place.parent else None
    return {"type": "Point", "coordinates": [place.lon, place.lat]} if place is not None else None


def feature(record: Mapping[str, Any], id_: str, code: str | None, area: Area) -> dict[str, Any]:
    """Return a record as a feature at a place."""
    return {"type": "Feature", "id": id_, "geometry": point(code, area), "properties": record}


def document(features: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a FeatureCollection piece by piece, so that a long one need not be held in memory."""
    yield '{"type": "FeatureCollection", "features": ['
    for n, found in enumerate(features):
        yield (",\n" if n else "\n") + jsonl.line(found)
    yield "\n]}\n"
