"""The same six posts from every export give the same six items; what is damaged or private gives none."""

from __future__ import annotations

import bz2
import gzip
import json
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitmon.ingest import exports, folders
from sitmon.ingest.sanitise import clean
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data" / "exports"
SOURCE = Source("Desk export", "path", "exports", reliability="D", side="media")
SIX: list[dict[str, Any]] = json.loads((DATA / "EXPECTED.json").read_text("utf-8"))

# What a format does not carry, and so cannot be asked for.
NO_REFS = {"kind", "ref"}
COMPLETE = [
    "v1.1-array-compat.json",
    "v1.1-extended.jsonl",
    "v1.1-search.json",
    "v1.1-stream.jsonl",
    "v2-pages.jsonl",
    "v2-flat.jsonl",
    "v2-stream.jsonl",
    "v2-twarc.csv",
    "snscrape-2021.jsonl",
    "snscrape-2023.jsonl",
    "twscrape.jsonl",
    "twint.csv",
    "twint.tsv",
    "twint.jsonl",
    "hydrator.csv",
    "items.jsonl",
]


def read(path: Path) -> tuple[list[Item], list[Failure]]:
    found = list(exports.read(path, SOURCE, now=NOW))
    return [f for f in found if isinstance(f, Item)], [f for f in found if isinstance(f, Failure)]


def shown(item: Item, keys: Iterator[str] | list[str]) -> dict[str, Any]:
    """An item as the expectations are written."""
    values = {key: getattr(item, key) for key in keys}
    if values.get("published"):
        values["published"] = values["published"].isoformat().replace("+00:00", "Z")
    return values


def without(expected: list[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in post.items() if k not in keys} for post in expected]


@pytest.mark.parametrize("name", COMPLETE)
def test_every_format_gives_the_same_six_items(name: str) -> None:
    items, _ = read(DATA / name)
    assert [shown(item, list(SIX[0])) for item in items] == SIX
    assert {(i.reliability, i.side) for i in items} == {("C", "media") if name == "items.jsonl" else ("D", "media")}


@pytest.mark.parametrize(
    ("name", "lost"),
    [("tags.csv", ("lang", "place_hint")), ("semicolons.csv", ("lang", "place_hint"))],
)
def test_plain_tables_give_them_without_what_they_lack(name: str, lost: tuple[str, ...]) -> None:
    items, failures = read(DATA / name)
    assert not failures
    expected = without(SIX, "ref", "kind", *lost)
    assert [shown(item, list(expected[0])) for item in items] == expected
    kinds = [item.kind for item in items]
    assert kinds == ["post", "post", "reply", "retweet", "post", "post"]


@pytest.mark.parametrize("name", ["archive-2023", "archive-2019", "archive-2018", "archive-2012"])
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_the_official_archive_of_every_generation(name: str, packed: bool, tmp_path: Path) -> None:
    path = DATA / name
    if packed:
        path = pack(path, tmp_path / "twitter-2021.zip")
    items, failures = read(path)
    assert not failures
    assert [i.id for i in items] == [post["id"] for post in SIX]
    for item, post in zip(items, SIX, strict=True):
        lost = {"place_hint"} | ({"lang"} if name == "archive-2012" else set())
        if item.kind == "retweet":  # only the beginning of the original is in the archive
            assert item.text.endswith("…")
            assert post["text"].startswith(item.text[:-1])
            lost |= {"text", "ref"}
        if name != "archive-2023" and len(post["text"]) > 280 and item.kind == "post":  # no file of long posts yet
            assert post["text"].startswith(item.text[:-1])
            lost.add("text")
        keys = [k for k in post if k not in lost]
        assert shown(item, keys) == {k: post[k] for k in keys}


def test_what_was_private_or_deleted_is_never_read(tmp_path: Path) -> None:
    items, _ = read(DATA / "archive-2023")
    texts = "\n".join(i.text for i in items)
    assert not any(words in texts for words in ("deleted by its author", "private line", "only liked"))
    alone = tmp_path / "inbox"
    alone.mkdir()
    for name in ("direct-messages.js", "deleted-tweets.js", "like.js"):
        (alone / name).write_bytes((DATA / "archive-2023" / "data" / name).read_bytes())
    items, failures = read(alone)
    assert items == []
    assert {f.subject for f in failures} == {
        "inbox/direct-messages.js",
        "inbox/deleted-tweets.js",
        "inbox/like.js",
    }


def test_posts_taken_out_of_their_archive_are_read_without_their_author() -> None:
    items, failures = read(DATA / "archive-2023" / "data" / "tweets.js")
    assert [i.id for i in items] == [post["id"] for post in SIX[:4]]
    assert {i.author for i in items} == {None}
    assert not failures


def test_a_file_that_the_manifest_does_not_list_is_somebody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    unpack = pack(DATA / "archive-2023", tmp_path / "a.zip")
    with zipfile.ZipFile(unpack) as packed:
        packed.extractall(folder)
    (folder / "data" / "tweets-part7.js").write_text('window.YTD.tweets.part7 = [{"tweet":{"id_str":"5"}}]')
    (folder / "data" / "tweets-part1.js").unlink()
    items, failures = read(folder)
    assert len(items) == 4
    assert {(f.subject, f.reason.split(",")[0]) for f in failures} == {
        ("archive: data/tweets-part7.js", "the archive's manifest does not list it: it was not read"),
        ("archive: tweets-part1.js", "the archive's manifest lists it"),
    }


def test_a_mirror_shows_the_same_posts() -> None:
    items, failures = read(DATA / "nitter.xml")
    assert not failures
    expected = without(SIX, "lang", "place_hint")
    keys = list(expected[0])
    for item, post in zip(items, expected, strict=True):
        if post["kind"] == "retweet":
            assert (item.kind, item.author, item.ref, item.text) == ("retweet", "kdz_desk", post["ref"], post["text"])
            assert item.id == f"{post['ref']}/kdz_desk"
        elif post["kind"] == "reply":
            assert shown(item, [k for k in keys if k != "ref"]) == {k: v for k, v in post.items() if k != "ref"}
        else:
            assert shown(item, keys) == post


@pytest.mark.parametrize("name", ["mastodon-outbox", "bluesky-feed", "telegram-channel", "telegram-account"])
def test_other_networks(name: str) -> None:
    expected = json.loads((DATA / f"{name}.expected.json").read_text("utf-8"))
    items, failures = read(DATA / f"{name}.json")
    assert not failures
    assert [shown(i, list(e)) for i, e in zip(items, expected, strict=True)] == expected
    assert not any("private" in i.text for i in items)


def test_a_bluesky_stream_gives_new_posts_only() -> None:
    items, failures = read(DATA / "bluesky-stream.jsonl")
    assert [i.id for i in items] == ["bsky:did:plc:kdz123/3kaaa"]
    assert not failures


def test_a_private_chat_is_refused_with_the_reason() -> None:
    items, failures = read(DATA / "telegram-private.json")
    assert items == []
    assert [f.reason for f in failures] == ["the chat is not a public channel or group: it was not read"]


def test_damaged_ids_are_refused_with_the_reason() -> None:
    items, failures = read(DATA / "tags-damaged.csv")
    assert [i.id for i in items] == [SIX[2]["id"], SIX[3]["id"]]
    assert [f.subject for f in failures] == ["tags-damaged.csv: row 2", "tags-damaged.csv: row 3"]
    assert all("spreadsheet" in f.reason for f in failures)


def test_a_stream_that_ends_says_why() -> None:
    _, failures = read(DATA / "v2-stream.jsonl")
    assert [(f.subject, f.reason) for f in failures] == [
        ("v2-stream.jsonl: line 7", "This stream has been disconnected for operational reasons.")
    ]


def test_one_bad_record_never_stops_the_rest(tmp_path: Path) -> None:
    lines = (DATA / "v1.1-extended.jsonl").read_text("utf-8").splitlines()
    broken = [
        '{"id": 1, "te',
        "null",
        "[1]",
        '{"strange": 1}',
        '{"id_str": "x1", "text": "t"}',
        '{"id_str":"7","text":""}',
    ]
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join(b + "\n" + line for b, line in zip(broken, lines, strict=True)), encoding="utf-8")
    items, failures = read(path)
    assert [i.id for i in items] == [post["id"] for post in SIX]
    assert [f.subject for f in failures] == [f"mixed.jsonl: line {n}" for n in (1, 3, 5, 7, 9, 11)]
    assert all(f.reason for f in failures)


def test_an_array_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = (DATA / "v1.1-array-compat.json").read_bytes()
    path = tmp_path / "cut.json"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    items, failures = read(path)
    assert 1 <= len(items) < 6
    assert [i.id for i in items] == [post["id"] for post in SIX[: len(items)]]
    assert len(failures) == 1
    assert "breaks off" in failures[0].reason


def test_a_folder_reads_everything_in_it_and_says_what_it_cannot_read(tmp_path: Path) -> None:
    pack(DATA / "archive-2019", tmp_path / "archive.zip")
    for name in ("v2-pages.jsonl", "nitter.xml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    (tmp_path / ".hidden.jsonl").write_text('{"id": "h", "text": "hidden"}\n')
    items, failures = read(tmp_path)
    assert {i.id for i in items} == {post["id"] for post in SIX} | {f"{SIX[3]['ref']}/kdz_desk"}
    assert len(items) == 18
    assert [f.subject for f in failures] == [f"{tmp_path.name}/photo.jpg"]


def test_an_export_beside_an_archive_in_one_folder_is_read_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(pack(DATA / "archive-2018", tmp_path / "a.zip")) as packed:
        packed.extractall(tmp_path)
    (tmp_path / "a.zip").unlink()
    (tmp_path / "more.jsonl").write_text('{"id": "x1", "text": "Quiet in Herat."}\n')
    items, failures = read(tmp_path)
    assert not failures
    assert [i.id for i in items] == [post["id"] for post in SIX] + ["x1"]


@pytest.mark.parametrize(
    ("name", "member"),
    [("up.zip", "../evil.jsonl"), ("root.zip", "/etc/evil.jsonl"), ("back.zip", "a\\..\\..\\evil.jsonl")],
)
def test_names_that_lead_out_of_a_zip_are_refused(name: str, member: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as packed:
        packed.writestr(member, '{"id": "1", "text": "out"}\n')
    items, failures = read(tmp_path / name)
    assert items == []
    assert "leads out of it" in failures[0].reason


def test_a_zip_bomb_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.jsonl", b"0" * 30_000_000)
        packed.writestr("fine.jsonl", '{"id": "1", "text": "Quiet in Herat."}\n')
        packed.writestr("inner.zip", b"PK\x03\x04" + bytes(50))
    items, failures = read(tmp_path / "bomb.zip")
    assert [i.text for i in items] == ["Quiet in Herat."]
    assert [f.subject for f in failures] == ["bomb.zip/bomb.jsonl", "bomb.zip/inner.zip"]
    assert "packed more than" in failures[0].reason
    assert "zip inside a zip" in failures[1].reason


def test_a_zip_that_unpacks_to_more_than_the_limit_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MAX_TOTAL_BYTES", 200_000)
    line = json.dumps({"id": "1", "text": "Quiet in Herat."}) + "\n"
    with zipfile.ZipFile(tmp_path / "big.zip", "w") as packed:
        for n in range(3):
            packed.writestr(f"{n}.jsonl", line * 2000)
    _, failures = read(tmp_path / "big.zip")
    assert any("unpacks to more than" in f.reason for f in failures)


def test_a_damaged_zip_says_so(tmp_path: Path) -> None:
    packed = pack(DATA / "archive-2019", tmp_path / "a.zip")
    whole = packed.read_bytes()
    packed.write_bytes(whole[: len(whole) // 2])
    assert [f.kind for f in read(packed)[1]] == ["file"]
    packed.write_bytes(whole[:200] + bytes(200) + whole[400:])
    items, failures = read(packed)
    assert failures
    assert all(f.reason for f in failures)
    assert len(items) < 6


@pytest.mark.parametrize("packer", [gzip, bz2], ids=["gzip", "bzip2"])
def test_files_packed_alone(packer: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "dump.packed"
    whole = packer.compress((DATA / "v1.1-stream.jsonl").read_bytes())
    path.write_bytes(whole)
    items, failures = read(path)
    assert [i.id for i in items] == [post["id"] for post in SIX]
    assert not failures
    path.write_bytes(whole[: len(whole) // 2])
    items, failures = read(path)
    assert [f.kind for f in failures] == ["file"]
    assert "damaged" in failures[0].reason
    path.write_bytes(packer.compress(whole))
    assert "packed twice" in read(path)[1][0].reason


def test_a_packed_file_that_is_a_bomb_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MAX_TOTAL_BYTES", 1 << 20)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b'{"id": "1", "text": "Quiet in Herat."}\n' * 100_000))
    _, failures = read(tmp_path / "bomb.gz")
    assert failures[-1].reason == "bomb.gz unpacks to more than 1 MiB"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"1424241481610166273\n1424245277455286274\n", "ids only"),
        (b"tweet_id\n1424241481610166273\n", "ids only"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "neither a feed nor an export"),
        (b"<opml version='2.0'><body><outline text='a'/></body></opml>", "list of feeds"),
        (b"<!doctype html><title>Sign in</title>", 'a web page called "Sign in"'),
        (b"window.TWEETS = [1, 2]", "neither a feed nor an export"),
        (b'{"message": "Not found"}', "no known shape"),
        (b"plain words and nothing else", "neither a feed nor an export"),
    ],
)
def test_what_is_no_export_says_why(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    items, failures = read(tmp_path / "file")
    assert items == []
    assert len(failures) == 1
    assert reason in failures[0].reason


def test_a_missing_file_is_a_failure(tmp_path: Path) -> None:
    assert [f.kind for f in read(tmp_path / "nothing.jsonl")[1]] == ["file"]


def test_progress_is_told(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text('{"id": "1", "text": "Quiet in Herat."}\n' * 1200)
    told: list[tuple[int, int]] = []
    list(exports.read(path, SOURCE, now=NOW, progress=lambda _, done, total: told.append((done, total))))
    size = path.stat().st_size
    assert [total for _, total in told] == [size] * 7
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (size, size)


@pytest.mark.parametrize("name", ["long.csv", "long.json"])
def test_progress_is_told_of_tables_and_arrays_too(tmp_path: Path, name: str) -> None:
    rows = [{"id": f"14268123456789{n:05}", "text": f"Quiet in Herat, day {n}."} for n in range(900)]
    path = tmp_path / name
    table = "id,text\n" + "\n".join(f'{r["id"]},"{r["text"]}"' for r in rows)
    path.write_text(table if name.endswith("csv") else json.dumps(rows))
    told: list[tuple[int, int]] = []
    assert len(list(exports.read(path, SOURCE, now=NOW, progress=lambda _, *far: told.append(far)))) == 900  # type: ignore[arg-type]
    assert len(told) == 5
    assert told[-1] == (path.stat().st_size,) * 2


def test_the_dry_run_of_a_folder_and_a_zip_names_each_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Tweet ID,Tweet Text\n1426812345678901234,Quiet in Herat.\n")
    (tmp_path / "b.bin").write_bytes(b"\x00\x01")
    (tmp_path / "archive" / "data").mkdir(parents=True)
    (tmp_path / "archive" / "data" / "tweets.js").write_text("window.YTD.tweets.part0 = []")
    said = exports.describe(tmp_path)
    assert said == (
        "archive/: an official Twitter archive",
        "a.csv: a table",
        "  id <- column 1 'Tweet ID'",
        "  text <- column 2 'Tweet Text'",
        "b.bin: nothing that can be read",
    )
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.write(tmp_path / "a.csv", "a.csv")
    assert exports.describe(packed) == ("a zip", *said[1:4])


def test_the_dry_run_prints_the_mapping() -> None:
    lines = exports.describe(DATA / "semicolons.csv")
    assert lines[0] == "a table"
    assert "id <- column 5 'Tweet ID'" in lines
    assert "text <- column 4 'Tweet Text'" in lines
    assert lines[-1] == "not read: Full Name, App, Followers"


def pack(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(folder))
    return target


STARTS = (
    b"",
    b"{",
    b"[",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"BZh9",
    b"\xff\xfe",
    b"window.YTD.tweets.part0 = [",
    b"<rss><channel>",
)
HEADS = (b"id,text\n", b"id_str\ttext\tfrom_user\n", b'{"id":"1","text":"Quiet."}\n', b'{"data":[{"id":"1","text":')


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(STARTS + HEADS), st.binary(max_size=200), st.sampled_from(["x", "x.jsonl", "tweets.js", "x.zip"])
)
def test_any_bytes_in_any_file(tmp_path: Path, start: bytes, rest: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(start + rest)
    for found in exports.read(path, SOURCE, now=NOW):
        if isinstance(found, Item):
            assert found.body
        else:
            assert found.reason
            assert clean(found.reason, 1000) == found.reason
    exports.describe(path)


def test_a_hostile_name_of_a_file_stays_out_of_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]0;owned\x07b.bin"
    path.write_bytes(b"\x00")
    assert read(path)[1][0].subject == "ab.bin"


HOSTILE = DATA.parent / "hostile-exports"
EXPECTED: dict[str, Any] = tomllib.loads((HOSTILE / "expected.toml").read_text("utf-8"))


def test_every_hostile_export_has_an_expectation() -> None:
    assert {p.name for p in HOSTILE.iterdir()} - {"expected.toml"} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_good_in_a_hostile_export_is_read_and_the_rest_is_said(name: str) -> None:
    items, failures = read(HOSTILE / name)
    assert [item.body[:60] for item in items] == EXPECTED[name]["items"]
    said = [f"{failure.subject}: {failure.reason}".removeprefix(f"{name}: ") for failure in failures]
    assert len(said) == len(EXPECTED[name]["said"]), said
    for found, expected in zip(said, EXPECTED[name]["said"], strict=True):
        assert found.startswith(expected)
    for text in (*said, *(field or "" for i in items for field in (i.body, i.author, i.url, i.place_hint))):
        assert clean(text, 200_000) == text, "what a terminal obeys"


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "cut.zip"])
def test_what_a_packed_file_holds_before_its_damage(tmp_path: Path, name: str) -> None:
    """A copy that was interrupted: of a gzip file the beginning is there, of a zip not even the list of its files."""
    lines = (DATA / "v1.1-extended.jsonl").read_bytes() * 40
    path = tmp_path / name
    if name.endswith("gz"):
        path.write_bytes(gzip.compress(lines, 1)[:-2000])
    else:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("a.jsonl", lines)
        path.write_bytes(path.read_bytes()[:-2000])
    items, failures = read(path)
    assert bool(items) == name.endswith("gz")
    assert len(failures) == 1
    assert failures[0].reason


def test_an_export_in_utf_16_is_read_whole_each_time_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "grows.jsonl"
    path.write_bytes((HOSTILE / "utf-16.jsonl").read_bytes())
    assert not exports.grows_by_lines(path)
    path.write_text(path.read_text("utf-16"), "utf-8")
    assert exports.grows_by_lines(path)
