"""The desk's own marks in, its word over the rules out: who holds a place because an officer says so.

An override is a mark of kind `override` on a place's code; its data holds `holder` (and may hold `scope` and `site`),
its reason says why, its `until` when it runs out. A mark of kind `unmark` on the override's id, or on the place's code,
removes it. Above the rules, never instead of them: below it the ledger goes on. It must not read any report.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    def __init__(self) -> None:
        self._marks: dict[str, Mark] = {}
        self.places: frozenset[str] = frozenset()
        """Codes of the places that have ever been overridden."""

    def put(self, mark: Mark) -> bool:
        """Take a mark; return whether it is one of the ledger's and new."""
        if mark.kind not in ("override", "unmark") or mark.id in self._marks:
            return False
        if mark.kind == "override" and holder_of(mark) is None:
            return False
        self._marks[mark.id] = mark
        if mark.kind == "override":
            self.places |= {mark.subject}
        return True

    def place_of(self, mark: Mark) -> str | None:
        """Return the code of the place that a mark bears on."""
        if mark.kind == "override":
            return mark.subject
        target = self._marks.get(mark.subject)
        return target.subject if target else mark.subject

    def in_force(self, code: str, now: datetime, site: SiteKind | None = None) -> Mark | None:
        """Return the override that stands above a place (or a site of it) at an instant."""
        standing: Mark | None = None
        for mark in sorted(self._marks.values(), key=lambda m: (m.time, m.id)):
            if mark.time > now:
                break
            if mark.kind == "unmark" and standing is not None and mark.subject in (standing.id, code):
                standing = None
            elif mark.kind == "override" and mark.subject == code and site_of(mark) == site:
                standing = mark
        if standing is not None and standing.until is not None and standing.until <= now:
            return None
        return standing

    def sites(self, code: str) -> frozenset[SiteKind]:
        """Return the sites of a place that have ever been overridden."""
        marks = (m for m in self._marks.values() if m.kind == "override" and m.subject == code)
        return frozenset(site for m in marks if (site := site_of(m)) is not None)

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
        """Return a row per override of a place, or of a site of it, that was made by `now`."""
        found = []
        for mark in sorted(self._marks.values(), key=lambda m: (m.time, m.id)):
            if mark.kind != "override" or mark.subject != place.code or mark.time > now:
                continue
            site = site_of(mark)
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
