"""Nouns in, plain words out: ages, clocks, labels, glyphs. One vocabulary for every view; it draws nothing.

A glyph says three things without colour: its shape is the holder (square insurgent, diamond contested, circle
government), its filling the basis (full: confirmed, conceded, the desk's own word or assumed; half: disputed; hollow:
claimed or not yet confirmed).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sitmon.area import Area
from sitmon.model.picture import Status
from sitmon.model.place import Place, PlaceRef
from sitmon.model.terms import SITE_WORDS as SITE_WORDS
from sitmon.model.terms import Basis, Health, Holder, Pressure, Severity, StatusBasis

Filling = Literal["full", "half", "hollow"]

FILLING: Final[Mapping[StatusBasis, Filling]] = {
    "assumed": "full",
    "confirmed": "full",
    "conceded": "full",
    "override": "full",
    "disputed": "half",
    "denied": "half",
    "claimed": "hollow",
    "reported": "hollow",
    "witnessed": "hollow",
    "retracted": "hollow",
}
GLYPHS: Final[Mapping[Holder, Mapping[Filling, str]]] = {
    "insurgent": {"full": "■", "half": "◧", "hollow": "□"},
    "contested": {"full": "◆", "half": "◈", "hollow": "◇"},
    "government": {"full": "●", "half": "◐", "hollow": "○"},
    "unknown": {"full": "·", "half": "·", "hollow": "·"},
}
ASCII_GLYPHS: Final[Mapping[Holder, Mapping[Filling, str]]] = {
    "insurgent": {"full": "X", "half": "%", "hollow": "x"},
    "contested": {"full": "#", "half": "&", "hollow": "+"},
    "government": {"full": "O", "half": "0", "hollow": "o"},
    "unknown": {"full": ".", "half": ".", "hollow": "."},
}
ASCII_SIGNS: Final[Mapping[str, str]] = {
    "›": ">",
    "‹": "<",
    "▲": "^",
    "✓": "v",
    "…": "~",
    "·": "-",
    "●": "*",
    "‖": "=",
    "✕": "x",
    "◀": "<",
    "▶": ">",
    "▌": "|",
    "“": '"',
    "”": '"',
    "—": "-",
    "–": "-",
    "→": ">",
    "↑": "^",
    "↓": "v",
    "←": "<",
    "↵": "enter",
    "╱": "/",
    "▁": "_",
    "▂": "_",
    "▃": "-",
    "▄": "-",
    "▅": "=",
    "▆": "=",
    "▇": "#",
    "█": "#",
    "─": "-",
    "│": "|",
    "×": "x",
    "⇧": "^",
}

SEVERITY_RANK: Final[Mapping[Severity, int]] = {"Extreme": 0, "Severe": 1, "Moderate": 2, "Minor": 3, "Unknown": 4}

BASIS_WORDS: Final[Mapping[str, str]] = {
    "assumed": "assumed, no change reported",
    "claimed": "claimed, not confirmed",
    "reported": "reported, not confirmed",
    "witnessed": "seen by a witness, not confirmed",
    "conceded": "conceded by the losing side",
    "confirmed": "confirmed by independent origins",
    "denied": "denied",
    "disputed": "disputed",
    "retracted": "retracted",
    "override": "set by this desk",
}
PRESSURE_WORDS: Final[Mapping[Pressure, str]] = {
    "none": "no fighting reported",
    "fighting_near": "fighting nearby",
    "surrounded": "surrounded",
    "fighting_inside": "fighting inside",
}
HEALTH_WORDS: Final[Mapping[Health, str]] = {
    "ok": "answers",
    "unchanged": "answers, nothing new",
    "slow": "answers slowly",
    "stale": "has not published for long",
    "blocked": "refuses us",
    "down": "does not answer",
    "gone": "is gone",
    "gap": "may have been missed in part",
    "empty": "answers with nothing",
}
WELL: Final[frozenset[Health]] = frozenset({"ok", "unchanged", "slow", "gap"})
"""The healths of a source that still tells us something."""

_DATELINE: Final = re.compile(
    r"^[A-Z][A-Z.' -]+(?:, [A-Z][\w. ]+)?(?: \([^()]{2,30}\))? ?(?:--|[-\u2013\u2014]) (?=\S)"
    r"|^\([A-Z]{2,6}\) (?=\S)"
)

LEFT_TO_RIGHT_MARK: Final = "\u200e"
_RTL: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_NEUTRAL: Final = '[\\s\u200c\u200d0-9.,:;!?()\u201c\u201d"-]*'
_RIGHT_TO_LEFT: Final = re.compile(f"{_RTL}+(?:{_NEUTRAL}{_RTL}+)*")
_GOES_ON: Final = re.compile(f"{_NEUTRAL}{_RTL}")


def sureness(status: Status) -> str:
    """Return how sure a status is: "86%"; "–" for the area's own assumption, which nobody has said."""
    return "–" if status.basis == "assumed" else f"{status.confidence:.0%}"


def glyph(holder: Holder, basis: StatusBasis, *, ascii_only: bool = False) -> str:
    """Return the one-cell sign of a status: shape by holder, filling by basis."""
    return (ASCII_GLYPHS if ascii_only else GLYPHS)[holder][FILLING[basis]]


def plain(text: str) -> str:
    """Return our own text with its signs replaced by ASCII ones."""
    return "".join(ASCII_SIGNS.get(letter, letter) for letter in text)


def age(span: timedelta | None) -> str:
    """Return an age in at most six letters: 14m, 1h12m, 11h, 1d02h, 6d; empty where it is not known."""
    if span is None:
        return ""
    minutes = max(0, int(span.total_seconds() // 60))
    hours, days = minutes // 60, minutes // 1440
    if minutes < 60:
        return f"{minutes}m"
    if hours < 10:
        return f"{hours}h{minutes % 60:02d}m"
    if days < 1:
        return f"{hours}h"
    return f"{days}d{hours % 24:02d}h" if days < 3 else f"{days}d"


def clock(moment: datetime | None, zone: tzinfo, *, now: datetime | None = None) -> str:
    """Return the hour and minute in a zone; the day instead where it is not the day of `now`."""
    if moment is None:
        return "--:--"
    local = moment.astimezone(zone)
    if now is not None and local.date() != now.astimezone(zone).date():
        return f"{local.day} {local:%b}"
    return f"{local:%H:%M}"


def day(moment: datetime, zone: tzinfo) -> str:
    """Return a date as the top bar says it: 8 Aug 2021."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y}"


def stamp(moment: datetime | None, zone: tzinfo) -> str:
    """Return day, hour and minute: 8 Aug 16:19."""
    if moment is None:
        return "no date"
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %H:%M}"


def event(event_type: str) -> str:
    """Return an event type in words: air strike."""
    return event_type.replace("_", " ")


def full_name(place: Place | PlaceRef, area: Area) -> str:
    """Return a place by its full name: a province, or a district, may share its name with a city."""
    if place.kind == "province":
        return f"{place.name} province"
    province = area.places.get(place.province)
    if place.kind == "district" and province is not None:
        return f"{place.name} district of {province.name}"
    return place.name


def moment(at: datetime, area: Area) -> str:
    """Return a moment as data has it, UTC; where only its day is known, it is the end of that day there: the day alone.

    `at` is aware. Example: 2021-08-09T07:15:41Z; 2021-08-08 for 2021-08-08T19:29:59Z in Kabul.
    """
    local = at.astimezone(ZoneInfo(area.timezone))
    if (local.hour, local.minute, local.second) == (23, 59, 59):
        return local.date().isoformat()
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def without_dateline(text: str) -> str:
    """Return a sentence without the place and agency before it: "KABUL (AFP) - The ministry" is "The ministry"."""
    return _DATELINE.sub("", text)


OWN_GRADE: Final = (
    "Yours have grade F: their own word moves no status, but an official or a party that they cite counts, and alerts."
)
"""What the first run says of a source that nobody has graded."""


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: 1 report, 1,284 items."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def last_change(status: Status, now: datetime) -> timedelta | None:
    """Return how long ago the desk learned of the status; None for the baseline."""
    return now - status.known_since if status.known_since else None


def needs(status: Status, gains: str, loses: str) -> str:
    """Return what would settle a status, in one sentence; `gains` and `loses` are the sides in words."""
    match status.basis:
        case "claimed" | "reported" | "witnessed":
            return f"Confirmed when: two independent origins report it, or {loses} concedes."
        case "disputed" | "denied":
            return f"Settled when: {loses} concedes, or two new independent origins report it."
        case "conceded" | "confirmed":
            return f"Changes when: {loses} claims to have retaken it, or its holder admits a loss."
        case "override":
            return "Stands until the desk takes its own word back."
        case "assumed":
            return "Changes when: anybody tells of a change of hands; the area's file says who held it before."
        case _:
            return f"The report that this rested on was withdrawn; {gains} has given no other."


def basis_label(basis: Basis | StatusBasis) -> str:
    """Return how something is said, as a column shows it: claims stand out by their capitals."""
    return {"claimed": "CLAIM", "denied": "DENIAL", "conceded": "conceded", "witnessed": "witness"}.get(basis, "report")


def initials(source: str) -> str:
    """Return a source's short code, at most five letters: Northern Post -> NP, Pajhwok -> PAJHW."""
    words = re.findall(r"[^\W_]+", source)
    if len(words) > 1:
        return "".join(word[0] for word in words)[:5].upper()
    return (words[0] if words else source)[:5].upper()


def keep_direction(text: str) -> str:
    """Return the text with a left-to-right mark after every right-to-left run, so that columns stay where they are."""
    return _RIGHT_TO_LEFT.sub(lambda run: run[0] + LEFT_TO_RIGHT_MARK, text) if not text.isascii() else text


def continues_right_to_left(text: str) -> bool:
    """Return whether a text would go on with a right-to-left run that stands before it."""
    return not text.isascii() and _GOES_ON.match(text) is not None
