"""One JSON record of any collector in, its posts out: the one table of shapes, the surest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sitmon.ingest import feeds, items_jsonl, json_feed, others, tweets_api
from sitmon.ingest.posts import Found, Reading, Record, elements, guard, mapping

Reader = Callable[[Record, Reading], Iterator[Found]]

_WRAPPERS: Final = ("statuses", "orderedItems", "feed", "posts", "tweets", "items")
"""Keys under which answers and exports keep their list of posts."""


def read(record: Any, reading: Reading) -> Iterator[Found]:
    """Yield the posts of a record, or why nothing can be made of it; a control line of a stream gives nothing."""
    if not isinstance(record, dict):
        yield reading.refuse("the record is JSON, but no object")
        return
    for looks, reader in _SHAPES:
        if looks(record):
            yield from guard(reader, record, reading)
            return
    keys = ", ".join(list(map(str, record))[:6])[:120]
    yield reading.refuse(f"the record is of no known shape (its keys: {keys or 'none'})")


def _is_control(record: Record) -> bool:
    return len(record) == 1 and next(iter(record)) in tweets_api.CONTROL


def _read_control(record: Record, reading: Reading) -> Iterator[Found]:
    return iter(())


def _read_json_feed(record: Record, reading: Reading) -> Iterator[Found]:
    parsed = feeds.parse_raw(json_feed.read_object(record), reading.source, now=reading.now)
    yield from parsed.items
    yield from (reading.refuse(failure.reason) for failure in parsed.failures)


def _is_wrapped_tweet(record: Record) -> bool:
    return isinstance(record.get("tweet"), dict)


def _read_wrapped_tweet(record: Record, reading: Reading) -> Iterator[Found]:
    return tweets_api.read_v1(mapping(record, "tweet"), reading)


def _is_wrapper(record: Record) -> bool:
    return _wrapped(record) is not None and "text" not in record


def _wrapped(record: Record) -> str | None:
    return next((k for k in _WRAPPERS if isinstance(record.get(k), list)), None)


def _read_wrapper(record: Record, reading: Reading) -> Iterator[Found]:
    key = _wrapped(record) or ""
    position = reading.where.partition(": ")[2]
    for n, inner in enumerate(elements(record, key), 1):
        yield from read(inner, reading.at(f"{position}, post {n}" if position else f"post {n}"))


def _read_item(record: Record, reading: Reading) -> Iterator[Found]:
    yield items_jsonl.read_record(record, reading.where, reading.source, now=reading.now)


_SHAPES: Final[tuple[tuple[Callable[[Record], bool], Reader], ...]] = (
    (tweets_api.is_private, tweets_api.read_private),
    (_is_control, _read_control),
    (json_feed.is_feed, _read_json_feed),
    (others.is_telegram, others.read_telegram),
    (others.is_snscrape, others.read_snscrape),
    (others.is_mastodon, others.read_mastodon),
    (others.is_bluesky, others.read_bluesky),
    (_is_wrapped_tweet, _read_wrapped_tweet),
    (others.is_twint, others.read_twint),
    (tweets_api.is_v1, tweets_api.read_v1),
    (tweets_api.is_v2, tweets_api.read_v2),
    (_is_wrapper, _read_wrapper),
    (items_jsonl.is_item, _read_item),
)
