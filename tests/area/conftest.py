"""A small area of two provinces, written into a folder, to be spoilt one line at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

AREA = """\
id = "twolands"
name = "Two Lands"
country = "TL"
timezone = "Asia/Kabul"
languages = ["en", "ps"]
attribution = "nobody"

[words]
government = "GOVT"
insurgent = "REBELS"
contested = "CONTESTED"
unknown = "UNKNOWN"

[sides]
government = "Government"
insurgent = "Rebels"

[baseline]
"*" = "government"
"TL-EA/east" = "insurgent"

[tiles]
TL-EA = [1, 2]
TL-WE = [1, 1]

[ledger]
confirming_origins = 2
half_life_hours = 36.5
"""
PLACES = """\
code,name,kind,province,parent,site,capital,lat,lon,ps,ref,origin
TL-EA,Eastland,province,TL-EA,,,,1.5,2.5,ختیځ,,hand
TL-EA/east,East,city,TL-EA,TL-EA,,yes,1,2,,,hand
TL-EA/east/airport,East airport,site,TL-EA,TL-EA/east,airport,,,,,,hand
TL0101,Upper Vale,district,TL-EA,TL-EA,,,,,,,hand
TL-WE,Westland,province,TL-WE,,,,1,1,,,hand
TL-WE/west,West,city,TL-WE,TL-WE,,yes,1,1,,,hand
TL-WE/vale-district,Vale,district,TL-WE,TL-WE,,,,,,,hand
"""
ALIASES = """\
code,lang,text,weak,origin
TL-EA,en,Oriens,,hand
TL-EA/east,en,Est-on-Sea,,hand
TL-EA/east,ps,ختیځ ښار,,hand
TL0101,en,Vale,yes,hand
TL-WE,en,Occidens,,hand
"""
ACTORS = """\
# who acts
[[actors]]
id = "army"
name = "Army"
side = "government"
kind = "military"
word = "Army"
adjectives = ["government"]

[actors.aliases]
en = ["army", "soldiers"]
ps = ["پوځ"]

[[actors]]
id = "rebels"
name = "Rebels"
side = "insurgent"
kind = "rebel"
word = "Rebels"
aliases = { en = ["rebels"] }

[[persons]]
name = "A. Speaker"
actor = "rebels"
role = "spokesman"
handles = ["@speaks"]
place = "TL-EA"

[[agencies]]
name = "East Wire"
aliases = { en = ["EW"] }

[[agencies]]
name = "West Wire"
aliases = { en = ["WW"] }

[[roles]]
id = "resident"
side = "civilian"
witness = true
cues = { en = ["resident", "local"] }
"""
SOURCES = """\
[[sources]]
name = "East Post"
url = "https://example.org/feed.xml"
side = "media"
reliability = "C"
interval = "5m"

[[sources]]
name = "Archive"
path = "sample/archive.zip"
"""
FILES = {
    "area.toml": AREA,
    "places.csv": PLACES,
    "aliases.csv": ALIASES,
    "actors.toml": ACTORS,
    "sources.toml": SOURCES,
}

Spoil = Callable[..., Path]


@pytest.fixture
def small_area(tmp_path: Path) -> Path:
    """The folder of an area without a mistake."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def spoil(small_area: Path) -> Spoil:
    """Replace a part of one file by another text; the part must be there once."""

    def spoilt(name: str, part: str, by: str) -> Path:
        text = (small_area / name).read_text(encoding="utf-8")
        assert text.count(part) == 1, f"{part!r} stands {text.count(part)} times in {name}"
        (small_area / name).write_text(text.replace(part, by), encoding="utf-8")
        return small_area

    return spoilt
