"""A transition or a report in, an alert's title and reason out, in plain neutral words."""

from __future__ import annotations

from typing import Final

from sitmon.area import Area
from sitmon.model.entry import Entry
from sitmon.model.picture import Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.report import Report
from sitmon.model.terms import SITE_WORDS, Holder, Pressure, SiteKind, StatusBasis

_PRESSURE: Final[dict[Pressure, str]] = {
    "none": "no fighting told of",
    "fighting_near": "fighting near the city",
    "surrounded": "surrounded",
    "fighting_inside": "fighting inside the city",
}
_EVENTS: Final[dict[str, str]] = {
    "captured": "capture",
    "retaken": "recapture",
    "handed_over": "handed over",
    "excessive_force": "force against protesters",
    "protest_intervention": "protest, broken up",
    "mob_violence": "mob violence",
    "chemical_weapon": "chemical weapon",
    "air_strike": "air strike",
    "suicide_bombing": "suicide bombing",
    "grenade": "grenade attack",
    "sexual_violence": "sexual violence",
    "change_to_group": "change in an armed group",
    "weapons_seized": "weapons seized",
    "base_established": "base established",
    "other": "incident",
}
_BATTLE: Final = frozenset({"clash", "shelling", "air_strike"})
_TAGS: Final[dict[str, str]] = {
    "assassination": "assassination",
    "killed_leader": "leader killed",
    "prison_break": "prison break",
}


class Wording:
    """Words alerts for one area."""

    def __init__(self, area: Area) -> None:
        self._sides = area.sides
        self._words = area.words

    def side(self, holder: Holder) -> str:
        """Return what the area calls the side of a holder ("Taliban")."""
        if holder == "government" or holder == "insurgent":
            return self._sides.get(holder, holder)
        return holder

    def status_title(self, status: Status, row: Transition, also: tuple[SiteKind, ...] = ()) -> str:
        """Return the title of a change of status; `also` are further sites that changed with this one."""
        place = _subject(row.place, row.site, *also)
        if row.to_holder == "contested":
            return f"{place}: contested, fighting inside after a claim"
        if row.to_basis == "override":
            return f"{place}: set to {self._words.get(row.to_holder, row.to_holder)} by the desk"
        if row.to_basis == "retracted" or row.rule == "retraction":
            return f"{place}: what stood here was withdrawn, now {self._held(row.to_holder)}"
        if row.to_basis == "assumed" or _fell_back(status, row):
            return f"{place}: claim refuted, {self._held(row.to_holder)}"
        what = "capture" if row.to_holder == "insurgent" else "recapture"
        return f"{place}: {what} {self._on(row.to_basis, row.to_holder, row.origins)}"

    def _held(self, holder: Holder) -> str:
        return "who holds it is unknown" if holder == "unknown" else f"held by {self.side(holder)}"

    def _on(self, basis: StatusBasis, holder: Holder, origins: int) -> str:
        match basis:
            case "claimed":
                return f"claimed by {self.side(holder)}"
            case "conceded":
                return "conceded by the losing side"
            case "confirmed":
                return f"confirmed by {origins} independent origins"
            case "witnessed":
                return "reported by a witness"
            case _:
                return basis

    def status_reason(self, row: Transition, entry: Entry) -> str:
        """Return why a status changed: the rule, who says so, and what stood before."""
        parts = [f"rule {row.rule}"]
        told = [r for r in entry.verdict.reports if r.id in row.evidence]
        if row.rule == "independent_origins" and row.origins > 1:
            parts.append(
                f"{row.origins} independent origins say so, {self.voice(told[0], entry)} the latest" if told else ""
            )
        elif row.rule == "retraction":
            parts.append(f"{entry.item.source} withdrew or corrected what it rested on")
        elif told:
            chosen = next((r for r in told if r.basis == row.to_basis), told[0])
            verb = "denies it" if row.to_basis == "disputed" else "says so"
            parts.append(f"{self.voice(chosen, entry)} {verb}")
        was = f"was {row.from_basis}" if row.from_holder == row.to_holder else f"was {self._before(row)}"
        return "; ".join((": ".join(p for p in parts if p), was))

    def _before(self, row: Transition) -> str:
        return f"{self.side(row.from_holder)}, {row.from_basis}"

    def pressure_title(self, row: Transition) -> str:
        """Return the title of a change of pressure."""
        return f"{row.place.name}: {_PRESSURE[row.to_pressure]}"

    def pressure_reason(self, row: Transition, entry: Entry) -> str:
        """Return why the pressure changed."""
        told = [r for r in entry.verdict.reports if r.id in row.evidence]
        fights = [r for r in told if r.event_type in _BATTLE or "siege" in r.tags]
        who = f"{self.voice((fights or told)[0], entry)} says so; " if told else ""
        return f"rule pressure: {who}was {row.from_pressure.replace('_', ' ')}"

    def event_title(self, report: Report, *, least: int | None, most: int | None) -> str:
        """Return the title of an event of which `least` to `most` were killed, by all who count."""
        assert report.place is not None
        what = next((_TAGS[t] for t in report.tags if t in _TAGS), None)
        what = what or _EVENTS.get(report.event_type, report.event_type.replace("_", " "))
        spread = f"{least} to {most}" if least and most and least < most else most or least
        toll = f", {spread} killed" if spread else ""
        return f"{_subject(report.place, report.site)}: {what}{toll}"

    def event_reason(self, report: Report, entry: Entry, why: str) -> str:
        """Return why an event was raised: the rule that asks for it, and who says so."""
        return f"{why}: {self.voice(report, entry)} says so"

    def voice(self, report: Report, entry: Entry) -> str:
        """Return who says so, with side and carrier: "Amruddin Wali (Afghan government side), by AFP"."""
        carrier = report.agency or entry.agency or entry.item.source
        if not report.speaker:
            side = report.source_side
            if side in ("government", "insurgent"):
                return f"{self.side(side)}, by {carrier}"
            return carrier
        side = report.source_side
        beside = f" ({self._sides.get(side, side)} side)" if side in ("government", "insurgent") else ""
        return f"{report.speaker}{beside}, by {carrier}"


def _fell_back(status: Status, row: Transition) -> bool:
    return row.moves and row.rule in ("against_interest", "independent_origins") and status.rule == "baseline"


def _subject(place: PlaceRef, *sites: SiteKind | None) -> str:
    names = [SITE_WORDS[site] for site in sites if site is not None]
    if not names:
        return place.name
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    return f"{place.name} {listed}"
