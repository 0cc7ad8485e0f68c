"""`sitmon area check` and `sitmon area build`: an area's files read and judged, or made anew from public gazetteers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TextIO

from sitmon import area_outline, area_weights
from sitmon.area import Area
from sitmon.area_build import TOWN
from sitmon.area_build import build as build_files
from sitmon.area_files import examine, find
from sitmon.area_lines import locate
from sitmon.assess import thresholds
from sitmon.classify import cue_check, speech_check
from sitmon.errors import ExitCode, Mistake

_LINE = re.compile(r"line (\d+)(?:, )?(.*)")


def check(area: str, out: TextIO) -> int:
    """Read every file of an area and write every mistake as `file:line: message`, or one line of counts.

    Returns 0 where all is fine, 2 where something is wrong. Raises AreaError: there is no such area.
    """
    folder = find(area)
    found, mistakes = examine(folder)
    if found is not None and not any(m.file.endswith(".toml") for m in mistakes):
        mistakes = [*mistakes, *cue_check.check(found), *speech_check.check(found)]
    if found is not None:
        provinces = {p.code for p in found.places.values() if p.kind == "province"}
        mistakes = [*mistakes, *area_outline.check(folder, provinces), *area_weights.check(folder)]
        wrong = thresholds.check(found.ledger)
        texts = {"area.toml": (folder / "area.toml").read_text(encoding="utf-8-sig")} if wrong else {}
        mistakes = [*mistakes, *(locate(m, texts) for m in wrong)]
    for mistake in mistakes:
        out.write(f"{written(mistake, folder)}\n")
    if mistakes or found is None:
        files = len({m.file for m in mistakes})
        out.write(f"{_many(len(mistakes), 'mistake')} in {_many(files, 'file')}.\n")
        return ExitCode.USAGE
    out.write(f"{summary(found)}\n")
    return ExitCode.FINE


def build(
    country: str, out_folder: Path, out: TextIO, languages: tuple[str, ...] | None = None, smallest: int = TOWN
) -> int:
    """Write an area's place files for a country, keeping every row that a person wrote, and say what came out.

    Raises UsageError (the `areas` extra is missing, no such country) and AreaError (what stands there cannot be read).
    """
    for note in build_files(country, out_folder, languages, smallest):
        out.write(f"{note}\n")
    return ExitCode.FINE


def written(mistake: Mistake, folder: Path) -> str:
    """Return a mistake as editors and people read it: `folder/file:line: key: message (did you mean 'x'?)`."""
    place, key = str(folder / mistake.file), mistake.where
    if at := _LINE.fullmatch(mistake.where):
        place, key = f"{place}:{at[1]}", at[2]
    hint = f" (did you mean {mistake.nearest!r}?)" if mistake.nearest else ""
    return f"{place}: {key + ': ' if key else ''}{mistake.message}{hint}"


def summary(area: Area) -> str:
    """Return an area's counts in one line."""
    kinds = [p.kind for p in area.places.values()]
    weak = sum(a.weak for a in area.aliases)
    parts = [
        _many(kinds.count("province"), "province"),
        f"{_many(kinds.count('city'), 'city', 'cities')} ({_many(len(area.capitals), 'capital')})",
        _many(kinds.count("district"), "district"),
        _many(kinds.count("site"), "site"),
        f"{_many(len(area.aliases), 'spelling')} ({weak} weak)",
        _many(len(area.actors), "actor"),
        _many(len(area.persons), "person", "persons"),
        _many(len(area.roles), "role"),
        _many(len(area.sources), "source"),
        f"cues for {', '.join(area.cues) or 'no language'}",
        f"speech for {', '.join(area.speech) or 'no language'}",
    ]
    return f"{area.id}: fine: {', '.join(parts)}."


def _many(number: int, one: str, more: str | None = None) -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"
