"""The bundled area, its sample as the real parsers read it, and what a careful reader takes out of each item."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitmon import area_files
from sitmon.classify.classifier import Classifier
from sitmon.ingest import exports
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source
from sitmon.replay import ordered

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2021, 8, 10, tzinfo=UTC)
"""When the sample is read: the night after its last item."""

Label = dict[str, Any]


@pytest.fixture(scope="session")
def folder() -> Path:
    return area_files.find("afghanistan")


@pytest.fixture(scope="session")
def sources(folder: Path) -> tuple[Source, ...]:
    return area_files.read_sources(folder / "sample")


@pytest.fixture(scope="session")
def found(sources: tuple[Source, ...]) -> list[tuple[Source, Item | Failure]]:
    """Everything that the parsers find in the sample, source by source."""
    return [(s, f) for s in sources for f in exports.read(Path(s.location), s, now=NOW)]


@pytest.fixture(scope="session")
def verdicts(classifier: Classifier, found: list[tuple[Source, Item | Failure]]) -> dict[Item, Verdict]:
    """What the classifier reads in each item."""
    return {item: classifier.classify(item) for _, item in found if isinstance(item, Item)}


@pytest.fixture(scope="session")
def entries(verdicts: dict[Item, Verdict], found: list[tuple[Source, Item | Failure]]) -> tuple[Entry, ...]:
    """The week as the log keeps it, in the order in which it became known."""
    items = [(f, s) for s, f in found if isinstance(f, Item)]
    return tuple(Entry(r.item, verdicts[r.item], r.known, r.source.agency) for r in ordered(items))


@pytest.fixture(scope="session")
def labels() -> list[Label]:
    return list(tomllib.loads((DATA / "sample_expected.toml").read_text(encoding="utf-8"))["items"])


@pytest.fixture(scope="session")
def pairs(found: list[tuple[Source, Item | Failure]], labels: list[Label]) -> list[tuple[Item, Label]]:
    """Each item beside its label; of an item that was revised, each version beside its own."""
    items = {_key(item): item for _, item in found if isinstance(item, Item)}
    return [(items[_name(label)], label) for label in labels if _name(label) in items]


def _key(item: Item) -> str:
    name = item.id if item.id.startswith("tw:") else str(item.url).partition("?")[0]
    return f"{name} {item.title}" if "pilot-killed-in-capital" in name else name


def _name(label: Label) -> str:
    return f"{label['key']} {label['title']}" if "revision" in label else str(label["key"])
