"""The demo, the replay and what can be asked of it afterwards, on the bundled sample."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from sitmon.classify.text import fold
from sitmon.model.source import PollState
from sitmon.store.log import Log

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "seeds" / "afghanistan" / "sample"
Run = Callable[..., "CompletedProcess[str]"]

EVENING = "2021-08-08T23:59:00Z"


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_demo_without_a_terminal_prints_alerts_and_ends_well(run: Run) -> None:
    done = run("demo")
    assert done.returncode == 0, done.stderr
    (said,) = done.stderr.splitlines()
    assert said.startswith("135 items from 2021-08-03T")
    assert said.endswith(f"{len(done.stdout.splitlines())} alerts; nothing is kept: --store FILE keeps it to be asked")
    assert run("-q", "demo").stderr == ""
    alerts = done.stdout.splitlines()
    assert len(alerts) > 5
    for city in ("Zaranj", "Sheberghan", "Sar-e Pul", "Kunduz", "Taloqan"):
        assert any(city in line for line in alerts), f"no alert of {city}"


def test_the_same_replay_gives_the_same_bytes_shuffled_or_not(run: Run, run_anew: Run, tmp_path: Path) -> None:
    first = run_anew("replay", SAMPLE, "--format", "jsonl")
    assert first.returncode == 0, first.stderr
    assert len(lines(first.stdout)) > 5
    again = run_anew("replay", SAMPLE, "--format", "jsonl")
    assert again.stdout == first.stdout, "each start hashes in another way, which may order nothing"

    items = run("ingest", SAMPLE).stdout.splitlines()
    assert len(items) >= 80
    outputs = set()
    for seed in range(3):
        mixed = items.copy()
        random.Random(seed).shuffle(mixed)
        path = tmp_path / "mixed.jsonl"
        path.write_text("\n".join(mixed), encoding="utf-8")
        outputs.add(run("replay", path, "--format", "jsonl").stdout)
    assert len(outputs) == 1
    assert len(lines(outputs.pop())) > 5


@pytest.mark.parametrize("what", [("replay", str(SAMPLE)), ("demo",)])
def test_a_reader_that_goes_ends_a_replay_at_lifes_own_speed(
    what: tuple[str, ...], home: dict[str, str], command: Sequence[str]
) -> None:
    process = subprocess.Popen(
        [*command, *what, "--speed", "0.001"], env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()  # long before the first alert
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, b"")


@pytest.fixture(scope="module")
def replayed(run_in: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store into which the whole sample was replayed."""
    folder = tmp_path_factory.mktemp("store")
    assert run_in(folder, "--store", "desk.db", "replay", SAMPLE).returncode == 0
    return folder / "desk.db"


def board(run: Run, store: Path, *words: str) -> dict[str, dict[str, Any]]:
    done = run("--store", store, "status", "--format", "jsonl", *words)
    assert done.returncode == 0, done.stderr
    return {status["code"]: status for status in lines(done.stdout)}


def test_the_board_on_the_evening_of_8_august(run: Run, replayed: Path) -> None:
    found = board(run, replayed, "--known-at", EVENING)
    assert len(found) == 34
    taken = {
        "AF-NIM/zaranj": ("conceded", "confirmed"),
        "AF-JOW/sheberghan": ("conceded", "confirmed"),
        "AF-SAR/sar-e-pul": ("conceded", "confirmed"),
        "AF-KDZ/kunduz": ("conceded", "confirmed"),
        "AF-TAK/taloqan": ("reported", "witnessed", "confirmed", "conceded"),
    }
    for code, bases in taken.items():
        assert found[code]["holder"] == "insurgent", found[code]
        assert found[code]["basis"] in bases, found[code]
        assert found[code]["previous"] == "government"
    for code in ("AF-KDZ/kunduz", "AF-JOW/sheberghan"):
        airport = [s for s in found[code]["sites"] if s["site"] == "airport"]
        assert [s["holder"] for s in airport] == ["government"], found[code]["sites"]
    for code in ("AF-HER/herat", "AF-KAN/kandahar", "AF-HEL/lashkar-gah"):
        assert found[code]["holder"] in ("government", "contested"), found[code]
        assert found[code]["pressure"] != "none"
    assert found["AF-KAB/kabul"]["holder"] == "government"
    untouched = set(found) - set(taken)
    assert all(found[code]["holder"] != "insurgent" for code in untouched)


def test_the_two_clocks(run: Run, replayed: Path) -> None:
    before = board(run, replayed, "--known-at", "2021-08-05T00:00:00Z")
    assert all(s["holder"] == "government" for s in before.values())
    happened = board(run, replayed, "--as-of", "2021-08-07T23:00:00Z")
    assert happened["AF-NIM/zaranj"]["holder"] == "insurgent"
    assert happened["AF-KDZ/kunduz"]["holder"] == "government"
    assert "is no time" in run("--store", replayed, "status", "--as-of", "yesterday").stderr


@pytest.mark.parametrize("form", ["table", "csv", "geojson"])
def test_the_board_in_every_form(run: Run, replayed: Path, form: str) -> None:
    done = run("--store", replayed, "status", "--format", form)
    assert done.returncode == 0, done.stderr
    if form == "geojson":
        record = json.loads(done.stdout)
        assert len(record["features"]) == 34
        longitude, latitude = record["features"][0]["geometry"]["coordinates"]
        assert 60 < longitude < 75
        assert 29 < latitude < 39
    else:
        assert len(done.stdout.splitlines()) >= 35
        assert "Kunduz" in done.stdout


def test_a_place_is_found_by_code_name_and_spelling(run: Run, replayed: Path) -> None:
    for word in ("AF-KDZ/kunduz", "kunduz", "AF-KDZ", "کندز"):
        assert "AF-KDZ/kunduz" in board(run, replayed, "--place", word)
    done = run("--store", replayed, "status", "--place", "Kundz")
    assert done.returncode == 2
    assert "did you mean 'Kunduz'?" in done.stderr


def test_why_names_rule_sentence_and_origins(run: Run, replayed: Path) -> None:
    done = run("--store", replayed, "why", "AF-KDZ/kunduz")
    assert done.returncode == 0, done.stderr
    for part in ("TALIBAN", "Rule", "Evidence", "Origins", "[", "counted"):
        assert part in done.stdout
    alerts = lines(run("replay", SAMPLE, "--format", "jsonl").stdout)
    kunduz = next(a for a in alerts if a["place"] and a["place"]["code"] == "AF-KDZ/kunduz" and a["kind"] == "status")
    done = run("--store", replayed, "why", kunduz["id"])
    assert done.returncode == 0, done.stderr
    assert kunduz["title"] in done.stdout
    assert "raised because" in done.stdout
    done = run("--store", replayed, "why", "--format", "jsonl", kunduz["id"])
    assert json.loads(done.stdout)["evidence"]
    report = kunduz["reports"][0]
    assert report in run("--store", replayed, "why", report).stdout
    assert run("--store", replayed, "why", "nonsense").returncode == 2


def test_replaying_into_the_same_store_again_alerts_nobody(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    assert run("--store", store, "replay", SAMPLE).stdout
    again = run("--store", store, "replay", SAMPLE)
    assert again.returncode == 0, again.stderr
    assert again.stdout == ""
    assert "135 items" in again.stderr
    assert ", none of them new; 0 alerts; kept in " in again.stderr


def test_why_shows_a_sentence_once_with_all_that_it_was_taken_for(run: Run, replayed: Path) -> None:
    told = run("--store", replayed, "why", "AF-KDZ/kunduz").stdout.split("Evidence, newest first")[1]
    evidence = told.split("\n\n")[0].splitlines()[1:]
    sentence = next(n for n, line in enumerate(evidence) if "امنیه قوماندانۍ" in line)
    above = evidence[sentence - 6 : sentence]
    assert len({line.rpartition("  ")[2].partition("#")[0] for line in above}) == 1, "six of one item's lines"
    assert sum("fighting" in line for line in above) == 3
    assert sum(" held by TALIBAN" in line for line in above) == 3


def test_a_replay_into_the_log_of_a_desk_that_polls_is_refused_unless_meant(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "1", "text": "x", "published": "2021-08-08T09:00:00Z"}\n', encoding="utf-8"
    )
    live = tmp_path / "live.db"
    with Log(live, fold=fold) as log:
        log.save(PollState("Northern Post"))
    refused = run("--store", live, "replay", "a.jsonl")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--store other.db" in refused.stderr
    with Log(live, read_only=True, fold=fold) as log:
        assert list(log.entries()) == []
        assert not log.fact("clock")
    meant = run("--store", live, "replay", "a.jsonl", "--mix")
    assert meant.returncode == 0, meant.stderr


def test_the_table_has_what_changed_last_first_then_names(run: Run, replayed: Path) -> None:
    known = {
        s["name"]: s["known_since"] or ""
        for s in lines(run("--store", replayed, "status", "--known-at", EVENING, "--format", "jsonl").stdout)
    }
    table = run("--store", replayed, "status", "--known-at", EVENING).stdout
    at = sorted(known, key=lambda name: table.index(f"  {name}  "))
    assert at == sorted(sorted(known, key=str.casefold), key=lambda name: known[name], reverse=True)


def test_alerts_as_cap_say_exercise(run: Run, tmp_path: Path) -> None:
    done = run("replay", SAMPLE, "--format", "jsonl", "--known-at", "2021-08-06T12:00:00Z")
    assert all(a["time"] <= "2021-08-06T12:00:00Z" for a in lines(done.stdout))


def test_no_store_and_no_items_are_plain_errors(run: Run, tmp_path: Path) -> None:
    done = run("--store", tmp_path / "none.db", "status")
    assert done.returncode == 1
    assert "no store here yet" in done.stderr
    done = run("replay", tmp_path / "none.xml")
    assert done.returncode == 2
    assert "no such file or folder" in done.stderr
    (tmp_path / "page.html").write_text("<html><body>Not found</body></html>")
    done = run("replay", tmp_path / "page.html")
    assert done.returncode == 1  # the file is there, but nothing in it can be read
    assert "page.html" in done.stderr
