"""Marks of many processes at once, what would have prevented an alert, and what became of what people said."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
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


def test_what_many_processes_do_on_one_store_at_once_all_holds(
    run: Run, store: Path, home: dict[str, str], command: Sequence[str]
) -> None:
    first, second = alerts(run, store, "--state", "active")[:2]
    quiet = ("--for", "30d", "--reason", "known")
    hands = [
        ("ack", first["id"], "--by", "One"),
        ("ack", second["id"], "--by", "Two"),
        ("silence", "taloqan", *quiet, "--by", "One"),
        ("silence", "fayzabad", *quiet, "--by", "Two"),
        ("override", "kabul", "contested", "--reason", "own eyes", "--by", "One"),
        ("override", "herat", "insurgent", "--reason", "own ears", "--by", "Two"),
    ]
    running = [
        subprocess.Popen([*command, "--store", str(store), *words], env=home, stderr=subprocess.PIPE, text=True)
        for words in hands
    ]
    for words, process in zip(hands, running, strict=True):
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, (words, said)
    states = {a["id"]: a["state"] for a in alerts(run, store)}
    assert (states[first["id"]], states[second["id"]]) == ("acknowledged", "acknowledged")
    board = run("--store", store, "status", "--format", "jsonl").stdout.splitlines()
    held = {s["code"]: (s["holder"], s["basis"]) for s in map(json.loads, board)}
    assert held["AF-KAB/kabul"] == ("contested", "override")
    assert held["AF-HER/herat"] == ("insurgent", "override")
    assert run("--store", store, "replay", SAMPLE).returncode == 0
    silenced = {a["place"]["code"] for a in alerts(run, store, "--state", "silenced")}
    assert "AF-TAK/taloqan" in silenced
    told = {
        a["place"]["code"]
        for a in alerts(run, store, "--state", "active")
        if a["place"] and a["time"] > "2021-08-08T12:00:00Z"
    }
    assert not told & {"AF-TAK/taloqan", "AF-BDS/fayzabad"}


def test_an_alert_says_what_would_have_prevented_it(run: Run, store: Path) -> None:
    zaranj = next(
        a for a in alerts(run, store) if a["kind"] == "status" and a["place"]["code"] == "AF-NIM/zaranj"
    )  # fmt: skip
    text = run("--store", store, "why", zaranj["id"]).stdout
    prevented = text[text.index("What would have prevented it") :]
    assert "without Voice of the North" in prevented
    assert "the desk would have shown: Zaranj, GOVT (assumed)" in prevented
    assert 'event_types = ["captured"], places = ["AF-NIM/zaranj"], severity = "drop"' in prevented


def test_the_spokesmans_record_stands_in_why_and_beside_the_sources(run: Run, store: Path) -> None:
    text = run("--store", store, "why", "zaranj").stdout
    assert "record: " in text
    assert "conceded" in text[text.index("record: ") :].splitlines()[0]
    listed = run("--store", store, "sources", "list", "--area").stdout
    assert "What became of what speakers said" in listed


def test_a_code_means_itself_and_a_name_its_city(run: Run, store: Path) -> None:
    for word, code in (("AF-KDZ", "AF-KDZ"), ("af-kdz/kunduz", "AF-KDZ/kunduz"), ("kunduz", "AF-KDZ/kunduz")):
        done = run("--store", store, "silence", word, "--for", "1h")
        assert f"({code}) silenced" in done.stderr
    assert run("--store", store, "unmark", "Kunduz").returncode == 0


def test_a_matcher_is_one_of_its_words(run: Run, store: Path) -> None:
    for option, word in (("--kind", "statsu"), ("--event-type", "captured!"), ("--severity", "sever")):
        done = run("--store", store, "silence", "kunduz", option, word)
        assert done.returncode == 2
        assert option in done.stderr
        assert "did you mean" in done.stderr


def test_an_officers_words_cannot_steer_a_terminal(run: Run, store: Path) -> None:
    words = "seen \x1b]0;owned\x07 \u202eby me"
    assert run("--store", store, "note", "kunduz", words, "--by", "A\x1b[31m").returncode == 0
    for form in ("md", "html", "json"):
        out = run("--store", store, "sitrep", "--format", form).stdout
        assert "seen" in out
        assert not set(out) & set("\x1b\x07\u202e")


def test_a_period_that_ends_before_it_begins_is_refused(run: Run, store: Path) -> None:
    done = run("--store", store, "sitrep", "--since", "2022-01-01", "--until", "2021-01-01")
    assert done.returncode == 2
    assert "later than" in done.stderr
