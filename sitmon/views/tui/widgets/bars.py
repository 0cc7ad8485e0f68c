"""Counts in, bars of eighths out."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = " ▁▂▃▄▅▆▇█"


def bar(counts: Sequence[int], top: int | None = None) -> str:
    """Return one letter a count, as high as its share of the highest (of `top` where it is given)."""
    highest = top or max(counts, default=0)
    if not highest:
        return "▁" * len(counts)
    return "".join(STEPS[0 if not n else max(1, min(8, round(8 * n / highest)))] if n else "▁" for n in counts)


def rows(counts: Sequence[int], height: int) -> list[str]:
    """Return the same as `height` lines, the uppermost first."""
    highest = max(counts, default=0)
    found = []
    for level in range(height - 1, -1, -1):
        line = ""
        for n in counts:
            eighths = round(8 * height * n / highest) if highest else 0
            if n and not eighths:
                eighths = 1
            line += STEPS[max(0, min(8, eighths - 8 * level))]
        found.append(line)
    return found
