"""The officer's hands from a script: acknowledge, silence, note, override, search; each mark holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "seeds" / "afghanistan" / "sample"
Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def store(sample_store: Callable[[str, Path], Path], tmp_path: Path) -> Path:
    return sample_store("2021-08-08T12:00Z", tmp_path / "desk.db")


def alerts(run: Run, store: Path, *words: str) -> list[dict[str, Any]]:
    done = run("--store", store, "alerts", "--format", "jsonl", *words)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_acknowledged_and_taken_back(run: Run, store: Path) -> None:
    first = alerts(run, store, "--state", "active")[0]
    assert run("--store", store, "ack", first["id"], "--by", "Day shift").returncode == 0
    assert [a["state"] for a in alerts(run, store) if a["id"] == first["id"]] == ["acknowledged"]
    assert run("--store", store, "unmark", first["id"]).returncode == 0
    assert [a["state"] for a in alerts(run, store) if a["id"] == first["id"]] == ["active"]
    done = run("--store", store, "ack", first["id"][:-1] + "x")
    assert done.returncode == 2
    assert f"did you mean {first['id']!r}?" in done.stderr


def test_a_silence_covers_what_comes_later(run: Run, store: Path) -> None:
    done = run("--store", store, "silence", "taloqan", "--for", "30d", "--reason", "known", "--by", "Day shift")
    assert done.returncode == 0, done.stderr
    later = run("--store", store, "replay", SAMPLE).stdout.splitlines()
    assert later, "the rest of the sample alerts"
    assert not any("Taloqan" in line for line in later)
    silenced = alerts(run, store, "--state", "silenced")
    assert {a["place"]["code"] for a in silenced} == {"AF-TAK/taloqan"}
    assert run("--store", store, "silence", "*", "--for", "soon").returncode == 2
    assert "did you mean 'Severe'" in run("--store", store, "silence", "*", "--severity", "sever").stderr


def test_a_second_silence_says_how_long_the_first_holds_and_only_makes_it_longer(run: Run, store: Path) -> None:
    words = ("--store", store, "silence", "taloqan", "--for")
    first = run(*words, "2h").stderr
    assert "already" not in first
    until = first.partition(" until ")[2].partition(";")[0]
    shorter = run(*words, "1h").stderr
    assert f"silenced already, until {until}; nothing changed" in shorter
    longer = run(*words, "3h").stderr
    assert f"silenced already, until {until}; now until " in longer
    narrowed = run(*words, "1h", "--kind", "surge").stderr
    assert "already" not in narrowed, "another silence: of one kind alone"
    assert run("--store", store, "unmark", "AF-TAK/taloqan").stderr.count("taken back: silence") == 3


def test_an_override_stands_above_the_rules_until_taken_back(run: Run, store: Path) -> None:
    def kabul() -> dict[str, Any]:
        done = run("--store", store, "status", "--place", "AF-KAB/kabul", "--format", "jsonl")
        record: dict[str, Any] = json.loads(done.stdout)
        return record

    assert kabul()["holder"] == "government"
    done = run("--store", store, "override", "kabul", "contested", "--reason", "own correspondent", "--by", "Desk")
    assert done.returncode == 0, done.stderr
    assert (kabul()["holder"], kabul()["basis"]) == ("contested", "override")
    assert "own correspondent" in run("--store", store, "why", "kabul").stdout or kabul()["rule"] == "override"
    assert run("--store", store, "unmark", done.stderr.split()[-1]).returncode == 0
    assert kabul()["holder"] == "government"
    assert run("--store", store, "override", "kabul", "contested").returncode == 2
    wrong = run("--store", store, "override", "kabul", "insurgents", "--reason", "x")
    assert "did you mean 'insurgent'?" in wrong.stderr


def test_notes_and_search(run: Run, store: Path) -> None:
    assert run("--store", store, "note", "kunduz", "called the hospital").returncode == 0
    assert run("--store", store, "note", "Kundzu", "x").returncode == 2
    found = run("--store", store, "search", "kunduz airport")
    assert found.returncode == 0
    assert "unduz" in found.stdout
    record = json.loads(run("--store", store, "search", "kunduz", "--format", "jsonl", "--limit", "1").stdout)
    assert record["verdict"]["provinces"]
    nothing = run("--store", store, "search", "xyzzy")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "nothing in the log holds 'xyzzy'" in nothing.stderr
    assert run("--store", store, "search", 'a "b AND (').returncode in (0, 1)


def test_a_search_says_that_filters_are_the_desks(run: Run, store: Path) -> None:
    done = run("--store", store, "search", "state:active xyzzy")
    assert done.returncode == 1
    assert "filters such as place: are the desk's" in done.stderr
    assert "filters" not in run("--store", store, "search", "14:00 xyzzy").stderr


def test_a_report_takes_the_times_that_the_desk_takes(run: Run, store: Path) -> None:
    report = ("--store", store, "sitrep", "--format", "json", "--until")
    ago = json.loads(run(*report, "2021-08-08T12:00:00Z", "--since", "-6h").stdout)
    assert (ago["since"], ago["until"]) == ("2021-08-08T06:00:00Z", "2021-08-08T12:00:00Z")
    clock = json.loads(run(*report, "11:00", "--since", "2021-08-08").stdout)
    assert (clock["since"], clock["until"]) == ("2021-08-08T00:00:00Z", "2021-08-08T11:00:00Z")
    assert "expected 14:00, -6h" in run(*report, "noonish").stderr


def test_the_situation_report_in_three_forms(run: Run, store: Path) -> None:
    words = ("--store", store, "sitrep", "--since", "2021-08-06")
    report = json.loads(run(*words, "--format", "json").stdout)
    assert report["since"] == "2021-08-06T00:00:00Z"
    changed = [c["place"]["code"] for c in report["changes"] if c["to"]["holder"] == "insurgent" and not c["site"]]
    assert {"AF-NIM/zaranj", "AF-JOW/sheberghan", "AF-KDZ/kunduz"} <= set(changed)
    assert [c["known"] for c in report["changes"]] == sorted(c["known"] for c in report["changes"])
    assert report["quotes"]
    assert any(i["claimants"] for i in report["incidents"])
    assert report["blind"]["never_reported"]
    text = run(*words).stdout
    order = ["Highlights", "Overview", "What changed", "Open disputes", "Incidents", "Statements", "Not known"]
    places = [text.index(f"## {title}") for title in order]
    assert places == sorted(places)
    page = run(*words, "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert "http" not in page.split("<body>")[0], "the page loads nothing"
    assert "is no time" in run("--store", store, "sitrep", "--since", "noon").stderr


def test_a_handover_is_where_the_next_report_begins(run: Run, store: Path) -> None:
    done = run("--store", store, "handover", "--by", "Night shift", "--note", "all quiet")
    assert done.returncode == 0, done.stderr
    written = run("--store", store, "sitrep").stdout
    assert "Handed over by Night shift at 2021-08-08T" in written
    assert "Z: all quiet" in written
    report = json.loads(run("--store", store, "sitrep", "--format", "json").stdout)
    assert (report["number"], report["items"], report["changes"]) == (2, 0, [])
    assert run("--store", store, "replay", SAMPLE).returncode == 0
    report = json.loads(run("--store", store, "sitrep", "--since", "last-handover", "--format", "json").stdout)
    assert report["since"] == "2021-08-08T11:59:24Z" or report["items"] > 0
    assert "AF-TAK/taloqan" in [c["place"]["code"] for c in report["changes"]]


def test_a_silence_gives_its_alerts_back_when_it_ends(run: Run, tmp_path: Path) -> None:
    def post(hour: int, town: str) -> str:
        said = f"A suicide bombing in {town} city killed 14 people, police said."
        return json.dumps({"id": f"{town}{hour}", "text": said, "published": f"2021-08-08T{hour:02}:00:00Z"})

    def told(name: str, *posts: str) -> list[str]:
        (tmp_path / name).write_text("\n".join(posts) + "\n", encoding="utf-8")
        done = run("--store", "desk.db", "replay", name)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    store = tmp_path / "desk.db"
    assert len(told("first.jsonl", post(6, "Herat"))) == 1
    assert run("--store", store, "silence", "*", "--for", "2h", "--reason", "drill").returncode == 0
    assert told("second.jsonl", post(7, "Kunduz")) == []
    assert {a["state"] for a in alerts(run, store)} == {"silenced"}
    calm = [
        json.dumps({"id": time, "text": "The weather was fine.", "published": f"2021-08-08T{time}:00Z"})
        for time in ("07:59", "08:00")
    ]
    herat, kunduz = told("third.jsonl", *calm)
    assert "Herat" in herat
    assert "Kunduz" in kunduz
    assert [a["state"] for a in alerts(run, store)] == ["active", "active"]


def test_an_override_of_a_site_is_the_same_in_its_city(run: Run, store: Path) -> None:
    def status(place: str) -> dict[str, Any]:
        done = run("--store", store, "status", "--place", place, "--format", "jsonl")
        record: dict[str, Any] = json.loads(done.stdout)
        return record

    done = run("--store", store, "override", "AF-KDZ/kunduz/airport", "contested", "--reason", "seen")
    assert done.returncode == 0, done.stderr
    own = status("AF-KDZ/kunduz/airport")
    its = next(s for s in status("AF-KDZ/kunduz")["sites"] if s["site"] == "airport")
    assert (own["holder"], own["basis"]) == (its["holder"], its["basis"]) == ("contested", "override")
    assert run("--store", store, "unmark", done.stderr.split()[-1]).returncode == 0
    own = status("AF-KDZ/kunduz/airport")
    its = next(s for s in status("AF-KDZ/kunduz")["sites"] if s["site"] == "airport")
    assert (own["holder"], own["basis"]) == (its["holder"], its["basis"]) != ("contested", "override")


def test_a_hand_makes_no_store_where_there_is_none(run: Run, home: dict[str, str]) -> None:
    for words in (("handover",), ("ack", "x"), ("note", "Kunduz", "hi"), ("unmark", "x")):
        done = run(*words)
        assert (done.returncode, done.stdout) == (1, "")
        assert "there is no store here yet" in done.stderr
        assert "`sitmon watch` make it" in done.stderr
        assert "replay" not in done.stderr.replace("that of a replay", ""), "what replay reads is not kept there"
        named = run(*words, "--store", "other.db")
        assert "`sitmon replay PATH --store other.db` makes one" in named.stderr
    assert not list(Path(home["HOME"]).rglob("*.db"))


def test_the_misspelt_holder_is_named_before_the_reason_is_asked_for(run: Run) -> None:
    done = run("override", "Kunduz", "goverment")
    assert done.returncode == 2
    assert "did you mean 'government'?" in done.stderr
    assert "--reason" in run("override", "Kunduz", "government").stderr


def test_unmark_says_what_it_took_back(run: Run, store: Path) -> None:
    run("--store", store, "override", "Kunduz", "contested", "--reason", "own eyes", "--by", "Aziz")
    done = run("--store", store, "unmark", "Kunduz")
    assert done.returncode == 0
    assert "taken back: override of Kunduz (AF-KDZ/kunduz) to contested, by Aziz" in done.stderr
    assert "own eyes" in done.stderr
    again = run("--store", store, "unmark", "Kunduz")
    assert again.returncode == 2
    assert "taken back already" in again.stderr


def test_a_report_since_a_handover_that_never_was_says_so(run: Run, store: Path) -> None:
    done = run("--store", store, "sitrep", "--since", "last-handover")
    assert done.returncode == 0
    assert "nobody has handed over yet: the report is of the last 24 hours" in done.stderr


def test_an_alert_that_was_updated_is_acknowledged_by_any_of_its_names(run: Run, store: Path) -> None:
    update = next(a for a in alerts(run, store) if a["updates"] and a["state"] == "active")
    done = run("--store", store, "ack", update["updates"], "--by", "Aziz")
    assert done.returncode == 0
    assert f"{update['id']} acknowledged, the newest of {update['updates']}" in done.stderr
    assert [a["state"] for a in alerts(run, store) if a["id"] == update["id"]] == ["acknowledged"]


def test_the_global_options_hold_after_the_command_too(run: Run, store: Path) -> None:
    before = run("--store", store, "status", "--place", "Kunduz", "--format", "jsonl")
    after = run("status", "--place", "Kunduz", "--format", "jsonl", "--store", store)
    assert after.returncode == 0
    assert after.stdout == before.stdout
    assert run("--store", "none.db", "alerts", "--store", store, "-q").returncode == 0
    assert run("config", "path", "--config", "mine.toml").stdout == "mine.toml\n"
    assert "TOLOnews" in run("sources", "list", "--area", "--store", store).stdout, "its own --area stays its own"
    assert "--store" in run("status", "--help").stdout
