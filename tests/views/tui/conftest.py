"""A desk on a port of the tests' own: a hand-made picture of 8 August 2021, entries, alerts, ways to read a screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from sitmon.area import Area
from sitmon.assess.why import Gap, Settling, Voice, Weighed, Why
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.picture import Picture, SiteStatus, Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.quote import Quote
from sitmon.model.report import Report, Span
from sitmon.model.source import SourceHealth
from sitmon.model.update import Progress, Update
from sitmon.views.tui.app import Desk

NOW = datetime(2021, 8, 8, 16, 42, 7, tzinfo=UTC)


def place_of(area: Area, code: str) -> PlaceRef:
    place = area.places[code]
    return PlaceRef(place.code, place.name, place.kind, place.province)


def entry(
    area: Area,
    number: int,
    source: str,
    minutes: int,
    title: str,
    text: str = "",
    *,
    code: str | None = None,
    event: str | None = None,
    cue: str = "",
    basis: str = "reported",
    quotes: tuple[Quote, ...] = (),
    lang: str = "en",
) -> Entry:
    """Return an entry published so many minutes before now; its one report's evidence is the cue and the place."""
    item = Item(
        id=f"item-{number}",
        source=source,
        title=title,
        text=text,
        url=f"https://example.org/{number}",
        published=NOW - timedelta(minutes=minutes),
        reliability="C",
    )
    reports: tuple[Report, ...] = ()
    if event is not None and code is not None:
        where = place_of(area, code)
        spans = [Span("cue", item.body.index(cue), item.body.index(cue) + len(cue), cue)] if cue else []
        if where.name in item.body:
            start = item.body.index(where.name)
            spans.append(Span("place", start, start + len(where.name), where.name))
        reports = (
            Report(
                id=f"item-{number}#0",
                item=item.id,
                event_type=event,
                modality="actual",
                place=where,
                actor="taliban" if event == "captured" else None,
                basis=basis,  # type: ignore[arg-type]
                source_side="insurgent" if basis == "claimed" else "media",
                confidence=0.8,
                evidence=tuple(spans),
            ),
        )
    provinces = (area.places[code].province,) if code else ()
    verdict = Verdict(lang, reports=reports, quotes=quotes, provinces=provinces, event_types=(event,) if event else ())
    return Entry(item, verdict, known=NOW - timedelta(minutes=minutes - 1))


def entries_of(area: Area) -> tuple[Entry, ...]:
    """Return the day's entries, oldest first."""
    mujahid = Quote(
        "The whole of the city is in our hands.",
        "direct",
        0,
        38,
        "Z. Mujahid",
        "Taliban spokesman",
        "insurgent",
        "said",
        "AF-TAK",
    )
    council = Quote(
        "Only the airport and the army base are still held by our forces.",
        "direct",
        0,
        64,
        "A. Wali",
        "member of the provincial council",
        "government",
        "said",
        "AF-KDZ",
    )
    resident = Quote(
        "We hear the fighting street by street.", "indirect", 0, 38, None, "resident", "civilian", "said", "AF-HEL"
    )
    return (
        entry(
            area, 1, "Southern Herald", 401, "Families leave Lashkar Gah", code="AF-HEL/lashkar-gah", quotes=(resident,)
        ),
        entry(
            area,
            2,
            "Kabul Ledger",
            341,
            "Sar-e Pul has fallen",
            "Councillors say that Sar-e Pul has fallen.",
            code="AF-SAR/sar-e-pul",
            event="captured",
            cue="has fallen",
            basis="conceded",
        ),
        entry(
            area,
            3,
            "Hindu Kush Wire",
            185,
            "Kunduz overrun",
            "Kunduz was overrun in the morning. Only the airport holds, a councillor said.",
            code="AF-KDZ/kunduz",
            event="captured",
            cue="was overrun",
            basis="conceded",
            quotes=(council,),
        ),
        entry(
            area,
            4,
            "Gulf Monitor",
            140,
            "Fighting goes on near Kandahar",
            code="AF-KAN/kandahar",
            event="clash",
            cue="Fighting",
        ),
        entry(
            area,
            5,
            "Sada-e Koh",
            14,
            "Taliban say they took Taloqan",
            "The Taliban took Taloqan, their spokesman says.",
            code="AF-TAK/taloqan",
            event="captured",
            cue="took",
            basis="claimed",
            quotes=(mujahid,),
        ),
        entry(area, 6, "Northern Post", 2, "Prices of flour rise in Kabul"),
    )


def status(area: Area, code: str, holder: str, basis: str, minutes: int, confidence: float, **more: Any) -> Status:
    known = NOW - timedelta(minutes=minutes)
    return Status(
        place_of(area, code),
        holder,  # type: ignore[arg-type]
        basis,  # type: ignore[arg-type]
        since="2021-08-08",
        known_since=known,
        last_evidence=known,
        confidence=confidence,
        **{"origins": 2, "previous": "government", **more},
    )


def picture_of(area: Area) -> Picture:
    """Return the picture: five taken in different ways, two contested, the rest as the area assumes."""
    statuses = {
        place.code: Status(place_of(area, place.code), "government", "assumed", confidence=0.6)
        for place in area.capitals
    }
    airport = SiteStatus("airport", "government", "reported", NOW - timedelta(minutes=185), ("item-3#0",))
    for found in (
        status(
            area, "AF-TAK/taloqan", "insurgent", "claimed", 14, 0.64,
            evidence=("item-5#0",), origins=1, rule="claim",
        ),
        status(area, "AF-HER/herat", "contested", "confirmed", 41, 0.81, pressure="fighting_inside", origins=7),
        status(area, "AF-KAN/kandahar", "government", "assumed", 140, 0.83, pressure="fighting_near", previous=None),
        status(
            area, "AF-KDZ/kunduz", "insurgent", "conceded", 185, 0.92, scope="most", sites=(airport,),
            evidence=("item-3#0",), origins=9, rule="against_interest",
        ),
        status(area, "AF-SAR/sar-e-pul", "insurgent", "conceded", 341, 0.88, evidence=("item-2#0",)),
        status(area, "AF-JOW/sheberghan", "insurgent", "disputed", 26 * 60, 0.71),
        status(area, "AF-NIM/zaranj", "insurgent", "confirmed", 52 * 60, 0.96),
    ):  # fmt: skip
        statuses[found.place.code] = found
    transition = Transition(
        id="t1",
        place=place_of(area, "AF-KDZ/kunduz"),
        site=None,
        from_holder="government",
        to_holder="insurgent",
        from_basis="assumed",
        to_basis="conceded",
        event_time="2021-08-08",
        known=NOW - timedelta(minutes=185),
        evidence=("item-3#0",),
        rule="against_interest",
        confidence=0.92,
        origins=9,
    )
    return Picture(NOW, statuses, (transition,))


def alert(area: Area, number: int, code: str | None, minutes: int, severity: str, title: str, **more: Any) -> Alert:
    return Alert(
        id=f"alert-{number}",
        fingerprint=f"f{number}",
        time=NOW - timedelta(minutes=minutes),
        kind="status" if code else "source",
        title=title,
        reason="The losing side's own council says so.",
        severity=severity,  # type: ignore[arg-type]
        urgency="Immediate",
        certainty="Observed",
        place=place_of(area, code) if code else None,
        **more,
    )


def alerts_of(area: Area) -> tuple[Alert, ...]:
    """Return four alerts, oldest first; one has been dealt with."""
    return (
        alert(
            area,
            1,
            "AF-SAR/sar-e-pul",
            341,
            "Severe",
            "Sar-e Pul: capture conceded by the losing side",
            state="acknowledged",
        ),
        alert(
            area,
            2,
            "AF-KDZ/kunduz",
            185,
            "Extreme",
            "Kunduz: capture conceded by the losing side",
            reports=("item-3#0",),
            url="https://example.org/3",
            event_type="captured",
        ),
        alert(
            area, 3, "AF-TAK/taloqan", 14, "Severe", "Taloqan: capture claimed by the Taliban, nobody else says so yet"
        ),
        alert(area, 4, None, 3, "Minor", "Gulf Monitor does not answer"),
    )


def health_of() -> tuple[SourceHealth, ...]:
    heard = NOW - timedelta(seconds=50)
    return (
        SourceHealth("Northern Post", "ok", "", heard, heard, NOW + timedelta(minutes=5), 0, 20),
        SourceHealth("Hindu Kush Wire", "unchanged", "", heard, heard, NOW + timedelta(minutes=9), 0, 31),
        SourceHealth("Gulf Monitor", "down", "The server did not answer within 10 seconds.", None, heard, None, 3, 0),
    )


class TestPort:
    """A port whose updates the test gives, and which remembers what the officer did."""

    __test__ = False

    def __init__(self, area: Area, *first: Update) -> None:
        self.area = area
        self.queue: asyncio.Queue[Update] = asyncio.Queue()
        self.time = NOW
        self.held: dict[str, Entry] = {}
        self.done: list[tuple[str, ...]] = []
        self.alerts: dict[str, Alert] = {}
        self.stored: list[Entry] = []
        self.speed: float | None = None
        for update in first:
            self.give(update)

    def give(self, update: Update) -> None:
        self.held.update((e.item.id, e) for e in update.entries)
        self.alerts.update((a.id, a) for a in update.alerts)
        self.last = update
        self.queue.put_nowait(update)

    def now(self) -> datetime:
        return self.time

    async def subscribe(self) -> AsyncIterator[Update]:
        async def updates() -> AsyncIterator[Update]:
            while True:
                update = await self.queue.get()
                yield update
                if update.ended:
                    return

        return updates()

    async def entries(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        return tuple(self.held[i] for i in ids if i in self.held)

    async def older(self, before: Entry, limit: int) -> tuple[Entry, ...]:
        given, self.stored = self.stored[-limit:], self.stored[:-limit]
        return tuple(given)

    async def newest(self, limit: int) -> tuple[Entry, ...]:
        return tuple(sorted(self.held.values(), key=lambda e: e.known)[-limit:])

    async def past(self, at: datetime, limit: int) -> tuple[Picture, tuple[Entry, ...]]:
        """Only what a rule had set by then; the rest as the area assumes."""
        self.done.append(("past", at.isoformat()))
        known = {
            code: s for code, s in self.last.picture.statuses.items() if s.known_since is None or s.known_since <= at
        }
        rows = tuple(t for t in self.last.picture.transitions if t.known <= at)
        return Picture(at, known, rows), tuple(e for e in self.stored if e.known <= at)[-limit:]

    def pace(self, factor: float) -> float | None:
        if self.speed is not None:
            self.speed *= factor
        return self.speed

    async def override(self, code: str, holder: str, reason: str) -> None:
        self.done.append(("override", code, holder, reason))

    async def hand_over(self, reason: str) -> None:
        self.done.append(("handover", reason))
        self.give(replace(self.last, entries=(), alerts=(), handover=self.time))

    async def explain(self, code: str, at: datetime | None = None) -> Why | None:
        found = self.last.picture.statuses.get(code)
        if found is None or not found.evidence:
            return None
        weighed = tuple(
            Weighed(
                report=report,
                item=report.rpartition("#")[0],
                source="Hindu Kush Wire",
                reliability="C",
                known=NOW,
                told=NOW,
                day=NOW.date(),
                kind="gain",
                gain=found.holder,
                basis="conceded",
                site=None,
                level="none",
                voice="A. Wali",
                carrier="Hindu Kush Wire",
                weight=0.8,
                firm=True,
                effect="counted",
            )
            for report in found.evidence
        )
        voice = Voice("A. Wali", ("Hindu Kush Wire",), "conceded", True, False, False, NOW, 0.8, found.evidence)
        return Why(
            status=found,
            history=self.last.picture.history(code),
            changes=(),
            evidence=weighed,
            origins=(voice,),
            denials=(),
            settles=(Settling("concession", "government"), Settling("origins", None, 2, 0))
            if found.basis == "claimed"
            else (),
            unknown=(Gap("no_site_reports", site="prison"),),
        )

    async def acknowledge(self, alert_id: str) -> None:
        self.done.append(("acknowledge", alert_id))
        self.change(alert_id, "acknowledged")

    async def unmark(self, alert_id: str) -> None:
        self.done.append(("unmark", alert_id))
        self.change(alert_id, "active")

    async def silence(self, alert_id: str, until: datetime | None) -> None:
        self.done.append(("silence", alert_id, until.isoformat() if until else ""))
        self.change(alert_id, "silenced")

    async def note(self, subject: str, text: str) -> None:
        self.done.append(("note", subject, text))

    def refresh(self) -> bool:
        self.done.append(("refresh",))
        return self.last.live

    def change(self, alert_id: str, state: str) -> None:
        changed = replace(self.alerts[alert_id], state=state)  # type: ignore[arg-type]
        self.give(Update(self.time, self.last.picture, alerts=(changed,), health=self.last.health))


@pytest.fixture
def port(area: Area) -> TestPort:
    """A live desk in the afternoon of 8 August 2021."""
    return TestPort(
        area, Update(NOW, picture_of(area), alerts=alerts_of(area), entries=entries_of(area), health=health_of())
    )


@pytest.fixture
def empty_port(area: Area) -> TestPort:
    """A desk whose first poll is under way: nothing has come yet."""
    return TestPort(area, Update(NOW, Picture(NOW), progress=Progress("polling", 12, 44)))


@pytest.fixture
def make_entry(area: Area) -> Callable[..., Entry]:
    return lambda *args, **more: entry(area, *args, **more)


@pytest.fixture(autouse=True)
def _turns(turns_instead_of_time: None) -> None:
    """A key press waits for turns of the loop."""


@pytest.fixture
def settle() -> Callable[[Pilot[Any]], Any]:
    """Let everything that is under way come to the screen."""

    async def run(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, Desk)
        for _ in range(2):
            await pilot.pause(0.02)  # a frame: layouts are made by the screen's own timer
            app.flush()
        await pilot.pause(0.02)

    return run


@pytest.fixture
def screen() -> Callable[[Desk], str]:
    """Return what the screen shows, as lines of plain text."""
    return lambda app: "\n".join(lines_of(app))


def lines_of(app: Desk) -> Iterable[str]:
    for strip in app.screen._compositor.render_strips():
        yield "".join(segment.text for segment in strip if not segment.control).rstrip()
