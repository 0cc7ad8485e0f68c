"""One HTTP request in, its response out, over a connection of its own. It resolves no name and keeps nothing.

A server that sends faster than it is read never makes a read wait, so that nothing else would run: the loop gets its
turn before every read but the first, or no time limit could end it.

A transport of httpx. Its own one goes through a pool, which has nothing to keep here, and reaches the network through
a library that asks at every step which kind of event loop runs: more than half of what an unchanged feed costs. This
one gives a plain socket of asyncio to httpcore's HTTP/1.1, which is what httpx speaks with too.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import httpcore
import httpx

PORTS: Final = {"http": 80, "https": 443}
LONGEST_HEAD: Final = 32 << 10
"""Bytes that may come before the body, interim answers (1xx) with their headers too; most servers send some 1000."""
_HEAD_PIECE: Final = 8 << 10
"""Bytes of one read before the body: some hundreds of interim answers are taken apart without a turn for others."""


class Straight(httpx.AsyncBaseTransport):
    """A transport for requests whose host is an IP address: a new connection for each, closed with its response.

    The extension `sni_hostname` names who the certificate must belong to; without it that is the address.
    """

    def __init__(self, trust: Callable[[], ssl.SSLContext]) -> None:
        """`trust` gives the authorities for TLS; it is asked when a server with TLS is first."""
        self._trust = trust

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without a body. Raises the errors of httpx."""
        url, seconds = request.url, request.extensions["timeout"]
        port = url.port or PORTS[url.scheme]
        with _as_httpx():
            stream: _Stream
            trust = self._trust() if url.scheme == "https" else None  # before there is anything to close
            opened = await _connect(url.host, port, seconds["connect"])
            if trust is not None:
                name = request.extensions.get("sni_hostname", url.host)
                stream = await _secured(opened, trust, name, seconds["connect"])
            else:
                stream = _Plain(opened)
            connection = httpcore.AsyncHTTP11Connection(httpcore.Origin(url.raw_scheme, url.raw_host, port), stream)
            target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=port, target=url.raw_path)
            response = await connection.handle_async_request(  # it closes the connection where this fails
                httpcore.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
            )
            stream.past_head = True
        return httpx.Response(response.status, headers=response.headers, stream=_Body(connection, response))


class _Body(httpx.AsyncByteStream):
    """A response's body; the connection is closed with it."""

    def __init__(self, connection: httpcore.AsyncHTTP11Connection, response: httpcore.Response) -> None:
        self._connection = connection
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for chunk in self._response.stream:  # type: ignore[union-attr]  # an asynchronous one
                yield chunk

    async def aclose(self) -> None:
        await self._connection.aclose()


class _Stream(httpcore.AsyncNetworkStream):
    """A connection. Reads that find data at once let the loop run in between, and a head has an end."""

    def __init__(self) -> None:
        self.past_head = False
        """Set by whoever has seen the head end."""
        self._taken = 0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self.past_head:
            if self._taken > LONGEST_HEAD:
                raise httpcore.RemoteProtocolError("the head of the answer has no end")
            max_bytes = min(max_bytes, _HEAD_PIECE)
        if self._taken:
            await asyncio.sleep(0)
        with _named(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                found = await self._receive(max_bytes)
        self._taken += len(found)
        return found

    async def _receive(self, max_bytes: int) -> bytes:
        """Return what has come, at most so many bytes; none where the server has ended."""
        raise NotImplementedError


class _Plain(_Stream):
    """A connection without TLS."""

    def __init__(self, opened: socket.socket) -> None:
        super().__init__()
        self._socket = opened
        self._loop = asyncio.get_running_loop()

    async def _receive(self, max_bytes: int) -> bytes:
        return await self._loop.sock_recv(self._socket, max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:  # of a request without a body httpcore writes the end, too
            return
        with _named(httpcore.WriteTimeout, httpcore.WriteError):
            async with asyncio.timeout(timeout):
                await self._loop.sock_sendall(self._socket, buffer)

    async def aclose(self) -> None:
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        return self._socket if info == "socket" else None


class _Secured(_Stream):
    """A connection with TLS."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__()
        self._reader = reader
        self._writer = writer

    async def _receive(self, max_bytes: int) -> bytes:
        return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        with _named(httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.transport.abort()  # waiting for the server's goodbye would let it hold up the next source

    def get_extra_info(self, info: str) -> Any:
        return self._writer.get_extra_info(info)


async def _connect(address: str, port: int, seconds: float) -> socket.socket:
    """Return a socket connected to an IP address."""
    opened = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    opened.setblocking(False)
    try:
        with _named(httpcore.ConnectTimeout, httpcore.ConnectError):
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().sock_connect(opened, (address, port))
    except BaseException:
        opened.close()
        raise
    return opened


async def _secured(opened: socket.socket, trust: ssl.SSLContext, name: str, seconds: float) -> _Secured:
    """Return the connection with TLS begun on it; `name` is who the certificate must belong to."""
    with _named(httpcore.ConnectTimeout, httpcore.ConnectError):
        async with asyncio.timeout(seconds):
            return _Secured(*await asyncio.open_connection(sock=opened, ssl=trust, server_hostname=name))


@contextmanager
def _named(late: type[Exception], failed: type[Exception]) -> Iterator[None]:
    """Give the system's errors the names that httpcore has for them."""
    try:
        yield
    except TimeoutError as error:
        raise late from error
    except OSError as error:
        raise failed from error


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Give httpcore's errors the names that httpx has for them: the same ones."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
