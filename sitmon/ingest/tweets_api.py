"""A record of Twitter's API in, items out: versions 1.1 and 2, in every wrapping that collectors store them in.

1.1: a tweet, a search answer, a line of the stream. 2: an answer page with its `includes`, a line of the stream, a
flattened tweet. Ids stay strings. A repeated post is a post of its own that carries the original's full words.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitmon.ingest.identity import check_status_id, tweet_id
from sitmon.ingest.posts import (
    Found,
    Post,
    Reading,
    Record,
    elements,
    expand,
    guard,
    make_item,
    mapping,
    objects,
    repeat,
    repeated_user,
    string,
    tweet_ref,
    unescape,
)
from sitmon.model.item import ItemKind

CONTROL = ("delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning", "event")
"""Lines of a 1.1 stream that carry no post. Nothing that was deleted is ever shown."""


_PRIVATE = frozenset(
    ("recipient_id", "recipient_id_str", "sender_id_str", "dm_conversation_id", "dmConversation", "direct_message")
)


def is_private(record: Record) -> bool:
    """Return whether a record is a direct message, in any form that the API or an archive has given it."""
    between = "recipient" in record and "sender" in record
    return between or not _PRIVATE.isdisjoint(record) or "message_create" in mapping(record, "event")


def read_private(record: Record, reading: Reading) -> Iterator[Found]:
    """Yield only that it was not read."""
    yield reading.refuse("it is a direct message: it was not read")


def is_v1(record: Record) -> bool:
    """Return whether a record looks like a tweet of version 1.1 (an official archive's tweet is one without user)."""
    has_text = "full_text" in record or "text" in record
    return has_text and ("id_str" in record or ("user" in record and "created_at" in record))


def is_v2(record: Record) -> bool:
    """Return whether a record looks like an answer, a stream line or a flattened tweet of version 2."""
    if "data" in record and isinstance(record["data"], list | dict):
        first = objects(record, "data")[:1]
        return "includes" in record or "meta" in record or "__twarc" in record or (bool(first) and "id" in first[0])
    if "errors" in record and ("title" in record or "meta" in record or "text" not in record):
        return isinstance(record["errors"], list)
    marks = ("author_id", "edit_history_tweet_ids", "public_metrics", "conversation_id", "__twarc")
    return "text" in record and "id" in record and any(mark in record for mark in marks)


def read_v1(record: Record, reading: Reading, author: str = "", full_text: str = "") -> Iterator[Found]:
    """Yield the post of a version 1.1 record. `author` and `full_text` are known apart from it in an archive."""
    status = check_status_id(record.get("id_str") or record.get("id"))
    original = mapping(record, "retweeted_status")
    user = string(mapping(record, "user"), "screen_name") or author
    text = full_text or _v1_text(record)
    kind: ItemKind = "post"
    ref = None
    if original:
        text = repeat(string(mapping(original, "user"), "screen_name"), _v1_text(original))
        kind, ref = "retweet", tweet_ref(original.get("id_str") or original.get("id"))
    elif repeated_user(text):
        kind = "retweet"
    elif quoted := string(record, "quoted_status_id_str", "quoted_status_id"):
        kind, ref = "quote", tweet_ref(quoted)
    elif linked := _quoted_link(record):
        kind, ref = "quote", f"tw:{linked}"
    elif answered := string(record, "in_reply_to_status_id_str", "in_reply_to_status_id"):
        kind, ref = "reply", tweet_ref(answered)
    elif string(record, "in_reply_to_screen_name"):
        kind = "reply"
    place = string(mapping(record, "place"), "full_name", "name")
    yield make_item(
        Post(f"tw:{status}", text, user, record.get("created_at"), kind, ref, string(record, "lang"), place=place),
        reading,
    )


def _v1_text(record: Record) -> str:
    """Return a 1.1 tweet's whole text, unescaped, its links long."""
    extended = mapping(record, "extended_tweet")
    text = string(extended, "full_text") or string(record, "full_text", "text")
    own = string(record, "id_str", "id")
    links: list[tuple[str, str]] = []
    media: list[str] = []
    for part in (record, extended):
        entities = mapping(part, "entities")
        for url in objects(entities, "urls"):
            short, long = string(url, "url"), string(url, "expanded_url")
            # A long post that was cut ends in a link to itself.
            if own and tweet_id(long) == own:
                media.append(short)
            else:
                links.append((short, long))
        media += [string(m, "url") for m in objects(entities, "media")]
        media += [string(m, "url") for m in objects(mapping(part, "extended_entities"), "media")]
    return expand(unescape(text), links, media)


def _quoted_link(record: Record) -> str | None:
    """Return the id of the post that an archive's tweet quotes: there a quote is only a last link to a post."""
    if "is_quote_status" in record:
        return None  # the API says so itself, with the id
    urls = objects(mapping(record, "entities"), "urls")
    short = string(urls[-1], "url") if urls else ""
    ends = bool(short) and string(record, "full_text", "text").rstrip().endswith(short)
    linked = tweet_id(string(urls[-1], "expanded_url")) if ends else None
    return linked if linked != string(record, "id_str", "id") else None


def read_v2(record: Record, reading: Reading) -> Iterator[Found]:
    """Yield the posts of a version 2 record: of a page all, in its order."""
    if "data" not in record and "text" not in record:
        for error in objects(record, "errors"):
            why = string(error, "detail", "title", "message") or "the API answered with an error"
            yield reading.refuse(why[:200])
        return
    includes = mapping(record, "includes")
    users = {string(u, "id"): u for u in objects(includes, "users")}
    tweets = {string(t, "id"): t for t in objects(includes, "tweets")}
    places = {string(p, "id"): p for p in objects(includes, "places")}
    if "data" not in record:
        yield from _v2_post(record, users, tweets, places, reading)
        return
    for n, tweet in enumerate(elements(record, "data"), 1):
        several = isinstance(record["data"], list)
        place = reading.at(f"{reading.where.partition(': ')[2]}, post {n}") if several else reading
        if not isinstance(tweet, dict):
            yield place.refuse("it is no post")
            continue
        yield from guard(lambda t, r: _v2_post(t, users, tweets, places, r), tweet, place)


def _v2_post(
    tweet: Record, users: dict[str, Record], tweets: dict[str, Record], places: dict[str, Record], reading: Reading
) -> Iterator[Found]:
    if is_private(tweet):
        yield from read_private(tweet, reading)
        return
    if "text" not in tweet and "note_tweet" not in tweet:
        raise ValueError("it is no post")
    status = check_status_id(tweet.get("id"))
    user = mapping(tweet, "author") or users.get(string(tweet, "author_id"), {})
    text = _v2_text(tweet)
    refs = {string(r, "type"): r for r in objects(tweet, "referenced_tweets")}
    kind: ItemKind = "post"
    ref = None
    if repeated := refs.get("retweeted"):
        # Flattened tweets carry the original inside the reference, pages beside it.
        original = {**tweets.get(string(repeated, "id"), {}), **repeated}
        writer = mapping(original, "author") or users.get(string(original, "author_id"), {})
        whole = _v2_text(original)
        name = string(writer, "username") or repeated_user(text) or ""
        text = repeat(name, whole) if whole else text
        kind, ref = "retweet", tweet_ref(repeated.get("id"))
    elif quoted := refs.get("quoted"):
        kind, ref = "quote", tweet_ref(quoted.get("id"))
    elif answered := refs.get("replied_to"):
        kind, ref = "reply", tweet_ref(answered.get("id"))
    elif repeated_user(text):
        kind = "retweet"
    geo = mapping(tweet, "geo")
    place = string(geo, "full_name", "name") or string(places.get(string(geo, "place_id"), {}), "full_name", "name")
    yield make_item(
        Post(
            f"tw:{status}",
            text,
            string(user, "username"),
            tweet.get("created_at"),
            kind,
            ref,
            string(tweet, "lang"),
            place=place,
        ),
        reading,
    )


def _v2_text(tweet: Record) -> str:
    """Return a version 2 tweet's whole text, unescaped, its links long."""
    note = mapping(tweet, "note_tweet")
    text = string(note, "text") or string(tweet, "text")
    urls = objects(mapping(tweet, "entities"), "urls") + objects(mapping(note, "entities"), "urls")
    links = [(string(u, "url"), string(u, "unwound_url", "expanded_url")) for u in urls if not _is_media(u)]
    return expand(unescape(text), links, [string(u, "url") for u in urls if _is_media(u)])


def _is_media(url: Record) -> bool:
    return "media_key" in url or string(url, "display_url").startswith("pic.")
