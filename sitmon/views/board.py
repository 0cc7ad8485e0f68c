"""Statuses in, the board as plain text out: the same facts as the desk's Status pane, for a terminal or a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sitmon.area import Area
from sitmon.model.picture import Status
from sitmon.views import wording

_FRESH = timedelta(hours=24)
"""Older fighting is shown with its age: the pressure itself does not fall by age, for silence is not calm."""
_KINDS = {"province": " province", "district": " district"}
"""What tells a place from a city of its name; the province stands beside it."""


def pressure(status: Status, now: datetime) -> str:
    """Return the pressure on a place in words, with its age where nothing was told of it for a day."""
    age = now - status.last_fighting if status.last_fighting else None
    old = f", {wording.age(age)} ago" if age is not None and age > _FRESH else ""
    return f"{wording.PRESSURE_WORDS[status.pressure]}{old}"


def table(statuses: Sequence[Status], area: Area, now: datetime) -> str:
    """Return statuses as a table, in the order given, each with its sites below it."""
    rows = [("", "PLACE", "PROVINCE", "CONTROL", "BASIS", "PRESSURE", "SINCE", "SURE", "ORIGINS", "LAST WORD")]
    for status in statuses:
        province = area.places.get(status.place.province)
        last = now - status.last_evidence if status.last_evidence else None
        rows.append(
            (
                wording.glyph(status.holder, status.basis),
                f"{status.place.name}{_KINDS.get(status.place.kind, '')}",
                province.name if province else "",
                area.words[status.holder],
                status.basis,
                "" if status.pressure == "none" else pressure(status, now),
                status.since or "",
                wording.sureness(status),
                str(status.origins) if status.origins else "",
                f"{wording.age(last)} ago" if last is not None else "none",
            )
        )
        rows += [
            ("", f"  {wording.SITE_WORDS[site.site]}", "", area.words[site.holder], site.basis, "", "", "", "", "")
            for site in status.sites
        ]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def legend(area: Area) -> str:
    """Return what the signs and the columns of the table mean."""
    signs = " ".join(
        f"{wording.glyph(h, 'confirmed')} {area.words[h]}" for h in ("insurgent", "contested", "government")
    )
    return (
        f"{signs}; hollow: one party's or one origin's word, half: disputed, full: conceded, confirmed or assumed.\n"
        "SURE falls with the age of the LAST WORD on who holds the place or on fighting there; an assumption (–) is "
        "nobody's word."
    )
