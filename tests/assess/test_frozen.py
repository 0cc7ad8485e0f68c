"""A ledger's state kept between two runs: thawed, it goes on as if it had never stopped; else it is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sitmon.area import Area
from sitmon.assess.asking import OfItem, Part, Wanted, done
from sitmon.assess.fold import fold
from sitmon.assess.ledger import Ledger
from sitmon.assess.packing import dumps, loads
from sitmon.model.entry import Entry
from sitmon.model.place import PlaceRef
from sitmon.model.report import Count

CITY = "AF-KDZ/kunduz"


def codes(entry: Entry) -> set[str]:
    return {r.place.code for r in entry.verdict.reports if r.place}


class Shelf:
    """A log in memory."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = list(entries)

    def give(self, wanted: Wanted) -> Part:
        if isinstance(wanted, OfItem):
            return Part([e for e in self.entries if e.item.id == wanted.item])
        ids = {e.item.id for e in self.entries if wanted.place in codes(e)}
        return Part([e for e in self.entries if e.item.id in ids])


def shift(news: Any, number: int) -> list[Entry]:
    """The news of a long shift: claims, denials, sites, bombs with their tolls, corrections."""
    rng = random.Random(3)
    kinds = [news.claim, news.admits, news.witness, news.says, news.denies, news.fight]
    found: list[Entry] = []
    for n in range(number):
        write = rng.choice(kinds)
        event = {} if write == news.fight else {"event": rng.choice(["captured", "retaken"])}
        at = rng.choice([CITY, CITY, "AF-JOW/sheberghan", "AF-KDZ/kunduz/airport", "AF1701"])
        found.append(write(n / 2, source=f"Paper {rng.randint(1, 9)}", at=at, **event))
        if n % 7 == 3:
            found.append(news.entry(n / 2, news.report("bombing", killed=Count(n, n, n))))
        if n % 11 == 5:
            known = found[-1].known + timedelta(minutes=7)
            found.append(
                replace(found[-3], item=replace(found[-3].item, revision=1, withdrawn=n % 2 == 0), known=known)
            )
    return found


@pytest.mark.parametrize("keep", [None, 25])
def test_a_thawed_ledger_goes_on_as_if_it_had_never_stopped(
    area: Area, news: Any, hours: Any, keep: int | None
) -> None:
    entries = shift(news, 160)
    half = len(entries) // 2
    shelf = Shelf()
    one = Ledger(area, forgets=bool(keep))
    for entry in entries[:half]:
        done(one.extending([entry]), shelf.give)
        shelf.entries.append(entry)
        if keep:
            done(one.letting_go(keep), shelf.give)
    two = Ledger(area, forgets=bool(keep))
    two.thaw(list(one.freeze()))
    assert two.picture(hours(99)) == one.picture(hours(99))
    assert two.explain(CITY, hours(99)) == one.explain(CITY, hours(99))
    assert two.incidents() == one.incidents()
    assert two.coverage.tempo("AF-KDZ", hours(40), timedelta(hours=6), 7) == one.coverage.tempo(
        "AF-KDZ", hours(40), timedelta(hours=6), 7
    )
    late = [news.admits(10, known=81), replace(entries[5], item=replace(entries[5].item, revision=9, withdrawn=True))]
    for entry in [*entries[half:], *late]:
        assert done(two.extending([entry]), shelf.give) == done(one.extending([entry]), shelf.give)
        shelf.entries.append(entry)
        assert two.incidents_of(entry.item.id) == one.incidents_of(entry.item.id)
    assert two.picture(hours(200)) == one.picture(hours(200))
    if keep is None:
        assert two.speakers() == one.speakers()


def test_the_same_state_is_kept_in_the_same_bytes(area: Area, news: Any) -> None:
    ledger = Ledger(area)
    ledger.extend(shift(news, 40))
    kept = list(ledger.freeze())
    twin = Ledger(area)
    twin.thaw(kept)
    assert list(twin.freeze()) == kept
    assert all(json.loads(part) is not None for part in kept)


@pytest.mark.parametrize("seed", range(40))
def test_what_does_not_fit_is_refused_and_never_crashes(area: Area, news: Any, seed: int) -> None:
    ledger = Ledger(area)
    ledger.extend(shift(news, 30))
    kept = list(ledger.freeze())
    rng = random.Random(seed)
    at = rng.randrange(len(kept))
    spoilt = [
        kept[:at],
        [*kept[:at], *kept[at + 1 :]],
        [*kept, kept[at]],
        [*kept[:at], b"[" * 9000, *kept[at + 1 :]],
        [*kept[:at], kept[at].replace(b'"', b"7", 3), *kept[at + 1 :]],
        [*kept[:at], b"{}", *kept[at + 1 :]],
        [b""],
    ][seed % 7]
    with pytest.raises(ValueError, match=r"."):
        Ledger(area).thaw(spoilt)


def test_a_state_that_let_go_is_for_a_ledger_that_forgets(area: Area, news: Any) -> None:
    entries = shift(news, 60)
    ledger = Ledger(area, forgets=True)
    ledger.extend(entries)
    assert done(ledger.letting_go(10), Shelf(entries).give)
    with pytest.raises(ValueError, match="keeps everything"):
        Ledger(area).thaw(ledger.freeze())


def test_a_state_that_is_kept_after_a_recall_is_a_valid_one(area: Area, news: Any, hours: Any) -> None:
    entries = shift(news, 120)
    shelf = Shelf(entries)
    one = Ledger(area, forgets=True)
    one.extend(entries)
    assert done(one.letting_go(10), shelf.give)
    early = entries[0]
    late = replace(early, item=replace(early.item, revision=1, withdrawn=True), known=hours(90))
    done(one.extending([late]), shelf.give)
    shelf.entries.append(late)
    two = Ledger(area, forgets=True)
    two.thaw(list(one.freeze()))
    assert two.picture(hours(99)) == one.picture(hours(99))
    assert two.picture(hours(99)).statuses == fold(area, shelf.entries, now=hours(99)).statuses
    again = news.claim(95)
    assert done(two.extending([again]), shelf.give) == done(one.extending([again]), shelf.give)


def test_a_state_fits_the_area_and_the_numbers_it_was_made_with(area: Area, hours: Any) -> None:
    here = Ledger(area).fits
    assert Ledger(replace(area)).fits == here
    assert Ledger(replace(area, ledger={"confirming_origins": 3})).fits != here
    assert Ledger(replace(area, baseline={"*": "insurgent"})).fits != here
    assert Ledger(area, as_of=hours(3)).fits != here


def test_values_of_other_shapes_are_refused() -> None:
    place = PlaceRef("AF-KAB", "Kabul", "province", "AF-KAB")
    assert loads(PlaceRef, dumps(PlaceRef, place)) == place
    for text in (b'["AF-KAB"]', b"[1,2,3,4]", b'["a","b","planet","c"]', b"null", b"no json", b"\xff"):
        with pytest.raises(ValueError, match=r"."):
            loads(PlaceRef, text)
