"""Statuses, reports and alerts in, CSV out: one row each, a header first.

A cell that a spreadsheet would take for a formula is quoted by "'": feed text must never become a command there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitmon.model.picture import Status
from sitmon.views.export import jsonl

STATUS_COLUMNS = (
    "code", "name", "province", "holder", "basis", "scope", "pressure", "since", "known_since", "last_evidence",
    "confidence", "origins", "previous", "disputed_by", "sites", "evidence",
)  # fmt: skip
REPORT_COLUMNS = (
    "id", "time", "known", "source", "reliability", "url", "event_type", "tags", "place", "place_name", "province",
    "lat", "lon", "site", "scope", "actor", "target", "holder", "modality", "basis", "source_side", "speaker", "agency",
    "event_time", "time_precision", "killed_min", "killed_best", "killed_max", "wounded_min", "wounded_best",
    "wounded_max", "confidence", "sentence",
)  # fmt: skip
ALERT_COLUMNS = (
    "id", "fingerprint", "time", "state", "severity", "urgency", "certainty", "kind", "event_type", "place",
    "place_name", "province", "basis", "title", "reason", "origins", "reports", "updates", "killed", "url",
)  # fmt: skip


def lines(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a CSV file line by line, each with its newline; what a record lacks is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in _rows(columns, records):
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _rows(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    yield list(columns)
    for record in records:
        yield [cell(record.get(column)) for column in columns]


def cell(value: Any) -> str:
    """Return a value as the text of a cell."""
    text = "" if value is None else " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") and not isinstance(value, int | float) else text


def statuses(found: Iterable[Status]) -> Iterator[str]:
    """Yield statuses as CSV."""
    return lines(STATUS_COLUMNS, map(_status, found))


def _status(status: Status) -> dict[str, Any]:
    record = jsonl.status_of(status)
    record["sites"] = "; ".join(f"{s['site']}={s['holder']}/{s['basis']}" for s in record["sites"])
    return record


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report's or an alert's record with its place and its counts spread over columns of their own."""
    out = dict(record)
    place = out.pop("place", None)
    if place:
        out |= {"place": place["code"], "place_name": place["name"], "province": place["province"]}
    for kind in ("killed", "wounded"):
        if isinstance(out.get(kind), Mapping):  # a report's bounds; an alert has one number
            out |= {f"{kind}_{bound}": number for bound, number in out.pop(kind).items()}
    return out
