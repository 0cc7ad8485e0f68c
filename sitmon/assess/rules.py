"""The control ledger's rules by name: the words that transitions carry and that `why` shows. No logic stands here."""

from __future__ import annotations

from typing import Final, Literal

Rule = Literal[
    "baseline",
    "claim",
    "against_interest",
    "independent_origins",
    "denial",
    "sites",
    "pressure",
    "retaking",
    "ageing",
    "retraction",
    "override",
]

BASELINE: Final = "baseline"
CLAIM: Final = "claim"
AGAINST_INTEREST: Final = "against_interest"
INDEPENDENT_ORIGINS: Final = "independent_origins"
DENIAL: Final = "denial"
SITES: Final = "sites"
PRESSURE: Final = "pressure"
RETAKING: Final = "retaking"
AGEING: Final = "ageing"
RETRACTION: Final = "retraction"
OVERRIDE: Final = "override"

RULES: Final[dict[str, str]] = {
    BASELINE: "No change of hands was reported yet: the area's file says who held the place before.",
    CLAIM: "A win announced by the side that gains is a claim, however many outlets carry it.",
    AGAINST_INTEREST: "A loss admitted by the side that loses confirms at once.",
    INDEPENDENT_ORIGINS: "Third parties and witnesses confirm when two or more independent origins agree; "
    "copies of one account are one origin.",
    DENIAL: "A denial makes a claim disputed and never reverts it; a concession or two new origins settle it.",
    SITES: "Airports, bases, offices, prisons and crossings have a status of their own.",
    PRESSURE: "Fighting and encirclement raise the pressure; fighting inside after a mere claim makes it contested.",
    RETAKING: "The same rules with the sides exchanged: the side that held the place before has it again.",
    AGEING: "Confidence decays with the age of the last evidence; it never changes the holder.",
    RETRACTION: "An item that was withdrawn or corrected leaves as if it had never come.",
    OVERRIDE: "The desk's own word stands above the rules until it is removed or runs out.",
}
"""Name -> the rule in one sentence."""
