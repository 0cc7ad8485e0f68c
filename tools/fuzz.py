"""Coverage-guided fuzzing of what reads strangers' bytes: feeds and exports. `make fuzz` installs what it needs.

    python -m tools.fuzz feeds|exports [SECONDS]

It starts from our own hostile documents (tests/data/hostile) and samples, and ends with an error on the first input
that raises, breaks a promise, or takes longer than `SLOW_S`; libFuzzer writes that input to `crash-*` in the working
folder. Put it into tests/data/hostile with what it should give, and mend the reader.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sitmon", "feedparser", "xml"]):
    from sitmon.ingest import exports, feeds
    from sitmon.model.item import Item
    from sitmon.model.source import Source

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
NOW = datetime(2021, 8, 8, 12, 0, tzinfo=UTC)
SOURCE = Source("Post", "feed", "https://post.example/feed")
SLOW_S = 10
LONGEST = 65_536
STEERING = {chr(n) for n in (*range(9), 11, 12, *range(14, 32), *range(127, 160))} | set(
    "\u202a\u202b\u202d\u202e\u2066"
)


def examine(items: list[Item]) -> None:
    """Check what is promised of every item, whatever it was read from."""
    ids = [item.id for item in items]
    assert all(ids), "an item without a name"
    for item in items:
        for text in (item.body, item.author or "", item.url or ""):
            assert not STEERING & set(text), "a character that steers a terminal"
            text.encode("utf-8")  # no lone surrogates


def one_feed(data: bytes) -> None:
    """Read the bytes as a feed."""
    parsed = feeds.parse(data, SOURCE, now=NOW)
    examine(list(parsed.items))
    assert parsed.items or parsed.failures or data, "nothing was said of nothing"
    ids = [item.id for item in parsed.items]
    assert len(ids) == len(set(ids)), "an id twice"


def export_reader(folder: Path) -> Callable[[bytes], None]:
    """Return what reads the bytes as an export; the first byte chooses the file's name."""
    names = ("x.json", "x.jsonl", "x.csv", "x.js", "x.zip", "x.xml", "x.gz", "x")

    def one_export(data: bytes) -> None:
        path = folder / names[data[0] % len(names) if data else 0]
        path.write_bytes(data[1:])
        examine([found for found in exports.read(path, SOURCE, now=NOW) if isinstance(found, Item)])
        path.unlink()

    return one_export


def main(what: str, seconds: int) -> None:
    """Fuzz for so long."""
    with tempfile.TemporaryDirectory(prefix="sitmon-fuzz-") as folder:
        corpus, work = Path(folder, "corpus"), Path(folder, "work")
        corpus.mkdir()
        work.mkdir()
        seeds = [p for p in DATA.rglob("*") if p.is_file() and p.stat().st_size < LONGEST]
        for n, path in enumerate(seeds):
            (corpus / str(n)).write_bytes((b"" if what == "feeds" else bytes([n % 256])) + path.read_bytes())
        read = one_feed if what == "feeds" else export_reader(work)
        options = [f"-max_total_time={seconds}", f"-timeout={SLOW_S}", f"-max_len={LONGEST}", "-rss_limit_mb=1024"]
        atheris.Setup([sys.argv[0], *options, str(corpus)], read)
        atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("feeds", "exports"):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60)
