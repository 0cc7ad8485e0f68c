"""How much is told of a province, and by whom: copies count once, in any order, and what is withdrawn not at all."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sitmon.assess.coverage import Coverage

PROVINCE = "AF-KDZ"
WINDOW = timedelta(hours=6)


def coverage(entries: Any) -> Coverage:
    found = Coverage()
    for entry in entries:
        found.put(entry)
    return found


def test_recent_accounts_against_the_usual(news: Any, hours: Any) -> None:
    before = [news.fight(-hour, text=f"quiet {hour} shots heard at dawn again") for hour in range(12, 108, 24)]
    now = [news.fight(hour / 2, text=f"loud {hour} battle in the streets today") for hour in range(8)]
    tempo = coverage([*before, *now]).tempo(PROVINCE, hours(4), WINDOW, 7)
    assert tempo.recent == 8
    assert tempo.history == timedelta(hours=82)
    assert round(tempo.usual, 2) == round(4 * 6 / 82, 2)
    assert coverage(now).tempo("AF-KAB", hours(4), WINDOW, 7).recent == 0


def test_copies_of_a_sentence_are_one_account(news: Any, hours: Any) -> None:
    copies = [news.fight(n / 10, text="Fighting reached the centre of town", source=f"Paper {n}") for n in range(10)]
    found = coverage(copies)
    assert found.tempo(PROVINCE, hours(2), WINDOW, 7).recent == 1
    assert sum(found.sources(PROVINCE, hours(2), 7).values()) == 10
    later = coverage([*copies, news.fight(20, text="Fighting reached the centre of town")])
    assert later.tempo(PROVINCE, hours(21), WINDOW, 7).recent == 0, "published again a day later"


def test_what_is_planned_denied_or_peaceful_is_no_account_of_violence(news: Any, hours: Any) -> None:
    entries = [
        news.fight(0, modality="planned"),
        news.denies(0),
        news.entry(0, news.report("protest")),
        news.entry(0, news.report("clash", modality="historical")),
    ]
    assert coverage(entries).tempo(PROVINCE, hours(1), WINDOW, 7).recent == 0


def test_order_versions_and_withdrawals(news: Any, hours: Any) -> None:
    entries = [
        news.fight(n / 4, text=f"street {n} fighting number {n * 7} again", source=f"P{n % 3}") for n in range(20)
    ]
    whole = coverage(entries)
    shuffled = list(entries)
    random.Random(4).shuffle(shuffled)
    other = coverage(shuffled)
    assert other.tempo(PROVINCE, hours(5), WINDOW, 7) == whole.tempo(PROVINCE, hours(5), WINDOW, 7)
    assert other.sources(PROVINCE, hours(5), 7) == whole.sources(PROVINCE, hours(5), 7)
    for entry in entries[:15]:
        whole.put(replace(entry, item=replace(entry.item, withdrawn=True, revision=1)))
    assert whole.tempo(PROVINCE, hours(5), WINDOW, 7).recent == 5
    for entry in entries[15:]:
        whole.put(replace(entry, item=replace(entry.item, revision=1)))
    assert whole.tempo(PROVINCE, hours(5), WINDOW, 7).recent == 5, "a new version is no new account"
