"""An address that a person or a server wrote in, the parts that a request needs out. Pure; it resolves nothing."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

PORTS: Final = {"http": 80, "https": 443}
LONGEST_URL: Final = 8000

HIDDEN: Final = "HIDDEN"
"""What stands in place of a key in an address that is shown."""

_SECRET_WORDS: Final = frozenset(
    {"auth", "authorization", "credential", "email", "hash", "hmac", "jwt", "key", "login", "pass", "passwd"}
    | {"pw", "pwd", "session", "sid", "sig"}
)
_SECRET_ENDS: Final = ("key", "token", "secret", "password", "signature", "credentials")
_PUBLIC_IDS: Final = frozenset({"channel_id", "playlist_id", "list", "q", "query", "url"})
"""Names whose values look like keys but stand in public pages: YouTube's channels and playlists, searches."""
_TOKEN = re.compile(r"[A-Za-z0-9_+/=.~-]{20,}")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")


class RefusedError(Exception):
    """A request that will not be made; the text says why, in words that are safe to show."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes."""

    scheme: str
    host: str
    """ASCII, lower case; an IPv6 address without brackets."""
    port: int
    url: str
    """Without user name, password and fragment."""
    authorization: str | None = None
    """The value of an Authorization header, where the address held a user name."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what credentials and rate limits belong to."""
        return (self.scheme, self.host, self.port)

    @property
    def authority(self) -> str:
        """The Host header: with the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def at(self, address: str) -> str:
        """Return the URL with an IP address in the name's place."""
        host = f"[{address}]" if ":" in address else address
        return self.url.replace(f"//{self.authority}/", f"//{host}:{self.port}/", 1)


def parse(url: str) -> Target:
    """Return the target that an absolute URL names. Raises RefusedError: not http(s), no host, control characters."""
    if "?" in url or "@" in url:  # passwords, keys and tokens for one visit are not kept
        return _parse(url)
    return _kept(url)


@lru_cache(maxsize=4096)  # the same few thousand addresses are asked for the whole shift
def _kept(url: str) -> Target:
    return _parse(url)


def _parse(url: str) -> Target:
    if len(url) > LONGEST_URL:
        raise RefusedError("the address is too long")
    if _CONTROL.search(url):
        raise RefusedError("the address has control characters or spaces in it")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise RefusedError("the address is not a valid URL") from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        shown = scheme if re.fullmatch(r"[a-z][a-z0-9+.-]{0,15}", scheme) else "this"
        raise RefusedError(f"only http and https are read, not {shown}")
    if not re.fullmatch(r"[a-z0-9._-]{1,253}|[0-9a-f:.]+(?:%[a-z0-9]+)?", host):
        raise RefusedError("the address has no valid host")
    bare = Target(scheme, host, PORTS[scheme] if port is None else port, "")
    plain = urlunsplit((scheme, bare.authority, parts.path or "/", parts.query, ""))
    return Target(scheme, host, bare.port, plain, _authorization(parts.username, parts.password))


def without_secrets(location: str) -> str:
    """Return an address fit to be shown: without user name and password, and with the keys in its query hidden.

    Anything that is no web address comes back as it is.
    """
    try:
        url = parse(location).url
    except RefusedError:
        return location
    address, mark, query = url.partition("?")
    return address + mark + "".join(_shown(part) for part in re.split("([&;])", query))


def _shown(part: str) -> str:
    """Return one part of a query, its value hidden where its name, or the look of it, says that it is a secret."""
    name, equals, value = part.partition("=")
    if not equals:
        return HIDDEN if _looks_secret(unquote(name)) else part
    words = set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", unquote(name)).lower()))
    named = bool(words & _SECRET_WORDS) or any(word.endswith(_SECRET_ENDS) for word in words)
    secret = named or (unquote(name).lower() not in _PUBLIC_IDS and _looks_secret(unquote(value)))
    return f"{name}={HIDDEN}" if secret and value else part


def _looks_secret(value: str) -> bool:
    return bool(_TOKEN.fullmatch(value)) and any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


def follow(target: Target, location: str) -> Target:
    """Return where a redirect from `target` leads. Raises RefusedError as `parse` does."""
    # Servers send raw spaces and UTF-8 (here as Latin-1) in Location; browsers read both.
    try:
        location = location.strip().encode("latin-1").decode("utf-8")
    except UnicodeError:
        location = location.strip()
    try:
        whole = urljoin(target.url, location.replace(" ", "%20"))
    except ValueError:
        raise RefusedError("the redirect's address is not a valid URL") from None
    return parse(whole)


def may_keep_credentials(first: Target, then: Target) -> bool:
    """Whether headers meant for `first` may go to `then`: the same origin, or the same host over TLS instead."""
    if first.origin == then.origin:
        return True
    return first.host == then.host and (first.scheme, first.port) == ("http", 80) and then.origin[::2] == ("https", 443)


def _authorization(user: str | None, password: str | None) -> str | None:
    if user is None:
        return None
    pair = f"{unquote(user)}:{unquote(password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")
