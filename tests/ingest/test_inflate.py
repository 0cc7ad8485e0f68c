"""Inflating with a bound."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest.inflate import Body, BodyLimits, DamagedError, TooLargeError
from tests.servers import gzip_bomb

LIMITS = BodyLimits()
TEXT = "کندز سقوط کرد. Kunduz. ".encode() * 2000


def raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[n : n + size] for n in range(0, len(data), size))


def feed_all(body: Body, data: bytes, size: int = 65536) -> None:
    for piece in pieces(data, size):
        body.add(piece)


def inflate(data: bytes, encoding: str, size: int = 1000, limits: BodyLimits = LIMITS) -> bytes:
    body = Body(encoding, limits)
    feed_all(body, data, size)
    return body.finish()


@pytest.mark.parametrize(
    ("encoding", "wire"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        (" X-GZIP ", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT))),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\x00" * 40),
    ],
    ids=["plain", "identity", "gzip", "x-gzip", "zlib", "raw", "twice", "both", "members", "padding"],
)
@pytest.mark.parametrize("size", [1, 997, 10**6])
def test_every_honest_encoding_in_pieces_of_any_size(encoding: str, wire: bytes, size: int) -> None:
    assert inflate(wire, encoding, size) == TEXT


def test_a_compressed_file_that_is_sent_without_saying_so() -> None:
    assert inflate(gzip.compress(TEXT), "") == TEXT


@pytest.mark.parametrize(
    ("encoding", "wire"),
    [
        ("gzip", gzip.compress(TEXT)[:-20]),
        ("gzip", gzip.compress(TEXT)[:200] + b"\xff" * 100 + gzip.compress(TEXT)[300:]),
        ("gzip", TEXT),
        ("deflate", b"\x78\x9c" + b"\xff" * 100),
        ("gzip, gzip, gzip", TEXT),
        ("br", b"\x1b\x00\x00"),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("\x1b[31m", TEXT),
        ("gzip", gzip.compress(b"") * 1000),
    ],
    ids=["short", "broken", "no-gzip", "bad-zlib", "thrice", "br", "zstd", "escape", "empty-members"],
)
def test_damage_is_named_in_safe_words(encoding: str, wire: bytes) -> None:
    with pytest.raises(DamagedError) as damage:
        inflate(wire, encoding)
    assert str(damage.value).isprintable()


def test_a_bomb_of_a_gigabyte_stops_under_twenty_megabytes() -> None:
    bomb = gzip_bomb(1 << 30)
    assert len(bomb) < 2 << 20
    body = Body("gzip", LIMITS)
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            feed_all(body, bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 << 20


def test_a_bomb_in_a_bomb_stops_too() -> None:
    with pytest.raises(TooLargeError):
        inflate(gzip.compress(gzip_bomb(64 << 20)), "gzip, gzip", 65536)


@pytest.mark.parametrize(
    ("encoding", "wire", "limits", "words"),
    [
        ("", b"x" * 2001, BodyLimits(inflated=2000), "larger"),
        ("gzip", gzip.compress(b"x" * 2001), BodyLimits(inflated=2000), "larger"),
        ("gzip", gzip.compress(bytes(range(256)) * 99, 0), BodyLimits(wire=2000), "compressed body is larger"),
        ("gzip", gzip.compress(bytes(4 << 20)), BodyLimits(), "100 times"),
    ],
    ids=["plain", "inflated", "wire", "ratio"],
)
def test_each_limit_says_its_name(encoding: str, wire: bytes, limits: BodyLimits, words: str) -> None:
    with pytest.raises(TooLargeError, match=words):
        inflate(wire, encoding, limits=limits)


def test_a_plain_body_may_be_larger_than_a_compressed_one() -> None:
    assert len(inflate(b"x" * 5000, "", limits=BodyLimits(wire=1000, inflated=9000))) == 5000


@given(st.binary(max_size=300), st.sampled_from(["", "gzip", "deflate", "gzip, deflate", "br"]))
def test_any_bytes_give_a_body_or_a_named_error(data: bytes, encoding: str) -> None:
    try:
        whole = inflate(data, encoding, 7)
    except (DamagedError, TooLargeError):
        return
    assert "br" not in encoding
    assert len(whole) <= LIMITS.inflated
