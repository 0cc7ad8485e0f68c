"""What leaves on stdout: one alert a line, safe to show, once; and what is said on stderr."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from sitmon.model.alert import Alert
from sitmon.model.picture import Picture
from sitmon.model.place import PlaceRef
from sitmon.model.source import SourceHealth
from sitmon.model.update import Update
from sitmon.views.export import cap, jsonl
from sitmon.views.headless import Diagnostics, Printer, alert_line

NOW = datetime(2021, 8, 8, 9, 40, tzinfo=UTC)
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ALERT = Alert(
    id="a1",
    fingerprint="f1",
    time=NOW,
    kind="status",
    title="Kunduz: capture conceded by the losing side",
    reason="the losing side admits it: a councillor",
    severity="Severe",
    urgency="Immediate",
    certainty="Observed",
    event_type="captured",
    place=PlaceRef("AF-KDZ/kunduz", "Kunduz", "city", "AF-KDZ"),
    basis="conceded",
    origins=2,
    reports=("i#0",),
    url="https://news.example/1",
)


def test_a_line_says_when_how_bad_what_why_and_how_to_ask() -> None:
    line = alert_line(ALERT)
    assert line.startswith("2021-08-08T09:40:00Z SEVERE")
    for part in (ALERT.title, ALERT.reason):
        assert part in line
    assert line.endswith(" | certainty: Observed | sitmon why a1")
    assert "update:" not in line
    assert "update:" in alert_line(replace(ALERT, updates="a0"))


def test_an_alert_is_printed_once_and_only_while_it_is_open() -> None:
    out = io.StringIO()
    printer = Printer("jsonl", out=out)
    acknowledged = replace(ALERT, id="a2", state="acknowledged")
    assert printer.print([ALERT, ALERT, acknowledged]) == [ALERT]
    assert printer.print([ALERT]) == []
    (line,) = out.getvalue().splitlines()
    record = json.loads(line)
    assert record["place"] == {"code": "AF-KDZ/kunduz", "name": "Kunduz", "kind": "city", "province": "AF-KDZ"}
    assert record["time"] == "2021-08-08T09:40:00Z"
    assert (record["severity"], record["urgency"], record["certainty"]) == ("Severe", "Immediate", "Observed")


def test_nothing_that_steers_a_terminal_leaves_as_it_is() -> None:
    title = "a\x1b]0;x\x07b\x9b2Jc\u202ed\u200be\u2066f\u2028g\ud800h كندز"
    line = jsonl.line({"title": title})
    assert json.loads(line)["title"] == title
    assert not set(line) & set("\x1b\x07\x9b\u202e\u200b\u2066\u2028\ud800")
    assert "كندز" in line


def test_cap_documents_are_well_formed_and_say_exercise_in_a_replay() -> None:
    out = io.StringIO()
    printer = Printer("cap", out=out, exercise=True)
    update = replace(ALERT, id="a2", updates="a1", title="Kunduz: <b>&\x0b confirmed")
    printer.print([ALERT, update])
    first, second = (ElementTree.fromstring(line) for line in out.getvalue().splitlines())
    assert first.findtext(f"{CAP}status") == "Exercise"
    assert first.findtext(f"{CAP}msgType") == "Alert"
    assert first.findtext(f"{CAP}sent") == "2021-08-08T09:40:00-00:00"
    assert second.findtext(f"{CAP}msgType") == "Update"
    assert second.findtext(f"{CAP}references") == "sitmon,a1,2021-08-08T09:40:00-00:00"
    info = second.find(f"{CAP}info")
    assert info is not None
    assert info.findtext(f"{CAP}headline") == "Kunduz: <b>& confirmed"
    assert info.findtext(f"{CAP}area/{CAP}geocode/{CAP}value") == "AF-KDZ/kunduz"
    # CAP 1.2 fixes the order of these elements.
    order = [child.tag.removeprefix(CAP) for child in info]
    fixed = ["language", "category", "event", "responseType", "urgency", "severity", "certainty", "headline"]
    assert order[: len(fixed)] == fixed
    assert "Actual" in cap.document(ALERT, status="Actual")


@pytest.mark.parametrize("form", ["text", "jsonl", "cap"])
def test_the_end_of_an_alert_is_a_quiet_update_of_it(form: Any) -> None:
    out = io.StringIO()
    printer = Printer(form, out=out)
    over = replace(ALERT, state="resolved")
    end = replace(over, id="a2", updates="a1", title="no longer so", severity="Minor", urgency="Past", ends=True)
    printer.print([ALERT])
    assert printer.print([over, end]) == [end], "that it is over is one line, not two"
    assert printer.print([end]) == []
    _, line = out.getvalue().splitlines()
    if form == "text":
        assert "MINOR    over: no longer so" in line
    elif form == "jsonl":
        told = json.loads(line)
        assert (told["state"], told["updates"], told["fingerprint"]) == ("resolved", "a1", ALERT.fingerprint)
    else:
        document = ElementTree.fromstring(line)
        assert document.findtext(f"{CAP}msgType") == "Cancel"
        assert document.findtext(f"{CAP}references") == "sitmon,a1,2021-08-08T09:40:00-00:00"


def test_health_is_said_when_it_changes() -> None:
    err = io.StringIO()
    said = Diagnostics(err=err)
    down = SourceHealth("Post", "down", "HTTP 500", last_attempt=NOW, errors=1)
    fresh = SourceHealth("New", "ok")
    for health in (down, down, replace(down, health="ok", reason="", items=3)):
        said.follow(Update(now=NOW, picture=Picture(NOW), health=(health, fresh)))
    assert err.getvalue().splitlines() == ["09:40:00Z Post: down (HTTP 500)", "09:40:00Z Post: ok (3 items)"]


def test_who_asks_once_is_told_of_each_source_once() -> None:
    err = io.StringIO()
    said = Diagnostics(err=err, since=NOW)
    before = SourceHealth("Post", "down", "HTTP 500", last_attempt=NOW - timedelta(hours=1), errors=1)
    for health in (before, SourceHealth("Post", "ok", last_attempt=NOW, items=1)):
        said.follow(Update(now=NOW, picture=Picture(NOW), health=(health,)))
    assert err.getvalue().splitlines() == ["09:40:00Z Post: ok (1 item)"]


def test_quiet_says_nothing() -> None:
    err = io.StringIO()
    said = Diagnostics(quiet=True, err=err)
    said.say("x")
    said.follow(Update(now=NOW, picture=Picture(NOW), health=(SourceHealth("P", "down", "x", last_attempt=NOW),)))
    assert err.getvalue() == ""
