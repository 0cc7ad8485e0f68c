"""One piece of evidence in, what its origin says for a change or against it out, over all that carry it.

Ten outlets that carry one call are one root. It must not judge what a change's roots amount to: that is the change's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sitmon.assess.evidence import Evidence
from sitmon.assess.origins import overlap, same_voice
from sitmon.assess.thresholds import Thresholds
from sitmon.model.terms import Holder

RANK: Final[dict[str, int]] = {"claimed": 1, "reported": 2, "witnessed": 3, "conceded": 4}
_LOOK_BACK: Final = 64
"""So many roots are compared for near-copies and name variants; more would only be more of the same."""

Key = tuple[str, str]
"""An origin's, or a party's."""


@dataclass(frozen=True, slots=True)
class Root:
    """What one origin says of a change, over all the outlets that carry it."""

    voice: str
    carriers: frozenset[str]
    rank: int
    firm: bool
    rumour: bool
    weight: float
    told: datetime
    """When it first said so."""
    third: datetime | None
    """When it first said so as a third party or a witness; None where it only claimed or conceded."""
    ids: tuple[str, ...]
    """The first report of each basis."""
    party: bool
    said: str
    by: frozenset[str]
    sketch: bytes = b""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Denier:
    """One origin that denies a change."""

    told: datetime
    """When it first did."""
    last: datetime
    day: date | None
    """The newest local day on which it says that the place had not fallen."""
    report: str
    kind: str
    """"loser", "third", or "winner" (the side that would have gained says it did not)."""
    voice: str
    carrier: str
    rumour: bool
    said: str = ""
    """The voice as it was written."""


def name_in(roots: Mapping[Key, Root], found: Evidence, gain: Holder, numbers: Thresholds) -> Key:
    """Return the key that evidence for a gain has among its roots: that of the one that it only repeats, or its own."""
    if found.basis == "claimed":
        return (f"party:{gain}", "")
    own = found.origin
    if own.key in roots:
        return own.key
    for name in list(roots)[-_LOOK_BACK:]:
        root = roots[name]
        if root.party:
            continue
        if own.named and root.voice and name[1] == "" and same_voice(own.voice, root.voice):
            return name
        if own.role and own.role == root.role and abs(found.told - root.told) <= numbers.span("echo"):
            return name  # an office of one place is one voice, in whatever language
        alike = not own.voice or (not own.named and name[1] != "" and _one_role(own.voice, root.voice))
        if alike and overlap(found.sketch, root.sketch) >= numbers.echo_overlap:
            return name
    return own.key


def _first(found: Evidence) -> Root:
    claimed = found.basis == "claimed"
    return Root(
        voice=found.origin.voice,
        carriers=frozenset((found.origin.carrier,)),
        rank=RANK[found.basis],
        firm=found.firm,
        rumour=found.rumour,
        weight=found.weight,
        told=found.told,
        third=found.told if found.basis in ("reported", "witnessed") else None,
        ids=(found.report,),
        party=claimed,
        said=found.origin.said,
        by=frozenset((found.origin.by,)),
        sketch=found.sketch,
        role=found.origin.role,
    )


def joined(root: Root | None, found: Evidence) -> Root:
    """Return a root with one more piece of evidence of its origin; None: this is the first."""
    if root is None:
        return _first(found)
    rank = RANK[found.basis]
    third = found.told if found.basis in ("reported", "witnessed") else None
    return Root(
        voice=root.voice or found.origin.voice,
        carriers=root.carriers | {found.origin.carrier},
        rank=max(root.rank, rank),
        firm=root.firm or found.firm,
        rumour=root.rumour and found.rumour,
        weight=max(root.weight, found.weight),
        told=min(root.told, found.told),
        third=min((t for t in (root.third, third) if t is not None), default=None),
        ids=(*root.ids, found.report) if rank > root.rank else root.ids,
        party=root.party,
        said=root.said or found.origin.said,
        by=root.by | {found.origin.by},
        sketch=root.sketch,
        role=root.role or found.origin.role,
    )


def denied(known: Denier | None, found: Evidence, gain: Holder) -> Denier:
    """Return one origin's denial of a gain, with this piece of evidence; `known` is what it said before."""
    party = found.origin.party
    day = found.moment.day if found.moment else None
    return Denier(
        told=min(known.told, found.told) if known else found.told,
        last=max(known.last, found.told) if known else found.told,
        day=max((d for d in (known.day if known else None, day) if d is not None), default=None),
        report=known.report if known and known.told <= found.told else found.report,
        kind="third" if party is None else "winner" if party == gain else "loser",
        voice=found.origin.voice,
        carrier=found.origin.carrier,
        rumour=found.rumour and (known is None or known.rumour),
        said=found.origin.said,
    )


def _one_role(one: str, other: str) -> bool:
    """Whether two descriptions can be of one person: "deputy governor", "deputy governor of Nimroz province"."""
    ours, theirs = set(one.split()), set(other.split())
    return ours <= theirs or theirs <= ours
