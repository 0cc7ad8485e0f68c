"""Item records: read with their offsets kept, refused with the reason, written and read back the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.items_jsonl import read_record, to_record
from sitmon.ingest.sanitise import clean
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Source("Recorded", "path", "items.jsonl", reliability="D", side="media", lang="en")


def read(record: dict[str, Any]) -> Item | Failure:
    return read_record(json.loads(json.dumps(record)), "items.jsonl: line 1", SOURCE, now=NOW)


def item(record: dict[str, Any]) -> Item:
    found = read(record)
    assert isinstance(found, Item), found
    return found


def test_what_a_record_says_and_what_the_source_adds() -> None:
    assert item({"text": "Quiet in Herat."}) == Item(
        id=item({"text": "Quiet in Herat."}).id,
        source="Recorded",
        text="Quiet in Herat.",
        kind="post",
        date_quality="missing",
        lang="en",
        reliability="D",
        side="media",
    )
    full = {
        "id": 17,
        "text": "T",
        "title": "H",
        "published": "2021-08-08T14:30:00+04:30",
        "source": "Post",
        "reliability": "B",
        "side": "government",
        "author": "A",
        "lang": "fa",
        "url": "https://post.example/1",
        "gold": {"labels": ["beside an item", "are not its own"]},
    }
    found = item(full)
    assert (found.id, found.source, found.reliability, found.side) == ("17", "Post", "B", "government")
    assert (found.author, found.lang, found.url, found.kind) == ("A", "fa", "https://post.example/1", "article")
    assert (found.published, found.date_quality) == (datetime(2021, 8, 8, 10, tzinfo=UTC), "stated")
    assert found.body == "H\n\nT"


def test_offsets_into_what_was_handed_in_still_hold() -> None:
    text = "The  governor\tsaid\x1b[31m:\u200b “no”.\r\n\r\n\r\nEnd\u202e é\u0301"
    found = item({"text": text, "title": " Two  spaces "})
    assert len(found.text) == len(text)
    assert found.text.index("“no”") == text.index("“no”")
    assert found.title == " Two  spaces "
    assert not any(c in found.text for c in "\x1b\u202e\u200b")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "it has no text"),
        ('{"text": ""}', "it has no text"),
        ('{"text": 5}', "it has no text"),
        ('{"text": "t", "reliability": "b"}', "expected one of A, B, C, D, E, F"),
        ('{"text": "t", "side": "goverment"}', "did you mean 'government'?"),
        ('{"text": "t", "kind": "tweet"}', "'kind' is 'tweet'"),
        ('{"text": "t", "author": []}', "'author' must be a string"),
        ('{"text": "t", "id": 1.5}', "'id' must be a string"),
        ('{"text": "t", "side": "\\u001b[31m"}', "expected one of government"),
    ],
)
def test_what_cannot_be_read_says_why(line: str, reason: str) -> None:
    found = read_record(json.loads(line), "items.jsonl: line 3", SOURCE, now=NOW)
    assert isinstance(found, Failure)
    assert found.subject == "items.jsonl: line 3"
    assert reason in found.reason
    assert clean(found.reason, 1000) == found.reason


def test_a_record_without_an_id_gets_the_same_one_every_time() -> None:
    assert item({"text": "Quiet."}).id == item({"text": "Quiet.", "author": "x"}).id
    assert item({"text": "Quiet."}).id != item({"text": "Loud."}).id


words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20).map(
    lambda t: clean(t, 100)
)
moments = st.integers(0, 700_000_000).map(lambda s: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
items = st.builds(
    Item,
    id=words.filter(bool),
    source=words.filter(bool),
    text=words.filter(bool),
    title=words,
    author=st.none() | words.filter(bool),
    published=moments,
    kind=st.sampled_from(["article", "post", "reply", "retweet", "quote"]),
    date_quality=st.sampled_from(["stated", "updated", "repaired"]),
    ref=st.none() | words.filter(bool),
    reliability=st.sampled_from("ABCDEF"),
    side=st.sampled_from(["government", "insurgent", "civilian"]),
    lang=st.sampled_from(["en", "ps", "fa"]),
    url=st.none() | st.just("https://post.example/1"),
    revision=st.integers(0, 9),
    withdrawn=st.booleans(),
)


@given(items)
def test_what_is_written_is_read_back(original: Item) -> None:
    line = json.loads(json.dumps(to_record(original)))
    assert read_record(line, "x", SOURCE, now=NOW) == original
