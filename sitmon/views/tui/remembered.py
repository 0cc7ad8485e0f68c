"""A small JSON file in, what a desk remembers from one sitting to the next out, and back again.

It is a convenience, never a record: a file that is missing, damaged or of another version is as good as none, and one
that cannot be written is let go. What matters (acknowledgements, silences, notes) is in the log.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

VERSION: Final = 1
VIEWS: Final = 9
"""Views that can be saved: as many as there are digits to bring them back with."""
LONGEST_NAME: Final = 40
_LONGEST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class View:
    """How the panes are set: what a saved view brings back."""

    pane: str = "status"
    zoomed: bool = False
    orders: dict[str, str] = field(default_factory=dict)
    """Pane -> its order."""
    filters: dict[str, str] = field(default_factory=dict)
    """Pane -> its filter as typed."""
    local_times: bool = False


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is kept between two sittings."""

    looked: datetime | None = None
    """When the officer last looked, by the desk's clock."""
    views: dict[str, View] = field(default_factory=dict)
    """The saved views, by name."""


def load(path: Path) -> Remembered:
    """Return what a file remembers; of an unreadable one, nothing."""
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(_LONGEST))
        if told["version"] != VERSION:
            return Remembered()
        looked = datetime.fromisoformat(told["looked"]).astimezone(UTC) if told["looked"] else None
        views = {str(name)[:LONGEST_NAME]: _view(view) for name, view in [*told["views"].items()][:VIEWS]}
        return Remembered(looked, views)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return Remembered()


def _view(told: Any) -> View:
    return View(
        pane=str(told["pane"]),
        zoomed=bool(told["zoomed"]),
        orders={str(k): str(v) for k, v in told["orders"].items()},
        filters={str(k): str(v) for k, v in told["filters"].items()},
        local_times=bool(told.get("local_times", False)),
    )


def save(path: Path, remembered: Remembered) -> None:
    """Write the file, whole or not at all; where that cannot be, the old one stays."""
    told = {"version": VERSION, **asdict(remembered)}
    told["looked"] = remembered.looked.isoformat() if remembered.looked else None
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(told, file)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
