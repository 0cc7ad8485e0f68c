"""A transition or a report in, an alert's title and reason out, in plain neutral words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sitmon.area import Area
from sitmon.model.entry import Entry
from sitmon.model.incident import Toll
from sitmon.model.picture import Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.report import Report
from sitmon.model.terms import RULE_WORDS, SITE_WORDS, Holder, Pressure, SiteKind, StatusBasis, happening

_PRESSURE: Final[dict[Pressure, str]] = {
    "none": "no fighting told of",
    "fighting_near": "fighting near the city",
    "surrounded": "surrounded",
    "fighting_inside": "fighting inside the city",
}
_PARTIES: Final = frozenset({"government", "insurgent", "foreign"})
"""The sides of the war: each counts the other's dead."""
_OF_ONE: Final = frozenset({"assassination", "killed_leader"})
_BATTLE: Final = frozenset({"clash", "shelling", "air_strike"})
_ON_ITS_WORD: Final[dict[StatusBasis, str]] = {
    "claimed": RULE_WORDS["claim"],
    "conceded": RULE_WORDS["against_interest"],
    "reported": "one third party says so",
    "witnessed": "a witness says so",
    "disputed": RULE_WORDS["denial"],
}
"""Why a site is held as it is."""


class Wording:
    """Words alerts for one area."""

    def __init__(self, area: Area) -> None:
        self._sides = area.sides
        self._words = area.words
        self._places = area.places
        self._actors = area.actors

    def side(self, holder: Holder) -> str:
        """Return what the area calls the side of a holder ("Taliban")."""
        if holder == "government" or holder == "insurgent":
            return self._sides.get(holder, holder)
        return holder

    def place(self, place: PlaceRef) -> str:
        """Return a place by its full name: a province, or a district, may share its name with a city."""
        if place.kind == "province":
            return f"{place.name} province"
        if place.kind == "district":
            province = self._places.get(place.province)
            return f"{place.name} district{f' of {province.name}' if province else ''}"
        return place.name

    def places(self, codes: Iterable[str]) -> str:
        """Return several places in a row ("Herat, Ghazni and Zabul")."""
        return _row([self._places[c].name for c in codes if c in self._places])

    def status_title(self, status: Status, row: Transition, also: tuple[SiteKind, ...] = ()) -> str:
        """Return the title of a change of status; `also` are further sites that changed with this one."""
        place = self._subject(row.place, row.site, *also)
        if row.site is None and status.scope in ("part", "outskirts") and row.to_basis != "override":
            place += ", part of it" if status.scope == "part" else ", its outskirts"
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
        told = [r for r in entry.verdict.reports if r.id in row.evidence]
        chosen = next((r for r in told if r.basis == row.to_basis), told[0] if told else None)
        who = self.voice(chosen, entry) if chosen is not None else ""
        if row.rule == "retraction":
            who = f"{entry.item.source} withdrew or corrected what it rested on"
        was = f"was {row.from_basis}" if row.from_holder == row.to_holder else f"was {self._before(row)}"
        return "; ".join((": ".join(part for part in (_rule(row, chosen), who) if part), was))

    def _before(self, row: Transition) -> str:
        return f"{self.side(row.from_holder)}, {row.from_basis}"

    def pressure_title(self, row: Transition) -> str:
        """Return the title of a change of pressure."""
        return f"{row.place.name}: {_PRESSURE[row.to_pressure]}"

    def pressure_reason(self, row: Transition, entry: Entry) -> str:
        """Return why the pressure changed."""
        told = [r for r in entry.verdict.reports if r.id in row.evidence]
        fights = [r for r in told if r.event_type in _BATTLE or "siege" in r.tags]
        who = f"told by {self.voice((fights or told)[0], entry)}" if told else "told by nobody any more"
        return f"{who}; before: {_PRESSURE[row.from_pressure]}"

    def event_title(
        self, report: Report, *, least: int | None, most: int | None, places: Sequence[str] = (), claimants: int = 1
    ) -> str:
        """Return the title of an event of which `least` to `most` were killed, by the counts of `claimants`.

        `places` are the codes of all the places that are told of together, where they are several: a count is of all
        of them, and what is told without one has happened at each of them.
        """
        what = happening(report.event_type, report.tags)
        site = report.site if "prison_break" not in report.tags else None  # a prison break is nowhere else
        subject = self._subject(report.place, site) if report.place is not None else ""
        toll = self._toll(report, least, most, len(places) > 1, claimants)
        if (toll and len(places) > 1) or not subject:
            subject = self.places(places)
        return f"{subject}: {what}{toll}"

    def _toll(self, report: Report, least: int | None, most: int | None, in_all: bool, claimants: int) -> str:
        """Return how many were killed, and by whose count where one party to the war counts the other's dead."""
        if not (most or least) or (most == 1 and _OF_ONE.intersection(report.tags)):
            return ""
        if least and most and least < most:
            return f", {least} to {most} killed, the counts differ"
        number = f", {most or least} killed{' in all' if in_all else ''}"
        side, target = report.source_side, self._actors.get(report.target or "")
        if claimants > 1 or side is None or side not in _PARTIES:
            return number
        by = f" by the count of {_the(self._sides.get(side, side))}"
        if target is not None and target.side in _PARTIES and target.side != side:
            return f"{number} on the {self._sides.get(target.side, target.side)} side{by}"
        return f"{number}{by}" if report.event_type in _BATTLE else number

    def event_reason(self, report: Report, entry: Entry, why: str, tolls: Sequence[Toll] = ()) -> str:
        """Return why an event was raised: who says so, what asks for it, and the counts where they differ."""
        counts = {toll.claimant: toll.killed.best or toll.killed.min for toll in tolls}
        told = [f"{who} {number}" for who, number in counts.items() if number]
        differ = f"; killed: {', '.join(told)}" if len(set(counts.values()) - {None}) > 1 else ""
        return f"told by {self.voice(report, entry)}; {why}{differ}"

    def voice(self, report: Report, entry: Entry) -> str:
        """Return who says so, with side and carrier: "Amruddin Wali (Afghan government side), via AFP"."""
        carrier = report.agency or entry.agency or entry.item.source
        side = report.source_side
        party = self._sides.get(side, side) if side in ("government", "insurgent") else ""
        if not report.speaker:
            return f"{party}, via {carrier}" if party and party != carrier else carrier
        beside = f" ({party} side)" if party and party != report.speaker else ""
        return f"{report.speaker}{beside}{f', via {carrier}' if carrier != report.speaker else ''}"

    def _subject(self, place: PlaceRef, *sites: SiteKind | None) -> str:
        names = [SITE_WORDS[site] for site in sites if site is not None]
        if not names:
            return self.place(place)
        return f"{place.name} {_row(names)}"


def _fell_back(status: Status, row: Transition) -> bool:
    return row.moves and row.rule in ("against_interest", "independent_origins") and status.rule == "baseline"


def _rule(row: Transition, chosen: Report | None) -> str:
    """Return in words the rule that changed a status; of a site, that of its basis."""
    if row.rule == "independent_origins":
        if row.origins > 1:
            return f"{row.origins} independent origins say so, the latest"
        return "a witness says so" if chosen is not None and chosen.basis == "witnessed" else "one third party says so"
    if row.rule == "sites" and row.to_basis in _ON_ITS_WORD:
        return _ON_ITS_WORD[row.to_basis]
    return RULE_WORDS.get(row.rule, row.rule)


def _the(name: str) -> str:
    return name if name[:1].islower() else f"the {name}"


def _row(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
