"""A draft and whoever says so in, the basis of the claim out.

It must not read words: the side of the speaker against the direction of the claim gives the basis.
"""

from __future__ import annotations

from dataclasses import replace

from sitmon.classify.fusing import DEEDS
from sitmon.classify.reports import Draft
from sitmon.classify.speakers import Voice
from sitmon.model.terms import OPPOSITE, TERRITORY, Basis, Side

_BATTLES = frozenset({"clash", "air_strike", "shelling"})
_CAMP: dict[Side, Side] = {"foreign": "government"}


_TURNED = {"captured": "retaken", "retaken": "captured", "handed_over": "handed_over"}

_REPELLED = "clash.repelled"
"""The rule of an attack beaten off: whoever was attacked says so to their own gain."""
_OFFICIALS = frozenset({"official"})
"""Roles that speak for a government without saying which."""
WRITER = Voice(None)
"""Nobody in the text says it: the writer does."""


def camp(side: Side | None) -> Side | None:
    """Return the camp that a side fights in: foreign forces stand with the government."""
    return _CAMP.get(side, side) if side is not None else None


def turn_admitted(draft: Draft, voice: Voice) -> bool:
    """Whether a draft was turned, because the side that it lets win is said to admit it: then that side lost.

    Only where nobody says who won: "the Taliban admit the loss of X".
    """
    if draft.type not in _TURNED or draft.actor is not None or draft.winner not in OPPOSITE:
        return False
    if camp(voice.side) != camp(draft.winner):
        return False
    draft.type, draft.winner = _TURNED[draft.type], OPPOSITE[draft.winner]
    draft.holder = "insurgent" if draft.winner == "insurgent" else "government"
    return True


def admitting(draft: Draft, voice: Voice) -> Voice:
    """Return who admits a loss, of the side that lost where the text does not say which."""
    if voice.side is None and draft.type in TERRITORY and draft.winner in OPPOSITE:
        return replace(voice, side=OPPOSITE[draft.winner])
    return voice


def basis(draft: Draft, voice: Voice) -> Basis | None:
    """Return on whose word a draft rests; None where nobody gains or loses by saying it.

    A loss admitted by the loser is conceded, a gain announced by the winner is claimed, what residents and reporters on
    the spot say is witnessed, and what media or third parties say without naming a side is reported. Of other violence
    only battles and the deeds that a party owns up to are anybody's claim.
    """
    side = draft.manner.claimant or camp(voice.side)
    if side is None and voice.role_id in _OFFICIALS and draft.type in TERRITORY and draft.winner == "insurgent":
        side = "government"  # "an official said" of a loss: of the side that lost
    if draft.manner.denied or draft.modality == "negated":
        if draft.type not in TERRITORY and not draft.manner.denied:
            return None
        return "denied"
    gain = (
        camp(draft.winner) if draft.type in TERRITORY or draft.held else camp(draft.actor.side) if draft.actor else None
    )
    if voice.witness and draft.manner.claimant is None:
        return "witnessed"
    if side == "insurgent" and draft.type in DEEDS and draft.actor is None:
        return "claimed"  # their own account tells of a deed: theirs
    if side in OPPOSITE:
        if gain is not None and side == gain:
            return "claimed"
        if draft.type in TERRITORY and (gain is not None or (draft.type == "handed_over" and side == "government")):
            return "conceded" if voice.side in OPPOSITE or voice.side is None else "reported"  # no loss of their own
        if draft.held:
            return "reported"
        repelled = draft.rule == _REPELLED
        return "claimed" if draft.type in _BATTLES and (gain is None or repelled) else None
    if draft.type in TERRITORY or draft.type in _BATTLES or draft.held:
        return "reported"
    return None if side is None and voice.label else "reported"
