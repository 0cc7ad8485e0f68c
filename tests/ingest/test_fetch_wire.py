"""A fetch against a real server on the loopback: what no table of answers can show."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import ssl
import subprocess
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from sitmon.ingest.answers import Answer, Fetched, NotModified
from sitmon.ingest.fetch import Fetcher
from sitmon.ingest.wire import Timeouts, Wire
from sitmon.model.source import Failure, PollState, Source
from tests.servers import Loopback, Page, gzip_bomb, rss

PATIENT = Timeouts(connect=2, read=2, total=4)
QUICK = Timeouts(connect=0.2, read=0.05, total=0.15)
FEED = rss("a", "b", "c")
MakeFeed = Callable[..., Source]


async def fetch(source: Source, now: datetime, state: PollState | None = None, timeouts: Timeouts = PATIENT) -> Answer:
    async with Fetcher(timeouts=timeouts) as fetcher:
        return await fetcher.fetch(source, state or PollState(source.name), now)


async def failed(server: Loopback, feed: MakeFeed, now: datetime, page: Page, timeouts: Timeouts = PATIENT) -> Failure:
    server.scripts["/feed"] = page
    answer = await fetch(feed(server.url("/feed"), allow_private_hosts=True), now, timeouts=timeouts)
    assert isinstance(answer, Failure), answer
    return answer


@pytest.mark.parametrize(
    "page",
    [
        Page(FEED),
        Page(FEED, framing="chunked"),
        Page(FEED, framing="close"),
        Page(gzip.compress(FEED), headers=(("Content-Encoding", "gzip"),)),
        Page(gzip.compress(FEED), headers=(("Content-Encoding", "gzip"),), framing="chunked"),
    ],
    ids=["length", "chunked", "until-close", "gzip", "gzip-chunked"],
)
async def test_honest_answers_of_every_framing(server: Loopback, feed: MakeFeed, now: datetime, page: Page) -> None:
    server.scripts["/feed"] = page
    answer = await fetch(feed(server.url("/feed"), allow_private_hosts=True), now)
    assert isinstance(answer, Fetched)
    assert answer.body == FEED
    assert server.requests[0].headers["host"] == f"127.0.0.1:{server.port}"


async def test_loopback_is_closed_unless_the_desk_opens_it(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    server.scripts["/feed"] = Page(FEED)
    for host in ("127.0.0.1", "localhost"):
        answer = await fetch(feed(server.url("/feed", host)), now)
        assert isinstance(answer, Failure)
        assert answer.kind == "refused"
        assert "allow_private_hosts" in answer.reason
    assert server.requests == []


async def test_a_conditional_request_gets_its_304(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    server.scripts["/feed"] = Page(FEED, etag='W/"1"')
    source = feed(server.url("/feed"), allow_private_hosts=True)
    assert await fetch(source, now, PollState("Post", etag='W/"1"')) == NotModified('W/"1"')
    assert isinstance(await fetch(source, now, PollState("Post", etag='W/"0"')), Fetched)


async def test_no_cookie_is_ever_sent_back(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    server.scripts["/feed"] = Page(FEED, headers=(("Set-Cookie", "id=1; Path=/"),))
    source = feed(server.url("/feed"), allow_private_hosts=True)
    async with Fetcher() as fetcher:
        for _ in range(2):
            await fetcher.fetch(source, PollState("Post"), now)
    assert [("cookie" in r.headers) for r in server.requests] == [False, False]


async def test_a_server_that_never_begins(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    failure = await failed(server, feed, now, Page(FEED, before=60), QUICK)
    assert failure.kind == "timeout"


async def test_a_body_that_stalls(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    failure = await failed(server, feed, now, Page(FEED, send=40, then="stall"), QUICK)
    assert failure.kind == "timeout"
    assert "silent" in failure.reason


async def test_a_body_that_drips_runs_into_the_total_time(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    failure = await failed(server, feed, now, Page(FEED, drip=0.01), QUICK)
    assert failure.kind == "timeout"
    assert "no whole answer" in failure.reason


@pytest.mark.parametrize(
    "page",
    [
        Page(FEED, send=40, then="reset"),
        Page(FEED, send=40, then="close"),
        Page(FEED, says_length=len(FEED) + 100, then="close"),
        Page(FEED, framing="chunked", send=40, then="close"),
        Page(gzip.compress(FEED)[:-30], headers=(("Content-Encoding", "gzip"),)),
        Page(b"not gzip", headers=(("Content-Encoding", "gzip"),)),
        Page(FEED, headers=(("Content-Encoding", "br"),)),
        Page(FEED, headers=tuple((f"X-{n}", "x" * 1000) for n in range(200))),
    ],
    ids=["reset", "cut", "long-length", "cut-chunk", "cut-gzip", "no-gzip", "br", "header-flood"],
)
async def test_broken_answers_are_failures_never_half_a_feed(
    server: Loopback, feed: MakeFeed, now: datetime, page: Page
) -> None:
    failure = await failed(server, feed, now, page)
    assert failure.kind == "network"
    assert failure.reason.isprintable()


async def test_a_bomb_is_stopped_on_the_wire(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    page = Page(gzip_bomb(256 << 20), headers=(("Content-Encoding", "gzip"),))
    assert (await failed(server, feed, now, page)).kind == "too_large"


async def test_an_endless_plain_body_is_stopped(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    assert (await failed(server, feed, now, Page(bytes(11 << 20), framing="chunked"))).kind == "too_large"


async def test_nobody_listens(feed: MakeFeed, now: datetime) -> None:
    async with Loopback() as gone:
        url = gone.url("/feed")
    answer = await fetch(feed(url, allow_private_hosts=True), now)
    assert answer == Failure("Post", "the server refuses connections", "network")


async def test_an_address_of_ipv6(feed: MakeFeed, now: datetime) -> None:
    asked = b""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + FEED)
        writer.close()

    try:
        server = await asyncio.start_server(answer, "::1", 0)
    except OSError:
        pytest.skip("this machine has no IPv6")
    async with server:
        port = server.sockets[0].getsockname()[1]
        found = await fetch(feed(f"http://[::1]:{port}/feed", allow_private_hosts=True), now)
    assert isinstance(found, Fetched)
    assert found.body == FEED
    assert f"\r\nhost: [::1]:{port}\r\n" in asked.decode().lower()


async def test_something_that_is_no_web_server(feed: MakeFeed, now: datetime) -> None:
    async def banner(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH \x1b[31m\r\n")
        await writer.drain()
        writer.close()

    odd = await asyncio.start_server(banner, "127.0.0.1", 0)
    async with odd:
        port = odd.sockets[0].getsockname()[1]
        for scheme in ("http", "https"):
            answer = await fetch(feed(f"{scheme}://127.0.0.1:{port}/", allow_private_hosts=True), now)
            assert isinstance(answer, Failure)
            assert answer.kind == "network"
            assert answer.reason.isprintable()


async def test_a_cancelled_fetch_ends_at_once(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    server.scripts["/feed"] = Page(FEED, send=40, then="stall")
    source = feed(server.url("/feed"), allow_private_hosts=True)
    async with asyncio.TaskGroup() as group:
        fetching = group.create_task(fetch(source, now, timeouts=Timeouts()))
        await server.visited.wait()
        fetching.cancel()
    assert fetching.cancelled()


async def test_through_a_proxy_the_proxy_is_asked_for_the_name(server: Loopback, feed: MakeFeed, now: datetime) -> None:
    """The loopback server stands in for a forward proxy: it is asked for an absolute address."""
    server.scripts["http://news.example/feed"] = Page(FEED)
    async with Fetcher(proxy=server.url("")) as fetcher:
        answer = await fetcher.fetch(feed("http://news.example/feed"), PollState("Post"), now)
    assert isinstance(answer, Fetched)
    assert answer.body == FEED


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for news.example that signs itself."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=news.example"
    named = ["-addext", "subjectAltName=DNS:news.example", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command.split(), *named], check=True, capture_output=True)
    return cert, key


def served(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server of news.example speaks TLS with, and the certificate to trust."""
    cert, key = certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert


NEEDS_OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")


@NEEDS_OPENSSL
@pytest.mark.parametrize(
    ("page", "kind", "words"),
    [
        (Page(FEED, send=40, then="stall"), "timeout", "silent"),
        (Page(FEED, send=40, then="reset"), "network", "reset"),
        (Page(FEED, send=40, then="close"), "network", "broke off"),
        (Page(bytes(11 << 20), framing="chunked"), "too_large", "10 MiB"),
    ],
    ids=["stall", "reset", "cut", "endless"],
)
async def test_broken_answers_over_tls(
    tmp_path: Path, feed: MakeFeed, now: datetime, monkeypatch: pytest.MonkeyPatch, page: Page, kind: str, words: str
) -> None:
    context, cert = served(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    async with Loopback({"/feed": page}, tls=context) as server:
        source = feed(server.url("/feed", "news.example"), allow_private_hosts=True)
        failure = await _over_tls(source, here, now, QUICK if kind == "timeout" else PATIENT)
    assert isinstance(failure, Failure)
    assert failure.kind == kind
    assert words in failure.reason


async def test_a_server_that_never_greets_over_tls(feed: MakeFeed, now: datetime) -> None:
    gone = asyncio.Event()

    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # to its end: the client must hang up
        writer.close()
        gone.set()

    async with await asyncio.start_server(nothing, "127.0.0.1", 0) as silent:
        url = f"https://127.0.0.1:{silent.sockets[0].getsockname()[1]}/"
        timeouts = Timeouts(connect=0.05, read=1, total=3)
        failure = await fetch(feed(url, allow_private_hosts=True), now, timeouts=timeouts)
        await asyncio.wait_for(gone.wait(), 5)
    assert failure == Failure("Post", "no connection within 0.05 s", "timeout")


@NEEDS_OPENSSL
async def test_the_certificate_is_checked_against_the_name_not_the_address(
    tmp_path: Path, feed: MakeFeed, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, cert = served(tmp_path)
    async with Loopback({"/feed": Page(FEED)}, tls=context) as server:
        right = feed(server.url("/feed", "news.example"), allow_private_hosts=True)
        wrong = feed(server.url("/feed", "other.example"), allow_private_hosts=True)
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        untrusted = await _over_tls(right, here, now)
        assert isinstance(untrusted, Failure)
        assert "certificate is not valid" in untrusted.reason
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        assert isinstance(await _over_tls(right, here, now), Fetched)
        misnamed = await _over_tls(wrong, here, now)
        assert isinstance(misnamed, Failure)
        assert "certificate is not valid" in misnamed.reason


async def here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


async def _over_tls(
    source: Source, resolver: Callable[[str, int], object], now: datetime, timeouts: Timeouts = PATIENT
) -> Answer:
    wire = Wire(timeouts)
    async with Fetcher(resolver=resolver, wire=wire) as fetcher:  # type: ignore[arg-type]
        return await fetcher.fetch(source, PollState(source.name), now)
