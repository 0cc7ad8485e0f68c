"""The program as its user runs it: a process of its own, with a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.warm import Warm

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "seeds" / "afghanistan" / "sample"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the programs that are started anew keep their bytecode; without it each compiles everything."""
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def home(tmp_path: Path, bytecode: Path) -> dict[str, str]:
    """Return an environment in which no config and no store of this machine is found.

    Where the user wants no bytecode beside the code, it is kept in a folder of the session.
    """
    found = at_home(tmp_path)
    if found.pop("PYTHONDONTWRITEBYTECODE", None):
        found["PYTHONPYCACHEPREFIX"] = str(bytecode)
    return found


def at_home(folder: Path) -> dict[str, str]:
    ours = ("SITMON_", "XDG_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return {
        **kept,
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "SITMON_CONFIG": str(folder / "none.toml"),
        "COLUMNS": "100",
    }


@pytest.fixture
def command() -> Sequence[str]:
    """Return how the program is started."""
    return (sys.executable, "-m", "sitmon")


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Return the program as one process has it loaded."""
    with Warm() as found:
        yield found


@pytest.fixture(scope="session")
def run_in(warm: Warm) -> Run:
    """Return a function that runs the program to its end in a folder, its home; what it loads is loaded already."""

    def go(folder: Path, *words: str | Path, given: str = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
        return warm.run([*map(str, words)], env=at_home(folder), cwd=folder, given=given, timeout=timeout)

    return go


@pytest.fixture
def run(run_in: Run, tmp_path: Path) -> Run:
    """Return a function that runs the program to its end in an empty folder."""
    return partial(run_in, tmp_path)


@pytest.fixture
def run_anew(home: dict[str, str], tmp_path: Path, command: Sequence[str]) -> Run:
    """Return a function that starts the program anew and runs it to its end, in an empty folder."""

    def go(*words: str | Path, given: str = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *map(str, words)],
            input=given,
            capture_output=True,
            text=True,
            env=home,
            cwd=tmp_path,
            timeout=timeout,
            check=False,
        )

    return go


@pytest.fixture(scope="session")
def sample_store(run_in: Run, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Path]:
    """Return a function that gives each test a store of its own with the sample replayed up to a moment.

    The program replays it once for each moment; the tests get copies.
    """
    made: dict[str, Path] = {}

    def give(known_at: str, to: Path) -> Path:
        if known_at not in made:
            folder = tmp_path_factory.mktemp("sample")
            done = run_in(folder, "--store", "desk.db", "replay", SAMPLE, "--known-at", known_at, timeout=120)
            assert done.returncode == 0, done.stderr
            assert sorted(p.name for p in folder.glob("desk.db*")) == ["desk.db"], "a store that is still open"
            made[known_at] = folder / "desk.db"
        shutil.copy(made[known_at], to)
        return to

    return give
