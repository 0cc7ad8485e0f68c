"""What an officer is told, and the reason for everything that is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from sitmon.alert.decide import Alerter
from sitmon.alert.settings import Rule, Settings
from sitmon.area import Actor, Area
from sitmon.model.incident import Incident, Toll
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture, Status
from sitmon.model.report import Count, Span

CITY = "AF-KDZ/kunduz"
DISTRICT = "AF1701"


# -- a change of status ----------------------------------------------------------------------------------------------


def test_a_claim_is_one_alert_with_title_reason_and_grades(desk: Any, raised: Any, hours: Any) -> None:
    said = desk.report(speaker="Zabihullah Mujahid", source_side="insurgent", basis="claimed", agency="AFP")
    (alert,) = raised(desk.moves(9, report=said, url="https://post.example/1"))
    assert alert.title == "Kunduz: capture claimed by Taliban"
    assert alert.reason == (
        "the winning side's own word: Zabihullah Mujahid (Taliban side), via AFP; was Afghan government, assumed"
    )
    assert (alert.severity, alert.urgency, alert.certainty) == ("Severe", "Immediate", "Possible")
    assert (alert.kind, alert.event_type, alert.basis, alert.origins) == ("status", "captured", "claimed", 1)
    assert (alert.time, alert.url, alert.reports, alert.updates) == (
        hours(9),
        "https://post.example/1",
        ("item-1#0",),
        None,
    )
    assert alert.fingerprint == "status|AF-KDZ/kunduz||insurgent|2021-08-08"


def test_a_concession_is_an_update_of_the_claims_alert(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9))
    decisions = desk.moves(11, basis="conceded", rule="against_interest", origins=2)
    (update,) = raised(decisions)
    assert (update.fingerprint, update.updates, update.certainty) == (first.fingerprint, first.id, "Observed")
    assert update.id != first.id
    assert update.title == "Kunduz: capture conceded by the losing side"
    assert "was claimed" in update.reason
    (done,) = [d for d in decisions if d.alert is not None and d.alert.state == "resolved"]
    assert done.alert is not None
    assert (done.alert.id, done.reason) == (first.id, f"overtaken by {update.id}: {update.title}")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("claimed", "reported", True),
        ("claimed", "confirmed", True),
        ("claimed", "disputed", True),
        ("disputed", "conceded", True),
        ("reported", "witnessed", False),
        ("confirmed", "conceded", False),
        ("claimed", "retracted", True),
    ],
)
def test_which_bases_are_an_update(before: Any, after: Any, told: bool, desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9, basis=before))
    decisions = desk.moves(10, basis=after, rule="independent_origins")
    assert [a.updates for a in raised(decisions)] == ([first.id] if told else [])
    assert all(d.reason for d in decisions)


def test_contested_is_an_update_and_so_is_its_end(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9))
    (second,) = raised(desk.moves(10, holder="contested", rule="pressure"))
    (third,) = raised(desk.moves(11, basis="conceded", rule="against_interest"))
    assert [second.updates, third.updates] == [first.id, second.id]
    assert len({a.fingerprint for a in (first, second, third)}) == 1
    assert second.title == "Kunduz: contested, fighting inside after a claim"


def test_a_recapture_is_another_alert_and_resolves_the_first(desk: Any, raised: Any) -> None:
    (lost,) = raised(desk.moves(9, basis="conceded"))
    decisions = desk.moves(20, holder="government", rule="retaking")
    (back,) = raised(decisions)
    assert back.fingerprint != lost.fingerprint
    assert (back.updates, back.event_type, back.title) == (
        None,
        "retaken",
        "Kunduz: recapture claimed by Afghan government",
    )
    over, end = [d.alert for d in decisions[1:]]
    assert over == replace(lost, state="resolved")
    assert (end.updates, end.fingerprint, end.state, end.ends) == (lost.id, lost.fingerprint, "resolved", True)
    assert (end.severity, end.urgency, end.time) == ("Minor", "Past", back.time), "it does not shout"
    assert (end.title, end.reason) == (f"no longer so: {lost.title}", f"overtaken by {back.id}: {back.title}")
    again = desk.restarted(lost, back, end)
    assert {a.id: a.state for a in again.alerter.remember([lost, back, end])} == {
        lost.id: "resolved", back.id: "active", end.id: "resolved",
    }  # fmt: skip
    (surer,) = raised(again.moves(12, "government", "conceded", origins=2))
    assert surer.updates == back.id, "the end of the other is no alert to be updated"


def test_what_nobody_was_told_of_needs_no_end(desk: Any, hours: Any) -> None:
    desk.alerter.mark(Mark("quiet", "silence", "*", "Aziz", hours(1), "", hours(40)), hours(1))
    desk.moves(9)
    decisions = desk.moves(11, "government")
    assert not [d for d in decisions if d.alert is not None and d.alert.ends]


def test_a_second_loss_of_the_same_day_is_not_the_first_one(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9))
    desk.moves(12, holder="government", rule="retaking")
    (again,) = raised(desk.moves(18))
    assert again.fingerprint == f"{first.fingerprint}#2"
    assert again.updates is None


def test_accounts_that_differ_by_a_day_are_one_alert(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9, day="2021-08-08"))
    (update,) = raised(desk.moves(30, basis="conceded", day="2021-08-07"))
    assert update.fingerprint == first.fingerprint


def test_late_news_that_the_picture_has_overtaken_is_not_told(desk: Any, raised: Any) -> None:
    entry = desk.entry(9, desk.report())
    row = desk.row(entry, "insurgent", "claimed", at=CITY)
    desk.statuses[CITY] = Status(desk.ref(CITY), "government", "conceded")
    (decision,) = desk.decide(entry, row)
    assert (decision.alert, decision.reason) == (
        None,
        "Kunduz: late news of a status that the picture no longer shows",
    )


@pytest.mark.parametrize(
    ("at", "site", "severity"), [(CITY, None, "Severe"), (DISTRICT, None, "Moderate"), (CITY, "airport", "Moderate")]
)
def test_capitals_are_severe_the_rest_moderate(at: str, site: Any, severity: str, desk: Any, raised: Any) -> None:
    (alert,) = raised(desk.moves(9, at=at, site=site))
    assert alert.severity == severity


def test_sites_that_one_item_gives_away_are_one_alert(desk: Any, raised: Any) -> None:
    entry = desk.entry(9, *(desk.report(site=s) for s in ("governor_office", "police_hq", "prison")))
    rows = [
        desk.row(entry, "insurgent", "claimed", at=CITY, site=s) for s in ("governor_office", "police_hq", "prison")
    ]
    (alert,) = raised(desk.decide(entry, *rows))
    assert alert.title == ("Kunduz governor's office, police headquarters and prison: capture claimed by Taliban")


def test_sites_are_not_told_beside_the_city_that_falls_with_them(desk: Any, raised: Any) -> None:
    entry = desk.entry(9, desk.report(), desk.report(site="prison"))
    rows = [desk.row(entry, "insurgent", "claimed", at=CITY, site=s) for s in ("prison", None)]
    decisions = desk.decide(entry, *rows)
    assert [a.title for a in raised(decisions)] == ["Kunduz: capture claimed by Taliban"]
    assert "Kunduz prison: inhibited by the change of hands of the whole place" in [d.reason for d in decisions]


def test_a_site_that_is_still_held_is_no_news(desk: Any) -> None:
    held = desk.report("other", site="airport", holder="government")
    (decision,) = desk.moves(9, holder="government", basis="reported", site="airport", report=held)
    assert (decision.alert, decision.reason) == (None, "Kunduz airport: held as before, by government")


def test_a_withdrawal_is_told_to_those_who_saw_the_claim(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9))
    decisions = desk.moves(10, holder="government", basis="retracted", rule="retraction")
    (undone,) = raised(decisions)
    assert "withdrawn" in undone.title
    assert first.id in [d.alert.id for d in decisions if d.alert and d.alert.state == "resolved"]


# -- old, undated ----------------------------------------------------------------------------------------------------


def test_an_undated_item_alerts_nobody(desk: Any) -> None:
    (decision,) = desk.moves(9, published=None)
    assert (decision.alert, decision.reason) == (None, "undated: an item without a date alerts nobody")


def test_an_item_older_than_the_window_alerts_nobody(desk: Any) -> None:
    (decision,) = desk.moves(0, known=49)
    assert (decision.alert, decision.reason) == (None, "older than the window of 48 h: it is of 2021-08-08")


def test_the_window_is_the_desks_own(area: Area, desk: Any, raised: Any) -> None:
    week = desk.restarted(settings=Settings(window=timedelta(days=7)))
    assert len(raised(week.moves(0, known=49))) == 1


def test_an_old_event_in_a_new_item_is_no_news(desk: Any) -> None:
    (decision,) = desk.happens(9, "suicide_bombing", event_time="2021-08-03")
    assert decision.alert is None
    assert "older than the window" in decision.reason


# -- pressure --------------------------------------------------------------------------------------------------------


def press(desk: Any, hour: float, level: Any, **fields: Any) -> Any:
    held = {"holder": "government", "basis": "assumed", "rule": "pressure", "report": desk.report("clash")}
    return desk.moves(hour, pressure=level, **{**held, **fields})


def test_rising_pressure_on_a_capital_is_one_alert_that_grows(desk: Any, raised: Any) -> None:
    (near,) = raised(press(desk, 1, "fighting_near"))
    (around,) = raised(press(desk, 5, "surrounded"))
    (inside,) = raised(press(desk, 9, "fighting_inside"))
    assert [a.severity for a in (near, around, inside)] == ["Minor", "Moderate", "Severe"]
    assert [around.updates, inside.updates] == [near.id, around.id]
    assert inside.title == "Kunduz: fighting inside the city"


def test_falling_pressure_and_other_places_are_not_told(desk: Any) -> None:
    press(desk, 1, "fighting_inside")
    (fell,) = press(desk, 60, "fighting_near")
    (elsewhere,) = press(desk, 61, "fighting_inside", at=DISTRICT, report=desk.report("clash", at=DISTRICT))
    assert (fell.alert, fell.reason) == (None, "Kunduz: the pressure did not rise")
    assert (elsewhere.alert, elsewhere.reason) == (None, "Khanabad: fighting_inside, but it is no capital")


def test_a_confirmed_capture_inhibits_fighting_there(desk: Any, raised: Any) -> None:
    (capture,) = raised(desk.moves(9, basis="conceded"))
    (decision,) = press(desk, 11, "fighting_inside", holder="insurgent", basis="conceded")
    assert (decision.alert, decision.reason) == (None, f"Kunduz: inhibited by {capture.id}, which is conceded")


def test_pressure_returns_as_news_after_the_window(desk: Any, raised: Any) -> None:
    press(desk, 1, "fighting_near")
    press(desk, 2, "none")
    assert raised(press(desk, 3, "fighting_near")) == []
    press(desk, 4, "none")
    assert len(raised(press(desk, 100, "fighting_near", day="2021-08-12"))) == 1


# -- events ----------------------------------------------------------------------------------------------------------

EVENTS: list[tuple[str, dict[str, Any], str | None]] = [
    ("assassination", {"event": "attack", "tags": ("assassination",)}, "Severe"),
    ("suicide bombing", {"event": "suicide_bombing"}, "Severe"),
    ("leader killed", {"event": "air_strike", "tags": ("killed_leader",)}, "Severe"),
    ("chemical weapon", {"event": "chemical_weapon"}, "Extreme"),
    ("ten dead", {"event": "bombing", "killed": Count(10, 10, 10)}, "Severe"),
    ("fifty dead", {"event": "clash", "killed": Count(50, None, None)}, "Extreme"),
    ("nine dead", {"event": "bombing", "killed": Count(9, 9, 9)}, None),
    ("air strike on a city", {"event": "air_strike"}, "Moderate"),
    ("air strike somewhere in a district", {"event": "air_strike", "at": DISTRICT}, None),
    ("prison break", {"event": "other", "tags": ("prison_break",)}, "Moderate"),
    ("an arrest", {"event": "arrest"}, None),
    ("a clash", {"event": "clash"}, None),
    ("a planned bombing", {"event": "suicide_bombing", "modality": "planned"}, None),
    ("a denied bombing", {"event": "suicide_bombing", "modality": "negated"}, None),
    ("a bombing of old", {"event": "suicide_bombing", "modality": "historical"}, None),
    ("an unknown account's bombing", {"event": "suicide_bombing", "reliability": "F", "kind": "post"}, None),
    ("an ungraded feed's bombing", {"event": "suicide_bombing", "reliability": "F"}, "Severe"),
    ("hedged", {"event": "suicide_bombing", "modality": "hedged"}, "Severe"),
    ("a suicide bombing that its claimant's foe denies", {"event": "suicide_bombing", "basis": "denied"}, None),
]


@pytest.mark.parametrize(("why", "fields", "severity"), EVENTS, ids=[case[0] for case in EVENTS])
def test_which_events_are_told(why: str, fields: dict[str, Any], severity: str | None, desk: Any, raised: Any) -> None:
    given = dict(fields)
    found = raised(desk.happens(9, given.pop("event"), **given))
    assert [a.severity for a in found] == ([severity] if severity else []), why


def test_what_an_ungraded_feed_says_is_only_possible(desk: Any, raised: Any) -> None:
    (alert,) = raised(desk.happens(9, "suicide_bombing", reliability="F"))
    assert alert.certainty == "Possible"
    (known,) = raised(desk.happens(90, "suicide_bombing"))
    assert known.certainty == "Likely"


def test_an_event_is_told_once_however_many_tell_of_it(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.happens(9, "suicide_bombing", event_time="2021-08-08"))
    (copy,) = desk.happens(10, "suicide_bombing", event_time="2021-08-08", source="Gulf Monitor")
    assert (copy.alert, copy.reason) == (None, f"Kunduz: suicide bombing: same incident as {first.id}")
    (other_day,) = raised(desk.happens(34, "suicide_bombing", event_time="2021-08-09"))
    assert other_day.fingerprint != first.fingerprint


MOSQUE = "A roadside bomb killed {} who sat by the blue mosque on a road to an old bazaar, elders said."


def test_an_item_republished_a_week_later_alerts_nobody(desk: Any, raised: Any) -> None:
    def told(hour: float, killed: int, desk: Any = desk, **fields: Any) -> Any:
        span = Span("cue", 15, 21, "killed")
        toll = Count(killed, killed, killed)
        return desk.happens(hour, "bombing", killed=toll, evidence=(span,), text=MOSQUE.format(killed), **fields)

    (first,) = raised(told(9, 12))
    (again,) = told(9 + 7 * 24, 12, source="Herald")
    assert (again.alert, again.reason) == (
        None, f"Kunduz: bombing, 12 killed: a reprint of what {first.id} told on 2021-08-08"
    )  # fmt: skip
    assert raised(told(9 + 8 * 24, 12, desk.restarted(first))) == [], "over a restart too"
    assert raised(told(9 + 7 * 24, 13)), "another one"


def test_a_few_words_may_be_written_twice(desk: Any, raised: Any) -> None:
    for hour in (9, 9 + 7 * 24):
        assert raised(desk.happens(hour, "bombing", killed=Count(12, 12, 12), text="Bomb kills 12 in Kunduz."))


WAR = {"taliban": "insurgent", "andsf": "government", "us": "foreign", "civilians": "civilian"}
TOLL = Count(77, 77, 77)


@pytest.mark.parametrize(
    ("side", "target", "basis", "severity", "certainty"),
    [
        ("government", "taliban", "claimed", "Moderate", "Possible"),
        ("government", "taliban", None, "Moderate", "Possible"),
        ("insurgent", "andsf", "claimed", "Moderate", "Possible"),
        ("foreign", "taliban", None, "Moderate", "Possible"),
        ("government", None, "claimed", "Moderate", "Possible"),
        ("government", "andsf", None, "Extreme", "Likely"),  # its own dead
        ("government", "us", None, "Extreme", "Likely"),  # its allies'
        ("insurgent", "civilians", None, "Extreme", "Likely"),
        ("government", None, None, "Extreme", "Likely"),
        (None, "taliban", "reported", "Extreme", "Likely"),  # a third party counts
        ("international", "taliban", "reported", "Extreme", "Likely"),
    ],
)
def test_a_party_that_counts_the_other_sides_dead_makes_a_claim(
    side: Any, target: Any, basis: Any, severity: str, certainty: str, desk: Any, raised: Any
) -> None:
    actors = {name: Actor(name, name.title(), s, "rebel", name, ()) for name, s in WAR.items()}  # type: ignore[arg-type]
    desk.alerter = Alerter(replace(desk.area, actors=actors))
    said = {"source_side": side, "target": target, "basis": basis, "killed": TOLL}
    (alert,) = raised(desk.happens(9, "clash", **said))
    assert (alert.severity, alert.certainty, alert.killed) == (severity, certainty, 77)
    if severity == "Moderate":
        assert "a side's claim" in alert.reason


def test_a_claim_of_dead_foes_stays_possible_however_many_carry_it(desk: Any, raised: Any, hours: Any) -> None:
    event = Incident("raid", "clash", desk.ref(CITY), "2021-08-08", ("item-1#0",), 4, hours(9), hours(9))
    (alert,) = raised(
        desk.happens(9, "clash", source_side="government", basis="claimed", killed=TOLL, incidents=(event,))
    )
    assert (alert.certainty, alert.origins) == ("Possible", 4)
    seen = replace(event, reports=("item-1#0", "item-2#0"))
    (worse,) = raised(desk.happens(11, "clash", basis="witnessed", killed=TOLL, incidents=(seen,)))
    assert (worse.updates, worse.severity, worse.certainty) == (alert.id, "Extreme", "Observed")


@pytest.mark.parametrize(
    ("target", "other", "severity"),
    [("taliban", 6, "Severe"), ("taliban", 60, "Extreme"), ("civilians", 6, "Extreme"), (None, 6, "Severe")],
)
def test_a_disputed_count_of_dead_fighters_is_not_extreme(
    target: Any, other: int, severity: str, desk: Any, raised: Any, hours: Any
) -> None:
    actors = {name: Actor(name, name.title(), s, "rebel", name, ()) for name, s in WAR.items()}  # type: ignore[arg-type]
    desk.alerter = Alerter(replace(desk.area, actors=actors))
    counts = (Count(other, other, other), TOLL)
    tolls = tuple(Toll(f"count of {c.best}", None, c, Count(), Count(), "item-1#0", hours(9)) for c in counts)
    event = Incident("raid", "clash", desk.ref(CITY), "2021-08-08", ("item-1#0",), 2, hours(9), hours(9), tolls=tolls)
    (alert,) = raised(desk.happens(9, "clash", target=target, basis="reported", killed=TOLL, incidents=(event,)))
    assert alert.severity == severity


SCALE = [
    ("claimed", CITY, None, "Severe"),
    ("disputed", CITY, None, "Severe"),
    ("witnessed", CITY, None, "Severe"),
    ("conceded", CITY, None, "Extreme"),
    ("confirmed", CITY, None, "Extreme"),
    ("confirmed", CITY, "airport", "Moderate"),
    ("confirmed", DISTRICT, None, "Moderate"),
]


@pytest.mark.parametrize(("basis", "at", "site", "severity"), SCALE)
def test_a_capital_that_is_lost_for_sure_is_the_gravest(
    basis: Any, at: str, site: Any, severity: str, desk: Any, raised: Any
) -> None:
    (alert,) = raised(desk.moves(9, basis=basis, at=at, site=site))
    assert alert.severity == severity


def test_a_claim_grows_graver_with_its_concession(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9))
    (update,) = raised(desk.moves(11, basis="conceded"))
    assert (first.severity, update.severity, update.updates) == ("Severe", "Extreme", first.id)


def test_what_is_severe_by_itself_stays_so_whoever_claims_it(desk: Any, raised: Any) -> None:
    (alert,) = raised(desk.happens(9, "suicide_bombing", source_side="insurgent", basis="claimed", killed=TOLL))
    assert (alert.severity, alert.certainty) == ("Severe", "Possible")
    assert "every suicide bombing" in alert.reason


def test_a_toll_that_makes_it_worse_is_an_update(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.happens(9, "suicide_bombing", event_time="2021-08-08"))
    (worse,) = raised(desk.happens(12, "suicide_bombing", event_time="2021-08-08", killed=Count(60, 60, 60)))
    assert (worse.updates, worse.severity, worse.title) == (first.id, "Extreme", "Kunduz: suicide bombing, 60 killed")


def test_one_item_counts_its_dead_once(desk: Any, raised: Any) -> None:
    toll = Count(77, 77, 77)
    entry = desk.entry(9, desk.report("attack", killed=toll), desk.report("clash", killed=toll))
    assert len(raised(desk.decide(entry))) == 1


def test_two_incidents_of_one_day_are_two_alerts(desk: Any, raised: Any, hours: Any) -> None:
    def incident(name: str, *reports: str) -> Incident:
        return Incident(name, "attack", desk.ref(CITY), "2021-08-08", reports, 1, hours(9), hours(9))

    killing = {"tags": ("assassination",), "event_time": "2021-08-08"}
    (one,) = raised(desk.happens(9, "attack", incidents=(incident("pilot", "item-1#0"),), **killing))
    (two,) = raised(desk.happens(10, "attack", incidents=(incident("official", "item-2#0"),), **killing))
    again = desk.happens(11, "attack", incidents=(incident("pilot", "item-1#0", "item-3#0"),), **killing)
    assert one.fingerprint != two.fingerprint
    assert [d.reason for d in again] == [f"Kunduz: assassination: same incident as {one.id}"]


def test_a_confirmed_capture_inhibits_a_deadly_clash(desk: Any) -> None:
    desk.moves(1, basis="confirmed")
    (decision,) = desk.happens(9, "clash", killed=Count(12, 12, 12))
    assert (decision.alert, decision.reason) == (
        None,
        "Kunduz: clash, 12 killed: inhibited by the confirmed capture of Kunduz",
    )


# -- the desk's own rules, floor, silences ---------------------------------------------------------------------------


def with_rules(desk: Any, *rules: Rule, **fields: Any) -> Any:
    return desk.restarted(settings=Settings(rules=rules, **fields))


def test_the_desks_rule_raises_what_is_not_told_otherwise(desk: Any, raised: Any) -> None:
    own = with_rules(desk, Rule("protests", "Moderate", event_types=("protest",)))
    (alert,) = raised(own.happens(9, "protest"))
    assert (alert.severity, alert.title) == ("Moderate", "Kunduz: protest")
    assert "desk's rule 'protests'" in alert.reason
    assert raised(own.happens(10, "riot")) == []


def test_the_first_rule_that_matches_everything_decides(desk: Any, raised: Any) -> None:
    own = with_rules(
        desk,
        Rule("other province", "Extreme", places=("AF-KAB",)),
        Rule("whole province", "Minor", places=("AF-KDZ",), bases=("claimed",)),
        Rule("never reached", None, places=("AF-KDZ",)),
    )
    (alert,) = raised(own.moves(9, report=own.report(basis="claimed")))
    assert alert.severity == "Minor"


@pytest.mark.parametrize(
    ("rule", "dropped"),
    [
        (Rule("r", None, words=("KUNDUZ airport",)), True),
        (Rule("r", None, words=("Herat", "kunduz")), True),
        (Rule("r", None, words=("Herat",)), False),
        (Rule("r", None, sides=("insurgent",)), True),
        (Rule("r", None, sides=("government",)), False),
        (Rule("r", None, event_types=("captured",), words=("Herat",)), False),
        (Rule("r", None), True),
    ],
)
def test_a_rule_can_drop(rule: Rule, dropped: bool, desk: Any, raised: Any) -> None:
    own = with_rules(desk, rule)
    said = own.report(source_side="insurgent", basis="claimed")
    decisions = own.moves(9, report=said, text="They are at Kunduz airport.")
    assert (raised(decisions) == []) is dropped
    if dropped:
        assert decisions[0].reason == "Kunduz: capture claimed by Taliban: the desk's rule 'r' drops it"


def test_what_is_below_the_floor_is_not_told(desk: Any) -> None:
    (decision,) = desk.restarted(settings=Settings(min_severity="Severe")).moves(9, at=DISTRICT)
    assert (decision.alert, decision.reason) == (
        None,
        "Khanabad district of Kunduz: capture claimed by Taliban: Moderate is below the desk's floor of Severe",
    )


def together(desk: Any, hour: float) -> tuple[Any, ...]:
    """One toll is told of two provinces, neither of which has it alone."""
    report = desk.report("attack", killed=Count(27, 27, None), evidence=(Span("cue", 0, 6, "killed"),))
    entry = desk.entry(hour, replace(report, place=None))
    verdict = replace(entry.verdict, provinces=("AF-KDZ", "AF-KAB"))
    decided: tuple[Any, ...] = desk.decide(replace(entry, verdict=verdict))
    return decided


@pytest.mark.parametrize(("code", "matches"), [("AF-KDZ", True), ("AF-KAB", True), ("AF-HER", False)])
def test_what_is_told_of_several_places_is_of_each_of_them(code: str, matches: bool, desk: Any, hours: Any) -> None:
    (dropped,) = together(with_rules(desk, Rule("not here", None, places=(code,))), 9)
    assert (dropped.alert is None) == matches
    desk.alerter.mark(silence(hours, code), hours(0))
    (decision,) = together(desk, 9)
    assert decision.alert is not None
    assert decision.alert.state == ("silenced" if matches else "active")


def silence(hours: Any, subject: str, **fields: Any) -> Mark:
    return Mark(**{"id": "s", "kind": "silence", "subject": subject, "by": "Aziz", "time": hours(0), **fields})


@pytest.mark.parametrize(
    ("subject", "fields", "silent"),
    [
        (CITY, {}, True),
        ("AF-KDZ", {}, True),
        ("*", {}, True),
        ("AF-KAB", {}, False),
        (CITY, {"data": (("kind", "event"),)}, False),
        (CITY, {"data": (("event_type", "captured"),)}, True),
    ],
)
def test_a_silence_covers_what_it_names(
    subject: str, fields: dict[str, Any], silent: bool, desk: Any, hours: Any
) -> None:
    desk.alerter.mark(silence(hours, subject, reason="known already", **fields), hours(0))
    (decision,) = desk.moves(9)
    assert decision.alert is not None
    assert decision.alert.state == ("silenced" if silent else "active")
    if silent:
        assert decision.reason == "silenced by Aziz: known already"


def test_a_silence_runs_out(desk: Any, hours: Any) -> None:
    desk.alerter.mark(silence(hours, CITY, until=hours(5)), hours(0))
    (decision,) = desk.moves(9)
    assert decision.alert is not None
    assert decision.alert.state == "active"


def test_an_acknowledged_alert_is_answered_and_its_update_is_new(desk: Any, raised: Any, hours: Any) -> None:
    (first,) = raised(desk.moves(9))
    (answered,) = desk.alerter.mark(Mark("a", "acknowledge", first.id, "Aziz", hours(10)), hours(10))
    assert (answered.id, answered.state) == (first.id, "acknowledged")
    (update,) = raised(desk.moves(11, basis="conceded"))
    assert update.updates == first.id


def test_an_acknowledgement_can_be_taken_back(desk: Any, raised: Any, hours: Any) -> None:
    (first,) = raised(desk.moves(9))
    desk.alerter.mark(Mark("a", "acknowledge", first.id, "Aziz", hours(10)), hours(10))
    (again,) = desk.alerter.mark(Mark("u", "unmark", "a", "Aziz", hours(11)), hours(11))
    assert (again.id, again.state) == (first.id, "active")


# -- time and restarts -----------------------------------------------------------------------------------------------


def test_an_unanswered_alert_is_due_again_and_an_answered_one_is_not(desk: Any, raised: Any, hours: Any) -> None:
    (alert,) = raised(desk.moves(9))
    assert desk.alerter.due(hours(12)) == ()
    assert desk.alerter.due(hours(13)) == (alert,)
    assert desk.alerter.due(hours(14)) == ()
    assert desk.alerter.due(hours(17)) == (alert,)
    desk.alerter.mark(Mark("a", "acknowledge", alert.id, "Aziz", hours(18)), hours(18))
    assert desk.alerter.due(hours(40)) == ()


def test_nothing_is_told_twice_over_a_restart(desk: Any, raised: Any) -> None:
    (first,) = raised(desk.moves(9))
    (event,) = raised(desk.happens(10, "suicide_bombing"))
    again = desk.restarted(first, event)
    assert raised(again.happens(10.5, "suicide_bombing")) == []
    (update,) = raised(again.moves(11, basis="conceded"))
    assert (update.updates, update.fingerprint) == (first.id, first.fingerprint)


def test_a_desk_killed_before_it_wrote_decides_the_same_again(desk: Any, raised: Any) -> None:
    entry = desk.entry(9, desk.report())
    row = desk.row(entry, "insurgent", "claimed", at=CITY)
    before, after = desk.restarted(), desk.restarted()
    assert before.decide(entry, row) == after.decide(entry, row)
    assert raised(before.decide(entry, row)) == []


def test_the_log_brings_back_states(desk: Any, raised: Any, hours: Any) -> None:
    (first,) = raised(desk.moves(9))
    (update,) = raised(desk.moves(11, basis="conceded"))
    (event,) = raised(desk.happens(12, "suicide_bombing"))
    marks = [Mark("a", "acknowledge", event.id, "Aziz", hours(13)), silence(hours, "AF-KAB")]
    restored = Alerter(desk.area).remember([event, update, first], marks, hours(14))
    assert {a.id: a.state for a in restored} == {first.id: "resolved", update.id: "active", event.id: "acknowledged"}


def test_the_log_may_be_asked_again_at_any_time(desk: Any, raised: Any, hours: Any) -> None:
    (first,) = raised(desk.moves(9))
    assert desk.alerter.due(hours(14)) == (first,)
    for _ in range(2):
        assert desk.alerter.remember([first]) == (first,)
    assert desk.alerter.due(hours(15)) == ()
    (update,) = raised(desk.moves(16, basis="conceded"))
    assert update.updates == first.id


def test_nothing_to_say_is_no_decision(desk: Any, hours: Any) -> None:
    entry = desk.entry(9)
    assert desk.alerter.decide(entry, (), Picture(hours(9)), hours(9)) == ()


def test_every_decision_has_a_reason(desk: Any) -> None:
    decisions = [
        *desk.moves(9),
        *desk.moves(10, basis="reported"),
        *desk.happens(11, "clash", killed=Count(12, 12, 12)),
        *desk.happens(12, "suicide_bombing"),
        *desk.happens(13, "suicide_bombing"),
        *press(desk, 14, "fighting_near", holder="insurgent", basis="reported"),
    ]
    assert len(decisions) >= 6
    assert all(d.reason and (d.alert is None or d.alert.reason) for d in decisions)


def test_an_alert_is_the_same_whoever_decides(desk: Any, raised: Any) -> None:
    (one,) = raised(desk.restarted().moves(9))
    (other,) = raised(desk.restarted().moves(9))
    assert one == other


# -- silences that end -----------------------------------------------------------------------------------------------


def states(alerts: Any) -> dict[str, str]:
    return {a.id: a.state for a in alerts}


def test_an_alert_is_active_again_when_its_silence_ends(desk: Any, raised: Any, hours: Any) -> None:
    (before,) = raised(desk.moves(9))
    quiet = silence(hours, CITY, time=hours(10), until=hours(12))
    assert states(desk.alerter.mark(quiet, hours(10))) == {before.id: "silenced"}
    (decision,) = desk.happens(11, "suicide_bombing")
    assert decision.alert.state == "silenced"
    assert desk.alerter.look(hours(11.9)) == ()
    assert states(desk.alerter.look(hours(12))) == {before.id: "active", decision.alert.id: "active"}
    assert desk.alerter.look(hours(13)) == (), "once"
    restored = Alerter(desk.area)
    log = [before, decision.alert]
    assert set(states(restored.remember(log, [quiet], hours(11.5))).values()) == {"silenced"}
    assert states(restored.look(hours(12))) == {before.id: "active", decision.alert.id: "active"}
    assert set(states(Alerter(desk.area).remember(log, [quiet], hours(12))).values()) == {"active"}


def test_a_silence_that_ends_leaves_what_another_one_or_an_officer_holds(desk: Any, raised: Any, hours: Any) -> None:
    (city,) = raised(desk.moves(9))
    (bomb,) = raised(desk.happens(9.5, "suicide_bombing"))
    (other,) = raised(desk.moves(9.6, at=DISTRICT))
    desk.alerter.mark(silence(hours, "AF-KDZ", time=hours(10), until=hours(12)), hours(10))
    desk.alerter.mark(silence(hours, CITY, id="s2", time=hours(10), data=(("kind", "event"),)), hours(10))
    desk.alerter.mark(Mark("a", "acknowledge", city.id, "Aziz", hours(11)), hours(11))
    assert states(desk.alerter.look(hours(12))) == {other.id: "active"}
    assert states(desk.alerter.mark(Mark("u", "unmark", "s2", "Aziz", hours(13)), hours(13))) == {bomb.id: "active"}


def test_states_do_not_depend_on_what_else_the_log_holds_nor_on_its_order(desk: Any, raised: Any, hours: Any) -> None:
    (kunduz,) = raised(desk.moves(9))
    (kabul,) = raised(desk.moves(14, at="AF-KAB/kabul"))
    marks = [
        silence(hours, CITY, time=hours(10), until=hours(12)),
        Mark("a", "acknowledge", kabul.id, "Aziz", hours(15)),
        Mark("u", "unmark", "a", "Aziz", hours(16)),
        Mark("b", "acknowledge", kabul.id, "Aziz", hours(17)),
    ]
    for alerts in permutations([kunduz, kabul]):
        for told in permutations(marks):
            found = Alerter(desk.area).remember(alerts, told, hours(20))
            assert states(found) == {kunduz.id: "active", kabul.id: "acknowledged"}
    alone = Alerter(desk.area).remember([kunduz], marks[:1], hours(20))
    assert states(alone) == {kunduz.id: "active"}
    live = desk.restarted(kunduz, kabul).alerter
    for mark in reversed(marks):
        live.mark(mark, hours(20))
    assert states(live.remember([kunduz, kabul], marks, hours(20))) == {kunduz.id: "active", kabul.id: "acknowledged"}


# -- repeats ---------------------------------------------------------------------------------------------------------


def test_after_a_restart_an_alert_is_due_an_interval_after_it_was_shown(desk: Any, raised: Any, hours: Any) -> None:
    (alert,) = raised(desk.moves(9))
    assert desk.alerter.due(hours(13)) == (alert,)
    again = Alerter(desk.area)
    again.remember([alert], now=hours(14), repeated={alert.id: hours(13)})
    assert again.due(hours(14)) == ()
    assert again.due(hours(17)) == (alert,)


def test_what_is_older_than_the_window_is_not_repeated(desk: Any, raised: Any, hours: Any) -> None:
    (alert,) = raised(desk.moves(9))
    assert desk.restarted(alert).alerter.due(hours(9 + 48)) == (alert,)
    assert desk.restarted(alert).alerter.due(hours(9 + 49)) == ()


def test_only_the_gravest_are_repeated_where_nobody_answers_many(desk: Any, raised: Any, hours: Any) -> None:
    own = with_rules(desk, Rule("all", "Minor", event_types=("protest", "riot")), repeat_most=3)
    (old,) = raised(own.happens(1, "protest"))
    (new,) = raised(own.happens(2, "riot"))
    (bomb,) = raised(own.happens(3, "suicide_bombing"))
    (fall,) = raised(own.moves(3.5, basis="conceded"))
    again = own.restarted(old, new, bomb, fall).alerter
    assert again.due(hours(10)) == (new, bomb, fall)
    assert again.due(hours(11)) == (), "the rest are not let in one by one"
    assert again.due(hours(14)) == (new, bomb, fall)
    again.mark(Mark("a", "acknowledge", fall.id, "Aziz", hours(15)), hours(15))
    assert again.due(hours(18)) == (old, new, bomb)


def test_a_revised_toll_is_an_update_of_its_incident_and_a_small_difference_is_not(
    desk: Any, raised: Any, hours: Any
) -> None:
    def incident(low: int, high: int, *reports: str) -> Incident:
        place = desk.ref(CITY)
        count = Count(low, low, high)
        return Incident("mosque", "suicide_bombing", place, "2021-08-08", reports, 1, hours(9), hours(9), killed=count)

    def told(hour: float, killed: int, low: int, high: int) -> Any:
        number = desk.count + 1
        return desk.happens(
            hour, "suicide_bombing", killed=Count(best=killed), incidents=(incident(low, high, f"item-{number}#0"),)
        )

    (first,) = raised(told(9, 12, 12, 12))
    assert [d.reason for d in told(10, 13, 12, 13)] == [
        f"Kunduz: suicide bombing, 12 to 13 killed, the counts differ: same incident as {first.id}"
    ]
    (update,) = raised(told(11, 25, 12, 25))
    assert (update.fingerprint, update.updates, update.killed) == (first.fingerprint, first.id, 25)
    assert update.title == "Kunduz: suicide bombing, 12 to 25 killed, the counts differ"
    assert "its toll was 12, now 25" in update.reason
    (lower,) = raised(
        desk.restarted(first, update).happens(
            12, "suicide_bombing", killed=Count(best=15), incidents=(incident(15, 15, f"item-{desk.count + 1}#0"),)
        )
    )
    assert (lower.updates, lower.killed) == (update.id, 15)


# -- what another desk on the same log has raised --------------------------------------------------------------------


def test_what_another_desk_raised_is_learned_as_the_log_would_tell_it(desk: Any, hours: Any) -> None:
    """In whatever order it is learned: overtaken, updated, ended, answered and silent alerts come out the same."""
    decisions = [
        *desk.moves(9),
        *desk.moves(10, basis="conceded", rule="against_interest"),
        *desk.happens(11, "suicide_bombing"),
        *desk.moves(12, "government", rule="retaking"),
        *desk.moves(13, at="AF-KAB/kabul"),
    ]
    every = list({d.alert.id: d.alert for d in reversed(decisions) if d.alert is not None}.values())
    assert len(every) == 6
    assert sum(alert.ends for alert in every) == 1
    bombing = next(a for a in every if a.event_type == "suicide_bombing")
    marks = [Mark("a", "acknowledge", bombing.id, "Aziz", hours(14)), silence(hours, "AF-KAB", time=hours(14))]
    wanted = states(Alerter(desk.area).remember(every, marks, hours(15)))
    assert set(wanted.values()) == {"active", "acknowledged", "silenced", "resolved"}
    for order in permutations(every):
        alerter = Alerter(desk.area)
        shown = states(alerter.remember(order[:1], marks, hours(15)))
        for alert in order[1:]:
            learned = states(alerter.learn([alert, order[0]], hours(15)))
            assert alert.id in learned
            shown |= learned
        assert shown == wanted
        assert alerter.learn(every, hours(16)) == ()


def test_what_one_poll_brings_stands_after_a_restart_as_it_did_before(desk: Any, hours: Any) -> None:
    """Claim, concession and recapture become known at one instant; their order is that in which they were decided."""
    for first_item in range(0, 60, 10):
        news = desk.restarted()
        news.count = first_item  # other ids
        decisions = [
            *news.moves(9),
            *news.moves(9, basis="conceded", rule="against_interest"),
            *news.moves(9, "government", rule="retaking"),
        ]
        every = [d.alert for d in decisions if d.alert is not None]
        shown = {a.id: a for a in every}
        log = {name: next(a for a in every if a.id == name) for name in shown}  # each as it was first, and where
        again = Alerter(desk.area).remember(log.values(), now=hours(9))
        assert states(again) == states(shown.values())
        assert list(states(again).values()).count("active") == 1


def test_an_item_that_is_corrected_back_to_what_it_said_is_told_anew(desk: Any, raised: Any, hours: Any) -> None:
    told = []
    for hour, basis in ((9, "claimed"), (10, "conceded"), (11, "claimed")):
        desk.count = 0  # the same item
        (alert,) = raised(desk.moves(hour, basis=basis))
        told.append(alert)
    assert len({a.id for a in told}) == 3
    assert [a.state for a in desk.alerter.remember(told, now=hours(12))] == ["resolved", "resolved", "active"]


def test_a_desk_whose_clock_is_behind_is_told_what_has_overtaken_its_alert(desk: Any, raised: Any, hours: Any) -> None:
    twin = desk.restarted()
    (recapture,) = raised(twin.moves(10, "government", rule="retaking"))
    desk.alerter.learn([recapture], hours(10))
    first, last = desk.moves(9)
    assert (first.alert.state, last.alert.state) == ("active", "resolved"), "the log keeps what was decided"
    assert first.alert.id == last.alert.id
    assert states(desk.alerter.remember([recapture, first.alert], now=hours(11))) == {
        first.alert.id: "resolved",
        recapture.id: "active",
    }
