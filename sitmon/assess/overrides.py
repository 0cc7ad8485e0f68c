"""The desk's own marks in, its word over the rules out: who holds a place because an officer says so.

An override is a mark of kind `override` on a place's code; its data holds `holder` (and may hold `scope` and `site`),
its reason says why, its `until` when it runs out. A mark of kind `unmark` on the override's id, or on the place's code,
removes it. A named site is one of its city's: an override of its code is one of that site of the city. Above the rules,
never instead of them: below it the ledger goes on. It must not read any report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sitmon.assess import rules
from sitmon.model.mark import Mark
from sitmon.model.picture import SiteStatus, Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.terms import HOLDERS, SITE_KINDS, Holder, Scope, SiteKind

_SCOPES: Final[tuple[Scope, ...]] = ("whole", "most", "part", "outskirts")


class Overrides:
    """All override and unmark marks, in the order of their times whatever order they came in."""

    def __init__(self, homes: Mapping[str, tuple[str, SiteKind]] | None = None) -> None:
        """`homes` says of each named site's code to which place it belongs, and as what."""
        self._homes = homes or {}
        self._marks: dict[str, Mark] = {}
        self.places: frozenset[str] = frozenset()
        """Codes of the places that have ever been overridden, named sites and the places that they belong to too."""

    def put(self, mark: Mark) -> bool:
        """Take a mark; return whether it is one of the ledger's and new."""
        if mark.kind not in ("override", "unmark") or mark.id in self._marks:
            return False
        if mark.kind == "override" and holder_of(mark) is None:
            return False
        self._marks[mark.id] = mark
        if mark.kind == "override":
            self.places |= {mark.subject, self._where(mark)[0]}
        return True

    def place_of(self, mark: Mark) -> str | None:
        """Return the code of the place that a mark bears on; of a named site, of the place that it belongs to."""
        target = mark if mark.kind == "override" else self._marks.get(mark.subject, mark)
        return self._where(target)[0]

    def _where(self, mark: Mark) -> tuple[str, SiteKind | None]:
        """Return which place an override is about, and which site of it."""
        return self._homes.get(mark.subject) or (mark.subject, site_of(mark))

    def _names(self, mark: Mark, code: str) -> bool:
        """Whether an override is on a named site: by its own code, or by its place's and what it is there."""
        home = self._homes.get(code)
        return home is not None and self._where(mark) == home and mark.subject in (code, home[0])

    def in_force(self, code: str, now: datetime, site: SiteKind | None = None) -> Mark | None:
        """Return the override that stands above a place (or a site of it) at an instant.

        Of a named site's code: the one on it, or on what it is of its place. Of a place's site: the newest of all that
        stand on it, by whatever name.
        """
        standing: dict[str, Mark] = {}
        for mark in sorted(self._marks.values(), key=lambda m: (m.time, m.id)):
            if mark.time > now:
                break
            if mark.kind == "unmark":
                standing = {s: m for s, m in standing.items() if mark.subject not in (s, m.id)}
            elif self._where(mark) == (code, site) or self._names(mark, code):
                standing[mark.subject] = mark
        found = (m for m in standing.values() if m.until is None or now < m.until)
        return max(found, key=lambda m: (m.time, m.id), default=None)

    def sites(self, code: str) -> frozenset[SiteKind]:
        """Return the sites of a place that have ever been overridden."""
        places = (self._where(m) for m in self._marks.values() if m.kind == "override")
        return frozenset(site for place, site in places if place == code and site is not None)

    def over(self, status: Status, now: datetime) -> Status:
        """Return the status as the desk wants it shown at an instant."""
        code = status.place.code
        mark = self.in_force(code, now)
        if mark is not None:
            status = replace(
                status,
                holder=holder_of(mark) or status.holder,
                basis="override",
                scope=_scope_of(mark) or "whole",
                known_since=mark.time,
                confidence=1.0,
                previous=status.holder,
                evidence=(mark.id,),
                rule=rules.OVERRIDE,
            )
        for site in sorted(self.sites(code)):
            own = self.in_force(code, now, site)
            if own is not None:
                held = SiteStatus(site, holder_of(own) or "unknown", "override", own.time, (own.id,))
                status = replace(status, sites=(*(s for s in status.sites if s.site != site), held))
        return status

    def rows(
        self, place: PlaceRef, history: Sequence[Transition], baseline: Holder, now: datetime
    ) -> tuple[Transition, ...]:
        """Return a row per override of a place, or of a site of it, that was made by `now`.

        `history` and `baseline` are the place's; of a named site, those of the place that it belongs to.
        """
        found = []
        for mark in sorted(self._marks.values(), key=lambda m: (m.time, m.id)):
            if mark.kind != "override" or mark.time > now:
                continue
            of, site = self._where(mark)
            if of != place.code and not self._names(mark, place.code):
                continue
            before = next((t for t in reversed(history) if t.known <= mark.time and t.site == site), None)
            found.append(
                Transition(
                    id=f"override-{mark.id}",
                    place=place,
                    site=site,
                    from_holder=before.to_holder if before else baseline,
                    to_holder=holder_of(mark) or "unknown",
                    from_basis=before.to_basis if before else "assumed",
                    to_basis="override",
                    event_time=None,
                    known=mark.time,
                    evidence=(mark.id,),
                    rule=rules.OVERRIDE,
                    confidence=1.0,
                    origins=0,
                    from_pressure=before.to_pressure if before else "none",
                    to_pressure=before.to_pressure if before else "none",
                )
            )
        return tuple(found)


def holder_of(mark: Mark) -> Holder | None:
    """Return the holder that an override names; None where it names none of the vocabulary."""
    word = dict(mark.data).get("holder")
    return next((h for h in HOLDERS if h == word), None)


def site_of(mark: Mark) -> SiteKind | None:
    """Return the site that an override is about; None where it is about the place itself."""
    word = dict(mark.data).get("site")
    return next((s for s in SITE_KINDS if s == word), None)


def _scope_of(mark: Mark) -> Scope | None:
    word = dict(mark.data).get("scope")
    return next((s for s in _SCOPES if s == word), None)
