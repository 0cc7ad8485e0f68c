"""What leaves the desk as a file: every form can be read by what reads such files, and holds the same facts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree import ElementTree

import pytest

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def export(run: Run, tmp_path: Path, sample_store: Callable[[str, Path], Path]) -> Callable[..., str]:
    store = sample_store("2021-08-08T16:00Z", tmp_path / "desk.db")

    def go(form: str, *words: str, code: int = 0) -> str:
        done = run("--store", store, "export", "--format", form, *words)
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return go


def test_the_forms_hold_the_same_reports(export: Callable[..., str]) -> None:
    records = [json.loads(line) for line in export("jsonl").splitlines()]
    assert len(records) > 100
    assert all(r["time"] or r["known"] for r in records)
    rows = list(csv.DictReader(io.StringIO(export("csv"))))
    assert [r["id"] for r in rows] == [r["id"] for r in records]
    features = json.loads(export("geojson"))["features"]
    assert [f["id"] for f in features] == [r["id"] for r in records]
    kunduz = next(
        f for f in features if f["properties"]["place"] and f["properties"]["place"]["code"] == "AF-KDZ/kunduz"
    )
    lon, lat = kunduz["geometry"]["coordinates"]
    assert 68 < lon < 69
    assert 36 < lat < 37


def test_a_place_and_a_period(export: Callable[..., str]) -> None:
    rows = [json.loads(x) for x in export("jsonl", "--place", "Kunduz", "--since", "2021-08-08").splitlines()]
    assert rows
    assert {r["place"]["province"] for r in rows} == {"AF-KDZ"}
    assert min(r["known"] for r in rows) > "2021-08-08"
    before = [json.loads(x) for x in export("jsonl", "--what", "alerts", "--until", "2021-08-07T12:00Z").splitlines()]
    assert before
    assert max(a["time"] for a in before) <= "2021-08-07T12:00:00Z"
    early = [json.loads(x) for x in export("jsonl", "--what", "statuses", "--until", "2021-08-05").splitlines()]
    assert {s["code"]: s["holder"] for s in early}["AF-KDZ/kunduz"] == "government"
    late = list(csv.DictReader(io.StringIO(export("csv", "--what", "statuses"))))
    assert {s["code"]: s["holder"] for s in late}["AF-KDZ/kunduz"] == "insurgent"


def test_acleds_columns(export: Callable[..., str]) -> None:
    rows = list(csv.DictReader(io.StringIO(export("acled-csv"))))
    assert len(rows) == len({r["event_id_cnty"] for r in rows}) > 40
    zaranj = next(r for r in rows if r["location"] == "Zaranj" and r["sub_event_type"].startswith("Non-state actor"))
    assert (zaranj["event_type"], zaranj["admin1"], zaranj["actor1"]) == ("Battles", "Nimroz", "Taliban")
    assert (zaranj["event_date"], zaranj["geo_precision"], zaranj["country"]) == ("2021-08-06", "1", "Afghanistan")
    assert all(r["fatalities"].isdigit() and r["year"] == r["event_date"][:4] for r in rows)
    assert {r["disorder_type"] for r in rows} <= {
        "Political violence", "Demonstrations", "Political violence; Demonstrations", "Strategic developments",
    }  # fmt: skip


def test_cap_holds_alerts_and_updates_name_what_they_update(export: Callable[..., str]) -> None:
    documents = [ElementTree.fromstring(line) for line in export("cap").splitlines()]
    ids = [d.findtext(f"{CAP}identifier") for d in documents]
    alerts = [json.loads(x) for x in export("jsonl", "--what", "alerts").splitlines()]
    assert ids == [a["id"] for a in alerts]
    rows = list(csv.DictReader(io.StringIO(export("csv", "--what", "alerts"))))
    assert [(r["id"], r["killed"]) for r in rows] == [(a["id"], str(a["killed"] or "")) for a in alerts]
    assert any(r["killed"] for r in rows)
    updates = [d for d in documents if d.findtext(f"{CAP}msgType") == "Update"]
    assert updates
    assert all((d.findtext(f"{CAP}references") or "").split(",")[1] in ids for d in updates)
    assert "holds alerts only" in export("cap", "--what", "reports", code=2)
    assert "made from reports" in export("acled-csv", "--what", "statuses", code=2)


def test_no_cell_is_a_formula(run: Run, tmp_path: Path) -> None:
    item = {"id": "x", "title": "", "text": "=HYPERLINK() Taliban captured Kunduz city, an official said.",
            "published": "2021-08-08T09:00:00Z", "source": "=cmd|' /C calc'!A0", "reliability": "B"}  # fmt: skip
    (tmp_path / "items.jsonl").write_text(json.dumps(item) + "\n")
    store = tmp_path / "f.db"
    assert run("--store", store, "replay", tmp_path / "items.jsonl").returncode == 0
    for what in ("reports", "alerts", "statuses"):
        done = run("--store", store, "export", "--format", "csv", "--what", what)
        cells = [cell for row in csv.reader(io.StringIO(done.stdout)) for cell in row]
        assert not [c for c in cells if c[:1] in ("=", "+", "@")]
