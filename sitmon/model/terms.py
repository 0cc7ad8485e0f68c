"""The closed vocabularies: event types, modality, basis, holders, and the orders among them.

Sources: ACLED codebook (event and sub-event types in hierarchical order), NATO AJP-2.1 (reliability, credibility),
OASIS CAP 1.2 (severity, urgency, certainty), Prometheus Alertmanager (alert states).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, get_args

Side = Literal["government", "insurgent", "foreign", "civilian", "media", "international"]
Holder = Literal["government", "insurgent", "contested", "unknown"]
Modality = Literal["actual", "hedged", "planned", "hypothetical", "historical", "negated"]
Basis = Literal["claimed", "reported", "conceded", "witnessed", "denied"]
StatusBasis = Literal[
    "assumed",
    "claimed",
    "reported",
    "conceded",
    "witnessed",
    "denied",
    "confirmed",
    "disputed",
    "retracted",
    "override",
]
Scope = Literal["whole", "most", "part", "outskirts"]
Pressure = Literal["none", "fighting_near", "surrounded", "fighting_inside"]
Precision = Literal["hour", "day", "week", "month"]
PlaceKind = Literal["province", "district", "city", "site"]
SiteKind = Literal[
    "airport",
    "army_base",
    "governor_office",
    "police_hq",
    "prison",
    "crossing",
    "nds_office",
    "media_office",
    "dam",
]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Health = Literal["ok", "unchanged", "slow", "stale", "blocked", "down", "gone", "gap", "empty"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
AlertState = Literal["active", "acknowledged", "silenced", "resolved"]
AlertKind = Literal["status", "event", "surge", "blind", "source"]
GroupLabel = Literal["place", "province", "incident", "kind", "event_type", "severity"]
"""By what alerts are grouped; `incident` is the fingerprint: an alert and its updates."""
MarkKind = Literal["acknowledge", "silence", "note", "override", "unmark", "handover"]

SIDES: Final[tuple[Side, ...]] = get_args(Side)
HOLDERS: Final[tuple[Holder, ...]] = get_args(Holder)
PLACE_KINDS: Final[tuple[PlaceKind, ...]] = get_args(PlaceKind)
SITE_KINDS: Final[tuple[SiteKind, ...]] = get_args(SiteKind)
SITE_WORDS: Final[Mapping[SiteKind, str]] = {
    "airport": "airport",
    "army_base": "army base",
    "governor_office": "governor's office",
    "police_hq": "police headquarters",
    "prison": "prison",
    "crossing": "border crossing",
    "nds_office": "intelligence office",
    "media_office": "media office",
    "dam": "dam",
}
"""What each kind of site is called in a sentence."""
RULE_WORDS: Final[Mapping[str, str]] = {
    "baseline": "nobody has reported a change",
    "claim": "the winning side's own word",
    "against_interest": "the losing side admits it",
    "independent_origins": "the word of third parties",
    "denial": "it is denied",
    "sites": "a site apart from its city",
    "pressure": "fighting or a siege",
    "retaking": "held again by who held it before",
    "ageing": "nothing was heard for long",
    "retraction": "an item was taken back",
    "override": "this desk's own word",
}
"""What each rule of the ledger says, in a few words; `assess.rules` has it in full."""
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

EVENT_TYPES: Final[dict[str, tuple[str, str]]] = {
    "retaken": ("Battles", "Government regains territory"),
    "captured": ("Battles", "Non-state actor overtakes territory"),
    "clash": ("Battles", "Armed clash"),
    "excessive_force": ("Protests", "Excessive force against protesters"),
    "protest_intervention": ("Protests", "Protest with intervention"),
    "protest": ("Protests", "Peaceful protest"),
    "riot": ("Riots", "Violent demonstration"),
    "mob_violence": ("Riots", "Mob violence"),
    "chemical_weapon": ("Explosions/Remote violence", "Chemical weapon"),
    "air_strike": ("Explosions/Remote violence", "Air/drone strike"),
    "suicide_bombing": ("Explosions/Remote violence", "Suicide bomb"),
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "bombing": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "grenade": ("Explosions/Remote violence", "Grenade"),
    "sexual_violence": ("Violence against civilians", "Sexual violence"),
    "attack": ("Violence against civilians", "Attack"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
    "agreement": ("Strategic developments", "Agreement"),
    "arrest": ("Strategic developments", "Arrests"),
    "change_to_group": ("Strategic developments", "Change to group/activity"),
    "weapons_seized": ("Strategic developments", "Disrupted weapons use"),
    "base_established": ("Strategic developments", "Headquarters or base established"),
    "looting": ("Strategic developments", "Looting/property destruction"),
    "handed_over": ("Strategic developments", "Non-violent transfer of territory"),
    "other": ("Strategic developments", "Other"),
}
"""Short id -> (ACLED event type, ACLED sub-event type), upper wins where several apply to one happening."""

EVENT_WORDS: Final[Mapping[str, str]] = {
    "captured": "capture",
    "retaken": "recapture",
    "handed_over": "handed over without a fight",
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
    "other": "other event",
}
"""What happened, in words; the other event types are words already."""
TAG_WORDS: Final[Mapping[str, str]] = {
    "assassination": "assassination",
    "killed_leader": "leader killed",
    "prison_break": "prison break",
}
"""The tags that say what happened better than the event type does, the telling one first."""

TAGS: Final[tuple[str, ...]] = (
    "assassination",
    "surrender",
    "siege",
    "withdrawal",
    "reinforcement",
    "prison_break",
    "displacement",
    "evacuation",
    "killed_leader",
)
"""sitmon's own tags beside the ACLED pair."""

TERRITORY: Final[frozenset[str]] = frozenset({"captured", "retaken", "handed_over"})
"""The event types that move a holder."""

MOVING: Final[frozenset[str]] = frozenset({"actual", "hedged"})
"""The modalities that may move a status or raise an alert."""

OPPOSITE: Final[dict[str, Side]] = {"government": "insurgent", "insurgent": "government"}
"""The two sides that contest territory."""

COUNT_WORDS: Final[dict[str, int]] = {"several": 3, "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100}
"""ACLED's lower bounds for vague numbers."""


def happening(event_type: str, tags: Collection[str] = ()) -> str:
    """Return what happened, in words: by its telling tag, else by its event type ("air strike")."""
    tag = next((word for name, word in TAG_WORDS.items() if name in tags), None)
    if tag is None and event_type == "other":
        tag = next((name.replace("_", " ") for name in TAGS if name in tags), None)
    return tag or EVENT_WORDS.get(event_type, event_type.replace("_", " "))
