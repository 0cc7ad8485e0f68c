"""A command in, a web server out that runs it for each page: Textual's own, hardened. Only `serve` imports it.

Textual's server opens the desk's socket to any page of any site that the officer's browser shows; this one only to its
own. Nothing is loaded from elsewhere: the policy that goes with each page forbids it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

POLICY: Final = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
)
LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class DeskServer(Server):
    """Serves the desk to its own pages."""

    told: Callable[[str], None] = staticmethod(lambda _: None)
    """Where it says, in a line, what it does."""

    def initialize_logging(self) -> None:
        """Leave logging as the program has set it: stdout is for data."""

    async def on_startup(self, app: web.Application) -> None:
        """Say where the desk is."""
        self.told(f"the desk is at {self.public_url}/ - each page is a desk of its own; Ctrl-C ends all of them")

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.on_response_prepare.append(self._guard)
        return app

    async def _guard(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Open the desk to a page of this server; refuse a page of any other site."""
        if not self.is_own(request.headers.get("Origin", "")):
            raise web.HTTPForbidden(text="this desk opens only to its own page")
        return await super().handle_websocket(request)

    def is_own(self, origin: str) -> bool:
        """Return whether an Origin header is this server's; the names of this machine stand for one another."""
        ours = urlsplit(self.public_url)
        try:
            theirs = urlsplit(origin)
            same = (theirs.scheme, theirs.port) == (ours.scheme, ours.port)
        except ValueError:
            return False
        hosts = {theirs.hostname, ours.hostname}
        return same and (len(hosts) == 1 or (hosts <= LOCAL and None not in hosts))
