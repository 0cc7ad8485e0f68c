"""What a config says of its area in; every place and source in it that the area does not have out.

It reads a config's tables or its settings, whichever there are: a file with other mistakes is judged all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitmon.area import Area
from sitmon.errors import Mistake, nearest

_LISTED = 5
"""Names of which a message lists all where there are no more."""


def of_tables(tables: Mapping[str, Any], area: Area, file: str) -> list[Mistake]:
    """Return what does not fit the area in a config's tables; what is no list of texts is another's to refuse."""
    alerts = tables.get("alerts")
    rules = alerts.get("rules") if isinstance(alerts, dict) else None
    places = [_texts(rule.get("places")) if isinstance(rule, dict) else {} for rule in _list(rules)]
    return [*unknown_places(places, area, file), *unknown_sources(_texts(tables.get("area_sources")), area, file)]


def unknown_places(rules: Iterable[Mapping[int, str]], area: Area, file: str) -> Iterator[Mistake]:
    """Yield the codes that the area lacks; of each rule its places, by their index."""
    valid = list(area.places)
    for n, places in enumerate(rules):
        for m, code in places.items():
            if code not in area.places:
                where = f"alerts.rules[{n}].places[{m}]"
                close = _named(code, area) or nearest(code, valid)
                such = "" if close else f"; expected a code such as {valid[0]!r}"
                yield Mistake(file, where, f"{code!r} is no place of {area.id}{such}", close)


def unknown_sources(names: Mapping[int, str], area: Area, file: str) -> Iterator[Mistake]:
    """Yield the names that no source of the area has."""
    valid = [s.name for s in area.sources]
    for n, name in names.items():
        if name not in valid:
            some = f" (it has {', '.join(valid) or 'none'})" if len(valid) <= _LISTED else ""
            yield Mistake(file, f"area_sources[{n}]", f"{name!r} is no source of {area.id}{some}", nearest(name, valid))


def _named(name: str, area: Area) -> str | None:
    """Return the code of a place that was given by its name: a city before its province."""
    found = [p for p in area.places.values() if p.name.casefold() == name.casefold()]
    found.sort(key=lambda p: ("city", "province", "district", "site").index(p.kind))
    return found[0].code if found else None


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _texts(value: object) -> dict[int, str]:
    return {n: text for n, text in enumerate(_list(value)) if isinstance(text, str)}
