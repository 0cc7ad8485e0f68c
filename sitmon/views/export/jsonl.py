"""Nouns in, one JSON line each out: the shapes that other programs rely on.

Text is written as it is, letters of every script included, except characters that could steer a terminal or turn its
writing direction: those leave as JSON escapes, so that a line may be shown anywhere.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sitmon.assess.records import Record
from sitmon.ingest import items_jsonl
from sitmon.model.alert import Alert
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.picture import SiteStatus, Status, Transition
from sitmon.model.place import PlaceRef
from sitmon.model.quote import Quote
from sitmon.model.report import Count, Report

_STEERING = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def line(record: dict[str, Any]) -> str:
    """Return a record as one line of JSON, without the newline."""
    text = json.dumps(record, ensure_ascii=False, separators=(", ", ": "))
    return _STEERING.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def time_of(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601 UTC, to the second."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def place_of(place: PlaceRef | None) -> dict[str, Any] | None:
    """Return a place as its code, name, kind and province."""
    if place is None:
        return None
    return {"code": place.code, "name": place.name, "kind": place.kind, "province": place.province}


def _count(count: Count) -> dict[str, int | None]:
    return {"min": count.min, "best": count.best, "max": count.max}


def report_of(report: Report) -> dict[str, Any]:
    """Return a report with everything that it rests on."""
    return {
        "id": report.id,
        "event_type": report.event_type,
        "tags": list(report.tags),
        "place": place_of(report.place),
        "site": report.site,
        "scope": report.scope,
        "actor": report.actor,
        "target": report.target,
        "holder": report.holder,
        "modality": report.modality,
        "basis": report.basis,
        "source_side": report.source_side,
        "speaker": report.speaker,
        "agency": report.agency,
        "claimed_by": report.claimed_by,
        "event_time": report.event_time,
        "time_precision": report.time_precision,
        "killed": _count(report.killed),
        "wounded": _count(report.wounded),
        "abducted": _count(report.abducted),
        "confidence": round(report.confidence, 2),
        "evidence": [{"kind": s.kind, "start": s.start, "end": s.end, "text": s.text} for s in report.evidence],
    }


def quote_of(quote: Quote) -> dict[str, Any]:
    """Return a quote with its speaker."""
    return {
        "text": quote.text,
        "kind": quote.kind,
        "speaker": quote.speaker,
        "role": quote.role,
        "side": quote.side,
        "cue": quote.cue,
        "place": quote.place,
        "start": quote.start,
        "end": quote.end,
    }


def verdict_of(item: Item, verdict: Verdict) -> dict[str, Any]:
    """Return what the classifier gives for an item."""
    return {
        "id": item.id,
        "lang": verdict.lang,
        "provinces": list(verdict.provinces),
        "event_types": list(verdict.event_types),
        "places": [
            {"code": m.place.code, "name": m.place.name, "kind": m.place.kind, "start": m.start, "end": m.end}
            for m in verdict.places
        ],
        "reports": [report_of(r) for r in verdict.reports],
        "quotes": [quote_of(q) for q in verdict.quotes],
    }


def item_of(item: Item) -> dict[str, Any]:
    """Return an item in the form that `sitmon classify` and `sitmon replay` read back to the same item."""
    return items_jsonl.to_record(item)


def _site(site: SiteStatus) -> dict[str, Any]:
    return {
        "site": site.site,
        "holder": site.holder,
        "basis": site.basis,
        "known_since": time_of(site.known_since),
        "evidence": list(site.evidence),
    }


def status_of(status: Status) -> dict[str, Any]:
    """Return the status of a place."""
    return {
        "code": status.place.code,
        "name": status.place.name,
        "kind": status.place.kind,
        "province": status.place.province,
        "holder": status.holder,
        "basis": status.basis,
        "scope": status.scope,
        "pressure": status.pressure,
        "last_fighting": time_of(status.last_fighting),
        "since": status.since,
        "known_since": time_of(status.known_since),
        "last_evidence": time_of(status.last_evidence),
        "confidence": round(status.confidence, 2),
        "origins": status.origins,
        "previous": status.previous,
        "disputed_by": list(status.disputed_by),
        "sites": [_site(s) for s in status.sites],
        "rule": status.rule,
        "evidence": list(status.evidence),
    }


def transition_of(transition: Transition) -> dict[str, Any]:
    """Return one change of a status."""
    return {
        "id": transition.id,
        "place": place_of(transition.place),
        "site": transition.site,
        "from": {
            "holder": transition.from_holder,
            "basis": transition.from_basis,
            "pressure": transition.from_pressure,
        },
        "to": {"holder": transition.to_holder, "basis": transition.to_basis, "pressure": transition.to_pressure},
        "event_time": transition.event_time,
        "known": time_of(transition.known),
        "rule": transition.rule,
        "confidence": round(transition.confidence, 2),
        "origins": transition.origins,
        "evidence": list(transition.evidence),
    }


def record_of(record: Record) -> dict[str, Any]:
    """Return what became of what a speaker or a source said."""
    return {
        "name": record.name,
        "side": record.side,
        "claims": record.claims,
        "conceded": record.conceded,
        "confirmed": record.confirmed,
        "denied": record.denied,
        "open": record.open,
        "borne_out_after_s": int(record.after.total_seconds()) if record.after is not None else None,
        "denials": record.denials,
        "upheld": record.upheld,
        "refuted": record.refuted,
    }


def alert_of(alert: Alert) -> dict[str, Any]:
    """Return an alert."""
    return {
        "id": alert.id,
        "fingerprint": alert.fingerprint,
        "time": time_of(alert.time),
        "state": alert.state,
        "severity": alert.severity,
        "urgency": alert.urgency,
        "certainty": alert.certainty,
        "kind": alert.kind,
        "event_type": alert.event_type,
        "place": place_of(alert.place),
        "basis": alert.basis,
        "title": alert.title,
        "reason": alert.reason,
        "origins": alert.origins,
        "reports": list(alert.reports),
        "updates": alert.updates,
        "killed": alert.killed,
        "url": alert.url,
    }
