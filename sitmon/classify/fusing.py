"""An item's drafts in, the same drafts out with those put together that tell of one happening.

It must not look at words: what the rules found, where, and how surely decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sitmon.classify.reports import Draft
from sitmon.model.terms import MOVING

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
_BY_BOMB: Final = ("bombing", "suicide_bombing", "grenade", "shelling", "air_strike")
_WEAK: Final = 0.8
_STRONG: Final = 1.0


def fuse(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without those that a surer one in the same sentence covers.

    The killing of a ranked person by a bomb is the bombing, tagged. A place taken after the other side had left is
    handed over, also where another sentence only says that it was taken.
    """
    kept: list[Draft] = []
    strong = {d.sentence.number: d.weight for d in drafts if d.weight >= _STRONG and d.modality in MOVING}
    for draft in drafts:
        number = draft.sentence.number
        if draft.type == "attack" and draft.tags:
            bomb = next((d for d in drafts if d.type in _BY_BOMB and d.sentence.number == number), None)
            if bomb is not None:
                bomb.tags = tuple(dict.fromkeys((*bomb.tags, *draft.tags)))
                continue
        if (
            draft.type == "attack"
            and not draft.tags
            and any(
                d.type in DEEDS
                and d.type != "attack"
                and d.sentence.number == number
                and d.weight >= draft.weight - 0.15
                for d in drafts
            )
        ):
            continue
        if draft.weight <= _WEAK and number in strong and not draft.tags and not draft.held:
            continue
        kept.append(draft)
    given = {
        _code(d) for d in kept if d.type == "handed_over" and d.modality in MOVING and d.rule.startswith("territory")
    }
    for draft in kept:
        if draft.type in ("captured", "retaken") and _code(draft) in given:
            draft.type = "handed_over"
    return kept


def _code(draft: Draft) -> str | None:
    return draft.spot.ref.code if draft.spot else None
