"""An item that a feed gave in, the post that it is out: mirrors of Twitter dress posts up as articles.

Titles there repeat the text and say in words what kind of post it is ("RT by @a:", "R to @b:", "Pinned:").
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from sitmon.ingest.identity import fold_words, tweet_id, tweet_user
from sitmon.ingest.raw import RawEntry
from sitmon.ingest.sanitise import clean_html, clean_line
from sitmon.model.item import Item, ItemKind

TEXT_LIMIT: Final = 16_000
_PREFIX = re.compile(r"(?:Pinned: )?(?:RT by @(?P<by>\w{1,20}): |R to @(?P<to>\w{1,20}): )?")
_QUOTED = re.compile(r"<hr\s*/?>\s*<blockquote\b|<blockquote\b", re.IGNORECASE)
_REPEATED = re.compile(r"RT @(?P<user>\w{1,20}): ")


def as_post(item: Item, entry: RawEntry, feed_title: str) -> Item:
    """Return the item as it is, or as the post that its address says it is.

    A mirror shows a repeated post under the time, author and address of the original: its own id is not known, so
    it is named by the original and by who repeated it. The words of a post that is quoted are not this one's.
    """
    original = tweet_id(item.url)
    if original is None:
        return _untitled(item)
    author = clean_line((item.author or tweet_user(item.url) or "").lstrip("@"), 40) or None
    prefix = _PREFIX.match(item.title)
    by, to = (prefix["by"], prefix["to"]) if prefix else (None, None)
    own, *quoted = _QUOTED.split(entry.content or entry.summary, maxsplit=1)
    text = clean_html(own, TEXT_LIMIT) or _PREFIX.sub("", item.title, count=1)
    kind: ItemKind = "reply" if to else "quote" if quoted else "post"
    ref = f"tw:{found}" if quoted and (found := _quoted_id(quoted[0])) else None
    url = f"https://x.com/{tweet_user(item.url) or 'i/web'}/status/{original}"
    item = replace(item, title="", text=text, url=url, author=author, kind=kind, ref=ref, lang=None)
    if by:
        text = text if _REPEATED.match(text) else f"RT @{author}: {text}"
        item = replace(
            item, id=f"tw:{original}/{by.lower()}", text=text, author=by, kind="retweet", ref=f"tw:{original}"
        )
    return item


def _quoted_id(markup: str) -> str | None:
    match = re.search(r"href=[\"'](https?://[^\"']{1,300}/status/\d{1,20}(?:#m)?)[\"']", markup)
    return tweet_id(match[1]) if match else None


def _untitled(item: Item) -> Item:
    """Return the item without a title that only repeats how its text begins, as feeds of short posts have it."""
    if not item.title or not item.text:
        return item
    if not item.title.rstrip().endswith(("…", "...")):
        return item
    start = fold_words(item.title).rstrip(". ").removesuffix("…").rstrip(". ")
    return replace(item, title="") if start and fold_words(item.text).startswith(start) else item
