"""A desk in miniature: news in, alerts out, through a real alerter and pictures made by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.alert.decide import Alerter, Decision
from sitmon.alert.settings import Settings
from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.picture import Picture, SiteStatus, Status, Transition
from sitmon.model.place import Place, PlaceRef
from sitmon.model.report import Report
from sitmon.model.terms import Pressure, SiteKind

START = datetime(2021, 8, 8, tzinfo=UTC)
CITY = "AF-KDZ/kunduz"
DISTRICT = "AF1701"


@pytest.fixture(scope="session")
def area() -> Area:
    places = [
        Place("AF-KDZ", "Kunduz", "province", "AF-KDZ"),
        Place(CITY, "Kunduz", "city", "AF-KDZ", parent="AF-KDZ", capital=True),
        Place(DISTRICT, "Khanabad", "district", "AF-KDZ", parent="AF-KDZ"),
        Place("AF-KAB/kabul", "Kabul", "city", "AF-KAB", capital=True),
    ]
    return Area(
        id="test",
        name="Testland",
        country="AF",
        timezone="Asia/Kabul",
        languages=("en",),
        folder=Path(),
        places={p.code: p for p in places},
        aliases=(),
        actors={},
        persons=(),
        roles=(),
        cues={},
        speech={},
        sources=(),
        words={"government": "GOVT", "insurgent": "TALIBAN", "contested": "CONTESTED", "unknown": "UNKNOWN"},
        sides={"government": "Afghan government", "insurgent": "Taliban"},
        baseline={"*": "government"},
        tiles={},
    )


@dataclass
class Desk:
    """Keeps the picture that the transitions given to it make, and asks the alerter."""

    area: Area
    alerter: Alerter
    statuses: dict[str, Status] = field(default_factory=dict)
    rows: list[Transition] = field(default_factory=list)
    count: int = 0

    def restarted(self, *alerts: Alert, settings: Settings | None = None) -> Desk:
        """The same desk with a new alerter that has read the log."""
        twin = Desk(self.area, Alerter(self.area, settings or self.alerter.settings))
        twin.statuses, twin.rows, twin.count = dict(self.statuses), list(self.rows), self.count
        twin.alerter.remember(alerts)
        return twin

    def ref(self, code: str) -> PlaceRef:
        place = self.area.places[code]
        return PlaceRef(place.code, place.name, place.kind, place.province)

    def report(self, event: str = "captured", at: str = CITY, **fields: Any) -> Report:
        return Report(
            **{"id": "", "item": "", "event_type": event, "modality": "actual", "place": self.ref(at), **fields}
        )

    def entry(self, hour: float, *reports: Report, **fields: Any) -> Entry:
        self.count += 1
        known = fields.pop("known", hour)
        name = f"item-{self.count}"
        given = {"id": name, "source": "Northern Post", "text": "text", "published": START + timedelta(hours=hour)}
        item = Item(**{**given, "reliability": "B", **fields})
        numbered = tuple(
            Report(**{**{f: getattr(r, f) for f in Report.__dataclass_fields__}, "id": f"{name}#{n}", "item": name})
            for n, r in enumerate(reports)
        )
        return Entry(item, Verdict("en", reports=numbered), START + timedelta(hours=known))

    def moves(
        self,
        hour: float,
        holder: Any = "insurgent",
        basis: Any = "claimed",
        *,
        at: str = CITY,
        site: SiteKind | None = None,
        pressure: Pressure | None = None,
        rule: str = "claim",
        day: str = "2021-08-08",
        origins: int = 1,
        report: Report | None = None,
        **item: Any,
    ) -> tuple[Decision, ...]:
        """A piece of news changes the status of a place."""
        entry = self.entry(hour, report or self.report(at=at, site=site), **item)
        row = self.row(entry, holder, basis, at=at, site=site, pressure=pressure, rule=rule, day=day, origins=origins)
        return self.decide(entry, row)

    def row(self, entry: Entry, holder: Any, basis: Any, **fields: Any) -> Transition:
        at, site = fields["at"], fields.get("site")
        old = self.statuses.get(at) or Status(self.ref(at), "government", "assumed")
        held: Status | SiteStatus = old
        if site is not None:
            held = next((s for s in old.sites if s.site == site), SiteStatus(site, "government", "assumed"))
        level = fields.get("pressure") or old.pressure
        row = Transition(
            id=f"t{len(self.rows)}",
            place=old.place,
            site=site,
            from_holder=held.holder,
            to_holder=holder,
            from_basis=held.basis,
            to_basis=basis,
            event_time=fields.get("day"),
            known=entry.known,
            evidence=tuple(r.id for r in entry.verdict.reports),
            rule=fields.get("rule", "claim"),
            confidence=0.5,
            origins=fields.get("origins", 1),
            from_pressure=old.pressure,
            to_pressure=level,
        )
        self.rows.append(row)
        if site is not None:
            sites = (*(s for s in old.sites if s.site != site), SiteStatus(site, holder, basis))
            self.statuses[at] = Status(old.place, old.holder, old.basis, pressure=level, sites=sites)
        else:
            previous = old.holder if row.moves and "contested" not in (old.holder, holder) else old.previous
            self.statuses[at] = Status(old.place, holder, basis, pressure=level, previous=previous, sites=old.sites)
        return row

    def decide(self, entry: Entry, *rows: Transition, **more: Any) -> tuple[Decision, ...]:
        picture = Picture(entry.known, dict(self.statuses), tuple(self.rows))
        return self.alerter.decide(entry, rows, picture, entry.known, **more)

    def happens(self, hour: float, event: str, *, at: str = CITY, **fields: Any) -> tuple[Decision, ...]:
        """A piece of news tells of an event."""
        item = {
            name: fields.pop(name) for name in ("reliability", "published", "source", "text", "kind") if name in fields
        }
        incidents = fields.pop("incidents", ())
        entry = self.entry(hour, self.report(event, at=at, **fields), **item)
        return self.decide(entry, incidents=incidents)


def raised(decisions: tuple[Decision, ...]) -> list[Alert]:
    """Return what is new on the screen."""
    return [d.alert for d in decisions if d.alert is not None and d.alert.state == "active"]


@pytest.fixture(name="raised")
def raised_fixture() -> Any:
    return raised


@pytest.fixture
def hours() -> Any:
    return lambda hour: START + timedelta(hours=hour)


@pytest.fixture
def desk(area: Area) -> Desk:
    return Desk(area, Alerter(area))
