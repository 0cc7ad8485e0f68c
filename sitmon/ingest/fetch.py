"""A source and what is remembered of it in, its answer out: a body, "nothing new", or a failure with its reason.

One polite conditional GET with its redirects, each hop judged before it is made. It remembers nothing, retries nothing
and never raises for what the world does. It knows no HTTP library: `wire` does.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from http import HTTPStatus
from types import TracebackType
from typing import Final

from sitmon import __version__
from sitmon.errors import UsageError
from sitmon.ingest import guard, manners, redirects, targets
from sitmon.ingest.answers import Answer, Fetched, NotModified
from sitmon.ingest.headers import fresh_for, retry_after
from sitmon.ingest.inflate import Body, BodyLimits, DamagedError, TooLargeError
from sitmon.ingest.proxies import Routes, routes
from sitmon.ingest.redirects import Journey
from sitmon.ingest.targets import RefusedError, Target
from sitmon.ingest.wire import Reply, Timeouts, Wire, WireError
from sitmon.model.source import Failure, PollState, Source

MAX_VALIDATOR: Final = 4096
"""Characters; a longer one is not worth sending back with every request."""
ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5"
)
OURS: Final = frozenset({"host", "connection", "accept-encoding", "if-none-match", "if-modified-since"})
"""Headers that a source cannot set: they would break the connection, the inflating or the politeness."""
HARMLESS: Final = frozenset({"user-agent", "accept", "accept-language"})
"""Headers of a source that may go to another origin; every other one may be a secret."""


class Fetcher:
    """Fetches sources. An async context manager; any number of fetches may run at once."""

    def __init__(
        self,
        *,
        contact: str = "",
        proxy: str | None = None,
        timeouts: Timeouts | None = None,
        limits: BodyLimits | None = None,
        resolver: guard.Resolver = guard.resolve,
        wire: Wire | None = None,
    ) -> None:
        """`contact` is a URL or mail address for the User-Agent; `proxy` a URL, or "env" for the environment's.

        Sources with `allow_private_hosts` are on this side of it, unless they name a proxy of their own. Raises
        UsageError where `proxy` is none.
        """
        self._agent = _user_agent(contact)
        self._routes = routes(proxy)
        self._own_routes: dict[str, Routes] = {}
        self._timeouts = timeouts or Timeouts()
        self._limits = limits or BodyLimits()
        self._resolver = resolver
        self._wire = wire or Wire(self._timeouts)

    async def __aenter__(self) -> Fetcher:
        await self._wire.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._wire.__aexit__(kind, error, trace)

    async def fetch(self, source: Source, state: PollState, now: datetime) -> Answer:
        """Ask the source once. `now` is when (aware UTC). Whatever goes wrong comes back as a Failure."""
        try:
            async with asyncio.timeout(self._timeouts.total):
                return await self._chase(source, state, now)
        except TimeoutError:
            return Failure(source.name, f"no whole answer within {self._timeouts.total:g} s", "timeout")
        except RefusedError as error:
            return Failure(source.name, str(error), "refused")
        except WireError as error:
            return Failure(source.name, str(error), error.kind)
        except TooLargeError as error:
            return Failure(source.name, str(error), "too_large")
        except DamagedError as error:
            return Failure(source.name, str(error), "network")

    async def _chase(self, source: Source, state: PollState, now: datetime) -> Answer:
        """Follow the redirects from the source's address to its answer."""
        home = targets.parse(source.location)
        start = targets.parse(state.moved_to) if state.moved_to else home
        journey = Journey(home, start, has_secrets=_has_secrets(source, home))
        validators = manners.validators(state, now)
        while True:
            target = journey.target
            sent = self._request_headers(source, home, journey.trusted) + validators
            addresses, proxy = await self._way(source, target)
            async with self._wire.get(target, sent, addresses=addresses, proxy=proxy) as reply:
                if reply.status not in redirects.STATUSES:
                    return await self._answer(source, journey, reply, now, asked=bool(validators))
            journey.redirect(reply.status, reply.headers.get("location", ""))

    async def _way(self, source: Source, target: Target) -> tuple[tuple[str, ...], str | None]:
        """Return the addresses that may be connected to and the proxy; one is empty. Raises RefusedError, WireError."""
        private = source.allow_private_hosts
        proxy = None if private and source.proxy is None else self._routes_of(source).route(target)
        if proxy is not None:
            guard.check_literal(target, allow_private=private)
            return (), proxy
        try:
            return await guard.addresses(target, self._resolver, allow_private=private), None
        except OSError:
            raise WireError("network", f"the host name {target.host} does not resolve") from None

    def _routes_of(self, source: Source) -> Routes:
        """Return the way of one source. Raises RefusedError where its own proxy is none."""
        if source.proxy is None:
            return self._routes
        if source.proxy not in self._own_routes:
            try:
                self._own_routes[source.proxy] = routes(source.proxy)
            except UsageError as error:
                raise RefusedError(str(error)) from None
        return self._own_routes[source.proxy]

    async def _answer(self, source: Source, journey: Journey, reply: Reply, now: datetime, *, asked: bool) -> Answer:
        """Turn the reply at the end of the redirects into an answer. Raises TooLargeError, DamagedError."""
        etag, last_modified = (_validator(reply, name) for name in ("etag", "last-modified"))
        holds = fresh_for(reply.headers, now)
        if reply.status == 304 and asked:
            return NotModified(etag, last_modified, holds, journey.moved_to)
        if reply.status not in (200, 203):
            return _failure(source, reply, now)
        body = Body(reply.headers.get("content-encoding", ""), self._limits)
        async for chunk in reply.chunks:
            body.add(chunk)
        whole = body.finish()
        if not whole.strip():
            return Failure(source.name, "the server answered with nothing", "not_a_feed", reply.status)
        return Fetched(
            whole,
            journey.target.url,
            reply.headers.get("content-type"),
            etag,
            last_modified,
            holds,
            journey.moved_to,
            reply.status,
        )

    def _request_headers(self, source: Source, home: Target, trusted: bool) -> list[tuple[str, str]]:
        """Return the request's headers but for the validators; secrets only where `trusted`."""
        own = [(n, v) for n, v in source.headers if n.lower() not in OURS and (trusted or n.lower() in HARMLESS)]
        names = {name.lower() for name, _ in own}
        basics = [("User-Agent", self._agent), ("Accept", ACCEPT)]
        if trusted and home.authorization:
            basics.append(("Authorization", home.authorization))
        fixed = [("Accept-Encoding", "gzip"), ("Connection", "close")]
        return [(n, v) for n, v in basics if n.lower() not in names] + own + fixed


def _user_agent(contact: str) -> str:
    plain = "".join(c for c in contact if " " <= c <= "~" and c not in "()")
    return f"sitmon/{__version__} (+{plain})" if plain else f"sitmon/{__version__}"


def _has_secrets(source: Source, home: Target) -> bool:
    return home.authorization is not None or any(n.lower() not in HARMLESS | OURS for n, _ in source.headers)


def _validator(reply: Reply, name: str) -> str | None:
    value = reply.headers.get(name)
    return value if value and len(value) <= MAX_VALIDATOR else None


def _failure(source: Source, reply: Reply, now: datetime) -> Failure:
    """Say what a status means, in our own words: the server's reason phrase could hold anything."""
    status = reply.status
    try:
        words = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        words = str(status)
    wait = retry_after(reply.headers, now)
    said = _SAYINGS.get(status, "the server failed" if status >= 500 else "the server gave no feed")
    if status in (403, 503) and "challenge" in reply.headers.get("cf-mitigated", ""):
        said = "a Cloudflare challenge stands before it: a program cannot pass"
    elif status == 403 and "x-sucuri-id" in reply.headers:
        said = "the site's firewall (Sucuri) refuses programs"
    if wait is not None:
        said += f", and asks to wait {manners.span(wait)}"
    return Failure(source.name, f"{said} ({words})", "status", status, wait)


_SAYINGS: Final = {
    204: "the server answered with nothing",
    304: "the server says that nothing changed, though nothing was asked of it",
    401: "the server wants credentials",
    402: "the server wants to be paid",
    403: "the server refuses to serve it",
    404: "there is no such page",
    407: "the proxy wants credentials",
    410: "it is gone for good",
    429: "the server says that it is asked too often",
    451: "it may not be served here for legal reasons",
    503: "the server is not available",
}
