"""The bundled sample as the classifier reads it, item by item, against what a careful reader takes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sitmon.area import Area
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.quote import Quote
from sitmon.model.report import Report
from sitmon.model.terms import MOVING, TERRITORY, SiteKind

Label = dict[str, Any]
Difference = tuple[str, str]
"""What differs ("killed", "speaker", ...), and how."""
PLAIN = ("modality", "basis", "holder", "scope", "claimed_by")
COUNTS = ("killed", "wounded", "abducted")


@pytest.fixture(scope="module")
def readings(
    area: Area, pairs: list[tuple[Item, Label]], verdicts: dict[Item, Verdict]
) -> list[tuple[Label, list[Difference]]]:
    """Each label with what the classifier reads otherwise."""
    return [(label, list(compare(area, label, verdicts[item]))) for item, label in pairs]


def test_every_item_is_read_as_a_careful_reader_would(readings: list[tuple[Label, list[Difference]]]) -> None:
    wrong = [
        f"{label['key']}: {how}"
        for label, differences in readings
        for what, how in differences
        if what not in label.get("misses", [])
    ]
    assert wrong == []


def test_what_is_known_to_be_missed_is_little_and_no_fall_of_a_town(labels: list[Label]) -> None:
    missed = [what for label in labels for what in label.get("misses", [])]
    assert len(missed) <= len(labels) / 5
    assert not {"provinces", "language", "event", "false", "place", "holder", "modality"} & set(missed)


def compare(area: Area, label: Label, verdict: Verdict) -> Iterator[Difference]:
    """Yield what a verdict has otherwise than its label."""
    if label["lang"] != verdict.lang and {label["lang"], verdict.lang} != {"prs", "fa"}:
        yield "language", f"language {verdict.lang}, not {label['lang']}"
    if "provinces" in label and set(label["provinces"]) != set(verdict.provinces):
        yield "provinces", f"provinces {sorted(verdict.provinces)}, not {sorted(label['provinces'])}"
    if "reports" in label:
        yield from compare_reports(area, label["reports"], verdict.reports)
    for quote in label.get("quotes", []):
        yield from compare_quotes(quote, verdict.quotes)


def compare_reports(area: Area, labels: list[Label], reports: tuple[Report, ...]) -> Iterator[Difference]:
    for label in labels:
        name = f"{label['event']} at {label.get('place')}"
        rows = [list(compare_report(area, label, r)) for r in reports if r.event_type == label["event"]]
        if not rows:
            yield "event", f"no {name}"
        else:
            yield from ((what, f"{name}: {how}") for what, how in min(rows, key=len))
    yield from find_false(area, [r for r in labels if r["modality"] in MOVING], reports)


def find_false(area: Area, happened: list[Label], reports: tuple[Report, ...]) -> Iterator[Difference]:
    """Yield what is told as having happened and did not: any event where nothing did, else any change of control.

    Whether a town was captured or handed over is the difference of one report, not a second, false one.
    """
    known = {(kind(r["event"]), r.get("place"), r.get("site")) for r in happened}
    for report in (r for r in reports if r.modality in MOVING):
        code, site = where(area, report)
        what = kind(report.event_type)
        told = any(k == what and p in (None, code) and s in (None, site) for k, p, s in known)
        placeless = code is None and bool(happened)
        if not told and not placeless and (report.event_type in TERRITORY or not happened):
            yield "false", f"a false {report.event_type} at {code} {site or ''}".rstrip()


def kind(event: str) -> str:
    return "captured" if event == "handed_over" else event


def where(area: Area, report: Report) -> tuple[str | None, SiteKind | None]:
    """Return the place and the site of a report; a site that has a code of its own is a site of its city."""
    if report.place is None:
        return None, report.site
    place = area.places[report.place.code]
    return (place.parent, place.site) if place.kind == "site" else (place.code, report.site)


def compare_report(area: Area, label: Label, report: Report) -> Iterator[Difference]:
    code, site = where(area, report)
    if "place" in label and not same_place(area, label, code):
        yield "place", f"place {code}"
    if "site" in label and site != label["site"]:
        yield "site", f"site {site}, not {label['site']}"
    for name in PLAIN:
        if name in label and getattr(report, name) != label[name]:
            yield name, f"{name} {getattr(report, name)}, not {label[name]}"
    if "actor" in label and side(area, report.actor) != side(area, label["actor"]):
        yield "actor", f"actor {report.actor}, not {label['actor']}"
    for name in COUNTS:
        if name in label and getattr(report, name).best != label[name]:
            yield name, f"{name} {getattr(report, name).best}, not {label[name]}"
    if missing := set(label.get("tags", [])) - set(report.tags):
        yield "tags", f"without {', '.join(sorted(missing))}"


def same_place(area: Area, label: Label, code: str | None) -> bool:
    """Return whether the places are one; of what moves no holder, the same province is near enough."""
    if label["event"] in TERRITORY or code is None:
        return bool(code == label["place"])
    return area.places[code].province == area.places[label["place"]].province


def side(area: Area, actor: str | None) -> str | None:
    return area.actors[actor].side if actor else None


def compare_quotes(label: Label, quotes: tuple[Quote, ...]) -> Iterator[Difference]:
    words = label["text"].rstrip(".,")
    near = [q for q in quotes if q.kind != "indirect" or label["kind"] == "indirect"]
    best = max(near, key=lambda q: overlap(words, q.text), default=None)
    if best is None or overlap(words, best.text) < 0.9:
        yield "quote", f"the quote {words[:40]!r} not found"
        return
    for name in ("speaker", "side"):
        if name in label and getattr(best, name) != label[name]:
            yield name, f"{name} {getattr(best, name)!r} of {words[:25]!r}, not {label[name]!r}"
    if "speaker" not in label and best.speaker is not None:
        yield "speaker", f"speaker {best.speaker!r} of {words[:25]!r}, who is not named"
    role, wanted = (best.role or "").casefold(), label.get("role", "").casefold()
    if wanted and not (role and (role in wanted or wanted in role)):
        yield "role", f"role {best.role!r} of {words[:25]!r}, not {label['role']!r}"


def overlap(one: str, other: str) -> float:
    """Return how much of the longer text the shorter one is, where it stands in it whole (0 to 1)."""
    short, long = sorted((one, other), key=len)
    return len(short) / len(long) if short and short in long else 0.0
