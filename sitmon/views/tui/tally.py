"""Entries and transitions in, counts an hour out: what the activity pane and the small bars are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from sitmon.model.entry import Entry
from sitmon.model.picture import Transition
from sitmon.model.report import Report
from sitmon.model.terms import MOVING

Kind = Literal["reports", "claims", "confirmed"]
STEP = timedelta(minutes=12)
"""The finest stretch of time that is counted apart."""
DAY = timedelta(hours=24)
SETTLED = frozenset({"confirmed", "conceded"})
"""A change to one of these from another basis is a confirmation."""


def step_of(moment: datetime) -> int:
    """Return the number of the stretch that a moment lies in."""
    return int(moment.timestamp() // STEP.total_seconds())


def counts_as(report: Report) -> tuple[Kind, ...]:
    """Return what a report counts as; nothing, where it moves nothing."""
    if report.modality not in MOVING:
        return ()
    return ("reports", "claims") if report.basis == "claimed" else ("reports",)


class Tally:
    """How many reports, claims and confirmations every stretch of time had, in all and by province."""

    def __init__(self) -> None:
        self._counts: dict[Kind, Counter[int]] = {"reports": Counter(), "claims": Counter(), "confirmed": Counter()}
        self._places: dict[str, Counter[int]] = {}
        self._changes: set[str] = set()

    def count(self, entry: Entry) -> None:
        """Count the reports of an entry at the time it was published."""
        step = step_of(entry.item.published or entry.known)
        for report in entry.verdict.reports:
            kinds = counts_as(report)
            for kind in kinds:
                self._counts[kind][step] += 1
            if kinds and report.place is not None:
                self._places.setdefault(report.place.province, Counter())[step] += 1

    def changes(self, transitions: Iterable[Transition]) -> None:
        """Count the confirmations among the transitions, once each."""
        for transition in transitions:
            if transition.id in self._changes:
                continue
            self._changes.add(transition.id)
            if transition.to_basis in SETTLED and transition.from_basis not in SETTLED:
                self._counts["confirmed"][step_of(transition.known)] += 1

    def bars(self, kind: Kind, now: datetime, width: int) -> list[int]:
        """Return `width` counts over the last 24 hours, oldest first."""
        return _bars(self._counts[kind], now, width)

    def place_bars(self, province: str, now: datetime, width: int) -> list[int]:
        """Return the same of a province's reports."""
        return _bars(self._places.get(province, Counter()), now, width)


def in_day(moment: datetime, now: datetime) -> bool:
    """Return whether a moment lies in the stretches that make the last 24 hours."""
    return step_of(now) - int(DAY / STEP) < step_of(moment) <= step_of(now)


def _bars(counts: Counter[int], now: datetime, width: int) -> list[int]:
    steps = int(DAY / STEP)
    first = step_of(now) - steps + 1
    bars = [0] * width
    for step in range(first, first + steps):
        if number := counts.get(step):
            bars[(step - first) * width // steps] += number
    return bars
