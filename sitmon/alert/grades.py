"""What happened in, how bad, how soon and how sure out: the three words of CAP 1.2."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sitmon.alert.settings import Settings
from sitmon.area import Actor
from sitmon.model.report import Count, Report
from sitmon.model.terms import SEVERITIES, Certainty, Modality, Pressure, Severity, Side, StatusBasis, Urgency

_CERTAINTY: Final[dict[str | None, Certainty]] = {
    "confirmed": "Observed",
    "conceded": "Observed",
    "override": "Observed",
    "reported": "Likely",
    "witnessed": "Likely",
    "claimed": "Possible",
    "denied": "Unlikely",
    "retracted": "Unlikely",
}
_PRESSURE: Final[dict[Pressure, Severity]] = {
    "none": "Unknown",
    "fighting_near": "Minor",
    "surrounded": "Moderate",
    "fighting_inside": "Severe",
}
_SEVERE: Final = frozenset({"assassination", "killed_leader", "suicide_bombing"})
_MODERATE: Final = frozenset({"prison_break"})
_FRESH: Final = timedelta(hours=24)
_PARTIES: Final[frozenset[Side | None]] = frozenset({"government", "insurgent", "foreign"})


def certainty(basis: str | None, modality: Modality = "actual") -> Certainty:
    """Return how sure a basis is (VOCABULARY: confirmed, conceded Observed; reported, witnessed Likely; ...)."""
    sure = _CERTAINTY.get(basis, "Unknown")
    return "Possible" if modality == "hedged" and sure in ("Observed", "Likely") else sure


def urgency(age: timedelta) -> Urgency:
    """Return how soon something wants an answer: at once while it is fresh."""
    return "Immediate" if age <= _FRESH else "Past"


def at_least(severity: Severity, floor: Severity) -> bool:
    """Whether a severity reaches a floor; Unknown never does, and as a floor it lets everything pass."""
    if floor == "Unknown":
        return True
    return severity != "Unknown" and SEVERITIES.index(severity) <= SEVERITIES.index(floor)


def pressure_severity(pressure: Pressure) -> Severity:
    """Return how bad a pressure on a capital is."""
    return _PRESSURE[pressure]


def status_severity(*, capital: bool, site: bool, moved: bool, basis: StatusBasis) -> Severity:
    """Return how bad a change of status is: a capital surely lost is extreme, one said to be severe, else moderate."""
    if not (capital and moved) or site:
        return "Moderate"
    return "Extreme" if basis in ("confirmed", "conceded") else "Severe"


def counts_its_foes(report: Report, actors: Mapping[str, Actor]) -> bool:
    """Whether a party to the war counts the dead of the other side: a claim, and no word of mass casualties.

    It does where the target is of the other side; where nobody says whom it struck, a deed that its own side claims.
    """
    if report.source_side not in _PARTIES or report.killed == Count():
        return False
    target = actors.get(report.target) if report.target else None
    if target is None:
        return report.basis == "claimed"
    return target.side in _PARTIES and (target.side == "insurgent") != (report.source_side == "insurgent")


def fighters_died(report: Report, actors: Mapping[str, Actor]) -> bool:
    """Whether the dead that a report counts are a party's: so it says, or it tells of a clash and names no victims."""
    target = actors.get(report.target) if report.target else None
    return report.event_type == "clash" if target is None else target.side in _PARTIES


def event_severity(
    report: Report, settings: Settings, *, foes: bool = False, disputed: bool = False
) -> Severity | None:
    """Return how bad an event is; None where it is none that an officer must see by itself.

    With `foes`, a party counts the other side's dead: the number is told, and makes nothing severe. With `disputed`,
    the dead are fighters and somebody counts far fewer: the number makes nothing extreme.
    """
    killed = report.killed.best or report.killed.min or 0
    many = killed >= 5 * settings.mass_casualties
    if report.event_type == "chemical_weapon" or (many and not (foes or disputed)):
        return "Extreme"
    names = {report.event_type, *report.tags}
    if (killed >= settings.mass_casualties and not foes) or names & _SEVERE:
        return "Severe"
    harmed = killed + (report.wounded.best or report.wounded.min or 0)
    if killed and (killed if foes else harmed) >= settings.mass_casualties:
        return "Moderate"
    on_city = report.event_type == "air_strike" and report.place is not None and report.place.kind in ("city", "site")
    return "Moderate" if on_city or names & _MODERATE else None


def age_of(told: datetime | None, known: datetime) -> timedelta | None:
    """Return how old a thing was when it became known; None where nobody says when it was."""
    return None if told is None else known - told
