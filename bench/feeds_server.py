"""A server process for the benchmarks: so many feeds on the loopback, with validators and without."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.servers import Loopback, Page

ITEMS = 30
SHORT = 10
"""Posts of a feed in which nothing happens."""
PARAGRAPH = (
    "Officials in {place} said on Sunday that fighting had reached the outskirts of the city, and that the road to "
    "the north was cut. Residents spoke of shelling through the night; shops were shut and the hospital was full. "
)
TOWNS = ("Kunduz", "Herat", "Taloqan", "Ghazni", "Farah", "Zaranj", "Nili", "Maymana", "Faizabad", "Lashkar Gah")


def document(n: int, items: int = ITEMS) -> bytes:
    """Return the n-th feed: posts of 8 August 2021 with a summary and a full text, about 40 KB where there are 30."""
    posts = "".join(
        f"<item><title>Post {i} of feed {n}</title><link>https://example.org/{n}/{i}</link>"
        f"<guid>{n}-{i}</guid><pubDate>Sun, 08 Aug 2021 {i % 24:02}:00:00 +0430</pubDate>"
        f"<description>{PARAGRAPH.format(place=TOWNS[i % 10])}</description>"
        f"<content:encoded><![CDATA[{''.join(f'<p>{PARAGRAPH.format(place=p)}</p>' for p in TOWNS[:4])}]]>"
        "</content:encoded></item>"
        for i in range(items)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Feed</title>'
        f"<link>https://example.org/</link><description>d</description>{posts}</channel></rss>"
    ).encode()


def quiet_document(n: int, items: int) -> bytes:
    """Return the n-th of feeds in which nothing ever happens, of short posts."""
    posts = "".join(
        f"<item><title>Prices in bazaar {n} on day {i}</title><guid>{n}-{i}</guid>"
        f"<description>Wheat and rice cost what they did, traders said on Sunday; {i} lorries came in from the border "
        "and the road was open all day.</description><pubDate>Sun, 08 Aug 2021 10:00:00 +0430</pubDate></item>"
        for i in range(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {n}</title>{posts}</channel></rss>'.encode()


def serve(count: int, port: Any, items: int, quiet: bool) -> None:
    """Serve the feeds for ever, under /plain/N without validators and under /tagged/N with them."""

    async def run() -> None:
        server = Loopback()
        for n in range(count):
            body = quiet_document(n, SHORT) if quiet else document(n, items)
            server.scripts[f"/plain/{n}"] = Page(body)
            server.scripts[f"/tagged/{n}"] = Page(body, etag=f'"{n}"')
        async with server:
            port.send(server.port)
            await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def serving(count: int, items: int = ITEMS, *, quiet: bool = False) -> Iterator[str]:
    """Run the server in a process of its own; yield its address."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    server = spawn.Process(target=serve, args=(count, there, items, quiet), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        server.terminate()
        server.join()
