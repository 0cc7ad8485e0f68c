"""Everything that was claimed in, each speaker's record out: how often it was borne out, how often not, and how fast.

A claim is a speaker's own side's win (or a source's carrying of it) at one place and time; said again it is the same.
It is `conceded` when the losing side admits it, `confirmed` when independent origins agree, `denied` when a denial
stands or has refuted it, and open until one of these comes. A denial is `upheld` when the claim fell, `refuted` when it
was borne out. It must not weigh anything: a record is shown to an officer, and changes no status by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from sitmon.assess.change import Change
from sitmon.assess.evidence import Evidence
from sitmon.model.terms import Side

Outcome = Literal["conceded", "confirmed", "denied", "open"]


@dataclass(frozen=True, slots=True)
class Record:
    """What became of what one speaker, or one source, said."""

    name: str
    """As it was written most often."""
    side: Side | None
    claims: int
    conceded: int
    confirmed: int
    denied: int
    open: int
    after: timedelta | None
    """The median time from a claim to the word that bore it out; None where none was."""
    denials: int = 0
    upheld: int = 0
    refuted: int = 0
    spellings: tuple[str, ...] = ()
    """Every way in which the name was written."""


@dataclass(slots=True)
class _Tally:
    names: Counter[str]
    side: Side | None
    outcomes: list[Outcome] = field(default_factory=list)
    lags: list[timedelta] = field(default_factory=list)
    denials: list[bool | None] = field(default_factory=list)
    """True where upheld, False where refuted."""


def of_speakers(changes: Iterable[Change]) -> tuple[Record, ...]:
    """Return the record of everybody who claimed or denied that a place changed hands; most claims first."""
    return _records(changes, lambda e: (e.origin.voice, e.origin.said) if e.origin.voice else None, claims_only=True)


def of_sources(changes: Iterable[Change]) -> tuple[Record, ...]:
    """Return the record of every source that carried word of a change of hands, on whatever basis."""
    return _records(changes, lambda e: (e.source, e.source), claims_only=False)


def _records(
    changes: Iterable[Change], name_of: Callable[[Evidence], tuple[str, str] | None], *, claims_only: bool
) -> tuple[Record, ...]:
    tallies: dict[str, _Tally] = {}
    for change in changes:
        said: dict[str, Evidence] = {}
        spelled: dict[str, Counter[str]] = {}
        for found, _ in change.members:
            name = name_of(found)
            if name is None or found.rumour or (claims_only and found.basis != "claimed"):
                continue
            spelled.setdefault(name[0], Counter())[name[1]] += 1
            if name[0] not in said or found.told < said[name[0]].told:
                said[name[0]] = found
        for key, first in said.items():
            side = first.origin.party if claims_only else None
            tally = tallies.setdefault(key, _Tally(Counter(), _side(side)))
            tally.names.update(spelled[key])
            outcome, when = _outcome(change)
            tally.outcomes.append(outcome)
            if when is not None and outcome in ("conceded", "confirmed") and first.basis != "conceded":
                tally.lags.append(max(timedelta(0), when - first.told))
        if claims_only:
            _deny(change, tallies)
    found_records = [_record(t) for t in tallies.values()]
    return tuple(sorted(found_records, key=lambda r: (-(r.claims + r.denials), r.name)))


def _side(party: str | None) -> Side | None:
    return "government" if party == "government" else "insurgent" if party == "insurgent" else None


def _deny(change: Change, tallies: dict[str, _Tally]) -> None:
    """Count each denial of the change for who made it."""
    outcome, _ = _outcome(change)
    for denier in change.standing():
        if not denier.voice:
            continue
        side: Side | None = None
        if denier.kind == "loser":
            side = "government" if change.gain == "insurgent" else "insurgent"
        tally = tallies.setdefault(denier.voice, _Tally(Counter((denier.said or denier.voice,)), side))
        fell = change.verdict.basis is None
        tally.denials.append(True if fell else False if outcome in ("conceded", "confirmed") else None)


def _outcome(change: Change) -> tuple[Outcome, datetime | None]:
    """Return what became of a change, and when the word came that decided it."""
    roots = [r for r in change.roots.values() if not r.rumour]
    admitted = [e.told for e, _ in change.members if e.basis == "conceded" and not e.rumour]
    if admitted:
        return "conceded", min(admitted)
    if change.verdict.basis == "confirmed":
        third = sorted(r.third for r in roots if r.third is not None)
        need = int(change.numbers.confirming_origins)
        return "confirmed", third[need - 1] if len(third) >= need else None
    if change.standing():
        return "denied", min(d.told for d in change.standing())
    return "open", None


def _record(tally: _Tally) -> Record:
    counts = {name: tally.outcomes.count(name) for name in ("conceded", "confirmed", "denied", "open")}
    seconds = [lag.total_seconds() for lag in tally.lags]
    return Record(
        name=min(tally.names, key=lambda n: (-tally.names[n], n)),
        side=tally.side,
        claims=len(tally.outcomes),
        conceded=counts["conceded"],
        confirmed=counts["confirmed"],
        denied=counts["denied"],
        open=counts["open"],
        after=timedelta(seconds=median(seconds)) if seconds else None,
        denials=len(tally.denials),
        upheld=tally.denials.count(True),
        refuted=tally.denials.count(False),
        spellings=tuple(sorted(tally.names)),
    )
