"""The spine: items with their verdicts in, updates for the views out.

    items | log.news | situation.decide | log.append | publish

It goes one step at a time, each to its end (`steps.py`). What happened is decided (`situation.py`) before it is stored,
and an item and the alerts that it raised are stored in one transaction: killed at any moment, the desk has both or
neither, and reads the rest again from the feeds. Only while the log cannot be written (a full disk), a desk that holds
(`pen.py`) tells first and stores when it can. The picture is derived: at the start it is folded from the log, beginning
with the state that was kept last (`keeping.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sitmon.alert.decide import Alerter
from sitmon.answering import Answering
from sitmon.assess.ledger import Ledger
from sitmon.assess.why import Why
from sitmon.board import Board
from sitmon.errors import SitmonError
from sitmon.keeping import Keeping, Told
from sitmon.listeners import Listeners
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.mark import Mark
from sitmon.model.source import Source, SourceHealth
from sitmon.model.update import Progress
from sitmon.own_writing import OwnWriting
from sitmon.pen import Pen
from sitmon.poll_memory import PollMemory
from sitmon.reminders import Reminders
from sitmon.situation import Situation
from sitmon.steps import Steps
from sitmon.store.log import Log
from sitmon.store.rows import content_of
from sitmon.subscription import Subscription
from sitmon.turns import Turns

CLOCK = "clock"
"""The log's fact that holds the last time of a replay: asked later, its picture is of that time, not of today."""
FIRST_ROUND = "first round"
"""The log's fact that says whether every source has been asked once: open, or over."""
END_S = 15.0
"""How long the end waits for the log until it goes without keeping the picture for the next start."""
THE_LOG = "the log"
"""Under this name the log's own trouble stands among the health of the sources."""


class Monitor:
    """Takes items, keeps the situation, stores what comes of them, tells the listeners; always in this order."""

    def __init__(
        self,
        log: Log | Callable[[], Log],
        ledger: Callable[[], Ledger],
        alerter: Alerter,
        *,
        clock: Callable[[], datetime],
        live: bool = True,
        hold: bool = False,
        unheard: Callable[[SourceHealth], None] = lambda health: None,
        reading: Told = lambda progress: None,
    ) -> None:
        """Wire the spine. `log` is opened on the thread that will use it, hence a function that opens it.

        `ledger` gives a new one. With `hold`, a log that cannot be written for a while ends nothing: what is to be
        stored waits in memory. `unheard` is told of the log's trouble while nobody listens, at the start and at the
        end; `reading` how far a long log has been read, before anybody can listen.
        """
        self._clock = clock
        self._live = live
        self._unheard = unheard
        self._situation = Situation(ledger, alerter)
        self._listeners = Listeners(self._situation, clock, live=live)
        self._pen = Pen(log if callable(log) else lambda: log, hold=hold, told=self._tell_trouble)
        self._reminders = Reminders(alerter, self._pen)
        self._turns = Turns(alerter, self._situation, self._pen)
        self._own = OwnWriting(self._pen, alone=not live)
        self._answering = Answering(self._pen)
        self._board = Board(self._pen, self._situation)
        self._keeping = Keeping(self._pen, self._situation, self._answering, reading)
        self.polls = PollMemory(self._pen)
        """What the pollers of the sources must remember."""
        self._steps = Steps()

    async def __aenter__(self) -> Monitor:
        self._log = await self._pen.open()
        filled = await self._own.begin()
        if self._live and (not filled or await self._pen.read(self._log.fact, FIRST_ROUND) == "open"):
            self._situation.begin_first_round(self._clock())
            await self._pen.write(self._log.set_fact, FIRST_ROUND, "open")
        else:
            await self._keeping.fold_log(keep=self._live)
        marks, alerts = await self._own.marks(), await self._own.alerts()
        repeated = await self._pen.read(self._log.repeats)
        elsewhere = await self._turns.elsewhere(self._clock())
        self._situation.restore(alerts, marks, self._clock(), repeated=repeated, elsewhere=elsewhere)
        if self._situation.in_first_round and filled:  # killed in its first round
            await self._keeping.decide_log(self._clock())
        if self._live:
            await self._pen.write(self._log.set_fact, CLOCK, "")
        return self

    async def __aexit__(self, kind: type[BaseException] | None = None, *_: object) -> None:
        try:
            await self.polls.flush()
            if self._steps.all_done and (kind is None or not issubclass(kind, SitmonError)):
                await self._keep_last()
        finally:
            await self._steps.end()
            await self._pen.close()

    async def _keep_last(self) -> None:
        """Keep the picture; a log that is held by somebody else must not hold up the end."""
        try:
            async with asyncio.timeout(END_S):
                await self._keep_board()
                if self._keeping.is_worth_it:
                    await self._keep()
        except TimeoutError:
            why = self._pen.trouble or f"it took longer than {END_S:.0f} s"
            reason = f"{why}; the picture is not kept: the next start reads what has come since the last time"
            self._unheard(SourceHealth(THE_LOG, "down", reason, last_attempt=self._clock()))

    async def _keep_board(self) -> None:
        """Keep what the desk shows, so that the next start can show it before the log has been read."""
        if self._live and not self._pen.weight and not self._situation.in_first_round:
            await self._board.keep(self._clock())

    async def _keep(self) -> None:
        """Keep the picture for the next start, where all that is in it has been stored."""
        if self._live and not self._pen.weight and not self._situation.in_first_round:
            await self._take_foreign()
            await self._keeping.keep(self._own.seen)

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
        verdict_on: dict[tuple[str, str], Verdict] = {}
        for item, verdict in zip(items, verdicts, strict=True):
            verdict_on.setdefault((item.id, content_of(item)), verdict)
        await self._pen.wait_for_room()
        return await self._steps.do(partial(self._take, items, verdict_on, source, known))

    async def _take(
        self,
        items: Sequence[Item],
        verdict_on: Mapping[tuple[str, str], Verdict],
        source: Source | None,
        known: datetime | None,
    ) -> tuple[Entry, ...]:
        now = self._clock()
        fresh = await self._own.fresh(items)
        entries = sorted(
            (
                Entry(
                    item=replace(item, fetched=known or now),
                    verdict=verdict_on[item.id, content_of(item)],
                    known=known or now,
                    agency=item.agency or (source.agency if source else None),
                )
                for item in fresh
            ),
            key=lambda e: e.key,
        )
        await self._look(now)
        decided: list[Entry] = []
        alerts: list[Alert] = []
        for entry in entries:
            if self._steps.hurried:
                break  # the rest is read again: nobody has been told that it is on disk
            alerts += await self._answering.done(self._situation.decide(entry, now))
            decided.append(entry)
        told, telling = self._turns.admit(alerts, now)
        if decided:
            await self._own.put(decided, alerts, telling)
        self._situation.keep(alerts)
        self._listeners.publish(entries=tuple(decided), alerts=told)
        if decided and not self._pen.weight:
            await self._answering.done(self._situation.let_go())
            self._keeping.note(len(decided))
        return tuple(decided)

    async def unknown(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return those of the items that `take` would store: the others need not be classified again."""
        return await self._own.fresh(items)

    async def first_round_over(self) -> None:
        """Every source has answered once: tell what its old items raised, one alert a place."""
        await self._steps.do(self._end_first_round)

    async def _end_first_round(self) -> None:
        if not self._situation.in_first_round:
            return
        chosen = self._situation.end_first_round()
        await self._pen.put(partial(self._log.append, (), chosen))
        await self._pen.put(partial(self._log.set_fact, FIRST_ROUND, "over"), key=(FIRST_ROUND,))
        self._listeners.publish(alerts=self._situation.told_after_first_round(chosen, self._clock()))
        self._own.give_alerts_again()  # another desk's among them may be what was held back here

    async def note_health(self, *healths: SourceHealth, tell: bool = True) -> None:
        """Take the health of sources; tell of those that are dead, and of provinces that have gone blind with them.

        Without `tell` the listeners hear of it with the next update: nothing but a time has changed.
        """
        self._listeners.note_health(healths)
        alerts = await self._steps.do(partial(self._watch, healths)) if self._live else ()
        if not alerts and tell:
            self._listeners.publish_soon()

    async def _watch(self, healths: Sequence[SourceHealth]) -> tuple[Alert, ...]:
        now = self._clock()
        await self._look(now)
        alerts = self._situation.watch(healths, now)
        if not alerts:
            return ()
        told, telling = self._turns.admit(alerts, now)
        await self._pen.put(partial(self._log.append, (), alerts, telling))
        self._situation.keep(alerts)
        if told:
            self._listeners.publish(alerts=told)
        return told

    async def note_progress(self, progress: Progress | None) -> None:
        """Take how far a long piece of work is; None when it is done."""
        self._listeners.progress = progress
        self._listeners.publish()

    async def mark(self, mark: Mark) -> bool:
        """Store an officer's mark and let it work; False where it was known already."""
        return await self._steps.do(partial(self._mark, mark))

    async def _mark(self, mark: Mark) -> bool:
        if self._situation.knows(mark):
            return False
        await self._look(self._clock())
        await self._pen.write(self._log.add_mark, mark)
        await self._apply_mark(mark)
        return True

    async def _apply_mark(self, mark: Mark) -> None:
        changed = self._situation.mark(mark, self._clock())
        untold = await self._reminders.untold(changed)
        self._listeners.publish(alerts=changed, repeats=tuple(a for a in changed if a.id in untold))

    async def _look(self, now: datetime) -> None:
        """Tell of what has waited for its turn, and of what is silent no more, or has become silent, by now."""
        if due := await self._turns.due(now):
            self._listeners.publish(alerts=due)
        changed = self._situation.look(now)
        if changed:
            self._listeners.publish(alerts=changed, repeats=await self._reminders.given_back(changed, now))

    async def catch_up(self) -> None:
        """Take what another process wrote into the same log, and show again what nobody has acknowledged."""
        await self._pen.flush()
        await self.polls.flush()
        await self._steps.do(self._catch_up)

    async def _catch_up(self) -> None:
        if await self._own.is_behind() or self._turns.is_left_behind(self._clock()):
            await self._take_foreign()
        await self._look(self._clock())
        if self._situation.first_round_too_long(self._clock()):
            await self._end_first_round()
        due = () if self._situation.in_first_round else await self._reminders.due(self._clock())
        if due:
            self._listeners.publish(alerts=due, repeats=due)
        if self._board.is_due(self._clock()):
            await self._keep_board()
        if self._keeping.is_due:
            await self._keep()

    async def _take_foreign(self) -> None:
        async for entries, others in self._own.foreign():
            await self._answering.done(self._situation.fold(entries))
            self._listeners.publish(entries=others)
        for mark in await self._own.marks():
            if not self._situation.knows(mark):
                await self._apply_mark(mark)
        now = self._clock()
        elsewhere = await self._turns.elsewhere(now)
        if alerts := self._situation.take_told(await self._own.alerts(), now, elsewhere):
            self._listeners.publish(alerts=alerts)

    # -- what is asked of the log ----------------------------------------------------------------------------------

    async def entries(self, ids: Iterable[str]) -> tuple[Entry, ...]:
        """Return the newest revisions of these items that the log holds, in the order of their keys."""
        found = await self._pen.read(lambda: [e for i in ids if (e := self._log.entry(i)) is not None])
        return tuple(sorted(found, key=lambda e: e.key))

    async def known_at(self, moment: datetime) -> tuple[tuple[Entry, ...], tuple[Mark, ...]]:
        """Return what the log held at a moment: the entries that report something, and every mark."""
        entries = await self._pen.read(lambda: tuple(self._log.entries(with_reports=True, known_at=moment)))
        return entries, await self._pen.read(self._log.marks)

    async def explain(self, code: str) -> Why | None:
        """Return why a place has its status now, derived anew; None where nothing is known of the place.

        It may take seconds where much has to be read again: what comes in, and the desk's marks, need not wait for it.
        """
        async with self._steps.between:
            work = self._situation.explain(code, self._clock())
        return await self._answering.done(work)

    async def older(self, before: Entry, limit: int) -> tuple[Entry, ...]:
        """Return at most `limit` entries that came in right before this one, oldest first."""
        return await self._pen.read(self._log.older, before.item, limit)

    async def latest(self, limit: int) -> tuple[Entry, ...]:
        """Return the newest `limit` entries, oldest first."""
        return await self._pen.read(self._log.latest, limit)

    # -- out -------------------------------------------------------------------------------------------------------

    async def subscribe(self, *, recent: int = 500, alerts: bool = True) -> Subscription:
        """Return a listener's own stream of updates: a snapshot with the `recent` entries and all alerts first."""
        async with self._steps.between:  # nothing may come in between the snapshot and the first update after it
            entries = await self._pen.read(self._log.latest, recent) if recent else ()
            return self._listeners.add(entries=entries, alerts=self.alerts if alerts else ())

    async def delivered(self, alerts: Iterable[Alert]) -> None:
        """Note that these alerts have left the house."""
        if ids := [a.id for a in alerts]:
            await self._pen.write(self._log.delivered, ids)

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert that was ever raised, in its present state."""
        return tuple(self._situation.alerts.values())

    async def undelivered(self) -> tuple[Alert, ...]:
        """Return the alerts that were raised but never left the house, and that nobody has answered."""
        return await self._reminders.owed(self._situation.alerts)

    async def tick(self) -> None:
        """Tell the listeners that time has passed: ages and confidences change with it."""
        self._listeners.publish()

    async def end(self) -> None:
        """Tell the listeners that nothing more will come; a replay leaves its last time in the log."""
        await self.first_round_over()
        if rest := await self._turns.rest(self._clock()):
            self._listeners.publish(alerts=rest)
        if not self._live:
            await self._pen.write(self._log.set_fact, CLOCK, self._clock().isoformat())
        self._listeners.ended = True
        self._listeners.publish()

    def _tell_trouble(self) -> None:
        """The log's own trouble stands beside that of the sources, where every view shows it."""
        trouble = self._pen.trouble
        reason = f"{trouble}; what comes is held and stored as soon as it can be" if trouble else "it is written again"
        health = SourceHealth(
            THE_LOG, "down" if trouble else "ok", reason, last_attempt=self._clock(), items=self._pen.weight
        )
        self._listeners.note_health((health,))
        if not self._listeners:
            self._unheard(health)
        self._listeners.publish()
