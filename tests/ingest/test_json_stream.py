"""JSON in a stream: record by record, wherever the chunks end, and with the place of what is broken."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest import json_stream
from sitmon.ingest.json_stream import Broken, Line, read_array, read_lines, read_whole

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time, as a slow disk or a zip may."""

    step = 3

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.step if size is None or size < 0 else min(size, self.step))


@given(st.lists(values, max_size=6), st.integers(1, 7), st.sampled_from(["", "window.YTD.tweets.part0 = ", "\ufeff"]))
def test_an_array_in_pieces(records: list[Any], step: int, prefix: str) -> None:
    stream = Dripping((prefix + json.dumps(records, ensure_ascii=False, indent=1) + ";\n").encode())
    stream.step = step + 30  # the prefix has to be in the first piece
    assert list(read_array(stream)) == records


@given(st.lists(values, min_size=1, max_size=5), st.data())
def test_an_array_that_breaks_off(records: list[Any], data: st.DataObject) -> None:
    whole = json.dumps(records)
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    found = list(read_array(io.BytesIO(cut.encode())))
    assert isinstance(found[-1], Broken)
    assert found[:-1] == records[: len(found) - 1]


def test_what_is_no_array() -> None:
    assert list(read_array(io.BytesIO(b'{"a": 1}'))) == [Broken("no array begins where one should")]
    assert list(read_array(io.BytesIO(b""))) == [Broken("no array begins where one should")]
    found = list(read_array(io.BytesIO(b"[" * 100_000)))
    assert len(found) == 1
    assert isinstance(found[0], Broken)


def test_lines_with_their_places() -> None:
    stream = io.BytesIO(b'\xef\xbb\xbf{"a": 1}\r\n\r\n{"b": \n{"c": "\xff"}\n{"d": 2}')
    lines = list(read_lines(stream))
    assert [(line.number, line.end, line.ended) for line in lines] == [
        (1, 13, True),
        (3, 22, True),
        (4, 33, True),
        (5, 41, False),
    ]
    assert [line.record for line in lines if not isinstance(line.record, Broken)] == [
        {"a": 1},
        {"c": "\ufffd"},
        {"d": 2},
    ]
    stream.seek(22)
    assert [line.number for line in read_lines(stream, start=22, number=3)] == [4, 5]


def test_a_line_without_end_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST_RECORD", 1000)
    stream = io.BytesIO(b'{"a": "' + b"x" * 5000 + b'"}\n{"b": 2}\n')
    first, second = read_lines(stream)
    assert isinstance(first.record, Broken)
    assert second == Line(2, len(stream.getvalue()), {"b": 2})


def test_an_array_with_an_element_without_end_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST_RECORD", 1000)
    monkeypatch.setattr(json_stream, "_CHUNK", 500)
    found = list(read_array(io.BytesIO(b'[1, "' + b"x" * 50_000 + b'"]')))
    assert found[0] == 1
    assert isinstance(found[1], Broken)
    found = list(read_array(io.BytesIO(b"[1, 2x" + b" " * 50_000 + b", 3]")))
    assert found[0] == 1
    assert isinstance(found[1], Broken)


def test_a_document_has_a_limit() -> None:
    assert read_whole(io.BytesIO(b'window.x = {"a": 1};'), 100) == {"a": 1}
    assert isinstance(read_whole(io.BytesIO(b'{"a": 1}'), 5), Broken)
    assert isinstance(read_whole(io.BytesIO(b'{"a": 1'), 100), Broken)
    assert isinstance(read_whole(io.BytesIO(b"9" * 5000), 10_000), Broken)


@given(st.binary(max_size=200))
def test_any_bytes(body: bytes) -> None:
    for read in (read_lines, read_array):
        list(read(io.BytesIO(body)))  # type: ignore[operator]
    read_whole(io.BytesIO(body), 100)
