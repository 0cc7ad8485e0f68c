"""`sitmon sources`: which sources there are, and how each does when it is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TextIO

from sitmon.bootstrap_polling import fetcher
from sitmon.bootstrap_sources import watched
from sitmon.commands import records
from sitmon.commands.ready import ready
from sitmon.commands.session import Session, now
from sitmon.commands.stored import log_of
from sitmon.config import Config
from sitmon.errors import ExitCode, StoreError
from sitmon.ingest.poller import Polled, Poller
from sitmon.ingest.targets import without_secrets
from sitmon.model.source import PollState, Source, SourceHealth
from sitmon.views import reasons
from sitmon.views.export import jsonl
from sitmon.views.wording import count
from sitmon.worker import Digest, Worker

USABLE = frozenset({"ok", "unchanged", "slow", "stale", "gap"})


def list_all(session: Session, out: TextIO, *, of_area: bool, form: str) -> int:
    """Print the sources with grade, side and what the log last knew of their health."""
    settings = session.config()
    area = session.load_area(settings)
    sources = area.sources if of_area else watched(settings, area)
    states = _states(session, sources)
    speakers, told = records.read(session, settings, area)
    for source in sources:
        state = states.get(source.name)
        record = {
            "name": source.name,
            "location": without_secrets(source.location),
            "reliability": source.reliability,
            "side": source.side,
            "agency": source.agency,
            "interval_s": int(source.interval.total_seconds()),
            "health": state.health if state else None,
            "reason": state.reason if state else None,
            "last_success": jsonl.time_of(state.last_success) if state else None,
            "next_poll": jsonl.time_of(state.next_poll) if state else None,
            "record": jsonl.record_of(told[source.name]) if source.name in told else None,
        }
        if form == "jsonl":
            out.write(jsonl.line(record) + "\n")
            continue
        seen = "not asked yet"
        if state:
            seen = f"{state.health}, last answer {jsonl.time_of(state.last_success) or 'never'}"
            seen += f", next {jsonl.time_of(state.next_poll)}" if state.next_poll else ""
        grade = f"grade {source.reliability}, {source.side or 'no side'}"
        out.write(f"{source.name:<32} {grade:<23} {seen:<66} {without_secrets(source.location)}\n")
        if state and state.reason:
            out.write(f"{'':<32} {state.reason}\n")
        if source.name in told:
            out.write(f"{'':<32} changes of hands that it told of: {reasons.record(told[source.name])}\n")
    if form != "jsonl":
        out.writelines(f"{line}\n" for line in records.speaker_lines(speakers))
    if not sources:
        session.say(
            "no source is named: `sitmon sources add URL` adds one, "
            "`area_sources = true` in the config the area's own feeds (sitmon sources list --area)"
        )
    return ExitCode.FINE


def _states(session: Session, sources: Sequence[Source]) -> dict[str, PollState]:
    try:
        with log_of(session, session.config()) as log:
            return {s.name: state for s in sources if (state := log.load(s.name))}
    except StoreError:  # nothing stored yet: then there is no health to tell, and that is what is told
        return {}


class _Forgetful:
    """A doctor's visit leaves nothing behind: the next real poll is not spoilt by it."""

    async def load(self) -> dict[str, PollState]:
        return {}

    async def save(self, state: PollState) -> None:
        return None


def check(session: Session, out: TextIO) -> int:
    """Ask every source once, without the stored validators, and print what it is and gives."""
    settings, _, sources = ready(session)

    def note(polled: Polled[Digest]) -> None:
        out.write(report(polled) + "\n")
        out.flush()

    found = visit(session, settings, sources, note)
    bad = sorted(name for name, polled in found.items() if polled.health.health not in USABLE)
    session.say(
        f"{count(len(sources), 'source')} asked, {len(sources) - len(bad)} usable"
        + (f"; not: {', '.join(bad)}" if bad else "")
    )
    return ExitCode.FAILED if bad else ExitCode.FINE


def visit(
    session: Session,
    settings: Config,
    sources: Sequence[Source],
    note: Callable[[Polled[Digest]], None] = lambda polled: None,
) -> dict[str, Polled[Digest]]:
    """Ask every source once and remember nothing of it; return by name what each gave, `note`d as it comes."""
    found: dict[str, Polled[Digest]] = {}

    async def deliver(polled: Polled[Digest]) -> None:
        found[polled.source.name] = polled
        note(polled)

    async def ask() -> None:
        async with (
            Worker(session.area_folder(settings)) as worker,
            fetcher(settings) as fetches,
            asyncio.TaskGroup() as tasks,
        ):
            poller: Poller[Digest] = Poller(
                sources,
                fetcher=fetches,
                memory=_Forgetful(),
                parse=worker.digest,
                read=worker.read,
                deliver=deliver,
                once=True,
                concurrency=settings.concurrency,
            )
            await poller.start(tasks)

    asyncio.run(ask())
    return found


def report(polled: Polled[Digest]) -> str:
    """Return what a visit to a source found, on one line: health, reason, items, newest item, languages."""
    health: SourceHealth = polled.health
    parts = [f"{polled.source.name}: {health.health}"]
    if health.reason:
        parts.append(health.reason)
    if polled.news is not None:
        items = polled.news.parsed.items
        dates = [i.published for i in items if i.published]
        parts.append(count(len(items), "item"))
        if dates:
            parts.append(f"newest {jsonl.time_of(max(dates))}")
        undated = len(items) - len(dates)
        if undated:
            parts.append(f"{undated} without a date (they raise no alerts)")
        future = sum(d > now() for d in dates)
        if future:
            parts.append(f"{future} dated in the future")
        languages = sorted({v.lang for v in polled.news.verdicts})
        if languages:
            parts.append(f"languages {', '.join(languages)}")
        parts.append(count(sum(len(v.reports) for v in polled.news.verdicts), "report"))
        if polled.news.parsed.failures:
            parts.append(f"{count(len(polled.news.parsed.failures), 'item')} could not be read")
    return "; ".join(parts)
