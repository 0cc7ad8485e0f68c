"""`places.csv` and `aliases.csv` in, places and aliases out, every mistake with its line.

places.csv   code, name, kind, province, and where they apply: parent, site, capital ("yes"), lat, lon, one column for
             each of the area's local languages (ps, prs), ref (where the row comes from: "geonames:1138336"), origin.
aliases.csv  code, lang ("en" for any Latin spelling), text, weak ("yes"), origin.

A place's own names are spellings too and need no row, unless to call them weak. `origin` is for the rebuilding of an
area: "hand" rows are kept as they are, "built" rows are written anew, an "off" row is a spelling or a place that the
packages give and that nobody wants here: it is kept in the file and left out of the area.
Spellings that differ in case, apostrophes, diacritics, the forms of one Arabic letter, or in a hyphen, a space or a
joiner between the same words are one; a spelling in one word ("Lashkargah") is another than in two.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Final

from sitmon.area import Alias
from sitmon.errors import Mistake, nearest
from sitmon.model.place import Place
from sitmon.model.terms import PLACE_KINDS, SITE_KINDS

PLACE_COLUMNS: Final = ("code", "name", "kind", "province", "parent", "site", "capital", "lat", "lon", "ref", "origin")
ALIAS_COLUMNS: Final = ("code", "lang", "text", "weak", "origin")
ORIGINS: Final = ("hand", "built", "off")
_ORIGINS = ("", *ORIGINS)
_YES = ("", "yes")
LATIN: Final = "en"
"""The language of every Latin spelling, and of the names on the screen."""

_REQUIRED = {"places.csv": ("code", "name", "kind", "province"), "aliases.csv": ("code", "lang", "text")}
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PROVINCE_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_DISTRICT_CODE = re.compile(rf"[A-Z]{{2}}\d{{2,10}}|[A-Z]{{2}}-[A-Z0-9]{{1,3}}/{_SLUG}-district")
_CITY_CODE = re.compile(rf"[A-Z]{{2}}-[A-Z0-9]{{1,3}}/{_SLUG}")
_SITE_CODE = re.compile(rf"[A-Z]{{2}}-[A-Z0-9]{{1,3}}(?:/{_SLUG}){{2}}")
_CODES = {
    "province": (_PROVINCE_CODE, "an ISO 3166-2 code such as AF-KDZ"),
    "district": (_DISTRICT_CODE, "a P-code such as AF1901, or PROVINCE/name-district"),
    "city": (_CITY_CODE, "PROVINCE/name such as AF-KDZ/kunduz"),
    "site": (_SITE_CODE, "PROVINCE/town/site such as AF-KDZ/kunduz/airport"),
}
_SAME = str.maketrans("يىېۍئكګةۀہھآأإٱؤ", "یییییکگههههااااو")
_GAPS = "-‐‑‒–—/_\u200c"


class _Folding(dict[int, str]):
    """What is left of each character, worked out when it is first met; at most one entry a code point."""

    def __missing__(self, code: int) -> str:
        low = unicodedata.normalize("NFKD", chr(code).translate(_SAME).casefold())
        self[code] = "".join(c if c.isalnum() else " " if c in _GAPS or c.isspace() else "" for c in low)
        return self[code]


_FOLDING: Final = _Folding()


def fold_spelling(text: str) -> str:
    """Return what is left of a spelling when everything that makes no difference to a reader is taken away."""
    return " ".join(text.translate(_FOLDING).split())


@dataclass(slots=True)
class Table:
    """The rows of one CSV file, with the mistakes found in it so far."""

    file: str
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    """(line, one cell a column without the spaces around it, and one that is always empty)."""
    mistakes: list[Mistake] = field(default_factory=list)

    def cells(self, one: str, another: str, *more: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each row's line and its cells of these columns; "" where the file has no such column.

        By position and not by name, because thousands of rows are read at every start.
        """
        at = {column: n for n, column in enumerate(self.columns)}
        pick = itemgetter(*(at.get(column, len(self.columns)) for column in (one, another, *more)))
        for line, row in self.rows:
            yield line, pick(row)

    def wrong(self, line: int, message: str, close: str | None = None) -> None:
        """Note a mistake of a line."""
        self.mistakes.append(Mistake(self.file, f"line {line}", message, close))

    def one_of(self, line: int, column: str, value: str, valid: Iterable[str]) -> bool:
        """Whether a value is one of the valid ones; else the mistake is noted with the nearest."""
        words = tuple(valid)
        if value in words:
            return True
        listed = ", ".join(w for w in words if w) if len(words) <= 12 else f"one of {len(words)}"
        self.wrong(line, f"{column} {value!r} is not valid; expected {listed}", _nearest(value, words))
        return False


def read_table(path: Path, known: Iterable[str]) -> Table:
    """Return the rows of a CSV file with a header line; unknown, missing and doubled columns are mistakes."""
    valid = tuple(known)
    table = Table(path.name, ())
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            table.columns = tuple(c.strip() for c in next(reader, []))
            last = 1
            width = len(table.columns)
            for cells in reader:
                line, last = last + 1, reader.line_num
                if not cells or cells[0].startswith("#"):
                    continue
                if len(cells) > width:
                    table.wrong(line, f"{len(cells)} cells under {width} columns")
                    continue
                table.rows.append((line, [c.strip() for c in cells] + [""] * (width + 1 - len(cells))))
    except OSError as error:
        table.mistakes.append(Mistake(path.name, "", f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        table.mistakes.append(Mistake(path.name, "", f"is not UTF-8 text: byte {error.start} cannot be read"))
    except csv.Error as error:
        table.wrong(reader.line_num, f"is no CSV from here on: {error}")
    else:
        _check_header(table, valid)
    return table


def _check_header(table: Table, valid: tuple[str, ...]) -> None:
    for n, column in enumerate(table.columns):
        if column not in valid:
            table.wrong(1, f"there is no such column: {column!r}", nearest(column, valid))
        elif column in table.columns[:n]:
            table.wrong(1, f"the column {column!r} stands twice")
    missing = [c for c in _REQUIRED[table.file] if c not in table.columns]
    if missing:
        table.wrong(1, f"the column {missing[0]!r} is missing" if len(missing) == 1 else f"columns missing: {missing}")
        table.rows.clear()


def read_places(path: Path, country: str, languages: tuple[str, ...]) -> tuple[dict[str, Place], list[Mistake]]:
    """Return the places by code, in the file's order, and the mistakes of `places.csv`."""
    local = tuple(lang for lang in languages if lang != LATIN)
    columns = (*PLACE_COLUMNS, *local)
    table = read_table(path, columns)
    places: dict[str, Place] = {}
    lines: dict[str, int] = {}
    for line, cells in table.cells(*columns):
        row = dict(zip(columns, cells, strict=True))
        if row["origin"] == "off":
            continue
        place = _place(table, line, row, country, local)
        if place is None:
            continue
        if place.code in places:
            table.wrong(line, f"the code {place.code} stands in line {lines[place.code]} already")
            continue
        places[place.code], lines[place.code] = place, line
    _check_parents(table, places, lines)
    return places, table.mistakes


def _place(table: Table, line: int, row: Mapping[str, str], country: str, local: tuple[str, ...]) -> Place | None:
    """Return the row's place, or None where a mistake (noted) makes it useless."""
    before = len(table.mistakes)
    code, name, kind, site = row["code"], row["name"], row["kind"], row["site"]
    if not name or not name.isprintable():
        table.wrong(line, "name: this text is empty" if not name else "name: it holds control characters")
    if table.one_of(line, "kind", kind, PLACE_KINDS):
        pattern, wanted = _CODES[kind]
        if not pattern.fullmatch(code) or not code.startswith(country):
            table.wrong(line, f"code {code!r} is no code of a {kind} here; expected {wanted}")
        if kind == "site":
            table.one_of(line, "site", site, SITE_KINDS)
        elif site:
            table.wrong(line, f"site {site!r} is for rows of kind site, this one is a {kind}")
    table.one_of(line, "origin", row["origin"], _ORIGINS)
    table.one_of(line, "capital", row["capital"], _YES)
    if row["capital"] and kind != "city":
        table.wrong(line, f"a capital is a city, this one is a {kind}")
    lat, lon = _point(table, line, row)
    if len(table.mistakes) > before:
        return None
    return Place(
        code=code,
        name=name,
        kind=kind,  # type: ignore[arg-type]  # one of PLACE_KINDS, checked above
        province=row["province"],
        parent=row["parent"] or None,
        lat=lat,
        lon=lon,
        site=site or None,  # type: ignore[arg-type]  # one of SITE_KINDS, checked above
        capital=bool(row["capital"]),
        names=tuple((lang, row[lang]) for lang in local if row[lang]),
    )


def _point(table: Table, line: int, row: Mapping[str, str]) -> tuple[float | None, float | None]:
    numbers: list[float | None] = []
    for column, most in (("lat", 90.0), ("lon", 180.0)):
        text = row[column]
        try:
            number = float(text) if text else None
        except ValueError:
            table.wrong(line, f"{column} {text!r} is no number")
            number = None
        if number is not None and not -most <= number <= most:
            table.wrong(line, f"{column} {text} is not between -{most:.0f} and {most:.0f} degrees")
        numbers.append(number)
    if bool(row["lat"]) != bool(row["lon"]):
        table.wrong(line, "a point has both lat and lon")
    return numbers[0], numbers[1]


def _check_parents(table: Table, places: Mapping[str, Place], lines: Mapping[str, int]) -> None:
    provinces = [p.code for p in places.values() if p.kind == "province"]
    capitals: dict[str, str] = {}
    for code, place in places.items():
        line = lines[code]
        if place.province not in places or places[place.province].kind != "province":
            table.wrong(line, f"province {place.province!r} is not in this file", _nearest(place.province, provinces))
        elif place.kind == "province" and place.province != code:
            table.wrong(line, f"the province of a province is itself: {code}")
        elif "/" in code and not code.startswith(f"{place.province}/"):
            table.wrong(line, f"the code {code} does not begin with its province's, {place.province}/")
        if place.parent is not None and place.parent not in places:
            table.wrong(line, f"parent {place.parent!r} is not in this file", _nearest(place.parent, places))
        elif place.kind == "site" and (place.parent is None or places[place.parent].kind not in ("city", "district")):
            table.wrong(line, "the parent of a site is its city or district")
        elif place.parent == code:
            table.wrong(line, f"{code} is its own parent")
        elif place.parent is not None and places[place.parent].province != place.province:
            table.wrong(line, f"parent {place.parent} lies in another province: {places[place.parent].province}")
        if place.capital and (other := capitals.setdefault(place.province, code)) != code:
            table.wrong(line, f"{place.province} has a capital already: {other}")


def read_aliases(
    path: Path, places: Mapping[str, Place], languages: tuple[str, ...]
) -> tuple[tuple[Alias, ...], list[Mistake]]:
    """Return the spellings of `aliases.csv` and of the places' own names, and the mistakes.

    One spelling of two places of a kind within a province is a mistake: nothing that stands near could tell them apart.
    """
    table = read_table(path, ALIAS_COLUMNS)
    aliases: list[Alias] = []
    seen: dict[tuple[str, str, str], int] = {}
    """(code, language, folded spelling) -> line; also of the spellings that are off."""
    owners: dict[tuple[str, str, str], tuple[str, int]] = {}
    """(province, kind, folded spelling) -> (code, line)."""
    for line, (code, lang, text, weak, origin) in table.cells(*ALIAS_COLUMNS):
        fine = lang in languages or table.one_of(line, "lang", lang, languages)
        fine &= weak in _YES or table.one_of(line, "weak", weak, _YES)
        fine &= origin in _ORIGINS or table.one_of(line, "origin", origin, _ORIGINS)
        folded = fold_spelling(text)
        if len(folded) < 2:
            table.wrong(line, f"text {text!r} is too short to be looked for")
            continue
        if not text.isprintable() and any(unicodedata.category(c) == "Cc" for c in text):
            table.wrong(line, f"text {text!r} holds control characters")
            continue
        place = places.get(code)
        if place is None:
            if origin != "off":
                table.wrong(line, f"code {code!r} is not in places.csv", _nearest(code, places))
            continue
        if (first := seen.setdefault((code, lang, folded), line)) != line:
            table.wrong(line, f"{text!r} stands for {code} in line {first} already")
        elif fine and origin != "off":
            owner, at = owners.setdefault((place.province, place.kind, folded), (code, line))
            if owner != code:
                table.wrong(line, f"{text!r} also means {owner} (line {at}), a {place.kind} of the same province")
            aliases.append(Alias(code, lang, text, weak == "yes"))
    own = _own_names(table, places, seen, owners)
    return (*own, *aliases), table.mistakes


def _own_names(
    table: Table,
    places: Mapping[str, Place],
    seen: Mapping[tuple[str, str, str], int],
    owners: dict[tuple[str, str, str], tuple[str, int]],
) -> list[Alias]:
    """Return the places' names as spellings, save those that `aliases.csv` lists itself."""
    own = []
    for place in places.values():
        for lang, text in ((LATIN, place.name), *place.names):
            folded = fold_spelling(text)
            if (place.code, lang, folded) in seen:
                continue
            owner, at = owners.setdefault((place.province, place.kind, folded), (place.code, 0))
            if owner != place.code:
                where = f"line {at}" if at else "places.csv"
                table.mistakes.append(
                    Mistake(
                        table.file, where, f"{text!r} means both {owner} and {place.code}, of one province and kind"
                    )
                )
            own.append(Alias(place.code, lang, text))
    return own


def _nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return the valid word nearest to `word`; an empty one is none."""
    return nearest(word, filter(None, valid))
