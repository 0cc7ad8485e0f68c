"""A program that is told to end: the screen is put back, the worker's process goes too, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WAIT = 60


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    file = tmp_path / "config.toml"
    file.write_text('store = "desk.db"\n[[sources]]\nname = "Folder"\npath = "watched"\n', encoding="utf-8")
    return file


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    found = {**os.environ, "HOME": str(tmp_path), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    for name in ("NO_COLOR", "TMUX", "COLUMNS", "LINES", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        found.pop(name, None)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_that_is_told_to_end_leaves_nothing(
    number: signal.Signals, config: Path, surroundings: dict[str, str]
) -> None:
    words = [sys.executable, "-m", "sitmon", "--config", str(config), "--verbose", "watch"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings) as watch:
        assert watch.stderr is not None
        seen = ""
        while "Folder" not in seen:  # it polls: the worker's process is there
            line = watch.stderr.readline()
            assert line, seen
            seen += line
        watch.send_signal(number)
        rest = watch.communicate(timeout=WAIT)[1]
    assert watch.returncode == 130
    assert "leaked" not in rest
    assert "Traceback" not in rest


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("what", ["demo", "live"])
def test_a_desk_that_is_told_to_end_puts_the_screen_back(
    number: signal.Signals, what: str, config: Path, surroundings: dict[str, str]
) -> None:
    pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")
    words = ["-m", "sitmon", *(["demo"] if what == "demo" else ["--config", str(config)])]
    desk = pexpect.spawn(sys.executable, words, dimensions=(40, 120), env=surroundings, timeout=WAIT, encoding="utf-8")
    try:
        desk.expect("34 provinces")
        desk.kill(number)
        desk.expect(pexpect.EOF)
        rest = desk.before
    finally:
        desk.close()
    assert desk.exitstatus == 130
    left, _, after = rest.rpartition("\x1b[?1049l")
    assert left
    assert "leaked" not in after
    assert "Traceback" not in after


def test_a_desk_whose_terminal_goes_away_ends(config: Path, surroundings: dict[str, str]) -> None:
    """As a multiplexer goes: it hangs up and wakes whoever might sleep, and nobody reads any more."""
    pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")
    desk = pexpect.spawn(
        sys.executable, ["-m", "sitmon", "demo"], dimensions=(40, 120), env=surroundings, timeout=WAIT, encoding="utf-8"
    )
    desk.expect("34 provinces")
    os.close(desk.child_fd)
    os.kill(desk.pid, signal.SIGCONT)
    for _ in range(WAIT * 10):
        found, status = os.waitpid(desk.pid, os.WNOHANG)
        if found:
            break
        time.sleep(0.1)
    else:
        os.kill(desk.pid, signal.SIGKILL)
        os.waitpid(desk.pid, 0)
        pytest.fail("it stays behind without a screen")
    assert os.WIFEXITED(status)
