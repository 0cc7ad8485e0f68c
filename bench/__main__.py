"""`python -m bench [NAME...]`: run the benchmarks and print one table of ratios.

A benchmark is a module of this folder with a `main() -> list of rows` (see `rows.Row`). Each runs in a process of its
own, one after the other, so that its peak of memory is its own and none slows another down; each is given `EACH_S`, all
together `BOUND_S`. A benchmark that fails or is cut off is a row that says so, and the exit code is 1.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path

from bench.rows import Row, table

BOUND_S = 480.0
EACH_S = 120.0
FOLDER = Path(__file__).parent
_RUN = "--rows-of"


def names() -> list[str]:
    """Return the benchmarks: the modules here that define `main`."""
    found = (p for p in sorted(FOLDER.glob("*.py")) if p.name != "__main__.py")
    return [p.stem for p in found if "\ndef main(" in p.read_text(encoding="utf-8")]


def run(name: str, seconds: float) -> tuple[list[Row], bool]:
    """Run one benchmark in a process of its own; return its rows, and whether it came to its end."""
    if seconds <= 1:
        return [Row(name, "not run", None, None, "the time for all benchmarks was over")], False
    command = [sys.executable, "-m", "bench", _RUN, name]
    try:
        done = subprocess.run(command, cwd=FOLDER.parent, stdout=subprocess.PIPE, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return [Row(name, "cut off", None, None, f"it took longer than {seconds:.0f} s")], False
    if done.returncode:
        return [Row(name, "failed", None, None, "its own message is above")], False
    return [Row(*row) for row in json.loads(done.stdout.splitlines()[-1])], True


def main(wanted: list[str]) -> int:
    """Run the wanted benchmarks (all without a name) and print the table."""
    known = names()
    if unknown := [name for name in wanted if name not in known]:
        print(f"there is no benchmark {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    fine = True
    end = time.monotonic() + BOUND_S
    for name in wanted or known:
        begun = time.monotonic()
        print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
        found, ended = run(name, min(end - begun, EACH_S))
        print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
        rows += found
        fine &= ended
    print(table(rows))
    return 0 if fine else 1


if __name__ == "__main__":
    if sys.argv[1:2] == [_RUN]:
        print(json.dumps([list(row) for row in importlib.import_module(f"bench.{sys.argv[2]}").main()]))
    else:
        sys.exit(main(sys.argv[1:]))
