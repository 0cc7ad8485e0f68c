"""Any record of JSON: read, or refused with a reason; never more, and never a crash."""

from __future__ import annotations

import copy
import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest import records
from sitmon.ingest.posts import Reading
from sitmon.ingest.sanitise import clean
from sitmon.model.item import Item
from sitmon.model.source import Failure, Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data" / "exports"
READING = Reading(Source("Desk", "path", "x"), NOW, "x: line 1")
WRONG: list[Any] = [None, True, -1, 1.5e18, "", "\x1b[2J", [], [1], [{}], {}, {"id": {}}, {"text": []}, "x" * 50_000]

TWEET_KEYS = ["id", "id_str", "text", "full_text", "user", "tweet", "data", "includes", "rawContent"]
OTHER_KEYS = ["_type", "type", "object", "messages", "feed", "post", "items", "version"]
values = st.recursive(
    st.sampled_from(WRONG),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(TWEET_KEYS + OTHER_KEYS), inner, max_size=4)
    ),
    max_leaves=8,
)


def check(record: Any) -> None:
    for found in records.read(record, READING):
        if isinstance(found, Failure):
            assert found.reason
            assert clean(found.reason, 1000) == found.reason
        else:
            assert isinstance(found, Item)
            assert found.body
            assert all(
                clean(t, 200_000) == t for t in (found.id, found.ref or "", found.author or "", found.lang or "")
            )


@given(values)
def test_any_record(record: Any) -> None:
    check(record)


def fixtures() -> list[Any]:
    found: list[Any] = []
    for path in sorted(DATA.iterdir()):
        if path.suffix == ".jsonl":
            found.append([json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()])
        elif path.suffix == ".json" and "expected" not in path.name.lower():
            loaded = json.loads(path.read_text("utf-8"))
            found.append(loaded if isinstance(loaded, list) else [loaded])
    return found


@pytest.mark.parametrize("seed", range(20))
def test_real_shapes_with_anything_replaced_by_anything(seed: int) -> None:
    rng = random.Random(seed)
    for shape in fixtures():
        record = copy.deepcopy(rng.choice(shape))
        for _ in range(3):
            spoil(record, rng)
        check(record)


def spoil(value: Any, rng: random.Random) -> None:
    """Replace one value somewhere in a record by a wrong one, or drop it."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and rng.random() < 0.7:
            value = value[key]
            continue
        if isinstance(value, dict) and rng.random() < 0.3:
            del value[key]
        else:
            value[key] = copy.deepcopy(rng.choice(WRONG))
        return


@pytest.mark.parametrize(
    "line", ['{"delete": {"status": {"id": 1}}}', '{"limit": {"track": 5}}', '{"disconnect": {"code": 4}}']
)
def test_control_lines_of_a_stream_give_nothing(line: str) -> None:
    assert list(records.read(json.loads(line), READING)) == []


def test_a_made_up_id_is_named_by_its_digest() -> None:
    chat = {
        "name": "x",
        "type": "public_channel",
        "id": "\x1b[2J",
        "messages": [{"id": 1, "type": "message", "text": "Hi."}],
    }
    (found,) = records.read(chat, READING)
    assert isinstance(found, Item)
    assert found.id.startswith("f:")


PRIVATE = [
    {"id_str": "5", "text": "A private word.", "created_at": "x", "sender": {"id": 1}, "recipient": {"id": 2}},
    {"id": 5, "text": "A private word.", "sender_id_str": "1", "recipient_id_str": "2"},
    {"direct_message": {"id": 5, "text": "A private word."}},
    {"event": {"type": "message_create", "message_create": {"message_data": {"text": "A private word."}}}},
    {"data": [{"id": "5", "text": "A private word.", "event_type": "MessageCreate", "dm_conversation_id": "1-2"}]},
    {"dmConversation": {"messages": [{"messageCreate": {"text": "A private word."}}]}},
]


@pytest.mark.parametrize("record", PRIVATE, ids=range(len(PRIVATE)))
def test_direct_messages_are_never_read(record: dict[str, Any]) -> None:
    found = list(records.read(record, READING))
    assert [f.reason for f in found if isinstance(f, Failure)] == ["it is a direct message: it was not read"]
    assert len(found) == 1
