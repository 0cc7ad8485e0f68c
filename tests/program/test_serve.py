"""`sitmon serve`: the desk in a real browser, closed to pages of other sites; a warning where others can reach it."""

from __future__ import annotations

import asyncio
import base64
import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from sitmon.commands import serve
from sitmon.commands.session import Session

aiohttp = pytest.importorskip("aiohttp", reason="the extra sitmon[web] is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURE = b"\x89PNG\r\n\x1a\n"
LIMIT_S = 40.0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve the demo on a free port of this machine."""
    port = free_port()
    home = {**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "PYTHONWARNINGS": "default"}
    words = [sys.executable, "-m", "sitmon", "serve", "--demo", "--port", str(port)]
    server = subprocess.Popen(words, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    out, _ = server.communicate(timeout=20)
    assert out == ""  # stdout is data, and there is none


def free_port() -> int:
    """Return one that nobody is given who asks for any (those are higher), so that it stays free until it is taken."""
    while True:
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", random.randrange(20_000, 30_000)))
            return int(free.getsockname()[1])


async def test_only_its_own_page_may_open_the_desk_and_nothing_is_loaded_from_elsewhere(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(100):
            try:
                answer = await session.get(address)
                break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.1)
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
        answer.release()
        for origin in ("http://elsewhere.example", "", address.replace("http", "https"), address + "1", "http://["):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{address}/ws", headers={"Origin": origin})
            assert refused.value.status == 403


class Browser:
    """A headless Chromium, spoken to by its debugging protocol."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self.painted = b""
        """What has come to the page's terminal."""

    async def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json()
            if message.get("method") == "Network.webSocketFrameReceived":
                frame = message["params"]["response"]
                binary = frame["opcode"] == 2
                self.painted += base64.b64decode(frame["payloadData"]) if binary else frame["payloadData"].encode()
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]  # type: ignore[no-any-return]

    async def page_is(self, name: str) -> bool:
        found = await self.ask("Runtime.evaluate", expression=f"document.body.classList.contains('{name}')")
        return bool(found["result"].get("value"))

    async def wait_for(self, words: bytes) -> None:
        async with asyncio.timeout(LIMIT_S):
            while words not in self.painted:
                await asyncio.sleep(0.1)
                await self.ask("Runtime.evaluate", expression="1")

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def press(self, key: str) -> None:
        await self.ask("Input.dispatchKeyEvent", type="keyDown", text=key, key=key, unmodifiedText=key)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)


@asynccontextmanager
async def browser(profile: Path, url: str) -> AsyncIterator[Browser]:
    assert CHROMIUM is not None
    words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0"]
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, *words, "--window-size=1280,800", f"--user-data-dir={profile}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(LIMIT_S):
            while not (told := profile / "DevToolsActivePort").exists() or not told.read_text().strip():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        port = told.read_text().split()[0]
        async with aiohttp.ClientSession() as session:
            pages = await (await session.get(f"http://127.0.0.1:{port}/json")).json()
            page = next(p for p in pages if p["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                found = Browser(socket)
                for method in ("Network.enable", "Page.enable", "Runtime.enable"):
                    await found.ask(method)
                await found.ask("Page.navigate", url=url)
                yield found
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
async def test_the_desk_in_a_real_browser(address: str, tmp_path: Path) -> None:
    async with browser(tmp_path / "profile", address) as page:
        await page.wait_for(b"Status")
        await page.wait_for(b"REPLAY")
        assert await page.page_is("-first-byte")
        await page.click(600, 300)
        await page.press("?")
        await page.wait_for(b"pane to the whole screen")
        shot = base64.b64decode((await page.ask("Page.captureScreenshot", format="png"))["data"])
        (tmp_path / "desk.png").write_bytes(shot)
        assert shot.startswith(PICTURE)
        assert len(shot) > 30_000  # a page of text; the empty frame before it is a third of this


def test_a_desk_that_others_can_reach_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sitmon.commands.serve_web import DeskServer

    served: list[str] = []
    monkeypatch.setattr(DeskServer, "serve", lambda self: served.append(self.command))
    for host in ("127.0.0.1", "localhost", "::1"):
        serve.run(Session(), host=host, port=8750, url=None, demo=True)
    assert capsys.readouterr().err == ""
    serve.run(Session(store=Path("a b;c.db")), host="0.0.0.0", port=8750, url=None, demo=True)
    assert "there is no password" in capsys.readouterr().err
    assert served[-1].endswith("-m sitmon --store 'a b;c.db' demo")
