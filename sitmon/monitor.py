"""The spine: items with their verdicts in, updates for the views out.

    items | log.news | ledger.apply | alerter.decide | log.append | publish

One consumer does all of it, so nothing is locked. What happened is decided before it is stored, and an item and the
alerts that it raised are stored in one transaction: killed at any moment, the desk has both or neither, and reads the
rest again from the feeds. Only while the log cannot be written (a full disk), a desk that holds (`pen.py`) tells first
and stores when it can. The picture is never stored: at the start it is folded from the log by the same code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import perf_counter

from sitmon.alert.decide import Alerter
from sitmon.alert.first_round import FirstRound
from sitmon.assess.ledger import Ledger
from sitmon.assess.why import Why
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.source import PollState, Source, SourceHealth
from sitmon.model.tempo import Tempo
from sitmon.model.update import Progress, Update
from sitmon.pen import Pen
from sitmon.reminders import Reminders
from sitmon.store.log import Log, content_of
from sitmon.subscription import Subscription

CLOCK = "clock"
"""The log's fact that holds the last time of a replay: asked later, its picture is of that time, not of today."""
FIRST_ROUND = "first round"
"""The log's fact that says whether every source has been asked once: open, or over."""
BREATH_S = 0.002
"""How long the spine works through a batch before it lets the screen have its turn."""
THE_LOG = "the log"
"""Under this name the log's own trouble stands among the health of the sources."""


class Monitor:
    """Takes items, keeps the picture, raises alerts, tells the listeners."""

    def __init__(
        self,
        log: Log | Callable[[], Log],
        ledger: Ledger,
        alerter: Alerter,
        *,
        clock: Callable[[], datetime],
        live: bool = True,
        hold: bool = False,
        unheard: Callable[[SourceHealth], None] = lambda health: None,
    ) -> None:
        """Wire the spine. `log` is opened on the thread that will use it, hence a function that opens it.

        With `hold`, a log that cannot be written for a while ends nothing: what is to be stored waits in memory.
        `unheard` is told of the log's trouble while nobody listens yet: the start itself may have to wait for it.
        """
        self._unheard = unheard
        self._ledger = ledger
        self._alerter = alerter
        self._clock = clock
        self._live = live
        self._ended = False
        self._pen = Pen(log if callable(log) else lambda: log, hold=hold, told=self._tell_trouble)
        self._reminders = Reminders(alerter, self._pen)
        self._unstored: dict[str, Item] = {}
        self._listeners: list[Subscription] = []
        self._health: dict[str, SourceHealth] = {}
        self._progress: Progress | None = None
        self._alerts: dict[str, Alert] = {}
        self._marks: set[str] = set()
        self._handover: datetime | None = None
        self._own: set[tuple[str, int]] = set()
        self._seen = 0
        self._version = -1
        self._first: FirstRound | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Monitor:
        self._log = await self._pen.open()
        self._seen = await self._pen.read(self._log.top)
        entries = await self._pen.read(lambda: list(self._log.entries(with_reports=True)))
        if self._live and (not self._seen or await self._pen.read(self._log.fact, FIRST_ROUND) == "open"):
            self._first = FirstRound(self._clock())
            await self._pen.write(self._log.set_fact, FIRST_ROUND, "open")
        else:
            self._ledger.extend(entries)
        marks = await self._pen.read(self._log.marks)
        for mark in marks:
            self._ledger.mark(mark)
        self._marks = {m.id for m in marks}
        self._handover = max((m.time for m in marks if m.kind == "handover"), default=None)
        repeated = await self._pen.read(self._log.repeats)
        stored = await self._pen.read(self._log.alerts)
        alerts = self._alerter.remember(stored, marks, self._clock(), repeated=repeated)
        self._alerts = {a.id: a for a in alerts}
        if self._first is not None:
            for entry in entries:  # killed in its first round: what that held back is decided once more
                self._decide(entry, self._clock())
        if self._live:
            await self._pen.write(self._log.set_fact, CLOCK, "")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pen.close()

    # -- in --------------------------------------------------------------------------------------------------------

    async def take(
        self,
        items: Sequence[Item],
        verdicts: Sequence[Verdict],
        *,
        source: Source | None = None,
        known: datetime | None = None,
    ) -> tuple[Entry, ...]:
        """Take items with their verdicts; return the entries that were new to the log.

        When this returns, the entries and their alerts are on disk, or held before anything that comes later. `known`
        is the knowledge clock of recorded items; without it they are known from now on.
        """
        # A batch may hold two versions of one post: each keeps the verdict on its own words.
        told: dict[tuple[str, str], Verdict] = {}
        for item, verdict in zip(items, verdicts, strict=True):
            told.setdefault((item.id, content_of(item)), verdict)
        await self._pen.wait_for_room()
        async with self._turn:
            now = self._clock()
            fresh = self._not_held(await self._pen.read(self._log.news, items))
            entries = sorted(
                (
                    Entry(
                        item=replace(item, fetched=known or now),
                        verdict=told[item.id, content_of(item)],
                        known=known or now,
                        agency=item.agency or (source.agency if source else None),
                    )
                    for item in fresh
                ),
                key=lambda e: e.key,
            )
            await self._look(now)
            alerts: list[Alert] = []
            breath = perf_counter() + BREATH_S
            for entry in entries:
                if perf_counter() > breath:  # a batch of hundreds must not hold up a key press on the same loop
                    await asyncio.sleep(0)
                    breath = perf_counter() + BREATH_S
                alerts += self._decide(entry, now)
            if entries:
                stored = await self._pen.put(partial(self._log.append, entries, alerts), weight=len(entries))
                if not stored:
                    self._unstored.update((e.item.id, e.item) for e in entries)
                self._own.update((e.item.id, e.item.revision) for e in entries)
            self._alerts.update((a.id, a) for a in alerts)
            self._publish(entries=tuple(entries), alerts=tuple(alerts))
        return tuple(entries)

    def _decide(self, entry: Entry, now: datetime) -> list[Alert]:
        """Put an entry into the picture and return the alerts that it raises, or changes."""
        transitions = self._ledger.apply(entry)
        incidents = self._ledger.incidents_of(entry.item.id)
        decisions = self._alerter.decide(
            entry, transitions, self._ledger.picture(now), now, incidents=incidents, tempos=self._tempos(entry)
        )
        alerts = [d.alert for d in decisions if d.alert is not None]
        return alerts if self._first is None else self._first.hold(alerts, entry)

    def _tempos(self, entry: Entry) -> tuple[Tempo, ...]:
        wanted = self._alerter.settings
        told = entry.item.published or entry.known
        codes = sorted({r.place.province for r in entry.verdict.reports if r.place is not None})
        return tuple(self._ledger.coverage.tempo(c, told, wanted.surge_window, wanted.surge_days) for c in codes)

    async def first_round_over(self) -> None:
        """Every source has answered once: tell what its old items raised, one alert a place."""
        async with self._turn:
            await self._end_first_round()

    async def _end_first_round(self) -> None:
        if self._first is None:
            return
        chosen = self._first.close(self._alerts.values())
        self._first = None
        await self._pen.put(partial(self._log.append, (), chosen))
        await self._pen.put(partial(self._log.set_fact, FIRST_ROUND, "over"), key=(FIRST_ROUND,))
        marks = await self._pen.read(self._log.marks)
        told = [*self._alerts.values(), *chosen]
        self._alerts = {a.id: a for a in self._alerter.remember(told, marks, self._clock())}
        self._publish(alerts=tuple(self._alerts[a.id] for a in chosen))

    def _not_held(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield what is new also beside the items that wait to be stored, which the log cannot know."""
        if not self._pen.weight:
            self._unstored.clear()
        for item in items:
            held = self._unstored.get(item.id)
            if held is None:
                yield item
            elif content_of(held) != content_of(item):
                yield replace(item, revision=held.revision + 1)

    async def note_health(self, *healths: SourceHealth, tell: bool = True) -> None:
        """Take the health of sources; tell of those that are dead, and of provinces that have gone blind with them.

        Without `tell` the listeners hear of it with the next update: nothing but a time has changed.
        """
        self._health.update((h.source, h) for h in healths)
        alerts: tuple[Alert, ...] = ()
        if self._live:
            async with self._turn:
                now, days = self._clock(), self._alerter.settings.blind_days
                await self._look(now)
                told_by = partial(self._ledger.coverage.sources, now=now, days=days)
                decisions = self._alerter.watch(healths, now, told_by)
                alerts = tuple(d.alert for d in decisions if d.alert is not None)
                if alerts:
                    await self._pen.put(partial(self._log.append, (), alerts))
                    self._alerts.update((a.id, a) for a in alerts)
        if tell or alerts:
            self._publish(alerts=alerts)

    async def note_progress(self, progress: Progress | None) -> None:
        """Take how far a long piece of work is; None when it is done."""
        self._progress = progress
        self._publish()

    async def mark(self, mark: Mark) -> bool:
        """Store an officer's mark and let it work; False where it was known already."""
        async with self._turn:
            if mark.id in self._marks:
                return False
            await self._look(self._clock())
            await self._pen.write(self._log.add_mark, mark)
            await self._apply_mark(mark)
        return True

    async def _apply_mark(self, mark: Mark) -> None:
        self._marks.add(mark.id)
        if mark.kind == "handover":
            self._handover = mark.time
        self._ledger.mark(mark)
        changed = self._keep(self._alerter.mark(mark, self._clock()))
        untold = await self._reminders.untold(changed)
        self._publish(alerts=changed, repeats=tuple(a for a in changed if a.id in untold))

    async def _look(self, now: datetime) -> None:
        """Tell of the alerts that are silent no more, or have become silent, because time has passed."""
        changed = self._keep(self._alerter.look(now))
        if changed:
            self._publish(alerts=changed, repeats=await self._reminders.given_back(changed, now))

    def _keep(self, changed: Iterable[Alert]) -> tuple[Alert, ...]:
        """Keep the new states of alerts and return them, without what the first round still holds back."""
        found = tuple(a for a in changed if a.id in self._alerts)
        self._alerts.update((a.id, a) for a in found)
        return found

    async def catch_up(self) -> None:
        """Take what another process wrote into the same log, and show again what nobody has acknowledged."""
        await self._pen.flush()
        async with self._turn:
            version = await self._pen.read(self._log.version)
            if version != self._version:
                self._version = version
                await self._take_foreign()
            await self._look(self._clock())
            if self._first is not None and self._first.too_long(self._clock()):
                await self._end_first_round()
            due = await self._reminders.due(self._clock()) if self._first is None else ()
            if due:
                self._publish(alerts=due, repeats=due)

    async def _take_foreign(self) -> None:
        """The other process has decided and stored its alerts already: they are shown here, not raised again."""
        seen, rows = await self._pen.read(self._log.after, self._seen)
        entries = tuple(e for e in rows if (e.item.id, e.item.revision) not in self._own)
        self._seen = seen
        self._own = {(item.id, item.revision) for item in self._unstored.values()}
        self._ledger.extend(entries)
        marks = await self._pen.read(self._log.marks)
        stored = await self._pen.read(self._log.alerts)
        alerts = tuple(a for a in stored if a.id not in self._alerts)
        if alerts:
            held = self._first.held if self._first is not None else ()
            every = self._alerter.remember([*stored, *held], marks, self._clock())
            self._alerts = {a.id: a for a in every if a.id not in {h.id for h in held}}
        if entries or alerts:
            self._publish(entries=entries, alerts=alerts)
        for mark in marks:
            if mark.id not in self._marks:
                await self._apply_mark(mark)

    async def entries(self, ids: Iterable[str]) -> tuple[Entry, ...]:
        """Return the newest revisions of these items that the log holds, in the order of their keys."""
        found = await self._pen.read(lambda: [e for i in ids if (e := self._log.entry(i)) is not None])
        return tuple(sorted(found, key=lambda e: e.key))

    async def known_at(self, moment: datetime) -> tuple[tuple[Entry, ...], tuple[Mark, ...]]:
        """Return what the log held at a moment: the entries that report something, and every mark."""
        entries = await self._pen.read(lambda: tuple(self._log.entries(with_reports=True, known_at=moment)))
        return entries, await self._pen.read(self._log.marks)

    def explain(self, code: str) -> Why | None:
        """Return why a place has its status, derived anew; None where nothing is known of the place."""
        return self._ledger.explain(code, self._clock())

    async def older(self, before: Entry, limit: int) -> tuple[Entry, ...]:
        """Return at most `limit` entries that came in right before this one, oldest first."""
        return await self._pen.read(self._log.older, before.item, limit)

    # -- the pollers' memory ---------------------------------------------------------------------------------------

    async def load(self, source: str) -> PollState | None:
        """Return what the poller of a source left behind."""
        return await self._pen.read(self._log.load, source)

    async def save(self, state: PollState) -> None:
        """Keep what the poller of a source must remember; called only after its items are on disk."""
        await self._pen.put(partial(self._log.save, state), key=("poll state", state.source))

    # -- out -------------------------------------------------------------------------------------------------------

    async def subscribe(self, *, recent: int = 500, alerts: bool = True) -> Subscription:
        """Return a listener's own stream of updates: a snapshot with the `recent` entries and all alerts first."""
        async with self._turn:  # nothing may come in between the snapshot and the first update after it
            entries = await self._pen.read(self._log.latest, recent) if recent else ()
            told = tuple(self._alerts.values()) if alerts else ()
            snapshot = replace(self._update(), entries=entries, alerts=told)
            subscription = Subscription(snapshot)
            self._listeners.append(subscription)
        return subscription

    async def delivered(self, alerts: Iterable[Alert]) -> None:
        """Note that these alerts have left the house."""
        if ids := [a.id for a in alerts]:
            await self._pen.write(self._log.delivered, ids)

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert that was ever raised, in its present state."""
        return tuple(self._alerts.values())

    async def undelivered(self) -> tuple[Alert, ...]:
        """Return the alerts that were raised but never left the house, and that nobody has answered."""
        return await self._reminders.owed(self._alerts)

    async def tick(self) -> None:
        """Tell the listeners that time has passed: ages and confidences change with it."""
        self._publish()

    async def end(self) -> None:
        """Tell the listeners that nothing more will come; a replay leaves its last time in the log."""
        await self.first_round_over()
        if not self._live:
            await self._pen.write(self._log.set_fact, CLOCK, self._clock().isoformat())
        self._ended = True
        self._publish()

    def _tell_trouble(self) -> None:
        """The log's own trouble stands beside that of the sources, where every view shows it."""
        trouble = self._pen.trouble
        reason = f"{trouble}; what comes is held and stored as soon as it can be" if trouble else "it is written again"
        self._health[THE_LOG] = SourceHealth(
            THE_LOG, "down" if trouble else "ok", reason, last_attempt=self._clock(), items=self._pen.weight
        )
        if not self._listeners:
            self._unheard(self._health[THE_LOG])
        self._publish()

    def _update(self) -> Update:
        return Update(
            now=(now := self._clock()),
            picture=self._ledger.picture(now),
            health=tuple(self._health[name] for name in sorted(self._health)),
            progress=self._progress,
            live=self._live,
            ended=self._ended,
            handover=self._handover,
        )

    def _publish(
        self,
        *,
        entries: tuple[Entry, ...] = (),
        alerts: tuple[Alert, ...] = (),
        repeats: tuple[Alert, ...] = (),
    ) -> None:
        if self._listeners:
            update = replace(self._update(), entries=entries, alerts=alerts, repeats=repeats)
            for listener in self._listeners:
                listener.put(update)
