"""Lines that leave: whole, in order, each once over runs that were killed, and kept while they cannot be written."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import pytest

from sitmon.model.alert import Alert
from sitmon.views.headless import Format, Printer
from sitmon.views.outlet import Outlet

NOW = datetime(2021, 8, 8, 9, 40, tzinfo=UTC)
FIRST = Alert(
    id="a1", fingerprint="f1", time=NOW, kind="event", title="Herat: bombing, دوازده کشته", reason="rule: severe event",
    severity="Severe", urgency="Immediate", certainty="Likely",
)  # fmt: skip
SECOND = replace(FIRST, id="a2", updates="a1", time=NOW.replace(minute=50))
FORMATS: tuple[Format, ...] = ("text", "jsonl", "cap")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "alerts.txt"


@pytest.fixture
def out(path: Path) -> Iterator[TextIO]:
    """Return the file as a shell opens it for `>>`: for writing only, at its end."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "w", encoding="utf-8") as stream:
        yield stream


def whole(form: Format, path: Path) -> bytes:
    """Return what an undisturbed run writes."""
    with path.with_suffix(".undisturbed").open("w", encoding="utf-8") as stream:
        Printer(form, out=stream).print([FIRST, SECOND])
    return path.with_suffix(".undisturbed").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_killed_after_any_byte_the_next_run_ends_what_was_begun(form: Format, path: Path, out: TextIO) -> None:
    wanted = whole(form, path)
    for cut in range(len(wanted) + 1):
        path.write_bytes(wanted[:cut])
        printer = Printer(form, out=out)
        done = printer.resume([FIRST, SECOND], [FIRST, SECOND])
        assert [a.id for a in done] == ["a1", "a2"][: len(done)]
        printer.print([a for a in (FIRST, SECOND) if a not in done])
        assert path.read_bytes() == wanted, f"killed after byte {cut}"


def test_what_was_printed_is_not_printed_though_it_was_never_noted(path: Path, out: TextIO) -> None:
    path.write_bytes(b"something of another program\n" + whole("jsonl", path))
    before = path.read_bytes()
    printer = Printer("jsonl", out=out)
    assert printer.resume([FIRST, SECOND], [SECOND]) == [SECOND]
    assert printer.print([SECOND]) == []
    assert path.read_bytes() == before


def test_a_strangers_torn_line_does_not_swallow_ours(path: Path, out: TextIO) -> None:
    path.write_bytes(b"{ torn")
    printer = Printer("text", out=out)
    assert printer.resume([FIRST], [FIRST]) == []
    printer.print([FIRST])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "{ torn"
    assert lines[1].endswith("| sitmon why a1")


def test_a_pipe_cannot_be_asked_so_the_alert_comes_again() -> None:
    read, write = os.pipe()
    with os.fdopen(write, "w") as stream:
        printer = Printer("text", out=stream)
        assert printer.resume([FIRST], [FIRST]) == []
        assert printer.print([FIRST]) == [FIRST]
    with os.fdopen(read, encoding="utf-8") as stream:
        assert stream.read().count("a1") == 1


def test_while_the_output_is_full_alerts_are_owed_and_then_written_once(
    path: Path, out: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = 40  # bytes: the first line is cut in its middle

    def write(number: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        data = data[:room]
        room -= len(data)
        return really(number, data)

    really = os.write
    monkeypatch.setattr(os, "write", write)
    printer = Printer("text", out=out)
    assert printer.print([FIRST]) == []
    assert "no space left" in printer.trouble
    assert printer.print([SECOND]) == []
    room = 10_000
    assert printer.print([]) == [FIRST, SECOND]
    assert printer.trouble == ""
    assert path.read_bytes() == whole("text", path)


def test_nobody_waits_for_a_slow_reader_who_gets_all_the_same() -> None:
    alerts = [replace(FIRST, id=f"a{n}", title="long " * 50) for n in range(1000)]  # more than any pipe holds
    read, write = os.pipe()
    with os.fdopen(write, "w") as stream:
        printer = Printer("jsonl", out=stream, wait=False)
        done = printer.print(alerts)
        assert 0 < len(done) < len(alerts)
        assert "does not keep up" in printer.trouble
        assert printer.is_awaited
        text = b""
        while printer.is_awaited:
            text += os.read(read, 1 << 20)
            done += printer.print(())
    assert printer.trouble == ""
    assert done == alerts
    with os.fdopen(read, "rb") as rest:
        text += rest.read()
    assert [json.loads(line)["id"] for line in text.splitlines()] == [a.id for a in alerts]


def test_a_reader_that_has_gone_is_told() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as stream:
        outlet = Outlet(stream)
        outlet.put("x")
        with pytest.raises(BrokenPipeError):
            outlet.send()
