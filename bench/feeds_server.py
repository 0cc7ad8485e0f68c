"""A server process for the benchmarks: so many feeds on the loopback, with validators and without."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.servers import Loopback, Page

ITEMS = 33
"""Posts of a feed as papers send them: of 200 real feeds the mean is 33 posts, and the median document 78 KB."""
SHORT = 10
"""Posts of a feed in which nothing happens."""
TELLING = 10
"""Every so manieth post of a paper tells of something that the desk wants to know."""
TOWNS = ("Kunduz", "Herat", "Taloqan", "Ghazni", "Farah", "Zaranj", "Nili", "Maymana", "Faizabad", "Lashkar Gah")
FIGHTING = (
    "Officials in {town} said on Sunday that fighting had reached the outskirts of the city, and that the road to "
    "the north was cut. Residents spoke of shelling through the night; shops were shut and the hospital was full."
)
EVERYDAY = (
    "The council of {town} met for the {n}th time this year to talk about the price of bread, which has doubled "
    "since the spring. Nobody expected an answer, and none was given before the session was put off until autumn.",
    "A team of engineers from the ministry looked at {n} wells in the villages west of {town}. Most of them can be "
    "used again, they wrote in a report that fills forty pages; the rest would have to be dug deeper.",
    "In the second half the guests found the space that they had missed, and {n} minutes before the end it was "
    "their youngest player who put the ball away. &#8220;We have waited for this,&#8221; the coach said.",
    "Scientists who followed the birds over {n} winters found that they come back to the same trees. What guides "
    "them is not known; the stars do not, because they fly under clouds as well.",
    "The bank&#8217;s new rules will make it harder to send money home, say those who do so every month. A form of "
    "{n} questions has to be filled in, and many who need it cannot read the language that it is written in.",
)


def document(n: int, items: int = ITEMS) -> bytes:
    """Return the n-th of feeds as papers send them: posts of 8 August 2021, each with a summary and its full text."""
    posts = "".join(_post(n, i) for i in range(items))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Paper {n}</title><link>https://example.org/</link><description>d</description>\n{posts}"
        "</channel></rss>"
    ).encode()


def _post(n: int, i: int) -> str:
    town, link = TOWNS[i % len(TOWNS)], f"https://example.org/{n}/2021/08/08/{i}/"
    first = FIGHTING if i % TELLING == n % TELLING else EVERYDAY[i % len(EVERYDAY)]
    told = [first, *(EVERYDAY[(i + k) % len(EVERYDAY)] for k in range(1, 7))]
    words = [text.format(town=town, n=4 + (n + i + k) % 90) for k, text in enumerate(told)]
    body = "\n".join(f"<p>{text}</p>" for text in words)
    picture = f'<p><a href="{link}"><img src="{link}1.jpg" alt="" width="640" height="360" class="wide" /></a></p>'
    return (
        f"<item>\n<title>What {town} talks about, part {i} of {n}</title>\n<link>{link}</link>\n"
        f'<dc:creator><![CDATA[Reporter {n % 9}]]></dc:creator>\n<guid isPermaLink="false">{link}?p={i}</guid>\n'
        f"<pubDate>Sun, 08 Aug 2021 {i % 24:02}:00:00 +0430</pubDate>\n<category><![CDATA[World]]></category>\n"
        f"<description><![CDATA[<p>{words[0]}</p>]]></description>\n"
        f"<content:encoded><![CDATA[{picture}{body}]]></content:encoded>\n</item>\n"
    )


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
