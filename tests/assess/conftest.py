"""A small country and builders of its news, so that a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.area import Actor, Agency, Area, Person, Role
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.place import Place, PlaceRef
from sitmon.model.report import Report

START = datetime(2021, 8, 8, tzinfo=UTC)
WORDS = ("alpha", "bravo", "carrot", "delta", "echo", "foxtrot", "golf", "hotel", "india")


def _places() -> dict[str, Place]:
    rows = [
        Place("AF-KDZ", "Kunduz", "province", "AF-KDZ"),
        Place("AF-KDZ/kunduz", "Kunduz", "city", "AF-KDZ", parent="AF-KDZ", capital=True),
        Place("AF-KDZ/kunduz/airport", "Kunduz Airport", "site", "AF-KDZ", parent="AF-KDZ/kunduz", site="airport"),
        Place("AF1701", "Khanabad", "district", "AF-KDZ", parent="AF-KDZ"),
        Place("AF-JOW", "Jowzjan", "province", "AF-JOW"),
        Place("AF-JOW/sheberghan", "Sheberghan", "city", "AF-JOW", parent="AF-JOW", capital=True),
        Place("AF-KAB", "Kabul", "province", "AF-KAB"),
        Place("AF-KAB/kabul", "Kabul", "city", "AF-KAB", parent="AF-KAB", capital=True),
    ]
    return {place.code: place for place in rows}


def _actor(name: str, side: Any) -> Actor:
    return Actor(name, name.title(), side, "rebel" if side == "insurgent" else "state", name[:10], ())


@pytest.fixture(scope="session")
def area() -> Area:
    return Area(
        id="test",
        name="Testland",
        country="AF",
        timezone="Asia/Kabul",
        languages=("en",),
        folder=Path(),
        places=_places(),
        aliases=(),
        actors={a.id: a for a in (_actor("taliban", "insurgent"), _actor("andsf", "government"))},
        persons=(Person("Zabihullah Mujahid", "taliban", "spokesman", aliases=(("en", "Zabihullah Muhajid"),)),),
        roles=(Role("resident", "civilian", True, (("en", "resident*"),)),),
        agencies=(Agency("AFP", (("en", "Agence France-Presse"), ("prs", "فرانس پرس"))),),
        cues={},
        speech={},
        sources=(),
        words={"government": "GOVT", "insurgent": "TALIBAN", "contested": "CONTESTED", "unknown": "UNKNOWN"},
        sides={"government": "Afghan government", "insurgent": "Taliban"},
        baseline={"*": "government"},
        tiles={},
        incidents={
            "where": {"mosque": ("mosque*", "worshippers"), "checkpoint": ("checkpoint*",), "market": ("bazaar*",)},
            "means": {"suicide": ("suicide*",), "roadside": ("roadside", "land mine*"), "sticky": ("sticky",)},
            "hour": {"morning": ("morning", "dawn"), "evening": ("evening",)},
            "who": {"police": ("police*",), "soldiers": ("soldier*",)},
            "revised": {"toll": ("rises to", "death toll")},
        },
    )


@dataclass
class News:
    """Writes items. Hours count from 8 August 2021, 00:00 UTC; texts differ unless one is given."""

    places: dict[str, Place]
    count: int = 0

    def ref(self, code: str) -> PlaceRef:
        place = self.places[code]
        return PlaceRef(place.code, place.name, place.kind, place.province)

    def report(self, event: str = "captured", at: str | None = "AF-KDZ/kunduz", **fields: Any) -> Report:
        holder = {"captured": "insurgent", "retaken": "government"}.get(event)
        given = {"modality": "actual", "holder": holder, "confidence": 1.0, **fields}
        return Report(id="", item="", event_type=event, place=self.ref(at) if at else None, **given)

    def entry(self, hour: float, *reports: Report, **fields: Any) -> Entry:
        self.count += 1
        own = " ".join(WORDS[(self.count * 7 + n * n) % 9] + str(self.count * n) for n in range(12))
        agency = fields.pop("agency", None)
        known = START + timedelta(hours=fields.pop("known", hour))
        given = {
            "id": f"item-{self.count:03}",
            "source": "Northern Post",
            "text": own,
            "published": START + timedelta(hours=hour),
            "reliability": "B",
            **fields,
        }
        item = Item(**given)
        told = tuple(_numbered(r, item.id, n) for n, r in enumerate(reports))
        return Entry(item, Verdict("en", reports=told), known, agency)

    # what people say -----------------------------------------------------------------------------------------------

    def claim(self, hour: float, **fields: Any) -> Entry:
        """The Taliban say that they took the city."""
        return self._said(hour, "claimed", "insurgent", "Zabihullah Mujahid", fields)

    def admits(self, hour: float, **fields: Any) -> Entry:
        """A provincial councillor says that the city is lost."""
        return self._said(hour, "conceded", "government", "provincial council member", fields)

    def witness(self, hour: float, **fields: Any) -> Entry:
        """A resident says that the city is the Taliban's."""
        return self._said(hour, "witnessed", "civilian", "a resident", fields)

    def says(self, hour: float, **fields: Any) -> Entry:
        """A paper says on its own word that the city fell."""
        return self._said(hour, "reported", None, None, fields)

    def denies(self, hour: float, **fields: Any) -> Entry:
        """The ministry denies that the city fell."""
        return self._said(hour, "denied", "government", "Fawad Aman", {"modality": "negated", **fields})

    def fight(self, hour: float, scope: str | None = None, **fields: Any) -> Entry:
        """There is fighting."""
        return self._said(hour, None, None, None, {"event": "clash", "scope": scope, **fields})

    def _said(self, hour: float, basis: Any, side: Any, speaker: str | None, fields: dict[str, Any]) -> Entry:
        names = Report.__dataclass_fields__.keys() | {"event", "at"}
        given = {"basis": basis, "source_side": side, "speaker": speaker}
        own = {k: v for k, v in fields.items() if k in names and k not in ("id", "item", "agency")}
        rest = {k: v for k, v in fields.items() if k not in own}
        return self.entry(hour, self.report(**{**given, **own}), **rest)


def _numbered(report: Report, item: str, number: int) -> Report:
    values = {name: getattr(report, name) for name in Report.__dataclass_fields__}
    return Report(**{**values, "id": f"{item}#{number}", "item": item})


@pytest.fixture
def news(area: Area) -> News:
    return News(dict(area.places))


@pytest.fixture
def hours() -> Callable[[float], datetime]:
    return lambda hour: START + timedelta(hours=hour)
