"""An alert in, what would have prevented it out, in plain lines: which source, setting or rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from sitmon.alert.settings import Settings
from sitmon.area import Area
from sitmon.assess.whatif import Without
from sitmon.model.alert import Alert
from sitmon.model.entry import Entry
from sitmon.model.incident import Incident
from sitmon.views import wording


def lines(
    alert: Alert,
    tests: Sequence[Without],
    incident: Incident | None,
    entries: Mapping[str, Entry],
    settings: Settings,
    area: Area,
) -> Iterator[str]:
    """Yield what would have kept it from being raised; `tests` are the picture as it was, then without each source."""
    if alert.kind == "status" and tests:
        yield from _status(alert, tests[0], tests[1:], area)
    elif alert.kind == "event":
        yield from _event(incident, entries)
    age = _age(alert, entries)
    if age is not None:
        yield f"  a window shorter than {wording.age(age)} (alerts.window is {wording.age(settings.window)})"
    if alert.severity not in ("Extreme", "Unknown"):
        yield f"  a floor above {alert.severity} (alerts.min_severity is {settings.min_severity})"
    place = f', places = ["{alert.place.code}"]' if alert.place else ""
    kind = f'event_types = ["{alert.event_type}"]' if alert.event_type else ""
    if kind:
        yield f'  a rule of the desk: [[alerts.rules]] {kind}{place}, severity = "drop"'


def _status(alert: Alert, actual: Without, tests: Sequence[Without], area: Area) -> Iterator[str]:
    where = alert.place.name if alert.place else "the place"
    pressing = alert.fingerprint.startswith("pressure|")
    needed = []
    for test in tests:
        was, now = actual.status, test.status
        if now is None or was is None:
            told = "" if was is None else "never told of"
        elif pressing:
            told = "" if now.pressure == was.pressure else wording.PRESSURE_WORDS[now.pressure]
        else:
            same = (now.holder, now.basis) == (was.holder, was.basis)
            told = "" if same else f"{area.words[now.holder]} ({now.basis})"
        if told:
            items = wording.count(test.items, "item")
            needed.append(f"  without {test.source} ({items}) the desk would have shown: {where}, {told}")
    yield from needed
    if tests and not needed:
        yield "  no single source: without any one of them it would have come all the same"


def _event(incident: Incident | None, entries: Mapping[str, Entry]) -> Iterator[str]:
    if incident is None:
        return
    items = (entries.get(name.rpartition("#")[0]) for name in incident.reports)
    sources = list(dict.fromkeys(e.item.source for e in items if e is not None))
    if len(sources) == 1:
        yield f"  without {sources[0]}: nobody else tells of it"
    elif sources:
        yield f"  no single source: {', '.join(sources)} tell of it"


def _age(alert: Alert, entries: Mapping[str, Entry]) -> timedelta | None:
    """Return how old the news was when the alert was raised."""
    told = [
        e.item.published
        for name in alert.reports
        if (e := entries.get(name.rpartition("#")[0])) is not None and e.item.published is not None
    ]
    ages = [alert.time - t for t in told if alert.time >= t]
    return min(ages) if ages and min(ages) > timedelta(0) else None
