"""How the program ends: nobody reads what it prints, it cannot be printed, it is interrupted while it still loads."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sitmon.store.log import Log
from tests.servers import Page, rss, threaded

ROOT = Path(__file__).parents[2]
Run = Callable[..., "CompletedProcess[str]"]
POST = (
    '{"id": "1", "source": "Post", "published": "2021-08-08T10:00:00Z", "text":'
    ' "The Taliban captured the city of Kunduz on Sunday, a provincial council member said."}\n'
)
PRINTING = (
    ("status",),
    ("sitrep",),
    ("export", "--format", "jsonl"),
    ("sources", "export", "--area"),
    ("classify", "--text", "Kunduz has fallen."),
    ("--help",),
)
WORDS = pytest.mark.parametrize("words", PRINTING, ids=lambda words: " ".join(words))


@pytest.fixture(scope="module")
def made(run_in: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with one alert, replayed once."""
    folder = tmp_path_factory.mktemp("posts")
    (folder / "posts.jsonl").write_text(POST, encoding="utf-8")
    assert run_in(folder, "--store", "desk.db", "replay", "posts.jsonl").returncode == 0
    return folder / "desk.db"


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a copy of it, the test's own."""
    return Path(shutil.copy(made, tmp_path / "desk.db"))


def shell(home: dict[str, str], folder: Path, line: str) -> CompletedProcess[str]:
    """Run a line of a shell; "$@" is the program."""
    return subprocess.run(
        ["bash", "-c", line], env=home, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def start(command: Sequence[str], words: Sequence[str]) -> str:
    return " ".join(f"'{w}'" for w in (*command, "--store", "desk.db", *words))


@WORDS
def test_a_reader_that_has_gone_is_no_fault(
    home: dict[str, str], store: Path, command: Sequence[str], words: Sequence[str]
) -> None:
    read, write = os.pipe()
    os.close(read)  # nobody is there from the first byte on
    with os.fdopen(write, "wb") as nobody:
        done = subprocess.run(
            [*command, "--store", str(store), *words],
            stdout=nobody, stderr=subprocess.PIPE, text=True, env=home, cwd=store.parent, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@WORDS
@pytest.mark.parametrize(("to", "what"), [(">&-", "stdout is closed"), (">/dev/full", "no space left")])
def test_an_output_that_takes_nothing_is_said_in_a_line(
    home: dict[str, str], store: Path, command: Sequence[str], words: Sequence[str], to: str, what: str
) -> None:
    done = shell(home, store.parent, f"{start(command, words)} {to}")
    assert done.returncode == 1
    assert what in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr


def test_closed_streams_never_let_words_run_into_the_log(
    home: dict[str, str], store: Path, command: Sequence[str]
) -> None:
    done = shell(home, store.parent, f"{start(command, ['ack', 'nothing'])} <&- >&- 2>&-")
    assert done.returncode in (1, 2)
    done = shell(home, store.parent, f"{start(command, ['note', 'Kunduz', 'seen'])} <&- >&- 2>&-")
    assert done.returncode == 0, "what prints nothing needs no stdout"
    assert store.read_bytes().startswith(b"SQLite format 3\0")
    with Log(store) as log:
        assert [mark.reason for mark in log.marks()] == ["seen"]


def test_a_full_disk_under_stderr_ends_nothing(home: dict[str, str], tmp_path: Path, command: Sequence[str]) -> None:
    with threaded({"/": Page(rss("one"))}) as server:
        path = config(tmp_path, server.url("/"))
        done = shell(home, tmp_path, f"{start(command, ['--config', str(path), 'watch', '--once'])} 2>/dev/full")
    assert done.returncode == 0


def test_a_watch_ends_when_its_reader_goes_though_nothing_happens(
    home: dict[str, str], tmp_path: Path, command: Sequence[str]
) -> None:
    with threaded({"/": Page(rss("one"))}) as server:
        path = config(tmp_path, server.url("/"))
        process = subprocess.Popen(
            [*command, "--config", str(path), "watch"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=home, cwd=tmp_path,
        )  # fmt: skip
        bound = threading.Timer(60, process.kill)
        bound.start()
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            assert any("Post: ok" in line for line in process.stderr), "it is at work"
            process.stdout.close()
            assert process.wait(30) == 0
            assert process.stderr.read() == ""
        finally:
            bound.cancel()
            process.kill()
            process.wait()
            process.stderr.close()


def test_one_round_fails_only_where_no_source_at_all_was_read(run: Run, tmp_path: Path) -> None:
    with threaded({"/": Page(rss("one")), "/bad": Page(b"oops", 500)}) as server:
        down = config(tmp_path, server.url("/bad"), server.url("/gone"))
        done = run("--config", down, "watch", "--once")
        assert (done.returncode, done.stdout) == (1, "")
        assert "sitmon: none of the 2 sources could be read" in done.stderr
        some = run("--config", config(tmp_path, server.url("/bad"), server.url("/")), "watch", "--once")
        assert some.returncode == 0, some.stderr
        assert "Post: down" in some.stderr


def test_ctrl_c_while_it_still_loads_shows_no_traceback(home: dict[str, str]) -> None:
    code = (
        "import os, signal, sys\nfrom sitmon.__main__ import start\n"
        "class Impatient:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == 'typer': os.kill(os.getpid(), {int(signal.SIGINT)})\n"
        "sys.meta_path.insert(0, Impatient())\nsys.argv = ['sitmon', 'status']\nstart()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=home, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"]["sitmon"] == "sitmon.__main__:start"


def config(folder: Path, *urls: str) -> Path:
    path = folder / "config.toml"
    tables = "".join(
        f'[[sources]]\nname = "Post{n or ""}"\nurl = "{url}"\nallow_private_hosts = true\n'
        for n, url in enumerate(urls)
    )
    path.write_text(f'store = "desk.db"\n{tables}[polling]\ntimeout = "2s"\n', encoding="utf-8")
    return path
