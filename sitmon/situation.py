"""Entries, marks and the sources' health in, the picture and the alerts that they raise or change out.

This is all that is derived from the log, kept in memory: the ledger's picture, every alert in its present state, which
marks have worked, and what the first round still holds back. One piece of code brings it up to date, at the start and
on the way. What takes long is a work (`assess/asking.py`), during which the last whole picture is shown. It must not
read the clock, read or store anything, or tell anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from sitmon.alert.decide import Alerter
from sitmon.alert.first_round import FirstRound
from sitmon.assess.asking import Work
from sitmon.assess.ledger import Ledger
from sitmon.assess.why import Why
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.mark import Mark
from sitmon.model.picture import Picture
from sitmon.model.source import SourceHealth
from sitmon.model.tempo import Tempo

T = TypeVar("T")


class Situation:
    """What the log amounts to."""

    def __init__(self, new_ledger: Callable[[], Ledger], alerter: Alerter) -> None:
        """`new_ledger` gives a ledger that has been told nothing yet."""
        self._new_ledger = new_ledger
        self._ledger = new_ledger()
        self._alerter = alerter
        self._alerts: dict[str, Alert] = {}
        self._marks: dict[str, Mark] = {}
        self._elsewhere: tuple[str, ...] = ()
        """Ids of alerts that another process has raised and not told yet."""
        self._first: FirstRound | None = None
        self._whole: Picture | None = None
        """The picture that was shown last; while the ledger is at work, or was cut off at it, it is shown again."""
        self._at_work = False
        self.handover: datetime | None = None
        """When the desk was last handed over; None where it never was."""

    # -- from the log ----------------------------------------------------------------------------------------------

    def fold(self, entries: Iterable[Entry]) -> Work[None]:
        """Put entries into the picture whose alerts are decided and stored already."""
        yield from self._ledgers(self._ledger.extending(entries))

    def _ledgers(self, work: Work[T]) -> Work[T]:
        self._at_work = True
        result = yield from work
        self._at_work = False
        return result

    @property
    def area(self) -> str:
        """The id of the area that it is of."""
        return self._ledger.area

    @property
    def fits(self) -> str:
        """Name all that the picture depends on beside the entries and the code."""
        return self._ledger.fits

    def freeze(self) -> Iterator[bytes]:
        """Yield the state of the picture, part by part; nothing may be folded in between."""
        return self._ledger.freeze()

    def thaw(self, parts: Iterable[bytes]) -> bool:
        """Become what `freeze` gave the parts of, before anything else is folded; return whether they were such."""
        ledger = self._new_ledger()
        try:
            ledger.thaw(parts)
        except ValueError:
            return False
        self._ledger = ledger
        return True

    def let_go(self) -> Work[None]:
        """Forget what the log can give again; to be asked only while all that was folded is stored."""
        yield from self._ledgers(self._ledger.letting_go())

    def restore(
        self,
        alerts: Iterable[Alert],
        marks: Iterable[Mark],
        now: datetime,
        *,
        repeated: Mapping[str, datetime],
        elsewhere: Collection[str] = (),
    ) -> None:
        """Bring back what was told and what the officers answered; `repeated` says what was told again, and when.

        `elsewhere` are ids of alerts that another process is about to tell: they come with `take_told`.
        """
        marks = tuple(marks)
        for mark in marks:
            self._note(mark)
        self._remember(self._alerter.remember(alerts, marks, now, repeated=repeated), elsewhere)

    def take_told(self, stored: Iterable[Alert], now: datetime, elsewhere: Collection[str] = ()) -> tuple[Alert, ...]:
        """Take what the log has of new alerts, some of which another process may have raised; return what to show.

        That process has decided and stored them already: they are shown here, not raised again; and not before it has
        told them itself (`elsewhere`). With them come those that they have overtaken.
        """
        learned = self._alerter.learn(stored, now)
        waited = (alert for name in self._elsewhere if (alert := self._alerter.known(name)) is not None)
        held = self._held
        found = {a.id: a for a in (*waited, *learned) if a.id not in held}
        self._elsewhere = tuple(name for name in found if name in elsewhere and name not in self._alerts)
        shown = tuple(a for a in found.values() if a.id not in self._elsewhere)
        self.keep(shown)
        return shown

    @property
    def _held(self) -> frozenset[str]:
        """Ids of what the first round holds back."""
        return frozenset(a.id for a in self._first.held) if self._first is not None else frozenset()

    def _remember(self, every: Iterable[Alert], elsewhere: Collection[str]) -> None:
        """Count all alerts among those that the listeners know, but for what they are still to be told."""
        hidden = {*self._held, *(e for e in elsewhere if e not in self._alerts)}
        states = {a.id: a for a in every}
        self._elsewhere = tuple(name for name in elsewhere if name in hidden and name in states)
        self._alerts = {name: a for name, a in states.items() if name not in hidden}

    # -- in --------------------------------------------------------------------------------------------------------

    def decide(self, entry: Entry, now: datetime) -> Work[list[Alert]]:
        """Put an entry into the picture and return the alerts that it raises, or changes; see `keep`."""
        yield None
        transitions = yield from self._ledgers(self._ledger.extending((entry,)))
        incidents = self._ledger.incidents_of(entry.item.id)
        decisions = self._alerter.decide(
            entry, transitions, self._ledger.picture(now), now, incidents=incidents, tempos=self._tempos(entry)
        )
        alerts = [d.alert for d in decisions if d.alert is not None]
        if self._first is None:
            return alerts
        return self._first.hold(alerts, entry, [d.same for d in decisions if d.same])

    def _tempos(self, entry: Entry) -> tuple[Tempo, ...]:
        wanted = self._alerter.settings
        told = entry.item.published or entry.known
        codes = sorted({r.place.province for r in entry.verdict.reports if r.place is not None})
        return tuple(self._ledger.coverage.tempo(c, told, wanted.surge_window, wanted.surge_days) for c in codes)

    def watch(self, healths: Iterable[SourceHealth], now: datetime) -> tuple[Alert, ...]:
        """Return the alerts on sources that are dead, and on provinces that have gone blind with them; see `keep`."""
        told_by = partial(self._ledger.coverage.sources, now=now, days=self._alerter.settings.blind_days)
        decisions = self._alerter.watch(healths, now, told_by)
        return tuple(d.alert for d in decisions if d.alert is not None)

    def mark(self, mark: Mark, now: datetime) -> tuple[Alert, ...]:
        """Let an officer's mark work; return the alerts whose state it changes."""
        self._note(mark)
        return self._changed(self._alerter.mark(mark, now))

    def knows(self, mark: Mark) -> bool:
        """Whether a mark has worked already."""
        return mark.id in self._marks

    def _note(self, mark: Mark) -> None:
        self._marks[mark.id] = mark
        if mark.kind == "handover":
            self.handover = mark.time if self.handover is None else max(self.handover, mark.time)
        self._ledger.mark(mark)

    def look(self, now: datetime) -> tuple[Alert, ...]:
        """Return the alerts that are silent no more, or have become silent, because time has passed."""
        return self._changed(self._alerter.look(now))

    def _changed(self, alerts: Iterable[Alert]) -> tuple[Alert, ...]:
        """Keep the new states of alerts and return them, without what the first round still holds back."""
        found = tuple(a for a in alerts if a.id in self._alerts)
        self.keep(found)
        return found

    def keep(self, alerts: Iterable[Alert]) -> None:
        """Count these alerts among those that the listeners know; once they are stored, or held to be."""
        self._alerts.update((a.id, a) for a in alerts)

    # -- the first round -------------------------------------------------------------------------------------------

    def begin_first_round(self, now: datetime) -> None:
        """From now on hold back what old items raise, until every source has answered once."""
        self._first = FirstRound(now)

    @property
    def in_first_round(self) -> bool:
        """Whether the first round lasts."""
        return self._first is not None

    @property
    def held_back(self) -> str:
        """What the first round holds back and for how long, in one sentence; empty where it holds nothing."""
        return self._first.why if self._first is not None else ""

    def first_round_too_long(self, now: datetime) -> bool:
        """Whether the first round has lasted long enough, answers or not."""
        return self._first is not None and self._first.too_long(now)

    def end_first_round(self) -> tuple[Alert, ...]:
        """Return what the round held back, one alert a place: to be stored, then handed to `told_after_first_round`."""
        first, self._first = self._first, None
        return first.close(self._alerts.values()) if first is not None else ()

    def told_after_first_round(self, chosen: Collection[Alert], now: datetime) -> tuple[Alert, ...]:
        """Forget what was held back and not chosen; return the chosen alerts in their present state."""
        waiting = (alert for name in self._elsewhere if (alert := self._alerter.known(name)) is not None)
        told = [*self._alerter.as_filed([*self._alerts.values(), *waiting]), *chosen]
        self._remember(self._alerter.remember(told, self._marks.values(), now), self._elsewhere)
        return tuple(self._alerts[a.id] for a in chosen)

    # -- out -------------------------------------------------------------------------------------------------------

    def picture(self, now: datetime) -> Picture:
        """Return who holds what; while a work goes on, as it was before."""
        if self._at_work:
            return replace(self._whole, now=now) if self._whole is not None else Picture(now)
        self._whole = self._ledger.picture(now)
        return self._whole

    def explain(self, code: str, now: datetime) -> Work[Why | None]:
        """Return why a place has its status, derived anew; None where nothing is known of the place.

        To be asked while no other work goes on; the work itself may go on beside others, or be left: it only reads.
        """
        return self._ledger.explaining(code, now)

    @property
    def alerts(self) -> Mapping[str, Alert]:
        """Every alert that was ever raised, in its present state, by its id."""
        return self._alerts
