"""Entries in, how much is told of each province out, and by which sources: what a surge and a blind spot are read from.

An account is one item that tells of violence, or of a place that changed hands, as having happened; a copied sentence
told before is no new account. Accounts lie where they were told, whatever order they came in. It must not judge what
an officer is to be told of.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sitmon.model.copies import sentence_of
from sitmon.model.entry import Entry
from sitmon.model.report import Report
from sitmon.model.tempo import Tempo
from sitmon.model.terms import EVENT_TYPES, MOVING, TERRITORY

_VIOLENT: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_KEPT: Final = timedelta(days=7, hours=12)
"""Older accounts say nothing of what is usual now; they are forgotten once there are many."""
_MANY: Final = 1024

Account = tuple[datetime, str, int]
"""When it was told, the item's id, the sentence's hash."""
Told = tuple[datetime, str, tuple[tuple[str, int | None], ...]]
"""When an item was told, its source, and of which provinces, each with the sentence's hash where that is an account."""


@dataclass(slots=True)
class _Province:
    violent: list[Account] = field(default_factory=list)
    told: list[tuple[datetime, str, str]] = field(default_factory=list)
    """(when, item's id, source): everything that bears on the province."""


class Coverage:
    """Who tells of which province, and how much. What it says depends on the set of entries alone."""

    def __init__(self) -> None:
        self._provinces: dict[str, _Province] = {}
        self._of_item: dict[str, Told] = {}
        self._first: datetime | None = None

    def put(self, entry: Entry) -> None:
        """Take the newest version of an item; what an older one told is forgotten."""
        item = entry.item
        self._drop(item.id)
        if item.withdrawn or not entry.verdict.reports:
            return
        told = min(item.published or entry.known, entry.known)
        self._first = told if self._first is None else min(self._first, told)
        found: dict[str, int | None] = {}
        for report in entry.verdict.reports:
            if report.place is not None and report.modality in MOVING:
                code = sys.intern(report.place.province)
                sign = found.get(code)
                found[code] = sign if sign is not None or not _violent(report) else sentence_of(item.body, report)[0]
        if found:
            self._put(item.id, (told, sys.intern(item.source), tuple(found.items())))

    def _put(self, item: str, what: Told) -> None:
        told, source, found = what
        for code, sign in found:
            province = self._provinces.setdefault(code, _Province())
            insort(province.told, (told, item, source))
            if sign is not None:
                insort(province.violent, (told, item, sign))
            if len(province.told) > _MANY:
                self._forget(province)
        self._of_item[item] = what

    def kept(self) -> tuple[datetime | None, tuple[tuple[str, Told], ...]]:
        """Return all that it knows, as plain values: since when, and what each item told."""
        return self._first, tuple(self._of_item.items())

    def restore(self, first: datetime | None, items: Iterable[tuple[str, Told]]) -> None:
        """Know what `kept` returned."""
        self._first = first
        for item, what in items:
            self._put(item, what)

    def _drop(self, item: str) -> None:
        known = self._of_item.pop(item, None)
        if known is None:
            return
        told, source, found = known
        for code, sign in found:
            province = self._provinces[code]
            _remove(province.told, (told, item, source))
            if sign is not None:
                _remove(province.violent, (told, item, sign))

    def _forget(self, province: _Province) -> None:
        """Let go of what is older than anybody asks for, once it is half of what is kept."""
        edge = province.told[-1][0] - _KEPT
        old = bisect_left(province.told, (edge, "", ""))
        if old > _MANY // 2:
            for _, item, _ in province.told[:old]:
                self._of_item.pop(item, None)
            del province.told[:old]
            del province.violent[: bisect_left(province.violent, (edge, "", 0))]

    def tempo(self, code: str, now: datetime, window: timedelta, days: int) -> Tempo:
        """Return how much was told of a province in the window that ends now, and usually in the days before."""
        province = self._provinces.get(code)
        begin = now - window
        first = max(self._first or begin, begin - timedelta(days=days))
        history = max(timedelta(0), begin - first)
        if province is None:
            return Tempo(code, 0, 0.0, window, history)
        accounts = province.violent
        start, middle = bisect_left(accounts, (first, "", 0)), bisect_right(accounts, (begin, "\U0010ffff", 0))
        end = bisect_right(accounts, (now, "\U0010ffff", 0))
        before = {sign for _, _, sign in accounts[start:middle]}
        recent = {sign for _, _, sign in accounts[middle:end]} - before
        usual = len(before) * (window / history) if history else 0.0
        return Tempo(code, len(recent), usual, window, history)

    def sources(self, code: str, now: datetime, days: int) -> Counter[str]:
        """Return how many items of each source told of a province in the days before `now`."""
        province = self._provinces.get(code)
        if province is None:
            return Counter()
        begin = bisect_left(province.told, (now - timedelta(days=days), "", ""))
        end = bisect_right(province.told, (now, "\U0010ffff", ""))
        return Counter(source for _, _, source in province.told[begin:end])

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces that anybody told of."""
        return tuple(sorted(self._provinces))


def _violent(report: Report) -> bool:
    known = EVENT_TYPES.get(report.event_type)
    return report.basis != "denied" and (report.event_type in TERRITORY or (known is not None and known[0] in _VIOLENT))


def _remove(rows: list[tuple[datetime, str, str]] | list[Account], row: tuple[datetime, str, str] | Account) -> None:
    at = bisect_left(rows, row)
    if at < len(rows) and rows[at] == row:
        del rows[at]
