"""A place's chronicle in, the reasons for its status out, as plain data: the wording is the views'.

Everything is derived anew, step by step, from the evidence itself; nothing here was written down when it was decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sitmon.assess.change import Change
from sitmon.assess.chronicle import Chronicle
from sitmon.assess.evidence import Evidence, Kind
from sitmon.assess.holding import Holding
from sitmon.assess.thresholds import Thresholds
from sitmon.model.picture import Status, Transition
from sitmon.model.terms import Basis, Holder, Pressure, Scope, SiteKind


@dataclass(frozen=True, slots=True)
class Weighed:
    """One piece of evidence and what it did."""

    report: str
    item: str
    source: str
    reliability: str
    known: datetime
    told: datetime
    day: date | None
    kind: Kind
    """gain, denial, pressure, or aside (it bears on nothing)."""
    gain: Holder
    """The side that it says has the place; of a denial, the side that it says has not."""
    basis: Basis
    site: SiteKind | None
    level: Pressure
    voice: str
    carrier: str
    weight: float
    firm: bool
    effect: str
    """counted, echo (its origin said so before), rumour (unknown account: moves nothing alone), denial, early_denial
    (nobody had claimed it yet), pressure; or why it was set aside: planned, hypothetical, historical, undated,
    background, no_holder."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent origin behind the present holder."""

    voice: str
    carriers: tuple[str, ...]
    basis: Basis
    firm: bool
    rumour: bool
    party: bool
    """Whether it is the winning side's own word."""
    told: datetime
    weight: float
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """Something that would confirm or settle the status."""

    kind: Literal["origins", "concession", "renunciation"]
    """origins: so many more independent third parties or witnesses; concession: a word of the losing side;
    renunciation: the winning side takes its claim back, which would undo it."""
    side: Holder | None
    """Whose word it would be; None where any third party's would do."""
    need: int = 1
    have: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known."""

    kind: Literal["no_reports", "no_site_reports", "no_statement", "no_third_party"]
    site: SiteKind | None = None
    side: Holder | None = None
    since: datetime | None = None
    """For a side: when it last said anything of the place."""


@dataclass(frozen=True, slots=True)
class Past:
    """One change of hands in the place's history, believed or not; of one far back, who told of it is in the log."""

    gain: Holder
    day: date
    basis: str
    """The basis, or "refuted", or "rumour"."""
    rule: str
    scope: Scope
    confidence: float
    origins: int
    reports: tuple[str, ...]
    denied_by: tuple[str, ...]
    also_clash: bool
    """Whether it was undone within a day, which makes it an armed clash as well."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a status is what it is."""

    status: Status
    history: tuple[Transition, ...]
    changes: tuple[Past, ...]
    evidence: tuple[Weighed, ...]
    """Newest first."""
    origins: tuple[Voice, ...]
    denials: tuple[str, ...]
    settles: tuple[Settling, ...]
    unknown: tuple[Gap, ...]
    sites: tuple[tuple[SiteKind, tuple[Past, ...]], ...] = ()
    earlier: int = 0
    """So many items told of the place before the oldest evidence that is listed; the log still holds them."""


def explain(
    chronicle: Chronicle, weighed: Sequence[Weighed], numbers: Thresholds, known_sites: tuple[SiteKind, ...] = ()
) -> Why:
    """Return the reasons for a place's status.

    `weighed` is what `chronicle.retracing` told of; `known_sites` are the sites that the gazetteer names there.
    Raises LetGoError.
    """
    hall = chronicle.holding
    change = hall.current
    return Why(
        status=chronicle.status(),
        history=tuple(chronicle.rows),
        changes=_history(hall),
        evidence=tuple(sorted(weighed, key=lambda w: (w.told, w.known, w.report), reverse=True)),
        origins=_voices(change) if change else (),
        denials=change.contradicted_by if change else (),
        settles=_settling(hall, numbers),
        unknown=_gaps(chronicle, known_sites, weighed),
        sites=tuple((site, _history(own)) for site, own in chronicle.sites.items()),
        earlier=chronicle.gone,
    )


def weighed(found: Evidence, did: str) -> Weighed:
    """Return a piece of evidence with what it did."""
    return Weighed(
        report=found.report,
        item=found.item,
        source=found.source,
        reliability=found.reliability,
        known=found.known,
        told=found.told,
        day=found.moment.day if found.moment else None,
        kind=found.kind,
        gain=found.gain,
        basis=found.basis,
        site=found.site,
        level=found.level,
        voice=found.origin.said,
        carrier=found.origin.by,
        weight=round(found.weight, 3),
        firm=found.firm,
        effect=did,
    )


def _history(hall: Holding) -> tuple[Past, ...]:
    found = []
    for n, change in enumerate(hall.changes):
        verdict, closed = change.verdict, change.closed is not None
        after = next((c for c in hall.changes[n + 1 :] if c.gain != change.gain and c.verdict.basis is not None), None)
        undone = after is not None and after.day - change.day <= hall.numbers.span("brief")
        found.append(
            Past(
                gain=change.gain,
                day=change.day,
                basis=verdict.basis or ("refuted" if change.standing() else "rumour"),
                rule=verdict.rule,
                scope="whole" if closed else change.scope,
                confidence=change.confidence,
                origins=0 if closed else change.origins,
                reports=() if closed else change.evidence,
                denied_by=change.contradicted_by,
                also_clash=verdict.basis is not None and undone,
            )
        )
    return tuple(found)


def _voices(change: Change) -> tuple[Voice, ...]:
    names: dict[int, Basis] = {1: "claimed", 2: "reported", 3: "witnessed", 4: "conceded"}
    return tuple(
        Voice(
            voice=root.said,
            carriers=tuple(sorted(root.by)),
            basis=names[root.rank],
            firm=root.firm,
            rumour=root.rumour,
            party=root.party,
            told=root.told,
            weight=round(root.weight, 3),
            reports=root.ids,
        )
        for root in sorted(change.roots.values(), key=lambda r: (-r.rank, r.told, r.ids))
    )


def _settling(hall: Holding, numbers: Thresholds) -> tuple[Settling, ...]:
    change = hall.current
    if change is None or change.verdict.basis in ("conceded", "confirmed"):
        return ()
    need = int(numbers.confirming_origins)
    loser: Holder = "government" if change.gain == "insurgent" else "insurgent"
    found = [Settling("concession", loser), Settling("origins", None, need, change.agreeing)]
    if change.verdict.mere:
        found.append(Settling("renunciation", change.gain))
    return tuple(found)


def _gaps(chronicle: Chronicle, known_sites: tuple[SiteKind, ...], weighed: Sequence[Weighed]) -> tuple[Gap, ...]:
    if not any(w.kind != "aside" for w in weighed):
        return (Gap("no_reports"),)
    found = []
    change = chronicle.holding.current
    if change is not None:
        loser: Holder = "government" if change.gain == "insurgent" else "insurgent"
        spoke = [w.told for w in weighed if w.basis in ("conceded", "denied") and w.kind != "aside"]
        told = change.first_told
        if told is not None and not any(t >= told for t in spoke):
            found.append(Gap("no_statement", side=loser, since=max(spoke, default=None)))
        if change.verdict.mere:
            found.append(Gap("no_third_party"))
    told_of = set(chronicle.sites)
    found += (Gap("no_site_reports", site=site) for site in known_sites if site not in told_of)
    return tuple(found)
