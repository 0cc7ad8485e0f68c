"""`sitmon status`: the board, as a table or as data."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TextIO

from sitmon.area import Area
from sitmon.assess.fold import fold
from sitmon.bootstrap_sources import watched
from sitmon.classify.text import fold as folded
from sitmon.commands.session import Session, now
from sitmon.commands.stored import log_of
from sitmon.config import Config
from sitmon.errors import UsageError, nearest
from sitmon.model.picture import Picture, Status
from sitmon.model.source import PollState
from sitmon.views import board, hearing
from sitmon.views.export import geojson, jsonl, tables

Format = Literal["table", "jsonl", "csv", "geojson"]


def run(
    session: Session,
    settings: Config,
    area: Area,
    out: TextIO,
    *,
    form: Format = "table",
    place: str | None = None,
    everything: bool = False,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> int:
    """Print the status of the capitals, of one place, or of everything that has one.

    The table has what changed last first, then goes by name; data goes by code.
    """
    picture = read_picture(session, settings, area, as_of=as_of, known_at=known_at)
    statuses = select(picture, area, place=place, everything=everything)
    if form == "jsonl":
        for status in statuses:
            out.write(jsonl.line(jsonl.status_of(status)) + "\n")
    elif form == "csv":
        out.writelines(tables.statuses(statuses))
    elif form == "geojson":
        out.writelines(
            geojson.document(geojson.feature(jsonl.status_of(s), s.place.code, s.place.code, area) for s in statuses)
        )
    else:
        statuses.sort(key=lambda s: s.place.name.casefold())
        statuses.sort(key=lambda s: s.known_since.timestamp() if s.known_since else 0.0, reverse=True)
        out.write(f"{board.table(statuses, area, picture.now)}\n\n{board.legend(area)}\n")
    if as_of is None and known_at is None and (heard := hearing.sentence(polls_of(session, settings, area), now())):
        if form == "table":
            out.write(f"\n{heard}\n")
        else:
            session.say(heard)
    out.flush()
    return 0


def read_picture(
    session: Session, settings: Config, area: Area, *, as_of: datetime | None, known_at: datetime | None
) -> Picture:
    """Fold the log into the picture of a moment, at the two clocks. Raises StoreError where there is no log."""
    with log_of(session, settings) as log:
        entries = list(log.entries(with_reports=True, known_at=known_at))
        marks = log.marks()
        replayed = log.fact("clock")
    at = known_at or as_of or (datetime.fromisoformat(replayed) if replayed else now())
    return fold(area, entries, now=at, as_of=as_of, known_at=known_at, marks=marks)


def polls_of(session: Session, settings: Config, area: Area) -> tuple[PollState, ...]:
    """Return what the pollers remember of the sources that are watched; of all, where the store is another desk's."""
    with log_of(session, settings) as log:
        polls = log.poll_states()
    names = {source.name for source in watched(settings, area)}
    return tuple(p for p in polls if p.source in names) or polls


def select(picture: Picture, area: Area, *, place: str | None, everything: bool) -> list[Status]:
    """Return the statuses asked for. Raises UsageError for a place that the area lacks."""
    capitals = [p.code for p in area.capitals]
    if place is not None:
        codes = codes_of(place, area)
        return [picture.statuses[c] for c in codes if c in picture.statuses]
    rest = sorted(c for c in picture.statuses if c not in set(capitals)) if everything else []
    return [picture.statuses[c] for c in [*capitals, *rest] if c in picture.statuses]


def codes_of(word: str, area: Area) -> list[str]:
    """Return the codes that a code, a name or any spelling means; of a province, its capital's too.

    Raises UsageError.
    """
    wanted = folded(word.strip())
    codes = [p.code for p in area.places.values() if wanted in (folded(p.code), folded(p.name))]
    if not codes:
        codes = [a.code for a in area.aliases if folded(a.text) == wanted]
    if not codes:
        codes = [p.code for p in area.places.values() if any(folded(name) == wanted for _, name in p.names)]
    if not codes:
        names = {folded(p.name): p.name for p in area.places.values()} | {
            folded(p.code): p.code for p in area.places.values()
        }
        close = nearest(wanted, names)
        hint = f" (did you mean {names[close]!r}?)" if close else ""
        raise UsageError(f"{word!r} is no place of {area.id}{hint}")
    provinces = {c for c in codes if area.places[c].kind == "province"}
    capitals = [p.code for p in area.capitals if p.province in provinces]
    order = ("city", "province", "district", "site")
    rest = sorted(codes, key=lambda c: order.index(area.places[c].kind))
    return list(dict.fromkeys([*capitals, *rest]))
