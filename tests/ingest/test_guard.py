"""Which addresses may be connected to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.ingest import guard
from sitmon.ingest.targets import RefusedError, parse


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "fc00::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "203.0.113.5",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:db8::1",
        "not an address",
        "",
    ],
)
def test_addresses_that_are_nobodys_public_server(address: str) -> None:
    assert guard.objection(address, allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "8.8.8.8",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_public_addresses_are_fine(address: str) -> None:
    assert guard.objection(address, allow_private=False) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "192.168.1.1", "fd00::1", "100.64.0.1"])
def test_the_desk_may_open_its_own_network(address: str) -> None:
    assert guard.objection(address, allow_private=True) is None


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "0.0.0.0", "224.0.0.1"])
def test_but_never_the_clouds_credentials_or_everybody(address: str) -> None:
    assert guard.objection(address, allow_private=True)


@given(st.ip_addresses())
def test_every_address_gets_a_verdict(address: object) -> None:
    closed = guard.objection(str(address), allow_private=False)
    opened = guard.objection(str(address), allow_private=True)
    assert closed or not opened  # what is open by default is open


async def test_one_bad_address_among_good_ones_refuses_the_name() -> None:
    async def resolver(host: str, port: int) -> Sequence[str]:
        return ["93.184.216.34", "10.0.0.5"]

    with pytest.raises(RefusedError, match=r"news\.example \(10\.0\.0\.5\).*private.*allow_private_hosts"):
        await guard.addresses(parse("http://news.example/"), resolver, allow_private=False)
    assert await guard.addresses(parse("http://news.example/"), resolver, allow_private=True)


async def test_ways_to_write_loopback_are_seen_through() -> None:
    """The system's resolver reads all of these as 127.0.0.1."""
    for host in ("localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1"):
        with pytest.raises((RefusedError, OSError)):
            await guard.addresses(parse(f"http://{host}/"), guard.resolve, allow_private=False)


async def test_a_literal_address_is_not_looked_up() -> None:
    async def resolver(host: str, port: int) -> Sequence[str]:
        raise AssertionError("looked up")

    assert await guard.addresses(parse("http://93.184.216.34/"), resolver, allow_private=False) == ("93.184.216.34",)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://db.localhost/"])
def test_behind_a_proxy_what_is_plainly_inside_stays_closed(url: str) -> None:
    with pytest.raises(RefusedError):
        guard.check_literal(parse(url), allow_private=False)
    guard.check_literal(parse(url), allow_private=True)
    guard.check_literal(parse("http://news.example/"), allow_private=False)


async def test_a_name_that_does_not_resolve_is_an_os_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(OSError, match="no such name"):
        await guard.resolve("nowhere.example", 80)


async def test_a_name_server_that_hangs_does_not_hang_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: let_go.wait(5) and [])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await guard.resolve("slow.example", 80)
    waiting = [t for t in threading.enumerate() if t.name == "resolve slow.example"]
    assert [t.daemon for t in waiting] == [True]
    let_go.set()
    waiting[0].join(5)
    await asyncio.sleep(0)  # its late answer finds nobody waiting, which is fine
