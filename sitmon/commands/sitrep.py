"""`sitmon sitrep` and `sitmon handover`: what happened since a moment; and the moment the next officer starts from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TextIO

from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.assess.fold import refold
from sitmon.bootstrap import alert_settings
from sitmon.commands.hands import clock_of
from sitmon.commands.officer import DESK, NAME, WORDS, mark_id, officer
from sitmon.commands.session import Session, moment
from sitmon.commands.stored import log_of
from sitmon.config import Config
from sitmon.errors import ExitCode, UsageError
from sitmon.ingest.sanitise import clean_line
from sitmon.model.mark import Mark
from sitmon.store.log import Log
from sitmon.views.export import jsonl, sitrep, sitrep_text

LAST_HANDOVER = "last-handover"
SHIFT = timedelta(hours=24)
"""The period reported where no moment is named and nobody has handed over yet."""


def run(
    session: Session,
    settings: Config,
    area: Area,
    out: TextIO,
    *,
    since: str | None,
    form: str,
    until: str | None = None,
) -> int:
    """Write the situation report of a period; without a moment, since the last handover, else of a day."""
    with log_of(session, settings) as log:
        period = _period(log, settings, area, since, until)
    if since == LAST_HANDOVER and not any(m.kind == "handover" and m.time <= period.until for m in period.marks):
        session.say("nobody has handed over yet: the report is of the last 24 hours")
    report = sitrep.record(period)
    if form == "json":
        out.write(jsonl.line(report) + "\n")
    else:
        out.write((sitrep_text.page(report) if form == "html" else sitrep_text.markdown(report)) + "\n")
    out.flush()
    return ExitCode.FINE


def _period(log: Log, settings: Config, area: Area, since: str | None, until: str | None) -> sitrep.Period:
    clock = clock_of(log)
    end = moment(until, "--until", shown=clock) or clock
    marks = log.marks()
    handovers = [m.time for m in marks if m.kind == "handover" and m.time <= end]
    if since is None or since == LAST_HANDOVER:
        begin = handovers[-1] if handovers else end - SHIFT
    else:
        begin = moment(since, "--since", begins=True, shown=end) or datetime(1970, 1, 1, tzinfo=UTC)
    if begin > end:
        raise UsageError(f"--since {jsonl.time_of(begin)} is later than --until {jsonl.time_of(end)}")
    entries = list(log.entries(known_at=end))
    ledger = refold(area, entries, known_at=end, marks=marks)
    return sitrep.Period(
        area=area,
        since=begin,
        until=end,
        window=settings.alert_window,
        now=ledger.picture(end),
        incidents=ledger.incidents(),
        entries=tuple(entries),
        alerts=Alerter(area, alert_settings(settings, area)).remember(log.alerts(), marks, end),
        marks=marks,
        polls=log.poll_states(),
        officer=officer(),
        number=len(handovers) + 1,
    )


def handover(session: Session, settings: Config, *, by: str | None, note: str) -> int:
    """Mark the moment at which one officer hands the desk to the next, with what the next one must know."""
    with log_of(session, settings, read_only=False) as log:
        now = clock_of(log)
        by, note = clean_line(by or officer(), NAME), clean_line(note, WORDS)
        log.add_mark(Mark(id=mark_id(), kind="handover", subject=DESK, by=by, time=now, reason=note))
    session.say(
        f"handed over at {jsonl.time_of(now)} by {by}; the next officer's report: "
        f"sitmon sitrep --since {LAST_HANDOVER}{_of_store(session)}"
    )
    return ExitCode.FINE


def _of_store(session: Session) -> str:
    return f" --store {session.store}" if session.store else ""
