"""A path that is watched: everything new is read once, whatever is written, cut, replaced or renamed meanwhile."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.ingest.watch_folder import Cursor, Part, read_part
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data" / "exports"


class Watch:
    """A desk that asks again and again, and keeps only the cursor."""

    def __init__(self, path: Path, size: int = 2000) -> None:
        self.source = Source("Inbox", "path", str(path))
        self.cursor: Cursor = ()
        self.size = size
        self.failures: list[Failure] = []
        self.parts = 0

    def look(self) -> list[str]:
        """The ids of what is new, until nothing is."""
        items: list[Item] = []
        for _ in range(100):
            part = read_part(self.source, self.cursor, now=NOW, size=self.size)
            if not isinstance(part, Part):
                self.failures += [part] if part else []
                return [item.id for item in items]
            assert part.cursor != self.cursor, "a part that brings nothing forward never ends"
            self.parts += 1
            self.cursor = json.loads(json.dumps(part.cursor), object_hook=None)
            self.cursor = tuple((a, b) for a, b in self.cursor)
            items += part.parsed.items
            self.failures += part.parsed.failures
        raise AssertionError("the watched path never comes to an end")


def line(n: int) -> str:
    return json.dumps({"id": f"n{n}", "text": f"Report {n} from the road."}) + "\n"


def test_a_growing_file_is_read_on_from_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    watch = Watch(path)
    path.write_text(line(1) + line(2))
    assert watch.look() == ["n1", "n2"]
    assert watch.look() == []
    with path.open("a") as file:
        file.write(line(3))
    assert watch.look() == ["n3"]
    assert not watch.failures


def test_a_line_that_is_still_being_written_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    watch = Watch(path)
    half = line(2)[:20]
    path.write_text(line(1) + half)
    assert watch.look() == ["n1"]
    with path.open("a") as file:
        file.write(line(2)[20:] + line(3)[:-1])
    assert watch.look() == ["n2", "n3"]
    with path.open("a") as file:
        file.write("\n" + line(4))
    assert watch.look() == ["n4"]
    assert not watch.failures


def test_a_file_whose_first_line_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    watch = Watch(tmp_path)
    path.write_text(line(1)[:9])
    assert watch.look() == []
    path.write_text(line(1))
    assert watch.look() == ["n1"]
    assert not watch.failures


@pytest.mark.parametrize("shorter", [True, False])
def test_a_file_that_is_replaced_is_read_from_its_start(shorter: bool, tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    watch = Watch(path)
    path.write_text(line(1) + line(2))
    watch.look()
    path.write_text(line(7) if shorter else line(7) + line(8) + line(9))
    assert watch.look() == (["n7"] if shorter else ["n7", "n8", "n9"])


def test_new_files_in_a_folder_are_found_and_old_ones_left_alone(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    assert watch.look() == []
    shutil.copy(DATA / "v2-twarc.csv", tmp_path / "a.csv")
    assert len(watch.look()) == 6
    (tmp_path / "deep" / "er").mkdir(parents=True)
    shutil.copy(DATA / "nitter.xml", tmp_path / "deep" / "er" / "feed.xml")
    assert len(watch.look()) == 6
    assert watch.look() == []
    (tmp_path / "a.csv").unlink()
    assert watch.look() == []
    assert not watch.failures


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    whole = (DATA / "nitter.xml").read_text("utf-8")
    path.write_text(whole[: whole.index("<item>", whole.index("<item>") + 5)] + "</channel></rss>", encoding="utf-8")
    watch = Watch(tmp_path)
    assert len(watch.look()) == 1
    path.write_text(whole, encoding="utf-8")
    assert len(watch.look()) == 6


def test_an_unpacked_archive_is_one_thing(tmp_path: Path) -> None:
    shutil.copytree(DATA / "archive-2023", tmp_path / "mine")
    (tmp_path / "beside.jsonl").write_text(line(1))
    watch = Watch(tmp_path)
    assert len(watch.look()) == 7
    assert watch.look() == []
    part = tmp_path / "mine" / "data" / "tweets-part1.js"
    os.utime(part, ns=(1, 10**18))
    (tmp_path / "mine" / "data" / "direct-messages.js").write_text("changed")
    assert len(watch.look()) == 6
    assert not watch.failures


def test_a_zip_that_is_still_being_copied_is_read_when_it_is_whole(tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", DATA / "archive-2019"))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    watch = Watch(inbox)
    (inbox / "a.zip").write_bytes(archive.read_bytes()[:500])
    assert watch.look() == []
    assert [f.kind for f in watch.failures] == ["file"]
    (inbox / "a.zip").write_bytes(archive.read_bytes())
    assert len(watch.look()) == 6


@pytest.mark.parametrize("name", ["long.jsonl", "long.json"])
def test_a_long_file_comes_in_parts_that_survive_a_restart(name: str, tmp_path: Path) -> None:
    records = [json.loads(line(n)) for n in range(95)]
    text = json.dumps(records) if name.endswith("json") else "".join(line(n) for n in range(95))
    (tmp_path / name).write_text(text)
    watch = Watch(tmp_path, size=10)
    assert watch.look() == [f"n{n}" for n in range(95)]
    assert watch.parts == 10
    assert watch.look() == []


def test_what_cannot_be_read_is_told_once_until_it_changes(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    watch = Watch(tmp_path)
    watch.look()
    watch.look()
    assert [f.subject for f in watch.failures] == ["photo.jpg"]


def test_a_missing_path_is_a_failure_of_the_source(tmp_path: Path) -> None:
    watch = Watch(tmp_path / "gone")
    assert watch.look() == []
    assert watch.failures[0].subject == "Inbox"
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "posts.jsonl").write_text(line(1))
    assert watch.look() == ["n1"]


def test_a_document_of_one_line_that_is_replaced_is_read_as_a_whole(tmp_path: Path) -> None:
    def feed(count: int) -> str:
        items = [{"id": f"https://post.example/{n}", "content_text": f"Report {n}."} for n in range(count)]
        version = "https://jsonfeed.org/version/1.1"
        return json.dumps({"version": version, "title": "Northern Post " + "x" * 300, "items": items})

    path = tmp_path / "feed.json"
    watch = Watch(tmp_path)
    path.write_text(feed(2))
    assert len(watch.look()) == 2
    path.write_text(feed(3))
    assert len(watch.look()) == 3
    assert not watch.failures
