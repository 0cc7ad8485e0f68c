"""The program as its user runs it: a process of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "seeds" / "afghanistan" / "sample"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which no config and no store of this machine is found."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SITMON_", "XDG_"))}
    return {
        **kept,
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "SITMON_CONFIG": str(tmp_path / "none.toml"),
        "COLUMNS": "100",
    }


@pytest.fixture
def command() -> Sequence[str]:
    """Return how the program is started."""
    return (sys.executable, "-m", "sitmon")


@pytest.fixture
def run(home: dict[str, str], tmp_path: Path, command: Sequence[str]) -> Run:
    """Return a function that runs the program to its end, in an empty folder."""

    def go(*words: str | Path, given: str | None = None, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *map(str, words)],
            input=given if given is not None else "",
            capture_output=True,
            text=True,
            env=home,
            cwd=tmp_path,
            timeout=timeout,
            check=False,
        )

    return go
