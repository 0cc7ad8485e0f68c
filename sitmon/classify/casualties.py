"""A stretch of a document in, its killed, wounded and abducted out, by claimant and by ACLED's rules.

It must not guess: "casualties" alone counts nobody, a plural without a number counts nobody, and what is threatened,
denied or of earlier years is not of the present event. The rules (ACLED codebook): a part ("including five children")
is never added; the dead of both sides are added when one source gives both; of several claimants the lowest is best;
of a revised toll the newest is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple

from sitmon.area import Area
from sitmon.classify.casualty_links import Links
from sitmon.classify.groups import Camp
from sitmon.classify.harm_words import Found, Harm, HarmWords
from sitmon.classify.speech import Tables
from sitmon.classify.statements import Statement
from sitmon.classify.text import Document
from sitmon.model.report import Count

HARMS: Final[tuple[Harm, ...]] = ("killed", "wounded", "abducted")


@dataclass(frozen=True, slots=True)
class Casualty:
    """One mention of people harmed. Offsets are of the number (or the noun that counts one) in the body."""

    harm: Harm
    count: Count
    camp: Camp
    start: int
    end: int
    cue_start: int
    cue_end: int
    claimant: str | None = None
    """Who gives the number: a name, else the words for a role; None is the writer."""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Toll:
    """What a stretch of text says of one event's casualties."""

    killed: Count = field(default_factory=Count)
    wounded: Count = field(default_factory=Count)
    abducted: Count = field(default_factory=Count)
    mentions: tuple[Casualty, ...] = ()


NOBODY: Final = Toll()


class Claim(NamedTuple):
    """Whose words a stretch of the body is, as far as counting needs it."""

    start: int
    end: int
    claimant: str
    denied: bool = False


def claims_of(statements: Sequence[Statement]) -> tuple[Claim, ...]:
    """Return whose words which stretch is, the innermost first; a denial claims nothing."""
    rows = [
        Claim(s.start, s.end, s.voice.label or "", s.stance == "deny")
        for s in statements
        if s.voice.label is not None or s.stance == "deny"
    ]
    return tuple(sorted(rows, key=lambda c: c.end - c.start))


class Counter:
    """Counts casualties in the languages of an area; build once, use for every document."""

    def __init__(self, area: Area) -> None:
        self._links = tuple(Links(HarmWords(Tables(file))) for file in area.speech.values())

    def first_word(self, doc: Document, first: int, last: int) -> int | None:
        """Return the first of tokens [first, last) that may begin to tell of people harmed, or None."""
        words = doc.words[first:last]
        if all(links.firsts.isdisjoint(words) for links in self._links):
            return None
        return next(at for at, word in enumerate(words, first) if any(word in k.firsts for k in self._links))

    def mentions(
        self,
        doc: Document,
        start: int = 0,
        end: int | None = None,
        *,
        year: int | None = None,
        claims: Sequence[Claim] = (),
    ) -> tuple[Casualty, ...]:
        """Return every mention in body[start:end]; `year` is the item's own, so that others are known as history."""
        return self.count(doc, start, end, year=year, claims=claims).mentions

    def count(
        self,
        doc: Document,
        start: int = 0,
        end: int | None = None,
        *,
        year: int | None = None,
        claims: Sequence[Claim] = (),
    ) -> Toll:
        """Return the toll of body[start:end], taken as telling of one event."""
        stop = len(doc.body) if end is None else end
        return self._toll(doc, [f for links in self._links for f in links.find(doc, start, stop, year)], claims)

    def count_in(
        self, doc: Document, sentences: Sequence[int], *, year: int | None = None, claims: Sequence[Claim] = ()
    ) -> Toll:
        """Return the toll of the sentences (by number) that tell of one event, wherever they stand."""
        return self._toll(doc, [f for links in self._links for f in links.find_in(doc, sentences, year)], claims)

    def _toll(self, doc: Document, found: list[Found], claims: Sequence[Claim]) -> Toll:
        if not found:
            return NOBODY
        if len(self._links) > 1:
            found = _once(found)
        told = [(f, claim) for f in found if not ((claim := _claim(doc, f, claims)) and claim.denied)]
        sure = [f for f, _ in told if not f.weak and f.low]
        if len(sure) < len(told):
            told = [(f, claim) for f, claim in told if not f.weak or _stands(sure, f)]
        mentions = tuple(_casualty(doc, f, claim) for f, claim in told if f.low is not None)
        counts = {
            harm: _sum([(f, claim.claimant if claim else None) for f, claim in told if f.harm == harm])
            for harm in HARMS
        }
        return Toll(counts["killed"], counts["wounded"], counts["abducted"], mentions)


def _once(found: list[Found]) -> list[Found]:
    """Return what was found without what two languages both read at the same tokens, in the order of the text.

    The one that reads most tokens, and a number, is right: "at least 80 people", not the "80 people" in it. But where
    one reads "killed and wounded" of the same people, the other knows only half of it.
    """
    seen: set[tuple[str, int]] = set()
    kept: list[Found] = []
    for f in sorted(found, key=lambda f: (not f.mixed, f.low is None, f.first - f.stop, f.cue)):
        tokens = {(f.harm, at) for at in range(f.first, max(f.stop, f.first + 1))}
        if seen.isdisjoint(tokens):
            seen |= tokens
            kept.append(f)
    return sorted(kept, key=lambda f: f.cue)


def _stands(sure: Sequence[Found], weak: Found) -> bool:
    """Whether what a weak word tells ("shot", "beaten") stands beside what surer ones tell: the same, or otherwise."""
    if any(f.harm == weak.harm for f in sure):
        return False
    if weak.harm == "killed":
        return weak.lasting or not any(f.harm == "wounded" for f in sure)
    return not any(f.harm == "killed" and (f.low == weak.low or f.part) for f in sure)


def _claim(doc: Document, found: Found, claims: Sequence[Claim]) -> Claim | None:
    at = doc.starts[found.cue]
    return next((claim for claim in claims if claim.start <= at < claim.end), None)


def _casualty(doc: Document, found: Found, claim: Claim | None) -> Casualty:
    count = _count(found.low or 0, found.high, found.bound)
    return Casualty(
        found.harm, count, found.camp, doc.starts[found.first], doc.ends[found.stop - 1], doc.starts[found.cue],
        doc.ends[found.cue_stop - 1], claim.claimant if claim else None, found.part,
    )  # fmt: skip


@dataclass(slots=True)
class _Total:
    """What one claimant says of one harm so far."""

    by_camp: dict[Camp, Found] = field(default_factory=dict)
    parts: list[Found] = field(default_factory=list)
    none: bool = False
    given: Found | None = None
    """A total said as such ("the death toll rose to 20"): it stands above sums."""


def _sum(found: Iterable[tuple[Found, str | None]]) -> Count:
    """Return the count of one harm over all claimants."""
    found = list(found)
    if any(f.old for f, _ in found) and any(not f.old and not f.part and f.low for f, _ in found):
        found = [(f, claimant) for f, claimant in found if not f.old]
    totals: dict[str | None, _Total] = {}
    revised: Found | None = None
    for f, claimant in found:
        own = claimant if not f.given or f.revised else f"{claimant}/{f.cue}"  # "the media put the toll at 19"
        total = totals.setdefault(own, _Total())
        if f.revised and f.low is not None:
            revised = f
        if f.part:
            total.parts.append(f)
        elif f.low == 0:
            total.none = True
        elif f.low is not None:
            _take(total, f)
    _join_writer(totals)
    _drop_others(totals)
    if revised is not None and revised.low is not None:
        return _count(revised.low, revised.high, revised.bound)
    rows = [row for total in totals.values() if (row := _total(total)) is not None]
    others = _counts_others(totals.values())
    exact = [row for row in rows if row[2] != "vague" and row[0] > 0]
    floor = max((row[0] for row in rows if row[2] == "vague"), default=0)
    if exact and max(row[0] for row in exact) >= floor:
        rows = [row for row in rows if row[2] != "vague" or row[0] == 0]
    if not rows:
        return Count()
    positive = [row for row in rows if row[0] > 0] or rows
    best = min(positive, key=lambda row: row[0])
    lowest = min(rows, key=lambda row: row[0])
    highest = max(rows, key=lambda row: row[1] or row[0])
    open_end = others or any(row[2] in ("least", "vague", "about") for row in rows)
    return Count(
        min=None if lowest[2] in ("most", "about") else lowest[0], best=best[0], max=None if open_end else highest[1]
    )


def _join_writer(totals: dict[str | None, _Total]) -> None:
    """Add what the writer says to what the only claimant says, where they speak of different people.

    "Seven policemen died, a spokesman said. All five attackers were killed": one source gives both.
    """
    writer = totals.get(None)
    if writer is None or len(totals) != 2:
        return
    other = next(total for claimant, total in totals.items() if claimant is not None)
    sides = [{camp for camp, f in total.by_camp.items() if f.low} for total in (writer, other)]
    vague: set[Camp] = {"any", "unknown"}
    if writer.given or other.given or not all(sides) or sides[0] & sides[1] or vague & (sides[0] | sides[1]):
        return
    other.by_camp.update(writer.by_camp)
    other.parts += writer.parts
    del totals[None]


def _drop_others(totals: dict[str | None, _Total]) -> None:
    """Drop what somebody else says to have happened besides: it is no other figure for the same."""
    besides = {
        claimant
        for claimant, total in totals.items()
        if total.by_camp and not total.given and all(f.more for f in total.by_camp.values())
    }
    if any(total.by_camp or total.given for claimant, total in totals.items() if claimant not in besides):
        for claimant in besides:
            del totals[claimant]


def _counts_others(totals: Iterable[_Total]) -> bool:
    """Whether two claimants count different people: a nurse by one, fighters by the other. Theirs is no range."""
    sides = {frozenset(camp for camp, f in t.by_camp.items() if f.low) for t in totals if t.given is None}
    sides = {side for side in sides if side and "any" not in side and "unknown" not in side}
    return any(one.isdisjoint(other) for one, other in combinations(sides, 2))


def _count(low: int, high: int | None, bound: str) -> Count:
    return Count(
        min=None if bound in ("most", "about") else low,
        best=low,
        max=None if bound in ("least", "vague", "about") else high,
    )


def _take(total: _Total, f: Found) -> None:
    """Add a mention to what its claimant said before: it restates, sharpens or comes on top."""
    if f.given:
        total.given = f
        return
    told = sum(g.low or 0 for g in total.by_camp.values())
    if f.definite and f.camp == "any" and not f.more and told >= (f.low or 0):
        return  # "the individual": somebody of those told of before
    before = total.by_camp.get(f.camp)
    if before is None or before.low is None or f.low is None:
        total.by_camp[f.camp] = f
        return
    if f.more or f.clause == before.clause:
        total.by_camp[f.camp] = before.plus(f)
    elif (before.bound == "vague" and f.bound != "vague") or (
        (f.bound == "vague") <= (before.bound == "vague") and f.low > before.low
    ):
        total.by_camp[f.camp] = f


def _total(total: _Total) -> tuple[int, int | None, str] | None:
    """Return (low, high, bound) of what one claimant says, or None where they give no number."""
    if total.given is not None and total.given.low is not None:
        return total.given.low, total.given.high, total.given.bound
    camps = {camp: f for camp, f in total.by_camp.items() if f.low is not None}
    if not camps:
        if total.parts and not total.none:
            sums: dict[int, int] = {}
            for part in total.parts:
                sums[part.cue] = sums.get(part.cue, 0) + (part.low or 0)
            most = max(sums.values())
            return (most, None, "least") if most else None
        return (0, 0, "exact") if total.none else None
    whole = [f for camp, f in camps.items() if camp in ("any", "unknown")]
    others = [f for camp, f in camps.items() if camp in ("force", "civilian")]
    attackers = camps.get("insurgent")
    bounds = [f.bound for f in camps.values()]
    victims = sum(f.low or 0 for f in others)
    victims_high = sum(f.high or f.low or 0 for f in others)
    top = sum(f.low or 0 for f in whole) if any(f.more for f in whole) else max((f.low or 0 for f in whole), default=0)
    top_high = max((f.high or f.low or 0 for f in whole), default=0)
    if any(f.more for f in [*whole, *others]) and whole and others:
        low, high = top + victims, top_high + victims_high
    else:
        low, high = max(top, victims), max(top_high, victims_high)
    if attackers is not None and attackers.low and not (whole and victims + attackers.low == top):
        low, high = low + attackers.low, high + (attackers.high or attackers.low)
    order = ("vague", "least", "about", "most")
    bound = next((b for b in order if b in bounds), "exact")
    return low, high, bound
