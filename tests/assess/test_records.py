"""What became of what somebody said: borne out, denied or open, and how fast; and the picture without a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sitmon.area import Area
from sitmon.assess.fold import refold
from sitmon.assess.whatif import without_each

CITY, OTHER, DISTRICT = "AF-KDZ/kunduz", "AF-JOW/sheberghan", "AF1701"


def test_the_record_of_a_spokesman(area: Area, news: Any) -> None:
    entries = [
        news.claim(0, at=CITY),
        news.claim(1, at=CITY, source="Gulf Monitor"),  # said again: no second claim
        news.admits(6, at=CITY),
        news.claim(2, at=OTHER, speaker="Zabihullah Muhajid"),  # the same man under another spelling
        news.denies(4, at=OTHER),
        news.claim(5, at=DISTRICT),
    ]
    speakers = {r.name: r for r in refold(area, entries).speakers()}
    mujahid = speakers["Zabihullah Mujahid"]
    assert (mujahid.side, mujahid.claims, mujahid.conceded, mujahid.denied, mujahid.open) == ("insurgent", 3, 1, 1, 1)
    assert mujahid.after == timedelta(hours=6)
    (denier,) = [r for r in speakers.values() if r.denials]
    assert (denier.side, denier.denials, denier.upheld, denier.refuted) == ("government", 1, 0, 0)


def test_a_denial_that_did_not_hold_and_a_claim_that_was_confirmed(area: Area, news: Any) -> None:
    entries = [
        news.claim(0),
        news.denies(1),
        news.witness(3, source="Northern Post"),
        news.witness(5, source="Southern Herald"),
    ]
    ledger = refold(area, entries)
    speakers = {r.name: r for r in ledger.speakers()}
    mujahid = speakers["Zabihullah Mujahid"]
    assert (mujahid.confirmed, mujahid.after) == (1, timedelta(hours=5))
    assert [(r.denials, r.refuted) for r in speakers.values() if r.denials] == [(1, 1)]
    sources = {r.name: r for r in ledger.sources()}
    assert (sources["Southern Herald"].claims, sources["Southern Herald"].confirmed) == (1, 1)


def test_rumours_have_no_record(area: Area, news: Any) -> None:
    rumour = news.entry(0, news.report(basis="reported"), reliability="F", kind="post", author="nobody")
    assert refold(area, [rumour]).speakers() == ()
    assert refold(area, [rumour]).sources() == ()


def test_a_withdrawn_claim_leaves_the_record(area: Area, news: Any) -> None:
    claim = news.claim(0)
    gone = replace(claim, item=replace(claim.item, withdrawn=True, revision=1))
    assert refold(area, [claim, gone]).speakers() == ()


def test_the_picture_without_each_source(area: Area, news: Any, hours: Any) -> None:
    entries = [
        news.claim(0, source="Gulf Monitor"),
        news.admits(3, source="Northern Post"),
        news.fight(4, at=OTHER, source="Southern Herald"),
        news.denies(9, source="Late Paper"),
    ]
    found = without_each(area, entries, "AF-KDZ", CITY, hours(5), ["Gulf Monitor", "Northern Post", "Gulf Monitor"])
    stood = [(w.source, w.items, w.status and (w.status.holder, w.status.basis)) for w in found]
    assert stood == [
        ("", 0, ("insurgent", "conceded")),
        ("Gulf Monitor", 1, ("insurgent", "conceded")),
        ("Northern Post", 1, ("insurgent", "claimed")),
    ]


def test_not_lost_yet_does_not_deny_what_happened_a_day_later(area: Area, news: Any, hours: Any) -> None:
    told = [news.denies(-10, event_time="2021-08-07"), news.claim(9, event_time="2021-08-08")]
    status = refold(area, told).status(CITY, hours(10))
    assert status is not None
    assert (status.basis, status.disputed_by) == ("claimed", ())
    same_day = [news.denies(8, event_time="2021-08-08"), news.claim(9, event_time="2021-08-08")]
    status = refold(area, same_day).status(CITY, hours(10))
    assert status is not None
    assert status.basis == "disputed"


def test_a_reprint_that_names_the_speaker_more_fully_is_the_same_origin(area: Area, news: Any, hours: Any) -> None:
    text = "The city fell on Friday without a fight, the deputy governor said, and the market was open in the evening."
    told = [
        news.admits(1, speaker="deputy governor", source="Wire", text=text),
        news.admits(2, speaker="deputy governor of Kunduz province", source="Post", text=f"{text} More to come."),
    ]
    status = refold(area, told).status(CITY, hours(10))
    assert status is not None
    assert status.origins == 1
    apart = [told[0], news.admits(2, speaker="provincial council member", source="Post", text=f"{text} More to come.")]
    status = refold(area, apart).status(CITY, hours(10))
    assert status is not None
    assert status.origins == 2


def test_an_attack_in_the_attackers_own_words_is_near_until_somebody_says_inside(
    area: Area, news: Any, hours: Any
) -> None:
    def pressure(*entries: Any) -> str:
        status = refold(area, entries).status(CITY, hours(10))
        return status.pressure if status else "none"

    attack = news.fight(1, basis="claimed", source_side="insurgent", speaker="Zabihullah Mujahid")
    assert pressure(attack) == "fighting_near"
    assert pressure(attack, news.fight(2)) == "fighting_inside"
    assert pressure(news.fight(1, scope="part", basis="claimed", source_side="insurgent")) == "fighting_inside"
