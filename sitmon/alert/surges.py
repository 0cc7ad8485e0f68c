"""A province's tempo in, a draft of an alert out: more is told of it than it is used to.

Against its own usual, never against other provinces': six accounts from Helmand may be an ordinary morning, from Bamyan
they are not. It must not judge what is told, only how much.
"""

from __future__ import annotations

from datetime import timedelta
from math import sqrt

from sitmon.alert import grades
from sitmon.alert.draft import Draft, Refusal, name_of
from sitmon.alert.memory import Memory, fingerprint
from sitmon.alert.settings import Settings
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.place import PlaceRef
from sitmon.model.tempo import Tempo

_SIGMAS = 3.0
"""A count that lies this many standard deviations (of a Poisson process) above the usual is no accident."""


def draft(tempo: Tempo, place: PlaceRef, entry: Entry, settings: Settings, memory: Memory) -> Draft | Refusal | None:
    """Return the alert of a surge, or why it is not told; None where there is none."""
    if not is_surge(tempo, settings):
        return None
    name = f"surge|{place.code}|"
    told = memory.latest(name)
    if told is not None and entry.known - told.time < timedelta(days=1):
        return Refusal(f"{place.name}: same surge as {told.id}")
    known = next((a for a in reversed(memory.all()) if _tells_of(a, place, entry, tempo)), None)
    if known is not None:
        return Refusal(f"{place.name}: surge inhibited by {known.id}, which says what it consists of")
    hours = tempo.window.total_seconds() / 3600
    key = fingerprint("surge", place.code, None, "violence", f"{entry.known:%Y-%m-%d}")
    key = memory.unused(key)
    age = grades.age_of(entry.item.published, entry.known) or timedelta(0)
    alert = Alert(
        id=name_of(key, entry.item.id),
        fingerprint=key,
        time=entry.known,
        kind="surge",
        title=f"{place.name} province: surge, {tempo.recent} accounts of violence in {hours:g} h",
        reason=(
            f"{tempo.recent} accounts in {hours:g} h where {tempo.usual:.1f} are usual "
            f"(the {tempo.history.total_seconds() / 86400:.1f} days before); copies are not counted"
        ),
        severity="Moderate",
        urgency=grades.urgency(age),
        certainty="Likely",
        place=place,
        reports=tuple(r.id for r in entry.verdict.reports if r.place and r.place.province == place.province),
        url=None,
    )
    return Draft(alert, "more is told of the province than usual", names=frozenset(("surge",)))


def _tells_of(alert: Alert, place: PlaceRef, entry: Entry, tempo: Tempo) -> bool:
    """Whether an alert of the same window has told what happens in the province already."""
    inside = timedelta(0) <= entry.known - alert.time <= tempo.window
    return inside and alert.kind in ("status", "event") and place.province in alert.codes


def is_surge(tempo: Tempo, settings: Settings) -> bool:
    """Whether a count is one that the province's own usual does not explain."""
    if tempo.history < settings.surge_history or tempo.recent < settings.surge_least:
        return False
    chance = tempo.usual + _SIGMAS * sqrt(tempo.usual)
    return tempo.recent >= settings.surge_factor * tempo.usual and tempo.recent > chance
