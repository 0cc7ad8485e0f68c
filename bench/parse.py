"""Documents in memory and on disk in; how fast they become items, beside bare feedparser and bare `json`, out."""

from __future__ import annotations

import gc
import io
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser

from bench.rows import Row
from sitmon.ingest import exports, feeds
from sitmon.model.item import Item
from sitmon.model.source import Source

ROUNDS = 5
ITEMS = 50
POSTS = 60_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Source("Bench", "feed", "https://bench.example/feed")
EXPORT = Path(__file__).parent.parent / "tests" / "data" / "exports" / "v1.1-extended.jsonl"


def main() -> list[Row]:
    """Return the rows of reading feeds and reading exports."""
    return [feed("a feed of 50 full articles", _article), feed("a feed of 50 headlines", _headline), *export()]


def feed(what: str, entry: Callable[[int], str]) -> Row:
    """Compare bytes to cleaned, dated, named items with what feedparser takes for its dictionaries alone."""
    body = _document(entry).encode()
    ours = _best(lambda: feeds.parse(body, SOURCE, now=NOW))
    theirs = _best(lambda: feedparser.parse(io.BytesIO(body)))
    if len(feeds.parse(body, SOURCE, now=NOW).items) != ITEMS:
        raise RuntimeError("the feed was not read whole")
    return Row(what, f"{ours * 1e3:.1f} ms", f"{theirs * 1e3:.1f} ms", theirs / ours, "feedparser, as it comes")


def export() -> list[Row]:
    """Compare an export on disk to items with decoding its JSON alone; and the memory it takes with its size."""
    lines = EXPORT.read_text("utf-8").splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines[n % len(lines)] for n in range(POSTS))
        before = _peak_mib()
        started = time.process_time()
        found = sum(isinstance(i, Item) for i in exports.read(path, SOURCE, now=NOW))
        ours = time.process_time() - started
        grown = _peak_mib() - before
        started = time.process_time()
        with path.open(encoding="utf-8") as file:
            for line in file:
                json.loads(line)
        theirs = time.process_time() - started
        size = path.stat().st_size / 2**20
    if found != POSTS:
        raise RuntimeError("the export was not read whole")
    return [
        Row(
            "an export of 60,000 posts",
            f"{found / ours:,.0f}/s",
            None,
            None,
            f"bare json decodes {found / theirs:,.0f}/s",
        ),
        Row("the memory that it takes", f"{grown:.1f} MiB", None, None, f"the file has {size:.0f} MiB"),
    ]


def _best(work: Callable[[], object]) -> float:
    """Return the least CPU time of some rounds, in seconds: what the work takes when nothing disturbs it."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _document(entry: Callable[[int], str]) -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    items = "".join(entry(n) for n in range(ITEMS))
    return f'<rss version="2.0" {space}><channel><title>Bench</title><link>https://bench.example/</link>{items}</channel></rss>'


def _headline(n: int) -> str:
    return (
        f"<item><title>Report {n} from the northern road &amp; the river</title><link>https://bench.example/{n}</link>"
        f"<guid>https://bench.example/{n}</guid><pubDate>Sun, 08 Aug 2021 10:{n % 60:02}:00 GMT</pubDate>"
        "<description>Traffic was stopped for an hour, drivers said.</description></item>"
    )


def _article(n: int) -> str:
    words = "<p>Traffic on the road was stopped for an hour, <b>drivers</b> said &#8211; nobody gave a reason.</p>" * 25
    return _headline(n).replace("</item>", f"<content:encoded><![CDATA[{words}]]></content:encoded></item>")
