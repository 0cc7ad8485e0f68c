"""The bundled area and a classifier of it, built once for the room's tests, and an item from a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sitmon import area_files
from sitmon.area import Area
from sitmon.classify.classifier import Classifier
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.terms import Side

PUBLISHED = datetime(2021, 8, 12, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def area() -> Area:
    return area_files.load(area_files.find("afghanistan"))


@pytest.fixture(scope="session")
def classifier(area: Area) -> Classifier:
    return Classifier(area)


@pytest.fixture(scope="session")
def read(classifier: Classifier) -> Callable[..., Verdict]:
    """Classify a text: `read("Kunduz has fallen", title=..., side=...)`."""

    def classify(text: str, *, title: str = "", side: Side | None = None, author: str | None = None) -> Verdict:
        kind = "post" if author else "article"
        item = Item("t", "test", text, title=title, published=PUBLISHED, side=side, author=author, kind=kind)  # type: ignore[arg-type]
        return classifier.classify(item)

    return classify
