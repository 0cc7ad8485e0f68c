"""Our own labelled rows in, seeded streams of tweets out: a rich one, and a plain one as real streams are.

What the rows say is left as it is; around it stands what stands around tweets: handles, hashtags, links, "RT". No two
tweets are alike, so that nothing could be answered from memory. It must not measure anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from sitmon.model.item import Item
from sitmon.model.terms import Side

LABELLED: Final = Path(__file__).parent.parent / "eval" / "labelled"
COUNT: Final = 2000
LONGEST: Final = 280
"""Characters of the longest tweet."""
EVERYDAY: Final = 0.1
"""Share of rows with an event in the plain stream: most of what people post tells of none."""
_BEFORE: Final = ("", "", "", "", "BREAKING: ", "#Afghanistan: ", "RT @{}: ", ".@{} ", "Update: ", "🔴 ", "1/ ")
_AFTER: Final = ("", "", "", " https://t.co/{}", " #Afghanistan", " #AfghanNews https://t.co/{}", " @{}", " 🇦🇫", " …")
_SIDES: Final[tuple[Side | None, ...]] = ("media", "media", None, None, "government", "insurgent")
_START: Final = datetime(2021, 8, 6, tzinfo=UTC)


def rows(folder: Path = LABELLED) -> tuple[list[str], list[str]]:
    """Return the texts of the labelled rows that tell of an event, and of those that tell of none."""
    events: list[str] = []
    others: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            text = str(row.get("text") or row.get("title") or "")
            (events if row.get("event_types") or row.get("reports") else others).append(text)
    return events, others


def tweets(share: float, seed: int = 2021) -> list[Item]:
    """Return a stream of tweets of which about this share is made of rows with an event."""
    random = Random(seed)
    events, others = rows()
    texts = (random.choice(events if random.random() < share else others) for _ in range(10 * COUNT))
    return _distinct(_dressed(text, random) for text in texts)


def _distinct(texts: Iterable[tuple[str, Side | None]]) -> list[Item]:
    seen: dict[str, Side | None] = {}
    for text, side in texts:
        seen.setdefault(text, side)
        if len(seen) == COUNT:
            break
    return [
        Item(
            f"t{n}",
            "stream",
            text,
            author=f"desk_{n % 97}",
            published=_START + timedelta(minutes=n),
            kind="post",
            side=side,
        )
        for n, (text, side) in enumerate(seen.items())
    ]


def _dressed(text: str, random: Random) -> tuple[str, Side | None]:
    """Return a row's text as somebody might post it, cut at a word's end, with the side of the account."""
    before, after = (_filled(random.choice(choice), random) for choice in (_BEFORE, _AFTER))
    room = LONGEST - len(before) - len(after)
    if len(text) > room:
        text = text[: text.rfind(" ", 0, room)]
    return f"{before}{text}{after}", random.choice(_SIDES)


def _filled(frame: str, random: Random) -> str:
    return frame.format(_letters(random, 8))


def _letters(random: Random, count: int, letters: Sequence[str] = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
    return "".join(random.choice(letters) for _ in range(count))
