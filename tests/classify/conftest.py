"""The readers of the bundled area's languages, built once for the room's tests, and an item from a sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType

import pytest

from sitmon.area import Area
from sitmon.classify.attribution import Attributor
from sitmon.classify.casualties import Counter
from sitmon.classify.classifier import Classifier
from sitmon.classify.dates import Calendar
from sitmon.model.entry import Verdict
from sitmon.model.item import Item
from sitmon.model.terms import Side

PUBLISHED = datetime(2021, 8, 12, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def attributor(area: Area) -> Attributor:
    return Attributor(area)


@pytest.fixture(scope="session")
def counter(area: Area) -> Counter:
    return Counter(area)


@pytest.fixture(scope="session")
def calendar(area: Area) -> Calendar:
    return Calendar(area)


@pytest.fixture(scope="session")
def calls() -> Callable[[Callable[[], object]], int]:
    """Count the calls, of Python and of C, that some work makes: a measure that no other program disturbs."""

    def counted(work: Callable[[], object]) -> int:
        count = 0

        def note(frame: FrameType, event: str, argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            work()
        finally:
            sys.setprofile(None)
        return count

    return counted


@pytest.fixture(scope="session")
def read(classifier: Classifier) -> Callable[..., Verdict]:
    """Classify a text: `read("Kunduz has fallen", title=..., side=...)`."""

    def classify(text: str, *, title: str = "", side: Side | None = None, author: str | None = None) -> Verdict:
        kind = "post" if author else "article"
        item = Item("t", "test", text, title=title, published=PUBLISHED, side=side, author=author, kind=kind)  # type: ignore[arg-type]
        return classifier.classify(item)

    return classify
