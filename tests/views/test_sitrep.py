"""What stands in a situation report, and how it reads: denials, history, rumours, tolls, the handover, the marks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sitmon.area import Area
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry, Verdict
from sitmon.model.incident import Denial, Incident
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture, Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.quote import Quote
from sitmon.model.report import Count, Report
from sitmon.views.export import sitrep, sitrep_text

END = datetime(2021, 8, 8, 12, tzinfo=UTC)
BEGIN = END - timedelta(hours=24)


def ref(area: Area, code: str) -> PlaceRef:
    place = area.places[code]
    return PlaceRef(place.code, place.name, place.kind, place.province)


def entry(name: str, *quotes: Quote, hours: float = 1, source: str = "Post", **verdict: Any) -> Entry:
    told = END - timedelta(hours=hours)
    item = Item(id=name, source=source, text="text", published=told)
    return Entry(item, Verdict("en", quotes=quotes, **verdict), told)


def period(area: Area, **given: Any) -> sitrep.Period:
    usual: dict[str, Any] = {
        "window": timedelta(hours=48), "now": Picture(END), "incidents": (), "entries": (), "alerts": (), "marks": (),
        "polls": (), "officer": "Aziz", "number": 2,
    }  # fmt: skip
    return sitrep.Period(area, BEGIN, END, **{**usual, **given})


def rows(of: sitrep.Period, heading: str) -> list[str]:
    found = dict(sitrep_text.sections(sitrep.record(of)))
    return next(lines for title, lines in found.items() if title.startswith(heading))


def said(text: str, cue: str | None = "said", kind: Any = "indirect", **more: Any) -> Quote:
    return Quote(**{"text": text, "kind": kind, "start": 0, "end": len(text), "speaker": "police", "cue": cue, **more})


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        (said("the city had been attacked", "denied"), "police denied that the city had been attacked (Post)"),
        (said("The city had been attacked", "denied"), "police denied: The city had been attacked (Post)"),
        (said("KABUL (HKW) - The city is calm"), "police said: The city is calm (Post)"),
        (said("the city is calm", role="police chief"), "police, police chief, said that the city is calm (Post)"),
        (said("All is calm.", kind="direct"), "police: “All is calm.” (Post)"),
        (said("We lost it.", "denied", kind="direct"), "police: denied: “We lost it.” (Post)"),
    ],
)
def test_a_statement_reads_as_it_was_meant(quote: Quote, line: str, area: Area) -> None:
    assert rows(period(area, entries=(entry("a", quote),)), "Statements") == [f"2021-08-08T11:00:00Z {line}"]


def test_one_statement_is_one_row_however_many_carry_it(area: Area) -> None:
    quote = said("AYBAK, Afghanistan (HKW) - The city fell")
    entries = (
        entry("a", quote, hours=3, source="Wire"),
        entry("b", said("The city  fell"), hours=2),
        entry("c", said("RT @wire: The city fell", kind="direct")),
    )
    assert rows(period(area, entries=entries), "Statements") == [
        "2021-08-08T09:00:00Z police said: The city fell (Wire, Post)"
    ]


def test_old_fighting_is_no_part_of_the_present(area: Area) -> None:
    def pressed(code: str, hours: float) -> Status:
        return Status(
            ref(area, code), "government", "assumed", pressure="fighting_inside",
            last_fighting=END - timedelta(hours=hours),
        )  # fmt: skip

    codes = {"AF-KAB/kabul": 100.0, "AF-HER/herat": 2.0}
    picture = Picture(END, {code: pressed(code, hours) for code, hours in codes.items()})
    _, herat, kabul = rows(period(area, now=picture), "Overview")
    assert herat == "Herat (Afghan government): fighting inside, last told of 2021-08-08T10:00:00Z"
    assert kabul == (
        "Told of longer than 48 h ago, and of nothing since: "
        "Kabul (Afghan government), fighting inside, 2021-08-04T08:00:00Z"
    )


def test_rumours_stand_apart_and_tolls_of_several_places_together(area: Area) -> None:
    def incident(code: str, rumour: bool) -> Incident:
        at = END - timedelta(hours=1)
        return Incident(code, "captured", ref(area, code), "2021-08-08", (), 1, at, at, rumour=rumour)

    toll = Report("a#1", "a", "attack", "actual", speaker="UNICEF", killed=Count(27, 27, None))
    of = period(
        area,
        incidents=(incident("AF-HER/herat", True), incident("AF-KAB/kabul", False)),
        entries=(entry("a", reports=(toll,), provinces=("AF-KAN", "AF-KHO", "AF-PIA")),),
    )
    assert [line.split(":")[0] for line in rows(of, "Rumours")] == ["2021-08-08 Herat"]
    assert rows(of, "Incidents") == [
        "2021-08-08 Kabul: capture, 1 origin; nobody tells of casualties",
        "2021-08-08 Kandahar, Khost and Paktia together: attack; UNICEF says at least 27 killed in all",
    ]


def test_a_change_says_how_many_say_so_and_never_none(area: Area) -> None:
    def row(**fields: Any) -> Transition:
        usual: dict[str, Any] = {
            "id": "t", "place": ref(area, "AF-KDZ/kunduz"), "site": None, "from_holder": "government",
            "to_holder": "government", "from_basis": "assumed", "to_basis": "assumed", "event_time": None,
            "known": END, "evidence": ("a#1", "b#1"), "rule": "pressure", "confidence": 0.5, "origins": 0,
        }  # fmt: skip
        return Transition(**{**usual, **fields})

    changes = (
        row(to_pressure="fighting_near"),
        row(to_holder="insurgent", to_basis="claimed", rule="claim", origins=1),
        row(place=ref(area, "AF-KAN"), to_pressure="surrounded"),
    )
    assert rows(period(area, now=Picture(END, transitions=changes)), "What changed") == [
        "2021-08-08T12:00:00Z Kunduz: fighting nearby, before no fighting reported (2 reports)",
        "2021-08-08T12:00:00Z Kunduz: from Afghan government to Taliban, claimed, not confirmed (1 origin)",
        "2021-08-08T12:00:00Z Kandahar province: surrounded, before no fighting reported (2 reports)",
    ]


def test_fighting_after_a_change_of_hands_is_not_called_the_first(area: Area) -> None:
    city, hour = ref(area, "AF-JOW/sheberghan"), timedelta(hours=1)
    usual: dict[str, Any] = {
        "place": city, "site": None, "from_holder": "insurgent", "to_holder": "insurgent", "from_basis": "conceded",
        "to_basis": "conceded", "event_time": None, "evidence": ("a#1",), "confidence": 0.5, "origins": 1,
    }  # fmt: skip
    lost = usual | {"from_holder": "government", "from_basis": "assumed", "rule": "against_interest"}
    changes = (
        Transition(**lost, id="a", known=END - 2 * hour, from_pressure="fighting_inside"),
        Transition(**usual, id="b", known=END, rule="pressure", to_pressure="fighting_inside"),
    )
    assert rows(period(area, now=Picture(END, transitions=changes)), "What changed") == [
        "2021-08-08T10:00:00Z Sheberghan: from Afghan government to Taliban, conceded by the losing side (1 origin)",
        "2021-08-08T12:00:00Z Sheberghan: fighting inside, before no fighting reported since it changed hands "
        "(1 report)",
    ]


def test_what_is_denied_is_listed_as_open_unless_it_is_settled(area: Area) -> None:
    city, mazar, at = ref(area, "AF-JOW/sheberghan"), ref(area, "AF-BAL/mazar-i-sharif"), END - timedelta(hours=1)
    no = (Denial("police", "government", "a#1", at),)
    of = period(
        area,
        now=Picture(END, {city.code: Status(city, "insurgent", "conceded")}),
        incidents=(
            Incident("a", "captured", city, "2021-08-08", (), 2, at, at, denials=no),
            Incident("b", "clash", mazar, "2021-08-08", (), 1, at, at, denials=no, site="media_office"),
        ),
    )
    denied = "denied by police (government side)"
    assert rows(of, "Open disputes") == [
        f"2021-08-08 Mazar-i-Sharif, media office: clash, 1 origin; {denied} at 2021-08-08T11:00:00Z"
    ]
    assert rows(of, "Incidents") == [
        f"2021-08-08 Sheberghan: capture, 2 origins; nobody tells of casualties; {denied}; "
        "by now conceded by the losing side",
        f"2021-08-08 Mazar-i-Sharif, media office: clash, 1 origin; nobody tells of casualties; {denied}",
    ]


def test_a_dispute_names_who_denies(area: Area) -> None:
    city = ref(area, "AF-KDZ/kunduz")
    denial = Report("a#1", "a", "captured", "negated", place=city, speaker="defence ministry", source_side="government")
    status = Status(city, "insurgent", "disputed", disputed_by=("a#1",))
    of = period(area, now=Picture(END, {city.code: status}), entries=(entry("a", reports=(denial,)),))
    assert rows(of, "Open disputes") == [
        "Kunduz: Taliban, disputed; denied by defence ministry (government side) at 2021-08-08T11:00:00Z"
    ]


def test_what_was_told_of_a_city_is_not_called_nothing(area: Area) -> None:
    def told(name: str, code: str, hours: float) -> Entry:
        report = Report(f"{name}#1", name, "bombing", "actual", place=ref(area, code))
        return entry(name, hours=hours, reports=(report,))

    statuses = {p.code: Status(ref(area, p.code), "government", "assumed") for p in area.capitals[:4]}
    first, second, third, fourth = statuses.values()
    entries = (
        told("a", first.place.code, 1),
        told("b", second.place.province, 1),
        told("c", third.place.code, 30),
    )
    assert rows(period(area, now=Picture(END, statuses), entries=entries), "Not known") == [
        f"Nothing was ever reported of: {fourth.place.name}",
        f"Of their provinces alone was ever reported: {second.place.name}",
        f"{third.place.name}: no report since 2021-08-07T06:00:00Z",
    ]


def alert(name: str, hours: float, **fields: Any) -> Alert:
    usual: dict[str, Any] = {
        "fingerprint": name, "time": END - timedelta(hours=hours), "kind": "event", "title": "Herat: bombing",
        "reason": "told", "severity": "Severe", "urgency": "Immediate", "certainty": "Likely",
    }  # fmt: skip
    return Alert(id=name, **{**usual, **fields})


def test_open_alerts_of_the_period_are_listed_and_older_ones_counted(area: Area) -> None:
    alerts = (alert("a", 1), alert("b", 30), alert("c", 40), alert("d", 50, severity="Extreme"))
    of = period(area, alerts=(*alerts, alert("e", 2, state="acknowledged")))
    assert rows(of, "Alerts") == [
        "2021-08-08T11:00:00Z Severe: Herat: bombing (sitmon why a)",
        "From before the period: 1 Extreme, 2 Severe (sitmon alerts --state active)",
    ]
    assert rows(of, "Highlights") == [
        "2021-08-08T11:00:00Z Herat: bombing (likely)",
        "2021-08-08T10:00:00Z Herat: bombing (likely)",
    ]


def test_the_handovers_note_and_the_marks_are_told_in_words(area: Area) -> None:
    def mark(name: str, kind: Any, subject: str, hours: float = 1, **fields: Any) -> Mark:
        return Mark(**{"id": name, "kind": kind, "subject": subject, "by": "Aziz", "time": END - timedelta(hours=hours),
                       **fields})  # fmt: skip

    marks = (
        mark("m0", "handover", "desk", 24, reason="watch Mazar"),
        mark("m1", "acknowledge", "a"),
        mark("m2", "silence", "AF-KDZ", reason="drill", until=END, data=(("severity", "Minor"),)),
        mark("m3", "override", "AF-KAB/kabul", reason="own eyes", data=(("holder", "contested"),)),
        mark("m4", "unmark", "m3"),
        mark("m5", "note", "AF-KAB/kabul", reason="called"),
    )
    of = period(area, marks=marks, alerts=(alert("a", 1),))
    assert rows(of, "Period")[1] == "Handed over by Aziz at 2021-08-07T12:00:00Z: watch Mazar"
    assert rows(of, "The desk") == [
        "2021-08-08T11:00:00Z Aziz acknowledged “Herat: bombing” (a)",
        "2021-08-08T11:00:00Z Aziz silenced Kunduz province (severity Minor only) until 2021-08-08T12:00:00Z: drill",
        "2021-08-08T11:00:00Z Aziz set Kabul to contested: own eyes",
        "2021-08-08T11:00:00Z Aziz took back what was marked on Kabul",
        "2021-08-08T11:00:00Z Aziz noted about Kabul: called",
    ]


def test_what_feeds_say_is_no_markup(area: Area) -> None:
    of = period(area, entries=(entry("a", said("<script>*x*</script>", kind="direct")),))
    report = sitrep.record(of)
    assert "\\<script\\>\\*x" in sitrep_text.markdown(report)
    assert "<script>" not in sitrep_text.page(report)
