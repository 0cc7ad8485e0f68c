"""Incidents in, rows in ACLED's columns out: what tools that read ACLED's files can read.

Source of the form: ACLED codebook and the columns of its data files. One incident is one row; the fatalities are the
lowest count told, as ACLED has it. The ids and the coding are this desk's, and `notes` says so by quoting the sentence.
What the desk does not know (region, scale of the source) is left empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sitmon.area import Area
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.model.report import Report
from sitmon.model.terms import EVENT_TYPES
from sitmon.views.reasons import sentence

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_INTER: Final = {
    "state": "State forces",
    "military": "State forces",
    "police": "State forces",
    "militia": "Political militia",
    "rebel": "Rebel group",
    "group": "Rebel group",
    "foreign_military": "External/Other forces",
    "organisation": "Civilians",
    "civilian": "Civilians",
    "media": "Civilians",
}
_PRECISION: Final = {"hour": 1, "day": 1, "week": 2, "month": 3}
_GEO: Final = {"city": 1, "site": 1, "district": 2, "province": 3}
_VIOLENT: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})


def rows(incidents: Iterable[Incident], entries: Mapping[str, Entry], area: Area) -> Iterator[dict[str, Any]]:
    """Yield a row for each incident whose items are among the entries, which are by item id."""
    for incident in incidents:
        told = [
            (report, entries[item])
            for name in incident.reports
            if (item := name.rpartition("#")[0]) in entries
            for report in entries[item].verdict.reports
            if report.id == name
        ]
        if told:
            yield _row(incident, told, area)


def _row(incident: Incident, told: list[tuple[Report, Entry]], area: Area) -> dict[str, Any]:
    kind, sub = EVENT_TYPES.get(incident.event_type, EVENT_TYPES["other"])
    reports = [r for r, _ in told]
    actor1, inter1 = _actor(_commonest(r.actor for r in reports), area)
    actor2, inter2 = _actor(_commonest(r.target for r in reports), area)
    place, day = incident.place, date.fromisoformat(incident.day)
    at = area.places.get(place.code)
    province = area.places.get(place.province)
    lead, entry = told[0]
    return {
        "event_id_cnty": f"{area.country}{incident.id}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": min(_PRECISION.get(r.time_precision or "day", 1) for r in reports),
        "disorder_type": _disorder(incident.event_type, kind),
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": actor1,
        "inter1": inter1,
        "actor2": actor2,
        "inter2": inter2,
        "interaction": "-".join(i for i in (inter1, inter2) if i),
        "civilian_targeting": "Civilian targeting"
        if inter2 == "Civilians" or kind == "Violence against civilians"
        else "",
        "country": area.name,
        "admin1": province.name if province else "",
        "admin2": place.name if place.kind == "district" else "",
        "location": place.name,
        "latitude": at.lat if at else None,
        "longitude": at.lon if at else None,
        "geo_precision": _GEO.get(place.kind, 3),
        "source": "; ".join(dict.fromkeys(e.item.source for _, e in told)),
        "notes": sentence(entry, lead.evidence).replace("[", "").replace("]", ""),
        "fatalities": incident.killed.best or 0,
        "tags": "; ".join(incident.tags),
        "timestamp": int(incident.last_told.timestamp()),
    }


def _commonest(ids: Iterable[str | None]) -> str | None:
    counted = Counter(i for i in ids if i)
    return min(counted, key=lambda i: (-counted[i], i)) if counted else None


def _actor(id_: str | None, area: Area) -> tuple[str, str]:
    actor = area.actors.get(id_ or "")
    return (actor.name, _INTER.get(actor.kind, "")) if actor else ("", "")


def _targeting(kind: str, inter2: str) -> str:
    return "Civilian targeting" if inter2 == "Civilians" or kind == "Violence against civilians" else ""


def _disorder(event_type: str, kind: str) -> str:
    if kind in _VIOLENT or event_type == "mob_violence":
        return "Political violence"
    if event_type == "excessive_force":
        return "Political violence; Demonstrations"
    return "Demonstrations" if kind in ("Protests", "Riots") else "Strategic developments"
