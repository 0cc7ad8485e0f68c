"""An installed sitmon in, whether its compiled classifier says what the checkout's says out.

    python -m tools.compiled FOLDER

Every labelled text goes through `sitmon classify` twice: by the checkout's plain Python and by what is installed in
FOLDER. The answers must be the same bytes; the exit code is 1 where they are not, or FOLDER holds no machine code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SET: Final = ROOT / "eval" / "labelled"
SHOWN: Final = 5
"""How many differing answers are printed."""
_SUFFIX: Final = "import sitmon.classify.text as module; print(module.__file__)"


def main(folder: Path) -> int:
    """Compare the two; return the exit code."""
    code = Path(run(folder, "-c", _SUFFIX).strip())
    if folder.resolve() not in code.resolve().parents or code.suffix == ".py":
        print(f"{folder}: no compiled classifier there ({code})", file=sys.stderr)
        return 1
    asked = "".join(f"{line}\n" for line in questions())
    plain, compiled = (run(place, "-m", "sitmon", "classify", given=asked).splitlines() for place in (ROOT, folder))
    differing = [pair for pair in zip_longest(plain, compiled) if pair[0] != pair[1]]
    for pair in differing[:SHOWN]:
        print("plain:    {}\ncompiled: {}".format(*pair), file=sys.stderr)
    print(f"{len(plain)} texts, {len(differing)} of them read differently when compiled")
    return 1 if differing or not plain else 0


def questions() -> Iterator[str]:
    """Yield the labelled texts as `sitmon classify` takes them."""
    for path in sorted(SET.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield json.dumps({key: row[key] for key in ("id", "title", "text") if row.get(key)})


def run(place: Path, *arguments: str, given: str = "") -> str:
    """Return what Python prints where `place` holds the package `sitmon`."""
    environment = {**os.environ, "PYTHONPATH": str(place)}
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(command, env=environment, input=given, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
