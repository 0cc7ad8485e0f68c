"""The ledger over time: any order, any batching, versions and withdrawals, two clocks, the desk's own word."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitmon.area import Area
from sitmon.assess.fold import fold, refold
from sitmon.assess.ledger import Ledger
from sitmon.model.entry import Entry
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture

CITY = "AF-KDZ/kunduz"
OTHER = "AF-JOW/sheberghan"

WHAT = st.sampled_from(["claim", "admits", "witness", "says", "denies", "fight"])
TELLING = st.fixed_dictionaries(
    {
        "what": WHAT,
        "hour": st.integers(-60, 60),
        "lag": st.integers(0, 40),
        "event": st.sampled_from(["captured", "captured", "retaken"]),
        "at": st.sampled_from([CITY, CITY, OTHER, "AF1701"]),
        "site": st.sampled_from([None, None, None, "airport"]),
        "scope": st.sampled_from([None, None, "most", "part", "outskirts"]),
        "source": st.sampled_from(["Northern Post", "Southern Herald", "Gulf Monitor"]),
        "reliability": st.sampled_from("BCEF"),
        "event_time": st.sampled_from([None, None, "2021-08-07", "2021-08-06", "2021-08"]),
        "modality": st.sampled_from(["actual", "actual", "actual", "hedged", "historical"]),
    }
)
SAME_FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def written(news: Any, tellings: Sequence[dict[str, Any]]) -> list[Entry]:
    entries = []
    for told in tellings:
        fields = dict(told)
        write, hour = getattr(news, fields.pop("what")), fields.pop("hour")
        if write == news.fight:
            del fields["event"]
        if write == news.denies:
            del fields["modality"]
        entries.append(write(hour, known=hour + fields.pop("lag"), **fields))
    return entries


def one_by_one(area: Area, entries: Sequence[Entry], now: Any) -> Picture:
    ledger = Ledger(area)
    for entry in entries:
        ledger.apply(entry)
        ledger.picture(now)  # a look in between must not matter
    return ledger.picture(now)


@SAME_FIXTURES
@given(st.lists(TELLING, max_size=24), st.randoms(use_true_random=False))
def test_any_order_and_any_batching_give_one_picture(
    area: Area, news: Any, hours: Any, tellings: list[dict[str, Any]], rng: random.Random
) -> None:
    entries = written(news, tellings)
    whole = fold(area, entries, now=hours(120))
    shuffled = list(entries)
    rng.shuffle(shuffled)
    assert one_by_one(area, shuffled, hours(120)) == whole
    ledger = Ledger(area)
    while shuffled:
        size = rng.randint(1, 5)
        ledger.extend(shuffled[:size])
        del shuffled[:size]
    assert ledger.picture(hours(120)) == whole


@SAME_FIXTURES
@given(st.lists(TELLING, min_size=1, max_size=16), st.data())
def test_a_withdrawn_item_leaves_no_trace(
    area: Area, news: Any, hours: Any, tellings: list[dict[str, Any]], data: st.DataObject
) -> None:
    entries = written(news, tellings)
    gone = data.draw(st.sampled_from(entries))
    without = fold(area, [e for e in entries if e is not gone], now=hours(120))
    tombstone = replace(gone, item=replace(gone.item, withdrawn=True, revision=1), known=hours(110))
    mixed = data.draw(st.permutations([*entries, tombstone]))
    assert one_by_one(area, mixed, hours(120)) == without


@SAME_FIXTURES
@given(st.lists(TELLING, max_size=16), st.integers(-60, 100))
def test_known_at_is_what_stood_then(
    area: Area, news: Any, hours: Any, tellings: list[dict[str, Any]], hour: int
) -> None:
    entries = sorted(written(news, tellings), key=lambda e: e.key)
    ledger = Ledger(area)
    for entry in entries:
        if entry.known > hours(hour):
            break
        ledger.apply(entry)
    assert fold(area, entries, now=hours(120), known_at=hours(hour)) == ledger.picture(hours(hour))


@SAME_FIXTURES
@given(st.lists(TELLING, max_size=20))
def test_transitions_lead_from_the_baseline_to_the_status(
    area: Area, news: Any, hours: Any, tellings: list[dict[str, Any]]
) -> None:
    picture = fold(area, written(news, tellings), now=hours(120))
    assert list(picture.transitions) == sorted(picture.transitions, key=lambda t: t.known)
    assert len({t.id for t in picture.transitions}) == len(picture.transitions)
    for code, status in picture.statuses.items():
        holder, basis, pressure = "government", "assumed", "none"
        for row in picture.history(code):
            if row.site is not None:
                continue
            assert (row.from_holder, row.from_basis, row.from_pressure) == (holder, basis, pressure)
            holder, basis, pressure = row.to_holder, row.to_basis, row.to_pressure
        assert (status.holder, status.basis, status.pressure) == (holder, basis, pressure)
        assert 0 <= status.confidence <= 1


def test_a_long_history_derived_from_snapshots_equals_one_from_nothing(area: Area, news: Any, hours: Any) -> None:
    rng = random.Random(7)
    kinds = [news.claim, news.admits, news.witness, news.says, news.denies, news.fight]
    entries = []
    for n in range(300):
        write = rng.choice(kinds)
        event = {} if write == news.fight else {"event": rng.choice(["captured", "retaken"])}
        entries.append(write(n / 3, source=f"Paper {rng.randint(1, 9)}", **event))
    ledger = Ledger(area)
    late = entries.pop(40)
    for entry in entries:
        ledger.apply(entry)
    ledger.apply(late)
    assert ledger.picture(hours(120)) == fold(area, [*entries, late], now=hours(120))


def test_apply_returns_what_is_new(area: Area, news: Any) -> None:
    ledger = Ledger(area)
    claim, copy = news.claim(1), news.claim(2, source="Gulf Monitor")
    first = ledger.apply(claim)
    assert [(t.from_holder, t.to_holder, t.to_basis, t.rule) for t in first] == [
        ("government", "insurgent", "claimed", "claim")
    ]
    assert ledger.apply(copy) == ()
    assert ledger.apply(claim) == ()
    assert [(t.moves, t.to_basis) for t in ledger.apply(news.admits(3))] == [(False, "conceded")]


def test_one_item_that_says_several_things_makes_one_row(area: Area, news: Any) -> None:
    claimed = news.report(basis="claimed", source_side="insurgent", speaker="Mujahid")
    admitted = news.report(basis="conceded", source_side="government", speaker="Wali")
    rows = Ledger(area).apply(news.entry(1, claimed, admitted, news.report("clash", scope="part")))
    assert [(t.to_holder, t.to_basis, t.to_pressure) for t in rows] == [("insurgent", "conceded", "fighting_inside")]


def test_items_known_at_one_moment_keep_their_order(area: Area, news: Any, hours: Any) -> None:
    entries = [news.fight(1, "outskirts"), news.claim(1), news.denies(1), news.admits(1)]
    rows = fold(area, reversed(entries), now=hours(2)).history(CITY)
    assert [(t.from_basis, t.to_basis) for t in rows] == [
        ("assumed", "assumed"),
        ("assumed", "claimed"),
        ("claimed", "disputed"),
        ("disputed", "conceded"),
    ]


# -- two clocks --------------------------------------------------------------------------------------------------------


def test_as_of_is_what_we_know_now_about_then(area: Area, news: Any, hours: Any) -> None:
    late = news.admits(30, event_time="2021-08-07")
    then = fold(area, [late], now=hours(40), as_of=hours(0))
    assert (then.statuses[CITY].holder, then.now) == ("insurgent", hours(0))
    assert fold(area, [late], now=hours(40), known_at=hours(0)).statuses[CITY].holder == "government"


def test_as_of_leaves_out_what_may_have_happened_later(area: Area, news: Any, hours: Any) -> None:
    during = news.admits(12, event_time="2021-08-08")
    assert fold(area, [during], now=hours(40), as_of=hours(6)).statuses[CITY].holder == "government"
    assert fold(area, [during], now=hours(40), as_of=hours(12)).statuses[CITY].holder == "insurgent"


def test_late_news_of_an_older_change_keeps_its_day(area: Area, news: Any, hours: Any) -> None:
    entries = [news.admits(10), news.says(2, known=11, event_time="2021-08-07")]
    status = fold(area, entries, now=hours(20)).statuses[CITY]
    assert (status.holder, status.basis, status.since) == ("insurgent", "conceded", "2021-08-08")


# -- versions ----------------------------------------------------------------------------------------------------------


def test_a_correction_rederives_what_rested_on_it(area: Area, news: Any, hours: Any) -> None:
    ledger = Ledger(area)
    wrong = news.admits(1)
    ledger.apply(wrong)
    moved = replace(wrong.verdict.reports[0], place=news.ref(OTHER))
    right = replace(
        wrong, item=replace(wrong.item, revision=1), verdict=replace(wrong.verdict, reports=(moved,)), known=hours(5)
    )
    rows = ledger.apply(right)
    assert {(t.place.code, t.to_holder, t.rule) for t in rows} == {
        (CITY, "government", "retraction"),
        (OTHER, "insurgent", "against_interest"),
    }
    picture = ledger.picture(hours(6))
    assert (picture.statuses[CITY].holder, picture.statuses[OTHER].holder) == ("government", "insurgent")
    assert picture.history(CITY) == ()
    before = fold(area, [wrong, right], now=hours(6), known_at=hours(4))
    assert before.statuses[CITY].holder == "insurgent"


def test_a_corrected_comma_keeps_what_was_known_since(area: Area, news: Any, hours: Any) -> None:
    first = news.admits(1)
    again = replace(first, item=replace(first.item, revision=1, text=first.item.text + "."), known=hours(9))
    for order in ([first, again], [again, first]):
        ledger = Ledger(area)
        for entry in order:
            ledger.apply(entry)
        assert ledger.picture(hours(10)).statuses[CITY].known_since == hours(1)


def test_a_withdrawal_tells_what_it_undid(area: Area, news: Any, hours: Any) -> None:
    ledger = Ledger(area)
    claim = news.claim(1)
    ledger.apply(claim)
    (row,) = ledger.apply(replace(claim, item=replace(claim.item, withdrawn=True, revision=1), known=hours(2)))
    assert (row.from_holder, row.to_holder, row.to_basis, row.rule) == (
        "insurgent",
        "government",
        "retracted",
        "retraction",
    )
    assert ledger.picture(hours(3)) == Ledger(area).picture(hours(3))


# -- the desk's own word -----------------------------------------------------------------------------------------------


def override(hours: Any, hour: float, holder: str, **fields: Any) -> Mark:
    given = {"id": f"o{hour}", "kind": "override", "subject": CITY, "by": "Aziz", "time": hours(hour), **fields}
    data = (("holder", holder), *given.pop("data", ()))
    return Mark(**given, data=data)


def test_an_override_stands_above_the_rules_until_it_is_removed(area: Area, news: Any, hours: Any) -> None:
    ledger = Ledger(area)
    ledger.apply(news.claim(1))
    (row,) = ledger.mark(override(hours, 2, "government", reason="phone call with the governor"))
    assert (row.from_holder, row.to_holder, row.to_basis, row.rule) == (
        "insurgent",
        "government",
        "override",
        "override",
    )
    ledger.apply(news.admits(3))
    shown = ledger.picture(hours(4)).statuses[CITY]
    assert (shown.holder, shown.basis, shown.evidence) == ("government", "override", ("o2",))
    ledger.mark(Mark("u5", "unmark", "o2", "Aziz", hours(5)))
    assert ledger.picture(hours(6)).statuses[CITY].basis == "conceded"


def test_why_shows_the_desks_word_in_the_history(area: Area, news: Any, hours: Any) -> None:
    ledger = Ledger(area)
    ledger.apply(news.claim(1))
    ledger.mark(override(hours, 2, "government"))
    why = ledger.explain(CITY, hours(3))
    assert why is not None
    assert [t.rule for t in why.history] == ["claim", "override"]
    assert (why.status.basis, [p.basis for p in why.changes]) == ("override", ["claimed"])


def test_an_override_runs_out(area: Area, hours: Any) -> None:
    ledger = Ledger(area)
    ledger.mark(override(hours, 2, "insurgent", until=hours(4)))
    assert ledger.picture(hours(3)).statuses[CITY].holder == "insurgent"
    assert ledger.picture(hours(4)).statuses[CITY].holder == "government"


def test_a_site_can_be_overridden(area: Area, hours: Any) -> None:
    ledger = Ledger(area)
    ledger.mark(override(hours, 2, "insurgent", data=(("site", "airport"),)))
    status = ledger.picture(hours(3)).statuses[CITY]
    assert (status.holder, [(s.site, s.holder, s.basis) for s in status.sites]) == (
        "government",
        [("airport", "insurgent", "override")],
    )


AIRPORT = f"{CITY}/airport"


def test_a_named_site_stands_as_its_city_has_it(area: Area, news: Any, hours: Any) -> None:
    ledger = Ledger(area)

    def both(hour: float) -> list[tuple[str, str, Any]]:
        statuses = ledger.picture(hours(hour)).statuses
        (its,) = statuses[CITY].sites
        own = statuses[AIRPORT]
        return [(s.holder, s.basis, s.known_since) for s in (its, own)]

    (row,) = ledger.mark(override(hours, 2, "insurgent", subject=AIRPORT, until=hours(5)))
    assert (row.place.code, row.site, row.to_holder) == (CITY, "airport", "insurgent")
    assert both(3) == [("insurgent", "override", hours(2))] * 2
    assert ledger.picture(hours(3)).statuses[CITY].holder == "government"
    ledger.apply(news.admits(4, site="airport"))
    assert both(4.5) == [("insurgent", "override", hours(2))] * 2
    assert both(6) == [("insurgent", "conceded", hours(4))] * 2, "it has run out: what is told holds in both"
    ledger.mark(override(hours, 7, "contested", data=(("site", "airport"),)))
    assert both(8) == [("contested", "override", hours(7))] * 2, "set by the city's name, too"
    assert [r.id for r in ledger.picture(hours(8)).transitions].count("override-o2") == 1
    why = ledger.explain(AIRPORT, hours(8))
    assert why is not None
    assert (why.status.holder, [t.id for t in why.history]) == (
        "contested",
        ["override-o2", "override-o7"],
    )


def test_an_override_of_a_site_is_taken_back_by_the_name_it_was_made_on(area: Area, hours: Any) -> None:
    for undone in ("o2", AIRPORT):
        ledger = Ledger(area)
        ledger.mark(override(hours, 2, "insurgent", subject=AIRPORT))
        ledger.mark(Mark("u3", "unmark", undone, "Aziz", hours(3)))
        statuses = ledger.picture(hours(4)).statuses
        assert (statuses[CITY].sites, statuses[AIRPORT].holder) == ((), "government")


@pytest.mark.parametrize("kind", ["acknowledge", "note", "silence"])
def test_other_marks_move_nothing(kind: Any, area: Area, hours: Any) -> None:
    ledger = Ledger(area)
    assert ledger.mark(Mark("m", kind, CITY, "Aziz", hours(1))) == ()
    assert ledger.picture(hours(2)) == Ledger(area).picture(hours(2))


# -- the picture -------------------------------------------------------------------------------------------------------


def test_every_capital_has_a_status_before_the_first_report(area: Area, hours: Any) -> None:
    picture = Ledger(area).picture(hours(0))
    assert {code: (s.holder, s.basis, s.confidence) for code, s in picture.statuses.items()} == {
        place.code: ("government", "assumed", 0.0) for place in area.capitals
    }


def test_the_area_says_who_held_a_place_and_how_much_is_enough(area: Area, news: Any, hours: Any) -> None:
    other = replace(area, baseline={"*": "unknown", CITY: "insurgent"}, ledger={"confirming_origins": 3})
    before = Ledger(other).picture(hours(0))
    assert (before.statuses[CITY].holder, before.statuses[OTHER].holder) == ("insurgent", "unknown")
    two = [news.says(h, at=OTHER, source=f"Paper {h}") for h in (1, 2)]
    assert fold(other, two, now=hours(3)).statuses[OTHER].basis == "reported"
    assert (
        fold(other, [*two, news.says(3, at=OTHER, source="Paper 3")], now=hours(4)).statuses[OTHER].basis == "confirmed"
    )


# -- why ---------------------------------------------------------------------------------------------------------------


def test_why_says_what_each_piece_of_evidence_did(area: Area, news: Any, hours: Any) -> None:
    entries = [
        news.claim(1),
        news.claim(2, source="Gulf Monitor"),
        news.says(3, reliability="F"),
        news.says(4, modality="planned"),
        news.denies(5),
        news.fight(6, "part"),
        news.says(7, published=None),
    ]
    why = refold(area, entries).explain(CITY, hours(8))
    assert why is not None
    assert [w.effect for w in reversed(why.evidence)] == [
        "counted",
        "echo",
        "rumour",
        "planned",
        "denial",
        "pressure",
        "undated",
    ]
    assert (why.status.holder, why.status.basis) == ("contested", "disputed")
    assert [t.rule for t in why.history] == ["claim", "denial", "pressure"]
    assert why.denials == (entries[4].verdict.reports[0].id,)


def test_why_says_what_would_settle_it_and_what_is_not_known(area: Area, news: Any, hours: Any) -> None:
    why = refold(area, [news.claim(1)]).explain(CITY)
    assert why is not None
    assert [(s.kind, s.side, s.need, s.have) for s in why.settles] == [
        ("concession", "government", 1, 0),
        ("origins", None, 2, 0),
        ("renunciation", "insurgent", 1, 0),
    ]
    assert [(g.kind, g.side, g.site) for g in why.unknown] == [
        ("no_statement", "government", None),
        ("no_third_party", None, None),
        ("no_site_reports", None, "airport"),
    ]
    settled = refold(area, [news.claim(2), news.admits(3)]).explain(CITY)
    assert settled is not None
    assert settled.settles == ()
    assert [(v.basis, v.party) for v in settled.origins] == [("conceded", False), ("claimed", True)]


def test_why_of_a_place_without_news(area: Area) -> None:
    why = Ledger(area).explain(CITY)
    assert why is not None
    assert ([g.kind for g in why.unknown], why.evidence, why.history) == (["no_reports"], (), ())
    assert Ledger(area).explain("AF-XXX") is None


def test_a_change_of_a_day_or_less_is_also_an_armed_clash(area: Area, news: Any) -> None:
    back = news.claim(20, event="retaken", source_side="government", speaker="Aman")
    why = refold(area, [news.admits(1), back]).explain(CITY)
    assert why is not None
    assert [(p.gain, p.basis, p.also_clash) for p in why.changes] == [
        ("insurgent", "conceded", True),
        ("government", "claimed", False),
    ]


def test_a_headline_is_dated_by_what_its_text_says_of_the_same_event(area: Area, news: Any, hours: Any) -> None:
    headline, below = news.report(), news.report(event_time="2021-07-14", time_precision="day")
    status = refold(area, [news.entry(0, headline, below)]).status(CITY, hours(1))
    assert status is None or status.holder == "government", "an old article published again"
    elsewhere = news.report(at=OTHER, event_time="2021-07-14", time_precision="day")
    status = refold(area, [news.entry(0, headline, elsewhere)]).status(CITY, hours(1))
    assert status is not None
    assert status.holder == "insurgent"


def test_old_fighting_is_shown_with_its_age_and_never_forgotten(area: Area, news: Any, hours: Any) -> None:
    ledger = refold(area, [news.fight(0), news.fight(3)])
    status = ledger.picture(hours(24 * 30)).statuses[CITY]
    assert (status.pressure, status.last_fighting) == ("fighting_inside", hours(3))


def test_many_accounts_of_one_instant_in_any_order(area: Area, news: Any, hours: Any) -> None:
    words = "fighters and soldiers fought in the streets of the city until the evening, and shops stayed closed"
    entries = [
        news.fight(n % 5, known=6, text=f"{words} {n if n % 3 else 'day'}", scope=("part", None, "outskirts")[n % 3])
        for n in range(90)
    ] + [news.claim(2, known=6), news.denies(3, known=6)]
    whole = fold(area, entries, now=hours(9))
    for seed in range(4):
        shuffled = list(entries)
        random.Random(seed).shuffle(shuffled)
        assert one_by_one(area, shuffled, hours(9)) == whole


def test_an_assumption_never_looks_surer_than_old_evidence(area: Area, news: Any, hours: Any) -> None:
    picture = fold(area, [news.claim(0, reliability="E", modality="hedged")], now=hours(24 * 60))
    told, assumed = picture.statuses[CITY], picture.statuses[OTHER]
    assert (told.basis, assumed.basis) == ("claimed", "assumed")
    assert told.confidence > 0
    assert assumed.confidence == 0
