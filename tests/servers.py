"""A scripted web server on the loopback: pages in, what real servers do out. Standard library only.

Every path has a script: one page, a list of pages (the n-th request gets the n-th, later ones the last), or a function
of the request. A page answers conditional requests by itself, and can misbehave the way servers do: stall, drip, lie
about its length, reset the connection. What was asked is kept, in order, to be looked at.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked. Header names are lower case."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    framing: Literal["length", "chunked", "close"] = "length"
    says_length: int | None = None
    """A Content-Length that is a lie."""
    send: int | None = None
    """How many bytes of the body are sent before `then` happens; all of them by default."""
    then: Literal["end", "stall", "reset", "close"] = "end"
    drip: float = 0.0
    """Seconds between two bytes of the body."""
    before: float = 0.0
    """Seconds of silence before the answer starts."""

    def answer(self, request: Request) -> Page:
        """Return this page, or the 304 that a conditional request deserves."""
        if self.status != 200 or (self.etag is None and self.last_modified is None):
            return self
        asked_tag, asked_date = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        if asked_tag is not None:
            same = self.etag is not None and asked_tag.removeprefix("W/") == self.etag.removeprefix("W/")
        else:
            same = asked_date is not None and asked_date == self.last_modified
        if not same:
            return self
        return Page(status=304, headers=self.headers, etag=self.etag, last_modified=self.last_modified)


Script = Page | Sequence[Page] | Callable[[Request], Page]


@dataclass
class Loopback:
    """The server. `async with Loopback({...}) as server` on the test's own loop; `threaded(...)` for other programs."""

    scripts: dict[str, Script] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    port: int = 0
    most_at_once: int = 0
    visited: asyncio.Event = field(default_factory=asyncio.Event)
    """Set with every request."""
    _open: int = 0

    async def __aenter__(self) -> Loopback:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        self._tasks: set[asyncio.Task[None]] = set()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the URL of a path on this server."""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """Return the requests for one path, oldest first."""
        return [r for r in self.requests if r.path == path]

    def _page(self, request: Request) -> Page:
        script = self.scripts.get(request.path)
        if script is None:
            return Page(b"no such page", 404)
        if isinstance(script, Page):
            return script.answer(request)
        if callable(script):
            return script(request).answer(request)
        turn = len(self.asked(request.path)) - 1
        return script[min(turn, len(script) - 1)].answer(request)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open += 1
        self.most_at_once = max(self.most_at_once, self._open)
        try:
            while request := await _read_request(reader):
                self.requests.append(request)
                self.visited.set()
                page = self._page(request)
                if not await _send(writer, page) or request.headers.get("connection", "").lower() == "close":
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open -= 1
            self._tasks.discard(task)
            writer.close()
            with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await writer.wait_closed()


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines if line)
    return Request(method, path, {name.strip().lower(): value.strip() for name, _, value in pairs})


async def _send(writer: asyncio.StreamWriter, page: Page) -> bool:
    """Send a page; return whether the connection can be used again."""
    if page.before:
        await asyncio.sleep(page.before)
    headers = list(page.headers)
    headers += [("ETag", page.etag)] if page.etag is not None else []
    headers += [("Last-Modified", page.last_modified)] if page.last_modified is not None else []
    if page.framing == "chunked":
        headers.append(("Transfer-Encoding", "chunked"))
    elif page.framing == "length" and page.status != 304:
        headers.append(("Content-Length", str(len(page.body) if page.says_length is None else page.says_length)))
    head = f"HTTP/1.1 {page.status} Scripted\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers) + "\r\n"
    writer.write(head.encode("latin-1"))
    body = page.body if page.send is None else page.body[: page.send]
    step = 1 if page.drip else 16 * 1024
    for start in range(0, len(body), step):
        piece = body[start : start + step]
        writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if page.framing == "chunked" else piece)
        await writer.drain()
        if page.drip:
            await asyncio.sleep(page.drip)
    if page.then == "stall":
        await writer.drain()
        await asyncio.sleep(3600)
    if page.then == "reset":
        await writer.drain()
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        return False
    if page.then == "close":
        return False
    if page.framing == "chunked":
        writer.write(b"0\r\n\r\n")
    await writer.drain()
    return page.framing != "close" and page.says_length is None


@contextmanager
def threaded(scripts: dict[str, Script]) -> Iterator[Loopback]:
    """Run a server on a thread of its own, for tests that start other programs."""
    server = Loopback(scripts)
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def run() -> None:
        async with server:
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()


def gzip_bomb(size: int) -> bytes:
    """Return gzip data that inflates to `size` zeros (whole mebibytes), made without inflating anything that large."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = engine.compress(bytes(1 << 20)) + engine.flush(zlib.Z_FULL_FLUSH)
    header = gzip.compress(b"")[:10]
    return header + block * (size >> 20) + zlib.compressobj(9, zlib.DEFLATED, -15).flush() + bytes(8)


def rss(*titles: str, ttl: int | None = None, tag: str = "post") -> bytes:
    """Return an RSS 2.0 document with one item a title, dated a minute apart on 8 August 2021, newest first."""
    items = "".join(
        f"<item><title>{title}</title><link>https://example.org/{tag}/{title}</link>"
        f"<guid>{tag}-{title}</guid><pubDate>Sun, 08 Aug 2021 {9 + n // 60:02}:{n % 60:02}:00 GMT</pubDate></item>"
        for n, title in reversed(list(enumerate(titles)))
    )
    wish = f"<ttl>{ttl}</ttl>" if ttl is not None else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Scripted</title>'
        f"<link>https://example.org/</link><description>d</description>{wish}{items}</channel></rss>"
    ).encode()


def atom(*titles: str) -> bytes:
    """Return an Atom document with one entry a title."""
    entries = "".join(
        f"<entry><title>{title}</title><id>urn:entry:{title}</id><link href='https://example.org/{title}'/>"
        f"<updated>2021-08-08T09:{n % 60:02}:00Z</updated></entry>"
        for n, title in enumerate(titles)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Scripted</title>'
        f"<id>urn:feed</id><updated>2021-08-08T09:00:00Z</updated>{entries}</feed>"
    ).encode()


def rdf(*titles: str) -> bytes:
    """Return an RSS 1.0 (RDF) document with one item a title."""
    items = "".join(
        f'<item rdf:about="https://example.org/{title}"><title>{title}</title>'
        f"<link>https://example.org/{title}</link></item>"
        for title in titles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://example.org/"><title>Scripted</title>'
        f"<link>https://example.org/</link><description>d</description></channel>{items}</rdf:RDF>"
    ).encode()
