"""The desk in a real pseudo-terminal: it draws, takes keys, lets nothing hostile out, and puts the screen back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed")

PROGRAM = Path(__file__).with_name("in_terminal.py")
WAIT = 30


def test_in_a_pseudo_terminal() -> None:
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("NO_COLOR", "TMUX", "COLUMNS", "LINES"):
        env.pop(name, None)
    child = pexpect.spawn(
        sys.executable, [str(PROGRAM), "hostile"], dimensions=(40, 120), env=env, timeout=WAIT, encoding="utf-8"
    )
    seen = ""
    try:
        child.expect("SITMON")
        seen += child.before + child.after
        child.expect("34 provinces")
        seen += child.before + child.after
        child.send("?")
        child.expect("take the last acknowledgement back")
        seen += child.before + child.after
        child.send("\x1b")
        time.sleep(0.3)  # a lone escape is told from an escape sequence by time
        child.setwinsize(24, 80)
        child.expect("6 Activity")
        seen += child.before + child.after
        child.send("q")
        child.expect("1 extreme and 1 severe alerts are open")
        seen += child.before + child.after
        child.send("j\r")
        child.expect(pexpect.EOF)
        seen += child.before
    finally:
        child.close()
    assert child.exitstatus == 0
    assert "hostile title" in seen
    assert "PWNED\x07" not in seen
    assert re.search("\x1b\\]52|\x9b", seen) is None
    assert "\x1b[?1049l" in seen[-2000:]


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize("surroundings", [{"NO_COLOR": "1"}, {"TERM": "screen"}, {"TERM": "screen-256color"}])
def test_in_tmux_with_few_colours(surroundings: dict[str, str], tmp_path: Path) -> None:
    socket = str(tmp_path / "tmux")
    words = " ".join(f"{key}={value}" for key, value in surroundings.items())

    def tmux(*arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", socket, "-f", "/dev/null", *arguments],
            capture_output=True,
            text=True,
            timeout=WAIT,
            check=True,
        )
        return done.stdout

    command = f"env -u COLORTERM -u NO_COLOR -u COLUMNS -u LINES {words} {sys.executable} {PROGRAM}; sleep {WAIT}"
    tmux("new-session", "-d", "-s", "desk", "-x", "120", "-y", "40", command)
    try:
        text = ""
        deadline = time.monotonic() + WAIT
        while "took Taloqan" not in text and time.monotonic() < deadline:
            time.sleep(0.1)
            text = tmux("capture-pane", "-p", "-t", "desk")
        for said in ("SITMON", "REPLAY", "›□ Takhar", "CONTESTED", "EXTREME", "Taliban say they took Taloqan"):
            assert said in text
    finally:
        tmux("kill-server")
