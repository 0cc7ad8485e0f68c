"""The classifier's sources in, C out: mypyc takes all of them, so that a wheel with them compiled can be built.

It asks for more than mypy does. No compiler is run here: `make wheel` does, and tests what comes of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitmon.classify import lexicon

ROOT = Path(__file__).parents[2]
TRANSLATE = """
import sys
from mypyc.build import mypycify
target, *sources = sys.argv[1:]
mypycify(["--ignore-missing-imports", "--cache-dir", target + "/cache", *sources], target_dir=target, multi_file=True)
"""


def translate(folder: Path, sources: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", TRANSLATE, str(folder), *sources]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def test_every_module_can_be_compiled(tmp_path: Path) -> None:
    pytest.importorskip("mypyc")
    sources = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "sitmon" / "classify").glob("*.py"))
    done = translate(tmp_path, [s for s in sources if not s.endswith("__init__.py")])
    assert done.returncode == 0, "\n".join(line for line in done.stdout.splitlines() if "warning" not in line)
    assert list(tmp_path.rglob("*.c")), done.stdout


@pytest.mark.skipif("SITMON_COMPILED" not in os.environ, reason="`make wheel` asks for the compiled code to be tested")
def test_the_code_under_test_is_the_compiled_one() -> None:
    code = Path(lexicon.__file__)
    assert code.suffix != ".py"
    assert code.is_relative_to(os.environ["SITMON_COMPILED"])
