"""A host name in, the addresses that may be connected to out; or a refusal (server-side request forgery).

A feed, a redirect or a DNS answer must not make the desk's machine talk to its own network. So every host is resolved
here, every address that it resolves to is judged, and the connection is then made to just those addresses: a name that
resolves to something else a moment later changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Final

from sitmon.ingest.targets import RefusedError, Target

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""(host, port) -> addresses as text, the one to try first at the front. Raises OSError where the name has none."""

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IANA special-purpose registries: blocks that older Python versions still call global.
_SPECIAL: Final = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT: somebody's inside
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "5f00::/16",
        "fec0::/10",
    )
)
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


@lru_cache(maxsize=4096)  # it depends on nothing else, and the same addresses are asked all the time
def objection(address: str, *, allow_private: bool) -> str | None:
    """Return why `address` must not be connected to, or None where it may.

    `allow_private` opens loopback and private addresses. Link-local ones stay closed even then: cloud machines
    serve their credentials at 169.254.169.254. So do multicast, broadcast and "this host".
    """
    try:
        found: _Address = ipaddress.ip_address(address)
    except ValueError:
        return "it is no IP address"
    found = _inner(found)
    if found.is_unspecified or found.is_multicast or str(found) == "255.255.255.255":
        return "it is no address of one host"
    if found.is_link_local:
        return "it is a link-local address"
    if allow_private:
        return None
    if found.is_loopback:
        return "it is a loopback address"
    special = any(found in block for block in _SPECIAL if block.version == found.version)
    if special or found.is_reserved or not found.is_global:
        return "it is a private address"
    return None


async def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host as the system resolves it. Raises OSError where it cannot.

    It runs in a daemon thread of its own: the event loop's executor is joined when the program ends, so a name server
    that does not answer would hold up Ctrl-C for as long as it likes.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str], error: OSError | None) -> None:
        if done.done():  # nobody waits any more
            return
        if error is None:
            done.set_result(found)
        else:
            done.set_exception(error)

    def look_up() -> None:
        found: list[str] = []
        failed: OSError | None = None
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(row[4][0]) for row in rows))
        except OSError as error:
            failed = error
        except UnicodeError:
            failed = socket.gaierror(socket.EAI_NONAME, "not a host name")
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, found, failed)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    return await done


async def addresses(target: Target, resolver: Resolver, *, allow_private: bool) -> tuple[str, ...]:
    """Return the addresses that a request to `target` may connect to, all of them judged.

    Raises RefusedError where one of them is not allowed, and OSError where the name does not resolve.
    """
    if is_literal(target.host):
        found: Sequence[str] = [target.host]
    else:
        found = await resolver(target.host, target.port)
    if not found:
        raise OSError("the name has no address")
    for address in found:
        if reason := objection(address, allow_private=allow_private):
            raise RefusedError(_refusal(target.host, address, reason, allow_private))
    return tuple(found)


def check_literal(target: Target, *, allow_private: bool) -> None:
    """Judge what can be judged when a proxy does the resolving: addresses, and names for this very host.

    Raises RefusedError.
    """
    if is_literal(target.host):
        if reason := objection(target.host, allow_private=allow_private):
            raise RefusedError(_refusal(target.host, target.host, reason, allow_private))
    elif not allow_private and (target.host == "localhost" or target.host.endswith(".localhost")):
        raise RefusedError(_refusal(target.host, "loopback", "it is this machine", allow_private))


@lru_cache(maxsize=4096)
def is_literal(host: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _inner(address: _Address) -> _Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64), or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _refusal(host: str, address: str, reason: str, allow_private: bool) -> str:
    where = host if host == address else f"{host} ({address})"
    hint = "" if allow_private else "; if it is yours, set allow_private_hosts = true for this source"
    return f"refused to connect to {where}: {reason}{hint}"
