"""What is remembered of a source and its newest answer in, what to remember and its health out. Pure.

The rules that keep a poller welcome and honest: validators are sent back byte for byte and replaced after every answer
that could be parsed; a failure never wipes out the last good answer; every health but `ok` says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sitmon.ingest import schedule
from sitmon.ingest.answers import Fetched, NotModified
from sitmon.ingest.headers import http_date
from sitmon.ingest.parsed import Parsed
from sitmon.ingest.schedule import PACE, Pace
from sitmon.model.source import Failure, PollState, Source, SourceHealth
from sitmon.model.terms import Health

SEEN: Final = 200
"""Items of an answer that are remembered to notice a gap: all of nearly every feed, both ends of the others."""
FULL_AFTER: Final = timedelta(hours=24)
"""A server that says "nothing new" for ever may be asked without validators once in this time."""
SILENT: Final = 12
"""Times its usual rhythm after which a feed's "nothing new" is doubted."""
STALE: Final = 3
"""Missed visits after which what is known from a source is stale."""
NOT_STALE: Final = timedelta(minutes=1)
"""What is younger than this is never stale, however short the interval."""
STICKY: Final = frozenset({"gap", "empty"})
"""Health that an answer without news does not mend."""


def start(source: Source, remembered: PollState | None) -> PollState:
    """Return what is known of a source when polling starts; nothing where its address is another one now."""
    if remembered is None or (remembered.location and remembered.location != source.location):
        return PollState(source.name, location=source.location)
    return replace(remembered, location=source.location)


def validators(state: PollState, now: datetime) -> list[tuple[str, str]]:
    """Return the conditional request headers, verbatim as the server once sent them; none where it is to be doubted."""
    if _is_doubtful(state, now):
        return []
    pairs = (("If-None-Match", state.etag), ("If-Modified-Since", state.last_modified))
    return [(name, value) for name, value in pairs if value is not None]


def body_hash(body: bytes) -> str:
    """Return what tells one body from another."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def after_news(
    source: Source, state: PollState, answer: Fetched, parsed: Parsed, now: datetime, *, hashed: str = ""
) -> PollState:
    """Return what to remember after a body that was parsed. `now` is when it was asked for, `hashed` its hash."""
    marks = tuple(_mark(item.id) for item in parsed.items)
    known = not set(marks).isdisjoint(state.seen)
    moved_to, moving_to = _moved(state, answer.moved_to, confirmed=known)
    after = replace(
        _answered(state, now),
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=hashed or body_hash(answer.body),
        ttl=parsed.ttl,
        fresh_for=answer.fresh_for,
        rhythm=schedule.rhythm((item.published for item in parsed.items), now),
        status=answer.status,
        items=len(marks) or state.items,
        seen=_ends(marks) or state.seen,
        moved_to=moved_to,
        moving_to=moving_to,
        last_full=now,
    )
    if not marks:
        was = f"; the last good answer had {state.items}" if state.items else ""
        return replace(after, health="empty", reason=f"the feed holds no posts{was}")
    if state.seen and not known:
        reason = "nothing of the last answer is in this one: posts between the two may be lost"
        return replace(after, health="gap", reason=reason)
    left_out = len(parsed.failures)
    health, reason = _pace_of(source, after)
    if left_out and not reason:
        reason = f"{left_out} of its posts could not be read: {parsed.failures[0].reason}"
    return replace(after, health=health, reason=reason)


def after_no_news(source: Source, state: PollState, answer: NotModified | Fetched, now: datetime) -> PollState:
    """Return what to remember after a 304, or after the very body that was parsed before."""
    moved_to, moving_to = _moved(state, answer.moved_to, confirmed=True)
    after = replace(_answered(state, now), moved_to=moved_to, moving_to=moving_to)
    if isinstance(answer, Fetched):
        after = replace(
            after,
            etag=answer.etag,
            last_modified=answer.last_modified,
            fresh_for=answer.fresh_for,
            status=answer.status,
            last_full=now,
        )
    else:
        after = replace(
            after,
            etag=answer.etag if answer.etag is not None else state.etag,
            last_modified=answer.last_modified if answer.last_modified is not None else state.last_modified,
            fresh_for=answer.fresh_for if answer.fresh_for is not None else state.fresh_for,
            status=304,
        )
    if state.seen and state.health in STICKY:
        return after
    health, reason = _pace_of(source, after)
    return replace(after, health="unchanged" if health == "ok" else health, reason=reason)


def after_failure(state: PollState, failure: Failure, now: datetime) -> PollState:
    """Return what to remember after a failure: all that was good is kept."""
    busy = schedule.is_busy(failure)
    after = replace(
        state,
        last_attempt=now,
        errors=state.errors if busy else state.errors + 1,
        status=failure.status,
        reason=failure.reason,
        wait_until=None,
    )
    if busy:
        return replace(after, health="slow")
    # An address that was remembered from redirects has failed: the configured one is asked next.
    after = replace(after, moved_to=None, moving_to=None)
    return replace(after, health=_failed_health(failure, after.errors))


def after_part(
    state: PollState, parsed: Parsed, cursor: tuple[tuple[str, str], ...], found: int, now: datetime
) -> PollState:
    """Return what to remember after one part of a file or folder; `found` items were in it and the parts before."""
    reason = parsed.failures[0].reason if parsed.failures else ""
    how: Health = "down" if reason and not found else "ok"
    return replace(_answered(state, now), cursor=cursor, items=found, health=how, reason=reason, last_full=now)


def after_parts(state: PollState, found: int, now: datetime) -> PollState:
    """Return what to remember when a file or folder has no more for now; `found` items came in this visit."""
    after = _answered(state, now)
    unreadable = state.health == "down" and state.errors == 0  # what lies there, not the path itself
    if found or unreadable:
        return after
    if state.items == 0:
        return replace(after, health="empty", reason="no posts were found there yet")
    return replace(after, health="unchanged", reason="")


def health(source: Source, state: PollState, now: datetime, pace: Pace = PACE) -> SourceHealth:
    """Return how a source does at `now`. Silence of its poller, too, is no calm: what is too old is `stale`."""
    state_health, reason = state.health, state.reason
    due = schedule.base(source, state, pace)
    success = state.last_success
    if source.kind == "feed" and success is not None and state_health not in ("down", "blocked", "gone"):
        age = now - success
        if age > max(STALE * due, NOT_STALE):
            state_health = "stale"
            because = f" ({reason})" if reason else ""
            reason = f"no good answer for {span(age)}, one is due every {span(due)}{because}"
    return SourceHealth(
        source=source.name,
        health=state_health,
        reason=reason,
        last_success=success,
        last_attempt=state.last_attempt,
        next_poll=state.next_poll,
        errors=state.errors,
        items=state.items,
    )


def span(time: timedelta) -> str:
    """Say a duration in its two largest units: "45 s", "12 min", "6 h 30 min", "3 d"."""
    left = max(round(time.total_seconds()), 0)
    words = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, left = divmod(left, size)
        if count:
            words.append(f"{count} {unit}")
        elif words:
            break
    return " ".join(words[:2]) or "0 s"


def _answered(state: PollState, now: datetime) -> PollState:
    return replace(state, last_attempt=now, last_success=now, errors=0, wait_until=None)


def _pace_of(source: Source, state: PollState) -> tuple[Health, str]:
    """Say whether the server or the feed makes the desk slower than it wants to be."""
    wish = schedule.asked(state)
    if wish is None or wish <= source.interval * 1.25:
        return "ok", ""
    who = "the feed" if state.ttl and state.ttl >= (state.fresh_for or timedelta(0)) else "the server"
    return "slow", f"{who} asks to be read every {span(wish)} at most"


def _failed_health(failure: Failure, errors: int) -> Health:
    if failure.status == 410 or (failure.status == 404 and errors >= schedule.MISSING_AFTER):
        return "gone"
    if failure.status in schedule.BLOCKED or failure.kind == "refused":
        return "blocked"
    return "down"


def _is_doubtful(state: PollState, now: datetime) -> bool:
    """Whether "nothing new" can no longer be believed.

    Servers are known that answer 304 for ever, because of a Last-Modified in the future or a broken cache.
    """
    if state.last_full is None or now - state.last_full < FULL_AFTER:
        return False
    dated = http_date(state.last_modified)
    if dated is not None and dated > now + timedelta(days=1):
        return True
    return state.rhythm is not None and now - state.last_full > SILENT * state.rhythm


def _moved(state: PollState, named: str | None, *, confirmed: bool) -> tuple[str | None, str | None]:
    """Return (moved_to, moving_to) after an answer that permanent redirects led to (`named`), or that came straight.

    A new address is believed when two answers in a row name it and known items stand there: a captive portal or a
    parking page that redirects everything "permanently" does neither.
    """
    if named is None:
        return state.moved_to, None
    if named == state.moving_to and confirmed:
        return named, None
    return state.moved_to, named


def _mark(item_id: str) -> str:
    """Return a short stand-in for an id: a thousand feeds' worth of ids is otherwise most of the memory."""
    return hashlib.blake2b(item_id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _ends(marks: Sequence[str]) -> tuple[str, ...]:
    if len(marks) <= SEEN:
        return tuple(marks)
    return (*marks[: SEEN // 2], *marks[-SEEN // 2 :])
