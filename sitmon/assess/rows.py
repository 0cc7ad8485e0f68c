"""The transitions of all places in, one sequence in the order of the knowledge clock out. It must not make any."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from datetime import datetime

from sitmon.assess import rules
from sitmon.model.picture import Status, Transition

RowKey = tuple[datetime, str, str, str, str]


class Rows:
    """Every place's rows, sorted; kept up to date as places are derived anew."""

    def __init__(self) -> None:
        self._index: list[tuple[RowKey, Transition]] = []
        self._all: tuple[Transition, ...] | None = ()

    def exchange(self, before: Mapping[str, Transition], after: Mapping[str, Transition]) -> None:
        """Let one place's rows, by id, be others: those that are no more leave, new and altered ones come."""
        for name, row in before.items():
            if after.get(name) != row:
                del self._index[bisect_left(self._index, order(row), key=lambda pair: pair[0])]
                self._all = None
        for name, row in after.items():
            if before.get(name) != row:
                insort(self._index, (order(row), row), key=lambda pair: pair[0])
                self._all = None

    def fill(self, every: Iterable[Transition]) -> None:
        """Begin anew with the rows of all places."""
        self._index = sorted(((order(row), row) for row in every), key=lambda pair: pair[0])
        self._all = None

    @property
    def all(self) -> tuple[Transition, ...]:
        """The rows in their order."""
        if self._all is None:
            self._all = tuple(row for _, row in self._index)
        return self._all


class Before:
    """How a place stood before an entry came."""

    __slots__ = ("revised", "rows", "status")

    def __init__(self, status: Status, rows: dict[str, Transition]) -> None:
        self.status = status
        self.rows = rows
        self.revised: datetime | None = None
        """When a corrected or withdrawn version became known, where one did."""

    def undone(self, now: Status, come: Iterable[Transition]) -> tuple[Transition, ...]:
        """Return a row that tells of what a correction undid, where no row of the new history does."""
        was = self.status
        if (was.holder, was.basis) == (now.holder, now.basis) or self.revised is None:
            return ()
        if any(r.to_holder == now.holder and r.to_basis == now.basis and r.site is None for r in come):
            return ()
        return (
            Transition(
                id=f"retraction-{self.revised:%Y%m%dT%H%M%S}-{was.place.code}-{was.holder}-{now.holder}",
                place=was.place,
                site=None,
                from_holder=was.holder,
                to_holder=now.holder,
                from_basis=was.basis,
                to_basis="retracted" if was.holder != now.holder else now.basis,
                event_time=None,
                known=self.revised,
                evidence=was.evidence,
                rule=rules.RETRACTION,
                confidence=now.confidence,
                origins=now.origins,
                from_pressure=was.pressure,
                to_pressure=now.pressure,
            ),
        )


def order(row: Transition) -> RowKey:
    """Return the order of rows: that of the entries which made them, known at one moment or not."""
    item = row.evidence[0].rpartition("#")[0] if row.evidence else ""
    return (row.known, row.place.code, item, row.site or "", row.id)
