"""The first run: a few answers make a config that loads, the demo is one key away, and nothing is written over."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from sitmon import area_files, config
from sitmon.bootstrap_sources import watched
from sitmon.commands import first_run
from sitmon.errors import UsageError


def answering(answers: Iterable[str]) -> Callable[[str], str]:
    """Return what answers one question after the other, then meets the end of its input."""
    left = iter(answers)

    def ask(question: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


@pytest.mark.parametrize(("answer", "feeds"), [("", "all"), ("none", 0), ("1 3-4", 3), ("9999\n", None)])
def test_the_written_config_loads_and_watches_what_was_ticked(
    answer: str, feeds: int | str | None, tmp_path: Path
) -> None:
    said: list[str] = []
    path = tmp_path / "new" / "config.toml"
    answers = ["c", "", *answer.split("\n"), "2", "y"] if feeds is None else ["c", "", answer, "y"]
    answers = ["c", "", "9999", "2", "y"] if feeds is None else answers
    done = first_run.guide(path, None, ask=answering(answers), say=said.append)
    loaded = config.load(path)
    assert loaded is not None
    area = area_files.load(area_files.find(loaded.area))
    count = {"all": len(area.sources), None: 1}.get(feeds, feeds)  # type: ignore[call-overload]
    assert len(watched(loaded, area)) == count
    assert done == ("desk" if count else "leave")
    assert "reliability" in path.read_text()  # the comments came with it
    assert [p.name for p in path.parent.iterdir()] == ["config.toml"]
    if feeds is None:
        assert any("'9999' is not between 1 and" in line for line in said)


@pytest.mark.parametrize(("answers", "done"), [([""], "demo"), (["d"], "demo"), (["x", "q"], "leave"), ([], "leave")])
def test_the_demo_and_the_way_out_write_nothing(answers: list[str], done: str, tmp_path: Path) -> None:
    assert first_run.guide(tmp_path / "c.toml", None, ask=answering(answers), say=lambda _: None) == done
    assert list(tmp_path.iterdir()) == []


def test_an_area_that_is_none_is_asked_for_again_and_a_no_writes_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    answers = ["c", "atlantis", "afghanistan", "none", "n"]
    assert first_run.guide(tmp_path / "c.toml", None, ask=answering(answers), say=said.append) == "leave"
    assert any("atlantis" in line for line in said)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("area = 'x'")
    with pytest.raises(UsageError):
        first_run.write(path, "new")
    assert path.read_text() == "area = 'x'"
    assert [p.name for p in tmp_path.iterdir()] == ["config.toml"]


def test_names_with_quotes_stay_names() -> None:
    source = area_files.load(area_files.find("afghanistan")).sources[0]
    text = first_run.compose('a"b\\c', ['x"\\y'], [source, source])
    told = tomllib.loads(text)
    assert (told["area"], told["area_sources"]) == ('a"b\\c', ['x"\\y'])


@pytest.mark.parametrize("text", ["0", "3-1", "1-", "-", "a", "1 999", "1-2-3"])
def test_numbers_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        first_run.numbers(text, 20)


def test_numbers() -> None:
    assert first_run.numbers("1, 3-5 4", 20) == {1, 3, 4, 5}


@pytest.mark.parametrize(("term", "asked"), [("dumb", "questions"), ("", "questions"), ("xterm-256color", "boxes")])
def test_where_no_page_can_be_drawn_questions_are_asked(
    term: str, asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr(first_run, "guide", lambda *_: "questions")
    monkeypatch.setattr(first_run, "tick", lambda *_: "boxes")
    assert first_run.start(tmp_path / "c.toml", None) == asked  # type: ignore[comparison-overlap]
