"""What public gazetteers know of a country in, the place files of an area out.

Provinces by ISO 3166-2, their capitals, second-level districts and towns, with every spelling in Latin letters and in
the scripts of the area's languages. What a person wrote stays: rows with the origin "hand" are kept as they are and a
row with "off" keeps a spelling or a place out; only "built" rows are written anew. `area.toml` is written once, when
there is none. Nothing here decides what is right: the capitals and the tiles of a built area are to be looked over.
"""

from __future__ import annotations

import csv
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sitmon.area_packages import CREDIT, Country, Region, Town, gather
from sitmon.area_tables import ALIAS_COLUMNS, LATIN, PLACE_COLUMNS, fold_spelling, read_table
from sitmon.errors import AreaError, UsageError
from sitmon.model.terms import PLACE_KINDS

TOWN = 5000
"""Inhabitants from which a town is listed; the capitals always are."""

_SHORTEST = 4
"""Letters of the shortest Latin spelling that is taken: shorter ones are airport codes and words."""
_SCRIPTS = {
    "ar": "ARABIC", "ckb": "ARABIC", "fa": "ARABIC", "prs": "ARABIC", "ps": "ARABIC", "ur": "ARABIC", "he": "HEBREW",
    "ru": "CYRILLIC", "uk": "CYRILLIC", "be": "CYRILLIC", "bg": "CYRILLIC", "tg": "CYRILLIC", "am": "ETHIOPIC",
    "hy": "ARMENIAN", "ka": "GEORGIAN", "hi": "DEVANAGARI", "ne": "DEVANAGARI", "bn": "BENGALI", "my": "MYANMAR",
}  # fmt: skip
_OWN_LETTERS = {"ps": "ټډړږښځڅڼګېۍ", "ur": "ٹڈڑےہھں", "prs": "", "fa": "", "ar": "ةىإأ", "ckb": "ێۆڵڕە"}
"""Letters that only this one of the languages in Arabic script writes."""
_DIVISIONS = (
    "district|province|governorate|region|oblast|raion|rayon|department|county|state|prefecture|municipality|"
    "viloyati|tumani?|welayaty|city"
)
_KIND_WORDS = re.compile(rf"^(?:{_DIVISIONS})(?: of)? | (?:{_DIVISIONS})$", re.IGNORECASE)
_OFFICES = re.compile(
    r"\b([wuov]+l[ue]s\w*[wv][ao]l\w*|ala[qk]a\w*dar\w*|[hk]+ukumat\w*|mar[ck]az\w*|[qk]ar[iy]\w*|mu[hk]afazat\w*"
    r"|nahiyat\w*|ولسوالی|ولایت|استان|محافظه|منطقه|ناحیه|область|район)\b"
)
"""Offices and kinds of settlement, folded, that gazetteers put beside a name; such a spelling names the office."""


@dataclass(slots=True)
class Files:
    """The rows of the two place files as they grow."""

    languages: tuple[str, ...]
    places: list[dict[str, str]] = field(default_factory=list)
    aliases: list[dict[str, str]] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    """Where a row comes from -> its code, so that a kept row is not built a second time."""
    taken: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(province, kind, folded spelling) -> code."""
    listed: set[tuple[str, str, str]] = field(default_factory=set)
    """(code, language, folded spelling) of every spelling that stands in a file or was turned off."""

    @property
    def local(self) -> tuple[str, ...]:
        """The languages that have a column of their own in places.csv."""
        return tuple(lang for lang in self.languages if lang != LATIN)

    def codes(self) -> set[str]:
        """Return the codes of all places."""
        return {p["code"] for p in self.places}

    def claim(self, place: dict[str, str], spelling: str) -> bool:
        """Whether a spelling of a place means no other one of its kind and province."""
        key = (place["province"], place["kind"], fold_spelling(spelling))
        return self.taken.setdefault(key, place["code"]) == place["code"]


def build(country: str, folder: Path, languages: tuple[str, ...] | None = None, smallest: int = TOWN) -> list[str]:
    """Write the place files of a country into `folder`; return what a person should know, a sentence each.

    `languages` are the area's (default: those of its area.toml, else "en" and the country's own whose script is known);
    `smallest` is the number of inhabitants from which a town is listed.
    Raises UsageError (no extra, no such country, nothing to build) and AreaError (what stands there cannot be read).
    """
    facts = gather(country)
    if not facts.provinces:
        raise UsageError(f"the packages know no first-level division of {facts.name} with an ISO 3166-2 code")
    spoken = languages or _languages_of(folder) or _languages(facts)
    files = kept(folder, spoken)
    hand = len(files.places)
    derive(facts, files, smallest)
    folder.mkdir(parents=True, exist_ok=True)
    notes = [] if (folder / "area.toml").exists() else _write_head(folder, facts, spoken)
    _write(folder / "places.csv", (*PLACE_COLUMNS[:9], *files.local, *PLACE_COLUMNS[9:]), _in_order(files))
    _write(folder / "aliases.csv", ALIAS_COLUMNS, files.aliases)
    kinds = [p["kind"] for p in files.places if p["origin"] != "off"]
    counts = ", ".join(f"{kinds.count(kind)} of kind {kind}" for kind in PLACE_KINDS)
    built = len(files.places) - hand
    notes.append(f"{len(kinds)} places ({counts}; {built} of them built), {len(files.aliases)} spellings.")
    if facts.unplaced:
        notes.append(f"Left out, because the packages give them no ISO 3166-2 code: {', '.join(facts.unplaced)}.")
    without = [r.province for r in facts.provinces if not any(_is_capital(p, r.province) for p in files.places)]
    if without:
        notes.append(f"Provinces without a capital: {', '.join(without)}.")
    return notes


def kept(folder: Path, languages: tuple[str, ...]) -> Files:
    """Return the rows of an area's place files that a rebuild keeps: all but the built ones."""
    files = Files(languages)
    for name, columns, into in (
        ("places.csv", (*PLACE_COLUMNS, *files.local), files.places),
        ("aliases.csv", ALIAS_COLUMNS, files.aliases),
    ):
        if not (folder / name).exists():
            continue
        table = read_table(folder / name, columns)
        if table.mistakes:
            raise AreaError(table.mistakes)
        for _, cells in table.cells(*columns):
            row = dict(zip(columns, cells, strict=True))
            if row["origin"] != "built":
                into.append(row)
    for place in files.places:
        if place["ref"]:
            files.refs[place["ref"]] = place["code"]
    by_code = {p["code"]: p for p in files.places}
    for row in files.aliases:
        files.listed.add((row["code"], row["lang"], fold_spelling(row["text"])))
        if row["origin"] != "off" and row["code"] in by_code:
            files.claim(by_code[row["code"]], row["text"])
    for place in by_code.values():
        for lang, text in [(LATIN, place["name"]), *((lang, place[lang]) for lang in files.local if place[lang])]:
            files.claim(place, text)
            files.listed.add((place["code"], lang, fold_spelling(text)))
    return files


def derive(facts: Country, files: Files, smallest: int = TOWN) -> None:
    """Add to the kept rows what the packages know of a country."""
    for region in facts.provinces:
        _add_region(files, region, "province", region.province)
    for region in facts.districts:
        _add_region(files, region, "district", f"{region.province}/{{}}-district")
    capitals = {p["province"] for p in files.places if p["capital"]}
    for town in facts.towns:
        names = {fold_spelling(n) for n in town.names}
        first = town.province not in capitals and (
            _names_province(facts, town, names) or not _another_does(facts, town)
        )
        if first or town.population >= smallest or town.ref in files.refs:
            _add_town(files, town, capital=first)
        if first:
            capitals.add(town.province)


def _names_province(facts: Country, town: Town, names: set[str]) -> bool:
    """Whether a town bears its province's name, or is the country's capital."""
    province = next(r for r in facts.provinces if r.province == town.province)
    own = {fold_spelling(_plain(n)) for n in province.names[:3]}
    return bool(names & own) or fold_spelling(facts.capital) in names


def _another_does(facts: Country, town: Town) -> bool:
    """Whether a town that comes later in the list (a smaller one) bears the province's name."""
    return any(
        t.province == town.province and _names_province(facts, t, {fold_spelling(n) for n in t.names})
        for t in facts.towns
        if t is not town
    )


def _add_region(files: Files, region: Region, kind: str, code: str) -> None:
    name = screen_name(region.names)
    place = _known(files, region.ref, region.province, kind, region.names)
    if place is None:
        code = _free(files, code.format(slug(name)))
        place = _row(files, code, name, kind, region.province, region.ref, region.lat, region.lon)
        for lang, text in region.local:
            if lang in files.local:
                place[lang] = text
        _settle(files, place)
    _add_spellings(files, place, [*region.names, *(text for _, text in region.local)])


def _add_town(files: Files, town: Town, *, capital: bool) -> None:
    name = screen_name(town.names[:1])
    place = _known(files, town.ref, town.province, "city", town.names[:1])
    if place is None:
        code = _free(files, f"{town.province}/{slug(name)}")
        place = _row(files, code, name, "city", town.province, town.ref, town.lat, town.lon)
        place["capital"] = "yes" if capital else ""
        _settle(files, place)
    _add_spellings(files, place, town.names)


def _known(files: Files, ref: str, province: str, kind: str, names: Iterable[str]) -> dict[str, str] | None:
    """Return the row that stands for this place already: by where it comes from, else by a name in its province."""
    code = files.refs.get(ref)
    if code is None and kind == "province":
        code = province if province in files.codes() else None
    for spelling in () if code else names:
        code = code or files.taken.get((province, kind, fold_spelling(_plain(spelling))))
    return next((p for p in files.places if p["code"] == code), None)


def _row(
    files: Files, code: str, name: str, kind: str, province: str, ref: str, lat: float | None, lon: float | None
) -> dict[str, str]:
    row = dict.fromkeys((*PLACE_COLUMNS, *files.local), "")
    parent = "" if kind == "province" else province
    point = {"lat": f"{lat:.4f}", "lon": f"{lon:.4f}"} if lat is not None and lon is not None else {}
    return row | {
        "code": code, "name": name, "kind": kind, "province": province, "parent": parent, "ref": ref, "origin": "built"
    } | point  # fmt: skip


def _settle(files: Files, place: dict[str, str]) -> None:
    files.places.append(place)
    files.refs[place["ref"]] = place["code"]
    for lang, text in [(LATIN, place["name"]), *((lang, place[lang]) for lang in files.local if place[lang])]:
        files.claim(place, text)
        files.listed.add((place["code"], lang, fold_spelling(text)))


def _add_spellings(files: Files, place: dict[str, str], names: Iterable[str]) -> None:
    """Add what the packages call a built place; a place that a person wrote has the spellings that a person wrote."""
    if place["origin"] != "built":
        return
    for name in names:
        text = _plain(name)
        for lang in written_in(text, files.languages):
            key = (place["code"], lang, fold_spelling(text))
            if key in files.listed or not files.claim(place, text):
                continue
            files.listed.add(key)
            if lang != LATIN and not place[lang]:
                place[lang] = text
                continue
            weak = "yes" if lang == LATIN and len(text) <= _SHORTEST else ""
            files.aliases.append(dict(zip(ALIAS_COLUMNS, (place["code"], lang, text, weak, "built"), strict=True)))


def written_in(text: str, languages: Iterable[str]) -> Iterator[str]:
    """Yield the languages of an area that a spelling may be of: "en" if Latin, else those that write its letters."""
    letters, folded = [c for c in text if c.isalpha()], fold_spelling(text)
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in letters}
    if not letters or len(scripts) != 1 or any(c.isdigit() for c in text) or len(text.split()) > 4:
        return
    if _OFFICES.search(folded):
        return
    script = scripts.pop()
    if script == "LATIN":
        proper = letters[0].isupper()  # lower-case ones are read off another script by rule
        if proper and not text.isupper() and folded.isascii() and len(folded.replace(" ", "")) >= _SHORTEST:
            yield from (lang for lang in languages if lang == LATIN)
        return
    owners = {lang for lang, own in _OWN_LETTERS.items() if script == "ARABIC" and any(c in own for c in letters)}
    for lang in languages:
        if _SCRIPTS.get(lang) == script and len(letters) > 1 and (not owners or lang in owners):
            yield lang


def screen_name(names: Iterable[str]) -> str:
    """Return the name for the screen: the first in plain Latin letters, else the first without its diacritics."""
    plain = [_plain(n) for n in names]
    for name in plain:
        if name.isascii() and any(c.isalpha() for c in name):
            return name
    bare = unicodedata.normalize("NFKD", plain[0].replace("‘", "").replace("’", ""))
    return "".join(c for c in bare if not unicodedata.combining(c))


def slug(name: str) -> str:
    """Return a name as it stands in a code: `Sar-e Pul` -> `sar-e-pul`."""
    folded = fold_spelling(name).replace(" ", "-")
    return re.sub(r"[^a-z0-9-]+", "", unicodedata.normalize("NFKD", folded)).strip("-") or "place"


def _plain(name: str) -> str:
    """Return a gazetteer's name without what kind of division it is."""
    name = name.replace("`", "'").strip()
    return " ".join(_KIND_WORDS.sub("", name).split()) or name


def _free(files: Files, code: str) -> str:
    taken = files.codes()
    stem, _, tail = code.rpartition("-district")
    numbered = (f"{stem}-{n}-district" if not tail and stem else f"{code}-{n}" for n in range(2, 1000))
    return code if code not in taken else next(c for c in numbered if c not in taken)


def _is_capital(place: dict[str, str], province: str) -> bool:
    return place["province"] == province and bool(place["capital"]) and place["origin"] != "off"


def _in_order(files: Files) -> list[dict[str, str]]:
    """Return the places by province: itself, capital, towns, districts, sites; and put the spellings in that order."""
    kinds = {"province": 0, "city": 1, "district": 2, "site": 3}
    rows = sorted(
        files.places, key=lambda p: (p["province"], kinds.get(p["kind"], 4), p["capital"] != "yes", p["code"])
    )
    at = {p["code"]: n for n, p in enumerate(rows)}
    langs = {lang: n for n, lang in enumerate(files.languages)}
    files.aliases.sort(key=lambda a: (at.get(a["code"], len(at)), a["code"], langs.get(a["lang"], 9)))
    return rows


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _languages_of(folder: Path) -> tuple[str, ...] | None:
    """Return the languages of an area.toml that stands there already."""
    try:
        text = (folder / "area.toml").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^languages\s*=\s*\[([^\]]*)\]", text, re.MULTILINE)
    return tuple(re.findall(r"[\"']([^\"']+)[\"']", found[1])) if found else None


def _languages(facts: Country) -> tuple[str, ...]:
    return (LATIN, *(lang for lang in facts.languages if lang in _SCRIPTS))


def _write_head(folder: Path, facts: Country, languages: tuple[str, ...]) -> list[str]:
    """Write a first area.toml; return what is to be looked over in it."""
    text = json.dumps  # a JSON string is a TOML string
    lines = [
        f"# What this desk watches: {facts.name}. Built by `sitmon area build`; edit it, then `sitmon area check`.",
        f"id = {text(slug(facts.name))}",
        f"name = {text(facts.name, ensure_ascii=False)}",
        f"country = {text(facts.code)}",
        f"timezone = {text(facts.timezone)}",
        f"languages = {text(list(languages))}",
        f"attribution = {text(CREDIT)}",
        "",
        "[words]                                # what the screen calls each holder",
        'government = "GOVT"', 'insurgent = "REBELS"', 'contested = "CONTESTED"', 'unknown = "UNKNOWN"',
        "",
        "[sides]                                # what each side means here, in words",
        'government = "Government"', 'insurgent = "Rebels"', 'foreign = "Foreign forces"', 'civilian = "Civilians"',
        'media = "Media"', 'international = "International organisations"',
        "",
        '[baseline]                             # who holds a place before the first report; "*" is every other place',
        '"*" = "unknown"',
        "",
        "[tiles]                                # province = [row, column] of the schematic map, from 1",
        *(f"{code} = [{row}, {column}]" for code, (row, column) in tiles(facts.provinces).items()),
        "",
        "[ledger]                               # thresholds of the control ledger, by name",
    ]  # fmt: skip
    (folder / "area.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["area.toml is new: look over its words, sides, baseline and tiles, and the capitals in places.csv."]


def tiles(provinces: Iterable[Region]) -> dict[str, tuple[int, int]]:
    """Return a place on the schematic map for each province: the free one nearest to where it lies, north on top."""
    points = {r.province: (r.lat or 0.0, r.lon or 0.0) for r in provinces}
    if not points:
        return {}
    south, north = min(lat for lat, _ in points.values()), max(lat for lat, _ in points.values())
    west, east = min(lon for _, lon in points.values()), max(lon for _, lon in points.values())
    wide = math.ceil(math.sqrt(len(points) * 1.7))
    high = math.ceil(len(points) * 1.3 / wide)
    cells = [(r, c) for r in range(1, high + 1) for c in range(1, wide + 1)]
    found: dict[str, tuple[int, int]] = {}
    for code, (lat, lon) in sorted(points.items(), key=lambda p: (-p[1][0], p[1][1])):
        row = 1 + (north - lat) / ((north - south) or 1) * (high - 1)
        column = 1 + (lon - west) / ((east - west) or 1) * (wide - 1)
        found[code] = min(cells, key=lambda cell: (cell[0] - row) ** 2 + (cell[1] - column) ** 2)
        cells.remove(found[code])
    return dict(sorted(found.items(), key=lambda item: item[1]))
