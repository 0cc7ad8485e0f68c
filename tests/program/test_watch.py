"""`sitmon watch` against a real server on the loopback: one good source among bad ones, pipes, Ctrl-C, restarts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sitmon.store.log import Log
from tests.servers import Loopback, Page, atom, rdf, threaded

Run = Callable[..., "CompletedProcess[str]"]


def fresh_rss(*titles: str, age: timedelta = timedelta(minutes=30), tag: str = "n") -> bytes:
    """Return a feed whose items are of today, because old news alerts nobody."""
    date = format_datetime(datetime.now(UTC) - age)
    items = "".join(
        f"<item><title>{t}</title><link>https://news.example/{tag}{n}</link><guid>{tag}{n}</guid><pubDate>{date}</pubDate></item>"
        for n, t in enumerate(titles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


NEWS = (
    "Taliban capture the city of Kunduz, a provincial council member said",
    "A roadside bomb killed 12 civilians in Herat city on their way to a wedding, the governor's spokesman said",
)
SOURCES = {
    "Rss": "/rss",
    "Atom": "/atom",
    "Rdf": "/rdf",
    "Same": "/same",
    "Broken": "/broken",
    "Moved": "/moved",
    "Stalled": "/stalled",
    "Page": "/page",
}


@pytest.fixture
def server() -> Iterator[Loopback]:
    scripts = {
        "/rss": Page(fresh_rss(*NEWS)),
        "/atom": Page(atom("one", "two")),
        "/rdf": Page(rdf("three")),
        "/same": Page(fresh_rss("Quiet day", tag="q"), etag='"v1"'),
        "/broken": Page(b"oops", 500),
        "/moved": Page(status=302, headers=(("Location", "/atom"),)),
        "/stalled": Page(atom("never"), send=20, then="stall"),
        "/page": Page(
            b"<!DOCTYPE html><html><body>Please log in</body></html>", headers=(("Content-Type", "text/html"),)
        ),
    }
    with threaded(scripts) as running:
        yield running


def config(folder: Path, server: Loopback, names: Sequence[str] = tuple(SOURCES), interval: str = "1m") -> Path:
    tables = "".join(
        f'[[sources]]\nname = "{n}"\nurl = "{server.url(SOURCES[n])}"\nreliability = "B"\nside = "media"\n'
        f'interval = "{interval}"\nallow_private_hosts = true\n'
        for n in names
    )
    path = folder / "config.toml"
    path.write_text(f'store = "desk.db"\n{tables}[polling]\ntimeout = "2s"\n', encoding="utf-8")
    return path


def test_each_source_has_its_health_and_the_good_ones_their_alerts(run: Run, server: Loopback, tmp_path: Path) -> None:
    path = config(tmp_path, server)
    done = run("--config", path, "watch", "--once", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    alerts = [json.loads(line) for line in done.stdout.splitlines()]
    kunduz = [a for a in alerts if a["place"]["code"] == "AF-KDZ/kunduz" and a["kind"] == "status"]
    assert len(kunduz) == 1, kunduz
    assert kunduz[0]["basis"] == "conceded"
    health = {line.split(" ", 1)[1].split(":")[0]: line for line in done.stderr.splitlines() if "Z " in line}
    said = {name: health[name].split(": ", 1)[1] for name in SOURCES}
    assert said["Rss"].startswith("ok (2 items")
    assert said["Atom"].startswith("ok (2 items")
    assert said["Rdf"].startswith("ok (1 item)")
    assert said["Moved"].startswith("ok")
    assert said["Broken"].startswith("down")
    assert "500" in said["Broken"]
    assert said["Stalled"].startswith("down")
    assert said["Page"].startswith("down")
    assert "feed" in said["Page"]

    again = run("--config", path, "watch", "--once", "--format", "jsonl")
    assert again.returncode == 0, again.stderr
    assert again.stdout == "", "an alert was given twice over a restart"
    assert "Same: unchanged" in again.stderr
    assert [r.headers.get("if-none-match") for r in server.asked("/same")] == [None, '"v1"']


def test_the_board_says_when_nobody_answers(run: Run, tmp_path: Path) -> None:
    with threaded({"/rss": Page(fresh_rss(*NEWS)), "/atom": Page(atom("one"))}) as server:
        path = config(tmp_path, server, ["Rss", "Atom"])
        run("--config", path, "watch", "--once")
        assert "answer" not in run("--config", path, "status").stdout
    assert run("--config", path, "watch", "--once").returncode == 1
    board = run("--config", path, "status")
    assert "None of the 2 sources has answered since 20" in board.stdout.splitlines()[-1]
    data = run("--config", path, "status", "--format", "jsonl")
    assert all(json.loads(line)["code"] for line in data.stdout.splitlines())
    assert "None of the 2 sources has answered since 20" in data.stderr


def test_old_and_undated_news_alert_nobody(run: Run, tmp_path: Path) -> None:
    old = fresh_rss(*NEWS, age=timedelta(days=9))
    undated = old.replace(b"<pubDate>", b"<x>").replace(b"</pubDate>", b"</x>").replace(b"<guid>n", b"<guid>u")
    undated = undated.replace(b"news.example/", b"news.example/u")
    with threaded({"/rss": Page(old), "/atom": Page(undated)}) as server:
        done = run("--config", config(tmp_path, server, ["Rss", "Atom"]), "watch", "--once")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    last = done.stderr.splitlines()[-1]
    assert last == (
        "2 sources: 4 items in them, 4 new (2 of them older than the desk's window of 48 h, 2 without a date: "
        "they alert nobody); 0 alerts"
    )


def test_a_reader_that_goes_ends_it_cleanly(
    server: Loopback, home: dict[str, str], tmp_path: Path, command: Sequence[str]
) -> None:
    path = config(tmp_path, server, ["Rss"])
    words = " ".join([*command, "--config", str(path), "--store", str(tmp_path / "pipe.db"), "watch"])
    done = subprocess.run(
        f"{words} --once | head -1; echo ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", capture_output=True, text=True, env=home, timeout=60, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert lines[1] == "0", done.stderr
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_ctrl_c_ends_it_though_a_source_stalls_with_the_log_intact(
    server: Loopback, home: dict[str, str], tmp_path: Path, command: Sequence[str]
) -> None:
    path = config(tmp_path, server)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('timeout = "2s"', 'timeout = "10m"'), encoding="utf-8")  # nobody waits for that
    process = subprocess.Popen(
        [*command, "--config", str(path), "watch"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=home, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()  # the first alert is out: everything runs, one source still stalls
    assert "Kunduz" in line or "Herat" in line
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    with Log(tmp_path / "desk.db") as log:
        assert log.count() >= 2
        assert {e.item.source for e in log.entries()} >= {"Rss"}


def test_nothing_configured_says_what_to_do(run: Run, tmp_path: Path) -> None:
    for words in ([], ["watch"]):
        done = run(*words)
        assert done.returncode == 2
        assert "there is no config yet" in done.stderr
        assert "sitmon demo" in done.stderr
        assert done.stdout == ""
    empty = tmp_path / "empty.toml"
    empty.write_text("")
    done = run("--config", empty, "watch")
    assert done.returncode == 2
    assert "no source is named: `sitmon sources add URL`" in done.stderr


def test_three_mistakes_are_three_lines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(
        'aera = "x"\n[[sources]]\nname = "A"\nurl = "http://a.example"\nside = "meida"\n[polling]\ninterval = "x"\n'
    )
    done = run("--config", path, "watch")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 3
    assert all("bad.toml" in line for line in lines)
    for part in ("did you mean 'area'?", "did you mean 'media'?", "polling.interval"):
        assert part in done.stderr


def test_the_doctor_asks_every_source_and_leaves_nothing_behind(run: Run, server: Loopback, tmp_path: Path) -> None:
    path = config(tmp_path, server)
    done = run("--config", path, "sources", "check")
    assert done.returncode == 1
    said = {line.split(":")[0]: line for line in done.stdout.splitlines()}
    assert set(said) == set(SOURCES)
    assert "2 items" in said["Rss"]
    assert "reports" in said["Rss"]
    assert "500" in said["Broken"]
    assert not (tmp_path / "desk.db").exists()
    good = config(tmp_path, server, ["Rss", "Atom"])
    assert run("--config", good, "sources", "check").returncode == 0
    listed = run("--config", good, "sources", "list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["Rss", "Atom"]


def test_exports_that_grow_and_appear_are_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    path = tmp_path / "config.toml"
    path.write_text('store = "desk.db"\n[[sources]]\nname = "Drop"\npath = "exports"\nreliability = "B"\n')
    now = datetime.now(UTC).isoformat()
    grown = folder / "posts.jsonl"
    item = {"id": "a", "text": "Taliban captured Kunduz city, a provincial council member said", "published": now}
    grown.write_text(json.dumps(item) + "\n")
    first = run("--config", path, "watch", "--once")
    assert first.returncode == 0, first.stderr
    assert "Kunduz" in first.stdout
    with grown.open("a") as file:
        file.write(
            json.dumps({**item, "id": "b", "text": "Taliban captured Taloqan city, a provincial council member said"})
            + "\n"
        )
    second = run("--config", path, "watch", "--once")
    assert "Taloqan" in second.stdout
    assert "Kunduz" not in second.stdout
