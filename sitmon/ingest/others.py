"""A record of another collector or network in, items out: snscrape, twscrape, twint, Mastodon, Bluesky, Telegram.

Only what its author showed to everybody: of a Mastodon outbox the public posts, of a Telegram export the public
channels and groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sitmon.ingest.identity import check_status_id, host_of, post_id, tweet_id
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
)
from sitmon.ingest.sanitise import clean_html
from sitmon.model.item import ItemKind

_PUBLIC: Final = "https://www.w3.org/ns/activitystreams#Public"
_PUBLIC_CHATS: Final = frozenset({"public_channel", "public_supergroup"})
_TEXT: Final = 16_000


def is_snscrape(record: Record) -> bool:
    """Return whether a record looks like a post of snscrape or twscrape, of any year."""
    kind = record.get("_type")
    known = isinstance(kind, str) and kind.startswith("snscrape.modules.twitter")
    return known or (isinstance(record.get("user"), dict) and "date" in record and "url" in record)


def read_snscrape(record: Record, reading: Reading) -> Iterator[Found]:
    """Yield the post of a snscrape or twscrape record. Its text is not escaped."""
    status = check_status_id(record.get("id_str") or record.get("id"))
    original, quoted = mapping(record, "retweetedTweet"), mapping(record, "quotedTweet")
    text = _snscrape_text(record)
    kind: ItemKind = "post"
    ref = None
    if original:
        text = repeat(string(mapping(original, "user"), "username"), _snscrape_text(original))
        kind, ref = "retweet", tweet_ref(original.get("id_str") or original.get("id"))
    elif quoted:
        kind, ref = "quote", tweet_ref(quoted.get("id_str") or quoted.get("id") or tweet_id(string(quoted, "url")))
    elif answered := record.get("inReplyToTweetIdStr") or record.get("inReplyToTweetId"):
        kind, ref = "reply", tweet_ref(answered)
    elif repeated_user(text):
        kind = "retweet"
    author = string(mapping(record, "user"), "username") or string(record, "username")
    place = string(mapping(record, "place"), "fullName", "full_name", "name")
    post = Post(f"tw:{status}", text, author, record.get("date"), kind, ref, string(record, "lang"), place=place)
    yield make_item(post, reading)


def _snscrape_text(record: Record) -> str:
    links = [(string(link, "tcourl"), string(link, "url")) for link in objects(record, "links")]
    short, long = record.get("tcooutlinks"), record.get("outlinks")
    if isinstance(short, list) and isinstance(long, list):
        links += [(s, u) for s, u in zip(short, long, strict=False) if isinstance(s, str) and isinstance(u, str)]
    return expand(string(record, "rawContent", "content", "renderedContent"), links)


def is_twint(record: Record) -> bool:
    """Return whether a record looks like a post of twint's JSON."""
    return isinstance(record.get("tweet"), str) and "username" in record and "id" in record


def read_twint(record: Record, reading: Reading) -> Iterator[Found]:
    """Yield the post of a twint record. Its times are those of the machine that collected it."""
    status = check_status_id(record.get("id"))
    text = string(record, "tweet")
    conversation = string(record, "conversation_id")
    answers = bool(record.get("reply_to")) and conversation not in ("", status)
    kind: ItemKind = "post"
    ref = None
    if record.get("retweet") in (True, "True") or repeated_user(text):
        kind = "retweet"
        ref = tweet_ref(record.get("retweet_id")) if record.get("retweet_id") else None
    elif quoted := tweet_id(string(record, "quote_url")):
        kind, ref = "quote", f"tw:{quoted}"
    elif answers:
        kind, ref = "reply", tweet_ref(conversation)
    created: Any = record.get("created_at")
    zone = string(record, "timezone")
    if not created and record.get("date"):
        created = f"{string(record, 'date')} {string(record, 'time')} {zone}"
    place = string(record, "place") or string(mapping(record, "place"), "full_name")
    lang = string(record, "language")
    yield make_item(
        Post(f"tw:{status}", text, string(record, "username"), created, kind, ref, lang, place=place), reading
    )


def is_mastodon(record: Record) -> bool:
    """Return whether a record looks like an activity of an outbox, or a post of Mastodon's API."""
    activity = record.get("type") in ("Create", "Announce") and "object" in record
    status = isinstance(record.get("content"), str) and isinstance(record.get("account"), dict) and "uri" in record
    return activity or status


def read_mastodon(record: Record, reading: Reading) -> Iterator[Found]:
    """Yield the post of an activity or an API record, if it is a public one."""
    if "account" in record:
        yield from _read_mastodon_status(record, reading)
        return
    if not {_PUBLIC, "as:Public"} & set(_addressed(record)):
        return  # sent to chosen people
    note = record.get("object")
    if not isinstance(note, dict):
        return  # a boost: only the address of what was boosted
    languages = mapping(note, "contentMap")
    lang = next(iter(languages), "") if len(languages) == 1 else ""
    address = string(note, "url") or string(note, "id")
    author = string(note, "attributedTo") or string(record, "actor")
    yield _fediverse_item(note, address, author.rpartition("/")[2].lstrip("@"), record.get("published"), lang, reading)


def _read_mastodon_status(record: Record, reading: Reading) -> Iterator[Found]:
    if record.get("visibility", "public") not in ("public", "unlisted"):
        return
    boosted = mapping(record, "reblog")
    shown = boosted or record
    note = {
        "content": shown.get("content"),
        "summary": shown.get("spoiler_text"),
        "inReplyTo": None if boosted else record.get("in_reply_to_id"),
    }
    address = string(record, "url") or string(record, "uri")
    author = string(mapping(record, "account"), "acct", "username")
    yield _fediverse_item(note, address, author, record.get("created_at"), string(record, "language"), reading)


def _addressed(record: Record) -> list[str]:
    found: list[str] = []
    for key in ("to", "cc"):
        value = record.get(key)
        found += [value] if isinstance(value, str) else [v for v in value if isinstance(v, str)] if value else []
    return found


def _fediverse_item(note: Record, address: str, author: str, created: Any, lang: str, reading: Reading) -> Found:
    text = clean_html(string(note, "content"), _TEXT)
    if warning := string(note, "summary"):
        text = f"{clean_html(warning, 500)}\n\n{text}"
    identity = post_id(address) or (f"ap:{address}" if address else "")
    if not identity:
        return reading.refuse("the post has no address")
    answered = string(note, "inReplyTo")
    kind: ItemKind = "reply" if answered else "post"
    ref = (post_id(answered) or (f"ap:{host_of(address)}/{answered}" if answered.isdecimal() else None)) or None
    return make_item(Post(identity, text, author, created, kind, ref if answered else None, lang, address), reading)


def is_bluesky(record: Record) -> bool:
    """Return whether a record looks like a post in Bluesky's feeds, or a line of its stream."""
    stream = record.get("kind") in ("commit", "identity", "account") and "did" in record
    return stream or isinstance(record.get("post"), dict) or string(record, "uri").startswith("at://")


def read_bluesky(record: Record, reading: Reading) -> Iterator[Found]:
    """Yield the post of an entry of a feed, of a post on its own, or of a line of the stream."""
    if "kind" in record:
        commit = mapping(record, "commit")
        if commit.get("operation") != "create" or commit.get("collection") != "app.bsky.feed.post":
            return
        uri = f"at://{string(record, 'did')}/app.bsky.feed.post/{string(commit, 'rkey')}"
        yield _bluesky_item(mapping(commit, "record"), uri, "", None, reading)
        return
    post = mapping(record, "post") or record
    reason = mapping(record, "reason")
    by = mapping(reason, "by") if string(reason, "$type").endswith("reasonRepost") else None
    author = string(mapping(post, "author"), "handle")
    yield _bluesky_item(mapping(post, "record"), string(post, "uri"), author, (by, reason) if by else None, reading)


def _bluesky_item(
    words: Record, uri: str, author: str, repeated: tuple[Record, Record] | None, reading: Reading
) -> Found:
    identity = post_id(uri)
    if identity is None:
        return reading.refuse("the post has no address")
    did, key = identity.removeprefix("bsky:").rsplit("/", 1)
    languages = words.get("langs")
    lang = languages[0] if isinstance(languages, list) and len(languages) == 1 and isinstance(languages[0], str) else ""
    parent = post_id(string(mapping(mapping(words, "reply"), "parent"), "uri"))
    embed = mapping(words, "embed")
    quoted = post_id(
        string(mapping(embed, "record"), "uri") or string(mapping(mapping(embed, "record"), "record"), "uri")
    )
    kind: ItemKind = "reply" if parent else "quote" if quoted else "post"
    url = f"https://bsky.app/profile/{author or did}/post/{key}"
    text, created, ref = string(words, "text"), words.get("createdAt"), parent or quoted
    if repeated:
        by, reason = repeated
        text, created, kind, ref = repeat(author, text), reason.get("indexedAt"), "retweet", identity
        author = string(by, "handle")
        identity = f"{identity}/{string(by, 'did') or author}"
    return make_item(Post(identity, text, author, created, kind, ref, lang, url), reading)


def is_telegram(record: Record) -> bool:
    """Return whether a document looks like an export of Telegram Desktop, of one chat or of an account."""
    whole = isinstance(record.get("chats"), dict) and "list" in record["chats"]
    return whole or (isinstance(record.get("messages"), list) and "type" in record and "id" in record)


def read_telegram(record: Record, reading: Reading) -> Iterator[Found]:
    """Yield the posts of an export's public channels and groups; the other chats of an account are passed over."""
    chats = [record] if "messages" in record else objects(mapping(record, "chats"), "list")
    chats += objects(mapping(record, "left_chats"), "list")
    for chat in chats:
        if chat.get("type") not in _PUBLIC_CHATS:
            if "messages" in record:
                yield reading.refuse("the chat is not a public channel or group: it was not read")
            continue
        for n, message in enumerate(elements(chat, "messages"), 1):
            at = reading.at(f"message {n}")
            if not isinstance(message, dict):
                yield at.refuse("it is no message")
            elif message.get("type") == "message":
                yield from guard(lambda m, r, c=chat: _telegram_post(m, c, r), message, at)  # type: ignore[misc]


def _telegram_post(message: Record, chat: Record, reading: Reading) -> Iterator[Found]:
    text = _telegram_text(message.get("text"))
    if not text:
        if message.get("text"):
            yield reading.refuse("the message's text is of no kind that is known here")
        return  # a picture without words
    channel, number = string(chat, "id"), string(message, "id")
    if not channel or not number:
        yield reading.refuse("the message has no id")
        return
    answered = string(message, "reply_to_message_id")
    forwarded = string(message, "forwarded_from")
    kind: ItemKind = "retweet" if forwarded else "reply" if answered else "post"
    ref = f"tg:{channel}/{answered}" if answered and not forwarded else None
    created = message.get("date_unixtime") or message.get("date")
    author = string(message, "from") or string(chat, "name")
    yield make_item(Post(f"tg:{channel}/{number}", text, author, created, kind, ref), reading)


def _telegram_text(value: Any) -> str:
    """Return a message's text, which is a string or a list of strings and marked pieces."""
    if isinstance(value, list):
        return "".join(part if isinstance(part, str) else string(part, "text") for part in value)
    return value if isinstance(value, str) else ""
