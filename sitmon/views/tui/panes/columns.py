"""A width and an area in, the widths of the columns of statuses out: no word is cut; what matters least goes.

It paints nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitmon.area import Area
from sitmon.model.terms import HOLDERS

LONGEST_BARS = 24
"""Cells of the small bars where there is more room than the words need: one an hour."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns in a pane of some width; 0 where there is no room for one."""

    province: int
    capital: int
    control: int
    basis: int
    confidence: int
    origins: int
    bars: int
    age: int

    @classmethod
    def fit(cls, width: int, area: Area) -> Columns:
        """Give every column what the area's longest words need, and leave out what matters least first."""
        province = max(
            (len(area.places[p.province].name) for p in area.capitals if p.province in area.places), default=8
        )
        capital = max((len(p.name) for p in area.capitals), default=8)
        control = max(len(area.words.get(holder, holder)) for holder in HOLDERS)
        left = width - 2 - (province + 1) - (control + 1)
        found: dict[str, int] = {}
        wanted = (("basis", 9), ("age", 6), ("confidence", 4), ("origins", 3), ("capital", capital), ("bars", 12))
        for name, size in wanted:
            taken = size if left > size else 8 if name == "bars" and left > 8 else 0
            if name == "bars" and left > size:
                taken = min(LONGEST_BARS, left - 1)
            found[name] = taken
            left -= taken + 1 if taken else 0
        return cls(province=province, control=control, **found)
