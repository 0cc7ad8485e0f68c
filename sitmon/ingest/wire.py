"""One HTTP request in, one raw reply out. It follows, judges and inflates nothing; only it and `straight` know httpx.

httpx is used at its transport layer: no cookies are kept, no redirect is followed, no proxy is taken from the
environment and no header is added behind our back. A request goes to addresses that have been judged before (`guard`),
while the Host header, the TLS server name and the certificate check keep to the name.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Final, Literal

import httpx

from sitmon.ingest.straight import Straight
from sitmon.ingest.targets import Target

SINGLE: Final = frozenset(
    {"etag", "last-modified", "location", "date", "expires", "retry-after", "content-type", "age"}
)
"""Headers of which only the first counts; others that come several times are joined by a comma."""
PIECES: Final = 256
"""Pieces of a body between two turns of the loop: one read may hold thousands of chunks of one byte."""


class WireError(Exception):
    """The request failed on its way; the text is one plain sentence."""

    def __init__(self, kind: Literal["network", "timeout", "refused"], reason: str) -> None:
        self.kind = kind
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds."""

    connect: float = 5.0
    """For one address; the next one is tried then."""
    read: float = 15.0
    """Between two pieces of the answer."""
    total: float = 30.0
    """For everything: names, redirects, the whole body."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers (lower-case names, values byte for byte as Latin-1), and the body as it comes over the wire."""

    status: int
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]


class Wire:
    """The way to the network, straight or through proxies. An async context manager."""

    def __init__(
        self,
        timeouts: Timeouts,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`transport` stands in for the network in tests."""
        self._timeouts = timeouts
        self._given = transport
        self._context: ssl.SSLContext | None = None
        self._straight = Straight(self._trust)
        self._proxied: dict[str, httpx.AsyncBaseTransport] = {}

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        transports, self._proxied = list(self._proxied.values()), {}
        for transport in transports:
            await transport.aclose()

    @asynccontextmanager
    async def get(
        self, target: Target, headers: Iterable[tuple[str, str]], *, addresses: Sequence[str], proxy: str | None = None
    ) -> AsyncIterator[Reply]:
        """Ask for `target` at one of `addresses` (a proxy: at its name). Raises WireError, inside the block too.

        Header values are sent as Latin-1, byte for byte.
        """
        try:
            response = await self._send(target, headers, addresses, proxy)
            try:
                if not isinstance(response.stream, httpx.AsyncByteStream):
                    raise TypeError("the transport gave no stream")
                yield Reply(response.status_code, _headers(response), _in_turns(response.stream))
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise WireError("timeout", self._late(error)) from error
        except httpx.InvalidURL as error:
            raise WireError("refused", "the address is not a valid URL") from error
        except UnicodeEncodeError as error:
            raise WireError("refused", "a request header of this source has letters that HTTP cannot carry") from error
        except httpx.HTTPError as error:
            raise WireError("network", _describe(error)) from error

    async def _send(
        self, target: Target, headers: Iterable[tuple[str, str]], addresses: Sequence[str], proxy: str | None
    ) -> httpx.Response:
        transport = self._transport(proxy)
        fields = [(b"Host", target.authority.encode("ascii"))]
        fields += [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
        extensions: dict[str, object] = {
            "timeout": {
                "connect": self._timeouts.connect,
                "read": self._timeouts.read,
                "write": self._timeouts.read,
                "pool": None,
            }
        }
        if proxy is not None:
            return await transport.handle_async_request(
                httpx.Request("GET", _url(target.url), headers=fields, extensions=extensions)
            )
        if target.scheme == "https" and target.host not in addresses:
            extensions["sni_hostname"] = target.host
        for n, address in enumerate(addresses, start=1):
            request = httpx.Request("GET", _url(target.at(address)), headers=fields, extensions=extensions)
            try:
                return await transport.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if n == len(addresses):
                    raise
        raise WireError("network", "the name has no address")

    def _transport(self, proxy: str | None) -> httpx.AsyncBaseTransport:
        if self._given is not None:
            return self._given
        if proxy is None:
            return self._straight
        if proxy not in self._proxied:
            # No connection is kept, as on the straight way: a source is read every few minutes, and a kept TLS
            # connection to an address would carry the next request for another name at that address without checking
            # that name's certificate.
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
            self._proxied[proxy] = httpx.AsyncHTTPTransport(
                verify=self._trust(), trust_env=False, limits=limits, proxy=proxy
            )
        return self._proxied[proxy]

    def _trust(self) -> ssl.SSLContext:
        if self._context is None:  # made when a server with TLS is first asked: it takes as long as asking fifty feeds
            # The one thing taken from the environment: SSL_CERT_FILE and SSL_CERT_DIR, a desk's own authorities.
            try:
                context = httpx.create_ssl_context(trust_env=True)
            except OSError as error:  # of TLS, too
                # Asked again as soon as a network that is down: the file may only be about to be renewed.
                raise WireError("network", _untrusted(error)) from error
            context.set_alpn_protocols(["http/1.1"])
            self._context = context
        return self._context

    def _late(self, error: httpx.TimeoutException) -> str:
        if isinstance(error, httpx.ConnectTimeout):
            return f"no connection within {self._timeouts.connect:g} s"
        return f"the server was silent for {self._timeouts.read:g} s"


async def _in_turns(stream: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Yield the pieces of a body; the loop gets its turn though all of them have come already."""
    count = 0
    async for piece in stream:
        yield piece
        count += 1
        if count % PIECES == 0:
            await asyncio.sleep(0)


def _url(text: str) -> httpx.URL:
    return httpx.URL(text) if "?" in text else _kept_url(text)  # a query may hold a key, or a token for one visit


@lru_cache(maxsize=4096)  # httpx takes an address apart letter by letter, and the same ones are asked all the time
def _kept_url(text: str) -> httpx.URL:
    return httpx.URL(text)


def _untrusted(error: OSError) -> str:
    """Say why there are no authorities to check a server's certificate with."""
    set_by = [name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)]
    of = f" of {' or '.join(set_by)}" if set_by else ""
    why = "no valid certificates in it" if isinstance(error, ssl.SSLError) else error.strerror or "it cannot be read"
    return f"the certificate authorities{of} cannot be read: {why}"


def _headers(response: httpx.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name not in found:
            found[name] = value
        elif name not in SINGLE:
            found[name] += f", {value}"
    return found


def _describe(error: BaseException) -> str:
    """Say in plain words what went wrong below httpx: never a server's own words, which could hold anything."""
    root = _root(error)
    if isinstance(root, ssl.SSLCertVerificationError):
        return f"the server's certificate is not valid: {root.verify_message or 'it cannot be checked'}"
    if isinstance(root, ssl.SSLError):
        return "no secure connection could be made (TLS failed)"
    if isinstance(root, socket.gaierror):
        return "the host name does not resolve"
    if isinstance(root, OSError) and root.errno is not None:
        return _OS_WORDS.get(root.errno, f"the connection failed: {errno.errorcode.get(root.errno, root.errno)}")
    if isinstance(error, httpx.ProxyError):
        return "the proxy refused the request"
    if isinstance(error, httpx.ConnectError):
        return "no connection could be made"
    if isinstance(error, httpx.RemoteProtocolError):
        return "the server broke off, or does not speak HTTP"
    if isinstance(error, httpx.LocalProtocolError):
        return "the request's headers are not valid HTTP"
    return "the connection broke while it was read"


_OS_WORDS: Final = {
    errno.ECONNREFUSED: "the server refuses connections",
    errno.ECONNRESET: "the server reset the connection",
    errno.EPIPE: "the server closed the connection",
    errno.ENETUNREACH: "the network cannot be reached",
    errno.EHOSTUNREACH: "the host cannot be reached",
    errno.ETIMEDOUT: "the connection timed out",
    errno.EMFILE: "this machine has no file handles left",
}


def _root(error: BaseException) -> BaseException:
    """Return the system's error at the bottom of a chain of wrapped ones, or the last of the chain."""
    seen: set[int] = set()
    current: BaseException | None = error
    last = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        last = current
        if isinstance(current, ssl.SSLError) or (isinstance(current, OSError) and current.errno is not None):
            return current
        if isinstance(current, BaseExceptionGroup):
            current = current.exceptions[0]
        else:
            current = current.__cause__ or current.__context__
    return last
