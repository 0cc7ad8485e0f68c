"""A ledger that lets go of what lies far back: the same picture as one that keeps everything, whatever comes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitmon.area import Area
from sitmon.assess.asking import OfItem, Part, Wanted, done
from sitmon.assess.fold import fold
from sitmon.assess.ledger import Ledger
from sitmon.model.entry import Entry

CITY = "AF-KDZ/kunduz"
TELLING = st.fixed_dictionaries(
    {
        "what": st.sampled_from(["claim", "admits", "witness", "says", "denies", "fight"]),
        "hour": st.integers(-200, 60),
        "lag": st.sampled_from([0, 0, 0, 1, 3, 12, 40]),
        "event": st.sampled_from(["captured", "captured", "retaken"]),
        "at": st.sampled_from([CITY, CITY, "AF-JOW/sheberghan", "AF1701", "AF-KDZ/kunduz/airport"]),
        "site": st.sampled_from([None, None, None, "airport"]),
        "scope": st.sampled_from([None, None, "most", "part", "outskirts"]),
        "source": st.sampled_from(["Northern Post", "Southern Herald", "Gulf Monitor"]),
        "reliability": st.sampled_from("BCEF"),
        "event_time": st.sampled_from([None, None, None, "2021-08-07", "2021-08-01", "2021-08"]),
        "modality": st.sampled_from(["actual", "actual", "actual", "hedged", "historical"]),
    }
)
SAME_FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)


def codes(entry: Entry) -> set[str]:
    return {r.place.code for r in entry.verdict.reports if r.place}


class Attic:
    """A log in memory: gives back what it was given."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.asked = 0

    def give(self, wanted: Wanted) -> Part:
        """Give a place's past in parts of three items."""
        if isinstance(wanted, OfItem):
            return Part([e for e in self.entries if e.item.id == wanted.item])
        self.asked += 1
        ids = sorted({e.item.id for e in self.entries if wanted.place in codes(e)})
        some = ids[wanted.after : wanted.after + 3]
        more = wanted.after + 3 if len(ids) > wanted.after + 3 else None
        return Part([e for e in self.entries if e.item.id in some], more)


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


def forgetful(area: Area, entries: Iterable[Entry], keep: int, sizes: random.Random | None = None) -> Ledger:
    """Return a ledger that lets go of all but the newest after every batch."""
    attic, rest = Attic(), list(entries)
    ledger = Ledger(area, forgets=True)
    while rest:
        size = sizes.randint(1, 4) if sizes else 1
        done(ledger.extending(rest[:size]), attic.give)
        attic.entries += rest[:size]
        del rest[:size]
        done(ledger.letting_go(keep), attic.give)
    return ledger


@SAME_FIXTURES
@given(st.lists(TELLING, max_size=24), st.integers(1, 6), st.randoms(use_true_random=False))
def test_what_is_let_go_makes_no_difference(
    area: Area, news: Any, hours: Any, tellings: list[dict[str, Any]], keep: int, rng: random.Random
) -> None:
    entries = written(news, tellings)
    whole = fold(area, entries, now=hours(120))
    in_order = sorted(entries, key=lambda e: e.key)
    assert forgetful(area, in_order, keep).picture(hours(120)) == whole
    shuffled = rng.sample(entries, len(entries))
    assert forgetful(area, shuffled, keep, rng).picture(hours(120)) == whole
    twice = [*shuffled, *rng.sample(entries, len(entries) // 2)]
    assert forgetful(area, twice, keep).picture(hours(120)) == whole


@SAME_FIXTURES
@given(st.lists(TELLING, min_size=1, max_size=16), st.integers(1, 4), st.data())
def test_what_is_withdrawn_or_corrected_after_it_was_let_go_leaves_no_trace(
    area: Area, news: Any, hours: Any, tellings: list[dict[str, Any]], keep: int, data: st.DataObject
) -> None:
    entries = sorted(written(news, tellings), key=lambda e: e.key)
    gone = data.draw(st.sampled_from(entries))
    tombstone = replace(gone, item=replace(gone.item, withdrawn=True, revision=1), known=hours(110))
    without = fold(area, [e for e in entries if e is not gone], now=hours(120))
    assert forgetful(area, [*entries, tombstone], keep).picture(hours(120)) == without
    other = data.draw(st.sampled_from(entries))
    said = replace(other.verdict.reports[0], id=f"{gone.item.id}#0", item=gone.item.id)
    corrected = replace(
        gone, item=replace(gone.item, revision=1), verdict=replace(gone.verdict, reports=(said,)), known=hours(100)
    )
    log = data.draw(st.permutations([*entries, corrected]))
    assert forgetful(area, log, keep).picture(hours(120)) == fold(area, log, now=hours(120))


def crowded(news: Any, number: int, *, seed: int = 7) -> list[Entry]:
    """A long quarrel over one city, in which the newest word is not always the last to come."""
    rng = random.Random(seed)
    kinds = [news.claim, news.admits, news.witness, news.says, news.denies, news.fight]
    found = []
    for n in range(number):
        write = rng.choice(kinds)
        event = {} if write == news.fight else {"event": rng.choice(["captured", "retaken"])}
        hour = n / 2 - rng.choice((0, 0, 0, 5, 30))
        found.append(write(hour, known=n / 2, source=f"Paper {rng.randint(1, 9)}", **event))
    return found


def test_a_long_quarrel_needs_little_memory_and_stays_exact(area: Area, news: Any, hours: Any) -> None:
    entries = crowded(news, 600)
    ledger = forgetful(area, entries, 40)
    whole = fold(area, entries, now=hours(400))
    picture = ledger.picture(hours(400))
    assert picture.statuses == whole.statuses
    assert picture.transitions == whole.transitions[-len(picture.transitions) :]
    assert 64 <= len(picture.transitions) < len(whole.transitions)


def test_what_is_new_is_told_once_however_much_had_to_be_recalled(area: Area, news: Any) -> None:
    entries = crowded(news, 200)
    plain, attic = Ledger(area), Attic()
    thrifty = Ledger(area, forgets=True)
    late = [news.denies(30, known=101), news.says(8, event="retaken", known=102, event_time="2021-08-08")]
    withdrawn = replace(entries[20], item=replace(entries[20].item, withdrawn=True, revision=1), known=late[-1].known)
    for entry in [*entries, *late, withdrawn]:
        assert done(thrifty.extending([entry]), attic.give) == plain.apply(entry), entry.item.id
        attic.entries.append(entry)
        done(thrifty.letting_go(30), attic.give)
    assert attic.asked


def test_why_says_how_much_it_does_not_list(area: Area, news: Any, hours: Any) -> None:
    entries = crowded(news, 200)
    why = forgetful(area, entries, 30).explain(CITY, hours(120))
    whole = forgetful(area, entries, 1000).explain(CITY, hours(120))
    assert why is not None
    assert whole is not None
    assert (whole.earlier, why.earlier > 100) == (0, True)
    assert (why.status, why.origins, why.settles) == (whole.status, whole.origins, whole.settles)
    since = min(w.known for w in why.evidence)
    assert why.evidence == tuple(w for w in whole.evidence if w.known >= since)
    assert [(p.gain, p.day, p.basis) for p in why.changes] == [(p.gain, p.day, p.basis) for p in whole.changes]


def test_a_ledger_that_does_not_forget_lets_nothing_go(area: Area, news: Any) -> None:
    ledger = Ledger(area)
    ledger.extend(crowded(news, 30))
    assert not done(ledger.letting_go(2))


def test_what_nobody_gives_again_is_said(area: Area, news: Any) -> None:
    entries = crowded(news, 30)
    ledger = Ledger(area, forgets=True)
    done(ledger.extending(entries))
    assert done(ledger.letting_go(5))
    with pytest.raises(LookupError, match=entries[0].item.id):
        ledger.apply(replace(entries[0], item=replace(entries[0].item, revision=1)))


def test_what_happened_lately_is_grouped_as_before(area: Area, news: Any) -> None:
    def bomb(hour: float) -> Entry:
        entry: Entry = news.entry(hour, news.report("bombing"), text="A bomb went off in the bazaar at noon")
        return entry

    days = [(bomb(24 * day), bomb(24 * day + 2)) for day in range(20)]
    ledger = forgetful(area, [*(e for pair in days for e in pair), *crowded(news, 10)], 4)
    whole = Ledger(area)
    whole.extend(e for pair in days for e in pair)
    assert ledger.incidents_of(days[0][0].item.id) == ()
    (last,) = ledger.incidents_of(days[-1][1].item.id)
    assert (last,) == whole.incidents_of(days[-1][1].item.id)
    assert len(ledger.incidents()) < len(whole.incidents())


@pytest.mark.parametrize("keep", [1, 5])
def test_named_sites_are_recalled_with_their_city(area: Area, news: Any, hours: Any, keep: int) -> None:
    entries = [news.claim(h, at=CITY if h % 2 else f"{CITY}/airport") for h in range(12)]
    late = news.admits(2, at=f"{CITY}/airport", known=40)
    assert forgetful(area, [*entries, late], keep).picture(hours(50)) == fold(area, [*entries, late], now=hours(50))
