"""Incidents: which reports tell of one event, and what becomes of tolls that conflict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sitmon.area import Area
from sitmon.assess.ledger import Ledger
from sitmon.model.report import Count, Span

KABUL = "AF-KAB/kabul"


def told(news: Any, hour: float, text: str, event: str = "bombing", killed: int | None = None, **fields: Any) -> Any:
    span = (Span("cue", 0, len(text), text),)
    report = news.report(
        event,
        at=fields.pop("at", KABUL),
        killed=Count(best=killed),
        evidence=span,
        **{k: fields.pop(k) for k in ("event_time", "speaker", "tags", "source_side") if k in fields},
    )
    return news.entry(hour, report, text=text, **fields)


PILOT = "A sticky bomb fixed to the vehicle killed the helicopter pilot in the southern outskirts"
PILOT_AGAIN = "The helicopter pilot died when a bomb fixed under his vehicle went off, relatives said"
MARKET = "Shoppers fled when explosives hidden under vegetables went off beside the old bazaar gate"


def ledger_of(area: Area, *entries: Any) -> Ledger:
    ledger = Ledger(area)
    ledger.extend(entries)
    return ledger


def test_two_accounts_of_one_bomb_are_one_incident(area: Area, news: Any) -> None:
    one, two = told(news, 8, PILOT, killed=1), told(news, 9, PILOT_AGAIN, killed=1, source="Gulf Monitor")
    (incident,) = ledger_of(area, one, two).incidents()
    assert (incident.origins, incident.killed, len(incident.reports)) == (2, Count(1, 1, 1), 2)


def test_two_bombs_of_one_day_are_two(area: Area, news: Any) -> None:
    found = ledger_of(area, told(news, 8, PILOT, killed=1), told(news, 9, MARKET, killed=7)).incidents()
    assert sorted(i.killed.best for i in found) == [1, 7]
    assert len({i.id for i in found}) == 2


def test_the_same_words_a_week_later_are_another_event(area: Area, news: Any) -> None:
    assert len(ledger_of(area, told(news, 8, PILOT), told(news, 8 + 24 * 7, PILOT)).incidents()) == 2


def test_a_story_told_again_on_the_next_day_is_the_same(area: Area, news: Any) -> None:
    assert len(ledger_of(area, told(news, 8, PILOT), told(news, 30, PILOT_AGAIN)).incidents()) == 1


PASHTO = "نن سهار په کابل کې د یو پیلوټ په موټر کې چاودنه وشوه او نوموړی پکې ووژل شو"


def test_two_languages_share_no_words_but_a_place_and_a_day(area: Area, news: Any) -> None:
    assert len(ledger_of(area, told(news, 8, PILOT, killed=1), told(news, 9, PASHTO)).incidents()) == 1
    assert len(ledger_of(area, told(news, 8, MARKET, killed=30), told(news, 9, PASHTO, killed=1)).incidents()) == 2


def test_a_deed_in_a_district_is_told_of_the_city_too(area: Area, news: Any) -> None:
    near, far = told(news, 8, PILOT, at="AF1701"), told(news, 9, PILOT_AGAIN, at="AF-KDZ/kunduz")
    assert len(ledger_of(area, near, far).incidents()) == 1
    assert len(ledger_of(area, near, told(news, 9, MARKET, at="AF-KDZ/kunduz")).incidents()) == 2


def test_tolls_are_kept_per_claimant_and_revised_by_the_same_one(area: Area, news: Any) -> None:
    entries = [
        told(news, 8, MARKET, killed=3, speaker="health ministry", source="Paper 1", agency="AFP"),
        told(news, 9, MARKET, killed=20, speaker="a resident"),
        told(news, 12, MARKET, killed=6, speaker="health ministry", source="Paper 1", agency="AFP"),
    ]
    (incident,) = ledger_of(area, *entries).incidents()
    assert incident.killed == Count(6, 6, 20)
    assert {t.claimant: t.killed.best for t in incident.tolls} == {"health ministry": 6, "a resident": 20}


def test_what_did_not_happen_is_no_incident(area: Area, news: Any) -> None:
    entry = news.entry(8, news.report("bombing", modality="planned"), news.report("clash", modality="negated"))
    assert ledger_of(area, entry).incidents() == ()


def test_the_order_of_arrival_makes_no_difference(area: Area, news: Any) -> None:
    entries = [told(news, h, text, killed=h) for h, text in ((8, PILOT), (9, MARKET), (10, PILOT_AGAIN), (31, MARKET))]
    assert ledger_of(area, *entries).incidents() == ledger_of(area, *reversed(entries)).incidents()
    ledger = Ledger(area)
    for entry in (entries[2], entries[0], entries[3], entries[1]):
        ledger.apply(entry)
        ledger.incidents()
    assert ledger.incidents() == ledger_of(area, *entries).incidents()


def test_a_withdrawn_item_leaves_its_incident(area: Area, news: Any, hours: Any) -> None:
    first, second = told(news, 8, PILOT), told(news, 9, PILOT_AGAIN)
    ledger = ledger_of(area, first, second)
    ledger.apply(replace(first, item=replace(first.item, withdrawn=True, revision=1), known=hours(10)))
    assert [i.reports for i in ledger.incidents()] == [(second.verdict.reports[0].id,)]
    assert ledger.incidents_of(first.item.id) == ()


def test_an_item_knows_its_incidents(area: Area, news: Any) -> None:
    one, two = told(news, 8, PILOT), told(news, 9, MARKET)
    ledger = ledger_of(area, one, two)
    assert [i.reports for i in ledger.incidents_of(two.item.id)] == [(two.verdict.reports[0].id,)]
