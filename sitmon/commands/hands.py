"""The desk's other hands, for scripts: acknowledge, silence, note, override, and the lists to choose from."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TextIO, get_args

from sitmon.alert.decide import Alerter
from sitmon.area import Area
from sitmon.bootstrap import alert_settings
from sitmon.commands.officer import NAME, WORDS, mark_id, officer
from sitmon.commands.session import Session, now
from sitmon.commands.status import codes_of
from sitmon.commands.stored import log_of
from sitmon.config import Config
from sitmon.errors import ExitCode, UsageError, nearest
from sitmon.ingest.sanitise import clean_line
from sitmon.model.alert import Alert
from sitmon.model.mark import Mark
from sitmon.model.terms import EVENT_TYPES, HOLDERS, SEVERITIES, TAGS, AlertKind, MarkKind
from sitmon.shapes import duration
from sitmon.store.log import Log
from sitmon.views.export import jsonl
from sitmon.views.headless import alert_line
from sitmon.views.tui import filtering
from sitmon.views.wording import full_name

_MATCHERS: Final[dict[str, tuple[str, ...]]] = {
    "kind": get_args(AlertKind),
    "event_type": (*EVENT_TYPES, *TAGS),
    "severity": SEVERITIES,
}
"""What a silence may be narrowed by, and the words that each takes."""
_TAKEN_BACK: Final[dict[MarkKind, str]] = {
    "acknowledge": "acknowledgement of",
    "silence": "silence on",
    "override": "override of",
}
"""The kinds of marks that can be taken back, in words."""
HEAD = 160
"""Letters shown of an item that is found."""


def alerts(session: Session, settings: Config, area: Area, out: TextIO, *, state: str | None, form: str) -> int:
    """Print the alerts in their present state, oldest first."""
    with log_of(session, settings) as log:
        found = _present(log, settings, area)
    wanted = [alert for alert in found if state is None or alert.state == state]
    for alert in wanted:
        out.write((jsonl.line(jsonl.alert_of(alert)) if form == "jsonl" else _line(alert)) + "\n")
    if not wanted:
        session.say(f"no alert is {state}" if state and found else "no alert has been raised")
    return ExitCode.FINE


def _present(log: Log, settings: Config, area: Area) -> tuple[Alert, ...]:
    return Alerter(area, alert_settings(settings, area)).remember(log.alerts(), log.marks(), clock_of(log))


def _line(alert: Alert) -> str:
    return f"{alert.state:<12} {alert_line(alert)}"


def clock_of(log: Log) -> datetime:
    """Return the log's own time: that of the replay that filled it, else the wall clock's."""
    replayed = log.fact("clock")
    return datetime.fromisoformat(replayed) if replayed else now()


def search(session: Session, settings: Config, query: str, out: TextIO, *, limit: int, form: str) -> int:
    """Print the items that hold all the words, newest first. Exit code 1 where there is none."""
    with log_of(session, settings) as log:
        found = log.search(query, limit)
    for entry in found:
        item = entry.item
        if form == "jsonl":
            record = jsonl.item_of(item) | {"verdict": jsonl.verdict_of(item, entry.verdict)}
            out.write(jsonl.line(record) + "\n")
        else:
            head = " ".join(item.body.split())
            head = head if len(head) <= HEAD else f"{head[: HEAD - 1].rstrip()}…"
            out.write(f"{jsonl.time_of(item.published) or 'no date'}  {item.source}  {head}  {item.id}\n")
    if not found:
        session.say(f"nothing in the log holds {query!r}; words must all occur, beginn* finds what begins so")
        if any(term.field for term in filtering.read(query).terms):
            session.say("filters such as place: are the desk's (/); of one place: sitmon export --place PLACE")
    return ExitCode.FINE if found else ExitCode.FAILED


def acknowledge(session: Session, settings: Config, area: Area, alert_id: str, *, by: str | None, reason: str) -> int:
    """Acknowledge an alert, named by its id, an earlier version's, or the fingerprint that all its versions share."""
    with log_of(session, settings, read_only=False) as log:
        known = _present(log, settings, area)
        newest = _newest(alert_id, known)
        _put(log, "acknowledge", newest.id, by, reason)
    updated = "" if newest.id == alert_id else f", the newest of {alert_id}"
    session.say(f"{newest.id} acknowledged{updated}: {newest.title}")
    return ExitCode.FINE


def _newest(name: str, known: Sequence[Alert]) -> Alert:
    """Return the alert of an id or a fingerprint, in the version that stands. Raises UsageError."""
    found = next((a for a in reversed(known) if name in (a.id, a.fingerprint)), None)
    if found is None:
        _must_be_alert(name, tuple(known))
        raise UsageError(f"{name!r} is no alert")
    standing = (a for a in reversed(known) if a.fingerprint == found.fingerprint and a.state != "resolved")
    return found if found.state != "resolved" else next(standing, found)


def silence(
    session: Session,
    settings: Config,
    area: Area,
    subject: str,
    *,
    by: str | None,
    reason: str,
    length: str,
    matchers: dict[str, str],
) -> int:
    """Silence a place, an alert or everything ("*"), narrowed by matchers, for a while."""
    for name, word in matchers.items():
        _must_be_one_of(f"--{name.replace('_', '-')}", word, _MATCHERS[name])
    with log_of(session, settings, read_only=False) as log:
        known = _present(log, settings, area)
        if subject != "*" and subject not in {a.id for a in known} | {a.fingerprint for a in known}:
            subject = one_code(subject, area)
        until = clock_of(log) + _length(length)
        data = tuple(sorted(matchers.items()))
        standing = [m for m in _standing(log.marks(), subject, clock_of(log)) if m.kind == "silence" and m.data == data]
        before = max((m.until for m in standing if m.until), default=None)
        back = subject
        if before is None or until > before:
            mark = _put(log, "silence", subject, by, reason, until=until, data=data)
            back = mark.id if before is None else subject
    named = "everything" if subject == "*" else _named_subject(subject, area, known)
    only = ", ".join(f"{name.replace('_', ' ')} {word}" for name, word in matchers.items())
    what = f" (alerts of {only} only)" if only else ""
    done = f"silenced{what} until {jsonl.time_of(until)}"
    if before is not None:
        so_far = f"silenced{what} already, until {jsonl.time_of(before)}"
        done = f"{so_far}; now until {jsonl.time_of(until)}" if until > before else f"{so_far}; nothing changed"
    session.say(f"{named} {done}; take it back with: sitmon unmark {shlex.quote(back)}")
    return ExitCode.FINE


def note(session: Session, settings: Config, area: Area, subject: str, text: str, *, by: str | None) -> int:
    """Keep words about an alert or a place in the log."""
    with log_of(session, settings, read_only=False) as log:
        known = _present(log, settings, area)
        if subject not in {a.id for a in known}:
            subject = one_code(subject, area)
        _put(log, "note", subject, by, text)
    session.say(f"noted about {_named_subject(subject, area, known)}")
    return ExitCode.FINE


def override(
    session: Session,
    settings: Config,
    area: Area,
    place: str,
    holder: str,
    *,
    by: str | None,
    reason: str,
    length: str | None,
) -> int:
    """Set a place's holder by the desk's own word."""
    if holder not in HOLDERS:
        close = nearest(holder, HOLDERS)
        hint = f" (did you mean {close!r}?)" if close else ""
        raise UsageError(f"{holder!r} is no holder; expected one of {', '.join(HOLDERS)}{hint}")
    code = one_code(place, area)
    if not reason.strip():
        raise UsageError("an override needs its reason: --reason TEXT")
    with log_of(session, settings, read_only=False) as log:
        until = clock_of(log) + _length(length) if length else None
        mark = _put(log, "override", code, by, reason, until=until, data=(("holder", holder),))
    session.say(
        f"{full_name(area.places[code], area)} ({code}) set to {holder}; take it back with: sitmon unmark {mark.id}"
    )
    return ExitCode.FINE


def _named_subject(subject: str, area: Area, known: Sequence[Alert]) -> str:
    """Return what a mark is on, by its name and its code: of two places of one name this says which."""
    if subject in area.places:
        return f"{full_name(area.places[subject], area)} ({subject})"
    alert = next((a for a in reversed(known) if subject in (a.id, a.fingerprint)), None)
    return f"{alert.title} ({subject})" if alert else subject


def unmark(session: Session, settings: Config, area: Area, mark_id: str, *, by: str | None) -> int:
    """Take back a mark: an acknowledgement, a silence, an override; by its id, or by what it is on."""
    with log_of(session, settings, read_only=False) as log:
        marks = log.marks()
        ids = [name for m in marks if m.kind in _TAKEN_BACK for name in (m.id, m.subject)]
        if mark_id not in ids:
            mark_id = next((c for c in _codes(mark_id, area) if c in ids), mark_id)
        if mark_id not in ids:
            close = nearest(mark_id, ids)
            raise UsageError(f"{mark_id!r} is no mark" + (f" (did you mean {close!r}?)" if close else ""))
        standing = _standing(marks, mark_id, clock_of(log))
        if not standing:
            raise UsageError(f"{mark_id!r}: what was marked has been taken back already, or has run out")
        _put(log, "unmark", mark_id, by, "")
        known = _present(log, settings, area)
    for mark in standing:
        session.say(f"taken back: {_named(mark, _named_subject(mark.subject, area, known))}")
    return ExitCode.FINE


def _standing(marks: Sequence[Mark], name: str, at: datetime) -> list[Mark]:
    """Return the marks of an id, or on a subject, that stand at an instant."""
    found: list[Mark] = []
    for mark in marks:
        if mark.kind == "unmark":
            found = [m for m in found if mark.subject not in (m.id, m.subject)]
        elif mark.kind in _TAKEN_BACK and name in (mark.id, mark.subject) and (mark.until is None or at < mark.until):
            found.append(mark)
    return found


def _named(mark: Mark, subject: str) -> str:
    """Return a mark in words: "override of Kunduz (AF-KDZ/kunduz) to government, by Aziz at ..."."""
    told = dict(mark.data)
    to = f" to {told['holder']}" if "holder" in told else ""
    only = ", ".join(f"{key} {word}" for key, word in mark.data if key != "holder")
    reason = f": {mark.reason}" if mark.reason else ""
    when = jsonl.time_of(mark.time)
    return f"{_TAKEN_BACK[mark.kind]} {subject}{to}{f' ({only})' if only else ''}, by {mark.by} at {when}{reason}"


def _codes(word: str, area: Area) -> list[str]:
    try:
        return codes_of(word, area)
    except UsageError:
        return []


def _must_be_one_of(option: str, word: str, valid: Sequence[str]) -> None:
    if word not in valid:
        close = nearest(word, valid)
        hint = f" (did you mean {close!r}?)" if close else ""
        raise UsageError(f"{option}: {word!r} is not valid; expected one of {', '.join(valid)}{hint}")


def one_code(word: str, area: Area) -> str:
    """Return the code that a word means: a code itself, a name its city before its province. Raises UsageError."""
    exact = next((c for c in area.places if c.casefold() == word.strip().casefold()), None)
    return exact or codes_of(word, area)[0]


def _must_be_alert(alert_id: str, known: tuple[Alert, ...]) -> None:
    ids = [a.id for a in known]
    if alert_id not in ids:
        close = nearest(alert_id, ids)
        raise UsageError(f"{alert_id!r} is no alert" + (f" (did you mean {close!r}?)" if close else ""))


def _length(text: str) -> timedelta:
    try:
        return duration(text)
    except ValueError:
        raise UsageError(f"--for: {text!r} is no time span; expected one such as 30m, 2h or 1d") from None


def _put(
    log: Log,
    kind: MarkKind,
    subject: str,
    by: str | None,
    reason: str,
    *,
    until: datetime | None = None,
    data: tuple[tuple[str, str], ...] = (),
) -> Mark:
    mark = Mark(
        id=mark_id(),
        kind=kind,
        subject=subject,
        by=clean_line(by or officer(), NAME),
        time=clock_of(log),
        reason=clean_line(reason, WORDS),
        until=until,
        data=data,
    )
    log.add_mark(mark)
    return mark
