"""A report with its item in, its account of an event out: when, where, by whom, how many, and in which words.

The words around the evidence are kept as hashes of their stems, and of an attack what the area's file says sets attacks
apart (`[incidents]`: the scene, the means, the hour, whom it struck). It must not group anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sitmon.area import Trait
from sitmon.assess.evidence import Reader
from sitmon.assess.origins import Origin, packed
from sitmon.model.credit import is_rumour
from sitmon.model.entry import Entry
from sitmon.model.incident import Toll
from sitmon.model.place import PlaceRef
from sitmon.model.report import Count, Report
from sitmon.model.terms import MOVING, Side, SiteKind

FAMILY: Final[dict[str, str]] = {
    "captured": "territory",
    "handed_over": "territory",
    "suicide_bombing": "deed",
    "bombing": "deed",
    "grenade": "deed",
    "attack": "deed",
}
"""Event types that accounts of one event may differ in."""
DEED: Final = "deed"
_MEANS: Final = {"suicide_bombing": "means:suicide", "grenade": "means:grenade"}
_REACH: Final = 160
_WORD: Final = re.compile(r"[^\W_]{4,}")
_END: Final = re.compile(r"[.!?؟۔\n]\s")
_TOKEN: Final = re.compile(r"[^\W\d_]+")
_STEM: Final = 5
_STEMS: Final = 64


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's account of an event, or its denial of one."""

    known: datetime
    report: str
    event_type: str
    tags: tuple[str, ...]
    place: PlaceRef
    day: date
    stated: bool
    told: datetime
    latin: bool
    words: bytes
    """Hashes of the words that set it apart; four bytes each."""
    traits: tuple[str, ...]
    """Of an attack, what is said of it: "where:mosque", "means:suicide", "hour:evening", "who:police"."""
    origin: Origin
    toll: Toll | None
    denied: bool = False
    side: Side | None = None
    """The side of whoever says so."""
    rumour: bool = False
    site: SiteKind | None = None

    @property
    def killed(self) -> int | None:
        """How many it says were killed."""
        return self.toll.killed.best if self.toll is not None else None

    @property
    def family(self) -> str:
        """The kind of event, by which accounts of one event are found."""
        return FAMILY.get(self.event_type, self.event_type)


class Traits:
    """Finds in a text what an area's file says sets one attack apart from another."""

    def __init__(self, table: Mapping[Trait, Mapping[str, tuple[str, ...]]]) -> None:
        self._words: dict[str, str] = {}
        self._begins: dict[str, str] = {}
        self._phrases: dict[str, str] = {}
        for kind, names in table.items():
            for name, words in names.items():
                for word in words:
                    bare = word.removesuffix("*").casefold()
                    if not bare.isalpha():
                        self._phrases[" ".join(bare.split())] = f"{kind}:{name}"
                    elif word.endswith("*"):
                        self._begins[bare] = f"{kind}:{name}"
                    else:
                        self._words[bare] = f"{kind}:{name}"
        self._lengths = sorted({len(bare) for bare in self._begins})

    def of(self, text: str) -> frozenset[str]:
        """Return what a casefolded text says: "where:mosque", "revised:toll"."""
        found: set[str] = set()
        for word in set(_TOKEN.findall(text)):
            if (name := self._words.get(word)) is not None:
                found.add(name)
            for length in self._lengths:
                if length > len(word):
                    break
                if (name := self._begins.get(word[:length])) is not None:
                    found.add(name)
        flat = f" {' '.join(text.split())}"
        found.update(name for phrase, name in self._phrases.items() if f" {phrase}" in flat)
        return frozenset(found)


def of_entry(entry: Entry, reader: Reader, traits: Traits) -> Iterator[Telling]:
    """Yield the accounts of what happened in an entry, and the denials that it did."""
    latin: bool | None = None
    deeds = sum(1 for r in entry.verdict.reports if FAMILY.get(r.event_type) == DEED)
    for report in entry.verdict.reports:
        denied = report.modality == "negated" and report.basis == "denied"
        if report.place is None or not (denied or (report.modality in MOVING and report.basis != "denied")):
            continue
        moment = reader.moment(entry, report)
        if moment is None:
            continue
        place, site = reader.where(report)
        origin = reader.origin(entry, report)
        body = entry.item.body
        latin = _is_latin(body) if latin is None else latin
        stretch = _stretch(body, report, alone=deeds <= 1)
        yield Telling(
            known=entry.known,
            report=report.id,
            event_type=report.event_type,
            tags=report.tags,
            place=place,
            day=moment.day,
            stated=moment.stated,
            told=moment.told,
            latin=latin,
            words=packed(frozenset(_stems(stretch)) - frozenset(_stems(place.name.casefold())), _STEMS),
            traits=_traits(report, stretch, traits),
            origin=origin,
            toll=None if denied else _toll(report, origin, moment.told),
            denied=denied,
            side=report.source_side,
            rumour=is_rumour(entry, report),
            site=site,
        )


def _stretch(body: str, report: Report, *, alone: bool) -> str:
    """Return the words around a report's evidence; where an item tells of several attacks, its own sentences only."""
    first = min((s.start for s in report.evidence), default=0)
    last = max((s.end for s in report.evidence), default=min(len(body), _REACH))
    begin, end = max(0, first - _REACH), min(len(body), last + _REACH)
    if not alone:
        begin = max((m.end() for m in _END.finditer(body, begin, first)), default=begin)
        stop = _END.search(body, last, end)
        end = stop.start() if stop else end
    return body[begin:end].casefold()


def _traits(report: Report, stretch: str, traits: Traits) -> tuple[str, ...]:
    if FAMILY.get(report.event_type) != DEED:
        return ()
    found = set(traits.of(stretch))
    if report.event_type in _MEANS:
        found.add(_MEANS[report.event_type])
    if report.site is not None:
        found.add(f"where:{report.site}")
    return tuple(sorted(found))


def _is_latin(body: str) -> bool:
    """Whether a text is written in Latin letters for the most part."""
    if body[:400].isascii():
        return True
    letters = [c for c in body[:400] if c.isalpha()]
    return 2 * sum(1 for c in letters if c < "\u0250") >= len(letters)


def _stems(text: str) -> Iterator[str]:
    return (word[:_STEM] for word in _WORD.findall(text))


def _toll(report: Report, origin: Origin, told: datetime) -> Toll | None:
    """Return what a report counts; None where it counts nobody."""
    if all(count == Count() for count in (report.killed, report.wounded, report.abducted)):
        return None
    claimant = origin.said or origin.by
    return Toll(claimant, report.source_side, report.killed, report.wounded, report.abducted, report.id, told)
