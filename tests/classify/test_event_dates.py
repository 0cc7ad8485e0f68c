"""When the event of a whole item is said to have happened: notes that state their date, weekdays, nights, ranges."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from sitmon.classify.classifier import Classifier
from sitmon.model.item import Item

TABLES: Final = tomllib.loads((Path(__file__).parent.parent / "data" / "event-dates.toml").read_text(encoding="utf-8"))
ROWS: Final = [pytest.param(row, id=f"{key}-{n}") for key, rows in TABLES.items() for n, row in enumerate(rows)]


@pytest.mark.parametrize("date_row", ROWS)
def test_the_first_report_has_the_day_that_is_said(classifier: Classifier, date_row: dict[str, Any]) -> None:
    published = datetime.fromisoformat(date_row["p"]) if "p" in date_row else None
    reports = classifier.classify(Item("t", "test", date_row["t"], published=published)).reports
    assert reports, date_row["t"]
    assert reports[0].event_time == date_row.get("d"), date_row["t"]
