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


def test_an_agency_is_one_claimant_under_all_its_names(area: Area, news: Any) -> None:
    entries = [
        told(news, 8, MARKET, killed=3, agency="AFP"),
        told(news, 9, MARKET, killed=5, source="Southern Herald", speaker="Agence France-Presse"),
        told(news, 10, MARKET, killed=6, source="AFP"),
        told(news, 11, MARKET, killed=20, source="Gulf Monitor"),
    ]
    (incident,) = ledger_of(area, *entries).incidents()
    assert [(t.claimant, t.killed.best) for t in incident.tolls] == [("AFP", 6), ("Gulf Monitor", 20)]
    assert incident.origins == 2


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


ROADSIDE = (
    "Four police officers were killed in Kabul when a roadside bomb hit their car on Saturday morning, officials said"
)
MOSQUE = "At least twelve people were killed in Kabul when a suicide bomber hit a mosque on Saturday, officials said"
CHECKPOINT = (
    "Eleven soldiers were killed in Kabul when a suicide car bomb hit a checkpoint on Saturday evening, officials said"
)


def test_attacks_of_one_day_are_told_apart_by_scene_means_hour_and_dead(area: Area, news: Any) -> None:
    entries = [
        told(news, 4, ROADSIDE, killed=4),
        told(news, 9, MOSQUE, "suicide_bombing", killed=12),
        told(news, 10, MOSQUE.replace("At least", "Some"), "suicide_bombing", killed=12, source="Gulf Monitor"),
        told(news, 14, CHECKPOINT, "suicide_bombing", killed=11),
        told(
            news, 15, "Death toll of the suicide bombing at the mosque in Kabul rises to 25", killed=25, source="Herald"
        ),
        told(news, 16, "A roadside land mine killed four police officers in the morning", killed=4, source="Herald"),
    ]
    found = ledger_of(area, *entries).incidents()
    assert sorted((i.killed.min, i.killed.max, len(i.reports)) for i in found) == [(4, 4, 2), (11, 11, 1), (12, 25, 3)]
    assert ledger_of(area, *reversed(entries)).incidents() == found


def test_a_much_lower_toll_told_later_is_of_another_attack(area: Area, news: Any) -> None:
    one = told(news, 8, "A bomb blast killed 30 people in the west of the city", killed=30)
    two = told(news, 12, "A blast in the north of the city killed two at the bazaar", killed=2, source="Herald")
    assert len(ledger_of(area, one, two).incidents()) == 2


def test_an_item_that_tells_of_two_attacks_gives_each_its_own_words(area: Area, news: Any) -> None:
    text = f"{ROADSIDE}. {CHECKPOINT}."
    spans = [(Span("cue", at, at + 4, "bomb"),) for at in (text.index("bomb"), text.rindex("bomb"))]
    reports = [
        news.report("bombing", at=KABUL, killed=Count(best=4), evidence=spans[0]),
        news.report("suicide_bombing", at=KABUL, killed=Count(best=11), evidence=spans[1]),
    ]
    found = ledger_of(area, news.entry(16, *reports, text=text), told(news, 17, ROADSIDE, killed=4)).incidents()
    assert sorted((i.killed.best, len(i.reports)) for i in found) == [(4, 2), (11, 1)]


def denial(news: Any, hour: float, text: str, **fields: Any) -> Any:
    span = (Span("cue", 0, len(text), text),)
    report = news.report("bombing", at=KABUL, modality="negated", basis="denied", evidence=span, **fields)
    return news.entry(hour, report, text=text)


def test_a_denial_stands_beside_the_attack_that_it_denies(area: Area, news: Any) -> None:
    entries = [
        told(news, 4, ROADSIDE, killed=4),
        told(news, 9, MOSQUE, "suicide_bombing", killed=12),
        denial(
            news, 10, "The Taliban denied any part in the mosque bombing", speaker="Taliban", source_side="insurgent"
        ),
    ]
    for order in (entries, entries[::-1]):
        found = {i.killed.best: i for i in ledger_of(area, *order).incidents()}
        assert [(d.claimant, d.side) for d in found[12].denials] == [("Taliban", "insurgent")]
        assert found[4].denials == ()
        assert (found[12].origins, len(found[12].reports)) == (1, 1)
    ledger = ledger_of(area, *entries)
    assert [i.killed.best for i in ledger.incidents_of(entries[2].item.id)] == [12]


def test_a_denial_makes_no_incident_and_waits_for_one(area: Area, news: Any) -> None:
    first = denial(news, 8, "Police denied that any bomb had gone off in the city")
    ledger = ledger_of(area, first)
    assert ledger.incidents() == ()
    ledger.apply(told(news, 9, MOSQUE, killed=12))
    assert [len(i.denials) for i in ledger.incidents()] == [1]


def test_a_flood_of_accounts_of_one_fight_is_folded_in_linear_time(area: Area, news: Any) -> None:
    ledger = Ledger(area)
    entries = [news.fight(n / 100, source=f"Paper {n % 50}") for n in range(600)]
    for entry in entries:
        ledger.apply(entry)
        (incident,) = ledger.incidents_of(entry.item.id)
    assert (len(incident.reports), incident.origins) == (600, 50)
