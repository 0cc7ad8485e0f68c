"""An item's drafts in, the same drafts out with those put together that tell of one happening.

It must not look at words: what the rules found, where, and how surely decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sitmon.classify.reports import HARM_ALONE, Draft
from sitmon.model.terms import MOVING, TERRITORY

DEEDS: Final = frozenset(
    {
        "attack",
        "bombing",
        "suicide_bombing",
        "grenade",
        "shelling",
        "abduction",
        "clash",
        "mob_violence",
        "chemical_weapon",
    }
)
"""What a party may own up to."""
VIOLENT: Final = DEEDS | frozenset(
    {"excessive_force", "protest_intervention", "riot", "air_strike", "sexual_violence", "captured", "retaken"}
)
"""What people may be harmed in."""
_BY_BOMB: Final = ("suicide_bombing", "bombing", "grenade", "shelling", "air_strike")
_WEAK: Final = 0.8
_STRONG: Final = 1.0
_NEAR: Final = 3
"""How many sentences on a text still counts the harm done in a happening."""


def fuse(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without those that a surer one covers.

    The killing of a ranked person by a bomb is the bombing, tagged; "the attack" on a place that was bombed is the
    bombing. That people were killed, told after a strike and without a place of its own, is the strike's toll. A place
    taken after the other side had left is handed over, also where another sentence only says that it was taken.
    """
    told = [d for d in drafts if d.modality in MOVING]
    strong = {d.sentence.number for d in told if d.weight >= _STRONG}
    kept: list[Draft] = []
    for draft in drafts:
        if draft.modality in MOVING and not draft.held:
            bomb = _bomb_of(draft, told)
            if bomb is not None:
                bomb.tags = tuple(dict.fromkeys((*bomb.tags, *draft.tags)))
                bomb.more.append(draft)
                continue
            if _covered(draft, told, strong):
                continue
        kept.append(draft)
    _align([d for d in kept if d.type in ("captured", "retaken") and d.modality in MOVING])
    given = {_code(d) for d in kept if d.type == "handed_over" and d.modality in MOVING and d.rule[:9] == "territory"}
    for draft in kept:
        if draft.type in ("captured", "retaken") and _code(draft) in given:
            draft.type = "handed_over"
    return kept


def _align(changes: Sequence[Draft]) -> None:
    """Let a change that names nobody ("it was taken") go the way of the one at the same place that does."""
    named = {_code(d): d for d in reversed(changes) if d.actor is not None and d.actor.side is not None}
    for draft in changes:
        leader = named.get(_code(draft))
        if leader is not None and draft.actor is None and draft.target is None:
            draft.type, draft.winner, draft.holder = leader.type, leader.winner, leader.holder


def _bomb_of(draft: Draft, told: Sequence[Draft]) -> Draft | None:
    """Return the bombing that an attack is: in the same sentence, or nearby at the same place."""
    if draft.type != "attack":
        return None
    for other in told:
        if other.type in _BY_BOMB:
            away = abs(other.sentence.number - draft.sentence.number)
            if (away == 0 and draft.tags) or (away <= 2 and _code(other) == _code(draft) and not draft.tags):
                return other
    return None


def _covered(draft: Draft, told: Sequence[Draft], strong: set[int]) -> bool:
    """Whether a surer draft tells of the same."""
    number = draft.sentence.number
    if draft.type == "attack" and not draft.tags:
        for other in told:
            here = other.type in DEEDS and other.type != "attack" and other.sentence.number == number
            if here and other.weight >= draft.weight - 0.15:
                return True
    if draft.rule in HARM_ALONE and (draft.spot is None or not draft.spot.own):
        for other in told:
            if other.type in VIOLENT and other.rule not in HARM_ALONE and 0 < number - other.sentence.number <= _NEAR:
                return True
    if draft.type == "clash" and draft.aside and not draft.tags:
        for other in told:  # "captured after heavy fighting": one happening, named by what it ended in
            if other.type in TERRITORY and other.sentence.number == number and _code(other) == _code(draft):
                return True
    return draft.weight <= _WEAK and number in strong and not draft.tags


def _code(draft: Draft) -> str | None:
    return draft.spot.ref.code if draft.spot else None
