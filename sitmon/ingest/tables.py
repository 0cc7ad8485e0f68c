"""A table of posts in (CSV, TSV, semicolons), items out: columns are known by the many names that tools give them.

Known by name: twarc-csv, TAGS, Hydrator, twint, the archive's old `tweets.csv`, and whatever else has a column for a
text. `describe` is the dry run: which column is taken for what, and which are not looked at.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TextIO

from sitmon.ingest.identity import check_status_id, feed_item_id, tweet_id, tweet_user
from sitmon.ingest.posts import (
    Found,
    Post,
    Reading,
    expand,
    make_item,
    repeat,
    repeated_user,
    tweet_ref,
    unescape,
)
from sitmon.ingest.sanitise import safe_url
from sitmon.model.item import ItemKind

_LONGEST_LINE: Final = 4 * 1024 * 1024
_SALVAGES: Final = 20
"""How often in a table what a quotation mark without end has swallowed is read again."""
HEADER_LIMIT: Final = 64 * 1024
_DELIMITERS: Final = ",;\t|"
# Field -> names of its column, the surest first. Compared without case, spaces, dots, dashes and underscores.
_ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id_str", "tweet_id", "status_id", "Tweet ID", "tweetid", "id", "guid"),
    "text": ("full_text", "text", "tweet", "Tweet Text", "tweet_text", "content", "rawContent", "message", "body"),
    "title": ("title", "headline", "subject"),
    "author": (
        "author.username", "user.screen_name", "user_screen_name", "screen_name", "from_user", "username",
        "user_username", "author_handle", "handle", "Screen Name", "author", "user", "from",
    ),
    "created": (
        "created_at", "timestamp", "date_published", "published", "published_at", "pubDate", "datetime", "Tweet Date",
        "date", "time",
    ),
    "zone": ("timezone",),
    "lang": ("lang", "language", "tweet_lang"),
    "url": ("tweet_url", "status_url", "permalink", "tweet_link", "link", "url"),
    "place": ("geo.full_name", "place.full_name", "place"),
    "retweeted": (
        "referenced_tweets.retweeted.id", "retweeted_status_id", "retweeted_status_id_str", "retweet_id",
    ),
    "retweeted_author": ("retweet_screen_name", "retweeted_status_user_screen_name", "user_rt"),
    "quoted": ("referenced_tweets.quoted.id", "quoted_status_id", "quote_id", "quoted_status_id_str"),
    "quote_url": ("quote_url",),
    "answered": (
        "referenced_tweets.replied_to.id", "in_reply_to_status_id_str", "in_reply_to_status_id", "reply_to_status_id",
    ),
    "expanded": ("expanded_urls",),
    "conversation": ("conversation_id",),
    "retweet": ("retweet",),
}  # fmt: skip
Cell = Callable[[str], str]
_ID_OF_TWEET: Final = frozenset({"idstr", "tweetid", "statusid"})
_MARKS_OF_TWEETS: Final = frozenset({"retweetcount", "fromuser", "screenname", "authorusername", "userscreenname"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table is taken for what."""

    delimiter: str
    header: tuple[str, ...]
    fields: dict[str, int]
    """Field -> position of its column."""

    @property
    def known(self) -> bool:
        """Whether the table has what an item needs: a text or a title, and anything beside it."""
        return ("text" in self.fields or "title" in self.fields) and len(self.fields) > 1

    @property
    def only_ids(self) -> bool:
        """Whether the table names posts without saying what they said."""
        return "id" in self.fields and "text" not in self.fields and "title" not in self.fields

    @property
    def of_tweets(self) -> bool:
        """Whether the ids are those of tweets, by the names of the columns."""
        folded = {_fold(name) for name in self.header}
        return bool(folded & (_ID_OF_TWEET | _MARKS_OF_TWEETS)) or {"tweet", "conversationid"} <= folded


def find_columns(first_line: str) -> Columns:
    """Return what a table's first line says of its columns."""
    line = first_line.removeprefix("\ufeff").replace("\x00", "")
    outside = re.sub(r'"[^"]*"', "", line)
    delimiter = max(_DELIMITERS, key=outside.count)
    try:
        header = tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        header = ()
    places: dict[str, int] = {}
    for n, name in enumerate(header):
        places.setdefault(_fold(name), n)
    fields: dict[str, int] = {}
    for field, names in _ALIASES.items():
        found = next((places[_fold(name)] for name in names if _fold(name) in places), None)
        if found is not None and found not in fields.values():
            fields[field] = found
    return Columns(delimiter, header, fields)


def describe(columns: Columns) -> tuple[str, ...]:
    """Return the mapping as lines for a person: "text <- column 3 'Tweet Text'", then what is not looked at."""
    lines = [f"{field} <- column {n + 1} {columns.header[n]!r}" for field, n in columns.fields.items()]
    unused = [name for n, name in enumerate(columns.header) if n not in columns.fields.values() and name]
    if unused:
        lines.append("not read: " + ", ".join(unused))
    if not columns.known:
        lines.append("no column is known as the text of a post: the table cannot be read")
    return tuple(lines)


def read(stream: TextIO, reading: Reading) -> Iterator[Found]:
    """Yield the posts of a table, row by row, and a reason for each row that cannot be read."""
    first = stream.readline(HEADER_LIMIT)
    columns = find_columns(first)
    if columns.only_ids:
        yield reading.refuse("it holds ids only: there is nothing to show; collect the posts again with their text")
        return
    if not columns.known:
        yield reading.refuse("no column is known as the text of a post")
        return
    unescaped = {_fold(n) for n in columns.header} >= {"tweet", "conversationid"}  # twint writes texts as they read
    lines = _Lines(stream)
    rows = csv.reader(lines, delimiter=columns.delimiter)
    number = 1
    while True:
        number += 1
        at = reading.at(f"row {number}")
        lines.begin()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield at.refuse(f"the row cannot be read ({error})")
            lines.give_back()
            continue
        if lines.ended:
            yield at.refuse("a quotation mark that opens in the row is never closed")
            lines.give_back()
            continue
        if not any(row):
            continue
        try:
            yield _read_row(row, columns, unescaped, at)
        except ValueError as error:
            yield at.refuse(error)


class _Lines:
    """The lines of a table for the reader of its rows; what a quotation mark without end has swallowed comes again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: list[str] = []
        """Lines to be read again, the next one last."""
        self._row: list[str] = []
        self._left = _SALVAGES
        self.ended = False
        """Whether the row that is being read goes on where the table ends."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._stream.readline(_LONGEST_LINE).replace("\x00", "")
        if not line:
            self.ended = True
            raise StopIteration
        self._row.append(line)
        return line

    def begin(self) -> None:
        """Begin a row."""
        self._row = []
        self.ended = False

    def give_back(self) -> None:
        """Let all lines of the row but its first be read again. A few times only: it must not become quadratic."""
        if self._left:
            self._left -= 1
            self._again += reversed(self._row[1:])


def _read_row(row: list[str], columns: Columns, unescaped: bool, reading: Reading) -> Found:
    def cell(field: str) -> str:
        n = columns.fields.get(field)
        value = row[n].strip() if n is not None and n < len(row) else ""
        return "" if value.lower() in ("nan", "none", "null", "na") else value

    if len(row) < len(columns.header) // 2:
        return reading.refuse(f"the row has {len(row)} columns where the header has {len(columns.header)}")
    text, url, raw_id = cell("text"), cell("url"), cell("id")
    tweet = tweet_id(url)
    if not (tweet or columns.of_tweets or re.fullmatch(r"\d{15,20}|\d[.,]?\d*[eE]\+?\d+", raw_id)):
        return _plain_item(cell("title"), text, cell("author"), cell("created"), cell("lang"), url, raw_id, reading)
    try:
        status = check_status_id(raw_id, spreadsheet=True)
    except ValueError:
        # The address beside a damaged id still has the whole one.
        if tweet is None:
            raise
        status = tweet
    kind, ref = _kind(cell, status, text)
    text = text if unescaped else unescape(text)
    if kind == "retweet" and cell("retweeted_author"):
        text = repeat(cell("retweeted_author").lstrip("@"), text)
    if expanded := cell("expanded"):
        text = _expand_in_order(text, expanded)
    created = cell("created")
    if cell("zone") and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", created):
        created = f"{created} {cell('zone')}"
    place = cell("place")
    post = Post(
        f"tw:{status}",
        text,
        cell("author") or tweet_user(url) or "",
        created,
        kind,
        ref,
        cell("lang"),
        place="" if place.startswith(("{", "[")) else place,
    )
    return make_item(post, reading)


def _kind(cell: Cell, status: str, text: str) -> tuple[ItemKind, str | None]:
    """Return what kind of post a row is, and which post it refers to."""
    if (original := cell("retweeted")) or cell("retweet").lower() == "true" or repeated_user(text):
        return "retweet", tweet_ref(original) if original else None
    if quoted := cell("quoted") or tweet_id(cell("quote_url")):
        return "quote", tweet_ref(quoted)
    if answered := cell("answered"):
        return "reply", tweet_ref(answered)
    conversation = cell("conversation")
    if conversation and conversation != status:
        return "reply", tweet_ref(conversation)
    return "reply" if re.match(r"@\w{1,20}\s", text) else "post", None


def _plain_item(
    title: str, text: str, author: str, created: str, lang: str, url: str, raw_id: str, reading: Reading
) -> Found:
    """Return the item of a row that is no tweet: an article, or a post of somewhere else."""
    link = safe_url(url) or ""
    identity = feed_item_id(raw_id, link, f"{title}\n{text[:500]}", reading.source.name)
    kind: ItemKind = "article" if title else "post"
    return make_item(Post(identity, text, author, created, kind, None, lang, link or None, title=title), reading)


def _expand_in_order(text: str, expanded: str) -> str:
    """Return a text of the archive's old table with its short links made long: the addresses stand in their order."""
    short = re.findall(r"https?://t\.co/\w+", text)
    long = expanded.split(",")
    return expand(text, zip(short, long, strict=False)) if len(short) == len(long) else text


def _fold(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
