"""What a benchmark found, as rows of one table. It measures nothing itself."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One figure beside what it is measured against, both of the same run on the same machine."""

    what: str
    ours: str
    """The figure with its unit."""
    theirs: str | None
    """The other side's figure; None where a limit is kept to instead of a competitor."""
    ratio: float | None
    """How many times better ours is: above 1 is good, whatever the unit. None where there is nothing to divide."""
    note: str = ""


def table(rows: list[Row]) -> str:
    """Return the rows as an aligned table."""
    head = ("what", "sitmon", "other", "better by", "")
    cells = [head, *((r.what, r.ours, r.theirs or "-", _times(r.ratio), r.note) for r in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row[:4], widths, strict=True)) + "  " + row[4]
             for row in cells]  # fmt: skip
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def _times(ratio: float | None) -> str:
    if ratio is None:
        return "-"
    return f"{ratio:.{2 if ratio < 1 else 1}f} x" if ratio < 100 else f"{ratio:.0f} x"
