"""Rows and verdicts made by hand: the figures are checked against counts that a reader can make on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitmon.area import Area
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.place import PlaceRef
from sitmon.model.quote import Quote
from sitmon.model.report import Count, Report
from sitmon.scoring import labels
from sitmon.scoring.labels import Row

MakeRow = Callable[..., Row]
MakeVerdict = Callable[..., Verdict]


@pytest.fixture
def make_row(area: Area) -> MakeRow:
    """Return a function that makes a row of a text and its labels."""

    def make(text: str = "x", **given: Any) -> Row:
        item = Item(id=str(given.pop("id", "r")), source="", text=text)
        return Row(item, labels.read(given, item.body, area))

    return make


@pytest.fixture
def make_verdict(area: Area) -> MakeVerdict:
    """Return a function that makes a verdict; a report is (type, place code, fields), a quote (body, words, fields)."""

    def make(
        *,
        lang: str = "en",
        provinces: tuple[str, ...] = (),
        types: tuple[str, ...] = (),
        reports: tuple[tuple[str, str | None, dict[str, Any]], ...] = (),
        quotes: tuple[tuple[str, str, dict[str, Any]], ...] = (),
    ) -> Verdict:
        return Verdict(
            lang=lang,
            provinces=provinces,
            event_types=types,
            reports=tuple(_report(area, *r) for r in reports),
            quotes=tuple(_quote(*q) for q in quotes),
        )

    return make


def _report(area: Area, kind: str, code: str | None, fields: dict[str, Any]) -> Report:
    place = area.places[code] if code else None
    ref = PlaceRef(place.code, place.name, place.kind, place.province) if place else None
    counts = {k: Count(best=v) for k, v in fields.items() if k in ("killed", "wounded", "abducted")}
    given: dict[str, Any] = {"modality": "actual", **fields, **counts}
    return Report(id="r#1", item="r", event_type=kind, place=ref, **given)


def _quote(body: str, words: str, fields: dict[str, Any]) -> Quote:
    start = body.index(words)
    given: dict[str, Any] = {"kind": "direct", **fields}
    return Quote(text=words, start=start, end=start + len(words), **given)
