"""A log that takes long to read is said to be read, before anything else can be shown: on stderr and on the desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitmon import area_files
from sitmon.commands import reading
from sitmon.commands.desk_port import MonitorPort
from sitmon.commands.reading import Reading
from sitmon.commands.session import Session
from sitmon.model.entry import Entry, Verdict
from sitmon.model.item import Item
from sitmon.model.picture import NEVER, Picture
from sitmon.model.update import Progress, Update

NOW = datetime(2021, 8, 8, 12, tzinfo=UTC)


def parts(number: int) -> list[Progress | None]:
    return [*(Progress("reading the log", 2_000 * n, 1_000_000) for n in range(number)), None]


def test_a_log_that_is_read_at_once_is_not_worth_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    told = Reading(Session())
    for part in parts(9):
        told(part)
    assert capsys.readouterr().err == ""


def test_a_long_reading_is_said_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(0, 999, 3))
    monkeypatch.setattr(reading, "monotonic", lambda: next(seconds))
    told, quiet = Reading(Session()), Reading(Session(quiet=True))
    for part in parts(9):
        told(part)
        quiet(part)
    lines = capsys.readouterr().err.splitlines()
    assert 1 < len(lines) < 9
    assert lines[0] == "reading the log: 0 of 1,000,000 items (0 %)"


async def test_the_desk_is_told_until_its_door_is_open() -> None:
    port = MonitorPort(area_files.load(area_files.find("afghanistan")), lambda: NOW)
    updates = await port.subscribe()
    entry = Entry(Item("a", "Post", "text"), Verdict("en"), NOW)
    port.glance(Update(NOW, Picture(NEVER), entries=(entry,), progress=Progress("reading the log", 0, 9)))
    first = await anext(updates)
    assert (first.entries, first.progress) == ((entry,), Progress("reading the log", 0, 9))
    port.reading(Progress("reading the log", 2, 9))
    port.reading(Progress("reading the log", 4, 9))
    second = await anext(updates)
    assert (second.entries, second.progress) == ((), Progress("reading the log", 4, 9))
