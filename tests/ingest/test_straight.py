"""The connection of one's own against servers that never let a reader wait, or never let it begin."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from sitmon.ingest import targets
from sitmon.ingest.fetch import Fetcher
from sitmon.ingest.straight import LONGEST_HEAD
from sitmon.ingest.wire import PIECES, Timeouts, Wire, WireError
from sitmon.model.source import Failure, PollState, Source
from tests.servers import Loopback

MakeFeed = Callable[..., Source]
PATIENT = Timeouts(connect=2, read=2, total=4)
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ONE = b"1\r\nx\r\n"


@contextmanager
def flooding(parts: Iterable[bytes]) -> Iterator[tuple[str, threading.Event]]:
    """Serve one visitor from a thread, as fast as it can; give its address, and when all was handed to the system."""
    listener, sent = socket.create_server(("127.0.0.1", 0)), threading.Event()
    listener.settimeout(10)

    def serve() -> None:
        with contextlib.suppress(OSError), listener.accept()[0] as visitor:
            visitor.settimeout(10)
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
            visitor.recv(1 << 16)
            for part in parts:
                visitor.sendall(part)
            sent.set()
            visitor.shutdown(socket.SHUT_WR)
            visitor.recv(1)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", sent
    finally:
        thread.join(10)
        listener.close()


@contextmanager
def turns() -> Iterator[list[int]]:
    """Count the turns that another task gets."""
    counted = [0]

    async def count() -> None:
        while True:
            counted[0] += 1
            await asyncio.sleep(0)

    task = asyncio.get_running_loop().create_task(count())
    try:
        yield counted
    finally:
        task.cancel()


async def longest_run(parts: Iterable[bytes]) -> int:
    """Return the most pieces of a body that came without a turn for anybody else, all of it there beforehand."""
    with flooding(parts) as (url, sent):
        wire = Wire(PATIENT)
        async with wire, wire.get(targets.parse(url), [], addresses=["127.0.0.1"]) as reply:
            assert await asyncio.to_thread(sent.wait, 5)
            with turns() as counted:
                at = [counted[0] async for _ in reply.chunks]
    return max(len(list(same)) for _, same in itertools.groupby(at))


async def test_others_get_their_turn_between_the_pieces_of_one_read() -> None:
    assert await longest_run([HEAD + ONE * (20 * PIECES) + b"0\r\n\r\n"]) <= PIECES


async def test_others_get_their_turn_between_two_reads() -> None:
    size = 200_000
    assert await longest_run([b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + bytes(size)]) == 1


@pytest.mark.parametrize(
    "line",
    [b"HTTP/1.1 103 Early Hints\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"],
    ids=["bare", "with-headers"],
)
async def test_interim_answers_without_end_are_no_answer(line: bytes, feed: MakeFeed, now: datetime) -> None:
    flood = itertools.chain([line * 1000] * 200, [b"HTTP/1.1 200 OK\r\n\r\n"])
    with flooding(flood) as (url, _):
        async with Fetcher(timeouts=PATIENT) as fetcher:
            answer = await fetcher.fetch(feed(url, allow_private_hosts=True), PollState("Post"), now)
    assert isinstance(answer, Failure)
    assert answer.kind == "network"


async def test_a_few_interim_answers_are_passed_over() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 3
    with flooding([hints + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"]) as (url, _):
        wire = Wire(PATIENT)
        async with wire, wire.get(targets.parse(url), [], addresses=["127.0.0.1"]) as reply:
            assert reply.status == 200
            assert b"".join([chunk async for chunk in reply.chunks]) == b"hi"


async def test_a_long_head_is_read_in_several_pieces() -> None:
    policy = b"x" * (LONGEST_HEAD // 2)
    head = b"HTTP/1.1 200 OK\r\nPolicy: " + policy + b"\r\nContent-Length: 2\r\n\r\nhi"
    with flooding([head]) as (url, _):
        wire = Wire(PATIENT)
        async with wire, wire.get(targets.parse(url), [], addresses=["127.0.0.1"]) as reply:
            assert reply.headers["policy"] == policy.decode()
            assert b"".join([chunk async for chunk in reply.chunks]) == b"hi"


async def test_the_total_time_ends_a_body_that_comes_faster_than_it_is_read(feed: MakeFeed, now: datetime) -> None:
    with flooding(itertools.chain([HEAD], [ONE * 10_000] * 30, [b"0\r\n\r\n"])) as (url, _):
        async with Fetcher(timeouts=Timeouts(connect=2, read=2, total=0.1)) as fetcher:
            answer = await fetcher.fetch(feed(url, allow_private_hosts=True), PollState("Post"), now)
    assert answer == Failure("Post", "no whole answer within 0.1 s", "timeout")


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_whoever_is_cancelled_hangs_up(scheme: str) -> None:
    """Before an answer, and in the middle of a TLS greeting."""
    asked, gone = asyncio.Event(), asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        asked.set()
        with contextlib.suppress(ConnectionError):
            await reader.read()  # to its end
        gone.set()
        writer.close()

    async def ask(port: int) -> None:
        wire = Wire(Timeouts())
        async with wire, wire.get(targets.parse(f"{scheme}://127.0.0.1:{port}/"), [], addresses=["127.0.0.1"]):
            pass

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        asking = asyncio.get_running_loop().create_task(ask(server.sockets[0].getsockname()[1]))
        await asyncio.wait_for(asked.wait(), 5)
        asking.cancel()
        await asyncio.wait_for(gone.wait(), 5)
        with pytest.raises(asyncio.CancelledError):
            await asking


@pytest.mark.parametrize(("text", "why"), [(None, "No such file"), ("nonsense", "no valid certificates")])
async def test_authorities_that_cannot_be_read_are_a_reason_and_no_connection_is_made(
    text: str | None, why: str, server: Loopback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "own.pem"
    if text is not None:
        path.write_text(text)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    monkeypatch.setattr("sitmon.ingest.straight._connect", None)  # calling it would be a TypeError
    wire = Wire(PATIENT)
    with pytest.raises(WireError, match=f"of SSL_CERT_FILE.*cannot be read: {why}") as caught:
        async with wire, wire.get(targets.parse(f"https://127.0.0.1:{server.port}/"), [], addresses=["127.0.0.1"]):
            pass
    assert caught.value.kind == "network"  # tried again soon, unlike what a server refuses
