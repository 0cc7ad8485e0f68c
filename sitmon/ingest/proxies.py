"""A target in, the proxy that its request goes through out, or None for the straight way. It opens no connection."""

from __future__ import annotations

import urllib.request
from typing import Protocol

from sitmon.errors import UsageError
from sitmon.ingest.targets import RefusedError, Target, parse

ENVIRONMENT = "env"
"""As a config's `proxy`: what HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY say."""


STRAIGHT = "none"
"""As a source's own `proxy`: none for this one."""


class Routes(Protocol):
    """Says which way a request goes."""

    def route(self, target: Target) -> str | None:
        """Return the proxy's URL, or None. Raises RefusedError where the proxy cannot be used."""


class FixedRoute:
    """Everything through one proxy, or (None) everything straight."""

    def __init__(self, proxy: str | None) -> None:
        """Raise UsageError where `proxy` is no http(s) URL."""
        if proxy is not None:
            try:
                parse(proxy)
            except RefusedError as error:
                # The address itself is not repeated: it may hold a password.
                raise UsageError(
                    f"the proxy cannot be used: {error}; expected http://host:port or {ENVIRONMENT!r}"
                ) from None
        self._proxy = proxy

    def route(self, target: Target) -> str | None:
        return self._proxy


class EnvironmentRoute:
    """As the environment's proxy variables say, with their exceptions."""

    def route(self, target: Target) -> str | None:
        known = urllib.request.getproxies()
        proxy = known.get(target.scheme) or known.get("all")
        if not proxy or urllib.request.proxy_bypass(f"{target.host}:{target.port}"):
            return None
        if "://" not in proxy:
            proxy = f"http://{proxy}"
        try:
            parse(proxy)
        except RefusedError as error:
            raise RefusedError(f"the environment's proxy cannot be used: {error}") from None
        return proxy


def routes(proxy: str | None) -> Routes:
    """Return the routes that a config's `proxy` means. Raises UsageError where it is no proxy."""
    if proxy == STRAIGHT:
        proxy = None
    return EnvironmentRoute() if proxy == ENVIRONMENT else FixedRoute(proxy)
