"""What holds for all tests: they assert what the program does, never how long it takes; and what they look at alike."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import settings

from sitmon import area_files
from sitmon.area import Area
from sitmon.classify.classifier import Classifier

# A machine that is busy with something else must not fail a test.
settings.register_profile("sitmon", deadline=None)
settings.load_profile("sitmon")


@pytest.fixture(scope="session")
def area() -> Area:
    """Return the bundled area. It is immutable: every room looks at this one."""
    return area_files.load(area_files.find("afghanistan"))


@pytest.fixture
def turns_instead_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a key press wait for turns of the loop; the framework's own wait measures how busy the machine is."""

    async def turns(*_: float) -> None:
        for _ in range(25):
            await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", turns)
    monkeypatch.setattr("textual.pilot.wait_for_idle", turns)


@pytest.fixture(scope="session")
def classifier(area: Area) -> Classifier:
    """Return its classifier, which keeps nothing from one item to the next: compiling it takes most of a second."""
    return Classifier(area)
