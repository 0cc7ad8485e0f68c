"""The first run: a few answers make a config that loads, the demo is one key away, and nothing is written over."""

from __future__ import annotations

import errno
import os
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from sitmon import area_files, config
from sitmon.bootstrap_sources import watched
from sitmon.commands import first_run, new_config
from sitmon.errors import UsageError
from sitmon.views.wording import OWN_GRADE
from tests.servers import Page, threaded


def answering(answers: Iterable[str]) -> Callable[[str], str]:
    """Return what answers one question after the other, then meets the end of its input."""
    left = iter(answers)

    def ask(question: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def known(text: str, again: bool) -> new_config.Own:
    """Return a source of one's own as if it had been read."""
    return new_config.own_source(text)


@pytest.mark.parametrize(
    ("answers", "feeds"),
    [
        (["", ""], "all"),
        (["1 3-4", ""], 3),
        (["9999", "2", ""], 1),
        (["none", "news.example/rss", ""], 1),
        (["1", "nonsense", "https://news.example/rss", "https://news.example/two", ""], 3),
    ],
)
def test_the_written_config_loads_and_watches_what_was_ticked(
    answers: list[str], feeds: int | str, tmp_path: Path
) -> None:
    said: list[str] = []
    path = tmp_path / "new" / "config.toml"
    done = first_run.guide(path, None, ask=answering(["c", "", *answers, "y"]), say=said.append, read=known)
    loaded = config.load(path, thorough=True)
    assert loaded is not None
    area = area_files.load(area_files.find(loaded.area))
    sources = watched(loaded, area)
    assert len(sources) == (len(area.sources) if feeds == "all" else feeds)
    assert len({s.name for s in sources}) == len(sources)
    assert done == "desk"
    assert [p.name for p in path.parent.iterdir()] == ["config.toml"]
    if "9999" in answers:
        assert any("'9999' is not between 1 and" in line for line in said)
    if "nonsense" in answers:
        assert any("'nonsense' is no address and no file or folder that is there" in line for line in said)


def test_what_the_grade_of_ones_own_means_is_said_once(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "a.jsonl").write_text("")
    (tmp_path / "b.jsonl").write_text("")
    answers = ["c", "", "all", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "", "n"]
    first_run.guide(tmp_path / "c.toml", None, ask=answering(answers), say=said.append, read=known)
    assert [line for line in said if "grade F" in line] == [OWN_GRADE]


def test_no_config_is_written_that_would_watch_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    answers = ["c", "", "none", ""]
    assert first_run.guide(tmp_path / "config.toml", None, ask=answering(answers), say=said.append) == "leave"
    assert list(tmp_path.iterdir()) == []
    assert "nothing was written" in said[-1]
    with pytest.raises(UsageError, match="a desk without a source"):
        new_config.compose("afghanistan", (), ())


def test_the_head_of_the_written_config_speaks_of_itself_and_the_rest_is_the_example(tmp_path: Path) -> None:
    text = new_config.compose("afghanistan", (), (), [new_config.Own("Post", "url", "https://news.example/rss")])
    head, _, rest = text.partition("\n\n")
    assert all(line.startswith("#") for line in head.splitlines())
    assert "Copy it" not in head
    assert "--config FILE" not in head
    example = new_config.example().read_text(encoding="utf-8").partition("\n\n")[2]
    added = [line for line in rest.splitlines() if line not in example.splitlines()]
    assert added == ["[[sources]]", 'name = "Post"', 'url = "https://news.example/rss"', 'reliability = "F"']
    assert text.endswith(example[-200:])


def test_a_source_of_ones_own_is_an_address_or_a_path_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text("")
    assert new_config.own_source(f" {tmp_path / 'posts.jsonl'} ").key == "path"
    named = new_config.own_source("news.example/rss", ["news.example"])
    assert (named.name, named.key, named.place) == ("news.example (2)", "url", "https://news.example/rss")
    for text in ("", "nonsense", "htp://news.example", str(tmp_path / "gone")):
        with pytest.raises(UsageError, match="no address and no file"):
            new_config.own_source(text)


@pytest.mark.parametrize(("answers", "done"), [([""], "demo"), (["d"], "demo"), (["x", "q"], "leave"), ([], "leave")])
def test_the_demo_and_the_way_out_write_nothing(answers: list[str], done: str, tmp_path: Path) -> None:
    assert first_run.guide(tmp_path / "c.toml", None, ask=answering(answers), say=lambda _: None) == done
    assert list(tmp_path.iterdir()) == []


def test_an_area_that_is_none_is_asked_for_again_and_a_no_writes_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    answers = ["c", "atlantis", "afghanistan", "1", "", "n"]
    assert first_run.guide(tmp_path / "c.toml", None, ask=answering(answers), say=said.append) == "leave"
    assert any("atlantis" in line for line in said)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("area = 'x'")
    with pytest.raises(UsageError):
        new_config.write(path, "new")
    assert path.read_text() == "area = 'x'"
    assert [p.name for p in tmp_path.iterdir()] == ["config.toml"]


def test_where_the_disk_has_no_hard_links_it_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    path = tmp_path / "config.toml"
    new_config.write(path, "area = 'x'")
    with pytest.raises(UsageError, match="File exists"):
        new_config.write(path, "new")
    assert path.read_text() == "area = 'x'"
    assert [p.name for p in tmp_path.iterdir()] == ["config.toml"]


def test_names_with_quotes_stay_names() -> None:
    source = area_files.load(area_files.find("afghanistan")).sources[0]
    text = new_config.compose('a"b\\c', ['x"\\y'], [source, source])
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


def test_a_source_of_ones_own_is_read_before_it_is_taken(tmp_path: Path) -> None:
    """An address of this machine is refused with its reason; asked again it is allowed, and written so."""
    with pytest.raises(UsageError, match="entered again, private hosts are allowed"):
        first_run.read_own("http://127.0.0.1:9/feed.xml", False)
    own = first_run.read_own("http://127.0.0.1:9/feed.xml", True)  # nobody answers there: taken all the same
    assert (own.key, own.private) == ("url", True)
    path = tmp_path / "config.toml"
    new_config.write(path, new_config.compose("afghanistan", (), (), [own]))
    loaded = config.load(path, thorough=True)
    assert loaded is not None
    assert [s.allow_private_hosts for s in loaded.sources] == [True]
    with pytest.raises(UsageError, match="no address and no file"):
        first_run.read_own("nonsense", True)


def test_what_is_only_silent_is_taken_without_opening_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def look(place: str, *, private: bool = False) -> dict[str, str | bool]:
        asked.append(private)
        raise UsageError(f"{place}: status 404")

    monkeypatch.setattr("sitmon.commands.sources_edit.look", look)
    with pytest.raises(UsageError, match="404; entered again, it is taken all the same"):
        first_run.read_own("news.example/feed", False)
    own = first_run.read_own("news.example/feed", True)
    assert (own.place, own.private, asked) == ("https://news.example/feed", False, [False, False])


def test_the_questions_read_a_source_before_they_take_it_too(tmp_path: Path) -> None:
    """A feed comes with its own title, a file by its name; what is refused is taken where it is entered again."""
    feed = b"<rss version='2.0'><channel><title>Valley Wire</title><item><title>News</title></item></channel></rss>"
    (tmp_path / "posts.jsonl").write_text('{"id": "1", "text": "Kunduz has fallen"}\n')
    (tmp_path / "broken.zip").write_text("no zip")
    path, said = tmp_path / "config.toml", list[str]()
    with threaded({"/feed.xml": Page(feed, headers=(("content-type", "application/rss+xml"),))}) as server:
        url, other = server.url("/feed.xml"), str(tmp_path / "broken.zip")
        files = [str(tmp_path / "posts.jsonl"), other, url, url, other, "nonsense", "nonsense", ""]
        answers = ["c", "", "none", *files, "y"]
        assert first_run.guide(path, None, ask=answering(answers), say=said.append) == "desk"
    loaded = config.load(path, thorough=True)
    assert loaded is not None
    assert [(s.name, s.allow_private_hosts) for s in loaded.sources] == [("posts", False), ("Valley Wire", True)]
    refusals = [line for line in said if "entered again" in line]
    assert ["it is taken all the same" in line for line in refusals] == [True, False, True]
    assert sum("'nonsense' is no address" in line for line in said) == 2
