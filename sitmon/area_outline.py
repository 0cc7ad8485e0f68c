"""An area's `outline.txt` in, the shapes of its provinces as a grid of dots out. It must not draw.

The file is made by `tools/outline.py`. Its first lines begin with "#" and say where the shapes come from. Then come
`width`, `height` (dots, square), `codes` (the provinces' codes, from 1) and `row` lines: runs of "dots*code number",
0 outside the area, north first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sitmon.errors import AreaError, Mistake, nearest

NAME: Final = "outline.txt"
_MOST: Final = 1000
"""Dots a side, at most: more would only cost time."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Which province every dot of a grid belongs to; schematic, for looking, not for measuring."""

    codes: tuple[str, ...]
    """Province codes; dot number n is `codes[n - 1]`."""
    dots: tuple[tuple[int, ...], ...]
    """Rows from the north, each from the west; 0 is outside."""

    @property
    def width(self) -> int:
        """Dots in a row."""
        return len(self.dots[0])

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.dots)


def read(folder: Path) -> Outline | None:
    """Return the outline of the area in a folder; None where it has none. Raises AreaError with every mistake."""
    path = folder / NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise AreaError([Mistake(str(path), "", f"cannot be read: {error}")]) from error
    mistakes: list[Mistake] = []
    codes: tuple[str, ...] = ()
    sizes = {"width": 0, "height": 0}
    rows: list[tuple[int, ...]] = []
    for number, line in enumerate(lines, 1):
        key, _, value = line.partition(" ")
        try:
            if not line or line.startswith("#"):
                continue
            if key in sizes:
                sizes[key] = _size(value)
            elif key == "codes":
                codes = tuple(value.split())
            elif key == "row":
                rows.append(_row(value, len(codes), sizes["width"]))
            else:
                raise ValueError(f"{key!r} is not known; expected width, height, codes or row")
        except ValueError as error:
            mistakes.append(Mistake(str(path), f"line {number}", str(error)))
    if len(rows) != sizes["height"] and not mistakes:
        mistakes.append(Mistake(str(path), "", f"it has {len(rows)} rows; expected {sizes['height']}"))
    if mistakes:
        raise AreaError(mistakes)
    return Outline(codes, tuple(rows)) if rows else None


def check(folder: Path, provinces: Collection[str]) -> list[Mistake]:
    """Return every mistake of the outline in a folder, codes that are no province of its area among them."""
    try:
        outline = read(folder)
    except AreaError as error:
        return [Mistake(NAME, m.where, m.message, m.nearest) for m in error.mistakes]
    if outline is None:
        return []
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines, 1) if line.startswith("codes "))
    return [
        Mistake(NAME, f"line {at}", f"{code!r} is no province of this area", nearest(code, provinces))
        for code in outline.codes
        if code not in provinces
    ]


def _size(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise ValueError(f"{text!r} is no number of dots; expected 1 to {_MOST}")
    return int(text)


def _row(text: str, provinces: int, width: int) -> tuple[int, ...]:
    dots: list[int] = []
    for run in text.split():
        length, star, code = run.partition("*")
        if not (star and length.isdecimal() and code.isdecimal()) or not 0 <= int(code) <= provinces:
            raise ValueError(f"{run!r} is no run; expected dots*number of a code, 0 to {provinces}")
        if len(dots) + int(length) > width:
            raise ValueError(f"the row is longer than {width} dots")
        dots += [int(code)] * int(length)
    if len(dots) != width:
        raise ValueError(f"the row has {len(dots)} dots; expected {width}")
    return tuple(dots)
