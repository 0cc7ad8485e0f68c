"""An entry in, evidence per place out: what each of its reports says for, or against, or beside who holds what.

It must not decide who is believed: that is the holding's. It does decide what cannot bear on a status at all, and says
why: what is planned, hypothetical or historical; what is undated; what was told as background long after it happened.

How a report is read:
- an event of territory (`captured`, `retaken`, `handed_over`) that is actual or hedged is a **gain** of the side that
  holds the place if it is true; where it takes only a part of the place or its outskirts, it is **pressure** instead,
  and in the mouth of the losing side it also denies that the whole was lost ("only parts of the city");
- at a site, any report that names a holder is a gain of that holder ("the airport is with the army");
- a report that is negated, or whose basis is `denied`, is a **denial** of the gain;
- clashes, shelling, air strikes, sieges raise the **pressure**; without a scope a clash in a city is inside it, but an
  attack in the attacker's own words is near until somebody says inside; one in a district or province is near.
An item graded F by a voice that nobody can place is a **rumour** (`sitmon.model.credit`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from sitmon.area import Area
from sitmon.assess import moments
from sitmon.assess.moments import Moment
from sitmon.assess.origins import Origin, Voices, sketch
from sitmon.assess.thresholds import Thresholds
from sitmon.model.credit import is_rumour
from sitmon.model.entry import Entry
from sitmon.model.place import PlaceRef
from sitmon.model.report import Report
from sitmon.model.terms import MOVING, OPPOSITE, TERRITORY, Basis, Holder, Pressure, Scope, SiteKind

Kind = Literal["gain", "denial", "pressure", "aside"]
Aside = Literal["planned", "hypothetical", "historical", "negated", "undated", "background", "no_holder"]

LEVELS: Final[tuple[Pressure, ...]] = ("none", "fighting_near", "surrounded", "fighting_inside")
_BATTLE: Final = frozenset({"clash", "shelling", "air_strike"})
_INNER_SITES: Final = frozenset({"governor_office", "police_hq", "prison", "nds_office", "media_office"})
_PARTS: Final[frozenset[Scope]] = frozenset({"part", "outskirts"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one report says about one place (or one site of it)."""

    kind: Kind
    report: str
    item: str
    known: datetime
    place: PlaceRef
    site: SiteKind | None
    moment: Moment | None
    """None only where `aside` is "undated"."""
    gain: Holder
    """The side that holds the place if it is true; of a denial, the side whose gain is denied."""
    basis: Basis
    origin: Origin
    weight: float
    """What one such word is worth, 0..1: basis x reliability x modality x the classifier's own confidence."""
    firm: bool
    """False where it is hedged."""
    rumour: bool
    scope: Scope | None
    level: Pressure
    sketch: bytes
    aside: Aside | None
    source: str
    reliability: str
    beside: Holder | None = None
    """Of fighting: the side whose gain of the place the same item tells of."""

    @property
    def told(self) -> datetime:
        """When it was said: publication, else when the desk could know it."""
        return self.moment.told if self.moment else self.known


class Reader:
    """Reads entries for one area. Built once; keeps nothing of what it reads but one copy of each place."""

    def __init__(self, area: Area, thresholds: Thresholds) -> None:
        self._places = area.places
        self._actors = area.actors
        self._voices = Voices(area)
        self._numbers = thresholds
        self._zone = moments.zone(area.timezone)
        self._refs: dict[str, PlaceRef] = {}

    def read(self, entry: Entry) -> tuple[Evidence, ...]:
        """Return the evidence in an entry, in the order of its reports."""
        found: list[Evidence] = []
        copies: bytes | None = None
        for report in entry.verdict.reports:
            if report.place is None:
                continue
            bits = tuple(self._bear(entry, report))
            if copies is None and any(b.aside is None for b in bits):
                copies = sketch(entry.item.body)
            found += (replace(b, sketch=copies) if copies and b.aside is None else b for b in bits)
        gains = {b.place.code: b.gain for b in found if b.kind == "gain" and b.site is None}
        cited = {b.place.code: b.origin.role for b in found if b.origin.role}
        return tuple(_beside(b, gains, cited) for b in found)

    def _bear(self, entry: Entry, report: Report) -> Iterator[Evidence]:
        place, site = self.where(report)
        territory = report.event_type in TERRITORY or (site is not None and report.holder in OPPOSITE)
        denied = report.modality == "negated" or report.basis == "denied"
        level = self._level(report, place, site)
        if not territory and (level == "none" or denied):
            return
        base = self._base(entry, report, place, site)
        aside = self._aside(entry, report, base.moment, denied=denied)
        if aside is None and territory and base.gain not in OPPOSITE:
            aside = "no_holder"
        if aside is not None:
            yield replace(base, kind="aside", aside=aside)
            return
        part = territory and report.scope in _PARTS
        if denied:
            yield replace(base, kind="denial")
        elif territory and (not part or site is not None):
            yield replace(base, kind="gain")
        elif part and base.origin.party == OPPOSITE[base.gain]:
            yield replace(base, kind="denial")
        if level != "none" and not denied:
            yield self._pressing(base, level)

    def _pressing(self, base: Evidence, level: Pressure) -> Evidence:
        """Return the pressure that a report tells of; fighting that was over long before presses no more."""
        fight = replace(base, kind="pressure", level=level, site=None)
        if base.moment is not None and base.moment.told - base.moment.done > self._numbers.span("pressure"):
            return replace(fight, kind="aside", aside="background")
        return fight

    def _base(self, entry: Entry, report: Report, place: PlaceRef, site: SiteKind | None) -> Evidence:
        item = entry.item
        origin = self.origin(entry, report)
        gain = self._gain(report)
        basis = report.basis or _basis(report, gain)
        rumour = is_rumour(entry, report)
        hedged = report.modality == "hedged"
        if hedged and basis == "conceded":
            basis = "reported"  # "reportedly" is no admission
        numbers = self._numbers
        weight = numbers.weight("reported" if basis == "denied" else basis)
        weight *= numbers.factor_rumour if rumour else numbers.grade(item.reliability)
        weight *= (numbers.factor_hedged if hedged else 1.0) * (0.5 + 0.5 * min(1.0, max(0.0, report.confidence)))
        return Evidence(
            kind="aside",
            report=report.id,
            item=item.id,
            known=entry.known,
            place=place,
            site=site,
            moment=self.moment(entry, report),
            gain=gain,
            basis=basis,
            origin=origin,
            weight=weight,
            firm=not hedged,
            rumour=rumour,
            scope=report.scope,
            level="none",
            sketch=b"",
            aside=None,
            source=item.source,
            reliability=item.reliability,
        )

    def where(self, report: Report) -> tuple[PlaceRef, SiteKind | None]:
        """Return the place that the report bears on; of a named site, the place that it belongs to and its kind."""
        place = report.place
        assert place is not None
        site = report.site
        if place.kind == "site":
            row = self._places.get(place.code)
            parent = self._places.get(row.parent) if row and row.parent else None
            if row is not None and parent is not None:
                place, site = PlaceRef(parent.code, parent.name, parent.kind, parent.province), site or row.site
        known = self._refs.setdefault(place.code, place)
        return (known if known == place else place), site

    def moment(self, entry: Entry, report: Report) -> Moment | None:
        """Return when a report's event happened and was told; None where nothing is dated.

        A headline seldom says when: what the same item says below of the same event at the same place dates it too.
        """
        dated = report
        if report.event_time is None:
            same = (r for r in entry.verdict.reports if r.event_time and _same_event(r, report))
            dated = next(same, report)
        return moments.read(dated.event_time, entry.item.published, entry.known, self._zone, dated.time_precision)

    def origin(self, entry: Entry, report: Report) -> Origin:
        """Return the root of a report."""
        return self._voices.origin(entry, report)

    def _gain(self, report: Report) -> Holder:
        denied = report.modality == "negated" or report.basis == "denied"
        if report.holder is not None and report.holder in OPPOSITE and not (denied and report.event_type in TERRITORY):
            return report.holder
        if report.event_type == "captured":
            return "insurgent"
        if report.event_type == "retaken":
            return "government"
        actor = self._actors.get(report.actor or "")
        if actor is not None and actor.side in OPPOSITE and report.event_type == "handed_over" and not denied:
            return "insurgent" if actor.side == "insurgent" else "government"
        if report.event_type == "handed_over" and denied and report.source_side in OPPOSITE:
            return "insurgent" if report.source_side == "government" else "government"
        return "unknown"

    def _aside(self, entry: Entry, report: Report, moment: Moment | None, *, denied: bool) -> Aside | None:
        if not denied and report.modality not in MOVING:
            if report.modality == "planned":
                return "planned"
            if report.modality == "hypothetical":
                return "hypothetical"
            return "historical"
        if moment is None:
            return "undated"
        if moment.told - moment.done > self._numbers.span("background"):
            return "background"
        return None

    def _level(self, report: Report, place: PlaceRef, site: SiteKind | None) -> Pressure:
        """Return the pressure on the place that the report speaks of."""
        if report.modality not in MOVING:
            return "none"
        if report.holder == "contested":
            return "fighting_inside"
        if "siege" in report.tags:
            return "fighting_near" if report.scope == "outskirts" else "surrounded"
        if report.event_type not in _BATTLE and report.event_type not in TERRITORY:
            return "none"
        if site is not None:
            inner = site in _INNER_SITES
            return "fighting_inside" if inner and report.event_type != "handed_over" else "fighting_near"
        if report.event_type in TERRITORY:
            if report.scope == "outskirts":
                return "fighting_near"
            return "fighting_inside" if report.scope == "part" else "none"
        if report.scope == "outskirts":
            return "fighting_near"
        if report.event_type == "air_strike":
            return "fighting_inside" if report.scope is not None else "fighting_near"
        inside = report.scope is not None or (place.kind == "city" and report.basis != "claimed")
        return "fighting_inside" if inside else "fighting_near"


def _beside(one: Evidence, gains: Mapping[str, Holder], cited: Mapping[str, str]) -> Evidence:
    """Return a piece of evidence with what its item tells beside it of the same place.

    Fighting stands beside a gain; what a carrier says on its own word of a place, where it cites an official of it
    without a name, sums up that official.
    """
    code = one.place.code
    if one.kind == "pressure" and code in gains:
        return replace(one, beside=gains[code])
    if one.kind == "gain" and not one.origin.voice and code in cited:
        return replace(one, origin=replace(one.origin, role=cited[code]))
    return one


def _same_event(one: Report, other: Report) -> bool:
    return one.event_type == other.event_type and one.place == other.place and one.modality in MOVING


def _basis(report: Report, gain: Holder) -> Basis:
    """Return what the speaker's side makes of the claim where the classifier gives no basis."""
    if report.modality == "negated":
        return "denied"
    if report.source_side is not None and report.source_side == gain:
        return "claimed"
    if report.source_side is not None and report.source_side == OPPOSITE.get(gain):
        return "conceded"
    return "witnessed" if report.source_side == "civilian" else "reported"
