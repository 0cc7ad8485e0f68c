"""The control rules as a table: who speaks, what is said to have happened, how it is said, where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sitmon.area import Area, Role
from sitmon.assess.fold import fold
from sitmon.model.picture import Status

CITY = "AF-KDZ/kunduz"

# speaker's side, speaker, event, basis, modality, item's grade, the item's agency -> holder, basis
SINGLE: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    # a capture, by who says so
    (
        "the winner claims",
        {"basis": "claimed", "source_side": "insurgent", "speaker": "Mujahid"},
        ("insurgent", "claimed"),
    ),
    ("the winner claims, no basis given", {"source_side": "insurgent", "speaker": "Mujahid"}, ("insurgent", "claimed")),
    (
        "a councillor admits",
        {"basis": "conceded", "source_side": "government", "speaker": "councillor"},
        ("insurgent", "conceded"),
    ),
    (
        "an official admits, no basis given",
        {"source_side": "government", "speaker": "deputy governor"},
        ("insurgent", "conceded"),
    ),
    (
        "a resident saw it",
        {"basis": "witnessed", "source_side": "civilian", "speaker": "a resident"},
        ("insurgent", "witnessed"),
    ),
    ("a resident, no basis given", {"source_side": "civilian", "speaker": "a resident"}, ("insurgent", "witnessed")),
    (
        "a correspondent saw it",
        {"basis": "witnessed", "source_side": "media", "speaker": "correspondent"},
        ("insurgent", "witnessed"),
    ),
    ("a paper reports", {"basis": "reported"}, ("insurgent", "reported")),
    ("a paper reports, no basis given", {}, ("insurgent", "reported")),
    (
        "an ally of the loser says so: a third party",
        {"source_side": "foreign", "speaker": "US official"},
        ("insurgent", "reported"),
    ),
    ("the UN says so", {"source_side": "international", "speaker": "UN envoy"}, ("insurgent", "reported")),
    # a recapture: the same rules, sides exchanged
    (
        "the army claims a recapture",
        {"event": "retaken", "source_side": "government", "speaker": "Aman"},
        ("government", "claimed"),
    ),
    (
        "the Taliban admit a loss",
        {"event": "retaken", "source_side": "insurgent", "speaker": "Mujahid"},
        ("government", "conceded"),
    ),
    (
        "a resident saw the recapture",
        {"event": "retaken", "source_side": "civilian", "speaker": "a resident"},
        ("government", "witnessed"),
    ),
    ("a paper reports the recapture", {"event": "retaken"}, ("government", "reported")),
    # handed over without a fight
    (
        "handed over, the loser says",
        {"event": "handed_over", "holder": "insurgent", "source_side": "government", "speaker": "elder"},
        ("insurgent", "conceded"),
    ),
    (
        "handed over, the winner says",
        {"event": "handed_over", "holder": "insurgent", "source_side": "insurgent", "speaker": "Mujahid"},
        ("insurgent", "claimed"),
    ),
    ("handed over, by the actor alone", {"event": "handed_over", "actor": "taliban"}, ("insurgent", "reported")),
    ("handed over, nobody says to whom", {"event": "handed_over"}, ("government", "assumed")),
    # how it is said
    ("hedged report", {"modality": "hedged", "basis": "reported"}, ("insurgent", "reported")),
    (
        "hedged claim",
        {"modality": "hedged", "basis": "claimed", "source_side": "insurgent", "speaker": "M"},
        ("insurgent", "claimed"),
    ),
    (
        "a hedged admission is a report, no concession",
        {"modality": "hedged", "basis": "conceded", "source_side": "government", "speaker": "x"},
        ("insurgent", "reported"),
    ),
    ("planned", {"modality": "planned", "source_side": "insurgent", "speaker": "M"}, ("government", "assumed")),
    ("hypothetical", {"modality": "hypothetical"}, ("government", "assumed")),
    ("historical", {"modality": "historical"}, ("government", "assumed")),
    (
        "historical, admitted",
        {"modality": "historical", "basis": "conceded", "source_side": "government", "speaker": "c"},
        ("government", "assumed"),
    ),
    ("negated", {"modality": "negated"}, ("government", "assumed")),
    (
        "denied before anybody claimed it",
        {"modality": "negated", "basis": "denied", "source_side": "government", "speaker": "A"},
        ("government", "assumed"),
    ),
    (
        "a vow to retake",
        {"event": "retaken", "modality": "planned", "source_side": "government", "speaker": "A"},
        ("government", "assumed"),
    ),
    # where it comes from
    ("unknown account", {"reliability": "F"}, ("government", "assumed")),
    (
        "unknown account that names residents",
        {"reliability": "F", "basis": "witnessed", "source_side": "civilian", "speaker": "residents"},
        ("government", "assumed"),
    ),
    (
        "unknown post that names an agency",
        {"reliability": "F", "credit": "AFP", "kind": "post"},
        ("government", "assumed"),
    ),
    ("ungraded article that credits an agency", {"reliability": "F", "credit": "AFP"}, ("insurgent", "reported")),
    (
        "ungraded article that names a councillor",
        {"reliability": "F", "basis": "conceded", "source_side": "government", "speaker": "Amruddin Wali"},
        ("insurgent", "conceded"),
    ),
    (
        "ungraded article that names the spokesman",
        {"reliability": "F", "basis": "claimed", "source_side": "insurgent", "speaker": "Mujahid"},
        ("insurgent", "claimed"),
    ),
    (
        "ungraded account of the party itself",
        {"reliability": "F", "kind": "post", "side": "insurgent", "basis": "claimed", "source_side": "insurgent"},
        ("insurgent", "claimed"),
    ),
    ("unreliable, but known for it", {"reliability": "E"}, ("insurgent", "reported")),
    ("an agency's own feed without a grade", {"reliability": "F", "agency": "AFP"}, ("insurgent", "reported")),
    # how much of it, and where
    ("most of the city", {"scope": "most"}, ("insurgent", "reported")),
    ("a part of the city", {"scope": "part"}, ("government", "assumed")),
    ("the outskirts", {"scope": "outskirts"}, ("government", "assumed")),
    ("only the airport", {"site": "airport"}, ("government", "assumed")),
    ("the airport by its name", {"at": "AF-KDZ/kunduz/airport"}, ("government", "assumed")),
    ("a district", {"at": "AF1701"}, ("government", "assumed")),
    ("the province", {"at": "AF-KDZ"}, ("government", "assumed")),
    ("nobody says where", {"at": None}, ("government", "assumed")),
    # when
    ("undated", {"published": None}, ("government", "assumed")),
    ("undated, but the text gives the day", {"published": None, "event_time": "2021-08-07"}, ("insurgent", "reported")),
    ("told three days later", {"event_time": "2021-08-05"}, ("insurgent", "reported")),
    ("background of two weeks before", {"event_time": "2021-07-20"}, ("government", "assumed")),
    ("in 2015, though said as a fact", {"event_time": "2015"}, ("government", "assumed")),
    # no event of territory
    ("a clash", {"event": "clash"}, ("government", "assumed")),
    ("an air strike", {"event": "air_strike"}, ("government", "assumed")),
    ("a bomb", {"event": "bombing"}, ("government", "assumed")),
]


def told(news: Any, hour: float, fields: dict[str, Any]) -> Any:
    """One item with one report; `credit` is the agency that the text credits, `agency` the source's own."""
    given = dict(fields)
    credit = given.pop("credit", None)
    names = ("published", "reliability", "kind", "side", "agency", "source")
    item = {name: given.pop(name) for name in names if name in given}
    return news.entry(hour, news.report(**given, agency=credit), **item)


@pytest.mark.parametrize(("why", "fields", "expected"), SINGLE, ids=[case[0] for case in SINGLE])
def test_one_report(
    why: str, fields: dict[str, Any], expected: tuple[str, str], area: Area, news: Any, hours: Any
) -> None:
    entry = told(news, 9, fields)
    status = fold(area, [entry], now=hours(12)).statuses[CITY]
    assert (status.holder, status.basis) == expected, why


# (what is told, in this order, one an hour) -> holder, basis, rule
Story = Callable[[Any], list[Any]]
SEVERAL: list[tuple[str, Story, tuple[str, str, str]]] = [
    (
        "ten outlets carry one claim",
        lambda n: [n.claim(h, source=f"Outlet {h}", agency="AFP") for h in range(1, 11)],
        ("insurgent", "claimed", "claim"),
    ),
    (
        "claims of two spokesmen are one party's",
        lambda n: [n.claim(1), n.claim(2, speaker="Qari Yousaf")],
        ("insurgent", "claimed", "claim"),
    ),
    ("claim, then admission", lambda n: [n.claim(1), n.admits(2)], ("insurgent", "conceded", "against_interest")),
    ("claim, then denial", lambda n: [n.claim(1), n.denies(2)], ("insurgent", "disputed", "denial")),
    ("denial, then claim the same day", lambda n: [n.denies(1), n.claim(2)], ("insurgent", "disputed", "denial")),
    ("denial, then claim days later", lambda n: [n.denies(1), n.claim(50)], ("insurgent", "claimed", "claim")),
    ("admission, then denial", lambda n: [n.admits(1), n.denies(2)], ("insurgent", "conceded", "against_interest")),
    (
        "denial of a claim, then admission",
        lambda n: [n.claim(1), n.denies(2), n.admits(3)],
        ("insurgent", "conceded", "against_interest"),
    ),
    (
        "one new witness does not end a dispute",
        lambda n: [n.claim(1), n.denies(2), n.witness(3)],
        ("insurgent", "disputed", "denial"),
    ),
    (
        "two new origins do",
        lambda n: [n.claim(1), n.denies(2), n.witness(3), n.says(4, source="Southern Herald")],
        ("insurgent", "confirmed", "independent_origins"),
    ),
    (
        "an origin from before the denial is not new",
        lambda n: [n.claim(1), n.witness(2), n.denies(3), n.witness(4), n.says(5, source="Southern Herald")],
        ("insurgent", "disputed", "denial"),
    ),
    (
        "repeating a denial does not reopen the count",
        lambda n: [n.claim(1), n.denies(2), n.witness(3), n.denies(4), n.says(5, source="Southern Herald")],
        ("insurgent", "confirmed", "independent_origins"),
    ),
    (
        "two papers on their own word",
        lambda n: [n.says(1), n.says(2, source="Southern Herald")],
        ("insurgent", "confirmed", "independent_origins"),
    ),
    (
        "a paper and a resident whom another quotes",
        lambda n: [n.says(1), n.witness(2, source="Southern Herald")],
        ("insurgent", "confirmed", "independent_origins"),
    ),
    (
        "a paper and the resident whom it quotes itself",
        lambda n: [n.says(1), n.witness(2)],
        ("insurgent", "witnessed", "independent_origins"),
    ),
    (
        "one agency's report in three papers",
        lambda n: [n.says(h, source=f"Paper {h}", agency="AFP") for h in (1, 2, 3)],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "one agency's report under three names",
        lambda n: [
            n.says(1, agency="AFP"),
            n.says(2, agency="Agence France-Presse"),
            n.says(3, source="Paper", speaker="فرانس پرس"),
        ],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "one official's call in three papers",
        lambda n: [n.says(h, source=f"Paper {h}", source_side="foreign", speaker="Colonel Miller") for h in (1, 2, 3)],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "one name under two spellings",
        lambda n: [
            n.says(1, source="Paper 1", source_side="foreign", speaker="John Miller"),
            n.says(2, source="Paper 2", source_side="foreign", speaker="Miller"),
        ],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "near-copies without a credit line",
        lambda n: [
            n.says(
                1, source="Paper 1", text="the city of kunduz was lost on sunday morning after heavy fighting overnight"
            ),
            n.says(
                2,
                source="Paper 2",
                text="The city of Kunduz was lost on Sunday morning after heavy fighting, overnight.",
            ),
        ],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "two hedged reports never confirm",
        lambda n: [n.says(1, modality="hedged"), n.says(2, modality="hedged", source="Southern Herald")],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "a hedged one beside a plain one does",
        lambda n: [n.says(1), n.says(2, modality="hedged", source="Southern Herald")],
        ("insurgent", "confirmed", "independent_origins"),
    ),
    (
        "claim, then a paper's own word",
        lambda n: [n.claim(1), n.says(2)],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "confirmed, then denied: stays",
        lambda n: [n.says(1), n.says(2, source="Southern Herald"), n.denies(3)],
        ("insurgent", "confirmed", "independent_origins"),
    ),
    (
        "reported once, then denied",
        lambda n: [n.says(1), n.denies(2)],
        ("insurgent", "disputed", "denial"),
    ),
    (
        "an unknown account's denial disputes nothing",
        lambda n: [n.claim(1), n.denies(2, reliability="F", source_side=None, speaker=None)],
        ("insurgent", "claimed", "claim"),
    ),
    (
        "one third party's denial disputes",
        lambda n: [n.claim(1), n.denies(2, source_side="civilian", speaker="a resident")],
        ("insurgent", "disputed", "denial"),
    ),
    (
        "two independent third parties refute a mere claim",
        lambda n: [
            n.claim(1),
            n.denies(2, source_side="civilian", speaker="a resident"),
            n.denies(3, source_side="media", speaker=None, source="Southern Herald"),
        ],
        ("government", "assumed", "baseline"),
    ),
    (
        "the winner takes its claim back",
        lambda n: [n.claim(1), n.denies(2, source_side="insurgent", speaker="Zabihullah Mujahid")],
        ("government", "assumed", "baseline"),
    ),
    (
        "only parts of the city, says the loser: a denial of the whole",
        lambda n: [n.claim(1), n.admits(2, scope="part", speaker="Interior Ministry")],
        ("contested", "disputed", "pressure"),
    ),
    # pressure
    ("fighting inside before a claim", lambda n: [n.fight(1, "part")], ("government", "assumed", "baseline")),
    (
        "fighting inside after a mere claim",
        lambda n: [n.claim(1), n.fight(3, "part")],
        ("contested", "claimed", "pressure"),
    ),
    (
        "the winner tells of the fight that it claims to have won",
        lambda n: [n.claim(1), n.fight(3, "part", source_side="insurgent", speaker="Zabihullah Mujahid")],
        ("insurgent", "claimed", "claim"),
    ),
    (
        "the loser says that it still fights inside",
        lambda n: [n.claim(1), n.fight(3, "part", source_side="government", speaker="Aman")],
        ("contested", "claimed", "pressure"),
    ),
    (
        "fighting near after a mere claim",
        lambda n: [n.claim(1), n.fight(3, "outskirts")],
        ("insurgent", "claimed", "claim"),
    ),
    (
        "fighting inside, then a claim",
        lambda n: [n.fight(1, "part"), n.claim(3)],
        ("insurgent", "claimed", "claim"),
    ),
    (
        "fighting inside after an admission",
        lambda n: [n.admits(1), n.fight(3, "part")],
        ("insurgent", "conceded", "against_interest"),
    ),
    (
        "contested, then admitted",
        lambda n: [n.claim(1), n.fight(3, "part"), n.admits(5)],
        ("insurgent", "conceded", "against_interest"),
    ),
    (
        "a rumour of fighting contests nothing",
        lambda n: [n.claim(1), n.fight(3, "part", reliability="F")],
        ("insurgent", "claimed", "claim"),
    ),
    # there and back
    (
        "a claimed recapture",
        lambda n: [n.admits(1), n.claim(9, event="retaken", source_side="government", speaker="Aman")],
        ("government", "claimed", "retaking"),
    ),
    (
        "a claimed recapture that the Taliban deny",
        lambda n: [
            n.admits(1),
            n.claim(9, event="retaken", source_side="government", speaker="Aman"),
            n.denies(10, event="retaken", source_side="insurgent", speaker="Zabihullah Mujahid"),
        ],
        ("government", "disputed", "denial"),
    ),
    (
        "a recapture that the Taliban admit",
        lambda n: [n.admits(1), n.admits(9, event="retaken", source_side="insurgent", speaker="Zabihullah Mujahid")],
        ("government", "conceded", "against_interest"),
    ),
    (
        "a claimed recapture that two third parties refute",
        lambda n: [
            n.admits(1),
            n.claim(9, event="retaken", source_side="government", speaker="Aman"),
            n.denies(10, event="retaken", source_side="civilian", speaker="a resident"),
            n.denies(11, event="retaken", source_side=None, speaker=None, source="Southern Herald"),
        ],
        ("insurgent", "conceded", "against_interest"),
    ),
    (
        "an echo of the capture after the recapture",
        lambda n: [
            n.claim(1),
            n.claim(9, event="retaken", source_side="government", speaker="Aman"),
            n.claim(11, source="Gulf Monitor"),
        ],
        ("government", "claimed", "retaking"),
    ),
    (
        "a look back on the capture on the next day",
        lambda n: [
            n.claim(1),
            n.claim(9, event="retaken", source_side="government", speaker="Aman"),
            n.says(30, event_time="2021-08-08"),
        ],
        ("government", "claimed", "retaking"),
    ),
    (
        "late news of an older change does not undo a newer one",
        lambda n: [
            n.admits(1, event="retaken", source_side="insurgent", speaker="Zabihullah Mujahid"),
            n.admits(20, event_time="2021-08-05"),
        ],
        ("government", "conceded", "against_interest"),
    ),
    (
        "a recapture told on the next morning",
        lambda n: [
            n.admits(1),
            n.claim(24, event="retaken", source_side="government", speaker="Aman", event_time="2021-08-08"),
        ],
        ("government", "claimed", "retaking"),
    ),
    (
        "a recapture that somebody remembers days later",
        lambda n: [n.admits(1), n.says(80, event="retaken", event_time="2021-08-08")],
        ("insurgent", "conceded", "against_interest"),
    ),
    # rumours
    (
        "one unknown account, again and again",
        lambda n: [n.says(h, reliability="F", source="x1") for h in (1, 2, 3)],
        ("government", "assumed", "baseline"),
    ),
    (
        "ten unknown accounts that copy each other",
        lambda n: [
            n.says(h, reliability="F", source=f"x{h}", text="kunduz has fallen share this now") for h in range(1, 11)
        ],
        ("government", "assumed", "baseline"),
    ),
    (
        "unknown accounts in their own words, four of them: reported, never more",
        lambda n: [n.says(h, reliability="F", source=f"x{h}") for h in (1, 2, 3, 4)],
        ("insurgent", "reported", "independent_origins"),
    ),
    (
        "an unknown account's repost",
        lambda n: [
            n.says(1, reliability="F", source="x1", text="Herat has fallen. They are inside the citadel. It is over!!"),
            n.says(
                2,
                reliability="F",
                source="x2",
                text="RT: Herat has fallen. They are inside the citadel. It is over!! #Herat",
            ),
        ],
        ("government", "assumed", "baseline"),
    ),
    (
        "unknown accounts whom somebody denies",
        lambda n: [n.says(1, reliability="F", source="x1"), n.says(2, reliability="F", source="x2"), n.denies(3)],
        ("government", "assumed", "baseline"),
    ),
    (
        "unknown accounts do not confirm a paper's word",
        lambda n: [n.says(1), *(n.says(h, reliability="F", source=f"x{h}") for h in (2, 3, 4))],
        ("insurgent", "reported", "independent_origins"),
    ),
]


@pytest.mark.parametrize(("why", "story", "expected"), SEVERAL, ids=[case[0] for case in SEVERAL])
def test_several_reports(
    why: str, story: Story, expected: tuple[str, str, str], area: Area, news: Any, hours: Any
) -> None:
    status = fold(area, story(news), now=hours(60)).statuses[CITY]
    assert (status.holder, status.basis, status.rule) == expected, why


def test_a_bare_claim_keeps_who_held_it_before(area: Area, news: Any, hours: Any) -> None:
    status = fold(area, [news.claim(9)], now=hours(10)).statuses[CITY]
    assert (status.previous, status.since, status.known_since) == ("government", "2021-08-08", hours(9))


def test_ten_copies_of_one_wire_are_one_origin(area: Area, news: Any, hours: Any) -> None:
    copies = [news.admits(h, source=f"Outlet {h}", agency="AFP", speaker="Amruddin Wali") for h in range(1, 11)]
    status = fold(area, copies, now=hours(12)).statuses[CITY]
    assert (status.basis, status.origins) == ("conceded", 1)
    assert status.evidence == (copies[0].verdict.reports[0].id,)


def test_a_denial_stays_beside_a_concession(area: Area, news: Any, hours: Any) -> None:
    denial = news.denies(3)
    status = fold(area, [news.claim(1), news.admits(2), denial], now=hours(4)).statuses[CITY]
    assert (status.basis, status.disputed_by) == ("conceded", (denial.verdict.reports[0].id,))


def test_the_airport_is_held_while_the_city_is_taken(area: Area, news: Any, hours: Any) -> None:
    said = {"basis": "conceded", "source_side": "government", "speaker": "Amruddin Wali"}
    holds = {"source_side": "government", "speaker": "Amruddin Wali", "holder": "government", "basis": "reported"}
    entry = news.entry(
        9,
        news.report(**said),
        news.report("clash", site="airport", **holds),
        news.report("other", site="army_base", **holds),
    )
    status = fold(area, [entry], now=hours(10)).statuses[CITY]
    assert (status.holder, status.basis, status.scope) == ("insurgent", "conceded", "most")
    assert [(s.site, s.holder, s.basis) for s in status.sites] == [
        ("airport", "government", "reported"),
        ("army_base", "government", "reported"),
    ]


def test_a_site_that_falls_later_moves_alone(area: Area, news: Any, hours: Any) -> None:
    entries = [
        news.claim(1, event="retaken", source_side="government", speaker="Aman"),
        news.admits(80, site="airport"),
    ]
    picture = fold(area, entries, now=hours(90))
    status = picture.statuses[CITY]
    assert status.holder == "government"
    assert [(s.site, s.holder, s.basis) for s in status.sites] == [("airport", "insurgent", "conceded")]
    assert [t.rule for t in picture.history(CITY) if t.site] == ["sites"]


def test_a_named_site_is_a_site_of_its_city(area: Area, news: Any, hours: Any) -> None:
    status = fold(area, [news.says(1, at="AF-KDZ/kunduz/airport")], now=hours(2)).statuses[CITY]
    assert [(s.site, s.holder) for s in status.sites] == [("airport", "insurgent")]


@pytest.mark.parametrize("code", ["AF1701", "AF-KDZ"])
def test_districts_and_provinces_have_their_own_status(code: str, area: Area, news: Any, hours: Any) -> None:
    picture = fold(area, [news.admits(1, at=code)], now=hours(2))
    assert (picture.statuses[code].holder, picture.statuses[CITY].holder) == ("insurgent", "government")


@pytest.mark.parametrize(("age", "pressing"), [(0, True), (48, True), (49, False), (500, False)])
def test_fighting_of_old_is_shown_but_not_marked_as_present(
    age: int, pressing: bool, area: Area, news: Any, hours: Any
) -> None:
    status = fold(area, [news.fight(1, "part")], now=hours(1 + age)).statuses[CITY]
    assert (status.pressure, status.last_fighting, status.pressing) == ("fighting_inside", hours(1), pressing)


OFFICE = (Role("council", "government", False, (("en", "provincial councillor"), ("prs", "عضو شورای ولایتی"))),)
ONE_OFFICE: list[tuple[str, tuple[Any, ...], int]] = [
    ("one office in two languages", ("provincial councillor", "عضو شورای ولایتی قندوز", 2), 1),
    ("a day later it may be another", ("provincial councillor", "عضو شورای ولایتی قندوز", 20), 2),
    ("somebody with a name", ("provincial councillor", "Amruddin Wali", 2), 2),
    ("two residents", ("a resident of the east", "a resident of the west", 2), 2),
]


@pytest.mark.parametrize(("why", "told", "origins"), ONE_OFFICE, ids=[case[0] for case in ONE_OFFICE])
def test_an_office_without_a_name_is_one_origin_for_hours(
    why: str, told: tuple[Any, ...], origins: int, area: Area, news: Any, hours: Any
) -> None:
    first, second, later = told
    own = replace(area, roles=(*area.roles, *OFFICE))
    entries = [news.admits(1, speaker=first), news.admits(1 + later, speaker=second, source="Gulf Monitor")]
    assert fold(own, entries, now=hours(60)).statuses[CITY].origins == origins, why


def test_an_outlet_that_sums_up_an_official_adds_no_origin(area: Area, news: Any, hours: Any) -> None:
    own = replace(area, roles=(*area.roles, *OFFICE))

    def sums_up(hour: float, source: str, *cited: Any) -> Any:
        return news.entry(hour, *cited, news.report("other", holder="government", site="airport"), source=source)

    def basis(*entries: Any) -> str:
        (site,) = fold(own, entries, now=hours(60)).statuses[CITY].sites
        return f"{site.holder} {site.basis}"

    official = news.report(basis="conceded", source_side="government", speaker="provincial councillor")
    assert basis(sums_up(1, "Northern Post", official), sums_up(3, "Gulf Monitor", official)) == "government reported"
    assert basis(sums_up(1, "Northern Post", official), sums_up(3, "Gulf Monitor")) == "government confirmed"


def _lost(news: Any) -> Any:
    """A councillor's word, in an item that tells of more."""
    return news.report(basis="conceded", source_side="government", speaker="provincial council member")


PRESSURES: list[tuple[str, Story, str]] = [
    ("nothing", lambda n: [], "none"),
    ("on the outskirts", lambda n: [n.fight(1, "outskirts")], "fighting_near"),
    ("in the city", lambda n: [n.fight(1)], "fighting_inside"),
    ("in a part of the city", lambda n: [n.fight(1, "part")], "fighting_inside"),
    ("surrounded", lambda n: [n.fight(1, tags=("siege",))], "surrounded"),
    ("an air strike on it", lambda n: [n.fight(1, event="air_strike")], "fighting_near"),
    ("parts taken", lambda n: [n.says(1, scope="part")], "fighting_inside"),
    ("its prison taken", lambda n: [n.says(1, site="prison")], "fighting_inside"),
    ("its airport taken", lambda n: [n.says(1, site="airport")], "fighting_near"),
    ("the worst of two", lambda n: [n.fight(1, "part"), n.fight(2, "outskirts")], "fighting_inside"),
    ("pushed back for days", lambda n: [n.fight(1, "part"), n.fight(60, "outskirts")], "fighting_near"),
    ("silence is not calm", lambda n: [n.fight(-100, "part")], "fighting_inside"),
    ("planned", lambda n: [n.fight(1, "part", modality="planned")], "none"),
    ("denied", lambda n: [n.fight(1, "part", modality="negated")], "none"),
    ("long ago", lambda n: [n.fight(1, "part", event_time="2021-08-01")], "none"),
    ("over with the capture of a later day", lambda n: [n.fight(1, "part"), n.admits(40)], "none"),
    ("over with the capture of its day", lambda n: [n.fight(1, "part"), n.admits(5)], "none"),
    ("a mere claim ends no fighting of its day", lambda n: [n.fight(1, "part"), n.claim(5)], "fighting_inside"),
    (
        "against what the loser has left",
        lambda n: [
            n.claim(1),
            n.entry(3, _lost(n), n.report("other", holder=None, tags=("siege",), scope="outskirts")),
        ],
        "none",
    ),
    (
        "against the new holder",
        lambda n: [n.claim(1), n.entry(3, _lost(n)), n.fight(4, event="air_strike")],
        "fighting_near",
    ),
    ("a base outside it surrounded", lambda n: [n.fight(1, "outskirts", tags=("siege",))], "fighting_near"),
    ("goes on after the capture", lambda n: [n.admits(1), n.fight(5, "part")], "fighting_inside"),
]


@pytest.mark.parametrize(("why", "story", "expected"), PRESSURES, ids=[case[0] for case in PRESSURES])
def test_pressure(why: str, story: Story, expected: str, area: Area, news: Any, hours: Any) -> None:
    assert fold(area, story(news), now=hours(60)).statuses[CITY].pressure == expected, why


def test_a_copy_of_an_older_account_is_no_new_fighting(area: Area, news: Any, hours: Any) -> None:
    text = "gunfire was heard in the middle of the city all night long and shops stayed shut"
    entries = [news.fight(1, "part", text=text), news.claim(2), news.fight(4, "part", text=text, source="Gulf Monitor")]
    assert fold(area, entries, now=hours(5)).statuses[CITY].holder == "insurgent"


def test_confidence_ages_and_the_holder_does_not(area: Area, news: Any, hours: Any) -> None:
    entries = [news.claim(1)]
    young, old, ancient = (fold(area, entries, now=hours(h)).statuses[CITY] for h in (1, 73, 24 * 60))
    assert young.confidence > old.confidence > ancient.confidence > 0
    assert young.holder == old.holder == ancient.holder == "insurgent"
    assert old.last_evidence == hours(1)


def test_confidence_follows_basis_origins_grade_and_hedge(area: Area, news: Any, hours: Any) -> None:
    def sure(*entries: Any) -> float:
        status: Status = fold(area, entries, now=hours(1)).statuses[CITY]
        return status.confidence

    claimed, reported, admitted = sure(news.claim(1)), sure(news.says(1)), sure(news.admits(1))
    assert claimed < reported < admitted
    assert sure(news.says(1, modality="hedged")) < reported
    assert sure(news.says(1, reliability="D")) < reported
    assert sure(news.says(1), news.witness(1, source="Southern Herald")) > reported
    assert sure(news.claim(1), news.claim(1, source="Southern Herald", agency="AFP")) == claimed
    assert sure(news.claim(0.5), news.denies(1)) < claimed
